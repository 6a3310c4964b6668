/* test_status_words.c: which columns are statuses, which of their values are no sale. */
#include "help.h"
#include "table/names/status_words.h"

static void test_words(void **state)
{
    (void)state;
    static const struct {
        tsl__status_kind kind;
        const char *name[10];
    } names[] = {
        {TSL__STATUS_WORDS, {"Order Status", "order_status", "Financial Status", "订单状态", "交易状态", "status"}},
        {TSL__STATUS_STAGE, {"Stage", "Deal Stage", "StageName", "商机阶段", "Étape", "Etapa de venta"}},
        {TSL__STATUS_TYPE,
         {"Type", "Transaction Type", "单据类型", "业务类型", "交易类型", "Doc Type", "Belegart", "出入库类别"}},
        {TSL__STATUS_SIDE, {"S/H", "Dr/Cr", "Debit/Credit", "借贷方向", "收支", "Sens", "Debe/Haber"}},
        {TSL__STATUS_FLAG,
         {"is_cancelled", "Cancelled", "是否退款", "refunded", "returned", "storniert", "annulé", "Devuelto"}},
        {TSL__STATUS_DATE, {"Cancelled at", "canceled_on", "Refund Date", "取消时间", "退款时间", "Storniert am"}},
        {TSL__STATUS_FLAG_OF_SALE, {"is_paid", "是否付款", "bezahlt", "IsWon"}},
        {TSL__STATUS_NONE, {"Marital_Status", "statuses", "StatusCode2", "amount", "customer_type", "refund_amount"}},
    };
    static const char
        *const none[] = {"Cancelled",   "canceled",           "REFUNDED",        "payment_pending", "voided",
                         "已取消",      "交易关闭",           "已退款",          "待付款",          "退货",
                         "Storniert",   "remboursé",          "On hold",         "Disputed",        "refund complete",
                         "部分退款",    "Partially refunded", "zurückerstattet", "En attente",      "reembolsado",
                         "Credit Memo", "销售退货",           "Closed Lost",     "wc-cancelled"},
               *const sales[] = {"Completed", "paid", "Shipped", "交易成功", "已完成", "待发货", "", "退款关闭"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t k = 0; k < 10 && names[i].name[k]; k++) {
            assert_int_equal(tsl__status_find_kind(names[i].name[k]), names[i].kind);
        }
    }
    assert_true(tsl__status_is_part(tsl__span_make("partially_refunded")));
    assert_false(tsl__status_is_part(tsl__span_make("refunded")));
    assert_true(tsl__status_is_won(tsl__span_make("closedwon")) && tsl__status_is_stage(tsl__span_make("Closed Won")));
    assert_true(tsl__status_is_stage(tsl__span_make("Prospecting")) && !tsl__status_is_won(tsl__span_make("lost")));
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
