/* sweep.c: every k and restart of a sweep, the best of each k, and the choice
 * of k. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "model/choice.h"
#include "model/kmeans/exact.h"
#include "model/kmeans/predict.h"
#include "model/kmeans/search.h"
#include "model/quality/quality.h"
#include "model/start.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps that the centres may take after the search, for rounding's sake. */
#define SETTLE_UPDATES 20

typedef struct sweep_job {
    tsl__row_view given; /* the caller's rows */
    tsl__row_view x;     /* in a unit in which no square over- or underflows */
    tsl__weights weights;
    tsl__begin begin;
    tsl_kmeans_options opt;
    tsl_exec exec;
    int k_min, k_max;
    double *mean;
    double variance;
    double total; /* sum of weight * squared distance to the mean */
    tsl__tiles tiles;
    tsl__search search;
    tsl__exact *settled; /* one a k */
    double *silhouette;  /* one a k */
    tsl_sweep *sweep;
    tsl__cancel cancel;
    tsl_error *err;
    int brief; /* 1: centres are all that is wanted */
} sweep_job;

const char *tsl_kernel_get_name(void)
{
    return tsl__kernel_get()->name;
}

/* ---- What is asked for --------------------------------------------------- */

void tsl_kmeans_defaults(tsl_kmeans_options *opt, size_t size)
{
    const tsl_kmeans_options full = {
        .size = sizeof full,
        .k_min = 2,
        .k_max = 10,
        .restarts = 10,
        .max_iterations = 300,
        .tolerance = 1e-4,
        .seed = 1,
        .silhouette_rows = 10000,
        .min_share = 0.02,
        .min_rows = 10,
    };
    tsl__options_give(opt, size, &full, sizeof full);
}

/* Of restarts and iterations no more than anybody has time for, so that counts of them are in range. */
static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_kmeans_options, k, .low = 1, .high = TSL_CLUSTERS_MAX, .unset = 1),
    TSL__RANGE(tsl_kmeans_options, k_min, .low = 1, .high = TSL_CLUSTERS_MAX),
    TSL__RANGE(tsl_kmeans_options, k_max, .low = 1, .high = TSL_CLUSTERS_MAX),
    TSL__RANGE(tsl_kmeans_options, restarts, .low = 1, .high = 1e6),
    TSL__RANGE(tsl_kmeans_options, max_iterations, .low = 1, .high = 1e6),
    TSL__RANGE(tsl_kmeans_options, tolerance, .high = 1),
    TSL__RANGE(tsl_kmeans_options, min_share, .high = 1),
};

const tsl_option_range *tsl_kmeans_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

