/* clustering_matrix.c: the matrix that clustering runs on: the recipe's columns
 * of weight over 0, side by side, each multiplied by its weight. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/basis/pca.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"
#include "feature/shelves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* By group, feature, and an indicator behind its feature; components, in their order, behind all others of their group.
 */
static int compare_columns(const void *pa, const void *pb)
{
    const tsl_vector_column *a = pa, *b = pb;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->component || b->component) {
        return a->component - b->component;
    }
    if (a->feature != b->feature) {
        return a->feature < b->feature ? -1 : 1;
    }
    return a->indicator - b->indicator;
}

tsl_status tsl__clustering_columns_get(const tsl_recipe *recipe, tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *m = NULL;
    *out = NULL;
    TSL__NEED(m = tsl__alloc_zero(1, sizeof *m));
    TSL__NEED(m->column = tsl__alloc(recipe->column_count, sizeof *m->column));
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].weight > 0) {
            TSL__TRY(tsl__column_copy(&recipe->column[c], &m->column[m->cols]) ? TSL_OK : tsl__error_nomem(err));
            m->cols++;
        }
    }
    qsort(m->column, m->cols, sizeof *m->column, compare_columns);
    *out = m;
    m = NULL;
done:
    tsl_feature_matrix_free(m);
    return status;
}

/* Room for so many rows. */
static tsl_status open_matrix(const tsl_recipe *recipe, size_t rows, tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__clustering_columns_get(recipe, out, err));
    (*out)->rows = rows;
    TSL__NEED((*out)->values = tsl__alloc(rows * (*out)->cols, sizeof *(*out)->values));
done:
    return status;
}

#define ROW_BYTES 64 /* of labels, distances and the like, at least */

/* What clusters and their description take: they go through all features again and again, so that these are in memory,
 * wherever they lie. */
static tsl_status check_memory(const tsl_features *features, size_t rows, const tsl_exec *exec, tsl_error *err)
{
    const tsl__shelves *s = features->shelves;
    size_t cols = 0, lying = s ? tsl__shelf_get_lying(&s->x) + tsl__shelf_get_lying(&s->history) +
                                     tsl__shelf_get_lying(&s->id) + tsl__shelf_get_lying(&s->text)
                               : 0;
    for (size_t c = 0; c < features->recipe->column_count; c++) {
        cols += features->recipe->column[c].weight > 0;
    }
    return tsl__memory_check(exec, lying + rows * (cols * sizeof(double) + ROW_BYTES), err,
                             "the clusters of %zu customers by %zu columns", rows, cols);
}

/* Those who are not set apart, where some are. */
static tsl_status find_customers(const tsl_features *features, size_t **customer, size_t *rows, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *customer = NULL;
    *rows = features->customers;
    if (!features->apart) {
        return TSL_OK;
    }
    TSL__NEED(*customer = tsl__alloc(features->customers, sizeof **customer));
    *rows = 0;
    for (size_t i = 0; i < features->customers; i++) {
        if (features->apart[i] < 0) {
            (*customer)[(*rows)++] = i;
        }
    }
    if (*rows == features->customers) {
        free(*customer);
        *customer = NULL;
    }
done:
    return status;
}

static void fill_rows(const tsl_features *features, tsl_feature_matrix *m, size_t begin, size_t end)
{
    for (size_t r = begin; r < end; r++) {
        const double *x = tsl__x_get_row(features, m->customer ? m->customer[r] : r);
        tsl__clustering_row_get(features->recipe, m->column, m->cols, x, m->values + r * m->cols);
    }
}

tsl_status tsl_features_get_matrix(const tsl_features *features, const tsl_exec *exec, tsl_feature_matrix **out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    tsl_feature_matrix *m = NULL;
    size_t *customer = NULL, rows;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__TRY(find_customers(features, &customer, &rows, err));
    TSL__TRY(check_memory(features, rows, &run, err));
    TSL__TRY(open_matrix(features->recipe, rows, &m, err));
    m->customer = customer;
    customer = NULL;
    const size_t blocks = tsl__block_count(m->rows);
#pragma omp parallel for num_threads(run.threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(m->rows, b, &begin, &end);
        fill_rows(features, m, begin, end);
    }
    *out = m;
    m = NULL;
done:
    free(customer);
    tsl_feature_matrix_free(m);
    return status;
}

