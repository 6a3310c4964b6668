/* test_expectations.c: what the purchase and spend models expect, as features: of the history, as the room value says
 * it, kept by the recipe, and the same however the work is done. */
#include "feature/tables.h"

#include "base/text.h"
#include "feature/recipe.h"

enum { CUSTOMERS = 300 };

static const char *const names[] = {"p_alive", "expected_purchases_365d", "expected_spend", "clv_365d",
                                    "p_no_purchase_90d"};
enum { NAMES = sizeof names / sizeof *names };

/* Days and amounts that look drawn; customers who stop at different times. */
static char *make_lines(unsigned seed)
{
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,date,amount\n");
    for (int c = 0; c < CUSTOMERS; c++) {
        const int first = 19000 + c % 90, last = first + (int)((seed * 7919U + (unsigned)c * 104729U) % 400U);
        for (int day = first, n = 0; day <= last; n++) {
            char text[11];
            tsl_day_write(day, text);
            tsl__text_printf(&csv, "c%03d,%s,%d.%02d\n", c, text, 5 + (c * 13 + n * 7) % 50, n % 100);
            day += 3 + (int)((unsigned)(c * 31 + n * 17 + 5) % (unsigned)(11 + c % 83));
        }
    }
    tsl__text_puts(&csv, "back,2022-03-01,-5\nonce,2022-03-01,5\n");
    return tsl__text_take(&csv);
}

static tsl_table *read_lines(unsigned seed)
{
    char *csv = make_lines(seed);
    tsl_table *table = table_of_text(TSL_TRANSACTIONS, csv);
    tsl_text_free(csv);
    return table;
}

