/* test_purchase_choice.c: which model is gone by: where customers are alike, whose parameters run to their bounds, it
 * has to foretell what comes; and why, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include <tesela/value.h>

#include "value/populations.h"
#include "value/purchase_choice.h"

enum { CROWD = 1500, AHEAD = 180, SEEDS = 3 };

/* Shapes of the rates (mean .05 a day) and of the leaving ones (mean life), 0: one for all; life 0: nobody leaves;
 * once: this share of them never buys again, all others stay. */
typedef struct population {
    double rate_shape, life, life_shape, once;
    int leaves;
} population;

typedef struct crowd {
    double x[CROWD], t_x[CROWD], t[CROWD], came, there;
} crowd;

static double draw_about(tsl__rng *rng, double mean, double shape)
{
    return shape > 0 ? draw_gamma(rng, shape) * mean / shape : mean;
}

/* Seen for 350 to 550 days, and for AHEAD more, of which no model knows. */
static void draw_crowd(const population *p, uint64_t seed, crowd *c)
{
    tsl__rng rng = tsl__rng_open(seed, 3, 1);
    c->came = c->there = 0;
    for (size_t i = 0; i < CROWD; i++) {
        const double rate = draw_about(&rng, .05, p->rate_shape);
        const double leaving = p->life > 0 ? draw_about(&rng, 1 / p->life, p->life_shape) : 0;
        double life = leaving > 0 ? draw_wait(&rng, leaving) : (double)INFINITY;
        life = tsl__rng_uniform(&rng) < p->once ? 0 : life;
        c->t[i] = 350 + 200 * tsl__rng_uniform(&rng);
        c->x[i] = c->t_x[i] = 0;
        c->there += life > c->t[i];
        double at = draw_wait(&rng, rate);
        while (at < life && at < c->t[i] + AHEAD) {
            const int known = at <= c->t[i];
            c->x[i] += known;
            c->t_x[i] = known ? at : c->t_x[i];
            c->came += !known;
            at += draw_wait(&rng, rate);
        }
    }
}

/* What is expected of all, against what came; who is said to be there, against who is. Where customers are of one kind,
 * parameters run to their bounds, and the forecast has to hold all the same. */
static void test_alike(void **state)
{
    (void)state;
    static crowd c;
    static double expected[CROWD], alive[CROWD];
    static const population population_of[] = {{0, 200, 1.5, 0, 1}, {1, 200, 0, 0, 1}, {0, 200, 0, 0, 1},
                                               {0, 2000, 0, 0, 1},  {0, 0, 0, .4, 1},  {1, 0, 0, .4, 1},
                                               {1, 200, 1.5, 0, 1}, {0, 0, 0, 0, 0},   {1, 0, 0, 0, 0}};
    int ridges = 0;
    for (size_t p = 0; p < sizeof population_of / sizeof *population_of; p++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            double all = 0, there = 0;
            draw_crowd(&population_of[p], seed * 31 + p, &c);
            const tsl_histories h = {CROWD, c.x, c.t_x, c.t, NULL};
            const tsl_purchase_choice choice = choose(&h);
            const tsl_forecast f = {.horizon = AHEAD, .purchases = expected, .alive = alive};
            assert_int_equal(choice.chosen != TSL_NBD, population_of[p].leaves);
            const tsl_purchase_model *model = &choice.model[choice.chosen];
            assert_int_equal(tsl_purchase_model_predict(model, &h, NULL, &f, NULL), TSL_OK);
            for (size_t i = 0; i < CROWD; i++) {
                all += expected[i];
                there += alive[i];
            }
            ridges += model->verdict == TSL_FIT_RIDGE;
            if (!(fabs(all / c.came - 1) < .2 && fabs(there - c.there) < .03 * CROWD)) {
                fail_msg("population %zu, seed %d: by %s %.0f purchases where %.0f came, %.0f there of %.0f", p,
                         (int)seed, tsl_purchase_kind_get_name(model->kind), all, c.came, there, c.there);
            }
        }
    }
    assert_true(ridges > 2 * SEEDS);
}

/* What the choice says of itself, by verdicts and likelihoods that are given. */
static void test_reason(void **state)
{
    (void)state;
    static const struct {
        tsl_fit_verdict nbd, mbg, pareto;
        double gain_mbg, gain_pareto, purchases; /* of log-likelihood */
        tsl_purchase_kind chosen;
        const char *why;
    } made[] = {
        {TSL_FIT_SOUND, TSL_FIT_NO_DROPOUT, TSL_FIT_NO_DROPOUT, .5, .25, 500, TSL_NBD,
         "nobody is seen to leave (twice the gain in log-likelihood is 1.0, under 2.7)"},
        {TSL_FIT_SOUND, TSL_FIT_NO_DROPOUT, TSL_FIT_RIDGE, -1, 2.4, 500, TSL_NBD,
         "whether anybody leaves is not clear (pareto-nbd is a ridge, and twice its gain in log-likelihood 4.8, where "
         "14 are asked for)"},
        {TSL_FIT_SOUND, TSL_FIT_RIDGE, TSL_FIT_RIDGE, 6.5, 6.25, 500, TSL_NBD,
         "whether anybody leaves is not clear (mbg-nbd is a ridge, and twice its gain in log-likelihood 13.0, where "
         "14 are asked for)"},
        {TSL_FIT_SOUND, TSL_FIT_RIDGE, TSL_FIT_RIDGE, 7, 6, 500, TSL_MBG_NBD, NULL},
        {TSL_FIT_SOUND, TSL_FIT_RIDGE, TSL_FIT_RIDGE, 6000, 6000.04, 500, TSL_MBG_NBD, NULL},
        {TSL_FIT_SOUND, TSL_FIT_SOUND, TSL_FIT_RIDGE, 20, 60, 500, TSL_PARETO_NBD, NULL},
        {TSL_FIT_SOUND, TSL_FIT_SOUND, TSL_FIT_RIDGE, 2, 6, 500, TSL_MBG_NBD, NULL},
        {TSL_FIT_RIDGE, TSL_FIT_NO_DROPOUT, TSL_FIT_NO_DROPOUT, 0, -1e-9, 100, TSL_NBD,
         "nobody is seen to leave (twice the gain in log-likelihood is 0.0, under 2.7)"},
        {TSL_FIT_RIDGE, TSL_FIT_NO_DROPOUT, TSL_FIT_NO_DROPOUT, 0, 0, 99, TSL_PURCHASE_KINDS, NULL},
        {TSL_FIT_EMPTY, TSL_FIT_EMPTY, TSL_FIT_EMPTY, NAN, NAN, 0, TSL_PURCHASE_KINDS, NULL},
    };
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        tsl_purchase_choice c = {
            .model = {
                {.kind = TSL_NBD, .log_likelihood = -900, .verdict = made[i].nbd},
                {.kind = TSL_BG_NBD, .log_likelihood = -1, .verdict = TSL_FIT_SOUND},
                {.kind = TSL_MBG_NBD, .log_likelihood = made[i].gain_mbg - 900, .verdict = made[i].mbg},
                {.kind = TSL_PARETO_NBD, .log_likelihood = made[i].gain_pareto - 900, .verdict = made[i].pareto}}};
        tsl__text why = {0};
        tsl__purchase_choice_choose(&c, made[i].purchases);
        assert_int_equal(c.chosen, made[i].chosen);
        if (made[i].why) {
            tsl__purchase_choice_put_reason(&c, &why);
            assert_string_equal(why.data, made[i].why);
        }
        tsl__text_free(&why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_alike), cmocka_unit_test(test_reason)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
