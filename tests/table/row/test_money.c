/* test_money.c: in which currency the money of a row is, and what it is worth. */
#include "table/row/money.h"

#include "help.h"

static const tsl_currency_rate rates[] = {{"EUR", "1"}, {"USD", "0.92"}, {"GBP", "1.17"}, {"CAD", "0.5"}};

static reading *read_rated(const char *text, int by_customer)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", text));
    r->opt.rates = rates;
    r->opt.rate_count = 4;
    r->opt.by_customer = by_customer;
    r->opt.max_rejects = 1;
    return r;
}

/* One row: the sign, the column, the name of the column. */
static void test_told(void **state)
{
    (void)state;
    static const struct {
        const char *header, *row, *amount, *message;
    } cases[] = {
        {"amount", "10", "10.0000", NULL},
        {"amount", "$10", "9.2000", NULL},
        {"amount", "10 GBP", "11.7000", NULL},
        {"amount", "£-1.5", "-1.7550", NULL},
        {"amount (USD)", "10", "9.2000", NULL},
        {"amount (USD)", "€10", "10.0000", NULL},
        {"amount,currency", "10,USD", "9.2000", NULL},
        {"amount,currency", "10,gbp", "11.7000", NULL},
        {"amount,currency", "$10,CAD", "5.0000", NULL},
        {"amount,currency", "$10,", "9.2000", NULL},
        {"amount (cents),currency", "1000,USD", "9.2000", NULL},
        {"quantity,price", "3,$10", "27.6000", NULL},
        {"quantity,price,currency", "3,10,GBP", "35.1000", NULL},
        {"amount", "CHF 10", NULL, "table.csv:2: amount: CHF has no rate; there are rates of CAD, EUR, GBP and USD"},
        {"amount,currency", "10,CHF", NULL, "table.csv:2: currency: \"CHF\" has no rate; there are rates of CAD, EUR"},
        {"amount,currency", "10,Taler", NULL, "table.csv:2: currency: \"Taler\" has no rate; there are"},
        {"amount,currency", "€10,USD", NULL, "table.csv:2: currency: \"USD\" stands beside EUR; there are"},
        {"amount,cost", "€10,¥3", NULL, "table.csv:2: cost: ¥ has no rate; there are"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            char text[200], seen[40] = "";
            snprintf(text, sizeof text, "customer,date,%s\na,2020-01-01,%s\n", cases[i].header, cases[i].row);
            reading *r = read_rated(text, by_customer);
            assert_int_equal(run(r), cases[i].amount ? TSL_OK : TSL_E_INPUT);
            if (!cases[i].amount) {
                if (!strstr(r->err.message, cases[i].message)) {
                    fail_msg("%s, not %s", r->err.message, cases[i].message);
                }
            } else if (!by_customer) {
                const int64_t amount = tsl_table_get_role(r->table, TSL_ROLE_AMOUNT)->integer[0];
                snprintf(seen, sizeof seen, "%s%lld.%04lld", amount < 0 ? "-" : "", (long long)llabs(amount) / 10000,
                         (long long)llabs(amount) % 10000);
                if (strcmp(seen, cases[i].amount) != 0) {
                    fail_msg("%s: %s, not %s", cases[i].row, seen, cases[i].amount);
                }
            }
            free_reading(r);
        }
    }
}

/* Costs and prices go the way of amounts. */
static void test_others(void **state)
{
    (void)state;
    reading *r = read_rated("customer,date,amount,cost,quantity,price,currency\na,2020-01-01,20,5,2,10,USD\n", 0);
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(tsl_table_get_role(r->table, TSL_ROLE_AMOUNT)->integer[0], 184000);
    assert_int_equal(tsl_table_get_role(r->table, TSL_ROLE_COST)->integer[0], 46000);
    assert_int_equal(tsl_table_get_role(r->table, TSL_ROLE_PRICE)->integer[0], 92000);
    assert_int_equal(tsl_table_get_role(r->table, TSL_ROLE_QUANTITY)->integer[0], 20000);
    free_reading(r);
}

/* A column that is empty in a row does not tell: the row is rejected, an optional number is missing. */
static void test_missing(void **state)
{
    (void)state;
    reading *r = read_rated("customer,date,amount,currency\na,2020-01-01,5,USD\nb,2020-01-02,6,\n", 0);
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 1);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_BAD_CELL), 1);
    assert_string_equal(r->reject[0].column, "currency");
    assert_string_equal(r->reject[0].message, "is missing");
    assert_int_equal(r->reject[0].line, 3);
    free_reading(r);
}

/* A row that is left out or rejected for another reason needs no rate. */
static void test_left_out(void **state)
{
    (void)state;
    reading *r = read_rated("customer,date,amount,currency\na,2020-01-01,5,USD\nb,soon,6,CHF\nc,2020-01-03,6,CHF\n", 0);
    r->opt.where = "currency != 'CHF' or customer = 'b'";
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 1);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_left_out),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
