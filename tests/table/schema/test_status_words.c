/* test_status_words.c: which columns are statuses, which of their values are no sale. */
#include "help.h"
#include "table/schema/status_words.h"

static void test_words(void **state)
{
    (void)state;
    static const char *const names[] = {"Order Status", "order_status", "Financial Status",
                                        "订单状态",     "交易状态",     "status"},
                             *const others[] = {"Marital_Status", "statuses", "StatusCode2", "amount"};
    static const char *const none[] = {"Cancelled", "canceled", "REFUNDED",  "payment_pending",
                                       "voided",    "已取消",   "交易关闭",  "已退款",
                                       "待付款",    "退货",     "Storniert", "remboursé"},
                             *const sales[] = {"Completed", "paid",   "Shipped", "交易成功",
                                               "已完成",    "待发货", "",        "partially_refunded"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(tsl__status_is_name(names[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(tsl__status_is_name(others[i]));
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_true(tsl__status_is_no_sale(tsl__span_make(none[i])));
    }
    for (size_t i = 0; i < sizeof sales / sizeof *sales; i++) {
        assert_false(tsl__status_is_no_sale(tsl__span_make(sales[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
