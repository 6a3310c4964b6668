/* test_currency.c: spellings of currencies, and which go together. */
#include "table/cell/currency.h"

#include "help.h"

static int find(const char *text, size_t *bytes)
{
    int currency = TSL__CURRENCY_NONE, common = 0;
    *bytes = tsl__currency_find(tsl__span_make(text), &currency, &common);
    return *bytes ? currency : TSL__CURRENCY_NONE;
}

static void test_spellings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name;
        size_t bytes;
    } cases[] = {
        {"$5", "$", 1},     {"€", "EUR", 3},      {"￥1", "¥", 3},   {"元", "CNY", 3},  {"元起", "CNY", 3},
        {"美元", "USD", 6}, {"RMB 5", "CNY", 3},  {"rmb", "CNY", 3}, {"usd", "USD", 3}, {"USD5", "USD", 3},
        {"CHF", "CHF", 3},  {"kr.", "kr", 3},     {"kr", "kr", 2},   {"Kč", "CZK", 3},  {"euros", "EUR", 5},
        {"euro", "EUR", 4}, {"EUR", "EUR", 3},    {"HK$", "HKD", 3}, {"KRW", "KRW", 3}, {"zł", "PLN", 3},
        {"USDA", "", 0},    {"eurosport", "", 0}, {"kg", "", 0},     {"krill", "", 0},  {"分", "", 0},
        {"R", "", 0},       {"", "", 0},          {"5", "", 0},      {"日", "", 0},     {"Fr.", "", 0},
        {"Sek.", "", 0},    {"SEK", "SEK", 3},    {"sek", "SEK", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bytes;
        const int currency = find(cases[i].text, &bytes);
        if (bytes != cases[i].bytes || strcmp(tsl__currency_get_name(currency), cases[i].name) != 0) {
            fail_msg("%s: %s, %zu bytes", cases[i].text, tsl__currency_get_name(currency), bytes);
        }
    }
}

static int go_together(const char *a, const char *b)
{
    size_t bytes;
    return (tsl__currency_get_fits(find(a, &bytes)) & tsl__currency_get_fits(find(b, &bytes))) != 0;
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(go_together("¥", "CNY") && go_together("¥", "JPY") && go_together("￥", "元"));
    assert_false(go_together("CNY", "JPY") || go_together("¥", "USD") || go_together("¥", "$"));
    assert_true(go_together("$", "USD") && go_together("$", "CAD") && go_together("$", "HK$"));
    assert_false(go_together("USD", "CAD") || go_together("$", "EUR"));
    assert_true(go_together("kr", "SEK") && go_together("Rs", "₹") && go_together("", "EUR"));
    assert_false(go_together("kr", "EUR") || go_together("Rs", "$"));
}

static int are_beside(const char *a, const char *b)
{
    size_t bytes;
    const int x = find(a, &bytes), y = find(b, &bytes), beside = tsl__currency_is_beside(x, y);
    assert_int_equal(tsl__currency_is_beside(y, x), beside);
    return beside;
}

/* In one column a bare sign is not the currency of another country that is written out beside it. */
static void test_beside(void **state)
{
    (void)state;
    static const char *const dollars[] = {"C$", "CA$", "CAD", "MX$", "HK$", "港元", "A$", "SGD", "NT$", "NZ$", "COP"};
    for (size_t i = 0; i < sizeof dollars / sizeof *dollars; i++) {
        assert_false(are_beside("$", dollars[i]));
        assert_false(are_beside("US$", dollars[i]));
        assert_true(are_beside(dollars[i], dollars[i]));
    }
    assert_true(are_beside("$", "US$") && are_beside("$", "USD") && are_beside("$", "$") && are_beside("", "€"));
    assert_true(are_beside("¥", "元") && are_beside("￥", "円") && are_beside("kr", "SEK") && are_beside("Rs", "INR"));
    assert_false(are_beside("$", "€") || are_beside("¥", "$") || are_beside("元", "円") || are_beside("¥", "€"));
}

/* No code is listed twice, and each one reads as itself. */
static void test_codes(void **state)
{
    (void)state;
    size_t bytes;
    int count = 0;
    for (int i = find("CNY", &bytes); i <= find("NPR", &bytes); i++, count++) {
        assert_int_equal(find(tsl__currency_get_name(i), &bytes), i);
        assert_int_equal(bytes, 3);
        assert_true(tsl__currency_get_fits(i) == UINT64_C(1) << i);
    }
    assert_true(count > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_beside),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
