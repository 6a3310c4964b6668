/* test_parse_number.c: missing texts, decimals, numbers. */
#include "table/cell/parse_number.h"

#include "base/rng.h"
#include "help.h"

static int decimal(const char *text, int64_t *value, int *rounded)
{
    tsl__decimal exact;
    if (tsl__cell_decimal(tsl__cell_trim(tsl__span_make(text)), &exact)) {
        return -1;
    }
    return tsl__decimal_get(exact, value, rounded) == TSL__DECIMAL_OK ? 0 : -1;
}

static void test_decimals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
        int rounded;
    } cases[] = {
        {"0", 0, 0},
        {"12.5", 125000, 0},
        {"-12.5", -125000, 0},
        {"+3", 30000, 0},
        {".5", 5000, 0},
        {"5.", 50000, 0},
        {"007", 70000, 0},
        {"1,234.50", 12345000, 0},
        {"1,234,567", 12345670000, 0},
        {"-1,234", -12340000, 0},
        {"$90,000 ", 900000000, 0},
        {"¥1,234.50", 12345000, 0},
        {"￥12", 120000, 0},
        {"12 €", 120000, 0},
        {"€ 12.00", 120000, 0},
        {"-£3", -30000, 0},
        {"£-3", -30000, 0},
        {"(12.50)", -125000, 0},
        {"($12.50)", -125000, 0},
        {"12.50-", -125000, 0},
        {" 7 ", 70000, 0},
        {"\xC2\xA0"
         "8",
         80000, 0},
        {"\xE3\x80\x80"
         "9\xE3\x80\x80",
         90000, 0},
        {"1e3", 10000000, 0},
        {"1.5E-2", 150, 0},
        {"2.5e+1", 250000, 0},
        {"0.00005", 0, 1}, /* half to even */
        {"0.00015", 2, 1},
        {"0.000050000000000000000000000000000000000000001", 1, 1},
        {"-0.00015", -2, 1},
        {"3.14159", 31416, 1},
        {"1234567890123456789012345678901234e-30", 12345679, 1},
        {"1.00000", 10000, 0}, /* zeros change nothing */
        {"922337203685477.5807", INT64_MAX, 0},
        {"0000000000000000000000000000000000000000000000001.5", 15000, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = -1;
        int rounded = -1;
        if (decimal(cases[i].text, &value, &rounded) || value != cases[i].value || rounded != cases[i].rounded) {
            fail_msg("%s: %lld, rounded %d", cases[i].text, (long long)value, rounded);
        }
    }
}

static void test_bad_decimals(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",     "abc", "12,5o", "12,5", "12,50",  "0,123",     "1,23,456", "1,2345", "1.2.3", "--1",
        "-(1)", "1-1", "$",     "-",    "1e",     "1e+",       "1e9999",   "e5",     "0x10",  "inf",
        "nan",  "1 2", "$1$2",  "12%",  "1,234,", "1,234.5,6", "+-1",      ",123",   "１２",  "922337203685477.5808",
        "1e20",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value;
        int rounded;
        if (decimal(cases[i], &value, &rounded) == 0) {
            fail_msg("\"%s\" is taken as %lld", cases[i], (long long)value);
        }
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"1", 1},
        {"-2.5", -2.5},
        {"0.1", 0.1},
        {"1e300", 1e300},
        {"1.7976931348623157e308", 1.7976931348623157e308},
        {"5e-324", 5e-324},
        {"$90,000 ", 90000},
        {"123456789012345678901234567890", 123456789012345678901234567890.0},
        {"0.30000000000000004", 0.30000000000000004},
        {"9007199254740993", 9007199254740992.0}, /* 2^53 + 1: to even */
        {"-0", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 99;
        assert_int_equal(tsl__cell_number(tsl__cell_trim(tsl__span_make(cases[i].text)), &value), 0);
        assert_true(value == cases[i].value);
    }
    static const char *const bad[] = {"", "1e309", "inf", "nan", "abc", "0x1p3", "1e", "12,5", "1 2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value;
        assert_int_not_equal(tsl__cell_number(tsl__span_make(bad[i]), &value), 0);
    }
}

