/* test_told_money.c: the money that customers tell is of one currency, or converted by rates. */
#include "help.h"

#define ONE TSL_DECIMAL_ONE

static const tsl_currency_rate rates[] = {{"EUR", "1"}, {"JPY", "0.006"}, {"USD", "0.91875"}};

static reading *read_rated(const char *text, const char *value, tsl_status expected)
{
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", text));
    r->opt.rates = rates;
    r->opt.rate_count = 3;
    r->opt.value = value;
    assert_int_equal(run(r), expected);
    return r;
}

static const char *name_of(const reading *r, tsl_role role)
{
    const tsl_column *c = tsl_table_get_role(r->table, role);
    return c ? c->name : "";
}

#define SEVERAL(currency)                                                                                              \
    "customer,orders,total_spent," currency "\na,1,500,EUR\nb,2,60000,JPY\nc,5,700,EUR\nd,1,90,USD\n"

/* By its name or its cells, in whatever order the rows are: refused, with the places. */
static void test_several(void **state)
{
    (void)state;
    refuse_text(TSL_CUSTOMERS, SEVERAL("currency"), TSL_E_INPUT,
                "customers: column \"currency\" holds several currencies, \"EUR\" (");
    refuse_text(TSL_CUSTOMERS, SEVERAL("Währung"), TSL_E_INPUT, "table.csv:2) and \"JPY\" (");
    refuse_text(TSL_CUSTOMERS, SEVERAL("cc"), TSL_E_INPUT, "column \"cc\" holds several currencies, \"EUR\" (");
    refuse_text(TSL_CUSTOMERS, SEVERAL("cc"), TSL_E_INPUT,
                "table.csv:3); amounts of one currency are expected; --rates converts them");
    refuse_text(TSL_CUSTOMERS, "customer,mean order value,currency\na,5,EUR\nb,7,USD\n", TSL_E_INPUT,
                "several currencies");
    refuse_text(TSL_CUSTOMERS, "customer,orders,total_spent (USD),currency\na,1,5,EUR\nb,2,7,EUR\n", TSL_E_INPUT,
                "customers: column \"currency\" says \"EUR\" (");
    refuse_text(TSL_CUSTOMERS, "customer,orders,total_spent,aov\na,1,$5,5\nb,2,7,€7\n", TSL_E_INPUT,
                "customers: \"total_spent\" is in $, as \"$5\" (");
}

/* One currency is no column of its own; without money a currency is a column like others. */
static void test_one(void **state)
{
    (void)state;
    static const char *const names[] = {"currency", "cc"};
    for (size_t i = 0; i < 2; i++) {
        char text[200];
        snprintf(text, sizeof text, "customer,orders,total_spent,%s\na,1,500,EUR\nb,2,60,\nc,5,70,EUR\n", names[i]);
        reading *r = read_text(TSL_CUSTOMERS, text);
        assert_string_equal(name_of(r, TSL_ROLE_CURRENCY), names[i]);
        assert_string_equal(r->table->info.currency, "EUR");
        assert_int_equal(has_line(&r->table->info.notes, "\"cc\" is taken for the currency"), i == 1);
        assert_int_equal(column(r, TSL_ROLE_SPEND)->integer[1], 60 * ONE);
        free_reading(r);
        snprintf(text, sizeof text, "customer,city,%s\na,x,EUR\nb,x,USD\nc,y,EUR\n", names[i]);
        r = read_text(TSL_CUSTOMERS, text);
        assert_string_equal(name_of(r, TSL_ROLE_CURRENCY), "");
        assert_int_equal(r->table->column_count, 3);
        free_reading(r);
    }
    /* where the transactions tell the money */
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", SEVERAL("currency")));
    r->opt.purchases_told = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(name_of(r, TSL_ROLE_CURRENCY), "");
    free_reading(r);
}

static void test_converted(void **state)
{
    (void)state;
    static const char *const names[] = {"currency", "cc"};
    for (size_t i = 0; i < 2; i++) {
        for (int threads = 1; threads < 3; threads++) {
            char text[300];
            snprintf(text, sizeof text,
                     "customer,orders,total_spent,aov,%s\na,1,500,500,EUR\nb,2,60001,30000.5,JPY\nc,5,700,140,EUR\n"
                     "d,1,90.07,90.07,USD\n",
                     names[i]);
            reading *r = new_reading(TSL_CUSTOMERS);
            add_file(r, write_text("table.csv", text));
            r->opt.rates = rates;
            r->opt.rate_count = 3;
            r->exec.threads = threads;
            assert_int_equal(run(r), TSL_OK);
            const int64_t *spend = column(r, TSL_ROLE_SPEND)->integer, *mean = column(r, TSL_ROLE_MEAN_ORDER)->integer;
            assert_int_equal(spend[0], 500 * ONE);
            assert_int_equal(spend[1], 3600060);
            assert_int_equal(spend[3], 827518); /* 90.07 * 0.91875 = 82.7518125 */
            assert_int_equal(mean[1], 1800030);
            assert_int_equal(r->table->info.rounded, 2);
            assert_string_equal(r->table->info.currency, "EUR");
            assert_int_equal(r->table->info.converted_count, 3);
            assert_int_equal(r->table->info.converted[0].amounts, 2);
            assert_int_equal(r->table->info.converted[1].worth, 3600060);
            assert_true(has_line(&r->table->info.notes,
                                 "2 in EUR (1200.00), 1 in JPY at 0.006 (60001.00, worth 360.006), 1 in "
                                 "USD at 0.91875 (90.07, worth 82.7518)"));
            assert_true(has_line(&r->table->info.notes, "2 amounts of more than 4 decimals are rounded, half to even"));
            free_reading(r);
        }
    }
}

