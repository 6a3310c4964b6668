/* test_sentinel.c: which number stands for a missing one: by its digits, its place and how many rows hold it. */
#include "table/schema/sentinel.h"

#include "help.h"

#include <math.h>

static void test_digits(void **state)
{
    (void)state;
    static const double yes[] = {-1, -9, -99, 99, -999, 999, 9999, -9999, 99999, 999999999, 999999999999};
    static const double no[] = {0, 1, 9, -2, 98, -98, 99.9, -0.9, 989, 1000, 9999999999999, INFINITY};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(tsl__sentinel_is_one(yes[i]));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(tsl__sentinel_is_one(no[i]));
    assert_false(tsl__sentinel_is_one((double)NAN));
}

/* Numbers from low to high in equal steps, ten rows each, and one value of so many rows, of 1000 in all. */
static double find(double low, double high, size_t steps, double one, uint64_t rows)
{
    enum { MOST = 101 };
    double value[MOST + 2];
    uint64_t held[MOST + 2];
    for (size_t i = 0; i < steps; i++) {
        value[i + 1] = low + (high - low) * (double)i / (double)(steps - 1);
        held[i + 1] = 10;
    }
    value[0] = one;
    held[0] = rows;
    value[steps + 1] = (double)NAN; /* no number, and a text that is not in use */
    held[steps + 1] = 50;
    return tsl__sentinel_find(value, held, steps + 2, 1000);
}

static void check_found(double low, double high, size_t steps, double one)
{
    assert_true(find(low, high, steps, one, 10) == one);
    assert_true(isnan(find(low, high, steps, one, 9))); /* under one in a hundred */
}

static void check_spared(double low, double high, size_t steps, double one)
{
    assert_true(isnan(find(low, high, steps, one, 400)));
}

static void test_found(void **state)
{
    (void)state;
    check_found(30, 70, 80, -999);
    check_found(18, 90, 73, 999);
    check_found(0, 10, 11, 99);
    check_found(1, 5, 5, 99); /* answers */
    check_found(0, 3, 4, -9);
    check_found(0, 1, 2, 99);
    check_found(.2, .9, 50, -1);
    check_found(-40, 35, 76, 9999);
}

/* Real values: they lie no farther off than the others among themselves. */
static void test_spared(void **state)
{
    (void)state;
    check_spared(0, 1, 2, -1);
    check_spared(0, 40, 41, -1);
    check_spared(18, 98, 81, 99); /* ages */
    check_spared(5, 510, 90, 999);
    check_spared(39, 49, 2, 99); /* few prices, on the same side of zero */
    check_spared(9, 29, 3, 99);
    check_spared(9, 99, 2, 999);
    check_spared(-30, -10, 5, -99);
    check_spared(1, 1, 2, -1); /* yes and no: one value besides */
    check_spared(30, 70, 80, -998);
    check_spared(0, 98.9, 80, 99); /* nearer than their range, at their end */
    check_spared(0, 300, 80, 99);  /* among them */
}

/* The distance at which it is told: more than the range, of few values on one side ten times as much. */
static void test_distance(void **state)
{
    (void)state;
    check_spared(0, 49.5, 12, 99);
    check_found(0, 49.4, 12, 99);
    check_spared(0, 9, 9, 99);
    check_found(0, 8.9, 9, 99);
    check_found(0, 49.4, 10, 99);
    check_spared(0, 49.4, 9, 99);
    check_spared(8, 17, 20, -1);
    check_found(8, 16.9, 20, -1);
}

/* Texts of one number count together; a single cell is a value; nothing is nothing. */
static void test_rows(void **state)
{
    (void)state;
    const double value[] = {-999, 5, -999, 6, 7};
    const uint64_t both[] = {1, 4, 1, 4, 4}, single[] = {1, 4, 0, 4, 4};
    assert_true(tsl__sentinel_find(value, both, 5, 14) == -999);
    assert_true(isnan(tsl__sentinel_find(value, single, 5, 13)));
    assert_true(isnan(tsl__sentinel_find(value, both, 0, 0)));
    assert_true(isnan(tsl__sentinel_find(value, both, 1, 5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_digits), cmocka_unit_test(test_found),
                                       cmocka_unit_test(test_spared), cmocka_unit_test(test_distance),
                                       cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
