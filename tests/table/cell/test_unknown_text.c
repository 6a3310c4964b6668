/* test_unknown_text.c: texts that say that nobody knows, and those that say something. */
#include "table/cell/unknown_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_texts(void **state)
{
    (void)state;
    static const char *const unknown[] = {"Unknown", "UNKNOWN",    "not known", "n.a.",   "N/A",
                                          "?",       "Don't know", "不详",      "不清楚", "未知"},
                             *const known[] = {"", "no", "none", "other", "unknown soldier", "9", "否", "maybe"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_true(tsl__unknown_is_text(unknown[i]));
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_false(tsl__unknown_is_text(known[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
