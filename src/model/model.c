/* model.c: the model: the chosen candidate of a sweep, its clusters numbered
 * by what they are worth, with the means of the raw columns and the tree. */
#include <tesela/model.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "model/cluster_means.h"
#include "model/kmeans/predict.h"
#include "model/ranked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Numbering ----------------------------------------------------------- */

/* What values are summed in, where they are all decimals of four places. */
#define ONE 10000
/* Beyond this a double does not hold four places. */
#define MOST_DECIMAL 9e11

/* What a cluster is worth. */
typedef struct worth {
    int32_t rank;
    __int128 exact; /* 1/10000 */
    double sum;     /* where a value is no such decimal, or a weight not whole */
    double weight;  /* of the rows: their number, where they have none */
    int old;
} worth;

static int compare_worth(const void *a, const void *b)
{
    const worth *x = a, *y = b;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    if (x->exact != y->exact) {
        return x->exact > y->exact ? -1 : 1;
    }
    if (x->sum != y->sum) {
        return x->sum > y->sum ? -1 : 1;
    }
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return (x->old > y->old) - (x->old < y->old);
}

static int is_decimal(double value)
{
    return isnan(value) || (fabs(value) <= MOST_DECIMAL && (double)llround(value * ONE) / ONE == value);
}

static int is_whole(double weight)
{
    return weight <= MOST_DECIMAL && floor(weight) == weight;
}

/* Whether all values are amounts, counts and the like, which are summed up
 * without rounding, so that totals that are equal in decimals tie. */
static int are_decimals(const double *value, const double *weight, size_t rows)
{
    size_t r = 0;
    while (r < rows && is_decimal(value[r]) && (!weight || is_whole(weight[r]))) {
        r++;
    }
    return r == rows;
}

/* place[old number] = new number: those that are placed keep theirs; then by rising rank (NULL: they have none), then
 * by falling total of the value, then falling size, then old number. */
static tsl_status find_places(const tsl_sweep *sweep, const double *weight, const tsl__ranking *ranking, int32_t *place,
                              tsl_error *err)
{
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    const tsl_assignment *assignment = sweep->assignment;
    const double *value = ranking->value;
    size_t k = (size_t)best->k, rows = value ? assignment->rows : 0;
    worth *of = NULL;
    tsl_status status = TSL_OK;
    int exact = are_decimals(value, weight, rows);
    TSL__NEED(of = tsl__alloc_zero(k, sizeof *of));
    for (size_t c = 0; c < k; c++) {
        of[c].rank = ranking->rank ? ranking->rank[c] : 0;
        of[c].weight = best->weight[c];
        of[c].old = (int)c;
    }
    for (size_t r = 0; r < rows; r++) {
        worth *cluster = &of[assignment->label[r]];
        if (isinf(value[r])) {
            status = tsl__error_set(err, TSL_E_INPUT, "row %zu: the value is infinite; expected finite or NaN", r + 1);
            goto done;
        }
        const double amount = isnan(value[r]) ? 0 : value[r], times = weight ? weight[r] : 1;
        if (exact) {
            cluster->exact += (__int128)llround(amount * ONE) * (int64_t)times;
        } else {
            cluster->sum += times * amount;
        }
    }
    const size_t placed = (size_t)sweep->placed;
    qsort(of + placed, k - placed, sizeof *of, compare_worth);
    for (size_t c = 0; c < k; c++) {
        place[of[c].old] = (int32_t)c;
    }
done:
    free(of);
    return status;
}

/* What the model takes from the sweep's best candidate, in the new numbers. */
typedef struct renumbered {
    int32_t *place; /* k */
    int32_t *label; /* rows */
    double *center; /* k x cols */
    uint64_t *size; /* k */
    double *weight; /* k */
} renumbered;

