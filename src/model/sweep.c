/* sweep.c: every k and restart of a sweep, the best of each k, and the choice
 * of k. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/text.h"
#include "model/kmeans/exact.h"
#include "model/kmeans/predict.h"
#include "model/kmeans/search.h"
#include "model/quality/quality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps that the centres may take after the search, for rounding's sake. */
#define SETTLE_UPDATES 20

typedef struct sweep_job {
    const tsl_matrix *x;
    tsl_kmeans_options opt;
    tsl_exec exec;
    int k_min, k_max;
    double *mean;
    double variance;
    tsl__tiles tiles;
    tsl__search search;
    tsl__exact *settled; /* one a k */
    double *silhouette;  /* one a k */
    tsl_sweep *sweep;
    tsl__cancel cancel;
    tsl_error *err;
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
        .min_share = 0.01,
    };
    tsl__options_give(opt, size, &full, sizeof full);
}

static tsl_status check_numbers(const tsl_kmeans_options *opt, tsl_error *err)
{
    if (opt->k < 0 || opt->k > TSL__MOST_CLUSTERS) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is outside 1 to %d (0: sweep)", opt->k, TSL__MOST_CLUSTERS);
    }
    if (opt->k == 0 && (opt->k_min < 1 || opt->k_max > TSL__MOST_CLUSTERS || opt->k_min > opt->k_max)) {
        return tsl__error_set(err, TSL_E_OPTION, "k from %d to %d: a range within 1 to %d is needed", opt->k_min,
                              opt->k_max, TSL__MOST_CLUSTERS);
    }
    if (opt->restarts < 1) {
        return tsl__error_set(err, TSL_E_OPTION, "restarts: %d is not at least 1", opt->restarts);
    }
    if (opt->max_iterations < 1) {
        return tsl__error_set(err, TSL_E_OPTION, "max_iterations: %d is not at least 1", opt->max_iterations);
    }
    if (!(opt->tolerance >= 0 && opt->tolerance <= 1e300)) {
        return tsl__error_set(err, TSL_E_OPTION, "tolerance: a number of at least 0 is needed");
    }
    if (!(opt->min_share >= 0 && opt->min_share <= 1)) {
        return tsl__error_set(err, TSL_E_OPTION, "min_share: a number from 0 to 1 is needed");
    }
    return TSL_OK;
}

/* The options as they hold, NULL for the defaults. */
static tsl_status take_options(const tsl_kmeans_options *given, tsl_kmeans_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(kmeans, opt);
    tsl_status status = tsl__options_take("kmeans", opt, sizeof *opt, given, err);
    return status == TSL_OK ? check_numbers(opt, err) : status;
}

tsl_status tsl_kmeans_check(const tsl_kmeans_options *opt, tsl_error *err)
{
    tsl_kmeans_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* Fits the range of k to the number of distinct rows. */
static tsl_status set_range(sweep_job *job)
{
    const tsl_kmeans_options *opt = &job->opt;
    tsl_sweep_info *info = &job->sweep->info;
    tsl_status status = TSL_OK;
    size_t distinct;
    job->k_min = opt->k ? opt->k : opt->k_min;
    job->k_max = opt->k ? opt->k : opt->k_max;
    TSL__TRY(tsl__matrix_distinct(job->x, (size_t)(job->k_max > 2 ? job->k_max : 2), &distinct, job->err));
    if (distinct < 2 || !(job->variance > 0)) {
        return tsl__error_set(job->err, TSL_E_INPUT, "all %zu rows are alike: there is nothing to cluster",
                              job->x->rows);
    }
    if ((size_t)job->k_min > distinct) {
        return tsl__error_set(job->err, TSL_E_INPUT, "k = %d is more than the %zu distinct rows", job->k_min, distinct);
    }
    if ((size_t)job->k_max > distinct) {
        info->k_max_lowered = job->k_max;
        if (tsl__notes_add(&info->notes, "k goes up to %zu, not %d: there are no more distinct rows than that",
                           distinct, job->k_max)) {
            return tsl__error_nomem(job->err);
        }
        job->k_max = (int)distinct;
    }
done:
    return status;
}

/* ---- The search ---------------------------------------------------------- */

static tsl_status open_search(sweep_job *job)
{
    const size_t ks = job->sweep->count;
    const int threads = job->exec.threads;
    const double scale = tsl__tiles_scale(job->x, job->mean, threads);
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__tiles_open(&job->tiles, job->x, job->mean, NULL, scale, threads, err));
    TSL__NEED(job->settled = tsl__alloc_zero(ks, sizeof *job->settled));
    TSL__NEED(job->silhouette = tsl__alloc(ks, sizeof *job->silhouette));
    job->search = (tsl__search){.tiles = &job->tiles,
                                .k_min = job->k_min,
                                .k_max = job->k_max,
                                .restarts = job->opt.restarts,
                                .max_iterations = job->opt.max_iterations,
                                .stop = job->opt.tolerance * job->variance,
                                .seed = job->opt.seed,
                                .threads = threads};
    TSL__NEED(tsl__search_open(&job->search) == 0);
done:
    return status;
}