/* The currency that the cells or the name tell, where no column does. */
static void test_signs(void **state)
{
    (void)state;
    reading *r = read_rated("customer,orders,total_spent (USD)\na,1,100\nb,2,7\n", NULL, TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_SPEND)->integer[0], 918750);
    free_reading(r);
    r = read_rated("customer,orders,total_spent\na,1,$100\nb,2,$8\n", NULL, TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_SPEND)->integer[1], 73500);
    free_reading(r);
    r = read_rated("customer,orders,total_spent\na,1,100\nb,2,0\nc,2,7\n", NULL, TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_SPEND)->integer[0], 100 * ONE);
    assert_true(has_line(&r->table->info.notes, "2 amounts have no currency, the first in "));
    free_reading(r);
    r = read_rated("customer,orders,total_spent\na,1,£100\nb,2,£8\n", NULL, TSL_E_INPUT);
    assert_non_null(
        strstr(r->err.message, "table.csv:2: total_spent: GBP has no rate; there are rates of EUR, JPY and USD"));
    free_reading(r);
    r = read_rated("customer,orders,total_spent,currency\na,1,$100,USD\nb,2,$8,EUR\n", NULL, TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "table.csv:3: currency: \"EUR\" stands beside $"));
    free_reading(r);
    r = read_rated("customer,orders,total_spent,currency\na,1,100,USD\nb,2,8,CHF\n", NULL, TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "table.csv:3: currency: \"CHF\" has no rate"));
    free_reading(r);
}

/* Money beside an empty currency may be in any; nothing is nothing in each. */
static void test_missing(void **state)
{
    (void)state;
    reading *r =
        read_rated("customer,orders,total_spent,currency\na,1,100,USD\nb,0,0,\nc,2,8,\nd,1,5,EUR\n", NULL, TSL_OK);
    const tsl_column *spend = column(r, TSL_ROLE_SPEND);
    assert_int_equal(spend->integer[1], 0);
    assert_true(spend->integer[2] == TSL_MISSING_INT);
    assert_int_equal(spend->missing, 1);
    assert_true(
        has_line(&r->table->info.notes, "total_spent: 1 amount has no currency in \"currency\", the first in "));
    free_reading(r);
}

/* What customers are ranked by. */
static void test_value(void **state)
{
    (void)state;
    static const char text[] = "customer,lifetime_revenue_2023,currency\na,100.5,USD\nb,7,EUR\nc,8,EUR\n";
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", text));
    r->opt.value = "lifetime_revenue_2023";
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "column \"currency\" holds several currencies"));
    free_reading(r);
    r = read_rated(text, "lifetime_revenue_2023", TSL_OK);
    const tsl_column *value = NULL;
    for (size_t i = 0; i < r->table->column_count; i++) {
        value = strcmp(r->table->column[i].name, "lifetime_revenue_2023") == 0 ? &r->table->column[i] : value;
    }
    assert_non_null(value);
    assert_true(value->number[0] == 100.5 * 0.91875 && value->number[1] == 7);
    free_reading(r);
}

/* Rates and the currency are remembered. */
static void test_next(void **state)
{
    (void)state;
    reading *r = read_rated(SEVERAL("cc"), NULL, TSL_OK),
            *one = read_text(TSL_CUSTOMERS, "customer,orders,total_spent,cc\na,1,5,EUR\nb,2,6,EUR\n");
    const char *const like[] = {tsl_table_get_reading(r->table), tsl_table_get_reading(one->table)};
    for (int i = 0; i < 2; i++) {
        reading *next = new_reading(TSL_CUSTOMERS);
        add_file(next, write_text("next.csv", "customer,orders,total_spent,cc\na,1,100,USD\nb,2,6,USD\n"));
        next->opt.like = like[i];
        assert_int_equal(run(next), i ? TSL_E_INPUT : TSL_OK);
        if (i) {
            assert_non_null(strstr(next->err.message, "holds amounts in USD, as in \"USD\" ("));
        } else {
            assert_int_equal(column(next, TSL_ROLE_SPEND)->integer[0], 918750);
        }
        free_reading(next);
    }
    free_reading(r);
    free_reading(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several), cmocka_unit_test(test_one),     cmocka_unit_test(test_converted),
        cmocka_unit_test(test_signs),   cmocka_unit_test(test_missing), cmocka_unit_test(test_value),
        cmocka_unit_test(test_next),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
