/* test_roles.c: the roles, and the options that name their columns. */
#include "table/names/roles.h"

#include "expr/expr.h"
#include "help.h"

static void test_find_by_name(void **state)
{
    (void)state;
    const char *const names[] = {"amount", "Amount", "Date"};
    assert_int_equal(tsl__name_find("Amount", names, 3), 1);
    assert_int_equal(tsl__name_find("AMOUNT", names, 3), 0);
    assert_int_equal(tsl__name_find("date", names, 3), 2);
    assert_int_equal(tsl__name_find("dat", names, 3), 3);
    assert_int_equal(tsl__name_find("dates", names, 3), 3);
    const char *const wide[] = {"stat\nus", "stat us", "Order\r\n \xC2\xA0No", "订单\xE3\x80\x80号", "stat\nu"};
    assert_int_equal(tsl__name_find("stat us", wide, 5), 1);
    assert_int_equal(tsl__name_find("stat us", wide, 1), 0);
    assert_int_equal(tsl__name_find("order no", wide, 5), 2);
    assert_int_equal(tsl__name_find("订单 号", wide, 5), 3);
    assert_int_equal(tsl__name_find("STAT  U", wide, 5), 4);
    assert_int_equal(tsl__name_find("status", wide, 5), 5);
    assert_int_equal(tsl__name_find("stat us ", wide, 5), 5);
}

static void test_role_table(void **state)
{
    (void)state;
    assert_string_equal(tsl_role_get_name(TSL_ROLE_CUSTOMER), "customer");
    assert_string_equal(tsl_role_get_name(TSL_ROLE_NPS), "nps");
    assert_string_equal(tsl_role_get_name(TSL_ROLES), "?");
    for (int r = TSL_ROLE_CUSTOMER; r < TSL_ROLES; r++) {
        assert_non_null(tsl_role_get_name((tsl_role)r));
    }
    assert_true(tsl__role_is_required(TSL_ROLE_AMOUNT, TSL_TRANSACTIONS));
    assert_false(tsl__role_is_required(TSL_ROLE_ORDER, TSL_TRANSACTIONS));
    assert_true(tsl__role_is_required(TSL_ROLE_TIME, TSL_INTERACTIONS));
    assert_false(tsl__role_is_of(TSL_ROLE_TIME, TSL_CUSTOMERS));
}

/* The options are those of the program (tests/cli/ask/test_params.c). */
static void test_options(void **state)
{
    (void)state;
    assert_string_equal(tsl_role_get_option(TSL_ROLE_AMOUNT, TSL_TRANSACTIONS), "amount");
    assert_string_equal(tsl_role_get_option(TSL_ROLE_CUSTOMER, TSL_CUSTOMERS), "customer-id");
    assert_string_equal(tsl_role_get_option(TSL_ROLE_NPS, TSL_CUSTOMERS), "customer-nps");
    assert_string_equal(tsl_role_get_option(TSL_ROLE_TIME, TSL_INTERACTIONS), "interaction-time");
    assert_string_equal(tsl_role_get_option(TSL_ROLE_LAST_ORDER, TSL_CUSTOMERS), "customer-last-order");
    assert_null(tsl_role_get_option(TSL_ROLE_ORDERS, TSL_TRANSACTIONS));
    assert_null(tsl_role_get_option(TSL_ROLE_AMOUNT, TSL_INTERACTIONS));
    assert_null(tsl_role_get_option(TSL_ROLE_NONE, TSL_CUSTOMERS));
    assert_null(tsl_role_get_option(TSL_ROLES, TSL_CUSTOMERS));
    assert_null(tsl_role_get_option(TSL_ROLE_TIME, (tsl_table_kind)TSL_TABLE_KINDS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_by_name),
        cmocka_unit_test(test_role_table),
        cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
