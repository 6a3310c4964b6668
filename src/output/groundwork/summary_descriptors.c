/* summary_descriptors.c: the summary of which demographics tell the segments. */
#include "output/summary.h"
#include "output/wording/descriptor_wording.h"

#include "base/alloc.h"

#include <stdlib.h>

/* What is known in each language, by a function of the index of one. */
typedef struct phrased {
    char *text[TSL_LANGS];
} phrased;

static void set_phrase(tsl__json *doc, json_t *object, const char *key, phrased *p)
{
    doc->failed |= !p->text[0] || !p->text[1];
    if (!doc->failed) {
        tsl__json_set_langs(doc, object, key, p->text[0], p->text[1]);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        free(p->text[lang]);
    }
}

/* 1 where segments are the leaves of a tree that cuts demographics. */
static int are_cut(const tsl_results *results)
{
    const tsl_model *model = results->model;
    const tsl_features *features = results->features;
    for (size_t i = 0; model && model->by_tree && features && i < model->tree->node_count; i++) {
        const int32_t column = model->tree->node[i].column;
        const size_t f =
            column < 0 ? features->feature_count : tsl_features_get_index(features, model->tree->column[column].name);
        if (f < features->feature_count && features->feature[f].group == TSL_DEMOGRAPHIC) {
            return 1;
        }
    }
    return 0;
}

static void add_sentence(tsl__json *doc, json_t *object, const tsl_results *results)
{
    const int others = are_cut(results);
    phrased p = {{NULL}};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        doc->failed |= tsl__descriptor_get_sentence(results->descriptor, others, lang, &p.text[lang], NULL) != TSL_OK;
    }
    set_phrase(doc, object, "sentence", &p);
}

static void add_columns(tsl__json *doc, json_t *object, const tsl_descriptor *from)
{
    json_t *columns = tsl__json_set_array(doc, object, "columns");
    size_t *order = tsl__alloc(from->cols, sizeof *order);
    if (!order) {
        doc->failed = 1;
        return;
    }
    tsl__descriptor_order(from, order);
    for (size_t i = 0; i < from->cols; i++) {
        json_t *column = tsl__json_push_object(doc, columns);
        tsl__summary_name(doc, column, from->column[order[i]].name);
        tsl__json_set(doc, column, "importance", tsl__json_number(from->importance[order[i]]));
    }
    free(order);
}

static void add_leaf(tsl__json *doc, json_t *leaves, const tsl_results *results, int32_t at)
{
    const tsl_descriptor *from = results->descriptor;
    const tsl_descriptor_node *node = &from->node[at];
    json_t *leaf = tsl__json_push_object(doc, leaves);
    phrased p = {{NULL}};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        doc->failed |= tsl__descriptor_get_rule(from, at, lang, &p.text[lang], NULL) != TSL_OK;
    }
    set_phrase(doc, leaf, "rule", &p);
    tsl__json_set(doc, leaf, "rows", tsl__json_count(node->rows));
    tsl__json_set(doc, leaf, "share", tsl__json_number(node->weight / from->node[0].weight));
    tsl__json_set(doc, leaf, "segment", json_integer(tsl_policy_get_number(results->policy, (size_t)node->label)));
    tsl__json_set(doc, leaf, "segment_share", tsl__json_number(node->share[node->label]));
    json_t *shares = tsl__json_set_array(doc, leaf, "shares");
    for (int c = 0; c < from->k; c++) {
        tsl__json_push(doc, shares, tsl__json_number(node->share[c]));
    }
}

/* Leaves from left to right: the next one is the next child of the nearest node above that has one. */
static void add_leaves(tsl__json *doc, json_t *object, const tsl_results *results)
{
    const tsl_descriptor *from = results->descriptor;
    json_t *leaves = tsl__json_set_array(doc, object, "leaves");
    int32_t at = 0;
    while (at >= 0) {
        if (from->node[at].child >= 0) {
            at = from->node[at].child;
            continue;
        }
        add_leaf(doc, leaves, results, at);
        for (;;) {
            const int32_t parent = from->node[at].parent;
            if (parent < 0) {
                return;
            }
            if (at + 1 < from->node[parent].child + from->node[parent].child_count) {
                at++;
                break;
            }
            at = parent;
        }
    }
}

void tsl__summary_descriptors(tsl__json *doc, const tsl_results *results)
{
    const tsl_descriptor *from = results->descriptor;
    if (!from || from->k == 0) {
        return;
    }
    json_t *object = tsl__json_set_object(doc, doc->root, "descriptors");
    tsl__json_set(doc, object, "method", json_string(tsl_descriptor_method_get_name(from->method)));
    tsl__json_set(doc, object, "verdict", json_string(tsl_descriptor_verdict_get_name(from->verdict)));
    add_sentence(doc, object, results);
    tsl__json_set(doc, object, "skill", tsl__json_number(from->skill));
    tsl__json_set(doc, object, "skill_error", tsl__json_number(from->skill_error));
    tsl__json_set(doc, object, "accuracy", tsl__json_number(from->accuracy));
    tsl__json_set(doc, object, "base", tsl__json_number(from->base));
    tsl__json_set(doc, object, "rows", tsl__json_count(from->skill_rows));
    tsl__json_set(doc, object, "folds", json_integer(from->folds));
    add_columns(doc, object, from);
    add_leaves(doc, object, results);
}
