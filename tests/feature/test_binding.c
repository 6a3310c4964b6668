/* test_binding.c: a recipe's columns and values, found in tables that it was not
 * fitted on: values that it has not seen, columns that are not there or hold
 * something else. */
#include "tables.h"

static const char *const levels[] = {"S", "M", "L"};
static const tsl_column_rule size_rule[] = {
    {.name = "size", .type = TSL_TYPE_ORDINAL, .group = TSL_GROUP_AUTO, .levels = levels, .level_count = 3}};

/* Two frequent cities, two rare ones; a rank; a flag; a number; a date. */
static const char people[] = "customer_id,city,size,member,income,since\n"
                             "a,Rome,S,yes,100,2020-01-01\nb,Rome,M,no,200,2020-02-01\nc,Bonn,L,yes,300,2020-03-01\n"
                             "d,Bonn,S,no,400,2020-04-01\ne,Lima,M,yes,500,2020-05-01\nf,Oslo,L,no,600,2020-06-01\n";
static const char sales[] = "customer_id,order_id,date,amount,channel\n"
                            "a,1,2024-01-05,10,web\na,2,2024-02-05,20,shop\nb,3,2024-01-15,30,web\n"
                            "c,4,2024-03-05,40,web\nd,5,2024-03-15,50,shop\ne,6,2024-03-25,60,web\n";

/* A fit of at most two cities, and of tables that some are left out of. */
static tsl_features *fit_of(const char *customers, const char *transactions)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.max_categories = 2;
    tsl_table *c = customers ? table_declared(TSL_CUSTOMERS, customers, size_rule, 1) : NULL;
    tsl_table *t = transactions ? table_of_text(TSL_TRANSACTIONS, transactions) : NULL;
    tsl_features *f = features_of(c, t, NULL, NULL, &opt);
    tsl_table_free(c);
    tsl_table_free(t);
    return f;
}

static int has_note(const tsl_features *f, const char *part)
{
    for (size_t i = 0; i < f->info.notes.count; i++) {
        if (strstr(f->info.notes.text[i], part)) {
            return 1;
        }
    }
    return 0;
}

/* ---- Values ------------------------------------------------------------------- */

/* A city that the fit did not see is one of the others, and is counted. */
static void test_unseen_category(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(people, NULL);
    tsl_table *c = table_declared(TSL_CUSTOMERS,
                                  "customer_id,city,size,member,income,since\n"
                                  "x,Rome,S,yes,1,2020-02-01\ny,Kyoto,S,yes,2,2020-03-01\nz,Oslo,S,yes,3,2020-04-01\n"
                                  "u,,S,no,4,2020-05-01\nv,Kyoto,S,no,5,2020-06-01\n",
                                  size_rule, 1);
    tsl_features *f = features_of(c, NULL, NULL, fit->recipe, NULL);
    assert_int_equal(f->applied, 1);
    assert_int_equal(f->feature_count, fit->feature_count);
    assert_feature(f, "x", "city=Rome", 1);
    assert_feature(f, "x", "city=other", 0);
    assert_feature(f, "y", "city=Rome", 0);
    assert_feature(f, "y", "city=Bonn", 0); /* which nobody here has */
    assert_feature(f, "y", "city=other", 1);
    assert_feature(f, "z", "city=other", 1); /* seen, and too rare for a feature of its own */
    assert_feature(f, "u", "city=Rome", NAN);
    assert_feature(f, "u", "city=other", NAN);
    assert_int_equal(f->info.unseen, 2); /* the two of Kyoto */
    assert_true(
        has_note(f, "values that the recipe does not know: city (2 rows, such as \"Kyoto\", counted as other)"));
    assert_int_equal(fit->info.unseen, 0);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(c);
}

