/* test_figure.c: numbers as people write them. The cells of countries are what CLDR's patterns give for their locales
 * (as Babel 2.19 writes them); the values are those that were given to it. */
#include "table/cell/figure.h"

#include "base/rng.h"
#include "help.h"
#include "table/cell/currency.h"
#include "table/cell/parse_number.h"

/* Reads the trimmed cell; *value in 1/10000. */
static int read_cell(const char *text, tsl__mark mark, tsl__figure *figure, int64_t *value)
{
    int rounded;
    if (tsl__cell_read(tsl__cell_trim(tsl__span_make(text)), mark, figure)) {
        return -1;
    }
    return tsl__decimal_get(tsl__figure_get_decimal(figure), value, &rounded) == TSL__DECIMAL_OK && !rounded ? 0 : -1;
}

enum { NONE = TSL__MARK_NONE, POINT = TSL__MARK_POINT, COMMA = TSL__MARK_COMMA };

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value; /* in 1/10000 */
        int proven;
    } cases[] = {
        {"12.50", 125000, POINT},
        {"0.750", 7500, POINT},
        {"-0.750", -7500, POINT},
        {"1234.567", 12345670, POINT},
        {"1,234.50", 12345000, POINT},
        {"1,234.500", 12345000, POINT},
        {"1,234,567", 12345670000, POINT},
        {"12,34,567", 12345670000, POINT},
        {"1,23,45,678.125", 123456781250, POINT},
        {".5", 5000, POINT},
        {"1250", 12500000, NONE},
        {"5.", 50000, NONE},
        {"007", 70000, NONE},
        {"12,50", 125000, COMMA},
        {"0,750", 7500, COMMA},
        {",5", 5000, COMMA},
        {"1234,567", 12345670, COMMA},
        {"1.234,50", 12345000, COMMA},
        {"1.234.567", 12345670000, COMMA},
        {"1.234.567,891", 12345678910, COMMA},
        {"-1.234,5", -12345000, COMMA},
        {"1 000.50", 10005000, POINT},
        {"1 000,50", 10005000, COMMA},
        {"1 000,500", 10005000, COMMA}, /* spaces divide thousands; what is left is no group */
        {"1 234 567", 12345670000, NONE},
        {"1\xC2\xA0"
         "234,5", /* U+00A0 */
         12345000, COMMA},
        {"1\xE2\x80\xAF"
         "234,5", /* U+202F */
         12345000, COMMA},
        {"1\xE2\x80\x89"
         "234.5", /* U+2009 */
         12345000, POINT},
        {"1'234.50", 12345000, POINT},
        {"1’234’567.89", 12345678900, POINT},
        {"1'234", 12340000, NONE},
        {"１２．５", 125000, POINT},
        {"１，２３４．５", 12345000, POINT},
        {"１２３", 1230000, NONE},
        {"－５", -50000, NONE},
        {"＋５", 50000, NONE},
        {"−12.5", -125000, POINT},
        {"–12.5", -125000, POINT},
        {"12.50-", -125000, POINT},
        {"12,50−", -125000, COMMA},
        {"(12.50)", -125000, POINT},
        {"（12.50）", -125000, POINT},
        /* no hundredths, and no minus */
        {"20.-", 200000, NONE},
        {"5.–", 50000, NONE},
        {"5.—", 50000, NONE},
        {"5.--", 50000, NONE},
        {"20. -", 200000, NONE},
        {"20,-", 200000, COMMA},
        {"20,--", 200000, COMMA},
        {"20,–", 200000, COMMA},
        {"20:-", 200000, NONE},
        {"CHF 1250.-", 12500000, NONE},
        {"CHF 1'250.-", 12500000, NONE},
        {"1.250,-", 12500000, COMMA},
        {"1.250,- €", 12500000, COMMA},
        {"1.250.-", 12500000, COMMA},
        {"1,250.-", 12500000, POINT},
        {"1 250:-", 12500000, NONE},
        {"-20.-", -200000, NONE},
        {"(20,-)", -200000, COMMA},
        {"２０．－", 200000, NONE},
        {"20-", -200000, NONE},
        {"20 -", -200000, NONE},
        {"(12,50 €)", -125000, COMMA},
        {"($12.50)", -125000, POINT},
        {"(12.50) €", -125000, POINT},
        {"1e3", 10000000, NONE},
        {"1.250E+03", 12500000, POINT},
        {"1,250E+03", 12500000, COMMA},
        {"2,5E−1", 2500, COMMA},
        {"１.5e２", 1500000, POINT},
        {"922337203685477.5807", INT64_MAX, POINT},
        /* locales: ar-EG, fa, bn, mr, my, hi, th, de-CH, de-AT, fr, sv, lv, pt, es, pl */
        {"\xD9\xA1\xD9\xA2\xD9\xAB\xD9\xA5", 125000, NONE},                           /* ١٢٫٥ */
        {"\xD9\xA1\xD9\xAC\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xAB\xD9\xA5", 12345000, NONE}, /* ١٬٢٣٤٫٥ */
        {"\xE2\x80\x8E\xE2\x88\x92\xDB\xB1\xDB\xB2\xD9\xAB\xDB\xB5", -125000, NONE},  /* U+200E −۱۲٫۵ */
        {"१२,३४,५६७.८९", 12345678900, POINT},
        {"১২,৩৪,৫৬৭.৮৯", 12345678900, POINT},
        {"๑๒.๕", 125000, POINT},
        {"12’345’678.125", 123456781250, POINT},
        {"€ -1 234 567,25", -12345672500, COMMA},
        {"1 234 567,89 €", 12345678900, COMMA},
        {"−12,50 €", -125000, COMMA},
        {"1234,50 €", 12345000, COMMA},
        {"%12,5", 125000, COMMA},
        {"12,5 %", 125000, COMMA},
        {"US$12,345,678.125", 123456781250, POINT},
        {"-1.234.567,25 US$", -12345672500, COMMA},
        {"￥1,234,567.89", 12345678900, POINT},
        {"R$ 1.234,50", 12345000, COMMA},
        {"1 234,50 Kč", 12345000, COMMA},
        {"₹12,34,567.89", 12345678900, POINT},
        {"CHF 1’234.50", 12345000, POINT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int mark = NONE; mark <= COMMA; mark++) { /* what proves itself is read so, whatever the column */
            tsl__figure f;
            int64_t value = -1;
            if (read_cell(cases[i].text, (tsl__mark)mark, &f, &value) || value != cases[i].value ||
                (int)f.proven != cases[i].proven || f.open != TSL__MARK_NONE) {
                fail_msg("%s: %lld, proves %d, open %d", cases[i].text, (long long)value, (int)f.proven, (int)f.open);
            }
        }
    }
}

