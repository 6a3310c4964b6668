/* clustering_matrix.c: the matrix that clustering runs on: the recipe's columns
 * of weight over 0, side by side, each multiplied by its weight. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/normalise.h"
#include "feature/recipe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A chosen column, and where its normalised values stand: in a vector, or
 * nowhere yet. */
typedef struct choice {
    tsl_vector_column column;
    const float *values; /* NULL: to be made of the raw ones */
    size_t stride;
} choice;

/* By group, feature, and an indicator behind its feature. */
static int compare_choices(const void *pa, const void *pb)
{
    const tsl_vector_column *a = &((const choice *)pa)->column, *b = &((const choice *)pb)->column;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->feature != b->feature) {
        return a->feature < b->feature ? -1 : 1;
    }
    return a->indicator - b->indicator;
}

/* vector: the features', or NULL where there are recipes alone. */
static size_t choose(const tsl_recipe *recipe, const tsl_vector *vector, choice *chosen)
{
    size_t count = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        const tsl_vector *v = vector ? &vector[column->group] : NULL;
        if (column->weight > 0) {
            int there = v && !column->extra && v->values;
            chosen[count++] = (choice){*column, there ? v->values + (column - v->column) : NULL, there ? v->cols : 0};
        }
    }
    qsort(chosen, count, sizeof *chosen, compare_choices);
    return count;
}

static tsl_status open_matrix(const tsl_recipe *recipe, const tsl_vector *vector, size_t rows, choice **choices,
                              tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *m = *out = tsl__alloc_zero(1, sizeof *m);
    choice *chosen = *choices = tsl__alloc(recipe->column_count, sizeof *chosen);
    TSL__NEED(m && chosen);
    m->rows = rows;
    m->cols = choose(recipe, vector, chosen);
    TSL__NEED(m->column = tsl__alloc(m->cols, sizeof *m->column));
    TSL__NEED(m->values = tsl__alloc(m->rows * m->cols, sizeof *m->values));
    for (size_t c = 0; c < m->cols; c++) {
        m->column[c] = chosen[c].column;
    }
done:
    return status;
}

/* Customers' vectors are kept in float, in the file as well, so that clusters
 * found from it are the same; plain numbers are taken as they are. */
static double weigh(const tsl_recipe *recipe, const tsl_vector_column *column, double normalised)
{
    return (recipe->plain ? normalised : (double)(float)normalised) * column->weight;
}

static void fill_rows(const tsl_features *features, const choice *chosen, tsl_feature_matrix *m, size_t begin,
                      size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const double *x = features->x + i * features->feature_count;
        for (size_t c = 0; c < m->cols; c++) {
            const choice *from = &chosen[c];
            double v = from->values ? (double)from->values[i * from->stride]
                                    : tsl__normalise_get(&from->column, x[from->column.feature]);
            m->values[i * m->cols + c] = weigh(features->recipe, &from->column, v);
        }
    }
}

tsl_status tsl_features_get_matrix(const tsl_features *features, const tsl_exec *exec, tsl_feature_matrix **out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    tsl_feature_matrix *m = NULL;
    choice *chosen = NULL;
    size_t blocks = tsl__block_count(features->customers);
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__TRY(open_matrix(features->recipe, features->vector, features->customers, &chosen, &m, err));
#pragma omp parallel for num_threads(run.threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(m->rows, b, &begin, &end);
        fill_rows(features, chosen, m, begin, end);
    }
    *out = m;
    m = NULL;
done:
    free(chosen);
    tsl_feature_matrix_free(m);
    return status;
}

/* ---- Places ------------------------------------------------------------------ */

static void fill_places(const tsl_recipe *recipe, const double *raw, size_t cols, size_t from, size_t to,
                        tsl_feature_matrix *m)
{
    const tsl_vector_column *column = &m->column[to];
    for (size_t i = 0; i < m->rows; i++) {
        double x = raw[i * cols + from];
        m->values[i * m->cols + to] =
            isnan(x) && !column->indicator ? x : weigh(recipe, column, tsl__normalise_get(column, x));
    }
}

tsl_status tsl_places_build(const tsl_recipe *recipe, const double *raw, size_t rows, const char *const *name,
                            size_t cols, tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *m = NULL;
    choice *chosen = NULL;
    *out = NULL;
    tsl__error_reset(err);
    if (!name && cols != recipe->feature_count) {
        return tsl__error_set(err, TSL_E_INPUT, "places have %zu columns without names; the features are %zu", cols,
                              recipe->feature_count);
    }
    TSL__TRY(open_matrix(recipe, NULL, rows, &chosen, &m, err));
    for (size_t c = 0; c < m->cols; c++) {
        size_t from = tsl__recipe_find_column(recipe, m->column[c].feature, name, cols);
        if (from == cols) {
            TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "places lack the column \"%s\" that clusters are found by",
                                    recipe->feature[m->column[c].feature].name));
        }
        fill_places(recipe, raw, cols, from, c, m);
    }
    *out = m;
    m = NULL;
done:
    free(chosen);
    tsl_feature_matrix_free(m);
    return status;
}

/* What the column's value v in clustering was on the raw scale. */
static double get_raw(const tsl_vector_column *column, double v)
{
    double t = v / column->weight * column->scale + column->center;
    return column->transform == TSL_IDENTITY ? t : copysign(expm1(fabs(t)), t);
}

/* 1 where a normalised value is the same in both. */
static int is_same(const tsl_vector_column *a, const tsl_vector_column *b)
{
    return a->transform == b->transform && a->low == b->low && a->high == b->high && a->center == b->center &&
           a->scale == b->scale && a->weight == b->weight;
}

static void convert_places(const tsl_recipe *to, const double *center, size_t cols, const choice *old, size_t from,
                           size_t c, tsl_feature_matrix *m)
{
    const tsl_vector_column *a = &old[from].column, *b = &m->column[c];
    for (size_t i = 0; i < m->rows; i++) {
        double v = center[i * cols + from];
        if (!is_same(a, b)) {
            double on_scale = b->indicator ? v / a->weight * a->scale + a->center : get_raw(a, v);
            v = b->indicator ? (on_scale - b->center) / b->scale * b->weight
                             : weigh(to, b, tsl__normalise_get(b, on_scale));
        }
        m->values[i * m->cols + c] = v;
    }
}

tsl_status tsl_places_build_converted(const tsl_recipe *from, const double *center, size_t count, const tsl_recipe *to,
                                      tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *m = NULL;
    choice *chosen = NULL, *old = NULL;
    size_t cols;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(old = tsl__alloc(from->column_count, sizeof *old));
    cols = choose(from, NULL, old);
    TSL__TRY(open_matrix(to, NULL, count, &chosen, &m, err));
    for (size_t c = 0; c < m->cols; c++) {
        size_t o = 0;
        while (o < cols && strcmp(old[o].column.name, m->column[c].name) != 0) {
            o++;
        }
        if (o == cols) {
            TSL__TRY(
                tsl__error_set(err, TSL_E_INPUT, "the earlier clusters were not found by \"%s\"", m->column[c].name));
        }
        convert_places(to, center, cols, old, o, c, m);
    }
    *out = m;
    m = NULL;
done:
    free(old);
    free(chosen);
    tsl_feature_matrix_free(m);
    return status;
}

void tsl_feature_matrix_free(tsl_feature_matrix *m)
{
    if (m) {
        free(m->column);
        free(m->values);
        free(m);
    }
}
