/* test_role_units.c: units in the names of columns are applied, or refused. */
#include "table/schema/role_units.h"

#include "help.h"

static void test_names(void **state)
{
    (void)state;
    static const struct {
        tsl_role role;
        const char *name, *said; /* NULL: refused */
        int64_t numerator, denominator;
    } cases[] = {
        {TSL_ROLE_MINUTES, "停留时长（秒）", ", in 秒, divided by 60", 1, 60},
        {TSL_ROLE_MINUTES, "duration (ms)", ", in ms, divided by 60000", 1, 60000},
        {TSL_ROLE_MINUTES, "session_seconds", ", in seconds, divided by 60", 1, 60},
        {TSL_ROLE_MINUTES, "minutes", "", 1, 1},
        {TSL_ROLE_MINUTES, "stay (min)", ", in min", 1, 1},
        {TSL_ROLE_MINUTES, "stay (hours)", ", in hours, times 60", 60, 1},
        {TSL_ROLE_MINUTES, "stay (USD)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "金额（万元）", ", in 万元, times 10000", 10000, 1},
        {TSL_ROLE_AMOUNT, "amount (cents)", ", in cents, divided by 100", 1, 100},
        {TSL_ROLE_AMOUNT, "amount_cents", ", in cents, divided by 100", 1, 100},
        {TSL_ROLE_AMOUNT, "amount (EUR)", ", in EUR", 1, 1},
        {TSL_ROLE_AMOUNT, "amount (net)", "", 1, 1},
        {TSL_ROLE_AMOUNT, "金额（含税）", "", 1, 1},
        {TSL_ROLE_AMOUNT, "amount (kg)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount (hours)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount (%)", NULL, 0, 0},
        {TSL_ROLE_COST, "成本（件）", NULL, 0, 0},
        {TSL_ROLE_PRICE, "price ($k)", ", in $k, times 1000", 1000, 1},
        {TSL_ROLE_QUANTITY, "quantity (kg)", "", 1, 1},
        {TSL_ROLE_QUANTITY, "quantity (days)", ", in days", 1, 1},
        {TSL_ROLE_QUANTITY, "数量（千）", ", in 千, times 1000", 1000, 1},
        {TSL_ROLE_SATISFACTION, "satisfaction (%)", ", in %, divided by 100", 1, 100},
        {TSL_ROLE_SATISFACTION, "satisfaction (1-5)", "", 1, 1},
        {TSL_ROLE_SATISFACTION, "satisfaction (hours)", NULL, 0, 0},
        {TSL_ROLE_NPS, "nps (%)", NULL, 0, 0},
        {TSL_ROLE_RECENCY, "recency_days", ", in days", 1, 1},
        {TSL_ROLE_RECENCY, "recency (hours)", ", in hours, divided by 24", 1, 24},
        {TSL_ROLE_RECENCY, "Recency (months)", NULL, 0, 0},
        {TSL_ROLE_RECENCY, "距上次购买（个月）", NULL, 0, 0},
        {TSL_ROLE_RECENCY, "recency (EUR)", NULL, 0, 0},
        {TSL_ROLE_ORDERS, "frequency (times)", "", 1, 1},
        {TSL_ROLE_ORDERS, "orders (EUR)", NULL, 0, 0},
        {TSL_ROLE_SPEND, "total_spent (cents)", ", in cents, divided by 100", 1, 100},
        {TSL_ROLE_MEAN_ORDER, "aov (days)", NULL, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__unit unit;
        tsl_error err;
        char said[TSL__UNIT_TEXT_BYTES];
        const tsl_status status = tsl__role_unit_read(cases[i].role, cases[i].name, &unit, &err);
        if (status != (cases[i].said ? TSL_OK : TSL_E_INPUT))
            fail_msg("%s: status %d", cases[i].name, (int)status);
        if (status == TSL_OK && (unit.numerator != cases[i].numerator || unit.denominator != cases[i].denominator ||
                                 strcmp(tsl__role_unit_describe(&unit, said), cases[i].said) != 0))
            fail_msg("%s: %s", cases[i].name, tsl__role_unit_describe(&unit, said));
    }
    char said[TSL__UNIT_TEXT_BYTES];
    assert_string_equal(tsl__role_unit_describe(NULL, said), "");
}

static void test_tables(void **state)
{
    (void)state;
    reading *r = read_text(TSL_INTERACTIONS, "客户编号,访问时间,行为类型,停留时长（秒）\nA,2024-03-01 10:00,浏览,1800\n"
                                             "B,2024-03-02 10:00,浏览,600\nC,2024-03-04 10:00,浏览,100\n");
    const int64_t *minutes = column(r, TSL_ROLE_MINUTES)->integer;
    assert_int_equal(minutes[0], 30 * TSL_DECIMAL_ONE);
    assert_int_equal(minutes[1], 10 * TSL_DECIMAL_ONE);
    assert_int_equal(minutes[2], 16667); /* 1.66666... */
    assert_true(has_line(&r->table->info.understood, "minutes: 停留时长（秒） (decimal, in 秒, divided by 60)"));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,date,amount (cents)\na,2020-01-01,1999\n");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 199900);
    free_reading(r);
    /* a price in cents makes an amount in whole units; an expression of the user's says itself what it means */
    r = read_text(TSL_TRANSACTIONS, "customer,date,quantity,price (cents)\na,2020-01-01,3,1999\n");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 599700);
    assert_string_equal(column(r, TSL_ROLE_AMOUNT)->name, "quantity * \"price (cents)\" / 100");
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", "customer,date,amount (cents)\na,2020-01-01,1999\n"));
    map_role(r, TSL_ROLE_AMOUNT, "\"amount (cents)\" / 10");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 1999000);
    free_reading(r);
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount (kg)\na,2020-01-01,5\n", TSL_E_INPUT,
                "amount: column \"amount (kg)\" is by its name in \"kg\", which is not money");
    r = read_text(TSL_CUSTOMERS, "customer,satisfaction (%)\na,80\nb,90\n");
    assert_int_equal(column(r, TSL_ROLE_SATISFACTION)->integer[0], 8000);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_tables)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
