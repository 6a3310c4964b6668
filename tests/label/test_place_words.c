/* test_place_words.c: places from either end, in both languages; no two are called the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "label/place_words.h"

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(tsl__place_get_word(1, 1, 0), "highest");
    assert_string_equal(tsl__place_get_word(2, 0, 0), "second-lowest");
    assert_string_equal(tsl__place_get_word(TSL__PLACE_LAST, 1, 0), "sixth-highest");
    assert_string_equal(tsl__place_get_word(1, 0, 1), "最低");
    assert_string_equal(tsl__place_get_word(3, 1, 1), "第三高");
    assert_string_equal(tsl__place_get_word(TSL__PLACE_LAST, 0, 1), "第六低");
}

static void test_distinct(void **state)
{
    (void)state;
    for (int i = 0; i < 4 * TSL__PLACE_LAST; i++) {
        for (int j = 0; j < i; j++) {
            const char *a = tsl__place_get_word(1 + i / 4, i & 1, i >> 1 & 1);
            const char *b = tsl__place_get_word(1 + j / 4, j & 1, j >> 1 & 1);
            assert_string_not_equal(a, b);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
