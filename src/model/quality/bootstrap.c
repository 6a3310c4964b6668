/* bootstrap.c: would another sample of the rows give the same clusters?
 * docs/methods/stability.md. */
#include "model/quality/bootstrap.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "model/choice.h"
#include "model/comparison/external.h"
#include "model/kmeans/predict.h"
#include "model/quality/across.h"
#include "model/quality/repeated.h"
#include "model/rows.h"
#include "stat/sort.h"
#include "stat/weights.h"

#include <tesela/model.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Replicates by default: so many that they see so many rows, 100 to 600; 20 of rows that are drawn once for all. */
#define REPLICATED_ROWS 200000
#define LEAST_REPLICATES 100
#define MOST_REPLICATES 600
#define REPLICATES_DRAWN 20
/* Many clusters of many rows take long: by default the replicates are so many that rows times clusters, of all k and
 * replicates, are no more than this, but no fewer than of drawn rows. */
#define REPLICATED_CLUSTERS 250000000
/* A replicate is compared with so many others: of the same replicates more pairs waver less. */
#define NEIGHBOURS 10
/* By default each k-means has so many restarts that they see so many rows, 3 to 20. */
#define RESTARTED_ROWS 25000
#define MOST_RESTARTS 20
/* What the generator's streams are of: which rows stand for all, and a replicate's draws. */
enum { STREAM_ROWS = 0x626f6f74, STREAM_REPLICATE };

/* ---- Options ------------------------------------------------------------------ */

void tsl_stability_defaults(tsl_stability_options *opt, size_t size)
{
    const tsl_stability_options full = {.size = sizeof full, .rows = 20000, .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_stability_options, replicates, .low = 2, .high = 10000, .unset = 1),
    TSL__RANGE(tsl_stability_options, restarts, .low = 1, .high = 1e6, .unset = 1)};

