/* test_class_rule.c: the rule as the top of a tree says of everybody what the limits say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/class_rule.h"

#include <math.h>
#include <string.h>

#define ALL -INFINITY, INFINITY
#define POTENTIAL                                                                                                      \
    {                                                                                                                  \
        NULL, 0, ALL, ALL                                                                                              \
    }

/* All ways in which a fit parts those who bought once. */
static const struct {
    size_t count;
    tsl_class class[TSL_CLASSES_MAX];
} shapes[] = {
    {1, {POTENTIAL}},
    {2, {{NULL, 1, ALL, ALL}, POTENTIAL}},
    {3, {{NULL, 1, ALL, 10, INFINITY}, {NULL, 1, ALL, -INFINITY, 10}, POTENTIAL}},
    {3, {{NULL, 1, -INFINITY, 40, ALL}, {NULL, 1, 40, INFINITY, ALL}, POTENTIAL}},
    {4,
     {{NULL, 1, -INFINITY, 40, 10, INFINITY},
      {NULL, 1, -INFINITY, 40, -INFINITY, 10},
      {NULL, 1, 40, INFINITY, ALL},
      POTENTIAL}},
    {4,
     {{NULL, 1, -INFINITY, 40, ALL},
      {NULL, 1, 40, INFINITY, 7, INFINITY},
      {NULL, 1, 40, INFINITY, -INFINITY, 7},
      POTENTIAL}},
    {5,
     {{NULL, 1, -INFINITY, 40, 10, INFINITY},
      {NULL, 1, -INFINITY, 40, -INFINITY, 10},
      {NULL, 1, 40, INFINITY, 7, INFINITY},
      {NULL, 1, 40, INFINITY, -INFINITY, 7},
      POTENTIAL}},
};

static char other[] = "frequency", total[] = TSL__CLASS_TOTAL, days[] = TSL__CLASS_DAYS, recency[] = TSL__CLASS_RECENCY;
static const tsl_tree_column column[] = {{.name = other}, {.name = total}, {.name = days}, {.name = recency}};

static int find_class(const tsl_recipe *recipe, const double x[4])
{
    for (size_t c = 0; c < recipe->class_count; c++) {
        const tsl_class *class = &recipe->classes[c];
        if (x[2] == class->purchase_days && (x[2] == 0 || (x[3] > class->recency_low && x[3] <= class->recency_high &&
                                                           x[1] > class->total_low && x[1] <= class->total_high))) {
            return (int)c;
        }
    }
    return -1;
}

static int walk(const tsl__class_rule *rule, const double x[4])
{
    int32_t at = 0;
    while (rule->node[at].column >= 0) {
        const tsl_tree_node *node = &rule->node[at];
        at = x[node->column] <= node->threshold ? node->left : node->right;
        assert_true(at > 0 && (size_t)at < rule->count);
    }
    return rule->node[at].cluster;
}

static void test_everybody(void **state)
{
    (void)state;
    static const double bought[] = {0, 1, 2, 50}, ago[] = {0, 39, 40, 40.5, 41, 900},
                        spent[] = {-5, 0, 7, 7.1, 10, 10.01, 1e9};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        tsl_recipe recipe = {.class_count = shapes[s].count};
        memcpy(recipe.classes, shapes[s].class, sizeof recipe.classes);
        tsl__class_rule rule;
        tsl__class_rule_make(&recipe, column, 4, &rule);
        for (size_t i = 0; i < 4 * 6 * 7; i++) {
            const double x[] = {3, spent[i % 7], bought[i / 42], bought[i / 42] > 0 ? ago[i / 7 % 6] : (double)NAN};
            assert_int_equal(walk(&rule, x), find_class(&recipe, x));
        }
    }
}

/* Parents before children, one leaf a class, and one that is open. */
static void test_shape(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        tsl_recipe recipe = {.class_count = shapes[s].count};
        memcpy(recipe.classes, shapes[s].class, sizeof recipe.classes);
        tsl__class_rule rule;
        int leaves[TSL_CLASSES_MAX + 1] = {0};
        tsl__class_rule_make(&recipe, column, 4, &rule);
        assert_int_equal(rule.count, 2 * shapes[s].count + 1);
        assert_int_equal(rule.node[0].parent, -1);
        for (size_t i = 0; i < rule.count; i++) {
            const tsl_tree_node *node = &rule.node[i];
            assert_true(i == 0 || (node->parent >= 0 && (size_t)node->parent < i));
            assert_int_equal(node->missing_left, -1);
            if (node->column < 0) {
                leaves[node->cluster + 1]++;
            } else {
                assert_int_equal(rule.node[node->left].parent, i);
                assert_int_equal(rule.node[node->right].parent, i);
            }
        }
        for (size_t c = 0; c <= shapes[s].count; c++) {
            assert_int_equal(leaves[c], 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_everybody), cmocka_unit_test(test_shape)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
