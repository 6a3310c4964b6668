/* model.c: the model: the chosen candidate of a sweep, its clusters numbered
 * by what they are worth, with the means of the raw columns and the tree. */
#include <tesela/model.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "model/cluster_means.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Numbering ----------------------------------------------------------- */

typedef struct rank {
    double total;
    int old;
} rank;

static int compare_rank(const void *a, const void *b)
{
    const rank *x = a, *y = b;
    return x->total != y->total ? (x->total < y->total) - (x->total > y->total) : (x->old > y->old) - (x->old < y->old);
}

/* place[old number] = new number. */
static void ranks_get(const int32_t *label, const double *value, size_t rows, int k, rank *ranks, int32_t *place)
{
    for (int c = 0; c < k; c++) {
        ranks[c] = (rank){0, c};
    }
    for (size_t r = 0; r < rows; r++) {
        double worth = value ? value[r] : 1;
        ranks[label[r]].total += isnan(worth) ? 0 : worth;
    }
    qsort(ranks, (size_t)k, sizeof *ranks, compare_rank);
    for (int c = 0; c < k; c++) {
        place[ranks[c].old] = c;
    }
}

/* Renumbers labels, centres and sizes. */
static tsl_status renumber(const double *value, size_t rows, size_t cols, tsl_candidate *best, int32_t *label,
                           tsl_error *err)
{
    size_t k = (size_t)best->k;
    rank *ranks = tsl__alloc(k, sizeof *ranks);
    int32_t *place = tsl__alloc(k, sizeof *place);
    double *center = tsl__alloc(k, cols * sizeof *center);
    tsl_status status = ranks && place && center ? TSL_OK : tsl__error_nomem(err);
    if (status == TSL_OK) {
        ranks_get(label, value, rows, best->k, ranks, place);
        memset(best->size, 0, k * sizeof *best->size);
        for (size_t r = 0; r < rows; r++) {
            label[r] = place[label[r]];
            best->size[label[r]]++;
        }
        memcpy(center, best->center, k * cols * sizeof *center);
        for (size_t c = 0; c < k; c++) {
            memcpy(best->center + (size_t)place[c] * cols, center + c * cols, cols * sizeof *center);
        }
    }
    free(ranks);
    free(place);
    free(center);
    return status;
}

/* ---- Building ------------------------------------------------------------ */

static void *copy(const void *from, size_t count, size_t size)
{
    void *to = tsl__alloc(count, size);
    if (to) {
        memcpy(to, from, count * size);
    }
    return to;
}

static char *copy_name(const char *name, size_t column)
{
    return name ? tsl__strdup(name) : tsl__format("c%zu", column + 1);
}

static tsl_status fill_columns(tsl_model *m, const char *const *column, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(m->column = tsl__alloc_zero(m->cols, sizeof *m->column));
    TSL__NEED(m->column_weight = tsl__alloc(m->cols, sizeof *m->column_weight));
    TSL__NEED(m->column_center = tsl__alloc_zero(m->cols, sizeof *m->column_center));
    TSL__NEED(m->column_scale = tsl__alloc(m->cols, sizeof *m->column_scale));
    TSL__NEED(m->options = tsl__strdup("{}"));
    for (size_t c = 0; c < m->cols; c++) {
        TSL__NEED(m->column[c] = copy_name(column ? column[c] : NULL, c));
        m->column_weight[c] = m->column_scale[c] = 1;
    }
done:
    return status;
}

static tsl_status fill_clusters(tsl_model *m, const tsl_matrix *x, const double *value, const tsl_exec *exec,
                                int32_t *label, tsl_error *err)
{
    tsl_candidate *best = &m->sweep->candidate[m->sweep->best];
    tsl_assignment assignment = {.rows = x->rows, .label = label};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_kmeans_predict(x, best->center, best->k, exec, &assignment, err));
    TSL__TRY(renumber(value, x->rows, x->cols, best, label, err));
    m->k = best->k;
    TSL__NEED(m->center = copy(best->center, (size_t)m->k, m->cols * sizeof(double)));
    TSL__NEED(m->size = copy(best->size, (size_t)m->k, sizeof *m->size));
done:
    return status;
}

static tsl_status fill_raw(tsl_model *m, const tsl_matrix *raw, const tsl_tree_column *column, int threads,
                           const int32_t *label, tsl_error *err)
{
    tsl_status status = TSL_OK;
    m->raw_cols = raw->cols;
    TSL__NEED(m->raw_column = tsl__alloc_zero(raw->cols, sizeof *m->raw_column));
    TSL__NEED(m->center_raw = tsl__alloc((size_t)m->k, raw->cols * sizeof(double)));
    for (size_t c = 0; c < raw->cols; c++) {
        TSL__NEED(m->raw_column[c] = copy_name(column ? column[c].name : NULL, c));
    }
    TSL__TRY(tsl__means_get(raw, label, m->k, threads, m->center_raw, err));
done:
    return status;
}

static tsl_status check(const tsl_matrix *x, const tsl_sweep *sweep, const tsl_matrix *raw, tsl_error *err)
{
    if (sweep->rows != x->rows || sweep->cols != x->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "the sweep is of %zu x %zu values, the matrix has %zu x %zu",
                              sweep->rows, sweep->cols, x->rows, x->cols);
    }
    if (raw && raw->rows != x->rows) {
        return tsl__error_set(err, TSL_E_INPUT, "the raw matrix has %zu rows; expected %zu", raw->rows, x->rows);
    }
    return TSL_OK;
}

tsl_status tsl_model_build(const tsl_matrix *x, const char *const *column, tsl_sweep *sweep, const tsl_matrix *raw,
                           const tsl_tree_column *raw_column, const double *value, const tsl_tree_options *opt,
                           const tsl_exec *exec, tsl_model **out, tsl_error *err)
{
    tsl_exec full;
    int32_t *label = NULL;
    tsl_model *m = tsl__alloc_zero(1, sizeof *m);
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    if (!m) {
        tsl_sweep_free(sweep);
    }
    TSL__NEED(m);
    *m = (tsl_model){.rows = x->rows, .cols = x->cols, .sweep = sweep};
    TSL__TRY(tsl__exec_open(exec, &full, err));
    TSL__TRY(check(x, sweep, raw, err));
    TSL__NEED(label = tsl__alloc(x->rows, sizeof *label));
    TSL__TRY(fill_columns(m, column, err));
    TSL__TRY(fill_clusters(m, x, value, exec, label, err));
    if (raw) {
        TSL__TRY(tsl_tree_fit(x, m->center, m->k, label, raw, raw_column, opt, exec, &m->tree, err));
        TSL__TRY(fill_raw(m, raw, raw_column, full.threads, label, err));
    }
    m->features_hash = tsl_matrix_get_hash(x);
    *out = m;
    m = NULL;
done:
    free(label);
    tsl_model_free(m);
    return status;
}

void tsl_model_free(tsl_model *model)
{
    if (model) {
        tsl__free_texts(model->column, model->column ? model->cols : 0);
        free(model->column_weight);
        free(model->column_center);
        free(model->column_scale);
        free(model->center);
        free(model->center_raw);
        tsl__free_texts(model->raw_column, model->raw_column ? model->raw_cols : 0);
        free(model->size);
        tsl_sweep_free(model->sweep);
        tsl_tree_free(model->tree);
        free(model->value);
        free(model->options);
        free(model);
    }
}
