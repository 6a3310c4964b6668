/* given_anchors.c: places that draw the clusters, from a file: a code, perhaps a name, and raw values of features, of
 * which those that are not there are free. docs/methods/anchors.md. */
#include "run/places/given_anchors.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/recipe.h"
#include "run/places/anchored.h"
#include "table/listing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CODE_WIDTH 32

/* ---- Reading ------------------------------------------------------------------------ */

typedef struct reader {
    tsl__given_anchors *out;
    tsl__listing listing;
    size_t code, name; /* listing.fields: there is none */
    size_t *column;    /* out->cols fields */
    size_t value_room, code_room, name_room;
} reader;

static tsl_status choose_columns(reader *r, tsl_error *err)
{
    static const tsl__listing_column code = {"code", "what each place is called"};
    const size_t fields = r->listing.fields;
    tsl__given_anchors *out = r->out;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__listing_need(&r->listing, &code, &r->code, err));
    r->name = tsl__listing_find(&r->listing, "name");
    TSL__NEED(r->column = tsl__alloc(fields, sizeof *r->column));
    TSL__NEED(out->column = tsl__alloc_zero(fields, sizeof *out->column));
    for (size_t f = 0; f < fields; f++) {
        if (f != r->code && f != r->name) {
            r->column[out->cols] = f;
            TSL__NEED(out->column[out->cols++] = tsl__strdup(r->listing.names[f]));
        }
    }
    if (out->cols == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: has no column of a feature beside code and name", out->file->name);
    }
done:
    return status;
}

static int is_code(tsl__span cell)
{
    size_t i = 0;
    while (i < cell.n && ((cell.s[i] >= 'A' && cell.s[i] <= 'Z') || tsl__is_digit(cell.s[i]) || cell.s[i] == '_')) {
        i++;
    }
    return cell.n && i == cell.n && cell.n <= CODE_WIDTH;
}

static tsl_status add_code(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl__given_anchors *out = r->out;
    const tsl__span cell = record->field[r->code];
    void *code = out->code;
    tsl_status status = TSL_OK;
    if (!is_code(cell)) {
        return tsl__listing_fail(&r->listing, record, r->code, "is no code; expected 1 to 32 of A to Z, 0 to 9 and _",
                                 err);
    }
    for (size_t a = 0; a < out->count; a++) {
        if (tsl__span_equal(tsl__span_make(out->code[a]), cell)) {
            return tsl__listing_fail(&r->listing, record, r->code,
                                     "stands there twice; each place has a code of its own", err);
        }
    }
    TSL__NEED(!tsl__reserve(&code, &r->code_room, out->count + 1, sizeof *out->code));
    out->code = code;
    TSL__NEED(out->code[out->count] = tsl__strndup(cell.s, cell.n));
    out->code_count++;
done:
    return status;
}

static tsl_status check_name(const reader *r, const tsl__record *record, tsl_error *err)
{
    const size_t at = r->out->count;
    const tsl_segment_name name = {r->out->code[at], {r->out->name[at], r->out->name[at]}};
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.name = &name;
    opt.name_count = 1;
    for (size_t a = 0; a < at; a++) {
        if (r->out->name[a] && tsl__is_same_folded(r->out->name[a], r->out->name[at])) {
            return tsl__listing_fail(&r->listing, record, r->name, "is the name of another place, too", err);
        }
    }
    tsl_status status = tsl_label_check(&opt, err);
    return status == TSL_OK ? status
                            : tsl__listing_fail(&r->listing, record, r->name, "is no name of 1 to 255 characters", err);
}

static tsl_status add_name(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl__given_anchors *out = r->out;
    void *name = out->name;
    tsl_status status = TSL_OK;
    TSL__NEED(!tsl__reserve(&name, &r->name_room, out->count + 1, sizeof *out->name));
    out->name = name;
    out->name[out->name_count++] = NULL;
    if (r->name < r->listing.fields && record->field[r->name].n) {
        TSL__NEED(out->name[out->count] = tsl__strndup(record->field[r->name].s, record->field[r->name].n));
        TSL__TRY(check_name(r, record, err));
    }
done:
    return status;
}

