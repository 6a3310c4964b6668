/* gap.c: the gap statistic: inertias of the rows against those of rows without
 * clusters, drawn from a box along the principal axes. The box stays in its own
 * axes: k-means does not see how they lie. */
#include "model/quality/repeated.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/rng.h"
#include "stat/eigen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The name of the streams of draws, beside those of the runs (k, restart): k is below it. */
#define STREAM UINT32_C(0x6A90000)

/* ---- Options -------------------------------------------------------------------- */

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_gap_options, k_max, .low = 1, .high = TSL_CLUSTERS_MAX),
    TSL__RANGE(tsl_gap_options, references, .low = 2, .high = 1e6),
    TSL__RANGE(tsl_gap_options, restarts, .low = 1, .high = 1e6),
};

const tsl_option_range *tsl_gap_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

void tsl_gap_defaults(tsl_gap_options *opt, size_t size)
{
    const tsl_gap_options full = {.size = sizeof full, .k_max = 10, .references = 100, .restarts = 10, .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static tsl_status take_options(const tsl_gap_options *given, tsl_gap_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(gap, opt);
    TSL__TRY(tsl__options_take("gap", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
done:
    return status;
}

tsl_status tsl_gap_check(const tsl_gap_options *opt, tsl_error *err)
{
    tsl_gap_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- The box ---------------------------------------------------------------------- */

typedef struct box {
    tsl__row_view x;
    tsl__weights weights;
    size_t cols;
    double *mean;       /* cols */
    double *axes;       /* cols x cols: axis j is column j */
    double *low, *high; /* cols: of the rows along each axis */
    double *own_weight; /* of the rows that have one; NULL: once each */
    double *rows;       /* weights.positive x cols: those of a reference */
} box;

static void free_box(box *b)
{
    free(b->mean);
    free(b->axes);
    free(b->low);
    free(b->high);
    free(b->own_weight);
    free(b->rows);
}

/* Adds up weight * (x - mean)(x - mean)' over a part of the rows; off: cols. */
static void add_products(const box *b, size_t begin, size_t end, double *buffer, double *off, double *sum)
{
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(&b->x, r, buffer), weight = tsl__weight_get(b->weights.of, r);
        for (size_t i = 0; i < b->cols; i++) {
            off[i] = row[i] - b->mean[i];
        }
        for (size_t i = 0; i < b->cols; i++) {
            for (size_t j = 0; j <= i; j++) {
                sum[i * b->cols + j] += weight * off[i] * off[j];
            }
        }
    }
}

/* The covariance, both halves of it. */
static tsl_status sum_products(const box *b, int threads, double *covariance, tsl_error *err)
{
    const size_t d = b->cols, most = tsl__part_most(d * d), parts = tsl__part_count(b->x.rows, most);
    double *sums = NULL, *buffer = NULL;
    tsl_status status = TSL_OK;
    const int team = tsl__team_size(threads, (double)b->x.rows * (double)d * (double)d);
    TSL__NEED(sums = tsl__alloc_zero(parts * d * d, sizeof *sums));
    TSL__NEED(buffer = tsl__alloc(parts * 2 * d, sizeof *buffer));
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(b->x.rows, most, p, &begin, &end);
        add_products(b, begin, end, buffer + p * 2 * d, buffer + p * 2 * d + d, sums + p * d * d);
    }
    for (size_t i = 0; i < d; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t p = 0; p < parts; p++) {
                sum += sums[(p * d + i) * d + j];
            }
            covariance[i * d + j] = covariance[j * d + i] = sum / b->weights.total;
        }
    }
done:
    free(sums);
    free(buffer);
    return status;
}

/* How far the rows that have a weight reach along each axis. */
static void find_reach(box *b, double *buffer)
{
    for (size_t j = 0; j < b->cols; j++) {
        b->low[j] = HUGE_VAL;
        b->high[j] = -HUGE_VAL;
    }
    for (size_t r = 0; r < b->x.rows; r++) {
        if (!(tsl__weight_get(b->weights.of, r) > 0)) {
            continue;
        }
        const double *row = tsl__row(&b->x, r, buffer);
        for (size_t j = 0; j < b->cols; j++) {
            double along = 0;
            for (size_t i = 0; i < b->cols; i++) {
                along += (row[i] - b->mean[i]) * b->axes[i * b->cols + j];
            }
            b->low[j] = along < b->low[j] ? along : b->low[j];
            b->high[j] = along > b->high[j] ? along : b->high[j];
        }
    }
}

static void take_weights(box *b)
{
    for (size_t r = 0, i = 0; b->own_weight && r < b->x.rows; r++) {
        if (b->weights.of[r] > 0) {
            b->own_weight[i++] = b->weights.of[r];
        }
    }
}

static tsl_status open_box(box *b, const tsl_matrix *x, const double *weight, int threads, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t d = x->cols;
    double *covariance = NULL, *buffer = NULL, variance;
    tsl__extent extent;
    TSL__TRY(tsl__matrix_check(x, threads, &extent, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &b->weights, err));
    b->x = tsl__row_view_of(x, tsl__unit_get(&extent, b->weights.total * (double)d));
    b->cols = d;
    TSL__NEED(b->mean = tsl__alloc(d, sizeof *b->mean));
    TSL__NEED(b->axes = tsl__alloc(d * d, sizeof *b->axes));
    TSL__NEED(b->low = tsl__alloc(d, sizeof *b->low));
    TSL__NEED(b->high = tsl__alloc(d, sizeof *b->high));
    TSL__NEED(covariance = tsl__alloc(d * d, sizeof *covariance));
    TSL__NEED(buffer = tsl__alloc(d, sizeof *buffer));
    TSL__NEED(!weight || (b->own_weight = tsl__alloc(b->weights.positive, sizeof *b->own_weight)));
    TSL__NEED(b->rows = tsl__alloc(b->weights.positive * d, sizeof *b->rows));
    TSL__TRY(tsl__matrix_moments(&b->x, &b->weights, threads, b->mean, &variance, NULL, err));
    TSL__TRY(sum_products(b, threads, covariance, err));
    tsl__eigen_symmetric(covariance, d, buffer, b->axes);
    find_reach(b, buffer);
    take_weights(b);
done:
    free(covariance);
    free(buffer);
    return status;
}

/* Rows of reference number `reference`, along the axes: each coordinate is a draw of its own. */
static void draw_rows(box *b, uint64_t seed, int reference, int threads)
{
    const size_t rows = b->weights.positive, blocks = tsl__block_count(rows);
    const int team = tsl__team_size(threads, 10 * (double)rows * (double)b->cols);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t block = 0; block < blocks; block++) {
        size_t begin, end;
        tsl__block_get(rows, block, &begin, &end);
        tsl__rng rng = tsl__rng_open(seed, STREAM, (uint32_t)reference);
        rng.draw = begin * b->cols;
        for (size_t i = begin * b->cols; i < end * b->cols; i++) {
            const size_t j = i % b->cols;
            b->rows[i] = b->low[j] + tsl__rng_uniform(&rng) * (b->high[j] - b->low[j]);
        }
    }
}

