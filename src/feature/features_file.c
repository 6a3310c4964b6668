/* features_file.c: features <-> features.h5, an AnnData file (docs/formats.md). */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/basis/apart.h"
#include "feature/columns/normalise.h"
#include "feature/features.h"
#include "feature/recipe_file.h"
#include "feature/shelves.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const tsl__store_kind tsl__features_kind = {"features", 2, "anndata", "0.1.0", 2};

/* ---- What the file holds of each struct ---- */

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* Columns of /var; the first is its index. */
static const tsl__field feature_field[] = {
    {"name", TSL__TEXT, offsetof(tsl_feature, name), NULL},
    {"group", TSL__NAME, offsetof(tsl_feature, group), tsl__group_namer},
    {"unit", TSL__TEXT, offsetof(tsl_feature, unit), NULL},
    {"definition", TSL__TEXT, offsetof(tsl_feature, definition), NULL},
    {"form", TSL__NAME, offsetof(tsl_feature, form), tsl__form_namer},
    {"profile", TSL__BOOL, offsetof(tsl_feature, profile), NULL},
    {"sensitive", TSL__BOOL, offsetof(tsl_feature, sensitive), NULL},
    {"outcome", TSL__BOOL, offsetof(tsl_feature, outcome), NULL},
    {"transform", TSL__NAME, offsetof(tsl_feature, transform), tsl__transform_namer},
    {"block", TSL__SIZE, offsetof(tsl_feature, block), NULL},
};

/* /uns/tesela/counts: scalars */
static const tsl__field count_field[] = {
    {"customers", TSL__UINT64, offsetof(tsl_feature_info, customers), NULL},
    {"lines", TSL__UINT64, offsetof(tsl_feature_info, lines), NULL},
    {"orders", TSL__UINT64, offsetof(tsl_feature_info, orders), NULL},
    {"purchases", TSL__UINT64, offsetof(tsl_feature_info, purchases), NULL},
    {"customers_with_purchase", TSL__UINT64, offsetof(tsl_feature_info, customers_with_purchase), NULL},
    {"monetary_total", TSL__INT64, offsetof(tsl_feature_info, monetary_total), NULL},
    {"margin_total", TSL__INT64, offsetof(tsl_feature_info, margin_total), NULL},
    {"purchase_total", TSL__INT64, offsetof(tsl_feature_info, purchase_total), NULL},
    {"unseen_values", TSL__UINT64, offsetof(tsl_feature_info, unseen), NULL},
};

static const char *const history_column[TSL_HISTORY_COLUMNS] = {"x",        "t_x",        "T",       "spend_mean",
                                                                "gap_last", "gap_median", "gap_p90", "gap_max"};

/* A category, with the name that it has in /obs. */
typedef struct member {
    char *name, *column;
} member;

static const tsl__field member_field[] = {
    {"name", TSL__TEXT, offsetof(member, name), NULL},
    {"column", TSL__TEXT, offsetof(member, column), NULL},
};

static void free_members(member *members, size_t count)
{
    for (size_t i = 0; members && i < count; i++) {
        free(members[i].name);
        free(members[i].column);
    }
    free(members);
}

/* "obsm/demographic" and the like. */
static const char *path_of(char out[64], const char *folder, int group)
{
    snprintf(out, 64, "%s/%s", folder, tsl_group_get_name((tsl_group)group));
    return out;
}

/* AnnData wants them all, empty or not. */
static const char *const dict[] = {"layers", "obsm", "obsp", "varm", "varp", "uns", "uns/tesela"};

/* ---- Writing ---- */

/* Whether /obs has this name already: its index, a word of AnnData's, or one
 * of the first `count` members. */
static int is_taken(const char *name, const member *members, size_t count)
{
    static const char *const reserved[] = {"", ".", "_index", "customer_id"};
    int taken = 0;
    for (size_t i = 0; i < COUNT(reserved); i++) {
        taken |= strcmp(name, reserved[i]) == 0;
    }
    for (size_t i = 0; i < count; i++) {
        taken |= strcmp(name, members[i].column) == 0;
    }
    return taken;
}

