/* test_options.c: options structs that grow: older and newer programs. */
#include "base/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct options {
    size_t size;
    int a;
    double appended;
} options;

static const options defaults = {sizeof defaults, 7, 1.5};

static void test_older_program(void **state)
{
    (void)state;
    struct {
        size_t size;
        int a;
    } old;
    options full = defaults;
    tsl__options_give(&old, sizeof old, &defaults, sizeof defaults);
    assert_true(old.size == sizeof old && old.a == 7);
    old.a = 8;
    assert_int_equal(tsl__options_take("test", &full, sizeof full, &old, NULL), TSL_OK);
    assert_true(full.size == sizeof full && full.a == 8 && full.appended == 1.5);
}

static void test_nothing_given(void **state)
{
    (void)state;
    options full = defaults;
    assert_int_equal(tsl__options_take("test", &full, sizeof full, NULL, NULL), TSL_OK);
    assert_true(full.a == 7 && full.appended == 1.5);
}

static void test_refused(void **state)
{
    (void)state;
    options full = defaults, given = {0};
    tsl_error err;
    assert_int_equal(tsl__options_take("test", &full, sizeof full, &given, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "test options: size is 0: start from tsl_test_defaults");
    given.size = sizeof given + 1;
    assert_int_equal(tsl__options_take("test", &full, sizeof full, &given, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "newer"));
    assert_int_equal(full.a, 7);
}

/* A count without its list, and a list that lacks a text. */
static void test_lists(void **state)
{
    (void)state;
    static const char *const whole[] = {"a", "b"}, *const lacking[] = {"a", NULL};
    tsl_error err;
    assert_int_equal(tsl__options_check_list(NULL, 0, "list", &err), TSL_OK);
    assert_int_equal(tsl__options_check_list(whole, 2, "list", &err), TSL_OK);
    assert_int_equal(tsl__options_check_list(NULL, 3, "list", &err), TSL_E_OPTION);
    assert_string_equal(err.message, "list: 3 are announced, but none is there");
    assert_int_equal(tsl__options_check_texts(NULL, 0, "texts", &err), TSL_OK);
    assert_int_equal(tsl__options_check_texts(whole, 2, "texts", &err), TSL_OK);
    assert_int_equal(tsl__options_check_texts(NULL, 1, "texts", &err), TSL_E_OPTION);
    assert_int_equal(tsl__options_check_texts(lacking, 2, "texts", &err), TSL_E_OPTION);
    assert_string_equal(err.message, "texts: text 2 of 2 is not there");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_older_program),
        cmocka_unit_test(test_nothing_given),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
