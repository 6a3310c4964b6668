/* test_reason_codes.c: each reason has a code of its own and a name in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <tesela/label.h>

static void test_all_have_codes(void **state)
{
    (void)state;
    for (int r = 0; r < TSL_REASONS; r++) {
        const char *code = tsl_reason_get_code((tsl_reason)r);
        assert_non_null(code);
        assert_int_equal(strspn(code, "abcdefghijklmnopqrstuvwxyz_"), strlen(code));
        for (int other = 0; other < r; other++) {
            const tsl_reason of = (tsl_reason)other;
            assert_string_not_equal(code, tsl_reason_get_code(of));
            assert_string_not_equal(tsl_reason_get_name((tsl_reason)r, "en"), tsl_reason_get_name(of, "en"));
            assert_string_not_equal(tsl_reason_get_name((tsl_reason)r, "zh"), tsl_reason_get_name(of, "zh"));
        }
        assert_string_not_equal(tsl_reason_get_name((tsl_reason)r, "en"), tsl_reason_get_name((tsl_reason)r, "zh"));
    }
    assert_null(tsl_reason_get_code(TSL_REASONS));
    assert_null(tsl_reason_get_name(TSL_REASONS, "en"));
}

/* Codes never change: what stands in a CRM goes by them. */
static void test_codes_stay(void **state)
{
    (void)state;
    static const char *const codes[TSL_REASONS] = {
        "no_purchase",   "bought_once",   "within_gap",   "regular",        "over_gap",      "far_over_gap",
        "came_back",     "no_date",       "returns_only", "no_amount",      "once_not_back", "once_far_over",
        "alive",         "regular_alive", "gone",         "over_gap_alive", "early_gone",    "far_over_gone",
        "still_at_risk", "still_lost",    "value",        "place"};
    for (int r = 0; r < TSL_REASONS; r++) {
        assert_string_equal(tsl_reason_get_code((tsl_reason)r), codes[r]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_have_codes),
        cmocka_unit_test(test_codes_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
