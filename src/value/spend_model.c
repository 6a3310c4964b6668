/* spend_model.c: Gamma-Gamma: what a customer spends a purchase varies about a mean of his own, and these means vary.
 * Fader, Hardie & Lee (2005), RFM and CLV; Fader & Hardie (2013), The Gamma-Gamma model of monetary value. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "stat/moments.h"
#include "stat/special.h"
#include "value/rows/coarse.h"
#include "value/search/maximum.h"

#include <math.h>
#include <stdlib.h>

enum { P, Q, GAMMA, PARAMETERS };
/* Of a pair of parameters, in the lower triangle. */
enum { PP, QP, QQ, GP, GQ, GG };
enum { X, MEAN };

/* What customers of one x share: ln(gamma(px + q) / (gamma(px) gamma(q))) + q ln gamma + px ln x. */
static tsl__differential share(const double *parameter, double x)
{
    const double p = parameter[P], q = parameter[Q], gamma = parameter[GAMMA];
    const double both = tsl__digamma(p * x + q), curve = tsl__trigamma(p * x + q);
    tsl__differential shared = {.value = 0};
    shared.value = -tsl__log_beta(p * x, q) + q * log(gamma) + p * x * log(x);
    shared.gradient[P] = x * (both - tsl__digamma(p * x) + log(x));
    shared.gradient[Q] = both - tsl__digamma(q) + log(gamma);
    shared.gradient[GAMMA] = q / gamma;
    shared.hessian[PP] = x * x * (curve - tsl__trigamma(p * x));
    shared.hessian[QP] = x * curve;
    shared.hessian[QQ] = curve - tsl__trigamma(q);
    shared.hessian[GQ] = 1 / gamma;
    shared.hessian[GG] = -q / (gamma * gamma);
    return shared;
}

static void add_rows(const void *user, const double *parameter, size_t begin, size_t end, void *work, tsl__surface *sum)
{
    const tsl__distinct *d = user;
    tsl__differential shared = {.value = 0}, all = {.value = 0};
    double x = NAN;
    (void)work;
    for (size_t i = begin; i < end; i++) {
        if (d->column[X][i] != x) {
            x = d->column[X][i];
            shared = share(parameter, x);
        }
        const double mean = d->column[MEAN][i], shape = parameter[P] * x + parameter[Q],
                     sum_of = parameter[GAMMA] + x * mean, ln = log(sum_of), ln_mean = log(mean);
        tsl__differential own = shared;
        own.value += (parameter[P] * x - 1) * ln_mean - shape * ln;
        own.gradient[P] += x * (ln_mean - ln);
        own.gradient[Q] -= ln;
        own.gradient[GAMMA] -= shape / sum_of;
        own.hessian[GP] -= x / sum_of;
        own.hessian[GQ] -= 1 / sum_of;
        own.hessian[GG] += shape / (sum_of * sum_of);
        tsl__differential_add(&all, &own, d->weight[i]);
    }
    tsl__surface_add(sum, &all, parameter, PARAMETERS);
}

static tsl_spend_model open_model(void)
{
    tsl_spend_model model = {.log_likelihood = NAN, .correlation = NAN, .verdict = TSL_FIT_EMPTY};
    for (int i = 0; i < PARAMETERS; i++) {
        model.parameter[i] = model.standard_error[i] = NAN;
    }
    return model;
}

/* Of how often and how much, over all customers. */
static double get_correlation(const tsl__distinct *d)
{
    const tsl__moments x = tsl__moments_get(d->column[X], d->weight, d->count, 1);
    const tsl__moments mean = tsl__moments_get(d->column[MEAN], d->weight, d->count, 1);
    double sum = 0;
    for (size_t i = 0; i < d->count; i++) {
        sum += d->weight[i] * ((d->column[X][i] - x.mean) / x.sd) * ((d->column[MEAN][i] - mean.mean) / mean.sd);
    }
    return x.sd > 0 && mean.sd > 0 ? fmax(-1, fmin(1, sum / d->weights)) : (double)NAN;
}

/* Fisher's z, of a standard normal where they are independent, is beyond this once in 1,000 times. */
#define CHANCE 3.29

int tsl_spend_model_get_dependent(const tsl_spend_model *model)
{
    const double size = fabs(model->correlation);
    return size >= TSL_SPEND_DEPENDENT && model->customers > 3 && atanh(size) * sqrt(model->customers - 3) > CHANCE;
}

enum { LEVELS = 2, BINS = 32 };
#define FEW_ROWS ((size_t)1 << 14) /* on which every start can be followed to its end */

/* What amounts are counted in, so that parameters are near 1: their geometric mean, which a few great ones do not move.
 */
static double get_unit(const tsl__distinct *d)
{
    double sum = 0;
    for (size_t i = 0; i < d->count; i++) {
        sum += d->weight[i] * log(d->column[MEAN][i]);
    }
    return exp(sum / d->weights);
}

/* From coarse rows to fine ones. Few rows, and those whose best has no end in sight, are searched from every start: the
 * likelihood has plateaus (p without bound), which a search does not leave, beside a maximum that is little higher. */