/* Where all values have features, what is none of them is none of them. */
static void test_unseen_without_other(void **state)
{
    (void)state;
    tsl_table *c = table_of_text(TSL_CUSTOMERS, "customer_id,city\na,Rome\nb,Bonn\nc,Rome\nd,Bonn\n");
    tsl_table *n = table_of_text(TSL_CUSTOMERS, "customer_id,city\nx,Kyoto\ny,Rome\n");
    tsl_features *fit = features_of(c, NULL, NULL, NULL, NULL), *f = features_of(n, NULL, NULL, fit->recipe, NULL);
    assert_feature(f, "x", "city=Rome", 0);
    assert_feature(f, "x", "city=Bonn", 0);
    assert_int_equal(tsl_features_get_index(f, "city=other"), f->feature_count);
    assert_int_equal(f->info.unseen, 1);
    assert_true(has_note(f, "city (1 row, such as \"Kyoto\", counted as none of the known)"));
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(c);
    tsl_table_free(n);
}

/* A channel likewise: of orders, by the lines. */
static void test_unseen_channel(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.max_shares = 1;
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, sales);
    tsl_table *n = table_of_text(TSL_TRANSACTIONS, "customer_id,order_id,date,amount,channel\n"
                                                   "x,1,2024-01-05,10,web\nx,2,2024-02-05,20,app\n"
                                                   "x,3,2024-03-05,20,shop\nx,3,2024-03-05,5,app\n");
    tsl_features *fit = features_of(NULL, t, NULL, NULL, &opt), *f = features_of(NULL, n, NULL, fit->recipe, NULL);
    assert_feature(fit, "a", "channel:other", .5);
    assert_feature(f, "x", "channel:web", 1. / 3);
    assert_feature(f, "x", "channel:other", 2. / 3);
    assert_int_equal(f->info.unseen, 2); /* lines of app */
    assert_true(has_note(f, "channel (2 rows, such as \"app\", counted as"));
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(t);
    tsl_table_free(n);
}

/* Ranks are the recipe's, whatever levels are declared here; one that it does not know is missing, and counted. */
static void test_ranks(void **state)
{
    (void)state;
    static const char *const others[] = {"XS", "L", "S"};
    static const tsl_column_rule rule[] = {
        {.name = "size", .type = TSL_TYPE_ORDINAL, .group = TSL_GROUP_AUTO, .levels = others, .level_count = 3}};
    tsl_features *fit = fit_of(people, NULL);
    tsl_table *c = table_declared(TSL_CUSTOMERS,
                                  "customer_id,city,size,member,income,since\nx,Rome,L,yes,1,2020-07-01\n"
                                  "y,Rome,S,no,2,2020-08-01\nz,Bonn,XS,no,2,2020-09-01\nu,Bonn,,no,3,2020-10-01\n",
                                  rule, 1);
    tsl_features *f = features_of(c, NULL, NULL, fit->recipe, NULL);
    assert_feature(fit, "f", "size", 3);
    assert_feature(f, "x", "size", 3);
    assert_feature(f, "y", "size", 1);
    assert_feature(f, "z", "size", NAN);
    assert_feature(f, "u", "size", NAN);
    assert_int_equal(f->info.unseen, 1);
    assert_true(has_note(f, "size (1 row, such as \"XS\", taken as missing)"));
    tsl_features_free(f);
    /* a cell that is none of the levels declared here is missing to the table already */
    tsl_table *misfit = table_declared(TSL_CUSTOMERS,
                                       "customer_id,city,size,member,income,since\nx,Rome,L,yes,1,2020-07-01\n"
                                       "y,Rome,l,no,2,2020-08-01\nz,Bonn,l,no,2,2020-09-01\nu,Bonn,,no,3,2020-10-01\n",
                                       size_rule, 1);
    f = features_of(misfit, NULL, NULL, fit->recipe, NULL);
    assert_feature(f, "y", "size", NAN);
    assert_int_equal(f->info.unseen, 2);
    tsl_features_free(f);
    tsl_table_free(misfit);
    /* levels by their texts alone, as a category: the rank is the recipe's as well */
    tsl_table *plain = table_of_text(TSL_CUSTOMERS, "customer_id,city,size,member,income,since\n"
                                                    "x,Rome,L,yes,1,2020-11-01\ny,Bonn,M,no,2,2020-12-01\n");
    f = features_of(plain, NULL, NULL, fit->recipe, NULL);
    assert_feature(f, "x", "size", 3);
    assert_feature(f, "y", "size", 2);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(c);
    tsl_table_free(plain);
}

