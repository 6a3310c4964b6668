/* test_outlook.c: what may come of a customer against double sums over his own two rates and against populations that
 * are simulated on; what must hold of any distribution. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "populations.h"

static void assert_near(double is, double expected, double within)
{
    if (!(fabs(is - expected) <= within)) {
        fail_msg("%.12g is not %.12g", is, expected);
    }
}

static tsl_purchase_model make(tsl_purchase_kind kind, const double *parameter)
{
    tsl_purchase_model model = {.kind = kind};
    memcpy(model.parameter, parameter, (size_t)tsl_purchase_kind_get_count(kind) * sizeof *parameter);
    return model;
}

static double get_chance(const tsl_purchase_model *model, double x, double t_x, double t, double horizon, double least)
{
    const tsl_histories h = {1, &x, &t_x, &t, NULL};
    double chance = NAN;
    tsl_error err;
    if (tsl_purchase_model_predict_chance(model, &h, NULL, horizon, least, &chance, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return chance;
}

static const double bg[] = {.8, 4, 1.5, 2.5}, pareto[] = {.55328, 10.57768, .60624, 11.66874},
                    mbg[] = {.52484, 6.18309, .89136, 1.61400}, donors[] = {1.204, .750, .657, 2.783},
                    spend[] = {6.2496, 3.7442, 15.4435};

/* python3 tests/reference/outlook_reference.py, NumPy 2.4.6 and SciPy 1.17.1 */
static const struct {
    tsl_purchase_kind kind;
    double parameter[4], x, t_x, t, horizon, mean, chance[4], count[3], amount[3];
} known[] = {
    {TSL_PARETO_NBD,
     {.55328, 10.57768, .60624, 11.66874},
     6,
     30,
     38,
     52,
     35,
     {.749428099612, .680457871203, .450963846645, .0699585726691},
     {0, 4, 10},
     {0, 129.9332278, 372.8173733}},
    {TSL_PARETO_NBD,
     {1.5, 4, 2.5, 30},
     0,
     0,
     10,
     20,
     NAN,
     {.133768600536, .0772943500587, .0167045742484, .000494104045252},
     {0, 0, 1},
     {0, 0, 27.93654424}},
    {TSL_MBG_NBD,
     {.8, 4, 1.5, 2.5},
     6,
     30,
     38,
     52,
     35,
     {.571483092503, .485766723517, .279731298183, .0400472159048},
     {0, 1, 9},
     {0, 43.18865902, 303.3857572}},
    {TSL_MBG_NBD,
     {1.8, 4, 1.5, 2.5},
     0,
     0,
     10,
     30,
     NAN,
     {.129846851725, .0746216046766, .0166149222935, .000718056705717},
     {0, 0, 1},
     {0, 0, 26.04313225}},
    {TSL_MBG_NBD,
     {.52484, 6.18309, .89136, 1.614},
     2,
     30.43,
     38.86,
     39,
     22.35,
     {.559918338594, .325695426693, .0499860745088, .000382985305954},
     {0, 1, 3},
     {0, 16.14402592, 87.2911317}},
    {TSL_BG_NBD,
     {.8, 4, 1.5, 2.5},
     6,
     30,
     38,
     52,
     0,
     {.540759309794, .452393530325, .251987285439, .0346877840751},
     {0, 1, 8},
     {0, NAN, NAN}},
};

static void test_known(void **state)
{
    (void)state;
    static const double least[] = {1, 2, 5, 12}, share[] = {.1, .5, .9};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const double *c = known[i].chance;
        const tsl_histories h = {1, &known[i].x, &known[i].t_x, &known[i].t, NULL};
        double count[3], amount[3];
        tsl_value_model model = {.purchases.chosen = known[i].kind};
        model.purchases.model[known[i].kind] = make(known[i].kind, known[i].parameter);
        memcpy(model.spend.parameter, spend, sizeof spend);
        for (int k = 0; k < 4; k++) {
            assert_near(
                get_chance(&model.purchases.model[known[i].kind], h.x[0], h.t_x[0], h.t[0], known[i].horizon, least[k]),
                c[k], 1e-11);
        }
        const tsl_value_outlook o = {{known[i].horizon, 3, share, count}, amount};
        assert_int_equal(tsl_value_model_predict_outlook(&model, &h, &known[i].mean, NULL, &o, NULL), TSL_OK);
        for (int s = 0; s < 3; s++) {
            assert_true(count[s] == known[i].count[s]);
            if (!isnan(known[i].amount[s])) {
                assert_near(amount[s], known[i].amount[s], 1e-8 * (1 + amount[s]));
            }
        }
    }
}

