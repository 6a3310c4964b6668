/* rule_parts_json.c: a segment's rule as data: any of several ways, each of conditions that all hold; what its words
 * say, for whoever words it otherwise. */
#include "output/json/rule_parts_json.h"

#include "model/tree/tree_bounds.h"
#include "output/wording/rule_wording.h"
#include "output/wording/told_rule.h"

#include <math.h>

/* {"name": ..., "label": {"en": ..., "zh": ...}} */
static json_t *push_part(tsl__json *doc, json_t *array, const char *name, const char *operator, int or_unknown)
{
    json_t *part = tsl__json_push_object(doc, array);
    char *label[TSL_LANGS] = {NULL, NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        if (tsl_feature_get_label(name, tsl_lang_get_code(lang), &label[lang], NULL) != TSL_OK) {
            doc->failed = 1;
        }
    }
    tsl__json_set(doc, part, "name", tsl__json_text(name));
    tsl__json_set_langs(doc, part, "label", label[0], label[1]);
    tsl__json_set(doc, part, "operator", json_string(operator));
    if (or_unknown) {
        tsl__json_set(doc, part, "or_unknown", json_true());
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl_text_free(label[lang]);
    }
    return part;
}

static void push_threshold(tsl__json *doc, json_t *array, const char *name, const char *operator, double threshold,
                           int or_unknown)
{
    json_t *part = push_part(doc, array, name, operator, or_unknown);
    tsl__json_set(doc, part, "threshold", tsl__json_number(threshold));
}

/* Of numbers: one condition an end, one where they are counts of which one alone lies between the ends. */
static void push_range(tsl__json *doc, json_t *array, const tsl_tree_bound *bound, const char *name, int or_unknown)
{
    if (tsl__bound_is_one_count(bound, name)) {
        push_threshold(doc, array, name, "=", bound->high, or_unknown);
        return;
    }
    if (isfinite(bound->low)) {
        push_threshold(doc, array, name, ">", bound->low, or_unknown);
    }
    if (isfinite(bound->high)) {
        push_threshold(doc, array, name, "<=", bound->high, or_unknown);
    }
}

static void push_bound(tsl__json *doc, json_t *array, const tsl_tree *tree, const tsl_tree_bound *bound)
{
    const tsl_tree_column *column = &tree->column[bound->column];
    const int level = column->form == TSL_TREE_LEVEL;
    const int or_unknown = bound->missing_seen && bound->missing && !tsl__bound_is_unknown(bound);
    if (bound->yes >= 0) {
        json_t *part = push_part(doc, array, level ? column->category : column->name, level && !bound->yes ? "!=" : "=",
                                 or_unknown);
        tsl__json_set(doc, part, "level",
                      level        ? tsl__json_text(column->level)
                      : bound->yes ? json_true()
                                   : json_false());
    } else if (isinf(bound->low) && isinf(bound->high)) {
        push_part(doc, array, level ? column->category : column->name, bound->low > 0 ? "unknown" : "known", 0);
    } else {
        push_range(doc, array, bound, column->name, or_unknown);
    }
}

static void push_path(tsl__json *doc, json_t *array, const tsl_tree *tree, const tsl_tree_path *path)
{
    for (size_t b = 0; b < path->count; b++) {
        push_bound(doc, array, tree, &path->bound[b]);
    }
}

void tsl__json_set_rule_parts(tsl__json *doc, json_t *object, const tsl_model *model, int cluster)
{
    tsl__told_rule told = {0};
    if (!model || !model->tree) {
        tsl__json_set(doc, object, "rule_parts", json_null());
        return;
    }
    if (tsl__told_rule_get(model, cluster, &told, NULL) != TSL_OK) {
        doc->failed = 1;
        return;
    }
    if (told.found == 0) {
        tsl__json_set(doc, object, "rule_parts", json_null());
        goto done;
    }
    json_t *parts = tsl__json_set_array(doc, object, "rule_parts");
    for (size_t p = 0; p < told.count; p++) {
        json_t *path = json_array();
        push_path(doc, path, model->tree, &told.path[p]);
        tsl__json_push(doc, parts, path);
    }
    if (told.beside.count) {
        push_path(doc, tsl__json_set_array(doc, object, "rule_among"), model->tree, &told.beside);
    }
    if (told.others) {
        json_t *others = tsl__json_set_object(doc, object, "rule_others");
        tsl__json_set(doc, others, "leaves", tsl__json_count(told.others));
        tsl__json_set(doc, others, "share", tsl__json_number(told.others_share));
    }
done:
    tsl__told_rule_free(&told);
}
