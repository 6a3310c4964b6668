/* test_value_counts.c: a few values are counted, in any order; of more nothing is kept. */
#include "table/cell/value_counts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint64_t rows_of(const tsl__value_counts *t, int64_t value)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->value[i] == value) {
            return t->rows[i];
        }
    }
    return 0;
}

static void test_counts(void **state)
{
    (void)state;
    tsl__value_counts a = {0}, b = {0};
    for (int i = 0; i < 100; i++) {
        tsl__value_counts_add(i < 30 ? &a : &b, i % 7, 2);
    }
    tsl__value_counts_join(&b, &a);
    assert_int_equal(b.count, 7);
    assert_int_equal(rows_of(&b, 0), 30);
    assert_int_equal(rows_of(&b, 6), 28);
}

static void test_limit(void **state)
{
    (void)state;
    tsl__value_counts a = {0}, b = {0}, c = {0};
    for (int i = 0; i < 64; i++) {
        tsl__value_counts_add(&a, i, 1);
        tsl__value_counts_add(&b, 64 + i / 2, 1);
    }
    tsl__value_counts_add(&a, 5, 1);
    assert_int_equal(a.count, 64);
    tsl__value_counts_join(&c, &b); /* few in each, many in both: whichever comes first */
    tsl__value_counts_join(&c, &a);
    tsl__value_counts_join(&a, &b);
    assert_true(a.over && c.over && a.count == 0 && c.count == 0);
    tsl__value_counts_join(&b, &a);
    assert_true(b.over && b.count == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts), cmocka_unit_test(test_limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
