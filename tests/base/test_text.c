/* test_text.c: a growing text; decimals and CSV fields. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void test_append(void **state)
{
    (void)state;
    tsl__text text = {0};
    char expected[6001] = "";
    for (int i = 0; i < 1000; i++) {
        tsl__text_append(&text, "abc", 3);
        tsl__text_puts(&text, "de");
        tsl__text_append(&text, "", 0);
        tsl__text_printf(&text, "%d", i % 10);
        memcpy(expected + i * 6, "abcde0", 7);
        expected[i * 6 + 5] = (char)('0' + i % 10);
    }
    assert_int_equal(text.length, 6000);
    assert_string_equal(text.data, expected);
    tsl__text_clear(&text);
    assert_int_equal(text.length, 0);
    assert_string_equal(text.data, "");
    memset(expected, 'x', 6000);
    tsl__text_printf(&text, "<%s>", expected); /* longer than any buffer inside */
    assert_int_equal(text.length, 6002);
    assert_memory_equal(text.data + 1, expected, 6000);
    tsl__text_free(&text);
    assert_null(text.data);
}

static void test_take(void **state)
{
    (void)state;
    tsl__text text = {0};
    char *taken = tsl__text_take(&text);
    assert_string_equal(taken, "");
    free(taken);
    tsl__text_puts(&text, "x");
    taken = tsl__text_take(&text);
    assert_string_equal(taken, "x");
    free(taken);
    tsl__text_puts(&text, "y");
    text.failed = 1;
    tsl__text_puts(&text, "z");
    assert_string_equal(text.data, "y");
    assert_null(tsl__text_take(&text));
    assert_null(text.data);
}

static void test_decimal(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        int places;
        const char *text;
    } rows[] = {
        {125000, 2, "12.50"},
        {125000, 0, "12.5"},
        {125000, 4, "12.5000"},
        {120000, 0, "12"},
        {0, 0, "0"},
        {0, 2, "0.00"},
        {1, 0, "0.0001"},
        {-1, 2, "-0.0001"},
        {-125000, 2, "-12.50"},
        {10000000, 0, "1000"},
        {100, 0, "0.01"},
        {-9999, 0, "-0.9999"},
        {46563896, 2, "4656.3896"},
        {INT64_MAX, 0, "922337203685477.5807"},
        {INT64_MIN, 0, "-922337203685477.5808"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl__text text = {0};
        tsl__text_decimal(&text, rows[i].value, rows[i].places);
        assert_string_equal(text.data, rows[i].text);
        tsl__text_free(&text);
    }
}

static void test_fixed(void **state)
{
    (void)state;
    static const struct {
        double value;
        int places;
        const char *text;
    } rows[] = {
        {12.5, 2, "12.50"},           {-0.00004, 0, "0"},     {0.00005, 2, "0.0001"}, {8.99e14, 0, "899000000000000"},
        {9e14, 2, "900000000000000"}, {-1e300, 2, "-1e+300"}, {INFINITY, 2, "inf"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl__text text = {0};
        tsl__text_fixed(&text, rows[i].value, rows[i].places);
        assert_string_equal(text.data, rows[i].text);
        tsl__text_free(&text);
    }
    tsl__text text = {0};
    tsl__text_fixed(&text, NAN, 2);
    assert_null(text.data);
}

static void test_double(void **state)
{
    (void)state;
    tsl__text text = {0};
    tsl__text_double(&text, 0.1);
    tsl__text_double(&text, NAN);
    tsl__text_puts(&text, ",");
    tsl__text_double(&text, -2);
    assert_string_equal(text.data, "0.1,-2");
    tsl__text_free(&text);
}

static void test_is_digit(void **state)
{
    (void)state;
    int count = 0;
    for (int c = 0; c < 256; c++) {
        count += tsl__is_digit((char)c);
    }
    assert_int_equal(count, 10);
    assert_true(tsl__is_digit('0') && tsl__is_digit('9'));
}

/* A space where the scripts meet, and nowhere else. */
static void test_join(void **state)
{
    static const char *const cases[][3] = {{"Spend", "偏低", "Spend 偏低"},
                                           {"若", "Gender", "若 Gender"},
                                           {"年收入", "高", "年收入高"},
                                           {"Spend", "：是", "Spend：是"},
                                           {"3", "高", "3 高"},
                                           {"a)", "高", "a)高"},
                                           {"", "高", "高"},
                                           {"é", "高", "é高"},
                                           {"Spend ", "高", "Spend 高"},
                                           {"a", "b", "ab"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__text text = {0};
        tsl__text_puts(&text, cases[i][0]);
        tsl__text_join(&text, cases[i][1]);
        assert_string_equal(text.data, cases[i][2]);
        tsl__text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),     cmocka_unit_test(test_append), cmocka_unit_test(test_take),
        cmocka_unit_test(test_decimal),  cmocka_unit_test(test_fixed),  cmocka_unit_test(test_double),
        cmocka_unit_test(test_is_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
