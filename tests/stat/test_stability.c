/* test_stability.c: the population stability index by hand, and what chance gives of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stat/stability.h"

static void by_hand(void **state)
{
    (void)state;
    const double then[] = {.5, .3, .2, 0}, now[] = {.4, .4, .2, 0};
    const tsl__stability is = tsl__stability_get(then, now, 4, 1000, 500);
    assert_true(fabs(is.psi - (-.1 * log(.8) + .1 * log(4. / 3))) < 1e-15);
    assert_true(fabs(is.chance - 2 * .003) < 1e-15); /* three cells: the fourth is empty, then and now */
    assert_true(fabs(is.limit - 13.816 * .003) < 1e-15);
    assert_true(tsl__stability_get(then, then, 4, 1000, 500).psi == 0);
    assert_true(tsl__stability_get((double[]){1}, (double[]){1}, 1, 10, 10).limit == 0);
}

/* No share is taken as less than that of half a person, or than 0.0001. */
static void empty_cells(void **state)
{
    (void)state;
    const double then[] = {1, 0}, now[] = {.5, .5};
    assert_true(fabs(tsl__stability_get(then, now, 2, 10, 10).psi - (.5 * log(2) + .45 * log(10))) < 1e-14);
    assert_true(fabs(tsl__stability_get(then, now, 2, 1e9, 10).psi - (.5 * log(2) + .4999 * log(5000))) < 1e-14);
}

/* The quantiles of chi-square at 0.999: those of the table, and beyond it within 0.4 %. */
static void limits(void **state)
{
    (void)state;
    static const struct {
        size_t degrees;
        double quantile, within;
    } rows[] = {{1, 10.828, 1e-12}, {20, 45.315, 1e-12}, {21, 46.797, .004},
                {30, 59.703, .004}, {50, 86.661, .004},  {100, 149.449, .004}};
    double share[101];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t cells = rows[i].degrees + 1;
        for (size_t c = 0; c < cells; c++) {
            share[c] = 1 / (double)cells;
        }
        double limit = tsl__stability_get(share, share, cells, 1000, 1000).limit / .002;
        assert_true(fabs(limit / rows[i].quantile - 1) <= rows[i].within);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(empty_cells),
                                       cmocka_unit_test(limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
