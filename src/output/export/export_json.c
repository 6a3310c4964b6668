/* export_json.c: a tree as JSON: its columns, its segments with what their rules are worth, its nodes
 * (docs/tree.schema.json). */
#include "output/export/export.h"

#include "base/alloc.h"
#include "base/error.h"
#include "output/json/json.h"

#include <math.h>
#include <stdlib.h>

#define FORMAT_VERSION 1

static const char *const forms[] = {
    [TSL_TREE_NUMBER] = "number", [TSL_TREE_BOOLEAN] = "boolean", [TSL_TREE_LEVEL] = "level"};

/* ---- Columns ------------------------------------------------------------------- */

/* A level is a text of its field, or all known ones but some. */
static void add_levels(tsl__json *doc, json_t *into, const tsl__export *of, size_t column)
{
    size_t at = 0;
    const char *level;
    tsl__json_set(doc, into, "is_rest", json_boolean(tsl__export_is_rest(of, column)));
    json_t *levels = tsl__json_set_array(doc, into, "levels");
    while ((level = tsl__export_next_level(of, column, &at)) != NULL) {
        tsl__json_push(doc, levels, tsl__json_text(level));
    }
}

static tsl_status add_columns(tsl__json *doc, const tsl__export *of, tsl_error *err)
{
    const tsl_tree *tree = of->tree;
    json_t *array = tsl__json_set_array(doc, doc->root, "columns");
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < tree->cols; c++) {
        const tsl_tree_column *from = &tree->column[c];
        json_t *column = tsl__json_push_object(doc, array);
        tsl__json_set(doc, column, "name", tsl__json_text(from->name));
        json_t *labels = tsl__json_set_object(doc, column, "labels");
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            char *label;
            TSL__TRY(tsl_feature_get_label(from->name, tsl_lang_get_code(lang), &label, err));
            tsl__json_set(doc, labels, tsl_lang_get_code(lang), tsl__json_text(label));
            tsl_text_free(label);
        }
        tsl__json_set(doc, column, "form", tsl__json_text(forms[from->form]));
        if (from->form == TSL_TREE_LEVEL) {
            tsl__json_set(doc, column, "field", tsl__json_text(from->category));
            add_levels(doc, column, of, c);
        }
        if (of->feature[c]) {
            tsl__json_set(doc, column, "unit", tsl__json_text(of->feature[c]->unit));
            tsl__json_set(doc, column, "definition", tsl__json_text(of->feature[c]->definition));
        }
        tsl__json_set(doc, column, "used", json_boolean(of->field_of[c] < of->field_count));
    }
done:
    return status;
}

/* ---- Segments --------------------------------------------------------------------- */

static void add_names(tsl__json *doc, json_t *segment, const tsl__export *of, int s)
{
    json_t *names = tsl__json_set_object(doc, segment, "names");
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text name = {0};
        tsl__export_put_name(of, s, lang, &name);
        tsl__json_set(doc, names, tsl_lang_get_code(lang), name.failed ? NULL : tsl__json_text(name.data));
        tsl__text_free(&name);
    }
}

static tsl_status add_segments(tsl__json *doc, const tsl__export *of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_rule *rule = NULL;
    TSL__TRY(tsl_rules_build(of->model, &rule, err));
    json_t *array = tsl__json_set_array(doc, doc->root, "segments");
    for (int s = 0; s < of->tree->k; s++) {
        const char *code = tsl__export_get_code(of, s);
        json_t *segment = tsl__json_push_object(doc, array);
        tsl__json_set(doc, segment, "segment", json_integer(tsl_policy_get_number(of->policy, (size_t)s)));
        tsl__json_set(doc, segment, "code", code[0] ? tsl__json_text(code) : json_null());
        add_names(doc, segment, of, s);
        tsl__json_set(doc, segment, "size", tsl__json_count(tsl_model_get_size(of->model, s)));
        tsl__json_set(doc, segment, "share", tsl__json_number(tsl_model_get_share(of->model, s)));
        tsl__json_set(doc, segment, "precision", tsl__json_number(of->tree->precision[s]));
        tsl__json_set(doc, segment, "coverage", tsl__json_number(of->tree->coverage[s]));
        tsl__json_set(doc, segment, "lift", tsl__json_number(tsl_rules_get_lift(of->model, s)));
        tsl__json_set_langs(doc, segment, "rules", rule[s].words[0], rule[s].words[1]);
        tsl__json_set(doc, segment, "condition", tsl__json_text(rule[s].condition));
    }
done:
    tsl_rules_free(rule, rule ? (size_t)tsl_model_get_groups(of->model) : 0);
    return status;
}

/* ---- Nodes -------------------------------------------------------------------------- */