/* ---- Columns -------------------------------------------------------------------- */

static void check_refused(const char *customers, const char *transactions, const tsl_recipe *recipe, tsl_status status,
                          const char *said)
{
    tsl_table *c =
        customers ? table_declared(TSL_CUSTOMERS, customers, size_rule, strstr(customers, "size") != NULL) : NULL;
    tsl_table *t = transactions ? table_of_text(TSL_TRANSACTIONS, transactions) : NULL;
    const tsl_tables tables = {.customers = c, .transactions = t, .as_of = TSL_NO_DAY};
    tsl_features *f = NULL;
    tsl_error err;
    assert_int_equal(tsl_features_build(&tables, recipe, NULL, NULL, &f, &err), status);
    assert_null(f);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
    tsl_table_free(c);
    tsl_table_free(t);
}

/* Columns in another order, one more of them: each is found by its name. */
static void test_other_order(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(people, NULL);
    tsl_table *c = table_declared(TSL_CUSTOMERS,
                                  "income,shoe,since,member,size,city,customer_id\n"
                                  "100,41,2020-01-01,yes,S,Rome,a\n300,39,2020-03-01,yes,L,Bonn,c\n"
                                  "400,44,2020-04-01,no,S,Bonn,d\n",
                                  size_rule, 1);
    tsl_tables tables = {.customers = c, .as_of = fit->as_of};
    tsl_features *f = NULL;
    assert_int_equal(tsl_features_build(&tables, fit->recipe, NULL, NULL, &f, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_index(f, "shoe"), f->feature_count);
    const double *first = f->x, *third = f->x + f->feature_count;
    assert_memory_equal(first, fit->x, f->feature_count * sizeof *first);
    assert_memory_equal(third, fit->x + 2 * f->feature_count, f->feature_count * sizeof *first);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(c);
}

/* A column that is not there is refused by its name, and so are those of a table. */
static void test_lacking(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(people, sales);
    check_refused("customer_id,city,size,member\na,Rome,S,yes\nb,Bonn,L,no\n", sales, fit->recipe, TSL_E_INPUT,
                  "the tables lack what the recipe was fitted with: income, since; --allow-missing");
    check_refused(people, "customer_id,order_id,date,amount\na,1,2024-01-05,10\n", fit->recipe, TSL_E_INPUT,
                  "fitted with: channel (transactions);");
    check_refused(NULL, sales, fit->recipe, TSL_E_INPUT, "fitted with: the table customers;");
    check_refused(people, NULL, fit->recipe, TSL_E_INPUT, "fitted with: the table transactions;");
    tsl_features_free(fit);
}

/* ... or missing, where that is allowed, with a note. */
static void test_allowed_to_lack(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(people, sales), *f = NULL;
    tsl_table *c = table_declared(TSL_CUSTOMERS, "customer_id,city,size\na,Rome,S\nb,Bonn,L\n", size_rule, 1);
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, "customer_id,order_id,date,amount\na,1,2024-01-05,10\n");
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.allow_missing = 1;
    f = features_of(c, t, NULL, fit->recipe, &opt);
    assert_true(has_note(f, "taken as missing, as the tables lack it: channel (transactions), member, income, since"));
    assert_feature(f, "a", "income", NAN);
    assert_feature(f, "a", "member", NAN);
    assert_feature(f, "a", "channel:web", NAN);
    assert_feature(f, "a", "channel:shop", NAN);
    assert_feature(f, "a", "size", 1);
    assert_feature(f, "a", "monetary_total", 10);
    for (int g = 0; g < TSL_GROUPS; g++) {
        for (size_t i = 0; i < f->customers * f->vector[g].cols; i++) {
            assert_true(isfinite(f->vector[g].values[i]));
        }
    }
    tsl_features_free(f);
    /* even a table of which nothing is there */
    f = features_of(c, NULL, NULL, fit->recipe, &opt);
    assert_feature(f, "a", "monetary_total", NAN);
    assert_feature(f, "a", "rfm_score", NAN);
    assert_null(f->history);
    tsl_features_free(f);
    f = features_of(NULL, t, NULL, fit->recipe, &opt);
    assert_feature(f, "a", "size", NAN);
    assert_feature(f, "a", "frequency", 1);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(c);
    tsl_table_free(t);
}

