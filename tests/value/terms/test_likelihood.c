/* test_likelihood.c: log-likelihoods and probabilities against values of 50 digits (mpmath 1.3, by the densities as
 * they are published, integrated directly), where other programs overflow or divide by nothing; derivatives against
 * differences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "value/terms/likelihood.h"
#include "value/terms/purchase_kinds.h"

static tsl__quadratures rules;
static tsl__rises rises;

static int build_rules(void **state)
{
    (void)state;
    return tsl__quadratures_build(&rules, NULL) != TSL_OK || tsl__rises_build(10, &rises, NULL) != TSL_OK;
}

static int free_rises(void **state)
{
    (void)state;
    tsl__rises_free(&rises);
    return 0;
}

static double get(tsl_purchase_kind kind, const double *parameter, const tsl__history *of, tsl__differential *out,
                  double *alive)
{
    tsl__likelihood model = tsl__likelihood_open(kind, parameter, &rules);
    const double moment[] = {of->t_x, of->t};
    tsl__history alone = *of, *h = &alone;
    tsl__mixture since[2];
    tsl__differential shared;
    double again;
    tsl__rises_put(&rises, parameter);
    model.rises = &rises;
    if (tsl__purchase_leaves_any_time(kind)) {
        const size_t last = of->t_x < of->t;
        tsl__departures_build(&model, of->x, moment, 1 + last, 1, since);
        alone.since_t_x = since;
        alone.since_t = since + last;
    }
    tsl__likelihood_share(&model, h->x, &shared);
    tsl__likelihood_get(&model, h, &shared, out, alive);
    const double own = tsl__likelihood_get_value(&model, h, &again);
    assert_true(fabs(own + shared.value - out->value) <= 1e-13 * (1 + fabs(out->value)));
    assert_true(fabs(again - *alive) <= 1e-13 * *alive);
    return out->value;
}

static const struct known {
    tsl_purchase_kind kind;
    double parameter[TSL_PURCHASE_PARAMETERS];
    tsl__history history;
    double ln, alive;
} known[] = {
    {TSL_PARETO_NBD, {.55, 10.58, .61, 11.67}, {2, 30.43, 38.86, NULL, NULL}, -9.5619812608429639, .86841091713209172},
    {TSL_PARETO_NBD, {.55, 10.58, .61, 11.67}, {0, 0, 39, NULL, NULL}, -.51748140461934327, .29295641944498138},
    {TSL_PARETO_NBD,
     {.5, 7, .6, 7},
     {3, 10, 30, NULL, NULL},
     -10.553356165119406,
     .22711530172588384}, /* alpha = beta */
    {TSL_PARETO_NBD, {.5, 7, 1, 7}, {3, 10, 30, NULL, NULL}, -10.605561730696238, .12293555632867096}, /* and s = 1 */
    {TSL_PARETO_NBD, {.5, 7, 1, 9}, {3, 10, 30, NULL, NULL}, -10.522996674927292, .13807070718022254},
    {TSL_PARETO_NBD, {.55, 10, .6, 12}, {5, 39, 39, NULL, NULL}, -17.642746117332995, 1}, /* t_x = T */
    {TSL_PARETO_NBD, {.55, 10, .6, 12}, {10000, 399, 400, NULL, NULL}, 21953.264088659467, 4.142981788700743e-7},
    {TSL_PARETO_NBD, {.55, 10, .6, 12}, {10000, 200, 400, NULL, NULL}, 28620.099579901536, 0},
    {TSL_PARETO_NBD, {.55, .01, .6, 1200}, {40, 30, 40, NULL, NULL}, -40.181941202190011, .022657742161421537},
    {TSL_PARETO_NBD, {.55, 1200, .6, .01}, {4, 30, 40, NULL, NULL}, -31.266888143526368, .83884128176147139},
    {TSL_PARETO_NBD, {20, 300, 15, 90}, {300, 90, 100, NULL, NULL}, -323.31610310078093, .001463030090618778},
    {TSL_PARETO_NBD, {.05, .001, .02, .003}, {0, 0, 1000, NULL, NULL}, -.60003522183943045, .70816484430887845},
    {TSL_BG_NBD, {.25, 4, .8, 2.5}, {0, 0, 40, NULL, NULL}, -.59947381819959264, 1},
    {TSL_MBG_NBD, {.25, 4, .8, 2.5}, {0, 0, 40, NULL, NULL}, -.41792826204498037, .63180322083695404},
    {TSL_BG_NBD, {.25, 4, .8, 2.5}, {200, 38, 40, NULL, NULL}, 100.79569309270645, .022167737073085942},
    {TSL_MBG_NBD, {.25, 4, .8, 2.5}, {200, 38, 40, NULL, NULL}, 100.78690976099133, .022275300070991094},
    {TSL_BG_NBD, {.25, 4, 1, 2.5}, {3, 30, 40, NULL, NULL}, -12.678169441374046, .66063668644313568}, /* a = 1 */
    {TSL_MBG_NBD, {.25, 4, 1, 2.5}, {3, 30, 40, NULL, NULL}, -12.908911657548375, .70408013510859331},
    {TSL_BG_NBD, {.25, 4, .8, 2.5}, {10000, 399, 400, NULL, NULL}, 22094.113587354809, 2.1553424572147525e-7},
    {TSL_MBG_NBD, {.25, 4, .8, 2.5}, {10000, 399, 400, NULL, NULL}, 22094.113407398019, 2.1555579590887332e-7},
    {TSL_BG_NBD, {.25, 4, 1e-6, 2.5}, {5, 3, 40, NULL, NULL}, -17.244682419485888, .99761542141828612},
    {TSL_MBG_NBD, {.25, 4, 1e-6, 2.5}, {5, 3, 40, NULL, NULL}, -17.245000547184957, .99793270794646757},
};

