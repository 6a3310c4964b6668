/* test_meaning.c: types are checked where an expression is parsed, with a caret under the place. */
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const char *const names[] = {"a", "b", "c"};
#define NAMES (sizeof names / sizeof *names)
#define NUMBER TSL__EXPR_OF(TSL__EXPR_NUMBER)
#define TRUTH TSL__EXPR_OF(TSL__EXPR_TRUTH)

static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
        unsigned types;
        int caret; /* column of the caret, from 0 */
    } cases[] = {
        {"a = 'x'", "a number is expected here, but this is a condition (true or false)", NUMBER, 2},
        {"a + 1", "a condition (true or false) is expected here, but this is a number", TRUTH, 2},
        {"a + 'x'", "a number is expected here, but this is a text", NUMBER, 4},
        {"a > 3 and b + 1", "a condition (true or false) is expected here, but this is a number", TRUTH, 12},
        {"3 = 'x'", "a number is expected here, but this is a text", TRUTH, 4},
        {"a in (1, 'x')", "a number is expected here, but this is a text", TRUTH, 9},
        {"a < b", "what are the columns compared as?", TRUTH, 2},
        {"(a > 1) < (b > 1)", "compared by = and != alone", TRUTH, 8},
        {"year(a) = '2019'", "a number is expected here, but this is a text", TRUTH, 10},
        {"year(12) = 3", "a date, such as 2019-12-31, is expected here, but this is a number", TRUTH, 5},
        {"year('x') = 3", "a date, such as 2019-12-31, is expected here, but this is a text", TRUTH, 5},
        {"a >= 2019-02-30", "there is no such day", TRUTH, 5},
        {"round(a, b)", "a whole number, 0 to 12, is expected here", NUMBER, 9},
        {"round(a, 13)", "a whole number, 0 to 12, is expected here", NUMBER, 9},
        {"round(a, 1, 2)", "round takes at most 2 arguments, not 3", NUMBER, 0},
        {"abs(a, b)", "abs takes 1 argument, not 2", NUMBER, 0},
        {"if(a, 1)", "if takes 3 arguments, not 2", NUMBER, 0},
        {"if(a, 1, 'x')", "a number is expected here, but this is a text", NUMBER, 9},
        {"coalesce(a > 1, 2)", "a number is expected here, but this is a condition", NUMBER, 0},
        {"lenght(a)", "there is no function \"lenght\"; did you mean \"length\"?", NUMBER, 0},
        {"system('rm')", "there is no function \"system\"", NUMBER, 0},
        {"a is empty", "\"missing\" is expected here", TRUTH, 5},
        {"a not 3", "\"in\" is expected here", TRUTH, 6},
        {"a in 3", "a list is expected here", TRUTH, 5},
        {"a = 1 = 1", "an operator is missing here", TRUTH, 6},
        {"a = 'x", "a quote that does not close", TRUTH, 4},
        {"abs()", "is missing here", NUMBER, 4},
        {"abs(a", "does not close", NUMBER, 3},
        {"a ! b", "\"!\" has no place", TRUTH, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_error err = {0};
        tsl__expr *expr = (tsl__expr *)1;
        if (tsl__expr_open_typed("where", cases[i].text, names, NULL, NAMES, cases[i].types, &expr, &err) !=
            TSL_E_OPTION) {
            fail_msg("%s is taken", cases[i].text);
        }
        assert_null(expr);
        const char *last = strrchr(err.message, '\n');
        if (!strstr(err.message, cases[i].message) || !last || strlen(last + 1) != (size_t)cases[i].caret + 3 ||
            last[strlen(last) - 1] != '^') {
            fail_msg("%s: %s", cases[i].text, err.message);
        }
    }
}

