/* outlook.c: how what comes may lie about what is expected: numbers of purchases, and amounts, with the chance that
 * they are not exceeded. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "value/terms/beta_odds.h"
#include "value/terms/outlay.h"
#include "value/value_model.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

/* What is looked at, of customers who are all known. */
typedef struct view {
    const tsl_purchase_model *model;
    const tsl_histories *histories;
    double horizon, *alive; /* one a history */
    tsl__quadrature rule;
    int threads;
} view;

/* Checks all that is given; of a model that is empty P(alive) is NaN. view->alive is freed also after a failure. */
static tsl_status open_view(const tsl_exec *exec, view *v, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    TSL__NEED(v->alive = tsl__alloc(v->histories->count, sizeof *v->alive));
    const tsl_forecast forecast = {.horizon = v->horizon, .alive = v->alive};
    TSL__TRY(tsl_purchase_model_predict(v->model, v->histories, exec, &forecast, err));
    TSL__TRY(tsl__quadrature_build(TSL__BETA_ODDS_NODES, &v->rule, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    v->threads = v->histories->count < (size_t)run.threads ? 1 : run.threads;
done:
    return status;
}

static tsl__arrivals get_arrivals(const view *v, size_t i)
{
    return tsl__arrivals_open(v->model, v->histories->x[i], v->histories->t[i], v->alive[i], v->horizon, &v->rule);
}

tsl_status tsl_purchase_model_predict_chance(const tsl_purchase_model *model, const tsl_histories *histories,
                                             const tsl_exec *exec, double horizon, double least, double *chance,
                                             tsl_error *err)
{
    view v = {.model = model, .histories = histories, .horizon = horizon};
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    if (!(least >= 0 && least == floor(least) && isfinite(least))) {
        return tsl__error_set(err, TSL_E_OPTION, "at least %g purchases: it must be a whole number from 0 on", least);
    }
    TSL__TRY(open_view(exec, &v, err));
#pragma omp parallel for num_threads(v.threads) schedule(dynamic, 1)
    for (size_t i = 0; i < histories->count; i++) {
        const tsl__arrivals arrivals = get_arrivals(&v, i);
        chance[i] = isnan(v.alive[i]) ? (double)NAN : tsl__arrivals_get_chance(&arrivals, least);
    }
done:
    free(v.alive);
    return status;
}

/* ---- Quantiles ------------------------------------------------------------------------ */

static tsl_status check_shares(const tsl_outlook *o, tsl_error *err)
{
    for (size_t s = 0; s < o->count; s++) {
        if (!(o->share[s] >= TSL_OUTLOOK_LEAST && o->share[s] <= 1 - TSL_OUTLOOK_LEAST)) {
            return tsl__error_set(err, TSL_E_OPTION, "share %zu is %g, and must be from %g to %.6f", s + 1, o->share[s],
                                  TSL_OUTLOOK_LEAST, 1 - TSL_OUTLOOK_LEAST);
        }
    }
    return TSL_OK;
}

/* The line of one customer; spend NULL: it is not wanted. */
static void fill_line(const tsl__arrivals *arrivals, const tsl_outlook *o, const tsl__outlay *outlay, double *purchases,
                      double *spend)
{
    for (size_t s = 0; s < o->count; s++) {
        if (purchases) {
            purchases[s] = tsl__arrivals_get_count(arrivals, 1 - o->share[s]);
        }
        if (spend) {
            spend[s] = tsl__outlay_get_amount(outlay, o->share[s]);
        }
    }
}

/* Of the customers who are known; lines of others are left as they are. */
static tsl_status fill(const view *v, const tsl_spend_model *model, const tsl__known *known,
                       const tsl_value_outlook *outlook, tsl_error *err)
{
    const tsl_outlook *o = &outlook->purchases;
    tsl_status status = TSL_OK;
    tsl__outlay *outlays = NULL;
    TSL__NEED(outlays = tsl__alloc((size_t)v->threads, sizeof *outlays));
#pragma omp parallel for num_threads(v->threads) schedule(dynamic, 1)
    for (size_t i = 0; i < known->count; i++) {
        const tsl__arrivals arrivals = get_arrivals(v, i);
        const size_t line = (known->of ? known->of[i] : i) * o->count;
        const int spends = outlook->spend && model->verdict != TSL_FIT_EMPTY;
        tsl__outlay *own = &outlays[omp_get_thread_num()];
        if (spends) {
            tsl__outlay_build(&arrivals, model, known->spends.x[i], known->spends.mean[i], own);
        }
        fill_line(&arrivals, o, own, o->purchases ? o->purchases + line : NULL, spends ? outlook->spend + line : NULL);
    }
done:
    free(outlays);
    return status;
}

static tsl_status predict(const tsl_purchase_model *model, const tsl_spend_model *spend, const tsl__known *known,
                          const tsl_exec *exec, const tsl_value_outlook *outlook, tsl_error *err)
{
    view v = {.model = model, .histories = &known->histories, .horizon = outlook->purchases.horizon};
    tsl_status status = TSL_OK;
    TSL__TRY(open_view(exec, &v, err));
    TSL__TRY(model->verdict == TSL_FIT_EMPTY ? TSL_OK : fill(&v, spend, known, outlook, err));
done:
    free(v.alive);
    return status;
}

/* Nothing is known yet. */
static void clear(size_t customers, const tsl_value_outlook *outlook)
{
    for (size_t i = 0; i < customers * outlook->purchases.count; i++) {
        if (outlook->purchases.purchases) {
            outlook->purchases.purchases[i] = NAN;
        }
        if (outlook->spend) {
            outlook->spend[i] = NAN;
        }
    }
}

tsl_status tsl_purchase_model_predict_outlook(const tsl_purchase_model *model, const tsl_histories *histories,
                                              const tsl_exec *exec, const tsl_outlook *outlook, tsl_error *err)
{
    const tsl__known all = {.count = histories->count, .histories = *histories};
    const tsl_value_outlook purchases = {.purchases = *outlook};
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(check_shares(outlook, err));
    clear(histories->count, &purchases);
    TSL__TRY(predict(model, NULL, &all, exec, &purchases, err));
done:
    return status;
}

tsl_status tsl_value_model_predict_outlook(const tsl_value_model *model, const tsl_histories *histories,
                                           const double *spend_mean, const tsl_exec *exec,
                                           const tsl_value_outlook *outlook, tsl_error *err)
{
    const tsl_purchase_kind chosen = model->purchases.chosen;
    tsl_status status = TSL_OK;
    tsl__known known = {.count = 0};
    tsl__error_reset(err);
    TSL__TRY(check_shares(&outlook->purchases, err));
    clear(histories->count, outlook);
    if (chosen < TSL_CHOICE_KINDS) {
        TSL__TRY(tsl__known_open(histories, spend_mean, &known, err));
        TSL__TRY(predict(&model->purchases.model[chosen], &model->spend, &known, exec, outlook, err));
    }
done:
    tsl__known_free(&known);
    return status;
}
