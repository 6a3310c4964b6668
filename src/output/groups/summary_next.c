/* summary_next.c: the summary of what customers did in the period after a cut. */
#include "output/summary.h"

#include "label/kept_names.h"

#include <math.h>
#include <string.h>

/* The outcome of one segment. */
static void add_outcome(tsl__json *doc, json_t *object, const tsl_outcome_segment *from)
{
    tsl__json_set(doc, object, "size", tsl__json_count(from->size));
    tsl__json_set(doc, object, "bought", tsl__json_count(from->happened));
    tsl__json_set(doc, object, "rate", tsl__json_number(from->rate));
    tsl__json_set(doc, object, "low", tsl__json_number(from->rate_low));
    tsl__json_set(doc, object, "high", tsl__json_number(from->rate_high));
    tsl__json_set(doc, object, "value_mean", tsl__json_number(from->value_mean));
    tsl__json_set(doc, object, "value_low", tsl__json_number(from->value_low));
    tsl__json_set(doc, object, "value_high", tsl__json_number(from->value_high));
}

static void add_methods(tsl__json *doc, json_t *next, const tsl_next *from)
{
    json_t *methods = tsl__json_set_array(doc, next, "methods");
    for (int m = 0; m < TSL_NEXT_METHODS; m++) {
        if (from->method[m].k > 0) {
            json_t *method = tsl__json_push_object(doc, methods);
            tsl__json_set(doc, method, "method", tsl__json_text(from->method[m].name));
            tsl__json_set(doc, method, "k", json_integer(from->method[m].k));
            tsl__json_set(doc, method, "eta2", tsl__json_number(from->method[m].eta2));
            tsl__json_set(doc, method, "auc", tsl__json_number(from->method[m].auc));
        }
    }
}

/* Of labels that were given, which have no other place in the summary. */
static void add_labels(tsl__json *doc, json_t *next, const tsl_next *from)
{
    tsl__json_set(doc, next, "column", tsl__json_text(from->column));
    tsl__json_set(doc, next, "unknown", tsl__json_count(from->unknown));
    tsl__json_set(doc, next, "unlabelled", tsl__json_count(from->unlabelled));
    tsl__json_set(doc, next, "distinct", tsl__json_number(from->distinct));
    json_t *groups = tsl__json_set_array(doc, next, "groups");
    for (int s = 0; s < from->k; s++) {
        json_t *group = tsl__json_push_object(doc, groups);
        tsl__json_set(doc, group, "label", tsl__json_text(from->segment[s].name));
        add_outcome(doc, group, &from->segment[s].outcome);
    }
}

