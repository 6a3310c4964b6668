/* test_weights.c: weights that may be; quantiles by weight against the numbers written out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "stat/sort.h"
#include "stat/weights.h"

static void test_check(void **state)
{
    (void)state;
    static const struct {
        double weight;
        const char *what;
    } bad[] = {{-1, "negative"},
               {NAN, "not a number"},
               {INFINITY, "too great"},
               {1.1e100, "too great"},
               {9e-101, "too small"}};
    const double good[] = {0, 1e-100, 2, 1e100, 0}, none[] = {0, 0};
    tsl__weights weights;
    tsl_error err;
    assert_int_equal(tsl__weights_check(good, 5, &weights, &err), TSL_OK);
    assert_true(weights.of == good && weights.positive == 3 && weights.total == 1e100);
    assert_int_equal(tsl__weights_check(NULL, 5, &weights, &err), TSL_OK);
    assert_true(!weights.of && weights.positive == 5 && weights.total == 5);
    assert_int_equal(tsl__weights_check(none, 0, &weights, &err), TSL_OK);
    assert_int_equal(tsl__weights_check(none, 2, &weights, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "no row has a weight above 0");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const double two[] = {1, bad[i].weight};
        assert_int_equal(tsl__weights_check(two, 2, &weights, &err), TSL_E_INPUT);
        assert_non_null(strstr(err.message, bad[i].what));
        assert_memory_equal(err.message, "row 2: its weight is ", 21);
    }
}

static void test_unit(void **state)
{
    (void)state;
    const double whole[] = {0, 3, 2}, small[] = {1e-100, 2e-100}, ones[] = {1, 1};
    assert_true(tsl__weights_get_unit(NULL, 9) == 1 && tsl__weights_get_unit(ones, 2) == 1);
    assert_true(tsl__weights_get_unit(whole, 3) == .5);
    double most = 2e-100 * tsl__weights_get_unit(small, 2);
    assert_true(most >= 1 && most < 2);
}

/* Sorts the pairs and opens them; scratch: 2 n. */
static tsl__weighed weigh(double *values, double *weight, double *scratch, size_t n)
{
    tsl__sort_with(values, weight, scratch, n);
    return tsl__weighed_open(values, weight, n);
}

/* Whole weights: the bits of the numbers written out, from one end of a double to the other. */
static void test_written_out(void **state)
{
    (void)state;
    enum { MOST = 60 };
    static const double unit[] = {1, 1e-300, 1.7e308 / 9};
    tsl__rng rng = tsl__rng_open(8, 1, 3);
    for (int round = 0; round < 3000; round++) {
        double values[MOST], weight[MOST], scratch[9 * MOST], out[9 * MOST];
        size_t n = 1 + tsl__rng_below(&rng, MOST), many = 0;
        for (size_t i = 0; i < n; i++) {
            values[i] = round % 2 ? tsl__rng_uniform(&rng) : (double)tsl__rng_below(&rng, 19) - 9;
            values[i] *= unit[round % 3];
            weight[i] = 1 + (double)tsl__rng_below(&rng, round % 5 ? 8 : 1);
            for (int w = 0; w < (int)weight[i]; w++) {
                out[many++] = values[i];
            }
        }
        tsl__sort(out, scratch, many);
        const tsl__weighed x = weigh(values, weight, scratch, n);
        assert_true(x.step == 1 && x.up_to[n - 1] == (double)many);
        for (int p = 0; p <= 40; p++) {
            double seen = tsl__weighed_quantile(&x, p / 40.0), expected = tsl__sorted_quantile(out, many, p / 40.0);
            if (memcmp(&seen, &expected, sizeof seen) != 0 && seen != expected) {
                fail_msg("%d: %.17g is not %.17g", p, seen, expected);
            }
        }
    }
}

/* Whatever they add up to, equal weights up to 1 change nothing; the step is their mean. */
static void test_equal(void **state)
{
    (void)state;
    static const double share[] = {1, .5, .1, 1e-100};
    for (size_t s = 0; s < sizeof share / sizeof *share; s++) {
        double values[] = {1, 2, 4, 8, 16}, weight[5], scratch[10];
        for (size_t i = 0; i < 5; i++) {
            weight[i] = share[s];
        }
        const tsl__weighed x = weigh(values, weight, scratch, 5);
        for (int p = 0; p <= 20; p++) {
            assert_true(fabs(tsl__weighed_quantile(&x, p / 20.0) - tsl__sorted_quantile(values, 5, p / 20.0)) < 1e-12);
        }
    }
}

/* The definition, by summing little stretches. */
static double integrate(const double *values, const double *weight, size_t n, double step, double from)
{
    enum { PARTS = 20000 };
    double sum = 0;
    for (int i = 0; i < PARTS; i++) {
        double place = from + step * (i + .5) / PARTS, up_to = 0;
        size_t at = 0;
        for (; at + 1 < n && (up_to += weight[at]) <= place;) {
            at++;
        }
        sum += values[at] / PARTS;
    }
    return sum;
}

static void test_any_weights(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(8, 1, 4);
    for (int round = 0; round < 40; round++) {
        double values[12], weight[12], width[12], scratch[24], total = 0, before = -1;
        for (size_t i = 0; i < 12; i++) {
            values[i] = (double)i * (double)i / 121;
            total += width[i] = weight[i] = tsl__rng_uniform(&rng) * (round % 2 ? .3 : 4) + 1e-3;
        }
        const tsl__weighed x = weigh(values, weight, scratch, 12);
        assert_true(fabs(x.step - fmin(1, total / 12)) < 1e-12);
        for (int p = 0; p <= 10; p++) {
            double seen = tsl__weighed_quantile(&x, p / 10.0);
            assert_true(fabs(seen - integrate(values, width, 12, x.step, (total - x.step) * p / 10)) < 1e-3);
            assert_true(seen >= before - 1e-12); /* it rises */
            before = seen;
        }
    }
    double one[] = {7}, heavy[] = {.25};
    const tsl__weighed x = tsl__weighed_open(one, heavy, 1);
    assert_true(tsl__weighed_quantile(&x, 0) == 7 && tsl__weighed_quantile(&x, 1) == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_check), cmocka_unit_test(test_unit),
                                       cmocka_unit_test(test_written_out), cmocka_unit_test(test_equal),
                                       cmocka_unit_test(test_any_weights)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
