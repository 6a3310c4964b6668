/* covariate_model.c: purchase models whose customers buy and leave by what is known of them. Fader & Hardie (2007),
 * brucehardie.com/notes/019. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "stat/chi_square.h"
#include "value/rows/histories.h"
#include "value/search/ladders.h"
#include "value/search/maximum.h"
#include "value/search/patterns.h"
#include "value/terms/purchase_kinds.h"

#include <math.h>
#include <stdlib.h>

enum { LOGS = TSL_PURCHASE_PARAMETERS, ALL_MOST = LOGS + 2 * TSL_COVARIATES_MOST };

typedef struct ground {
    tsl_purchase_kind kind;
    size_t covariates;
    tsl__distinct patterns, histories;
    tsl__ladders ladders;
    tsl__quadratures rules;
    double unit, mean[TSL_COVARIATES_MOST], sd[TSL_COVARIATES_MOST];
} ground;

/* ---- The sum ----------------------------------------------------------------------------- */

/* How the logarithm of each parameter of a pattern moves with that of each base parameter and with each coefficient. */
typedef struct slope {
    size_t logs, all;
    double by[LOGS][ALL_MOST];
} slope;

static slope open_slope(const ground *g, size_t pattern)
{
    slope s = {.logs = (size_t)tsl_purchase_kind_get_count(g->kind)};
    double sign;
    const int at = tsl__pattern_get_dropout(g->kind, &sign);
    s.all = s.logs + (at < 0 ? 1 : 2) * g->covariates;
    for (size_t i = 0; i < s.logs; i++) {
        s.by[i][i] = 1;
    }
    for (size_t c = 0; c < g->covariates; c++) {
        s.by[TSL__P2][s.logs + c] = -g->patterns.column[c][pattern];
        if (at >= 0) {
            s.by[at][s.logs + g->covariates + c] = sign * g->patterns.column[c][pattern];
        }
    }
    return s;
}

/* By the chain rule; the logarithms are linear in what is looked for. */
static void add_pattern(const slope *s, const tsl__differential *own, tsl__surface *sum)
{
    double half[LOGS][ALL_MOST];
    sum->value += own->value;
    for (size_t i = 0; i < s->logs; i++) {
        for (size_t k = 0; k < s->all; k++) {
            half[i][k] = 0;
            for (size_t j = 0; j < s->logs; j++) {
                half[i][k] += own->hessian[i > j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i] * s->by[j][k];
            }
        }
    }
    for (size_t k = 0, at = 0; k < s->all; k++) {
        for (size_t i = 0; i < s->logs; i++) {
            sum->gradient[k] += own->gradient[i] * s->by[i][k];
        }
        for (size_t l = 0; l <= k; l++, at++) {
            for (size_t i = 0; i < s->logs; i++) {
                sum->hessian[at] += s->by[i][k] * half[i][l];
            }
        }
    }
}

static void add_rows(const void *user, const double *parameter, size_t begin, size_t end, void *work, tsl__surface *sum)
{
    const ground *g = user;
    const int logs = tsl_purchase_kind_get_count(g->kind);
    const double *rate = parameter + logs, *dropout = rate + g->covariates,
                 *of = g->histories.column[TSL__HISTORY_PATTERN];
    tsl__likelihood model = {.kind = g->kind};
    tsl__differential shared, own, all = {.value = 0};
    double alive;
    for (size_t next; begin < end; begin = next) {
        const size_t pattern = (size_t)of[begin];
        double at[TSL_PURCHASE_PARAMETERS];
        next = tsl__histories_get_end(&g->histories, begin, end);
        tsl__pattern_put(&g->patterns, pattern, g->covariates, g->kind, parameter, rate, dropout, at);
        model = tsl__likelihood_open(g->kind, at, &g->rules);
        tsl__likelihood_share(&model, g->histories.column[TSL__HISTORY_X][begin], &shared);
        const tsl__mixture *since = tsl__ladder_climb(&g->ladders, &model, &g->histories, begin, 1, work);
        for (size_t i = begin; i < next; i++) {
            const tsl__history h = tsl__ladder_get(&g->ladders, &g->histories, since, i);
            tsl__likelihood_get(&model, &h, &shared, &own, &alive);
            tsl__differential_add(&all, &own, g->histories.weight[i]);
        }
        if (next == end || (size_t)of[next] != pattern) {
            const slope s = open_slope(g, pattern);
            tsl__differential_to_logs(&all, model.parameter, logs);
            add_pattern(&s, &all, sum);
            all = (tsl__differential){.value = 0};
        }
    }
}

