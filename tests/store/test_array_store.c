/* test_array_store.c: src/store/array_store.c, array.c and groups.c: every kind of element there and
 * back; what is not as expected is an error that stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/array_store.h"
#include "store/scratch.h"

#include "base/alloc.h"

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
static tsl_error err;

static tsl__store *create(const char *path)
{
    tsl__store *store;
    if (tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kind, &store, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return store;
}

static tsl__store *open_again(const char *path)
{
    tsl__store *store;
    if (tsl__store_open(&(tsl_source){.path = path}, &kind, &store, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return store;
}

static void close_well(tsl__store *store)
{
    if (tsl__store_close(store, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

static void close_badly(tsl__store *store, tsl_status expected, const char *part)
{
    assert_int_equal(tsl__store_close(store, &err), expected);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

static const char *colour(int value)
{
    static const char *const name[] = {"red", "green", "ultramarine"};
    return value < 3 ? name[value] : NULL;
}

typedef struct record {
    double d;
    float f;
    int64_t i64;
    uint64_t u64;
    size_t size;
    int32_t i32;
    int i, flag, name;
    int32_t code8, code16;
    char *text;
} record;

#define FIELD(member, kind)                                                                                            \
    {                                                                                                                  \
#member, kind, offsetof(record, member), NULL                                                                  \
    }
static const tsl__field fields[] = {
    FIELD(d, TSL__DOUBLE),    FIELD(f, TSL__FLOAT),       FIELD(i64, TSL__INT64),
    FIELD(u64, TSL__UINT64),  FIELD(size, TSL__SIZE),     FIELD(i32, TSL__INT32),
    FIELD(i, TSL__INT),       FIELD(flag, TSL__BOOL),     {"name", TSL__NAME, offsetof(record, name), colour},
    FIELD(code8, TSL__CODE8), FIELD(code16, TSL__CODE16), FIELD(text, TSL__TEXT),
};
#define FIELDS (sizeof fields / sizeof fields[0])

static record make_record(size_t i)
{
    int odd = (int)(i % 2), sign = odd ? -1 : 1;
    return (record){.d = i ? sign * 1e-300 * (double)i : NAN,
                    .f = i ? (float)sign / (float)i : INFINITY,
                    .i64 = INT64_MIN + (int64_t)i,
                    .u64 = UINT64_MAX - i,
                    .size = SIZE_MAX - i,
                    .i32 = INT32_MIN + (int32_t)i,
                    .i = sign * (int)i,
                    .flag = odd,
                    .name = (int)(i % 3),
                    .code8 = (int32_t)(i % 129) - 1,
                    .code16 = (int32_t)(i % 32769) - 1,
                    .text = tsl__format("%s%zu", i % 3 ? "" : "café 客户 ", i * i)};
}

static void check_record(const record *a, const record *b)
{
    assert_memory_equal(&a->d, &b->d, sizeof a->d);
    assert_memory_equal(&a->f, &b->f, sizeof a->f);
    assert_true(a->i64 == b->i64 && a->u64 == b->u64 && a->size == b->size && a->i32 == b->i32 && a->i == b->i);
    assert_true(a->flag == b->flag && a->name == b->name && a->code8 == b->code8 && a->code16 == b->code16);
    assert_string_equal(a->text, b->text);
}

/* Around the edges of a block, and without a dimension. */
static void test_records(void **state)
{
    (void)state;
    static const size_t rows[] = {TSL__SCALAR, 0, 1, 2, 4095, 4096, 4097, 8192, 40000};
    for (size_t c = 0; c < sizeof rows / sizeof rows[0]; c++) {
        size_t count = rows[c] == TSL__SCALAR ? 1 : rows[c];
        record *there = tsl__alloc_zero(count, sizeof *there), *back = tsl__alloc_zero(count, sizeof *back);
        for (size_t i = 0; i < count; i++) {
            there[i] = make_record(i);
        }
        tsl__store *store = create(scratch_path("a.h5"));
        tsl__store_put_dict(store, "group");
        tsl__store_put_records(store, "group", fields, FIELDS, there, rows[c], sizeof *there);
        tsl__store_put_records(store, "", fields, FIELDS, there, rows[c], sizeof *there);
        close_well(store);
        store = open_again(scratch_path("a.h5"));
        tsl__store_check_dict(store, "group");
        tsl__store_get_records(store, "group", fields, FIELDS, back, rows[c], sizeof *back);
        close_well(store);
        for (size_t i = 0; i < count; i++) {
            check_record(&there[i], &back[i]);
            free(there[i].text);
            free(back[i].text);
        }
        free(there);
        free(back);
    }
}

