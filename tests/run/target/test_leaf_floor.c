/* test_leaf_floor.c: a cut that is taken back, on a small tree made by hand. */
#include "run/market.h"

#include "run/target/leaf_floor.h"

enum { NODES = 7 };

/*        0
 *    1       2
 *          3   4
 *             5  6      */
static tsl_descriptor *open_tree(void)
{
    static const int32_t parent[NODES] = {-1, 0, 0, 2, 2, 4, 4}, child[NODES] = {1, -1, 3, -1, 5, -1, -1};
    tsl_descriptor *tree = calloc(1, sizeof *tree);
    tree->node = calloc(NODES, sizeof *tree->node);
    tree->node_count = NODES;
    tree->leaves = 4;
    tree->depth = 3;
    for (int i = 0; i < NODES; i++) {
        const int inner = child[i] >= 0;
        tree->node[i] = (tsl_descriptor_node){.parent = parent[i],
                                              .child = child[i],
                                              .child_count = inner ? 2 : 0,
                                              .column = inner ? i : -1,
                                              .cut_count = inner ? 1 : 0,
                                              .cut = inner ? calloc(1, sizeof(double)) : NULL};
    }
    return tree;
}

static void test_find(void **state)
{
    (void)state;
    tsl_descriptor *tree = open_tree();
    const uint64_t rows[NODES] = {100, 40, 60, 9, 51, 0, 9};
    assert_int_equal(tsl__leaf_floor_find(tree, rows, 9), -1); /* the empty one stays */
    assert_int_equal(tsl__leaf_floor_find(tree, rows, 9.5), 3);
    const uint64_t differ[NODES] = {100, 9, 91, 7, 84, 8, 76}; /* the smallest first, wherever it stands */
    assert_int_equal(tsl__leaf_floor_find(tree, differ, 9.5), 3);
    tsl_descriptor_free(tree);
}

/* Leaf 3: node 4 with its leaves comes to stand where 2 was; leaf 1: 2 becomes the root. */
static void test_join(void **state)
{
    (void)state;
    tsl_descriptor *tree = open_tree();
    tsl__leaf_floor_join(tree, 3);
    assert_true(tree->node_count == 5 && tree->leaves == 3 && tree->depth == 2);
    assert_true(tree->node[2].column == 4 && tree->node[2].child == 3 && tree->node[2].parent == 0);
    assert_true(tree->node[3].parent == 2 && tree->node[4].parent == 2 && tree->node[3].depth == 2);
    tsl__leaf_floor_join(tree, 1);
    assert_true(tree->node_count == 3 && tree->leaves == 2 && tree->depth == 1);
    assert_true(tree->node[0].column == 4 && tree->node[0].child == 1 && tree->node[0].parent == -1);
    assert_true(tree->node[1].parent == 0 && tree->node[2].parent == 0);
    tsl__leaf_floor_join(tree, 2);
    assert_true(tree->node_count == 1 && tree->leaves == 1 && tree->depth == 0);
    assert_true(tree->node[0].child == -1 && tree->node[0].column == -1 && !tree->node[0].cut);
    tsl_descriptor_free(tree);
}

static void test_refit(void **state)
{
    (void)state;
    tsl_descriptor *tree = open_tree();
    const double value[] = {1, 2, 4, 8, 16, NAN}, weight[] = {1, 1, 1, 1, 1, 0};
    const int32_t leaf[] = {1, 3, 5, 6, 6, 1};
    tsl__leaf_floor_refit(tree, value, weight, leaf, 6);
    assert_true(tree->node[0].mean == 31. / 5 && tree->node[1].mean == 1 && tree->node[2].mean == 7.5);
    assert_true(tree->node[4].mean == 28. / 3 && tree->node[6].mean == 12 && tree->node[6].rows == 2);
    tsl_descriptor_free(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_find), cmocka_unit_test(test_join),
                                       cmocka_unit_test(test_refit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
