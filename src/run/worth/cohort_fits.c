/* cohort_fits.c: models of purchases by when customers bought first, and whether these differ.
 * docs/methods/value.md. */
#include "run/worth/cohort_fits.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "stat/chi_square.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const int months_of[TSL_COHORT_SPANS] = {
    [TSL_COHORTS_MONTH] = 1, [TSL_COHORTS_QUARTER] = 3, [TSL_COHORTS_YEAR] = 12};

void tsl__cohort_fits_free(tsl_valuation_cohorts *cohorts)
{
    if (cohorts) {
        free(cohorts->name);
        free(cohorts->of);
        free(cohorts);
    }
}

/* ---- Who is in which ------------------------------------------------------------------ */

/* The number of the span, from year 0 on, in which a customer bought first. */
static int32_t get_span(const tsl_valuation *v, double t)
{
    const double days = t * tsl_time_unit_get_days(v->unit);
    return tsl__day_month(v->as_of - 1 - (int32_t)round(days)) / months_of[v->cohorts->span];
}

static void write_name(tsl_cohort_span by, int32_t number, char name[TSL_COHORT_NAME_BYTES])
{
    const int month = number * months_of[by], year = month / 12;
    if (by == TSL_COHORTS_MONTH) {
        snprintf(name, TSL_COHORT_NAME_BYTES, "%04d-%02d", year, month % 12 + 1);
    } else if (by == TSL_COHORTS_QUARTER) {
        snprintf(name, TSL_COHORT_NAME_BYTES, "%04d-Q%d", year, month % 12 / 3 + 1);
    } else {
        snprintf(name, TSL_COHORT_NAME_BYTES, "%04d", year);
    }
}

/* Spans in which somebody came, numbered as time goes. */
static tsl_status number_cohorts(const tsl__known *known, tsl_valuation *v, int32_t *cohort, tsl_error *err)
{
    const size_t n = known->histories.count;
    tsl_valuation_cohorts *out = v->cohorts;
    tsl_status status = TSL_OK;
    int32_t least = INT32_MAX, most = INT32_MIN, *number = NULL;
    for (size_t i = 0; i < n; i++) {
        cohort[i] = get_span(v, known->histories.t[i]);
        least = cohort[i] < least ? cohort[i] : least;
        most = cohort[i] > most ? cohort[i] : most;
    }
    const size_t spanned = n ? (size_t)(most - least) + 1 : 0;
    TSL__NEED(number = tsl__alloc_zero(spanned, sizeof *number));
    for (size_t i = 0; i < n; i++) {
        number[cohort[i] - least] = 1;
    }
    TSL__NEED(out->name = tsl__alloc(spanned, sizeof *out->name));
    for (size_t s = 0; s < spanned; s++) {
        if (number[s]) {
            write_name(out->span, least + (int32_t)s, out->name[out->count]);
            number[s] = (int32_t)out->count++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        cohort[i] = number[cohort[i] - least];
    }
done:
    free(number);
    return status;
}

/* ---- Whether they differ ----------------------------------------------------------------- */

/* One model of the customers whose cohorts have their own. */
static tsl_status fit_rest(const tsl__known *known, const int32_t *cohort, tsl_valuation_cohorts *out,
                           const tsl_exec *exec, double *log_likelihood, tsl_error *err)
{
    const tsl_histories *h = &known->histories;
    tsl_status status = TSL_OK;
    double *column[3] = {NULL};
    size_t count = 0;
    tsl_purchase_model together;
    for (int c = 0; c < 3; c++) {
        TSL__NEED(column[c] = tsl__alloc(h->count, sizeof **column));
    }
    for (size_t i = 0; i < h->count; i++) {
        if (out->of[cohort[i]].own) {
            column[0][count] = h->x[i];
            column[1][count] = h->t_x[i];
            column[2][count++] = h->t[i];
        }
    }
    const tsl_histories those = {count, column[0], column[1], column[2], NULL};
    TSL__TRY(tsl_purchase_model_fit(&those, out->pooled.kind, exec, &together, err));
    *log_likelihood = together.log_likelihood;
done:
    for (int c = 0; c < 3; c++) {
        free(column[c]);
    }
    return status;
}

static tsl_status compare(const tsl__known *known, const int32_t *cohort, tsl_valuation_cohorts *out,
                          const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double apart = 0, together = out->pooled.log_likelihood;
    for (size_t c = 0; c < out->count; c++) {
        out->own += (size_t)out->of[c].own;
        apart += out->of[c].own ? out->of[c].model.log_likelihood : 0;
    }
    if (out->own < 2) {
        return TSL_OK;
    }
    TSL__TRY(out->own < out->count ? fit_rest(known, cohort, out, exec, &together, err) : TSL_OK);
    out->ratio = fmax(0, 2 * (apart - together));
    out->degrees = tsl_purchase_kind_get_count(out->pooled.kind) * (int)(out->own - 1);
    out->p_value = exp(tsl__chi_square_log_tail(out->ratio, out->degrees));
done:
    return status;
}

tsl_status tsl__cohort_fits_build(const tsl__known *known, tsl_cohort_span span, const tsl_exec *exec, tsl_valuation *v,
                                  tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *cohort = NULL;
    if (v->chosen == TSL_PURCHASE_KINDS) {
        return tsl__notes_put(&v->notes, err, "no model is fitted by cohort, as no model of purchases can be used");
    }
    TSL__NEED(v->cohorts = tsl__alloc_zero(1, sizeof *v->cohorts));
    v->cohorts->span = span;
    v->cohorts->ratio = v->cohorts->p_value = NAN;
    TSL__NEED(cohort = tsl__alloc(known->histories.count, sizeof *cohort));
    TSL__TRY(number_cohorts(known, v, cohort, err));
    TSL__NEED(v->cohorts->of = tsl__alloc_zero(v->cohorts->count, sizeof *v->cohorts->of));
    TSL__TRY(tsl_purchase_cohort_fit(&known->histories, cohort, v->cohorts->count, v->chosen, exec, &v->cohorts->pooled,
                                     v->cohorts->of, err));
    TSL__TRY(compare(known, cohort, v->cohorts, exec, err));
done:
    free(cohort);
    return status;
}
