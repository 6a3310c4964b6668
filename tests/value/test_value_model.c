/* test_value_model.c: both models together are what each is alone; who is not known changes nothing, and is told
 * nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <tesela/value.h>

#include "histories_file.h"

enum { N = 580, EVERY = 7 }; /* customers; every 7th of them is not known */

typedef struct people {
    double x[N], t_x[N], t[N], mean[N];
    tsl_histories histories;
} people;

typedef struct told {
    double alive[N], purchases[N], no_purchase[N], discounted[N], spend[N], clv[N];
} told;

static tsl_exec threads(int count)
{
    tsl_exec exec;
    tsl_exec_defaults(&exec, sizeof exec);
    exec.threads = count;
    return exec;
}

/* Every fourth of CDNOW's customers, as the file counts their histories, with spends that differ. gaps: with customers
 * who are not known between. */
static void make(people *p, int gaps)
{
    static numbers file;
    size_t i = 0;
    double left = 0;
    read_numbers("histories_39_weeks.csv", 5, &file);
    for (size_t n = 0; n < N; n++) {
        const int unknown = gaps && n % EVERY == 3;
        p->x[n] = unknown ? (double)NAN : file.column[0][i];
        p->t_x[n] = file.column[1][i];
        p->t[n] = file.column[2][i];
        p->mean[n] = file.column[0][i] > 0 ? 5 + (double)(i % 37) : (double)NAN;
        for (left += unknown ? 0 : 4; i + 1 < file.count && left >= file.column[4][i]; i++) {
            left -= file.column[4][i];
        }
    }
    p->histories = (tsl_histories){N, p->x, p->t_x, p->t, NULL};
}

