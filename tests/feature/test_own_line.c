/* test_own_line.c: the words of a line of the user's own: what they mean, and what is refused. */
#include "feature/own_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        tsl_feature_line line;
        const char *message;
    } cases[] = {
        {{.level = "lines", .aggregate = "count"}, "name: \"\" is none; expected letters, digits and _"},
        {{.name = "a b", .level = "lines", .aggregate = "count"}, "name: \"a b\" is none"},
        {{.name = "1a", .level = "lines", .aggregate = "count"}, "name: \"1a\" is none"},
        {{.name = "frequency", .level = "lines", .aggregate = "count"}, "name: there is a feature frequency already"},
        {{.name = "a", .aggregate = "count"}, "level: is missing; expected lines, purchase_lines, purchases, days or"},
        {{.name = "a", .level = "line", .aggregate = "count"}, "level: \"line\" is none (did you mean \"lines\"?)"},
        {{.name = "a", .level = "lines"}, "aggregate: is missing; expected count, sum, mean, min"},
        {{.name = "a", .level = "lines", .aggregate = "medan"}, "aggregate: \"medan\" is none"},
        {{.name = "a", .group = "demographic", .level = "lines", .aggregate = "count"},
         "group: \"demographic\" is none; expected behavioral or value"},
        {{.name = "a", .level = "lines", .aggregate = "count", .transform = "log"},
         "expected identity, log1p or signed_log1p"},
        {{.name = "a", .level = "lines", .aggregate = "sum"}, "source: is missing: sum of what?"},
        {{.name = "a", .level = "lines", .aggregate = "count", .source = "amount"}, "source: count is of the records"},
        {{.name = "a", .level = "lines", .aggregate = "sum", .source = "product"},
         "source: product is a text, and sum is of numbers"},
        {{.name = "a", .level = "lines", .aggregate = "distinct", .source = "amount"},
         "source: amount is a number, and distinct is of texts"},
        {{.name = "a", .level = "days", .aggregate = "sum", .source = "quantity"},
         "source: quantity is not known of days"},
        {{.name = "a", .level = "lines", .aggregate = "sum", .source = "minutes"},
         "source: minutes is not known of lines"},
        {{.name = "a", .level = "days", .aggregate = "sum", .source = "qty"}, "source: a column is not known of days"},
        {{.name = "a", .level = "purchases", .aggregate = "distinct", .source = "shop"},
         "source: a column is not known of purchases"},
        {{.name = "a", .level = "days", .aggregate = "count", .filter = "x = 1"}, "filter: days have none"},
        {{.name = "a", .level = "lines", .aggregate = "share"}, "filter: is missing: the share of what?"},
        {{.name = "a", .level = "interactions", .aggregate = "entropy", .source = "page"}, "which interactions lack"},
        {{.name = "a", .level = "lines", .aggregate = "count", .window = "3 weeks"}, "window: \"3 weeks\" is none"},
        {{.name = "a", .level = "lines", .aggregate = "count", .window = "0 days"},
         "expected all, N days (1 to 36500)"},
        {{.name = "a", .level = "lines", .aggregate = "count", .window = "9999 months"}, "N months (1 to 1200)"},
        {{.name = "a", .level = "lines", .aggregate = "count", .window = "90days"}, "window: \"90days\" is none"},
        {{.name = "a", .level = "lines", .aggregate = "count", .window = "99999999999999999999 days"}, "is none"},
        {{.name = "a", .level = "lines", .aggregate = "slope", .window = "90 days"}, "slope takes all or N months"},
        {{.name = "a", .level = "lines", .aggregate = "slope", .window = "1 month"}, "slope takes all or N months"},
        {{.name = "a", .level = "lines", .aggregate = "rate", .window = "2 months"}, "rate takes all or N days"},
        {{.name = "a", .level = "lines", .aggregate = "rate", .window = "previous 9 days"}, "rate takes all or N days"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_error err = {0};
        if (tsl_feature_line_check(&cases[i].line, &err) != TSL_E_OPTION || !strstr(err.message, cases[i].message)) {
            fail_msg("%zu: %s, not %s", i, err.message, cases[i].message);
        }
    }
}

