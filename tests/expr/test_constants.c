/* test_constants.c: what stands beside a column in an expression, and where its truth may change. */
#include "expr/constants.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const char *const names[] = {"tier", "x", "y"};
static const tsl__expr_type known[] = {TSL__EXPR_TEXT, TSL__EXPR_NUMBER, TSL__EXPR_NUMBER};

static tsl__expr *open(const char *text)
{
    tsl__expr *expr = NULL;
    tsl_error err;
    if (tsl__expr_open_typed("c", text, names, known, 3, TSL__EXPR_OF(TSL__EXPR_TRUTH), &expr, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return expr;
}

static void test_other_texts(void **state)
{
    (void)state;
    static const char *const codes[] = {"vip", "gold"};
    static const struct {
        const char *text, *other;
    } cases[] = {
        {"tier = 'vip'", NULL},
        {"tier = 'gild'", "gild"},
        {"'gild' != tier", "gild"},
        {"tier in ('vip', 'gold')", NULL},
        {"x > 1 and tier in ('vip', 'silver', 'gold')", "silver"},
        {"not tier in ('vip', 'silver')", "silver"},
        {"text(x) = '7' or tier = 'gold'", NULL},
        {"tier in (text(x), 'none')", "none"},
        {"if(tier = 'lead', x, y) > 1", "lead"},
        {"coalesce(tier, 'no') = 'vip'", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__expr *expr = open(cases[i].text);
        const char *other = tsl__constants_find_other(expr, 0, codes, 2);
        if (!other != !cases[i].other || (other && strcmp(other, cases[i].other) != 0)) {
            fail_msg("%s: %s", cases[i].text, other ? other : "none");
        }
        tsl__expr_free(expr);
    }
}

static void test_conditions_over_one_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int decides;
        size_t constants;
    } cases[] = {
        {"x > 3", 1, 1},
        {"x > -3 and x <= 7", 1, 2},
        {"x in (1, 2, 3)", 1, 4}, /* and the false that it begins with */
        {"x is missing", 1, 0},
        {"not (x = 1 or 2 < x)", 1, 2},
        {"x + 1 > 3", 0, 0},
        {"-x > 3", 0, 0},
        {"x > y", 0, 0},
        {"x > 3 and y > 3", 0, 0},
        {"abs(x) > 3", 0, 0},
        {"tier = 'vip'", 1, 1},
        {"lower(tier) = 'vip'", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__expr *expr = open(cases[i].text);
        size_t column, count = 0;
        tsl__expr_value value;
        tsl__expr_type type;
        if (tsl__constants_decide(expr, &column) != cases[i].decides) {
            fail_msg("%s", cases[i].text);
        }
        while (cases[i].decides && tsl__constants_get(expr, count, &value, &type)) {
            count++;
        }
        assert_int_equal(count, cases[i].constants);
        tsl__expr_free(expr);
    }
}

static void test_signs(void **state)
{
    (void)state;
    tsl__expr *expr = open("x > -2.5");
    tsl__expr_value value;
    tsl__expr_type type;
    assert_true(tsl__constants_get(expr, 0, &value, &type));
    assert_int_equal(type, TSL__EXPR_NUMBER);
    assert_int_equal((int)value.number.units, -25);
    assert_int_equal(value.number.places, 1);
    assert_false(tsl__constants_get(expr, 1, &value, &type));
    tsl__expr_free(expr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_other_texts),
                                       cmocka_unit_test(test_conditions_over_one_column), cmocka_unit_test(test_signs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
