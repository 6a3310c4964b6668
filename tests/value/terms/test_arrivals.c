/* test_arrivals.c: the chance of a k'th purchase where it has a closed form, and by sums over all that can happen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "value/terms/arrivals.h"
#include "value/terms/beta_odds.h"

static tsl__quadrature rule;

static void assert_near(double is, double expected)
{
    if (!(fabs(is - expected) <= 1e-11)) {
        fail_msg("%.16g is not %.16g", is, expected);
    }
}

/* Of one who has bought x times up to t. */
static tsl__arrivals make(tsl_purchase_kind kind, const double *parameter, double x, double t, double alive,
                          double ahead)
{
    tsl_purchase_model model = {.kind = kind};
    memcpy(model.parameter, parameter, (size_t)tsl_purchase_kind_get_count(kind) * sizeof *parameter);
    return tsl__arrivals_open(&model, x, t, alive, ahead, &rule);
}

/* k purchases or more, of a negative binomial distribution: one less the terms before the k'th. */
static double sum_nbd(double rate, double moment, double ahead, int k)
{
    double term = pow(moment / (moment + ahead), rate), rest = 1;
    for (int i = 0; i < k; i++) {
        rest -= term;
        term *= (rate + i) / (i + 1) * (ahead / (moment + ahead));
    }
    return rest;
}

static void test_nbd(void **state)
{
    (void)state;
    const double parameter[] = {.25, 4};
    const tsl__arrivals a = make(TSL_NBD, parameter, 6, 30, .7, 52);
    assert_true(tsl__arrivals_get_chance(&a, 0) == 1);
    for (int k = 1; k < 40; k++) {
        assert_near(tsl__arrivals_get_chance(&a, k), .7 * sum_nbd(6.25, 34, 52, k));
    }
}

/* He stays at each of the k - 1 before: the mean of (1 - p)^(k - 1), p of Beta(a, b + x), or b + x + 1 where he can
 * also leave at the first of all. */
static void test_leaves_at_purchases(void **state)
{
    (void)state;
    static const tsl_purchase_kind kinds[] = {TSL_BG_NBD, TSL_MBG_NBD};
    const double parameter[] = {.8, 4, 1.5, 2.5};
    for (int m = 0; m < 2; m++) {
        const tsl__arrivals a = make(kinds[m], parameter, 3, 30, .6, 52);
        double stays = 1;
        for (int k = 1; k < 40; k++) {
            const double b = 2.5 + 3 + m;
            assert_near(tsl__arrivals_get_chance(&a, k), .6 * stays * sum_nbd(3.8, 34, 52, k));
            stays *= (b + k - 1) / (1.5 + b + k - 1);
        }
    }
}

/* Of a rate of Gamma(1, m) the first comes at u with the density m / (m + u)^2, until when he lives with the chance
 * (m / (m + u))^s, where alpha and beta are one. */
static void test_lives(void **state)
{
    (void)state;
    const double parameter[] = {1, 4, .6, 4}, m = 14;
    for (int digits = -2; digits < 5; digits++) {
        const double ahead = pow(10, digits);
        const tsl__arrivals a = make(TSL_PARETO_NBD, parameter, 0, 10, .9, ahead);
        assert_near(tsl__arrivals_get_chance(&a, 1), .9 * (1 - pow(m / (m + ahead), 1.6)) / 1.6);
    }
}

/* ln of n over k. */
static double ln_choose(double n, double k)
{
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

static double ln_beta(double a, double b)
{
    return lgamma(a) + lgamma(b) - lgamma(a + b);
}

/* There at the next opportunity (that is what `alive` is of), and at so many in all; k or more of those taken. */
static double sum_taken(const double *p, double x, double n, int ahead, int k)
{
    double sum = 0;
    for (int there = k; there <= ahead; there++) {
        const double all = ln_beta(p[2] + (there < ahead), p[3] + n + there) - ln_beta(p[2], p[3] + n + 1);
        for (int taken = k; taken <= there; taken++) {
            sum += exp(all + ln_choose(there, taken) + ln_beta(p[0] + x + taken, p[1] + n - x + there - taken) -
                       ln_beta(p[0] + x, p[1] + n - x));
        }
    }
    return sum;
}

static void test_opportunities(void **state)
{
    (void)state;
    const double parameter[] = {1.204, .750, .657, 2.783};
    for (int ahead = 1; ahead < 30; ahead += 7) {
        const tsl__arrivals a = make(TSL_BG_BB, parameter, 4, 6, .8, ahead + .5); /* half of one is none */
        for (int k = 1; k <= ahead; k++) {
            assert_near(tsl__arrivals_get_chance(&a, k), .8 * sum_taken(parameter, 4, 6, ahead, k));
        }
        assert_true(tsl__arrivals_get_chance(&a, ahead + 1) == 0);
    }
}

/* The fewest that are exceeded so rarely; of nobody, and within no time, none. */
static void test_count(void **state)
{
    (void)state;
    static const double parameter[] = {.8, 4, 1.5, 2.5}, beyond[] = {1e-9, .03, .1, .5, .9, 1};
    for (int kind = 0; kind < TSL_PURCHASE_KINDS; kind++) {
        for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
            const tsl__arrivals a = make((tsl_purchase_kind)kind, parameter, 9, 30, .95, 500);
            const double count = tsl__arrivals_get_count(&a, beyond[i]);
            assert_true(count >= 0 && count == floor(count));
            assert_true(tsl__arrivals_get_chance(&a, count + 1) <= beyond[i]);
            assert_true(count == 0 || tsl__arrivals_get_chance(&a, count) > beyond[i]);
        }
        const tsl__arrivals gone = make((tsl_purchase_kind)kind, parameter, 9, 30, 0, 500),
                            now = make((tsl_purchase_kind)kind, parameter, 9, 30, .95, 0);
        assert_true(tsl__arrivals_get_count(&gone, .1) == 0 && tsl__arrivals_get_count(&now, .1) == 0);
        assert_true(tsl__arrivals_get_chance(&now, 1) == 0);
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
        cmocka_unit_test(test_nbd),   cmocka_unit_test(test_leaves_at_purchases),
        cmocka_unit_test(test_lives), cmocka_unit_test(test_opportunities),
        cmocka_unit_test(test_count),
    };
    return cmocka_run_group_tests(tests, open_rule, NULL);
}
