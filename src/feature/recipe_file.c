/* recipe_file.c: a recipe <-> a group of an HDF5 file (docs/formats.md). */
#include "feature/recipe_file.h"

#include "base/alloc.h"
#include "feature/basis/apart.h"
#include "feature/basis/core.h"
#include "feature/basis/numeric.h"
#include "feature/derived/derived.h"
#include "feature/own_line.h"
#include "feature/recipe.h"
#include "feature/records/silences.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *tsl__group_namer(int value)
{
    return value < TSL_GROUPS ? tsl_group_get_name((tsl_group)value) : NULL;
}

const char *tsl__form_namer(int value)
{
    return value <= TSL_FORM_VALUE ? tsl_feature_form_get_name((tsl_feature_form)value) : NULL;
}

const char *tsl__transform_namer(int value)
{
    return value <= TSL_LOG1P_UNITS ? tsl_transform_get_name((tsl_transform)value) : NULL;
}

static const char *scale_name(int value)
{
    return value < TSL_SCALES ? tsl_scale_get_name((tsl_scale)value) : NULL;
}

static const char *role_name(int value)
{
    return value < TSL_ROLES ? tsl_role_get_name((tsl_role)value) : NULL;
}

static const char *type_name(int value)
{
    return value <= TSL_TYPE_BIRTH ? tsl_column_type_get_name((tsl_column_type)value) : NULL;
}

static const char *basis_name(int value)
{
    return value < TSL_BASES ? tsl_basis_get_name((tsl_basis)value) : NULL;
}

static const char *apart_name(int value)
{
    return value < TSL_APARTS ? tsl_apart_get_name((tsl_apart)value) : NULL;
}

static const char *part_name(int value)
{
    return value < TSL_PARTS ? tsl_part_get_name((tsl_part)value) : NULL;
}

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define FEATURE(member) offsetof(tsl_feature, member)
#define COLUMN(member) offsetof(tsl_vector_column, member)
#define RECIPE(member) offsetof(tsl_recipe, member)
#define SETTING(member) offsetof(tsl_recipe, settings.member)

/* <group>/features: one entry a feature */
static const tsl__field feature_field[] = {
    {"name", TSL__TEXT, FEATURE(name), NULL},
    {"group", TSL__NAME, FEATURE(group), tsl__group_namer},
    {"unit", TSL__TEXT, FEATURE(unit), NULL},
    {"definition", TSL__TEXT, FEATURE(definition), NULL},
    {"form", TSL__NAME, FEATURE(form), tsl__form_namer},
    {"profile", TSL__BOOL, FEATURE(profile), NULL},
    {"sensitive", TSL__BOOL, FEATURE(sensitive), NULL},
    {"excluded", TSL__BOOL, FEATURE(excluded), NULL},
    {"outcome", TSL__BOOL, FEATURE(outcome), NULL},
    {"transform", TSL__NAME, FEATURE(transform), tsl__transform_namer},
    {"block", TSL__SIZE, FEATURE(block), NULL},
    {"entry", TSL__TEXT, FEATURE(entry), NULL},
    {"column", TSL__TEXT, FEATURE(column), NULL},
    {"role", TSL__NAME, FEATURE(role), role_name},
    {"type", TSL__NAME, FEATURE(type), type_name},
    {"level", TSL__TEXT, FEATURE(level), NULL},
    {"rest", TSL__BOOL, FEATURE(rest), NULL},
    {"window_days", TSL__INT, FEATURE(window_days), NULL},
    {"low", TSL__DOUBLE, FEATURE(bins.low), NULL},
    {"high", TSL__DOUBLE, FEATURE(bins.high), NULL},
    {"missing", TSL__DOUBLE, FEATURE(bins.missing), NULL},
    {"bins", TSL__SIZE, FEATURE(bins.count), NULL},
};

/* <group>/columns: one entry a vector column */
static const tsl__field column_field[] = {
    {"name", TSL__TEXT, COLUMN(name), NULL},
    {"feature", TSL__SIZE, COLUMN(feature), NULL},
    {"indicator", TSL__BOOL, COLUMN(indicator), NULL},
    {"transform", TSL__NAME, COLUMN(transform), tsl__transform_namer},
    {"low", TSL__DOUBLE, COLUMN(low), NULL},
    {"high", TSL__DOUBLE, COLUMN(high), NULL},
    {"center", TSL__DOUBLE, COLUMN(center), NULL},
    {"scale", TSL__DOUBLE, COLUMN(scale), NULL},
    {"fill", TSL__DOUBLE, COLUMN(fill), NULL},
    {"group", TSL__NAME, COLUMN(group), tsl__group_namer},
    {"extra", TSL__BOOL, COLUMN(extra), NULL},
    {"weight", TSL__DOUBLE, COLUMN(weight), NULL},
    {"unit", TSL__DOUBLE, COLUMN(unit), NULL},
    {"part", TSL__NAME, COLUMN(part), part_name},
    {"added", TSL__BOOL, COLUMN(added), NULL},
};

