/* test_tree_grid.c: the grid finds the edge that a look at all of them finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/tree/tree_grid.h"

enum { MOST = 300, TRIALS = 300 };

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Numbers of one kind: plain, skewed, of both signs and all sizes, counts, next to each other, next to 0. */
static double draw(tsl__rng *rng, int kind)
{
    const double u = tsl__rng_uniform(rng), v = tsl__rng_uniform(rng);
    switch (kind) {
    case 0:
        return u - 0.5;
    case 1:
        return exp(20 * u - 5);
    case 2:
        return (v < 0.5 ? -1 : 1) * pow(10, 600 * u - 300);
    case 3:
        return floor(50 * u) - 10;
    case 4:
        return nextafter(1, u < 0.5 ? 2 : 0) + (double)tsl__rng_below(rng, 30) * DBL_EPSILON;
    default:
        return u < 0.3 ? -0.0 : u < 0.5 ? 0.0 : u < 0.7 ? nextafter(0, v < 0.5 ? -1 : 1) : v * DBL_MIN;
    }
}

/* Rising and distinct, DBL_MAX at the end and infinite ones behind; their count. */
static int fill(tsl__rng *rng, int kind, double *edge)
{
    int wanted = 1 + (int)tsl__rng_below(rng, MOST - 1), count = 0;
    for (int i = 0; i < wanted; i++) {
        edge[i] = draw(rng, kind);
    }
    edge[wanted++] = DBL_MAX;
    qsort(edge, (size_t)wanted, sizeof *edge, compare);
    for (int i = 0; i < wanted; i++) {
        if (!count || edge[i] != edge[count - 1]) {
            edge[count++] = edge[i];
        }
    }
    for (int i = 0; i < MOST + 1; i++) {
        edge[count + i] = INFINITY;
    }
    return count;
}

static void check_value(const tsl__grid *grid, const double *edge, double value)
{
    int expected = 0;
    while (edge[expected] < value) {
        expected++;
    }
    assert_int_equal(tsl__grid_find(grid, edge, value), expected);
}

static void test_grid(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(8, 0, 0);
    double edge[2 * MOST + 2];
    int by_bits = 0;
    for (int t = 0; t < TRIALS; t++) {
        tsl__grid grid;
        const int kind = t % 6, count = fill(&rng, kind, edge);
        tsl__grid_build(edge, count, &grid);
        assert_in_range(grid.most, 1, count);
        by_bits += grid.by_bits;
        for (int i = 0; i + 1 < count; i++) {
            check_value(&grid, edge, edge[i]);
            check_value(&grid, edge, nextafter(edge[i], INFINITY));
            check_value(&grid, edge, nextafter(edge[i], -INFINITY));
        }
        for (int i = 0; i < 500; i++) {
            check_value(&grid, edge, draw(&rng, i % 3 ? kind : (int)tsl__rng_below(&rng, 6)));
        }
        check_value(&grid, edge, 0.0);
        check_value(&grid, edge, -0.0);
        check_value(&grid, edge, DBL_MAX);
        check_value(&grid, edge, -DBL_MAX);
    }
    assert_in_range(by_bits, 1, TRIALS - 1); /* both kinds of cells were there */
}

static void test_fewer(void **state)
{
    (void)state;
    tsl__grid grid;
    double plain[101], skewed[101];
    for (int i = 0; i < 100; i++) {
        plain[i] = i;
        skewed[i] = pow(1.2, i);
    }
    plain[100] = skewed[100] = DBL_MAX;
    tsl__grid_build(plain, 101, &grid);
    assert_int_equal(grid.most, 2); /* 99 and what lies beyond */
    assert_false(grid.by_bits);
    tsl__grid_build(skewed, 101, &grid);
    assert_true(grid.by_bits);
    assert_in_range(grid.most, 1, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_fewer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
