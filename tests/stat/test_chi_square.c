/* test_chi_square.c: against closed forms, and against SciPy 1.14 (scipy.stats.chi2.logsf, chi2_contingency). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stat/chi_square.h"

#include <math.h>

static void near(double expected, double found)
{
    if (!(fabs(found - expected) <= 1e-12 * fmax(1, fabs(expected)))) {
        fail_msg("%.17g, expected %.17g", found, expected);
    }
}

/* Two degrees: exp(-x / 2); four: (1 + x / 2) exp(-x / 2); six: one term more. */
static void test_tail_closed(void **state)
{
    (void)state;
    static const double x[] = {.01, 1, 3.9, 4.1, 6, 9, 50, 1e3, 1e5, 1e9};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        const double z = x[i] / 2;
        near(-z, tsl__chi_square_log_tail(x[i], 2));
        near(log1p(z) - z, tsl__chi_square_log_tail(x[i], 4));
        near(log(1 + z + z * z / 2) - z, tsl__chi_square_log_tail(x[i], 6));
    }
}

static void test_tail_published(void **state)
{
    (void)state;
    static const struct {
        double x, degrees, log_tail;
    } of[] = {{365.8869, 1, -186.1231181448796}, {24.0936, 1, -13.901452229115034}, {3, 5, -0.35669517860255523},
              {10, 8, -1.3279276642024453},      {12, 8, -1.8891261358266889},      {40, 40, -0.754475357780066},
              {60, 40, -3.822480863297405},      {1300, 1, -653.8116188814319}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        near(of[i].log_tail, tsl__chi_square_log_tail(of[i].x, of[i].degrees));
    }
    near(0, tsl__chi_square_log_tail(0, 3));
    near(0, tsl__chi_square_log_tail(5, 0));
}

/* Titanic, sex against survival, in a stride of three. */
static void test_table(void **state)
{
    (void)state;
    const double cell[] = {127, 339, 7, 682, 161, 7};
    double scratch[3];
    const tsl__chi_square of = tsl__chi_square_get(cell, 2, 2, 3, scratch);
    assert_true(fabs(of.statistic - 365.8869) < 5e-5);
    assert_true(of.degrees == 1);
    near(sqrt(of.statistic / 1309), of.effect);
    assert_true(fabs(exp(of.log_p) / 1.4715e-81 - 1) < 5e-5);
}

/* What holds nothing is no row and no column. */
static void test_empty(void **state)
{
    (void)state;
    const double with[] = {5, 0, 9, 0, 0, 0, 2, 0, 7}, without[] = {5, 9, 2, 7}, one[] = {5, 0, 9, 0, 0, 0};
    double scratch[3];
    const tsl__chi_square a = tsl__chi_square_get(with, 3, 3, 3, scratch);
    const tsl__chi_square b = tsl__chi_square_get(without, 2, 2, 2, scratch);
    near(b.statistic, a.statistic);
    near(b.log_p, a.log_p);
    near(b.effect, a.effect);
    assert_true(tsl__chi_square_get(one, 2, 3, 3, scratch).log_p == 0);
}

/* By the formula of Bergsma (2013), worked out in Python of the table {{127, 339, 7}, {682, 161, 7}}; of independent
 * counts as they would be on average it is 0, of a table that tells all 1. */
static void test_corrected(void **state)
{
    (void)state;
    const double cell[] = {127, 339, 7, 682, 161, 7};
    double scratch[3];
    const tsl__chi_square of = tsl__chi_square_get(cell, 2, 3, 3, scratch);
    assert_true(fabs(tsl__chi_square_correct(of.statistic, 1323, 2, 3) - 0.5250464866417661) < 1e-12);
    assert_true(tsl__chi_square_correct(4, 1000, 3, 3) == 0);
    assert_true(fabs(tsl__chi_square_correct(1000, 1000, 2, 2) - 1) < 1e-12);
    assert_true(isnan(tsl__chi_square_correct(0, 1000, 1, 3)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tail_closed), cmocka_unit_test(test_tail_published),
                                       cmocka_unit_test(test_table), cmocka_unit_test(test_empty),
                                       cmocka_unit_test(test_corrected)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
