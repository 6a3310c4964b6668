/* test_optimal_matching.c: against all ways to match. */
#include "model/comparison/external.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The greatest sum of rows from `row` on, by columns that are not taken. */
static double get_best(const double *gain, size_t rows, size_t cols, size_t row, unsigned taken)
{
    double best = row < rows ? -HUGE_VAL : 0;
    for (size_t c = 0; c < cols && row < rows; c++) {
        if (!(taken >> c & 1)) {
            best = fmax(best, gain[row * cols + c] + get_best(gain, rows, cols, row + 1, taken | 1U << c));
        }
    }
    return best;
}

static void test_all_ways(void **state)
{
    (void)state;
    for (uint32_t key = 0; key < 200; key++) {
        tsl__rng rng = tsl__rng_open(8, 1, key);
        const size_t rows = 1 + key % 5, cols = rows + key / 5 % 3;
        double gain[5 * 7], sum = 0;
        size_t match[5];
        unsigned taken = 0;
        for (size_t i = 0; i < rows * cols; i++) { /* with ties, and below 0 */
            gain[i] = key % 2 ? (double)tsl__rng_below(&rng, 6) - 1 : tsl__rng_uniform(&rng);
        }
        assert_int_equal(tsl__optimal_matching(gain, rows, cols, match), 0);
        for (size_t r = 0; r < rows; r++) {
            assert_true(match[r] < cols && !(taken >> match[r] & 1));
            taken |= 1U << match[r];
            sum += gain[r * cols + match[r]];
        }
        assert_true(fabs(sum - get_best(gain, rows, cols, 0, 0)) <= 1e-12);
    }
}

/* A hidden order of a thousand. */
static void test_many(void **state)
{
    (void)state;
    enum { N = 1000 };
    double *gain = set_alloc((size_t)N * N);
    size_t *match = calloc(N, sizeof *match);
    tsl__rng rng = tsl__rng_open(8, 2, 0);
    for (size_t i = 0; i < (size_t)N * N; i++) {
        gain[i] = tsl__rng_uniform(&rng) / 2 + (i % N == (i / N * 7 + 3) % N);
    }
    assert_int_equal(tsl__optimal_matching(gain, N, N, match), 0);
    for (size_t r = 0; r < N; r++) {
        assert_int_equal(match[r], (r * 7 + 3) % N);
    }
    free(gain);
    free(match);
}

/* Totals of scipy.optimize.linear_sum_assignment (1.17) of the same numbers, drawn by a congruence. */
static void test_independent(void **state)
{
    (void)state;
    static const struct {
        size_t rows, cols;
        double total;
    } of[] = {{8, 8, 6798}, {60, 80, 59105}, {200, 200, 198277}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const size_t cells = of[i].rows * of[i].cols;
        double *gain = set_alloc(cells), sum = 0;
        size_t *match = calloc(of[i].rows, sizeof *match);
        uint32_t draw = 12345;
        for (size_t c = 0; c < cells; c++) {
            draw = 1664525 * draw + 1013904223;
            gain[c] = (double)((draw >> 16) % 1000);
        }
        assert_int_equal(tsl__optimal_matching(gain, of[i].rows, of[i].cols, match), 0);
        for (size_t r = 0; r < of[i].rows; r++) {
            sum += gain[r * of[i].cols + match[r]];
        }
        assert_true(sum == of[i].total);
        free(gain);
        free(match);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_ways), cmocka_unit_test(test_many),
                                       cmocka_unit_test(test_independent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