/* The options as they hold, NULL for the defaults. */
static tsl_status take_options(const tsl_kmeans_options *given, tsl_kmeans_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(kmeans, opt);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("kmeans", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    if (opt->k == 0 && opt->k_min > opt->k_max) {
        return tsl__error_set(err, TSL_E_OPTION, "k_min: %d is above k_max, %d", opt->k_min, opt->k_max);
    }
done:
    return status;
}

tsl_status tsl_kmeans_check(const tsl_kmeans_options *opt, tsl_error *err)
{
    tsl_kmeans_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* Fits the range of k to the start and to the number of distinct rows, beyond
 * which only prior places may hold clusters. */
static tsl_status set_range(sweep_job *job)
{
    tsl_kmeans_options *opt = &job->opt;
    tsl_sweep_info *info = &job->sweep->info;
    const char *scaled = opt->scaled ? " after scaling" : "";
    tsl_status status = TSL_OK;
    size_t distinct;
    TSL__TRY(tsl__begin_fit(&job->begin, opt, &info->notes, job->err));
    job->k_min = opt->k ? opt->k : opt->k_min;
    job->k_max = opt->k ? opt->k : opt->k_max;
    TSL__TRY(tsl__matrix_distinct(&job->given, &job->weights, (size_t)(job->k_max > 2 ? job->k_max : 2), &distinct,
                                  job->err));
    const int most = (int)distinct > job->begin.prior_count ? (int)distinct : job->begin.prior_count;
    if (distinct < 2) {
        return tsl__error_set(job->err, TSL_E_INPUT, "all %zu rows are alike%s: there is nothing to cluster",
                              job->weights.positive, scaled);
    }
    if (!(job->variance > 0)) {
        return tsl__error_set(job->err, TSL_E_INPUT,
                              "the rows differ by less than 1e-300 of the greatest value: they cannot be told apart");
    }
    if (job->k_min > most) {
        return tsl__error_set(job->err, TSL_E_INPUT, "k = %d is more than the %zu distinct rows%s", job->k_min,
                              distinct, scaled);
    }
    if (job->k_max > most) {
        info->k_max_lowered = job->k_max;
        TSL__TRY(tsl__notes_put(&info->notes, job->err,
                                "k goes up to %d, not %d: there are no more distinct rows than that%s", most,
                                job->k_max, scaled));
        job->k_max = most;
    }
done:
    return status;
}

/* ---- The search ---------------------------------------------------------- */

static tsl_status open_search(sweep_job *job)
{
    const size_t ks = job->sweep->count;
    const int threads = job->exec.threads;
    double scale;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__begin_shift(&job->begin, job->mean, job->x.cols, err));
    TSL__TRY(tsl__tiles_scale(&job->x, job->mean, threads, &scale, err));
    TSL__TRY(tsl__tiles_open(&job->tiles, &job->x, job->mean, job->weights.of, scale, threads, err));
    TSL__NEED(job->settled = tsl__alloc_zero(ks, sizeof *job->settled));
    TSL__NEED(job->silhouette = tsl__alloc(ks, sizeof *job->silhouette));
    job->search = (tsl__search){.tiles = &job->tiles,
                                .k_min = job->k_min,
                                .k_max = job->k_max,
                                .restarts = job->opt.restarts,
                                .max_iterations = job->opt.max_iterations,
                                .stop = job->opt.tolerance * job->variance,
                                .seed = job->opt.seed,
                                .threads = threads,
                                .init = job->begin.init_shifted,
                                .prior = tsl__begin_prior(&job->begin, 1)};
    TSL__NEED(tsl__search_open(&job->search) == 0);
done:
    return status;
}

/* A winner's centres in the caller's coordinates. */
static void take_centers(const sweep_job *job, const tsl__lloyd_run *winner, double *center)
{
    const size_t cols = job->x.cols;
    for (size_t i = 0; i < (size_t)winner->k * cols; i++) {
        center[i] = tsl__begin_unshift(&job->begin, i, winner->center[i], job->mean[i % cols], cols);
    }
}

static tsl_status take_winners(sweep_job *job)
{
    const size_t cols = job->x.cols;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < job->sweep->count; s++) {
        const tsl__lloyd_run *winner = job->search.winner[s];
        tsl__exact *settled = &job->settled[s];
        tsl_candidate *candidate = &job->sweep->candidate[s];
        if (job->brief) {
            TSL__NEED(candidate->center = tsl__alloc((size_t)winner->k * cols, sizeof *candidate->center));
            take_centers(job, winner, candidate->center);
        } else {
            TSL__NEED(tsl__exact_open(settled, winner->k, job->x.rows, cols) == 0);
            settled->updates = winner->converged ? SETTLE_UPDATES : 0;
            take_centers(job, winner, settled->center);
        }
        candidate->k = winner->k;
        candidate->restart = winner->restart;
        candidate->iterations = winner->iterations;
        candidate->converged = winner->converged;
    }
done:
    return status;
}

/* What the centres' ways from their prior places cost. */
static double get_penalty(const tsl__begin *begin, const double *center, size_t cols)
{
    double penalty = 0;
    for (size_t i = 0; i < (size_t)begin->prior_count * cols; i++) {
        const double away = center[i] - begin->place[i];
        penalty += away != 0 && !isnan(away) ? begin->prior_weight * away * away : 0;
    }
    return penalty;
}

/* A cluster without rows, where no prior place holds it, has rows that differ
 * but whose squared differences vanish beside the greatest. */
