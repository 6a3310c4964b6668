/* purchase_forecast.c: what a model expects of each customer. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "value/rows/histories.h"
#include "value/search/patterns.h"
#include "value/terms/departures.h"
#include "value/terms/opportunities.h"
#include "value/terms/purchase_kinds.h"
#include "value/terms/residual.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

#define SILENCE_MOST 1e7 /* opportunities */

/* Figures of one history; in the order of the arrays that they go to. */
enum { ALIVE, PURCHASES, NO_PURCHASE, DISCOUNTED, DERT, FIGURES };

typedef struct job {
    const tsl_purchase_model *model;
    const tsl_forecast *forecast;
    const tsl_covariate_model *covariate_model; /* NULL: all customers have the model's own parameters */
    tsl__distinct patterns;                     /* of the covariates */
    tsl__distinct distinct;
    tsl__quadratures rules;
    tsl__discounting discounting;
    double *figure; /* FIGURES a distinct history */
} job;

static tsl_status check_model(const tsl_purchase_model *model, tsl_error *err)
{
    const char *name = tsl_purchase_kind_get_name(model->kind);
    if (!name) {
        return tsl__error_set(err, TSL_E_OPTION, "there is no such purchase model");
    }
    for (int i = 0; i < tsl_purchase_kind_get_count(model->kind) && model->verdict != TSL_FIT_EMPTY; i++) {
        if (!(model->parameter[i] > 0 && isfinite(model->parameter[i]))) {
            return tsl__error_set(err, TSL_E_OPTION, "%s: %s is %g, and must be above 0", name,
                                  tsl_purchase_kind_get_parameter(model->kind, i), model->parameter[i]);
        }
    }
    return TSL_OK;
}

static tsl_status check_forecast(const tsl_forecast *f, tsl_error *err)
{
    if (!(f->horizon >= 0 && isfinite(f->horizon))) {
        return tsl__error_set(err, TSL_E_OPTION, "the horizon is %g, and must be a time from 0 on", f->horizon);
    }
    if (!(f->silence >= 0 && isfinite(f->silence))) {
        return tsl__error_set(err, TSL_E_OPTION, "the silence is %g, and must be a time from 0 on", f->silence);
    }
    if (!(f->discount >= 0 && isfinite(f->discount))) {
        return tsl__error_set(err, TSL_E_OPTION, "the discount rate is %g, and must be 0 or more", f->discount);
    }
    return TSL_OK;
}

/* Residual purchases of one x and t. */
static void get_residuals(const job *j, const tsl__residual *residual, double t, double out[3])
{
    const tsl_forecast *f = j->forecast;
    out[0] = f->purchases || (f->discounted && f->discount <= 0) ? tsl__residual_get(residual, t, f->horizon) : 0;
    out[1] = !f->discounted    ? 0
             : f->discount > 0 ? tsl__residual_discount(residual, t, f->horizon, f->discount, &j->discounting)
                               : out[0];
    out[2] = !f->dert ? 0 : f->discount > 0 ? tsl__residual_get_dert(residual, t, f->discount) : (double)NAN;
}

/* ln of how likely a history is. What others of the same x share with it is not added up once for all, as it is in a
 * fit: what is expected of a customer has the same bits whoever stands beside him. */
static double get_value(const tsl__likelihood *likelihood, double x, double t_x, double t, double *alive)
{
    const double moment[2] = {t_x, t};
    const size_t count = t_x < t ? 2 : 1;
    tsl__mixture since[2];
    tsl__history h = {x, t_x, t, NULL, NULL};
    if (tsl__purchase_leaves_any_time(likelihood->kind)) {
        tsl__departures_build(likelihood, x, moment, count, 0, since);
        h.since_t_x = &since[0];
        h.since_t = &since[count - 1];
    }
    return tsl__likelihood_get_value(likelihood, &h, alive);
}

/* What a thread works with. */
typedef struct worker {
    tsl__likelihood likelihood;
    tsl__residual residual;
    tsl__pause now[TSL__OPPORTUNITIES_MOST + 1],
        later[TSL__OPPORTUNITIES_MOST + 1]; /* of opportunities, since `seen` */
    double seen;
} worker;

