/* test_table_kind.c: which table a file is. */
#include "table/schema/header_rows.h"
#include "workbook.h"

static tsl_status find_kind(const char *text, const tsl_table_options *const *opt, tsl_table_kind *kind,
                            char reason[TSL_REASON_BYTES], tsl_error *err)
{
    const tsl_source source = {.bytes = text, .count = strlen(text)};
    return tsl_table_kind_read(&source, opt, kind, reason, err);
}

/* The header with three rows, whose cells never stand twice, or are the same in all. */
static char *add_rows(const char *header, int alike)
{
    static char text[16384];
    size_t at = (size_t)snprintf(text, sizeof text, "%s\n", header);
    for (int row = 0; row < 3; row++) {
        for (const char *c = header; c; c = strchr(c, ',') ? strchr(c, ',') + 1 : NULL) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%sv%d", c == header ? "" : ",", alike ? 0 : row);
        }
        at += (size_t)snprintf(text + at, sizeof text - at, "\n");
    }
    return text;
}

/* Exports of all sorts: each is the table that it is. */
static void test_header_rows(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < 2 * sizeof header_rows / sizeof *header_rows; i++) {
        const header_row *row = &header_rows[i / 2];
        const int alike = i % 2; /* whoever stands there several times is in no table of customers */
        tsl_table_kind kind = TSL_CUSTOMERS;
        tsl_error err;
        if (strcmp(row->roles, "-") == 0) {
            continue;
        }
        tsl_status status = find_kind(add_rows(row->header, alike), NULL, &kind, NULL, &err);
        if (alike && row->kind == TSL_CUSTOMERS ? status == TSL_OK && kind == TSL_CUSTOMERS
                                                : status != TSL_OK || kind != row->kind) {
            print_error("%s: %s\n", row->system, status == TSL_OK ? tsl_table_kind_get_name(kind) : err.message);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void check_kind(const char *text, tsl_table_kind expected, const char *expected_reason)
{
    char reason[TSL_REASON_BYTES];
    tsl_table_kind kind;
    tsl_error err;
    if (find_kind(text, NULL, &kind, reason, &err) != TSL_OK) {
        fail_msg("%s: %s", text, err.message);
    }
    assert_int_equal(kind, expected);
    assert_string_equal(reason, expected_reason);
}

static void test_reasons(void **state)
{
    (void)state;
    check_kind("CustomerID,InvoiceDate,Quantity,UnitPrice\n1,2024-01-05,2,3\n", TSL_TRANSACTIONS,
               "CustomerID (customer), InvoiceDate (time), Quantity * UnitPrice (amount)");
    check_kind("user_id,event_time,event_type,price\n1,2024-01-05,view,3\n", TSL_INTERACTIONS,
               "user_id (customer), event_time (time), event_type (kind)");
    check_kind("customer_id,age,created_at\n1,30,2024-01-05\n2,40,2024-01-05\n", TSL_CUSTOMERS,
               "customer_id (customer)");
    /* his first day and all that he spent; with an order, or twice, they are transactions */
    check_kind("customer_id,created_at,total_spent\n1,2024-01-05,3\n2,2024-01-06,4\n", TSL_CUSTOMERS,
               "customer_id (customer)");
    check_kind("会员号,开卡日期,消费金额\n1,2024-01-05,3\n2,2024-01-06,4\n", TSL_CUSTOMERS, "会员号 (customer)");
    check_kind("customer_id,created_at,total_spent\n1,2024-01-05,3\n1,2024-01-06,4\n", TSL_TRANSACTIONS,
               "customer_id (customer), created_at (time), total_spent (amount)");
    check_kind("order_id,customer_id,created_at,total_spent\n8,1,2024-01-05,3\n9,2,2024-01-06,4\n", TSL_TRANSACTIONS,
               "customer_id (customer), created_at (time), total_spent (amount)");
    /* each customer once, and yet no customers */
    check_kind("customer_id,visited_at,page_views\nC001,2024-03-01 10:00,5\nC007,2024-03-15 11:00,2\n",
               TSL_INTERACTIONS, "customer_id (customer), visited_at (time), page_views (pages)");
    check_kind("customer_id,clicked_on,minutes\n1,2024-03-01,5\n2,2024-03-15,2\n", TSL_INTERACTIONS,
               "customer_id (customer), clicked_on (time), minutes (minutes)");
    check_kind("customer_id,session_date,pages\n1,2024-03-01,5\n2,2024-03-15,2\n", TSL_INTERACTIONS,
               "customer_id (customer), session_date (time), pages (pages)");
    check_kind("customer_id,contacted_at,age\n1,2024-03-01,50\n2,2024-03-15,20\n", TSL_CUSTOMERS,
               "customer_id (customer)"); /* the last contact */
    check_kind("customer_id,date,amount\n1,2024-01-05,3\n2,2024-01-06,4\n", TSL_TRANSACTIONS,
               "customer_id (customer), date (time), amount (amount)");
}

static void refuse_kind(const char *text, const char *message)
{
    tsl_table_kind kind;
    tsl_error err;
    assert_int_equal(find_kind(text, NULL, &kind, NULL, &err), TSL_E_INPUT);
    if (!strstr(err.message, message)) {
        fail_msg("%s: %s", text, err.message);
    }
}

static void test_unknown(void **state)
{
    (void)state;
    refuse_kind("sku,price\na,3\n",
                "bytes: which table it is is not known: no column is recognised as the customer; "
                "--transactions, --customers or --interactions bytes says it; the columns are: sku, price (where "
                "another line has the names, --header N says which)");
    refuse_kind("sku,1\na,3\n",
                "(the first line is taken for data; --header yes takes it for names, --header N line N)");
    refuse_kind("customer_id^day\n1^2\n", "the lines came out as one column, which \"^\" seems to divide: write");
    refuse_kind("Bill-to,Invoice Date,Invoice Amount\na,2024-01-05,3\n",
                "it may be \"Bill-to\" (bill to customer no); name it by --customer COLUMN; --transactions");
    refuse_kind("customer_id,date\n1,2024-01-05\n1,2024-01-06\n",
                "nor as what was done (with --amount 1 it is transactions");
    /* orders, though each customer stands once and a column tells where he is */
    refuse_kind("OrderDate,OrderNumber,CustomerKey,TerritoryKey\n2017-01-01,SO1,1,9\n2017-01-02,SO2,2,8\n",
                "nor as what was done (with --amount 1 it is transactions");
    refuse_kind("customer_id,date,amount,page_views\n1,2024-01-05,3,4\n",
                "it has amounts, as transactions do, and how long");
    refuse_kind("customer_id,colour\n1,red\n1,blue\n", "customers stand there several times, but no column");
    refuse_kind("order_id,customer_id,amount\n1,1,3\n2,2,4\n", "it has orders and amounts, but no column");
    refuse_kind("order_id,customer_id,ship date,amount\n1,1,2024-01-05,3\n2,2,2024-01-07,4\n",
                "recognised as the time; it may be \"ship date\" (time); name it by --time COLUMN; --transactions");
    refuse_kind(
        "user_id,order_id,order_dow,order_hour_of_day,days_since_prior_order,amount\n1,A1,0,9,7,5\n2,A2,3,7,,6\n",
        "recognised as the time; --transactions");
    refuse_kind("customer_id,order_id,year,month,amount\n1,A1,2024,1,5\n",
                "recognised as the time; year, month are parts of a date: a column of whole dates is needed");
    refuse_kind("id,name,price\n1,mug,3\n2,lamp,4\n", "it may be ids, or names, of anything");
    refuse_kind(",age\n0,30\n1,40\n", "no column is recognised as the customer"); /* an index numbers anything */
}

/* Of a workbook the other sheets are named. */
static void test_other_sheets(void **state)
{
    (void)state;
#define RELATION(id, name) "<Relationship Id=\"" id "\" Type=\"x/worksheet\" Target=\"" name ".xml\"/>"
#define TEXT(s) "<c t=\"str\"><v>" s "</v></c>"
    static const char sheet[] = "<worksheet><sheetData><row>" TEXT("Labels") TEXT("Sum") "</row><row>" TEXT("a")
        TEXT("1") "</row></sheetData></worksheet>",
                      said[] = " (the sheets are: Pivot, Data; --sheet names one)";
    const char *const parts[] = {"xl/workbook.xml",
                                 "<workbook xmlns:r=\"x\"><sheets><sheet name=\"Pivot\" r:id=\"a\"/><sheet "
                                 "name=\"Data\" r:id=\"b\"/></sheets></workbook>",
                                 "xl/_rels/workbook.xml.rels",
                                 "<Relationships>" RELATION("a", "one") RELATION("b", "two") "</Relationships>",
                                 "xl/one.xml",
                                 sheet,
                                 "xl/two.xml",
                                 sheet,
                                 NULL};
    size_t count;
    char *bytes = make_book(parts, &count);
    const tsl_source source = {.bytes = bytes, .count = count};
    tsl_table_kind kind;
    tsl_error err;
    assert_int_equal(tsl_table_kind_read(&source, NULL, &kind, NULL, &err), TSL_E_INPUT);
    if (!strstr(err.message, said)) {
        fail_msg("%s", err.message);
    }
    reading *r = new_reading(TSL_TRANSACTIONS);
    r->file[r->files++] = source;
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    if (!strstr(r->err.message, said)) {
        fail_msg("%s", r->err.message);
    }
    free_reading(r);
    free(bytes);
}

/* What is mapped tells, too: where its column is, and where not. */
static void test_mapped(void **state)
{
    (void)state;
    static const tsl_role_map roles[] = {
        {TSL_ROLE_CUSTOMER, "wer"}, {TSL_ROLE_TIME, "wann"}, {TSL_ROLE_AMOUNT, "was * 2"}};
    static const tsl_role_map one[] = {{TSL_ROLE_AMOUNT, "1"}};
    tsl_table_options bought;
    const tsl_table_options *opt[TSL_TABLE_KINDS] = {[TSL_TRANSACTIONS] = &bought};
    tsl_table_kind kind;
    tsl_error err;
    TSL_DEFAULTS(table, &bought);
    bought.roles = roles;
    bought.role_count = 3;
    assert_int_equal(find_kind("wer,wann,was\na,2024-01-05,3\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_TRANSACTIONS);
    /* a slip: by its columns it is of the table that it is not by what is mapped, and is read as that one */
    kind = TSL_CUSTOMERS;
    assert_int_equal(find_kind("customer,date,amount\na,2024-01-05,3\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_TRANSACTIONS);
    assert_int_equal(find_kind("customer,date\na,2024-01-05\n", opt, &kind, NULL, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, " (of transactions, customer: bytes has no column \"wer\""));
    assert_int_equal(find_kind("customer,date,event\na,2024-01-05,visit\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_INTERACTIONS); /* another table */
    /* a constant is no column: it makes transactions of what is nothing else */
    bought.roles = one;
    bought.role_count = 1;
    assert_int_equal(find_kind("customer,date\na,2024-01-05\na,2024-01-06\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_TRANSACTIONS);
    assert_int_equal(find_kind("customer,date,event\na,2024-01-05,visit\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_INTERACTIONS);
    assert_int_equal(find_kind("customer,age\na,30\nb,40\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_CUSTOMERS);
}

/* A column that is declared of the customers, and is not there, makes no customers of a table. */
static void test_declared(void **state)
{
    (void)state;
    static const tsl_column_rule rule = {.name = "age", .type = TSL_TYPE_NUMBER};
    tsl_table_options people;
    const tsl_table_options *opt[TSL_TABLE_KINDS] = {[TSL_CUSTOMERS] = &people};
    tsl_table_kind kind;
    tsl_error err;
    TSL_DEFAULTS(table, &people);
    people.rules = &rule;
    people.rule_count = 1;
    assert_int_equal(find_kind("customer,date,amount\na,2024-01-05,3\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_TRANSACTIONS);
    assert_int_equal(find_kind("customer,age\na,30\nb,40\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_CUSTOMERS);
    kind = TSL_TRANSACTIONS; /* a slip */
    assert_int_equal(find_kind("customer,born\na,30\nb,40\n", opt, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_CUSTOMERS);
}

static void test_sources(void **state)
{
    (void)state;
    tsl_table_kind kind;
    tsl_error err;
    assert_int_equal(tsl_table_kind_read(&(tsl_source){.path = "-"}, NULL, &kind, NULL, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "as it can be read only once; --transactions, --customers or --interactions"));
    assert_int_equal(tsl_table_kind_read(&(tsl_source){.path = path_of("none.csv")}, NULL, &kind, NULL, &err),
                     TSL_E_NOT_FOUND);
    assert_int_equal(tsl_table_kind_read(NULL, NULL, &kind, NULL, &err), TSL_E_OPTION);
    const tsl_source file = source_of(write_text("people.csv", "customer_id,age\na,30\n"));
    assert_int_equal(tsl_table_kind_read(&file, NULL, &kind, NULL, &err), TSL_OK);
    assert_int_equal(kind, TSL_CUSTOMERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_rows),  cmocka_unit_test(test_reasons), cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_other_sheets), cmocka_unit_test(test_mapped),  cmocka_unit_test(test_declared),
        cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