static tsl_status check_rows(const sweep_job *job)
{
    for (size_t s = 0; s < job->sweep->count; s++) {
        const tsl_candidate *c = &job->sweep->candidate[s];
        int held = 0;
        for (int i = 0; i < c->k; i++) {
            held += i < job->begin.prior_count || c->weight[i] > 0;
        }
        if (held < c->k) {
            return tsl__error_set(job->err, TSL_E_INPUT,
                                  "k = %d: only %d clusters can be told apart, as some rows differ by less than 1e-300 "
                                  "of the greatest value",
                                  c->k, held);
        }
    }
    return TSL_OK;
}

/* Settles the winners, and moves what is found into the candidates. */
static tsl_status settle(sweep_job *job)
{
    const tsl__exact_input input = {&job->x, job->weights.of, tsl__begin_prior(&job->begin, 0)};
    tsl_sweep *sweep = job->sweep;
    tsl__cancel_phase(&job->cancel, 0.8, 0.85);
    tsl__exact_fit(&input, job->settled, sweep->count, job->exec.threads, &job->cancel, &sweep->info.passes);
    for (size_t s = 0; s < sweep->count; s++) {
        tsl_candidate *candidate = &sweep->candidate[s];
        tsl__exact *settled = &job->settled[s];
        candidate->iterations += settled->iterations;
        candidate->converged &= settled->converged;
        candidate->inertia = settled->inertia;
        candidate->penalty = get_penalty(&job->begin, settled->center, job->x.cols);
        candidate->center = settled->center;
        candidate->size = (uint64_t *)settled->size;
        candidate->weight = settled->mass;
        settled->center = settled->mass = NULL;
        settled->size = NULL;
    }
    const tsl_status status = tsl__cancel_get(&job->cancel);
    return status == TSL_OK ? check_rows(job) : status;
}

static tsl_status run_search(sweep_job *job)
{
    tsl_sweep_info *info = &job->sweep->info;
    const double start = tsl__clock();
    tsl_status status = TSL_OK;
    TSL__TRY(open_search(job));
    tsl__search_fit(&job->search, &job->cancel);
    TSL__TRY(tsl__cancel_get(&job->cancel));
    TSL__TRY(take_winners(job));
    info->passes = job->search.passes;
    info->iterations = job->search.iterations;
    info->seconds_seed = job->search.seconds_seed;
    job->total = job->tiles.total;
    tsl__search_free(&job->search); /* what follows goes by the rows themselves */
    tsl__tiles_free(&job->tiles);
    if (!job->brief) {
        TSL__TRY(settle(job));
    }
    info->seconds_fit = tsl__clock() - start - info->seconds_seed;
done:
    return status;
}

/* ---- Quality ------------------------------------------------------------- */

/* Silhouettes of every k, on the same rows. */
static void measure_silhouettes(sweep_job *job)
{
    const size_t ks = job->sweep->count, most = job->opt.silhouette_rows;
    const size_t m = tsl__silhouette_count(&job->weights, most);
    size_t *row = tsl__alloc(m, sizeof *row);
    int32_t *label = tsl__alloc(ks * m, sizeof *label);
    tsl__labelling *labelling = tsl__alloc(ks, sizeof *labelling);
    if (!row || !label || !labelling || tsl__silhouette_rows(&job->weights, job->x.rows, most, job->opt.seed, row)) {
        tsl__cancel_fail(&job->cancel, TSL_E_NOMEM);
    } else {
        for (size_t s = 0; s < ks; s++) {
            labelling[s] = (tsl__labelling){job->settled[s].k, label + s * m};
            for (size_t i = 0; i < m; i++) {
                labelling[s].label[i] = job->settled[s].label[row[i]];
            }
        }
        const tsl__silhouette_input input = {&job->x, &job->weights, row, m};
        tsl__cancel_phase(&job->cancel, 0.85, 1);
        tsl__silhouettes(&input, labelling, ks, job->exec.threads, &job->cancel, job->silhouette);
        job->sweep->info.silhouette_rows = m;
    }
    free(row);
    free(label);
    free(labelling);
}

