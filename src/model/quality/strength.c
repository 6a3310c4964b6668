/* strength.c: prediction strength: what centres of one half of the rows say of the
 * clusters of the other. */
#include "model/comparison/contingency.h"
#include "model/quality/repeated.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>

/* The name of the streams of draws, beside those of the runs (k, restart): k is below it. */
#define STREAM UINT32_C(0x57E0000)

/* ---- Options -------------------------------------------------------------------- */

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_strength_options, k_max, .low = 1, .high = TSL_CLUSTERS_MAX),
    TSL__RANGE(tsl_strength_options, divisions, .low = 1, .high = 1e6),
    TSL__RANGE(tsl_strength_options, restarts, .low = 1, .high = 1e6),
    TSL__RANGE(tsl_strength_options, threshold, .high = 1),
};

const tsl_option_range *tsl_strength_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

void tsl_strength_defaults(tsl_strength_options *opt, size_t size)
{
    const tsl_strength_options full = {
        .size = sizeof full, .k_max = 10, .divisions = 20, .restarts = 10, .threshold = 0.8, .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static tsl_status take_options(const tsl_strength_options *given, tsl_strength_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(strength, opt);
    TSL__TRY(tsl__options_take("strength", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
done:
    return status;
}

tsl_status tsl_strength_check(const tsl_strength_options *opt, tsl_error *err)
{
    tsl_strength_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- Halves ------------------------------------------------------------------------ */

/* Half of the rows, and its clusters. */
typedef struct half {
    size_t rows;
    double *values;       /* rows x cols */
    double *weight;       /* rows; NULL: once each */
    int32_t *own, *other; /* rows: labels by its own centres, and by those of the other half */
    tsl_sweep *sweep;
} half;

typedef struct division {
    const tsl_matrix *x;
    tsl__weights weights;
    size_t *taken; /* the first half: numbers among the rows that have a weight */
    half half[2];
} division;

static void free_division(division *d)
{
    free(d->taken);
    for (int h = 0; h < 2; h++) {
        free(d->half[h].values);
        free(d->half[h].weight);
        free(d->half[h].own);
        free(d->half[h].other);
        tsl_sweep_free(d->half[h].sweep);
    }
}

static tsl_status open_division(division *d, const tsl_matrix *x, const double *weight, tsl_error *err)
{
    tsl_status status = TSL_OK;
    d->x = x;
    TSL__TRY(tsl__matrix_check_layout(x, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &d->weights, err));
    TSL__TRY(d->weights.positive < 4
                 ? tsl__error_set(err, TSL_E_INPUT, "strength: %zu rows cannot be divided; expected at least 4",
                                  d->weights.positive)
                 : TSL_OK);
    d->half[0].rows = d->weights.positive / 2;
    d->half[1].rows = d->weights.positive - d->half[0].rows;
    TSL__NEED(d->taken = tsl__alloc(d->half[0].rows, sizeof *d->taken));
    for (int h = 0; h < 2; h++) {
        half *to = &d->half[h];
        TSL__NEED(to->values = tsl__alloc(to->rows * x->cols, sizeof *to->values));
        TSL__NEED(!weight || (to->weight = tsl__alloc(to->rows, sizeof *to->weight)));
        TSL__NEED(to->own = tsl__alloc(to->rows, sizeof *to->own));
        TSL__NEED(to->other = tsl__alloc(to->rows, sizeof *to->other));
    }
done:
    return status;
}

/* Deals the rows out. 0 on success. */
static int divide(division *d, uint64_t seed, int number)
{
    const tsl__row_view x = tsl__row_view_of(d->x, 1);
    tsl__rng rng = tsl__rng_open(seed, STREAM, (uint32_t)number);
    size_t at[2] = {0, 0}, seen = 0;
    if (tsl__rng_sample(&rng, d->weights.positive, d->half[0].rows, d->taken)) {
        return -1;
    }
    for (size_t r = 0; r < x.rows; r++) {
        const double weight = tsl__weight_get(d->weights.of, r);
        if (!(weight > 0)) {
            continue;
        }
        const int h = at[0] < d->half[0].rows && d->taken[at[0]] == seen ? 0 : 1;
        half *to = &d->half[h];
        tsl__row_take(&x, r, to->values + at[h] * x.cols);
        if (to->weight) {
            to->weight[at[h]] = weight;
        }
        at[h]++;
        seen++;
    }
    return 0;
}

static tsl_matrix view_of(const division *d, int h)
{
    return (tsl_matrix){d->half[h].values, d->half[h].rows, d->x->cols, d->x->cols, TSL_F64};
}

/* ---- The strength -------------------------------------------------------------------- */

/* The least share of a cluster's pairs that stay together; NaN where no cluster has a pair. */
static double get_least(const tsl__contingency *table)
{
    double least = (double)NAN;
    for (size_t i = 0; i < table->count;) {
        const int32_t a = table->cell[i].a;
        const double all = table->sum[0][a];
        double square = 0;
        for (; i < table->count && table->cell[i].a == a; i++) {
            square += table->cell[i].weight * table->cell[i].weight;
        }
        if (all > 1) {
            const double share = (square - all) / (all * (all - 1));
            least = share >= least ? least : share;
        }
    }
    return least;
}

/* How well the other half's centres find the clusters of half h. */
static tsl_status measure_half(division *d, int h, int k, const tsl_exec *exec, double *out, tsl_error *err)
{
    half *of = &d->half[h];
    const tsl_matrix x = view_of(d, h);
    tsl_assignment own = {.rows = of->rows, .label = of->own}, other = {.rows = of->rows, .label = of->other};
    tsl__contingency table = {0};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_kmeans_predict(&x, of->sweep->candidate[k - 1].center, k, exec, &own, err));
    TSL__TRY(tsl_kmeans_predict(&x, d->half[!h].sweep->candidate[k - 1].center, k, exec, &other, err));
    TSL__TRY(tsl__contingency_build((const int32_t *const[]){of->own, of->other}, (const int[]){k, k}, of->weight,
                                    of->rows, &table, err));
    *out = get_least(&table);
done:
    tsl__contingency_free(&table);
    return status;
}

typedef struct job {
    const tsl_matrix *x;
    const double *weight;
    tsl_strength_options opt;
    tsl_exec exec;
    double *each; /* divisions x opt.k_max */
    int *most;    /* divisions: the greatest k that both halves have */
    tsl_strength *out;
} job;

static tsl_status fit_half(const job *j, division *d, int h, const tsl_exec *one, int *most, tsl_error *err)
{
    const tsl_matrix x = view_of(d, h);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__repeated_fit(one, &x, d->half[h].weight, j->opt.k_max, j->opt.restarts, j->opt.seed,
                               &d->half[h].sweep, err));
    const size_t count = d->half[h].sweep->count;
    *most = (size_t)*most < count ? *most : (int)count;
done:
    return status;
}

static tsl_status measure(void *user, int number, const tsl_exec *one, tsl_error *err)
{
    const job *j = user;
    double *each = j->each + (size_t)number * (size_t)j->opt.k_max;
    division d = {0};
    int most = j->opt.k_max;
    tsl_status status = TSL_OK;
    TSL__TRY(open_division(&d, j->x, j->weight, err));
    TSL__NEED(divide(&d, j->opt.seed, number) == 0);
    TSL__TRY(fit_half(j, &d, 0, one, &most, err));
    TSL__TRY(fit_half(j, &d, 1, one, &most, err));
    for (int k = 1; k <= most; k++) {
        double first, second;
        TSL__TRY(measure_half(&d, 0, k, one, &first, err));
        TSL__TRY(measure_half(&d, 1, k, one, &second, err));
        each[k - 1] = (first + second) / 2;
    }
    j->most[number] = most;
done:
    free_division(&d);
    return status;
}

static void sum_up(const job *j)
{
    const tsl_strength_options *opt = &j->opt;
    const double count = opt->divisions, *each = j->each;
    tsl_strength *out = j->out;
    out->best = 1;
    out->k_max = opt->k_max;
    for (int i = 0; i < opt->divisions; i++) {
        out->k_max = j->most[i] < out->k_max ? j->most[i] : out->k_max;
    }
    for (int k = 0; k < out->k_max; k++) {
        double mean = 0, square = 0;
        for (int i = 0; i < opt->divisions; i++) {
            mean += each[(size_t)i * (size_t)opt->k_max + (size_t)k];
        }
        mean /= count;
        for (int i = 0; i < opt->divisions; i++) {
            const double off = each[(size_t)i * (size_t)opt->k_max + (size_t)k] - mean;
            square += off * off;
        }
        out->strength[k] = mean;
        out->error[k] = opt->divisions > 1 ? sqrt(square / (count - 1) / count) : (double)NAN;
        if (mean + (opt->divisions > 1 ? out->error[k] : 0) >= opt->threshold) {
            out->best = k + 1;
        }
    }
}

void tsl_strength_free(tsl_strength *strength)
{
    if (strength) {
        free(strength->strength);
        free(strength->error);
        free(strength);
    }
}

static tsl_status run_job(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t divisions = (size_t)j->opt.divisions, ks = (size_t)j->opt.k_max;
    TSL__NEED(j->out = tsl__alloc_zero(1, sizeof *j->out));
    TSL__NEED(j->out->strength = tsl__alloc(ks, sizeof *j->out->strength));
    TSL__NEED(j->out->error = tsl__alloc(ks, sizeof *j->out->error));
    TSL__NEED(j->each = tsl__alloc(divisions * ks, sizeof *j->each));
    TSL__NEED(j->most = tsl__alloc(divisions, sizeof *j->most));
    TSL__TRY(tsl__repeated_run(&j->exec, "strength", j->opt.divisions, measure, j, err));
    sum_up(j);
done:
    return status;
}

tsl_status tsl_strength_build(const tsl_matrix *x, const double *weight, const tsl_strength_options *opt,
                              const tsl_exec *exec, tsl_strength **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.x = x, .weight = weight};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &j.opt, err));
    TSL__TRY(tsl__exec_open(exec, &j.exec, err));
    TSL__TRY(run_job(&j, err));
    *out = j.out;
    j.out = NULL;
done:
    tsl_strength_free(j.out);
    free(j.each);
    free(j.most);
    return status;
}
