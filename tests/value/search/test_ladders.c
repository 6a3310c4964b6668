/* test_ladders.c: every history finds its moments on its ladder, and the ladder holds no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/parallel.h"
#include "base/rng.h"
#include "value/search/ladders.h"

enum { ROWS = 30000 };
static double x[ROWS], t_x[ROWS], t[ROWS];

static int holds(const double *moment, size_t count, double value)
{
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        found += moment[i] == value;
    }
    return found;
}

/* The ladder of the rows begin .. end. */
static void check(const tsl__distinct *d, const tsl__ladders *l, size_t begin, size_t end)
{
    const double *moment = l->moment + TSL__RUNGS * begin;
    const size_t count = l->count[begin];
    assert_true(count >= 1 && count <= l->most);
    for (size_t k = 1; k < count; k++) {
        assert_true(moment[k] > moment[k - 1]);
    }
    for (size_t i = begin; i < end; i++) {
        assert_true(moment[l->rung[TSL__RUNG_T_X][i]] == d->column[TSL__HISTORY_T_X][i]);
        assert_true(moment[l->rung[TSL__RUNG_T][i]] == d->column[TSL__HISTORY_T][i]);
    }
    for (size_t k = 0; k < count; k += 1 + count / 16) {
        int spoken_of = 0;
        for (size_t i = begin; i < end && !spoken_of; i++) {
            const double of[] = {d->column[TSL__HISTORY_T_X][i], d->column[TSL__HISTORY_T][i]};
            spoken_of = holds(of, 2, moment[k]);
        }
        assert_true(spoken_of);
    }
}

static void test_rungs(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(2, 2, 2);
    for (size_t i = 0; i < ROWS; i++) {
        /* Most of one x, some of an x of their own. */
        x[i] = tsl__rng_below(&rng, 4) ? (double)tsl__rng_below(&rng, 3) : (double)tsl__rng_below(&rng, 5000);
        t[i] = (double)(1 + tsl__rng_below(&rng, 300)) / 7;
        t_x[i] = x[i] > 0 ? t[i] * (double)(1 + tsl__rng_below(&rng, 4)) / 4 : 0;
    }
    const tsl_histories histories = {ROWS, x, t_x, t, NULL};
    for (int threads = 1; threads < 4; threads++) {
        tsl__distinct d;
        tsl__ladders l;
        assert_int_equal(tsl__histories_build(&histories, 0, threads, &d, NULL), TSL_OK);
        assert_int_equal(tsl__ladders_build(&d, threads, &l, NULL), TSL_OK);
        for (size_t b = 0; b < tsl__block_count(d.count); b++) {
            size_t begin, end;
            tsl__block_get(d.count, b, &begin, &end);
            for (size_t next; begin < end; begin = next) {
                next = tsl__histories_get_end(&d, begin, end);
                assert_true(next > begin && d.column[TSL__HISTORY_X][begin] == d.column[TSL__HISTORY_X][next - 1]);
                check(&d, &l, begin, next);
            }
        }
        tsl__distinct_free(&d);
        tsl__ladders_free(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rungs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
