/* test_pattern.c: names that stand for several. */
#include "feature/words/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        int fits;
    } cases[] = {
        {"a", "a", 1},      {"a", "ab", 0},        {"*", "", 1},
        {"*", "ab", 1},     {"a*", "abc", 1},      {"a*c", "abbc", 1},
        {"a*c", "abcb", 0}, {"?", "a", 1},         {"?", "", 0},
        {"?", "数", 1},     {"?", "ab", 0},        {"*b*", "abc", 1},
        {"a**b", "ab", 1},  {"", "", 1},           {"", "a", 0},
        {"A", "a", 0},      {"*_90d", "f_90d", 1}, {"a*b*c", "aXbYbZc", 1},
        {"[a]", "a", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__pattern_fits(cases[i].pattern, cases[i].name) != cases[i].fits) {
            fail_msg("%s, %s", cases[i].pattern, cases[i].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_patterns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
