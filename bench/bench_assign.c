/*
 * bench_assign.c: what assigning rows to a model costs over reading them
 *
 *   bench_assign [ROWS [PAIRS [FOLDER]]]     default 10000000 7 build/bench/assign
 *
 * Makes ROWS x 16 floats in groups (seed 1; kept in FOLDER for the next time) and
 * a model of evenly spaced rows, at most 100,000 of them. Then runs pairs, one
 * uncounted, from the page cache:
 *
 *   reading   a program that calls tsl_data_read and nothing else
 *   assign    tesela assign points.npy fit.h5 --output labels.csv --force --quiet
 *
 * and prints the median seconds of each (and the least), its median seconds of
 * processors, the most memory that it held, and the median of the pairs' ratios of
 * seconds, which is to be at most 1.5.
 */
#include "base/parallel.h"
#include "base/rng.h"

#include <tesela/table.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COLS = 16, GROUPS = 8, SAMPLE = 100000, MOST_PAIRS = 99, HEADER = 128, SEED = 1, PATH_BYTES = 1024 };

static const double bar = 1.5;

/* ---- The points ----------------------------------------------------------- */

/* A row depends on the seed and its number alone. */
static void make_row(uint64_t row, float out[COLS])
{
    tsl__rng rng = tsl__rng_open(SEED, (uint32_t)row, (uint32_t)(row >> 32));
    tsl__rng group = tsl__rng_open(SEED + 1, (uint32_t)tsl__rng_below(&rng, GROUPS), 0);
    for (int c = 0; c < COLS; c++) {
        out[c] = (float)(4 * tsl__rng_uniform(&group) + tsl__rng_uniform(&rng));
    }
}

/* Every step-th of the rows, as .npy; a file of the right length is kept. */
static int write_points(const char *path, uint64_t rows, uint64_t step)
{
    static const unsigned char magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, HEADER - 10, 0};
    uint64_t count = (rows + step - 1) / step;
    char header[HEADER + 1];
    float row[COLS];
    struct stat there;
    if (stat(path, &there) == 0 && (uint64_t)there.st_size == HEADER + count * sizeof row) {
        return 0;
    }
    memcpy(header, magic, sizeof magic);
    int used =
        snprintf(header + 10, sizeof header - 10, "{'descr': '<f4', 'fortran_order': False, 'shape': (%llu, %d), }",
                 (unsigned long long)count, COLS);
    memset(header + 10 + used, ' ', (size_t)(HEADER - 10 - used));
    header[HEADER - 1] = '\n';
    FILE *file = fopen(path, "wb");
    if (!file) {
        return -1;
    }
    int failed = fwrite(header, HEADER, 1, file) != 1;
    for (uint64_t r = 0; r < rows && !failed; r += step) {
        make_row(r, row);
        failed = fwrite(row, sizeof row, 1, file) != 1;
    }
    failed |= fflush(file) != 0 || fsync(fileno(file)) != 0; /* nothing is written back while we measure */
    return fclose(file) != 0 || failed ? -1 : 0;
}

/* ---- The two that are measured --------------------------------------------- */

static int read_alone(const char *path)
{
    tsl_data *data = NULL;
    tsl_error err = {0};
    tsl_status status = tsl_data_read(&(tsl_source){.path = path}, NULL, NULL, &data, &err);
    if (status != TSL_OK) {
        fprintf(stderr, "bench_assign: %s\n", err.message);
    }
    tsl_data_free(data);
    return status != TSL_OK;
}

