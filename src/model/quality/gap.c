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
} box;

static void free_box(box *b)
{
    free(b->mean);
    free(b->axes);
    free(b->low);
    free(b->high);
    free(b->own_weight);
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
static void draw_rows(const box *b, uint64_t seed, int reference, double *rows)
{
    tsl__rng rng = tsl__rng_open(seed, STREAM, (uint32_t)reference);
    for (size_t i = 0; i < b->weights.positive * b->cols; i++) {
        const size_t j = i % b->cols;
        rows[i] = b->low[j] + tsl__rng_uniform(&rng) * (b->high[j] - b->low[j]);
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

typedef struct job {
    const tsl_matrix *x;
    const double *weight;
    tsl_gap_options opt;
    tsl_exec exec;
    box box;
    double *above; /* references x k_max: ln inertia of each reference and k */
    int *most;     /* references: the greatest k that has one */
    tsl_gap *gap;
} job;

/* The inertias of the rows; k ends where none is left. */
static tsl_status fit_rows(const job *j, const tsl_exec *one, tsl_error *err)
{
    tsl_gap *gap = j->gap;
    tsl_sweep *sweep = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__repeated_fit(one, j->x, j->weight, j->opt.k_max, j->opt.restarts, j->opt.seed, &sweep, err));
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

static tsl_status fit_reference(const job *j, int number, const tsl_exec *one, tsl_error *err)
{
    const box *b = &j->box;
    double *above = j->above + (size_t)number * (size_t)j->opt.k_max, *values = NULL;
    tsl_sweep *sweep = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(values = tsl__alloc(b->weights.positive * b->cols, sizeof *values));
    const tsl_matrix rows = {values, b->weights.positive, b->cols, b->cols, TSL_F64};
    draw_rows(b, j->opt.seed, number, values);
    TSL__TRY(tsl__repeated_fit(one, &rows, b->own_weight, j->opt.k_max, j->opt.restarts, j->opt.seed, &sweep, err));
    j->most[number] = (int)sweep->count;
    for (int k = 0; k < j->most[number]; k++) {
        above[k] = log(sweep->candidate[k].inertia) - 2 * log(b->x.unit);
    }
done:
    tsl_sweep_free(sweep);
    free(values);
    return status;
}

/* The rows first, whose error decides, then the references. */
static tsl_status fit_part(void *user, int number, const tsl_exec *one, tsl_error *err)
{
    const job *j = user;
    return number == 0 ? fit_rows(j, one, err) : fit_reference(j, number - 1, one, err);
}

static void sum_up(const job *j)
{
    const tsl_gap_options *opt = &j->opt;
    const double count = opt->references;
    tsl_gap *gap = j->gap;
    for (int i = 0; i < opt->references; i++) {
        gap->k_max = j->most[i] < gap->k_max ? j->most[i] : gap->k_max;
    }
    for (int k = 0; k < gap->k_max; k++) {
        const double *above = j->above + k, own = log(gap->inertia[k]);
        double mean = 0, square = 0;
        for (int i = 0; i < opt->references; i++) {
            mean += above[(size_t)i * (size_t)opt->k_max] - own;
        }
        mean /= count;
        for (int i = 0; i < opt->references; i++) {
            const double off = (above[(size_t)i * (size_t)opt->k_max] - own) - mean;
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

static tsl_status run_job(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t references = (size_t)j->opt.references, ks = (size_t)j->opt.k_max;
    TSL__NEED(j->gap = tsl__alloc_zero(1, sizeof *j->gap));
    TSL__NEED(j->gap->inertia = tsl__alloc(ks, sizeof *j->gap->inertia));
    TSL__NEED(j->gap->gap = tsl__alloc(ks, sizeof *j->gap->gap));
    TSL__NEED(j->gap->error = tsl__alloc(ks, sizeof *j->gap->error));
    TSL__NEED(j->above = tsl__alloc(references * ks, sizeof *j->above));
    TSL__NEED(j->most = tsl__alloc(references, sizeof *j->most));
    TSL__TRY(open_box(&j->box, j->x, j->weight, j->exec.threads, err));
    TSL__TRY(tsl__repeated_run(&j->exec, "gap", 1 + j->opt.references, fit_part, j, err));
    sum_up(j);
done:
    return status;
}

tsl_status tsl_gap_build(const tsl_matrix *x, const double *weight, const tsl_gap_options *opt, const tsl_exec *exec,
                         tsl_gap **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.x = x, .weight = weight};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &j.opt, err));
    TSL__TRY(tsl__exec_open(exec, &j.exec, err));
    TSL__TRY(run_job(&j, err));
    *out = j.gap;
    j.gap = NULL;
done:
    tsl_gap_free(j.gap);
    free_box(&j.box);
    free(j.above);
    free(j.most);
    return status;
}