static void test_open(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int open;
        int64_t by_point, by_comma;
    } cases[] = {
        {"1.250", POINT, 12500, 12500000},           {"1,250", COMMA, 12500000, 12500},
        {"-47,920", COMMA, -479200000, -479200},     {"+999.999", POINT, 9999990, 9999990000},
        {"100,000", COMMA, 1000000000, 1000000},     {"€ 1.250", POINT, 12500, 12500000},
        {"1,250万", COMMA, 125000000000, 125000000}, {"１，２５０", COMMA, 12500000, 12500},
        {"1.250 kg", POINT, 12500, 12500000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__figure f;
        int64_t point, comma, none;
        assert_int_equal(read_cell(cases[i].text, TSL__MARK_POINT, &f, &point), 0);
        assert_int_equal(f.open, cases[i].open);
        assert_int_equal(f.proven, NONE);
        assert_int_equal(point, cases[i].by_point);
        assert_int_equal(read_cell(cases[i].text, TSL__MARK_COMMA, &f, &comma), 0);
        assert_int_equal(f.open, cases[i].open);
        assert_int_equal(comma, cases[i].by_comma);
        assert_int_equal(read_cell(cases[i].text, TSL__MARK_NONE, &f, &none), 0);
        assert_int_equal(none, point);
        /* as the header says */
        assert_int_equal(f.open == TSL__MARK_POINT ? comma : point, 1000 * (f.open == TSL__MARK_POINT ? point : comma));
    }
}