static void test_arrays(void **state)
{
    (void)state;
    static const size_t shapes[][2] = {{1, 1}, {0, 5}, {5, 0}, {500, 0}, {4096, 3}, {9000, 7}, {3, 10000}};
    for (size_t c = 0; c < sizeof shapes / sizeof shapes[0]; c++) {
        size_t rows = shapes[c][0], cols = shapes[c][1];
        double *values = tsl__alloc(rows * cols, sizeof *values);
        for (size_t i = 0; i < rows * cols; i++) {
            values[i] = sqrt((double)i);
        }
        tsl__store *store = create(scratch_path("a.h5"));
        tsl__store_put_array(store, "m", TSL__DOUBLE, values, rows, cols);
        close_well(store);
        store = open_again(scratch_path("a.h5"));
        tsl__shape shape = tsl__store_get_shape(store, "m");
        assert_true(shape.rows == rows && shape.cols == cols && shape.width == 8);
        double *back = tsl__store_get_array(store, "m", TSL__DOUBLE, rows, cols);
        close_well(store);
        assert_memory_equal(back, values, rows * cols * sizeof *values);
        free(values);
        free(back);
    }
}

enum { MADE_ROWS = 40000, MADE_COLS = 5 };

/* A row's cells tell its place, and that they were made once. */
static void make_rows(void *user, size_t begin, size_t end, void *cells)
{
    float *value = cells;
    uint8_t *times = user;
    for (size_t i = begin; i < end; i++) {
        times[i]++;
        for (size_t c = 0; c < MADE_COLS; c++) {
            value[(i - begin) * MADE_COLS + c] = (float)(i * MADE_COLS + c);
        }
    }
}

static void write_by_threads(const char *path, int threads, const double *values, char *const *text)
{
    static uint8_t times[MADE_ROWS];
    memset(times, 0, sizeof times);
    tsl__store *store = create(path);
    tsl__store_set_threads(store, threads);
    tsl__store_put_array(store, "m", TSL__DOUBLE, values, MADE_ROWS, MADE_COLS);
    const tsl__rows_source source[] = {{"made", TSL__FLOAT, MADE_ROWS, MADE_COLS, NULL, make_rows, times},
                                       {"beside", TSL__DOUBLE, MADE_ROWS / 3, MADE_COLS, values, NULL, NULL},
                                       {"empty", TSL__FLOAT, MADE_ROWS, 0, NULL, make_rows, times}};
    tsl__store_put_rows(store, source, sizeof source / sizeof *source);
    tsl__store_put_texts(store, "text", text, MADE_ROWS, 0);
    close_well(store);
    for (size_t i = 0; i < MADE_ROWS; i++) {
        assert_int_equal(times[i], 1);
    }
}

static char *read_whole(const char *path, size_t *bytes)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *bytes = (size_t)ftell(file);
    rewind(file);
    char *whole = malloc(*bytes);
    assert_int_equal(fread(whole, 1, *bytes, file), *bytes);
    fclose(file);
    return whole;
}

