/* quality.c: indices of sums (Calinski-Harabasz, Davies-Bouldin, BIC), and all indices of any labelling. */
#include "model/quality/quality.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

double tsl__calinski_harabasz(double total, double within, double weights, int k)
{
    if (k < 2 || weights <= k || !(within > 0)) {
        return (double)NAN;
    }
    const double between = total > within ? total - within : 0;
    return (between / (k - 1)) / (within / (weights - k));
}

double tsl__davies_bouldin(const double *center, const double *mass, const double *spread, int k, size_t cols)
{
    double sum = 0;
    int present = 0;
    for (size_t a = 0; a < (size_t)k; a++) {
        double worst = 0;
        for (size_t b = 0; b < (size_t)k && mass[a] > 0; b++) {
            double squared = 0;
            for (size_t j = 0; j < cols; j++) {
                const double away = center[a * cols + j] - center[b * cols + j];
                squared += away * away;
            }
            if (b != a && mass[b] > 0 && squared > 0) {
                const double both = spread[a] / mass[a] + spread[b] / mass[b];
                const double ratio = both / sqrt(squared);
                worst = ratio > worst ? ratio : worst;
            }
        }
        present += mass[a] > 0;
        sum += worst;
    }
    return present < 2 ? (double)NAN : sum / present;
}

double tsl__xmeans_bic(const double *mass, double weights, int k, size_t cols, double within, double scale)
{
    const double d = (double)cols, free_rows = weights - k;
    if (!(free_rows > 0) || !(within > 0)) {
        return (double)NAN;
    }
    double sum = -weights * log(weights);
    for (int c = 0; c < k; c++) {
        sum += mass[c] > 0 ? mass[c] * log(mass[c]) : 0;
    }
    const double variance = log(within / (d * free_rows)) + 2 * log(scale);
    const double likelihood = sum - weights * d / 2 * (log(2 * M_PI) + variance) - d * free_rows / 2;
    return likelihood - (k - 1 + k * d + 1) / 2 * log(weights);
}

/* ---- Any labelling ------------------------------------------------------- */

/* What one part of the rows adds up to. */
typedef struct cluster_sums {
    double *value;  /* k x cols in the first pass */
    double *spread; /* k */
    double inertia, total;
} cluster_sums;

typedef struct label_pass {
    tsl__row_view x;
    tsl__weights weights;
    const int32_t *label;
    size_t k, most, parts;
    double *mean;   /* cols, of all rows */
    double *center; /* k x cols */
    double *mass;   /* k */
    double *spread; /* k */
    double inertia, total;
    cluster_sums *part;
    double *values;
    double *buffer; /* parts x cols: a row that is not read in its place */
} label_pass;

static int open_label_pass(label_pass *pass, const int32_t *label, int k)
{
    const size_t cols = pass->x.cols, each = (size_t)k * (cols + 1);
    pass->label = label;
    pass->k = (size_t)k;
    pass->most = tsl__part_most(each);
    pass->parts = tsl__part_count(pass->x.rows, pass->most);
    pass->mean = tsl__alloc(cols, sizeof *pass->mean);
    pass->center = tsl__alloc_zero((size_t)k * cols, sizeof *pass->center);
    pass->mass = tsl__alloc_zero((size_t)k, sizeof *pass->mass);
    pass->spread = tsl__alloc_zero((size_t)k, sizeof *pass->spread);
    pass->part = tsl__alloc(pass->parts, sizeof *pass->part);
    pass->values = tsl__alloc_zero(pass->parts * each, sizeof *pass->values);
    pass->buffer = tsl__alloc(pass->parts * cols, sizeof *pass->buffer);
    if (!pass->mean || !pass->center || !pass->mass || !pass->spread || !pass->part || !pass->values || !pass->buffer) {
        return -1;
    }
    for (size_t p = 0; p < pass->parts; p++) {
        double *at = pass->values + p * each;
        pass->part[p] = (cluster_sums){at, at + (size_t)k * cols, 0, 0};
    }
    return 0;
}

static void free_label_pass(label_pass *pass)
{
    free(pass->mean);
    free(pass->center);
    free(pass->mass);
    free(pass->spread);
    free(pass->part);
    free(pass->values);
    free(pass->buffer);
}

