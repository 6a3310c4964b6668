/* natural.c: are there natural groups, and how many: the prism dip over every k. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "model/kmeans/search.h"
#include "model/natural/prism.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

/* Of the search for the centres of each k. */
#define RESTARTS 10
#define MAX_ITERATIONS 300
#define TOLERANCE 1e-4
/* Iterations by which centres find to their places without a fold's rows. */
#define FOLD_ITERATIONS 30
#define ROWS_EACH 5 /* the least a cluster */
/* Where only two groups are found, as many of these finer partitions must have a
 * pair with a gap, or it is a curve that was cut. */
enum { FINER_FROM = 3, FINER_TO = 10, FINER_LEAST = 3 };

typedef struct natural_job {
    tsl_natural_options opt;
    tsl_exec exec;
    tsl__natural_rows rows;
    double *mean; /* cols, of the plain rows */
    tsl__tiles tiles;
    tsl__search search;
    double **center; /* (1 + folds) x ks: k x cols each: of all rows, then without each fold, where there are any */
    size_t ks;
    tsl_natural *natural;
    tsl__cancel cancel;
    tsl_error *err;
} natural_job;

/* ---- What is asked for --------------------------------------------------- */

void tsl_natural_defaults(tsl_natural_options *opt, size_t size)
{
    const tsl_natural_options full = {.size = sizeof full, .k_max = 20, .folds = 5, .rows = 20000, .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_natural_options, k_max, .low = 2, .high = 1000),
    TSL__RANGE(tsl_natural_options, folds, .low = 1, .high = 100),
};

