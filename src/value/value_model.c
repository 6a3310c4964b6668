/* value_model.c: purchases and spend of the same customers: both models, and what they expect together. */
#include "value/value_model.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

static int is_known(const tsl_histories *h, size_t i)
{
    return !isnan(h->x[i]) && !isnan(h->t_x[i]) && !isnan(h->t[i]);
}

void tsl__known_free(tsl__known *k)
{
    for (size_t c = 0; c < sizeof k->column / sizeof *k->column; c++) {
        free(k->column[c]);
    }
    free(k->of);
    *k = (tsl__known){.count = 0};
}

static tsl_status copy_known(const tsl_histories *h, const double *spend_mean, tsl__known *out, tsl_error *err)
{
    const double *const from[5] = {h->x, h->t_x, h->t, spend_mean, h->weight};
    tsl_status status = TSL_OK;
    size_t at = 0;
    TSL__NEED(out->of = tsl__alloc(out->count, sizeof *out->of));
    for (size_t i = 0; i < h->count; i++) {
        if (is_known(h, i)) {
            out->of[at++] = i;
        }
    }
    for (int c = 0; c < 5; c++) {
        if (from[c]) {
            TSL__NEED(out->column[c] = tsl__alloc(out->count, sizeof *out->column[c]));
        }
        for (size_t i = 0; from[c] && i < out->count; i++) {
            out->column[c][i] = from[c][out->of[i]];
        }
    }
    double *const *c = out->column;
    out->histories = (tsl_histories){out->count, c[0], c[1], c[2], c[4]};
    out->spends = (tsl_spends){out->count, c[0], c[3], c[4]};
done:
    return status;
}

/* What is given is looked at as it is where all are known. */
tsl_status tsl__known_open(const tsl_histories *h, const double *spend_mean, tsl__known *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__known){.count = 0};
    for (size_t i = 0; i < h->count; i++) {
        out->count += (size_t)is_known(h, i);
    }
    out->histories = *h;
    out->spends = (tsl_spends){h->count, h->x, spend_mean, h->weight};
    TSL__TRY(out->count < h->count ? copy_known(h, spend_mean, out, err) : TSL_OK);
done:
    return status;
}

void tsl__spend_model_limit(tsl_spend_model *model)
{
    model->verdict = model->customers < TSL_SPEND_LEAST ? TSL_FIT_EMPTY : model->verdict;
}

tsl_status tsl_value_model_fit(const tsl_histories *histories, const double *spend_mean, const tsl_exec *exec,
                               tsl_value_model *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__known k;
    tsl__error_reset(err);
    TSL__TRY(tsl__known_open(histories, spend_mean, &k, err));
    TSL__TRY(tsl_purchase_choice_fit(&k.histories, exec, &out->purchases, err));
    TSL__TRY(tsl_spend_model_fit(&k.spends, exec, &out->spend, err));
    tsl__spend_model_limit(&out->spend);
done:
    tsl__known_free(&k);
    return status;
}

/* ---- What is expected ---------------------------------------------------------------- */

enum { ALIVE, PURCHASES, NO_PURCHASE, DISCOUNTED, DERT, SPEND, CLV, FIGURES };

/* Where a figure of all customers goes; NULL: it is not wanted. */
static void get_targets(const tsl_value_forecast *f, double *to[FIGURES])
{
    to[ALIVE] = f->purchases.alive;
    to[PURCHASES] = f->purchases.purchases;
    to[NO_PURCHASE] = f->purchases.no_purchase;
    to[DISCOUNTED] = f->purchases.discounted;
    to[DERT] = f->purchases.dert;
    to[SPEND] = f->spend;
    to[CLV] = f->clv;
}

/* Those of the customers who are known. */
static tsl_status predict(const tsl_purchase_model *purchases, const tsl_spend_model *spend, const tsl__known *k,
                          const tsl_exec *exec, const tsl_value_forecast *forecast, double *const figure[FIGURES],
                          tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_forecast f = forecast->purchases;
    f.alive = purchases && purchases->kind != TSL_NBD ? figure[ALIVE] : NULL;
    f.purchases = figure[PURCHASES];
    f.no_purchase = figure[NO_PURCHASE];
    f.discounted = figure[DISCOUNTED];
    f.dert = figure[DERT];
    TSL__TRY(purchases ? tsl_purchase_model_predict(purchases, &k->histories, exec, &f, err) : TSL_OK);
    if (figure[SPEND] && spend) {
        tsl_spend_model_predict(spend, &k->spends, figure[SPEND]);
    }
    for (size_t i = 0; figure[CLV] && i < k->count; i++) {
        figure[CLV][i] = figure[DISCOUNTED][i] * figure[SPEND][i];
    }
done:
    return status;
}

tsl_status tsl__value_predict(const tsl_purchase_model *purchases, const tsl_spend_model *spend,
                              const tsl_histories *histories, const double *spend_mean, const tsl_exec *exec,
                              const tsl_value_forecast *forecast, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *to[FIGURES], *figure[FIGURES] = {NULL};
    tsl__known k;
    get_targets(forecast, to);
    TSL__TRY(tsl__known_open(histories, spend_mean, &k, err));
    for (int f = 0; f < FIGURES; f++) {
        const int wanted = to[f] || (to[CLV] && (f == DISCOUNTED || f == SPEND));
        if (wanted) {
            TSL__NEED(figure[f] = tsl__alloc(k.count, sizeof *figure[f]));
        }
        for (size_t i = 0; wanted && i < k.count; i++) {
            figure[f][i] = NAN;
        }
    }
    TSL__TRY(predict(purchases, spend, &k, exec, forecast, figure, err));
    for (int f = 0; f < FIGURES; f++) {
        for (size_t i = 0; to[f] && i < histories->count; i++) {
            to[f][i] = k.of ? (double)NAN : figure[f][i];
        }
        for (size_t i = 0; to[f] && k.of && i < k.count; i++) {
            to[f][k.of[i]] = figure[f][i];
        }
    }
done:
    for (int f = 0; f < FIGURES; f++) {
        free(figure[f]);
    }
    tsl__known_free(&k);
    return status;
}

tsl_status tsl_value_model_predict(const tsl_value_model *model, const tsl_histories *histories,
                                   const double *spend_mean, const tsl_exec *exec, const tsl_value_forecast *forecast,
                                   tsl_error *err)
{
    const tsl_purchase_kind chosen = model->purchases.chosen;
    tsl__error_reset(err);
    return tsl__value_predict(chosen < TSL_CHOICE_KINDS ? &model->purchases.model[chosen] : NULL, &model->spend,
                              histories, spend_mean, exec, forecast, err);
}

double tsl_forecast_get_discount(double year, double unit_days)
{
    return log1p(year) * unit_days / TSL_YEAR_DAYS;
}