/* A name in HDF5 holds no slash, and is unique. */
static char *column_of(const char *name, const member *members, size_t count)
{
    char *base = tsl__strdup(name);
    for (char *at = base; at && (at = strchr(at, '/')); at++) {
        *at = '_';
    }
    char *column = base ? tsl__strdup(base) : NULL;
    for (unsigned number = 2; column && is_taken(column, members, count); number++) {
        free(column);
        column = tsl__format("%s_%u", base, number);
    }
    free(base);
    return column;
}

static member *make_members(const tsl_features *features)
{
    member *members = tsl__alloc_zero(features->category_count, sizeof *members);
    for (size_t i = 0; members && i < features->category_count; i++) {
        members[i].name = tsl__strdup(features->category[i].name);
        members[i].column = column_of(features->category[i].name, members, i);
        if (!members[i].name || !members[i].column) {
            free_members(members, i + 1);
            members = NULL;
        }
    }
    return members;
}

static void put_obs(tsl__store *store, const tsl_features *features)
{
    size_t count = features->category_count;
    member *members = make_members(features);
    const char **column = tsl__alloc(count, sizeof *column);
    if (!members || !column) {
        tsl__store_fail_nomem(store);
        free(column);
        free_members(members, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        column[i] = members[i].column;
    }
    tsl__store_put_frame(store, "obs", "customer_id", column, count);
    tsl__store_put_texts(store, "obs/customer_id", features->id, features->customers, features->id_width);
    for (size_t i = 0; i < count; i++) {
        const tsl_category *category = &features->category[i];
        char *path = tsl__format("obs/%s", column[i]);
        if (path) {
            tsl__store_put_categorical(store, path, category->code, features->customers, category->level,
                                       category->level_count, category->ordered);
        } else {
            tsl__store_fail_nomem(store);
        }
        free(path);
    }
    tsl__store_put_dict(store, "uns/tesela/categories");
    tsl__store_put_records(store, "uns/tesela/categories", member_field, COUNT(member_field), members, count,
                           sizeof *members);
    free(column);
    free_members(members, count);
}

/* put or check the frame /var. */
static void with_var(tsl__store *store,
                     void (*frame)(tsl__store *, const char *, const char *, const char *const *, size_t))
{
    const char *column[COUNT(feature_field)];
    for (size_t i = 1; i < COUNT(feature_field); i++) {
        column[i - 1] = feature_field[i].name;
    }
    frame(store, "var", feature_field[0].name, column, COUNT(feature_field) - 1);
}

static void put_var(tsl__store *store, const tsl_features *features)
{
    with_var(store, tsl__store_put_frame);
    tsl__store_put_records(store, "var", feature_field, COUNT(feature_field), features->feature,
                           features->feature_count, sizeof *features->feature);
}

/* Raw rows of numbers, from wherever they lie. */
static void copy_rows(void *user, size_t begin, size_t end, void *cells)
{
    const tsl__shelf *shelf = user;
    for (size_t i = begin; i < end; i++) {
        memcpy((char *)cells + (i - begin) * shelf->row_bytes, tsl__shelf_get(shelf, i), shelf->row_bytes);
    }
}

/* shelf: where they lie in a temporary file; NULL: they lie in memory. */
static tsl__rows_source source_of_raw(const char *path, const double *values, tsl__shelf *shelf, size_t rows,
                                      size_t cols)
{
    return (tsl__rows_source){.path = path,
                              .kind = TSL__DOUBLE,
                              .rows = rows,
                              .cols = cols,
                              .values = shelf ? NULL : values,
                              .make = shelf ? copy_rows : NULL,
                              .user = shelf};
}

/* A vector whose values are made as they are written. */
typedef struct made_vector {
    const tsl_features *features;
    const tsl_vector *vector;
} made_vector;

static void make_rows(void *user, size_t begin, size_t end, void *cells)
{
    const made_vector *made = user;
    tsl__vectors_fill(made->features, made->vector, begin, end, cells);
}

/* X, vectors and history: nearly all of the file. */
static void put_matrices(tsl__store *store, const tsl_features *features)
{
    tsl__rows_source source[TSL_GROUPS + 2];
    made_vector made[TSL_GROUPS];
    char path[TSL_GROUPS][64];
    size_t count = 0;
    source[count++] = source_of_raw("X", features->x, features->shelves ? &features->shelves->x : NULL,
                                    features->customers, features->feature_count);
    for (int g = 0; g < TSL_GROUPS; g++) {
        const tsl_vector *vector = &features->vector[g];
        made[g] = (made_vector){features, vector};
        source[count++] = (tsl__rows_source){.path = path_of(path[g], "obsm", g),
                                             .kind = TSL__FLOAT,
                                             .rows = features->customers,
                                             .cols = vector->cols,
                                             .values = vector->values,
                                             .make = vector->values ? NULL : make_rows,
                                             .user = &made[g]};
    }
    if (features->history) {
        source[count++] =
            source_of_raw("obsm/history", features->history, features->shelves ? &features->shelves->history : NULL,
                          features->customers, TSL_HISTORY_COLUMNS);
        tsl__store_put_texts(store, "uns/tesela/history_columns", (char *const *)(uintptr_t)history_column,
                             TSL_HISTORY_COLUMNS, 0);
    }
    tsl__store_put_rows(store, source, count);
}

static void put_provenance(tsl__store *store, const tsl_features *features)
{
    char as_of[11] = "";
    if (features->as_of != TSL_NO_DAY) {
        tsl_day_write(features->as_of, as_of);
    }
    tsl__store_put_number(store, "uns/tesela/format_version", tsl__features_kind.version);
    tsl__store_put_text(store, "uns/tesela/program_version", tsl_version_get());
    tsl__store_put_text(store, "uns/tesela/as_of", as_of);
    tsl__store_put_text(store, "uns/tesela/time_zone", features->time_zone ? features->time_zone : "as written");
    tsl__store_put_number(store, "uns/tesela/currency_decimals", features->decimals);
    tsl__store_put_text(store, "uns/tesela/options", features->options ? features->options : "");
    tsl__store_put_dict(store, "uns/tesela/counts");
    tsl__store_put_records(store, "uns/tesela/counts", count_field, COUNT(count_field), &features->info, TSL__SCALAR,
                           sizeof features->info);
    tsl__recipe_put(store, TSL__RECIPE_GROUP, features->recipe);
}

/* One part of the file, into it or out of it. */
typedef void (*part_writer)(tsl__store *store, const tsl_features *features);
typedef void (*part_reader)(tsl__store *store, tsl_features *features);

/* Between parts: whether the work is to end, and how far it is. */
static void tick_parts(tsl__store *store, tsl__ticker *ticker, size_t done, size_t parts)
{
    tsl_progress_event event = {
        .stage = "features", .fraction = (double)done / (double)parts, .best_inertia = (double)NAN};
    if (tsl__tick(ticker, &event, NULL) != TSL_OK) {
        tsl__store_fail(store, TSL_E_CANCELLED, "", "interrupted");
    }
}

static void put_dicts(tsl__store *store, const tsl_features *features)
{
    (void)features;
    for (size_t i = 0; i < COUNT(dict); i++) {
        tsl__store_put_dict(store, dict[i]);
    }
}

tsl_status tsl_features_write(const tsl_features *features, const tsl_target *target, const tsl_exec *exec,
                              tsl_error *err)
{
    static const part_writer parts[] = {put_dicts, put_obs, put_var, put_matrices, put_provenance};
    tsl_status status = TSL_OK;
    tsl__store *store;
    tsl_exec run;
    tsl__error_reset(err);
    if (features->recipe->plain) {
        return tsl__error_set(err, TSL_E_OPTION, "plain numbers make no features file");
    }
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__TRY(tsl__store_create(target, &tsl__features_kind, &store, err));
    tsl__store_set_threads(store, run.threads);
    tsl__ticker ticker = tsl__ticker_open(&run);
    for (size_t p = 0; p < COUNT(parts); p++) {
        parts[p](store, features);
        tick_parts(store, &ticker, p + 1, COUNT(parts));
    }
    status = tsl__store_close(store, err);
done:
    return status;
}

/* ---- Reading ---- */

static void get_obs(tsl__store *store, tsl_features *features)
{
    size_t count = tsl__store_get_shape(store, "uns/tesela/categories/name").rows;
    member *members = tsl__alloc_zero(count, sizeof *members);
    const char **column = tsl__alloc(count, sizeof *column);
    features->category = tsl__alloc_zero(count, sizeof *features->category);
    if (!members || !column || !features->category) {
        tsl__store_fail_nomem(store);
        count = 0;
    }
    tsl__store_get_records(store, "uns/tesela/categories", member_field, COUNT(member_field), members, count,
                           sizeof *members);
    for (size_t i = 0; i < count; i++) {
        column[i] = members[i].column;
    }
    tsl__store_check_frame(store, "obs", "customer_id", column, count);
    for (size_t i = 0; i < count && !tsl__store_failed(store); i++) {
        tsl_category *category = &features->category[features->category_count++];
        char *path = tsl__format("obs/%s", column[i]);
        if (path) {
            tsl__store_get_categorical(store, path, features->customers, &category->code, &category->level,
                                       &category->level_count, &category->ordered);
        } else {
            tsl__store_fail_nomem(store);
        }
        category->name = members[i].name;
        members[i].name = NULL;
        free(path);
    }
    free(column);
    free_members(members, count);
}

static void get_ids(tsl__store *store, tsl_features *features)
{
    tsl__shape shape = tsl__store_get_shape(store, "obs/customer_id");
    char **id = tsl__store_get_texts(store, "obs/customer_id", shape.rows);
    features->id_width = shape.width;
    features->id = id ? tsl__texts_pack((const char *const *)id, shape.rows) : NULL;
    features->customers = features->id ? shape.rows : 0;
    tsl__free_texts(id, shape.rows);
    if (id && !features->id) {
        tsl__store_fail_nomem(store);
    }
    for (size_t i = 1; i < features->customers; i++) {
        if (strcmp(features->id[i - 1], features->id[i]) >= 0) {
            tsl__store_fail(store, TSL_E_FORMAT, "obs/customer_id", "does not rise from row %zu to %zu", i, i + 1);
            return;
        }
    }
}

/* The recipe, with which /var must agree, and the raw matrix. */
static void get_var(tsl__store *store, tsl_features *features)
{
    features->recipe = tsl__recipe_get(store, TSL__RECIPE_GROUP);
    size_t count = features->recipe ? features->recipe->feature_count : 0;
    tsl_feature *var = tsl__alloc_zero(count, sizeof *var);
    if (!features->recipe || !var) {
        tsl__store_fail_nomem(store); /* where nothing else failed */
        free(var);
        return;
    }
    if (features->recipe->plain) {
        tsl__store_fail(store, TSL_E_FORMAT, TSL__RECIPE_GROUP, "is of plain numbers, not of customers");
    }
    features->feature_count = count;
    features->feature = features->recipe->feature;
    with_var(store, tsl__store_check_frame);
    tsl__store_get_records(store, "var", feature_field, COUNT(feature_field), var, count, sizeof *var);
    for (size_t f = 0; f < count; f++) {
        if (!tsl__store_failed(store) && strcmp(var[f].name, features->feature[f].name) != 0) {
            tsl__store_fail(store, TSL_E_FORMAT, "var", "row %zu is not the recipe's", f + 1);
        }
        free(var[f].name);
        free(var[f].unit);
        free(var[f].definition);
    }
    free(var);
    features->x = tsl__store_get_array(store, "X", TSL__DOUBLE, features->customers, count);
}

static void get_vectors(tsl__store *store, tsl_features *features)
{
    char path[64];
    if (tsl__store_failed(store)) {
        return;
    }
    tsl__vectors_set(features);
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl_vector *vector = &features->vector[g];
        vector->values =
            tsl__store_get_array(store, path_of(path, "obsm", g), TSL__FLOAT, features->customers, vector->cols);
    }
}

