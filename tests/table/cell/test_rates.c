/* test_rates.c: rates as they are given, and which of them a sign or a code goes by. */
#include "table/cell/rates.h"

#include "help.h"
#include "table/cell/currency.h"

#define RATES(...)                                                                                                     \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

#define MOST_GIVEN 4

/* Those up to one without a currency. */
static tsl_status open_rates(const tsl_currency_rate given[MOST_GIVEN], tsl__rates *rates, tsl_error *err)
{
    size_t count = 0;
    while (count < MOST_GIVEN && given[count].currency) {
        count++;
    }
    return tsl__rates_open(given, count, rates, err);
}

static void test_given(void **state)
{
    (void)state;
    static const tsl_currency_rate given[] = {{"usd", "0.92"}, {"EUR", "1.00"}, {"MAD", "0.092"}};
    tsl__rates rates;
    tsl_error err;
    char codes[TSL__RATES_BYTES];
    assert_int_equal(tsl__rates_open(given, 3, &rates, &err), TSL_OK);
    assert_int_equal(rates.count, 3);
    assert_string_equal(rates.rate[rates.base].code, "EUR");
    assert_string_equal(tsl__rates_put_codes(&rates, codes), "EUR, MAD and USD");
    tsl__rates_free(&rates);
    assert_int_equal(tsl__rates_open(NULL, 0, &rates, &err), TSL_OK);
    assert_int_equal(rates.count, 0);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        tsl_currency_rate given[MOST_GIVEN];
        const char *message;
    } cases[] = {
        {RATES({"EUR", "2"}, {"USD", "3"}), "rates: none is 1; exactly one is expected"},
        {RATES({"EUR", "1"}, {"USD", "1.0"}), "rates: EUR and USD are both 1; exactly one is expected"},
        {RATES({"EUR", "1"}, {"eur", "2"}), "rates: EUR stands twice"},
        {RATES({"EURO", "1"}), "rates: \"EURO\" is no code of a currency"},
        {RATES({"€", "1"}), "rates: \"€\" is no code of a currency"},
        {RATES({"QQQ", "1"}), "rates: \"QQQ\" is no code of a currency"},
        {RATES({"EUR", "1"}, {"USD", "0,92"}), "rates: USD: \"0,92\" is no number above 0"},
        {RATES({"EUR", "1"}, {"USD", "1,170"}), "rates: USD: \"1,170\" is no number above 0"},
        {RATES({"EUR", "1"}, {"USD", "0"}), "rates: USD: \"0\" is no number above 0"},
        {RATES({"EUR", "1"}, {"USD", "-2"}), "rates: USD: \"-2\" is no number above 0"},
        {RATES({"EUR", "1"}, {"USD", ""}), "rates: USD: \"\" is no number above 0"},
        {RATES({"EUR", "1"}, {"USD", "1.2.3"}), "rates: USD: \"1.2.3\" is no number above 0"},
        {RATES({"EUR", NULL}), "rates: a currency and its rate are expected"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__rates rates;
        tsl_error err;
        assert_int_equal(open_rates(cases[i].given, &rates, &err), TSL_E_OPTION);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("%s, not %s", err.message, cases[i].message);
        }
        tsl__rates_free(&rates);
    }
}

/* "" : none; "?": several. */
static void test_found(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
        tsl_currency_rate given[MOST_GIVEN];
    } cases[] = {
        {"EUR", "EUR", RATES({"EUR", "1"}, {"USD", "2"})}, {"eur", "EUR", RATES({"EUR", "1"}, {"USD", "2"})},
        {"€", "EUR", RATES({"EUR", "1"}, {"USD", "2"})},   {"Euro", "EUR", RATES({"EUR", "1"}, {"USD", "2"})},
        {"$", "USD", RATES({"EUR", "1"}, {"USD", "2"})},   {"$", "USD", RATES({"CAD", "1"}, {"USD", "2"})},
        {"$", "CAD", RATES({"CAD", "1"}, {"EUR", "2"})},   {"$", "?", RATES({"CAD", "1"}, {"AUD", "2"})},
        {"$", "", RATES({"EUR", "1"}, {"GBP", "2"})},      {"¥", "?", RATES({"CNY", "1"}, {"JPY", "2"})},
        {"¥", "JPY", RATES({"EUR", "1"}, {"JPY", "2"})},   {"kr", "?", RATES({"SEK", "1"}, {"NOK", "2"}, {"DKK", "3"})},
        {"CHF", "", RATES({"EUR", "1"}, {"USD", "2"})},    {"MAD", "MAD", RATES({"EUR", "1"}, {"MAD", "2"})},
        {"Taler", "", RATES({"EUR", "1"}, {"USD", "2"})},  {"", "", RATES({"EUR", "1"}, {"USD", "2"})},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__rates rates;
        tsl_error err;
        assert_int_equal(open_rates(cases[i].given, &rates, &err), TSL_OK);
        const size_t found = tsl__rates_find_text(&rates, tsl__span_make(cases[i].text));
        const char *code = found == TSL__RATE_NONE ? "" : found == TSL__RATE_SEVERAL ? "?" : rates.rate[found].code;
        if (strcmp(code, cases[i].code) != 0) {
            fail_msg("%s: %s, not %s", cases[i].text, code, cases[i].code);
        }
        tsl__rates_free(&rates);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_given),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
