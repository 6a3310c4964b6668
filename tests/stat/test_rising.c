/* test_rising.c: the rising numbers nearest to some: by hand, and against all ways of pooling neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "stat/rising.h"

static void test_by_hand(void **state)
{
    (void)state;
    static const struct {
        double y[4], weight[4], expected[4];
    } cases[] = {{{1, 2, 3, 4}, {1, 1, 1, 1}, {1, 2, 3, 4}},
                 {{4, 3, 2, 1}, {1, 1, 1, 1}, {2.5, 2.5, 2.5, 2.5}},
                 {{1, 3, 2, 4}, {1, 1, 1, 1}, {1, 2.5, 2.5, 4}},
                 {{1, 3, 2, 4}, {1, 1, 3, 1}, {1, 2.25, 2.25, 4}},
                 {{2, 2, 2, 2}, {1, 9, 1, 9}, {2, 2, 2, 2}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double y[4];
        memcpy(y, cases[i].y, sizeof y);
        tsl__rising_fit(y, cases[i].weight, 4);
        assert_memory_equal(y, cases[i].expected, sizeof y);
    }
    tsl__rising_fit(NULL, NULL, 0);
}

#define MOST 8

static double get_loss(const double *y, const double *fit, const double *weight, size_t n)
{
    double loss = 0;
    for (size_t i = 0; i < n; i++) {
        loss += weight[i] * (y[i] - fit[i]) * (y[i] - fit[i]);
    }
    return loss;
}

/* The least loss over all ways of cutting into stretches whose means rise. */
static double find_least(const double *y, const double *weight, size_t n)
{
    double least = INFINITY;
    for (unsigned cuts = 0; cuts < 1u << (n - 1); cuts++) {
        double fit[MOST], last = -INFINITY;
        int rises = 1;
        for (size_t begin = 0, end; begin < n; begin = end) {
            double sum = 0, of = 0;
            for (end = begin; end < n && (end == begin || !(cuts >> (end - 1) & 1)); end++) {
                sum += weight[end] * y[end];
                of += weight[end];
            }
            for (size_t i = begin; i < end; i++) {
                fit[i] = sum / of;
            }
            rises = rises && sum / of >= last;
            last = sum / of;
        }
        const double loss = get_loss(y, fit, weight, n);
        least = rises && loss < least ? loss : least;
    }
    return least;
}

static void test_least_squares(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(7, 1, 1);
    for (int round = 0; round < 500; round++) {
        const size_t n = 2 + (size_t)(tsl__rng_uniform(&rng) * (MOST - 2));
        double y[MOST], weight[MOST], fit[MOST];
        for (size_t i = 0; i < n; i++) {
            y[i] = fit[i] = tsl__rng_uniform(&rng);
            weight[i] = .1 + 5 * tsl__rng_uniform(&rng);
        }
        tsl__rising_fit(fit, weight, n);
        for (size_t i = 1; i < n; i++) {
            assert_true(fit[i] >= fit[i - 1]);
        }
        assert_true(fabs(get_loss(y, fit, weight, n) - find_least(y, weight, n)) < 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_least_squares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
