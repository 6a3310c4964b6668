/* test_purchase_forecast.c: published forecasts; values of 50 digits where other programs break; what must hold of
 * any forecast. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <tesela/value.h>

#include "histories_file.h"
#include "published.h"

typedef struct figures {
    double alive, purchases, no_purchase, discounted, dert;
} figures;

static figures get(tsl_purchase_kind kind, const double *parameter, double x, double t_x, double t, double horizon,
                   double discount)
{
    tsl_purchase_model model = {.kind = kind};
    const tsl_histories h = {1, &x, &t_x, &t, NULL};
    figures out = {NAN, NAN, NAN, NAN, NAN};
    const tsl_forecast forecast = {.horizon = horizon,
                                   .silence = horizon,
                                   .discount = discount,
                                   .alive = &out.alive,
                                   .purchases = &out.purchases,
                                   .no_purchase = &out.no_purchase,
                                   .discounted = &out.discounted,
                                   .dert = &out.dert};
    tsl_error err;
    memcpy(model.parameter, parameter, (size_t)tsl_purchase_kind_get_count(kind) * sizeof *parameter);
    if (tsl_purchase_model_predict(&model, &h, NULL, &forecast, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

static void assert_near(double is, double expected, double within)
{
    if (!(fabs(is - expected) <= within)) {
        fail_msg("%.10g is not %.10g", is, expected);
    }
}

static const double bg[] = {.242595, 4.413602, .792920, 2.425888}, pareto[] = {.55328, 10.57768, .60624, 11.66874},
                    mbg[] = {.52484, 6.18309, .89136, 1.61400};

/* The parameters by which BTYD's walkthrough foretells: its optimiser stopped there, before the maximum. They are not
 * printed: the four that give back the five expectations printed there to all their seven digits. */
static const double walkthrough[] = {.55336811, 10.57952037, .60590501, 11.65794302};
/* Those of its first fit, which it prints. */
static const double first_fit[] = {.5533971, 10.5801985, .6060625, 11.6562237};

/* Fader, Hardie & Lee (2005); the test-suites of lifetimes, BTYD and CLVTools. */
static void test_published(void **state)
{
    (void)state;
    static const double t[] = {.1429, 1, 3, 31.8571, 32};
    static const char *const bought[] = {".0078", ".0532", ".1506", "1.0405", "1.0437"};
    for (int i = 0; i < 5; i++) {
        assert_rounds_to(get(TSL_BG_NBD, bg, 0, 0, 0, t[i], 0).purchases, bought[i]);
    }
    static const double p[] = {.55, 10.56, .61, 11.64};
    static const char *const weekly[] = {".05077821", ".09916088", ".14542507", ".18979930", ".23247466",
                                         ".27361274", ".31335159", ".35181024", ".38909211"};
    for (int i = 0; i < 9; i++) {
        assert_rounds_to(get(TSL_PARETO_NBD, p, 0, 0, 0, i + 1, 0).purchases, weekly[i]);
    }
    const figures other = get(TSL_BG_NBD, bg, 26, 30.857, 31, 52, 0);
    assert_rounds_to(get(TSL_PARETO_NBD, pareto, 26, 30.857, 31, 52, 0).alive, ".99787");
    assert_rounds_to(other.purchases, "25.757");
    assert_rounds_to(other.alive, ".96885");
    assert_rounds_to(get(TSL_BG_NBD, bg, 2, 30.43, 38.86, 39, 0).purchases, "1.226");
    assert_near(get(TSL_BG_NBD, bg, 0, 0, 39, 39, 0).alive, 1, 0);
}

/* E[X(t)] of the BG/NBD by so many terms of the hypergeometric series. */
static double sum_series(const double *p, double t, int terms)
{
    const double z = t / (p[1] + t), c = p[2] + p[3] - 1;
    double term = 1, sum = 1;
    for (int j = 0; j < terms; j++) {
        term *= (p[0] + j) * (p[3] + j) / ((c + j) * (1 + j)) * z;
        sum += term;
    }
    return c / (p[2] - 1) * (1 - pow(p[1] / (p[1] + t), p[0]) * sum);
}

