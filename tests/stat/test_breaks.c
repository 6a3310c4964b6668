/* test_breaks.c: natural breaks: published cases, every partition there is, and what must hold of any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "stat/breaks.h"
#include "stat/sort.h"

#define CLOSE(a, b) assert_true(fabs((a) - (double)(b)) <= 1e-12 * (1 + fabs((double)(b))))

/* The sum of squared distances to the mean. */
static double spread(const double *x, size_t from, size_t to)
{
    double mean = 0, sum = 0;
    for (size_t i = from; i < to; i++) {
        mean += x[i] / (double)(to - from);
    }
    for (size_t i = from; i < to; i++) {
        sum += (x[i] - mean) * (x[i] - mean);
    }
    return sum;
}

/* The least cost of the first n in k classes, each begin tried. */
static double best_of(const double *x, size_t n, size_t k)
{
    double least = spread(x, 0, n);
    for (size_t j = k - 1; k > 1 && j < n; j++) {
        const double cost = best_of(x, j, k - 1) + spread(x, j, n);
        least = j == k - 1 || cost < least ? cost : least;
    }
    return least;
}

/* What classes that begin at these numbers cost. */
static double cost_of(const double *x, const double *scale, size_t n, const double *least, size_t k)
{
    double cost = 0;
    size_t from = 0;
    for (size_t c = 0; c < k; c++) {
        size_t to = from;
        while (to < n && (c + 1 == k || x[to] < least[c + 1])) {
            to++;
        }
        assert_true(to > from && x[from] == least[c]);
        cost += spread(scale, from, to);
        from = to;
    }
    assert_int_equal(from, n);
    return cost;
}

static void check_case(const double *x, size_t n, size_t k, const double *expected, double fit)
{
    double least[16];
    tsl__breaks *b = tsl__breaks_open(x, NULL, n, k);
    assert_int_equal(tsl__breaks_get(b, k, least), k);
    for (size_t c = 0; c < k; c++) {
        assert_true(least[c] == expected[c]);
    }
    CLOSE(tsl__breaks_fit(b, k), fit);
    tsl__breaks_free(b);
}

/* The example of Jenks' natural breaks in Wikipedia (4, 5, 9, 10: of variance 26 one remains); that of Wang & Song
 * (2011), Ckmeans.1d.dp, R Journal 3/2 (within 0, 0, 2 of a total of 64.1). */
static void test_published(void **state)
{
    (void)state;
    check_case((double[]){4, 5, 9, 10}, 4, 2, (double[]){4, 9}, 25. / 26);
    check_case((double[]){-1, -1, -1, -1, 2, 2, 2, 4, 5, 6}, 10, 3, (double[]){-1, 2, 4}, 1 - 2 / 64.1);
}

/* All that there are, of small ones with and without ties; every number of classes at once. */
static void test_every_partition(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(5, 1, 1);
    for (int round = 0; round < 300; round++) {
        enum { N = 11 };
        double x[N], scale[N], scratch[N], least[N];
        const int ties = round % 3 == 0, logs = round % 2;
        for (size_t i = 0; i < N; i++) {
            x[i] = ties ? 1 + (double)tsl__rng_below(&rng, 6) : exp((double)tsl__rng_below(&rng, 100000) / 1e4);
        }
        tsl__sort(x, scratch, N);
        size_t different = 1;
        for (size_t i = 0; i < N; i++) {
            scale[i] = logs ? log(x[i]) : x[i];
            different += i > 0 && x[i] != x[i - 1];
        }
        tsl__breaks *b = tsl__breaks_open(x, logs ? scale : NULL, N, 6);
        for (size_t k = 1; k <= 6; k++) {
            const size_t classes = tsl__breaks_get(b, k, least);
            assert_int_equal(classes, k < different ? k : different);
            const double cost = cost_of(x, scale, N, least, classes), all = spread(scale, 0, N);
            assert_true(fabs(cost - (ties ? cost : best_of(scale, N, classes))) <= 1e-12 * all);
            assert_true(!ties || cost <= best_of(scale, N, classes) + 1e-12 * all); /* ties need not be parted */
            CLOSE(tsl__breaks_fit(b, k), all > 0 ? 1 - cost / all : 1);
        }
        tsl__breaks_free(b);
    }
}

/* By all begins of the last class, O(k n^2): of more numbers than fit in one's head. */
static void test_naive(void **state)
{
    (void)state;
    enum { N = 900, K = 7 };
    static double x[N], scratch[N], cost[K + 1][N + 1];
    double least[K];
    tsl__rng rng = tsl__rng_open(7, 1, 1);
    for (size_t i = 0; i < N; i++) {
        x[i] = 1e6 + pow((double)tsl__rng_below(&rng, 10000), 1.5);
    }
    tsl__sort(x, scratch, N);
    tsl__breaks *b = tsl__breaks_open(x, NULL, N, K);
    for (size_t k = 1; k <= K; k++) {
        for (size_t i = 1; i <= N; i++) {
            double mean = 0, within = 0;
            cost[k][i] = k == 1 ? spread(x, 0, i) : (double)INFINITY;
            for (size_t j = i - 1; k > 1 && j >= k - 1; j--) { /* Welford's, from the last one on */
                const double seen = (double)(i - j), delta = x[j] - mean;
                mean += delta / seen;
                within += delta * (x[j] - mean);
                cost[k][i] = fmin(cost[k][i], cost[k - 1][j] + within);
            }
        }
        assert_int_equal(tsl__breaks_get(b, k, least), k);
        const double own = cost_of(x, x, N, least, k);
        assert_true(fabs(own - cost[k][N]) <= 1e-9 * cost[1][N]);
        assert_true(own <= cost[k][N] * (1 + 1e-9));
    }
    tsl__breaks_free(b);
}

/* One number alone, all alike, fewer than classes; and the fit only rises. */
static void test_edges(void **state)
{
    (void)state;
    double least[9];
    const double same[] = {3, 3, 3}, few[] = {1, 2, 2, 8};
    tsl__breaks *b = tsl__breaks_open(same, NULL, 3, 5);
    assert_int_equal(tsl__breaks_get(b, 5, least), 1);
    assert_true(least[0] == 3 && tsl__breaks_fit(b, 5) == 1);
    tsl__breaks_free(b);
    b = tsl__breaks_open(few, NULL, 4, 9);
    assert_int_equal(tsl__breaks_get(b, 9, least), 3);
    assert_true(least[0] == 1 && least[1] == 2 && least[2] == 8);
    for (size_t k = 2; k <= 9; k++) {
        assert_true(tsl__breaks_fit(b, k) >= tsl__breaks_fit(b, k - 1));
    }
    assert_true(tsl__breaks_fit(b, 1) == 0);
    tsl__breaks_free(b);
    tsl__breaks_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_every_partition),
        cmocka_unit_test(test_naive),
        cmocka_unit_test(test_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