static void add_condition(tsl__json *doc, json_t *array, const tsl__export *of, const tsl_tree_bound *bound)
{
    const tsl_tree_column *column = &of->tree->column[bound->column];
    json_t *condition = tsl__json_push_object(doc, array);
    tsl__json_set(doc, condition, "column", tsl__json_text(column->name));
    if (column->form == TSL_TREE_NUMBER) {
        const int possible = tsl__export_is_possible(bound);
        tsl__json_set(doc, condition, "known", json_boolean(possible));
        tsl__json_set(doc, condition, "over", possible ? tsl__json_number(bound->low) : json_null());
        tsl__json_set(doc, condition, "at_most", possible ? tsl__json_number(bound->high) : json_null());
    } else {
        const tsl__export_pass pass = tsl__export_get_pass(bound);
        tsl__json_set(doc, condition, "no", json_boolean(pass.no));
        tsl__json_set(doc, condition, "yes", json_boolean(pass.yes));
    }
    tsl__json_set(doc, condition, "missing", json_boolean(bound->missing));
}

static void add_leaf(tsl__json *doc, json_t *node, const tsl__export *of, const tsl_tree_path *path)
{
    const tsl_tree_node *leaf = &of->tree->node[path->leaf];
    tsl__json_set(doc, node, "segment", json_integer(tsl_policy_get_number(of->policy, (size_t)path->cluster)));
    tsl__json_set(doc, node, "hits", tsl__json_count(leaf->hits));
    tsl__json_set(doc, node, "precision", tsl__json_number(tsl__export_get_precision(of, path->leaf)));
    tsl__json_set(doc, node, "lift", tsl__json_number(tsl__export_get_lift(of, path->leaf)));
    json_t *array = tsl__json_set_array(doc, node, "conditions");
    for (size_t b = 0; b < path->count; b++) {
        add_condition(doc, array, of, &path->bound[b]);
    }
}

/* Where known values go ("by_threshold", "left", "right"), and missing ones. */
static void add_cut(tsl__json *doc, json_t *into, const tsl__export *of, const tsl_tree_node *from)
{
    tsl_tree_bound left;
    json_t *cut = tsl__json_set_object(doc, into, "cut");
    tsl_tree_get_bound(of->tree, from->left, &left);
    tsl__json_set(doc, cut, "column", tsl__json_text(of->tree->column[from->column].name));
    tsl__json_set(doc, cut, "threshold", tsl__json_number(from->threshold));
    tsl__json_set(doc, cut, "known",
                  tsl__json_text(isfinite(from->threshold) ? "by_threshold"
                                 : from->threshold > 0     ? "left"
                                                           : "right"));
    tsl__json_set(doc, cut, "missing", tsl__json_text(left.missing ? "left" : "right"));
    tsl__json_set(doc, cut, "missing_seen", json_boolean(left.missing_seen));
    tsl__json_set(doc, into, "left", json_integer(from->left));
    tsl__json_set(doc, into, "right", json_integer(from->right));
}

static tsl_status add_nodes(tsl__json *doc, const tsl__export *of, tsl_error *err)
{
    const tsl_tree *tree = of->tree;
    const tsl_tree_path **path = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(path = tsl__alloc_zero(tree->node_count, sizeof *path));
    for (size_t p = 0; p < of->path_count; p++) {
        path[of->path[p].leaf] = &of->path[p];
    }
    json_t *array = tsl__json_set_array(doc, doc->root, "nodes");
    for (size_t i = 0; i < tree->node_count; i++) {
        json_t *node = tsl__json_push_object(doc, array);
        tsl__json_set(doc, node, "node", json_integer((json_int_t)i));
        tsl__json_set(doc, node, "parent", tree->node[i].parent < 0 ? json_null() : json_integer(tree->node[i].parent));
        tsl__json_set(doc, node, "rows", tsl__json_count(tree->node[i].rows));
        if (path[i]) {
            add_leaf(doc, node, of, path[i]);
        } else {
            add_cut(doc, node, of, &tree->node[i]);
        }
    }
done:
    free(path);
    return status;
}

tsl_status tsl__export_json(const tsl__export *of, tsl__text *out, tsl_error *err)
{
    const tsl_tree *tree = of->tree;
    tsl__json doc = {.root = json_object()};
    tsl_status status = TSL_OK;
    doc.failed = !doc.root;
    tsl__json_set(&doc, doc.root, "format", json_string("tesela-tree"));
    tsl__json_set(&doc, doc.root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(&doc, doc.root, "version", json_string(tsl_version_get()));
    tsl__json_set(&doc, doc.root, "leaves", json_integer(tree->leaves));
    tsl__json_set(&doc, doc.root, "depth", json_integer(tree->depth));
    tsl__json_set(&doc, doc.root, "price", tsl__json_number(tree->cost_ratio));
    tsl__json_set(&doc, doc.root, "agreement", tsl__json_number(tree->agreement));
    TSL__TRY(add_columns(&doc, of, err));
    TSL__TRY(add_segments(&doc, of, err));
    TSL__TRY(add_nodes(&doc, of, err));
    TSL__TRY(doc.failed ? tsl__error_nomem(err) : TSL_OK);
    tsl__json_print(doc.root, out);
done:
    json_decref(doc.root);
    return status;
}