/* What is published and not what the model says at the published parameters: where it comes from, and beside it what
 * the model says (mpmath, 30 digits). */
static void test_published_otherwise(void **state)
{
    (void)state;
    assert_rounds_to(sum_series(bg, 78, 150), "1.8576");
    assert_rounds_to(sum_series(bg, 78, 2000), "1.8579592");
    assert_rounds_to(get(TSL_BG_NBD, bg, 0, 0, 0, 78, 0).purchases, "1.8579592");
    static const double x[] = {10, 15, 20, 25};
    static const char *const bought[] = {".7062289", ".1442396", ".02250658", ".00309267"};
    for (int i = 0; i < 4; i++) {
        assert_rounds_to(get(TSL_PARETO_NBD, walkthrough, x[i], 20, 39, 52, 0).purchases, bought[i]);
    }
    const figures one = get(TSL_PARETO_NBD, walkthrough, 26, 216 / 7., 31, 52, 0);
    assert_rounds_to(one.purchases, "25.45647"); /* 25.456 */
    assert_rounds_to(one.alive, ".997874");
    assert_rounds_to(get(TSL_PARETO_NBD, pareto, 26, 30.857, 31, 52, 0).purchases, "25.455132");
    assert_rounds_to(get(TSL_PARETO_NBD, first_fit, 0, 0, 39, 39, 0).alive, ".2941633"); /* .2942 */
    assert_rounds_to(get(TSL_PARETO_NBD, pareto, 0, 0, 39, 39, 0).alive, ".29427576");
    static const double mbg_3[] = {.525, 6.183, .891, 1.614};
    assert_rounds_to(get(TSL_MBG_NBD, mbg_3, 0, 0, 38.857, 39, 0).alive, ".38974");
    assert_rounds_to(get(TSL_MBG_NBD, mbg, 0, 0, 38.857, 39, 0).alive, ".38972445");
}

/* Fader, Hardie & Shang (2010): donors of six years, five years ahead. */
static void test_published_donations(void **state)
{
    (void)state;
    static const double p[] = {1.204, .750, .657, 2.783};
    const figures steady = get(TSL_BG_BB, p, 6, 6, 6, 5, 0), once = get(TSL_BG_BB, p, 0, 0, 6, 5, 0);
    assert_rounds_to(steady.purchases, "3.75");
    assert_rounds_to(steady.alive, ".93");
    assert_rounds_to(once.purchases, ".07");
    assert_rounds_to(once.alive, ".11");
}

/* Hundreds of purchases (the test-suite of CLVTools). */
static void test_stress(void **state)
{
    (void)state;
    static const double p[] = {.5143, 2.8845, .2856, 14.1087};
    assert_rounds_to(get(TSL_PARETO_NBD, p, 221, 103.42857, 103.57143, 1, 0).alive, ".99959605");
    assert_rounds_to(get(TSL_PARETO_NBD, p, 254, 97.14286, 97.28571, 1, 0).alive, ".99955823");
    assert_rounds_to(get(TSL_PARETO_NBD, p, 161, 94.71429, 98, 1, 0).alive, ".749487752"); /* published: .74948776 */
    assert_rounds_to(get(TSL_PARETO_NBD, p, 204, 98.57143, 99.42857, 1, 0).alive, ".99425508");
}

/* Fader & Hardie's DERT, weekly at 15 % a year, continuous. */
static void test_residual_transactions(void **state)
{
    (void)state;
    static const double p[] = {.5629966, 12.559037, .4081095, 10.5148048}, x[] = {1, 2, 5, 10};
    static const char *const derived[] = {"2.19916", "2.84353", "1.84050", ".167928"};
    assert_rounds_to(get(TSL_PARETO_NBD, p, 7, 35, 77.86, 1, .0027).dert, "1.864183");
    for (int i = 0; i < 4; i++) {
        assert_rounds_to(get(TSL_PARETO_NBD, p, x[i], 30, 77.86, 1, .0027).dert, derived[i]);
    }
}

