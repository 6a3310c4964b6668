/* summary_tree.c: the tree that explains the clusters, node by node in words, so that it can be drawn. */
#include "output/summary.h"

#include "base/error.h"
#include "output/wording/rule_wording.h"

#include <tesela/output.h>

static void add_curve(tsl__json *doc, json_t *tree, const tsl_tree *from)
{
    if (!from->curve_count) {
        return;
    }
    json_t *curve = tsl__json_set_array(doc, tree, "curve");
    for (size_t i = 0; i < from->curve_count; i++) {
        json_t *point = tsl__json_push_object(doc, curve);
        tsl__json_set(doc, point, "leaves", json_integer(from->curve[i].leaves));
        tsl__json_set(doc, point, "cost_ratio", tsl__json_number(from->curve[i].cost_ratio));
        tsl__json_set(doc, point, "agreement", tsl__json_number(from->curve[i].agreement));
    }
}

/* Parents before children; each but the root says when a row comes to it from its parent. */
static tsl_status add_nodes(tsl__json *doc, json_t *tree, const tsl_tree *from, const tsl_policy *policy,
                            tsl_error *err)
{
    char **step[TSL_LANGS] = {NULL};
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(tsl__rules_get_steps(from, tsl_lang_get_code(lang), &step[lang], err));
    }
    json_t *nodes = tsl__json_set_array(doc, tree, "nodes");
    for (size_t i = 0; i < from->node_count; i++) {
        const tsl_tree_node *at = &from->node[i];
        json_t *node = tsl__json_push_object(doc, nodes);
        tsl__json_set(doc, node, "parent", at->parent < 0 ? json_null() : json_integer(at->parent));
        if (at->parent >= 0) {
            tsl__json_set_langs(doc, node, "when", step[0][i], step[1][i]);
        }
        tsl__json_set(doc, node, "rows", tsl__json_count(at->rows));
        if (at->cluster >= 0) {
            tsl__json_set(doc, node, "segment", json_integer(tsl_policy_get_number(policy, (size_t)at->cluster)));
            tsl__json_set(doc, node, "hits", tsl__json_count(at->hits));
        }
    }
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl_texts_free(step[lang], from->node_count);
    }
    return status;
}

void tsl__summary_tree(tsl__json *doc, json_t *clusters, const tsl_results *results)
{
    const tsl_model *model = results->model;
    const tsl_tree *from = model->tree;
    json_t *tree = tsl__json_set_object(doc, clusters, "tree");
    tsl__json_set(doc, tree, "leaves", json_integer(from->leaves));
    tsl__json_set(doc, tree, "depth", json_integer(from->depth));
    tsl__json_set(doc, tree, "cost_ratio", tsl__json_number(from->cost_ratio));
    tsl__json_set(doc, tree, "agreement", tsl__json_number(from->agreement));
    tsl__json_set(doc, tree, "method",
                  tsl__json_text(model->by_tree ? tsl_descriptor_method_get_name(TSL_DESCRIPTOR_CART)
                                                : tsl_tree_method_get_name(from->method)));
    add_curve(doc, tree, from);
    const tsl_policy *policy = results->labels ? results->labels->policy : NULL;
    if (add_nodes(doc, tree, from, policy, NULL) != TSL_OK) {
        doc->failed = 1;
    }
}