/* What the distribution says, the forecast of the mean and of no purchase says, too, wherever parameters are. */
static void test_agrees_with_forecast(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        double parameter[4], x, t_x, t, horizon;
    } at[] = {
        {TSL_NBD, {.25, 4}, 6, 30, 38, 52},
        {TSL_NBD, {.25, 4}, 0, 0, 0, 40},
        {TSL_BG_NBD, {.25, 4, .8, 2.5}, 6, 30, 38, 52},
        {TSL_BG_NBD, {.25, 4, 1, 2.5}, 0, 0, 0, 60},
        {TSL_BG_NBD, {.25, 4, 1e-7, 2.5}, 3, 5, 8, 60},
        {TSL_MBG_NBD, {.25, 4, .8, 2.5}, 10000, 399, 399.5, 4},
        {TSL_MBG_NBD, {.25, 4, 1e-5, .3}, 0, 0, 0, 40},
        {TSL_MBG_NBD, {8e4, 8e4, 40, 1e6}, 3, 5, 8, 40},
        {TSL_PARETO_NBD, {.5143, 2.8845, .2856, 14.1087}, 221, 103.42857, 103.57143, 52},
        {TSL_PARETO_NBD, {.5143, 2.8845, 1, 2.8845}, 2, 30, 30, 90},
        {TSL_PARETO_NBD, {.5, 10, 1e-6, 1e-3}, 2, 30, 40, 90},
        {TSL_PARETO_NBD, {.25, 4, .8, 2.5}, 10000, 399, 399.01, 4},
        {TSL_BG_BB, {1.204, .750, .657, 2.783}, 4, 5, 6, 12},
    };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        const tsl_purchase_model model = make(at[i].kind, at[i].parameter);
        const tsl_histories h = {1, &at[i].x, &at[i].t_x, &at[i].t, NULL};
        double expected, none, sum = 0, last = 1;
        const tsl_forecast f = {
            .horizon = at[i].horizon, .silence = at[i].horizon, .purchases = &expected, .no_purchase = &none};
        assert_int_equal(tsl_purchase_model_predict(&model, &h, NULL, &f, NULL), TSL_OK);
        assert_true(get_chance(&model, at[i].x, at[i].t_x, at[i].t, at[i].horizon, 0) == 1);
        for (int k = 1; last > 1e-16; k++) {
            const double chance = get_chance(&model, at[i].x, at[i].t_x, at[i].t, at[i].horizon, k);
            assert_true(chance >= 0 && chance <= last + 1e-12);
            assert_true(k > 1 || fabs(1 - chance - none) < 2e-9);
            sum += last = chance;
        }
        assert_near(sum / expected, 1, 1e-9);
    }
}

static tsl_value_model open_model(tsl_purchase_kind kind, const double *parameter, double unit)
{
    tsl_value_model model = {.purchases.chosen = kind};
    tsl_purchase_model *own = &model.purchases.model[kind];
    *own = make(kind, parameter);
    own->parameter[1] *= unit;
    own->parameter[3] *= kind == TSL_PARETO_NBD ? unit : 1;
    memcpy(model.spend.parameter, spend, sizeof spend);
    return model;
}

/* Further ahead the interval reaches further; the unit of time does not matter; shares rise; nothing within no time. */
static void test_properties(void **state)
{
    (void)state;
    static const double share[] = {.05, .1, .5, .9, .95}, mean = 35;
    const tsl_purchase_kind kinds[] = {TSL_NBD, TSL_BG_NBD, TSL_MBG_NBD, TSL_PARETO_NBD};
    for (int m = 0; m < 4; m++) {
        const tsl_value_model by_weeks = open_model(kinds[m], m == 3 ? pareto : bg, 1),
                              by_days = open_model(kinds[m], m == 3 ? pareto : bg, 7);
        const double x = 9, t_x = 30, t = 33, t_x_days = 210, t_days = 231;
        const tsl_histories weeks = {1, &x, &t_x, &t, NULL}, days = {1, &x, &t_x_days, &t_days, NULL};
        double count[5], amount[5], same_count[5], same_amount[5], before = 0, before_amount = 0;
        for (int ahead = 0; ahead < 160; ahead += 20) {
            const tsl_value_outlook o = {{ahead, 5, share, count}, amount};
            const tsl_value_outlook same = {{7. * ahead, 5, share, same_count}, same_amount};
            assert_int_equal(tsl_value_model_predict_outlook(&by_weeks, &weeks, &mean, NULL, &o, NULL), TSL_OK);
            assert_int_equal(tsl_value_model_predict_outlook(&by_days, &days, &mean, NULL, &same, NULL), TSL_OK);
            for (int s = 0; s < 5; s++) {
                assert_true(count[s] == same_count[s]);
                assert_near(amount[s], same_amount[s], 1e-9 * amount[s]);
                assert_true(s == 0 || (count[s] >= count[s - 1] && amount[s] >= amount[s - 1]));
                assert_true(ahead > 0 || (count[s] == 0 && amount[s] == 0));
            }
            assert_true(count[3] - count[1] >= before && amount[3] - amount[1] >= before_amount);
            before = count[3] - count[1];
            before_amount = amount[3] - amount[1];
        }
        assert_true(before > 0 && before_amount > 0);
    }
}

