/* test_quote.c: what is quoted is read back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

#include "expr/quote.h"

static void test_quotes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *quoted;
    } names[] = {{"order_status", "order_status"}, {"订单状态", "订单状态"}, {"Order Status", "\"Order Status\""},
                 {"a\"b", "\"a\"\"b\""},           {"2nd", "\"2nd\""},       {"In", "\"In\""}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        tsl__text text = {0};
        tsl__expr_put_name(&text, names[i].name);
        assert_string_equal(text.data, names[i].quoted);
        tsl__text_free(&text);
    }
    tsl__text text = {0};
    tsl__expr_put_text(&text, "it's");
    assert_string_equal(text.data, "'it''s'");
    tsl__text_clear(&text);
    tsl__expr_put_argument(&text, "\"a b\" != '$x'");
    assert_string_equal(text.data, "\"\\\"a b\\\" != '\\$x'\"");
    tsl__text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quotes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
