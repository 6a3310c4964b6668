/* test_holding.c: what a cluster holds, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/places/holding.h"

static void test_holding(void **state)
{
    (void)state;
    tsl__holding of = {0};
    tsl__holding_add(&of, 2);
    tsl__holding_add(&of, .5);
    tsl__holding_add(&of, 0); /* a row without weight counts for nothing */
    assert_true(of.weight == 2.5 && of.rows == 2);
    assert_false(tsl__holding_is_small(&of, 2.5, 2));
    assert_true(tsl__holding_is_small(&of, 2.6, 2));
    assert_true(tsl__holding_is_small(&of, 2.5, 3));
    tsl__holding_remove(&of, .5);
    tsl__holding_remove(&of, 0);
    assert_true(of.weight == 2 && of.rows == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_holding)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
