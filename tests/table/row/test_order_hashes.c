/* test_order_hashes.c: different orders, counted by several threads up to a limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "table/row/order_hashes.h"

/* Beyond what a thread counts there is no number, however orders are spread over threads. */
static void test_many_orders(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        tsl__order_hashes of[2] = {{.count = 0}, {.count = 0}}, all = {.count = 0};
        char name[24];
        for (size_t i = 0; i < TSL__ORDERS_COUNTED + (size_t)over; i++) {
            const tsl__span order = {name, (size_t)sprintf(name, "order %zu", i)};
            for (size_t again = 0; again < 2; again++) {
                assert_int_equal(tsl__order_hashes_add(&of[(i + again * (i % 3)) % 2], order, NULL), TSL_OK);
            }
        }
        assert_int_equal(tsl__order_hashes_join(&all, &of[0], NULL), TSL_OK);
        assert_int_equal(tsl__order_hashes_join(&all, &of[1], NULL), TSL_OK);
        assert_int_equal(all.over, over);
        assert_int_equal(all.count, over ? 0 : TSL__ORDERS_COUNTED);
        tsl__order_hashes_free(&of[0]);
        tsl__order_hashes_free(&of[1]);
        tsl__order_hashes_free(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_many_orders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