const tsl_option_range *tsl_stability_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_options(const tsl_stability_options *given, tsl_stability_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(stability, opt);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("stability", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    if (opt->rows < 100) {
        status = tsl__error_set(err, TSL_E_OPTION, "rows: %zu is below 100", opt->rows);
    }
done:
    return status;
}

tsl_status tsl_stability_check(const tsl_stability_options *opt, tsl_error *err)
{
    tsl_stability_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- What all replicates share -------------------------------------------------- */

typedef struct job {
    tsl__row_view x;
    size_t cols;
    const tsl_start *start;    /* or NULL */
    tsl_kmeans_options kmeans; /* of a replicate */
    const tsl_sweep *sweep;
    const int32_t *given; /* labels of all rows in place of the sweep's own, or NULL */
    tsl_stability_options opt;
    tsl_exec exec;
    size_t m;         /* rows that are drawn from */
    int drawn;        /* 1: they stand for more */
    double *row;      /* m x cols */
    double *shift;    /* cols: the rows' mean, in the tiles' unit */
    tsl__tiles tiles; /* of the rows, by which they are labelled */
    double *weight;   /* m */
    double all;       /* sum of the weights of all rows */
    int count;        /* replicates */
    uint16_t *label;  /* count x candidates x m: labels of the m rows by each replicate's centres */
    char *there;      /* count x candidates: 1: the replicate has such a model */
    uint16_t *own;    /* candidates x m: by the sweep's own centres */
    tsl_stability *out;
} job;

static uint16_t *get_labels(const job *j, int number, size_t candidate)
{
    return j->label + ((size_t)number * j->sweep->count + candidate) * j->m;
}

/* The rows that have a weight, or a sample of them. */
static tsl_status take_rows(job *j, const double *weight, tsl_error *err)
{
    const size_t rows = j->x.rows;
    tsl_status status = TSL_OK;
    size_t *all = NULL, *chosen = NULL, positive = 0;
    tsl__rng rng = tsl__rng_open(j->opt.seed, STREAM_ROWS, 0);
    TSL__NEED(all = tsl__alloc(rows, sizeof *all));
    for (size_t r = 0; r < rows; r++) {
        if (tsl__weight_get(weight, r) > 0) {
            all[positive++] = r;
            j->all += tsl__weight_get(weight, r);
        }
    }
    j->drawn = positive > j->opt.rows;
    j->m = j->drawn ? j->opt.rows : positive;
    TSL__NEED(chosen = tsl__alloc(j->m, sizeof *chosen));
    TSL__NEED(tsl__rng_sample(&rng, positive, j->m, chosen) == 0);
    TSL__NEED(j->row = tsl__alloc(j->m, j->cols * sizeof *j->row));
    TSL__NEED(j->weight = tsl__alloc(j->m, sizeof *j->weight));
    TSL__NEED(j->own = tsl__alloc(j->sweep->count, j->m * sizeof *j->own));
    for (size_t i = 0; i < j->m; i++) {
        const size_t r = all[chosen[i]];
        tsl__row_take(&j->x, r, j->row + i * j->cols);
        j->weight[i] = tsl__weight_get(weight, r);
        j->own[i] = j->given ? (uint16_t)j->given[r] : 0;
    }
done:
    free(all);
    free(chosen);
    return status;
}

/* ---- One replicate --------------------------------------------------------------- */

/* The rows that were drawn, each once, and how often. */
typedef struct replicate {
    double *row, *weight;
    size_t rows;
    double all; /* sum of weight */
} replicate;

static void replicate_free(replicate *p)
{
    free(p->row);
    free(p->weight);
}

static int replicate_open(const job *j, int number, replicate *p)
{
    tsl__rng rng = tsl__rng_open(j->opt.seed, STREAM_REPLICATE, (uint32_t)number);
    uint32_t *times = tsl__alloc_zero(j->m, sizeof *times);
    *p = (replicate){.row = tsl__alloc(j->m, j->cols * sizeof *p->row), .weight = tsl__alloc(j->m, sizeof *p->weight)};
    const int good = times && p->row && p->weight;
    for (size_t i = 0; good && i < j->m; i++) {
        times[tsl__rng_below(&rng, j->m)]++;
    }
    for (size_t i = 0; good && i < j->m; i++) {
        if (times[i]) {
            memcpy(p->row + p->rows * j->cols, j->row + i * j->cols, j->cols * sizeof *p->row);
            p->weight[p->rows] = j->weight[i] * times[i];
            p->all += p->weight[p->rows++];
        }
    }
    free(times);
    return good ? 0 : -1;
}

/* The labels of the m rows by the centres of the candidate with the same k, if there is one. */
static tsl_status label_rows(const job *j, const tsl_sweep *from, int number, size_t candidate, tsl_error *err)
{
    const int k = j->sweep->candidate[candidate].k;
    double *center = NULL;
    tsl_status status = TSL_OK;
    size_t c = 0;
    while (c < from->count && from->candidate[c].k != k) {
        c++;
    }
    if (c == from->count) {
        return TSL_OK;
    }
    TSL__NEED(center = tsl__alloc((size_t)k, j->cols * sizeof *center));
    for (size_t i = 0; i < (size_t)k * j->cols; i++) {
        center[i] = from->candidate[c].center[i] * j->tiles.x.unit - j->shift[i % j->cols];
    }
    TSL__NEED(tsl__tiles_label(&j->tiles, center, k,
                               number < 0 ? j->own + candidate * j->m : get_labels(j, number, candidate)) == 0);
    if (number >= 0) {
        j->there[(size_t)number * j->sweep->count + candidate] = 1;
    }
done:
    free(center);
    return status;
}

/* Few rows have many local optima, and cost little. */
static int get_restarts(const job *j)
{
    const size_t many = RESTARTED_ROWS / j->m;
    return j->opt.restarts ? j->opt.restarts : many > MOST_RESTARTS ? MOST_RESTARTS : many < 3 ? 3 : (int)many;
}

/* One whose distinct rows are too few is left out. */
static tsl_status fit_replicate(void *user, int number, const tsl_exec *one, tsl_error *err)
{
    const job *j = user;
    tsl_kmeans_options kmeans = j->kmeans;
    tsl_start start;
    tsl_sweep *sweep = NULL;
    replicate p;
    tsl_status status = replicate_open(j, number, &p) ? tsl__error_nomem(err) : TSL_OK;
    kmeans.restarts = get_restarts(j);
    kmeans.seed = j->opt.seed + (uint64_t)number + 1;
    TSL_DEFAULTS(start, &start);
    if (j->start) {
        start = *j->start;
        start.prior_weight *= isfinite(start.prior_weight) ? p.all / j->all : 1;
    }
    if (status == TSL_OK) {
        const tsl_matrix x = {p.row, p.rows, j->cols, j->cols, TSL_F64};
        status = tsl__kmeans_fit_centers(&x, p.weight, &start, &kmeans, one, &sweep, err);
        status = status == TSL_E_INPUT ? TSL_OK : status;
    }
    for (size_t c = 0; c < j->sweep->count && status == TSL_OK && sweep; c++) {
        status = label_rows(j, sweep, number, c, err);
    }
    tsl_sweep_free(sweep);
    replicate_free(&p);
    return status;
}

static tsl_status open_tiles(job *j, tsl_error *err)
{
    const tsl_matrix x = {j->row, j->m, j->cols, j->cols, TSL_F64};
    const tsl__weights once = {NULL, (double)j->m, j->m};
    const int threads = j->exec.threads;
    tsl__extent extent;
    double variance, scale;
    tsl_status status = TSL_OK;
    TSL__NEED(j->shift = tsl__alloc(j->cols, sizeof *j->shift));
    TSL__TRY(tsl__matrix_check(&x, threads, &extent, err));
    const tsl__row_view view = tsl__row_view_of(&x, tsl__unit_get(&extent, (double)j->m * (double)j->cols));
    TSL__TRY(tsl__matrix_moments(&view, &once, threads, j->shift, &variance, NULL, err));
    TSL__TRY(tsl__tiles_scale(&view, j->shift, threads, &scale, err));
    TSL__TRY(tsl__tiles_open(&j->tiles, &view, j->shift, NULL, scale, threads, err));
done:
    return status;
}

/* The sweep's own labels, then every replicate's. */
static tsl_status fit_replicates(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(open_tiles(j, err));
    for (size_t c = 0; c < j->sweep->count && !j->given; c++) {
        TSL__TRY(label_rows(j, j->sweep, -1, c, err));
    }
    TSL__TRY(tsl__repeated_run(&j->exec, "stability", j->count, fit_replicate, j, err));
done:
    return status;
}

/* ---- Comparing ---------------------------------------------------------------------- */

/* How many others a replicate is compared with, each pair once. */
static int count_neighbours(const job *j)
{
    return (j->count - 1) / 2 < NEIGHBOURS ? (j->count - 1) / 2 + (j->count == 2) : NEIGHBOURS;
}

/* The replicates of a pair. */
static void get_pair(const job *j, int pair, int out[2])
{
    const int neighbours = count_neighbours(j);
    out[0] = pair / neighbours;
    out[1] = (out[0] + 1 + pair % neighbours) % j->count;
}

static int count_pairs(const job *j)
{
    return j->count == 2 ? 1 : j->count * count_neighbours(j);
}

/* How often each label of one meets each of another, with the sums. Of many clusters most never meet: what is looked
 * at, and cleared, are the cells that are not 0. */
typedef struct table {
    double *cell, *a, *b, all; /* k x k, k, k */
    size_t k;
    uint32_t *met; /* count: the cells that are not 0, rising */
    size_t count;
} table;

static void table_free(table *t)
{
    free(t->cell);
    free(t->a);
    free(t->met);
}

static int table_open(size_t k, size_t rows, table *t)
{
    const size_t most = k * k < rows ? k * k : rows;
    *t = (table){.cell = tsl__alloc_zero(k * k, sizeof *t->cell),
                 .a = tsl__alloc(k, 2 * sizeof *t->a),
                 .k = k,
                 .met = tsl__alloc(most, sizeof *t->met)};
    t->b = t->a ? t->a + k : NULL;
    return t->cell && t->a && t->met ? 0 : -1;
}

static int compare_cells(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void fill_table(const job *j, const uint16_t *a, const uint16_t *b, table *t)
{
    for (size_t i = 0; i < t->count; i++) {
        t->cell[t->met[i]] = 0;
    }
    memset(t->a, 0, 2 * t->k * sizeof *t->a);
    t->all = 0;
    t->count = 0;
    for (size_t i = 0; i < j->m; i++) {
        const size_t at = a[i] * t->k + b[i];
        if (t->cell[at] == 0) { /* every row has a weight */
            t->met[t->count++] = (uint32_t)at;
        }
        t->cell[at] += j->weight[i];
    }
    qsort(t->met, t->count, sizeof *t->met, compare_cells); /* sums are of one order */
    for (size_t i = 0; i < t->count; i++) {
        const size_t at = t->met[i];
        t->a[at / t->k] += t->cell[at];
        t->b[at % t->k] += t->cell[at];
        t->all += t->cell[at];
    }
}

static double sum_squares(const double *n, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += n[i] * n[i];
    }
    return sum;
}

static double get_agreement(const table *t)
{
    double both = 0;
    for (size_t i = 0; i < t->count; i++) {
        both += t->cell[t->met[i]] * t->cell[t->met[i]];
    }
    return tsl__adjusted_rand(both, (double[]){sum_squares(t->a, t->k), sum_squares(t->b, t->k)}, t->all);
}

/* The greatest Jaccard index of each cluster with one of the others. */
static void get_jaccards(const table *t, double *best)
{
    memset(best, 0, t->k * sizeof *best);
    for (size_t i = 0; i < t->count; i++) {
        const size_t a = t->met[i] / t->k, b = t->met[i] % t->k;
        const double both = t->cell[t->met[i]], either = t->a[a] + t->b[b] - both;
        best[a] = both / either > best[a] ? both / either : best[a];
    }
}

/* What the clusters of one candidate are compared by. */
typedef struct comparison {
    table t;
    double *jaccard; /* replicates x k; NaN of one that lacks the model */
    struct {
        double sum;
        int pairs;
    } * of;        /* replicates: agreement over the pairs that each is in */
    double *spare; /* 2 x pairs */
} comparison;

static void comparison_free(comparison *c)
{
    table_free(&c->t);
    free(c->jaccard);
    free(c->of);
    free(c->spare);
}

static int comparison_open(const job *j, size_t k, comparison *c)
{
    const size_t pairs = (size_t)count_pairs(j);
    *c = (comparison){.jaccard = tsl__alloc((size_t)j->count, k * sizeof *c->jaccard),
                      .of = tsl__alloc((size_t)j->count, sizeof *c->of),
                      .spare = tsl__alloc(2 * pairs, sizeof *c->spare)};
    return table_open(k, j->m, &c->t) == 0 && c->jaccard && c->of && c->spare ? 0 : -1;
}

static int is_there(const job *j, int number, size_t candidate)
{
    return j->there[(size_t)number * j->sweep->count + candidate];
}

static void measure_jaccards(const job *j, size_t candidate, comparison *c)
{
    const size_t k = c->t.k;
    for (int r = 0; r < j->count; r++) {
        double *to = c->jaccard + (size_t)r * k;
        if (is_there(j, r, candidate)) {
            fill_table(j, j->own + candidate * j->m, get_labels(j, r, candidate), &c->t);
            get_jaccards(&c->t, to);
        }
        for (size_t s = 0; s < k && !is_there(j, r, candidate); s++) {
            to[s] = NAN;
        }
    }
}

/* The standard error of the mean over pairs, from each replicate's mean over those that it is in. */
static double get_error(const comparison *c, int count, double mean)
{
    double square = 0;
    int n = 0;
    for (int r = 0; r < count; r++) {
        if (c->of[r].pairs) {
            const double away = c->of[r].sum / c->of[r].pairs - mean;
            square += away * away;
            n++;
        }
    }
    return n > 2 ? 2 * sqrt(square / (n - 1) / n) : (double)NAN;
}

static void measure_agreement(const job *j, size_t candidate, comparison *c, tsl_stable_clusters *out)
{
    double sum = 0;
    int n = 0, of[2];
    memset(c->of, 0, (size_t)j->count * sizeof *c->of);
    for (int p = 0; p < count_pairs(j); p++) {
        get_pair(j, p, of);
        if (is_there(j, of[0], candidate) && is_there(j, of[1], candidate)) {
            fill_table(j, get_labels(j, of[0], candidate), get_labels(j, of[1], candidate), &c->t);
            const double agreement = get_agreement(&c->t);
            sum += agreement;
            n++;
            for (int i = 0; i < 2; i++) {
                c->of[of[i]].sum += agreement;
                c->of[of[i]].pairs++;
            }
        }
    }
    out->agreement = n ? sum / n : (double)NAN;
    out->agreement_error = get_error(c, j->count, out->agreement);
}

static double get_median(double *value, double *spare, size_t count)
{
    tsl__sort(value, spare, count);
    return count ? tsl__sorted_quantile(value, count, .5) : (double)NAN;
}

static void measure_clusters(const job *j, comparison *c, tsl_stable_clusters *out)
{
    const size_t k = c->t.k, most = (size_t)count_pairs(j);
    int of[2];
    for (size_t s = 0; s < k; s++) {
        double sum = 0;
        size_t n = 0, pairs = 0;
        for (int r = 0; r < j->count; r++) {
            const double best = c->jaccard[(size_t)r * k + s];
            sum += isnan(best) ? 0 : best;
            n += (size_t)!isnan(best);
        }
        for (int p = 0; p < (int)most; p++) {
            get_pair(j, p, of);
            const double mean = (c->jaccard[(size_t)of[0] * k + s] + c->jaccard[(size_t)of[1] * k + s]) / 2;
            if (!isnan(mean)) {
                c->spare[pairs++] = mean;
            }
        }
        out->jaccard[s] = n ? sum / (double)n : (double)NAN;
        out->within[s] = get_median(c->spare, c->spare + most, pairs);
    }
}

/* How much the rows of each cluster come from one of the candidate before. */
static void measure_across(const job *j, size_t candidate, comparison *c, tsl_stable_clusters *out)
{
    const size_t before = candidate ? (size_t)j->sweep->candidate[candidate - 1].k : 1;
    if (before > 1) {
        fill_table(j, j->own + candidate * j->m, j->own + (candidate - 1) * j->m, &c->t);
    }
    for (size_t s = 0; s < c->t.k; s++) {
        out->across[s] = before > 1 ? tsl__across(c->t.cell + s * c->t.k, before, c->t.a[s]) : (double)NAN;
    }
}

static tsl_status compare_candidate(const job *j, size_t candidate)
{
    tsl_stable_clusters *out = &j->out->of[candidate];
    comparison c;
    const int failed = comparison_open(j, (size_t)out->k, &c);
    if (!failed) {
        measure_jaccards(j, candidate, &c);
        measure_agreement(j, candidate, &c, out);
        measure_clusters(j, &c, out);
        measure_across(j, candidate, &c, out);
    }
    comparison_free(&c);
    return failed ? TSL_E_NOMEM : TSL_OK;
}

static tsl_status compare(const job *j, tsl_error *err)
{
    int failed = 0;
#pragma omp parallel for num_threads(j->exec.threads) schedule(dynamic, 1)
    for (size_t c = 0; c < j->sweep->count; c++) {
        if (compare_candidate(j, j->sweep->count - 1 - c) != TSL_OK) { /* the longest first */
#pragma omp atomic write
            failed = 1;
        }
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

/* ---- All of it ------------------------------------------------------------------------ */

void tsl_stability_free(tsl_stability *stability)
{
    if (!stability) {
        return;
    }
    for (size_t c = 0; stability->of && c < stability->count; c++) {
        free(stability->of[c].jaccard);
        free(stability->of[c].within);
        free(stability->of[c].across);
    }
    free(stability->of);
    free(stability);
}

static tsl_status open_out(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_stability *out = NULL;
    TSL__NEED(out = j->out = tsl__alloc_zero(1, sizeof *out));
    TSL__NEED(out->of = tsl__alloc_zero(j->sweep->count, sizeof *out->of));
    out->count = j->sweep->count;
    out->replicates = j->count;
    out->rows = j->m;
    for (size_t c = 0; c < out->count; c++) {
        const size_t k = (size_t)j->sweep->candidate[c].k;
        out->of[c].k = (int)k;
        TSL__NEED(out->of[c].jaccard = tsl__alloc(k, sizeof(double)));
        TSL__NEED(out->of[c].within = tsl__alloc(k, sizeof(double)));
        TSL__NEED(out->of[c].across = tsl__alloc(k, sizeof(double)));
    }
done:
    return status;
}

static tsl_status check_input(const job *j, const tsl_matrix *x, tsl_error *err)
{
    if (j->sweep->rows != x->rows || j->sweep->cols != x->cols || !j->sweep->count) {
        return tsl__error_set(err, TSL_E_INPUT, "the sweep is of %zu x %zu values, the matrix has %zu x %zu",
                              j->sweep->rows, j->sweep->cols, x->rows, x->cols);
    }
    for (size_t c = 0; c < j->sweep->count; c++) {
        if (!j->sweep->candidate[c].center) {
            return tsl__error_set(err, TSL_E_INPUT, "the sweep has lost its centres: it was read from a file");
        }
    }
    return TSL_OK;
}

/* A replicate is clustered as the rows were. */
static tsl_status set_kmeans(job *j, const tsl_kmeans_options *given, tsl_error *err)
{
    const tsl_sweep *sweep = j->sweep;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(kmeans, &j->kmeans);
    TSL__TRY(tsl__options_take("kmeans", &j->kmeans, sizeof j->kmeans, given, err));
    j->kmeans.k = 0;
    j->kmeans.k_min = sweep->candidate[0].k;
    j->kmeans.k_max = sweep->candidate[sweep->count - 1].k;
    j->kmeans.silhouette_rows = 0;
done:
    return status;
}

/* As many as rows and clusters allow, down to the least. */
static int limit_replicates(const job *j, int count)
{
    size_t clusters = 0;
    for (size_t c = 0; c < j->sweep->count; c++) {
        clusters += (size_t)j->sweep->candidate[c].k;
    }
    const size_t most = REPLICATED_CLUSTERS / j->m / clusters;
    return most >= (size_t)count ? count : most > REPLICATES_DRAWN ? (int)most : REPLICATES_DRAWN;
}

static int count_replicates(const job *j)
{
    const size_t many = REPLICATED_ROWS / j->m;
    return j->opt.replicates         ? j->opt.replicates
           : j->drawn                ? REPLICATES_DRAWN
           : many > MOST_REPLICATES  ? limit_replicates(j, MOST_REPLICATES)
           : many < LEAST_REPLICATES ? limit_replicates(j, LEAST_REPLICATES)
                                     : limit_replicates(j, (int)many);
}

static void close_job(job *j)
{
    free(j->row);
    free(j->shift);
    tsl__tiles_free(&j->tiles);
    free(j->weight);
    free(j->label);
    free(j->own);
    free(j->there);
    tsl_stability_free(j->out);
}

static tsl_status run_job(job *j, const double *weight, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(take_rows(j, weight, err));
    j->count = count_replicates(j);
    TSL__TRY(open_out(j, err));
    TSL__NEED(j->label = tsl__alloc((size_t)j->count * j->sweep->count, j->m * sizeof *j->label));
    TSL__NEED(j->there = tsl__alloc_zero((size_t)j->count, j->sweep->count));
    TSL__TRY(fit_replicates(j, err));
    TSL__TRY(compare(j, err));
done:
    return status;
}

tsl_status tsl_stability_build(const tsl_matrix *x, const double *weight, const tsl_start *start,
                               const tsl_kmeans_options *kmeans, const tsl_sweep *sweep,
                               const tsl_stability_options *opt, const tsl_exec *exec, tsl_stability **out,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__weights weights;
    job j = {.x = tsl__row_view_of(x, 1), .cols = x->cols, .start = start, .sweep = sweep};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &j.opt, err));
    TSL__TRY(tsl__exec_open(exec, &j.exec, err));
    TSL__TRY(check_input(&j, x, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &weights, err));
    TSL__TRY(set_kmeans(&j, kmeans, err));
    TSL__TRY(run_job(&j, weight, err));
    *out = j.out;
    j.out = NULL;
done:
    close_job(&j);
    return status;
}

/* ---- Of labels that were given ---------------------------------------------------------- */

/* The labels against each replicate's. */
static tsl_status compare_given(const job *j, tsl_recurrence *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double sum = 0, squares = 0;
    int n = 0;
    comparison c;
    TSL__NEED(comparison_open(j, (size_t)out->k, &c) == 0);
    for (int r = 0; r < j->count; r++) {
        if (is_there(j, r, 0)) {
            fill_table(j, j->own, get_labels(j, r, 0), &c.t);
            const double agreement = get_agreement(&c.t);
            sum += agreement;
            squares += agreement * agreement;
            n++;
        }
    }
    const double mean = sum / n, variance = fmax(0, squares / n - mean * mean);
    out->agreement = n ? mean : (double)NAN;
    out->agreement_error = n > 1 ? sqrt(variance / (n - 1)) : (double)NAN;
done:
    comparison_free(&c);
    return status;
}

/* One label alone says nothing. */
static void take_known(const tsl_stable_clusters *of, tsl_recurrence *out)
{
    const int several = out->k > 1;
    out->agreement = several ? out->agreement : (double)NAN;
    out->agreement_error = several ? out->agreement_error : (double)NAN;
    out->between = several ? of->agreement : (double)NAN;
    out->between_error = several ? of->agreement_error : (double)NAN;
    for (int c = 0; c < out->k; c++) {
        out->jaccard[c] = several ? of->jaccard[c] : (double)NAN;
    }
}

static tsl_status check_labels(const tsl_matrix *x, const double *weight, const int32_t *label, int k, tsl_error *err)
{
    for (size_t r = 0; r < x->rows; r++) {
        if (tsl__weight_get(weight, r) > 0 && (label[r] < 0 || label[r] >= k)) {
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is none of 0 to %d", r + 1, (int)label[r],
                                  k - 1);
        }
    }
    return TSL_OK;
}

tsl_status tsl__recurrence_measure(const tsl_matrix *x, const double *weight, const int32_t *label,
                                   const tsl_stability_options *opt, const tsl_exec *exec, tsl_recurrence *out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_candidate of = {.k = out->k};
    const tsl_sweep sweep = {.rows = x->rows, .cols = x->cols, .count = 1, .candidate = &of};
    job j = {.x = tsl__row_view_of(x, 1), .cols = x->cols, .sweep = &sweep, .given = label, .opt = *opt, .exec = *exec};
    TSL__TRY(check_labels(x, weight, label, out->k, err));
    TSL__TRY(set_kmeans(&j, NULL, err));
    TSL__TRY(run_job(&j, weight, err));
    TSL__TRY(compare_given(&j, out, err));
    take_known(&j.out->of[0], out);
    out->replicates = j.count;
    out->rows = j.m;
done:
    close_job(&j);
    return status;
}
