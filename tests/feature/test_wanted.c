/* test_wanted.c: features that are asked for by name: these alone, with the values that they have among all. */
#include "tables.h"

#include "feature/wanted.h"

#include <unistd.h>

static const char sales[] = "customer_id,order_id,date,amount,quantity,channel\n"
                            "a,1,2024-01-05,10,1,web\na,1,2024-01-05,20,2,web\na,2,2024-03-05,-5,1,shop\n"
                            "b,3,2024-01-15,30,1,web\nc,4,2024-03-05,40,2,shop\nc,5,2024-03-15,50,1,shop\n";
static const char people[] = "customer_id,city,income,born\na,Rome,100,1990-01-01\nb,Bonn,200,1980-01-01\n"
                             "c,Rome,300,1970-01-01\n";

static tsl_status build(const char *const *select, size_t count, tsl_features **out, tsl_error *err)
{
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, sales), *c = table_of_text(TSL_CUSTOMERS, people);
    const tsl_tables tables = {c, t, NULL, TSL_NO_DAY, 0};
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.select = select;
    opt.select_count = count;
    tsl_status status = tsl_features_build(&tables, NULL, &opt, NULL, out, err);
    tsl_table_free(t);
    tsl_table_free(c);
    return status;
}

/* The features are these, and hold what they hold among all. */
static void check_selected(const char *const *select, size_t count, const char *const *expected, size_t features)
{
    tsl_features *some, *all;
    tsl_error err = {0};
    if (build(select, count, &some, &err) != TSL_OK || build(NULL, 0, &all, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(some->feature_count, features);
    for (size_t f = 0; f < features; f++) {
        assert_string_equal(some->feature[f].name, expected[f]);
        for (size_t i = 0; i < some->customers; i++) {
            check_near(feature_of(some, some->id[i], expected[f]), feature_of(all, all->id[i], expected[f]),
                       expected[f]);
        }
    }
    tsl_features_free(some);
    tsl_features_free(all);
}

#define CHECK(select, expected)                                                                                        \
    check_selected(select, sizeof(select) / sizeof *(select), expected, sizeof(expected) / sizeof *(expected))

static void test_selected_are_alone(void **state)
{
    (void)state;
    static const char *const lines[] = {"monetary_total", "lines", "last_line_days"},
                             *const in_order[] = {"lines", "last_line_days", "monetary_total"},
                             *const plain[] = {"city", "age_years", "channel", "frequency_*"},
                             *const of_plain[] = {"frequency_90d",   "frequency_prev_90d", "frequency_365d",
                                                  "frequency_trend", "channel:shop",       "channel:web",
                                                  "city=Rome",       "city=Bonn",          "age_years"};
    CHECK(lines, in_order);
    CHECK(plain, of_plain);
}

/* A score cannot be without what it is made of. */
static void test_scores_come_whole(void **state)
{
    (void)state;
    static const char *const score[] = {"r_score"}, *const with[] = {"recency_days", "frequency", "monetary_total",
                                                                     "r_score",      "f_score",   "m_score",
                                                                     "rfm_score"};
    CHECK(score, with);
}

/* Without a feature of orders nothing is said of orders: not in the history, not in the counts. */
static void test_lines_know_no_orders(void **state)
{
    (void)state;
    static const char *const of_lines[] = {"lines", "line_days"}, *const of_orders[] = {"lines", "purchase_days"};
    tsl_features *f;
    assert_int_equal(build(of_lines, 2, &f, NULL), TSL_OK);
    assert_null(f->history);
    assert_int_equal(f->info.orders, 0);
    assert_int_equal(f->info.purchases, 0);
    assert_int_equal(f->info.lines, 6);
    assert_int_equal(f->recipe->column_count, 0); /* both describe alone */
    tsl_features_free(f);
    assert_int_equal(build(of_orders, 2, &f, NULL), TSL_OK);
    assert_non_null(f->history);
    assert_int_equal(f->info.orders, 5);
    tsl_features_free(f);
}

/* Written, read, applied: the recipe knows what it makes. */
static void test_recipe_keeps_the_choice(void **state)
{
    (void)state;
    static const char *const select[] = {"lines", "line_days"};
    char path[] = "/tmp/tesela-wanted-XXXXXX";
    const int made = mkstemp(path);
    assert_true(made >= 0);
    close(made);
    tsl_features *f, *read = NULL, *again;
    tsl_error err = {0};
    assert_int_equal(build(select, 2, &f, NULL), TSL_OK);
    const tsl_target target = {.path = path, .replace = 1};
    if (tsl_features_write(f, &target, NULL, &err) != TSL_OK ||
        tsl_features_read(&(tsl_source){.path = path}, NULL, &read, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    unlink(path);
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, sales), *c = table_of_text(TSL_CUSTOMERS, people);
    again = features_of(c, t, NULL, read->recipe, NULL);
    assert_int_equal(again->feature_count, 2);
    assert_null(again->history);
    assert_memory_equal(again->x, f->x, f->customers * 2 * sizeof *f->x);
    tsl_features_free(f);
    tsl_features_free(read);
    tsl_features_free(again);
    tsl_table_free(t);
    tsl_table_free(c);
}

static void test_what_is_not_there_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *message;
    } cases[] = {
        {"monetary_totl", "there is no feature \"monetary_totl\"; did you mean \"monetary_total\"?"},
        {"incme", "did you mean \"income\"?"},
        {"distinct_products", "made of what the tables lack: product (transactions)"},
        {"payment", "made of what the tables lack: payment (transactions)"},
        {"visits", "made of what the tables lack: the table interactions"},
        {"zzz*", "there is no feature \"zzz*\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *select[] = {"lines", cases[i].name};
        tsl_features *f;
        tsl_error err;
        assert_int_equal(build(select, 2, &f, &err), TSL_E_OPTION);
        assert_null(f);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("%s", err.message);
        }
    }
}

#define BIT(role) (1u << TSL_ROLE_##role)

/* What is not needed is not read. */
static void test_columns_that_nobody_needs(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    assert_int_equal(tsl__wanted_leave(&opt, TSL_TRANSACTIONS), 0);
    static const char *const lines[] = {"lines", "monetary_total"}, *const units[] = {"units"},
                             *const own[] = {"income"}, *const nps[] = {"nps_last"};
    opt.select = lines;
    opt.select_count = 2;
    unsigned left = tsl__wanted_leave(&opt, TSL_TRANSACTIONS);
    assert_true(left & BIT(ORDER) && left & BIT(QUANTITY) && left & BIT(PRODUCT) && left & BIT(COST));
    assert_false(left & BIT(CURRENCY)); /* amounts of several currencies do not add up */
    assert_false(left & BIT(AMOUNT));
    assert_true(tsl__wanted_leave(&opt, TSL_CUSTOMERS) & BIT(NONE));
    assert_false(tsl__wanted_leave(&opt, TSL_TRANSACTIONS) & BIT(NONE));
    opt.select = units;
    opt.select_count = 1;
    left = tsl__wanted_leave(&opt, TSL_TRANSACTIONS);
    assert_false(left & (BIT(ORDER) | BIT(QUANTITY)));
    opt.select = own;
    assert_false(tsl__wanted_leave(&opt, TSL_CUSTOMERS) & BIT(NONE));
    opt.select = nps;
    assert_false(tsl__wanted_leave(&opt, TSL_CUSTOMERS) & BIT(NPS));
    assert_false(tsl__wanted_leave(&opt, TSL_INTERACTIONS) & BIT(NPS));
    assert_true(tsl__wanted_leave(&opt, TSL_INTERACTIONS) & BIT(KIND));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_selected_are_alone),           cmocka_unit_test(test_scores_come_whole),
        cmocka_unit_test(test_lines_know_no_orders),         cmocka_unit_test(test_recipe_keeps_the_choice),
        cmocka_unit_test(test_what_is_not_there_is_refused), cmocka_unit_test(test_columns_that_nobody_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
