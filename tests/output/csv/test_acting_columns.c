/* test_acting_columns.c: classes of rule sets, what the first class lacks, and actions, as columns. */
#include "output/csv/acting_columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static char many[] = "a > 5", far[] = "\"b, c\" = 'x'";
static tsl_rule_condition conditions[] = {{.text = many}, {.text = far}};
static tsl_rule_count classes[] = {{.code = "busy", .condition_count = 2, .condition = conditions}, {.code = "calm"}};

enum { ROWS = 4 };
static int8_t class_of[ROWS] = {0, 1, TSL_RULE_NONE, TSL_RULE_UNKNOWN};
static uint32_t fails[ROWS] = {0, 1, 3, 0}, unknown[ROWS] = {0, 2, 0, 2};
static tsl_rule_set sets[] = {{.name = "pace",
                               .class_count = 2,
                               .classes = classes,
                               .customer_class = class_of,
                               .first_fails = fails,
                               .first_unknown = unknown}};
static tsl_strategy rows[] = {{.action = "call", .texts = {"Call, then write", "先致电"}}};
static tsl_strategies table = {1, rows};
static int32_t row_of[ROWS] = {0, -1, 0, -1};

static tsl_labels labels = {.customers = ROWS, .rule_set_count = 1, .rule_set = sets, .customer_strategy = row_of};

static void assert_row(size_t row, const char *want)
{
    tsl__text text = {0};
    tsl__acting_row_put(&labels, row, &text);
    assert_string_equal(text.length ? text.data : "", want);
    tsl__text_free(&text);
}

static void assert_head(const char *want)
{
    tsl__text text = {0};
    tsl__acting_head_put(&labels, &text);
    assert_string_equal(text.length ? text.data : "", want);
    tsl__text_free(&text);
}

static void test_columns(void **state)
{
    (void)state;
    labels.lang = 0;
    labels.strategies = &table;
    assert_head(",pace,pace_unmet,action,action_text");
    assert_row(0, ",busy,,call,\"Call, then write\"");
    assert_row(1, ",calm,\"a > 5; \"\"b, c\"\" = 'x' (unknown)\",,");
    assert_row(2, ",,\"a > 5; \"\"b, c\"\" = 'x'\",call,\"Call, then write\"");
    assert_row(3, ",unknown,\"\"\"b, c\"\" = 'x' (unknown)\",,");
    labels.lang = 1;
    assert_row(3, ",unknown,\"\"\"b, c\"\" = 'x'（未知）\",,");
    assert_row(0, ",busy,,call,先致电");
    labels.strategies = NULL;
    assert_head(",pace,pace_unmet");
    assert_row(0, ",busy,");
    labels.rule_set_count = 0;
    assert_head("");
    assert_row(0, "");
    labels.rule_set_count = 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