/* Weighs the clusters; every label in range and every cluster in use. */
static tsl_status weigh_labels(label_pass *pass, tsl_error *err)
{
    for (size_t r = 0; r < pass->x.rows; r++) {
        const int32_t label = pass->label[r];
        if (label < 0 || (size_t)label >= pass->k) {
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is outside 0 to %zu", r + 1, (int)label,
                                  pass->k - 1);
        }
        pass->mass[label] += tsl__weight_get(pass->weights.of, r);
    }
    for (size_t c = 0; c < pass->k; c++) {
        if (!(pass->mass[c] > 0)) {
            return tsl__error_set(err, TSL_E_INPUT, "label %zu of 0 to %zu is on no row%s", c, pass->k - 1,
                                  pass->weights.of ? " that has a weight" : "");
        }
    }
    return TSL_OK;
}

/* Centres: from the mean of all rows on, so that offsets cost no digits. */
static void sum_values(const label_pass *pass, size_t part)
{
    const tsl__row_view *x = &pass->x;
    size_t begin, end;
    tsl__part_get(x->rows, pass->most, part, &begin, &end);
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(x, r, pass->buffer + part * x->cols),
                     weight = tsl__weight_get(pass->weights.of, r);
        double *sum = pass->part[part].value + (size_t)pass->label[r] * x->cols;
        for (size_t j = 0; j < x->cols; j++) {
            sum[j] += weight * (row[j] - pass->mean[j]);
        }
    }
}

static void find_centers(label_pass *pass, int threads)
{
    const size_t cols = pass->x.cols;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t p = 0; p < pass->parts; p++) {
        sum_values(pass, p);
    }
    for (size_t p = 0; p < pass->parts; p++) {
        for (size_t i = 0; i < pass->k * cols; i++) {
            pass->center[i] += pass->part[p].value[i];
        }
    }
    for (size_t i = 0; i < pass->k * cols; i++) {
        pass->center[i] = pass->mean[i % cols] + pass->center[i] / pass->mass[i / cols];
    }
}

/* Sums of squares and of distances about the centres. */
static void sum_spreads(label_pass *pass, size_t part)
{
    const tsl__row_view *x = &pass->x;
    cluster_sums *sums = &pass->part[part];
    size_t begin, end;
    tsl__part_get(x->rows, pass->most, part, &begin, &end);
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(x, r, pass->buffer + part * x->cols),
                     weight = tsl__weight_get(pass->weights.of, r);
        const double *center = pass->center + (size_t)pass->label[r] * x->cols;
        double within = 0, total = 0;
        for (size_t j = 0; j < x->cols; j++) {
            within += (row[j] - center[j]) * (row[j] - center[j]);
            total += (row[j] - pass->mean[j]) * (row[j] - pass->mean[j]);
        }
        sums->inertia += weight * within;
        sums->total += weight * total;
        sums->spread[pass->label[r]] += weight * sqrt(within);
    }
}

static void find_spreads(label_pass *pass, int threads)
{
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t p = 0; p < pass->parts; p++) {
        sum_spreads(pass, p);
    }
    for (size_t p = 0; p < pass->parts; p++) {
        pass->inertia += pass->part[p].inertia;
        pass->total += pass->part[p].total;
        for (size_t c = 0; c < pass->k; c++) {
            pass->spread[c] += pass->part[p].spread[c];
        }
    }
}

/* Inertia below this part of all squares may be what means are rounded by. */
#define ROUNDED 1e-12

/* Whether no cluster has rows that differ; known[label]: its first row, from 1. */
static int is_of_equal_rows(const label_pass *pass, size_t *known, double *buffer)
{
    const tsl__row_view *x = &pass->x;
    for (size_t r = 0; r < x->rows; r++) {
        size_t *first = &known[pass->label[r]];
        if (!(tsl__weight_get(pass->weights.of, r) > 0)) {
            continue;
        }
        if (*first == 0) {
            *first = r + 1;
            continue;
        }
        const double *row = tsl__row(x, r, buffer), *other = tsl__row(x, *first - 1, buffer + x->cols);
        for (size_t j = 0; j < x->cols; j++) {
            if (row[j] != other[j]) {
                return 0;
            }
        }
    }
    return 1;
}

/* Where all rows of each cluster are the same, as where each has its own, nothing is left within. */
static tsl_status settle_equal(label_pass *pass, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *known = NULL;
    double *buffer = NULL;
    if (!(pass->inertia > 0) || pass->inertia > ROUNDED * pass->total) {
        return TSL_OK;
    }
    TSL__NEED(known = tsl__alloc_zero(pass->k, sizeof *known));
    TSL__NEED(buffer = tsl__alloc(2 * pass->x.cols, sizeof *buffer));
    if (is_of_equal_rows(pass, known, buffer)) {
        pass->inertia = 0;
        memset(pass->spread, 0, pass->k * sizeof *pass->spread);
    }
done:
    free(buffer);
    free(known);
    return status;
}

