/* class_rule.h: the rule that sets customers apart, as the top of a tree. */
#ifndef TSL_RUN_CLASS_RULE_H
#define TSL_RUN_CLASS_RULE_H

#include <tesela/feature.h>
#include <tesela/model.h>

/* The features that it cuts. */
#define TSL__CLASS_DAYS "purchase_days"
#define TSL__CLASS_RECENCY "recency_days"
#define TSL__CLASS_TOTAL "monetary_total"

/* Nodes as tsl__classes has them. */
typedef struct tsl__class_rule {
    tsl_tree_node node[2 * TSL_CLASSES_MAX + 1];
    size_t count;
} tsl__class_rule;

/* Of a recipe that has classes, for a tree that has these columns, among them those that the rule cuts. */
void tsl__class_rule_make(const tsl_recipe *recipe, const tsl_tree_column *column, size_t cols, tsl__class_rule *rule);

#endif
