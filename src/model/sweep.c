/* sweep.c: every k and restart of a sweep, the best of each k, and the choice
 * of k. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "model/kmeans/exact.h"
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
    int threads;
    int k_min, k_max;
    double *mean;
    double variance;
    tsl__tiles points;
    tsl__search search;
    tsl__lloyd_run *run; /* count of k x restarts, by k, then restart */
    size_t run_count;
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

tsl_kmeans_options tsl_kmeans_defaults(void)
{
    return (tsl_kmeans_options){
        .k_min = 2,
        .k_max = 10,
        .restarts = 10,
        .max_iterations = 300,
        .tolerance = 1e-4,
        .seed = 1,
        .silhouette_rows = 10000,
        .min_share = 0.01,
    };
}

/* ---- What is asked for --------------------------------------------------- */

static tsl_status check_options(const tsl_kmeans_options *opt, tsl_error *err)
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

/* Fits the range of k to the number of distinct rows. */
static tsl_status set_range(sweep_job *job)
{
    const tsl_kmeans_options *opt = &job->opt;
    job->k_min = opt->k ? opt->k : opt->k_min;
    job->k_max = opt->k ? opt->k : opt->k_max;
    size_t distinct;
    tsl_status status = tsl__matrix_distinct(job->x, (size_t)(job->k_max > 2 ? job->k_max : 2), &distinct, job->err);
    if (status) {
        return status;
    }
    if (distinct < 2 || !(job->variance > 0)) {
        return tsl__error_set(job->err, TSL_E_INPUT, "all %zu rows are alike: there is nothing to cluster",
                              job->x->rows);
    }
    if ((size_t)job->k_min > distinct) {
        return tsl__error_set(job->err, TSL_E_INPUT, "k = %d is more than the %zu distinct rows", job->k_min, distinct);
    }
    if ((size_t)job->k_max > distinct) {
        job->sweep->info.k_max_lowered = job->k_max;
        status =
            tsl__notes_put(&job->sweep->info.notes, job->err,
                           "k goes up to %zu, not %d: there are no more distinct rows than that", distinct, job->k_max);
        job->k_max = (int)distinct;
    }
    return status ? tsl__error_nomem(job->err) : TSL_OK;
}

/* ---- The search ---------------------------------------------------------- */

static tsl_status open_search(sweep_job *job)
{
    const size_t ks = job->sweep->count;
    const double scale = tsl__tiles_scale(job->x, job->mean, job->threads);
    tsl_status status = tsl__tiles_open(&job->points, job->x, job->mean, NULL, scale, job->threads, job->err);
    if (status) {
        return status;
    }
    job->settled = tsl__alloc_zero(ks, sizeof *job->settled);
    job->silhouette = tsl__alloc(ks, sizeof *job->silhouette);
    job->search = (tsl__search){.points = &job->points,
                                .k_min = job->k_min,
                                .k_max = job->k_max,
                                .restarts = job->opt.restarts,
                                .max_iterations = job->opt.max_iterations,
                                .stop = job->opt.tolerance * job->variance,
                                .seed = job->opt.seed,
                                .threads = job->threads};
    return !job->settled || !job->silhouette || tsl__search_open(&job->search) ? tsl__error_nomem(job->err) : TSL_OK;
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
    tsl__exact_fit(job->x, job->settled, job->sweep->count, job->threads, &job->cancel, &job->search.passes);
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
    tsl_status status = open_search(job);
    if (status) {
        return status;
    }
    tsl__search_fit(&job->search, &job->cancel);
    status = tsl__cancel_get(&job->cancel);
    if (status == TSL_OK) {
        status = settle(job);
    }
    if (status == TSL_OK) {
        take_found(job);
        info->passes = job->search.passes;
        info->iterations = job->search.iterations;
        info->seconds_seed = job->search.seconds_seed;
        info->seconds_fit = tsl__clock() - start - info->seconds_seed;
    }
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
        tsl__silhouettes(job->x, row, m, labelling, ks, job->threads, &job->cancel, job->silhouette);
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
        c->calinski_harabasz = tsl__calinski_harabasz(job->points.total, c->inertia, job->x->rows, c->k);
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

/* A number as a sentence shows it. */
static void write_rounded(double value, double unit, char out[32])
{
    tsl__double_write(round(value / unit) * unit, out);
    /* Rounding by a unit may leave the last digits of a double behind. */
    const char *point = strchr(out, '.');
    const size_t places = unit < 1 ? (size_t)lround(-log10(unit)) : 0;
    if (point && strlen(point + 1) > places) {
        out[(size_t)(point - out) + 1 + places] = '\0';
    }
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
    write_rounded(by_silhouette ? best->silhouette : best->calinski_harabasz, by_silhouette ? 0.001 : 0.1, value);
    write_rounded(100 * job->opt.min_share, 0.001, share);
    if (shared) {
        return set_choice(job,
                          tsl__format("k = %d has the greatest %s (%s) among those whose smallest cluster holds at "
                                      "least %s %% of the rows",
                                      best->k, index, value, share));
    }
    if (tsl__notes_put(&sweep->info.notes, job->err,
                       "every k has a cluster with less than %s %% of the rows; k was chosen among all", share)) {
        return tsl__error_nomem(job->err);
    }
    return set_choice(job, tsl__format("k = %d has the greatest %s (%s)", best->k, index, value));
}

/* ---- All of it ----------------------------------------------------------- */

static tsl_status run_job(sweep_job *job)
{
    tsl_sweep *sweep = job->sweep;
    job->mean = tsl__alloc(job->x->cols, sizeof *job->mean);
    if (!job->mean) {
        return tsl__error_nomem(job->err);
    }
    tsl_status status = tsl__matrix_moments(job->x, job->threads, job->mean, &job->variance, job->err);
    if (status == TSL_OK) {
        status = set_range(job);
    }
    if (status) {
        return status;
    }
    sweep->rows = job->x->rows;
    sweep->cols = job->x->cols;
    sweep->info.threads = job->threads;
    sweep->info.kernel = tsl_kernel_get_name();
    const size_t ks = (size_t)(job->k_max - job->k_min + 1);
    sweep->candidate = tsl__alloc_zero(ks, sizeof *sweep->candidate);
    if (!sweep->candidate) {
        return tsl__error_nomem(job->err);
    }
    sweep->count = ks;
    status = run_search(job);
    if (status == TSL_OK) {
        status = measure(job);
    }
    return status == TSL_OK ? choose(job) : status;
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
    tsl__tiles_free(&job->points);
}

tsl_status tsl_sweep_fit(const tsl_matrix *x, const tsl_kmeans_options *opt, tsl_sweep **out, tsl_error *err)
{
    const tsl_kmeans_options defaults = tsl_kmeans_defaults();
    sweep_job job = {.x = x, .opt = opt ? *opt : defaults, .err = err};
    *out = NULL;
    tsl_status status = check_options(&job.opt, err);
    if (status == TSL_OK) {
        status = tsl__threads_resolve(job.opt.threads, &job.threads, err);
    }
    if (status == TSL_OK) {
        status = tsl__matrix_check(x, job.threads, err);
    }
    if (status) {
        return status;
    }
    job.sweep = tsl__alloc_zero(1, sizeof *job.sweep);
    if (!job.sweep) {
        return tsl__error_nomem(err);
    }
    tsl__cancel_open(&job.cancel, job.opt.progress, "cluster", err);
    status = run_job(&job);
    free_job(&job);
    if (status) {
        tsl_sweep_free(job.sweep);
    } else {
        *out = job.sweep;
    }
    return status;
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
    free(sweep);
}
