/* test_evaluate.c: what expressions of all types are for a row, against tables of values and a naive reference. */
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

/* status 'Paid', city ' Köln ', n 7, half 2.5, none missing, when 2019-06-30 (a Sunday) at 18:45, born 2000-02-29. */
static const char *const names[] = {"status", "city", "n", "half", "none", "when", "born", "yes", "and", "year"};
#define NAMES (sizeof names / sizeof *names)

static tsl__expr_value missing(void)
{
    return (tsl__expr_value){.number = tsl__decimal_missing()};
}

static tsl__expr_value text_of(const char *text)
{
    return (tsl__expr_value){.text = text, .length = strlen(text)};
}

static tsl__expr_value date_of(int year, int month, int day, int seconds)
{
    return (tsl__expr_value){.time = (int64_t)tsl__day_make(year, month, day) * TSL__DAY_SECONDS + seconds};
}

static tsl__expr_value value_of(size_t name, tsl__expr_type type)
{
    tsl__expr_value v;
    switch (name) {
    case 0:
        return type == TSL__EXPR_TEXT ? text_of("Paid") : missing();
    case 1:
        return text_of(" K\xC3\xB6ln ");
    case 2:
        return type == TSL__EXPR_TEXT ? text_of("7") : (tsl__expr_value){.number = tsl__decimal_make(7, 0, 0)};
    case 3:
        return (tsl__expr_value){.number = tsl__decimal_make(25, -1, 0)};
    case 5:
        return date_of(2019, 6, 30, 18 * 3600 + 45 * 60);
    case 6:
        v = date_of(2000, 2, 29, 0);
        v.day_alone = 1;
        return v;
    case 7:
        return (tsl__expr_value){.time = 1};
    case 8:
    case 9:
        return (tsl__expr_value){.number = tsl__decimal_make(1, 0, 0)};
    default:
        return missing();
    }
}