/* <group>/apart: one entry a class of customers who are set apart */
static const tsl__field class_field[] = {
    {"code", TSL__TEXT, offsetof(tsl_class, code), NULL},
    {"purchase_days", TSL__DOUBLE, offsetof(tsl_class, purchase_days), NULL},
    {"recency_low", TSL__DOUBLE, offsetof(tsl_class, recency_low), NULL},
    {"recency_high", TSL__DOUBLE, offsetof(tsl_class, recency_high), NULL},
    {"total_low", TSL__DOUBLE, offsetof(tsl_class, total_low), NULL},
    {"total_high", TSL__DOUBLE, offsetof(tsl_class, total_high), NULL},
};

/* <group>/lines: one entry a line of the user's own; not there without one */
#define LINE(member) offsetof(tsl_feature_line, member)
static const tsl__field line_field[] = {
    {"name", TSL__TEXT, LINE(name), NULL},           {"group", TSL__TEXT, LINE(group), NULL},
    {"unit", TSL__TEXT, LINE(unit), NULL},           {"level", TSL__TEXT, LINE(level), NULL},
    {"aggregate", TSL__TEXT, LINE(aggregate), NULL}, {"source", TSL__TEXT, LINE(source), NULL},
    {"filter", TSL__TEXT, LINE(filter), NULL},       {"window", TSL__TEXT, LINE(window), NULL},
    {"transform", TSL__TEXT, LINE(transform), NULL}, {"definition", TSL__TEXT, LINE(definition), NULL},
    {"profile", TSL__BOOL, LINE(profile), NULL},
};

/* <group>/constants: scalars */
static const tsl__field constant_field[] = {
    {"customers", TSL__UINT64, RECIPE(customers), NULL},
    {"decimals", TSL__INT, RECIPE(decimals), NULL},
    {"median_purchase", TSL__DOUBLE, RECIPE(median_purchase), NULL},
    {"has_rfm", TSL__BOOL, RECIPE(has_rfm), NULL},
    {"plain", TSL__BOOL, RECIPE(plain), NULL},
    {"basis", TSL__NAME, RECIPE(basis), basis_name},
    {"apart", TSL__NAME, RECIPE(apart), apart_name},
    {"gap_days", TSL__DOUBLE, RECIPE(gap_days), NULL},
};

/* <group>/settings: scalars */
static const tsl__field setting_field[] = {
    {"scale", TSL__NAME, SETTING(scale), scale_name},
    {"winsor_low", TSL__DOUBLE, SETTING(winsor_low), NULL},
    {"winsor_high", TSL__DOUBLE, SETTING(winsor_high), NULL},
    {"weight_demographic", TSL__DOUBLE, SETTING(weight[TSL_DEMOGRAPHIC]), NULL},
    {"weight_behavioral", TSL__DOUBLE, SETTING(weight[TSL_BEHAVIORAL]), NULL},
    {"weight_value", TSL__DOUBLE, SETTING(weight[TSL_VALUE]), NULL},
    {"max_categories", TSL__INT, SETTING(max_categories), NULL},
    {"max_shares", TSL__INT, SETTING(max_shares), NULL},
    {"missing_share", TSL__DOUBLE, SETTING(missing_share), NULL},
};

/* <group>/reading: texts; "" where there was no such table */
static const char *const reading_name[TSL_TABLE_KINDS] = {[TSL_CUSTOMERS] = "reading/customers",
                                                          [TSL_TRANSACTIONS] = "reading/transactions",
                                                          [TSL_INTERACTIONS] = "reading/interactions"};

/* <group>/known: values that the fit saw, and the feature that each belongs to */
typedef struct known {
    size_t feature;
    char *value;
} known;

static const tsl__field known_field[] = {
    {"feature", TSL__SIZE, offsetof(known, feature), NULL},
    {"value", TSL__TEXT, offsetof(known, value), NULL},
};

/* <group>/knots: one entry a knot, and the column that each belongs to; not there without one */
typedef struct knot {
    size_t column;
    double value, score;
} knot;

static const tsl__field knot_field[] = {
    {"column", TSL__SIZE, offsetof(knot, column), NULL},
    {"value", TSL__DOUBLE, offsetof(knot, value), NULL},
    {"score", TSL__DOUBLE, offsetof(knot, score), NULL},
};

/* <group>/correlated: one entry a pair of columns; not there without one */
static const tsl__field correlated_field[] = {
    {"a", TSL__SIZE, offsetof(tsl_correlated, a), NULL},
    {"b", TSL__SIZE, offsetof(tsl_correlated, b), NULL},
    {"r", TSL__DOUBLE, offsetof(tsl_correlated, r), NULL},
};

