/* test_natural_rows.c: how the rows are drawn, cut off, standardised and spread. */
#include "model/natural/natural_rows.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static tsl__natural_rows take(const double *x, size_t rows, size_t cols, const double *weight, size_t most,
                              uint64_t seed)
{
    const tsl_matrix m = {x, rows, cols, cols, TSL_F64};
    const tsl__row_view view = tsl__row_view_of(&m, 1);
    tsl__weights weights;
    tsl__natural_rows out;
    assert_int_equal(tsl__weights_check(weight, rows, &weights, NULL), TSL_OK);
    assert_int_equal(tsl__natural_rows_open(&view, &weights, most, seed, &out, NULL), TSL_OK);
    return out;
}

/* Columns: alone, tied, two values, the same; the rows come in another order. */
static void test_columns(void **state)
{
    (void)state;
    static const double x[] = {
        0, 1, 0, 7, 1, 1, 1, 7, 4, 1, 0, 7, 9, 3, 1, 7, 16, 7, 1, 7, 25, 7, 1, 7,
    };
    const double mean[] = {55.0 / 6, 20.0 / 6}, sd[] = {sqrt(979.0 / 6 - 55.0 * 55 / 36), sqrt(110.0 / 6 - 400.0 / 36)};
    double seen = 0;
    tsl__natural_rows r = take(x, 6, 4, NULL, 100, 1);
    assert_int_equal(r.rows, 6);
    assert_int_equal(r.cols, 3);
    assert_true(r.mask[0] == 1 && r.mask[1] == 1 && r.mask[2] == 0);
    for (size_t i = 0; i < 6; i++) {
        const double alone = r.plain[3 * i] * sd[0] + mean[0], tied = r.plain[3 * i + 1] * sd[1] + mean[1];
        const double spread = r.spread[3 * i + 1] * sd[1] + mean[1];
        NEAR(r.spread[3 * i], r.plain[3 * i]);
        NEAR(fabs(r.plain[3 * i + 2]), alone < 1 || (alone > 3.5 && alone < 4.5) ? sqrt(2) : sqrt(0.5));
        /* 1 three times, half the way to 3 on either side; 3 once; 7 twice, 2 on either side. */
        if (fabs(tied - 3) < 1e-9) {
            NEAR(spread, 3);
        } else {
            assert_true(fabs(spread - tied) <= (tied < 2 ? 1 : 2));
            assert_true(fabs(spread - tied) > 1e-6);
        }
        seen += alone;
    }
    NEAR(seen, 55);
    tsl__natural_rows_free(&r);
    r = take(x + 2, 1, 2, NULL, 100, 1); /* one row: no column differs */
    assert_true(r.rows == 1 && r.cols == 0);
    tsl__natural_rows_free(&r);
    static const double twos[] = {0, 5, 1, 5, 1, 6};
    r = take(twos, 3, 2, NULL, 100, 1);
    assert_true(r.cols == 2 && r.counted == 0 && r.mask[0] == 0 && r.mask[1] == 0); /* all of them are of two values */
    tsl__natural_rows_free(&r);
}

/* Columns whose gap is there by single values do not count; others do, with a gap or without. */
static void test_pinned(void **state)
{
    (void)state;
    enum { N = 900, COLS = 8 };
    static const int pinned[COLS] = {1, 0, 1, 1, 0, 0, 0, 1};
    double *x = set_alloc((size_t)N * COLS);
    for (size_t i = 0; i < N; i++) {
        const double even = (double)(i * 7 % N) / N, other = (double)(i * 11 % N) / N;
        double *row = x + i * COLS;
        row[0] = other < 0.4 ? 0 : 5 + even;                          /* zeros, far from amounts */
        row[1] = other < 0.4 ? 0 : even;                              /* zeros where the amounts begin */
        row[2] = other < 0.45 ? 0 : other < 0.55 ? 1 : 2;             /* the middle one is rare */
        row[3] = other < 0.2 ? 0 : other < 0.4 ? 9 : 4 + even;        /* two such values */
        row[4] = other < 0.4 ? even : 5 + even;                       /* two groups that spread */
        row[5] = other < 0.3 ? 0 : other < 0.5 ? 5 + even : 9 + even; /* zeros, and two groups besides */
        row[6] = other < 0.5 ? 0 : other < 0.8 ? 1 : 2;               /* counts */
        row[7] = other < 0.5 ? 1 : floor(3 * even) + 6;               /* answers in two camps */
    }
    tsl__natural_rows r = take(x, N, COLS, NULL, N, 1);
    for (size_t j = 0; j < COLS; j++) {
        if (r.mask[j] != !pinned[j]) {
            fail_msg("column %zu", j);
        }
    }
    assert_true(r.counted == 4 && r.pinned == 4);
    tsl__natural_rows_free(&r);
    free(x);
}