static tsl_status renumber(const tsl_sweep *sweep, const double *weight, const tsl__ranking *ranking, renumbered *by,
                           tsl_error *err)
{
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    size_t k = (size_t)best->k, cols = sweep->cols;
    tsl_status status = TSL_OK;
    TSL__NEED(by->place = tsl__alloc(k, sizeof *by->place));
    TSL__NEED(by->label = tsl__alloc(sweep->rows, sizeof *by->label));
    TSL__NEED(by->center = tsl__alloc(k, cols * sizeof *by->center));
    TSL__NEED(by->size = tsl__alloc(k, sizeof *by->size));
    TSL__NEED(by->weight = tsl__alloc(k, sizeof *by->weight));
    TSL__TRY(find_places(sweep, weight, ranking, by->place, err));
    for (size_t c = 0; c < k; c++) {
        size_t to = (size_t)by->place[c];
        by->size[to] = best->size[c];
        by->weight[to] = best->weight[c];
        memcpy(by->center + to * cols, best->center + c * cols, cols * sizeof *by->center);
    }
    for (size_t r = 0; r < sweep->rows; r++) {
        by->label[r] = by->place[sweep->assignment->label[r]];
    }
done:
    return status;
}

static void free_renumbered(renumbered *by)
{
    free(by->place);
    free(by->label);
    free(by->center);
    free(by->size);
    free(by->weight);
}

/* Makes the sweep the model's, in the new numbers. It cannot fail. */
static void take_sweep(tsl_model *m, tsl_sweep *sweep, renumbered *by)
{
    tsl_candidate *best = &sweep->candidate[sweep->best];
    tsl_assignment *assignment = sweep->assignment;
    memcpy(best->center, by->center, (size_t)best->k * sweep->cols * sizeof *best->center);
    memcpy(best->size, by->size, (size_t)best->k * sizeof *best->size);
    memcpy(best->weight, by->weight, (size_t)best->k * sizeof *best->weight);
    for (size_t r = 0; r < assignment->rows; r++) {
        int32_t runner = assignment->runner_up[r];
        assignment->label[r] = by->label[r];
        assignment->runner_up[r] = runner < 0 ? runner : by->place[runner];
    }
    m->assignment = assignment;
    sweep->assignment = NULL;
    m->sweep = sweep;
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
    TSL__NEED(m->options = tsl__strdup("{}"));
    for (size_t c = 0; c < m->cols; c++) {
        TSL__NEED(m->column[c] = copy_name(column ? column[c] : NULL, c));
    }
done:
    return status;
}

static tsl_status fill_clusters(tsl_model *m, const renumbered *by, const double *weight, const double *distance,
                                tsl_error *err)
{
    size_t k = (size_t)m->k;
    tsl_status status = TSL_OK;
    TSL__NEED(m->center = copy(by->center, k, m->cols * sizeof *m->center));
    TSL__NEED(m->size = copy(by->size, k, sizeof *m->size));
    TSL__NEED(m->mean_distance = tsl__alloc_zero(k, sizeof *m->mean_distance));
    for (size_t r = 0; r < m->rows; r++) {
        m->mean_distance[by->label[r]] += weight ? weight[r] * distance[r] : distance[r];
    }
    for (size_t c = 0; c < k; c++) {
        m->mean_distance[c] /= by->weight[c]; /* NaN without rows */
    }
done:
    return status;
}

static tsl_status fill_raw(tsl_model *m, const tsl_raw_columns *raw, const double *weight, int threads,
                           const int32_t *label, tsl_error *err)
{
    const tsl__row_view rows = tsl__row_view_of(raw->values, 1);
    const size_t cols = raw->values->cols;
    tsl_status status = TSL_OK;
    m->raw_cols = cols;
    TSL__NEED(m->raw_column = tsl__alloc_zero(cols, sizeof *m->raw_column));
    TSL__NEED(m->center_raw = tsl__alloc((size_t)m->k, cols * sizeof(double)));
    for (size_t c = 0; c < cols; c++) {
        TSL__NEED(m->raw_column[c] = copy_name(raw->column ? raw->column[c].name : NULL, c));
    }
    TSL__TRY(tsl__means_get(&rows, weight, label, m->k, threads, m->center_raw, err));
done:
    return status;
}

static tsl_status check(const tsl_matrix *x, const tsl_sweep *sweep, const tsl_matrix *raw, tsl_error *err)
{
    if (sweep->rows != x->rows || sweep->cols != x->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "the sweep is of %zu x %zu values, the matrix has %zu x %zu",
                              sweep->rows, sweep->cols, x->rows, x->cols);
    }
    if (!sweep->assignment) {
        return tsl__error_set(err, TSL_E_INPUT, "the sweep is a model's already");
    }
    if (raw && raw->rows != x->rows) {
        return tsl__error_set(err, TSL_E_INPUT, "the raw matrix has %zu rows; expected %zu", raw->rows, x->rows);
    }
    return TSL_OK;
}