/* Of one history: that he is there, and that he buys nothing for a while longer. */
typedef struct chances {
    double alive, no_purchase;
} chances;

/* Without a purchase for a while the history would be the same one, seen for longer. */
static chances get_chances(const job *j, const tsl__likelihood *likelihood, double x, double t_x, double t)
{
    chances of = {.no_purchase = 0};
    double later;
    const double ln = get_value(likelihood, x, t_x, t, &of.alive);
    if (j->forecast->no_purchase) {
        of.no_purchase = fmin(1, exp(get_value(likelihood, x, t_x, t + j->forecast->silence, &later) - ln));
    }
    return of;
}

/* Pauses up to t, and for a while longer, of all who took x opportunities of t, the last of them from t_x on: one way
 * from the end back, whoever they are. */
static void put_pauses(const job *j, double x, double t_x, double t, worker *desk)
{
    const double *p = desk->likelihood.parameter;
    const size_t from = (size_t)t_x, to = (size_t)t, while_longer = (size_t)fmin(j->forecast->silence, SILENCE_MOST);
    const tsl__pause end = {1, 1};
    desk->seen = t_x;
    (void)tsl__pause_build(p, x, from, to, end, desk->now);
    if (j->forecast->no_purchase) {
        const tsl__pause since = tsl__pause_build(p, x, to, to + while_longer, end, NULL);
        (void)tsl__pause_build(p, x, from, to, since, desk->later);
    }
}

static chances get_paused(const job *j, const worker *desk, double t_x)
{
    const size_t at = (size_t)(t_x - desk->seen);
    const tsl__pause *now = &desk->now[at];
    return (chances){fmin(1, now->there / now->none),
                     j->forecast->no_purchase ? fmin(1, desk->later[at].none / now->none) : 0};
}

/* The model of those of one pattern. */
static tsl__likelihood open_likelihood(const job *j, size_t row)
{
    const tsl_covariate_model *by = j->covariate_model;
    double parameter[TSL_PURCHASE_PARAMETERS];
    if (!by) {
        return tsl__likelihood_open(j->model->kind, j->model->parameter, &j->rules);
    }
    tsl__pattern_put(&j->patterns, (size_t)j->distinct.column[TSL__HISTORY_PATTERN][row], by->count, j->model->kind,
                     j->model->parameter, by->rate, by->dropout, parameter);
    return tsl__likelihood_open(j->model->kind, parameter, &j->rules);
}

/* Histories of one x (and pattern of covariates). */
static void fill_alike(const job *j, size_t begin, size_t end, worker *desk)
{
    const double x = j->distinct.column[TSL__HISTORY_X][begin], *t_x = j->distinct.column[TSL__HISTORY_T_X],
                 *t = j->distinct.column[TSL__HISTORY_T];
    const int by_opportunities = j->model->kind == TSL_BG_BB;
    double left[3] = {0, 0, 0};
    desk->likelihood = open_likelihood(j, begin);
    const tsl__likelihood *likelihood = &desk->likelihood;
    const double *p = likelihood->parameter;
    tsl__residual_open(likelihood, x, &desk->residual);
    if (j->forecast->dert && j->forecast->discount > 0) {
        tsl__residual_open_dert(j->forecast->discount, &j->discounting, &desk->residual);
    }
    for (size_t i = begin; i < end; i++) {
        double *figure = j->figure + i * FIGURES;
        if (i == begin || t[i] != t[i - 1]) {
            get_residuals(j, &desk->residual, t[i], left);
            if (by_opportunities) {
                put_pauses(j, x, t_x[i], t[i], desk);
            }
        }
        const chances of = by_opportunities ? get_paused(j, desk, t_x[i]) : get_chances(j, likelihood, x, t_x[i], t[i]);
        figure[ALIVE] = by_opportunities ? of.alive * (p[3] + t[i]) / (p[2] + p[3] + t[i]) : of.alive;
        figure[PURCHASES] = of.alive * left[0];
        figure[DISCOUNTED] = of.alive * left[1];
        figure[DERT] = of.alive * left[2];
        figure[NO_PURCHASE] = of.no_purchase;
    }
}

