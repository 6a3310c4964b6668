/* test_principal.c: the columns that say most of all of them, against matrices written out in long double, and by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "stat/principal.h"

#include <math.h>
#include <string.h>

enum { MOST = 12 };

/* As the rule is written: the matrices made, the scores listed, the first that is near the greatest. */
static size_t find_naively(const double *r, size_t d, size_t which[2])
{
    long double p[MOST][MOST], score[MOST] = {0}, greatest = 0;
    for (size_t j = 0; j < d; j++) {
        for (size_t i = 0; i < d; i++) {
            score[j] += (long double)r[i * d + j] * r[i * d + j];
        }
        greatest = score[j] > greatest ? score[j] : greatest;
    }
    for (which[0] = 0; score[which[0]] < .8L * greatest;) {
        which[0]++;
    }
    for (size_t i = 0; i < d; i++) {
        for (size_t j = 0; j < d; j++) {
            p[i][j] = r[i * d + j] - (long double)r[i * d + which[0]] * r[j * d + which[0]];
        }
    }
    for (int pass = 0; pass < 2; pass++) {
        greatest = 0;
        for (size_t j = 0; j < d; j++) {
            score[j] = -1;
            if (p[j][j] > (pass ? .1L : .5L)) {
                score[j] = 0;
                for (size_t i = 0; i < d; i++) {
                    score[j] += p[i][j] * p[i][j] / p[j][j];
                }
                greatest = score[j] > greatest ? score[j] : greatest;
            }
        }
        for (which[1] = 0; greatest > 0; which[1]++) {
            if (score[which[1]] >= .8L * greatest) {
                return 2;
            }
        }
    }
    return 1;
}

static void test_against_naive(void **state)
{
    (void)state;
    size_t alone = 0, same = 0;
    for (uint32_t trial = 0; trial < 3000; trial++) {
        tsl__rng rng = tsl__rng_open(5, 1, trial);
        const size_t d = 1 + tsl__rng_below(&rng, MOST), factors = 1 + tsl__rng_below(&rng, 3);
        double load[MOST][4] = {{0}}, r[MOST * MOST];
        for (size_t j = 0; j < d; j++) {
            double size = 0;
            for (size_t f = 0; f < 4; f++) { /* the last is the column's own */
                load[j][f] = f < factors || f == 3 ? tsl__rng_uniform(&rng) - (f == 3 ? 0 : .5) : 0;
                load[j][f] *= f == 3 && trial % 3 == 0 ? .1 : 1;
                size += load[j][f] * load[j][f];
            }
            for (size_t f = 0; f < 4; f++) {
                load[j][f] /= sqrt(size);
            }
        }
        for (size_t i = 0; i < d; i++) {
            for (size_t j = 0; j < d; j++) {
                r[i * d + j] = i == j;
                for (size_t f = 0; f < 3 && i != j; f++) {
                    r[i * d + j] += load[i][f] * load[j][f];
                }
            }
        }
        size_t seen[2] = {0}, want[2] = {0}, count = tsl__principal_find(r, d, seen);
        assert_int_equal(count, find_naively(r, d, want));
        assert_int_equal(seen[0], want[0]);
        assert_true(count == 1 || seen[1] == want[1]);
        alone += count == 1;
        same += count == 2 && seen[1] == 0;
    }
    assert_true(alone > 100 && same > 100); /* each way has been gone */
}

/* The first of those that are near the greatest, which at .8 of it still is. */
static void test_near(void **state)
{
    (void)state;
    size_t which[2];
    /* sums of squares 1 + .5^2, 1 + .5^2 + .6^2, 1 + .6^2: 1.25, 1.61, 1.36 */
    const double near[] = {1, .5, 0, .5, 1, .6, 0, .6, 1};
    assert_int_equal(tsl__principal_find(near, 3, which), 2); /* 1.25 < 1.288 */
    assert_int_equal(which[0], 1);
    assert_int_equal(which[1], 0); /* .75 of the first column is left, and .64 of the third */
    const double first[] = {1, .5, 0, .5, 1, .5, 0, .5, 1};
    assert_int_equal(tsl__principal_find(first, 3, which), 2); /* 1.25 of 1.5 */
    assert_int_equal(which[0], 0);
}

/* Columns that repeat each other leave no second; what is left of at least a tenth is taken where there is no more. */
static void test_repeats(void **state)
{
    (void)state;
    size_t which[2];
    const double one[] = {1}, twice[] = {1, 1, 1, 1}, mirrored[] = {1, -1, -1, 1};
    assert_int_equal(tsl__principal_find(one, 1, which), 1);
    assert_int_equal(which[0], 0);
    assert_int_equal(tsl__principal_find(twice, 2, which), 1);
    assert_int_equal(tsl__principal_find(mirrored, 2, which), 1);
    for (int i = 0; i < 2; i++) {
        const double r = i ? .94 : .96, pair[] = {1, r, r, 1}; /* .116 and .078 are left */
        assert_int_equal(tsl__principal_find(pair, 2, which), i ? 2 : 1);
    }
    const double some[] = {1, .8, .6, .8, 1, .48, .6, .48, 1}; /* .36 and .64 are left */
    assert_int_equal(tsl__principal_find(some, 3, which), 2);
    assert_int_equal(which[1], 2);
    const double nothing[9] = {0}; /* nothing varies */
    assert_int_equal(tsl__principal_find(nothing, 3, which), 1);
    assert_int_equal(which[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_naive), cmocka_unit_test(test_near),
                                       cmocka_unit_test(test_repeats)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
