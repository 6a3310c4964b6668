/* purchase_cohorts.c: a purchase model for each cohort of customers, and one for all of them. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

/* The histories, sorted by cohort. */
typedef struct sorted {
    double *column[4]; /* x, t_x, t, weight */
    size_t *begin;     /* of each cohort, and behind the last; count + 1 */
} sorted;

enum { COLUMNS = 4 };

static tsl_status check_cohorts(const tsl_histories *h, const int32_t *cohort, size_t count, tsl_error *err)
{
    for (size_t i = 0; i < h->count; i++) {
        if (cohort[i] < -1 || (cohort[i] >= 0 && (size_t)cohort[i] >= count)) {
            return tsl__error_set(err, TSL_E_INPUT, "history %zu is of cohort %d, and there are %zu", i + 1,
                                  (int)cohort[i], count);
        }
    }
    return TSL_OK;
}

/* By counting: those of a cohort stay in the order in which they came. */
static tsl_status sort(const tsl_histories *h, const int32_t *cohort, size_t count, sorted *out, tsl_error *err)
{
    const double *const from[COLUMNS] = {h->x, h->t_x, h->t, h->weight};
    tsl_status status = TSL_OK;
    size_t place = 0;
    for (int c = 0; c < COLUMNS; c++) {
        TSL__NEED(out->column[c] = tsl__alloc(h->count, sizeof *out->column[c]));
    }
    TSL__NEED(out->begin = tsl__alloc_zero(count + 2, sizeof *out->begin));
    for (size_t i = 0; i < h->count; i++) {
        out->begin[cohort[i] + 1]++;
    }
    out->begin[0] = 0; /* of no cohort: they are left out */
    for (size_t c = 0; c <= count; c++) {
        const size_t here = out->begin[c];
        out->begin[c] = place;
        place += here;
    }
    for (size_t i = 0; i < h->count; i++) {
        if (cohort[i] >= 0) {
            const size_t at = out->begin[cohort[i] + 1]++;
            for (int c = 0; c < COLUMNS; c++) {
                out->column[c][at] = from[c] ? from[c][i] : 1;
            }
        }
    }
done:
    return status;
}

static tsl_status fit_cohort(const tsl_histories *his, tsl_purchase_kind kind, const tsl_exec *exec,
                             const tsl_purchase_model *pooled, tsl_purchase_cohort *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl_purchase_cohort){.model = *pooled};
    for (size_t i = 0; i < his->count; i++) {
        out->customers += his->weight[i];
        out->repeaters += his->x[i] > 0 ? his->weight[i] : 0;
    }
    out->own = out->customers >= TSL_COHORT_LEAST && out->repeaters > 0;
    TSL__TRY(out->own ? tsl_purchase_model_fit(his, kind, exec, &out->model, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl_purchase_cohort_fit(const tsl_histories *histories, const int32_t *cohort, size_t count,
                                   tsl_purchase_kind kind, const tsl_exec *exec, tsl_purchase_model *pooled,
                                   tsl_purchase_cohort *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    sorted s = {.begin = NULL};
    tsl__error_reset(err);
    TSL__TRY(check_cohorts(histories, cohort, count, err));
    TSL__TRY(tsl_purchase_model_fit(histories, kind, exec, pooled, err));
    TSL__TRY(sort(histories, cohort, count, &s, err));
    for (size_t c = 0, begin = 0; c < count; begin = s.begin[++c]) {
        const tsl_histories his = {s.begin[c + 1] - begin, s.column[0] + begin, s.column[1] + begin,
                                   s.column[2] + begin, s.column[3] + begin};
        TSL__TRY(fit_cohort(&his, kind, exec, pooled, &out[c], err));
    }
done:
    for (int c = 0; c < COLUMNS; c++) {
        free(s.column[c]);
    }
    free(s.begin);
    return status;
}
