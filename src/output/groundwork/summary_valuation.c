/* summary_valuation.c: the summary of what customers are worth: models, with parameters by name, and RFM. */
#include "output/summary.h"

#include <math.h>

static void add_models(tsl__json *doc, const tsl_valuation *v)
{
    json_t *models = tsl__json_set_object(doc, doc->root, "models");
    for (int k = 0; k < TSL_PURCHASE_KINDS; k++) {
        if (v->fitted & 1u << k) {
            tsl__summary_purchase_model(
                doc, tsl__json_set_object(doc, models, tsl_purchase_kind_get_name((tsl_purchase_kind)k)), &v->model[k]);
        }
    }
    if (v->figure[TSL_VALUATION_SPEND_MEAN]) {
        tsl__summary_spend_model(doc, tsl__json_set_object(doc, models, "gamma-gamma"), &v->spend);
    }
}

static void add_rfm_segments(tsl__json *doc, json_t *rfm, const tsl_valuation *v)
{
    json_t *segments = tsl__json_set_array(doc, rfm, "segments");
    for (size_t s = 0; s < v->rfm_map.count; s++) {
        const tsl_rfm_segment *from = &v->rfm_map.segment[s];
        json_t *segment = tsl__json_push_object(doc, segments);
        tsl__json_set(doc, segment, "rfm_segment", tsl__json_text(from->code));
        tsl__json_set_langs(doc, segment, "names", from->name[0], from->name[1]);
        tsl__json_set(doc, segment, "size", tsl__json_count(v->rfm_size[s]));
        tsl__json_set(doc, segment, "clv", tsl__json_number(v->rfm_clv[s]));
    }
}

static void add_rfm(tsl__json *doc, json_t *valuation, const tsl_valuation *v)
{
    static const char *const name[3] = {"recency", "frequency", "monetary"};
    if (!v->has_rfm) {
        return;
    }
    json_t *rfm = tsl__json_set_object(doc, valuation, "rfm");
    tsl__summary_rfm_cuts(doc, rfm, &v->rfm);
    for (int s = 0; s < 3; s++) {
        json_t *sizes = tsl__json_set_array(doc, json_object_get(rfm, name[s]), "sizes");
        for (int c = 0; c < v->rfm.bins; c++) {
            tsl__json_push(doc, sizes, tsl__json_count(v->score_size[s][c]));
        }
    }
    add_rfm_segments(doc, rfm, v);
}

/* How well one of them foretold what came. */
static void add_judged(tsl__json *doc, json_t *to, const tsl_holdout *from)
{
    tsl__json_set(doc, to, "expected", tsl__json_number(from->expected));
    tsl__json_set(doc, to, "mae", tsl__json_number(from->mae));
    tsl__json_set(doc, to, "rmse", tsl__json_number(from->rmse));
    tsl__json_set(doc, to, "bias", tsl__json_number(from->bias));
    tsl__json_set(doc, to, "gini", tsl__json_number(from->gini));
    tsl__json_set(doc, to, "top_share", tsl__json_number(from->top_share));
    json_t *classes = tsl__json_set_array(doc, to, "by_frequency");
    for (int x = 0; x < TSL_HOLDOUT_CLASSES; x++) {
        json_t *own = tsl__json_push_object(doc, classes);
        tsl__json_set(doc, own, "x", json_integer(x));
        tsl__json_set(doc, own, "customers", tsl__json_number(from->by_frequency[x].customers));
        tsl__json_set(doc, own, "expected", tsl__json_number(from->by_frequency[x].expected));
        tsl__json_set(doc, own, "actual", tsl__json_number(from->by_frequency[x].actual));
    }
}

static void add_numbers(tsl__json *doc, json_t *to, const char *name, const double *value, size_t count)
{
    json_t *array = tsl__json_set_array(doc, to, name);
    for (size_t i = 0; i < count; i++) {
        tsl__json_push(doc, array, tsl__json_number(value[i]));
    }
}