static tsl_status fill(job *j, int threads, tsl_error *err)
{
    const size_t blocks = tsl__block_count(j->distinct.count);
    tsl_status status = TSL_OK;
    worker *desks = NULL;
    TSL__NEED(desks = tsl__alloc((size_t)threads, sizeof *desks));
#pragma omp parallel num_threads(threads)
    {
        worker *own = &desks[omp_get_thread_num()];
#pragma omp for schedule(dynamic, 1)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(j->distinct.count, b, &begin, &end);
            for (size_t next; begin < end; begin = next) {
                next = tsl__histories_get_end(&j->distinct, begin, end);
                fill_alike(j, begin, next, own);
            }
        }
    }
done:
    free(desks);
    return status;
}

static void put(const job *j, size_t count)
{
    double *const to[FIGURES] = {[ALIVE] = j->forecast->alive,
                                 [PURCHASES] = j->forecast->purchases,
                                 [NO_PURCHASE] = j->forecast->no_purchase,
                                 [DISCOUNTED] = j->forecast->discounted,
                                 [DERT] = j->forecast->dert};
    for (size_t f = 0; f < FIGURES; f++) {
        for (size_t i = 0; i < count && to[f]; i++) {
            to[f][i] = j->figure ? j->figure[j->distinct.of[i] * FIGURES + f] : (double)NAN;
        }
    }
}

/* Of the histories that the job has. */
static tsl_status predict(job *j, size_t count, int threads, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (j->model->verdict != TSL_FIT_EMPTY) {
        TSL__TRY(tsl__quadratures_build(&j->rules, err));
        TSL__TRY(tsl__quadrature_build(TSL__NODES_MOST, &j->discounting.far, err));
        j->discounting.near = &j->rules;
        TSL__NEED(j->figure = tsl__alloc(j->distinct.count * FIGURES, sizeof *j->figure));
        TSL__TRY(fill(j, threads, err));
    }
    put(j, count);
done:
    return status;
}

static void free_job(job *j)
{
    free(j->figure);
    tsl__distinct_free(&j->distinct);
    tsl__distinct_free(&j->patterns);
}

tsl_status tsl_purchase_model_predict(const tsl_purchase_model *model, const tsl_histories *histories,
                                      const tsl_exec *exec, const tsl_forecast *forecast, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.model = model, .forecast = forecast};
    tsl_exec run;
    tsl__error_reset(err);
    TSL__TRY(check_model(model, err));
    TSL__TRY(check_forecast(forecast, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    run.threads = tsl__distinct_get_threads(&run, histories->count);
    TSL__TRY(tsl__histories_build(histories, model->kind == TSL_BG_BB, run.threads, &j.distinct, err));
    TSL__TRY(predict(&j, histories->count, run.threads, err));
done:
    free_job(&j);
    return status;
}

tsl_status tsl_covariate_model_predict(const tsl_covariate_model *model, const tsl_histories *histories,
                                       const tsl_covariates *covariates, const tsl_exec *exec,
                                       const tsl_forecast *forecast, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.model = &model->base, .forecast = forecast, .covariate_model = model};
    tsl_exec run;
    tsl__error_reset(err);
    TSL__TRY(check_model(&model->base, err));
    TSL__TRY(check_forecast(forecast, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    run.threads = tsl__distinct_get_threads(&run, histories->count);
    TSL__TRY(tsl__covariates_check(covariates, histories->count, err));
    if (covariates->count != model->count) {
        return tsl__error_set(err, TSL_E_INPUT, "there are %zu covariates, and the model was fitted with %zu",
                              covariates->count, model->count);
    }
    TSL__TRY(tsl__patterns_build(covariates, histories, run.threads, &j.patterns, &j.distinct, err));
    TSL__TRY(predict(&j, histories->count, run.threads, err));
done:
    free_job(&j);
    return status;
}
