/* test_purchase_fit.c: the published fits of CDNOW and of donations, what a fit must not depend on, and data on which
 * other programs give up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tesela/value.h>

#include "histories_file.h"
#include "published.h"
#include "value/populations.h"
#include "value/terms/likelihood.h"
#include "value/terms/purchase_kinds.h"

static tsl_purchase_model fit(const tsl_histories *h, tsl_purchase_kind kind, int threads)
{
    tsl_exec exec;
    tsl_error err;
    tsl_purchase_model model;
    tsl_exec_defaults(&exec, sizeof exec);
    exec.threads = threads;
    if (tsl_purchase_model_fit(h, kind, &exec, &model, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return model;
}

/* A customer an entry, times in weeks. */
static tsl_histories read_weeks(const char *name, int after, numbers *file)
{
    read_numbers(name, 4 + after, file);
    for (size_t i = 0; i < file->count; i++) {
        file->column[1][i] /= 7;
        file->column[2][i] /= 7;
    }
    return (tsl_histories){file->count, file->column[0], file->column[1], file->column[2], file->column[3 + after]};
}

static void check(const tsl_purchase_model *model, const char *log_likelihood, const char *const *parameter)
{
    assert_rounds_to(model->log_likelihood, log_likelihood);
    for (int i = 0; i < tsl_purchase_kind_get_count(model->kind); i++) {
        assert_rounds_to(model->parameter[i], parameter[i]);
    }
}

/* BG/NBD: a and b are published as .792920 and 2.425888, where the optimiser stopped: test_stopped. */
static void test_published(void **state)
{
    (void)state;
    static numbers file;
    static const struct {
        tsl_purchase_kind kind;
        const char *log_likelihood, *parameter[TSL_PURCHASE_PARAMETERS];
    } published[] = {
        {TSL_NBD, "-9763.6576", {".38477", "12.07202"}},
        {TSL_PARETO_NBD, "-9594.9762", {".55328", "10.57768", ".60624", "11.66874"}},
        {TSL_BG_NBD, "-9582.4292", {".242595", "4.413602", ".792922", "2.425907"}},
        {TSL_MBG_NBD, "-9582.1357", {".52484", "6.18309", ".89136", "1.61400"}},
    };
    const tsl_histories weeks = read_weeks("histories_39_weeks.csv", 1, &file);
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const tsl_purchase_model model = fit(&weeks, published[i].kind, 1);
        check(&model, published[i].log_likelihood, published[i].parameter);
        assert_int_equal(model.verdict, TSL_FIT_SOUND);
        assert_true(model.customers == 2357);
    }
}

/* The maximum and the standard errors there by mpmath, 30 digits: Newton's method, derivatives by differences. */
static void test_exact(void **state)
{
    (void)state;
    static numbers file;
    static const struct {
        tsl_purchase_kind kind;
        double log_likelihood, parameter[TSL_PURCHASE_PARAMETERS], error[TSL_PURCHASE_PARAMETERS];
    } known[] = {
        {TSL_PARETO_NBD,
         -9594.976178939543,
         {.5532770468532, 10.5776834633, .6062399891278, 11.66873528885},
         {.04762792597913, .8427225338164, .1872813423116, 6.211113590594}},
        {TSL_BG_NBD,
         -9582.429206673931,
         {.2425945224302, 4.413602019013, .7929220172256, 2.425906776826},
         {.01255737806787, .3782240598538, .1857338213722, .7054142597948}},
        {TSL_MBG_NBD,
         -9582.13571555375,
         {.5248431591063, 6.183085279576, .8913593907322, 1.61400224017},
         {.08326820657977, .695620642509, .1547899277777, .5374947982398}},
    };
    const tsl_histories weeks = read_weeks("histories_39_weeks.csv", 1, &file);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const tsl_purchase_model model = fit(&weeks, known[k].kind, 2);
        assert_true(fabs(model.log_likelihood - known[k].log_likelihood) < 1e-8);
        for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
            assert_true(fabs(model.parameter[i] / known[k].parameter[i] - 1) < 1e-8);
            assert_true(fabs(model.standard_error[i] / known[k].error[i] - 1) < 5e-6); /* before the last step */
        }
    }
    /* CLVTools' standard errors of its fit; that of beta is 6.2105 there, which its own tests hold to a thousandth. */
    static const char *const error[] = {".0476", ".8427", ".1873", "6.2111"};
    const tsl_purchase_model pareto = fit(&weeks, TSL_PARETO_NBD, 2);
    for (int i = 0; i < 4; i++) {
        assert_rounds_to(pareto.standard_error[i], error[i]);
    }
    assert_true(fabs(pareto.standard_error[3] / 6.2105 - 1) < 1e-4);
}

