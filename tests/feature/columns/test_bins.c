/* test_bins.c: a column's deciles as bins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "feature/columns/bins.h"
#include "stat/sort.h"

/* The bin of a known value, as the header has it: value <= cut[i] is in bin i or before. */
static size_t find_bin(const tsl_bins *bins, double x)
{
    size_t bin = 0;
    while (bin + 1 < bins->count && x > bins->cut[bin]) {
        bin++;
    }
    return bin;
}

static void assert_near(double seen, double expected)
{
    if (!(fabs(seen - expected) <= 1e-12 * (1 + fabs(expected)))) {
        fail_msg("%.17g is not %.17g", seen, expected);
    }
}

/* numpy.quantile([x ** 2 for x in range(1, 14)], [0.1, ..., 0.9]) */
static void test_deciles(void **state)
{
    (void)state;
    static const double expected[9] = {5, 11.8, 21.4, 33.8, 49, 67.4, 88.6, 112.6, 139.4};
    static const double count[10] = {2, 1, 1, 1, 2, 1, 1, 1, 1, 2}; /* of the 13, between the cuts */
    double values[13];
    tsl_bins bins;
    for (int i = 0; i < 13; i++) {
        values[i] = (i + 1) * (i + 1);
    }
    tsl__bins_fit(values, 13, TSL_FORM_NUMBER, &bins);
    assert_int_equal(bins.count, 10);
    for (size_t i = 0; i < 9; i++) {
        assert_near(bins.cut[i], expected[i]);
    }
    for (size_t i = 0; i < 10; i++) {
        assert_near(bins.share[i], count[i] / 13);
    }
    assert_true(bins.low == 1 && bins.high == 169);
    for (size_t i = 0; i < 13; i++) {
        size_t bin = find_bin(&bins, values[i]);
        assert_true(bin == 0 || values[i] > bins.cut[bin - 1]);
        assert_true(bin == 9 || values[i] <= bins.cut[bin]);
    }
    assert_int_equal(find_bin(&bins, -1e300), 0); /* beyond the ends, too */
    assert_int_equal(find_bin(&bins, 1e300), 9);
    assert_int_equal(find_bin(&bins, 5), 0); /* a cut belongs to the bin below it */
}

/* Of 100 values in rising order, so many are one and the same; the others differ. */
static void check_filler(int begin, int end)
{
    double values[100];
    tsl_bins bins;
    for (int i = 0; i < 100; i++) {
        values[i] = i < begin ? i - begin : i >= end ? i - end + 1 : 0;
    }
    tsl__bins_fit(values, 100, TSL_FORM_NUMBER, &bins);
    size_t bin = find_bin(&bins, 0);
    assert_near(bins.share[bin], (end - begin) / 100.);
    /* what lies next to it on either side is not with it */
    assert_true(begin == 0 || find_bin(&bins, -1) + 1 == bin);
    assert_true(end == 100 || find_bin(&bins, 1) > bin);
    double sum = 0;
    for (size_t i = 0; i < bins.count; i++) {
        assert_true(i + 2 > bins.count || i == 0 || bins.cut[i] > bins.cut[i - 1]);
        sum += bins.share[i];
    }
    assert_near(sum, 1);
}

/* Wherever it lies, at the low end (as 0 often does), amid, at the top. */
static void test_value_that_fills_a_decile(void **state)
{
    (void)state;
    check_filler(0, 35);
    check_filler(0, 70);
    check_filler(0, 95);
    check_filler(20, 45);
    check_filler(33, 57);
    check_filler(5, 95);
    check_filler(60, 100);
    check_filler(85, 100); /* the tenth decile alone */
    check_filler(2, 100);
}

/* Two or three values alone: each has its bin. */
static void test_few_values(void **state)
{
    (void)state;
    double values[100];
    tsl_bins bins;
    for (int first = 10; first <= 90; first += 5) {
        for (int i = 0; i < 100; i++) {
            values[i] = i < first ? 1 : i < 95 ? 2 : 7;
        }
        tsl__bins_fit(values, 100, TSL_FORM_NUMBER, &bins);
        assert_near(bins.share[find_bin(&bins, 1)], first / 100.);
        assert_true(find_bin(&bins, 1) != find_bin(&bins, 2));
    }
}

/* Five values have five bins and not ten: numpy.quantile([1, 2, 3, 5, 8], [0.1, 0.2, ...]) is 1.4, 1.8, 2.2, 2.6,
 * 3, 3.8, 4.6, 5.6, 6.8, and of two cuts between the same two values the first is kept. */
