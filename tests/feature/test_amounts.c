/* test_amounts.c: the median of purchases, in memory and in a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/rng.h"
#include "feature/amounts.h"

enum { PARTS = 3 };

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* `count` amounts below `below`, a few at a time to one part after the other. */
static void check(size_t count, double below)
{
    tsl__spill *spill;
    tsl__amounts held[PARTS] = {{.spill = NULL}}, filed[PARTS];
    int64_t *all = malloc((count + 1) * sizeof *all);
    double expected = 0, a, b;
    tsl__rng rng = tsl__rng_open(9, 9, (uint32_t)count);
    assert_non_null(all);
    assert_int_equal(tsl__spill_open(NULL, &spill, NULL), TSL_OK);
    for (size_t i = 0; i < count; i++) {
        all[i] = (int64_t)(tsl__rng_uniform(&rng) * below);
    }
    for (size_t p = 0; p < PARTS; p++) {
        filed[p] = (tsl__amounts){.spill = spill};
    }
    for (size_t i = 0; i < count; i += 7) {
        const size_t some = count - i < 7 ? count - i : 7;
        assert_int_equal(tsl__amounts_add(&held[i % PARTS], all + i, some, NULL), TSL_OK);
        assert_int_equal(tsl__amounts_add(&filed[i % PARTS], all + i, some, NULL), TSL_OK);
    }
    qsort(all, count, sizeof *all, compare);
    if (count) {
        const double low = (double)all[(count - 1) / 2], high = (double)all[count / 2];
        expected = count % 2 ? low : low + .5 * (high - low);
    }
    assert_int_equal(tsl__amounts_get_median(held, PARTS, &a, NULL), TSL_OK);
    assert_int_equal(tsl__amounts_get_median(filed, PARTS, &b, NULL), TSL_OK);
    assert_true(a == expected);
    assert_true(b == expected);
    assert_true(tsl__spill_get_bytes(spill) >= count / PARTS / TSL__AMOUNTS_PIECE * TSL__AMOUNTS_PIECE * sizeof a);
    for (size_t p = 0; p < PARTS; p++) {
        assert_true(filed[p].count < TSL__AMOUNTS_PIECE);
        tsl__amounts_free(&held[p]);
        tsl__amounts_free(&filed[p]);
    }
    tsl__spill_free(spill);
    free(all);
}

static void test_median(void **state)
{
    (void)state;
    check(0, 1);
    check(1, 1e6);
    check(100, 1e6);
    check(4 * PARTS * TSL__AMOUNTS_PIECE, 1e7); /* all in files */
    check(4 * PARTS * TSL__AMOUNTS_PIECE + 5, 1e15);
    check(300001, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_median)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