/* The silhouette, by rows and by clusters. */
static tsl_status measure_silhouette(const label_pass *pass, const tsl_quality_options *opt, int threads,
                                     tsl__cancel *cancel, tsl_quality *out, tsl_cluster_quality *cluster,
                                     tsl_error *err)
{
    const tsl__labelling labelling = {(int)pass->k, (int32_t *)(uintptr_t)pass->label};
    size_t *row = NULL, m = 0;
    double *silhouette = NULL;
    tsl__silhouette_mean mean;
    tsl_status status = TSL_OK;
    if (pass->k < 2 || opt->silhouette_rows == 0) {
        return TSL_OK;
    }
    TSL__NEED(tsl__silhouette_draw(&pass->weights, &labelling, pass->x.rows, opt->silhouette_rows,
                                   opt->silhouette_exact, opt->seed, &row, &m) == 0);
    TSL__NEED(silhouette = tsl__alloc(m, sizeof *silhouette));
    const tsl__silhouette_input input = {&pass->x, &pass->weights, row, m};
    tsl__silhouettes_to_all(&input, &labelling, 1, threads, cancel, silhouette);
    TSL__TRY(tsl__cancel_get(cancel));
    TSL__NEED(tsl__silhouette_sum_up(&input, &labelling, silhouette, cluster, &mean) == 0);
    out->silhouette = mean.mean;
    out->silhouette_error = mean.error;
    out->silhouette_macro = mean.macro;
    out->silhouette_rows = m;
done:
    free(row);
    free(silhouette);
    return status;
}

static tsl_status measure_simplified(const label_pass *pass, int threads, tsl__cancel *cancel, tsl_quality *out,
                                     tsl_cluster_quality *cluster, tsl_error *err)
{
    const tsl__labelling labelling = {(int)pass->k, (int32_t *)(uintptr_t)pass->label};
    double *sum = NULL, all = 0, macro = 0;
    tsl_status status = TSL_OK;
    if (pass->k < 2) {
        return TSL_OK;
    }
    TSL__NEED(sum = tsl__alloc(pass->k, sizeof *sum));
    tsl__simplified_silhouettes(&pass->x, &pass->weights, pass->center, pass->mass, &labelling, threads, cancel, sum);
    TSL__TRY(tsl__cancel_get(cancel));
    for (size_t c = 0; c < pass->k; c++) {
        cluster[c].simplified_silhouette = sum[c] / pass->mass[c];
        all += sum[c];
        macro += cluster[c].simplified_silhouette;
    }
    out->simplified_silhouette = all / pass->weights.total;
    out->simplified_macro = macro / (double)pass->k;
done:
    free(sum);
    return status;
}

/* What is known of the clusters before any silhouette. */
static void open_clusters(const label_pass *pass, tsl_cluster_quality *cluster)
{
    for (size_t c = 0; c < pass->k; c++) {
        cluster[c] = (tsl_cluster_quality){.weight = pass->mass[c],
                                           .silhouette = (double)NAN,
                                           .silhouette_error = (double)NAN,
                                           .simplified_silhouette = (double)NAN,
                                           .mean_distance = pass->spread[c] / pass->mass[c] / pass->x.unit};
    }
    for (size_t r = 0; r < pass->x.rows; r++) {
        cluster[pass->label[r]].size += tsl__weight_get(pass->weights.of, r) > 0;
    }
}

/* What takes long: in falling cheapness. */
static tsl_status measure_rows(const label_pass *pass, const tsl_quality_options *opt, const tsl_exec *exec,
                               tsl_quality *out, tsl_cluster_quality *cluster, tsl_error *err)
{
    tsl__cancel cancel;
    tsl_status status = TSL_OK;
    const tsl__labelling labelling = {(int)pass->k, (int32_t *)(uintptr_t)pass->label};
    const double split = opt->dunn ? 0.5 : 1;
    tsl__cancel_open(&cancel, exec, "quality", err);
    TSL__TRY(measure_simplified(pass, exec->threads, &cancel, out, cluster, err));
    tsl__cancel_phase(&cancel, 0, split);
    TSL__TRY(measure_silhouette(pass, opt, exec->threads, &cancel, out, cluster, err));
    tsl__cancel_phase(&cancel, split, 1);
    if (opt->dunn && pass->k > 1) {
        out->dunn = tsl__dunn(&pass->x, &pass->weights, &labelling, exec->threads, &cancel);
        TSL__TRY(tsl__cancel_get(&cancel));
    }
done:
    return status;
}

