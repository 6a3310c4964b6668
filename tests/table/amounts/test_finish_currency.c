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

/* A refusal names the places of both. */
static void test_several(void **state)
{
    (void)state;
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,$5\nb,2020-01-01,€6\n", TSL_E_INPUT,
                "amount is in more than one currency: \"$5\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,$5\nb,2020-01-01,€6\n", TSL_E_INPUT,
                "do not add up; --rates converts them (EUR=1,USD=0.92)");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,cost\na,2020-01-01,$5,1\na,2020-01-01,5,€3\n", TSL_E_INPUT,
                "transactions: \"amount\" is in $, as \"$5\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,cost\na,2020-01-01,$5,1\na,2020-01-01,5,€3\n", TSL_E_INPUT,
                "table.csv:2) says, but \"cost\" is in EUR, as \"€3\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,cost\na,2020-01-01,$5,1\na,2020-01-01,5,€3\n", TSL_E_INPUT,
                "table.csv:3) says; amounts of different currencies do not add up");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount (EUR)\na,2020-01-01,$5\n", TSL_E_INPUT,
                "\"amount (EUR)\" is in EUR, but \"amount (EUR)\" is in $, as \"$5\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,$5,EUR\n", TSL_E_INPUT,
                "column \"currency\" says \"EUR\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,$5,EUR\n", TSL_E_INPUT,
                "table.csv:2), but \"amount\" is in $, as \"$5\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,5,USD\na,2020-01-01,5,EUR\n",
                TSL_E_INPUT, "column \"currency\" holds several currencies, \"USD\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,5,USD\na,2020-01-01,5,EUR\n",
                TSL_E_INPUT, "table.csv:2) and \"EUR\" (");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,currency\na,2020-01-01,5,USD\na,2020-01-01,5,EUR\n",
                TSL_E_INPUT, "table.csv:3); amounts of one currency are expected");
}

/* Numbers that do not name the currency of others are told, unless a column or a name does. */
static void test_assumed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int told;
    } cases[] = {{"customer,date,amount\na,2020-01-01,5 EUR\nb,2020-01-01,6\n", 1},
                 {"customer,date,amount,currency\na,2020-01-01,5 EUR,EUR\nb,2020-01-01,6,EUR\n", 0},
                 {"customer,date,amount (EUR)\na,2020-01-01,5 EUR\nb,2020-01-01,6\n", 0},
                 {"customer,date,amount\na,2020-01-01,5 EUR\nb,2020-01-01,6 EUR\n", 0},
                 {"customer,date,amount\na,2020-01-01,¥5\nb,2020-01-01,6元\n", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_text(TSL_TRANSACTIONS, cases[i].text);
        const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
        assert_int_equal(f != NULL, cases[i].told);
        assert_true(!f || f->kind == TSL_FINDING_ASSUMED_CURRENCY);
        free_reading(r);
    }
}

/* However the column is called. */
static void test_columns(void **state)
{
    (void)state;
    static const char *const names[] = {"CurrencyIsoCode",
                                        "Opportunity Currency",
                                        "Deal Currency",
                                        "WAERS",
                                        "Currency ISO Code",
                                        "Presentment Currency",
                                        "Currency Type",
                                        "Trans Currency",
                                        "CCY",
                                        "Curr.",
                                        "cur",
                                        "curr",
                                        "currency_iso",
                                        "amount_currency",
                                        "settlement_currency",
                                        "货币代码",
                                        "Währungscode",
                                        "Monnaie",
                                        "币种",
                                        "Code devise",
                                        "Código de moneda",
                                        "Waehrung"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[200];
        snprintf(text, sizeof text, "customer,date,amount,%s\na,2020-01-01,5,EUR\nb,2020-01-02,6,MXN\n", names[i]);
        refuse_text(TSL_TRANSACTIONS, text, TSL_E_INPUT, "holds several currencies, \"EUR\" (");
    }
    assert_string_equal(of("customer,date,amount,currency rate\na,2020-01-01,5,1.08\nb,2020-01-02,5,1.07\n"), "");
}

/* Whatever the name, where the cells are codes of currencies: several are refused, one is told. */
static void test_values(void **state)
{
    (void)state;
    static const char *const names[] = {"hub_x", "Feld 7", "单位", "iso", "mnt", "X_CUR_2"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[200];
        snprintf(text, sizeof text, "customer,date,amount,%s\na,2020-01-01,5,EUR\nb,2020-01-02,6,MXN\n", names[i]);
        refuse_text(TSL_TRANSACTIONS, text, TSL_E_INPUT, "holds several currencies, \"EUR\" (");
        snprintf(text, sizeof text, "customer,date,amount,%s\na,2020-01-01,5,MXN\nb,2020-01-02,6,MXN\n", names[i]);
        reading *r = read_text(TSL_TRANSACTIONS, text);
        assert_string_equal(r->table->info.currency, "MXN");
        assert_true(has_line(&r->table->info.notes, "is taken for the currency, as its cells are codes of currencies "
                                                    "such as MXN; --currency names another"));
        assert_int_equal(tsl_table_get_finding(r->table, 0)->kind, TSL_FINDING_ASSUMED_ROLE);
        assert_non_null(strstr(tsl_table_get_reading(r->table), "\"found_roles\":{"));
        free_reading(r);
    }
    /* What has a name comes first; of two without none is taken, which is told; other tables have none. */
    assert_string_equal(of("customer,date,amount,x,currency\na,2020-01-01,5,MXN,EUR\nb,2020-01-02,6,USD,EUR\n"), "EUR");
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount,x,y\na,2020-01-01,5,MXN,EUR\n");
    assert_null(r->table->info.currency);
    assert_true(has_line(&r->table->info.notes, "2 columns, \"x\" the first of them, hold codes of currencies such as "
                                                "MXN, and none is taken for that of the amounts; --currency names it"));
    free_reading(r);
    assert_string_equal(of("customer,date,amount,product\na,2020-01-01,5,EUR\nb,2020-01-02,6,USD\n"), "");
}

