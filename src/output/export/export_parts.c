/* export_parts.c: what the formats of a tree look up: the columns that it is asked with, their levels, the
 * segments' names, and numbers as people read them. */
#include "output/export/export.h"

#include "base/alloc.h"
#include "base/error.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Columns ------------------------------------------------------------------ */

static const tsl_feature *find_feature(const tsl_recipe *recipe, const char *name)
{
    for (size_t f = 0; recipe && f < recipe->feature_count; f++) {
        if (strcmp(recipe->feature[f].name, name) == 0) {
            return &recipe->feature[f];
        }
    }
    return NULL;
}

static const char *get_field_name(const tsl_tree_column *column)
{
    return column->form == TSL_TREE_LEVEL ? column->category : column->name;
}

/* The levels of one category are one field. */
static void take_field(tsl__export *of, size_t column)
{
    const tsl_tree_column *columns = of->tree->column;
    const char *name = get_field_name(&columns[column]);
    const int level = columns[column].form == TSL_TREE_LEVEL;
    size_t f = 0;
    while (f < of->field_count &&
           ((columns[of->field[f].column].form == TSL_TREE_LEVEL) != level || strcmp(of->field[f].name, name) != 0)) {
        f++;
    }
    if (f == of->field_count) {
        of->field[of->field_count++] = (tsl__export_field){name, column};
    }
    of->field_of[column] = f;
}

static tsl_status find_fields(tsl__export *of, tsl_error *err)
{
    const tsl_tree *tree = of->tree;
    tsl_status status = TSL_OK;
    TSL__NEED(of->feature = tsl__alloc_zero(tree->cols, sizeof *of->feature));
    TSL__NEED(of->field = tsl__alloc(tree->cols, sizeof *of->field));
    TSL__NEED(of->field_of = tsl__alloc(tree->cols, sizeof *of->field_of));
    for (size_t c = 0; c < tree->cols; c++) {
        of->feature[c] = find_feature(of->recipe, tree->column[c].name);
        of->field_of[c] = SIZE_MAX;
    }
    for (size_t i = 0; i < tree->node_count; i++) {
        if (tree->node[i].column >= 0) {
            of->field_of[tree->node[i].column] = 0; /* it is cut */
        }
    }
    for (size_t c = 0; c < tree->cols; c++) {
        if (of->field_of[c] == 0) {
            take_field(of, c);
        }
    }
done:
    return status;
}

/* Two fields of one name, to whoever asks them of one table. A category may be called as a number is; names that differ
 * in case are two in PostgreSQL alone, where they stand in quotes. */
static tsl_status check_fields(const tsl__export *of, tsl_error *err)
{
    const int sql = of->opt.format == TSL_RULES_SQL;
    const int folds = sql && of->opt.dialect != TSL_SQL_POSTGRESQL;
    for (size_t f = 0; (sql || of->opt.format == TSL_RULES_PMML) && f < of->field_count; f++) {
        for (size_t g = 0; g < f; g++) {
            const char *name = of->field[g].name, *other = of->field[f].name;
            if (strcmp(name, other) == 0) {
                return tsl__error_set(
                    err, TSL_E_INPUT,
                    "the tree cuts the category \"%s\" and the feature \"%s\", which are one column in "
                    "%s: rename the category, or leave it out (--exclude)",
                    name, other, sql ? "SQL" : "PMML");
            }
            if (folds && tsl__is_same_folded(name, other)) {
                return tsl__error_set(
                    err, TSL_E_INPUT,
                    "the tree cuts \"%s\" and \"%s\", which are one column in all dialects but postgresql: rename "
                    "one, or leave it out (--exclude)",
                    name, other);
            }
        }
    }
    return TSL_OK;
}

tsl_status tsl__export_open(const tsl_segmentation *segmentation, const tsl_rules_options *opt, tsl__export *out,
                            tsl_error *err)
{
    const tsl_model *model = segmentation->model;
    tsl_status status = TSL_OK;
    *out = (tsl__export){.model = model, .opt = *opt};
    if (!model || !model->tree) {
        return tsl__error_set(err, TSL_E_INPUT, "the model holds no tree");
    }
    out->tree = model->tree;
    out->recipe = segmentation->recipe;
    out->policy = segmentation->policy;
    TSL__TRY(tsl_lang_read(opt->lang, &out->lang, err));
    TSL__TRY(find_fields(out, err));
    TSL__TRY(check_fields(out, err));
    TSL__TRY(tsl_tree_get_paths(out->tree, -1, &out->path, &out->path_count, err));
done:
    if (status != TSL_OK) {
        tsl__export_free(out);
    }
    return status;
}

void tsl__export_free(tsl__export *of)
{
    tsl_tree_paths_free(of->path, of->path_count);
    free(of->feature);
    free(of->field);
    free(of->field_of);
    *of = (tsl__export){0};
}

/* ---- Bounds --------------------------------------------------------------------- */

tsl__export_pass tsl__export_get_pass(const tsl_tree_bound *bound)
{
    return (tsl__export_pass){bound->low < 0 && bound->high >= 0, bound->low < 1 && bound->high >= 1, bound->missing};
}

