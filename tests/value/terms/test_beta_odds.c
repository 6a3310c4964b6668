/* test_beta_odds.c: the incomplete beta function where it is known, and where it is hard; what must hold of any mean.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "value/terms/beta_odds.h"

static tsl__quadrature rule;

static void assert_near(double is, double expected, double within)
{
    if (!(fabs(is - expected) <= within)) {
        fail_msg("%.16g is not %.16g", is, expected);
    }
}

static double get(double a, double b, double most, double rate, double s)
{
    return tsl__beta_odds_get_mean(&rule, a, b, most, rate, s);
}

/* Beta(1, b), Beta(a, 1), Beta(n, n) at its middle. */
static void test_closed_forms(void **state)
{
    (void)state;
    static const double shape[] = {1e-6, .02, .5, 1, 3.25, 80, 1e4, 1e7}, most[] = {1e-9, .003, .4, 1, 7, 2e5, 1e12};
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
        for (size_t m = 0; m < sizeof most / sizeof *most; m++) {
            assert_near(get(1, shape[i], most[m], 0, 0), -expm1(-shape[i] * log1p(most[m])), 1e-11);
            if (shape[i] >= .02) {
                assert_near(get(shape[i], 1, most[m], 0, 0), exp(-shape[i] * log1p(1 / most[m])), 1e-11);
            }
        }
        assert_near(get(shape[i], shape[i], 1, 0, 0), .5, 1e-11);
    }
    assert_true(get(2, 3, 0, 0, 0) == 0);
}

/* Python, SciPy 1.17.1: scipy.special.betaincc(b, a, 1 / (1 + o)). GSL's gsl_cdf_beta_P has none of the sixth. */
static void test_known(void **state)
{
    (void)state;
    static const struct {
        double a, b, odds, is;
    } known[] = {
        {1, 0.55, 4.9, 0.6232689694598038},
        {12, 26.5, 0.35, 0.24862676055318741},
        {6.25, 3.74, 2.5, 0.703147574052337},
        {400, 0.003, 1000000.0, 0.02151793270469394},
        {10000.0, 10000.55, 1.01, 0.7603668732850457},
        {1000000.0, 1000000.0, 1.0005, 0.6381300629142656},
        {250, 10000000.0, 2.6e-05, 0.7406076632143846},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_near(get(known[i].a, known[i].b, known[i].odds, 0, 0), known[i].is, 1e-11);
    }
}

/* From 0 to 1 as the odds rise; with a part that outlasts them it is less; of rate 1 it is a beta function's part. */
static void test_properties(void **state)
{
    (void)state;
    static const double shape[] = {.02, .7, 6, 250};
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++) {
            const double a = shape[i], b = shape[j];
            double last = 0;
            for (int times = 0; times < 28; times++) {
                const double odds = 1e-6 * pow(3, times), all = get(a, b, odds, 0, 0), part = get(a, b, odds, 1, .8),
                             rest = get(b, a, 1 / odds, 0, 0);
                assert_true(all >= last - 1e-12 && part <= all && part >= all * pow(1 + odds, -.8) - 1e-12);
                assert_near(all + rest, 1, 3e-11);
                const double ratio = exp(lgamma(b + .8) + lgamma(a + b) - lgamma(b) - lgamma(a + b + .8));
                assert_near(part, ratio * get(a, b + .8, odds, 0, 0), 1e-11);
                last = all;
            }
        }
    }
}

static int open_rule(void **state)
{
    (void)state;
    return tsl__quadrature_build(TSL__BETA_ODDS_NODES, &rule, NULL) != TSL_OK;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_forms),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_properties),
    };
    return cmocka_run_group_tests(tests, open_rule, NULL);
}
