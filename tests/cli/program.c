/* program.c: driving the real program from a test. */
#include "program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS_MAX 64
#define LINE_MAX_BYTES 8192

static char folder[4096];

/* ---- The folder ------------------------------------------------------------------ */

int sandbox_open(void **state)
{
    const char *top = getenv("TMPDIR");
    (void)state;
    snprintf(folder, sizeof folder, "%s/tesela-cli-XXXXXX", top ? top : "/tmp");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    (void)where;
    return remove(path);
}

int sandbox_close(void **state)
{
    (void)state;
    return chdir("/") == 0 && nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 ? 0 : -1;
}

/* ---- Files --------------------------------------------------------------------------- */

void *put_open(const char *name)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    return file;
}

void put_line(void *file, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(file, format, args);
    va_end(args);
    fputc('\n', file);
}

void put_close(void *file)
{
    assert_int_equal(fclose(file), 0);
}

void put(const char *name, const char *text)
{
    FILE *file = put_open(name);
    fputs(text, file);
    put_close(file);
}

char *get(const char *name, size_t *length)
{
    struct stat there = {0};
    FILE *file = fopen(name, "rb");
    if (!file || fstat(fileno(file), &there) != 0) {
        fail_msg("%s is not there", name);
    }
    char *bytes = calloc((size_t)there.st_size + 1, 1);
    assert_non_null(bytes);
    size_t count = fread(bytes, 1, (size_t)there.st_size, file);
    assert_int_equal(count, there.st_size);
    fclose(file);
    if (length) {
        *length = count;
    }
    return bytes;
}

int exists(const char *name)
{
    struct stat there;
    return lstat(name, &there) == 0;
}

