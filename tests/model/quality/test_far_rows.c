/* test_far_rows.c: rows far from all others are found, whatever hides them; none are found where all belong. */
#include "model/choice.h"
#include "model/quality/far_rows.h"

#include "base/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROWS 600
#define COLS 3

static double cell[ROWS * COLS], weight[ROWS];
static char far[ROWS];

/* Of the middle 0 and the variance 1: the sum of 12 even draws, which has no long tails. */
static double draw_normal(tsl__rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += tsl__rng_uniform(rng);
    }
    return sum;
}

/* Three round groups. */
static void make_groups(uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 1, 0);
    for (size_t i = 0; i < ROWS; i++) {
        weight[i] = 1;
        for (size_t c = 0; c < COLS; c++) {
            cell[i * COLS + c] = draw_normal(&rng) + 7. * (i % 3 == c);
        }
    }
}

static size_t find(size_t rows, const double *w, int threads)
{
    const tsl_matrix x = {cell, rows, COLS, COLS, TSL_F64};
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_kmeans_options size;
    tsl_error err;
    size_t count = SIZE_MAX;
    TSL_DEFAULTS(kmeans, &size);
    assert_int_equal(tsl__far_rows_find(&x, w, &size, &exec, far, &count, &err), TSL_OK);
    return count;
}

static void test_none_where_all_belong(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        make_groups(seed);
        assert_int_equal(find(ROWS, NULL, 1), 0);
    }
    for (size_t i = 0; i < ROWS * COLS; i++) {
        cell[i] = (double)(i / COLS % 2); /* two kinds of rows */
    }
    assert_int_equal(find(ROWS, NULL, 1), 0);
}

/* Far ones of very different sizes hide one another: the least of them is a thousandth of the greatest. */
static void test_hidden_ones(void **state)
{
    (void)state;
    static const size_t row[] = {3, 99, 300, 301, 598};
    static const double place[] = {1e5, -1e5, 3e3, 3e3, 100};
    make_groups(1);
    for (size_t i = 0; i < 5; i++) {
        cell[row[i] * COLS + i % COLS] = place[i];
    }
    for (int threads = 1; threads <= 3; threads += 2) {
        assert_int_equal(find(ROWS, NULL, threads), 5);
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(far[row[i]], 1);
        }
    }
}

/* A small group of its own counts as far, one that is large enough to be a segment does not. */
static void test_small_groups(void **state)
{
    (void)state;
    for (size_t many = 8; many <= 40; many += 32) {
        make_groups(2);
        for (size_t i = 0; i < many; i++) {
            cell[i * COLS] += 500;
        }
        assert_int_equal(find(ROWS, NULL, 2), many == 8 ? 8 : 0);
    }
}

/* Few rows have none; rows without weight are no far ones, and hide none. */
static void test_few_and_weightless(void **state)
{
    (void)state;
    make_groups(3);
    cell[10 * COLS] = cell[20 * COLS] = 4000;
    assert_int_equal(find(TSL__FAR_LEAST_ROWS - 1, NULL, 1), 0);
    assert_int_equal(find(TSL__FAR_LEAST_ROWS, NULL, 1), 2);
    weight[20] = 0;
    assert_int_equal(find(ROWS, weight, 1), 1);
    assert_true(far[10] && !far[20]);
}

/* Where over half of the rows are one and the same there is no yardstick: a row near it that shares its cluster
 * draws the centre away by a little, which is no measure of how far the others are. */
static void test_one_kind(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(5, 1, 0);
    memset(cell, 0, sizeof cell);
    cell[0] = -.3;
    for (size_t i = 1; i < 20; i++) {
        cell[i * COLS] = 1 + 5 * tsl__rng_uniform(&rng);
        cell[i * COLS + 1] = i < 10 ? 0 : -4 - 2 * tsl__rng_uniform(&rng);
    }
    assert_int_equal(find(400, NULL, 1), 0);
    assert_int_equal(find(400, NULL, 3), 0);
}

/* Where too many lie far out, that is how these rows are spread. */
static void test_no_exception(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(4, 1, 0);
    for (size_t i = 0; i < ROWS * COLS; i++) { /* Cauchy */
        cell[i] = tan(3.14159265358979 * (tsl__rng_uniform(&rng) - .5));
    }
    assert_true(find(ROWS, NULL, 1) <= ROWS / 20);
}

static void test_size_rule(void **state)
{
    (void)state;
    uint64_t size[] = {90, 8};
    tsl_candidate c = {.k = 2, .size = size, .smallest_share = .08};
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    assert_int_equal(tsl__candidate_is_small(&c, opt.min_share, opt.min_rows), 1);
    size[1] = 10;
    assert_int_equal(tsl__candidate_is_small(&c, opt.min_share, opt.min_rows), 0);
    c.smallest_share = .019;
    assert_int_equal(tsl__candidate_is_small(&c, opt.min_share, opt.min_rows), 1);
    opt.min_share = 0;
    assert_int_equal(tsl__candidate_is_small(&c, opt.min_share, opt.min_rows), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none_where_all_belong),
        cmocka_unit_test(test_hidden_ones),
        cmocka_unit_test(test_small_groups),
        cmocka_unit_test(test_few_and_weightless),
        cmocka_unit_test(test_no_exception),
        cmocka_unit_test(test_size_rule),
        cmocka_unit_test(test_one_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
