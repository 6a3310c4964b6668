/* test_told_rule.c: what is told of a segment's ways says the same as all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "output/wording/told_rule.h"

enum { MOST_NODES = 31, COLUMNS = 2 };

static tsl_tree_node leaf_of(int32_t parent, int32_t cluster, uint64_t hits)
{
    return (tsl_tree_node){-1, -1, -1, 0, -1, cluster, parent, hits, hits};
}

static tsl_tree_node cut_at(int32_t parent, int32_t left, int32_t right, int32_t column, double threshold)
{
    return (tsl_tree_node){left, right, column, threshold, -1, -1, parent, 0, 0};
}

static char days[] = "purchase_days", spend[] = "monetary_total";
static tsl_tree_column columns[COLUMNS] = {{days, TSL_TREE_NUMBER, "", ""}, {spend, TSL_TREE_NUMBER, "", ""}};

static tsl_tree make_tree(tsl_tree_node *node, size_t count, int k)
{
    return (tsl_tree){.node_count = count, .node = node, .k = k, .cols = COLUMNS, .column = columns};
}

/* ---- Who is set apart ------------------------------------------------------------------ */

/* Never bought: class 3; once: class 2; the clusters 0 and 1 by what they spent, 1 beyond two days alone. */
static void test_apart(void **state)
{
    (void)state;
    tsl_tree_node node[] = {cut_at(-1, 1, 2, 0, 0), leaf_of(0, 3, 50),      cut_at(0, 3, 4, 0, 1),
                            leaf_of(2, 2, 50),      cut_at(2, 5, 6, 1, 90), leaf_of(4, 0, 60),
                            cut_at(4, 7, 8, 0, 2),  leaf_of(6, 0, 40),      leaf_of(6, 1, 80)};
    uint64_t size[] = {100, 80, 50, 50}, class_size[] = {50, 50};
    tsl_tree tree = make_tree(node, 9, 4);
    tsl_model model = {.k = 2, .size = size, .class_count = 2, .class_size = class_size, .tree = &tree};
    tsl__told_rule told;
    assert_int_equal(tsl__told_rule_get(&model, 0, &told, NULL), TSL_OK);
    assert_int_equal(told.count, 2);
    assert_int_equal(told.beside.count, 1); /* bought on more days than one */
    assert_true(told.beside.bound[0].column == 0 && told.beside.bound[0].low == 1);
    assert_int_equal(told.path[0].count, 1); /* spend alone */
    assert_int_equal(told.path[0].bound[0].column, 1);
    assert_int_equal(told.path[1].count, 2); /* two days, exactly: said in full */
    assert_true(told.path[1].bound[0].low == 1 && told.path[1].bound[0].high == 2);
    tsl__told_rule_free(&told);
    assert_int_equal(tsl__told_rule_get(&model, 2, &told, NULL), TSL_OK); /* a class has its own rule */
    assert_int_equal(told.beside.count, 0);
    assert_int_equal(told.path[0].count, 1);
    assert_true(told.path[0].bound[0].low == 0 && told.path[0].bound[0].high == 1);
    tsl__told_rule_free(&told);
    model.class_count = 0; /* where nobody is set apart, the same cuts are any cuts */
    model.k = 4;
    assert_int_equal(tsl__told_rule_get(&model, 0, &told, NULL), TSL_OK);
    assert_int_equal(told.path[0].count, 2);
    tsl__told_rule_free(&told);
}

/* ---- Small leaves ------------------------------------------------------------------------ */

static void test_small(void **state)
{
    (void)state;
    tsl_tree_node node[] = {cut_at(-1, 1, 2, 0, 5), cut_at(0, 3, 4, 1, 7), cut_at(0, 5, 6, 1, 3),    leaf_of(1, 0, 970),
                            leaf_of(1, 1, 10),      leaf_of(2, 1, 10),     cut_at(2, 7, 8, 0, 9),    leaf_of(6, 0, 19),
                            cut_at(6, 9, 10, 1, 8), leaf_of(8, 1, 10),     cut_at(8, 11, 12, 0, 20), leaf_of(10, 0, 11),
                            leaf_of(10, 1, 10)};
    uint64_t size[] = {1000, 1000};
    tsl_tree tree = make_tree(node, 13, 2);
    tsl_model model = {.k = 2, .size = size, .tree = &tree};
    tsl__told_rule told;
    assert_int_equal(tsl__told_rule_get(&model, 0, &told, NULL), TSL_OK);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.path[0].leaf, 3);
    assert_int_equal(told.others, 2);
    assert_true(fabs(told.others_share - .03) < 1e-12);
    tsl__told_rule_free(&told);
    node[7].hits = 20; /* 2 % is told */
    assert_int_equal(tsl__told_rule_get(&model, 0, &told, NULL), TSL_OK);
    assert_int_equal(told.count, 2);
    assert_int_equal(told.others, 1);
    tsl__told_rule_free(&told);
    assert_int_equal(tsl__told_rule_get(&model, 1, &told, NULL), TSL_OK); /* all are small and alike: all are told */
    assert_int_equal(told.count, 4);
    assert_int_equal(told.others, 0);
    tsl__told_rule_free(&told);
}