/* Values that recur at random places are codes, where they make a gap; on a lattice, or on one of logarithms, they are
 * numbers that were rounded, in two groups as in one. */
static void test_codes(void **state)
{
    (void)state;
    enum { N = 900, COLS = 11 };
    static const int pinned[COLS] = {1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0};
    static const double code[] = {103, 110, 118, 190, 204, 399, 402, 530, 538, 777, 779, 961};
    static const double price[] = {7.99, 8.99, 12.99, 14.99, 29.99, 33.99, 34.99, 89.99, 99.99, 240.99, 249.99, 399.99};
    double *x = set_alloc((size_t)N * COLS);
    tsl__rng rng = tsl__rng_open(4, 3, 1);
    for (size_t i = 0; i < N; i++) {
        const double even = (double)(i * 7 % N) / N, group = (double)(i % 2);
        double *row = x + i * COLS;
        row[0] = code[i * 7 % N * 12 / N];
        row[1] = price[i * 11 % N * 12 / N];
        row[2] = i % 5 < 3 ? code[i * 7 % N * 12 / N] : 1000 * even; /* three fifths of the rows */
        row[3] = i % 5 < 2 ? code[i * 7 % N * 12 / N] : 2000 + even; /* two fifths: these are numbers */
        row[4] = round(20 * even + 60 * group);                      /* two groups, rounded */
        row[5] = 0.1 * round(20 * even + 60 * group);
        row[6] = log1p(round(20 * even + 90 * group)); /* and the logarithms of counts */
        row[7] =
            round(10 * exp(0.3 * draw_normal(&rng) + 3 * group)); /* of which most recur, and the others lie between */
        row[8] = 103 + 30 * (double)(i % 12);                     /* a lattice */
        /* Two camps of ten values, distances three to one in turn; the same, less than two to one. */
        const size_t t = i * 7 % N, at = t < 405   ? t * 10 / 405
                                         : t < 495 ? 10 + (t - 405) * 4 / 90
                                                   : 14 + (t - 495) * 10 / 405;
        row[9] = 20 * (double)at + (at % 2 ? -5 : 5);
        row[10] = 20 * (double)at + (at % 2 ? -3 : 3);
    }
    tsl__natural_rows r = take(x, N, COLS, NULL, N, 1);
    for (size_t j = 0; j < COLS; j++) {
        if (r.mask[j] != !pinned[j]) {
            fail_msg("column %zu", j);
        }
    }
    tsl__natural_rows_free(&r);
    free(x);
}

/* Within half the way to the neighbours, evenly. */
static void test_spread(void **state)
{
    (void)state;
    enum { N = 900 };
    double x[N], mean = 0, square = 0, value[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = i % 3 == 2 ? 10 : (double)(i % 3);
        mean += x[i] / N;
        square += x[i] * x[i] / N;
    }
    const double sd = sqrt(square - mean * mean);
    tsl__natural_rows r = take(x, N, 1, NULL, N, 1);
    size_t inner = 0, outer = 0, middle = 0;
    for (size_t i = 0; i < N; i++) {
        value[i] = r.spread[i] * sd + mean;
        assert_true(value[i] > -0.5 - 1e-9 && value[i] < 14.5 + 1e-9);
        inner += value[i] > 0.5 && value[i] < 5.5; /* of 1 */
        outer += value[i] >= 5.5;
        middle += value[i] > 3;
    }
    assert_int_equal(inner, 300);
    assert_int_equal(outer, 300);
    assert_true(middle > 420 && middle < 480); /* 300, and half of those of 1 */
    tsl__natural_rows_free(&r);
}