/* ---- The statistic ------------------------------------------------------------------ */

void tsl_gap_free(tsl_gap *gap)
{
    if (gap) {
        free(gap->inertia);
        free(gap->gap);
        free(gap->error);
        free(gap);
    }
}

/* The inertias of the rows; k ends where none is left. */
static tsl_status fit_rows(tsl__repeated *repeated, const tsl_matrix *x, const double *weight,
                           const tsl_gap_options *opt, tsl_gap *gap, tsl_error *err)
{
    tsl_sweep *sweep = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__repeated_fit(repeated, x, weight, opt->k_max, opt->restarts, opt->seed, &sweep, err));
    for (gap->k_max = 0; (size_t)gap->k_max < sweep->count; gap->k_max++) {
        const double inertia = sweep->candidate[gap->k_max].inertia;
        if (!(inertia > 0) || !isfinite(inertia)) {
            break;
        }
        gap->inertia[gap->k_max] = inertia;
    }
    TSL__TRY(gap->k_max == 0 ? tsl__error_set(err, TSL_E_INPUT, "gap: a double does not hold the rows' inertia")
                             : TSL_OK);
done:
    tsl_sweep_free(sweep);
    return status;
}

/* ln inertia of each reference and k, less that of the rows: references x k_max. */
static tsl_status fit_references(tsl__repeated *repeated, box *b, const tsl_gap_options *opt, tsl_gap *gap,
                                 double *above, tsl_error *err)
{
    tsl_sweep *sweep = NULL;
    tsl_status status = TSL_OK;
    const tsl_matrix rows = {b->rows, b->weights.positive, b->cols, b->cols, TSL_F64};
    for (int i = 0; i < opt->references; i++) {
        draw_rows(b, opt->seed, i, repeated->given.threads);
        TSL__TRY(tsl__repeated_fit(repeated, &rows, b->own_weight, gap->k_max, opt->restarts, opt->seed, &sweep, err));
        gap->k_max = (size_t)gap->k_max < sweep->count ? gap->k_max : (int)sweep->count;
        for (int k = 0; k < gap->k_max; k++) {
            above[(size_t)i * (size_t)opt->k_max + (size_t)k] =
                log(sweep->candidate[k].inertia) - 2 * log(b->x.unit) - log(gap->inertia[k]);
        }
        tsl_sweep_free(sweep);
        sweep = NULL;
    }
done:
    tsl_sweep_free(sweep);
    return status;
}

