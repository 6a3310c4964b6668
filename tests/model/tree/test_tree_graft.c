/* test_tree_graft.c: a tree of clusters below a rule: node by node, and no node of it lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/tree/tree.h"
#include "model/tree/tree_made.h"

#include "base/alloc.h"

/* The tree made by hand, owned; columns and names stay with it. */
static tsl_tree *copy_made(void)
{
    tsl_tree *tree = calloc(1, sizeof *tree);
    *tree = made_tree;
    tree->node = calloc(tree->node_count, sizeof *tree->node);
    memcpy(tree->node, made_tree.node, tree->node_count * sizeof *tree->node);
    tree->precision = calloc(3, sizeof(double));
    tree->coverage = calloc(3, sizeof(double));
    memcpy(tree->precision, made_share, sizeof made_share);
    memcpy(tree->coverage, made_share, sizeof made_share);
    return tree;
}

static void free_copy(tsl_tree *tree)
{
    free(tree->node);
    free(tree->precision);
    free(tree->coverage);
    free(tree);
}

/* frequency <= 0: group 1; frequency <= 1: income <= 5: groups 2, 0; else the tree. */
static const tsl_tree_node rule[] = {
    {1, 2, 3, 0, -1, -1, -1, 0, 0},  {-1, -1, -1, 0, -1, 1, 0, 0, 0},  {3, 4, 3, 1, -1, -1, 0, 0, 0},
    {5, 6, 4, 5, -1, -1, 2, 0, 0},   {-1, -1, -1, 0, -1, -1, 2, 0, 0}, {-1, -1, -1, 0, -1, 2, 3, 0, 0},
    {-1, -1, -1, 0, -1, 0, 3, 0, 0},
};
enum { RULE = sizeof rule / sizeof *rule, OPEN = 4 };

static void check_same_cut(const tsl_tree_node *a, const tsl_tree_node *b)
{
    assert_int_equal(a->column, b->column);
    assert_true(a->threshold == b->threshold);
    assert_int_equal(a->missing_left, b->missing_left);
    assert_int_equal(a->cluster, b->cluster);
    assert_true(a->rows == b->rows && a->hits == b->hits);
}

/* Walks both trees at once from the place where the one begins in the other. */
static size_t check_below(const tsl_tree *tree, int32_t at, const tsl_tree *made, int32_t there)
{
    const tsl_tree_node *a = &tree->node[at], *b = &made->node[there];
    check_same_cut(a, b);
    if (a->column < 0) {
        assert_true(a->left < 0 && a->right < 0);
        return 1;
    }
    assert_int_equal(tree->node[a->left].parent, at);
    assert_int_equal(tree->node[a->right].parent, at);
    assert_true(a->left > at && a->right > at); /* parents before children */
    return 1 + check_below(tree, a->left, made, b->left) + check_below(tree, a->right, made, b->right);
}

static void test_all_nodes(void **state)
{
    (void)state;
    const uint64_t rows[] = {7, 20, 5};
    tsl_tree *tree = copy_made();
    assert_int_equal(tsl__tree_graft(tree, rule, RULE, 3, rows), 0);
    assert_int_equal(tree->node_count, RULE + 13 - 1);
    assert_int_equal(tree->k, 6);
    assert_int_equal(tree->leaves, made_tree.leaves + 3);
    assert_int_equal(tree->depth, made_tree.depth + 2);
    assert_int_equal(check_below(tree, OPEN, &made_tree, 0), 13);
    assert_int_equal(tree->node[OPEN].parent, 2);
    /* the rule's own leaves and sums */
    assert_int_equal(tree->node[1].cluster, 4);
    assert_true(tree->node[1].rows == 20 && tree->node[1].hits == 20);
    assert_int_equal(tree->node[5].cluster, 5);
    assert_true(tree->node[5].rows == 5 && tree->node[6].cluster == 3 && tree->node[6].rows == 7);
    assert_true(tree->node[3].rows == 12 && tree->node[2].rows == 1012 && tree->node[0].rows == 1032);
    for (int c = 0; c < 3; c++) {
        assert_true(tree->precision[c] == made_share[c] && tree->coverage[c] == made_share[c]);
    }
    free_copy(tree);
}

/* Where rows go: by the rule, then as in the tree alone. */
static void test_prediction(void **state)
{
    (void)state;
    const uint64_t rows[] = {7, 20, 5};
    tsl_tree *tree = copy_made(), *alone = copy_made();
    assert_int_equal(tsl__tree_graft(tree, rule, RULE, 3, rows), 0);
    double x[64 * 5];
    int32_t cluster[64], without[64];
    for (int r = 0; r < 64; r++) {
        const double row[] = {r % 4 ? (double)r : (double)NAN, r & 1, r % 3 ? 0 : (double)NAN, r % 5,
                              r % 7 ? 3. + r % 7 : (double)NAN};
        memcpy(x + r * 5, row, sizeof row);
    }
    const tsl_matrix raw = {x, 64, 5, 5, TSL_F64};
    assert_int_equal(tsl_tree_predict(tree, &raw, NULL, NULL, cluster, NULL), TSL_OK);
    assert_int_equal(tsl_tree_predict(alone, &raw, NULL, NULL, without, NULL), TSL_OK);
    for (int r = 0; r < 64; r++) {
        const double frequency = x[r * 5 + 3], income = x[r * 5 + 4];
        if (frequency == 1 && isnan(income)) {
            assert_int_equal(cluster[r], 3); /* to the child with more rows */
        } else {
            assert_int_equal(cluster[r], frequency == 0 ? 4 : frequency > 1 ? without[r] : income <= 5 ? 5 : 3);
        }
    }
    free_copy(tree);
    free_copy(alone);
}

/* A tree of one leaf, and a rule of one group. */
static void test_smallest(void **state)
{
    (void)state;
    const tsl_tree_node small[] = {
        {1, 2, 3, 0, -1, -1, -1, 0, 0}, {-1, -1, -1, 0, -1, 0, 0, 0, 0}, {-1, -1, -1, 0, -1, -1, 0, 0, 0}};
    const uint64_t none[] = {0};
    tsl_tree *tree = copy_made();
    tree->node[0] = (tsl_tree_node){-1, -1, -1, 0, -1, 0, -1, 9, 9};
    tree->node_count = 1;
    tree->k = tree->leaves = 1;
    tree->depth = 0;
    assert_int_equal(tsl__tree_graft(tree, small, 3, 1, none), 0);
    assert_true(tree->node_count == 3 && tree->k == 2 && tree->leaves == 2 && tree->depth == 1);
    assert_true(tree->node[2].cluster == 0 && tree->node[2].rows == 9 && tree->node[2].parent == 0);
    assert_true(tree->node[1].cluster == 1 && tree->node[1].rows == 0 && tree->node[0].rows == 9);
    free_copy(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_nodes),
        cmocka_unit_test(test_prediction),
        cmocka_unit_test(test_smallest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
