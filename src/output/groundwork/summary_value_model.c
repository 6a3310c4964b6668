/* summary_value_model.c: the summary of a model of purchases or spend, with parameters by name. */
#include "output/summary.h"

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

static void add_fit(tsl__json *doc, json_t *model, double log_likelihood, double aic, double customers,
                    tsl_fit_verdict verdict, double seconds)
{
    tsl__json_set(doc, model, "log_likelihood", tsl__json_number(log_likelihood));
    tsl__json_set(doc, model, "aic", tsl__json_number(aic));
    tsl__json_set(doc, model, "customers", tsl__json_number(customers));
    tsl__json_set(doc, model, "verdict", json_string(tsl_fit_verdict_get_name(verdict)));
    tsl__json_set(doc, model, "seconds", tsl__json_number(seconds));
}

void tsl__summary_purchase_model(tsl__json *doc, json_t *model, const tsl_purchase_model *from)
{
    const char *name[TSL_PURCHASE_PARAMETERS];
    const int count = tsl_purchase_kind_get_count(from->kind);
    for (int i = 0; i < count; i++) {
        name[i] = tsl_purchase_kind_get_parameter(from->kind, i);
    }
    add_parameters(doc, model, name, count, from->parameter, from->standard_error);
    add_fit(doc, model, from->log_likelihood, tsl_purchase_model_get_aic(from), from->customers, from->verdict,
            from->seconds);
}

void tsl__summary_spend_model(tsl__json *doc, json_t *model, const tsl_spend_model *from)
{
    static const char *const name[] = {"p", "q", "gamma"};
    add_parameters(doc, model, name, 3, from->parameter, from->standard_error);
    add_fit(doc, model, from->log_likelihood, tsl_spend_model_get_aic(from), from->customers, from->verdict,
            from->seconds);
    tsl__json_set(doc, model, "rejected", tsl__json_count(from->rejected));
    tsl__json_set(doc, model, "correlation", tsl__json_number(from->correlation));
}