static void test_meaning(void **state)
{
    (void)state;
    const tsl_feature_line given = {.name = "grocery_share_180d",
                                    .group = "value",
                                    .level = "purchase_lines",
                                    .aggregate = "share",
                                    .source = "amount",
                                    .filter = "Category = 'Grocery'",
                                    .window = "180 days"};
    tsl__line line;
    assert_int_equal(tsl__line_open(&given, &line, NULL), TSL_OK);
    assert_int_equal(line.entry.group, TSL_VALUE);
    assert_int_equal(line.entry.level, TSL__PURCHASE_LINES);
    assert_int_equal(line.entry.aggregate, TSL__SUM_SHARE);
    assert_int_equal(line.entry.window, TSL__RECENT);
    assert_int_equal(line.entry.window_days, 180);
    assert_int_equal(line.part, TSL__AMOUNT);
    assert_string_equal(line.entry.unit, "share");
    assert_string_equal(line.entry.definition,
                        "share of amount over purchase_lines where Category = 'Grocery', 180 days");
    tsl__line_free(&line);
}

/* Units follow from what is counted. */
static void test_units(void **state)
{
    (void)state;
    static const struct {
        tsl_feature_line line;
        const char *unit;
    } cases[] = {
        {{.name = "a", .level = "purchases", .aggregate = "count"}, "orders"},
        {{.name = "a", .level = "lines", .aggregate = "sum", .source = "margin"}, "currency"},
        {{.name = "a", .level = "lines", .aggregate = "mean", .source = "quantity"}, "units"},
        {{.name = "a", .level = "lines", .aggregate = "mean", .source = "weight"}, ""},
        {{.name = "a", .level = "lines", .aggregate = "mean", .source = "weight", .unit = "kg"}, "kg"},
        {{.name = "a", .level = "purchases", .aggregate = "gap_max"}, "days"},
        {{.name = "a", .level = "interactions", .aggregate = "rate"}, "interactions"},
        {{.name = "a", .level = "purchases", .aggregate = "slope", .source = "amount"}, "currency"},
        {{.name = "a", .level = "purchases", .aggregate = "slope"}, "orders"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__line line;
        assert_int_equal(tsl__line_open(&cases[i].line, &line, NULL), TSL_OK);
        assert_string_equal(line.entry.unit, cases[i].unit);
        tsl__line_free(&line);
    }
}

static const tsl_feature_line two[] = {
    {.name = "a", .level = "lines", .aggregate = "sum", .source = "weight", .filter = "shop = 'x'"},
    {.name = "b", .level = "interactions", .aggregate = "count", .filter = "kind = 'y'"}};

static void test_lists(void **state)
{
    (void)state;
    tsl_error err;
    tsl_feature_line *copy, twice[] = {two[0], two[0]};
    assert_int_equal(tsl__lines_check(two, 2, &err), TSL_OK);
    assert_int_equal(tsl__lines_check(twice, 2, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "feature a: name: stands twice");
    assert_int_equal(tsl__lines_check(NULL, 2, &err), TSL_E_OPTION);
    assert_int_equal(tsl__lines_copy(two, 2, &copy, NULL), TSL_OK);
    assert_true(tsl__lines_are_same(&copy[0], &two[0]) && tsl__lines_are_same(&copy[1], &two[1]));
    assert_false(tsl__lines_are_same(&copy[0], &two[1]));
    assert_string_equal(copy[1].source, "");
    tsl__lines_free(copy, 2);
}

/* What each table is to be read with. */
static void test_columns(void **state)
{
    (void)state;
    tsl__line_columns columns;
    assert_int_equal(tsl__line_columns_open(two, 2, TSL_TRANSACTIONS, &columns, NULL), TSL_OK);
    assert_int_equal(columns.count, 2);
    assert_string_equal(columns.column[0].source, "weight");
    assert_int_equal(columns.column[0].type, TSL_TYPE_DECIMAL);
    assert_string_equal(columns.column[1].source, "shop = 'x'");
    assert_int_equal(columns.column[1].type, TSL_TYPE_BOOLEAN);
    assert_string_equal(columns.column[1].label, "feature a: filter");
    tsl__line_columns_free(&columns);
    assert_int_equal(tsl__line_columns_open(two, 2, TSL_INTERACTIONS, &columns, NULL), TSL_OK);
    assert_int_equal(columns.count, 1);
    tsl__line_columns_free(&columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), cmocka_unit_test(test_meaning),
                                       cmocka_unit_test(test_units), cmocka_unit_test(test_lists),
                                       cmocka_unit_test(test_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
