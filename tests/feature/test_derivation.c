/* test_derivation.c: how features are computed, in words. */
#include "tables.h"

#include "feature/catalogue.h"

static tsl_derivation *build(const char *name, const tsl_feature_options *opt, const tsl_recipe *recipe,
                             const tsl_tables *tables)
{
    tsl_derivation *d = NULL;
    tsl_error err;
    if (tsl_derivation_build(name, opt, recipe, tables, &d, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return d;
}

static const char *text_of(const tsl_derivation *d, const char *field)
{
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->field[i], field) == 0) {
            return d->text[i];
        }
    }
    return "";
}

static void check(const tsl_derivation *d, const char *field, const char *said)
{
    if (!strstr(text_of(d, field), said)) {
        fail_msg("%s: \"%s\" does not say \"%s\"", field, text_of(d, field), said);
    }
}

/* Every entry says what it is, how it is computed, of what, and what missing means. */
static void test_all(void **state)
{
    (void)state;
    static const char *const fields[] = {"definition", "computed", "records", "window",
                                         "needs",      "unit",     "scale",   "missing"};
    char **name = NULL;
    size_t count = 0;
    assert_int_equal(tsl_derivation_get_names(NULL, NULL, &name, &count, NULL), TSL_OK);
    assert_int_equal(count, tsl__catalogue_count);
    for (size_t i = 0; i < count; i++) {
        tsl_derivation *d = build(name[i], NULL, NULL, NULL);
        assert_string_equal(d->field[0], "definition");
        assert_string_equal(d->text[0], tsl__catalogue[i].definition);
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
            if (!*text_of(d, fields[f])) {
                fail_msg("%s says nothing of %s", name[i], fields[f]);
            }
        }
        tsl_derivation_free(d);
    }
    tsl_texts_free(name, count);
}

static void test_entries(void **state)
{
    (void)state;
    static const struct {
        const char *name, *field, *said;
    } rows[] = {
        {"recency_days", "computed", "days from the last of them"},
        {"recency_days", "scale", "ln(1 + x), drawn in"},
        {"recency_days", "missing", "without any"},
        {"frequency_prev_90d", "window", "the 90 days before the last 90"},
        {"frequency_90d", "window", "the last 90 days before the as-of day"},
        {"frequency_trend", "window", "the last 90 days before the as-of day"},
        {"months_without_interaction_12m", "window",
         "the last 12 calendar months; the last of all is that of the last"},
        {"recency_days", "window", "all of the past"},
        {"frequency_90d", "missing", "never; 0"},
        {"evening_share", "filter", "from 18 to 24 h; of those with a time of day"},
        {"gap_sd_days", "missing", "under 3 days"},
        {"units", "needs", "customer, time, amount, order where there is one, quantity of the transactions"},
        {"service_contacts", "needs", "customer, time, kind of the interactions"},
        {"visits", "needs", "kind where there is one"},
        {"channel:web", "filter", "whose channel is web"},
        {"channel", "filter", "one feature a value"},
        {"payment:", "filter", "whose payment is each"},
        {"margin_total", "needs", "cost"},
        {"margin_total", "unit", "currency"},
        {"lines", "scale", "it describes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl_derivation *d = build(rows[i].name, NULL, NULL, NULL);
        check(d, rows[i].field, rows[i].said);
        tsl_derivation_free(d);
    }
}

static void test_own_line(void **state)
{
    (void)state;
    const tsl_feature_line line = {.name = "grocery_share",
                                   .level = "lines",
                                   .aggregate = "share",
                                   .source = "amount",
                                   .filter = "category = 'Grocery'",
                                   .window = "6 months",
                                   .profile = 1};
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.line = &line;
    opt.line_count = 1;
    tsl_derivation *d = build("grocery_share", &opt, NULL, NULL);
    check(d, "computed", "the share of the source's sum");
    check(d, "source", "amount");
    check(d, "filter", "where category = 'Grocery'");
    check(d, "window", "the last 6 calendar months; the last of all is that of the last day before the as-of day");
    check(d, "scale", "it describes");
    check(d, "missing", "not over 0");
    tsl_derivation_free(d);
    char **name = NULL;
    size_t count = 0;
    assert_int_equal(tsl_derivation_get_names(&opt, NULL, &name, &count, NULL), TSL_OK);
    assert_int_equal(count, tsl__catalogue_count + 1);
    assert_string_equal(name[0], "grocery_share");
    tsl_texts_free(name, count);
}

/* With tables the columns are named, what they lack is told, and columns of the customers are features. */
static void test_tables(void **state)
{
    (void)state;
    tsl_table *people = table_of_text(TSL_CUSTOMERS, "customer_id,income,city\na,100,Oslo\nb,200,Rome\nc,150,Rome\n");
    tsl_table *orders = table_of_text(TSL_TRANSACTIONS, "Buyer ID,InvoiceDate,Qty,Unit price\n"
                                                        "a,2024-01-02,2,3.50\nb,2024-02-03,1,9\nb,2024-03-04,4,2\n");
    const tsl_tables tables = {people, orders, NULL, TSL_NO_DAY, 0};
    tsl_features *f = features_of(people, orders, NULL, NULL, NULL);
    tsl_derivation *d = build("frequency", NULL, f->recipe, &tables);
    check(d, "needs", "customer (Buyer ID), time (InvoiceDate), amount (");
    assert_string_equal(text_of(d, "made"), "");
    tsl_derivation_free(d);
    d = build("visits", NULL, f->recipe, &tables);
    check(d, "made", "not of these tables: the table interactions is not there");
    tsl_derivation_free(d);
    d = build("channel", NULL, f->recipe, &tables);
    check(d, "made", "channel (transactions) is not there");
    check(d, "needs", "channel (which the table lacks)");
    tsl_derivation_free(d);
    d = build("income", NULL, f->recipe, &tables);
    check(d, "computed", "the column income of the customers");
    tsl_derivation_free(d);
    d = build("city=Rome", NULL, f->recipe, &tables);
    check(d, "value", "1 where it is Rome, else 0");
    tsl_derivation_free(d);
    tsl_features_free(f);
    tsl_table_free(orders);
    tsl_table_free(people);
}

static void test_unknown(void **state)
{
    (void)state;
    static const char *const names[] = {"recency_day", "visit", "age_years", "", ":"};
    static const char *const said[] = {"recency_days", "visits", "no feature is called", "no feature", "no feature"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        tsl_derivation *d = (tsl_derivation *)(uintptr_t)1;
        tsl_error err;
        assert_int_equal(tsl_derivation_build(names[i], NULL, NULL, NULL, &d, &err), TSL_E_OPTION);
        assert_null(d);
        if (!strstr(err.message, said[i])) {
            fail_msg("\"%s\" does not say \"%s\"", err.message, said[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_entries),
                                       cmocka_unit_test(test_own_line), cmocka_unit_test(test_tables),
                                       cmocka_unit_test(test_unknown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