/* "<group>/<name>" into out. */
static const char *path_of(char out[96], const char *group, const char *name)
{
    snprintf(out, 96, "%s/%s", group, name);
    return out;
}

/* ---- Writing ------------------------------------------------------------------- */

static void put_known(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[96];
    size_t count = 0, at = 0;
    for (size_t f = 0; f < recipe->feature_count; f++) {
        count += recipe->feature[f].known_count;
    }
    known *all = tsl__alloc(count, sizeof *all);
    if (!all) {
        tsl__store_fail_nomem(store);
        return;
    }
    for (size_t f = 0; f < recipe->feature_count; f++) {
        for (size_t i = 0; i < recipe->feature[f].known_count; i++) {
            all[at++] = (known){f, recipe->feature[f].known[i]};
        }
    }
    tsl__store_put_dict(store, path_of(path, group, "known"));
    tsl__store_put_records(store, path, known_field, COUNT(known_field), all, count, sizeof *all);
    free(all);
}

/* Cuts and shares of all features, one row each. */
static void put_bins(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[96];
    size_t count = recipe->feature_count;
    double *cut = tsl__alloc(2 * count, sizeof(double[TSL_BINS_MAX])), *share = cut ? cut + count * TSL_BINS_MAX : NULL;
    if (!cut) {
        tsl__store_fail_nomem(store);
        return;
    }
    for (size_t f = 0; f < count; f++) {
        memcpy(cut + f * TSL_BINS_MAX, recipe->feature[f].bins.cut, sizeof recipe->feature[f].bins.cut);
        memcpy(share + f * TSL_BINS_MAX, recipe->feature[f].bins.share, sizeof recipe->feature[f].bins.share);
    }
    tsl__store_put_array(store, path_of(path, group, "bin_cuts"), TSL__DOUBLE, cut, count, TSL_BINS_MAX);
    tsl__store_put_array(store, path_of(path, group, "bin_shares"), TSL__DOUBLE, share, count, TSL_BINS_MAX);
    free(cut);
}

/* <group>/silences: customers by habit and span; not there where nobody is counted */
static void put_silences(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[96];
    if (!tsl__silences_are_empty(&recipe->silences)) {
        tsl__store_put_dict(store, path_of(path, group, "silences"));
        tsl__store_put_array(store, path_of(path, group, "silences/seen"), TSL__UINT64, recipe->silences.seen,
                             TSL_SILENCE_HABITS, TSL_SILENCE_SPANS);
        tsl__store_put_array(store, path_of(path, group, "silences/back"), TSL__UINT64, recipe->silences.back,
                             TSL_SILENCE_HABITS, TSL_SILENCE_SPANS);
    }
}

/* "<group>/pools/<group of features>/<name>" into out; "": without the last part. */
static const char *pool_path_of(char out[160], const char *group, int of, const char *name)
{
    snprintf(out, 160, "%s/pools/%s%s%s", group, tsl_group_get_name((tsl_group)of), *name ? "/" : "", name);
    return out;
}

/* <group>/pools: groups whose columns have components; not there without one */
static void put_pools(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[160];
    int any = 0;
    for (int g = 0; g < TSL_GROUPS; g++) {
        const tsl_pool *pool = &recipe->pool[g];
        if (pool->count == 0) {
            continue;
        }
        if (!any++) {
            tsl__store_put_dict(store, path_of(path, group, "pools"));
            tsl__store_put_column(store, path_of(path, group, "settings/pca"), TSL__DOUBLE, recipe->settings.pca,
                                  TSL_GROUPS);
        }
        tsl__store_put_dict(store, pool_path_of(path, group, g, ""));
        tsl__store_put_number(store, pool_path_of(path, group, g, "first"), (int64_t)pool->first);
        tsl__store_put_column(store, pool_path_of(path, group, g, "column"), TSL__SIZE, pool->column, pool->count);
        tsl__store_put_column(store, pool_path_of(path, group, g, "mean"), TSL__DOUBLE, pool->mean, pool->count);
        tsl__store_put_column(store, pool_path_of(path, group, g, "sd"), TSL__DOUBLE, pool->sd, pool->count);
        tsl__store_put_column(store, pool_path_of(path, group, g, "variance"), TSL__DOUBLE, pool->variance,
                              pool->components);
        tsl__store_put_array(store, pool_path_of(path, group, g, "loading"), TSL__DOUBLE, pool->loading,
                             pool->components, pool->count);
    }
}

static void put_knots(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[96];
    size_t count = 0, at = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        count += recipe->column[c].knot_count;
    }
    knot *all = count ? tsl__alloc(count, sizeof *all) : NULL;
    if (!all) {
        if (count) {
            tsl__store_fail_nomem(store);
        }
        return;
    }
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *of = &recipe->column[c];
        for (size_t i = 0; i < of->knot_count; i++) {
            all[at++] = (knot){c, of->knot[i], of->knot[of->knot_count + i]};
        }
    }
    tsl__store_put_dict(store, path_of(path, group, "knots"));
    tsl__store_put_records(store, path, knot_field, COUNT(knot_field), all, count, sizeof *all);
    free(all);
}

