/* test_expr.c: what an expression means, and how it complains. */
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {"a", "b", "Unit Price", "数量", "say \"hi\"", "Quantity", "quantity"};
#define NAMES (sizeof names / sizeof *names)

/* Evaluates with a = 7, b = 2.5, Unit Price = 3, 数量 = 4, say "hi" = 5, Quantity = 6, quantity = 60; in 1/10000. */
static int64_t run(const char *text)
{
    static const int tenths[] = {70, 25, 30, 40, 50, 60, 600};
    tsl__expr *expr;
    tsl_error err = {0};
    if (tsl__expr_open("amount", text, names, NAMES, &expr, &err) != TSL_OK) {
        fail_msg("%s: %s", text, err.message);
    }
    tsl__decimal value[NAMES];
    size_t count;
    const size_t *operand = tsl__expr_get_operands(expr, &count);
    for (size_t i = 0; i < count; i++) {
        value[i] = tsl__decimal_make(tenths[operand[i]], -1, 0);
    }
    int64_t result = TSL_MISSING_INT;
    int rounded;
    tsl__decimal_get(tsl__expr_get(expr, value), &result, &rounded);
    tsl__expr_free(expr);
    return result;
}

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"1", 1},
        {" 12.50 ", 12.5},
        {".5", 0.5},
        {"5.", 5},
        {"a", 7},
        {"A", 7}, /* without regard to case */
        {"Quantity", 6},
        {"quantity", 60}, /* exactly before that */
        {"QUANTITY", 6},
        {"\"Unit Price\" * 数量", 12},
        {"\"say \"\"hi\"\"\"", 5},
        {"\"数量\"", 4},
        {"1 + 2 * 3", 7},
        {"(1 + 2) * 3", 9},
        {"10 - 4 - 3", 3},
        {"100 / 10 / 5", 2},
        {"2 * -3", -6},
        {"-a * b", -17.5},
        {"- - 3", 3},
        {"+3 - +2", 1},
        {"-(a - b)", -4.5},
        {"a*b-b/a*a", 15},
        {"1 / 3 * 3", 1},
        {"((((((((a))))))))", 7},
        {"a + a + a", 21},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = run(cases[i].text), expected = (int64_t)(cases[i].value * 10000);
        if (got != expected) {
            fail_msg("%s: %lld, not %lld", cases[i].text, (long long)got, (long long)expected);
        }
    }
}

static void test_operands_are_distinct(void **state)
{
    (void)state;
    tsl__expr *expr;
    size_t count;
    assert_int_equal(tsl__expr_open("amount", "b * a + b", names, NAMES, &expr, NULL), TSL_OK);
    const size_t *operand = tsl__expr_get_operands(expr, &count);
    assert_int_equal(count, 2);
    assert_int_equal(operand[0], 1);
    assert_int_equal(operand[1], 0);
    tsl__expr_free(expr);
}

static void test_bad_values(void **state)
{
    (void)state;
    assert_true(run("a / (b - 2.5)") == TSL_MISSING_INT);
    assert_true(run("999999999999 * 999999999999") == TSL_MISSING_INT);
}

/* The message ends in the text and a caret under the place. */
static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message;
        int caret; /* column of the caret, from 0 */
    } cases[] = {
        {"", "is missing here", 0},
        {"a *", "is missing here", 3},
        {"a b", "an operator is missing here", 2},
        {"a * * b", "is missing here", 4},
        {"(a + b", "does not close", 0},
        {"a + b)", "an operator is missing here", 5},
        {"a + \"b", "does not close", 4},
        {"a % b", "\"%\" has no place", 2},
        {"1.2.3", "not a number", 3},
        {"12x", "not a number", 2},
        {"1e5", "not a number", 1},
        {".", "not a number", 1},
        {"a * Quantty", "did you mean \"Quantity\"?", 4},
        {"数量 * zzzzzz", "there is no column \"zzzzzz\"", 7}, /* two columns a character */
        {"0.1234567890123", "too many digits", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_error err = {0};
        tsl__expr *expr = (tsl__expr *)1;
        assert_int_equal(tsl__expr_open("amount", cases[i].text, names, NAMES, &expr, &err), TSL_E_OPTION);
        assert_null(expr);
        assert_int_equal(err.status, TSL_E_OPTION);
        const char *last = strrchr(err.message, '\n');
        if (!strstr(err.message, cases[i].message) || !last || strlen(last + 1) != (size_t)cases[i].caret + 3 ||
            last[strlen(last) - 1] != '^') {
            fail_msg("%s: %s", cases[i].text, err.message);
        }
    }
}

static void test_nesting_is_bounded(void **state)
{
    (void)state;
    char text[4096];
    tsl_error err;
    tsl__expr *expr;
    memset(text, '(', 2000);
    text[2000] = 0;
    assert_int_equal(tsl__expr_open("amount", text, names, NAMES, &expr, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "too deeply nested"));
    memset(text, '-', 2000);
    assert_int_equal(tsl__expr_open("amount", text, names, NAMES, &expr, &err), TSL_E_OPTION);
    /* values that wait: 1+(1+(1+( ... */
    text[0] = 0;
    for (int i = 0; i < 40; i++) {
        strcat(text, "1+(");
    }
    strcat(text, "1");
    for (int i = 0; i < 40; i++) {
        strcat(text, ")");
    }
    assert_int_equal(tsl__expr_open("amount", text, names, NAMES, &expr, &err), TSL_E_OPTION);
    /* a long flat one is no trouble */
    strcpy(text, "1");
    for (int i = 0; i < 1000; i++) {
        strcat(text, "+1");
    }
    assert_true(run(text) == 1001 * 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_operands_are_distinct), cmocka_unit_test(test_bad_values),
        cmocka_unit_test(test_errors), cmocka_unit_test(test_nesting_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
