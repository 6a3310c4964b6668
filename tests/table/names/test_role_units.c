/* test_role_units.c: units in the names of columns are applied, or refused. */
#include "table/names/role_units.h"

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
        {TSL_ROLE_AMOUNT, "Umsatz TEUR", ", in TEUR, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "Importe (céntimos)", ", in céntimos, divided by 100", 1, 100},
        {TSL_ROLE_AMOUNT, "amount_minor_units", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (x100)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (×1,000)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (10^3)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (10³)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (1e6)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (/100)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (in 1000)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (1 000)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (EUR) (x100)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount_x100", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount ×1000", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount /100", NULL, 0, 0},
        {TSL_ROLE_MINUTES, "duration_x60", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount_x", "", 1, 1}, /* of two tables that were joined */
        {TSL_ROLE_AMOUNT, "amount_2", "", 1, 1},
        {TSL_ROLE_AMOUNT, "Betrag ct", ", in ct, divided by 100", 1, 100},
        {TSL_ROLE_AMOUNT, "amount_cts", ", in cts, divided by 100", 1, 100},
        {TSL_ROLE_QUANTITY, "quantity_x100", NULL, 0, 0},
        {TSL_ROLE_QUANTITY, "数量（万件）", ", in 万件, times 10000", 10000, 1},
        {TSL_ROLE_QUANTITY, "数量千件", ", in 千件, times 1000", 1000, 1},
        {TSL_ROLE_QUANTITY, "quantity (thousand units)", ", in thousand units, times 1000", 1000, 1},
        {TSL_ROLE_QUANTITY, "quantity ('000)", ", in '000, times 1000", 1000, 1},
        {TSL_ROLE_QUANTITY, "Qty (1000 pcs)", ", in 1000 pcs, times 1000", 1000, 1},
        {TSL_ROLE_QUANTITY, "Menge (Stück)", "", 1, 1},
        {TSL_ROLE_QUANTITY, "quantity (12 pcs)", NULL, 0, 0},
        {TSL_ROLE_QUANTITY, "quantity (dozen)", NULL, 0, 0},
        {TSL_ROLE_QUANTITY, "Menge (Dutzend)", NULL, 0, 0},
        {TSL_ROLE_QUANTITY, "quantity (M)", NULL, 0, 0},
        {TSL_ROLE_QUANTITY, "quantity_M", "", 1, 1}, /* a size */
        {TSL_ROLE_QUANTITY, "quantity (EUR)", NULL, 0, 0},
        {TSL_ROLE_PRICE, "单价（元/千件）", NULL, 0, 0},
        {TSL_ROLE_PRICE, "price (EUR/dozen)", NULL, 0, 0},
        {TSL_ROLE_PRICE, "price per 1000", NULL, 0, 0},
        {TSL_ROLE_PRICE, "price (EUR/100 g)", NULL, 0, 0},
        {TSL_ROLE_PRICE, "单价（元/件）", ", in 元", 1, 1},
        {TSL_ROLE_PRICE, "price 2023/24", "", 1, 1},
        {TSL_ROLE_AMOUNT, "amount *2", "", 1, 1}, /* a footnote */
        {TSL_ROLE_PRICE, "price (EUR/kg)", ", in EUR", 1, 1},
        {TSL_ROLE_AMOUNT, "Importe en miles de euros", ", in en miles de euros, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "revenue USD in millions", ", in USD in millions, times 1000000", 1000000, 1},
        {TSL_ROLE_AMOUNT, "Sales $000s", ", in $000s, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "amount_cents_eur", ", in cents_eur, divided by 100", 1, 100},
        {TSL_ROLE_AMOUNT, "amount_kopecks", ", in kopecks, divided by 100", 1, 100},
        {TSL_ROLE_AMOUNT, "umsatz_teur", ", in teur, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "Sprzedaż (tys. zł)", ", in tys. zł, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "Fatturato in migliaia di euro", ", in migliaia di euro, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "Omsetning NOK mill", ", in NOK mill, times 1000000", 1000000, 1},
        {TSL_ROLE_AMOUNT, "金额百元", ", in 百元, times 100", 100, 1},
        {TSL_ROLE_AMOUNT, "金额十万元", ", in 十万元, times 100000", 100000, 1},
        {TSL_ROLE_AMOUNT, "金额（人民币万元）", ", in 人民币万元, times 10000", 10000, 1},
        {TSL_ROLE_AMOUNT, "매출(백만원)", ", in 백만원, times 1000000", 1000000, 1},
        {TSL_ROLE_AMOUNT, "revenue_mm", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Revenue $mm", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Sales ($ mil)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount_fils", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount x 1000", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount*1000", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "sales/1000", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount 10^3", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "sales/2023", "", 1, 1},
        {TSL_ROLE_AMOUNT, "amount_1000", "", 1, 1},
        {TSL_ROLE_AMOUNT, "amount (10)", "", 1, 1}, /* the tenth of the name */
        {TSL_ROLE_AMOUNT, "amount (2024)", "", 1, 1},
        {TSL_ROLE_AMOUNT, "amount (Cr)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (USD) in thousands", ", in thousands, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "Sales (k€, net)", ", in k€, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "Umsatz TEUR netto", ", in TEUR, times 1000", 1000, 1},
        {TSL_ROLE_AMOUNT, "amount_cents_total", ", in cents, divided by 100", 1, 100},
        {TSL_ROLE_MINUTES, "session_seconds_total", ", in seconds, divided by 60", 1, 60},
        {TSL_ROLE_AMOUNT, "Revenue (EUR/1000)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (€/100)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Umsatz (EUR/Tsd.)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "金额（元/万）", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "金额（元/月）", ", in 元", 1, 1},
        {TSL_ROLE_AMOUNT, "Umsatz (EUR/2023)", ", in EUR", 1, 1},
        {TSL_ROLE_AMOUNT, "Amount (EUR) x1000", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (x1000) net", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (EUR x 1000)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Revenue EUR 1000", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "amount_10k", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "金额（10万元）", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (thousand tons)", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Amount (k€) Mio", NULL, 0, 0},
        {TSL_ROLE_AMOUNT, "Umsatz EUR t", NULL, 0, 0},
        {TSL_ROLE_MINUTES, "duration (h, min)", NULL, 0, 0},
        {TSL_ROLE_MINUTES, "Dauer (Sek.)", ", in Sek., divided by 60", 1, 60},
        {TSL_ROLE_MINUTES, "durée (x60)", NULL, 0, 0},
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
        if (status != (cases[i].said ? TSL_OK : TSL_E_INPUT)) {
            fail_msg("%s: status %d", cases[i].name, (int)status);
        }
        if (status == TSL_OK && (unit.numerator != cases[i].numerator || unit.denominator != cases[i].denominator ||
                                 strcmp(tsl__role_unit_describe(&unit, said), cases[i].said) != 0)) {
            fail_msg("%s: %s", cases[i].name, tsl__role_unit_describe(&unit, said));
        }
    }
    char said[TSL__UNIT_TEXT_BYTES];
    assert_string_equal(tsl__role_unit_describe(NULL, said), "");
}

/* Brackets that are no unit are told, but for words that change nothing. */
static void test_known(void **state)
{
    (void)state;
    static const char *const known[] = {
        "",    "net",  "gross",        "含税", "不含税", "incl. 19% VAT", "Brutto inkl. MwSt.", "con IVA",
        "1-5", "2024", "ohne Versand", "TTC",  "2",      "after discount"};
    static const char *const unknown[] = {"box", "KWD", "pts", "点", "x", "internet", "units of 5 box"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!tsl__role_unit_is_known(TSL_ROLE_AMOUNT, tsl__span_make(known[i]))) {
            fail_msg("%s", known[i]);
        }
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        if (tsl__role_unit_is_known(TSL_ROLE_AMOUNT, tsl__span_make(unknown[i]))) {
            fail_msg("%s", unknown[i]);
        }
        assert_true(tsl__role_unit_is_known(TSL_ROLE_SATISFACTION, tsl__span_make(unknown[i])));
        assert_true(tsl__role_unit_is_known(TSL_ROLE_QUANTITY, tsl__span_make(unknown[i])));
    }
    /* what may multiply, and is not followed */
    static const struct {
        const char *name, *other;
    } left[] = {{"sales_m", "m"},        {"k€ Umsatz", "k€ Umsatz"},
                {"cents_paid", "cents"}, {"cost per mille (EUR)", "mille (EUR)"},
                {"amount_a", ""},        {"Million Club amount", "Million Club amount"}};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        tsl__unit unit;
        assert_int_equal(tsl__role_unit_read(TSL_ROLE_AMOUNT, left[i].name, &unit, NULL), TSL_OK);
        if (!tsl__span_equal(unit.other, tsl__span_make(left[i].other)) || unit.numerator != 1) {
            fail_msg("%s: \"%.*s\"", left[i].name, (int)unit.other.n, unit.other.s);
        }
        assert_int_equal(tsl__role_unit_is_known(TSL_ROLE_AMOUNT, unit.other), !*left[i].other);
    }
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount (box)\na,2020-01-01,5\n");
    assert_true(
        has_line(&r->table->info.notes, "amount: \"box\" of the column \"amount (box)\" is no unit that is known"));
    assert_null(tsl_table_get_finding(r->table, 1));
    assert_int_equal(tsl_table_get_finding(r->table, 0)->kind, TSL_FINDING_UNKNOWN_UNIT);
    free_reading(r);
}

static void check_amount(const char *cell, int64_t value, const char *note)
{
    char text[200];
    for (int customers = 0; customers < 2; customers++) {
        snprintf(text, sizeof text,
                 customers ? "customer,total spent\na,%s\nb,%s\n"
                           : "customer,date,amount\na,2020-01-01,%s\nb,2020-01-02,%s\n",
                 cell, cell);
        reading *r = read_text(customers ? TSL_CUSTOMERS : TSL_TRANSACTIONS, text);
        const int64_t *amount = column(r, customers ? TSL_ROLE_SPEND : TSL_ROLE_AMOUNT)->integer;
        if (amount[0] != value || amount[1] != value || !has_line(&r->table->info.notes, note)) {
            fail_msg("%s: %lld, %s", cell, (long long)amount[0],
                     r->table->info.notes.count ? r->table->info.notes.text[0] : "no note");
        }
        free_reading(r);
    }
}

/* What stands behind all numbers goes the same way as what stands in a name. */
static void test_suffixes(void **state)
{
    (void)state;
    check_amount("500 cents", 5 * TSL_DECIMAL_ONE, "have \"cents\" behind them, and are divided by 100");
    check_amount("50¢", TSL_DECIMAL_ONE / 2, "have \"¢\" behind them, and are divided by 100");
    check_amount("500分", 5 * TSL_DECIMAL_ONE, "have \"分\" behind them, and are divided by 100");
    check_amount("5角", TSL_DECIMAL_ONE / 2, "have \"角\" behind them, and are divided by 10");
    check_amount("5 TEUR", 5000 * TSL_DECIMAL_ONE, "have \"TEUR\" behind them, and are multiplied by 1000");
    check_amount("5 net", 5 * TSL_DECIMAL_ONE, "have \"net\" behind them, which is left out: ");
    check_amount("5 box", 5 * TSL_DECIMAL_ONE,
                 "which is left out, as it is no unit that is known; say by an expression");
    static const struct {
        const char *cell;
        int64_t minutes;
    } stays[] = {{"300s", 5},     {"1h", 60},      {"5 min", 5}, {"5m", 5},   {"300秒", 5},
                 {"300 Sek.", 5}, {"2 Std.", 120}, {"5分", 5},   {"1d", 1440}};
    for (size_t i = 0; i < sizeof stays / sizeof *stays; i++) {
        char text[200];
        snprintf(text, sizeof text, "customer,visit time,duration\na,2024-03-01,%s\nb,2024-03-02,%s\n", stays[i].cell,
                 stays[i].cell);
        reading *r = read_text(TSL_INTERACTIONS, text);
        if (column(r, TSL_ROLE_MINUTES)->integer[1] != stays[i].minutes * TSL_DECIMAL_ONE) {
            fail_msg("%s: %lld", stays[i].cell, (long long)column(r, TSL_ROLE_MINUTES)->integer[1]);
        }
        free_reading(r);
    }
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,5 kg\n", TSL_E_INPUT,
                "amount: column \"amount\" is by its numbers in \"kg\", which is not money; name another column by "
                "--amount, or say by an expression what is meant (--amount '\"amount\" * 1')");
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,5 Cr\n", TSL_E_INPUT,
                "in \"Cr\", which does not multiply or divide by the same everywhere");
    refuse_text(TSL_CUSTOMERS, "customer,total spent\na,5 kg\nb,6 kg\n", TSL_E_INPUT,
                "in \"kg\", which is not money; name another column by --customer-spend");
    refuse_text(TSL_INTERACTIONS, "customer,visit time,duration\na,2024-03-01,5 cents\n", TSL_E_INPUT,
                "in \"cents\", which is not a time; name another column by --interaction-minutes");
    refuse_text(TSL_INTERACTIONS, "customer,visit time,duration\na,2024-03-01,300 sek\n", TSL_E_INPUT,
                "minutes: column \"duration\" is by its numbers in SEK (\"300 sek\", ");
    refuse_text(TSL_CUSTOMERS, "customer,recency\na,€3\nb,€4\n", TSL_E_INPUT, "which is not a number of days");
    /* beside the unit of the name: once, and not another one */
    reading *r = read_text(TSL_INTERACTIONS, "customer,visit time,duration (s)\na,2024-03-01,300s\n");
    assert_int_equal(column(r, TSL_ROLE_MINUTES)->integer[0], 5 * TSL_DECIMAL_ONE);
    free_reading(r);
    refuse_text(TSL_INTERACTIONS, "customer,visit time,duration (s)\na,2024-03-01,300 ms\n", TSL_E_INPUT,
                "is by its name in \"s\", but by its numbers in \"ms\"");
    /* a price makes the amount; what is said by an expression is left as it is */
    r = read_text(TSL_TRANSACTIONS, "customer,date,quantity,price\na,2020-01-01,3,50¢\n");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 3 * TSL_DECIMAL_ONE / 2);
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", "customer,date,amount\na,2020-01-01,5 kg\n"));
    map_role(r, TSL_ROLE_AMOUNT, "amount * 1");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 5 * TSL_DECIMAL_ONE);
    free_reading(r);
    /* the currency that it tells */
    refuse_text(TSL_TRANSACTIONS, "customer,date,amount,cost\na,2020-01-01,5 TEUR,$3\n", TSL_E_INPUT,
                "\"amount\" is in EUR, as \"5 TEUR\" (");
    /* a name between quotes is a column, with its unit */
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("table.csv", "customer,date,Betrag (Cent)\na,2020-01-01,500\n"));
    map_role(r, TSL_ROLE_AMOUNT, "\"Betrag (Cent)\"");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 5 * TSL_DECIMAL_ONE);
    free_reading(r);
}

