/* held_purchases.c: the last days held out of a valuation: models of what lay before, and the purchases that came.
 * docs/methods/value.md. */
#include "run/worth/held_purchases.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/records/period.h"
#include "run/next/foretold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WEEK 7.0

void tsl__held_purchases_free(tsl_valuation_holdout *holdout)
{
    if (!holdout) {
        return;
    }
    free(holdout->actual);
    for (int f = 0; f < TSL_FORETELLERS; f++) {
        free(holdout->expected[f]);
    }
    free(holdout);
}

/* ---- What is known at the cut, and what came ------------------------------------------ */

/* Customers who had bought before the cut, and how many began, and bought again, on each day from the first on. */
typedef struct held {
    size_t count;
    double *x, *t_x, *t, *came;
    double *last, *age; /* t_x and t in days: of whole numbers equal rates are equal, whatever the unit, and each day is
                           an opportunity */
    int32_t first;
    size_t days;
    double *began, *bought; /* days */
} held;

static void free_held(held *h)
{
    double *const column[] = {h->x, h->t_x, h->t, h->came, h->last, h->age, h->began, h->bought};
    for (size_t c = 0; c < sizeof column / sizeof *column; c++) {
        free(column[c]);
    }
}

static tsl_status open_held(const tsl__period *before, int32_t until, held *h, tsl_error *err)
{
    tsl_status status = TSL_OK;
    h->first = until;
    for (size_t i = 0; i < before->customers; i++) {
        const size_t at = before->begin[i];
        if (before->begin[i + 1] > at) {
            h->count++;
            h->first = before->day[at] < h->first ? before->day[at] : h->first;
        }
    }
    h->days = (size_t)(until - h->first);
    double **const column[] = {&h->x, &h->t_x, &h->t, &h->came, &h->last, &h->age};
    for (size_t c = 0; c < sizeof column / sizeof *column; c++) {
        TSL__NEED(*column[c] = tsl__alloc(h->count, sizeof **column[c]));
    }
    TSL__NEED(h->began = tsl__alloc_zero(h->days, sizeof *h->began));
    TSL__NEED(h->bought = tsl__alloc_zero(h->days, sizeof *h->bought));
done:
    return status;
}

/* The days of one customer: those before, of which the first begins, and those in the period. */
static void add_customer(const int32_t *before, size_t n, const int32_t *after, size_t came, int32_t cut, double unit,
                         size_t at, held *h)
{
    h->x[at] = (double)(n - 1);
    h->last[at] = (double)(before[n - 1] - before[0]);
    h->t_x[at] = h->last[at] / unit;
    h->age[at] = (double)(cut - 1 - before[0]);
    h->t[at] = h->age[at] / unit;
    h->came[at] = (double)came;
    h->began[before[0] - h->first]++;
    for (size_t i = 1; i < n; i++) {
        h->bought[before[i] - h->first]++;
    }
    for (size_t i = 0; i < came; i++) {
        h->bought[after[i] - h->first]++;
    }
}

/* Both lists are in the order of ids. Who bought first in the period is counted alone. */
static void take_customers(const tsl__period *before, const tsl__period *after, double unit, tsl_valuation_holdout *out,
                           held *h)
{
    size_t a = 0, at = 0;
    for (size_t i = 0; i <= before->customers; i++) {
        int order = 1;
        for (; a < after->customers; a++) {
            order = i < before->customers ? strcmp(after->id[a], before->id[i]) : -1;
            if (order >= 0) {
                break;
            }
            out->newcomers += after->begin[a + 1] > after->begin[a];
        }
        if (i == before->customers) {
            break;
        }
        const int acts = a < after->customers && order == 0;
        const size_t n = before->begin[i + 1] - before->begin[i],
                     came = acts ? after->begin[a + 1] - after->begin[a] : 0;
        if (n) {
            add_customer(before->day + before->begin[i], n, came ? after->day + after->begin[a] : NULL, came, out->cut,
                         unit, at++, h);
        } else {
            out->newcomers += came > 0;
        }
        a += (size_t)acts;
    }
    out->customers = (double)h->count;
}