static tsl_status add_values(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl__given_anchors *out = r->out;
    void *values = out->values;
    size_t known = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(!tsl__reserve(&values, &r->value_room, (out->count + 1) * out->cols, sizeof *out->values));
    out->values = values;
    for (size_t c = 0; c < out->cols; c++) {
        const tsl__span cell = record->field[r->column[c]];
        double *value = &out->values[out->count * out->cols + c];
        *value = NAN;
        if (cell.n && tsl__cell_number(cell, value)) {
            return tsl__listing_fail(&r->listing, record, r->column[c], "is not a finite number; an empty cell is free",
                                     err);
        }
        known += isnan(*value) ? 0 : 1;
    }
    if (!known) {
        status = tsl__listing_fail(&r->listing, record, r->code, "has no value in any column, and is no place", err);
    }
done:
    return status;
}

static tsl_status add_place(void *to, const tsl__record *record, tsl_error *err)
{
    reader *r = to;
    tsl__given_anchors *out = r->out;
    const unsigned long long line = (unsigned long long)record->line;
    tsl_status status = TSL_OK;
    if (out->count == TSL_CLUSTERS_MAX) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: there are more than %d places", out->file->name, line,
                              TSL_CLUSTERS_MAX);
    }
    TSL__TRY(add_code(r, record, err));
    TSL__TRY(add_name(r, record, err));
    TSL__TRY(add_values(r, record, err));
    out->count++;
done:
    return status;
}

tsl_status tsl__given_anchors_read(const tsl_source *source, tsl__given_anchors **out, tsl_error *err)
{
    const tsl__csv_options csv = {.from = source, .header = 1};
    tsl_status status = TSL_OK;
    reader r = {0};
    *out = NULL;
    TSL__NEED(r.out = tsl__alloc_zero(1, sizeof *r.out));
    TSL__NEED(r.out->file = tsl__alloc_zero(1, sizeof *r.out->file));
    TSL__NEED(r.out->file->name = tsl__strdup(source->path ? source->path : "the places"));
    TSL__TRY(tsl__listing_open(&csv, r.out->file->name, &r.listing, err));
    TSL__TRY(choose_columns(&r, err));
    TSL__TRY(tsl__listing_read(&r.listing, add_place, &r, err));
    TSL__TRY(r.out->count < 2 ? tsl__error_set(err, TSL_E_INPUT, "%s: holds %zu place%s; at least two are expected",
                                               r.out->file->name, r.out->count, r.out->count == 1 ? "" : "s")
                              : TSL_OK);
    TSL__TRY(tsl__csv_get_info(r.listing.csv, r.out->file, err));
    r.out->file->rows = r.out->count;
    *out = r.out;
    r.out = NULL;
done:
    tsl__listing_close(&r.listing);
    tsl__given_anchors_free(r.out);
    free(r.column);
    return status;
}

void tsl__given_anchors_free(tsl__given_anchors *given)
{
    if (!given) {
        return;
    }
    if (given->file) {
        free((void *)(uintptr_t)given->file->name);
    }
    free(given->file);
    tsl__free_texts(given->column, given->column ? given->cols : 0);
    tsl__free_texts(given->code, given->code ? given->code_count : 0);
    tsl__free_texts(given->name, given->name ? given->name_count : 0);
    free(given->values);
    free(given);
}

/* ---- Into the space of clustering --------------------------------------------------- */