/* Of all customers, at any parameters. */
static double get_log_likelihood(const tsl_histories *h, tsl_purchase_kind kind, const double *parameter)
{
    tsl__quadratures rules;
    assert_int_equal(tsl__quadratures_build(&rules, NULL), TSL_OK);
    const tsl__likelihood model = tsl__likelihood_open(kind, parameter, &rules);
    double sum = 0;
    for (size_t i = 0; i < h->count; i++) {
        const double moment[] = {h->t_x[i], h->t[i]};
        const size_t last = h->t_x[i] < h->t[i];
        tsl__mixture since[2];
        tsl__history of = {h->x[i], h->t_x[i], h->t[i], NULL, NULL};
        tsl__differential shared;
        double alive;
        if (tsl__purchase_leaves_any_time(kind)) {
            tsl__departures_build(&model, of.x, moment, 1 + last, 0, since);
            of.since_t_x = since;
            of.since_t = since + last;
        }
        tsl__likelihood_share(&model, of.x, &shared);
        sum += h->weight[i] * (shared.value + tsl__likelihood_get_value(&model, &of, &alive));
    }
    return sum;
}

/* Parameters where another program's optimiser stopped are less likely than ours, by no more than there; and no
 * further off than that much less likely ones can be: within their standard error times the root of twice the loss. */
static void test_stopped(void **state)
{
    (void)state;
    static numbers file;
    static const struct {
        tsl_purchase_kind kind;
        double parameter[TSL_PURCHASE_PARAMETERS], loss;
    } stopped[] = {
        {TSL_BG_NBD, {.242595, 4.413602, .792920, 2.425888}, 3e-9},                /* CLVTools, as published */
        {TSL_BG_NBD, {.2425945, 4.4136019, .7929199, 2.4258881}, 2e-9},            /* with the digits that it has */
        {TSL_PARETO_NBD, {.55328, 10.57768, .60624, 11.66874}, 2e-8},              /* the maximum, rounded */
        {TSL_PARETO_NBD, {.5533971, 10.5801985, .6060625, 11.6562237}, 2e-5},      /* BTYD's walkthrough, first fit; */
        {TSL_PARETO_NBD, {.55336811, 10.57952037, .60590501, 11.65794302}, 4e-6}}; /* the one it goes by */
    const tsl_histories weeks = read_weeks("histories_39_weeks.csv", 1, &file);
    for (size_t s = 0; s < sizeof stopped / sizeof *stopped; s++) {
        const tsl_purchase_model model = fit(&weeks, stopped[s].kind, 2);
        const double most = get_log_likelihood(&weeks, model.kind, model.parameter);
        const double loss = most - get_log_likelihood(&weeks, model.kind, stopped[s].parameter);
        assert_true(fabs(most - model.log_likelihood) < 1e-8);
        assert_true(loss > 0 && loss < stopped[s].loss);
        for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
            assert_true(fabs(model.parameter[i] - stopped[s].parameter[i]) <=
                        1.05 * model.standard_error[i] * sqrt(2 * loss));
        }
    }
}

static void test_published_78_weeks(void **state)
{
    (void)state;
    static numbers file;
    static const char *const parameter[] = {".5630", "12.559", ".4081", "10.515"};
    const tsl_histories weeks = read_weeks("histories_78_weeks.csv", 0, &file);
    const tsl_purchase_model model = fit(&weeks, TSL_PARETO_NBD, 2);
    check(&model, "-17135.836", parameter);
}

/* The donors of Fader, Hardie & Shang (2010), by frequency and recency over six years. */
static void test_published_donations(void **state)
{
    (void)state;
    static const double x[] = {0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6},
                        t_x[] = {0, 1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 3, 4, 5, 6, 4, 5, 6, 5, 6, 6},
                        donors[] = {3464, 1091, 277, 129, 78,  119, 129, 613, 255, 155, 173,
                                    234,  322,  181, 225, 357, 240, 284, 512, 335, 728, 1203};
    static const char *const parameter[] = {"1.204", ".750", ".657", "2.783"};
    double t[22];
    for (int i = 0; i < 22; i++) {
        t[i] = 6;
    }
    const tsl_histories h = {22, x, t_x, t, donors};
    const tsl_purchase_model model = fit(&h, TSL_BG_BB, 2);
    check(&model, "-33225.6", parameter);
    assert_true(model.customers == 11104);
}