static tsl_value_model fit(const people *p, int count)
{
    const tsl_exec exec = threads(count);
    tsl_value_model model;
    tsl_error err;
    if (tsl_value_model_fit(&p->histories, p->mean, &exec, &model, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return model;
}

static void tell(const tsl_value_model *model, const tsl_histories *h, const double *mean, int count, told *out)
{
    const tsl_exec exec = threads(count);
    const tsl_value_forecast f = {.purchases = {.horizon = 365,
                                                .silence = 90,
                                                .discount = tsl_forecast_get_discount(.1, 1),
                                                .alive = out->alive,
                                                .purchases = out->purchases,
                                                .no_purchase = out->no_purchase,
                                                .discounted = out->discounted},
                                  .spend = out->spend,
                                  .clv = out->clv};
    tsl_error err;
    if (tsl_value_model_predict(model, h, mean, &exec, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

static void test_both_are_each(void **state)
{
    (void)state;
    static people p;
    static told t;
    make(&p, 0);
    const tsl_value_model both = fit(&p, 2);
    tsl_purchase_choice choice;
    tsl_spend_model spend;
    const tsl_spends spends = {N, p.x, p.mean, NULL};
    static double expected[N], alive[N];
    assert_int_equal(tsl_purchase_choice_fit(&p.histories, NULL, &choice, NULL), TSL_OK);
    assert_int_equal(tsl_spend_model_fit(&spends, NULL, &spend, NULL), TSL_OK);
    assert_int_equal(both.purchases.chosen, choice.chosen);
    assert_true(choice.chosen == TSL_MBG_NBD || choice.chosen == TSL_PARETO_NBD);
    for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
        const int count = tsl_purchase_kind_get_count((tsl_purchase_kind)k);
        assert_memory_equal(both.purchases.model[k].parameter, choice.model[k].parameter,
                            (size_t)count * sizeof(double));
    }
    assert_memory_equal(both.spend.parameter, spend.parameter, sizeof spend.parameter);
    tell(&both, &p.histories, p.mean, 2, &t);
    tsl_spend_model_predict(&spend, &spends, expected);
    const tsl_forecast f = {.horizon = 365, .alive = alive};
    assert_int_equal(tsl_purchase_model_predict(&choice.model[choice.chosen], &p.histories, NULL, &f, NULL), TSL_OK);
    assert_memory_equal(t.spend, expected, sizeof expected);
    assert_memory_equal(t.alive, alive, sizeof alive);
    for (int i = 0; i < N; i++) {
        assert_true(t.clv[i] == t.discounted[i] * t.spend[i]);
        assert_true(t.discounted[i] < t.purchases[i] && t.discounted[i] > t.purchases[i] / 1.1);
        assert_true(t.alive[i] > 0 && t.alive[i] <= 1 && t.no_purchase[i] > 0 && t.no_purchase[i] < 1);
    }
}

/* What a few threads, a part of the customers, or others who are not known have to say: nothing. */
static void test_nothing_else_matters(void **state)
{
    (void)state;
    static people p, with;
    static told all, other, part;
    make(&p, 0);
    make(&with, 1);
    const tsl_value_model model = fit(&p, 1), same = fit(&p, 3), gapped = fit(&with, 2);
    const tsl_histories known = {N - (N + EVERY - 4) / EVERY, p.x, p.t_x, p.t, NULL}; /* those that `with` has, too */
    tsl_value_model fewer;
    assert_int_equal(tsl_value_model_fit(&known, p.mean, NULL, &fewer, NULL), TSL_OK);
    for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
        const size_t bytes = (size_t)tsl_purchase_kind_get_count((tsl_purchase_kind)k) * sizeof(double);
        assert_memory_equal(model.purchases.model[k].parameter, same.purchases.model[k].parameter, bytes);
        assert_memory_equal(fewer.purchases.model[k].parameter, gapped.purchases.model[k].parameter, bytes);
    }
    tell(&model, &p.histories, p.mean, 1, &all);
    tell(&model, &p.histories, p.mean, 3, &other);
    assert_memory_equal(&all, &other, sizeof all);
    const tsl_histories half = {N / 2, p.x + 100, p.t_x + 100, p.t + 100, NULL};
    tell(&model, &half, p.mean + 100, 2, &part);
    assert_memory_equal(part.clv, all.clv + 100, N / 2 * sizeof(double));
    assert_memory_equal(part.no_purchase, all.no_purchase + 100, N / 2 * sizeof(double));
    tell(&model, &with.histories, with.mean, 2, &other);
    for (int i = 0, from = 0; i < N; i++) {
        const int unknown = i % EVERY == 3;
        assert_true(unknown ? isnan(other.alive[i]) && isnan(other.clv[i]) && isnan(other.spend[i])
                            : other.clv[i] == all.clv[from] && other.alive[i] == all.alive[from]);
        from += !unknown;
    }
}

/* Where nobody is seen to leave P(alive) is not said; where nothing is known of purchases, nothing of them is. */
static void test_what_is_not_said(void **state)
{
    (void)state;
    static people p;
    static told t;
    make(&p, 0);
    tsl_value_model model = fit(&p, 2);
    model.purchases.chosen = TSL_NBD;
    tell(&model, &p.histories, p.mean, 2, &t);
    for (int i = 0; i < N; i++) {
        assert_true(isnan(t.alive[i]) && t.purchases[i] > 0 && t.no_purchase[i] > 0 && t.clv[i] > 0);
    }
    model.purchases.chosen = TSL_PURCHASE_KINDS;
    tell(&model, &p.histories, p.mean, 2, &t);
    for (int i = 0; i < N; i++) {
        assert_true(isnan(t.alive[i]) && isnan(t.purchases[i]) && isnan(t.no_purchase[i]) && isnan(t.clv[i]));
        assert_true(t.spend[i] > 0);
    }
    for (int i = 0; i < N; i++) {
        p.x[i] = p.t_x[i] = 0;
    }
    model = fit(&p, 2);
    assert_int_equal(model.purchases.chosen, TSL_PURCHASE_KINDS);
    assert_int_equal(model.spend.verdict, TSL_FIT_EMPTY);
    const tsl_histories nobody = {0, p.x, p.t_x, p.t, NULL};
    assert_int_equal(tsl_value_model_fit(&nobody, p.mean, NULL, &model, NULL), TSL_OK);
    assert_int_equal(model.purchases.model[TSL_NBD].verdict, TSL_FIT_EMPTY);
}

/* Of TSL_SPEND_LEAST who tell what they spend a model is made, of one fewer none. */
static void test_least_spend(void **state)
{
    (void)state;
    static people p;
    for (int few = 0; few < 2; few++) {
        int left = TSL_SPEND_LEAST - few;
        make(&p, 0);
        for (int i = 0; i < N; i++) {
            p.mean[i] = left > 0 && p.x[i] > 0 ? p.mean[i] : (double)NAN;
            left -= !isnan(p.mean[i]);
        }
        const tsl_value_model model = fit(&p, 1);
        assert_true(model.spend.customers == TSL_SPEND_LEAST - few);
        assert_int_equal(model.spend.verdict == TSL_FIT_EMPTY, few);
    }
}

/* 15 % a year are .0027 a week (Fader & Hardie). */
static void test_rate(void **state)
{
    (void)state;
    assert_true(fabs(tsl_forecast_get_discount(.15, 7) - .0027) < 5e-5);
    assert_true(fabs(exp(-tsl_forecast_get_discount(.1, 1) * TSL_YEAR_DAYS) - 1 / 1.1) < 1e-12);
    assert_true(tsl_forecast_get_discount(0, 30) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_are_each),
        cmocka_unit_test(test_nothing_else_matters),
        cmocka_unit_test(test_what_is_not_said),
        cmocka_unit_test(test_least_spend),
        cmocka_unit_test(test_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