static void sum_up(const tsl_gap_options *opt, const double *above, tsl_gap *gap)
{
    const double count = opt->references;
    for (int k = 0; k < gap->k_max; k++) {
        double mean = 0, square = 0;
        for (int i = 0; i < opt->references; i++) {
            mean += above[(size_t)i * (size_t)opt->k_max + (size_t)k];
        }
        mean /= count;
        for (int i = 0; i < opt->references; i++) {
            const double off = above[(size_t)i * (size_t)opt->k_max + (size_t)k] - mean;
            square += off * off / count;
        }
        gap->gap[k] = mean;
        gap->error[k] = sqrt(square) * sqrt(1 + 1 / count);
    }
    for (gap->best = 1; gap->best < gap->k_max; gap->best++) {
        if (gap->gap[gap->best - 1] >= gap->gap[gap->best] - gap->error[gap->best]) {
            break;
        }
    }
}

tsl_status tsl_gap_build(const tsl_matrix *x, const double *weight, const tsl_gap_options *opt, const tsl_exec *exec,
                         tsl_gap **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_gap_options full;
    tsl__repeated repeated = {.stage = "gap"};
    box b = {0};
    tsl_gap *gap = NULL;
    double *above = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &full, err));
    TSL__TRY(tsl__exec_open(exec, &repeated.given, err));
    repeated.total = (size_t)full.references + 1;
    TSL__NEED(gap = tsl__alloc_zero(1, sizeof *gap));
    TSL__NEED(gap->inertia = tsl__alloc((size_t)full.k_max, sizeof *gap->inertia));
    TSL__NEED(gap->gap = tsl__alloc((size_t)full.k_max, sizeof *gap->gap));
    TSL__NEED(gap->error = tsl__alloc((size_t)full.k_max, sizeof *gap->error));
    TSL__NEED(above = tsl__alloc((size_t)full.references * (size_t)full.k_max, sizeof *above));
    TSL__TRY(fit_rows(&repeated, x, weight, &full, gap, err));
    TSL__TRY(open_box(&b, x, weight, repeated.given.threads, err));
    TSL__TRY(fit_references(&repeated, &b, &full, gap, above, err));
    sum_up(&full, above, gap);
    *out = gap;
    gap = NULL;
done:
    tsl_gap_free(gap);
    free_box(&b);
    free(above);
    return status;
}
