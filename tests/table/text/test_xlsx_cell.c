/* test_xlsx_cell.c: numbers, dates and formats of workbooks. */
#include "table/text/xlsx_cell.h"

#include "help.h"

static void test_formats(void **state)
{
    (void)state;
    enum { DAY = TSL__SHOWS_DAY, CLOCK = TSL__SHOWS_CLOCK, LENGTH = TSL__SHOWS_LENGTH };
    static const struct {
        const char *code;
        unsigned shows;
    } codes[] = {
        {"yyyy-mm-dd", DAY},
        {"YYYY\\-MM\\-DD", DAY},
        {"dd/mm/yyyy hh:mm", DAY | CLOCK},
        {"h:mm AM/PM", CLOCK},
        {"mm:ss.0", CLOCK},
        {"mmm", DAY},
        {"[h]:mm:ss", LENGTH},
        {"[mm]:ss", LENGTH},
        {"[$-409]d-mmm-yy;@", DAY},
        {"yyyy\"年\"m\"月\"d\"日\"", DAY},
        {"[DBNum1][$-804]yyyy年m月d日", DAY},
        {"General", 0},
        {"GENERAL", 0},
        {"0.00", 0},
        {"#,##0.00_);[Red]\\(#,##0.00\\)", 0},
        {"0.00E+00", 0},
        {"\"day\" 0", 0},
        {"0\\d", 0},
        {"0_d", 0},
        {"0*d", 0},
        {"@", 0},
        {"0;yyyy", 0},
        {"00000", 5U << TSL__SHOWS_DIGITS},
        {"00;@", 2U << TSL__SHOWS_DIGITS},
        {"0000000000000000000000000000000", 31U << TSL__SHOWS_DIGITS},
        {"00000000000000000000000000000000", 0}, /* more than there is room for */
        {"00.00", 0},
        {"000-0000", 0},
        {"#00", 0},
        {"[Red]0", 0},
        {"[Magenta]0", 0},
        {"[", 0},
        {"\"", 0},
        {"\\", 0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (tsl__xlsx_format_of_code(codes[i].code) != codes[i].shows) {
            fail_msg("%s: %u", codes[i].code, tsl__xlsx_format_of_code(codes[i].code));
        }
    }
    assert_int_equal(tsl__xlsx_format_of_id(0), 0);
    assert_int_equal(tsl__xlsx_format_of_id(13), 0);
    assert_int_equal(tsl__xlsx_format_of_id(14), DAY);
    assert_int_equal(tsl__xlsx_format_of_id(20), CLOCK);
    assert_int_equal(tsl__xlsx_format_of_id(22), DAY | CLOCK);
    assert_int_equal(tsl__xlsx_format_of_id(46), LENGTH);
    assert_int_equal(tsl__xlsx_format_of_id(49), 0);
    assert_int_equal(tsl__xlsx_format_of_id(57), DAY);
    assert_int_equal(tsl__xlsx_format_of_id(164), 0);
}

/* The currency that a format writes beside the number. */
static void test_currencies(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"[$$-409]#,##0.00", " USD"},
        {"[$$-1009]#,##0.00", " CAD"},
        {"[$$-C0C] #,##0.00", " CAD"},
        {"[$€-2] #,##0.00", " EUR"},
        {"#,##0.00\\ [$€-407]", " EUR"},
        {"[$¥-804]#,##0.00", " CNY"},
        {"[$¥-411]#,##0", " JPY"},
        {"#,##0.00 [$kr-41D]", " SEK"},
        {"_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-", " EUR"},
        {"[$CHF-807] #,##0.00", " CHF"},
        {"[$USD] 0.00", " USD"},
        {"\"$\"#,##0.00_);[Red](\"$\"#,##0.00)", " $"},
        {"$#,##0.00", " $"},
        {"\\$#,##0.00", " $"},
        {"#,##0.00 \"€\"", " EUR"},
        {"#,##0.00\\ \"zł\"", " PLN"},
        {"0.00\"元\"", " CNY"},
        {"￥#,##0.00", " ¥"},
        {"£#,##0.00", " GBP"},
        {"0.00", ""},
        {"General", ""},
        {"\"EUR per box\" 0", ""},
        {"0.00;[$€-2]0.00", ""},
        {"[$-409]d-mmm-yy;@", ""},
        {"yyyy-mm-dd [$€-2]", ""}, /* a day */
    };
    tsl__text text = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__text_clear(&text);
        tsl__xlsx_put_number(&text, "5", 1, tsl__xlsx_format_of_code(cases[i][0]) & ~(unsigned)TSL__SHOWS_TIME);
        if (strcmp(text.data + 1, cases[i][1]) != 0) {
            fail_msg("%s: \"%s\"", cases[i][0], text.data);
        }
    }
    tsl__text_free(&text);
}

