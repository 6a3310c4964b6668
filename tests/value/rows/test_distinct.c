/* test_distinct.c: equal rows are counted together, in order; against a naive count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "value/rows/distinct.h"

enum { ROWS = 3000 };
static double column[3][ROWS], weight[ROWS];

static int is_before(const tsl__distinct *d, size_t i, size_t j, int columns)
{
    for (int c = 0; c < columns; c++) {
        if (d->column[c][i] != d->column[c][j]) {
            return d->column[c][i] < d->column[c][j];
        }
    }
    return 0;
}

static void check(int columns, const double *own)
{
    const double *const of[] = {column[0], column[1], column[2]};
    tsl__distinct d;
    double sum = 0, counted = 0;
    assert_int_equal(tsl__distinct_build(of, columns, own, ROWS, 2, &d, NULL), TSL_OK);
    for (size_t k = 1; k < d.count; k++) {
        assert_true(is_before(&d, k - 1, k, columns));
    }
    for (size_t i = 0; i < ROWS; i++) {
        for (int c = 0; c < columns; c++) {
            assert_true(d.column[c][d.of[i]] == column[c][i]);
        }
        sum += (own ? own[i] : 1) * column[1][i];
    }
    for (size_t k = 0; k < d.count; k++) {
        counted += d.weight[k];
    }
    assert_true(counted == d.weights && tsl__distinct_sum(&d, 1) == sum);
    tsl__distinct_free(&d);
}

static void test_rows(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (size_t i = 0; i < ROWS; i++) {
        for (int c = 0; c < 3; c++) {
            column[c][i] = (double)tsl__rng_below(&rng, 9) / 4;
        }
        weight[i] = (double)(1 + tsl__rng_below(&rng, 3));
    }
    check(3, NULL);
    check(3, weight);
    check(2, weight);
}

static void test_none(void **state)
{
    (void)state;
    const double *const of[] = {column[0], column[1]};
    tsl__distinct d;
    assert_int_equal(tsl__distinct_build(of, 2, NULL, 0, 2, &d, NULL), TSL_OK);
    assert_true(d.count == 0 && d.weights == 0 && tsl__distinct_sum(&d, 0) == 0);
    tsl__distinct_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