static void put_no_vectors(tsl__store *store, tsl_features *features)
{
    if (!tsl__store_failed(store)) {
        tsl__vectors_set(features);
    }
}

static void get_history(tsl__store *store, tsl_features *features)
{
    if (!tsl__store_has(store, "obsm/history")) {
        return;
    }
    features->history =
        tsl__store_get_array(store, "obsm/history", TSL__DOUBLE, features->customers, TSL_HISTORY_COLUMNS);
    char **name = tsl__store_get_texts(store, "uns/tesela/history_columns", TSL_HISTORY_COLUMNS);
    for (size_t i = 0; name && i < TSL_HISTORY_COLUMNS; i++) {
        if (strcmp(name[i], history_column[i]) != 0) {
            tsl__store_fail(store, TSL_E_FORMAT, "uns/tesela/history_columns", "\"%s\" stands where \"%s\" should",
                            name[i], history_column[i]);
        }
    }
    tsl__free_texts(name, TSL_HISTORY_COLUMNS);
}

/* Nothing is done with these, but a damaged file is no good file. */
static void check_rest(tsl__store *store, tsl_features *features)
{
    (void)features;
    for (size_t i = 0; i < COUNT(dict); i++) {
        tsl__store_check_dict(store, dict[i]);
    }
    free(tsl__store_get_text(store, "uns/tesela/program_version"));
    tsl__store_get_number(store, "uns/tesela/format_version");
}

