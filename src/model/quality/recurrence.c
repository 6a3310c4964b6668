/* recurrence.c: what k-means of as many clusters makes of rows that somebody labelled:
 * whether the labels come back. docs/methods/quality.md. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/rng.h"
#include "model/cluster_means.h"
#include "model/quality/bootstrap.h"
#include "model/quality/quality.h"
#include "model/quality/validity.h"

#include <math.h>
#include <stdlib.h>

#define STREAM_SAMPLE 0x7265636c /* of the rows that gap and strength are of */
#define SAMPLE_ROWS 2000
#define SAMPLE_CLUSTERS 20 /* of more labels gap and strength would take too long */
#define REPLICATES 20
#define REFERENCES 20
#define DIVISIONS 10
#define RESTARTS 3

typedef struct job {
    const tsl_matrix *x;
    tsl__row_view rows;
    tsl__weights weights;
    const int32_t *label;
    int k;
    uint64_t seed;
    tsl_exec exec;
    tsl_matrix sample;
    double *values, *weight; /* of the sample */
    int32_t *taken;          /* likewise: labels */
    tsl_recurrence *out;
} job;

/* ---- On a sample ------------------------------------------------------------------ */

static tsl_status take_sample(job *j, tsl_error *err)
{
    const size_t cols = j->x->cols, m = tsl__silhouette_count(&j->weights, SAMPLE_ROWS);
    tsl_status status = TSL_OK;
    tsl__rng rng = tsl__rng_open(j->seed, STREAM_SAMPLE, 0);
    size_t *row = NULL;
    TSL__NEED(row = tsl__alloc(m, sizeof *row));
    TSL__NEED(tsl__silhouette_rows(&j->weights, j->x->rows, SAMPLE_ROWS, tsl__rng_u64(&rng), row) == 0);
    TSL__NEED(j->values = tsl__alloc(m, cols * sizeof *j->values));
    TSL__NEED(j->weight = tsl__alloc(m, sizeof *j->weight));
    TSL__NEED(j->taken = tsl__alloc(m, sizeof *j->taken));
    for (size_t i = 0; i < m; i++) {
        tsl__row_take(&j->rows, row[i], j->values + i * cols);
        j->weight[i] = tsl__weight_get(j->weights.of, row[i]);
        j->taken[i] = j->label[row[i]];
    }
    j->sample = (tsl_matrix){j->values, m, cols, cols, TSL_F64};
    j->out->sample_rows = m;
done:
    free(row);
    return status;
}

/* The labels' inertia on the sample. */
static tsl_status get_inertia(const job *j, double *inertia, tsl_error *err)
{
    const tsl__row_view rows = tsl__row_view_of(&j->sample, 1);
    tsl_status status = TSL_OK;
    double *mean = NULL;
    TSL__NEED(mean = tsl__alloc((size_t)j->k, j->x->cols * sizeof *mean));
    TSL__TRY(tsl__means_get(&rows, j->weight, j->taken, j->k, j->exec.threads, mean, err));
    TSL__TRY(tsl__cost_get(&rows, j->weight, j->taken, mean, j->exec.threads, inertia, err));
done:
    free(mean);
    return status;
}

/* Against the references of as many clusters, the inertia of the labels in place of that of k-means. */
static tsl_status measure_gap(const job *j, tsl_error *err)
{
    tsl_gap_options opt;
    tsl_gap *gap = NULL;
    double inertia;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(gap, &opt);
    opt.k_max = j->k + 1;
    opt.references = REFERENCES;
    opt.restarts = RESTARTS;
    opt.seed = j->seed;
    TSL__TRY(get_inertia(j, &inertia, err));
    status = tsl_gap_build(&j->sample, j->weight, &opt, &j->exec, &gap, err);
    if (status == TSL_OK && j->k <= gap->k_max && inertia > 0) {
        j->out->gap = gap->gap[j->k - 1] + log(gap->inertia[j->k - 1]) - log(inertia);
        j->out->gap_error = gap->error[j->k - 1];
    }
done:
    tsl_gap_free(gap);
    return tsl__index_may_lack(status, err);
}

static tsl_status measure_strength(const job *j, tsl_error *err)
{
    tsl_strength_options opt;
    tsl_strength *strength = NULL;
    TSL_DEFAULTS(strength, &opt);
    opt.k_max = j->k;
    opt.divisions = DIVISIONS;
    opt.restarts = RESTARTS;
    opt.seed = j->seed;
    const tsl_status status = tsl_strength_build(&j->sample, j->weight, &opt, &j->exec, &strength, err);
    if (status == TSL_OK && j->k <= strength->k_max) {
        j->out->strength = strength->strength[j->k - 1];
        j->out->strength_error = strength->error[j->k - 1];
    }
    tsl_strength_free(strength);
    return tsl__index_may_lack(status, err);
}

/* ---- All of it ----------------------------------------------------------------------- */

void tsl_recurrence_free(tsl_recurrence *recurrence)
{
    if (recurrence) {
        free(recurrence->jaccard);
        free(recurrence);
    }
}

static tsl_status measure_sample(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (j->k <= SAMPLE_CLUSTERS) {
        TSL__TRY(take_sample(j, err));
        TSL__TRY(measure_gap(j, err));
        TSL__TRY(measure_strength(j, err));
    }
done:
    free(j->values);
    free(j->weight);
    free(j->taken);
    return status;
}

/* No clusters are looked for yet. */
static tsl_status open_job(job *j, const double *weight, const tsl_exec *exec, tsl_recurrence *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl_recurrence){.k = j->k, .gap = NAN, .gap_error = NAN, .strength = NAN, .strength_error = NAN};
    j->out = out;
    TSL__TRY(tsl__exec_open(exec, &j->exec, err));
    TSL__TRY(tsl__weights_check(weight, j->x->rows, &j->weights, err));
done:
    return status;
}

tsl_status tsl__recurrence_sample(const tsl_matrix *x, const double *weight, const int32_t *label, int k, uint64_t seed,
                                  const tsl_exec *exec, tsl_recurrence *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.x = x, .rows = tsl__row_view_of(x, 1), .label = label, .k = k, .seed = seed};
    TSL__TRY(open_job(&j, weight, exec, out, err));
    TSL__TRY(measure_sample(&j, err));
done:
    return status;
}

tsl_status tsl_recurrence_build(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                                const tsl_stability_options *opt, const tsl_exec *exec, tsl_recurrence **out,
                                tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_stability_options stability;
    job j = {.x = x, .rows = tsl__row_view_of(x, 1), .label = label, .k = k};
    tsl_recurrence *made = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL_DEFAULTS(stability, &stability);
    stability.replicates = REPLICATES;
    TSL__TRY(tsl_stability_check(opt, err));
    TSL__TRY(tsl__options_take("stability", &stability, sizeof stability, opt, err));
    stability.replicates = stability.replicates ? stability.replicates : REPLICATES;
    j.seed = stability.seed;
    TSL__TRY(k < 1 || k > TSL_CLUSTERS_MAX ? tsl__error_set(err, TSL_E_INPUT, "k: %d is no number of labels", k)
                                           : TSL_OK);
    TSL__NEED(made = tsl__alloc_zero(1, sizeof *made));
    TSL__TRY(open_job(&j, weight, exec, made, err));
    TSL__NEED(made->jaccard = tsl__alloc((size_t)k, sizeof *made->jaccard));
    TSL__TRY(tsl__recurrence_measure(x, weight, label, &stability, &j.exec, made, err));
    TSL__TRY(measure_sample(&j, err));
    *out = made;
    made = NULL;
done:
    tsl_recurrence_free(made);
    return status;
}
