/* test_expected_information.c: against the sum of its definition, by factorials. */
#include "model/comparison/external.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Vinh, Epps & Bailey (2010), eq. 24a, of sums a and b of n. */
static double get_plainly(const double *a, size_t rows, const double *b, size_t cols, double n)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            for (int both = (int)fmax(1, a[i] + b[j] - n); both <= (int)fmin(a[i], b[j]); both++) {
                const double x = both;
                const double p = exp(lgamma(a[i] + 1) + lgamma(b[j] + 1) + lgamma(n - a[i] + 1) + lgamma(n - b[j] + 1) -
                                     lgamma(n + 1) - lgamma(x + 1) - lgamma(a[i] - x + 1) - lgamma(b[j] - x + 1) -
                                     lgamma(n - a[i] - b[j] + x + 1));
                sum += x / n * log(n * x / (a[i] * b[j])) * p;
            }
        }
    }
    return sum;
}

static void check(const double *a, size_t rows, const double *b, size_t cols)
{
    double n = 0, seen, sums[2][16];
    memcpy(sums[0], a, rows * sizeof *a);
    memcpy(sums[1], b, cols * sizeof *b);
    tsl__contingency table = {.k = {rows, cols}, .sum = {sums[0], sums[1]}, .present = {rows, cols}, .whole = 1};
    for (size_t i = 0; i < rows; i++) {
        n += a[i];
    }
    table.total = n;
    assert_int_equal(tsl__expected_information(&table, &seen), 0);
    const double expected = get_plainly(a, rows, b, cols, n);
    if (!(fabs(seen - expected) <= 1e-11 * (1e-3 + fabs(expected)))) {
        fail_msg("%.17g is not %.17g", seen, expected);
    }
}

static void test_definition(void **state)
{
    (void)state;
    check((double[]){3, 4, 5}, 3, (double[]){6, 6}, 2);
    check((double[]){1, 1, 1, 1}, 4, (double[]){2, 2}, 2);
    check((double[]){50, 50, 50}, 3, (double[]){62, 50, 38}, 3);
    check((double[]){990, 10}, 2, (double[]){985, 10, 5}, 3); /* where cells cannot be empty */
    check((double[]){2000, 2000, 4000}, 3, (double[]){1, 7999}, 2);
    check((double[]){7}, 1, (double[]){3, 4}, 2);
}

/* No whole numbers: rows cannot be dealt out. */
static void test_parts(void **state)
{
    (void)state;
    double one[] = {1.5, 2}, out = 0;
    const tsl__contingency table = {.k = {2, 2}, .sum = {one, one}, .present = {2, 2}, .total = 3.5};
    assert_int_equal(tsl__expected_information(&table, &out), 0);
    assert_true(isnan(out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_definition), cmocka_unit_test(test_parts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
