/* covariate_fits.c: the model that foretells, by columns of the customers: numbers, and the values of categories.
 * docs/methods/value.md. */
#include "run/worth/covariate_fits.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/shelves.h"
#include "stat/chi_square.h"
#include "table/names/column_hints.h"
#include "value/covariate_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void tsl__covariate_fits_free(tsl_valuation_covariates *covariates)
{
    if (!covariates) {
        return;
    }
    for (size_t c = 0; covariates->column && c < covariates->column_count; c++) {
        free(covariates->column[c].name);
        free(covariates->column[c].base);
    }
    for (size_t z = 0; z < TSL_COVARIATES_MOST; z++) {
        free(covariates->name[z]);
    }
    free(covariates->column);
    free(covariates);
}

/* The customers who are known, one after the other. */
static size_t get_customer(const tsl__known *known, size_t i)
{
    return known->of ? known->of[i] : i;
}

/* ---- What stands in a column --------------------------------------------------------------- */

/* Of the known values of a feature, over the customers who are known. */
typedef struct spread {
    double count, mean, sd, missing;
} spread;

static spread get_spread(const tsl_features *features, const tsl__known *known, size_t feature)
{
    spread s = {0, 0, 0, 0};
    double square = 0;
    for (size_t i = 0; i < known->histories.count; i++) {
        const double x = tsl__x_get(features, get_customer(known, i), feature);
        s.missing += isnan(x);
        s.count += !isnan(x);
        s.mean += isnan(x) ? 0 : x;
    }
    s.mean = s.count > 0 ? s.mean / s.count : 0;
    for (size_t i = 0; i < known->histories.count; i++) {
        const double d = tsl__x_get(features, get_customer(known, i), feature) - s.mean;
        square += isnan(d) ? 0 : d * d;
    }
    s.sd = s.count > 0 ? sqrt(square / s.count) : 0;
    return s;
}

static tsl_status add_covariate(const tsl_feature *feature, const spread *s, tsl_valuation_covariates *out,
                                tsl_error *err)
{
    const int number = feature->form == TSL_FORM_NUMBER;
    const size_t at = out->model.count;
    tsl_status status = TSL_OK;
    if (at == TSL_COVARIATES_MOST) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "covariates: with \"%s\" there are more than %d of them, each number and each value of a "
                              "category but one being one",
                              feature->name, TSL_COVARIATES_MOST);
    }
    TSL__NEED(out->name[at] = tsl__strdup(feature->name));
    out->mean[at] = number ? s->mean : 0;
    out->scale[at] = number ? s->sd : 1;
    out->fill[at] = number ? 0 : s->mean;
    out->model.count++;
done:
    return status;
}

static int is_of(const tsl_feature *feature, const char *column)
{
    return *feature->column && strcmp(feature->column, column) == 0;
}

/* The most common value of a category, the first of several; feature_count: it is none. */
static size_t find_base(const tsl_features *features, const tsl__known *known, const char *column)
{
    size_t base = features->feature_count;
    double most = 0;
    for (size_t f = 0; f < features->feature_count; f++) {
        if (is_of(&features->feature[f], column) && features->feature[f].form == TSL_FORM_VALUE) {
            const spread s = get_spread(features, known, f);
            base = s.mean > most ? f : base;
            most = s.mean > most ? s.mean : most;
        }
    }
    return base;
}

static tsl_status fail_unknown(const tsl_features *features, const char *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char hint[TSL__HINT_BYTES];
    const char **names = NULL;
    size_t count = 0;
    TSL__NEED(names = tsl__alloc(features->feature_count, sizeof *names));
    for (size_t f = 0; f < features->feature_count; f++) {
        if (*features->feature[f].column &&
            (count == 0 || strcmp(names[count - 1], features->feature[f].column) != 0)) {
            names[count++] = features->feature[f].column;
        }
    }
    status = tsl__error_set(err, TSL_E_OPTION, "covariates: the customers have no column \"%s\" to go by%s", name,
                            count ? tsl__column_hint_put(name, names, count, hint) : "");
done:
    free(names);
    return status;
}

