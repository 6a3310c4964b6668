/* test_cart.c: one cut against every cut there is, tried naively. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../sets.h"

#define CLASSES 4
#define LEAST 5

typedef struct made {
    size_t rows;
    double *x, *y, *weight;
    int32_t *label;
    int k; /* 0: a value */
} made;

/* What the rows on the sides lose: impurity or variance, times weight. */
static double loss_of(const made *m, const unsigned char *side, int which, size_t *rows)
{
    double w = 0, sum[CLASSES] = {0}, square = 0, loss;
    *rows = 0;
    for (size_t r = 0; r < m->rows; r++) {
        if (side[r] == which) {
            const double wr = m->weight ? m->weight[r] : 1;
            ++*rows;
            w += wr;
            sum[m->k ? m->label[r] : 0] += m->k ? wr : wr * m->y[r];
            square += m->k ? 0 : wr * m->y[r] * m->y[r];
        }
    }
    loss = m->k ? w : square;
    for (int c = 0; c < CLASSES && w > 0; c++) {
        loss -= sum[c] * sum[c] / w;
    }
    return loss;
}

static void try_sides(const made *m, const unsigned char *side, double all, double *best)
{
    size_t left, right;
    const double gain = (all - loss_of(m, side, 0, &left) - loss_of(m, side, 1, &right)) / all;
    *best = left >= LEAST && right >= LEAST && gain > *best ? gain : *best;
}

/* The greatest gain of any cut. levels 0: a number. */
static double best_cut(const made *m, int levels)
{
    unsigned char *side = calloc(m->rows, 1);
    double best = 0;
    size_t rows;
    const double all = loss_of(m, side, 0, &rows);
    for (size_t i = 0; i < m->rows && !levels; i++) {
        for (int missing = 0; missing < 2 && !isnan(m->x[i]); missing++) {
            for (size_t r = 0; r < m->rows; r++) {
                side[r] = isnan(m->x[r]) ? (unsigned char)missing : m->x[r] > m->x[i];
            }
            try_sides(m, side, all, &best);
        }
    }
    for (unsigned set = 0; levels && set < 1u << (levels + 1); set++) {
        for (size_t r = 0; r < m->rows; r++) {
            side[r] = set >> (isnan(m->x[r]) ? levels : (int)m->x[r]) & 1;
        }
        try_sides(m, side, all, &best);
    }
    free(side);
    return best;
}

static made make(size_t rows, int k, int values, double missing, int weighted, uint32_t key)
{
    tsl__rng rng = tsl__rng_open(17, 2, key);
    made m = {rows, set_alloc(rows), set_alloc(rows), weighted ? set_alloc(rows) : NULL, calloc(rows, sizeof(int32_t)),
              k};
    for (size_t r = 0; r < rows; r++) {
        m.x[r] = values ? (double)tsl__rng_below(&rng, (uint64_t)values) : draw_normal(&rng);
        m.y[r] = fmod(m.x[r] * 7, 5) + draw_normal(&rng);
        m.label[r] = k ? (int32_t)fabs(m.y[r] * 1.3) % k : 0;
        m.x[r] = tsl__rng_uniform(&rng) < missing ? (double)NAN : m.x[r];
        if (weighted) {
            m.weight[r] = (double)(1 + tsl__rng_below(&rng, 3));
        }
    }
    return m;
}

static void made_free(made *m)
{
    free(m->x);
    free(m->y);
    free(m->weight);
    free(m->label);
}

static tsl_descriptor *cut_once(const made *m, int levels)
{
    const tsl_matrix x = {m->x, m->rows, 1, 1, TSL_F64};
    const tsl_descriptor_column column = {.name = "x", .level_count = (size_t)levels};
    const tsl_descriptor_columns columns = {&x, &column};
    const tsl_descriptor_target target = {.label = m->k ? m->label : NULL, .k = m->k, .value = m->y};
    tsl_descriptor_options opt;
    tsl_descriptor *tree;
    tsl_error err;
    TSL_DEFAULTS(descriptor, &opt);
    opt.leaves = 2;
    opt.min_rows = LEAST;
    opt.min_share = 0;
    opt.folds = 0;
    if (tsl_descriptor_fit(&columns, m->weight, &target, &opt, NULL, &tree, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return tree;
}

/* What the tree says of a cut is what its own sides give, and no other cut is better. */
static void check_cut(const made *m, int levels, int exact)
{
    tsl_descriptor *tree = cut_once(m, levels);
    const tsl_matrix x = {m->x, m->rows, 1, 1, TSL_F64};
    int32_t *leaf = calloc(m->rows, sizeof *leaf);
    unsigned char *side = calloc(m->rows, 1);
    double own = 0;
    size_t rows;
    tsl_error err;
    const double all = loss_of(m, side, 0, &rows), best = best_cut(m, levels);
    if (tree->leaves == 1) {
        assert_true(best <= 1e-9);
    } else {
        assert_int_equal(tsl_descriptor_predict(tree, &x, NULL, leaf, &err), TSL_OK);
        for (size_t r = 0; r < m->rows; r++) {
            side[r] = leaf[r] == 2;
        }
        try_sides(m, side, all, &own);
        if (fabs(own - tree->node[0].gain) > 1e-9 || own > best + 1e-9 || (exact && own < best - 1e-9)) {
            fail_msg("rows %zu, k %d, levels %d: gain %.12g, its sides give %.12g, the best %.12g", m->rows, m->k,
                     levels, tree->node[0].gain, own, best);
        }
    }
    tsl_descriptor_free(tree);
    free(leaf);
    free(side);
}

static void test_numbers(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 60; i++) {
        made m = make(20 + 7 * i, (int)(i % 5), i % 3 ? 12 : 0, i % 2 ? .2 : 0, i % 4 == 3, i);
        check_cut(&m, 0, 1);
        made_free(&m);
    }
}

/* So many different values that rows are sorted and not tabulated. */
static void test_many_values(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        made m = make(1800, (int)i * 2, 0, .1, i == 2, 100 + i);
        check_cut(&m, 0, 1);
        made_free(&m);
    }
}

/* Exact for a value and two classes; of more no better than the best. */
static void test_categories(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 60; i++) {
        const int k = (int)(i % 5);
        made m = make(60 + 11 * i, k, 6, i % 2 ? .2 : 0, i % 4 == 3, 200 + i);
        check_cut(&m, 6, k == 0 || k == 2);
        made_free(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_many_values),
                                       cmocka_unit_test(test_categories)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