void tsl__recipe_put(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[96];
    tsl__store_put_dict(store, group);
    tsl__store_put_dict(store, path_of(path, group, "features"));
    tsl__store_put_records(store, path, feature_field, COUNT(feature_field), recipe->feature, recipe->feature_count,
                           sizeof *recipe->feature);
    put_bins(store, group, recipe);
    put_known(store, group, recipe);
    tsl__store_put_dict(store, path_of(path, group, "columns"));
    tsl__store_put_records(store, path, column_field, COUNT(column_field), recipe->column, recipe->column_count,
                           sizeof *recipe->column);
    put_knots(store, group, recipe);
    tsl__store_put_dict(store, path_of(path, group, "apart"));
    tsl__store_put_records(store, path, class_field, COUNT(class_field), recipe->classes, recipe->class_count,
                           sizeof *recipe->classes);
    tsl__store_put_dict(store, path_of(path, group, "constants"));
    tsl__store_put_records(store, path, constant_field, COUNT(constant_field), recipe, TSL__SCALAR, sizeof *recipe);
    tsl__store_put_number(store, path_of(path, group, "constants/tables"), recipe->tables);
    tsl__derived_write(store, group, recipe);
    tsl__store_put_dict(store, path_of(path, group, "settings"));
    tsl__store_put_records(store, path, setting_field, COUNT(setting_field), recipe, TSL__SCALAR, sizeof *recipe);
    tsl__store_put_dict(store, path_of(path, group, "reading"));
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const char *reading = recipe->reading[kind];
        tsl__store_put_text(store, path_of(path, group, reading_name[kind]), reading ? reading : "");
    }
    if (recipe->settings.returns != TSL_RETURNS_NET) {
        tsl__store_put_text(store, path_of(path, group, "returns"), tsl_returns_get_name(recipe->settings.returns));
    }
    if (recipe->settings.events != TSL_EVENTS_PURCHASES) {
        tsl__store_put_text(store, path_of(path, group, "events"), tsl_events_get_name(recipe->settings.events));
    }
    if (recipe->weight) {
        tsl__store_put_text(store, path_of(path, group, "weight"), recipe->weight);
    }
    if (*recipe->pseudonyms) {
        tsl__store_put_text(store, path_of(path, group, "pseudonyms"), recipe->pseudonyms);
    }
    if (recipe->line_count) {
        tsl__store_put_dict(store, path_of(path, group, "lines"));
        tsl__store_put_records(store, path, line_field, COUNT(line_field), recipe->line, recipe->line_count,
                               sizeof *recipe->line);
    }
    put_pools(store, group, recipe);
    put_silences(store, group, recipe);
    if (recipe->correlated_count) {
        tsl__store_put_dict(store, path_of(path, group, "correlated"));
        tsl__store_put_records(store, path, correlated_field, COUNT(correlated_field), recipe->correlated,
                               recipe->correlated_count, sizeof *recipe->correlated);
    }
}

/* ---- Reading -------------------------------------------------------------------- */

static void get_bins(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96];
    size_t count = recipe->feature_count;
    double *cut = tsl__store_get_array(store, path_of(path, group, "bin_cuts"), TSL__DOUBLE, count, TSL_BINS_MAX);
    double *share = tsl__store_get_array(store, path_of(path, group, "bin_shares"), TSL__DOUBLE, count, TSL_BINS_MAX);
    for (size_t f = 0; f < count && cut && share; f++) {
        memcpy(recipe->feature[f].bins.cut, cut + f * TSL_BINS_MAX, sizeof recipe->feature[f].bins.cut);
        memcpy(recipe->feature[f].bins.share, share + f * TSL_BINS_MAX, sizeof recipe->feature[f].bins.share);
    }
    free(cut);
    free(share);
}

/* The values move to their features, which stand in rising order. */
static void take_known(tsl__store *store, const char *path, tsl_recipe *recipe, known *all, size_t count)
{
    for (size_t begin = 0, end; begin < count && !tsl__store_failed(store); begin = end) {
        size_t f = all[begin].feature;
        for (end = begin; end < count && all[end].feature == f; end++) {
        }
        if (f >= recipe->feature_count || recipe->feature[f].known) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "entry %zu is of a feature that is not there, or out of order",
                            begin + 1);
            return;
        }
        tsl_feature *feature = &recipe->feature[f];
        feature->known = tsl__alloc_zero(end - begin, sizeof *feature->known);
        if (!feature->known) {
            tsl__store_fail_nomem(store);
            return;
        }
        for (size_t i = begin; i < end; i++) {
            feature->known[feature->known_count++] = all[i].value;
            all[i].value = NULL;
        }
    }
}

