/* test_quotes.c: what stands between quotes does not stay, whatever room there is. */
#include "table/cell/quotes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static void test_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *message, *expected;
        size_t room;
    } cases[] = {
        {"a.csv:2: amount: \"12,5o\" is no number", "a.csv:2: amount: \"...\" is no number", 80},
        {"\"A\" beside \"B\"", "\"...\" beside \"...\"", 80},
        {"\"Zhang San of somewhere\" is gone", "\"...\" is gone", 80},
        {"\"\" is empty", "\"\" is empty", 80},
        {"it ends amid \"Zhang S", "it ends amid \"...", 80},
        {"nothing is quoted", "nothing is quoted", 80},
        {"say \"a \\\"b\\\" c\" now", "say \"...\" now", 80},
        {"\"x\" y", "\"...\" ", 7}, /* the end is cut where there is no room */
        {"ab\"x", "ab\"", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[80];
        snprintf(text, sizeof text, "%s", cases[i].message);
        tsl__quotes_hide(text, cases[i].room);
        assert_string_equal(text, cases[i].expected);
        assert_true(strlen(text) < cases[i].room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hidden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