/* Whether minutes of these cells, under this name, are told to have no unit. */
static int is_bare(const char *name, const char *cell)
{
    char text[128];
    int found = 0;
    snprintf(text, sizeof text, "customer,time,%s\na,2024-03-01 10:00,%s\nb,2024-03-02 10:00,%s\n", name, cell, cell);
    reading *r = read_text(TSL_INTERACTIONS, text);
    assert_non_null(column(r, TSL_ROLE_MINUTES));
    const tsl_table_finding *f;
    for (size_t i = 0; (f = tsl_table_get_finding(r->table, i)); i++) {
        found |= f->kind == TSL_FINDING_UNKNOWN_UNIT && f->count == 2 && strcmp(f->column, name) == 0;
    }
    free_reading(r);
    return found;
}

static void test_minutes_without_a_unit(void **state)
{
    (void)state;
    assert_true(is_bare("dwell_time", "350"));
    assert_true(is_bare("停留时长", "35"));
    assert_false(is_bare("dwell_time_sec", "350"));
    assert_false(is_bare("session_minutes", "35"));
    assert_false(is_bare("分钟", "35"));
    assert_false(is_bare("dwell_time", "350 s"));
    assert_false(is_bare("dwell_time", "00:05:30"));
    assert_false(is_bare("dwell_time", "")); /* nothing is there to be taken for minutes */
    reading *r = new_reading(TSL_INTERACTIONS);
    add_file(r, write_text("table.csv", "customer,time,dwell_time\na,2024-03-01 10:00,350\n"));
    map_role(r, TSL_ROLE_MINUTES, "\"dwell_time\" * 1"); /* the way out */
    assert_int_equal(run(r), TSL_OK);
    assert_null(tsl_table_get_finding(r->table, 0));
    free_reading(r);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_known),
                                       cmocka_unit_test(test_suffixes), cmocka_unit_test(test_minutes_without_a_unit),
                                       cmocka_unit_test(test_tables)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