static void test_decoration(void **state)
{
    (void)state;
    static const struct {
        const char *text, *currency;
        int percent, scale;
        const char *suffix;
        int64_t value;
    } cases[] = {
        {"5 EUR", "EUR", 0, 0, "", 50000},
        {"EUR5", "EUR", 0, 0, "", 50000},
        {"eur 5", "EUR", 0, 0, "", 50000},
        {"5€", "EUR", 0, 0, "", 50000},
        {"$5", "$", 0, 0, "", 50000},
        {"＄5", "$", 0, 0, "", 50000},
        {"US$5", "USD", 0, 0, "", 50000},
        {"$5 USD", "USD", 0, 0, "", 50000},
        {"USD $5", "USD", 0, 0, "", 50000},
        {"¥5", "¥", 0, 0, "", 50000},
        {"￥5", "¥", 0, 0, "", 50000},
        {"¥5元", "CNY", 0, 0, "", 50000},
        {"5元", "CNY", 0, 0, "", 50000},
        {"5 RMB", "CNY", 0, 0, "", 50000},
        {"CN¥5", "CNY", 0, 0, "", 50000},
        {"人民币5", "CNY", 0, 0, "", 50000},
        {"5円", "JPY", 0, 0, "", 50000},
        {"5日元", "JPY", 0, 0, "", 50000},
        {"£5", "GBP", 0, 0, "", 50000},
        {"₹5", "INR", 0, 0, "", 50000},
        {"Rs. 5", "Rs", 0, 0, "", 50000},
        {"5 kr", "kr", 0, 0, "", 50000},
        {"2.5%", "", 1, 0, "", 25000},
        {"２.５％", "", 1, 0, "", 25000},
        {"-2.5 %", "", 1, 0, "", -25000},
        {"12万", "", 0, 4, "", 1200000000},
        {"1.5亿", "", 0, 8, "", 1500000000000},
        {"3千", "", 0, 3, "", 30000000},
        {"2百万", "", 0, 6, "", 20000000000},
        {"12万元", "CNY", 0, 4, "", 1200000000},
        {"¥12万", "¥", 0, 4, "", 1200000000},
        {"12万人", "", 0, 4, "人", 1200000000},
        {"5千元", "CNY", 0, 3, "", 50000000},
        {"5k", "", 0, 3, "", 50000000},
        {"$5K", "$", 0, 3, "", 50000000},
        {"-1.25M", "", 0, 6, "", -12500000000},
        {"1.5 bn", "", 0, 9, "", 15000000000000},
        {"5 M€", "EUR", 0, 6, "", 50000000000},
        {"5 kEUR", "EUR", 0, 3, "", 50000000},
        {"2,5 Mio. €", "EUR", 0, 6, "", 25000000000},
        {"3 million", "", 0, 6, "", 30000000000},
        {"5 млн", "", 0, 6, "", 50000000000},
        {"35岁", "", 0, 0, "岁", 350000},
        {"3.5 kg", "", 0, 0, "kg", 35000},
        {"3.5kg", "", 0, 0, "kg", 35000},
        {"5+", "", 0, 0, "+", 50000},
        {"5千克", "", 0, 0, "千克", 50000},
        {"5 m", "", 0, 0, "m", 50000},
        {"5B", "", 0, 0, "B", 50000},
        {"5‰", "", 0, 0, "‰", 50000},
        {"12.50 CR", "", 0, 0, "CR", 125000},
        {"5 (est.)", "", 0, 0, "(est.)", 50000},
        {"(5 kg)", "", 0, 0, "kg", -50000},
        {"5元/件", "CNY", 0, 0, "/件", 50000},
        {"5 KRW", "KRW", 0, 0, "", 50000},
        {"1e3 kg", "", 0, 0, "kg", 10000000},
        {"5E", "", 0, 0, "E", 50000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__figure f;
        int64_t value = -1;
        if (read_cell(cases[i].text, TSL__MARK_NONE, &f, &value) || value != cases[i].value) {
            fail_msg("%s: %lld", cases[i].text, (long long)value);
        }
        if (strcmp(tsl__currency_get_name(f.currency), cases[i].currency) != 0 || f.percent != cases[i].percent ||
            f.scale != cases[i].scale || !tsl__span_equal(f.suffix, tsl__span_make(cases[i].suffix))) {
            fail_msg("%s: %s, percent %d, scale %d, suffix \"%.*s\"", cases[i].text, tsl__currency_get_name(f.currency),
                     f.percent, f.scale, (int)f.suffix.n, f.suffix.s);
        }
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "abc",
        "-",
        "+",
        "$",
        "()",
        "(5",
        "5)5",
        "--1",
        "-(1)",
        "1-1",
        "5-10",
        "5–10",
        "2017-12-31",
        "10:30",
        "3/4",
        "1 2",
        "12 34",
        "1  234",
        "138 0013 8000",
        "010 123 456",
        "1.2.3",
        "12.34.567",

        "1,2345,678",
        "1,23,4567",
        "12,345,67",
        "0,123,456",
        "1.234.56",
        "1,234.5,6",
        "1'234'56",
        "1 234 56",
        "5,",
        "1,234,",
        "5..",
        "1.234.567.",
        "1,234 567",
        "1.234 567,5",
        "0x10",
        "C001",
        "~5",
        ">5",
        "约5",
        "№5",
        "▲5",
        "△5",
        "1e9999",
        "5 kg 3",
        "5-kg",
        "5 monkeys in one long sentence",
        "€5$",
        "¥5 €",
        "$1$2",
        "5 % %",
        "1e99999",
        "inf",
        "nan",
        "\xFF",
        "1,234,567e3",
        "1:5",
        "5,岁",
        "5–",
        "5%3",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__figure f;
        if (tsl__cell_read(tsl__span_make(cases[i]), TSL__MARK_NONE, &f) == 0) {
            fail_msg("\"%s\" is taken", cases[i]);
        }
    }
    static const char *const large[] = {"922337203685477.5808", "1e20", "92233720368547758.08 €", "1000000万亿"};
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) { /* a figure, but no amount: the decimal tells */
        tsl__figure f;
        int64_t value;
        int rounded;
        assert_int_equal(tsl__cell_read(tsl__span_make(large[i]), TSL__MARK_NONE, &f), 0);
        assert_int_equal(tsl__decimal_get(tsl__figure_get_decimal(&f), &value, &rounded), TSL__DECIMAL_OVERFLOW);
    }
}