/* Rows one by one or together, in any order, in any unit of time, by any number of threads. */
static void test_does_not_depend(void **state)
{
    (void)state;
    static numbers file;
    static double single[3][2400], days[2][2400];
    const tsl_histories weeks = read_weeks("histories_39_weeks.csv", 1, &file);
    size_t n = 0;
    for (size_t i = weeks.count; i-- > 0;) {
        for (int w = 0; w < (int)weeks.weight[i]; w++, n++) {
            single[0][n] = weeks.x[i];
            single[1][n] = weeks.t_x[i];
            single[2][n] = weeks.t[i];
            days[0][n] = weeks.t_x[i] * 7;
            days[1][n] = weeks.t[i] * 7;
        }
    }
    const tsl_histories one_by_one = {n, single[0], single[1], single[2], NULL},
                        by_days = {n, single[0], days[0], days[1], NULL};
    for (int k = TSL_NBD; k <= TSL_PARETO_NBD; k++) {
        const tsl_purchase_kind kind = (tsl_purchase_kind)k;
        const tsl_purchase_model model = fit(&weeks, kind, 1), other = fit(&one_by_one, kind, 3),
                                 day = fit(&by_days, kind, 2);
        assert_memory_equal(model.parameter, other.parameter, sizeof model.parameter);
        assert_true(model.log_likelihood == other.log_likelihood);
        for (int i = 0; i < tsl_purchase_kind_get_count(kind); i++) {
            const int is_time = i == 1 || (i == 3 && kind == TSL_PARETO_NBD);
            const double unit = is_time ? 7 : 1;
            assert_true(fabs(day.parameter[i] / unit - model.parameter[i]) < 1e-7 * model.parameter[i]);
            assert_true(fabs(day.standard_error[i] / unit - model.standard_error[i]) < 1e-6 * model.standard_error[i]);
        }
    }
}

/* Within three standard errors, all of them. */
static void test_simulated(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        double parameter[TSL_PURCHASE_PARAMETERS];
    } truth[] = {{TSL_BG_NBD, {.4, 5, .7, 2.5}}, {TSL_MBG_NBD, {.8, 7, .6, 1.5}}, {TSL_PARETO_NBD, {.6, 10, .8, 15}}};
    for (size_t k = 0; k < sizeof truth / sizeof *truth; k++) {
        simulate(truth[k].kind, truth[k].parameter, 7);
        const tsl_histories h = {SIMULATED, simulated[0], simulated[1], simulated[2], NULL};
        const tsl_purchase_model model = fit(&h, truth[k].kind, 2);
        assert_int_equal(model.verdict, TSL_FIT_SOUND);
        for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
            const double off = (model.parameter[i] - truth[k].parameter[i]) / model.standard_error[i];
            if (!(fabs(off) < 3)) {
                fail_msg("%s: %s %.4f, %.1f standard errors off", tsl_purchase_kind_get_name(model.kind),
                         tsl_purchase_kind_get_parameter(model.kind, i), model.parameter[i], off);
            }
        }
    }
}

static double draw_beta(tsl__rng *rng, double a, double b)
{
    const double one = draw_gamma(rng, a), other = draw_gamma(rng, b);
    return one / (one + other);
}

/* Customers of a BG/BB, of 200 to 700 days, each of which is an opportunity; leaving 0: nobody leaves. */
static void take_days(const double *p, int leaving)
{
    tsl__rng rng = tsl__rng_open(3, 1, 9);
    for (size_t i = 0; i < SIMULATED; i++) {
        const double takes = draw_beta(&rng, p[0], p[1]), leaves = leaving ? draw_beta(&rng, p[2], p[3]) : 0;

        const int days = 200 + (int)(500 * tsl__rng_uniform(&rng));
        double x = 0, last = 0;
        for (int day = 1; day <= days && tsl__rng_uniform(&rng) >= leaves; day++) {
            if (tsl__rng_uniform(&rng) < takes) {
                x++;
                last = day;
            }
        }
        simulated[0][i] = x;
        simulated[1][i] = last;
        simulated[2][i] = days;
    }
}

/* Their parameters within three standard errors, with the same bits for any number of threads; where nobody leaves a
 * ridge, which knows how they buy. */
