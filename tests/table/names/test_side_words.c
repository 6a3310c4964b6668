/* test_side_words.c: words of two sides, and of documents. */
#include "help.h"
#include "table/names/side_words.h"
#include "table/names/status_words.h"

static void test_pairs(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"D", "C"},        {"Dr", "Cr"},         {"Debit", "Credit"}, {"S", "H"},
                                           {"Soll", "Haben"}, {"借", "贷"},         {"收入", "支出"},    {"in", "out"},
                                           {"入库", "出库"},  {"Entrée", "Sortie"}, {"Debe", "Haber"},   {"D", "H"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const unsigned one = tsl__side_find_pairs(tsl__span_make(pairs[i][0]), 0),
                       other = tsl__side_find_pairs(tsl__span_make(pairs[i][1]), 1);
        if (!(one & other)) {
            fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
        }
        assert_false(tsl__side_find_pairs(tsl__span_make(pairs[i][0]), 1) & one);
    }
    assert_false(tsl__side_find_pairs(tsl__span_make("D"), 0) & tsl__side_find_pairs(tsl__span_make("Soll"), 0));
    assert_int_equal(tsl__side_find_pairs(tsl__span_make("sale"), 0), 0);
    assert_int_equal(tsl__side_find_pairs(tsl__span_make(""), 1), 0);
}

static void test_documents(void **state)
{
    (void)state;
    static const struct {
        tsl__document is;
        const char *word[7];
    } cases[] = {
        {TSL__DOCUMENT_SALE, {"sale", "Invoice", "销售出库", "Rechnung", "Facture", "venta"}},
        {TSL__DOCUMENT_RETURN,
         {"Return", "refund", "销售退货入库", "Gutschrift", "avoir", "Devolución", "Credit Memo"}},
        {TSL__DOCUMENT_PAYMENT, {"payment", "收款", "Zahlung", "paiement", "pago"}},
        {TSL__DOCUMENT_PURCHASE, {"purchase", "采购入库", "Einkauf", "achat", "compra"}},
        {TSL__DOCUMENT_NO_SALE, {"Pro forma", "形式发票"}},
        {TSL__DOCUMENT_OTHER, {"Partial refund", "quote", "x", "cancelled", ""}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < 7 && cases[i].word[k]; k++) {
            const tsl__span word = tsl__span_make(cases[i].word[k]);
            if (tsl__document_find(word) != cases[i].is) {
                fail_msg("%s", cases[i].word[k]);
            }
            assert_true(cases[i].is != TSL__DOCUMENT_RETURN || tsl__status_is_no_sale(word));
        }
    }
}

static void test_codes(void **state)
{
    (void)state;
    static const struct {
        tsl__document is;
        const char *code[5];
    } cases[] = {{TSL__DOCUMENT_SALE, {"F1", "F2", "L2", "S2", "BV"}},
                 {TSL__DOCUMENT_RETURN, {"RE", "G2", "CR", "S1", "b1"}},
                 {TSL__DOCUMENT_NO_SALE, {"F5", "F8", "LR", "QT"}},
                 {TSL__DOCUMENT_OTHER, {"ZF2", "F", "", "Credit Memo"}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < 5 && cases[i].code[k]; k++) {
            assert_int_equal(tsl__document_find_code(tsl__span_make(cases[i].code[k])), cases[i].is);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs), cmocka_unit_test(test_documents),
                                       cmocka_unit_test(test_codes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