static void get_known(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96], member[96];
    tsl__store_check_dict(store, path_of(path, group, "known"));
    size_t count = tsl__store_get_shape(store, path_of(member, group, "known/feature")).rows;
    known *all = tsl__alloc_zero(count, sizeof *all);
    if (!all) {
        tsl__store_fail_nomem(store);
        return;
    }
    tsl__store_get_records(store, path, known_field, COUNT(known_field), all, count, sizeof *all);
    if (!tsl__store_failed(store)) {
        take_known(store, path, recipe, all, count);
    }
    for (size_t i = 0; i < count; i++) {
        free(all[i].value);
    }
    free(all);
}

/* Values rise, scores do not fall, and all are finite. */
static int are_knots(const knot *of, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(of[i].value) || !isfinite(of[i].score) ||
            (i > 0 && (of[i].value <= of[i - 1].value || of[i].score < of[i - 1].score))) {
            return 0;
        }
    }
    return 1;
}

/* The knots move to their columns, which stand in rising order. */
static void take_knots(tsl__store *store, const char *path, tsl_recipe *recipe, const knot *all, size_t count)
{
    for (size_t begin = 0, end; begin < count && !tsl__store_failed(store); begin = end) {
        const size_t c = all[begin].column;
        for (end = begin; end < count && all[end].column == c; end++) {
        }
        if (c >= recipe->column_count || recipe->column[c].knot || end - begin > TSL_KNOTS_MAX ||
            !are_knots(all + begin, end - begin)) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "entry %zu begins knots that cannot be", begin + 1);
            return;
        }
        tsl_vector_column *of = &recipe->column[c];
        of->knot = tsl__alloc(2 * (end - begin), sizeof *of->knot);
        if (!of->knot) {
            tsl__store_fail_nomem(store);
            return;
        }
        of->knot_count = end - begin;
        for (size_t i = 0; i < of->knot_count; i++) {
            of->knot[i] = all[begin + i].value;
            of->knot[of->knot_count + i] = all[begin + i].score;
        }
    }
}

static void get_knots(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96], member[96];
    if (!tsl__store_has(store, path_of(path, group, "knots"))) {
        return;
    }
    tsl__store_check_dict(store, path);
    const size_t count = tsl__store_get_shape(store, path_of(member, group, "knots/column")).rows;
    knot *all = tsl__alloc_zero(count, sizeof *all);
    if (!all) {
        tsl__store_fail_nomem(store);
        return;
    }
    tsl__store_get_records(store, path, knot_field, COUNT(knot_field), all, count, sizeof *all);
    if (!tsl__store_failed(store)) {
        take_knots(store, path, recipe, all, count);
    }
    free(all);
}

static int is_rising(const double *x, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(x[i]) || (i > 0 && x[i] <= x[i - 1])) {
            return 0;
        }
    }
    return 1;
}

static int is_share(double x)
{
    return x >= 0 && x <= 1;
}

static int are_sound(const tsl_bins *b)
{
    int sound = is_share(b->missing) && (b->low <= b->high || (b->count == 0 && isnan(b->low) && isnan(b->high)));
    for (size_t i = 0; i < b->count && sound; i++) {
        sound = is_share(b->share[i]);
    }
    return sound;
}

/* What an apply relies on, in whatever a file says. */
static void check_features(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    for (size_t f = 0; f < recipe->feature_count && !tsl__store_failed(store); f++) {
        const tsl_feature *feature = &recipe->feature[f];
        const tsl_bins *b = &feature->bins;
        int category = feature->type == TSL_TYPE_CATEGORY;
        if (b->count > TSL_BINS_MAX || (b->count && !is_rising(b->cut, b->count - 1))) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "feature %zu has bins that do not rise", f + 1);
        } else if (!are_sound(b)) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "feature %zu has bins that cannot be", f + 1);
        } else if (!feature->entry[0] && (feature->form == TSL_FORM_VALUE) != category) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "feature %zu counts a value of what is no category", f + 1);
        } else if (f > 0 && feature->block < recipe->feature[f - 1].block) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "feature %zu stands apart from its block", f + 1);
        }
    }
}

static int is_sound(const tsl_vector_column *c)
{
    return c->low <= c->high && isfinite(c->center) && isfinite(c->scale) && c->scale > 0 && isfinite(c->fill) &&
           isfinite(c->weight) && c->weight >= 0 && isfinite(c->unit) && c->unit > 0;
}

static void check_columns(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    for (size_t c = 0; c < recipe->column_count && !tsl__store_failed(store); c++) {
        const tsl_vector_column *column = &recipe->column[c], *last = c ? column - 1 : NULL;
        if (column->feature >= recipe->feature_count) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "column %zu is of a feature that is not there", c + 1);
        } else if (!is_sound(column)) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "column %zu cannot be applied", c + 1);
        } else if (last && (last->extra > column->extra || (!column->extra && last->group > column->group))) {
            tsl__store_fail(store, TSL_E_FORMAT, group, "column %zu is out of order", c + 1);
        }
    }
}

