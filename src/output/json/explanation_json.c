/* explanation_json.c: why a customer is in his segment, as JSON (docs/explanation.schema.json). */
#include "output/json/explanation_json.h"

#include "base/error.h"
#include "output/json/json.h"
#include "output/wording/explanation_wording.h"
#include "output/wording/rule_wording.h"

#include <math.h>
#include <stdlib.h>

#define FORMAT_VERSION 1

static void set_segment(tsl__json *doc, json_t *into, const char *key, const tsl_explanation *of, int segment)
{
    if (segment == 0) {
        tsl__json_set(doc, into, key, json_null());
        return;
    }
    const tsl_policy_segment *names = &of->labels->policy->segment[segment - 1];
    json_t *object = tsl__json_set_object(doc, into, key);
    tsl__json_set(doc, object, "segment", json_integer(names->number));
    tsl__json_set_langs(doc, object, "names", names->names[0], names->names[1]);
}

/* "en" and "zh" of a text that is put in either. */
static tsl_status set_words(tsl__json *doc, json_t *into, const tsl_explanation *of, const tsl_move *move, int by_tree,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    json_t *words = tsl__json_set_object(doc, into, "words");
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text text = {0};
        status = tsl__explanation_put_move(of, move, by_tree, tsl_lang_get_code(lang), &text, err);
        tsl__json_set(doc, words, tsl_lang_get_code(lang), text.failed ? NULL : tsl__json_text(text.data));
        tsl__text_free(&text);
        TSL__TRY(status);
    }
done:
    return status;
}

static tsl_status set_move(tsl__json *doc, const char *key, const tsl_explanation *of, const tsl_move *move,
                           int by_tree, tsl_error *err)
{
    const tsl_feature *feature = of->labels->features->feature;
    tsl_status status = TSL_OK;
    json_t *into = tsl__json_set_object(doc, doc->root, key);
    set_segment(doc, into, "to", of, move->segment);
    TSL__TRY(set_words(doc, into, of, move, by_tree, err));
    tsl__json_set(doc, into, "shift", move->segment ? tsl__json_number(move->shift) : json_null());
    json_t *changes = tsl__json_set_array(doc, into, "changes");
    for (size_t c = 0; c < move->count; c++) {
        const tsl_change *from = &move->change[c];
        json_t *change = tsl__json_push_object(doc, changes);
        tsl__json_set(doc, change, "feature", tsl__json_text(feature[from->feature].name));
        tsl__json_set(doc, change, "unit", tsl__json_text(feature[from->feature].unit));
        tsl__json_set(doc, change, "now", tsl__json_number(from->now));
        tsl__json_set(doc, change, "to", tsl__json_number(from->to));
        tsl__json_set(doc, change, by_tree ? "over" : "at_least", tsl__json_number(from->low));
        tsl__json_set(doc, change, "at_most", tsl__json_number(from->high));
    }
done:
    return status;
}

/* The cuts on the way, with what the customer has in their columns. */
static tsl_status set_way(tsl__json *doc, json_t *into, const tsl_explanation *of, tsl_error *err)
{
    const tsl_features *features = of->labels->features;
    const tsl_tree *tree = of->model->tree;
    char **step[TSL_LANGS] = {NULL};
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(tsl__rules_get_steps(tree, tsl_lang_get_code(lang), &step[lang], err));
    }
    json_t *way = tsl__json_set_array(doc, into, "way");
    for (size_t w = 0; w < of->way_count; w++) {
        const int32_t at = of->way[w];
        const char *name = tree->column[tree->node[tree->node[at].parent].column].name;
        const size_t f = tsl_features_get_index(features, name);
        json_t *object = tsl__json_push_object(doc, way);
        tsl__json_set(doc, object, "node", json_integer(at));
        tsl__json_set(doc, object, "feature", tsl__json_text(name));
        tsl__json_set(doc, object, "value", tsl__json_number(features->x[of->customer * features->feature_count + f]));
        tsl__json_set_langs(doc, object, "words", step[0][at], step[1][at]);
    }
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl_texts_free(step[lang], step[lang] ? tree->node_count : 0);
    }
    return status;
}

tsl_status tsl__explanation_put_json(const tsl_explanation *of, tsl__text *out, tsl_error *err)
{
    const tsl_labels *labels = of->labels;
    const size_t i = of->customer;
    tsl__json doc = {.root = json_object()};
    tsl_status status = TSL_OK;
    doc.failed = !doc.root;
    tsl__json_set(&doc, doc.root, "format", json_string("tesela-explanation"));
    tsl__json_set(&doc, doc.root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(&doc, doc.root, "customer", tsl__json_text(labels->features->id ? labels->features->id[i] : NULL));
    tsl__json_set(&doc, doc.root, "set_apart", json_boolean(of->set_apart));
    set_segment(&doc, doc.root, "segment", of, of->segment);
    set_segment(&doc, doc.root, "runner_up", of, of->set_apart ? 0 : labels->runner_up[i]);
    tsl__json_set(&doc, doc.root, "confidence", of->set_apart ? json_null() : tsl__json_number(labels->confidence[i]));
    tsl__json_set(&doc, doc.root, "distance", of->set_apart ? json_null() : tsl__json_number(labels->distance[i]));
    if (of->tree_segment) {
        json_t *tree = tsl__json_set_object(&doc, doc.root, "tree");
        set_segment(&doc, tree, "to", of, of->tree_segment);
        TSL__TRY(set_way(&doc, tree, of, err));
        TSL__TRY(set_move(&doc, "by_tree", of, &of->by_tree, 1, err));
    }
    TSL__TRY(set_move(&doc, "by_distance", of, &of->by_distance, 0, err));
    TSL__TRY(doc.failed ? tsl__error_nomem(err) : TSL_OK);
    tsl__json_print(doc.root, out);
done:
    json_decref(doc.root);
    return status;
}