/* By mpmath 1.3, 25 digits: integrals over the hypergeometric function, or over the Pareto's survival; days at 10 and
 * at 1 % a year, and .0027. */
static void test_dert_known(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        double parameter[4], x, t_x, t, dert[3];
    } known[] = {
        {TSL_BG_NBD,
         {.2165, 24.5, .6223, 2.228},
         2,
         30,
         100,
         {7.835000572000389, 23.48739097938207, 1.8222719200320481}},
        {TSL_BG_NBD, {.25, 4, .8, 2.5}, 1000, 399, 400, {2518.2915480057036, 6341.5633182640211, 607.90905779455737}},
        {TSL_BG_NBD, {.25, 4, 1, 2.5}, 2, 30, 40, {9.5094952635520744, 15.947713932493402, 3.9347198835338448}},
        {TSL_MBG_NBD,
         {1.2166, 74.23, .5779, .6233},
         0,
         0,
         0,
         {5.5988231284824077, 16.62631987589837, 1.4626789859674904}},
        {TSL_MBG_NBD, {.25, 4, .8, 2.5}, 2, 30, 40, {17.78118123923222, 38.498984187924177, 5.8076484491989032}},
        {TSL_PARETO_NBD,
         {.6134, 72.55, .6033, 81.35},
         3,
         200,
         400,
         {4.8864462306537931, 16.369221442588605, .94478746446644156}},
        {TSL_PARETO_NBD,
         {.55, 10.58, 1, 11.67},
         2,
         30,
         39,
         {7.7358833154956607, 12.212675361224052, 3.5933021951566993}},
        {TSL_PARETO_NBD, {.5, 2, .3, 1}, 0, 0, 0, {104.29833592341163, 508.47194803112717, 20.080890773979412}},
        {TSL_BG_BB, {.9, 24, .8, 120}, 4, 100, 200, {6.1970035553695512, 15.111332676585074, 1.5833114325920299}},
        {TSL_BG_BB, {1.204, .75, .657, 2.783}, 4, 5, 6, {76.493664030994862, 180.37938053468621, 28.045494142459137}},
    };
    const double rate[] = {tsl_forecast_get_discount(.1, 1), tsl_forecast_get_discount(.01, 1), .0027};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        for (int r = 0; r < 3; r++) {
            const double dert =
                get(known[i].kind, known[i].parameter, known[i].x, known[i].t_x, known[i].t, 1, rate[r]).dert;
            assert_near(dert / known[i].dert[r], 1, r == 1 ? 5e-8 : 1e-9);
        }
    }
    static const double nbd[] = {.38477, 12.07202}; /* nobody leaves: so many a week, for ever */
    assert_near(get(TSL_NBD, nbd, 3, 20, 39, 1, .0027).dert / ((nbd[0] + 3) / (nbd[1] + 39) / .0027), 1, 1e-9);
    assert_true(isnan(get(TSL_BG_NBD, bg, 3, 20, 39, 1, 0).dert));
}

/* More than up to any horizon, and what a far one comes to; whatever the horizon. */
static void test_dert_is_the_end(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        const double *parameter;
    } models[] = {{TSL_BG_NBD, bg}, {TSL_MBG_NBD, mbg}, {TSL_PARETO_NBD, pareto}, {TSL_NBD, bg}};
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        const double end = get(models[m].kind, models[m].parameter, 3, 20, 39, 1, .01).dert;
        double before = 0;
        for (int horizon = 1; horizon < 5000; horizon *= 2) {
            const figures now = get(models[m].kind, models[m].parameter, 3, 20, 39, horizon, .01);
            assert_true(now.dert == end && now.discounted > before && now.discounted < end * (1 + 1e-9));
            before = now.discounted;
        }
        assert_near(before / end, 1, 1e-7);
    }
}

