/* test_value_order.c: values in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label/moves/moves.h"

#include <math.h>
#include <stdlib.h>

static double x[] = {4, NAN, 1, 2, 2, 9};

static void test_values(void **state)
{
    (void)state;
    tsl_features features = {.customers = 6, .feature_count = 1, .x = x};
    tsl__value_order own = {0};
    const tsl__mover mover = {.features = &features, .x = x, .order = &own};
    const tsl__value_order *order, *again;
    assert_int_equal(tsl__value_order_get(&mover, 0, &order, NULL), TSL_OK);
    assert_int_equal(order->count, 5);
    assert_true(order->sorted[0] == 1 && order->sorted[2] == 2 && order->sorted[4] == 9);
    const double *kept = order->sorted;
    assert_int_equal(tsl__value_order_get(&mover, 0, &again, NULL), TSL_OK);
    assert_ptr_equal(again->sorted, kept);
    assert_true(fabs(tsl__value_order_shift(order, 1, 2) - (2 - .5) / 5) < 1e-12); /* mid-ranks .5 and 2 */
    assert_true(fabs(tsl__value_order_shift(order, 9, 2.5) - (4.5 - 3) / 5) < 1e-12);
    assert_true(tsl__value_order_shift(order, 2, 2) == 0);
    free(own.sorted);
}

static void test_find(void **state)
{
    (void)state;
    double sorted[] = {1, 2, 2, 4, 9};
    const tsl__value_order order = {sorted, 5};
    const double inf = (double)INFINITY;
    assert_true(tsl__value_order_find(&order, 1, 2, inf, 0) == 4); /* 2 itself is out */
    assert_true(tsl__value_order_find(&order, 1, 2, inf, 1) == 2);
    assert_true(tsl__value_order_find(&order, 9, -inf, 4, 0) == 4);
    assert_true(tsl__value_order_find(&order, 9, -inf, 3.5, 0) == 2);
    assert_true(tsl__value_order_find(&order, 9, 5, 6, 0) == 6); /* nobody is there; it is within the range */
    assert_true(tsl__value_order_find(&order, 1, 5, 6, 1) == 5);
    assert_true(tsl__value_order_find(&order, 1, 5, 6, 0) == nextafter(5, inf));
    assert_true(isnan(tsl__value_order_find(&order, 1, 9, inf, 0))); /* beyond it */
    assert_true(isnan(tsl__value_order_find(&order, 9, -inf, 0.5, 0)));
    assert_true(isnan(tsl__value_order_find(&order, 9, 6, 5, 1)));
    assert_true(isnan(tsl__value_order_find(&(const tsl__value_order){sorted, 0}, 1, 2, 3, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_find)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
