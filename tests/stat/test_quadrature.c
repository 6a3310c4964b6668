/* test_quadrature.c: polynomials are exact up to their degree; the tables of Abramowitz & Stegun, 25.4. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stat/quadrature.h"

static void test_polynomials(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 5, 16, 32, TSL__NODES_MOST};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        tsl__quadrature rule;
        assert_int_equal(tsl__quadrature_build(counts[c], &rule, NULL), TSL_OK);
        assert_int_equal(rule.count, counts[c]);
        for (size_t degree = 0; degree < 2 * rule.count; degree++) {
            double sum = 0;
            for (size_t i = 0; i < rule.count; i++) {
                sum += rule.weight[i] * pow(rule.node[i], (double)degree);
                assert_true(rule.node[i] > (i ? rule.node[i - 1] : 0) && rule.node[i] < 1);
                assert_true(fabs(exp(rule.ln_weight[i]) - rule.weight[i]) < 1e-14);
            }
            assert_true(fabs(sum - 1 / ((double)degree + 1)) < 1e-14);
        }
    }
}

static void test_table(void **state)
{
    (void)state;
    tsl__quadrature rule;
    assert_int_equal(tsl__quadrature_build(4, &rule, NULL), TSL_OK);
    assert_true(fabs(rule.node[3] * 2 - 1 - .861136311594053) < 1e-15);
    assert_true(fabs(rule.weight[3] * 2 - .347854845137454) < 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_polynomials), cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
