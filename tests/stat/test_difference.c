/* test_difference.c: how far means and rates lie apart: published intervals, other programs' figures, properties, and
 * how often they hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "nightly.h"
#include "stat/difference.h"

#include <math.h>

static void assert_close(double a, double b, double most)
{
    if (!(fabs(a - b) <= most)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

/* Newcombe (1998), Interval estimation for the difference between independent proportions, table II, method 10. */
static void test_published_rates(void **state)
{
    (void)state;
    static const struct {
        tsl__share_of a, b;
        double low, high;
    } table[] = {{{56, 70}, {48, 80}, .0524, .3339}, {{9, 10}, {3, 10}, .1705, .8090},
                 {{6, 7}, {2, 7}, .0582, .8062},     {{5, 56}, {0, 29}, -.0381, .1926},
                 {{0, 10}, {0, 20}, -.1611, .2775},  {{0, 10}, {0, 10}, -.2775, .2775},
                 {{10, 10}, {0, 20}, .6791, 1.0000}, {{10, 10}, {0, 10}, .6075, 1.0000}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const tsl__difference x = tsl__difference_of_rates(table[i].a, table[i].b);
        assert_close(x.low, table[i].low, 5e-5);
        assert_close(x.high, table[i].high, 5e-5);
        assert_int_equal(x.p<.05, x.low> 0 || x.high < 0);
    }
}

/* The airways of 21 children before and after a transplant, -0.507 to -0.026: Fagerland, Lydersen & Laake (2014),
 * Recommended tests and confidence intervals for paired binomial proportions, Statistics in Medicine 33. 36, 12, 2, 0:
 * Newcombe (1998), on paired data, where it is 0.0569 to 0.3404. */
static void test_published_pairs(void **state)
{
    (void)state;
    static const struct {
        tsl__paired pairs;
        double value, low, high;
    } table[] = {{{1, 7, 1, 12}, -6 / 21., -.5069, -.0256},
                 {{36, 2, 12, 0}, .2, .0569, .3404},
                 {{59, 16, 6, 80}, -10 / 161., -.1186, -.0046}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const tsl__difference x = tsl__change_of_rates(table[i].pairs);
        assert_close(x.value, table[i].value, 1e-12);
        assert_close(x.low, table[i].low, 5e-5);
        assert_close(x.high, table[i].high, 5e-5);
    }
}

/* 1 2 3 4 7 against 2 9 4 1 1 3, as scipy.stats.ttest_ind(equal_var=False) has it. */
static void test_welch(void **state)
{
    (void)state;
    const tsl__measured a = {5, 3.4, 21.2}, b = {6, 10 / 3., 136 / 3.};
    const tsl__difference x = tsl__difference_of_means(a, b);
    assert_close(x.value, 1 / 15., 1e-12);
    assert_close(x.low, -3.5629500520902457, 1e-9);
    assert_close(x.high, 3.6962833854235786, 1e-9);
    assert_close(x.p, .9677477665626466, 1e-9);
    const tsl__difference turned = tsl__difference_of_means(b, a);
    assert_close(turned.low, -x.high, 1e-12);
    assert_close(turned.p, x.p, 1e-12);
    assert_true(isnan(tsl__difference_of_means(a, (tsl__measured){1, 2, 0}).p));
    assert_true(isnan(tsl__difference_of_means((tsl__measured){9, 2, 0}, (tsl__measured){9, 3, 0}).low));
    assert_close(tsl__difference_of_means((tsl__measured){9, 2, 0}, (tsl__measured){9, 3, 0}).value, -1, 0);
}

/* The change of two arms: the intervals of both, squared and added; p is where the limit is 0. */
static void test_changes(void **state)
{
    (void)state;
    const tsl__paired a = {40, 30, 10, 120}, b = {45, 12, 15, 128};
    const tsl__difference x = tsl__difference_of_changes(a, b), y = tsl__difference_of_changes(b, a);
    const tsl__difference of_a = tsl__change_of_rates(a), of_b = tsl__change_of_rates(b);
    assert_close(x.value, -.1 - .015, 1e-12);
    assert_close(x.low, x.value - hypot(of_a.value - of_a.low, of_b.high - of_b.value), 1e-12);
    assert_close(x.high, x.value + hypot(of_a.high - of_a.value, of_b.value - of_b.low), 1e-12);
    assert_close(y.low, -x.high, 1e-12);
    assert_close(y.p, x.p, 1e-9);
    assert_true(x.p > .0001 && x.p < .05 && x.high < 0);
    const tsl__difference same = tsl__difference_of_changes(a, a);
    assert_close(same.value, 0, 0);
    assert_close(same.p, 1, 0);
    assert_true(isnan(tsl__difference_of_changes(a, (tsl__paired){0, 0, 0, 0}).low));
    assert_true(isnan(tsl__difference_of_rates((tsl__share_of){0, 0}, (tsl__share_of){1, 2}).low));
    const tsl__difference far =
        tsl__difference_of_rates((tsl__share_of){1000000, 1000000}, (tsl__share_of){0, 1000000});
    assert_true(far.p >= 0 && far.p < 1e-300 && far.low > .99 && far.high == 1);
}

/* Holm by hand: .005 x 5, .01 x 4, .03 x 3, .04 x 2 (no less than the one before), .5. */
static void test_holm(void **state)
{
    (void)state;
    const double p[] = {.01, .04, NAN, .03, .005, .5};
    const double expected[] = {.04, .09, NAN, .09, .025, .5};
    size_t order[6];
    double adjusted[6];
    tsl__adjust_by_holm(p, 6, order, adjusted);
    for (size_t i = 0; i < 6; i++) {
        assert_true(isnan(expected[i]) ? isnan(adjusted[i]) : fabs(adjusted[i] - expected[i]) < 1e-12);
    }
    tsl__adjust_by_holm(p, 0, order, adjusted);
}

/* Two arms of 80 whose answers before and after go together; what both differ by is held 95 times in 100. */
static void test_coverage(void **state)
{
    (void)state;
    static const double churn[2] = {.15, .25}, stays[2] = {.7, .6};
    const size_t times = some_or_all(1000, 20000);
    tsl__rng rng = tsl__rng_open(7, 1, 2);
    size_t held = 0;
    for (size_t t = 0; t < times; t++) {
        tsl__paired arm[2] = {{0}};
        for (int a = 0; a < 2; a++) {
            for (size_t i = 0; i < 80; i++) {
                const int before = tsl__rng_uniform(&rng) < churn[a];
                const int after = tsl__rng_uniform(&rng) < (before ? stays[a] : churn[a]);
                arm[a].both += (uint64_t)(before && after);
                arm[a].before += (uint64_t)(before && !after);
                arm[a].after += (uint64_t)(!before && after);
                arm[a].neither += (uint64_t)(!before && !after);
            }
        }
        double truth = 0;
        for (int a = 0; a < 2; a++) {
            const double change = churn[a] * stays[a] + (1 - churn[a]) * churn[a] - churn[a];
            truth += a ? -change : change;
        }
        const tsl__difference x = tsl__difference_of_changes(arm[0], arm[1]);
        held += x.low <= truth && truth <= x.high;
    }
    const double share = (double)held / (double)times;
    if (share < .93 || share > .975) {
        fail_msg("held %.4f of the time", share);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published_rates),
                                       cmocka_unit_test(test_published_pairs),
                                       cmocka_unit_test(test_welch),
                                       cmocka_unit_test(test_changes),
                                       cmocka_unit_test(test_holm),
                                       cmocka_unit_test(test_coverage)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