/* By mpmath 1.3, 50 digits: the hypergeometric function, or an integral over the probability of leaving. */
static void test_known(void **state)
{
    (void)state;
    static const struct {
        double parameter[4], x, t_x, t, ahead, bg, mbg;
    } known[] = {
        {{.25, 4, .8, 2.5}, 2, 30, 40, 39, 1.1856600015494991, 1.2991266680868727},
        {{.25, 4, 1, 2.5}, 2, 30, 40, 39, 1.0669641310695285, 1.1872619567495388},
        {{.25, 4, .01, .3}, 0, 0, 40, 400, 2.1855822741713454, 2.1103445182406499},
        {{.25, 4, .8, 2.5}, 1000, 399, 400, 100, 224.08518435926419, 224.10575807265845},
        {{.25, 4, 30, 90}, 4, 20, 40, 39, .44492600274912574, .45026938493143743},
        {{.25, 4, .8, 2.5}, 10000, 399, 400, 100, .00048739845559095506, .00048745122538514737},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const double bg_bought =
            get(TSL_BG_NBD, known[i].parameter, known[i].x, known[i].t_x, known[i].t, known[i].ahead, 0).purchases;
        const double mbg_bought =
            get(TSL_MBG_NBD, known[i].parameter, known[i].x, known[i].t_x, known[i].t, known[i].ahead, 0).purchases;
        assert_near(bg_bought / known[i].bg, 1, 1e-10);
        assert_near(mbg_bought / known[i].mbg, 1, 1e-10);
    }
}

/* Silence tells; a longer time ahead brings more, a discount less; the chance of no purchase agrees with the rest. */
static void test_properties(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        const double *parameter;
    } models[] = {{TSL_BG_NBD, bg}, {TSL_MBG_NBD, mbg}, {TSL_PARETO_NBD, pareto}, {TSL_NBD, bg}};
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        double alive = 1, bought = 0;
        for (int t = 10; t < 200; t += 10) {
            const figures now = get(models[m].kind, models[m].parameter, 4, 10, t, 39, .0027);
            assert_true(now.alive <= alive && now.alive >= 0);
            assert_true(now.no_purchase >= 1 - now.alive && now.no_purchase <= 1);
            assert_true(now.discounted < now.purchases && now.discounted > .9 * now.purchases);
            alive = now.alive;
            const figures ahead = get(models[m].kind, models[m].parameter, 4, 10, 30, t, 0);
            assert_true(ahead.purchases > bought && ahead.discounted == ahead.purchases);
            /* So few purchases that there is hardly ever a second one. */
            const figures soon = get(models[m].kind, models[m].parameter, 4, 10, t, 1e-4, 0);
            assert_near((1 - soon.no_purchase) / soon.purchases, 1, 1e-4);
            bought = ahead.purchases;
        }
        const figures nothing = get(models[m].kind, models[m].parameter, 4, 10, 30, 0, .01);
        assert_true(nothing.purchases == 0 && nothing.discounted == 0 && nothing.no_purchase == 1);
    }
}

/* A discount as a sum over short steps. */
static void test_discount_by_steps(void **state)
{
    (void)state;
    enum { STEPS = 4000 };
    const double horizon = 52, rate = .01;
    const tsl_purchase_kind kinds[] = {TSL_BG_NBD, TSL_MBG_NBD, TSL_PARETO_NBD};
    const double *const parameters[] = {bg, mbg, pareto};
    for (int m = 0; m < 3; m++) {
        double sum = 0, before = 0;
        for (int s = 1; s <= STEPS; s++) {
            const double end = horizon * s / STEPS, all = get(kinds[m], parameters[m], 3, 20, 39, end, 0).purchases;
            sum += exp(-rate * (end - horizon / STEPS / 2)) * (all - before);
            before = all;
        }
        assert_near(get(kinds[m], parameters[m], 3, 20, 39, horizon, rate).discounted / sum, 1, 1e-7);
    }
}

