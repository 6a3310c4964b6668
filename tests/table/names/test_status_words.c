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
        {TSL__STATUS_TYPE,
         {"Kind", "Event Type", "Operation", "Opération", "Type de pièce", "红蓝标志", "Rechnungsart"}},
        {TSL__STATUS_DELIVERY,
         {"delivery_status", "物流状态", "Lieferstatus", "Statut de livraison", "Estado de envío"}},
        {TSL__STATUS_BILLING, {"Fakturaart", "Billing Type", "FKART"}},
        {TSL__STATUS_SIDE, {"S/H", "Dr/Cr", "Debit/Credit", "借贷方向", "收支", "Sens", "Debe/Haber"}},
        {TSL__STATUS_FLAG,
         {"is_cancelled", "Cancelled", "是否退款", "refunded", "returned", "storniert", "annulé", "Devuelto"}},
        {TSL__STATUS_FLAG, {"Storno", "红字", "是否红冲", "test", "is_test", "Gelöscht", "FKSTO"}},
        {TSL__STATUS_DATE, {"Cancelled at", "canceled_on", "Refund Date", "取消时间", "退款时间", "Storniert am"}},
        {TSL__STATUS_FLAG_OF_SALE, {"is_paid", "是否付款", "bezahlt", "IsWon", "livemode"}},
        {TSL__STATUS_NONE, {"Marital_Status", "statuses", "StatusCode2", "amount", "customer_type", "refund_amount"}},
    };
    static const char
        *const none[] = {"Cancelled",   "canceled",           "REFUNDED",        "payment_pending", "voided",
                         "已取消",      "交易关闭",           "已退款",          "待付款",          "退货",
                         "Storniert",   "remboursé",          "On hold",         "Disputed",        "refund complete",
                         "部分退款",    "Partially refunded", "zurückerstattet", "En attente",      "reembolsado",
                         "Credit Memo", "销售退货",           "Closed Lost",     "wc-cancelled",    "锁定",
                         "已删除",      "Return to Seller",   "undelivered",     "unzustellbar",    "Non livrée",
                         "No entregado"},
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

/* Values of several pieces, deliveries that are to come, codes that are words elsewhere. */
static void test_values(void **state)
{
    (void)state;
    static const struct {
        tsl__status_kind kind;
        const char *value;
        int is_none;
    } cases[] = {
        {TSL__STATUS_WORDS, "Shipped - Returned to Seller", 1},
        {TSL__STATUS_WORDS, "Shipped - Rejected by Buyer", 1},
        {TSL__STATUS_WORDS, "Shipped - Delivered to Buyer", 0},
        {TSL__STATUS_WORDS, "(删除)等待出库", 1},
        {TSL__STATUS_WORDS, "（锁定）等待出库", 1},
        {TSL__STATUS_WORDS, "(预售)等待出库", 0},
        {TSL__STATUS_WORDS, "等待出库", 0},
        {TSL__STATUS_WORDS, "已发货（已退款）", 1},
        {TSL__STATUS_WORDS, "Cancelled, refunded", 1},
        {TSL__STATUS_WORDS, "Paid (not refunded)", 0},
        {TSL__STATUS_WORDS, "-", 0},
        {TSL__STATUS_WORDS, "(", 0},
        {TSL__STATUS_WORDS, "G2", 0},
        {TSL__STATUS_DELIVERY, "undelivered", 1},
        {TSL__STATUS_DELIVERY, "pending", 0},
        {TSL__STATUS_WORDS, "pending", 1},
        {TSL__STATUS_TYPE, "RE", 0},
        {TSL__STATUS_TYPE, "Pro Forma", 1},
        {TSL__STATUS_BILLING, "RE", 1},
        {TSL__STATUS_BILLING, "g2", 1},
        {TSL__STATUS_BILLING, "S1", 1},
        {TSL__STATUS_BILLING, "F8", 1},
        {TSL__STATUS_BILLING, "S2", 0},
        {TSL__STATUS_BILLING, "L2", 0},
        {TSL__STATUS_BILLING, "F2", 0},
        {TSL__STATUS_BILLING, "Credit Memo", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__status_says_no_sale(cases[i].kind, tsl__span_make(cases[i].value)) != cases[i].is_none) {
            fail_msg("%d: %s", (int)cases[i].kind, cases[i].value);
        }
    }
    assert_true(tsl__status_is_part(tsl__span_make("已发货(部分退款)")));
    assert_true(tsl__status_is_open(tsl__span_make("待付款")) && tsl__status_is_open(tsl__span_make("on hold")) &&
                tsl__status_is_open(tsl__span_make("Pending - Waiting for Pick Up")));
    assert_false(tsl__status_is_open(tsl__span_make("cancelled")) || tsl__status_is_open(tsl__span_make("paid")));
    /* What is no one's name is told by whole words. */
    assert_false(tsl__status_is_no_sale(tsl__span_make("Hold, Peter")));
}

static void test_flags(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"nein", "ja"}, {"N", "J"}, {"non", "Oui"}, {"no", "Sí"}, {"falsch", "wahr"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const unsigned no = tsl__status_find_flags(tsl__span_make(pairs[i][0]), 0),
                       yes = tsl__status_find_flags(tsl__span_make(pairs[i][1]), 1);
        if (!(no & yes) || tsl__status_find_flags(tsl__span_make(pairs[i][1]), 0)) {
            fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
        }
    }
    assert_true(tsl__status_find_flags(tsl__span_make("X"), 1) && tsl__status_find_flags(tsl__span_make("✓"), 1));
    assert_false(tsl__status_find_flags(tsl__span_make("maybe"), 0) | tsl__status_find_flags(tsl__span_make(""), 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_values),
                                       cmocka_unit_test(test_flags)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