int tsl__export_is_open(const tsl_tree_bound *bound)
{
    return isinf(bound->low) && bound->low < 0 && isinf(bound->high) && bound->high > 0;
}

int tsl__export_is_possible(const tsl_tree_bound *bound)
{
    return bound->low < bound->high;
}

int tsl__export_is_rest(const tsl__export *of, size_t column)
{
    return of->feature[column] && of->feature[column]->rest;
}

const char *tsl__export_next_level(const tsl__export *of, size_t column, size_t *at)
{
    const tsl_recipe *recipe = of->recipe;
    if (!tsl__export_is_rest(of, column)) {
        return (*at)++ == 0 ? of->tree->column[column].level : NULL;
    }
    for (; *at < recipe->feature_count; (*at)++) {
        const tsl_feature *feature = &recipe->feature[*at];
        if (feature->form == TSL_FORM_VALUE && feature->block == of->feature[column]->block && !feature->rest) {
            (*at)++;
            return feature->level;
        }
    }
    return NULL;
}

/* ---- Segments --------------------------------------------------------------------- */

void tsl__export_put_name(const tsl__export *of, int segment, int lang, tsl__text *out)
{
    if (of->policy && (size_t)segment < of->policy->segment_count) {
        tsl__text_puts(out, of->policy->segment[segment].names[lang]);
    } else {
        tsl__text_printf(out, lang == 1 ? "客群 %d" : "Segment %d", segment + 1);
    }
}

const char *tsl__export_get_code(const tsl__export *of, int segment)
{
    const char *own = of->policy ? of->policy->segment[segment].code : NULL;
    return own ? own : of->model->code && of->model->code[segment] ? of->model->code[segment] : "";
}

double tsl_rules_get_lift(const tsl_model *model, int segment)
{
    const double share = tsl_model_get_share(model, segment);
    return model->tree && share > 0 ? model->tree->precision[segment] / share : (double)NAN;
}

double tsl__export_get_precision(const tsl__export *of, int32_t node)
{
    const tsl_tree_node *leaf = &of->tree->node[node];
    return leaf->rows ? (double)leaf->hits / (double)leaf->rows : (double)NAN;
}

double tsl__export_get_lift(const tsl__export *of, int32_t node)
{
    const double share = tsl_model_get_share(of->model, of->tree->node[node].cluster);
    return share > 0 ? tsl__export_get_precision(of, node) / share : (double)NAN;
}

/* ---- Numbers and texts --------------------------------------------------------------- */

void tsl__export_put_count(uint64_t count, tsl__text *out)
{
    char digits[24];
    const int length = tsl__print(digits, sizeof digits, "%" PRIu64, count);
    for (int i = 0; i < length; i++) {
        tsl__text_append(out, i > 0 && (length - i) % 3 == 0 ? "," : "", i > 0 && (length - i) % 3 == 0);
        tsl__text_append(out, digits + i, 1);
    }
}

void tsl__export_put_share(double share, tsl__text *out)
{
    if (isnan(share)) {
        tsl__text_puts(out, "–");
    } else {
        const double shown = share < 1 ? fmin(share, 0.999) : 1;
        tsl__text_decimal(out, llround(shown * 1000) * 1000, 1);
        tsl__text_puts(out, " %");
    }
}

void tsl__export_put_lift(double lift, tsl__text *out)
{
    if (isnan(lift)) {
        tsl__text_puts(out, "–");
    } else if (lift < 1e9) {
        tsl__text_decimal(out, llround(lift * 100) * 100, 2);
    } else {
        tsl__text_printf(out, "%.3g", lift);
    }
}

/* One character of ASCII, as it is or by its name. */
static void put_xml_byte(char c, tsl__text *out)
{
    switch (c) {
    case '&':
        tsl__text_puts(out, "&amp;");
        break;
    case '<':
        tsl__text_puts(out, "&lt;");
        break;
    case '>':
        tsl__text_puts(out, "&gt;");
        break;
    case '"':
        tsl__text_puts(out, "&quot;");
        break;
    case '\t':
    case '\n':
    case '\r':
        tsl__text_printf(out, "&#%d;", c);
        break;
    default:
        tsl__text_append(out, (unsigned char)c < 0x20 ? "\xEF\xBF\xBD" : &c, (unsigned char)c < 0x20 ? 3 : 1);
    }
}

void tsl__export_put_xml(const char *text, tsl__text *out)
{
    size_t left = strlen(text);
    while (left > 0) {
        const size_t good = tsl__utf8_check(text, left);
        for (size_t i = 0; i < good; i++) {
            /* U+FFFE and U+FFFF are characters of UTF-8 and none of XML. */
            if (left - i >= 3 && memcmp(text + i, "\xEF\xBF", 2) == 0 && (unsigned char)text[i + 2] >= 0xBE) {
                tsl__text_puts(out, "\xEF\xBF\xBD");
                i += 2;
            } else {
                put_xml_byte(text[i], out);
            }
        }
        text += good;
        left -= good;
        if (left > 0) {
            tsl__text_puts(out, "\xEF\xBF\xBD");
            text++;
            left--;
        }
    }
}