static void test_inexact(void **state)
{
    (void)state;
    static const char *const lost[] = {"9007199254740992", "-9007199254740993", "9,007,199,254,740,993",
                                       "123456789012345678901234567890"};
    static const char *const kept[] = {
        "9007199254740991", "-9007199254740991", "9007199254740993.5", "1e300", "1E22", "0"};
    double value;
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        assert_int_equal(tsl__cell_number(tsl__span_make(lost[i]), &value), 0);
        assert_true(tsl__cell_is_inexact(tsl__span_make(lost[i]), value));
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        assert_int_equal(tsl__cell_number(tsl__span_make(kept[i]), &value), 0);
        assert_false(tsl__cell_is_inexact(tsl__span_make(kept[i]), value));
    }
}

/* Of whole numbers beyond what a double counts: whether it holds the digits that are written. */
static void test_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int kept;
    } cases[] = {
        {"9007199254740992.0", 1},
        {"9007199254740993.0", 0},
        {"-9007199254740993.000", 0},
        {"9,007,199,254,740,993.00", 0},
        {"9007199254740993e0", 0},
        {"9.007199254740993e15", 0},
        {"900719925474099300E-2", 0},
        {"9007199254740993.5", 1}, /* no whole number */
        {"1e17", 1},
        {"1.7e30", 1},
        {"1e300", 1},
        {"123456789012345678.0", 0},
        {"1.2345678901234568e+17", 1}, /* the shortest text of a double, ...680 */
        {"1.234567890123456770e+25", 0},
        {"1.234567890123456790e+25", 0},
        {"1.234567890123456610e+25", 1}, /* 19 digits of a double, as %.18e writes them */
        {"1.7014118346046923e+38", 1},   /* 2^127 */
        {"12345678901234567890123456789012345.0", 0},
        {"1.0000000000000000000000000000000000001", 1},
        {"0.0", 1},
        {"x", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 0;
        tsl__span cell = tsl__span_make(cases[i].text);
        assert_int_equal(tsl__cell_number(cell, &value), cases[i].text[0] == 'x' ? -1 : 0);
        if (tsl__cell_keeps_digits(cell, value) != cases[i].kept) {
            fail_msg("%s", cases[i].text);
        }
    }
    tsl__rng rng = tsl__rng_open(2, 5, 1);
    for (int i = 0; i < 20000; i++) { /* any double, in any number of digits that tells it */
        char text[64];
        double value = ldexp(1 + tsl__rng_uniform(&rng), 53 + (int)tsl__rng_below(&rng, 80));
        snprintf(text, sizeof text, "%.*e", 16 + (int)tsl__rng_below(&rng, 20), value);
        assert_true(tsl__cell_keeps_digits(tsl__span_make(text), value));
    }
}

static void test_missing(void **state)
{
    (void)state;
    static const char *const both[] = {"",     "NA",   "N/A", "n/a", "#N/A", "<NA>",
                                       "NULL", "null", "\\N", "NaN", "nan",  "None"};
    static const char *const cells[] = {"-", "无", "未知", "缺失"};
    static const char *const none[] = {"0", "none", "na", "--", "N", "未", "Nancy", "NULLs"};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        assert_true(tsl__cell_is_missing(tsl__span_make(both[i])));
        assert_true(tsl__cell_is_missing_id(tsl__span_make(both[i])));
    }
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        assert_true(tsl__cell_is_missing(tsl__span_make(cells[i])));
        assert_false(tsl__cell_is_missing_id(tsl__span_make(cells[i])));
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(tsl__cell_is_missing(tsl__span_make(none[i])));
    }
}

static void test_codes(void **state)
{
    (void)state;
    assert_true(tsl__cell_is_code(tsl__span_make("007")));
    assert_true(tsl__cell_is_code(tsl__span_make("00")));
    assert_false(tsl__cell_is_code(tsl__span_make("0")));
    assert_false(tsl__cell_is_code(tsl__span_make("0.5")));
    assert_false(tsl__cell_is_code(tsl__span_make("70")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimals), cmocka_unit_test(test_bad_decimals), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_inexact),  cmocka_unit_test(test_digits),       cmocka_unit_test(test_missing),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