static void test_known(void **state)
{
    (void)state;
    tsl__differential at;
    double alive;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct known *k = &known[i];
        const double ln = get(k->kind, k->parameter, &k->history, &at, &alive);
        if (!(fabs(ln - k->ln) <= 2e-12 * (1 + fabs(k->ln))) || !(fabs(alive - k->alive) <= 1e-9 * k->alive + 1e-300)) {
            fail_msg("%zu: %.17g, %.17g", i, ln, alive);
        }
    }
}

/* (f(p + h) - f(p - h)) / 2h of a value or of a gradient; of logarithms, so that one step suits all. */
static void check_derivatives(const struct known *k)
{
    const double step = 1e-5;
    tsl__differential at, up, down;
    double alive, p[TSL_PURCHASE_PARAMETERS];
    get(k->kind, k->parameter, &k->history, &at, &alive);
    for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
        for (int j = 0; j < TSL_PURCHASE_PARAMETERS; j++) {
            p[j] = k->parameter[j];
        }
        p[i] = k->parameter[i] * (1 + step);
        get(k->kind, p, &k->history, &up, &alive);
        p[i] = k->parameter[i] * (1 - step);
        get(k->kind, p, &k->history, &down, &alive);
        const double apart = 2 * step * k->parameter[i], slope = (up.value - down.value) / apart;
        assert_true(fabs(slope - at.gradient[i]) <= 1e-6 * (fabs(slope) + 1e-4 * fabs(at.value) / k->parameter[i]));
        for (int j = 0; j <= i; j++) {
            const double curve = (up.gradient[j] - down.gradient[j]) / apart, is = at.hessian[i * (i + 1) / 2 + j];
            const double scale = fabs(at.gradient[j]) / k->parameter[i];
            assert_true(fabs(curve - is) <= 1e-6 * (fabs(curve) + scale) + 1e-9 / (k->parameter[i] * k->parameter[j]));
        }
    }
}

static void test_derivatives(void **state)
{
    (void)state;
    static const struct known plain[] = {
        {TSL_PARETO_NBD, {.55, 10.58, .61, 11.67}, {2, 30.43, 38.86, NULL, NULL}, 0, 0},
        {TSL_PARETO_NBD, {.55, 10.58, .61, 11.67}, {0, 0, 39, NULL, NULL}, 0, 0},
        {TSL_PARETO_NBD, {.5, 7, 1, 7}, {3, 10, 30, NULL, NULL}, 0, 0},
        {TSL_PARETO_NBD, {.7, 3, 1.4, 20}, {60, 30, 39, NULL, NULL}, 0, 0},
        {TSL_BG_NBD, {.25, 4, .8, 2.5}, {2, 30, 39, NULL, NULL}, 0, 0},
        {TSL_BG_NBD, {.25, 4, 1, .5}, {0, 0, 39, NULL, NULL}, 0, 0},
        {TSL_MBG_NBD, {.25, 4, .8, 2.5}, {0, 0, 39, NULL, NULL}, 0, 0},
        {TSL_MBG_NBD, {.25, 4, .8, 2.5}, {20, 10, 39, NULL, NULL}, 0, 0},
        {TSL_BG_BB, {1.2, .75, .66, 2.8}, {2, 3, 6, NULL, NULL}, 0, 0},
        {TSL_BG_BB, {1.2, .75, .66, 2.8}, {0, 0, 6, NULL, NULL}, 0, 0},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        check_derivatives(&plain[i]);
    }
}

/* Histories of one customer over n opportunities: all of them together are certain. */
static void test_bg_bb_adds_up(void **state)
{
    (void)state;
    static const double parameter[] = {1.2, .75, .66, 2.8};
    tsl__differential at;
    double sum = 0, alive;
    enum { N = 8 };
    for (int t_x = 0; t_x <= N; t_x++) {
        double ways = 1; /* of x - 1 purchases among t_x - 1 opportunities */
        for (int x = t_x ? 1 : 0; x <= t_x; x++) {
            const tsl__history h = {x, t_x, N, NULL, NULL};
            sum += ways * exp(get(TSL_BG_BB, parameter, &h, &at, &alive));
            ways = ways * (t_x - x) / x;
        }
    }
    assert_true(fabs(sum - 1) < 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_derivatives),
                                       cmocka_unit_test(test_bg_bb_adds_up)};
    return cmocka_run_group_tests(tests, build_rules, free_rises);
}