void remove_all(const char *name)
{
    if (exists(name)) {
        assert_int_equal(nftw(name, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    }
}

void copy_file(const char *from, const char *to)
{
    size_t length;
    char *bytes = get(from, &length);
    FILE *file = fopen(to, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    free(bytes);
}

void assert_same_file(const char *a, const char *b)
{
    size_t length_a, length_b;
    char *bytes_a = get(a, &length_a), *bytes_b = get(b, &length_b);
    if (length_a != length_b || memcmp(bytes_a, bytes_b, length_a) != 0) {
        fail_msg("%s and %s differ", a, b);
    }
    free(bytes_a);
    free(bytes_b);
}

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

void assert_entries(const char *sorted_names)
{
    struct dirent **entry;
    char names[4096] = "";
    size_t used = 0;
    int count = scandir(".", &entry, is_entry, alphasort);
    for (int i = 0; i < count; i++) {
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? "," : "", entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    assert_string_equal(names, sorted_names);
}

const char *source(const char *path)
{
    static char paths[8][4096];
    static int next;
    next = (next + 1) % 8;
    snprintf(paths[next], sizeof paths[next], "%s/%s", TESELA_SOURCE_DIR, path);
    return paths[next];
}

/* ---- The program ------------------------------------------------------------------------ */

static outcome last;

const outcome *last_outcome(void)
{
    return &last;
}

static void split(char *line, char *words[WORDS_MAX])
{
    int count = 1;
    static char program[] = TESELA_PROGRAM;
    words[0] = program;
    while (*line && count + 1 < WORDS_MAX) {
        char end = ' ';
        if (*line == ' ') {
            line++;
            continue;
        }
        if (*line == '\'') {
            end = *line++;
        }
        words[count++] = line;
        line += strcspn(line, end == ' ' ? " " : "'");
        if (*line) {
            *line++ = '\0';
        }
    }
    words[count] = NULL;
}

static void become(char *const words[], const setting *how, int in, int out, int err)
{
    if (how->output) {
        out = open(how->output, O_WRONLY | O_CREAT, 0600);
    }
    if (how->file_bytes) {
        struct rlimit limit = {(rlim_t)how->file_bytes, (rlim_t)how->file_bytes};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (how->address_bytes) {
        struct rlimit limit = {(rlim_t)how->address_bytes, (rlim_t)how->address_bytes};
        setrlimit(RLIMIT_AS, &limit);
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    }
    if (how->ignored) {
        signal(how->ignored, SIG_IGN);
    }
    dup2(in, 0);
    dup2(out, 1);
    dup2(err, 2);
    for (int fd = 3; fd < 64; fd++) {
        close(fd);
    }
    execv(words[0], words);
    _exit(127);
}

typedef struct stream {
    int fd;
    char *text;
    size_t length;
} stream;

/* Reads what is there; 0 at the end. */
static int drain(stream *s)
{
    char bytes[4096];
    ssize_t count = read(s->fd, bytes, sizeof bytes);
    if (count <= 0) {
        return count < 0 && errno == EINTR;
    }
    s->text = realloc(s->text, s->length + (size_t)count + 1);
    assert_non_null(s->text);
    memcpy(s->text + s->length, bytes, (size_t)count);
    s->length += (size_t)count;
    s->text[s->length] = '\0';
    return 1;
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* Reads both streams to their ends; sends the signal when its text has come. */
static double listen_to(pid_t child, const setting *how, stream *out, stream *err)
{
    double sent = 0;
    struct pollfd polled[2] = {{out->fd, POLLIN, 0}, {err->fd, POLLIN, 0}};
    while (polled[0].fd >= 0 || polled[1].fd >= 0) {
        if (poll(polled, 2, -1) < 0) {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            if (polled[i].revents && !drain(i ? err : out)) {
                polled[i].fd = -1;
            }
        }
        if (how->await && sent <= 0 && err->text && strstr(err->text, how->await)) {
            kill(child, how->signal);
            sent = now();
            if (how->again) {
                nanosleep(&(struct timespec){0, 100000000}, NULL);
                kill(child, how->signal);
            }
        }
    }
    return sent;
}

/* A process of its own, as the program may write before it has read all. */
static pid_t feed(const char *name, int fd)
{
    pid_t feeder = fork();
    if (feeder == 0) {
        char bytes[1000];
        ssize_t count;
        int file = open(name, O_RDONLY);
        signal(SIGPIPE, SIG_DFL);
        while ((count = read(file, bytes, sizeof bytes)) > 0 && write(fd, bytes, (size_t)count) == count) {
        }
        _exit(file < 0);
    }
    return feeder;
}

static const outcome *run_line(const setting *how, char *line)
{
    char *words[WORDS_MAX];
    int in[2], out[2], err[2], state;
    split(line, words);
    assert_int_equal(pipe(in) | pipe(out) | pipe(err), 0);
    pid_t child = fork();
    if (child == 0) {
        become(words, how, in[0], out[1], err[1]);
    }
    if (how->deaf) {
        int none = open("/dev/null", O_RDONLY);
        dup2(none, out[0]);
        close(none);
    }
    close(in[0]);
    close(out[1]);
    close(err[1]);
    if (how->input) {
        signal(SIGPIPE, SIG_IGN);
        assert_true(write(in[1], how->input, strlen(how->input)) >= 0);
    }
    pid_t feeder = how->piped ? feed(how->piped, in[1]) : 0;
    if (!how->hold) {
        close(in[1]);
    }
    stream from_out = {out[0], calloc(1, 1), 0}, from_err = {err[0], calloc(1, 1), 0};
    double sent = listen_to(child, how, &from_out, &from_err);
    struct rusage used = {.ru_maxrss = 0};
    wait4(child, &state, 0, &used);
    if (feeder) {
        waitpid(feeder, NULL, 0);
    }
    free(last.out);
    free(last.err);
    last.status = WIFEXITED(state) ? WEXITSTATUS(state) : 1000 + WTERMSIG(state);
    last.out = from_out.text;
    last.err = from_err.text;
    last.peak_bytes = used.ru_maxrss << 10;
    last.seconds_after_signal = sent > 0 ? now() - sent : -1;
    close(out[0]);
    close(err[0]);
    if (how->hold) {
        close(in[1]);
    }
    return &last;
}

const outcome *run(const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return run_line(&(setting){0}, line);
}

const outcome *run_with(const setting *how, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return run_line(how, line);
}

void assert_run(int status, const char *format, ...)
{
    char line[LINE_MAX_BYTES], said[LINE_MAX_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    memcpy(said, line, sizeof said);
    run_line(&(setting){0}, line);
    if (last.status != status) {
        fail_msg("tesela %s\nended with %d, not %d\n%s%s", said, last.status, status, last.out, last.err);
    }
}

void assert_out(const char *text)
{
    if (!strstr(last.out, text)) {
        fail_msg("standard output lacks \"%s\":\n%s", text, last.out);
    }
}

void assert_err(const char *text)
{
    if (!strstr(last.err, text)) {
        fail_msg("standard error lacks \"%s\":\n%s", text, last.err);
    }
}

/* ---- JSON ------------------------------------------------------------------------------------ */

json_t *get_json(void)
{
    json_error_t why;
    json_t *json = json_loads(last.out, 0, &why);
    if (!json) {
        fail_msg("standard output is no JSON: %d: %s\n%s", why.line, why.text, last.out);
    }
    return json;
}

static const json_t *walk(const json_t *json, const char *path)
{
    char step[128];
    for (const char *p = path; *p;) {
        size_t length = strcspn(p, ".");
        snprintf(step, sizeof step, "%.*s", (int)length, p);
        json = json_is_array(json) ? json_array_get(json, strtoul(step, NULL, 10)) : json_object_get(json, step);
        if (!json) {
            fail_msg("there is no %s in the JSON", path);
        }
        p += length + (p[length] == '.');
    }
    return json;
}

double json_at(const json_t *json, const char *path)
{
    const json_t *value = walk(json, path);
    if (!json_is_number(value)) {
        fail_msg("%s is no number", path);
    }
    return json_number_value(value);
}

const char *json_text_at(const json_t *json, const char *path)
{
    const char *text = json_string_value(walk(json, path));
    if (!text) {
        fail_msg("%s is no text", path);
    }
    return text;
}

/* ---- Tables ----------------------------------------------------------------------------------- */

void put_orders(const char *name, int customers, int lines)
{
    static const struct {
        int gap, cents, products;
    } kinds[] = {{5, 900, 40}, {30, 4500, 12}, {90, 22000, 5}, {3, 30000, 60}};
    void *file = put_open(name);
    unsigned state = 12345;
    put_line(file, "CustomerID,InvoiceNo,InvoiceDate,Amount,StockCode");
    for (int c = 0; c < customers; c++) {
        int kind = c % 4, day = 1 + c % 17;
        for (int i = 0; i < lines; i++) {
            state = state * 1664525U + 1013904223U;
            int cents = kinds[kind].cents / 2 + (int)(state >> 16) % kinds[kind].cents;
            int sign = (state >> 8) % 29 == 0 ? -1 : 1;
            put_line(file, "C%05d,%d-%d,20%02d-%02d-%02d,%s%d.%02d,P%d", c, c, i / 2, 18 + day / 336, 1 + day / 28 % 12,
                     1 + day % 28, sign < 0 ? "-" : "", cents / 100, cents % 100,
                     (int)(state >> 20) % kinds[kind].products);
            day += i % 2 ? kinds[kind].gap : 0;
        }
    }
    put_close(file);
}