/* Writes value / 10^places with the marks, groups of three or Indian ones. */
static const char *write_number(char *out, uint64_t value, int places, const char *group, const char *decimal,
                                int indian)
{
    char digits[32], whole[32] = "", *to = out;
    int n = snprintf(digits, sizeof digits, "%0*llu", places + 1, (unsigned long long)value) - places;
    memcpy(whole, digits, (size_t)n);
    for (int i = 0; i < n; i++) {
        const int left = n - i; /* digits from here on */
        if (i && (indian ? left == 3 || (left > 3 && (left - 3) % 2 == 0) : left % 3 == 0)) {
            to += sprintf(to, "%s", group);
        }
        *to++ = whole[i];
    }
    sprintf(to, "%s%s", places ? decimal : "", digits + n);
    return out;
}

static void test_styles(void **state)
{
    (void)state;
    static const struct {
        const char *group, *decimal;
        int indian;
        tsl__mark mark;
    } styles[] = {
        {"", ".", 0, TSL__MARK_POINT},
        {"", ",", 0, TSL__MARK_COMMA},
        {",", ".", 0, TSL__MARK_POINT},
        {".", ",", 0, TSL__MARK_COMMA},
        {" ", ".", 0, TSL__MARK_POINT},
        {" ", ",", 0, TSL__MARK_COMMA},
        {"\xC2\xA0", ",", 0, TSL__MARK_COMMA},
        {"\xE2\x80\xAF", ",", 0, TSL__MARK_COMMA},
        {"'", ".", 0, TSL__MARK_POINT},
        {"’", ",", 0, TSL__MARK_COMMA},
        {",", ".", 1, TSL__MARK_POINT},
        {"，", "．", 0, TSL__MARK_POINT},
        {"\xD9\xAC", "\xD9\xAB", 0, TSL__MARK_NONE},
    };
    static const struct {
        const char *before, *after;
        int sign;
    } frames[] = {
        {"", "", 1},     {"-", "", -1},  {"−", "", -1}, {"", "-", -1},     {"(", ")", -1}, {"$", "", 1},
        {"", " EUR", 1}, {"-¥", "", -1}, {"", " %", 1}, {"(", " kr)", -1}, {"", "岁", 1},  {"+", " kg", 1},
    };
    tsl__rng rng = tsl__rng_open(3, 7, 1);
    for (int i = 0; i < 60000; i++) {
        const size_t s = tsl__rng_below(&rng, sizeof styles / sizeof *styles);
        const size_t r = tsl__rng_below(&rng, sizeof frames / sizeof *frames);
        const int places = (int)tsl__rng_below(&rng, 5);
        const uint64_t value = tsl__rng_u64(&rng) >> (14 + tsl__rng_below(&rng, 49));
        char number[64], text[96];
        write_number(number, value, places, styles[s].group, styles[s].decimal, styles[s].indian);
        snprintf(text, sizeof text, "%s%s%s", frames[r].before, number, frames[r].after);
        static const int64_t tens[] = {10000, 1000, 100, 10, 1};
        if (value > (uint64_t)INT64_MAX / 10000) {
            continue;
        }
        tsl__figure f;
        int64_t got = -1;
        if (read_cell(text, styles[s].mark, &f, &got) || got != frames[r].sign * (int64_t)value * tens[places] ||
            (f.proven && f.proven != styles[s].mark)) {
            fail_msg("%s: %lld of %llu, %d places", text, (long long)got, (unsigned long long)value, places);
        }
    }
}