static tsl_status fill_hashes(tsl_model *m, const tsl_matrix *x, const double *weight, tsl_error *err)
{
    const tsl_matrix weights = {weight, x->rows, 1, 1, TSL_F64};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_matrix_get_hash(x, &m->features_hash, err));
    TSL__TRY(weight ? tsl_matrix_get_hash(&weights, &m->weights_hash, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl__model_build_ranked(const tsl_matrix *x, const double *weight, const char *const *column,
                                   tsl_sweep *sweep, const tsl_raw_columns *raw, const tsl__ranking *ranking,
                                   const tsl_tree_options *opt, const tsl_exec *exec, tsl_model **out, tsl_error *err)
{
    tsl_exec full;
    tsl__weights weights;
    renumbered by = {0};
    tsl_model *m = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__TRY(tsl__exec_open(exec, &full, err));
    TSL__TRY(check(x, sweep, raw ? raw->values : NULL, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &weights, err));
    TSL__NEED(m = tsl__alloc_zero(1, sizeof *m));
    *m = (tsl_model){.rows = x->rows, .cols = x->cols, .k = sweep->candidate[sweep->best].k};
    TSL__TRY(renumber(sweep, weight, ranking, &by, err));
    TSL__TRY(fill_columns(m, column, err));
    TSL__TRY(fill_clusters(m, &by, weight, sweep->assignment->distance, err));
    if (raw) {
        TSL__TRY(tsl_tree_fit(x, weight, m->center, m->k, by.label, raw, opt, exec, &m->tree, err));
        TSL__TRY(fill_raw(m, raw, weight, full.threads, by.label, err));
    }
    TSL__TRY(fill_hashes(m, x, weight, err));
    take_sweep(m, sweep, &by);
    *out = m;
    m = NULL;
done:
    free_renumbered(&by);
    tsl_model_free(m);
    return status;
}

tsl_status tsl_model_build(const tsl_matrix *x, const double *weight, const char *const *column, tsl_sweep *sweep,
                           const tsl_raw_columns *raw, const double *value, const tsl_tree_options *opt,
                           const tsl_exec *exec, tsl_model **out, tsl_error *err)
{
    tsl__error_reset(err);
    const tsl__ranking ranking = {.value = value};
    return tsl__model_build_ranked(x, weight, column, sweep, raw, &ranking, opt, exec, out, err);
}

int tsl_model_get_groups(const tsl_model *model)
{
    return model->k + model->class_count;
}

uint64_t tsl_model_get_size(const tsl_model *model, int group)
{
    return group < model->k ? model->size[group] : model->class_size[group - model->k];
}

/* Of a group's rows; their number where they have none, or it is not known. */
static double get_weight(const tsl_model *model, int group)
{
    const double *weight = model->sweep->candidate[model->sweep->best].weight;
    return group >= model->k ? model->class_weight[group - model->k]
           : weight          ? weight[group]
                             : (double)model->size[group];
}

double tsl_model_get_share(const tsl_model *model, int group)
{
    double all = 0;
    for (int g = 0; g < tsl_model_get_groups(model); g++) {
        all += get_weight(model, g);
    }
    return get_weight(model, group) / all;
}

void tsl_model_free(tsl_model *model)
{
    if (model) {
        tsl__free_texts(model->column, model->column ? model->cols : 0);
        free(model->center);
        free(model->center_raw);
        tsl__free_texts(model->raw_column, model->raw_column ? model->raw_cols : 0);
        free(model->size);
        free(model->mean_distance);
        tsl__assignment_free(model->assignment);
        tsl_sweep_free(model->sweep);
        tsl_sweep_free(model->plain);
        tsl_evidence_free(model->evidence);
        tsl_stability_free(model->delivered);
        free(model->validity);
        tsl_tree_free(model->tree);
        free(model->value);
        free(model->options);
        free(model->weight);
        tsl__free_texts(model->code, model->code ? (size_t)tsl_model_get_groups(model) : 0);
        free(model->class_size);
        free(model->class_weight);
        free(model);
    }
}