/* The median and the ends of what very many purchases bring lie where normal ones do. */
static void test_many(void **state)
{
    (void)state;
    static const double share[] = {.1, .5, .9};
    const double x = 10000, t_x = 399, t = 400, mean = 50, rate = 10000.8 / 404;
    const tsl_value_model model = open_model(TSL_NBD, bg, 1);
    const tsl_histories h = {1, &x, &t_x, &t, NULL};
    double count[3], amount[3];
    const tsl_value_outlook o = {{400, 3, share, count}, amount};
    assert_int_equal(tsl_value_model_predict_outlook(&model, &h, &mean, NULL, &o, NULL), TSL_OK);
    const double middle = 400 * rate, deviation = sqrt(middle * (1 + 400. / 404));
    assert_near(count[1], middle, 2);
    assert_near(count[2] - count[0], 2 * 1.2815516 * deviation, 3);
    /* Purchases, the mean of his amounts, and the amounts themselves vary. */
    const double one = spend[0] * (spend[2] + x * mean) / (spend[0] * x + spend[1] - 1);
    const double relative = deviation * deviation / (middle * middle) + 1 / (spend[0] * middle) + 1 / (spend[0] * x);
    assert_near(amount[1] / (middle * one), 1, 2e-4);
    assert_near((amount[2] - amount[0]) / (middle * one), 2 * 1.2815516 * sqrt(relative), 2e-4);
}

/* ---- Simulated ---------------------------------------------------------------------------- */

enum { KINDS = 2, SEEN = 3000 };

/* A customer seen up to t: x, t_x; and what he does up to t + ahead: how many purchases, of what amount. */
typedef struct life {
    double x, t_x, mean, later, amount;
} life;

static life live(tsl_purchase_kind kind, const double *p, tsl__rng *rng, double t, double ahead)
{
    const double rate = draw_gamma(rng, p[0]) / p[1], a = draw_gamma(rng, p[2]), b = draw_gamma(rng, p[3]);
    const double nu = draw_gamma(rng, spend[1]) / spend[2];
    const int is_pareto = kind == TSL_PARETO_NBD;
    const double end = is_pareto ? draw_wait(rng, a / p[3]) : INFINITY;
    life l = {0, 0, 0, 0, 0};
    int gone = !is_pareto && tsl__rng_uniform(rng) < a / (a + b);
    double now = draw_wait(rng, rate);
    while (!gone && now <= t + ahead && now <= end) {
        const double paid = draw_gamma(rng, spend[0]) / nu;
        if (now <= t) {
            l.mean = (l.mean * l.x + paid) / (l.x + 1);
            l.x++;
            l.t_x = now;
        } else {
            l.later++;
            l.amount += paid;
        }
        gone = !is_pareto && tsl__rng_uniform(rng) < a / (a + b);
        now += draw_wait(rng, rate);
    }
    return l;
}

/* As many as are foretold buy at least so often; and no more than a tenth end above, or below. */
static void test_simulated(void **state)
{
    (void)state;
    static double x[SEEN], t_x[SEEN], t[SEEN], mean[SEEN], chance[SEEN], count[2 * SEEN], amount[2 * SEEN];
    static life lives[SEEN];
    static const tsl_purchase_kind kinds[KINDS] = {TSL_MBG_NBD, TSL_PARETO_NBD};
    static const double share[] = {.1, .9};
    for (int m = 0; m < KINDS; m++) {
        const double *p = m ? pareto : mbg;
        const tsl_value_model model = open_model(kinds[m], p, 1);
        tsl__rng rng = tsl__rng_open(20 + (uint32_t)m, 1, 2);
        for (int i = 0; i < SEEN; i++) {
            t[i] = 20 + 60 * tsl__rng_uniform(&rng);
            lives[i] = live(kinds[m], p, &rng, t[i], 52);
            x[i] = lives[i].x;
            t_x[i] = lives[i].t_x;
            mean[i] = lives[i].x > 0 ? lives[i].mean : (double)NAN;
        }
        const tsl_histories h = {SEEN, x, t_x, t, NULL};
        for (int least = 1; least <= 13; least += 3) {
            double sum = 0, spread = 0;
            assert_int_equal(
                tsl_purchase_model_predict_chance(&model.purchases.model[kinds[m]], &h, NULL, 52, least, chance, NULL),
                TSL_OK);
            for (int i = 0; i < SEEN; i++) {
                sum += (lives[i].later >= least) - chance[i];
                spread += chance[i] * (1 - chance[i]);
            }
            assert_true(fabs(sum) < 3.5 * sqrt(spread));
        }
        const tsl_value_outlook o = {{52, 2, share, count}, amount};
        assert_int_equal(tsl_value_model_predict_outlook(&model, &h, mean, NULL, &o, NULL), TSL_OK);
        double under = 0, over = 0, paid_over = 0, paid_open = 0;
        for (int i = 0; i < SEEN; i++) {
            under += lives[i].later < count[2 * i];
            over += lives[i].later > count[2 * i + 1];
            paid_open += amount[2 * i + 1] > 0;
            paid_over += amount[2 * i + 1] > 0 && lives[i].amount > amount[2 * i + 1];
        }
        assert_true(under <= .11 * SEEN && over <= .11 * SEEN);
        assert_near(paid_over, .1 * paid_open, 3.5 * sqrt(.09 * paid_open));
    }
}