static void test_daily_opportunities(void **state)
{
    (void)state;
    static const double parameter[] = {.9, 24, .8, 120};
    const tsl_histories h = {SIMULATED, simulated[0], simulated[1], simulated[2], NULL};
    take_days(parameter, 1);
    const tsl_purchase_model one = fit(&h, TSL_BG_BB, 1), three = fit(&h, TSL_BG_BB, 3);
    assert_int_equal(one.verdict, TSL_FIT_SOUND);
    assert_memory_equal(one.parameter, three.parameter, sizeof one.parameter);
    assert_memory_equal(one.standard_error, three.standard_error, sizeof one.standard_error);
    assert_true(one.log_likelihood == three.log_likelihood);
    for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
        assert_true(fabs(one.parameter[i] - parameter[i]) < 3 * one.standard_error[i]);
    }
    take_days(parameter, 0);
    const tsl_purchase_model ridge = fit(&h, TSL_BG_BB, 2);
    assert_int_equal(ridge.verdict, TSL_FIT_RIDGE);
    assert_true(fabs(ridge.parameter[0] / ridge.parameter[1] - .9 / 24) < .02 * .9 / 24);
}

/* All buy once more, 15 days after the first: how they differ nobody can tell, whatever their number and the unit. */
static void test_even(void **state)
{
    (void)state;
    static const double unit[] = {1, 7, 30.4375};
    static const size_t count[] = {40, 60, 2000};
    enum { EVEN = 2000 };
    static double x[EVEN], t_x[EVEN];
    for (int u = 0; u < 3; u++) {
        for (size_t i = 0; i < EVEN; i++) {
            x[i] = 1;
            t_x[i] = 15 / unit[u];
        }
        for (int c = 0; c < 3; c++) {
            const tsl_histories h = {count[c], x, t_x, t_x, NULL};
            const tsl_purchase_model model = fit(&h, TSL_NBD, 2);
            assert_int_equal(model.verdict, TSL_FIT_RIDGE);
            assert_true(fabs(model.parameter[0] / model.parameter[1] * t_x[0] - 1) < 1e-4);
            assert_true(isnan(model.standard_error[0]) && isnan(model.standard_error[1]));
        }
    }
}

/* Nobody leaves: the fit says so, and tells as much as an NBD. */
static void test_no_dropout(void **state)
{
    (void)state;
    static const double parameter[] = {.8, 10, 1, 1e12};
    simulate(TSL_PARETO_NBD, parameter, 3);
    const tsl_histories h = {SIMULATED, simulated[0], simulated[1], simulated[2], NULL};
    const tsl_purchase_model nbd = fit(&h, TSL_NBD, 2);
    for (int k = TSL_BG_NBD; k <= TSL_PARETO_NBD; k++) {
        const tsl_purchase_kind kind = (tsl_purchase_kind)k;
        const tsl_purchase_model model = fit(&h, kind, 2);
        assert_int_equal(model.verdict, TSL_FIT_NO_DROPOUT);
        assert_true(model.log_likelihood >= nbd.log_likelihood - 1e-3);
        assert_true(model.log_likelihood < nbd.log_likelihood + 1.4);
        assert_true(fabs(model.parameter[0] - nbd.parameter[0]) < .05 * nbd.parameter[0]);
    }
}

/* All models as by themselves; the one that made the customers where it can be told, the NBD where nobody leaves. */
static void test_choice(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind, chosen;
        double parameter[TSL_PURCHASE_PARAMETERS];
    } made[] = {{TSL_MBG_NBD, TSL_MBG_NBD, {.8, 7, 2, 6}},
                {TSL_PARETO_NBD, TSL_PARETO_NBD, {.6, 10, 8, 150}},
                {TSL_PARETO_NBD, TSL_NBD, {.8, 10, 1, 1e12}}};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        simulate(made[i].kind, made[i].parameter, 11);
        const tsl_histories h = {SIMULATED, simulated[0], simulated[1], simulated[2], NULL};
        const tsl_purchase_choice choice = choose(&h);
        assert_int_equal(choice.chosen, made[i].chosen);
        for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
            const tsl_purchase_kind kind = (tsl_purchase_kind)k;
            const tsl_purchase_model alone = fit(&h, (tsl_purchase_kind)kind, 2);
            assert_int_equal(choice.model[kind].kind, kind);
            assert_memory_equal(choice.model[kind].parameter, alone.parameter, sizeof alone.parameter);
            assert_int_equal(choice.model[kind].verdict, alone.verdict);
        }
    }
    static const double x[] = {0, 0}, t[] = {10, 20};
    const tsl_histories once = {2, x, x, t, NULL};
    assert_int_equal(choose(&once).chosen, TSL_PURCHASE_KINDS);
}

