/* test_status.c: names and exit codes; messages stay one line of valid UTF-8, whatever they quote. */
#include "base/error.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void test_exit_codes(void **state)
{
    (void)state;
    static const struct {
        tsl_status status;
        int exit;
    } rows[] = {
        {TSL_OK, 0},          {TSL_E_NOMEM, 1},       {TSL_E_IO, 1},     {TSL_E_EXISTS, 1},
        {TSL_E_INTERNAL, 1},  {TSL_E_CANCELLED, 130}, {TSL_E_OPTION, 2}, {TSL_E_CONFIG, 2},
        {TSL_E_NOT_FOUND, 3}, {TSL_E_INPUT, 3},       {TSL_E_FORMAT, 3}, {(tsl_status)99, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(tsl_status_get_exit(rows[i].status), rows[i].exit);
        assert_true(strlen(tsl_status_get_name(rows[i].status)) > 0);
    }
    assert_string_equal(tsl_status_get_name(TSL_E_INPUT), "input");
    assert_string_equal(tsl_status_get_name((tsl_status)99), "?");
    assert_string_equal(tsl_status_get_name((tsl_status)-1), "?");
}

static void test_set(void **state)
{
    (void)state;
    tsl_error err;
    assert_int_equal(tsl__error_set(&err, TSL_E_INPUT, "%s:%d: bad", "a.csv", 3), TSL_E_INPUT);
    assert_int_equal(err.status, TSL_E_INPUT);
    assert_string_equal(err.message, "a.csv:3: bad");
    assert_int_equal(tsl__error_prefix(&err, TSL_E_INPUT, "orders"), TSL_E_INPUT);
    assert_string_equal(err.message, "orders: a.csv:3: bad");
    assert_int_equal(tsl__error_nomem(&err), TSL_E_NOMEM);
    assert_int_equal(tsl__error_set(NULL, TSL_E_IO, "x"), TSL_E_IO);
    assert_int_equal(tsl__error_prefix(NULL, TSL_E_IO, "x"), TSL_E_IO);
    assert_int_equal(tsl__error_errno(&err, ENOENT, "a.csv", "cannot be opened"), TSL_E_NOT_FOUND);
    assert_string_equal(err.message, "a.csv: cannot be opened: No such file or directory");
    assert_int_equal(tsl__error_errno(&err, ENOSPC, "out", "cannot be written"), TSL_E_IO);
}

static void test_messages_are_tidy(void **state)
{
    (void)state;
    tsl_error err;
    tsl__error_set(&err, TSL_E_INPUT, "\"%s\"",
                   "a\nb\tc\x7F\xFF"
                   "d\xE5\xAE客");
    assert_string_equal(err.message, "\"a b c ?d??客\"");
    tsl__error_set(&err, TSL_E_INPUT, "\"%.4s\"", "客户"); /* a precision that cuts a character */
    assert_string_equal(err.message, "\"客?\"");
}

/* Too long: cut between characters. */
static void test_cut(void **state)
{
    (void)state;
    char text[2000];
    for (size_t lead = 0; lead < 6; lead++) {
        tsl_error err;
        memset(text, 'x', lead);
        for (size_t i = lead; i + 3 < sizeof text; i += 3) {
            memcpy(text + i, "客", 4);
        }
        tsl__error_set(&err, TSL_E_INPUT, "%s", text);
        size_t length = strlen(err.message);
        assert_in_range(length, sizeof err.message - 4, sizeof err.message - 1);
        assert_int_equal(tsl__utf8_check(err.message, length), length);
        assert_null(strchr(err.message, '?'));
        tsl__error_prefix(&err, TSL_E_INPUT, "place");
        assert_int_equal(strncmp(err.message, "place: ", 7), 0);
        length = strlen(err.message);
        assert_int_equal(tsl__utf8_check(err.message, length), length);
        assert_null(strchr(err.message, '?'));
    }
}

/* The version is the build's, major.minor.patch. */
static void test_version(void **state)
{
    (void)state;
    int major, minor, patch, end = 0;
    assert_int_equal(sscanf(tsl_version_get(), "%d.%d.%d%n", &major, &minor, &patch, &end), 3);
    assert_int_equal(tsl_version_get()[end], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_codes), cmocka_unit_test(test_set),     cmocka_unit_test(test_messages_are_tidy),
        cmocka_unit_test(test_cut),        cmocka_unit_test(test_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