/* The feature of each column of the file, which clusters are found by. */
static tsl_status find_features(const tsl__given_anchors *given, const tsl_recipe *recipe, size_t *feature,
                                tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text hint = {0};
    const char **names = NULL;
    size_t count = 0;
    TSL__NEED(names = tsl__alloc(recipe->column_count, sizeof *names));
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].weight > 0) {
            names[count++] = recipe->feature[recipe->column[c].feature].name;
        }
    }
    for (size_t i = 0; i < given->cols; i++) {
        size_t c = 0;
        while (c < count && strcmp(names[c], given->column[i]) != 0) {
            c++;
        }
        if (c == count) {
            tsl__names_put(&hint, names, count);
            TSL__TRY(hint.failed ? tsl__error_nomem(err) : TSL_OK);
            TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "%s: clusters are not found by \"%s\", but by %s",
                                    given->file->name, given->column[i], hint.data));
        }
        feature[i] = tsl__recipe_find(recipe, given->column[i]);
    }
done:
    free(names);
    tsl__text_free(&hint);
    return status;
}

/* All features' raw values of each place; NaN: free. */
static tsl_status get_raw(const tsl__given_anchors *given, const tsl_recipe *recipe, double **out, tsl_error *err)
{
    const size_t features = recipe->feature_count;
    tsl_status status = TSL_OK;
    size_t *feature = NULL;
    double *raw = NULL;
    *out = NULL;
    TSL__NEED(feature = tsl__alloc(given->cols, sizeof *feature));
    TSL__NEED(raw = tsl__alloc(given->count, features * sizeof *raw));
    TSL__TRY(find_features(given, recipe, feature, err));
    for (size_t i = 0; i < given->count * features; i++) {
        raw[i] = NAN;
    }
    for (size_t a = 0; a < given->count; a++) {
        for (size_t i = 0; i < given->cols; i++) {
            raw[a * features + feature[i]] = given->values[a * given->cols + i];
        }
    }
    *out = raw;
    raw = NULL;
done:
    free(feature);
    free(raw);
    return status;
}

static tsl_status get_middle(const tsl_feature_matrix *matrix, double **middle, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*middle = tsl__alloc_zero(matrix->cols, sizeof **middle));
    for (size_t r = 0; r < matrix->rows; r++) {
        for (size_t c = 0; c < matrix->cols; c++) {
            (*middle)[c] += matrix->values[r * matrix->cols + c] / (double)matrix->rows;
        }
    }
done:
    return status;
}

tsl_status tsl__given_anchors_place(const tsl__given_anchors *given, const tsl_recipe *recipe,
                                    const tsl_feature_matrix *matrix, tsl__anchors *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *place = NULL;
    double *raw = NULL;
    *out = (tsl__anchors){.what = "given places"};
    TSL__TRY(get_raw(given, recipe, &raw, err));
    TSL__TRY(tsl_places_build(recipe, raw, given->count, NULL, recipe->feature_count, &place, err));
    for (size_t i = 0; i < place->rows * place->cols; i++) { /* what is not known is free, whatever stands for it */
        const size_t feature = place->column[i % place->cols].feature;
        if (isnan(raw[i / place->cols * recipe->feature_count + feature])) {
            place->values[i] = NAN;
        }
    }
    TSL__NEED(out->code = tsl__alloc(given->count, sizeof *out->code));
    for (size_t a = 0; a < given->count; a++) {
        out->code[a] = given->code[a];
    }
    TSL__TRY(get_middle(matrix, &out->middle, err));
    out->count = place->rows;
    out->cols = place->cols;
    out->weight = tsl__anchors_get_weight(recipe);
    out->place = place->values;
    place->values = NULL;
done:
    tsl_feature_matrix_free(place);
    free(raw);
    return status;
}

tsl_status tsl__anchors_check_codes(const tsl__anchors *anchors, const tsl_recipe *recipe, const char *file,
                                    tsl_error *err)
{
    for (size_t a = 0; a < anchors->count; a++) {
        for (size_t c = 0; c < recipe->class_count; c++) {
            if (strcmp(anchors->code[a], recipe->classes[c].code) == 0) {
                return tsl__error_set(err, TSL_E_INPUT,
                                      "%s: the code %s is that of customers who are set apart by a rule", file,
                                      anchors->code[a]);
            }
        }
    }
    return TSL_OK;
}
