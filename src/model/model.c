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

/* count names: copies, or c1, c2, ... where there are none; NULL without memory. */
static char **names_copy(const char *const *name, size_t count)
{
    char **copy = tsl__alloc_zero(count, sizeof *copy);
    for (size_t i = 0; copy && i < count; i++) {
        copy[i] = name ? tsl__strdup(name[i]) : tsl__format("c%zu", i + 1);
        if (!copy[i]) {
            tsl__free_texts(copy, count);
            return NULL;
        }
    }
    return copy;
}

static void *copy(const void *from, size_t count, size_t size)
{
    void *to = tsl__alloc(count, size);
    if (to) {
        memcpy(to, from, count * size);
    }
    return to;
}

static tsl_status fill_columns(tsl_model *m, char *const *column, tsl_error *err)
{
    m->column = names_copy((const char *const *)column, m->cols);
    m->column_weight = tsl__alloc(m->cols, sizeof(double));
    m->column_center = tsl__alloc_zero(m->cols, sizeof(double));
    m->column_scale = tsl__alloc(m->cols, sizeof(double));
    m->options = tsl__strdup("{}");
    if (!m->column || !m->column_weight || !m->column_center || !m->column_scale || !m->options) {
        return tsl__error_nomem(err);
    }
    for (size_t c = 0; c < m->cols; c++) {
        m->column_weight[c] = m->column_scale[c] = 1;
    }
    return TSL_OK;
}

static tsl_status fill_clusters(tsl_model *m, const tsl_matrix *x, const double *value, int threads, int32_t *label,
                                tsl_error *err)
{
    tsl_candidate *best = &m->sweep->candidate[m->sweep->best];
    tsl_status status = tsl_kmeans_predict(x, best->center, best->k, threads, label, NULL, NULL, NULL, err);
    if (status == TSL_OK) {
        status = renumber(value, x->rows, x->cols, best, label, err);
    }
    if (status != TSL_OK) {
        return status;
    }
    m->k = best->k;
    m->center = copy(best->center, (size_t)m->k, m->cols * sizeof(double));
    m->size = copy(best->size, (size_t)m->k, sizeof *m->size);
    return m->center && m->size ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status fill_raw(tsl_model *m, const tsl_matrix *x, const tsl_matrix *raw, const tsl_tree_options *opt,
                           int threads, const int32_t *label, tsl_error *err)
{
    m->raw_cols = raw->cols;
    m->raw_column = names_copy(opt->name, raw->cols);
    m->center_raw = tsl__alloc((size_t)m->k, raw->cols * sizeof(double));
    if (!m->raw_column || !m->center_raw) {
        return tsl__error_nomem(err);
    }
    tsl_status status = tsl_tree_fit(x, m->center, m->k, label, raw, opt, &m->tree, err);
    return status == TSL_OK ? tsl__means_get(raw, label, m->k, threads, m->center_raw, err) : status;
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

tsl_status tsl_model_build(const tsl_matrix *x, char *const *column, tsl_sweep *sweep, const tsl_matrix *raw,
                           const tsl_tree_options *tree_options, const double *value, tsl_model **out, tsl_error *err)
{
    *out = NULL;
    tsl_tree_options defaults = tsl_tree_defaults();
    tree_options = tree_options ? tree_options : &defaults;
    int threads = 1;
    int32_t *label = tsl__alloc(x->rows, sizeof *label);
    tsl_model *m = tsl__alloc_zero(1, sizeof *m);
    if (!label || !m) {
        tsl_sweep_free(sweep);
        free(label);
        free(m);
        return tsl__error_nomem(err);
    }
    *m = (tsl_model){.rows = x->rows, .cols = x->cols, .sweep = sweep};
    tsl_status status = check(x, sweep, raw, err);
    if (status == TSL_OK) {
        status = tsl__threads_resolve(tree_options->threads, &threads, err);
    }
    if (status == TSL_OK) {
        status = fill_columns(m, column, err);
    }
    if (status == TSL_OK) {
        status = fill_clusters(m, x, value, threads, label, err);
    }
    if (status == TSL_OK && raw) {
        status = fill_raw(m, x, raw, tree_options, threads, label, err);
    }
    if (status == TSL_OK) {
        m->features_hash = tsl_matrix_get_hash(x);
        *out = m;
        m = NULL;
    }
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
