/* summary_valuation.c: the summary of what customers are worth: models, with parameters by name, and RFM. */
#include "output/summary/summary.h"

#include <math.h>

/* Parameters and standard errors, each by its name. */
static void add_parameters(tsl__json *doc, json_t *model, const char *const *name, int count, const double *parameter,
                           const double *error)
{
    json_t *values = tsl__json_set_object(doc, model, "parameters");
    json_t *errors = tsl__json_set_object(doc, model, "standard_errors");
    for (int i = 0; i < count; i++) {
        tsl__json_set(doc, values, name[i], tsl__json_number(parameter[i]));
        tsl__json_set(doc, errors, name[i], tsl__json_number(error[i]));
    }
}

static void add_fit(tsl__json *doc, json_t *model, int parameters, double log_likelihood, double customers,
                    tsl_fit_verdict verdict, double seconds)
{
    tsl__json_set(doc, model, "log_likelihood", tsl__json_number(log_likelihood));
    tsl__json_set(doc, model, "aic", tsl__json_number(2 * parameters - 2 * log_likelihood));
    tsl__json_set(doc, model, "customers", tsl__json_number(customers));
    tsl__json_set(doc, model, "verdict", json_string(tsl_fit_verdict_get_name(verdict)));
    tsl__json_set(doc, model, "seconds", tsl__json_number(seconds));
}

static void add_models(tsl__json *doc, const tsl_valuation *v)
{
    static const char *const of_spend[] = {"p", "q", "gamma"};
    json_t *models = tsl__json_set_object(doc, doc->root, "models");
    for (int k = 0; k < TSL_PURCHASE_KINDS; k++) {
        const tsl_purchase_model *from = &v->model[k];
        const char *name[TSL_PURCHASE_PARAMETERS];
        const int count = tsl_purchase_kind_get_count((tsl_purchase_kind)k);
        if (!(v->fitted & 1u << k)) {
            continue;
        }
        for (int i = 0; i < count; i++) {
            name[i] = tsl_purchase_kind_get_parameter((tsl_purchase_kind)k, i);
        }
        json_t *model = tsl__json_set_object(doc, models, tsl_purchase_kind_get_name((tsl_purchase_kind)k));
        add_parameters(doc, model, name, count, from->parameter, from->standard_error);
        add_fit(doc, model, count, from->log_likelihood, from->customers, from->verdict, from->seconds);
    }
    if (v->figure[TSL_VALUATION_SPEND_MEAN]) {
        json_t *model = tsl__json_set_object(doc, models, "gamma-gamma");
        add_parameters(doc, model, of_spend, 3, v->spend.parameter, v->spend.standard_error);
        add_fit(doc, model, 3, v->spend.log_likelihood, v->spend.customers, v->spend.verdict, v->spend.seconds);
        tsl__json_set(doc, model, "rejected", tsl__json_count(v->spend.rejected));
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
    tsl__json_set(doc, rfm, "method", json_string(tsl_rfm_method_get_name(v->rfm.method)));
    tsl__json_set(doc, rfm, "bins", json_integer(v->rfm.bins));
    tsl__json_set(doc, rfm, "nested", json_boolean(v->rfm.nested));
    for (int s = 0; s < 3; s++) {
        json_t *score = tsl__json_set_object(doc, rfm, name[s]);
        json_t *cuts = tsl__json_set_array(doc, score, "cuts");
        const double *cut = s == 0 ? v->rfm.recency : s == 1 ? v->rfm.frequency[0] : v->rfm.monetary[0];
        for (int c = 0; c < v->rfm.bins - 1 && (s == 0 || !v->rfm.nested); c++) { /* nested: there are many */
            tsl__json_push(doc, cuts, tsl__json_number(cut[c]));
        }
        json_t *sizes = tsl__json_set_array(doc, score, "sizes");
        for (int c = 0; c < v->rfm.bins; c++) {
            tsl__json_push(doc, sizes, tsl__json_count(v->score_size[s][c]));
        }
    }
    add_rfm_segments(doc, rfm, v);
}

void tsl__summary_valuation(tsl__json *doc, const tsl_results *results)
{
    const tsl_valuation *v = results->valuation;
    if (!v) {
        return;
    }
    add_models(doc, v);
    json_t *valuation = tsl__json_set_object(doc, doc->root, "valuation");
    const char *chosen = v->chosen < TSL_PURCHASE_KINDS ? tsl_purchase_kind_get_name(v->chosen) : NULL;
    tsl__json_set(doc, valuation, "chosen", tsl__json_text(chosen));
    tsl__json_set(doc, valuation, "unit", json_string(tsl_time_unit_get_name(v->unit)));
    tsl__json_set(doc, valuation, "events", json_string(tsl_events_get_name(v->events)));
    tsl__json_set(doc, valuation, "horizon", tsl__json_number(v->horizon));
    tsl__json_set(doc, valuation, "discount", tsl__json_number(v->discount));
    tsl__json_set(doc, valuation, "rows", tsl__json_count(v->customers));
    tsl__json_set(doc, valuation, "customers", tsl__json_number(v->known));
    tsl__json_set(doc, valuation, "repeated", tsl__json_number(v->repeated));
    tsl__json_set(doc, valuation, "expected_purchases", tsl__json_number(v->expected[0]));
    tsl__json_set(doc, valuation, "clv", tsl__json_number(v->expected[1]));
    add_rfm(doc, valuation, v);
    tsl__json_set(doc, valuation, "seconds", tsl__json_number(v->seconds));
}
