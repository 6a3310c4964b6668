/* test_tree_bounds.c: the bounds of a path let pass just the rows that end in
 * its leaf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "tree_made.h"

static void check_bound(const tsl_tree_bound *bound, int column, double low, double high, int yes, int missing,
                        int missing_seen)
{
    assert_int_equal(bound->column, column);
    assert_true(bound->low == low && bound->high == high);
    assert_int_equal(bound->yes, yes);
    assert_int_equal(bound->missing, missing);
    assert_int_equal(bound->missing_seen, missing_seen);
}

/* Cuts on one column are merged; paths come left before right. */
static void test_made(void **state)
{
    (void)state;
    tsl_tree_path *path;
    size_t count;
    assert_int_equal(tsl_tree_get_paths(&made_tree, 0, &path, &count, NULL), TSL_OK);
    assert_int_equal(count, 2);
    assert_true(path[0].leaf == 8 && path[0].cluster == 0 && path[0].count == 2);
    check_bound(&path[0].bound[0], 0, 7, 30, -1, 1, 1);
    check_bound(&path[0].bound[1], 1, -INFINITY, 0, 0, 1, 0); /* a new missing one goes with the more rows */
    assert_true(path[1].leaf == 11 && path[1].count == 3);
    check_bound(&path[1].bound[0], 0, 30, INFINITY, -1, 0, 1);
    check_bound(&path[1].bound[1], 2, 0, INFINITY, 1, 1, 1);
    check_bound(&path[1].bound[2], 4, -INFINITY, INFINITY, -1, 0, 1); /* income is known */
    tsl_tree_paths_free(path, count);
    assert_int_equal(tsl_tree_get_paths(&made_tree, 2, &path, &count, NULL), TSL_OK);
    assert_int_equal(count, 3);
    check_bound(&path[2].bound[2], 4, INFINITY, INFINITY, -1, 1, 1); /* income is unknown */
    tsl_tree_paths_free(path, count);
    assert_int_equal(tsl_tree_get_paths(&made_tree, -1, &path, &count, NULL), TSL_OK);
    static const int32_t leaves[] = {7, 8, 4, 9, 10, 11, 12};
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(path[i].leaf, leaves[i]);
    }
    tsl_tree_paths_free(path, count);
    tsl_tree_bound bound;
    tsl_tree_get_bound(&made_tree, 8, &bound);
    check_bound(&bound, 0, 7, INFINITY, -1, 1, 1);
    tsl_tree_paths_free(NULL, 0);
}

/* Whom no known value brings to a leaf are those of whom it is unknown, whichever cut comes first. */
static void test_unknown(void **state)
{
    (void)state;
    static const double most[] = {0, INFINITY, -INFINITY};
    static const int32_t columns[] = {4, 2, 1};
    tsl_tree_node node[] = {{1, 2, 0, 0, 1, -1, -1, 30, 0},
                            {3, 4, 0, INFINITY, 0, -1, 0, 20, 0},
                            {-1, -1, -1, 0, -1, 1, 0, 10, 10},
                            {-1, -1, -1, 0, -1, 0, 1, 10, 10},
                            {-1, -1, -1, 0, -1, 2, 1, 10, 10}};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 5;
    for (size_t form = 0; form < 3; form++) {
        for (size_t i = 0; i < 3; i++) {
            tsl_tree_path *path;
            size_t count;
            node[0].column = node[1].column = columns[form];
            node[0].threshold = most[i];
            assert_int_equal(tsl_tree_get_paths(&tree, 2, &path, &count, NULL), TSL_OK);
            check_bound(&path[0].bound[0], columns[form], INFINITY, INFINITY, -1, 1, 1);
            tsl_tree_paths_free(path, count);
        }
    }
    node[0].threshold = 0;
    tsl_tree_path *path;
    size_t count;
    assert_int_equal(tsl_tree_get_paths(&tree, 0, &path, &count, NULL), TSL_OK);
    check_bound(&path[0].bound[0], 1, -INFINITY, 0, 0, 0, 1); /* and they are not among those who said no */
    tsl_tree_paths_free(path, count);
}

static int passes(const tsl_tree_path *path, const double *row)
{
    for (size_t b = 0; b < path->count; b++) {
        const tsl_tree_bound *bound = &path->bound[b];
        const double value = row[bound->column];
        if (isnan(value) ? !bound->missing : !(bound->low < value && value <= bound->high)) {
            return 0;
        }
    }
    return 1;
}

/* Rows at random, many on the thresholds and many missing: each passes the
 * bounds of one path, that of the leaf that it is predicted in. */
static void test_passes(void **state)
{
    (void)state;
    static const double values[] = {-5, 0, 0.5, 1, 7, 7.5, 12.5, 13, 30, 31, 1e300, NAN, NAN, NAN};
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    tsl_tree_path *path;
    size_t count;
    assert_int_equal(tsl_tree_get_paths(&made_tree, -1, &path, &count, NULL), TSL_OK);
    for (int i = 0; i < 20000; i++) {
        double row[5];
        int32_t leaf, found = -1;
        for (int c = 0; c < 5; c++) {
            row[c] = values[tsl__rng_below(&rng, sizeof values / sizeof values[0])];
        }
        assert_int_equal(tsl_tree_predict(&made_tree, &(tsl_matrix){row, 1, 5, 5, TSL_F64}, NULL, &leaf, NULL, NULL),
                         TSL_OK);
        for (size_t p = 0; p < count; p++) {
            if (passes(&path[p], row)) {
                assert_int_equal(found, -1);
                found = path[p].leaf;
            }
        }
        assert_int_equal(found, leaf);
    }
    tsl_tree_paths_free(path, count);
}

static void test_errors(void **state)
{
    (void)state;
    tsl_tree_path *path = (tsl_tree_path *)(uintptr_t)1;
    size_t count = 7;
    tsl_error err;
    assert_int_equal(tsl_tree_get_paths(&made_tree, 3, &path, &count, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "cluster 3 is outside 0 to 2 (-1: all)");
    assert_true(path == NULL && count == 0);
    assert_int_equal(tsl_tree_get_paths(&made_tree, -2, &path, &count, &err), TSL_E_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_made),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_passes),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
