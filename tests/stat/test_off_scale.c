/* test_off_scale.c: values off the scale of all others, and tails that are none. */
#include "stat/off_scale.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/rng.h"

static tsl__off_scale find(size_t count, const double *value, const uint64_t *rows, int is_scale)
{
    tsl__off_scale off;
    tsl__off_scale_find(value, rows, count, is_scale, &off);
    return off;
}

static void test_scales(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        double value[8];
        uint64_t rows[8];
        int is_scale;
        uint64_t off;
        double example, low, high;
    } cases[] = {
        {6, {1, 2, 3, 4, 5, 589314}, {40, 40, 39, 38, 39, 4}, 1, 4, 589314, 1, 5},
        {6, {1, 2, 3, 4, 5, 589314}, {40, 40, 39, 38, 39, 4}, 0, 4, 589314, 1, 5},
        {6, {1, 2, 3, 4, 5, 10}, {40, 40, 39, 38, 39, 4}, 1, 4, 10, 1, 5},
        {6, {1, 2, 3, 4, 5, 10}, {40, 40, 39, 38, 39, 4}, 0, 0, 0, 0, 0},      /* a count may be */
        {6, {1, 2, 3, 4, 5, 589314}, {40, 40, 39, 38, 39, 11}, 1, 0, 0, 0, 0}, /* over a twentieth */
        {6, {1, 2, 3, 4, 5, 589314}, {4, 4, 4, 4, 2, 1}, 1, 0, 0, 0, 0},       /* under 20 rows */
        {7, {-999, 1, 2, 3, 4, 5, 99}, {1, 40, 40, 39, 38, 39, 2}, 1, 3, -999, 1, 5},
        {2, {1, 589314}, {99, 1}, 1, 0, 0, 0, 0}, /* one other value makes no scale */
        {0, {0}, {0}, 1, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__off_scale off = find(cases[i].count, cases[i].value, cases[i].rows, cases[i].is_scale);
        if (off.count != cases[i].off ||
            (off.count && (off.example != cases[i].example || off.low != cases[i].low || off.high != cases[i].high))) {
            fail_msg("case %zu: %llu off, %g", i, (unsigned long long)off.count, off.example);
        }
    }
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Samples of several distributions, of several sizes: none of their own values is off, what is put beside them is. */
static void test_distributions(void **state)
{
    (void)state;
    enum { MOST = 1000 };
    tsl__rng rng = tsl__rng_open(11, 1, 0);
    static double value[MOST + 1];
    static uint64_t rows[MOST + 1];
    int log_normal = 0, others = 0;
    for (int round = 0; round < 4000; round++) {
        const size_t n = 20 + tsl__rng_below(&rng, MOST - 20);
        const int kind = round % 4;
        for (size_t i = 0; i < n; i++) {
            const double u = (double)(1 + tsl__rng_below(&rng, 1000000)) / 1000001,
                         v = (double)tsl__rng_below(&rng, 1000000) / 1000000;
            const double normal = sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
            value[i] = kind == 0   ? 18 + 72 * v
                       : kind == 1 ? 50 + 10 * normal
                       : kind == 2 ? -100 * log(u)
                                   : exp(4 + 1.5 * normal);
            rows[i] = 1;
        }
        qsort(value, n, sizeof *value, compare);
        const int off = find(n, value, rows, 0).count > 0;
        log_normal += kind == 3 && off;
        others += kind != 3 && off;
        if (kind < 2) {
            value[n] = 9999;
            rows[n] = 1;
            const tsl__off_scale one = find(n + 1, value, rows, 0);
            assert_int_equal(one.count, 1);
            assert_true(one.example == 9999 && one.low == value[0] && one.high == value[n - 1]);
        }
    }
    assert_int_equal(others, 0);
    assert_true(log_normal <= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scales), cmocka_unit_test(test_distributions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
