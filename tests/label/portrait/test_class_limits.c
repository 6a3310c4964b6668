/* test_class_limits.c: classes of a value whose limits stand on a ladder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "label/portrait/portrait_parts.h"

#define STEPS 9
static const double ladder[STEPS] = {1, 2, 4, 9, 19, 49, 99, 199, 499};

static size_t count_in(const double *value, size_t n, double above, double to)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += value[i] > above && value[i] <= to;
    }
    return count;
}

static int is_step(double limit)
{
    size_t s = 0;
    while (s < STEPS && (limit < ladder[s] || limit > ladder[s])) {
        s++;
    }
    return s < STEPS;
}

/* Whatever the values: limits of the ladder, rising, at most so many classes, and none is empty. */
static void test_properties(void **state)
{
    (void)state;
    double value[300], limit[STEPS];
    for (uint64_t seed = 1; seed <= 200; seed++) {
        tsl__rng rng = tsl__rng_open(seed, 1, 1);
        const size_t n = 1 + (size_t)tsl__rng_below(&rng, 300), most = 2 + (size_t)tsl__rng_below(&rng, 4);
        const double spread = 1 + 6 * tsl__rng_uniform(&rng);
        for (size_t i = 0; i < n; i++) {
            value[i] = tsl__rng_below(&rng, 9) == 0 ? (double)NAN : floor(exp(spread * tsl__rng_uniform(&rng)));
        }
        value[0] = 3;
        const size_t classes = tsl__class_limits_get(value, NULL, n, ladder, STEPS, most, limit);
        size_t sum = 0, known = 0;
        assert_in_range(classes, 1, most);
        for (size_t c = 0; c < classes; c++) {
            const double from = c ? limit[c - 1] : -INFINITY, to = c + 1 < classes ? limit[c] : INFINITY;
            const size_t in = count_in(value, n, from, to);
            assert_true(in > 0 && to > from && (isinf(to) || is_step(to)));
            sum += in;
        }
        for (size_t i = 0; i < n; i++) {
            const size_t at = tsl__class_limits_find(limit, classes, value[i]);
            known += isnan(value[i]) ? 0 : 1;
            assert_true(isnan(value[i]) || at == 0 || value[i] > limit[at - 1]);
            assert_true(isnan(value[i]) || at + 1 == classes || value[i] <= limit[at]);
        }
        assert_int_equal(sum, known);
    }
}

/* Orders as they are of Online Retail: 1, 2, 3 to 4, 5 to 9, 10 and more. */
static void test_orders(void **state)
{
    (void)state;
    static const struct {
        double orders;
        size_t customers;
    } shop[] = {{1, 149}, {2, 83}, {3, 51}, {4, 39}, {6, 72}, {12, 29}, {30, 9}, {70, 2}, {210, 1}};
    double value[600], limit[STEPS];
    size_t n = 0;
    for (size_t s = 0; s < sizeof shop / sizeof *shop; s++) {
        for (size_t i = 0; i < shop[s].customers; i++) {
            value[n++] = shop[s].orders;
        }
    }
    assert_int_equal(tsl__class_limits_get(value, NULL, n, ladder, STEPS, 5, limit), 5);
    static const double expected[] = {1, 2, 4, 9};
    for (size_t c = 0; c < 4; c++) {
        assert_true(limit[c] == expected[c]);
    }
}

/* All alike, or nobody known: one class. */
static void test_one_class(void **state)
{
    (void)state;
    static const double alike[] = {7, 7, 7}, none[] = {NAN, NAN};
    double limit[STEPS];
    assert_int_equal(tsl__class_limits_get(alike, NULL, 3, ladder, STEPS, 5, limit), 1);
    assert_int_equal(tsl__class_limits_get(none, NULL, 2, ladder, STEPS, 5, limit), 1);
    assert_int_equal(tsl__class_limits_find(limit, 1, 1e9), 0);
    static const double two[] = {1, 9, 9}, known[] = {NAN, 5, 5};
    assert_int_equal(tsl__class_limits_get(two, NULL, 3, ladder, STEPS, 5, limit), 2);
    assert_int_equal(tsl__class_limits_get(two, known, 3, ladder, STEPS, 5, limit), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_one_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