/* The same of arrays. */
static void test_arrays(void **state)
{
    (void)state;
    static const char *const text[] = {"a", "b", "2020-01-01", "2020-01-02", "EUR", "USD"};
    static const double amount[] = {5, 6};
    for (int several = 0; several < 2; several++) {
        const char *currency[] = {text[4], text[4 + several]};
        const tsl_array arrays[] = {{.name = "customer", .dtype = TSL_TEXT, .data = &text[0]},
                                    {.name = "date", .dtype = TSL_TEXT, .data = &text[2]},
                                    {.name = "amount", .dtype = TSL_F64, .data = amount},
                                    {.name = "hub_x", .dtype = TSL_TEXT, .data = currency}};
        tsl_table *table = NULL;
        tsl_error err;
        const tsl_status status = tsl_table_build(TSL_TRANSACTIONS, arrays, 4, 2, NULL, NULL, NULL, NULL, &table, &err);
        assert_int_equal(status, several ? TSL_E_INPUT : TSL_OK);
        assert_true(several || strcmp(tsl_table_get_info(table)->currency, "EUR") == 0);
        tsl_table_free(table);
    }
}

/* One currency in several spellings is one, which is said; a sign that several share is that of the code beside it. */
static void test_spellings(void **state)
{
    (void)state;
    static const struct {
        const char *spelling[5], *amount;
        const char *currency; /* NULL: refused */
    } cases[] = {{{"EUR", "eur", "€", "Euro"}, "5", "EUR"},
                 {{"RMB", "CNY", "¥", "元", "人民币"}, "5", "CNY"},
                 {{"USD", "US$", "$", "usd"}, "5", "USD"},
                 {{"$", "CAD"}, "5", "CAD"},
                 {{"$", "CAD", "USD"}, "5", NULL},
                 {{"¥", "JPY"}, "5", "JPY"},
                 {{"¥", "JPY", "元"}, "5", NULL},
                 {{"CAD"}, "$5", "CAD"},
                 {{"JPY"}, "¥5", "JPY"},
                 {{"$"}, "USD 5", "USD"},
                 {{"eur"}, "€5", "EUR"},
                 {{"CAD"}, "€5", NULL},
                 {{"Taler", "TALER"}, "5", "TALER"},
                 {{"Taler", "EUR"}, "5", NULL},
                 {{"", "EUR"}, "5", "EUR"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        size_t n = (size_t)snprintf(text, sizeof text, "customer,date,amount,currency\n"), spellings = 0;
        for (; spellings < 5 && cases[i].spelling[spellings]; spellings++) {
            n += (size_t)snprintf(text + n, sizeof text - n, "a,2020-01-01,%s,%s\n", cases[i].amount,
                                  cases[i].spelling[spellings]);
        }
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("table.csv", text));
            r->opt.by_customer = by_customer;
            assert_int_equal(run(r), cases[i].currency ? TSL_OK : TSL_E_INPUT);
            if (cases[i].currency) {
                assert_string_equal(r->table->info.currency, cases[i].currency);
                assert_int_equal(has_line(&r->table->info.notes, "are spellings of one currency, "),
                                 spellings > 1 && *cases[i].spelling[0]);
            }
            free_reading(r);
        }
    }
}

/* The first places, whoever decoded what. */
static void test_places(void **state)
{
    (void)state;
    enum { ROWS = 200000 };
    char *text = malloc(64 + 40 * (size_t)ROWS);
    size_t n = (size_t)sprintf(text, "customer,date,amount,currency\n");
    for (int i = 0; i < ROWS; i++) {
        n += (size_t)sprintf(text + n, "c%d,2020-01-01,5,%s\n", i % 99, i < 150000 || i % 2 ? "USD" : "EUR");
    }
    for (int threads = 1; threads < 4; threads++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("table.csv", text));
        r->opt.by_customer = 1;
        r->exec.threads = threads;
        assert_int_equal(run(r), TSL_E_INPUT);
        assert_non_null(strstr(r->err.message, "table.csv:2) and \"EUR\" ("));
        assert_non_null(strstr(r->err.message, "table.csv:150002);"));
        free_reading(r);
    }
    free(text);
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
    assert_non_null(strstr(next->err.message, "column \"amount\" holds amounts in EUR, as in \"€6\" ("));
    free_reading(next);
    free_reading(r);
}