/* Centres that places hold are no means: what compares clusters is of the means of their rows. */
static tsl_status measure_indices(const sweep_job *job, tsl_candidate *c, const tsl__exact *settled)
{
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    int32_t *label = NULL;
    if (job->begin.prior_count) {
        const int team = tsl__team_size(job->exec.threads, (double)job->x.rows * (double)job->x.cols);
        TSL__NEED(label = tsl__alloc(job->x.rows, sizeof *label));
        for (size_t r = 0; r < job->x.rows; r++) {
            label[r] = settled->label[r];
        }
        TSL__TRY(tsl__indices_get(&job->x, &job->weights, label, c->k, team, &c->calinski_harabasz, &c->davies_bouldin,
                                  job->err));
        goto done;
    }
    c->calinski_harabasz = tsl__calinski_harabasz(job->total, c->inertia, job->weights.total, c->k);
    c->davies_bouldin = tsl__davies_bouldin(c->center, c->weight, settled->spread, c->k, job->x.cols);
done:
    free(label);
    return status;
}

static tsl_status measure(sweep_job *job)
{
    tsl_status status = TSL_OK;
    const double start = tsl__clock(), weights = job->weights.total;
    for (size_t s = 0; s < job->sweep->count; s++) {
        job->silhouette[s] = (double)NAN;
    }
    if (job->opt.silhouette_rows > 0 && job->k_max > 1) {
        measure_silhouettes(job);
    }
    for (size_t s = 0; s < job->sweep->count; s++) {
        tsl_candidate *c = &job->sweep->candidate[s];
        c->silhouette = job->silhouette[s];
        TSL__TRY(measure_indices(job, c, &job->settled[s]));
        double least = c->weight[0];
        for (int i = 1; i < c->k; i++) {
            least = c->weight[i] < least ? c->weight[i] : least;
        }
        c->smallest_share = least / weights;
    }
    job->sweep->info.seconds_quality = tsl__clock() - start;
    status = tsl__cancel_get(&job->cancel);
done:
    return status;
}

static tsl_status choose(sweep_job *job)
{
    if (job->k_min < job->k_max) {
        return tsl__sweep_choose(job->sweep, &job->opt, job->err);
    }
    const char *why = job->begin.init_count ? "is the number of the initial centres"
                      : job->opt.k          ? "was asked for"
                                            : "is the only one in the range";
    return tsl__sweep_choose_only(job->sweep, why, job->err);
}

/* ---- All of it ----------------------------------------------------------- */

/* Each row's place under the chosen candidate. */
static tsl_status assign(sweep_job *job)
{
    tsl_sweep *sweep = job->sweep;
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(sweep->assignment = tsl__assignment_open(job->x.rows));
    tsl__cancel_phase(&job->cancel, 1, 1);
    tsl__assign(&job->x, best->center, best->k, job->exec.threads, sweep->assignment, &job->cancel);
    sweep->info.passes++;
    TSL__TRY(tsl__cancel_get(&job->cancel));
done:
    return status;
}

/* Back to the caller's unit. */
static void undo_unit(sweep_job *job)
{
    const double unit = job->x.unit;
    for (size_t s = 0; s < job->sweep->count && unit != 1; s++) {
        tsl_candidate *candidate = &job->sweep->candidate[s];
        candidate->inertia = candidate->inertia / unit / unit;
        candidate->penalty = candidate->penalty / unit / unit;
        for (size_t i = 0; i < (size_t)candidate->k * job->x.cols; i++) {
            candidate->center[i] /= unit;
        }
    }
}

