/* test_arguments.c: what people write for a number or a language. */
#include <tesela/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void test_numbers(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "x", "inf", "nan", "1e999", "1,5"};
    tsl_error err;
    double value = 42;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(tsl_number_read(bad[i], &value, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, bad[i]));
        assert_true(value == 42);
    }
    assert_int_equal(tsl_number_read("-2.5", &value, &err), TSL_OK);
    assert_true(value == -2.5);
    assert_int_equal(err.status, TSL_OK); /* of the call before nothing is left */
    assert_string_equal(err.message, "");
    assert_int_equal(tsl_number_read("1", &value, NULL), TSL_OK);
}

static void test_languages(void **state)
{
    (void)state;
    tsl_error err;
    int index = 7;
    assert_int_equal(tsl_lang_read("de", &index, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "lang: \"de\" is not en or zh");
    assert_int_equal(tsl_lang_read(NULL, &index, &err), TSL_E_OPTION);
    assert_int_equal(index, 7);
    for (int i = 0; i < TSL_LANGS; i++) {
        assert_int_equal(tsl_lang_read(tsl_lang_get_code(i), &index, &err), TSL_OK);
        assert_int_equal(index, i);
    }
    assert_string_equal(tsl_lang_get_code(-1), "?");
    assert_string_equal(tsl_lang_get_code(TSL_LANGS), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_languages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
