/* clustering_matrix.c: the matrix that clustering runs on: the recipe's columns
 * of weight over 0, side by side, each multiplied by its weight. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/normalise.h"

#include <stdlib.h>

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

static size_t choose(const tsl_features *features, choice *chosen)
{
    const tsl_recipe *recipe = features->recipe;
    size_t count = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        const tsl_vector *v = &features->vector[column->group];
        if (column->weight > 0) {
            int there = !column->extra && v->values;
            chosen[count++] = (choice){*column, there ? v->values + (column - v->column) : NULL, v->cols};
        }
    }
    qsort(chosen, count, sizeof *chosen, compare_choices);
    return count;
}

/* Customers' vectors are kept in float, in the file as well, so that clusters
 * found from it are the same; plain numbers are taken as they are. */
static void fill_rows(const tsl_features *features, const choice *chosen, tsl_feature_matrix *m, size_t begin,
                      size_t end)
{
    int plain = features->recipe->plain;
    for (size_t i = begin; i < end; i++) {
        const double *x = features->x + i * features->feature_count;
        for (size_t c = 0; c < m->cols; c++) {
            const choice *from = &chosen[c];
            double v = from->values ? (double)from->values[i * from->stride]
                                    : tsl__normalise_get(&from->column, x[from->column.feature]);
            m->values[i * m->cols + c] = (plain ? v : (double)(float)v) * from->column.weight;
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
    TSL__NEED(m = tsl__alloc_zero(1, sizeof *m));
    TSL__NEED(chosen = tsl__alloc(features->recipe->column_count, sizeof *chosen));
    m->rows = features->customers;
    m->cols = choose(features, chosen);
    TSL__NEED(m->column = tsl__alloc(m->cols, sizeof *m->column));
    for (size_t c = 0; c < m->cols; c++) {
        m->column[c] = chosen[c].column;
    }
    TSL__NEED(m->values = tsl__alloc(m->rows * m->cols, sizeof *m->values));
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

void tsl_feature_matrix_free(tsl_feature_matrix *m)
{
    if (m) {
        free(m->column);
        free(m->values);
        free(m);
    }
}
