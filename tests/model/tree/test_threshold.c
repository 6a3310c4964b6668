/* test_threshold.c: thresholds that read well and part just the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/rng.h"
#include "model/tree/threshold.h"

static void test_table(void **state)
{
    (void)state;
    static const struct {
        double low, high, expected;
    } cases[] = {
        {1.9, 3, 1.9}, /* three digits at most: as it is */
        {0, 1, 0},
        {45, 46, 45},
        {123, 900, 123},
        {12000, 12345, 12000}, /* two digits */
        {1187.32, 1213.5, 1200},
        {1200.4837, 1200.9, 1200.5},
        {1234, 1235, 1234},
        {1234, 1240, 1234}, /* 1240 is not below itself */
        {1234, 1241, 1240},
        {9999.5, 1e9, 10000},
        {0.12345, 0.1235, 0.12345}, /* nothing shorter */
        {0.123451, 0.1236, 0.1235},
        {-1.2345, -0.9, -1},
        {-0.51234, 0.3, -0.5},
        {-1234.5, -1234, -1234.5},
        {1e300 / 3, 1e300, 1e300 / 3}, /* beyond exact powers of ten */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double t = tsl__threshold_get(cases[i].low, cases[i].high);
        if (t != cases[i].expected) {
            fail_msg("%.17g, %.17g: %.17g, expected %.17g", cases[i].low, cases[i].high, t, cases[i].expected);
        }
    }
    assert_false(signbit(tsl__threshold_get(-999.9999999999999, 5)));
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
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
