/* test_two_means.c: the two clusters of numbers in a line, against every cut tried by its definition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/rng.h"
#include "stat/sort.h"
#include "stat/two_means.h"

static double get_square(const double *x, size_t n)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        mean += x[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        square += (x[i] - mean) * (x[i] - mean);
    }
    return square;
}

static void test_definition(void **state)
{
    (void)state;
    enum { MOST = 60 };
    double x[MOST], spare[MOST], told;
    for (uint32_t set = 0; set < 300; set++) {
        tsl__rng rng = tsl__rng_open(3, 1, set);
        const size_t n = 2 + tsl__rng_below(&rng, MOST - 2);
        for (size_t i = 0; i < n; i++) { /* ties in every other set */
            x[i] = set % 2 ? 1e6 + tsl__rng_uniform(&rng) : (double)tsl__rng_below(&rng, 9);
        }
        tsl__sort(x, spare, n);
        const double all = get_square(x, n);
        double least = all;
        for (size_t low = 1; low < n; low++) {
            least = fmin(least, get_square(x, low) + get_square(x + low, n - low));
        }
        const size_t low = tsl__two_means_find(x, n, &told);
        if (all == 0) {
            assert_int_equal(low, 0);
            continue;
        }
        const double found = get_square(x, low) + get_square(x + low, n - low);
        assert_true(found <= least + 1e-9 * all);
        assert_true(fabs(told - (1 - found / all)) < 1e-9);
        assert_true(x[low - 1] < x[low]);
    }
}

/* What the header says of known spreads. */
static void test_spreads(void **state)
{
    (void)state;
    enum { N = 20000 };
    static double even[N], level[N];
    double told;
    for (size_t i = 0; i < N; i++) {
        even[i] = (double)i;
        level[i] = i < 5000 ? 1 : 2;
    }
    assert_int_equal(tsl__two_means_find(even, N, &told), N / 2);
    assert_true(fabs(told - .75) < 1e-6);
    assert_int_equal(tsl__two_means_find(level, N, &told), 5000);
    assert_true(fabs(told - 1) < 1e-12);
    assert_int_equal(tsl__two_means_find(level, 5000, &told), 0);
    assert_int_equal(tsl__two_means_find(level, 1, &told), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_spreads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