/* Mean purchases of the 39 weeks after, by those of the 39 weeks before: of the BG/NBD by Fader, Hardie & Lee (2005),
 * of the Pareto/NBD by BTYD's walkthrough; and what is .600 and 2.399 there at the maximum. */
static void test_holdout(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        const double *parameter;
        const char *mean[8];
    } published[] = {
        {TSL_PARETO_NBD, walkthrough, {".138", ".600", "1.196", "1.714", "2.399", "2.907", "3.819", "6.403"}},
        {TSL_PARETO_NBD, pareto, {".138", ".5995", "1.196", "1.714", "2.3983", "2.907", "3.819", "6.403"}},
        {TSL_BG_NBD, bg, {".225", ".523", "1.044", "1.520", "2.164", "2.654", "3.504", "6.157"}}};
    static numbers file;
    static double bought[ROWS_MOST];
    read_numbers("histories_39_weeks.csv", 5, &file);
    for (size_t i = 0; i < file.count; i++) {
        file.column[1][i] /= 7;
        file.column[2][i] /= 7;
    }
    for (size_t p = 0; p < sizeof published / sizeof *published; p++) {
        tsl_purchase_model model = {.kind = published[p].kind};
        memcpy(model.parameter, published[p].parameter, sizeof model.parameter);
        const tsl_histories h = {file.count, file.column[0], file.column[1], file.column[2], file.column[4]};
        const tsl_forecast forecast = {.horizon = 39, .purchases = bought};
        assert_int_equal(tsl_purchase_model_predict(&model, &h, NULL, &forecast, NULL), TSL_OK);
        double sum[8] = {0}, count[8] = {0};
        for (size_t i = 0; i < file.count; i++) {
            const int x = file.column[0][i] < 7 ? (int)file.column[0][i] : 7;
            sum[x] += file.column[4][i] * bought[i];
            count[x] += file.column[4][i];
        }
        for (int x = 0; x < 8; x++) {
            assert_rounds_to(sum[x] / count[x], published[p].mean[x]);
        }
    }
}