/* What is too little for a fit is no error. */
static void test_little(void **state)
{
    (void)state;
    static const double x[] = {0, 0, 3, 3, 1}, t_x[] = {0, 0, 9, 9, 5}, t[] = {10, 0, 10, 10, 5};
    for (int k = TSL_NBD; k < TSL_PURCHASE_KINDS; k++) {
        const tsl_purchase_kind kind = (tsl_purchase_kind)k;
        const tsl_histories nobody = {0, x, t_x, t, NULL}, once = {2, x, t_x, t, NULL},
                            alike = {2, x + 2, t_x + 2, t + 2, NULL}, few = {5, x, t_x, t, NULL};
        assert_int_equal(fit(&nobody, kind, 1).verdict, TSL_FIT_EMPTY);
        assert_int_equal(fit(&once, kind, 1).verdict, TSL_FIT_EMPTY);
        assert_true(isnan(fit(&once, kind, 1).parameter[0]));
        assert_int_not_equal(fit(&alike, kind, 1).verdict, TSL_FIT_SOUND);
        const tsl_purchase_model model = fit(&few, kind, 1);
        assert_true(isfinite(model.log_likelihood) && model.parameter[0] > 0 && isfinite(model.parameter[1]));
    }
}

static void check_refused(tsl_histories h, tsl_purchase_kind kind, const char *message)
{
    tsl_purchase_model model;
    tsl_error err;
    assert_int_equal(tsl_purchase_model_fit(&h, kind, NULL, &model, &err), TSL_E_INPUT);
    assert_string_equal(err.message, message);
}

static void test_refused(void **state)
{
    (void)state;
    static const double x[] = {1, 1.5, -1, 0, 2, NAN}, t_x[] = {2, 1, 0, 1, 5, 1}, t[] = {3, 2, 2, 2, 4, 2},
                        weight[] = {0};
    check_refused((tsl_histories){2, x, t_x, t, NULL}, TSL_NBD,
                  "history 2 (x 1.5, t_x 1, t 2): x is no whole number from 0 to 1000000");
    check_refused((tsl_histories){1, x + 2, t_x + 2, t + 2, NULL}, TSL_BG_NBD,
                  "history 1 (x -1, t_x 0, t 2): x is no whole number from 0 to 1000000");
    check_refused((tsl_histories){1, x + 3, t_x + 3, t + 3, NULL}, TSL_BG_NBD,
                  "history 1 (x 0, t_x 1, t 2): t_x is not 0 where x is");
    check_refused((tsl_histories){1, x + 4, t_x + 4, t + 4, NULL}, TSL_BG_NBD,
                  "history 1 (x 2, t_x 5, t 4): t_x is not between 0 and t");
    check_refused((tsl_histories){1, x + 5, t_x + 5, t + 5, NULL}, TSL_BG_NBD,
                  "history 1 (x nan, t_x 1, t 2): x is no whole number from 0 to 1000000");
    check_refused((tsl_histories){1, x, t_x, t, weight}, TSL_NBD,
                  "history 1 (x 1, t_x 2, t 3): the weight is not above 0");
    const double early[] = {2}, once[] = {1};
    check_refused((tsl_histories){1, early, once, t, NULL}, TSL_BG_BB,
                  "history 1 (x 2, t_x 1, t 3): x is over t_x, the opportunities until the last taken");
    const double half[] = {1.5}, at_once[] = {0};
    check_refused((tsl_histories){1, once, half, t, NULL}, TSL_BG_BB,
                  "history 1 (x 1, t_x 1.5, t 3): t_x and t are no whole numbers of opportunities");
    check_refused((tsl_histories){1, early, at_once, t, NULL}, TSL_NBD,
                  "history 1 (x 2, t_x 0, t 3): t_x is not above 0 where x is");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_published_78_weeks),
        cmocka_unit_test(test_published_donations),
        cmocka_unit_test(test_does_not_depend),
        cmocka_unit_test(test_simulated),
        cmocka_unit_test(test_daily_opportunities),
        cmocka_unit_test(test_even),
        cmocka_unit_test(test_no_dropout),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_little),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
