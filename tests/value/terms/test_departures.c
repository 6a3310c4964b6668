/* test_departures.c: sums over the spans between many moments against each span by itself, and against their whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "value/terms/likelihood.h"

enum { MOMENTS = 400 };
static tsl__quadratures rules;
static tsl__rises rises;

static int build_rules(void **state)
{
    (void)state;
    return tsl__quadratures_build(&rules, NULL) != TSL_OK || tsl__rises_build(42, &rises, NULL) != TSL_OK;
}

static int free_rises(void **state)
{
    (void)state;
    tsl__rises_free(&rises);
    return 0;
}

/* What is since i but not since j, relative to top. */
static double *take_apart(const tsl__mixture *since_i, const tsl__mixture *since_j, double top, double *out)
{
    tsl__mixture apart = tsl__mixture_open(1, top);
    tsl__mixture_join(&apart, since_i, 1);
    tsl__mixture_join(&apart, since_j, -1);
    tsl__mixture_move(&apart, top);
    out[0] = apart.sum;
    memcpy(out + 1, apart.gradient, sizeof apart.gradient);
    memcpy(out + 1 + TSL_PURCHASE_PARAMETERS, apart.hessian, sizeof apart.hessian);
    return out;
}

enum { FIGURES = 1 + TSL_PURCHASE_PARAMETERS + TSL__PURCHASE_PAIRS };

/* Through many moments, of which the rule of few nodes adds up each span, as in one go. */
static void check(tsl_purchase_kind kind, const double *parameter, double x, const double *moment, size_t count)
{
    static tsl__mixture all[MOMENTS];
    tsl__likelihood model = tsl__likelihood_open(kind, parameter, &rules);
    tsl__rises_put(&rises, parameter);
    model.rises = &rises;
    tsl__departures_build(&model, x, moment, count, 1, all);
    assert_true(all[count - 1].sum == 0);
    for (size_t i = 0; i < count; i += 37) {
        for (size_t j = i + 1; j < count; j += 53) {
            const double ends[] = {moment[i], moment[j]};
            double through[FIGURES], direct[FIGURES];
            tsl__mixture alone[2];
            tsl__departures_build(&model, x, ends, 2, 1, alone);
            take_apart(&alone[0], &alone[1], alone[0].top, direct);
            take_apart(&all[i], &all[j], alone[0].top, through);
            for (int f = 0; f < FIGURES; f++) {
                /* Of the chance to be there at the first of the two, which is 1 in this scale. */
                if (!(fabs(through[f] - direct[f]) <= 2e-12 * (1 + fabs(direct[f]) / fmax(direct[0], 1e-3)))) {
                    fail_msg("%d, %zu to %zu, %d: %.17g, %.17g", (int)kind, i, j, f, through[f], direct[f]);
                }
            }
        }
    }
}

static void test_spans(void **state)
{
    (void)state;
    static const double pareto[][TSL_PURCHASE_PARAMETERS] = {
        {.55, 10.6, .6, 11.7}, {.5, 7, 1, 7}, {3, 1, .1, 40}, {20, 300, 15, 90}};
    static const double xs[] = {0, 1, 6, 90};
    double moment[MOMENTS];
    tsl__rng rng = tsl__rng_open(3, 1, 4);
    moment[0] = 0;
    for (int i = 1; i < MOMENTS; i++) {
        moment[i] = moment[i - 1] + .01 + .3 * tsl__rng_uniform(&rng);
    }
    for (size_t p = 0; p < sizeof pareto / sizeof *pareto; p++) {
        for (size_t k = 0; k < sizeof xs / sizeof *xs; k++) {
            check(TSL_PARETO_NBD, pareto[p], xs[k], moment, MOMENTS);
        }
    }
    static const double donors[] = {1.2, .75, .66, 2.8}, opportunities[] = {3, 4, 6, 7, 12, 13, 20, 41};
    check(TSL_BG_BB, donors, 3, opportunities, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spans)};
    return cmocka_run_group_tests(tests, build_rules, free_rises);
}
