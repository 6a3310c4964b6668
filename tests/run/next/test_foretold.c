/* test_foretold.c: purchases that were foretold, judged by those that came, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "run/next/foretold.h"

#define CLOSE(a, b) assert_true(fabs((a) - (double)(b)) <= 1e-12 * (1 + fabs((double)(b))))

/* Three customers, 10 days on: an NBD of r 1, alpha 10 expects (1 + x) / (10 + T) x 10 of them. */
static const double x[] = {0, 2, 5}, t_x[] = {0, 10, 38}, t[] = {10, 10, 40}, came[] = {1, 1, 0};

static void test_by_hand(void **state)
{
    (void)state;
    const tsl__foretold_input in = {{3, x, t_x, t, NULL}, came, 10, NULL};
    const tsl_purchase_model nbd = {.kind = TSL_NBD, .parameter = {1, 10}};
    tsl_holdout of;
    assert_int_equal(tsl__foretold_measure(&in, &nbd, &of, NULL), TSL_OK); /* .5, 1.5, 1.2 */
    CLOSE(of.mae, (.5 + .5 + 1.2) / 3);
    CLOSE(of.bias, 3.2 / 2 - 1);
    CLOSE(of.by_frequency[5].expected, 1.2);
    assert_int_equal(tsl__foretold_measure(&in, NULL, &of, NULL), TSL_OK); /* 0, 2, 1.25 */
    CLOSE(of.mae, (1 + 1 + 1.25) / 3);
    CLOSE(of.rmse, sqrt((1 + 1 + 1.5625) / 3));
    CLOSE(of.actual, 2 / 3.);
}

/* What foretells nothing has no figures, and is no error. */
static void test_nothing(void **state)
{
    (void)state;
    const tsl_purchase_model empty = {.kind = TSL_NBD, .verdict = TSL_FIT_EMPTY};
    const tsl__foretold_input some = {{3, x, t_x, t, NULL}, came, 10, NULL},
                              nobody = {{0, x, t_x, t, NULL}, came, 10, NULL};
    tsl_holdout of;
    assert_int_equal(tsl__foretold_measure(&some, &empty, &of, NULL), TSL_OK);
    assert_true(isnan(of.mae) && isnan(of.gini) && of.customers == 0 && isnan(of.by_frequency[0].actual));
    assert_int_equal(tsl__foretold_measure(&nobody, NULL, &of, NULL), TSL_OK);
    assert_true(isnan(of.rmse));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
