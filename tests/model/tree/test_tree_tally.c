/* test_tree_tally.c: tallies are what a plain sum gives; of two halves each is what the other leaves; and how many
 * are kept, or how small a leaf may be, does to the tree what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "kernel/kernel.h"
#include "model/tree/tree.h"

enum { ROWS = 3000, COLS = 4, K = 5, TILE = 64 };

typedef struct set {
    double x[ROWS * 2], raw[ROWS * COLS], center[K * 2], weight[ROWS];
    int32_t label[ROWS];
} set;

/* Five groups; raw columns: near to each coordinate, a whole number with gaps, noise. */
static void set_fill(set *s)
{
    tsl__rng rng = tsl__rng_open(9, 0, 0);
    for (int c = 0; c < 2 * K; c++) {
        s->center[c] = 10 * tsl__rng_uniform(&rng);
    }
    for (int r = 0; r < ROWS; r++) {
        const int c = (int)tsl__rng_below(&rng, K);
        double *x = s->x + 2 * r, *raw = s->raw + COLS * r, least = INFINITY;
        for (int j = 0; j < 2; j++) {
            x[j] = s->center[2 * c + j] + 4 * (tsl__rng_uniform(&rng) - 0.5);
            raw[j] = x[j] + tsl__rng_uniform(&rng);
        }
        raw[2] = tsl__rng_below(&rng, 8) ? floor(2 * x[0]) : NAN;
        raw[3] = tsl__rng_uniform(&rng);
        s->weight[r] = 0.5 + (double)tsl__rng_below(&rng, 4);
        for (int o = 0; o < K; o++) {
            const double far = pow(x[0] - s->center[2 * o], 2) + pow(x[1] - s->center[2 * o + 1], 2);
            s->label[r] = far < least ? o : s->label[r];
            least = far < least ? far : least;
        }
    }
}