static tsl__expr_value run(const char *text, unsigned types, tsl__expr_type *type)
{
    tsl__expr *expr;
    tsl_error err = {0};
    if (tsl__expr_open_typed("where", text, names, NULL, NAMES, types, &expr, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    size_t count;
    const size_t *operand = tsl__expr_get_operands(expr, &count);
    tsl__expr_value value[64];
    for (size_t i = 0; i < count; i++) {
        value[i] = value_of(operand[i], tsl__expr_get_operand_types(expr)[i]);
    }
    const tsl__expr_value v = tsl__expr_get_value(expr, value);
    *type = tsl__expr_get_type(expr);
    assert_null(v.text); /* which may not outlive the expression */
    tsl__expr_free(expr);
    return v;
}

/* 1, 0, -1: true, false, unknown. */
static int truth_of(const char *text)
{
    tsl__expr_type type;
    const tsl__expr_value v = run(text, TSL__EXPR_OF(TSL__EXPR_TRUTH), &type);
    assert_int_equal(type, TSL__EXPR_TRUTH);
    return v.number.state == TSL__DECIMAL_OK ? (int)v.time : -1;
}

static void test_conditions(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int truth;
    } cases[] = {
        {"status = 'Paid'", 1},
        {"status == 'paid'", 0}, /* texts by their bytes */
        {"lower(status) = 'paid'", 1},
        {"lower(status) = lower('PAID')", 1},
        {"status <> 'Paid'", 0},
        {"status < 'Q' and status > 'P'", 1},
        {"status in ('Open', 'Paid')", 1},
        {"status not in ('Open', 'Paid')", 0},
        {"status in ('Open', none)", -1}, /* it may be this one */
        {"status in ('Paid', none)", 1},
        {"n in (1, 2, 7)", 1},
        {"n > 6.99 and n <= 7", 1},
        {"n = 7.000", 1},
        {"text(n) = '7'", 1},
        {"number(n) < half", 0},
        {"not (n < number(half))", 1},
        {"not number(n) < half", 1}, /* not binds looser than a comparison */
        {"true or false and false", 1},
        {"(true or false) and false", 0},
        {"not false and false", 0},
        {"none > 3", -1},
        {"none = none", -1},
        {"none is missing", 1},
        {"none is not missing", 0},
        {"n is missing", 0},
        {"n / 0 is missing", 1},
        {"none > 3 or true", 1},
        {"none > 3 and false", 0},
        {"none > 3 or false", -1},
        {"none > 3 and true", -1},
        {"not none > 3", -1},
        {"when >= 2019-01-01 and when < 2020-01-01", 1},
        {"when >= '2019-06-30' ", 1},
        {"when = 2019-06-30", 0}, /* that is its midnight */
        {"when = '2019-06-30 18:45'", 1},
        {"when = 2019-06-30T18:45:00", 1},
        {"date(when) > date(born)", 1},
        {"weekday(when) = 7 and hour(when) = 18", 1},
        {"born in ('2000-02-29')", 1},
        {"yes", 1},
        {"yes = true", 1},
        {"coalesce(yes, false)", 1},
        {"if(none > 3, true, false)", -1},
        {"\"and\" = 1 AND \"year\" = 1", 1},
        {"year = 1", 1}, /* without a parenthesis it is a column */
        {"trim(city) = 'K\xC3\xB6ln'", 1},
        {"length(trim(city)) = 4", 1},
        {"'it''s' = 'it''s'", 1},
        {"'' < 'a'", 1},
        {"100000000000000000000000000000 * 100 > 0.000000000001", 1},
        {"-100000000000000000000000000000 * 100 < 0.000000000001", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (truth_of(cases[i].text) != cases[i].truth) {
            fail_msg("%s: %d", cases[i].text, truth_of(cases[i].text));
        }
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value; /* below -1e6: missing */
    } cases[] = {
        {"if(status = 'Paid', n * half, 0)", 17.5},
        {"if(status = 'Open', n / 0, 3)", 3}, /* what is not chosen does not matter */
        {"if(none = 1, 1, 2)", -1e9},
        {"coalesce(none, n)", 7},
        {"coalesce(none, none, 4)", 4},
        {"coalesce(n / 0, 5)", 5},
        {"min(n, half, 3)", 2.5},
        {"max(n, half, 3)", 7},
        {"max(n, none)", -1e9},
        {"abs(half - n)", 4.5},
        {"abs(-half)", 2.5},
        {"round(half)", 2}, /* half to even */
        {"round(half + 1)", 4},
        {"round(-half)", -2},
        {"round(1.2345, 2)", 1.23},
        {"round(1.235, 2)", 1.24},
        {"round(7, 2)", 7},
        {"year(when) * 100 + month(when)", 201906},
        {"day(born)", 29},
        {"days_between(born, when)", 7061},
        {"days_between(when, '2019-07-01')", 1},
        {"hour(born)", -1e9}, /* a day alone has no hour, */
        {"hour('2024-02-29')", -1e9},
        {"hour(2024-02-29)", -1e9},
        {"hour(2024-02-29 00:00)", 0}, /* but a midnight that is written */
        {"hour('2024-02-29T07:30')", 7},
        {"coalesce(hour(born), 12)", 12},
        {"length('K\xC3\xB6ln')", 4},
        {"number(n) + 1", 8},
        {"2 + 3 * coalesce(none, 4)", 14},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__expr_type type;
        const tsl__expr_value v = run(cases[i].text, TSL__EXPR_OF(TSL__EXPR_NUMBER), &type);
        int64_t got = TSL_MISSING_INT;
        int rounded;
        tsl__decimal_get(v.number, &got, &rounded);
        if (cases[i].value < -1e6 ? got != TSL_MISSING_INT : got != (int64_t)(cases[i].value * 10000)) {
            fail_msg("%s: %lld", cases[i].text, (long long)got);
        }
    }
}

/* What an expression may be: the first of the types is what a column alone is. */
static void test_types_of_the_whole(void **state)
{
    (void)state;
    const unsigned both = TSL__EXPR_OF(TSL__EXPR_NUMBER) | TSL__EXPR_OF(TSL__EXPR_TRUTH);
    tsl__expr_type type;
    run("n", both, &type);
    assert_int_equal(type, TSL__EXPR_NUMBER);
    run("n > 3", both, &type);
    assert_int_equal(type, TSL__EXPR_TRUTH);
    run("yes", TSL__EXPR_OF(TSL__EXPR_TRUTH), &type);
    assert_int_equal(type, TSL__EXPR_TRUTH);
}

/* ---- A naive reference ------------------------------------------------------------ */

static unsigned next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33);
}

