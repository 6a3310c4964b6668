/* export_pmml.c: a tree as a TreeModel of PMML 4.4 (Data Mining Group 2019).
 *
 * Each node's predicate says by itself what becomes of a missing value, so that nothing depends on a
 * strategy: with missingValueStrategy "none" a comparison with a missing value is false. */
#include "output/export/export.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/words/column_words.h"
#include "model/tree/tree_bounds.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_indent(int level, tsl__text *out)
{
    for (int i = 0; i < level; i++) {
        tsl__text_puts(out, "  ");
    }
}

/* name="text" behind a blank. */
static void put_attribute(const char *name, const char *text, tsl__text *out)
{
    tsl__text_printf(out, " %s=\"", name);
    tsl__export_put_xml(text, out);
    tsl__text_puts(out, "\"");
}

static void put_field_name(const tsl__export *of, int32_t column, tsl__text *out)
{
    put_attribute("field", of->field[of->field_of[column]].name, out);
}

/* ---- Predicates ------------------------------------------------------------------ */

static void put_missing(const tsl__export *of, int32_t column, const char *operator, tsl__text * out)
{
    tsl__text_puts(out, "<SimplePredicate");
    put_field_name(of, column, out);
    tsl__text_printf(out, " operator=\"%s\"/>", operator);
}

static void put_comparison(const tsl__export *of, int32_t column, const char *operator, const char * value,
                           tsl__text *out)
{
    tsl__text_puts(out, "<SimplePredicate");
    put_field_name(of, column, out);
    tsl__text_printf(out, " operator=\"%s\"", operator);
    put_attribute("value", value, out);
    tsl__text_puts(out, "/>");
}

/* A text of an array: in quotes, each quote within with a backslash before it. */
static void put_array_text(const char *text, tsl__text *out)
{
    tsl__text quoted = {0};
    for (; *text; text++) {
        tsl__text_append(&quoted, "\\", *text == '"');
        tsl__text_append(&quoted, text, 1);
    }
    tsl__text_puts(out, "&quot;");
    tsl__export_put_xml(quoted.data ? quoted.data : "", out);
    tsl__text_puts(out, "&quot;");
    out->failed |= quoted.failed;
    tsl__text_free(&quoted);
}

/* isIn or isNotIn an array. */
static void put_set(const tsl__export *of, int32_t column, int yes, size_t count, tsl__text *out)
{
    const char *level;
    size_t at = 0;
    tsl__text_puts(out, "<SimpleSetPredicate");
    put_field_name(of, column, out);
    tsl__text_printf(out, " booleanOperator=\"%s\"><Array n=\"%zu\" type=\"string\">", yes ? "isNotIn" : "isIn", count);
    for (const char *lead = ""; (level = tsl__export_next_level(of, (size_t)column, &at)) != NULL; lead = " ") {
        tsl__text_puts(out, lead);
        put_array_text(level, out);
    }
    tsl__text_puts(out, "</Array></SimpleSetPredicate>");
}

/* The same by one comparison a level. */
static void put_comparisons(const tsl__export *of, int32_t column, int yes, tsl__text *out)
{
    const char *level;
    size_t at = 0;
    tsl__text_printf(out, "<CompoundPredicate booleanOperator=\"%s\">", yes ? "and" : "or");
    while ((level = tsl__export_next_level(of, (size_t)column, &at)) != NULL) {
        put_comparison(of, column, yes ? "notEqual" : "equal", level, out);
    }
    tsl__text_puts(out, "</CompoundPredicate>");
}

/* A backslash in an array is read in more than one way, before a quote and at the end of a text: such levels are
 * compared one by one, and one alone by itself, as a compound has two parts at least. */
static void put_level(const tsl__export *of, int32_t column, int yes, tsl__text *out)
{
    const char *level, *last = NULL;
    size_t at = 0, count = 0;
    int slashes = 0;
    const int rest = tsl__export_is_rest(of, (size_t)column);
    while ((level = tsl__export_next_level(of, (size_t)column, &at)) != NULL) {
        slashes |= strchr(level, '\\') != NULL;
        last = level;
        count++;
    }
    if (count == 1 && (!rest || slashes)) {
        put_comparison(of, column, yes != rest ? "equal" : "notEqual", last, out);
    } else if (slashes) {
        put_comparisons(of, column, yes, out);
    } else {
        put_set(of, column, yes, count, out);
    }
}