/* Customers who all bought at midnight have what they have among all; a table of days alone is another one. */
static void test_time_of_day(void **state)
{
    (void)state;
    static const char all[] = "customer_id,order_id,date,amount\n"
                              "a,1,2024-01-05 19:30,10\na,2,2024-02-05 00:00,20\nb,3,2024-01-15 00:00,30\n"
                              "c,4,2024-03-05 03:00,40\nd,5,2024-03-25 00:00,50\n";
    static const char days[] = "customer_id,order_id,date,amount\nb,3,2024-01-15,30\nd,5,2024-03-25,50\n";
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, all);
    tsl_table *some = table_of_text(TSL_TRANSACTIONS, "customer_id,order_id,date,amount\n"
                                                      "b,3,2024-01-15 00:00,30\nd,5,2024-03-25 00:00,50\n");
    tsl_features *fit = features_of(NULL, t, NULL, NULL, NULL), *f = features_of(NULL, some, NULL, fit->recipe, NULL);
    const size_t bytes = fit->feature_count * sizeof *fit->x;
    assert_feature(fit, "a", "evening_share", 0.5);
    assert_feature(fit, "a", "night_share", 0.5);
    assert_feature(fit, "b", "night_share", 1);
    assert_int_equal(f->as_of, fit->as_of);
    assert_memory_equal(f->x, fit->x + fit->feature_count, bytes);                        /* b */
    assert_memory_equal(f->x + f->feature_count, fit->x + 3 * fit->feature_count, bytes); /* d */
    assert_true(has_note(f, "at midnight, which counts as night: evening_share, night_share"));
    assert_false(has_note(fit, "at midnight"));
    tsl_features_free(f);
    check_refused(NULL, days, fit->recipe, TSL_E_INPUT, "fitted with: the time of day (transactions); --allow-missing");
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.allow_missing = 1;
    tsl_table *plain = table_of_text(TSL_TRANSACTIONS, days);
    f = features_of(NULL, plain, NULL, fit->recipe, &opt);
    for (size_t i = 0; i < fit->feature_count; i++) { /* all but the hour is known */
        const char *name = fit->feature[i].name;
        const int of_hours = strcmp(name, "evening_share") == 0 || strcmp(name, "night_share") == 0;
        const double expected = of_hours ? (double)NAN : fit->x[fit->feature_count + i];
        assert_true(isnan(expected) ? isnan(f->x[i]) : f->x[i] == expected);
    }
    assert_true(has_note(f, "taken as missing, as the tables lack it: the time of day (transactions)"));
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(t);
    tsl_table_free(some);
    tsl_table_free(plain);
}

/* Texts where numbers were, and the other way round. */
static void test_other_types(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(people, NULL);
    check_refused(
        "customer_id,city,size,member,income,since\na,Rome,S,yes,low,2020-01-01\nb,Bonn,L,no,high,2020-02-01\n", NULL,
        fit->recipe, TSL_E_INPUT,
        "customers: column \"income\" holds values of type category here, and of type number where the recipe "
        "was fitted: declare its type");
    check_refused("customer_id,city,size,member,income,since\na,3,S,yes,1,2020-01-01\nb,5,L,no,2,2020-02-01\n", NULL,
                  fit->recipe, TSL_E_INPUT, "column \"city\" holds values of type number here, and of type category");
    check_refused("customer_id,city,size,member,income,since\na,Rome,S,yes,1,7.5\nb,Bonn,L,no,2,9.5\n", NULL,
                  fit->recipe, TSL_E_INPUT, "column \"since\" holds values of type number here, and of type date");
    tsl_features_free(fit);
}