/* ---- As purchases add up ---------------------------------------------------------------- */

/* Those of the days on which there is something, in the unit since the track begins; shift: of a day. */
static size_t list_days(const double *on, size_t days, double origin, double shift, double unit, double *time,
                        double *weight)
{
    size_t count = 0;
    for (size_t d = 0; d < days; d++) {
        if (on[d] > 0) {
            time[count] = ((double)d - origin + shift) / unit;
            weight[count++] = on[d];
        }
    }
    return count;
}

/* Everybody goes on at his own rate from the cut on. */
static void track_naive(const held *h, double unit, tsl_valuation_holdout *out)
{
    double *to = out->expected[TSL_FORETELLER_NAIVE], rate = 0;
    for (size_t i = 0; i < h->count; i++) {
        rate += h->t[i] > 0 ? h->x[i] / h->t[i] : 0;
    }
    for (size_t k = 0; k < out->steps; k++) {
        const double since = (double)(k + 1) - (double)out->steps_before;
        to[k] = since < 0                ? (double)NAN
                : out->steps_before == 0 ? rate * since * out->step_days / unit
                                         : out->actual[out->steps_before - 1] + rate * since * out->step_days / unit;
    }
}

static tsl_status open_track(tsl_valuation_holdout *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(out->actual = tsl__alloc(out->steps, sizeof *out->actual));
    for (int f = 0; f < TSL_FORETELLERS; f++) {
        const int wanted = f == TSL_FORETELLER_NAIVE || (f != TSL_BG_BB && out->fitted & 1u << f);
        if (wanted) {
            TSL__NEED(out->expected[f] = tsl__alloc(out->steps, sizeof **out->expected));
        }
    }
done:
    return status;
}

/* Steps of some seven days, one of which ends at the cut and another with the data. What was bought on a day is there
 * at its end, as T counts; so a customer begins a day later, and his purchases fall into the midst of theirs. */
static tsl_status track(const held *h, double unit, const tsl_exec *exec, tsl_valuation_holdout *out, tsl_error *err)
{
    const size_t after = (size_t)fmax(1, round(out->days / WEEK));
    tsl_status status = TSL_OK;
    double *time[2] = {NULL}, *weight[2] = {NULL};
    out->step_days = out->days / (double)after;
    out->steps_before = (size_t)ceil((out->cut - h->first) / out->step_days);
    out->steps = out->steps_before + after;
    TSL__TRY(open_track(out, err));
    for (int t = 0; t < 2; t++) {
        TSL__NEED(time[t] = tsl__alloc(h->days, sizeof **time));
        TSL__NEED(weight[t] = tsl__alloc(h->days, sizeof **weight));
    }
    const double origin = out->cut - h->first - (double)out->steps_before * out->step_days;
    const size_t begins = list_days(h->began, h->days, origin, 1, unit, time[0], weight[0]);
    const size_t events = list_days(h->bought, h->days, origin, .5, unit, time[1], weight[1]);
    const tsl_track input = {.count = begins,
                             .begin = time[0],
                             .weight = weight[0],
                             .events = events,
                             .event = time[1],
                             .event_weight = weight[1],
                             .step = out->step_days / unit,
                             .steps = out->steps};
    for (int f = 0; f < TSL_PURCHASE_KINDS; f++) {
        TSL__TRY(out->expected[f] ? tsl_track_predict(&input, &out->model[f], exec, out->expected[f], out->actual, err)
                                  : TSL_OK);
    }
    track_naive(h, unit, out);
done:
    for (int t = 0; t < 2; t++) {
        free(time[t]);
        free(weight[t]);
    }
    return status;
}

/* ---- All of it --------------------------------------------------------------------------- */

/* in_days: by which the naive rate goes, and the BG/BB, of transactions. */
static tsl_status judge(const tsl__foretold_input *in, const tsl__foretold_input *in_days, tsl_valuation_holdout *out,
                        tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int k = 0; k < TSL_PURCHASE_KINDS; k++) {
        const tsl__foretold_input *own = k == TSL_BG_BB ? in_days : in;
        TSL__TRY(out->fitted & 1u << k ? tsl__foretold_measure(own, &out->model[k], &out->judged[k], err) : TSL_OK);
    }
    TSL__TRY(tsl__foretold_measure(in_days, NULL, &out->judged[TSL_FORETELLER_NAIVE], err));
