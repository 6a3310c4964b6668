/* test_threshold.c: thresholds that read well and part just the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/rng.h"
#include "stat/threshold.h"

static void test_table(void **state)
{
    (void)state;
    static const struct {
        double low, high, expected;
    } cases[] = {
        {1, 5, 3}, /* the middle */
        {0, 1, 0}, /* no whole number between them */
        {3, 4, 3},
        {3, 5, 4},
        {3, 6, 4}, /* 4 and 5 are as near: the even one of 4.5 */
        {45, 46, 45},
        {-4, -3, -4},
        {123, 900, 500}, /* 511.5; the middle half goes from 318 to 705 */
        {90, 1100, 600}, /* 1000 would be out of the middle half of 595 */
        {1200, 1300, 1250},
        {12000, 12345, 12200},
        {1.9, 3, 2.5},
        {5.1, 5.2, 5.1}, /* one place, as the values */
        {1.98, 1.99, 1.98},
        {1.98, 2.05, 2},
        {1187.32, 1213.5, 1200},
        {1200.4837, 1200.9, 1200.7},
        {1234, 1235, 1234},
        {1234, 1240, 1237},
        {1234, 1250, 1240},
        {9999.5, 1e9, 5e8},
        {0.12345, 0.1235, 0.12348},
        {0.123451, 0.1236, 0.1235},
        {-1.2345, -0.9, -1},
        {-0.51234, 0.3, 0},
        {-0.51234, 0.1, -0.2},
        {-1234.5, -1234, -1234.2},
        {-1, 1, 0},
        {-1e308, 1e308, 0},
        {-1.7e308, 1.7e308, 0},
        {1e300 / 3, 1e300, 7e299},
        {1e16, 1e16 + 2, 1e16},
        {0, 5e-324, 0},
        {1e-7, 3e-7, 2e-7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double t = tsl__threshold_get(cases[i].low, cases[i].high);
        if (t != cases[i].expected) {
            fail_msg("%.17g, %.17g: %.17g, expected %.17g", cases[i].low, cases[i].high, t, cases[i].expected);
        }
    }
    assert_false(signbit(tsl__threshold_get(-5.1, 5)));
}

static void test_between(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(5, 0, 0);
    for (int i = 0; i < 200000; i++) {
        double low = (tsl__rng_uniform(&rng) - 0.5) * pow(10, (double)tsl__rng_below(&rng, 40) - 20);
        double gap = fabs(low) * pow(10, -(double)tsl__rng_below(&rng, 18));
        double high = i % 3 ? low + gap : nextafter(low, INFINITY);
        if (low < high) {
            double t = tsl__threshold_get(low, high);
            assert_true(low <= t && t < high);
            assert_true(t == low || fabs(t - (low / 2 + high / 2)) <= high / 4 - low / 4);
        }
    }
}

static void test_said(void **state)
{
    (void)state;
    static const struct {
        double low, high;
        double said[8]; /* level after level, the nearest and the one on the other side */
    } cases[] = {
        {648, 649, {600, 700, 650, 600, 640, 660, 650, 640}},
        {34, 35.9, {30, 40, 35, 30, 34, 36, 35, 34}},
        {1.2251, 1.2253, {1, 2, 1, 1.5, 1.2, 1.4, 1.2, 1.3}},
        {-34, -33, {-30, -40, -35, -30, -34, -32, -34, -33}},
        {9.4, 10.8, {10, 20, 10, 15, 10, 12, 10, 11}},
        {1e-7, 3e-7, {2e-7, 1e-7, 2e-7, 1.5e-7, 2e-7, 1.8e-7, 2e-7, 1.9e-7}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int level = 0; level < 4; level++) {
            double said[2];
            if (!tsl__threshold_say(cases[i].low, cases[i].high, level, said)) {
                continue;
            }
            for (int s = 0; s < 2; s++) {
                if (said[s] != cases[i].said[2 * level + s]) {
                    fail_msg("%.17g, %.17g: level %d says %.17g", cases[i].low, cases[i].high, level, said[s]);
                }
            }
        }
    }
    double said[2];
    assert_true(tsl__threshold_say(3, 4, 0, said)); /* whole numbers stay whole */
    assert_false(tsl__threshold_say(3, 4, 1, said));
    assert_true(tsl__threshold_say(0.25, 0.3, 3, said));
    assert_false(tsl__threshold_say(0.25, 0.3, 4, said)); /* two places at most */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_between),
        cmocka_unit_test(test_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
