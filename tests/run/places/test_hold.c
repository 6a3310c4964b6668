/* test_hold.c: who keeps the cluster that he was in: at the factor and beyond it, by the definition, and what is
 * counted of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "run/places/hold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void assert_close(double a, double b, double most)
{
    if (!(fabs(a - b) <= most)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

enum { ROWS = 500, COLS = 2, K = 3 };

static const double centre[K * COLS] = {0, 0, 4, 0, 0, 4};

typedef struct set {
    double x[ROWS * COLS], weight[ROWS];
    int32_t then[ROWS];
    tsl_matrix m;
} set;

static void set_draw(set *s)
{
    tsl__rng rng = tsl__rng_open(7, 1, 3);
    for (size_t i = 0; i < ROWS * COLS; i++) {
        s->x[i] = 6 * tsl__rng_uniform(&rng) - 1;
    }
    for (size_t r = 0; r < ROWS; r++) {
        s->weight[r] = (double)tsl__rng_below(&rng, 4);
        s->then[r] = (int32_t)tsl__rng_below(&rng, K + 1) - 1;
    }
    s->m = (tsl_matrix){s->x, ROWS, COLS, COLS, TSL_F64};
}

/* One iteration about given centres, which stay where they are. */
static tsl_sweep *fit(const set *s, const double *weight)
{
    tsl_kmeans_options kmeans;
    tsl_start start;
    tsl_sweep *sweep = NULL;
    tsl_error err;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(start, &start);
    kmeans.silhouette_rows = 0;
    start.init = start.prior = centre;
    start.init_count = start.prior_count = K;
    start.prior_weight = 1e12;
    if (tsl_kmeans_fit(&s->m, weight, &start, &kmeans, NULL, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return sweep;
}

static double get_distance(const double *x, const double *c)
{
    return hypot(x[0] - c[0], x[1] - c[1]);
}

static void check(const set *s, const double *weight, double factor)
{
    tsl_sweep *sweep = fit(s, weight);
    const tsl_candidate *best = &sweep->candidate[0];
    const tsl__hold hold = {.x = &s->m, .weight = weight, .then = s->then, .factor = factor};
    double sum[K] = {0}, all = 0, least = INFINITY;
    uint64_t size[K] = {0}, held = 0, expected = 0;
    tsl_error err;
    assert_int_equal(tsl__hold_rows(&hold, sweep, &held, &err), TSL_OK);
    for (size_t r = 0; r < ROWS; r++) {
        int32_t nearest = 0;
        double d[K];
        for (int32_t c = 0; c < K; c++) {
            d[c] = get_distance(s->x + r * COLS, best->center + c * COLS);
            nearest = d[c] < d[nearest] ? c : nearest;
        }
        const int32_t then = s->then[r];
        const int stays = then >= 0 && then != nearest && d[then] <= factor * d[nearest];
        const int32_t label = stays ? then : nearest;
        expected += (uint64_t)stays;
        assert_int_equal(sweep->assignment->label[r], label);
        assert_close(sweep->assignment->distance[r], d[label], 1e-9);
        if (stays) {
            assert_int_equal(sweep->assignment->runner_up[r], nearest);
            assert_close(sweep->assignment->runner_up_distance[r], d[nearest], 1e-9);
        }
        size[label]++;
        sum[label] += weight ? weight[r] : 1;
        all += weight ? weight[r] : 1;
    }
    assert_int_equal(held, expected);
    for (int c = 0; c < K; c++) {
        assert_int_equal(best->size[c], size[c]);
        assert_close(best->weight[c], sum[c], 1e-9);
        least = fmin(least, sum[c]);
    }
    assert_close(best->smallest_share, least / all, 1e-12);
    tsl_sweep_free(sweep);
}

static void test_definition(void **state)
{
    (void)state;
    static set s;
    set_draw(&s);
    check(&s, NULL, 1.5);
    check(&s, NULL, 3);
    check(&s, s.weight, 1.5);
}

/* At the factor he stays, beyond it he goes; nobody who was nowhere is touched. */
static void test_bounds(void **state)
{
    (void)state;
    static set s;
    set_draw(&s);
    for (size_t r = 0; r < ROWS; r++) {
        s.then[r] = -1;
    }
    s.x[0] = 1.6; /* 2.4 from the second: 1.5 times as far, as numbers go */
    s.x[1] = 0;
    s.x[2] = 1.59;
    s.x[3] = 0;
    s.then[0] = s.then[1] = 1;
    tsl_sweep *sweep = fit(&s, NULL);
    uint64_t held = 9;
    tsl_error err;
    const tsl__hold hold = {.x = &s.m, .then = s.then, .factor = 1.5 + 1e-9};
    assert_int_equal(tsl__hold_rows(&hold, sweep, &held, &err), TSL_OK);
    assert_int_equal(held, 1);
    assert_int_equal(sweep->assignment->label[0], 1);
    assert_int_equal(sweep->assignment->label[1], 0);
    tsl_sweep_free(sweep);
    const tsl_matrix narrow = {s.x, ROWS, 1, COLS, TSL_F64};
    sweep = fit(&s, NULL);
    assert_int_equal(tsl__hold_rows(&(tsl__hold){.x = &narrow, .then = s.then, .factor = 1.5}, sweep, &held, &err),
                     TSL_E_INTERNAL);
    tsl_sweep_free(sweep);
}

/* A row exactly at the factor is not beyond it: 2 from the nearest centre and 3 from its own. */
static void test_at_the_factor(void **state)
{
    (void)state;
    double x[] = {2}, places[] = {0, 5}, weight[2], distance[] = {2}, runner_up_distance[] = {3};
    uint64_t size[2], held = 9;
    int32_t label[] = {0}, runner_up[] = {1};
    const int32_t then[] = {1};
    const tsl_matrix m = {x, 1, 1, 1, TSL_F64};
    tsl_candidate best = {.k = 2, .center = places, .size = size, .weight = weight};
    tsl_assignment assignment = {1, label, distance, runner_up, runner_up_distance};
    tsl_sweep sweep = {.rows = 1, .cols = 1, .count = 1, .candidate = &best, .assignment = &assignment};
    const tsl__hold hold = {.x = &m, .then = then, .factor = 1.5};
    assert_int_equal(tsl__hold_rows(&hold, &sweep, &held, NULL), TSL_OK);
    assert_int_equal(held, 1);
    assert_true(label[0] == 1 && distance[0] == 3 && runner_up[0] == 0 && runner_up_distance[0] == 2);
}

/* How small a cluster may be left, and how many hold then. */
typedef struct limit {
    double weight;
    size_t rows;
    uint64_t held;
} limit;

static tsl_sweep *hold_within(set *s, const limit *least)
{
    const tsl__hold hold = {.x = &s->m,
                            .weight = s->weight,
                            .then = s->then,
                            .factor = 1.5,
                            .least_weight = least->weight,
                            .least_rows = least->rows};
    tsl_sweep *sweep = fit(s, s->weight);
    uint64_t held;
    assert_int_equal(tsl__hold_rows(&hold, sweep, &held, NULL), TSL_OK);
    assert_int_equal(held, least->held);
    return sweep;
}

/* Who was in another cluster does not keep it where his own would be left too small: by rows and by weight. */
static void test_limits(void **state)
{
    (void)state;
    static set s;
    for (size_t r = 0; r < ROWS; r++) { /* 20 nearest to the second, of whom 15 were in the first */
        s.x[r * COLS] = r < 20 ? 2.1 : r < 260 ? 0 : 0.1;
        s.x[r * COLS + 1] = r < 260 ? 0 : 3;
        s.weight[r] = r < 20 ? .5 : 1;
        s.then[r] = r < 15 ? 0 : -1;
    }
    s.m = (tsl_matrix){s.x, ROWS, COLS, COLS, TSL_F64};
    static const limit cases[] = {{0, 0, 15}, {0, 5, 15}, {0, 6, 0}, {2.5, 5, 15}, {2.6, 5, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_sweep *sweep = hold_within(&s, &cases[i]);
        assert_int_equal(sweep->candidate[0].size[1], 20 - cases[i].held);
        tsl_sweep_free(sweep);
    }
}

/* What the second takes back from the first leaves that too small, by rows or by weight, and it takes back its own. */
static void test_taken_in_turn(void **state)
{
    (void)state;
    static set s;
    for (size_t r = 0; r < ROWS; r++) { /* 20 are nearest to the second, 10 to the first; 15 and 8 were elsewhere */
        s.x[r * COLS] = r < 20 ? 2.1 : 0;
        s.x[r * COLS + 1] = r < 20 ? 0 : r < 30 ? 1.9 : 3;
        s.weight[r] = r < 30 ? .5 : 1;
        s.then[r] = r < 15 ? 0 : r >= 20 && r < 28 ? 2 : -1;
    }
    s.m = (tsl_matrix){s.x, ROWS, COLS, COLS, TSL_F64};
    static const limit cases[] = {{0, 0, 23}, {0, 6, 0}, {2.6, 0, 0}, {2.5, 5, 23}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_sweep *sweep = hold_within(&s, &cases[i]);
        assert_int_equal(sweep->candidate[0].size[0], cases[i].held ? 17 : 10);
        tsl_sweep_free(sweep);
    }
}

/* A cluster that is too small with all that are nearest to it takes those, once, and is left at that. */
static void test_always_small(void **state)
{
    (void)state;
    static set s;
    uint64_t held;
    tsl_error err;
    for (size_t r = 0; r < ROWS; r++) {
        s.x[r * COLS] = r < 20 ? 2.1 : 0;
        s.x[r * COLS + 1] = r < 20 || r >= 260 ? 0 : 3;
        s.then[r] = r < 15 ? 0 : -1;
    }
    s.m = (tsl_matrix){s.x, ROWS, COLS, COLS, TSL_F64};
    const tsl__hold by_rows = {.x = &s.m, .then = s.then, .factor = 1.5, .least_rows = 21};
    const tsl__hold by_weight = {.x = &s.m, .then = s.then, .factor = 1.5, .least_weight = 20.5};
    const tsl__hold *const hold[] = {&by_rows, &by_weight};
    for (size_t i = 0; i < 2; i++) {
        tsl_sweep *sweep = fit(&s, NULL);
        alarm(20); /* ends a search that would not end */
        assert_int_equal(tsl__hold_rows(hold[i], sweep, &held, &err), TSL_OK);
        alarm(0);
        assert_int_equal(held, 0);
        assert_int_equal(sweep->candidate[0].size[1], 20);
        tsl_sweep_free(sweep);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_definition),    cmocka_unit_test(test_bounds),
                                       cmocka_unit_test(test_at_the_factor), cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_taken_in_turn), cmocka_unit_test(test_always_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
