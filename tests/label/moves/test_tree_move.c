/* test_tree_move.c: the least change through a tree with every form of cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label/moves/moves.h"
#include "model/tree/tree_made.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6, CUSTOMERS = 5, GAP = 0, GENDER_F, HOME, FREQUENCY, INCOME, GENDER_M };

/* Raw values of the columns of the tree, and of one that no tree of them cuts. */
static double x[CUSTOMERS][COLUMNS] = {{5, 0, 1, 10, 100, 1},
                                       {20, 1, 0, 20, 200, 0},
                                       {40, 0, 0, 12, NAN, 1},
                                       {50, 1, 1, 15, 400, 0},
                                       {NAN, 0, NAN, 1, 500, 1}};
static const size_t place[COLUMNS] = {GAP, GENDER_F, HOME, FREQUENCY, INCOME, GENDER_M};

static tsl_move find(const tsl_tree *tree, size_t customer, tsl__tree_aim aim)
{
    tsl_model model = {.k = 3, .tree = (tsl_tree *)(uintptr_t)tree};
    tsl_features features = {.customers = CUSTOMERS, .feature_count = COLUMNS, .x = x[0]};
    tsl__value_order order[COLUMNS] = {{0}};
    const tsl__mover mover = {&features, &model, x[customer], order};
    tsl_move move;
    assert_int_equal(tsl__tree_move_find(&mover, place, &aim, &move, NULL), TSL_OK);
    for (int f = 0; f < COLUMNS; f++) {
        free(order[f].sorted);
    }
    return move;
}

static void check_change(const tsl_change *change, size_t feature, double now, double to, double low, double high)
{
    assert_int_equal(change->feature, feature);
    assert_true(change->now == now || (isnan(now) && isnan(change->now)));
    assert_true(change->to == to);
    assert_true(change->low == low && change->high == high);
}

static void test_numbers(void **state)
{
    (void)state;
    /* gap 5, not F: cluster 1. Of gap 7 < x <= 30 (cluster 0; the next is 20) and Gender F (cluster 2): the number. */
    tsl_move move = find(&made_tree, 0, (tsl__tree_aim){1, 3, SIZE_MAX});
    assert_int_equal(move.segment, 1);
    assert_int_equal(move.count, 1);
    check_change(&move.change[0], GAP, 5, 20, 7, 30);
    assert_true(fabs(move.shift - .25) < 1e-12); /* one of four known values: mid-ranks .5 and 1.5 */
    /* The same, where cluster 0 is no place to go to but cluster 2 is not either: nothing. */
    move = find(&made_tree, 0, (tsl__tree_aim){1, 0, SIZE_MAX});
    assert_int_equal(move.segment, 0);
    /* Only the frequency may change, and grow: gap 40, no home, 12 -> over 12.5 (the next is 15): cluster 1. */
    move = find(&made_tree, 2, (tsl__tree_aim){2, 3, FREQUENCY});
    assert_int_equal(move.segment, 2);
    check_change(&move.change[0], FREQUENCY, 12, 15, 12.5, (double)INFINITY);
    /* Of one who has 20 already none. */
    move = find(&made_tree, 1, (tsl__tree_aim){2, 3, FREQUENCY});
    assert_int_equal(move.segment, 0);
}

/* A known value does not become unknown; an unknown one can become known, at the price of the whole range. */
static void test_missing(void **state)
{
    (void)state;
    /* gap 50, home, income known: cluster 0. Income unknown would be cluster 2, but is none. */
    tsl_move move = find(&made_tree, 3, (tsl__tree_aim){0, 3, INCOME});
    assert_int_equal(move.segment, 0);
    /* gap unknown, not F: cluster 0 by way of "7 < gap or unknown"; only a gap of at most 7 is cluster 1. */
    move = find(&made_tree, 4, (tsl__tree_aim){0, 2, GAP});
    assert_int_equal(move.segment, 0); /* unknown does not grow */
    move = find(&made_tree, 4, (tsl__tree_aim){0, 2, SIZE_MAX});
    assert_int_equal(move.segment, 2);
    assert_int_equal(move.count, 1);
    check_change(&move.change[0], GAP, (double)NAN, 5, -(double)INFINITY, 7);
    assert_true(move.shift == 1);
}

/* The two levels of a category are one value. */
static void test_category(void **state)
{
    (void)state;
    tsl_tree_node node[] = {{1, 2, 1, 0, 0, -1, -1, 10, 0},
                            {-1, -1, -1, 0, -1, 0, 0, 6, 6},
                            {3, 4, 0, 30, 0, -1, 0, 4, 0},
                            {-1, -1, -1, 0, -1, 1, 2, 2, 2},
                            {-1, -1, -1, 0, -1, 2, 2, 2, 2}};
    tsl_tree_column column[COLUMNS];
    tsl_tree tree = made_tree;
    memcpy(column, made_column, sizeof made_column);
    column[GENDER_M] = (tsl_tree_column){"Gender=M", TSL_TREE_LEVEL, "Gender", "M"};
    tree.node = node;
    tree.node_count = 5;
    tree.cols = COLUMNS;
    tree.column = column;
    /* Of M with a gap of 5: F is one change, to cluster 1. */
    tsl_move move = find(&tree, 0, (tsl__tree_aim){0, 3, SIZE_MAX});
    assert_int_equal(move.segment, 2);
    assert_int_equal(move.count, 1);
    check_change(&move.change[0], GENDER_F, 0, 1, 0, (double)INFINITY);
    /* Cluster 2 alone: F and a gap over 30 are two. */
    node[3].cluster = 0;
    move = find(&tree, 0, (tsl__tree_aim){0, 3, SIZE_MAX});
    assert_int_equal(move.segment, 3);
    assert_int_equal(move.count, 2);
    assert_true(move.shift > 1 && move.shift < 2);
    /* A cut by Gender=M behind Gender=F asks for nobody: F and M at once. */
    node[2] = (tsl_tree_node){3, 4, GENDER_M, 0, 0, -1, 0, 4, 0};
    move = find(&tree, 0, (tsl__tree_aim){0, 3, SIZE_MAX});
    assert_int_equal(move.segment, 0);
    /* On the other side: neither F nor M is one value, too. */
    node[0].column = GENDER_M;
    node[2].column = GENDER_F;
    node[1].cluster = 2;
    move = find(&tree, 0, (tsl__tree_aim){0, 3, SIZE_MAX});
    assert_int_equal(move.segment, 3);
    check_change(&move.change[0], GENDER_M, 1, 0, -(double)INFINITY, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_missing),
                                       cmocka_unit_test(test_category)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