/* Columns of which it is known what they hold are compared as that, or it is refused. */
static void test_known(void **state)
{
    (void)state;
    static const char *const columns[] = {"n", "d", "c", "t"};
    static const tsl__expr_type known[] = {TSL__EXPR_NUMBER, TSL__EXPR_DATE, TSL__EXPR_OPEN, TSL__EXPR_TEXT};
    static const struct {
        const char *text, *message; /* NULL: it is taken, */
        tsl__expr_type type;        /* the first operand as this */
        int caret;
    } cases[] = {
        {"n = 5", NULL, TSL__EXPR_NUMBER, 0},
        {"n > n", NULL, TSL__EXPR_NUMBER, 0},
        {"n = c", NULL, TSL__EXPR_NUMBER, 0},
        {"c < n", NULL, TSL__EXPR_NUMBER, 0},
        {"text(n) > '5'", NULL, TSL__EXPR_TEXT, 0},
        {"date(n) > 2024-01-31", NULL, TSL__EXPR_DATE, 0},
        {"n is missing", NULL, TSL__EXPR_TEXT, 0},
        {"d > '2024-01-31'", NULL, TSL__EXPR_DATE, 0},
        {"d = d", NULL, TSL__EXPR_DATE, 0},
        {"d > c", NULL, TSL__EXPR_DATE, 0},
        {"number(d) > 20240131", NULL, TSL__EXPR_NUMBER, 0},
        {"weekday(d) = 7", NULL, TSL__EXPR_DATE, 0},
        {"d is missing", NULL, TSL__EXPR_TEXT, 0},
        {"text(d) = '31.1.2024'", NULL, TSL__EXPR_TEXT, 0},
        {"t = '5'", NULL, TSL__EXPR_TEXT, 0},
        {"t in ('5', '6')", NULL, TSL__EXPR_TEXT, 0},
        {"t = 5", NULL, TSL__EXPR_NUMBER, 0},
        {"t > 'x'", NULL, TSL__EXPR_TEXT, 0},
        {"c = t", NULL, TSL__EXPR_TEXT, 0},
        {"c = '007'", NULL, TSL__EXPR_TEXT, 0},
        {"c = '1E5'", NULL, TSL__EXPR_TEXT, 0},
        {"c = '5.'", NULL, TSL__EXPR_TEXT, 0},
        {"c = '-'", NULL, TSL__EXPR_TEXT, 0},
        {"c in ('5', 'A')", NULL, TSL__EXPR_TEXT, 0},
        {"text(c) = '5'", NULL, TSL__EXPR_TEXT, 0},
        {"coalesce(c, '') = '5'", NULL, TSL__EXPR_TEXT, 0},
        {"c > ''", NULL, TSL__EXPR_TEXT, 0},
        {"text(c) > '5'", NULL, TSL__EXPR_TEXT, 0},
        {"n > '5'", "a number is expected here, but this is a text; write it without quotes", 0, 4},
        {"'5' <= n", "write it without quotes", 0, 0},
        {"n in (1, '5')", "write it without quotes", 0, 9},
        {"n = ''", "a number is expected here, but this is a text; \"is missing\" asks for what is not there", 0, 4},
        {"n != 'x'", "a number is expected here, but this is a text", 0, 5},
        {"n > 2024-01-31", "a number is expected here, but this is a date", 0, 4},
        {"n = '2024-01-31'", "a number is expected here, but this is a text", 0, 4},
        {"n = true", "a number is expected here, but this is a condition", 0, 4},
        {"n and c", "a condition (true or false) is expected here, but this is a number", 0, 0},
        {"year(n) = 2024", "but this is a number; date(...) around it says otherwise", 0, 5},
        {"lower(n) = 'x'", "but this is a number; text(...) around it says otherwise", 0, 6},
        {"coalesce(n, '') = ''", "a number is expected here", 0, 12},
        {"weekday(n) = 7", "but this is a number; date(...) around it says otherwise", 0, 8},
        {"d > 2024", "is expected here, but this is a number; write '2024-01-01', or number(...)", 0, 4},
        {"d in (20240131, 2025)", "but this is a number; write '2024-01-31', or", 0, 6},
        {"2024 <= d", "a number is expected here, but this is a date; number(...) around it says otherwise", 0, 8},
        {"d > 45000", "but this is a number; number(...) around a column reads it as a number", 0, 4},
        {"d > 20241331", "but this is a number; number(...) around a column", 0, 4},
        {"d > 2024.5", "but this is a number; number(...) around a column", 0, 4},
        {"d + 1 > 2", "a number is expected here, but this is a date; number(...) around it says otherwise", 0, 0},
        {"abs(d) > 2", "a number is expected here, but this is a date", 0, 4},
        {"n = d", "a number is expected here, but this is a date; number(...) around it", 0, 4},
        {"lower(d) = 'x'", "a text is expected here, but this is a date; text(...) around it says otherwise", 0, 6},
        {"d and c", "a condition (true or false) is expected here, but this is a date", 0, 0},
        {"d > '2024'", "a date, such as 2019-12-31, is expected here, but this is a text", 0, 4},
        {"d = '31.1.2024'", "a date, such as 2019-12-31, is expected here, but this is a text", 0, 4},
        {"c = '5'", "is the column one of numbers or of texts? write it without quotes, or text(...)", 0, 4},
        {"c != '-3.50'", "is the column one of numbers or of texts?", 0, 5},
        {"'0' = c", "is the column one of numbers or of texts?", 0, 0},
        {"c in ('5', '6')", "is the column one of numbers or of texts?", 0, 6},
        {"c not in ('0.5')", "is the column one of numbers or of texts?", 0, 10},
        {"t > '5'", "texts are compared letter by letter", 0, 4},
        {"c > '5'", "texts are compared letter by letter", 0, 4},
        {"'-5.0' >= c", "texts are compared letter by letter", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_error err = {0};
        tsl__expr *expr;
        const tsl_status status = tsl__expr_open_typed("where", cases[i].text, columns, known, 4, TRUTH, &expr, &err);
        if (!cases[i].message) {
            if (status != TSL_OK || tsl__expr_get_operand_types(expr)[0] != cases[i].type) {
                fail_msg("%s: %s", cases[i].text, err.message);
            }
            tsl__expr_free(expr);
            continue;
        }
        const char *last = status == TSL_E_OPTION ? strrchr(err.message, '\n') : NULL;
        if (!last || !strstr(err.message, cases[i].message) || strlen(last + 1) != (size_t)cases[i].caret + 3) {
            fail_msg("%s: %s", cases[i].text, err.message);
        }
    }
}

/* A column is read as what it is used as; as two, it is two operands. */
static void test_operands_have_types(void **state)
{
    (void)state;
    tsl__expr *expr;
    size_t count;
    assert_int_equal(tsl__expr_open_typed("where",
                                          "a > 3 and b = 'x' and c >= 2019-01-01 and text(a) != '04' and a < 9", names,
                                          NULL, NAMES, TRUTH, &expr, NULL),
                     TSL_OK);
    const size_t *operand = tsl__expr_get_operands(expr, &count);
    const tsl__expr_type *type = tsl__expr_get_operand_types(expr);
    const size_t expected[] = {0, 1, 2, 0};
    const tsl__expr_type types[] = {TSL__EXPR_NUMBER, TSL__EXPR_TEXT, TSL__EXPR_DATE, TSL__EXPR_TEXT};
    assert_int_equal(count, 4);
    assert_memory_equal(operand, expected, sizeof expected);
    assert_memory_equal(type, types, sizeof types);
    assert_false(tsl__expr_is_arithmetic(expr));
    tsl__expr_free(expr);
    assert_int_equal(tsl__expr_open("amount", "a * (b - 1) / -c", names, NAMES, &expr, NULL), TSL_OK);
    assert_true(tsl__expr_is_arithmetic(expr));
    tsl__expr_free(expr);
    assert_int_equal(tsl__expr_open("amount", "abs(a)", names, NAMES, &expr, NULL), TSL_OK);
    assert_false(tsl__expr_is_arithmetic(expr));
    tsl__expr_free(expr);
}

/* Two columns are compared as texts, unless something says otherwise. */
static void test_columns_alone(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tsl__expr_type type;
    } cases[] = {{"a = b", TSL__EXPR_TEXT},
                 {"a in (b, c)", TSL__EXPR_TEXT},
                 {"number(a) < b", TSL__EXPR_NUMBER},
                 {"a <= date(b)", TSL__EXPR_DATE},
                 {"a is missing", TSL__EXPR_TEXT},
                 {"coalesce(a, b) = '2019-01-31'", TSL__EXPR_DATE},
                 {"a = 'x' or a = 'y'", TSL__EXPR_TEXT},
                 {"a in ('2019-01-01', 'x')", TSL__EXPR_TEXT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__expr *expr;
        tsl_error err;
        if (tsl__expr_open_typed("where", cases[i].text, names, NULL, NAMES, TRUTH, &expr, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        assert_int_equal(tsl__expr_get_operand_types(expr)[0], cases[i].type);
        tsl__expr_free(expr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_errors), cmocka_unit_test(test_operands_have_types),
                                       cmocka_unit_test(test_columns_alone), cmocka_unit_test(test_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
