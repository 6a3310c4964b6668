/* test_roles.c: columns recognised by their names. */
#include "table/schema/roles.h"

#include "expr/expr.h"
#include "help.h"

/* The name among those in `list` (divided by "|") that is recognised as the role, or "". */
static const char *find(tsl_role role, tsl_table_kind kind, const char *list)
{
    static char text[1024];
    const char *name[32];
    size_t count = 0;
    int per_unit;
    snprintf(text, sizeof text, "%s", list);
    for (char *p = strtok(text, "|"); p; p = strtok(NULL, "|"))
        name[count++] = p;
    char **folded = tsl__names_fold(name, count);
    size_t found = tsl__role_find(role, kind, (const char *const *)folded, count, NULL, &per_unit);
    free(folded);
    return found < count ? name[found] : "";
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        tsl_role role;
        tsl_table_kind kind;
        const char *list, *expected;
    } cases[] = {
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "InvoiceNo|CustomerID", "CustomerID"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "customer|Customer Id", "Customer Id"}, /* the more telling one */
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "id|CUST-ID", "CUST-ID"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "id|name", "id"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "household_key", "household_key"},
        {TSL_ROLE_CUSTOMER, TSL_CUSTOMERS, "CustomerKey", "CustomerKey"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "订单号|客户编号", "客户编号"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "用户id", "用户id"},
        {TSL_ROLE_CUSTOMER, TSL_TRANSACTIONS, "CustomerName|Country", ""},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "Invoice|Price", "Invoice"},
        {TSL_ROLE_ORDER, TSL_TRANSACTIONS, "订单号", "订单号"},
        {TSL_ROLE_ORDER, TSL_CUSTOMERS, "order id", ""},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "StockDate|OrderDate", "OrderDate"},
        {TSL_ROLE_TIME, TSL_TRANSACTIONS, "下单时间", "下单时间"},
        {TSL_ROLE_TIME, TSL_INTERACTIONS, "timestamp", "timestamp"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Tran_Amount", "Tran_Amount"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "金额（元）", "金额（元）"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Amount (EUR)", "Amount (EUR)"},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "(amount", ""},
        {TSL_ROLE_AMOUNT, TSL_TRANSACTIONS, "Price", ""},
        {TSL_ROLE_QUANTITY, TSL_TRANSACTIONS, "OrderQuantity", "OrderQuantity"},
        {TSL_ROLE_PRODUCT, TSL_TRANSACTIONS, "StockCode|Description", "StockCode"},
        {TSL_ROLE_KIND, TSL_INTERACTIONS, "事件", "事件"},
        {TSL_ROLE_MINUTES, TSL_INTERACTIONS, "session_minutes", "session_minutes"},
        {TSL_ROLE_SATISFACTION, TSL_INTERACTIONS, "rating", "rating"},
        {TSL_ROLE_SATISFACTION, TSL_CUSTOMERS, "rating", ""}, /* may be a credit rating */
        {TSL_ROLE_NPS, TSL_CUSTOMERS, "NPS", "NPS"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(find(cases[i].role, cases[i].kind, cases[i].list), cases[i].expected) != 0)
            fail_msg("%s in %s", tsl_role_get_name(cases[i].role), cases[i].list);
}

static void test_per_unit_and_taken(void **state)
{
    (void)state;
    const char *const names[] = {"cost", "unitcost", "unitprice"};
    char taken[] = {1, 0, 0};
    int per_unit = -1;
    assert_int_equal(tsl__role_find(TSL_ROLE_COST, TSL_TRANSACTIONS, names, 3, NULL, &per_unit), 0);
    assert_int_equal(per_unit, 0);
    assert_int_equal(tsl__role_find(TSL_ROLE_COST, TSL_TRANSACTIONS, names, 3, taken, &per_unit), 1);
    assert_int_equal(per_unit, 1);
    assert_int_equal(tsl__role_find(TSL_ROLE_PRICE, TSL_TRANSACTIONS, names, 3, taken, &per_unit), 2);
}

static void test_find_by_name(void **state)
{
    (void)state;
    const char *const names[] = {"amount", "Amount", "Date"};
    assert_int_equal(tsl__name_find("Amount", names, 3), 1);
    assert_int_equal(tsl__name_find("AMOUNT", names, 3), 0);
    assert_int_equal(tsl__name_find("date", names, 3), 2);
    assert_int_equal(tsl__name_find("dat", names, 3), 3);
    assert_int_equal(tsl__name_find("dates", names, 3), 3);
}

static void test_role_table(void **state)
{
    (void)state;
    assert_string_equal(tsl_role_get_name(TSL_ROLE_CUSTOMER), "customer");
    assert_string_equal(tsl_role_get_name(TSL_ROLE_NPS), "nps");
    assert_string_equal(tsl_role_get_name(TSL_ROLES), "?");
    for (int r = TSL_ROLE_CUSTOMER; r < TSL_ROLES; r++)
        assert_non_null(tsl_role_get_name((tsl_role)r));
    assert_true(tsl__role_is_required(TSL_ROLE_AMOUNT, TSL_TRANSACTIONS));
    assert_false(tsl__role_is_required(TSL_ROLE_ORDER, TSL_TRANSACTIONS));
    assert_true(tsl__role_is_required(TSL_ROLE_TIME, TSL_INTERACTIONS));
    assert_false(tsl__role_is_of(TSL_ROLE_TIME, TSL_CUSTOMERS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_per_unit_and_taken),
        cmocka_unit_test(test_find_by_name),
        cmocka_unit_test(test_role_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
