/* test_finish_currency.c: amounts are in one currency, whatever tells it. */
#include "help.h"

static const char *of(const char *text)
{
    static char currency[40];
    reading *r = read_text(TSL_TRANSACTIONS, text);
    snprintf(currency, sizeof currency, "%s", r->table->info.currency ? r->table->info.currency : "");
    free_reading(r);
    return currency;
}

static void test_told(void **state)
{
    (void)state;
    assert_string_equal(of("customer,date,amount\na,2020-01-01,5\n"), "");
    assert_string_equal(of("customer,date,amount\na,2020-01-01,5 EUR\nb,2020-01-01,6\n"), "EUR");
    assert_string_equal(of("customer,date,amount\na,2020-01-01,¥5\nb,2020-01-01,6元\n"), "CNY");
    assert_string_equal(of("customer,date,amount\na,2020-01-01,￥5\n"), "¥");
    assert_string_equal(of("customer,date,amount (USD)\na,2020-01-01,5\n"), "USD");
    assert_string_equal(of("customer,date,amount (USD)\na,2020-01-01,$5\n"), "USD");
    assert_string_equal(of("customer,date,quantity,price\na,2020-01-01,2,€5\n"), "EUR");
    assert_string_equal(of("customer,date,amount,currency\na,2020-01-01,$5,USD\n"), "USD");
    assert_string_equal(of("customer,date,amount,currency\na,2020-01-01,5,Taler\n"), "Taler");
}

static void test_several(void **state)
{
    (void)state;
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,$5\nb,2020-01-01,€6\n", TSL_E_INPUT,
                "amount is in more than one currency: \"$5\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,cost\na,2020-01-01,$5,€3\n", TSL_E_INPUT,
                "\"amount\" is in $, \"cost\" in EUR; amounts of different currencies do not add up");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount (EUR)\na,2020-01-01,$5\n", TSL_E_INPUT,
                "is in EUR, \"amount (EUR)\" in $");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,$5,EUR\n", TSL_E_INPUT,
                "column \"currency\" says EUR, but \"amount\" is in $");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,5,EUR\na,2020-01-01,5,USD\n",
                TSL_E_INPUT, "holds 2 currencies (EUR, USD)");
}

static tsl_status read_like(const char *text, const char *like, reading **out)
{
    reading *r = *out = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", text));
    r->opt.like = like;
    return run(r);
}

/* By customer as by column; and the next month is in the same one, however that is told. */
static void test_next(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS), *next;
    add_file(r, write_text("table.csv", "customer,date,amount\na,2020-01-01,US$5\n"));
    r->opt.by_customer = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(r->table->info.currency, "USD");
    const char *like = tsl_table_get_reading(r->table);
    assert_non_null(strstr(like, "\"currency\":\"USD\""));
    assert_int_equal(read_like("customer,date,amount\na,2020-01-01,$6\n", like, &next), TSL_OK);
    assert_non_null(strstr(tsl_table_get_reading(next->table), "\"currency\":\"USD\""));
    free_reading(next);
    assert_int_equal(read_like("customer,date,amount\na,2020-01-01,6\n", like, &next), TSL_OK);
    free_reading(next);
    assert_int_equal(read_like("customer,date,amount\na,2020-01-01,€6\n", like, &next), TSL_E_INPUT);
    assert_non_null(strstr(next->err.message, "column \"amount\" holds amounts in EUR; those of the earlier table were "
                                              "in USD"));
    free_reading(next);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_next),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