static tsl_tree *fit(const set *s, const double *weight, int tallies, double least, int leaves)
{
    const tsl_matrix x = {s->x, ROWS, 2, 2, TSL_F64}, raw = {s->raw, ROWS, COLS, COLS, TSL_F64};
    const tsl_raw_columns columns = {&raw, NULL};
    const tsl_tree_options opt = {.size = sizeof opt, .leaves = leaves, .least = least};
    const tsl__tree_task task = {&x, weight, s->center, K, s->label, &columns, &opt, tallies};
    tsl_tree *tree;
    tsl_error err = {0};
    if (tsl__tree_fit_watched(&task, NULL, (tsl__tree_watch){NULL, NULL}, &tree, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return tree;
}

static void check_same(const tsl_tree *a, const tsl_tree *b)
{
    assert_int_equal(a->node_count, b->node_count);
    assert_memory_equal(a->node, b->node, a->node_count * sizeof *a->node);
    assert_int_equal(a->curve_count, b->curve_count);
    assert_memory_equal(a->curve, b->curve, a->curve_count * sizeof *a->curve);
}

/* Two are the fewest: nearly every leaf's is given to another. */
static void test_few(void **state)
{
    const set *s = *state;
    for (int weighted = 0; weighted <= 1; weighted++) {
        const double *weight = weighted ? s->weight : NULL;
        tsl_tree *all = fit(s, weight, 0, 0, 40);
        assert_in_range(all->leaves, 30, 40);
        for (int tallies = 1; tallies <= 7; tallies += 2) {
            tsl_tree *few = fit(s, weight, tallies, 0, 40);
            check_same(all, few);
            tsl_tree_free(few);
        }
        tsl_tree_free(all);
    }
}

/* Of the leaves, those with less weight than the share. */
static int count_small(const set *s, const tsl_tree *tree, const double *weight, double share)
{
    const tsl_matrix raw = {s->raw, ROWS, COLS, COLS, TSL_F64};
    double mass[200] = {0}, all = 0;
    int32_t leaf[ROWS];
    int small = 0;
    assert_in_range(tree->node_count, 1, 200);
    assert_int_equal(tsl_tree_predict(tree, &raw, NULL, leaf, NULL, NULL), TSL_OK);
    for (int r = 0; r < ROWS; r++) {
        mass[leaf[r]] += weight ? weight[r] : 1;
        all += weight ? weight[r] : 1;
    }
    for (size_t at = 0; at < tree->node_count; at++) {
        small += tree->node[at].column < 0 && mass[at] < share * all;
    }
    return small;
}

static void test_least(void **state)
{
    const set *s = *state;
    for (int weighted = 0; weighted <= 1; weighted++) {
        const double *weight = weighted ? s->weight : NULL;
        tsl_tree *free_tree = fit(s, weight, 0, 0, 40), *first = fit(s, weight, 0, 0, K);
        assert_int_equal(count_small(s, first, weight, 0.02), 0);
        assert_true(count_small(s, free_tree, weight, 0.01) > 0);
        for (int doubled = 0; doubled < 4; doubled++) {
            const double share = ldexp(0.002, doubled);
            tsl_tree *tree = fit(s, weight, 0, share, 40);
            assert_int_equal(count_small(s, tree, weight, share), 0);
            assert_true(tree->leaves > K || share > 0.01);
            tsl_tree_free(tree);
        }
        tsl_tree *tiny = fit(s, weight, 0, 1e-9, 40), *none = fit(s, weight, 0, 1, 40);
        check_same(free_tree, tiny);
        assert_int_equal(none->leaves, first->leaves);
        assert_memory_equal(none->node, first->node, first->node_count * sizeof *first->node);
        tsl_tree_free(tiny);
        tsl_tree_free(none);
        tsl_tree_free(free_tree);
        tsl_tree_free(first);
    }
}

static void check_tally(const tsl__tree_work *w, const tsl__tally *tally, tsl__tree_rows rows)
{
    const size_t line = tsl__tally_line(w);
    int64_t *sum = calloc(w->bins.all * line, sizeof *sum);
    assert_non_null(sum);
    for (size_t c = 0; c < COLS; c++) {
        for (size_t i = 0; i < rows.count; i++) {
            int64_t *to =
                sum + (w->bins.column[c].at + tsl__bins_codes(&w->bins, c)[rows.row[i] * w->bins.group]) * line;
            for (size_t j = 0; j < K + 1; j++) {
                to[j] += w->distance[rows.row[i] * (K + 1) + j];
            }
            to[K + 1]++;
        }
    }
    assert_memory_equal(tally->sum, sum, w->bins.all * line * sizeof *sum);
    free(sum);
}

static void test_parts(void **state)
{
    const set *s = *state;
    const tsl_matrix raw = {s->raw, ROWS, COLS, COLS, TSL_F64};
    const tsl__row_view view = tsl__row_view_of(&raw, 1);
    static int64_t distance[ROWS * (K + 1)], tile[TILE * (K + 2)];
    static uint16_t code[TILE];
    const double place[K * COLS] = {0};
    tsl__scratch scratch = {.tile = tile, .tile_code = code};
    tsl__tree_work w = {.raw = &view, .k = K, .threads = 1, .distance = distance, .scratch = &scratch, .together = 3};
    w.tile_rows = TILE;
    w.kernel = tsl__kernel_get();
    assert_int_equal(tsl__bins_build(&view, place, K, 1, &w.bins, NULL), TSL_OK);
    tsl__rng rng = tsl__rng_open(10, 0, 0);
    size_t row[ROWS], half[2][ROWS], count[2] = {0, 0};
    for (size_t r = 0; r < ROWS; r++) {
        const size_t side = tsl__rng_below(&rng, 5) == 0;
        row[r] = half[side][count[side]] = r;
        count[side]++;
    }
    for (size_t i = 0; i < ROWS * (K + 1); i++) {
        distance[i] = (int64_t)tsl__rng_below(&rng, UINT32_MAX) << 12;
    }
    tsl__tally all, less;
    assert_true(tsl__tally_open(&w, &all) && tsl__tally_open(&w, &less));
    tsl__tally_gather(&w, (tsl__tree_rows){row, ROWS}, &all);
    check_tally(&w, &all, (tsl__tree_rows){row, ROWS});
    tsl__tally_gather(&w, (tsl__tree_rows){half[1], count[1]}, &less);
    tsl__tally_part(&w, &all, &less);
    check_tally(&w, &less, (tsl__tree_rows){half[1], count[1]});
    check_tally(&w, &all, (tsl__tree_rows){half[0], count[0]});
    tsl__tally_free(&all);
    tsl__tally_free(&less);
    tsl__bins_free(&w.bins);
}

static int setup(void **state)
{
    set *s = calloc(1, sizeof *s);
    if (s) {
        set_fill(s);
    }
    *state = s;
    return s ? 0 : -1;
}

static int teardown(void **state)
{
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_least),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
