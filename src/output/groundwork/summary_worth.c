/* summary_worth.c: the summary of what parts customers, and of what models of purchases go by besides: cohorts,
 * covariates, and the weighted score. */
#include "output/summary.h"

#include <math.h>

static void add_test(tsl__json *doc, json_t *to, double ratio, int degrees, double p_value)
{
    tsl__json_set(doc, to, "ratio", tsl__json_number(ratio));
    tsl__json_set(doc, to, "degrees", json_integer(degrees));
    tsl__json_set(doc, to, "p_value", tsl__json_number(p_value));
}

static void add_cohorts(tsl__json *doc, const tsl_valuation_cohorts *from)
{
    json_t *cohorts = tsl__json_set_object(doc, doc->root, "cohorts");
    tsl__json_set(doc, cohorts, "by", json_string(tsl_cohort_span_get_name(from->span)));
    tsl__json_set(doc, cohorts, "model", json_string(tsl_purchase_kind_get_name(from->pooled.kind)));
    tsl__json_set(doc, cohorts, "own", tsl__json_count(from->own));
    add_test(doc, cohorts, from->ratio, from->degrees, from->p_value);
    tsl__summary_purchase_model(doc, tsl__json_set_object(doc, cohorts, "pooled"), &from->pooled);
    json_t *of = tsl__json_set_array(doc, cohorts, "of");
    for (size_t c = 0; c < from->count; c++) {
        const tsl_purchase_cohort *own = &from->of[c];
        json_t *cohort = tsl__json_push_object(doc, of);
        tsl__json_set(doc, cohort, "cohort", json_string(from->name[c]));
        tsl__json_set(doc, cohort, "size", tsl__json_number(own->customers));
        tsl__json_set(doc, cohort, "repeated", tsl__json_number(own->repeaters));
        tsl__json_set(doc, cohort, "own", json_boolean(own->own));
        if (own->own) {
            tsl__summary_purchase_model(doc, tsl__json_set_object(doc, cohort, "fit"), &own->model);
        }
    }
}

static void add_effects(tsl__json *doc, json_t *to, const tsl_valuation_covariates *from,
                        const tsl_valuation_column *column)
{
    const int leaves = from->model.base.kind != TSL_NBD;
    json_t *effects = tsl__json_set_array(doc, to, "effects");
    for (size_t z = column->first; z < column->first + column->count; z++) {
        json_t *effect = tsl__json_push_object(doc, effects);
        tsl__json_set(doc, effect, "name", tsl__json_text(from->name[z]));
        tsl__json_set(doc, effect, "mean", tsl__json_number(from->mean[z]));
        tsl__json_set(doc, effect, "scale", tsl__json_number(from->scale[z]));
        tsl__json_set(doc, effect, "rate", tsl__json_number(from->model.rate[z]));
        tsl__json_set(doc, effect, "rate_error", tsl__json_number(from->model.rate_error[z]));
        tsl__json_set(doc, effect, "dropout", leaves ? tsl__json_number(from->model.dropout[z]) : json_null());
        tsl__json_set(doc, effect, "dropout_error", tsl__json_number(from->model.dropout_error[z]));
    }
}

static void add_covariates(tsl__json *doc, const tsl_valuation_covariates *from)
{
    json_t *covariates = tsl__json_set_object(doc, doc->root, "covariates");
    tsl__json_set(doc, covariates, "model", json_string(tsl_purchase_kind_get_name(from->model.base.kind)));
    add_test(doc, covariates, from->model.ratio, from->model.degrees, from->model.p_value);
    json_t *fit = tsl__json_set_object(doc, covariates, "fit");
    tsl__summary_purchase_model(doc, fit, &from->model.base);
    tsl__json_set(doc, fit, "aic", tsl__json_number(tsl_covariate_model_get_aic(&from->model)));
    json_t *columns = tsl__json_set_array(doc, covariates, "columns");
    for (size_t c = 0; c < from->column_count; c++) {
        const tsl_valuation_column *own = &from->column[c];
        json_t *column = tsl__json_push_object(doc, columns);
        tsl__json_set(doc, column, "name", tsl__json_text(own->name));
        tsl__json_set(doc, column, "base", tsl__json_text(own->base));
        tsl__json_set(doc, column, "missing", tsl__json_number(own->missing));
        add_test(doc, column, own->ratio, own->degrees, own->p_value);
        add_effects(doc, column, from, own);
    }
}

/* Means over the customers of whom it is not NaN. */
static double get_mean(const double *value, size_t n)
{
    double sum = 0;
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        sum += isnan(value[i]) ? 0 : value[i];
        known += isnan(value[i]) ? 0 : 1;
    }
    return known ? sum / (double)known : (double)NAN;
}

static void add_score(tsl__json *doc, json_t *valuation, const tsl_valuation *v)
{
    const tsl_valuation_score *from = v->score;
    double weight, part_weight;
    json_t *score = tsl__json_set_object(doc, valuation, "score");
    tsl__json_set(doc, score, "mean", tsl__json_number(get_mean(from->total, v->customers)));
    json_t *columns = tsl__json_set_array(doc, score, "columns");
    for (size_t c = 0; c < from->score.column_count; c++) {
        const tsl_score_column *own = &from->score.column[c];
        json_t *column = tsl__json_push_object(doc, columns);
        tsl_valuation_score_get_weight(from, c, &part_weight, &weight);
        tsl__json_set(doc, column, "part", tsl__json_text(from->part[own->part]));
        tsl__json_set(doc, column, "part_weight", tsl__json_number(part_weight));
        tsl__json_set(doc, column, "name", tsl__json_text(from->feature[c]));
        tsl__json_set(doc, column, "weight", tsl__json_number(weight));
        tsl__json_set(doc, column, "less", json_boolean(own->less));
        tsl__json_set(doc, column, "known", tsl__json_number(from->known[c]));
        tsl__json_set(doc, column, "contribution_mean",
                      tsl__json_number(get_mean(from->contribution[c], v->customers)));
    }
}

void tsl__summary_worth(tsl__json *doc, json_t *valuation, const tsl_valuation *v)
{
    if (v->cohorts) {
        add_cohorts(doc, v->cohorts);
    }
    if (v->covariates) {
        add_covariates(doc, v->covariates);
    }
    if (v->score) {
        add_score(doc, valuation, v);
    }
}