/* The winners in the caller's coordinates, settled there. */
static tsl_status settle(sweep_job *job)
{
    const size_t cols = job->x->cols;
    for (size_t s = 0; s < job->sweep->count; s++) {
        const tsl__lloyd_run *winner = job->search.winner[s];
        tsl__exact *settled = &job->settled[s];
        if (tsl__exact_open(settled, winner->k, job->x->rows, cols)) {
            return tsl__error_nomem(job->err);
        }
        settled->updates = winner->converged ? SETTLE_UPDATES : 0;
        for (size_t i = 0; i < (size_t)settled->k * cols; i++) {
            settled->center[i] = winner->center[i] + job->mean[i % cols];
        }
    }
    tsl__cancel_phase(&job->cancel, 0.8, 0.85);
    tsl__exact_fit(job->x, job->settled, job->sweep->count, job->exec.threads, &job->cancel, &job->search.passes);
    return tsl__cancel_get(&job->cancel);
}

/* Moves what is found into the candidates. */
static void take_found(sweep_job *job)
{
    for (size_t s = 0; s < job->sweep->count; s++) {
        tsl_candidate *candidate = &job->sweep->candidate[s];
        const tsl__lloyd_run *winner = job->search.winner[s];
        tsl__exact *settled = &job->settled[s];
        candidate->k = settled->k;
        candidate->restart = winner->restart;
        candidate->iterations = winner->iterations + settled->iterations;
        candidate->converged = winner->converged && settled->converged;
        candidate->inertia = settled->inertia;
        candidate->center = settled->center;
        candidate->size = settled->size;
        settled->center = NULL;
        settled->size = NULL;
    }
}

static tsl_status run_search(sweep_job *job)
{
    tsl_sweep_info *info = &job->sweep->info;
    const double start = tsl__clock();
    tsl_status status = TSL_OK;
    TSL__TRY(open_search(job));
    tsl__search_fit(&job->search, &job->cancel);
    TSL__TRY(tsl__cancel_get(&job->cancel));
    TSL__TRY(settle(job));
    take_found(job);
    info->passes = job->search.passes;
    info->iterations = job->search.iterations;
    info->seconds_seed = job->search.seconds_seed;
    info->seconds_fit = tsl__clock() - start - info->seconds_seed;
done:
    return status;
}

/* ---- Quality ------------------------------------------------------------- */

/* Silhouettes of every k, on the same rows. */
static void measure_silhouettes(sweep_job *job)
{
    const size_t ks = job->sweep->count, most = job->opt.silhouette_rows;
    const size_t m = job->x->rows < most ? job->x->rows : most;
    size_t *row = tsl__alloc(m, sizeof *row);
    int32_t *label = tsl__alloc(ks * m, sizeof *label);
    tsl__labelling *labelling = tsl__alloc(ks, sizeof *labelling);
    if (!row || !label || !labelling || tsl__silhouette_rows(job->x->rows, most, job->opt.seed, row)) {
        tsl__cancel_fail(&job->cancel, TSL_E_NOMEM);
    } else {
        for (size_t s = 0; s < ks; s++) {
            labelling[s] = (tsl__labelling){job->settled[s].k, label + s * m};
            for (size_t i = 0; i < m; i++) {
                labelling[s].label[i] = job->settled[s].label[row[i]];
            }
        }
        tsl__cancel_phase(&job->cancel, 0.85, 1);
        tsl__silhouettes(job->x, row, m, labelling, ks, job->exec.threads, &job->cancel, job->silhouette);
        job->sweep->info.silhouette_rows = m;
    }
    free(row);
    free(label);
    free(labelling);
}

static tsl_status measure(sweep_job *job)
{
    const double start = tsl__clock();
    for (size_t s = 0; s < job->sweep->count; s++) {
        job->silhouette[s] = (double)NAN;
    }
    if (job->opt.silhouette_rows > 0 && job->k_max > 1) {
        measure_silhouettes(job);
    }
    for (size_t s = 0; s < job->sweep->count; s++) {
        tsl_candidate *c = &job->sweep->candidate[s];
        c->silhouette = job->silhouette[s];
        c->calinski_harabasz = tsl__calinski_harabasz(job->tiles.total, c->inertia, job->x->rows, c->k);
        c->davies_bouldin = tsl__davies_bouldin(c->center, c->size, job->settled[s].spread, c->k, job->x->cols);
        uint64_t least = c->size[0];
        for (int i = 1; i < c->k; i++) {
            least = c->size[i] < least ? c->size[i] : least;
        }
        c->smallest_share = (double)least / (double)job->x->rows;
    }
    job->sweep->info.seconds_quality = tsl__clock() - start;
    return tsl__cancel_get(&job->cancel);
}

/* ---- The choice of k ----------------------------------------------------- */

/* The candidate of the greatest index among those whose smallest cluster holds
 * the share; NaN counts least, ties go to the smaller k. count: none. */