static tsl_status find_maximum(tsl__distinct *d, int threads, tsl__maximum *best, tsl_error *err)
{
    /* Of a mean of 1: gamma = (q - 1) / p; and without a mean. */
    static const double start[][TSL_PURCHASE_PARAMETERS] = {{5, 4, .6},  {1, 2, 1},      {20, 3, .1},   {2, 15, 7},
                                                            {3, .8, .3}, {60, .8, .012}, {300, 2, .003}};
    tsl__distinct coarse = {.count = 0};
    tsl__row_sum level[LEVELS] = {{.add = add_rows, .user = &coarse}, {.add = add_rows, .user = d, .rows = d->count}};
    tsl__sought search = {.level = level,
                          .levels = LEVELS,
                          .start = start,
                          .starts = sizeof start / sizeof *start,
                          .parameters = PARAMETERS,
                          .threads = threads};
    tsl_status status = TSL_OK;
    *best = (tsl__maximum){.log_likelihood = -INFINITY, .loose = 1};
    if (d->count > FEW_ROWS) {
        TSL__TRY(tsl__coarse_build(d, 2, BINS, 0, &coarse, err));
        level[0].rows = coarse.count;
        TSL__TRY(tsl__maximum_find(&search, best, err));
    }
    if (best->loose) {
        tsl__maximum found;
        search.level = &level[1];
        search.levels = 1;
        TSL__TRY(tsl__maximum_find(&search, &found, err));
        if (found.log_likelihood > best->log_likelihood) {
            found.steps += best->steps;
            *best = found;
        }
    }
done:
    tsl__distinct_free(&coarse);
    return status;
}

static tsl_status fit(tsl__distinct *d, int threads, tsl_spend_model *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__maximum found;
    out->customers = d->weights;
    if (d->count == 0) {
        return TSL_OK;
    }
    out->correlation = get_correlation(d);
    const double unit = get_unit(d);
    for (size_t i = 0; i < d->count; i++) {
        d->column[MEAN][i] /= unit;
    }
    TSL__TRY(find_maximum(d, threads, &found, err));
    out->log_likelihood = found.log_likelihood - d->weights * log(unit);
    out->verdict = found.parameter[Q] <= 1 ? TSL_FIT_NO_MEAN : found.loose ? TSL_FIT_RIDGE : TSL_FIT_SOUND;
    out->steps = found.steps;
    for (int i = 0; i < PARAMETERS; i++) {
        out->parameter[i] = found.parameter[i] * (i == GAMMA ? unit : 1);
        out->standard_error[i] = found.standard_error[i] * (i == GAMMA ? unit : 1);
    }
done:
    return status;
}

/* TSL_E_INPUT: what cannot be. *is_spend: 0 where the customer tells nothing, *out->rejected those who tell what is no
 * spend. */
static tsl_status look_at(const tsl_spends *s, size_t i, int *is_spend, uint64_t *rejected, tsl_error *err)
{
    const double weight = s->weight ? s->weight[i] : 1;
    *is_spend = 0;
    if (!(s->x[i] >= 0 && isfinite(s->x[i])) || !(weight > 0 && isfinite(weight)) || isinf(s->mean[i])) {
        return tsl__error_set(err, TSL_E_INPUT, "spend %zu (x %g, mean %g, weight %g): it is none", i + 1, s->x[i],
                              s->mean[i], weight);
    }
    *is_spend = s->x[i] > 0 && s->mean[i] > 0;
    *rejected += s->x[i] > 0 && s->mean[i] <= 0;
    return TSL_OK;
}

static tsl_status build(const tsl_spends *s, int threads, tsl__distinct *out, uint64_t *rejected, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *known[3] = {NULL, NULL, NULL};
    size_t count = 0;
    int is_spend;
    for (int c = 0; c < 3; c++) {
        TSL__NEED(known[c] = tsl__alloc(s->count, sizeof *known[c]));
    }
    for (size_t i = 0; i < s->count; i++) {
        TSL__TRY(look_at(s, i, &is_spend, rejected, err));
        if (is_spend) {
            known[X][count] = s->x[i];
            known[MEAN][count] = s->mean[i];
            known[2][count++] = s->weight ? s->weight[i] : 1;
        }
    }
    TSL__TRY(
        tsl__distinct_build((const double *const[]){known[X], known[MEAN]}, 2, known[2], count, threads, out, err));
done:
    for (int c = 0; c < 3; c++) {
        free(known[c]);
    }
    return status;
}

tsl_status tsl_spend_model_fit(const tsl_spends *spends, const tsl_exec *exec, tsl_spend_model *out, tsl_error *err)
{
    const double began = tsl__clock();
    tsl_status status = TSL_OK;
    tsl__distinct distinct = {.count = 0};
    tsl_exec run;
    tsl__error_reset(err);
    *out = open_model();
    TSL__TRY(tsl__exec_open(exec, &run, err));
    run.threads = tsl__distinct_get_threads(&run, spends->count);
    TSL__TRY(build(spends, run.threads, &distinct, &out->rejected, err));
    TSL__TRY(fit(&distinct, run.threads, out, err));
    out->seconds = tsl__clock() - began;
done:
    tsl__distinct_free(&distinct);
    return status;
}

double tsl_spend_model_get_aic(const tsl_spend_model *model)
{
    return 2 * PARAMETERS - 2 * model->log_likelihood;
}

/* A mean of the customer's own and of all, by how much each tells. */
void tsl_spend_model_predict(const tsl_spend_model *model, const tsl_spends *spends, double *expected)
{
    const double p = model->parameter[P], q = model->parameter[Q], gamma = model->parameter[GAMMA];
    for (size_t i = 0; i < spends->count; i++) {
        const double x = spends->x[i], mean = spends->mean[i];
        const int tells = x > 0 && mean > 0;
        const double shape = tells ? p * x + q - 1 : q - 1;
        expected[i] =
            model->verdict != TSL_FIT_EMPTY && shape > 0 ? p * (gamma + (tells ? x * mean : 0)) / shape : (double)NAN;
    }
}