/* The same bytes, whoever writes them. */
static void test_written_by_threads(void **state)
{
    (void)state;
    static double values[MADE_ROWS * MADE_COLS];
    static char names[MADE_ROWS][8], *text[MADE_ROWS];
    size_t bytes[2];
    for (size_t i = 0; i < MADE_ROWS; i++) {
        snprintf(names[i], sizeof names[i], "%zu", i);
        text[i] = names[i];
    }
    for (size_t i = 0; i < MADE_ROWS * MADE_COLS; i++) {
        values[i] = sqrt((double)i);
    }
    write_by_threads(scratch_path("one.h5"), 1, values, text);
    write_by_threads(scratch_path("four.h5"), 4, values, text);
    char *one = read_whole(scratch_path("one.h5"), &bytes[0]), *four = read_whole(scratch_path("four.h5"), &bytes[1]);
    assert_int_equal(bytes[0], bytes[1]);
    assert_memory_equal(one, four, bytes[0]);
    free(one);
    free(four);
    tsl__store *store = open_again(scratch_path("four.h5"));
    float *made = tsl__store_get_array(store, "made", TSL__FLOAT, MADE_ROWS, MADE_COLS);
    double *beside = tsl__store_get_array(store, "beside", TSL__DOUBLE, MADE_ROWS / 3, MADE_COLS);
    close_well(store);
    for (size_t i = 0; i < MADE_ROWS * MADE_COLS; i++) {
        assert_true(made[i] == (float)i);
    }
    assert_memory_equal(beside, values, MADE_ROWS / 3 * MADE_COLS * sizeof *values);
    free(beside);
    free(made);
}

/* The disk is full for one of several threads. */
static void test_no_room_for_threads(void **state)
{
    (void)state;
    static double values[MADE_ROWS * MADE_COLS];
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    tsl__store *store = create(scratch_path("a.h5"));
    tsl__store_set_threads(store, 4);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000000, before.rlim_max});
    tsl__store_put_array(store, "m", TSL__DOUBLE, values, MADE_ROWS, MADE_COLS);
    setrlimit(RLIMIT_FSIZE, &before);
    close_badly(store, TSL_E_IO, "File too large");
    assert_false(scratch_has(scratch_path("a.h5")));
}

/* More checksums than an attribute holds beside the array's description (64 KiB). */
static void test_many_blocks(void **state)
{
    (void)state;
    size_t rows = (size_t)4096 * 8200 + 1;
    int32_t *values = tsl__alloc(rows, sizeof *values);
    for (size_t i = 0; i < rows; i++) {
        values[i] = (int32_t)(i * 2654435761U);
    }
    tsl__store *store = create(scratch_path("a.h5"));
    tsl__store_put_column(store, "v", TSL__INT32, values, rows);
    close_well(store);
    store = open_again(scratch_path("a.h5"));
    int32_t *back = tsl__store_get_column(store, "v", TSL__INT32, rows);
    close_well(store);
    assert_memory_equal(back, values, rows * sizeof *values);
    free(values);
    free(back);
}

static void test_texts(void **state)
{
    (void)state;
    char *text[] = {"", "a", "a longer one", "最后"};
    tsl__store *store = create(scratch_path("a.h5"));
    tsl__store_put_texts(store, "narrow", text, 4, 0);
    tsl__store_put_texts(store, "wide", text, 4, 100);
    tsl__store_put_texts(store, "none", NULL, 0, 0);
    tsl__store_put_text(store, "one", "{\"json\": true}");
    tsl__store_put_text(store, "empty", "");
    tsl__store_put_number(store, "number", INT64_MIN);
    close_well(store);
    store = open_again(scratch_path("a.h5"));
    assert_int_equal(tsl__store_get_shape(store, "narrow").width, 12);
    assert_int_equal(tsl__store_get_shape(store, "wide").width, 100);
    assert_int_equal(tsl__store_get_shape(store, "none").rows, 0);
    static const char *const names[] = {"narrow", "wide"};
    for (size_t n = 0; n < 2; n++) {
        char **back = tsl__store_get_texts(store, names[n], 4);
        for (size_t i = 0; i < 4; i++) {
            assert_string_equal(back[i], text[i]);
        }
        tsl__free_texts(back, 4);
    }
    char **none = tsl__store_get_texts(store, "none", 0), *one = tsl__store_get_text(store, "one"),
         *empty = tsl__store_get_text(store, "empty");
    assert_non_null(none);
    assert_string_equal(one, "{\"json\": true}");
    assert_string_equal(empty, "");
    assert_true(tsl__store_get_number(store, "number") == INT64_MIN);
    close_well(store);
    tsl__free_texts(none, 0);
    free(one);
    free(empty);
}

