/* test_shelf.c: rows that come back as they went, from memory and from a file, of which little is in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/files/shelf.h"

static char folder[] = "/tmp/tesela-shelf-XXXXXX";

enum { ROWS = 200000, COLS = 40 }; /* 64 MB */

static double cell(size_t row, size_t col)
{
    return (double)(row * 1000 + col);
}

static void write_all(const tsl__shelf *s, size_t rows, size_t cols)
{
    double row[COLS];
    for (size_t n = 0; n < rows; n++) {
        const size_t i = (n * 7919 + 3) % rows; /* here and there */
        for (size_t c = 0; c < cols; c++) {
            row[c] = cell(i, c);
        }
        assert_int_equal(tsl__shelf_write(s, i, 1, row, NULL), TSL_OK);
    }
}

static void change(void *user, size_t begin, size_t end, void *rows)
{
    double *x = rows;
    const size_t *cols = user;
    for (size_t i = begin; i < end; i++, x += *cols) {
        assert_true(x[0] == cell(i, 0));
        x[0] = -(double)i;
    }
}

static void leave(void *user, size_t begin, size_t end, void *rows)
{
    (void)user;
    (void)begin;
    (void)end;
    (void)rows;
}

static void test_rows(void **state)
{
    (void)state;
    for (int in_file = 0; in_file < 2; in_file++) {
        tsl__shelf s;
        size_t cols = 3;
        const size_t rows = 10007;
        assert_int_equal(tsl__shelf_open(rows, cols * sizeof(double), in_file, folder, &s, NULL), TSL_OK);
        assert_int_equal(s.spill != NULL, in_file);
        write_all(&s, rows, cols);
        assert_int_equal(tsl__shelf_change(&s, 2, change, &cols, NULL), TSL_OK);
        for (size_t i = 0; i < rows; i++) {
            const double *x = tsl__shelf_get(&s, i);
            assert_true(x[0] == -(double)i && x[1] == cell(i, 1) && x[2] == cell(i, 2));
            assert_ptr_equal(x, s.base + i * s.row_bytes);
        }
        if (!in_file) {
            free(tsl__shelf_take(&s));
            assert_null(s.base);
        }
        tsl__shelf_free(&s);
        tsl__shelf_free(&s);
        assert_int_equal(rmdir(folder), 0); /* nothing is left there */
        assert_non_null(mkdtemp(strcpy(folder, "/tmp/tesela-shelf-XXXXXX")));
    }
}

/* One, two, ... of all rows are read, from the first, from the middle and from the end; by several threads. */
static void test_little_is_in_memory(void **state)
{
    (void)state;
    tsl__shelf s;
    assert_int_equal(tsl__shelf_open(ROWS, COLS * sizeof(double), 1, folder, &s, NULL), TSL_OK);
    const size_t before = tsl__memory_get_held();
    write_all(&s, ROWS, COLS);
    size_t most = 0, wrong = 0;
#pragma omp parallel for num_threads(3) reduction(max : most) reduction(+ : wrong)
    for (size_t step = 1; step < 60; step += 7) {
        for (size_t i = 0; i < ROWS; i += step) {
            const size_t row = step % 2 ? i : ROWS - 1 - i;
            const double *x = tsl__shelf_get(&s, row);
            wrong += x[COLS - 1] != cell(row, COLS - 1);
            if (i % 1000 == 0) {
                const size_t held = tsl__memory_get_held();
                most = held > most ? held : most;
            }
        }
    }
    assert_int_equal(wrong, 0);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    assert_true(most < before + ((size_t)12 << 20));
#endif
    (void)before;
    tsl__shelf_free(&s);
}

static void test_empty(void **state)
{
    (void)state;
    tsl__shelf s;
    assert_int_equal(tsl__shelf_open(5, 0, 1, folder, &s, NULL), TSL_OK);
    assert_int_equal(tsl__shelf_write(&s, 4, 1, "", NULL), TSL_OK);
    assert_non_null(s.base);
    tsl__shelf_free(&s);
    assert_int_equal(tsl__shelf_open(SIZE_MAX, 8, 0, folder, &s, NULL), TSL_E_NOMEM);
    assert_null(s.base);
}

/* A disk that is full, when the file is made and when it is written: where, how far and why. */
static void test_errors(void **state)
{
    (void)state;
    tsl__shelf s, none;
    tsl_error err;
    char expected[200];
    struct rlimit before, small;
    const double row[1024] = {0};
    assert_int_equal(tsl__shelf_open(5, 8, 1, "/nowhere", &s, &err), TSL_E_IO);
    assert_string_equal(err.message, "/nowhere: no temporary file can be made there: No such file or directory");
    assert_int_equal(tsl__shelf_open(512, sizeof row, 1, folder, &s, NULL), TSL_OK);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1 << 20;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const tsl_status write = tsl__shelf_write(&s, 300, 1, row, &err);
    char *message = strdup(err.message);
    const tsl_status changed = tsl__shelf_change(&s, 1, leave, NULL, NULL);
    const tsl_status opened = tsl__shelf_open(512, sizeof row, 1, folder, &none, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    snprintf(expected, sizeof expected, "%s: the temporary file cannot be written, at 2 MB of 4: File too large",
             folder);
    assert_int_equal(write, TSL_E_IO);
    assert_string_equal(message, expected);
    assert_int_equal(changed, TSL_E_IO);
    assert_int_equal(opened, TSL_E_IO);
    assert_null(none.base);
    snprintf(expected, sizeof expected,
             "%s: the temporary file cannot be made as long as it has to be, at 0 MB of 4: File too large", folder);
    assert_string_equal(err.message, expected);
    free(message);
    tsl__shelf_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_little_is_in_memory),
                                       cmocka_unit_test(test_empty), cmocka_unit_test(test_errors)};
    if (!mkdtemp(folder)) {
        return 1;
    }
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