/* ---- Places ------------------------------------------------------------------ */

static void fill_places(const double *raw, size_t cols, size_t from, size_t to, tsl_feature_matrix *m)
{
    const tsl_vector_column *column = &m->column[to];
    for (size_t i = 0; i < m->rows; i++) {
        double x = raw[i * cols + from];
        m->values[i * m->cols + to] =
            isnan(x) && !column->indicator ? x : tsl__normalise_get(column, x) * column->weight;
    }
}

/* Where each of the pool's features stands among the places' columns. */
static tsl_status find_pooled(const tsl_recipe *recipe, const tsl_pool *pool, const char *const *name, size_t cols,
                              size_t *from, tsl_error *err)
{
    for (size_t j = 0; j < pool->count; j++) {
        const size_t f = recipe->column[pool->column[j]].feature;
        from[j] = tsl__recipe_find_column(recipe, f, name, cols);
        if (from[j] == cols) {
            return tsl__error_set(err, TSL_E_INPUT, "places lack the column \"%s\" that clusters are found by",
                                  recipe->feature[f].name);
        }
    }
    return TSL_OK;
}

/* The places' components, from column c on; what is not known of any of them is not known of all. */
static tsl_status fill_pool(const tsl_recipe *recipe, const double *raw, const char *const *name, size_t cols, size_t c,
                            tsl_feature_matrix *m, tsl_error *err)
{
    const tsl_pool *pool = &recipe->pool[m->column[c].group];
    tsl_status status = TSL_OK;
    size_t *from = NULL;
    double *z = NULL;
    TSL__NEED(from = tsl__alloc(pool->count, sizeof *from));
    TSL__NEED(z = tsl__alloc(pool->count, sizeof *z));
    TSL__TRY(find_pooled(recipe, pool, name, cols, from, err));
    for (size_t r = 0; r < m->rows; r++) {
        double *to = m->values + r * m->cols + c;
        for (size_t j = 0; j < pool->count; j++) {
            const tsl_vector_column *column = &recipe->column[pool->column[j]];
            const double x = raw[r * cols + from[j]];
            z[j] = isnan(x) && !column->indicator ? x : tsl__normalise_get(column, x);
        }
        tsl__pool_get(pool, z, to);
        for (size_t i = 0; i < pool->components; i++) {
            to[i] *= m->column[c + i].weight;
        }
    }
done:
    free(from);
    free(z);
    return status;
}

tsl_status tsl_places_build(const tsl_recipe *recipe, const double *raw, size_t rows, const char *const *name,
                            size_t cols, tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *m = NULL;
    *out = NULL;
    tsl__error_reset(err);
    if (!name && cols != recipe->feature_count) {
        return tsl__error_set(err, TSL_E_INPUT, "places have %zu columns without names; the features are %zu", cols,
                              recipe->feature_count);
    }
    TSL__TRY(open_matrix(recipe, rows, &m, err));
    for (size_t c = 0; c < m->cols; c++) {
        if (m->column[c].component) {
            TSL__TRY(m->column[c].component == 1 ? fill_pool(recipe, raw, name, cols, c, m, err) : TSL_OK);
            continue;
        }
        size_t from = tsl__recipe_find_column(recipe, m->column[c].feature, name, cols);
        if (from == cols) {
            TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "places lack the column \"%s\" that clusters are found by",
                                    recipe->feature[m->column[c].feature].name));
        }
        fill_places(raw, cols, from, c, m);
    }
    *out = m;
    m = NULL;
done:
    tsl_feature_matrix_free(m);
    return status;
}

/* A value of an earlier column as the new one has it. */
static double convert(const tsl_vector_column *a, const tsl_vector_column *b, double v)
{
    return b->indicator ? (v * a->scale + a->center - b->center) / b->scale
                        : tsl__normalise_get(b, tsl__transform_invert(a, tsl__normalise_unscale(a, v)));
}

static void convert_places(const double *center, const tsl_feature_matrix *old, size_t from, size_t c,
                           tsl_feature_matrix *m)
{
    const size_t cols = old->cols;
    const tsl_vector_column *a = &old->column[from], *b = &m->column[c];
    for (size_t i = 0; i < m->rows; i++) {
        double v = center[i * cols + from];
        if (!tsl__normalise_is_same(a, b) || a->weight != b->weight) {
            v = convert(a, b, v / a->weight) * b->weight;
        }
        m->values[i * m->cols + c] = v;
    }
}