/* From 1,000 rows on the ends are cut off; what was stays where it was put. */
static void test_cut(void **state)
{
    (void)state;
    enum { N = 2001 };
    double *x = set_alloc(N);
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)i;
    }
    x[N - 1] = 1e9;
    tsl__natural_rows r = take(x, N, 1, NULL, N, 1);
    double most = -HUGE_VAL, mean = 0, square = 0;
    size_t at_most = 0;
    for (size_t i = 0; i < N; i++) {
        most = fmax(most, r.plain[i]);
        mean += r.plain[i] / N;
        square += r.plain[i] * r.plain[i] / N;
        NEAR(r.plain[i], r.spread[i]);
    }
    for (size_t i = 0; i < N; i++) {
        at_most += r.plain[i] == most;
    }
    assert_int_equal(at_most, 3); /* 1998, 1999 and the outlier */
    assert_true(most < 1.8);
    NEAR(mean, 0);
    NEAR(square, 1);
    tsl__natural_rows_free(&r);
    r = take(x, 999, 1, NULL, N, 1);
    for (size_t i = 0, same = 0; i < 999; i++) {
        same += r.plain[i] == r.plain[0];
        assert_true(same == 1 || i < 998 || same < 3);
    }
    tsl__natural_rows_free(&r);
    free(x);
}

/* Which rows are drawn; the one column holds their numbers, standardised. */
static size_t count_kept(const tsl__natural_rows *r, size_t from, double mean, double sd)
{
    size_t count = 0;
    for (size_t i = 0; i < r->rows; i++) {
        count += r->plain[i] * sd + mean > (double)from - 0.5;
    }
    return count;
}

static void test_sample(void **state)
{
    (void)state;
    enum { N = 900 };
    double x[N], weight[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)i;
        weight[i] = 0.1;
    }
    tsl__natural_rows all = take(x, N, 1, NULL, 400, 1), same = take(x, N, 1, NULL, 400, 1);
    tsl__natural_rows other = take(x, N, 1, NULL, 400, 2), equal = take(x, N, 1, weight, N, 1);
    assert_true(all.rows == 400 && equal.rows == N);
    assert_memory_equal(all.plain, same.plain, 400 * sizeof *all.plain);
    assert_memory_not_equal(all.plain, other.plain, 400 * sizeof *all.plain);
    const double sd = sqrt((N * (double)N - 1) / 12);
    assert_int_equal(count_kept(&equal, 450, (N - 1) / 2.0, sd), 450);
    tsl__natural_rows_free(&all);
    tsl__natural_rows_free(&same);
    tsl__natural_rows_free(&other);
    tsl__natural_rows_free(&equal);
}

/* Two values of one column: rows of weight 0, 1 and 3. */
static void test_weights(void **state)
{
    (void)state;
    enum { N = 3000, MOST = 300 };
    double x[2 * N], weight[N];
    for (size_t i = 0; i < N; i++) {
        x[2 * i] = i % 3 == 2 ? 1 : i % 3 == 0 ? -1000 : 0;
        x[2 * i + 1] = (double)i;
        weight[i] = i % 3 == 2 ? 3 : i % 3 == 0 ? 0 : 1;
    }
    size_t heavy = 0, drawn = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        tsl__natural_rows r = take(x, N, 2, weight, MOST, seed);
        assert_int_equal(r.rows, MOST);
        for (size_t i = 0; i < r.rows; i++) {
            heavy += r.plain[2 * i] > 0;
            assert_true(r.plain[2 * i] > -5); /* none without weight, which would be far */
        }
        drawn += r.rows;
        tsl__natural_rows_free(&r);
    }
    /* Three in four, a little less as rows run out. */
    assert_true((double)heavy / (double)drawn > 0.70 && (double)heavy / (double)drawn < 0.77);
    tsl__natural_rows r = take(x, N, 2, weight, N, 1); /* (1000 + 3000)^2 / (1000 + 9000) */
    assert_int_equal(r.rows, 1600);
    tsl__natural_rows_free(&r);
    for (size_t i = 0; i < N; i++) {
        weight[i] = i == 7 ? 1e100 : i == 8 ? 0 : 1e-100;
    }
    r = take(x, N, 2, weight, N, 1);
    assert_int_equal(r.rows, 1);
    tsl__natural_rows_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns), cmocka_unit_test(test_pinned), cmocka_unit_test(test_codes),
        cmocka_unit_test(test_spread),  cmocka_unit_test(test_cut),    cmocka_unit_test(test_sample),
        cmocka_unit_test(test_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