/* Writes a random condition over true, false and unknown, and gives what it is. */
static int write_condition(uint64_t *seed, int depth, tsl__text *out)
{
    static const char *const leaf[] = {"false", "true", "none > 3"};
    if (depth == 0) {
        const unsigned which = next(seed) % 3;
        tsl__text_puts(out, leaf[which]);
        return which == 2 ? -1 : (int)which;
    }
    const unsigned kind = next(seed) % 3;
    tsl__text_puts(out, kind == 0 ? "not (" : "(");
    const int x = write_condition(seed, depth - 1, out);
    if (kind == 0) {
        tsl__text_puts(out, ")");
        return x < 0 ? -1 : !x;
    }
    tsl__text_puts(out, kind == 1 ? ") and (" : ") or (");
    const int y = write_condition(seed, depth - 1, out), deciding = kind != 1;
    tsl__text_puts(out, ")");
    return x == deciding || y == deciding ? deciding : x < 0 || y < 0 ? -1 : !deciding;
}

static void test_logic_against_a_reference(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 2000; i++) {
        tsl__text text = {0};
        const int truth = write_condition(&seed, 1 + i % 5, &text);
        if (truth_of(text.data) != truth) {
            fail_msg("%s", text.data);
        }
        tsl__text_free(&text);
    }
}

/* ---- Without some columns ----------------------------------------------------------- */

static void test_conditions_that_allow_for_a_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int allows; /* that status is not there; that city is not there either */
    } cases[] = {
        {"n > 3", 1},
        {"status != 'x'", 0},
        {"not (status = 'x')", 0},
        {"status in ('x', 'y')", 0},
        {"coalesce(status, '') != 'x'", 1},
        {"coalesce(status, '') in ('x', 'y')", 1},
        {"coalesce(status, city) = 'x'", 0},
        {"coalesce(status, city, 'x') = 'x'", 1},
        {"status is missing", 1},
        {"status is missing or status != 'x'", 1},
        {"status != 'x' or status is missing", 1},
        {"status is not missing and status = 'x'", 1},
        {"status is missing and status = 'x'", 0},
        {"n > 3 or status = 'x'", 0},
        {"n > 3 and status = 'x'", 0},
        {"length(status) > 3", 0},
        {"if(status is missing, n > 3, status = 'x')", 1},
        {"if(n > 3, true, status = 'x')", 0},
        {"if(status = 'x', true, true)", 0},
    };
    const char gone[NAMES] = {1, 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__expr *expr;
        tsl_error err;
        assert_int_equal(tsl__expr_open_typed("where", cases[i].text, names, NULL, NAMES, TSL__EXPR_OF(TSL__EXPR_TRUTH),
                                              &expr, &err),
                         TSL_OK);
        if (tsl__expr_allows_missing(expr, gone) != cases[i].allows) {
            fail_msg("%s", cases[i].text);
        }
        tsl__expr_free(expr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conditions), cmocka_unit_test(test_numbers), cmocka_unit_test(test_types_of_the_whole),
        cmocka_unit_test(test_logic_against_a_reference), cmocka_unit_test(test_conditions_that_allow_for_a_column)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