/* ---- The covariates ------------------------------------------------------------------------ */

/* Patterns in units of each covariate's standard deviation, from its mean: all of one size, and apart from the base. */
static tsl_status center(ground *g, const tsl_covariates *covariates, tsl_error *err)
{
    tsl__distinct *p = &g->patterns;
    for (size_t c = 0; c < g->covariates; c++) {
        double square = 0, *column = p->column[c];
        g->mean[c] = tsl__distinct_sum(p, (int)c) / p->weights;
        for (size_t i = 0; i < p->count; i++) {
            square += p->weight[i] * (column[i] - g->mean[c]) * (column[i] - g->mean[c]);
        }
        g->sd[c] = sqrt(square / p->weights);
        if (!(g->sd[c] > 1e-12 * fabs(g->mean[c]))) {
            return tsl__error_set(err, TSL_E_INPUT, "covariate %s is %g of all customers: it tells nothing",
                                  covariates->name[c], g->mean[c]);
        }
        for (size_t i = 0; i < p->count; i++) {
            column[i] = (column[i] - g->mean[c]) / g->sd[c];
        }
    }
    return TSL_OK;
}

#define TOLD 1e-9 /* of a covariate's variance, what the others leave over */

/* Cholesky's factor of the correlations, covariate by covariate. */
static tsl_status check_told(const ground *g, const tsl_covariates *covariates, tsl_error *err)
{
    double factor[TSL_COVARIATES_MOST][TSL_COVARIATES_MOST];
    for (size_t c = 0; c < g->covariates; c++) {
        for (size_t d = 0; d <= c; d++) {
            double sum = 0;
            for (size_t i = 0; i < g->patterns.count; i++) {
                sum += g->patterns.weight[i] * g->patterns.column[c][i] * g->patterns.column[d][i];
            }
            sum /= g->patterns.weights;
            for (size_t k = 0; k < d; k++) {
                sum -= factor[c][k] * factor[d][k];
            }
            if (c == d && !(sum > TOLD)) {
                return tsl__error_set(err, TSL_E_INPUT,
                                      "covariate %s is told by those before it: leave one of them out",
                                      covariates->name[c]);
            }
            factor[c][d] = c == d ? sqrt(sum) : sum / factor[d][d];
        }
    }
    return TSL_OK;
}

static tsl_status open_ground(const tsl_covariates *covariates, const tsl_histories *histories, int threads, ground *g,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__patterns_build(covariates, histories, threads, &g->patterns, &g->histories, err));
    TSL__TRY(center(g, covariates, err));
    TSL__TRY(check_told(g, covariates, err));
    g->unit = tsl__distinct_sum(&g->histories, TSL__HISTORY_T) / g->histories.weights;
    tsl__histories_scale(&g->histories, g->unit);
    TSL__TRY(tsl__ladders_build(&g->histories, threads, &g->ladders, err));
    TSL__TRY(tsl__quadratures_build(&g->rules, err));
done:
    return status;
}

static void free_ground(ground *g)
{
    tsl__distinct_free(&g->patterns);
    tsl__distinct_free(&g->histories);
    tsl__ladders_free(&g->ladders);
}

/* ---- The fit --------------------------------------------------------------------------------- */

/* The error of a combination of what was found. */
static double get_error(const tsl__maximum *found, const double *by, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            sum += by[i] * by[j] * found->covariance[i * n + j];
        }
    }
    return sqrt(sum);
}

/* Back to the units of the covariates, and to who has 0 of each. */
static void put_model(const ground *g, const tsl__maximum *found, tsl_covariate_model *out)
{
    const slope at_mean = open_slope(g, 0);
    const size_t logs = at_mean.logs, all = at_mean.all;
    double sign;
    const int at = tsl__pattern_get_dropout(g->kind, &sign);
    for (size_t i = 0; i < logs; i++) {
        double by[ALL_MOST] = {0}, ln = log(found->parameter[i]);
        by[i] = 1;
        for (size_t c = 0; c < g->covariates; c++) {
            const double zero = -g->mean[c] / g->sd[c];
            by[logs + c] = i == TSL__P2 ? -zero : 0;
            if (at >= 0) {
                by[logs + g->covariates + c] = (int)i == at ? sign * zero : 0;
            }
        }
        for (size_t k = logs; k < all; k++) {
            ln += by[k] * found->parameter[k];
        }
        out->base.parameter[i] = exp(ln) * (tsl__purchase_is_time(g->kind, (int)i) ? g->unit : 1);
        out->base.standard_error[i] = get_error(found, by, all) * out->base.parameter[i];
    }
    for (size_t c = 0; c < g->covariates; c++) {
        const size_t buys = logs + c, leaves = buys + g->covariates;
        out->rate[c] = found->parameter[buys] / g->sd[c];
        out->rate_error[c] = found->standard_error[buys] / g->sd[c];
        out->dropout[c] = at < 0 ? 0 : found->parameter[leaves] / g->sd[c];
        out->dropout_error[c] = at < 0 ? (double)NAN : found->standard_error[leaves] / g->sd[c];
    }
}