static void add_track(tsl__json *doc, json_t *holdout, const tsl_valuation_holdout *from)
{
    json_t *track = tsl__json_set_object(doc, holdout, "tracking");
    tsl__json_set(doc, track, "step_days", tsl__json_number(from->step_days));
    tsl__json_set(doc, track, "steps_before", tsl__json_count(from->steps_before));
    add_numbers(doc, track, "actual", from->actual, from->steps);
    json_t *expected = tsl__json_set_object(doc, track, "expected");
    for (int f = 0; f < TSL_FORETELLERS; f++) {
        if (from->expected[f]) {
            add_numbers(doc, expected, tsl_foreteller_get_name((tsl_foreteller)f), from->expected[f], from->steps);
        }
    }
}

static void add_holdout(tsl__json *doc, const tsl_valuation *v)
{
    const tsl_valuation_holdout *from = v->holdout;
    if (!from) {
        return;
    }
    json_t *holdout = tsl__json_set_object(doc, doc->root, "holdout");
    const tsl_holdout *came = &from->judged[TSL_FORETELLER_NAIVE];
    const char *chosen = from->chosen < TSL_PURCHASE_KINDS ? tsl_purchase_kind_get_name(from->chosen) : NULL;
    tsl__json_set(doc, holdout, "days", json_integer(from->days));
    tsl__json_set(doc, holdout, "cut", tsl__json_day(from->cut));
    tsl__json_set(doc, holdout, "until", tsl__json_day(from->until));
    tsl__json_set(doc, holdout, "customers", tsl__json_number(from->customers));
    tsl__json_set(doc, holdout, "newcomers", tsl__json_number(from->newcomers));
    tsl__json_set(doc, holdout, "actual", tsl__json_number(came->actual));
    tsl__json_set(doc, holdout, "best_top_share", tsl__json_number(came->best_top_share));
    tsl__json_set(doc, holdout, "chosen", tsl__json_text(chosen));
    json_t *models = tsl__json_set_object(doc, holdout, "models");
    for (int f = 0; f < TSL_FORETELLERS; f++) {
        if (f != TSL_FORETELLER_NAIVE && !(from->fitted & 1u << f)) {
            continue;
        }
        json_t *model = tsl__json_set_object(doc, models, tsl_foreteller_get_name((tsl_foreteller)f));
        if (f != TSL_FORETELLER_NAIVE) {
            tsl__summary_purchase_model(doc, model, &from->model[f]);
        }
        add_judged(doc, model, &from->judged[f]);
    }
    if (from->actual) {
        add_track(doc, holdout, from);
    }
}

void tsl__summary_valuation(tsl__json *doc, const tsl_results *results)
{
    const tsl_valuation *v = results->valuation;
    if (!v) {
        return;
    }
    add_models(doc, v);
    add_holdout(doc, v);
    json_t *valuation = tsl__json_set_object(doc, doc->root, "valuation");
    const char *chosen = v->chosen < TSL_PURCHASE_KINDS ? tsl_purchase_kind_get_name(v->chosen) : NULL;
    tsl__json_set(doc, valuation, "chosen", tsl__json_text(chosen));
    tsl__json_set(doc, valuation, "unit", json_string(tsl_time_unit_get_name(v->unit)));
    tsl__json_set(doc, valuation, "events",
                  v->as_of == TSL_NO_DAY ? json_null() : json_string(tsl_events_get_name(v->events)));
    tsl__json_set(doc, valuation, "horizon", tsl__json_number(v->horizon));
    tsl__json_set(doc, valuation, "discount", tsl__json_number(v->discount));
    tsl__json_set(doc, valuation, "rows", tsl__json_count(v->customers));
    tsl__json_set(doc, valuation, "customers", tsl__json_number(v->known));
    tsl__json_set(doc, valuation, "repeated", tsl__json_number(v->repeated));
    tsl__json_set(doc, valuation, "expected_purchases", tsl__json_number(v->expected[0]));
    tsl__json_set(doc, valuation, "clv", tsl__json_number(v->expected[1]));
    tsl__json_set(doc, valuation, "dert", tsl__json_number(v->dert));
    add_rfm(doc, valuation, v);
    tsl__summary_worth(doc, valuation, v);
    tsl__json_set(doc, valuation, "seconds", tsl__json_number(v->seconds));
}