void tsl_quality_defaults(tsl_quality_options *opt, size_t size)
{
    const tsl_quality_options full = {
        .size = sizeof full, .silhouette_rows = 1000, .seed = 1, .silhouette_exact = 20000};
    tsl__options_give(opt, size, &full, sizeof full);
}

static tsl_status take_options(const tsl_quality_options *given, tsl_quality_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(quality, opt);
    return tsl__options_take("quality", opt, sizeof *opt, given, err);
}

static void take_indices(const label_pass *pass, double *calinski_harabasz, double *davies_bouldin)
{
    const int k = (int)pass->k;
    *calinski_harabasz = tsl__calinski_harabasz(pass->total, pass->inertia, pass->weights.total, k);
    *davies_bouldin = tsl__davies_bouldin(pass->center, pass->mass, pass->spread, k, pass->x.cols);
}

tsl_status tsl__indices_get(const tsl__row_view *x, const tsl__weights *weights, const int32_t *label, int k,
                            int threads, double *calinski_harabasz, double *davies_bouldin, tsl_error *err)
{
    label_pass pass = {.x = *x, .weights = *weights};
    double variance;
    tsl_status status = TSL_OK;
    TSL__NEED(open_label_pass(&pass, label, k) == 0);
    for (size_t r = 0; r < x->rows; r++) {
        pass.mass[label[r]] += tsl__weight_get(weights->of, r);
    }
    TSL__TRY(tsl__matrix_moments(x, weights, threads, pass.mean, &variance, NULL, err));
    find_centers(&pass, threads);
    find_spreads(&pass, threads);
    take_indices(&pass, calinski_harabasz, davies_bouldin);
done:
    free_label_pass(&pass);
    return status;
}

tsl_status tsl_quality_check(const tsl_quality_options *opt, tsl_error *err)
{
    tsl_quality_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

tsl_status tsl_quality_get(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                           const tsl_quality_options *opt, const tsl_exec *exec, tsl_quality *out,
                           tsl_cluster_quality *cluster, tsl_error *err)
{
    tsl_exec full;
    tsl_quality_options all;
    tsl__extent extent;
    label_pass pass = {0};
    tsl_cluster_quality *own = NULL; /* where the caller wants none */
    double variance;
    tsl_status status = TSL_OK;
    *out = (tsl_quality){0};
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &all, err));
    TSL__TRY(tsl__exec_open(exec, &full, err));
    TSL__TRY(k < 1 ? tsl__error_set(err, TSL_E_OPTION, "k: %d is not at least 1", k) : TSL_OK);
    TSL__TRY(tsl__matrix_check(x, full.threads, &extent, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &pass.weights, err));
    pass.x = tsl__row_view_of(x, tsl__unit_get(&extent, pass.weights.total * (double)x->cols));
    TSL__NEED(open_label_pass(&pass, label, k) == 0);
    TSL__TRY(weigh_labels(&pass, err));
    TSL__TRY(tsl__matrix_moments(&pass.x, &pass.weights, full.threads, pass.mean, &variance, NULL, err));
    const int team = tsl__team_size(full.threads, (double)x->rows * (double)x->cols);
    find_centers(&pass, team);
    find_spreads(&pass, team);
    TSL__TRY(settle_equal(&pass, err));
    TSL__NEED(own = tsl__alloc((size_t)k, sizeof *own));
    open_clusters(&pass, own);
    *out = (tsl_quality){.silhouette = (double)NAN,
                         .silhouette_error = (double)NAN,
                         .silhouette_macro = (double)NAN,
                         .simplified_silhouette = (double)NAN,
                         .simplified_macro = (double)NAN,
                         .dunn = (double)NAN};
    out->inertia = pass.inertia / pass.x.unit / pass.x.unit;
    out->bic = tsl__xmeans_bic(pass.mass, pass.weights.total, k, x->cols, pass.inertia, 1 / pass.x.unit);
    take_indices(&pass, &out->calinski_harabasz, &out->davies_bouldin);
    TSL__TRY(measure_rows(&pass, &all, &full, out, own, err));
    if (cluster) {
        memcpy(cluster, own, (size_t)k * sizeof *own);
    }
done:
    free_label_pass(&pass);
    free(own);
    if (status != TSL_OK) {
        *out = (tsl_quality){0};
    }
    return status;
}