/* Which of the pooled columns each new one was; TSL_E_INPUT where it was none. */
static tsl_status match_pool(const tsl_recipe *from, const tsl_recipe *to, tsl_group group, size_t *was, tsl_error *err)
{
    const tsl_pool *a = &from->pool[group], *b = &to->pool[group];
    for (size_t j = 0; j < b->count; j++) {
        const char *name = to->column[b->column[j]].name;
        was[j] = 0;
        while (was[j] < a->count && strcmp(from->column[a->column[was[j]]].name, name) != 0) {
            was[j]++;
        }
        if (was[j] == a->count) {
            return tsl__error_set(err, TSL_E_INPUT, "the earlier clusters were not found by \"%s\"", name);
        }
    }
    return TSL_OK;
}

static int is_same_pool(const tsl_recipe *from, const tsl_recipe *to, tsl_group group)
{
    const tsl_pool *a = &from->pool[group], *b = &to->pool[group];
    int same = tsl__pools_are_same(a, b);
    for (size_t j = 0; j < b->count && same; j++) {
        same = tsl__normalise_is_same(&from->column[a->column[j]], &to->column[b->column[j]]);
    }
    return same;
}

/* Centres among earlier components lie among the new ones where the values do that come nearest to them. */
static tsl_status convert_pool(const tsl_recipe *from, const double *center, const tsl_feature_matrix *old,
                               const tsl_recipe *to, size_t c, tsl_feature_matrix *m, tsl_error *err)
{
    const tsl_group group = m->column[c].group;
    const tsl_pool *a = &from->pool[group], *b = &to->pool[group];
    tsl_status status = TSL_OK;
    size_t *was = NULL, o = 0;
    double *z = NULL;
    while (o < old->cols && !(old->column[o].component == 1 && old->column[o].group == group)) {
        o++;
    }
    TSL__NEED(was = tsl__alloc(b->count, sizeof *was));
    TSL__NEED(z = tsl__alloc(a->count + a->components + b->count, sizeof *z));
    TSL__TRY(match_pool(from, to, group, was, err));
    const int same = is_same_pool(from, to, group);
    double *score = z + a->count, *now = score + a->components;
    for (size_t r = 0; r < m->rows; r++) {
        double *out = m->values + r * m->cols + c;
        for (size_t i = 0; i < a->components; i++) {
            score[i] = center[r * old->cols + o + i] / old->column[o + i].weight;
        }
        tsl__pool_invert(a, score, z);
        for (size_t j = 0; j < b->count; j++) {
            now[j] = convert(&from->column[a->column[was[j]]], &to->column[b->column[j]], z[was[j]]);
        }
        tsl__pool_get(b, now, out);
        for (size_t i = 0; i < b->components; i++) {
            out[i] = (same ? score[i] : out[i]) * m->column[c + i].weight;
        }
    }
done:
    free(was);
    free(z);
    return status;
}

tsl_status tsl_places_build_converted(const tsl_recipe *from, const double *center, size_t count, const tsl_recipe *to,
                                      tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *m = NULL, *old = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__clustering_columns_get(from, &old, err));
    TSL__TRY(open_matrix(to, count, &m, err));
    for (size_t c = 0; c < m->cols; c++) {
        if (m->column[c].component) {
            TSL__TRY(m->column[c].component == 1 ? convert_pool(from, center, old, to, c, m, err) : TSL_OK);
            continue;
        }
        size_t o = 0;
        while (o < old->cols && strcmp(old->column[o].name, m->column[c].name) != 0) {
            o++;
        }
        if (o == old->cols) {
            TSL__TRY(
                tsl__error_set(err, TSL_E_INPUT, "the earlier clusters were not found by \"%s\"", m->column[c].name));
        }
        convert_places(center, old, o, c, m);
    }
    *out = m;
    m = NULL;
done:
    tsl_feature_matrix_free(old);
    tsl_feature_matrix_free(m);
    return status;
}

void tsl_feature_matrix_free(tsl_feature_matrix *m)
{
    if (m) {
        tsl__columns_free(m->column, m->cols);
        free(m->values);
        free(m->customer);
        free(m);
    }
}
