/* test_beside_words.c: which columns are of refunds, and of discounts. */
#include "help.h"
#include "table/names/beside_words.h"

static void test_names(void **state)
{
    (void)state;
    static const char
        *const refunds[] = {"amount_refunded",  "refund",        "Refunded Amount", "退款金额", "Erstattung",
                            "Rückerstattung",   "remboursement", "Reembolso",       "退款",     "Refund Amount (USD)",
                            "montant remboursé"},
               *const discounts[] = {"discount", "Discount Amount", "优惠金额", "Rabatt", "remise", "descuento"},
               *const others[] = {"refund_date", "refund_status", "is_refunded", "amount", "tax", "discounted", ""};
    for (size_t i = 0; i < sizeof refunds / sizeof *refunds; i++) {
        assert_int_equal(tsl__beside_find_kind(refunds[i]), TSL__BESIDE_REFUND);
    }
    for (size_t i = 0; i < sizeof discounts / sizeof *discounts; i++) {
        assert_int_equal(tsl__beside_find_kind(discounts[i]), TSL__BESIDE_DISCOUNT);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(tsl__beside_find_kind(others[i]), TSL__BESIDE_NONE);
    }
}

static void test_converted(void **state)
{
    (void)state;
    static const struct {
        const char *names[4];
        size_t amount, currency; /* 4: none is found */
    } cases[] = {
        {{"Amount", "Currency", "Converted Amount", "Converted Currency"}, 2, 3},
        {{"Amount (converted) Currency", "Amount (converted)", "Amount", "Amount Currency"}, 1, 0},
        {{"settlement_currency", "折算金额", "settlement_amount", "x"}, 2, 0},
        {{"折算币种", "折算金额", "金额", "币种"}, 1, 0},
        {{"Amount", "Currency", "Converted Amount", "x"}, 4, 4},
        {{"Converted Amount", "Settlement Currency", "Amount", "Currency"}, 4, 4},
        {{"Amount", "Currency", "", "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("}, 4, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t amount, currency;
        const int is_found = tsl__beside_find_converted(cases[i].names, 4, &amount, &currency);
        assert_int_equal(is_found, cases[i].amount < 4);
        assert_true(!is_found || (amount == cases[i].amount && currency == cases[i].currency));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_converted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
