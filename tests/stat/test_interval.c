/* test_interval.c: intervals of rates and means against published ones, by hand, and by how often they hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "stat/interval.h"

#include <math.h>

/* Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, table I, method
 * 3 (score without continuity correction). */
static void test_published(void **state)
{
    (void)state;
    static const struct {
        uint64_t happened, known;
        double low, high;
    } table[] = {{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const tsl__interval x = tsl__interval_of_rate(table[i].happened, table[i].known);
        assert_true(fabs(x.low - table[i].low) < 5e-5 && fabs(x.high - table[i].high) < 5e-5);
    }
}

static void test_ends(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 200; n++) {
        const tsl__interval none = tsl__interval_of_rate(0, n), all = tsl__interval_of_rate(n, n);
        assert_true(none.low == 0 && none.high > 0 && none.high < 1 && all.high == 1);
        assert_true(fabs(none.high + all.low - 1) < 1e-12);
        for (uint64_t x = 1; x < n; x++) {
            const tsl__interval in = tsl__interval_of_rate(x, n);
            assert_true(0 < in.low && in.low < (double)x / (double)n && (double)x / (double)n < in.high && in.high < 1);
        }
    }
    assert_true(isnan(tsl__interval_of_rate(0, 0).low) && isnan(tsl__interval_of_rate(0, 0).high));
}

/* 1 2 3 4: mean 2.5, squares 5, sd / sqrt(n) = sqrt(5 / 12), t(3) = 3.182446 (any table of t). */
static void test_mean(void **state)
{
    (void)state;
    const tsl__interval x = tsl__interval_of_mean(2.5, 5, 4);
    assert_true(fabs(x.low - (2.5 - 3.182446305 * sqrt(5 / 12.))) < 1e-8);
    assert_true(fabs(x.high - (2.5 + 3.182446305 * sqrt(5 / 12.))) < 1e-8);
    assert_true(isnan(tsl__interval_of_mean(7, 0, 1).low) && isnan(tsl__interval_of_mean(NAN, 0, 0).high));
    const tsl__interval same = tsl__interval_of_mean(7, 0, 9);
    assert_true(same.low == 7 && same.high == 7);
    const tsl__interval many = tsl__interval_of_mean(0, 1e6, 1000001); /* sd 1 */
    assert_true(fabs(many.high - 1.959966337 / 1000.0005) < 1e-7);
}

/* Of 4,000 samples some 95 % hold the true one. */
static void test_coverage(void **state)
{
    (void)state;
    int rates = 0, means = 0;
    for (uint32_t sample = 0; sample < 4000; sample++) {
        tsl__rng rng = tsl__rng_open(17, 2, sample);
        double x[12], sum = 0, square = 0;
        uint64_t happened = 0;
        for (int i = 0; i < 40; i++) {
            happened += tsl__rng_uniform(&rng) < .3;
        }
        for (int i = 0; i < 12; i++) {
            x[i] = 0;
            for (int k = 0; k < 12; k++) {
                x[i] += tsl__rng_uniform(&rng) - .5;
            }
            sum += x[i];
        }
        for (int i = 0; i < 12; i++) {
            square += (x[i] - sum / 12) * (x[i] - sum / 12);
        }
        const tsl__interval rate = tsl__interval_of_rate(happened, 40),
                            mean = tsl__interval_of_mean(sum / 12, square, 12);
        rates += rate.low <= .3 && .3 <= rate.high;
        means += mean.low <= 0 && 0 <= mean.high;
    }
    assert_true(rates > .93 * 4000 && rates < .97 * 4000);
    assert_true(means > .935 * 4000 && means < .965 * 4000);
}

/* Agresti (2002), Categorical Data Analysis, 3.1.2: heart attacks of 189 in 11,034 by placebo, 104 in 11,037 by
 * aspirin: 1.82 (1.43 to 2.30). */
static void test_ratio(void **state)
{
    (void)state;
    const tsl__interval of = tsl__interval_of_ratio(189, 11034, 104, 11037),
                        other = tsl__interval_of_ratio(104, 11037, 189, 11034);
    assert_true(fabs(of.low - 1.43) < .005 && fabs(of.high - 2.30) < .01);
    assert_true(fabs(of.low * other.high - 1) < 1e-14 && fabs(of.high * other.low - 1) < 1e-14);
    assert_true(isnan(tsl__interval_of_ratio(0, 5, 1, 5).low) && isnan(tsl__interval_of_ratio(1, 5, 0, 5).high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published), cmocka_unit_test(test_ends),
                                       cmocka_unit_test(test_mean), cmocka_unit_test(test_coverage),
                                       cmocka_unit_test(test_ratio)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