static void test_refused(void **state)
{
    (void)state;
    const double x = 1, t_x = 2, t = 3;
    double out = 0;
    tsl_error err;
    tsl_purchase_model model = {.kind = TSL_BG_NBD, .parameter = {1, 2, 3, 4}}, empty = {.verdict = TSL_FIT_EMPTY};
    const tsl_histories h = {1, &x, &t_x, &t, NULL};
    static const struct {
        tsl_forecast forecast;
        const char *message;
    } wrong[] = {
        {{.horizon = -1}, "the horizon is -1, and must be a time from 0 on"},
        {{.horizon = INFINITY, .discount = .1}, "the horizon is inf, and must be a time from 0 on"},
        {{.silence = NAN}, "the silence is nan, and must be a time from 0 on"},
        {{.discount = -.1}, "the discount rate is -0.1, and must be 0 or more"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(tsl_purchase_model_predict(&model, &h, NULL, &wrong[i].forecast, &err), TSL_E_OPTION);
        assert_string_equal(err.message, wrong[i].message);
    }
    const tsl_forecast forecast = {.horizon = 1, .purchases = &out};
    model.parameter[2] = 0;
    assert_int_equal(tsl_purchase_model_predict(&model, &h, NULL, &forecast, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "bg-nbd: a is 0, and must be above 0");
    assert_int_equal(tsl_purchase_model_predict(&empty, &h, NULL, &forecast, &err), TSL_OK);
    assert_true(isnan(out));
    model.kind = TSL_PURCHASE_KINDS;
    assert_int_equal(tsl_purchase_model_predict(&model, &h, NULL, &forecast, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "there is no such purchase model");
    assert_int_equal(tsl_purchase_model_fit(&h, TSL_PURCHASE_KINDS, NULL, &model, &err), TSL_E_OPTION);
}

/* Each opportunity's own share, discounted from when it comes; half of one is none, and after very many nothing is
 * left. */
static void test_discounted_donations(void **state)
{
    (void)state;
    const double p[] = {1.204, .750, .657, 2.783}, rate = .1;
    double sum = 0, before = 0;
    for (int k = 1; k <= 400; k++) {
        const double now = get(TSL_BG_BB, p, 4, 5, 6, k, 0).purchases;
        sum += exp(-rate * k) * (now - before);
        before = now;
        const figures is = get(TSL_BG_BB, p, 4, 5, 6, k, rate);
        assert_near(is.discounted, sum, 1e-12);
        assert_near(is.purchases, now, 1e-12);
    }
    assert_near(get(TSL_BG_BB, p, 4, 5, 6, 3.5, rate).discounted, get(TSL_BG_BB, p, 4, 5, 6, 3, rate).discounted,
                1e-12);
    assert_near(get(TSL_BG_BB, p, 4, 5, 6, 1, rate).dert, sum, 1e-11);
    assert_near(get(TSL_BG_BB, p, 4, 5, 6, 0, rate).discounted, 0, 0);
}

/* Customers of daily opportunities beside one another, and each alone: the same bits; and by the sum of all that can
 * have happened. */
static void test_daily_opportunities(void **state)
{
    (void)state;
    static const double p[] = {.6, 70, .59, 78}, x[] = {2, 2, 2, 2, 2, 2, 0, 5}, t_x[] = {9, 40, 500, 2, 40, 600, 0, 5},
                        t[] = {600, 600, 600, 700, 700, 600, 700, 5};
    enum { N = 8, DAYS = 90 };
    double out[5][N];
    tsl_purchase_model model = {.kind = TSL_BG_BB, .parameter = {p[0], p[1], p[2], p[3]}};
    const tsl_histories h = {N, x, t_x, t, NULL};
    const tsl_forecast forecast = {DAYS, DAYS, 1e-3, out[0], out[1], out[2], out[3], out[4]};
    assert_int_equal(tsl_purchase_model_predict(&model, &h, NULL, &forecast, NULL), TSL_OK);
    for (int i = 0; i < N; i++) {
        const figures is = get(TSL_BG_BB, p, x[i], t_x[i], t[i], DAYS, 1e-3);
        assert_true(out[0][i] == is.alive && out[1][i] == is.purchases && out[2][i] == is.no_purchase &&
                    out[3][i] == is.discounted && out[4][i] == is.dert);
        double sum[2] = {0, 0}, none = 1, there = 1; /* up to t, and for so long after it; relative to t_x */
        for (int end = 0; end < 2; end++) {
            none = 0;
            there = 1;
            for (int seen = (int)t_x[i]; seen < (int)t[i] + (end ? DAYS : 0); seen++) {
                none += there * p[2] / (p[2] + p[3] + seen);
                there *= (p[1] + seen - x[i]) / (p[0] + p[1] + seen) * ((p[3] + seen) / (p[2] + p[3] + seen));
            }
            sum[end] = none + there;
            if (!end) {
                const double stays = (p[3] + t[i]) / (p[2] + p[3] + t[i]);
                assert_near(is.alive, there / sum[0] * stays, 1e-12);
            }
        }
        assert_near(is.no_purchase, sum[1] / sum[0], 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_published_otherwise),
        cmocka_unit_test(test_published_donations),
        cmocka_unit_test(test_stress),
        cmocka_unit_test(test_residual_transactions),
        cmocka_unit_test(test_dert_known),
        cmocka_unit_test(test_dert_is_the_end),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_discount_by_steps),
        cmocka_unit_test(test_discounted_donations),
        cmocka_unit_test(test_daily_opportunities),
        cmocka_unit_test(test_holdout),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
