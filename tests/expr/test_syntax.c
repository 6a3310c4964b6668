/* test_syntax.c: whatever the text is, it is an expression or it is refused; and its bounds. */
#include "fuzz/fuzz_expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static unsigned next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33);
}

/* Texts of random words of the language, many of which are expressions, and with random bytes among them. */
static void test_any_text(void **state)
{
    static const char *const words[] = {"a",
                                        "status",
                                        "day",
                                        "\"Unit Price\"",
                                        "1",
                                        "2.5",
                                        "0",
                                        "'x'",
                                        "'2019-01-01'",
                                        "2019-12-31",
                                        "true",
                                        "+",
                                        "-",
                                        "*",
                                        "/",
                                        "(",
                                        ")",
                                        "(",
                                        ")",
                                        ",",
                                        "=",
                                        "!=",
                                        "<",
                                        ">=",
                                        "and",
                                        "or",
                                        "not",
                                        "in",
                                        "is",
                                        "missing",
                                        "if(",
                                        "coalesce(",
                                        "min(",
                                        "round(",
                                        "lower(",
                                        "year(",
                                        "length(",
                                        "days_between(",
                                        "text(",
                                        "number(",
                                        "date("};
    const size_t count = sizeof words / sizeof *words;
    uint64_t seed = 11;
    (void)state;
    for (int i = 0; i < 60000; i++) {
        char text[512] = "";
        const unsigned length = 1 + next(&seed) % 12;
        for (unsigned w = 0; w < length; w++) {
            strcat(text, words[next(&seed) % count]);
            strcat(text, next(&seed) % 4 ? " " : "");
        }
        if (i % 5 == 0) {
            text[next(&seed) % strlen(text)] = (char)next(&seed);
        }
        fuzz_expression(text, strlen(text));
    }
}

static void test_bounds(void **state)
{
    (void)state;
    static const char *const names[] = {"a"};
    char text[20000];
    tsl_error err;
    tsl__expr *expr;
    memset(text, ' ', sizeof text);
    text[sizeof text - 2] = '1';
    text[sizeof text - 1] = 0;
    assert_int_equal(tsl__expr_open("amount", text, names, 1, &expr, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "too long: at most 8192 bytes"));
    /* the deepest tree that there may be: a chain that fills the text */
    size_t at = (size_t)sprintf(text, "a");
    while (at < 8190) {
        at += (size_t)sprintf(text + at, "+a");
    }
    assert_int_equal(tsl__expr_open("amount", text, names, 1, &expr, &err), TSL_OK);
    tsl__expr_free(expr);
    /* a long list takes no room to wait in */
    at = (size_t)sprintf(text, "if(a in (0");
    while (at < 8000) {
        at += (size_t)sprintf(text + at, ",1");
    }
    sprintf(text + at, "), 1, 0)");
    assert_int_equal(tsl__expr_open("amount", text, names, 1, &expr, &err), TSL_OK);
    tsl__expr_free(expr);
    /* deep ones are refused, of every kind */
    static const char *const openers[] = {"(", "-", "not ", "abs(", "if(true,1,", "1+("};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        text[0] = 0;
        for (int k = 0; k < 100; k++) {
            strcat(text, openers[i]);
        }
        assert_int_equal(tsl__expr_open("amount", text, names, 1, &expr, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, "too deeply nested"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_text), cmocka_unit_test(test_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