static void check(tsl__text *text, const char *expected)
{
    assert_string_equal(text->data, expected);
    tsl__text_clear(text);
}

static void test_numbers(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"1", "1"},
        {"007", "7"},
        {"-12.50", "-12.5"},
        {"0.1", "0.1"},
        {"1.0000000000000001E-1", "0.1"},
        {"33.299999999999997", "33.3"},
        {"622202123456789", "622202123456789"},
        {"6222021234567890", "6.22202123456789e+15"},
        {"6.22202123456789E+15", "6.22202123456789e+15"},
        {"12345678901234568", "1.2345678901234568e+16"},
        {"-1234567890123456", "-1.234567890123456e+15"},
        {"1E+20", "1e+20"},
        {"1.234", "1.2340"},
        {"-123.456", "-123.4560"},
        {"1234.567", "1234.567"},
        {"0.125", "0.125"},
        {"-2.5E-7", "-0.00000025"},
        {"1E-5", "0.00001"},
        {"1.25E-9", "0.00000000125"},
        {"1E-10", "1e-10"},
        {"1E+300", "1e+300"},
        {"1E-300", "1e-300"},
        {"#N/A", "#N/A"},
        {"1,5", "1,5"},
    };
    tsl__text text = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__xlsx_put_number(&text, cases[i][0], strlen(cases[i][0]), 0);
        check(&text, cases[i][1]);
    }
    tsl__text_free(&text);
}

/* Of a format such as 00000, whole numbers of fewer digits as the sheet shows them. */
static void test_zeros(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"7", "00007"}, {"0", "00000"},   {"12345", "12345"}, {"123456", "123456"}, {"7.4", "7.4"},
        {"-7", "-7"},   {"#N/A", "#N/A"}, {"7E0", "00007"},   {"1E+20", "1e+20"},   {"1E+3", "01000"},
    };
    tsl__text text = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[32];
        tsl__text_puts(&text, "12|");
        tsl__xlsx_put_number(&text, cases[i][0], strlen(cases[i][0]), tsl__xlsx_format_of_code("00000"));
        snprintf(expected, sizeof expected, "12|%s", cases[i][1]);
        check(&text, expected);
    }
    tsl__text_free(&text);
}

static void test_times(void **state)
{
    (void)state;
    enum { DAY = TSL__SHOWS_DAY, CLOCK = TSL__SHOWS_CLOCK, LENGTH = TSL__SHOWS_LENGTH };
    static const struct {
        const char *text;
        unsigned shows;
        int from_1904;
        const char *expected;
    } cases[] = {
        {"45292", DAY, 0, "2024-01-01"},
        {"45292.5", DAY, 0, "2024-01-01 12:00:00"},
        {"45292", DAY | CLOCK, 0, "2024-01-01 00:00:00"},
        {"45292.354166666664", DAY | CLOCK, 0, "2024-01-01 08:30:00"},
        {"45292.999999", DAY | CLOCK, 0, "2024-01-01 23:59:59"},      /* 59.9 seconds */
        {"45292.99999537037", DAY | CLOCK, 0, "2024-01-01 23:59:59"}, /* 59.6 */
        {"45292.999999999993", DAY | CLOCK, 0, "2024-01-02 00:00:00"},
        {"45292.354166666", DAY | CLOCK, 0, "2024-01-01 08:30:00"},
        {"0.99999537037", LENGTH, 0, "23:59:59"},
        {"0.75", CLOCK, 0, "18:00:00"},
        {"0.75", CLOCK, 1, "18:00:00"},
        {"45292.75", CLOCK, 0, "2024-01-01 18:00:00"},
        /* the two calendars, and the leap day that 1900 did not have */
        {"1", DAY, 0, "1900-01-01"},
        {"59", DAY, 0, "1900-02-28"},
        {"60", DAY, 0, "1900-02-29"},
        {"61", DAY, 0, "1900-03-01"},
        {"0", DAY, 0, "1900-01-00"},
        {"0", DAY, 1, "1904-01-01"},
        {"43830", DAY, 1, "2024-01-01"},
        {"2958465", DAY, 0, "9999-12-31"},
        {"2958466", DAY, 0, "2958466"},
        {"-1", DAY, 0, "-1"},
        {"x", DAY, 0, "x"},
        {"1.5", LENGTH, 0, "36:00:00"},
    };
    tsl__text text = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__xlsx_put_time(&text, cases[i].text, strlen(cases[i].text), cases[i].shows, cases[i].from_1904);
        check(&text, cases[i].expected);
    }
    tsl__text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats), cmocka_unit_test(test_currencies), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_zeros),   cmocka_unit_test(test_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