static size_t find_best(const tsl_sweep *sweep, int by_silhouette, double share)
{
    size_t best = sweep->count;
    double most = 0;
    for (size_t s = 0; s < sweep->count; s++) {
        const tsl_candidate *c = &sweep->candidate[s];
        const double value = by_silhouette ? c->silhouette : c->calinski_harabasz;
        if (c->smallest_share >= share && (best == sweep->count || value > most || (isnan(most) && !isnan(value)))) {
            best = s;
            most = value;
        }
    }
    return best;
}

/* Keeps the sentence, which it frees. */
static tsl_status set_choice(sweep_job *job, char *sentence)
{
    if (!sentence) {
        return tsl__error_nomem(job->err);
    }
    strncat(job->sweep->info.choice, sentence, sizeof job->sweep->info.choice - 1);
    free(sentence);
    return TSL_OK;
}

/* Chooses by one index; 0 where it is not defined for any k in question. */
static int choose_by(tsl_sweep *sweep, int by_silhouette, double share, int *shared)
{
    size_t best = find_best(sweep, by_silhouette, share);
    *shared = best < sweep->count;
    sweep->best = *shared ? best : find_best(sweep, by_silhouette, 0);
    const tsl_candidate *c = &sweep->candidate[sweep->best];
    return !isnan(by_silhouette ? c->silhouette : c->calinski_harabasz);
}

static tsl_status choose(sweep_job *job)
{
    tsl_sweep *sweep = job->sweep;
    char value[32], share[32];
    if (job->k_min == job->k_max) {
        return set_choice(
            job, tsl__format(job->opt.k ? "k = %d was asked for" : "k = %d is the only one in the range", job->k_min));
    }
    int shared, by_silhouette = 1;
    if (!choose_by(sweep, 1, job->opt.min_share, &shared)) {
        by_silhouette = 0;
        if (!choose_by(sweep, 0, job->opt.min_share, &shared)) {
            return set_choice(
                job, tsl__format("k = %d is the smallest; no index tells them apart", sweep->candidate[sweep->best].k));
        }
    }
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    const char *index = by_silhouette ? "silhouette" : "Calinski-Harabasz index";
    tsl__shown_write(by_silhouette ? best->silhouette : best->calinski_harabasz, by_silhouette ? 3 : 1, value);
    tsl__shown_write(100 * job->opt.min_share, 3, share);
    if (shared) {
        return set_choice(job,
                          tsl__format("k = %d has the greatest %s (%s) among those whose smallest cluster holds at "
                                      "least %s %% of the rows",
                                      best->k, index, value, share));
    }
    if (tsl__notes_add(&sweep->info.notes,
                       "every k has a cluster with less than %s %% of the rows; k was chosen among all", share)) {
        return tsl__error_nomem(job->err);
    }
    return set_choice(job, tsl__format("k = %d has the greatest %s (%s)", best->k, index, value));
}

/* ---- All of it ----------------------------------------------------------- */

/* Each row's place under the chosen candidate. */
static tsl_status assign(sweep_job *job)
{
    tsl_sweep *sweep = job->sweep;
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(sweep->assignment = tsl__assignment_open(job->x->rows));
    tsl__cancel_phase(&job->cancel, 1, 1);
    tsl__assign(job->x, best->center, best->k, job->exec.threads, sweep->assignment, &job->cancel);
    sweep->info.passes++;
    TSL__TRY(tsl__cancel_get(&job->cancel));
done:
    return status;
}

static tsl_status run_job(sweep_job *job)
{
    tsl_sweep *sweep = job->sweep;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(job->mean = tsl__alloc(job->x->cols, sizeof *job->mean));
    TSL__TRY(tsl__matrix_moments(job->x, job->exec.threads, job->mean, &job->variance, err));
    TSL__TRY(set_range(job));
    sweep->rows = job->x->rows;
    sweep->cols = job->x->cols;
    sweep->info.threads = job->exec.threads;
    sweep->info.kernel = tsl_kernel_get_name();
    const size_t ks = (size_t)(job->k_max - job->k_min + 1);
    TSL__NEED(sweep->candidate = tsl__alloc_zero(ks, sizeof *sweep->candidate));
    sweep->count = ks;
    TSL__TRY(run_search(job));
    TSL__TRY(measure(job));
    TSL__TRY(choose(job));
    TSL__TRY(assign(job));
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
}

tsl_status tsl_kmeans_fit(const tsl_matrix *x, const tsl_kmeans_options *opt, const tsl_exec *exec, tsl_sweep **out,
                          tsl_error *err)
{
    sweep_job job = {.x = x, .err = err};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &job.opt, err));
    TSL__TRY(tsl__exec_open(exec, &job.exec, err));
    TSL__TRY(tsl__matrix_check(x, job.exec.threads, err));
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
    }
    free(sweep->candidate);
    tsl__notes_free(&sweep->info.notes);
    tsl__assignment_free(sweep->assignment);
    free(sweep);
}