static tsl_status fit(const ground *g, int threads, tsl_covariate_model *out, tsl_error *err)
{
    const int logs = tsl_purchase_kind_get_count(g->kind);
    const double without = out->base.log_likelihood;
    double start[1][TSL_PURCHASE_PARAMETERS], sign;
    const tsl__row_sum rows = {
        .add = add_rows, .user = g, .rows = g->histories.count, .work = g->ladders.most * sizeof(tsl__mixture)};
    const tsl__sought sought = {.level = &rows,
                                .levels = 1,
                                .start = (const double(*)[TSL_PURCHASE_PARAMETERS])start,
                                .starts = 1,
                                .parameters = logs,
                                .coefficients =
                                    (tsl__pattern_get_dropout(g->kind, &sign) < 0 ? 1 : 2) * (int)g->covariates,
                                .threads = threads};
    tsl_status status = TSL_OK;
    tsl__maximum found;
    for (int i = 0; i < logs; i++) {
        start[0][i] = out->base.parameter[i] / (tsl__purchase_is_time(g->kind, i) ? g->unit : 1);
    }
    TSL__TRY(tsl__maximum_find(&sought, &found, err));
    put_model(g, &found, out);
    out->base.log_likelihood = found.log_likelihood - tsl__distinct_sum(&g->histories, TSL__HISTORY_X) * log(g->unit);
    out->base.verdict = !found.loose                              ? TSL_FIT_SOUND
                        : out->base.verdict == TSL_FIT_NO_DROPOUT ? TSL_FIT_NO_DROPOUT
                                                                  : TSL_FIT_RIDGE;
    out->base.steps += found.steps;
    out->ratio = fmax(0, 2 * (out->base.log_likelihood - without));
    out->degrees = sought.coefficients;
    out->p_value = exp(tsl__chi_square_log_tail(out->ratio, out->degrees));
done:
    return status;
}

double tsl_covariate_model_get_aic(const tsl_covariate_model *model)
{
    return tsl_purchase_model_get_aic(&model->base) + 2 * model->degrees;
}

tsl_status tsl_covariate_model_fit(const tsl_histories *histories, const tsl_covariates *covariates,
                                   tsl_purchase_kind kind, const tsl_exec *exec, tsl_covariate_model *out,
                                   tsl_error *err)
{
    const double began = tsl__clock();
    tsl_status status = TSL_OK;
    ground g = {.kind = kind, .covariates = covariates->count};
    tsl_exec run;
    tsl__error_reset(err);
    *out = (tsl_covariate_model){.count = covariates->count, .ratio = NAN, .p_value = NAN};
    if (kind == TSL_BG_BB) {
        return tsl__error_set(err, TSL_E_OPTION, "bg-bb: it takes no covariates");
    }
    TSL__TRY(tsl__exec_open(exec, &run, err));
    run.threads = tsl__distinct_get_threads(&run, histories->count);
    TSL__TRY(tsl__covariates_check(covariates, histories->count, err));
    TSL__TRY(tsl_purchase_model_fit(histories, kind, exec, &out->base, err));
    for (size_t c = 0; c < TSL_COVARIATES_MOST; c++) {
        out->rate[c] = out->rate_error[c] = out->dropout[c] = out->dropout_error[c] = NAN;
    }
    if (out->base.verdict != TSL_FIT_EMPTY) {
        TSL__TRY(open_ground(covariates, histories, run.threads, &g, err));
        TSL__TRY(fit(&g, run.threads, out, err));
    }
    out->base.seconds = tsl__clock() - began;
done:
    free_ground(&g);
    return status;
}