static int is_there(const tsl_labels *labels, const char *code)
{
    for (size_t s = 0; s < labels->segment_count; s++) {
        if (strcmp(labels->segments[s].code, code) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Segments of the cut that the run has none of: their customers did something, too. */
static void add_former(tsl__json *doc, json_t *next, const tsl_results *results)
{
    json_t *former = NULL;
    for (int s = 0; s < results->next->k; s++) {
        const tsl_next_segment *from = &results->next->segment[s];
        if (from->outcome.size == 0 || is_there(results->labels, from->name)) {
            continue;
        }
        const char *(*get)(const char *, int) = from->back ? tsl__base_get_other : tsl_segment_get_base;
        const char *names[TSL_LANGS] = {get(from->name, 0), get(from->name, 1)};
        former = former ? former : tsl__json_set_array(doc, next, "former");
        json_t *segment = tsl__json_push_object(doc, former);
        tsl__json_set(doc, segment, "code", tsl__json_text(from->name));
        tsl__json_set_langs(doc, segment, "names", names[0] ? names[0] : from->name, names[1] ? names[1] : from->name);
        add_outcome(doc, segment, &from->outcome);
    }
}

static void add_forecast(tsl__json *doc, json_t *next, const tsl_next_churn *from)
{
    json_t *churn = tsl__json_set_object(doc, next, "churn");
    tsl__json_set(doc, churn, "days", json_integer(from->days));
    tsl__json_set(doc, churn, "by", json_string(from->by_model ? "model" : "silences"));
    tsl__json_set(doc, churn, "customers", tsl__json_count(from->customers));
    tsl__json_set(doc, churn, "rate", tsl__json_number(from->rate));
    tsl__json_set(doc, churn, "auc", tsl__json_number(from->auc));
    tsl__json_set(doc, churn, "auc_recency", tsl__json_number(from->auc_recency));
    tsl__json_set(doc, churn, "error", tsl__json_number(from->error));
    tsl__json_set(doc, churn, "telling", isnan(from->auc) ? json_null() : json_boolean(from->auc >= TSL_TELLING_AUC));
    tsl__json_set(doc, churn, "calibrated",
                  isnan(from->error) ? json_null() : json_boolean(from->error <= TSL_CHURN_OFF));
    json_t *bins = tsl__json_set_array(doc, churn, "calibration");
    for (int b = 0; b < from->bins; b++) {
        json_t *bin = tsl__json_push_object(doc, bins);
        tsl__json_set(doc, bin, "size", tsl__json_count(from->bin[b].size));
        tsl__json_set(doc, bin, "risk_mean", tsl__json_number(from->bin[b].risk_mean));
        tsl__json_set(doc, bin, "rate", tsl__json_number(from->bin[b].rate));
    }
}

static void add_foretold(tsl__json *doc, json_t *purchases, const char *name, const tsl_holdout *from)
{
    json_t *by = tsl__json_set_object(doc, purchases, name);
    tsl__json_set(doc, by, "expected", tsl__json_number(from->expected));
    tsl__json_set(doc, by, "mae", tsl__json_number(from->mae));
    tsl__json_set(doc, by, "rmse", tsl__json_number(from->rmse));
    tsl__json_set(doc, by, "bias", tsl__json_number(from->bias));
    tsl__json_set(doc, by, "gini", tsl__json_number(from->gini));
}

static void add_purchases(tsl__json *doc, json_t *next, const tsl_next_purchases *from)
{
    json_t *purchases = tsl__json_set_object(doc, next, "purchases");
    tsl__json_set(doc, purchases, "customers", tsl__json_count(from->customers));
    tsl__json_set(doc, purchases, "actual", tsl__json_number(from->naive.actual));
    tsl__json_set(doc, purchases, "chosen", json_string(tsl_purchase_kind_get_name(from->chosen)));
    add_foretold(doc, purchases, "model", &from->model);
    add_foretold(doc, purchases, "naive", &from->naive);
}

void tsl__summary_next(tsl__json *doc, const tsl_results *results)
{
    const tsl_next *from = results->next;
    if (!from || from->k == 0) {
        return;
    }
    json_t *next = tsl__json_set_object(doc, doc->root, "next");
    tsl__json_set(doc, next, "cut", tsl__json_day(from->cut));
    tsl__json_set(doc, next, "until", tsl__json_day(from->until));
    tsl__json_set(doc, next, "days", json_integer(from->days));
    tsl__json_set(doc, next, "refitted", json_boolean(from->refitted));
    tsl__json_set(doc, next, "k", json_integer(from->compared));
    tsl__json_set(doc, next, "customers", tsl__json_count(from->customers));
    tsl__json_set(doc, next, "rate", tsl__json_number(from->rate));
    tsl__json_set(doc, next, "value_mean", tsl__json_number(from->value_mean));
    tsl__json_set(doc, next, "eta2", tsl__json_number(from->eta2));
    tsl__json_set(doc, next, "auc", tsl__json_number(from->auc));
    tsl__json_set(doc, next, "telling", json_boolean(from->telling));
    tsl__json_set(doc, next, "new_size", tsl__json_count(from->new_size));
    tsl__json_set(doc, next, "new_value", tsl__json_number(from->new_value));
    add_methods(doc, next, from);
    if (from->churn.days) {
        add_forecast(doc, next, &from->churn);
    }
    if (from->purchases.customers) {
        add_purchases(doc, next, &from->purchases);
    }
    if (from->column) {
        add_labels(doc, next, from);
    } else if (results->labels) {
        add_former(doc, next, results);
    }
}

/* The segment of the cut that has this one's code; NULL: there was none. */
static const tsl_next_segment *find_segment(const tsl_results *results, const tsl_segment *segment)
{
    const tsl_next_segment *found = NULL;
    for (int s = 0; s < results->next->k && !found; s++) {
        found = strcmp(results->next->segment[s].name, segment->code) == 0 ? &results->next->segment[s] : NULL;
    }
    return found;
}

void tsl__summary_next_segment(tsl__json *doc, json_t *object, const tsl_results *results, const tsl_segment *segment)
{
    if (results->next && results->next->k > 0) {
        const tsl_next_segment *found = find_segment(results, segment);
        if (found && found->outcome.size > 0) {
            add_outcome(doc, tsl__json_set_object(doc, object, "next"), &found->outcome);
        } else {
            tsl__json_set(doc, object, "next", json_null());
        }
    }
}