static void check_constants(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    int sound = recipe->tables < 1u << TSL_TABLE_KINDS && recipe->decimals >= 0 &&
                recipe->decimals <= TSL_DECIMAL_PLACES && recipe->median_purchase >= 0 &&
                isfinite(recipe->median_purchase) && !(recipe->gap_days < 0) && recipe->gap_days != INFINITY;
    if (tsl__store_failed(store)) {
        return;
    }
    const char *fault = tsl__derived_find_fault(recipe);
    if (!sound || tsl_feature_check(&recipe->settings, NULL) != TSL_OK) {
        tsl__store_fail(store, TSL_E_FORMAT, group, "holds constants that cannot be");
    } else if (fault) {
        tsl__store_fail(store, TSL_E_FORMAT, group, "%s", fault);
    } else if (!tsl__apart_is_sound(recipe)) {
        tsl__store_fail(store, TSL_E_FORMAT, group, "sets customers apart by limits that cannot be");
    } else if (recipe->basis == TSL_BASIS_CORE && !tsl__core_is_there(recipe)) {
        tsl__store_fail(store, TSL_E_FORMAT, group, "lacks the features of its basis");
    } else if (!tsl__numeric_is_sound(recipe)) {
        tsl__store_fail(store, TSL_E_FORMAT, group, "has columns whose parts in its basis cannot be");
    } else if (recipe->weight && tsl__recipe_find(recipe, recipe->weight) == recipe->feature_count) {
        tsl__store_fail(store, TSL_E_FORMAT, group, "is weighted by a feature that is not there");
    }
}

static void get_classes(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96], member[96];
    const size_t count = tsl__store_get_shape(store, path_of(member, group, "apart/code")).rows;
    tsl__store_check_dict(store, path_of(path, group, "apart"));
    if (count > TSL_CLASSES_MAX) {
        tsl__store_fail(store, TSL_E_FORMAT, path, "has %zu classes; there are no more than %d", count,
                        TSL_CLASSES_MAX);
        return;
    }
    recipe->class_count = count;
    tsl__store_get_records(store, path, class_field, COUNT(class_field), recipe->classes, count,
                           sizeof *recipe->classes);
}

/* A text that the next table could not be read by is refused here already. */
static void get_reading(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96];
    tsl__store_check_dict(store, path_of(path, group, "reading"));
    for (int kind = 0; kind < TSL_TABLE_KINDS && !tsl__store_failed(store); kind++) {
        char *reading = tsl__store_get_text(store, path_of(path, group, reading_name[kind]));
        tsl_table_options opt;
        tsl_error why;
        TSL_DEFAULTS(table, &opt);
        opt.like = reading;
        if (reading && !*reading) {
            free(reading);
            continue;
        }
        recipe->reading[kind] = reading;
        if (reading && tsl_table_check(&opt, &why) != TSL_OK) {
            tsl__store_fail(store, why.status == TSL_E_NOMEM ? TSL_E_NOMEM : TSL_E_FORMAT, path, "%s", why.message);
        }
    }
}

/* The key of the ids, where they are pseudonyms. */
static void get_pseudonyms(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96];
    if (!tsl__store_has(store, path_of(path, group, "pseudonyms"))) {
        return;
    }
    char *text = tsl__store_get_text(store, path);
    if (text && strlen(text) != TSL_FINGERPRINT_CHARS) {
        tsl__store_fail(store, TSL_E_FORMAT, path, "is no fingerprint of a key");
    } else if (text) {
        memcpy(recipe->pseudonyms, text, sizeof recipe->pseudonyms);
    }
    free(text);
}

/* Lines that cannot be counted are refused here already. */
static void get_lines(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96], member[96];
    if (!tsl__store_has(store, path_of(path, group, "lines"))) {
        return;
    }
    tsl__store_check_dict(store, path);
    const size_t count = tsl__store_get_shape(store, path_of(member, group, "lines/name")).rows;
    recipe->line = tsl__alloc_zero(count, sizeof *recipe->line);
    if (!recipe->line) {
        tsl__store_fail_nomem(store);
        return;
    }
    recipe->line_count = count;
    tsl__store_get_records(store, path, line_field, COUNT(line_field), recipe->line, count, sizeof *recipe->line);
    tsl_error why;
    if (!tsl__store_failed(store) && tsl__lines_check(recipe->line, count, &why) != TSL_OK) {
        tsl__store_fail(store, why.status == TSL_E_NOMEM ? TSL_E_NOMEM : TSL_E_FORMAT, path, "%s", why.message);
    }
}

static int are_finite(const double *x, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(x[i])) {
            return 0;
        }
    }
    return 1;
}