static tsl_status run_job(sweep_job *job)
{
    tsl_sweep *sweep = job->sweep;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(job->mean = tsl__alloc(job->x.cols, sizeof *job->mean));
    TSL__NEED(sweep->column_share = tsl__alloc(job->x.cols, sizeof *sweep->column_share));
    TSL__TRY(tsl__matrix_moments(&job->x, &job->weights, job->exec.threads, job->mean, &job->variance,
                                 sweep->column_share, err));
    TSL__TRY(set_range(job));
    sweep->rows = job->x.rows;
    sweep->cols = job->x.cols;
    sweep->placed = job->begin.prior_count;
    sweep->info.threads = job->exec.threads;
    sweep->info.kernel = tsl_kernel_get_name();
    const size_t ks = (size_t)(job->k_max - job->k_min + 1);
    TSL__NEED(sweep->candidate = tsl__alloc_zero(ks, sizeof *sweep->candidate));
    sweep->count = ks;
    TSL__TRY(run_search(job));
    if (!job->brief) {
        TSL__TRY(measure(job));
        TSL__TRY(choose(job));
        TSL__TRY(assign(job));
    }
    undo_unit(job);
done:
    return status;
}

static void free_job(sweep_job *job)
{
    tsl__search_free(&job->search);
    for (size_t s = 0; job->settled && s < job->sweep->count; s++) {
        tsl__exact_free(&job->settled[s]);
    }
    free(job->settled);
    free(job->silhouette);
    free(job->mean);
    tsl__tiles_free(&job->tiles);
    tsl__begin_free(&job->begin);
}

static tsl_status fit(int brief, const tsl_matrix *x, const double *weight, const tsl_start *start,
                      const tsl_kmeans_options *opt, const tsl_exec *exec, tsl_sweep **out, tsl_error *err)
{
    sweep_job job = {.err = err, .brief = brief};
    tsl__extent extent;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &job.opt, err));
    TSL__TRY(tsl__exec_open(exec, &job.exec, err));
    TSL__TRY(tsl__matrix_check(x, job.exec.threads, &extent, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &job.weights, err));
    TSL__TRY(tsl__begin_open(start, x->cols, &job.begin, err));
    tsl__begin_extend(&job.begin, x->cols, &extent);
    job.given = tsl__row_view_of(x, 1);
    job.x = tsl__row_view_of(x, tsl__unit_get(&extent, job.weights.total * (double)x->cols));
    tsl__begin_scale(&job.begin, x->cols, job.x.unit);
    TSL__NEED(job.sweep = tsl__alloc_zero(1, sizeof *job.sweep));
    tsl__cancel_open(&job.cancel, &job.exec, "cluster", err);
    TSL__TRY(run_job(&job));
    *out = job.sweep;
done:
    free_job(&job);
    if (status != TSL_OK) {
        tsl_sweep_free(job.sweep);
    }
    return status;
}

tsl_status tsl_kmeans_fit(const tsl_matrix *x, const double *weight, const tsl_start *start,
                          const tsl_kmeans_options *opt, const tsl_exec *exec, tsl_sweep **out, tsl_error *err)
{
    return fit(0, x, weight, start, opt, exec, out, err);
}

tsl_status tsl__kmeans_fit_centers(const tsl_matrix *x, const double *weight, const tsl_start *start,
                                   const tsl_kmeans_options *opt, const tsl_exec *exec, tsl_sweep **out, tsl_error *err)
{
    return fit(1, x, weight, start, opt, exec, out, err);
}

const char *tsl_place_kind_get_name(tsl_place_kind kind)
{
    static const char *const names[] = {"", "typical", "given", "previous"};
    return (unsigned)kind <= TSL_PLACES_PREVIOUS ? names[kind] : "";
}

const tsl_candidate *tsl_sweep_get_candidate(const tsl_sweep *sweep, size_t index)
{
    return index < sweep->count ? &sweep->candidate[index] : NULL;
}

const int32_t *tsl_sweep_get_labels(const tsl_sweep *sweep)
{
    return sweep->assignment ? sweep->assignment->label : NULL;
}

void tsl_sweep_free(tsl_sweep *sweep)
{
    if (!sweep) {
        return;
    }
    for (size_t s = 0; s < sweep->count; s++) {
        free(sweep->candidate[s].center);
        free(sweep->candidate[s].size);
        free(sweep->candidate[s].weight);
    }
    free(sweep->candidate);
    free(sweep->column_share);
    tsl__notes_free(&sweep->info.notes);
    tsl__assignment_free(sweep->assignment);
    free(sweep);
}
