/* test_suppression.c: a set of ids, by what they are and by their form, and which of them were met. */
#include "table/cell/suppression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_error err;

static void check(const tsl_suppression *s, const char *id, int by_form, int expected, size_t found)
{
    assert_int_equal(tsl__suppression_has(s, tsl__span_make(id), by_form), expected);
    assert_int_equal(tsl_suppression_get_info(s).found, found);
}

static void test_set(void **state)
{
    (void)state;
    tsl_suppression *s;
    assert_int_equal(tsl__suppression_open(&s, &err), TSL_OK);
    static const char *const ids[] = {"A1", "b2", "17850", "A1"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(tsl__suppression_add(s, ids[i], &err), TSL_OK);
    }
    assert_int_equal(tsl_suppression_get_info(s).ids, 3); /* one stands twice */
    check(s, "A2", 0, 0, 0);
    check(s, "A1", 0, 1, 1);
    check(s, "a1", 0, 0, 1);
    check(s, "17850.0", 0, 0, 1);
    check(s, "17850.0", 1, 1, 2); /* spellings of one id are one where ids are normalised */
    check(s, " B2", 1, 1, 3);
    check(s, "a1", 1, 1, 3);
    assert_string_equal(tsl__suppression_get_id(s, 1), "b2");
    tsl_suppression_free(s);
    tsl_suppression_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_set)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