/* Whether a pool is one of this group's columns in vectors, with components behind all columns. */
static int is_pool(const tsl_recipe *recipe, int g)
{
    const tsl_pool *pool = &recipe->pool[g];
    const size_t p = pool->count, k = pool->components;
    int sound = k >= 1 && k <= p && pool->first <= recipe->column_count && k <= recipe->column_count - pool->first &&
                are_finite(pool->mean, p) && are_finite(pool->sd, p) && are_finite(pool->loading, k * p) &&
                are_finite(pool->variance, k);
    for (size_t j = 0; j < p && sound; j++) {
        const size_t c = pool->column[j];
        sound = c < recipe->column_count && (j == 0 || c > pool->column[j - 1]) && !recipe->column[c].extra &&
                (int)recipe->column[c].group == g && recipe->column[c].weight == 0 && pool->sd[j] > 0;
    }
    for (size_t i = 0; i < k && sound; i++) {
        const tsl_vector_column *column = &recipe->column[pool->first + i];
        sound = column->extra && (int)column->group == g && !column->indicator && !column->component;
    }
    return sound;
}

/* The pool's columns know of it. */
static void mark_pool(tsl_recipe *recipe, const tsl_pool *pool)
{
    for (size_t j = 0; j < pool->count; j++) {
        recipe->column[pool->column[j]].pooled = 1;
    }
    for (size_t i = 0; i < pool->components; i++) {
        recipe->column[pool->first + i].component = (int)i + 1;
    }
}

static void get_pool(tsl__store *store, const char *group, int g, tsl_recipe *recipe)
{
    char path[160];
    tsl_pool *pool = &recipe->pool[g];
    tsl__store_check_dict(store, pool_path_of(path, group, g, ""));
    const size_t p = tsl__store_get_shape(store, pool_path_of(path, group, g, "column")).rows;
    const size_t k = tsl__store_get_shape(store, pool_path_of(path, group, g, "variance")).rows;
    pool->first = (size_t)tsl__store_get_number(store, pool_path_of(path, group, g, "first"));
    pool->column = tsl__store_get_column(store, pool_path_of(path, group, g, "column"), TSL__SIZE, p);
    pool->mean = tsl__store_get_column(store, pool_path_of(path, group, g, "mean"), TSL__DOUBLE, p);
    pool->sd = tsl__store_get_column(store, pool_path_of(path, group, g, "sd"), TSL__DOUBLE, p);
    pool->variance = tsl__store_get_column(store, pool_path_of(path, group, g, "variance"), TSL__DOUBLE, k);
    pool->loading = tsl__store_get_array(store, pool_path_of(path, group, g, "loading"), TSL__DOUBLE, k, p);
    if (tsl__store_failed(store)) {
        return;
    }
    pool->count = p;
    pool->components = k;
    if (!is_pool(recipe, g)) {
        tsl__store_fail(store, TSL_E_FORMAT, pool_path_of(path, group, g, ""), "holds components that cannot be");
        return;
    }
    mark_pool(recipe, pool);
}

static void get_pools(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[160];
    size_t components = 0;
    if (tsl__store_failed(store) || !tsl__store_has(store, path_of(path, group, "pools"))) {
        return;
    }
    tsl__store_check_dict(store, path);
    for (int g = 0; g < TSL_GROUPS; g++) {
        if (tsl__store_has(store, pool_path_of(path, group, g, ""))) {
            get_pool(store, group, g, recipe);
        }
        components += recipe->pool[g].components;
    }
    double *asked = tsl__store_get_column(store, path_of(path, group, "settings/pca"), TSL__DOUBLE, TSL_GROUPS);
    if (asked) {
        memcpy(recipe->settings.pca, asked, sizeof recipe->settings.pca);
    }
    free(asked);
    for (size_t c = 0; c < recipe->column_count && !tsl__store_failed(store); c++) {
        if (recipe->column[c].component && c + components < recipe->column_count) {
            tsl__store_fail(store, TSL_E_FORMAT, path_of(path, group, "pools"), "has components before other columns");
        }
    }
}

static void get_silences(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96], member[96];
    if (!tsl__store_has(store, path_of(path, group, "silences"))) {
        return;
    }
    tsl__store_check_dict(store, path);
    uint64_t *seen = tsl__store_get_array(store, path_of(member, group, "silences/seen"), TSL__UINT64,
                                          TSL_SILENCE_HABITS, TSL_SILENCE_SPANS);
    uint64_t *back = tsl__store_get_array(store, path_of(member, group, "silences/back"), TSL__UINT64,
                                          TSL_SILENCE_HABITS, TSL_SILENCE_SPANS);
    if (seen && back) {
        memcpy(recipe->silences.seen, seen, sizeof recipe->silences.seen);
        memcpy(recipe->silences.back, back, sizeof recipe->silences.back);
    }
    for (size_t i = 0; seen && back && i < (size_t)TSL_SILENCE_HABITS * TSL_SILENCE_SPANS; i++) {
        if (back[i] > seen[i] || seen[i] > recipe->customers) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "counts customers that cannot be");
        }
    }
    free(seen);
    free(back);
}

