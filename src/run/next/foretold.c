/* foretold.c: purchases that were foretold at a cut, judged by those that came. docs/methods/value.md. */
#include "run/next/foretold.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/records/period.h"
#include "feature/shelves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_unknown(tsl_holdout *out)
{
    *out = (tsl_holdout){.expected = NAN,
                         .actual = NAN,
                         .mae = NAN,
                         .rmse = NAN,
                         .bias = NAN,
                         .gini = NAN,
                         .top_share = NAN,
                         .best_top_share = NAN};
    for (int c = 0; c < TSL_HOLDOUT_CLASSES; c++) {
        out->by_frequency[c] = (tsl_holdout_class){0, NAN, NAN};
    }
}

tsl_status tsl__foretold_judge(const tsl__foretold_input *in, const double *expected, tsl_holdout *out, tsl_error *err)
{
    const tsl_holdout_input judged = {.count = in->histories.count,
                                      .expected = expected,
                                      .actual = in->came,
                                      .weight = in->histories.weight,
                                      .x = in->histories.x};
    return tsl_holdout_build(&judged, out, err);
}

tsl_status tsl__foretold_measure(const tsl__foretold_input *in, const tsl_purchase_model *model, tsl_holdout *out,
                                 tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *expected = NULL;
    set_unknown(out);
    if (in->histories.count == 0 || (model && model->verdict == TSL_FIT_EMPTY)) {
        return TSL_OK;
    }
    TSL__NEED(expected = tsl__alloc(in->histories.count, sizeof *expected));
    const tsl_forecast forecast = {.horizon = in->horizon, .purchases = expected};
    if (model) {
        TSL__TRY(tsl_purchase_model_predict(model, &in->histories, in->exec, &forecast, err));
    } else {
        tsl_histories_predict(&in->histories, in->horizon, expected);
    }
    TSL__TRY(tsl__foretold_judge(in, expected, out, err));
done:
    free(expected);
    return status;
}

/* ---- Of a run ------------------------------------------------------------------------ */

/* Histories at the cut, and purchases after it, of who bought before. */
typedef struct customers {
    size_t count;
    double *x, *t_x, *t, *came;
} customers;

static tsl_status open_customers(size_t most, customers *c, tsl_error *err)
{
    double **const column[] = {&c->x, &c->t_x, &c->t, &c->came};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        TSL__NEED(*column[i] = tsl__alloc(most, sizeof **column[i]));
    }
done:
    return status;
}

static void free_customers(customers *c)
{
    free(c->x);
    free(c->t_x);
    free(c->t);
    free(c->came);
}

/* Both lists are in the order of ids. */
static void take_customers(const tsl_features *features, const tsl__period *period, customers *c)
{
    size_t p = 0;
    for (size_t i = 0; i < features->customers; i++) {
        const double *h = tsl__history_get_row(features, i);
        if (isnan(h[TSL_HISTORY_X])) {
            continue;
        }
        while (p < period->customers && strcmp(period->id[p], features->id[i]) < 0) {
            p++;
        }
        const int acts = p < period->customers && strcmp(period->id[p], features->id[i]) == 0;
        c->x[c->count] = h[TSL_HISTORY_X];
        c->t_x[c->count] = h[TSL_HISTORY_TX];
        c->t[c->count] = h[TSL_HISTORY_T];
        c->came[c->count++] = acts ? (double)(period->begin[p + 1] - period->begin[p]) : 0;
    }
}

tsl_status tsl__foretold_build(const tsl__next_input *in, int anew, tsl_next *out, tsl_error *err)
{
    const tsl_features *features = in->features;
    const tsl_recipe *recipe = features->recipe;
    const tsl__period_plan plan = {.from = features->as_of,
                                   .until = in->until,
                                   .events = recipe->settings.events,
                                   .matched = recipe->settings.returns == TSL_RETURNS_MATCHED};
    tsl_next_purchases *to = &out->purchases;
    tsl_status status = TSL_OK;
    tsl__period period = {0};
    customers c = {.count = 0};
    tsl_purchase_choice choice = recipe->value.purchases;
    if (!features->history || !recipe->has_value) {
        return TSL_OK;
    }
    TSL__TRY(open_customers(features->customers, &c, err));
    TSL__TRY(tsl__period_build(in->transactions, &plan, in->exec, &period, err));
    take_customers(features, &period, &c);
    const tsl__foretold_input input = {{c.count, c.x, c.t_x, c.t, NULL}, c.came, in->until - features->as_of, in->exec};
    TSL__TRY(anew ? tsl_purchase_choice_fit(&input.histories, in->exec, &choice, err) : TSL_OK);
    if (choice.chosen < TSL_CHOICE_KINDS) {
        TSL__TRY(tsl__foretold_measure(&input, &choice.model[choice.chosen], &to->model, err));
        TSL__TRY(tsl__foretold_measure(&input, NULL, &to->naive, err));
        to->customers = c.count;
        to->chosen = choice.chosen;
    }
done:
    tsl__period_free(&period);
    free_customers(&c);
    return status;
}