/* Of known values, of which some pass: the bound of a single cut has one end. */
static void put_known(const tsl__export *of, const tsl_tree_bound *bound, tsl__text *out)
{
    const tsl__export_pass pass = tsl__export_get_pass(bound);
    switch (of->tree->column[bound->column].form) {
    case TSL_TREE_LEVEL:
        put_level(of, bound->column, pass.yes, out);
        break;
    case TSL_TREE_BOOLEAN:
        put_comparison(of, bound->column, "equal", pass.yes ? "1" : "0", out);
        break;
    default: {
        char digits[32];
        const int high = isfinite(bound->high);
        tsl__double_write(high ? bound->high : bound->low, digits);
        put_comparison(of, bound->column, high ? "lessOrEqual" : "greaterThan", digits, out);
    }
    }
}

/* What of the known values passes a cut: none, all, or some. */
static int is_all(const tsl__export *of, const tsl_tree_bound *bound)
{
    const tsl__export_pass pass = tsl__export_get_pass(bound);
    return of->tree->column[bound->column].form == TSL_TREE_NUMBER ? tsl__export_is_open(bound) : pass.no && pass.yes;
}

static int is_none(const tsl__export *of, const tsl_tree_bound *bound)
{
    const tsl__export_pass pass = tsl__export_get_pass(bound);
    return of->tree->column[bound->column].form == TSL_TREE_NUMBER ? !tsl__export_is_possible(bound)
                                                                   : !pass.no && !pass.yes;
}

static void put_predicate(const tsl__export *of, int32_t node, tsl__text *out)
{
    tsl_tree_bound bound;
    if (of->tree->node[node].parent < 0) {
        tsl__text_puts(out, "<True/>");
        return;
    }
    tsl_tree_get_bound(of->tree, node, &bound);
    if (is_all(of, &bound)) {
        if (bound.missing) {
            tsl__text_puts(out, "<True/>");
        } else {
            put_missing(of, bound.column, "isNotMissing", out);
        }
    } else if (is_none(of, &bound)) {
        if (bound.missing) {
            put_missing(of, bound.column, "isMissing", out);
        } else {
            tsl__text_puts(out, "<False/>");
        }
    } else if (bound.missing) {
        tsl__text_puts(out, "<CompoundPredicate booleanOperator=\"or\">");
        put_known(of, &bound, out);
        put_missing(of, bound.column, "isMissing", out);
        tsl__text_puts(out, "</CompoundPredicate>");
    } else {
        put_known(of, &bound, out);
    }
}

/* ---- Nodes ------------------------------------------------------------------------- */

static void open_node(const tsl__export *of, int32_t at, int level, tsl__text *out)
{
    const tsl_tree_node *node = &of->tree->node[at];
    put_indent(level, out);
    tsl__text_printf(out, "<Node id=\"%d\"", at);
    if (node->column < 0) {
        tsl__text_printf(out, " score=\"%d\"", tsl_policy_get_number(of->policy, (size_t)node->cluster));
    }
    tsl__text_printf(out, " recordCount=\"%" PRIu64 "\">\n", node->rows);
    put_indent(level + 1, out);
    put_predicate(of, at, out);
    tsl__text_puts(out, "\n");
}

/* Closes a leaf, and all nodes above it whose last it is. */
static void close_nodes(const tsl__export *of, int32_t leaf, int level, tsl__text *out)
{
    int32_t at = leaf;
    for (;; level--) {
        const int32_t parent = of->tree->node[at].parent;
        put_indent(level, out);
        tsl__text_puts(out, "</Node>\n");
        if (parent < 0 || of->tree->node[parent].right != at) {
            return;
        }
        at = parent;
    }
}

static tsl_status put_nodes(const tsl__export *of, int top, tsl__text *out, tsl_error *err)
{
    const tsl_tree *tree = of->tree;
    tsl_status status = TSL_OK;
    int32_t *order = NULL;
    int *level = NULL;
    TSL__NEED(order = tsl__alloc(tree->node_count, sizeof *order));
    TSL__NEED(level = tsl__alloc(tree->node_count, sizeof *level));
    tsl__tree_order(tree, order);
    for (size_t i = 0; i < tree->node_count; i++) {
        const int32_t at = order[i], parent = tree->node[at].parent;
        level[at] = parent < 0 ? top : level[parent] + 1;
        open_node(of, at, level[at], out);
        if (tree->node[at].column < 0) {
            close_nodes(of, at, level[at], out);
        }
    }
done:
    free(order);
    free(level);
    return status;
}

/* ---- What stands around -------------------------------------------------------------- */