static void test_groups(void **state)
{
    (void)state;
    static const char *const columns[] = {"group", "价值"}, *const others[] = {"group", "other"};
    char *level[] = {"F", "M"};
    static const int32_t code[] = {0, -1, 1}, wrong[] = {0, -1, 2};
    tsl__store *store = create(scratch_path("a.h5"));
    tsl__store_put_dict(store, "d");
    tsl__store_put_frame(store, "frame", "id", columns, 2);
    tsl__store_put_frame(store, "bare", "id", NULL, 0);
    tsl__store_put_categorical(store, "frame/group", code, 3, level, 2, 1);
    tsl__store_put_categorical(store, "frame/wrong", wrong, 3, level, 2, 0);
    close_well(store);
    store = open_again(scratch_path("a.h5"));
    tsl__store_check_dict(store, "d");
    tsl__store_check_frame(store, "frame", "id", columns, 2);
    tsl__store_check_frame(store, "bare", "id", NULL, 0);
    assert_true(tsl__store_has(store, "frame"));
    assert_false(tsl__store_has(store, "none"));
    int32_t *codes = NULL;
    char **levels = NULL;
    size_t count;
    int ordered = 0;
    tsl__store_get_categorical(store, "frame/group", 3, &codes, &levels, &count, &ordered);
    assert_false(tsl__store_failed(store));
    assert_memory_equal(codes, code, sizeof code);
    assert_true(count == 2 && strcmp(levels[1], "M") == 0 && ordered == 1);
    free(codes);
    tsl__free_texts(levels, count);
    tsl__store_get_categorical(store, "frame/wrong", 3, &codes, &levels, &count, &ordered);
    free(codes);
    tsl__free_texts(levels, count);
    close_badly(store, TSL_E_FORMAT, "/frame/wrong: has a code without a category");
    store = open_again(scratch_path("a.h5"));
    tsl__store_check_frame(store, "frame", "id", others, 2);
    close_badly(store, TSL_E_FORMAT, "/frame: has other columns");
    store = open_again(scratch_path("a.h5"));
    tsl__store_check_dict(store, "frame");
    close_badly(store, TSL_E_FORMAT, "/frame: is missing, damaged, or no dict");
}

static void test_not_as_expected(void **state)
{
    (void)state;
    static const double numbers[6] = {1, 2, 3, 4, 5, 6};
    char *text[] = {"bad \xff", "x"};
    static const int colours[] = {7};
    const tsl__field field = {"name", TSL__NAME, 0, colour};
    tsl__store *store = create(scratch_path("a.h5"));
    tsl__store_put_array(store, "m", TSL__DOUBLE, numbers, 2, 3);
    tsl__store_put_column(store, "v", TSL__DOUBLE, numbers, 6);
    tsl__store_put_texts(store, "t", text, 2, 0);
    tsl__store_put_records(store, "", &field, 1, colours, 1, sizeof colours[0]);
    close_well(store);
    static const struct {
        const char *path, *said;
        tsl__kind kind;
        size_t rows;
    } cases[] = {
        {"none", "/none: is missing", TSL__DOUBLE, 6},
        {"m/v", "/m/v: is missing", TSL__DOUBLE, 6},
        {"m", "/m: has another shape", TSL__DOUBLE, 6},
        {"v", "/v: has another shape", TSL__DOUBLE, 5},
        {"v", "/v: has another shape", TSL__DOUBLE, TSL__SCALAR},
        {"v", "/v: has another type", TSL__FLOAT, 6},
        {"v", "/v: has another type", TSL__INT64, 6},
        {"v", "/v: has another type", TSL__TEXT, 6},
        {"t", "/t: has another type", TSL__BOOL, 2},
        {"t", "/t: holds what cannot stand there, in rows 1 to 2", TSL__TEXT, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        store = open_again(scratch_path("a.h5"));
        assert_null(tsl__store_get_column(store, cases[i].path, cases[i].kind, cases[i].rows));
        assert_null(tsl__store_get_column(store, "v", TSL__DOUBLE, 6)); /* the error stays */
        close_badly(store, TSL_E_FORMAT, cases[i].said);
    }
    int back = -1;
    store = open_again(scratch_path("a.h5"));
    tsl__store_get_records(store, "", &field, 1, &back, 1, sizeof back);
    close_badly(store, TSL_E_FORMAT, "/name: holds what cannot stand there");
}

/* Wrong files, told apart. */
static void test_wrong_files(void **state)
{
    (void)state;
    const char *path = scratch_path("a.h5");
    const tsl__store_kind later = {"model", 2, "dict", "0.1.0", 0}, other = {"features", 1, "dict", "0.1.0", 0};
    const tsl__store_kind no_older = {"model", 3, "dict", "0.1.0", 2}, oldest = {"model", 2, "dict", "0.1.0", 0};
    const struct {
        const tsl__store_kind *written, *read;
        const char *said;
    } cases[] = {
        {&later, &kind, "has version 2 of the model format, this program reads up to 1"},
        {&kind, &no_older, "has version 1 of the model format, made by an older program; this one reads from 2"},
        {&other, &kind, "is a features file, expected a model file"}};
    tsl__store *store;
    assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &oldest, &store, &err), TSL_OK);
    close_well(store);
    assert_int_equal(tsl__store_open(&(tsl_source){.path = path}, &no_older, &store, &err),
                     TSL_OK); /* not the newest, but new enough */
    close_well(store);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, cases[i].written, &store, &err),
                         TSL_OK);
        close_well(store);
        assert_int_equal(tsl__store_open(&(tsl_source){.path = path}, cases[i].read, &store, &err), TSL_E_FORMAT);
        assert_non_null(strstr(err.message, cases[i].said));
    }
}