/* ---- What cannot be said ---------------------------------------------------------------- */

/* Of who is not known, by no model, by one that is empty: NaN. Others have the same bits, whoever stands beside them.
 */
static void test_unknown(void **state)
{
    (void)state;
    const double x[] = {NAN, 2, 0}, t_x[] = {NAN, 9, 0}, t[] = {NAN, 10, 10}, mean[] = {NAN, 20, NAN};
    const double share[] = {.1, .9};
    const tsl_histories all = {3, x, t_x, t, NULL}, second = {1, x + 1, t_x + 1, t + 1, NULL};
    tsl_value_model model = open_model(TSL_PARETO_NBD, pareto, 1);
    double count[6], amount[6], own[2], own_amount[2];
    tsl_exec three;
    tsl_exec_defaults(&three, sizeof three);
    three.threads = 3;
    const tsl_value_outlook o = {{52, 2, share, count}, amount}, one = {{52, 2, share, own}, own_amount};
    assert_int_equal(tsl_value_model_predict_outlook(&model, &all, mean, &three, &o, NULL), TSL_OK);
    assert_int_equal(tsl_value_model_predict_outlook(&model, &second, mean + 1, NULL, &one, NULL), TSL_OK);
    assert_true(isnan(count[0]) && isnan(amount[1]) && count[5] >= 0 && amount[5] >= 0);
    assert_memory_equal(count + 2, own, sizeof own);
    assert_memory_equal(amount + 2, own_amount, sizeof own_amount);
    model.spend.verdict = TSL_FIT_EMPTY;
    assert_int_equal(tsl_value_model_predict_outlook(&model, &all, mean, NULL, &o, NULL), TSL_OK);
    assert_true(count[3] > 0 && isnan(amount[3]));
    model.purchases.model[TSL_PARETO_NBD].verdict = TSL_FIT_EMPTY;
    assert_int_equal(tsl_value_model_predict_outlook(&model, &all, mean, NULL, &o, NULL), TSL_OK);
    assert_true(isnan(count[3]));
    assert_true(isnan(get_chance(&model.purchases.model[TSL_PARETO_NBD], 2, 9, 10, 52, 1)));
    model.purchases.chosen = TSL_PURCHASE_KINDS;
    assert_int_equal(tsl_value_model_predict_outlook(&model, &all, mean, NULL, &o, NULL), TSL_OK);
    assert_true(isnan(count[3]) && isnan(amount[3]));
}

static void test_refused(void **state)
{
    (void)state;
    const double x = 1, t_x = 2, t = 3, certain = 1;
    const tsl_purchase_model model = make(TSL_BG_BB, donors);
    const tsl_histories h = {1, &x, &t_x, &t, NULL};
    const tsl_outlook sure = {1, 1, &certain, NULL}, before = {.horizon = -1};
    double chance;
    tsl_error err;
    assert_int_equal(tsl_purchase_model_predict_chance(&model, &h, NULL, 1, 1.5, &chance, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "at least 1.5 purchases: it must be a whole number from 0 on");
    assert_int_equal(tsl_purchase_model_predict_outlook(&model, &h, NULL, &sure, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "share 1 is 1, and must be from 1e-06 to 0.999999");
    assert_int_equal(tsl_purchase_model_predict_outlook(&model, &h, NULL, &before, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "the horizon is -1, and must be a time from 0 on");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),      cmocka_unit_test(test_agrees_with_forecast),
        cmocka_unit_test(test_properties), cmocka_unit_test(test_many),
        cmocka_unit_test(test_simulated),  cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
