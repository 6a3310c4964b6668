/* class_rule.c: the rule that sets customers apart, as the top of a tree: never bought?
 * once? then how long ago, and for how much. */
#include "run/class_rule.h"

#include <math.h>
#include <string.h>

static int32_t find_column(const tsl_tree_column *column, size_t cols, const char *name)
{
    for (size_t c = 0; c < cols; c++) {
        if (strcmp(column[c].name, name) == 0) {
            return (int32_t)c;
        }
    }
    return -1; /* the caller has seen to it that they are there */
}

static int32_t add_node(tsl__class_rule *rule, int32_t parent, int32_t column, double threshold)
{
    rule->node[rule->count] = (tsl_tree_node){.left = -1,
                                              .right = -1,
                                              .column = column,
                                              .threshold = threshold,
                                              .missing_left = -1,
                                              .cluster = -1,
                                              .parent = parent};
    return (int32_t)rule->count++;
}

static int32_t add_leaf(tsl__class_rule *rule, int32_t parent, int class)
{
    const int32_t leaf = add_node(rule, parent, -1, 0);
    rule->node[leaf].cluster = class;
    return leaf;
}

/* Parts the classes from first to end - 1, one or two in number, by their totals. */
static int32_t add_by_total(const tsl_recipe *recipe, int first, int end, int32_t total, int32_t parent,
                            tsl__class_rule *rule)
{
    if (end == first + 1) {
        return add_leaf(rule, parent, first);
    }
    const int32_t node = add_node(rule, parent, total, recipe->classes[first].total_low);
    rule->node[node].left = add_leaf(rule, node, first + 1); /* the larger come first */
    rule->node[node].right = add_leaf(rule, node, first);
    return node;
}

/* Those of one purchase day: classes 0 to count - 1, the recent ones first. */
static int32_t add_once(const tsl_recipe *recipe, int count, int32_t recency, int32_t total, int32_t parent,
                        tsl__class_rule *rule)
{
    int recent = 0;
    while (recent < count && isfinite(recipe->classes[recent].recency_high)) {
        recent++;
    }
    if (recent == 0) {
        return add_by_total(recipe, 0, count, total, parent, rule);
    }
    const int32_t node = add_node(rule, parent, recency, recipe->classes[0].recency_high);
    rule->node[node].left = add_by_total(recipe, 0, recent, total, node, rule);
    rule->node[node].right = add_by_total(recipe, recent, count, total, node, rule);
    return node;
}

void tsl__class_rule_make(const tsl_recipe *recipe, const tsl_tree_column *column, size_t cols, tsl__class_rule *rule)
{
    const int count = (int)recipe->class_count, once = count - 1; /* those who never bought come last */
    const int32_t days = find_column(column, cols, TSL__CLASS_DAYS),
                  recency = find_column(column, cols, TSL__CLASS_RECENCY),
                  total = find_column(column, cols, TSL__CLASS_TOTAL);
    rule->count = 0;
    const int32_t root = add_node(rule, -1, days, 0);
    rule->node[root].left = add_leaf(rule, root, once);
    if (once == 0) {
        rule->node[root].right = add_leaf(rule, root, -1);
        return;
    }
    const int32_t bought = add_node(rule, root, days, 1);
    rule->node[root].right = bought;
    rule->node[bought].left = add_once(recipe, once, recency, total, bought, rule);
    rule->node[bought].right = add_leaf(rule, bought, -1);
}
