/* test_outlay.c: what is spent where it has a closed form, also of very many purchases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "value/terms/beta_odds.h"
#include "value/terms/outlay.h"

#define SCALE 15.0 /* gamma of the spend model */

static tsl__quadrature rule;
static tsl__outlay outlay;

static void assert_near(double is, double expected, double within)
{
    if (!(fabs(is - expected) <= within)) {
        fail_msg("%.16g is not %.16g", is, expected);
    }
}

/* A new customer, rate of Gamma(1, moment): geometric numbers of purchases. nu of Gamma(1, SCALE): the odds of k of
 * them are below o with the chance (o / (1 + o))^(p k). */
static void build(double moment, double ahead, double p)
{
    const tsl_purchase_model model = {.kind = TSL_NBD, .parameter = {1, moment}};
    const tsl_spend_model spend = {.parameter = {p, 1, SCALE}};
    const tsl__arrivals arrivals = tsl__arrivals_open(&model, 0, 0, 1, ahead, &rule);
    tsl__outlay_build(&arrivals, &spend, 0, NAN, &outlay);
}

static double get_below(double more, double p, double amount)
{
    return (1 - more) / (1 - more * pow(amount / (amount + SCALE), p));
}

static double get_amount(double more, double p, double share)
{
    const double w = pow((1 - (1 - more) / share) / more, 1 / p);
    return w / (1 - w) * SCALE;
}

static void test_closed_form(void **state)
{
    (void)state;
    static const double ahead[] = {.01, 1, 30, 900}, shape[] = {.3, 1, 6.25};
    for (int a = 0; a < 4; a++) {
        for (int s = 0; s < 3; s++) {
            const double more = ahead[a] / (4 + ahead[a]), p = shape[s];
            build(4, ahead[a], p);
            assert_near(outlay.none, 1 - more, 1e-11);
            for (int digits = -3; digits < 7; digits++) {
                const double amount = pow(10, digits);
                assert_near(tsl__outlay_get_below(&outlay, amount), get_below(more, p, amount), 1e-5);
            }
            for (int twentieths = 1; twentieths < 20; twentieths += 3) {
                const double share = twentieths / 20., is = tsl__outlay_get_amount(&outlay, share);
                const double expected = share <= 1 - more ? 0 : get_amount(more, p, share);
                assert_near(is, expected, 1e-4 * expected);
            }
        }
    }
}

/* What is not exceeded with a share has that share below it; shares up to that of no purchase have nothing. */
static void test_inverse(void **state)
{
    (void)state;
    build(4, 8, 6.25);
    assert_true(outlay.count < TSL__OUTLAY_COUNTS && outlay.k[0] == 1 && outlay.k[1] == 2);
    for (int i = 1; i < 100; i++) {
        const double share = outlay.none + i * (1 - outlay.none) / 100;
        assert_near(tsl__outlay_get_below(&outlay, tsl__outlay_get_amount(&outlay, share)), share, 1e-9);
    }
    assert_true(tsl__outlay_get_amount(&outlay, outlay.none) == 0);
}

/* Neighbours count as one where some hundred thousand come: no more counts than there is room for, and as exact. */
static void test_many(void **state)
{
    (void)state;
    build(1, 2e5, 2);
    const double more = 2e5 / (1 + 2e5);
    assert_true(outlay.count > 500 && outlay.count < TSL__OUTLAY_COUNTS);
    assert_near(outlay.below[outlay.count - 1], 1, 1e-10);
    for (int tenths = 1; tenths < 10; tenths += 2) {
        const double share = tenths / 10., expected = get_amount(more, 2, share);
        assert_near(tsl__outlay_get_amount(&outlay, share) / expected, 1, 1e-4);
    }
}

/* Nobody buys where no time is left. */
static void test_nothing(void **state)
{
    (void)state;
    build(4, 0, 6.25);
    assert_true(outlay.none == 1 && tsl__outlay_get_amount(&outlay, .9) == 0);
}

/* His own mean tells of what he will spend; where it is not known, or he bought nothing, that of all stands. */
static void test_own_mean(void **state)
{
    (void)state;
    const tsl_purchase_model model = {.kind = TSL_NBD, .parameter = {1, 4}};
    const tsl_spend_model spend = {.parameter = {6.25, 3.75, SCALE}};
    const tsl__arrivals arrivals = tsl__arrivals_open(&model, 5, 20, 1, 10, &rule);
    tsl__outlay_build(&arrivals, &spend, 5, 40, &outlay);
    assert_true(outlay.shape == 3.75 + 6.25 * 5 && outlay.scale == SCALE + 5 * 40);
    const double own = tsl__outlay_get_amount(&outlay, .9);
    tsl__outlay_build(&arrivals, &spend, 5, 80, &outlay);
    assert_true(tsl__outlay_get_amount(&outlay, .9) > 1.5 * own);
    static const struct {
        double x, mean;
    } untold[] = {{5, NAN}, {5, 0}, {0, 40}};
    for (int i = 0; i < 3; i++) {
        tsl__outlay_build(&arrivals, &spend, untold[i].x, untold[i].mean, &outlay);
        assert_true(outlay.shape == 3.75 && outlay.scale == SCALE);
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
        cmocka_unit_test(test_closed_form), cmocka_unit_test(test_inverse),  cmocka_unit_test(test_many),
        cmocka_unit_test(test_nothing),     cmocka_unit_test(test_own_mean),
    };
    return cmocka_run_group_tests(tests, open_rule, NULL);
}