static void test_failed_write_leaves_nothing(void **state)
{
    (void)state;
    const char *path = scratch_path("a.h5");
    tsl__store *store = create(path);
    tsl__store_put_number(store, "n", 1);
    tsl__store_put_number(store, "n", 2); /* twice */
    tsl__store_put_number(store, "m", 3);
    close_badly(store, TSL_E_INTERNAL, "/n: cannot be made");
    assert_false(scratch_has(path));
    store = create(path);
    tsl__store_fail(store, TSL_E_CANCELLED, "x", "was %d", 7);
    close_badly(store, TSL_E_CANCELLED, "/x: was 7");
    assert_false(scratch_has(path));
    assert_int_equal(
        tsl__store_create(&(tsl_target){.path = scratch_path("no/a.h5"), .replace = 1}, &kind, &store, &err), TSL_E_IO);
    assert_int_equal(tsl__store_create(&(tsl_target){.path = scratch, .replace = 1}, &kind, &store, &err), TSL_E_IO);
}

/* One thread may hold several stores open. */
static void test_nested(void **state)
{
    (void)state;
    tsl__store *a = create(scratch_path("a.h5")), *b = create(scratch_path("b.h5"));
    tsl__store_put_number(a, "n", 1);
    tsl__store_put_number(b, "n", 2);
    close_well(a);
    a = open_again(scratch_path("a.h5"));
    close_well(b);
    b = open_again(scratch_path("b.h5"));
    assert_int_equal(tsl__store_get_number(a, "n"), 1);
    assert_int_equal(tsl__store_get_number(b, "n"), 2);
    close_well(a);
    close_well(b);
}

/* ---- Memory, pipes, functions ---- */

typedef struct sink {
    char bytes[65536];
    size_t count, most;
} sink;

static tsl_status take(void *user, const void *bytes, size_t count, tsl_error *why)
{
    sink *all = user;
    if (count > all->most - all->count) {
        if (all->most > 100) {
            snprintf(why->message, sizeof why->message, "no room for more than %zu", all->most);
        }
        return TSL_E_IO;
    }
    memcpy(all->bytes + all->count, bytes, count);
    all->count += count;
    return TSL_OK;
}

static const int64_t some[] = {1, -2, 3};

static void fill(tsl__store *store)
{
    tsl__store_put_dict(store, "group");
    tsl__store_put_column(store, "group/some", TSL__INT64, some, 3);
    tsl__store_put_text(store, "group/text", "after the numbers");
}

