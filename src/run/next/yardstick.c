/* yardstick.c: usual ways of segmenting: maps of RFM scores, and fifths of spend. */
#include "run/next/yardstick.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

void tsl__yard_free(tsl__yard *yard)
{
    free(yard->centre);
    yard->centre = NULL;
}

/* ---- Maps -------------------------------------------------------------------- */

/* Recent or not, by low, middle and high value, the mean of F and M rounded up: 0 champions, 1 promising, 2 new; 3 at
 * risk, 4 needing attention, 5 lost. */
static int32_t get_class(int r, int value)
{
    static const int32_t map[2][5] = {{5, 5, 4, 3, 3}, {2, 2, 1, 0, 0}};
    return map[r >= 4][value - 1];
}

/* By R from 1, and value likewise: 0 champions, 1 loyal, 2 potentially loyal, 3 new, 4 promising, 5 needing attention,
 * 6 about to sleep, 7 at risk, 8 not to be lost, 9 hibernating, 10 lost. */
static int32_t get_class_of_11(int r, int value)
{
    static const int32_t map[5][5] = {
        {10, 9, 7, 8, 8}, {9, 6, 7, 7, 7}, {6, 5, 5, 1, 1}, {4, 2, 1, 1, 0}, {3, 2, 2, 0, 0}};
    return map[r - 1][value - 1];
}

/* The three columns, behind each other; who is not kept is not known. */
static tsl_status get_values(const tsl_features *features, const unsigned char *kept, double **out, tsl_error *err)
{
    static const char *const names[3] = {"recency_days", "frequency", "monetary_total"};
    const size_t n = features->customers;
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(3 * n, sizeof **out));
    for (size_t s = 0; s < 3; s++) {
        const double *column = tsl__yard_get_column(features, names[s]);
        for (size_t i = 0; i < n; i++) {
            (*out)[s * n + i] = column && (!kept || kept[i]) ? column[i * features->feature_count] : (double)NAN;
        }
    }
done:
    return status;
}

/* In fifths, each by itself, however the scores of the run are cut. */
static tsl_status fit_map(const tsl_features *features, const unsigned char *kept, const tsl_exec *exec,
                          tsl__yard *yard, tsl_error *err)
{
    const size_t n = features->customers;
    tsl_status status = TSL_OK;
    double *value = NULL;
    (void)exec;
    TSL__TRY(get_values(features, kept, &value, err));
    TSL__TRY(tsl_rfm_fit(value, value + n, value + 2 * n, n, NULL, &yard->rfm, err));
done:
    free(value);
    return status;
}

static tsl_status predict_map(const tsl__yard *yard, const tsl_features *features, int32_t (*map)(int r, int value),
                              int32_t *out, tsl_error *err)
{
    const size_t n = features->customers;
    tsl_status status = TSL_OK;
    double *value = NULL;
    uint8_t *score = NULL;
    TSL__TRY(get_values(features, NULL, &value, err));
    TSL__NEED(score = tsl__alloc(3 * n, sizeof *score));
    tsl_rfm_predict(&yard->rfm, value, value + n, value + 2 * n, n, score, score + n, score + 2 * n);
    for (size_t i = 0; i < n; i++) {
        const uint8_t *r = score + i, *f = r + n, *m = f + n;
        out[i] = *r && *f && *m ? map(*r, (*f + *m + 1) / 2) : -1;
    }
done:
    free(value);
    free(score);
    return status;
}

static tsl_status predict_map_6(const tsl__yard *yard, const tsl_features *features, const tsl_exec *exec, int32_t *out,
                                tsl_error *err)
{
    (void)exec;
    return predict_map(yard, features, get_class, out, err);
}

static tsl_status predict_map_11(const tsl__yard *yard, const tsl_features *features, const tsl_exec *exec,
                                 int32_t *out, tsl_error *err)
{
    (void)exec;
    return predict_map(yard, features, get_class_of_11, out, err);
}

/* ---- Fifths of spend -------------------------------------------------------------- */

/* The spend of who bought; NaN: of others. */
static double get_spend(const tsl_features *features, size_t customer)
{
    const double *total = tsl__yard_get_column(features, "monetary_total"),
                 *frequency = tsl__yard_get_column(features, "frequency");
    const size_t at = customer * features->feature_count;
    return total && (!frequency || frequency[at] > 0) && isfinite(total[at]) ? total[at] : (double)NAN;
}

static tsl_status fit_fifths(const tsl_features *features, const unsigned char *kept, const tsl_exec *exec,
                             tsl__yard *yard, tsl_error *err)
{
    static const double fifths[4] = {.2, .4, .6, .8};
    tsl_status status = TSL_OK;
    double *known = NULL;
    size_t count = 0;
    (void)exec;
    TSL__NEED(known = tsl__alloc(features->customers, sizeof *known));
    for (size_t i = 0; i < features->customers; i++) {
        known[count] = get_spend(features, i);
        count += !isnan(known[count]) && (!kept || kept[i]);
    }
    for (int c = 0; c < 4; c++) {
        yard->cut[c] = INFINITY;
    }
    if (count) {
        tsl__quantiles(known, count, fifths, 4, yard->cut);
    }
done:
    free(known);
    return status;
}

static tsl_status predict_fifths(const tsl__yard *yard, const tsl_features *features, const tsl_exec *exec,
                                 int32_t *out, tsl_error *err)
{
    (void)exec;
    (void)err;
    for (size_t i = 0; i < features->customers; i++) {
        const double spend = get_spend(features, i);
        out[i] = isnan(spend) ? -1 : 0;
        for (int c = 0; c < 4 && out[i] >= 0; c++) {
            out[i] += spend > yard->cut[c];
        }
    }
    return TSL_OK;
}

/* ---- All of them -------------------------------------------------------------------- */

const tsl__yardstick tsl__yardsticks[TSL__YARDSTICKS] = {
    [TSL__YARD_MAP] = {"rfm_map", 6, fit_map, predict_map_6},
    [TSL__YARD_FIFTHS] = {"spend_quintiles", 5, fit_fifths, predict_fifths},
    [TSL__YARD_MAP_11] = {"rfm_map_11", 11, fit_map, predict_map_11},
    [TSL__YARD_MEANS] = {"kmeans", 0, tsl__yard_fit_means, tsl__yard_predict_means}};

tsl_status tsl__yardstick_label(const tsl__yardstick *by, const tsl_features *features, const tsl_exec *exec,
                                int32_t *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__yard yard = {.k = 0};
    TSL__TRY(by->fit(features, NULL, exec, &yard, err));
    TSL__TRY(by->predict(&yard, features, exec, out, err));
done:
    tsl__yard_free(&yard);
    return status;
}