static void get_provenance(tsl__store *store, tsl_features *features)
{
    char *as_of = tsl__store_get_text(store, "uns/tesela/as_of");
    int64_t decimals = tsl__store_get_number(store, "uns/tesela/currency_decimals");
    features->options = tsl__store_get_text(store, "uns/tesela/options");
    features->time_zone = tsl__store_get_text(store, "uns/tesela/time_zone");
    features->as_of_from = "";
    tsl__store_get_records(store, "uns/tesela/counts", count_field, COUNT(count_field), &features->info, TSL__SCALAR,
                           sizeof features->info);
    features->as_of = TSL_NO_DAY;
    if (as_of && as_of[0] && tsl_day_read(as_of, &features->as_of, NULL) != TSL_OK) {
        tsl__store_fail(store, TSL_E_FORMAT, "uns/tesela/as_of", "\"%s\" is no day", as_of);
    }
    if (decimals < 0 || decimals > TSL_DECIMAL_PLACES) {
        tsl__store_fail(store, TSL_E_FORMAT, "uns/tesela/currency_decimals", "%lld is not from 0 to %d",
                        (long long)decimals, TSL_DECIMAL_PLACES);
    }
    features->decimals = (int)decimals;
    free(as_of);
}

static tsl_status read_parts(const tsl_source *source, const part_reader *parts, size_t count, const tsl_exec *exec,
                             tsl_features **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__store *store;
    tsl_exec run;
    tsl_features *features = NULL;
    tsl__error_reset(err);
    *out = NULL;
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(features = tsl__alloc_zero(1, sizeof *features));
    TSL__TRY(tsl__store_open(source, &tsl__features_kind, &store, err));
    tsl__ticker ticker = tsl__ticker_open(&run);
    for (size_t p = 0; p < count; p++) {
        parts[p](store, features);
        tick_parts(store, &ticker, p + 1, count);
    }
    TSL__TRY(tsl__store_close(store, err));
    TSL__TRY(tsl__apart_apply(features, err));
    *out = features;
    features = NULL;
done:
    tsl_features_free(features);
    return status;
}

tsl_status tsl_features_read(const tsl_source *source, const tsl_exec *exec, tsl_features **out, tsl_error *err)
{
    static const part_reader parts[] = {get_ids,     get_var,        get_obs,   get_vectors,
                                        get_history, get_provenance, check_rest};
    tsl__error_reset(err);
    return read_parts(source, parts, COUNT(parts), exec, out, err);
}

tsl_status tsl__features_read_lean(const tsl_source *source, const tsl_exec *exec, tsl_features **out, tsl_error *err)
{
    static const part_reader parts[] = {get_ids,     get_var,        get_obs,   put_no_vectors,
                                        get_history, get_provenance, check_rest};
    return read_parts(source, parts, COUNT(parts), exec, out, err);
}