typedef struct cost {
    double seconds, processor_seconds, megabytes;
} cost;

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static int measure(char *const *command, cost *out)
{
    struct rusage usage;
    int status;
    double begin = tsl__clock();
    pid_t child = fork();
    if (child == 0) {
        int none = open("/dev/null", O_WRONLY);
        dup2(none, 1);
        execv(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror("bench_assign");
        return -1;
    }
    *out = (cost){.seconds = tsl__clock() - begin,
                  .processor_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
                  .megabytes = (double)usage.ru_maxrss / 1024};
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

/* ---- All of it --------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_costs(const char *what, const cost *costs, int pairs)
{
    double seconds[MOST_PAIRS], processor_seconds[MOST_PAIRS], most = 0;
    for (int p = 0; p < pairs; p++) {
        seconds[p] = costs[p].seconds;
        processor_seconds[p] = costs[p].processor_seconds;
        most = costs[p].megabytes > most ? costs[p].megabytes : most;
    }
    qsort(seconds, (size_t)pairs, sizeof *seconds, compare);
    qsort(processor_seconds, (size_t)pairs, sizeof *processor_seconds, compare);
    printf("%-8s %6.3f s (least %.3f)  %6.3f s of processors  %5.0f MB at most\n", what, seconds[pairs / 2], seconds[0],
           processor_seconds[pairs / 2], most);
}

static int compare_both(char *const *reading, char *const *assign, int pairs)
{
    cost read[MOST_PAIRS], assigned[MOST_PAIRS];
    double ratio[MOST_PAIRS];
    for (int p = -1; p < pairs; p++) {
        int at = p < 0 ? 0 : p;
        if (measure(reading, &read[at]) != 0 || measure(assign, &assigned[at]) != 0) {
            return -1;
        }
        ratio[at] = assigned[at].seconds / read[at].seconds;
    }
    print_costs("reading", read, pairs);
    print_costs("assign", assigned, pairs);
    qsort(ratio, (size_t)pairs, sizeof *ratio, compare);
    printf("%-8s %6.2f, %s the bar of %.1f\n", "ratio", ratio[pairs / 2], ratio[pairs / 2] > bar ? "above" : "within",
           bar);
    return 0;
}

static int bench(char *self, uint64_t rows, int pairs, const char *folder)
{
    char points[PATH_BYTES], sample[PATH_BYTES], fit[PATH_BYTES], labels[PATH_BYTES];
    uint64_t step = (rows + SAMPLE - 1) / SAMPLE;
    cost unused;
    snprintf(points, sizeof points, "%s/points-%llu.npy", folder, (unsigned long long)rows);
    snprintf(sample, sizeof sample, "%s/sample-%llu.npy", folder, (unsigned long long)rows);
    snprintf(fit, sizeof fit, "%s/fit.h5", folder);
    snprintf(labels, sizeof labels, "%s/labels.csv", folder);
    if ((mkdir(folder, 0777) != 0 && access(folder, W_OK) != 0) || write_points(points, rows, 1) != 0 ||
        write_points(sample, rows, step) != 0) {
        perror(folder);
        return -1;
    }
    char *cluster[] = {TESELA_PROGRAM, "cluster", sample,    "--k",     "8", "--restarts", "1",
                       "--output",     fit,       "--force", "--quiet", NULL};
    char *reading[] = {self, "read", points, NULL};
    char *assign[] = {TESELA_PROGRAM, "assign", points, fit, "--output", labels, "--force", "--quiet", NULL};
    printf("%llu x %d float32, %.1f MB, k = 8, %d pairs\n", (unsigned long long)rows, COLS,
           1e-6 * (double)(rows * COLS * sizeof(float)), pairs);
    fflush(stdout);
    return measure(cluster, &unused) != 0 ? -1 : compare_both(reading, assign, pairs);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "read") == 0) {
        return read_alone(argv[2]);
    }
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000000;
    int pairs = argc > 2 ? atoi(argv[2]) : 7;
    if (argc > 4 || rows < GROUPS || pairs < 1 || pairs > MOST_PAIRS) {
        fputs("usage: bench_assign [ROWS [PAIRS [FOLDER]]]\n", stderr);
        return 2;
    }
    return bench(argv[0], rows, pairs, argc > 3 ? argv[3] : "build/bench/assign") != 0;
}