static void test_fewer_values_than_deciles(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3, 5, 8}, cuts[] = {1.4, 2.2, 3, 5.6};
    tsl_bins bins;
    tsl__bins_fit(values, 5, TSL_FORM_NUMBER, &bins);
    assert_int_equal(bins.count, 5);
    for (size_t b = 0; b < 5; b++) {
        assert_near(bins.share[b], .2);
        assert_near(bins.cut[b], b < 4 ? cuts[b] : 0);
    }
}

static void test_constant(void **state)
{
    (void)state;
    static const double values[] = {3, 3, 3};
    tsl_bins bins;
    for (size_t n = 1; n <= 3; n++) {
        tsl__bins_fit(values, n, TSL_FORM_NUMBER, &bins);
        assert_int_equal(bins.count, 1);
        assert_true(bins.share[0] == 1 && bins.low == 3 && bins.high == 3);
        assert_int_equal(find_bin(&bins, 2), 0);
        assert_int_equal(find_bin(&bins, 4), 0);
    }
}

static void test_empty(void **state)
{
    (void)state;
    tsl_bins bins;
    tsl__bins_fit(NULL, 0, TSL_FORM_NUMBER, &bins);
    assert_int_equal(bins.count, 0);
    assert_true(isnan(bins.low) && isnan(bins.high));
    tsl__bins_fit(NULL, 0, TSL_FORM_VALUE, &bins);
    assert_int_equal(bins.count, 0);
}

/* Yes and no have two bins, also where the fit saw but one of them. */
static void test_booleans(void **state)
{
    (void)state;
    static const double values[] = {0, 0, 0, 1}, yes[] = {1, 1};
    for (int form = TSL_FORM_BOOLEAN; form <= TSL_FORM_VALUE; form++) {
        tsl_bins bins;
        tsl__bins_fit(values, 4, (tsl_feature_form)form, &bins);
        assert_int_equal(bins.count, 2);
        assert_true(bins.share[0] == .75 && bins.share[1] == .25);
        tsl__bins_fit(values, 3, (tsl_feature_form)form, &bins);
        assert_int_equal(bins.count, 2);
        assert_true(bins.share[0] == 1 && bins.share[1] == 0 && find_bin(&bins, 1) == 1);
        tsl__bins_fit(yes, 2, (tsl_feature_form)form, &bins);
        assert_true(bins.count == 2 && bins.share[0] == 0 && bins.share[1] == 1);
    }
}

/* Of any values: cuts rise, shares are those of the values in the bins, and
 * there is room for all. */
static void test_properties(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(9, 1, 1);
    for (int round = 0; round < 3000; round++) {
        double values[200], scratch[200];
        size_t n = 1 + tsl__rng_below(&rng, 200), kinds = 1 + tsl__rng_below(&rng, 30), seen[TSL_BINS_MAX] = {0};
        tsl_bins bins;
        for (size_t i = 0; i < n; i++) {
            double x = (double)tsl__rng_below(&rng, kinds);
            values[i] = round % 3 ? x : x * x * 1e305 / 9e2 * (tsl__rng_below(&rng, 2) ? 1 : -1);
        }
        tsl__sort(values, scratch, n);
        tsl__bins_fit(values, n, TSL_FORM_NUMBER, &bins);
        assert_in_range(bins.count, 1, TSL_BINS_MAX);
        for (size_t i = 0; i < n; i++) {
            seen[find_bin(&bins, values[i])]++;
        }
        for (size_t b = bins.count; b < TSL_BINS_MAX; b++) { /* the same bytes for the same bins */
            assert_true(bins.cut[b - 1] == 0 && bins.share[b] == 0);
        }
        for (size_t b = 0; b < bins.count; b++) {
            assert_true(seen[b] > 0 && bins.share[b] == (double)seen[b] / (double)n);
            assert_true(b + 1 == bins.count || b == 0 || bins.cut[b] > bins.cut[b - 1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deciles),    cmocka_unit_test(test_value_that_fills_a_decile),
        cmocka_unit_test(test_few_values), cmocka_unit_test(test_fewer_values_than_deciles),
        cmocka_unit_test(test_constant),   cmocka_unit_test(test_empty),
        cmocka_unit_test(test_booleans),   cmocka_unit_test(test_properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