static void get_correlated(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96], member[96];
    if (!tsl__store_has(store, path_of(path, group, "correlated"))) {
        return;
    }
    tsl__store_check_dict(store, path);
    const size_t count = tsl__store_get_shape(store, path_of(member, group, "correlated/a")).rows;
    recipe->correlated = tsl__alloc_zero(count, sizeof *recipe->correlated);
    if (!recipe->correlated) {
        tsl__store_fail_nomem(store);
        return;
    }
    recipe->correlated_count = count;
    tsl__store_get_records(store, path, correlated_field, COUNT(correlated_field), recipe->correlated, count,
                           sizeof *recipe->correlated);
    for (size_t p = 0; p < count && !tsl__store_failed(store); p++) {
        const tsl_correlated *pair = &recipe->correlated[p];
        if (!(pair->a < pair->b) || pair->b >= recipe->column_count || !(fabs(pair->r) >= TSL_CORRELATED) ||
            fabs(pair->r) > 1) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "entry %zu is of no two columns, or no correlation", p + 1);
        }
    }
}

/* A setting of two values, of which the second alone is written: 0 where it is not there, 1 where it is; any other is
 * refused. */
static int get_other(tsl__store *store, const char *path, const char *other)
{
    if (!tsl__store_has(store, path)) {
        return 0;
    }
    char *text = tsl__store_get_text(store, path);
    const int value = text && strcmp(text, other) == 0 ? 1 : -1;
    free(text);
    return value;
}

static void get_parts(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[96];
    tsl__store_check_dict(store, group);
    tsl__store_check_dict(store, path_of(path, group, "features"));
    tsl__store_get_records(store, path, feature_field, COUNT(feature_field), recipe->feature, recipe->feature_count,
                           sizeof *recipe->feature);
    get_bins(store, group, recipe);
    get_known(store, group, recipe);
    tsl__store_check_dict(store, path_of(path, group, "columns"));
    tsl__store_get_records(store, path, column_field, COUNT(column_field), recipe->column, recipe->column_count,
                           sizeof *recipe->column);
    get_knots(store, group, recipe);
    get_classes(store, group, recipe);
    tsl__store_check_dict(store, path_of(path, group, "constants"));
    tsl__store_get_records(store, path, constant_field, COUNT(constant_field), recipe, TSL__SCALAR, sizeof *recipe);
    recipe->tables = (unsigned)tsl__store_get_number(store, path_of(path, group, "constants/tables"));
    tsl__derived_read(store, group, recipe);
    tsl__store_check_dict(store, path_of(path, group, "settings"));
    tsl__store_get_records(store, path, setting_field, COUNT(setting_field), recipe, TSL__SCALAR, sizeof *recipe);
    recipe->settings.size = sizeof recipe->settings;
    get_reading(store, group, recipe);
    get_pseudonyms(store, group, recipe);
    get_lines(store, group, recipe);
    get_pools(store, group, recipe);
    get_correlated(store, group, recipe);
    recipe->settings.returns =
        (tsl_returns)get_other(store, path_of(path, group, "returns"), tsl_returns_get_name(TSL_RETURNS_MATCHED));
    recipe->settings.events =
        (tsl_events)get_other(store, path_of(path, group, "events"), tsl_events_get_name(TSL_EVENTS_ALL));
    get_silences(store, group, recipe);
    if (tsl__store_has(store, path_of(path, group, "weight"))) {
        recipe->weight = tsl__store_get_text(store, path);
    }
}

tsl_recipe *tsl__recipe_get(tsl__store *store, const char *group)
{
    char path[96];
    tsl_recipe *recipe = tsl__alloc_zero(1, sizeof *recipe);
    size_t features = tsl__store_get_shape(store, path_of(path, group, "features/name")).rows;
    size_t columns = tsl__store_get_shape(store, path_of(path, group, "columns/name")).rows;
    if (recipe) {
        recipe->feature = tsl__alloc_zero(features, sizeof *recipe->feature);
        recipe->column = tsl__alloc_zero(columns, sizeof *recipe->column);
    }
    if (!recipe || !recipe->feature || !recipe->column) {
        tsl__store_fail_nomem(store);
        tsl_recipe_free(recipe);
        return NULL;
    }
    recipe->feature_count = features;
    recipe->column_count = columns;
    get_parts(store, group, recipe);
    check_features(store, group, recipe);
    check_columns(store, group, recipe);
    check_constants(store, group, recipe);
    if (tsl__store_failed(store)) {
        tsl_recipe_free(recipe);
        return NULL;
    }
    return recipe;
}