static tsl_features *build(const tsl_table *lines, const tsl_recipe *recipe, const tsl_feature_options *opt,
                           size_t memory, int threads)
{
    const tsl_tables tables = {NULL, lines, NULL, TSL_NO_DAY, 0};
    tsl_exec exec;
    tsl_error err;
    tsl_features *f;
    tsl_exec_defaults(&exec, sizeof exec);
    exec.memory = memory;
    exec.threads = threads;
    if (tsl_features_build(&tables, recipe, opt, &exec, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return f;
}

static double at(const tsl_features *f, size_t i, const char *name)
{
    return f->x[i * f->feature_count + tsl_features_get_index(f, name)];
}

static int is_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same_features(const tsl_features *a, const tsl_features *b)
{
    assert_int_equal(a->customers, b->customers);
    for (size_t i = 0; i < a->customers; i++) {
        for (int n = 0; n < NAMES; n++) {
            if (!is_same(at(a, i, names[n]), at(b, i, names[n]))) {
                fail_msg("%s of %s: %g, %g", names[n], a->id[i], at(a, i, names[n]), at(b, i, names[n]));
            }
        }
    }
}

/* As the room value gives them of the history. */
static void test_are_of_the_history(void **state)
{
    (void)state;
    static double column[4][CUSTOMERS + 2], told[NAMES][CUSTOMERS + 2];
    tsl_table *lines = read_lines(1);
    tsl_features *f = build(lines, NULL, NULL, 0, 2);
    tsl_value_model model;
    assert_int_equal(f->customers, CUSTOMERS + 2);
    for (size_t i = 0; i < f->customers; i++) {
        for (int c = 0; c < 4; c++) {
            column[c][i] = f->history[i * TSL_HISTORY_COLUMNS + (size_t)c];
        }
    }
    const tsl_histories h = {f->customers, column[0], column[1], column[2], NULL};
    assert_int_equal(tsl_value_model_fit(&h, column[3], NULL, &model, NULL), TSL_OK);
    assert_true(f->recipe->has_value);
    assert_int_equal(f->recipe->value.purchases.chosen, model.purchases.chosen);
    assert_true(model.purchases.chosen < TSL_CHOICE_KINDS);
    const tsl_value_forecast forecast = {.purchases = {.horizon = 365,
                                                       .silence = 90,
                                                       .discount = log(1.1) / 365.25,
                                                       .alive = told[0],
                                                       .purchases = told[1],
                                                       .no_purchase = told[4]},
                                         .spend = told[2],
                                         .clv = told[3]};
    assert_int_equal(tsl_value_model_predict(&model, &h, column[3], NULL, &forecast, NULL), TSL_OK);
    for (size_t i = 0; i < f->customers; i++) {
        for (int n = 0; n < NAMES; n++) {
            check_near(at(f, i, names[n]), told[n][i], names[n]);
        }
    }
    assert_true(isnan(feature_of(f, "back", "p_alive")) && isnan(feature_of(f, "back", "expected_spend")));
    assert_true(feature_of(f, "once", "expected_spend") > 0);
    assert_non_null(strstr(f->info.notes.text[0], "value models: "));
    for (int n = 0; n < NAMES; n++) {
        assert_int_equal(f->feature[tsl_features_get_index(f, names[n])].profile, 1);
    }
    tsl_features_free(f);
    tsl_table_free(lines);
}

static void test_however_it_is_done(void **state)
{
    (void)state;
    tsl_table *lines = read_lines(1);
    tsl_feature_options opt;
    tsl_features *f = build(lines, NULL, NULL, 0, 1), *threaded = build(lines, NULL, NULL, 0, 3),
                 *limited = build(lines, NULL, NULL, (size_t)1 << 30, 2),
                 *applied = build(lines, f->recipe, NULL, 0, 2);
    assert_same_features(f, threaded);
    assert_same_features(f, limited);
    assert_same_features(f, applied);
    assert_string_equal(f->options, applied->options);
    static const char *const one[] = {"clv_365d"};
    TSL_DEFAULTS(feature, &opt);
    opt.select = one;
    opt.select_count = 1;
    tsl_features *alone = build(lines, NULL, &opt, 0, 2);
    assert_int_equal(alone->feature_count,
                     1); /* without the others of its kind, and what it is made of is no feature */
    for (size_t i = 0; i < f->customers; i++) {
        assert_true(is_same(alone->x[i], at(f, i, one[0])));
    }
    tsl_features_free(f);
    tsl_features_free(threaded);
    tsl_features_free(limited);
    tsl_features_free(applied);
    tsl_features_free(alone);
    tsl_table_free(lines);
}

/* Other data go by the models of the fit, or by their own. */
static void test_refit(void **state)
{
    (void)state;
    tsl_table *lines = read_lines(1), *others = read_lines(2);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    tsl_features *fitted = build(lines, NULL, NULL, 0, 2), *own = build(others, NULL, NULL, 0, 2),
                 *by_fit = build(others, fitted->recipe, NULL, 0, 2);
    opt.refit = TSL_REFIT_VALUE;
    tsl_features *anew = build(others, fitted->recipe, &opt, 0, 2);
    assert_same_features(anew, own);
    assert_true(by_fit->recipe->value.purchases.model[0].parameter[0] ==
                fitted->recipe->value.purchases.model[0].parameter[0]);
    assert_true(at(by_fit, 0, "clv_365d") != at(own, 0, "clv_365d"));
    assert_true(tsl__recipe_same(by_fit->recipe, fitted->recipe));
    assert_false(tsl__recipe_same(anew->recipe, fitted->recipe));
    assert_true(feature_of(by_fit, "c001", "r_score") == feature_of(anew, "c001", "r_score")); /* these stay */
    tsl_features_free(fitted);
    tsl_features_free(own);
    tsl_features_free(by_fit);
    tsl_features_free(anew);
    tsl_table_free(lines);
    tsl_table_free(others);
}

static void test_without(void **state)
{
    (void)state;
    tsl_table *lines = read_lines(1);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.value_models = 0;
    tsl_features *f = build(lines, NULL, &opt, 0, 2), *with = build(lines, NULL, NULL, 0, 2);
    assert_int_equal(f->feature_count + NAMES, with->feature_count);
    assert_int_equal(f->recipe->has_value, 0);
    for (int n = 0; n < NAMES; n++) {
        assert_int_equal(tsl_features_get_index(f, names[n]), f->feature_count);
    }
    for (int g = 0; g < TSL_GROUPS; g++) { /* nothing that is clustered by depends on them */
        assert_int_equal(f->vector[g].cols, with->vector[g].cols);
        assert_memory_equal(f->vector[g].values, with->vector[g].values,
                            f->customers * f->vector[g].cols * sizeof(float));
    }
    tsl_features_free(f);
    tsl_features_free(with);
    tsl_table_free(lines);
}

/* Every day with a line is an event: returns, and days that come to nothing. */
static void test_all_events(void **state)
{
    (void)state;
    static const char csv[] = "customer_id,date,amount\na,2024-01-01,10\na,2024-01-01,-10\na,2024-01-11,20\n"
                              "a,2024-01-11,5\na,2024-01-31,-3\nb,2024-01-05,-1\nb,2024-01-06,8\n";
    static const double purchases[2][5] = {{0, 0, 20, NAN, NAN}, {0, 0, 25, NAN, NAN}},
                        all[2][5] = {{2, 30, 30, 11, 20}, {1, 1, 26, 8, 1}};
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, csv);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    for (int e = TSL_EVENTS_PURCHASES; e <= TSL_EVENTS_ALL; e++) {
        opt.events = (tsl_events)e;
        tsl_features *f = build(lines, NULL, &opt, 0, 1), *again = build(lines, f->recipe, NULL, 0, 1);
        for (int c = 0; c < 2; c++) {
            const double *expected = e == TSL_EVENTS_ALL ? all[c] : purchases[c];
            for (int h = 0; h < 5; h++) {
                assert_true(is_same(f->history[c * TSL_HISTORY_COLUMNS + h], expected[h]));
            }
        }
        assert_int_equal(again->recipe->settings.events, e);
        assert_true(is_same(again->history[0], f->history[0]));
        tsl_features_free(f);
        tsl_features_free(again);
    }
    tsl_table_free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_are_of_the_history),
        cmocka_unit_test(test_however_it_is_done),
        cmocka_unit_test(test_refit),
        cmocka_unit_test(test_without),
        cmocka_unit_test(test_all_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