/* ---- Tables ----------------------------------------------------------------------- */

/* A table that the recipe knows nothing of is not used: not its customers either. */
static void test_unknown_table(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(people, NULL);
    tsl_table *c = table_declared(TSL_CUSTOMERS, people, size_rule, 1), *t = table_of_text(TSL_TRANSACTIONS, sales);
    tsl_table *i = table_of_text(TSL_INTERACTIONS, "customer_id,date\nq,2024-01-01\n");
    tsl_tables tables = {c, t, i, fit->as_of, 0};
    tsl_features *f = NULL;
    assert_int_equal(tsl_features_build(&tables, fit->recipe, NULL, NULL, &f, NULL), TSL_OK);
    assert_int_equal(f->customers, 6);
    assert_memory_equal(f->x, fit->x, f->customers * f->feature_count * sizeof *f->x);
    assert_null(f->history);
    assert_true(has_note(f, "the transactions are not used: the recipe was fitted without such a table"));
    assert_true(has_note(f, "the interactions are not used"));
    tsl_features_free(f);
    tables.customers = NULL; /* nothing is left */
    tsl_error err;
    assert_int_equal(tsl_features_build(&tables, fit->recipe, NULL, NULL, &f, &err), TSL_E_OPTION);
    assert_non_null(
        strstr(err.message, "the recipe was fitted to customers, and none are given: --customers FILE says which"));
    tsl_features_free(fit);
    tsl_table_free(c);
    tsl_table_free(t);
    tsl_table_free(i);
}

/* A feature of a catalogue that is not this program's. */
static void test_unknown_entry(void **state)
{
    (void)state;
    tsl_features *fit = fit_of(NULL, sales);
    for (int window = 0; window < 2; window++) {
        tsl_feature *f = &fit->recipe->feature[tsl_features_get_index(fit, "monetary_365d")];
        if (window) {
            f->entry[0] = 'm';
            f->window_days = 30;
        } else {
            f->entry[0] = 'n';
        }
        check_refused(NULL, sales, fit->recipe, TSL_E_FORMAT,
                      "the recipe's feature monetary_365d is made in a way that this version");
    }
    tsl_features_free(fit);
}

/* What the recipe was fitted on gives what the fit gave. */
static void test_own_tables(void **state)
{
    (void)state;
    tsl_table *c = table_declared(TSL_CUSTOMERS, people, size_rule, 1), *t = table_of_text(TSL_TRANSACTIONS, sales);
    tsl_features *fit = features_of(c, t, NULL, NULL, NULL), *f = features_of(c, t, NULL, fit->recipe, NULL);
    assert_memory_equal(f->x, fit->x, f->customers * f->feature_count * sizeof *f->x);
    assert_memory_equal(f->history, fit->history, f->customers * TSL_HISTORY_COLUMNS * sizeof *f->history);
    for (int g = 0; g < TSL_GROUPS; g++) {
        assert_int_equal(f->vector[g].cols, fit->vector[g].cols);
        assert_memory_equal(f->vector[g].values, fit->vector[g].values,
                            f->customers * f->vector[g].cols * sizeof(float));
    }
    assert_int_equal(f->info.unseen, 0);
    assert_int_equal(f->info.notes.count, 0);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(c);
    tsl_table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unseen_category), cmocka_unit_test(test_unseen_without_other),
        cmocka_unit_test(test_unseen_channel),  cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_other_order),     cmocka_unit_test(test_lacking),
        cmocka_unit_test(test_allowed_to_lack), cmocka_unit_test(test_time_of_day),
        cmocka_unit_test(test_other_types),     cmocka_unit_test(test_unknown_table),
        cmocka_unit_test(test_unknown_entry),   cmocka_unit_test(test_own_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