/* A column's covariates: values that nobody has are none. */
static tsl_status take_column(const tsl_features *features, const tsl__known *known, const char *name,
                              tsl_valuation_covariates *out, tsl_error *err)
{
    tsl_valuation_column *to = &out->column[out->column_count++];
    const size_t base = find_base(features, known, name);
    tsl_status status = TSL_OK;
    size_t there = 0;
    to->first = out->model.count;
    to->ratio = to->p_value = NAN;
    TSL__NEED(to->name = tsl__strdup(name));
    if (base < features->feature_count) {
        TSL__NEED(to->base = tsl__strdup(features->feature[base].level));
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        if (is_of(&features->feature[f], name)) {
            const spread s = get_spread(features, known, f);
            there++;
            to->missing = s.missing;
            TSL__TRY(f != base && s.sd > 0 ? add_covariate(&features->feature[f], &s, out, err) : TSL_OK);
        }
    }
    to->count = out->model.count - to->first;
    status = !there       ? fail_unknown(features, name, err)
             : !to->count ? tsl__error_set(err, TSL_E_INPUT,
                                           "covariates: \"%s\" is the same of all customers with a history, and tells "
                                           "nothing",
                                           name)
                          : TSL_OK;
done:
    return status;
}

/* ---- As the model takes them ------------------------------------------------------------------- */

typedef struct columns {
    double *value[TSL_COVARIATES_MOST];
    tsl_covariates view;
} columns;

static void free_columns(columns *z)
{
    for (size_t c = 0; c < TSL_COVARIATES_MOST; c++) {
        free(z->value[c]);
    }
}

static tsl_status open_columns(const tsl_features *features, const tsl__known *known,
                               const tsl_valuation_covariates *by, columns *z, tsl_error *err)
{
    const size_t n = known->histories.count;
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < by->model.count; c++) {
        const size_t f = tsl_features_get_index(features, by->name[c]);
        TSL__NEED(z->value[c] = tsl__alloc(n, sizeof **z->value));
        for (size_t i = 0; i < n; i++) {
            const double x = tsl__x_get(features, get_customer(known, i), f);
            z->value[c][i] = isnan(x) ? by->fill[c] : (x - by->mean[c]) / by->scale[c];
        }
    }
    z->view = (tsl_covariates){by->model.count, (const double *const *)z->value, (const char *const *)by->name};
done:
    return status;
}

/* What the model loses without one column. The others are looked for from where it has them, if it tells them. */
static tsl_status test_column(const tsl__known *known, const columns *z, const tsl_purchase_model *plain,
                              const tsl_exec *exec, const tsl_covariate_model *whole, tsl_valuation_column *column,
                              tsl_error *err)
{
    const double *value[TSL_COVARIATES_MOST];
    const char *name[TSL_COVARIATES_MOST];
    tsl_covariate_model guess = {.base = whole->base}, without;
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < z->view.count; c++) {
        if (c < column->first || c >= column->first + column->count) {
            value[guess.count] = z->view.column[c];
            name[guess.count] = z->view.name[c];
            guess.rate[guess.count] = whole->rate[c];
            guess.dropout[guess.count++] = whole->dropout[c];
        }
    }
    column->ratio = whole->ratio;
    if (guess.count) {
        const tsl_covariates others = {guess.count, value, name};
        TSL__TRY(tsl__covariate_model_fit_from(&known->histories, &others, plain,
                                               whole->base.verdict == TSL_FIT_SOUND ? &guess : NULL, exec, &without,
                                               err));
        column->ratio = fmax(0, 2 * (whole->base.log_likelihood - without.base.log_likelihood));
    }
    column->degrees = whole->degrees / (int)whole->count * (int)column->count;
    column->p_value = exp(tsl__chi_square_log_tail(column->ratio, column->degrees));
done:
    return status;
}

static tsl_status note_missing(tsl_valuation *v, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < v->covariates->column_count; c++) {
        const tsl_valuation_column *column = &v->covariates->column[c];
        if (column->missing > 0) {
            TSL__TRY(tsl__notes_add(&v->notes,
                                    "covariates: %s is not known of %.0f customer%s, who go%s by the mean of "
                                    "the others",
                                    column->name, column->missing, column->missing == 1 ? "" : "s",
                                    column->missing == 1 ? "es" : ""));
        }
    }
