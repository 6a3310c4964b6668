/* evidence.c: every index of every k of a sweep, its stability, and whether there are
 * natural groups. docs/methods/evidence.md. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "model/quality/quality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_SAMPLE 0x65766964 /* of the rows that gap and strength are of */

/* ---- Options ------------------------------------------------------------------- */

void tsl_evidence_defaults(tsl_evidence_options *opt, size_t size)
{
    const tsl_evidence_options full = {.size = sizeof full,
                                       .silhouette_rows = 1000,
                                       .silhouette_exact = 20000,
                                       .sample_rows = 2000,
                                       .references = 20,
                                       .divisions = 10,
                                       .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {TSL__RANGE(tsl_evidence_options, references, .low = 2, .high = 1e6),
                                          TSL__RANGE(tsl_evidence_options, divisions, .low = 1, .high = 1e6),
                                          TSL__RANGE(tsl_evidence_options, dunn, .high = 1)};

const tsl_option_range *tsl_evidence_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_options(const tsl_evidence_options *given, tsl_evidence_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(evidence, opt);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("evidence", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    TSL__TRY(tsl_natural_check(opt->natural, err));
    TSL__TRY(tsl_stability_check(opt->stability, err));
    if (opt->sample_rows < 10) {
        status = tsl__error_set(err, TSL_E_OPTION, "sample_rows: %zu is below 10", opt->sample_rows);
    }
done:
    return status;
}

tsl_status tsl_evidence_check(const tsl_evidence_options *opt, tsl_error *err)
{
    tsl_evidence_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- What is measured on the rows themselves ---------------------------------------- */

typedef struct job {
    const tsl_matrix *x;
    tsl__row_view rows;
    tsl__weights weights;
    const tsl_start *start;
    const tsl_kmeans_options *kmeans;
    const tsl_sweep *sweep;
    tsl_evidence_options opt;
    const tsl_exec *exec; /* as it was given */
    int threads;
    tsl__labelling *labelling; /* one a candidate, of all rows */
    tsl_evidence *out;
} job;

/* The mean of the clusters' sums of simplified silhouettes. */
static tsl_status simplify(const job *j, size_t candidate, tsl_error *err)
{
    const tsl_candidate *of = &j->sweep->candidate[candidate];
    tsl_status status = TSL_OK;
    tsl__cancel cancel;
    double *sum = NULL, all = 0;
    TSL__NEED(sum = tsl__alloc_zero((size_t)of->k, sizeof *sum));
    tsl__cancel_open(&cancel, j->exec, "evidence", err);
    tsl__simplified_silhouettes(&j->rows, &j->weights, of->center, of->weight, &j->labelling[candidate], j->threads,
                                &cancel, sum);
    TSL__TRY(tsl__cancel_get(&cancel));
    for (int c = 0; c < of->k; c++) {
        all += sum[c];
    }
    j->out->of[candidate].simplified_silhouette = of->k > 1 ? all / j->weights.total : (double)NAN;
done:
    free(sum);
    return status;
}

/* Labels by each candidate's centres, and what follows from them. */
static tsl_status label_all(const job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < j->sweep->count; c++) {
        const tsl_candidate *of = &j->sweep->candidate[c];
        tsl_assignment to = {.rows = j->x->rows};
        TSL__NEED(to.label = j->labelling[c].label = tsl__alloc(j->x->rows, sizeof(int32_t)));
        j->labelling[c].k = of->k;
        j->out->of[c].k = of->k;
        TSL__TRY(tsl_kmeans_predict(j->x, of->center, of->k, j->exec, &to, err));
        TSL__TRY(simplify(j, c, err));
        j->out->of[c].bic = tsl__xmeans_bic(of->weight, j->weights.total, of->k, j->x->cols, of->inertia, 1);
    }
done:
    return status;
}

/* What the mean over the clusters is weighed by. */
static tsl_status sum_up(const job *j, const tsl__silhouette_input *input, size_t candidate, const double *silhouette,
                         tsl_error *err)
{
    const tsl_candidate *of = &j->sweep->candidate[candidate];
    tsl_candidate_evidence *out = &j->out->of[candidate];
    tsl_status status = TSL_OK;
    tsl__silhouette_mean mean;
    tsl_cluster_quality *cluster = NULL;
    TSL__NEED(cluster = tsl__alloc_zero((size_t)of->k, sizeof *cluster));
    for (size_t r = 0; r < j->x->rows; r++) {
        cluster[j->labelling[candidate].label[r]].size += tsl__weight_get(j->weights.of, r) > 0;
    }
    for (int c = 0; c < of->k; c++) {
        cluster[c].weight = of->weight[c];
    }
    TSL__NEED(tsl__silhouette_sum_up(input, &j->labelling[candidate], silhouette, cluster, &mean) == 0);
    const int defined = of->k > 1;
    out->silhouette = defined ? mean.mean : (double)NAN;
    out->silhouette_error = defined ? mean.error : (double)NAN;
    out->silhouette_macro = defined ? mean.macro : (double)NAN;
done:
    free(cluster);
    return status;
}

/* The same rows under every candidate, drawn by the finest, so that each of its clusters gives some. */
static tsl_status measure_silhouettes(const job *j, tsl_error *err)
{
    const size_t count = j->sweep->count;
    tsl_status status = TSL_OK;
    tsl__cancel cancel;
    size_t *row = NULL, m = 0;
    double *silhouette = NULL;
    TSL__NEED(tsl__silhouette_draw(&j->weights, &j->labelling[count - 1], j->x->rows, j->opt.silhouette_rows,
                                   j->opt.silhouette_exact, j->opt.seed, &row, &m) == 0);
    TSL__NEED(silhouette = tsl__alloc(count, m * sizeof *silhouette));
    tsl__cancel_open(&cancel, j->exec, "evidence", err);
    const tsl__silhouette_input input = {&j->rows, &j->weights, row, m};
    tsl__silhouettes_to_all(&input, j->labelling, count, j->threads, &cancel, silhouette);
    TSL__TRY(tsl__cancel_get(&cancel));
    for (size_t c = 0; c < count; c++) {
        TSL__TRY(sum_up(j, &input, c, silhouette + c * m, err));
    }
    j->out->silhouette_rows = m;
done:
    free(row);
    free(silhouette);
    return status;
}

static tsl_status measure_dunn(const job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < j->sweep->count; c++) {
        tsl__cancel cancel;
        j->out->of[c].dunn = NAN;
        if (j->opt.dunn) {
            tsl__cancel_open(&cancel, j->exec, "evidence", err);
            j->out->of[c].dunn = tsl__dunn(&j->rows, &j->weights, &j->labelling[c], j->threads, &cancel);
            TSL__TRY(tsl__cancel_get(&cancel));
        }
    }
done:
    return status;
}

/* ---- What is measured on a sample ------------------------------------------------------ */

typedef struct sample {
    tsl_matrix x;
    double *values, *weight;
} sample;

static void sample_free(sample *s)
{
    free(s->values);
    free(s->weight);
}

/* Rows that have a weight, drawn without replacement. */
static tsl_status sample_open(const job *j, sample *s, tsl_error *err)
{
    const size_t cols = j->x->cols;
    tsl_status status = TSL_OK;
    size_t *row = NULL, m;
    tsl__rng rng = tsl__rng_open(j->opt.seed, STREAM_SAMPLE, 0);
    *s = (sample){.values = NULL};
    m = tsl__silhouette_count(&j->weights, j->opt.sample_rows);
    TSL__NEED(row = tsl__alloc(m, sizeof *row));
    TSL__NEED(tsl__silhouette_rows(&j->weights, j->x->rows, j->opt.sample_rows, tsl__rng_u64(&rng), row) == 0);
    TSL__NEED(s->values = tsl__alloc(m, cols * sizeof *s->values));
    TSL__NEED(s->weight = tsl__alloc(m, sizeof *s->weight));
    for (size_t i = 0; i < m; i++) {
        const double *from = tsl__row(&j->rows, row[i], s->values + i * cols);
        memmove(s->values + i * cols, from, cols * sizeof *from);
        s->weight[i] = tsl__weight_get(j->weights.of, row[i]);
    }
    s->x = (tsl_matrix){s->values, m, cols, cols, TSL_F64};
    j->out->sample_rows = m;
done:
    free(row);
    return status;
}

/* Both indices look at every k up to the greatest, and tell little of many clusters. */
static int get_k_max(const job *j)
{
    const int k = j->sweep->candidate[j->sweep->count - 1].k;
    return k < TSL_EVIDENCE_K_MAX ? k : TSL_EVIDENCE_K_MAX;
}

static tsl_status measure_gap(const job *j, const sample *s, tsl_error *err)
{
    tsl_gap_options opt;
    tsl_gap *gap = NULL;
    TSL_DEFAULTS(gap, &opt);
    opt.k_max = get_k_max(j) + 1;
    opt.references = j->opt.references;
    opt.restarts = 3;
    opt.seed = j->opt.seed;
    const tsl_status status =
        tsl__index_may_lack(tsl_gap_build(&s->x, j->weights.of ? s->weight : NULL, &opt, j->exec, &gap, err), err);
    for (size_t c = 0; c < j->sweep->count; c++) {
        tsl_candidate_evidence *out = &j->out->of[c];
        const int known = gap && out->k <= gap->k_max && out->k <= TSL_EVIDENCE_K_MAX;
        out->gap = known ? gap->gap[out->k - 1] : (double)NAN;
        out->gap_error = known ? gap->error[out->k - 1] : (double)NAN;
    }
    j->out->gap_best = gap ? gap->best : 0;
    tsl_gap_free(gap);
    return status;
}

static tsl_status measure_strength(const job *j, const sample *s, tsl_error *err)
{
    tsl_strength_options opt;
    tsl_strength *strength = NULL;
    TSL_DEFAULTS(strength, &opt);
    opt.k_max = get_k_max(j);
    opt.divisions = j->opt.divisions;
    opt.restarts = 3;
    opt.seed = j->opt.seed;
    const tsl_status status = tsl__index_may_lack(
        tsl_strength_build(&s->x, j->weights.of ? s->weight : NULL, &opt, j->exec, &strength, err), err);
    for (size_t c = 0; c < j->sweep->count; c++) {
        tsl_candidate_evidence *out = &j->out->of[c];
        const int known = strength && out->k <= strength->k_max;
        out->strength = known ? strength->strength[out->k - 1] : (double)NAN;
        out->strength_error = known ? strength->error[out->k - 1] : (double)NAN;
    }
    j->out->strength_best = strength ? strength->best : 0;
    tsl_strength_free(strength);
    return status;
}

static tsl_status measure_sample(const job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    sample s;
    TSL__TRY(sample_open(j, &s, err));
    TSL__TRY(measure_gap(j, &s, err));
    TSL__TRY(measure_strength(j, &s, err));
done:
    sample_free(&s);
    return status;
}

/* ---- All of it --------------------------------------------------------------------------- */

void tsl_evidence_free(tsl_evidence *evidence)
{
    if (evidence) {
        tsl_stability_free(evidence->stability);
        tsl_natural_free(evidence->natural);
        free(evidence->of);
        free(evidence);
    }
}

static tsl_status run_job(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_evidence *out = NULL;
    TSL__NEED(out = j->out = tsl__alloc_zero(1, sizeof *out));
    TSL__NEED(out->of = tsl__alloc_zero(j->sweep->count, sizeof *out->of));
    TSL__NEED(j->labelling = tsl__alloc_zero(j->sweep->count, sizeof *j->labelling));
    out->count = j->sweep->count;
    /* What looks at the sweep first, as it refuses another's. */
    TSL__TRY(tsl_stability_build(j->x, j->weights.of, j->start, j->kmeans, j->sweep, j->opt.stability, j->exec,
                                 &out->stability, err));
    TSL__TRY(label_all(j, err));
    TSL__TRY(measure_silhouettes(j, err));
    TSL__TRY(measure_dunn(j, err));
    TSL__TRY(measure_sample(j, err));
    TSL__TRY(tsl_natural_fit(j->x, j->weights.of, j->opt.natural, j->exec, &out->natural, err));
done:
    for (size_t c = 0; j->labelling && c < j->sweep->count; c++) {
        free(j->labelling[c].label);
    }
    free(j->labelling);
    return status;
}

tsl_status tsl_evidence_build(const tsl_matrix *x, const double *weight, const tsl_start *start,
                              const tsl_kmeans_options *kmeans, const tsl_sweep *sweep, const tsl_evidence_options *opt,
                              const tsl_exec *exec, tsl_evidence **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const double begun = tsl__clock();
    tsl_exec full;
    job j = {.x = x, .rows = tsl__row_view_of(x, 1), .start = start, .kmeans = kmeans, .sweep = sweep, .exec = exec};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &j.opt, err));
    TSL__TRY(tsl__exec_open(exec, &full, err));
    j.threads = full.threads;
    TSL__TRY(tsl__weights_check(weight, x->rows, &j.weights, err));
    TSL__TRY(run_job(&j, err));
    j.out->seconds = tsl__clock() - begun;
    *out = j.out;
    j.out = NULL;
done:
    tsl_evidence_free(j.out);
    return status;
}
