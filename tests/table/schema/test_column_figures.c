/* test_column_figures.c: quantiles and bins of counted values against those of the values written out; exact sums. */
#include "table/schema/column_figures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "stat/sort.h"

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void agrees_with_values_written_out(void **state)
{
    (void)state;
    static const double p[TSL_PROFILE_QUANTILES] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    for (int seed = 1; seed < 40; seed++) {
        double value[30], rows[30], all[400];
        size_t count = 0, n = 0;
        uint32_t x = (uint32_t)seed * 2654435761u;
        for (; count < (size_t)(1 + seed % 30); count++) {
            x = x * 1664525u + 1013904223u;
            value[count] = (double)(x >> 8 & 1023) / 8 + (double)count * 1000;
            rows[count] = 1 + (x >> 20) % 9;
            for (int r = 0; r < (int)rows[count]; r++) {
                all[n++] = value[count];
            }
        }
        qsort(all, n, sizeof *all, compare);
        tsl_column_profile out = {.rows = n};
        tsl_error err;
        assert_int_equal(tsl__figures_find(value, rows, count, &out, &err), TSL_OK);
        assert_true(out.low == all[0] && out.high == all[n - 1]);
        uint64_t binned = 0;
        for (size_t i = 0; i < out.bin_count; i++) {
            binned += out.bin[i];
        }
        assert_int_equal(binned, n);
        for (int q = 0; q < TSL_PROFILE_QUANTILES; q++) {
            assert_true(out.quantile[q] == tsl__sorted_quantile(all, n, p[q]));
        }
    }
}

static void writes_exact_sums(void **state)
{
    (void)state;
    assert_true(tsl__figures_get_sum(tsl__decimal_make(8300065814, -3, 0)) == 8300065.814);
    assert_true(tsl__figures_get_sum(tsl__decimal_make(-5, -4, 0)) == -0.0005);
    assert_true(tsl__figures_get_sum(tsl__decimal_make(0, 0, 0)) == 0);
    assert_true(tsl__figures_get_sum(tsl__decimal_make(12, 0, 0)) == 12);
    assert_true(tsl__figures_get_sum(tsl__decimal_make((__int128)1 << 100, 0, 0)) == ldexp(1, 100));
    assert_true(isnan(tsl__figures_get_sum(tsl__decimal_missing())));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_values_written_out),
                                       cmocka_unit_test(writes_exact_sums)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