done:
    return status;
}

static tsl_status check_repeats(const tsl_valuation_options *opt, tsl_error *err)
{
    for (size_t i = 0; i < opt->covariate_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(opt->covariate[i], opt->covariate[j]) == 0) {
                return tsl__error_set(err, TSL_E_OPTION, "covariates: \"%s\" stands there twice", opt->covariate[i]);
            }
        }
    }
    return TSL_OK;
}

tsl_status tsl__covariate_fits_build(const tsl_features *features, const tsl__known *known,
                                     const tsl_valuation_options *opt, const tsl_exec *exec, tsl_valuation *v,
                                     tsl_error *err)
{
    tsl_status status = TSL_OK;
    columns z = {.value = {NULL}};
    tsl_valuation_covariates *out;
    const tsl_purchase_model *plain;
    TSL__TRY(check_repeats(opt, err));
    if (v->chosen == TSL_PURCHASE_KINDS) {
        return tsl__notes_put(&v->notes, err, "no model goes by covariates, as no model of purchases can be used");
    }
    if (v->chosen == TSL_BG_BB) {
        return tsl__error_set(err, TSL_E_OPTION, "covariates: the BG/BB takes none");
    }
    TSL__NEED(out = v->covariates = tsl__alloc_zero(1, sizeof *out));
    TSL__NEED(out->column = tsl__alloc_zero(opt->covariate_count, sizeof *out->column));
    for (size_t i = 0; i < opt->covariate_count; i++) {
        TSL__TRY(take_column(features, known, opt->covariate[i], out, err));
    }
    TSL__TRY(open_columns(features, known, out, &z, err));
    plain = &v->model[v->chosen];
    TSL__TRY(tsl__covariate_model_fit_from(&known->histories, &z.view, plain, NULL, exec, &out->model, err));
    for (size_t c = 0; c < out->column_count; c++) {
        TSL__TRY(test_column(known, &z, plain, exec, &out->model, &out->column[c], err));
    }
    TSL__TRY(note_missing(v, err));
done:
    free_columns(&z);
    return status;
}

/* ---- What is expected by them ------------------------------------------------------------------ */

tsl_status tsl__covariate_fits_predict(const tsl_features *features, const tsl__known *known, const tsl_forecast *times,
                                       const tsl_exec *exec, tsl_valuation *v, tsl_error *err)
{
    static const tsl_valuation_figure to[] = {TSL_VALUATION_ALIVE, TSL_VALUATION_PURCHASES, TSL_VALUATION_NO_PURCHASE,
                                              TSL_VALUATION_DISCOUNTED, TSL_VALUATION_DERT};
    enum { FIGURES = sizeof to / sizeof *to };
    const size_t n = known->histories.count;
    tsl_status status = TSL_OK;
    columns z = {.value = {NULL}};
    double *figure[FIGURES] = {NULL};
    TSL__TRY(open_columns(features, known, v->covariates, &z, err));
    for (int f = 0; f < FIGURES; f++) {
        TSL__NEED(figure[f] = tsl__alloc(n, sizeof **figure));
    }
    tsl_forecast forecast = *times;
    forecast.alive = figure[0];
    forecast.purchases = figure[1];
    forecast.no_purchase = figure[2];
    forecast.discounted = figure[3];
    forecast.dert = figure[4];
    TSL__TRY(tsl_covariate_model_predict(&v->covariates->model, &known->histories, &z.view, exec, &forecast, err));
    for (size_t i = 0; i < n; i++) {
        const size_t at = get_customer(known, i);
        for (int f = 0; f < FIGURES; f++) {
            v->figure[to[f]][at] = f == 0 && v->chosen == TSL_NBD ? (double)NAN : figure[f][i];
        }
        v->figure[TSL_VALUATION_CLV][at] = figure[3][i] * v->figure[TSL_VALUATION_SPEND][at];
    }
done:
    free_columns(&z);
    for (int f = 0; f < FIGURES; f++) {
        free(figure[f]);
    }
    return status;
}