static int has_field(const tsl__export *of, const char *name)
{
    size_t f = 0;
    while (f < of->field_count && strcmp(of->field[f].name, name) != 0) {
        f++;
    }
    return f < of->field_count;
}

/* The field that is predicted, owned: called so by no other. NULL: out of memory. */
static char *find_target(const tsl__export *of)
{
    tsl__text name = {0};
    tsl__text_puts(&name, "segment");
    for (size_t i = 1; !name.failed && has_field(of, name.data); i++) {
        tsl__text_clear(&name);
        tsl__text_puts(&name, "tesela_segment");
        if (i > 1) {
            tsl__text_printf(&name, "_%zu", i);
        }
    }
    return tsl__text_take(&name);
}

static void put_target(const tsl__export *of, const char *target, tsl__text *out)
{
    tsl__text name = {0};
    tsl__text_puts(out, "    <DataField");
    put_attribute("name", target, out);
    tsl__text_puts(out, " optype=\"categorical\" dataType=\"integer\">\n");
    for (int s = 0; s < of->tree->k; s++) {
        tsl__text_clear(&name);
        tsl__export_put_name(of, s, of->lang, &name);
        tsl__text_printf(out, "      <Value value=\"%d\"", tsl_policy_get_number(of->policy, (size_t)s));
        put_attribute("displayValue", name.data ? name.data : "", out);
        tsl__text_puts(out, "/>\n");
    }
    tsl__text_puts(out, "    </DataField>\n");
    out->failed |= name.failed;
    tsl__text_free(&name);
}

/* A category is the customers' own column, whatever feature is called so. */
static tsl_status put_field(const tsl__export *of, const tsl__export_field *field, tsl__text *out, tsl_error *err)
{
    const int text = of->tree->column[field->column].form == TSL_TREE_LEVEL;
    tsl_status status = TSL_OK;
    char *label = NULL;
    if (text) {
        tsl__text words = {0};
        tsl__column_words_write(field->name, &words);
        TSL__NEED(label = tsl__text_take(&words));
    } else {
        TSL__TRY(tsl_feature_get_label(field->name, of->opt.lang, &label, err));
    }
    tsl__text_puts(out, "    <DataField");
    put_attribute("name", field->name, out);
    put_attribute("displayName", label, out);
    tsl__text_puts(out, text ? " optype=\"categorical\" dataType=\"string\"/>\n"
                             : " optype=\"continuous\" dataType=\"double\"/>\n");
done:
    tsl_text_free(label);
    return status;
}

static tsl_status put_dictionary(const tsl__export *of, const char *target, tsl__text *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text_printf(out, "  <DataDictionary numberOfFields=\"%zu\">\n", of->field_count + 1);
    for (size_t f = 0; f < of->field_count; f++) {
        TSL__TRY(put_field(of, &of->field[f], out, err));
    }
    put_target(of, target, out);
    tsl__text_puts(out, "  </DataDictionary>\n");
done:
    return status;
}

static void put_schema(const tsl__export *of, const char *target, tsl__text *out)
{
    tsl__text_puts(out, "    <MiningSchema>\n");
    for (size_t f = 0; f < of->field_count; f++) {
        tsl__text_puts(out, "      <MiningField");
        put_attribute("name", of->field[f].name, out);
        tsl__text_puts(out, " usageType=\"active\"/>\n");
    }
    tsl__text_puts(out, "      <MiningField");
    put_attribute("name", target, out);
    tsl__text_puts(out, " usageType=\"target\"/>\n    </MiningSchema>\n");
}

tsl_status tsl__export_pmml(const tsl__export *of, tsl__text *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *target = NULL;
    TSL__NEED(target = find_target(of));
    tsl__text_printf(out,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\">\n"
                     "  <Header description=\"Segments of customers, by %s tree\">\n"
                     "    <Application name=\"Tesela\" version=\"%s\"/>\n"
                     "  </Header>\n",
                     of->model->by_tree ? "the target's" : "an explanation", tsl_version_get());
    TSL__TRY(put_dictionary(of, target, out, err));
    tsl__text_puts(out, "  <TreeModel modelName=\"segments\" functionName=\"classification\" "
                        "splitCharacteristic=\"binarySplit\" missingValueStrategy=\"none\" "
                        "noTrueChildStrategy=\"returnNullPrediction\">\n");
    put_schema(of, target, out);
    TSL__TRY(put_nodes(of, 2, out, err));
    tsl__text_puts(out, "  </TreeModel>\n</PMML>\n");
done:
    free(target);
    return status;
}