enum { LATE_ROWS = 150000 };

/* Codes that begin behind the first block, by which columns are decided on, or before it: refused, never left out. */
static void test_late(void **state)
{
    (void)state;
    static char text[LATE_ROWS * 40];
    for (int way = 0; way < 8; way++) {
        const int turned = way & 1, threads = way & 2 ? 3 : 1, by_customer = way >> 2;
        size_t n = (size_t)sprintf(text, "customer,date,amount,cc\n");
        for (int i = 0; i < LATE_ROWS; i++) {
            const int row = turned ? LATE_ROWS - 1 - i : i;
            n += (size_t)sprintf(text + n, "c%d,2020-01-%02d,%d,%s\n", row % 97, 1 + row % 28, row % 7,
                                 row < LATE_ROWS / 2 ? ""
                                 : row % 2           ? "EUR"
                                                     : "USD");
        }
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_bytes("late.csv", text, n));
        r->exec.threads = threads;
        r->opt.by_customer = by_customer;
        assert_int_equal(run(r), TSL_E_INPUT);
        if (turned) {
            assert_non_null(strstr(r->err.message, "column \"cc\" holds several currencies"));
        } else {
            assert_non_null(
                strstr(r->err.message, "transactions: column \"cc\" holds codes of currencies such as USD"));
            assert_non_null(strstr(r->err.message, "late.csv:75002, but none in the first rows"));
            assert_non_null(strstr(r->err.message, "--currency \"cc\" takes it for the currency"));
        }
        free_reading(r);
    }
    /* what stands there late may be anything else */
    size_t n = (size_t)sprintf(text, "customer,date,amount,cc\n");
    for (int i = 0; i < LATE_ROWS; i++) {
        n += (size_t)sprintf(text + n, "c%d,2020-01-01,1,%s\n", i % 97,
                             i < LATE_ROWS / 2 ? ""
                             : i % 2           ? "EUR"
                                               : "gift");
    }
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_bytes("late.csv", text, n));
    assert_int_equal(run(r), TSL_OK);
    free_reading(r);
}

/* Amounts that are converted already are offered before rates, with their currency; and what is offered works. */
static void test_converted(void **state)
{
    (void)state;
    static const struct {
        const char *header, *amount, *currency, *told; /* NULL: it is read */
    } cases[] = {
        {"Amount,Currency,Converted Amount,Converted Currency", NULL, NULL,
         "are expected; --amount \"Converted Amount\" --currency \"Converted Currency\" reads those that are converted "
         "already, --rates converts the others"},
        {"Amount,Currency,Converted Amount,Converted Currency", "Converted Amount", NULL,
         "are expected; --currency \"Converted Currency\" is that of \"Converted Amount\""},
        {"Amount,Currency,Converted Amount,Converted Currency", "Converted Amount", "Converted Currency", NULL},
        {"Amount,Amount Currency,Amount (converted),Amount (converted) Currency", NULL, NULL,
         "; --amount \"Amount (converted)\" --currency \"Amount (converted) Currency\" reads"},
        {"Amount,Amount Currency,Amount (converted),Amount (converted) Currency", "Amount (converted)",
         "Amount (converted) Currency", NULL},
        {"Amount,Currency,Converted Amount,x", NULL, NULL, "are expected; --rates converts them"},
        {"Amount,Converted Currency,Converted Amount,Currency", "Amount", "Converted Currency",
         "are expected; --rates converts them"},
    };
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        char text[400];
        snprintf(text, sizeof text, "customer,date,%s\na,2020-01-01,5,EUR,5,EUR\nb,2020-01-02,6,USD,5,EUR\n",
                 cases[i / 2].header);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("converted.csv", text));
        const tsl_role_map roles[] = {{TSL_ROLE_AMOUNT, cases[i / 2].amount},
                                      {TSL_ROLE_CURRENCY, cases[i / 2].currency}};
        r->opt.roles = roles;
        r->opt.role_count = (size_t)(cases[i / 2].amount != NULL) + (cases[i / 2].currency != NULL);
        r->opt.by_customer = i % 2;
        const tsl_status status = run(r);
        if (status != (cases[i / 2].told ? TSL_E_INPUT : TSL_OK)) {
            fail_msg("%zu: %s", i, r->err.message);
        }
        if (cases[i / 2].told && !strstr(r->err.message, cases[i / 2].told)) {
            fail_msg("%zu: %s", i, r->err.message);
        }
        free_reading(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told),    cmocka_unit_test(test_columns),   cmocka_unit_test(test_assumed),
        cmocka_unit_test(test_several), cmocka_unit_test(test_spellings), cmocka_unit_test(test_places),
        cmocka_unit_test(test_next),    cmocka_unit_test(test_values),    cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_late),    cmocka_unit_test(test_converted),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