static void check_filled(const tsl_source *source)
{
    tsl__store *store;
    if (tsl__store_open(source, &kind, &store, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    int64_t *back = tsl__store_get_column(store, "group/some", TSL__INT64, 3);
    char *text = tsl__store_get_text(store, "group/text");
    close_well(store);
    assert_memory_equal(back, some, sizeof some);
    assert_string_equal(text, "after the numbers");
    free(back);
    free(text);
}

/* The same bytes in memory as in a file, and back from both. */
static void test_memory(void **state)
{
    (void)state;
    static sink all;
    all = (sink){.most = sizeof all.bytes};
    tsl__store *store;
    assert_int_equal(tsl__store_create(&(tsl_target){.write = take, .user = &all}, &kind, &store, &err), TSL_OK);
    fill(store);
    close_well(store);
    store = create(scratch_path("a.h5"));
    fill(store);
    close_well(store);
    check_filled(&(tsl_source){.path = scratch_path("a.h5")});
    check_filled(&(tsl_source){.bytes = all.bytes, .count = all.count});
    FILE *file = fopen(scratch_path("a.h5"), "rb");
    static char bytes[sizeof all.bytes];
    assert_int_equal(fread(bytes, 1, sizeof bytes, file), all.count);
    fclose(file);
    assert_memory_equal(bytes, all.bytes, all.count);
    for (size_t cut = 0; cut < all.count; cut += 97) {
        const tsl_source source = {.path = "upload", .bytes = all.bytes, .count = cut};
        assert_int_equal(tsl__store_open(&source, &kind, &store, &err), TSL_E_FORMAT);
        assert_null(store);
        assert_ptr_equal(strstr(err.message, "upload: is "), err.message);
    }
}

static void test_function_that_fails(void **state)
{
    (void)state;
    static sink all;
    tsl__store *store;
    for (size_t most = 10; most < 1000; most += 300) {
        all = (sink){.most = most};
        assert_int_equal(tsl__store_create(&(tsl_target){.write = take, .user = &all}, &kind, &store, &err), TSL_OK);
        fill(store);
        close_badly(store, TSL_E_IO, most > 100 ? "no room for more than" : "the output: cannot be written");
    }
}

/* Through a pipe, which is read in another thread. */
static void *read_pipe(void *name)
{
    check_filled(&(tsl_source){.path = name});
    return name;
}

static void test_pipe(void **state)
{
    (void)state;
    char name[512];
    void *result;
    pthread_t thread;
    snprintf(name, sizeof name, "%s/pipe", scratch);
    assert_int_equal(mkfifo(name, 0600), 0);
    assert_int_equal(pthread_create(&thread, NULL, read_pipe, name), 0);
    tsl__store *store = create(name);
    fill(store);
    close_well(store);
    assert_int_equal(pthread_join(thread, &result), 0);
    assert_ptr_equal(result, name);
    store = create("/dev/null");
    fill(store);
    close_well(store);
}

static void *work(void *name)
{
    for (int i = 0; i < 50; i++) {
        tsl__store *store;
        int64_t back = -1;
        if (tsl__store_create(&(tsl_target){.path = name, .replace = 1}, &kind, &store, NULL) == TSL_OK) {
            tsl__store_put_number(store, "n", i);
            if (tsl__store_close(store, NULL) == TSL_OK &&
                tsl__store_open(&(tsl_source){.path = name}, &kind, &store, NULL) == TSL_OK) {
                back = tsl__store_get_number(store, "n");
                back = tsl__store_close(store, NULL) == TSL_OK ? back : -1;
            }
        }
        if (back != i) {
            return NULL;
        }
    }
    return name;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t thread[4];
    char name[4][512];
    for (int i = 0; i < 4; i++) {
        snprintf(name[i], sizeof name[i], "%s/%d.h5", scratch, i);
        assert_int_equal(pthread_create(&thread[i], NULL, work, name[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *result;
        assert_int_equal(pthread_join(thread[i], &result), 0);
        assert_ptr_equal(result, name[i]);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_records),
        TEST(test_arrays),
        TEST(test_written_by_threads),
        TEST(test_no_room_for_threads),
        TEST(test_many_blocks),
        TEST(test_texts),
        TEST(test_groups),
        TEST(test_not_as_expected),
        TEST(test_nested),
        TEST(test_failed_write_leaves_nothing),
        TEST(test_threads),
        TEST(test_memory),
        TEST(test_function_that_fails),
        TEST(test_pipe),
        TEST(test_wrong_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