done:
    return status;
}

static void take_models(unsigned fitted, const tsl_purchase_model *model, tsl_purchase_kind chosen,
                        tsl_valuation_holdout *out)
{
    out->fitted = fitted;
    memcpy(out->model, model, sizeof out->model);
    out->chosen = chosen;
}

/* The lines of some days by customer; the days of a customer's events are those that his history is made of. */
static tsl_status read_period(const tsl_features *features, const tsl_table *transactions, int32_t from, int32_t until,
                              const tsl_exec *exec, tsl__period *out, tsl_error *err)
{
    const tsl__period_plan plan = {.from = from,
                                   .until = until,
                                   .events = features->recipe->settings.events,
                                   .matched = features->recipe->settings.returns == TSL_RETURNS_MATCHED};
    return tsl__period_build(transactions, &plan, exec, out, err);
}

static tsl_status check_history(const held *h, const tsl_valuation_holdout *out, tsl_error *err)
{
    char day[11];
    tsl_day_write(out->cut, day);
    return h->count ? TSL_OK
                    : tsl__error_set(err, TSL_E_OPTION,
                                     "holdout: nobody had bought before %s, where its %d day%s begin%s: fewer leave "
                                     "something to learn from",
                                     day, out->days, out->days == 1 ? "" : "s", out->days == 1 ? "s" : "");
}

tsl_status tsl__held_purchases_build(const tsl_features *features, const tsl_table *transactions,
                                     const tsl_valuation_options *opt, const tsl_exec *exec, tsl_valuation *v,
                                     tsl_error *err)
{
    const double unit = tsl_time_unit_get_days(v->unit);
    tsl_status status = TSL_OK;
    tsl__period before = {0}, after = {0};
    held h = {.count = 0};
    tsl__purchase_models models;
    tsl_valuation_holdout *out;
    TSL__NEED(out = v->holdout = tsl__alloc_zero(1, sizeof *out));
    out->days = opt->holdout_days;
    out->until = features->as_of;
    out->cut = features->as_of - out->days;
    TSL__TRY(read_period(features, transactions, TSL_NO_DAY, out->cut, exec, &before, err));
    TSL__TRY(read_period(features, transactions, out->cut, out->until, exec, &after, err));
    TSL__TRY(open_held(&before, out->until, &h, err));
    TSL__TRY(check_history(&h, out, err));
    take_customers(&before, &after, unit, out, &h);
    const tsl__foretold_input input = {{h.count, h.x, h.t_x, h.t, NULL}, h.came, out->days / unit, exec},
                              in_days = {{h.count, h.x, h.last, h.age, NULL}, h.came, out->days, exec};
    TSL__TRY(tsl__purchase_models_fit(&input.histories, opt->models, unit, exec, &models, err));
    take_models(models.fitted, models.model, models.chosen, out);
    TSL__TRY(judge(&input, &in_days, out, err));
    TSL__TRY(track(&h, unit, exec, out, err));
done:
    tsl__period_free(&before);
    tsl__period_free(&after);
    free_held(&h);
    return status;
}

tsl_status tsl__held_purchases_build_rows(const tsl_histories *histories, const double *came,
                                          const tsl_valuation_options *opt, const tsl_exec *exec, tsl_valuation *v,
                                          tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__foretold_input input = {*histories, came, opt->holdout_days / tsl_time_unit_get_days(v->unit), exec};
    tsl_valuation_holdout *out;
    TSL__NEED(out = v->holdout = tsl__alloc_zero(1, sizeof *out));
    out->days = opt->holdout_days;
    out->cut = out->until = TSL_NO_DAY;
    out->customers = v->known;
    take_models(v->fitted, v->model, v->chosen, out);
    TSL__TRY(judge(&input, &input, out, err));
done:
    return status;
}