/* ---- Leaves side by side ---------------------------------------------------------------- */

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* A tree of random cuts; of the first column missing values have come to every cut. */
static size_t grow(tsl_tree_node *node, uint32_t *random)
{
    size_t count = 1;
    node[0] = leaf_of(-1, (int32_t)(next(random) % 3), 100);
    while (count + 2 <= MOST_NODES) {
        const size_t at = next(random) % count;
        if (node[at].column >= 0) {
            continue;
        }
        const int32_t column = (int32_t)(next(random) % COLUMNS), left = (int32_t)count;
        node[at] = cut_at(node[at].parent, left, left + 1, column, next(random) % 6);
        node[at].threshold = column == 0 && next(random) % 5 == 0 ? INFINITY : node[at].threshold;
        node[at].missing_left = column == 0 ? (int32_t)(next(random) % 2) : -1;
        node[count++] = leaf_of((int32_t)at, (int32_t)(next(random) % 3), 100);
        node[count++] = leaf_of((int32_t)at, (int32_t)(next(random) % 3), 100);
    }
    return count;
}

static int32_t predict(const tsl_tree_node *node, const double *x)
{
    int32_t at = 0;
    while (node[at].column >= 0) {
        const double value = x[node[at].column];
        const int left = isnan(value) ? node[at].missing_left == 1 : value <= node[at].threshold;
        at = left ? node[at].left : node[at].right;
    }
    return node[at].cluster;
}

static int catches(const tsl__told_rule *told, const double *x)
{
    for (size_t p = 0; p < told->count; p++) {
        int passes = 1;
        for (size_t b = 0; b < told->path[p].count; b++) {
            const tsl_tree_bound *bound = &told->path[p].bound[b];
            const double value = x[bound->column];
            passes &= isnan(value) ? bound->missing : value > bound->low && value <= bound->high;
        }
        if (passes) {
            return 1;
        }
    }
    return 0;
}

static void test_joined(void **state)
{
    (void)state;
    size_t shorter = 0;
    for (uint32_t seed = 1; seed <= 500; seed++) {
        uint32_t random = seed;
        tsl_tree_node node[MOST_NODES];
        uint64_t size[] = {100, 100, 100};
        tsl_tree tree = make_tree(node, grow(node, &random), 3);
        tsl_model model = {.k = 3, .size = size, .tree = &tree};
        for (int32_t cluster = 0; cluster < 3; cluster++) {
            tsl__told_rule told;
            assert_int_equal(tsl__told_rule_get(&model, cluster, &told, NULL), TSL_OK);
            assert_int_equal(told.others, 0);
            shorter += told.found - told.count;
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 7; j++) {
                    const double x[COLUMNS] = {i == 7 ? NAN : (double)i, j};
                    assert_int_equal(catches(&told, x), predict(node, x) == cluster);
                }
            }
            tsl__told_rule_free(&told);
        }
    }
    assert_true(shorter > 500);
}

/* Who said yes and of whom it is unknown, whichever cut came first, are told as one; so are those who said no. */
static void test_joined_unknown(void **state)
{
    (void)state;
    static char member[] = "member";
    static tsl_tree_column boolean = {member, TSL_TREE_BOOLEAN, "", ""};
    tsl_tree_node node[] = {cut_at(-1, 1, 2, 0, INFINITY), cut_at(0, 3, 4, 0, 0), leaf_of(0, 0, 50), leaf_of(1, 1, 50),
                            leaf_of(1, 1, 50)};
    uint64_t size[] = {100, 100};
    tsl_tree tree = {.node_count = 5, .node = node, .k = 2, .cols = 1, .column = &boolean};
    tsl_model model = {.k = 2, .size = size, .tree = &tree};
    node[0].missing_left = 0;
    for (int yes = 0; yes < 2; yes++) {
        tsl__told_rule told;
        node[3].cluster = yes;
        node[4].cluster = !yes;
        assert_int_equal(tsl__told_rule_get(&model, 0, &told, NULL), TSL_OK);
        assert_int_equal(told.count, 1);
        assert_int_equal(told.path[0].count, 1);
        assert_int_equal(told.path[0].bound[0].yes, yes);
        assert_true(told.path[0].bound[0].missing && told.path[0].bound[0].missing_seen);
        tsl__told_rule_free(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_joined),
        cmocka_unit_test(test_joined_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