const tsl_option_range *tsl_natural_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_options(const tsl_natural_options *given, tsl_natural_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(natural, opt);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("natural", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
done:
    return status;
}

tsl_status tsl_natural_check(const tsl_natural_options *opt, tsl_error *err)
{
    tsl_natural_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- Centres ----------------------------------------------------------------- */

static tsl__row_view view_plain(const natural_job *job, const double *data, size_t rows)
{
    const size_t cols = job->rows.cols;
    const tsl_matrix plain = {data, rows, cols, cols, TSL_F64};
    return tsl__row_view_of(&plain, 1);
}

/* The greatest k that the rows allow; 1: none. */
static tsl_status set_range(natural_job *job)
{
    const tsl__natural_rows *rows = &job->rows;
    const size_t most = rows->rows / ROWS_EACH;
    const int k_max = most < (size_t)job->opt.k_max ? (int)most : job->opt.k_max;
    const tsl__row_view x = view_plain(job, rows->plain, rows->rows);
    const tsl__weights once = {.total = (double)rows->rows, .positive = rows->rows};
    const size_t counted = k_max > TSL_NATURAL_FEW ? (size_t)k_max : TSL_NATURAL_FEW + 1;
    size_t distinct = 0;
    tsl_status status = TSL_OK;
    if (rows->cols > 0 && k_max >= 2) {
        TSL__TRY(tsl__matrix_distinct(&x, &once, counted, &distinct, job->err));
    }
    job->natural->distinct = distinct <= TSL_NATURAL_FEW ? distinct : 0;
    job->natural->k_max = distinct < 2 ? 1 : distinct < (size_t)k_max ? (int)distinct : k_max;
    job->ks = (size_t)job->natural->k_max - 1;
done:
    return status;
}

/* The best centres of each k on all rows. */
static tsl_status find_centers(natural_job *job)
{
    const tsl__row_view x = view_plain(job, job->rows.plain, job->rows.rows);
    const tsl__weights once = {.total = (double)x.rows, .positive = x.rows};
    const int threads = job->exec.threads;
    double variance, scale;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(job->mean = tsl__alloc(x.cols, sizeof *job->mean));
    TSL__TRY(tsl__matrix_moments(&x, &once, threads, job->mean, &variance, NULL, err));
    TSL__TRY(tsl__tiles_scale(&x, job->mean, threads, &scale, err));
    TSL__TRY(tsl__tiles_open(&job->tiles, &x, job->mean, NULL, scale, threads, err));
    job->search = (tsl__search){.tiles = &job->tiles,
                                .k_min = 2,
                                .k_max = job->natural->k_max,
                                .restarts = RESTARTS,
                                .max_iterations = MAX_ITERATIONS,
                                .stop = TOLERANCE * variance,
                                .seed = job->opt.seed,
                                .threads = threads};
    TSL__NEED(tsl__search_open(&job->search) == 0);
    tsl__search_fit(&job->search, &job->cancel);
    TSL__TRY(tsl__cancel_get(&job->cancel));
done:
    return status;
}

/* The rows without a fold, which lies between first and end. */
static void leave_out(const tsl__natural_rows *rows, size_t first, size_t end, double *out)
{
    memcpy(out, rows->plain, first * rows->cols * sizeof *out);
    memcpy(out + first * rows->cols, rows->plain + end * rows->cols, (rows->rows - end) * rows->cols * sizeof *out);
}

/* Carries the winners on to where they lie by so many rows, and puts them at center[0..ks). */
static tsl_status carry_on(natural_job *job, const double *data, size_t rows, double **center)
{
    const tsl__row_view x = view_plain(job, data, rows);
    tsl__lloyd lloyd = {.stop = -1, .max_iterations = FOLD_ITERATIONS, .threads = job->exec.threads};
    tsl__lloyd_run *run = NULL, **each = NULL;
    tsl__tiles tiles = {0};
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(run = tsl__alloc_zero(job->ks, sizeof *run));
    TSL__NEED(each = tsl__alloc(job->ks, sizeof *each));
    TSL__TRY(tsl__tiles_open(&tiles, &x, job->mean, NULL, job->tiles.scale, job->exec.threads, err));
    for (size_t s = 0; s < job->ks; s++) {
        const tsl__lloyd_run *winner = job->search.winner[s];
        each[s] = &run[s];
        TSL__NEED(tsl__lloyd_run_open(&run[s], winner->k, 0, x.cols) == 0);
        memcpy(run[s].center, winner->center, (size_t)winner->k * x.cols * sizeof *winner->center);
    }
    tsl__lloyd_fit(&lloyd, &tiles, each, job->ks, &job->cancel);
    TSL__TRY(tsl__cancel_get(&job->cancel));
    for (size_t s = 0; s < job->ks; s++) {
        center[s] = run[s].center;
        run[s].center = NULL;
    }
done:
    for (size_t s = 0; run && s < job->ks; s++) {
        tsl__lloyd_run_free(&run[s]);
    }
    free(run);
    free(each);
    tsl__tiles_free(&tiles);
    return status;
}

/* The centres of each k by all rows but a fold's. */
static tsl_status fit_folds(natural_job *job)
{
    const tsl__natural_rows *rows = &job->rows;
    const size_t folds = (size_t)job->opt.folds;
    double *train = NULL;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(train = tsl__alloc_aligned(rows->rows, rows->cols * sizeof *train));
    tsl__cancel_phase(&job->cancel, 0.8, 0.9);
    for (size_t f = 0; folds > 1 && f < folds; f++) {
        const size_t first = f * rows->rows / folds, end = (f + 1) * rows->rows / folds;
        leave_out(rows, first, end, train);
        TSL__TRY(carry_on(job, train, rows->rows - (end - first), job->center + (1 + f) * job->ks));
        tsl__cancel_done(&job->cancel, f + 1, folds);
    }
done:
    free(train);
    return status;
}

/* All centres, where the rows are: of all of them first. */
static tsl_status place_centers(natural_job *job)
{
    const size_t folds = job->opt.folds > 1 ? (size_t)job->opt.folds : 0, cols = job->rows.cols;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    TSL__NEED(job->center = tsl__alloc_zero((1 + folds) * job->ks, sizeof *job->center));
    TSL__TRY(fit_folds(job));
    for (size_t s = 0; s < job->ks; s++) {
        job->center[s] = job->search.winner[s]->center;
        job->search.winner[s]->center = NULL;
    }
    for (size_t i = 0; i < (1 + folds) * job->ks; i++) {
        for (size_t j = 0; j < (i % job->ks + 2) * cols; j++) {
            job->center[i][j] += job->mean[j % cols];
        }
    }
done:
    return status;
}

/* ---- The test ------------------------------------------------------------------ */

/* Takes the pairs of one k in. */
static void take_pairs(const tsl__prism_pair *pair, tsl_natural_test *test)
{
    for (int p = 0; p < test->pairs; p++) {
        test->pairs_hit += pair[p].passes;
        test->dip = p == 0 || pair[p].dip < test->dip ? pair[p].dip : test->dip;
        test->valley = p == 0 || pair[p].valley > test->valley ? pair[p].valley : test->valley;
        test->rows = p == 0 || pair[p].rows < test->rows ? pair[p].rows : test->rows;
    }
    test->passes = test->pairs_hit == test->pairs;
}

/* Tests one k; 0 on success. */
static int test_one(const natural_job *job, size_t s, tsl_natural_test *test)
{
    const size_t folds = (size_t)job->opt.folds;
    const int k = (int)s + 2;
    const double **fold = tsl__alloc(folds, sizeof *fold);
    tsl__prism_pair *pair = tsl__alloc(s + 1, sizeof *pair);
    int failed = !fold || !pair;
    test->k = k;
    test->pairs = k - 1;
    if (!failed) {
        for (size_t f = 0; f < folds; f++) {
            fold[f] = job->center[(folds > 1 ? 1 + f : 0) * job->ks + s];
        }
        const tsl__prism_centers of = {k, job->center[s], folds, fold};
        failed = tsl__prism_measure(&job->rows, &of, pair, &test->flat);
    }
    if (!failed) {
        take_pairs(pair, test);
    }
    free(fold);
    free(pair);
    return failed;
}

/* Each k by itself, those that take longest first. */
static tsl_status test_all(natural_job *job)
{
    const size_t ks = job->ks;
    const int team = tsl__team_size(job->exec.threads, (double)job->rows.rows * (double)job->rows.cols * (double)ks);
    tsl__cancel_phase(&job->cancel, 0.9, 1);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t i = 0; i < ks; i++) {
        const size_t s = ks - 1 - i;
        tsl__cancel_done(&job->cancel, i, ks);
        if (!tsl__cancel_stopped(&job->cancel) && test_one(job, s, &job->natural->test[s])) {
            tsl__cancel_fail(&job->cancel, TSL_E_NOMEM);
        }
    }
    return tsl__cancel_get(&job->cancel);
}

/* How many of the finer partitions there are; hit: how many with a gap somewhere. */
static int count_finer(const tsl_natural *natural, int *hit)
{
    int count = 0;
    *hit = 0;
    for (size_t s = 0; s < natural->count; s++) {
        const tsl_natural_test *test = &natural->test[s];
        if (test->k >= FINER_FROM && test->k <= FINER_TO) {
            count++;
            *hit += test->pairs_hit > 0 && !test->flat;
        }
    }
    return count;
}

static void decide(natural_job *job)
{
    tsl_natural *natural = job->natural;
    int passing = 0, hit;
    for (size_t s = 0; s < natural->count; s++) {
        const tsl_natural_test *test = &natural->test[s];
        passing += test->passes && !test->flat;
        natural->k = test->passes && !test->flat ? test->k : natural->k;
    }
    const int finer = count_finer(natural, &hit), least = finer < FINER_LEAST ? finer : FINER_LEAST;
    if (natural->k == 2 && hit < least) {
        natural->k = 1;
    }
    const size_t most = natural->rows / ROWS_EACH;
    /* Where there are no more distinct rows than that, there is no further k to miss. */
    const int limit = most < (size_t)job->opt.k_max ? (int)most : job->opt.k_max;
    natural->at_limit = natural->k > 1 && natural->k >= limit - 1;
    natural->only_two = natural->k == 2 && passing == 1;
}

/* No column counts, or the rows are of a few kinds, each many times over. */
static int has_no_density(const tsl_natural *natural)
{
    return natural->counted == 0 ||
           (natural->distinct > 0 && natural->distinct * TSL_NATURAL_EACH_KIND <= natural->rows);
}

/* ---- All of it --------------------------------------------------------------------- */

static tsl_status run_job(natural_job *job)
{
    tsl_natural *natural = job->natural;
    tsl_error *err = job->err;
    tsl_status status = TSL_OK;
    natural->rows = job->rows.rows;
    natural->cols = job->rows.cols;
    natural->counted = job->rows.counted;
    natural->two_valued = job->rows.cols - job->rows.counted - job->rows.pinned;
    natural->pinned = job->rows.pinned;
    natural->k = 1;
    TSL__TRY(set_range(job));
    if (has_no_density(natural)) {
        natural->k_max = 1; /* there is nothing that could have a gap, and no k is looked at */
        job->ks = 0;
        natural->counted = 0;
    }
    TSL__NEED(natural->test = tsl__alloc_zero(job->ks, sizeof *natural->test));
    if (job->ks == 0) {
        return TSL_OK;
    }
    TSL__TRY(find_centers(job));
    TSL__TRY(place_centers(job));
    TSL__TRY(test_all(job));
    natural->count = job->ks;
    decide(job);
done:
    return status;
}

static void free_job(natural_job *job)
{
    const size_t folds = job->opt.folds > 1 ? (size_t)job->opt.folds : 0;
    for (size_t i = 0; job->center && i < (1 + folds) * job->ks; i++) {
        free(job->center[i]);
    }
    free(job->center);
    free(job->mean);
    tsl__search_free(&job->search);
    tsl__tiles_free(&job->tiles);
    tsl__natural_rows_free(&job->rows);
}

tsl_status tsl_natural_fit(const tsl_matrix *x, const double *weight, const tsl_natural_options *opt,
                           const tsl_exec *exec, tsl_natural **out, tsl_error *err)
{
    const double start = tsl__clock();
    natural_job job = {.err = err};
    tsl__weights weights;
    tsl__extent extent;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &job.opt, err));
    TSL__TRY(tsl__exec_open(exec, &job.exec, err));
    TSL__TRY(tsl__matrix_check(x, job.exec.threads, &extent, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &weights, err));
    TSL__NEED(job.natural = tsl__alloc_zero(1, sizeof *job.natural));
    const tsl__row_view view = tsl__row_view_of(x, tsl__unit_get(&extent, (double)x->rows * (double)x->cols));
    TSL__TRY(tsl__natural_rows_open(&view, &weights, job.opt.rows, job.opt.seed, &job.rows, err));
    tsl__cancel_open(&job.cancel, &job.exec, "natural", err);
    TSL__TRY(run_job(&job));
    job.natural->k_with_far = job.natural->k;
    job.natural->seconds = tsl__clock() - start;
    *out = job.natural;
    job.natural = NULL;
done:
    free_job(&job);
    tsl_natural_free(job.natural);
    return status;
}

void tsl_natural_free(tsl_natural *natural)
{
    if (natural) {
        free(natural->test);
        free(natural);
    }
}