/* A double is the nearest one, as the C library reads the plain number. */
static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0,1", 0.1},
        {"1.234.567,891", 1234567.891},
        {"1e300", 1e300},
        {"5e-324", 5e-324},
        {"1,7976931348623157e308", 1.7976931348623157e308},
        {"9 007 199 254 740 993", 9007199254740992.0},
        {"0,30000000000000004", 0.30000000000000004},
        {"123456789012345678901234567890 kg", 123456789012345678901234567890.0},
        {"12万", 120000},
        {"1.5e300 M", 1.5e306},
        {"-0,5", -0.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__figure f;
        double value = 99;
        const tsl__span cell = tsl__span_make(cases[i].text);
        assert_int_equal(tsl__cell_read(cell, TSL__MARK_NONE, &f), 0);
        assert_int_equal(tsl__figure_get_number(&f, cell, &value), 0);
        if (value != cases[i].value) {
            fail_msg("%s: %.17g", cases[i].text, value);
        }
    }
    tsl__figure f;
    double value;
    const tsl__span large = tsl__span_make("1e308 M");
    assert_int_equal(tsl__cell_read(large, TSL__MARK_NONE, &f), 0);
    assert_int_equal(tsl__figure_get_number(&f, large, &value), -1);
}

/* What tsl__cell_decimal takes is a figure of the same value; `extended` tells the others. */
static void test_extended(void **state)
{
    (void)state;
    static const char *const parts[] = {"1",  "234", "0",  ".",  ",", "-",  "(", ")",   "$",   "€",        " ",
                                        "e5", "%",   "万", "kg", "'", "１", "−", "500", "EUR", "\xC2\xA0", "+"};
    tsl__rng rng = tsl__rng_open(11, 3, 1);
    int taken = 0, extended = 0;
    for (int i = 0; i < 200000; i++) {
        char text[96] = "";
        for (uint64_t k = tsl__rng_below(&rng, 6) + 1; k > 0; k--) {
            strcat(text, parts[tsl__rng_below(&rng, sizeof parts / sizeof *parts)]);
        }
        const tsl__span cell = tsl__cell_trim(tsl__span_make(text));
        tsl__figure f = {.extended = -1};
        tsl__decimal exact;
        const int is_figure = tsl__cell_read(cell, TSL__MARK_POINT, &f) == 0;
        const int is_decimal = tsl__cell_decimal(cell, &exact) == 0;
        assert_int_equal(is_decimal, is_figure && !f.extended);
        if (is_decimal) {
            const tsl__decimal read = tsl__figure_get_decimal(&f);
            assert_true(exact.units == read.units && exact.places == read.places && exact.state == read.state);
            assert_false(f.percent || f.scale || f.suffix.n || f.proven == TSL__MARK_COMMA);
        }
        taken += is_decimal;
        extended += is_figure && f.extended;
    }
    assert_true(taken > 5000 && extended > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),   cmocka_unit_test(test_open),   cmocka_unit_test(test_decoration),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_styles), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_extended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
