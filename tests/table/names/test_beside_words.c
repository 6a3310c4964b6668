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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
