/* yardstick.c: usual ways of segmenting: a map of RFM scores, and fifths of spend. */
#include "run/next/yardstick.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"
#include "value/rfm_cuts.h"

#include <math.h>
#include <stdlib.h>

static const double *column_of(const tsl_features *features, const char *name)
{
    const size_t column = tsl_features_get_index(features, name);
    return column < features->feature_count ? features->x + column : NULL;
}

/* ---- The map ------------------------------------------------------------------- */

/* Recent or not, by low, middle and high value, the mean of F and M rounded up: 0 champions, 1 promising, 2 new; 3 at
 * risk, 4 needing attention, 5 lost. */
static int32_t get_class(int r, int f, int m)
{
    static const int32_t map[2][5] = {{5, 5, 4, 3, 3}, {2, 2, 1, 0, 0}};
    return map[r >= 4][(f + m + 1) / 2 - 1];
}

/* Scores that are cut in another way than in fifths are of no use here: those of the map are found anew. */
static tsl_status score_anew(const tsl_features *features, int32_t *out, tsl_error *err)
{
    static const char *const names[3] = {"recency_days", "frequency", "monetary_total"};
    const size_t n = features->customers;
    tsl_status status = TSL_OK;
    double *value = NULL;
    uint8_t *score = NULL;
    tsl_rfm rfm;
    TSL__NEED(value = tsl__alloc(3 * n, sizeof *value));
    TSL__NEED(score = tsl__alloc(3 * n, sizeof *score));
    for (size_t s = 0; s < 3; s++) {
        const double *column = column_of(features, names[s]);
        for (size_t i = 0; i < n; i++) {
            value[s * n + i] = column ? column[i * features->feature_count] : (double)NAN;
        }
    }
    TSL__TRY(tsl_rfm_fit(value, value + n, value + 2 * n, n, NULL, &rfm, err));
    tsl_rfm_predict(&rfm, value, value + n, value + 2 * n, n, score, score + n, score + 2 * n);
    for (size_t i = 0; i < n; i++) {
        const uint8_t *r = score + i, *f = r + n, *m = f + n;
        out[i] = *r && *f && *m ? get_class(*r, *f, *m) : -1;
    }
done:
    free(value);
    free(score);
    return status;
}

static tsl_status label_by_map(const tsl_features *features, int32_t *out, tsl_error *err)
{
    static const char *const names[3] = {"r_score", "f_score", "m_score"};
    const double *score[3];
    if (features->recipe->has_rfm && !tsl__rfm_is_usual(&features->recipe->rfm)) {
        return score_anew(features, out, err);
    }
    for (int s = 0; s < 3; s++) {
        score[s] = column_of(features, names[s]);
    }
    for (size_t i = 0; i < features->customers; i++) {
        const size_t at = i * features->feature_count;
        int scored = 1, of[3] = {0, 0, 0};
        for (int s = 0; s < 3; s++) {
            const double value = score[s] ? score[s][at] : (double)NAN;
            scored &= value >= 1 && value <= 5;
            of[s] = value >= 1 && value <= 5 ? (int)value : 0;
        }
        out[i] = scored ? get_class(of[0], of[1], of[2]) : -1;
    }
    return TSL_OK;
}

/* ---- Fifths of spend -------------------------------------------------------------- */

static int has_bought(const double *frequency, size_t at)
{
    return !frequency || frequency[at] > 0;
}

static tsl_status label_by_fifths(const tsl_features *features, int32_t *out, tsl_error *err)
{
    static const double fifths[4] = {.2, .4, .6, .8};
    const double *total = column_of(features, "monetary_total"), *frequency = column_of(features, "frequency");
    tsl_status status = TSL_OK;
    double *known = NULL, cut[4] = {INFINITY, INFINITY, INFINITY, INFINITY};
    size_t count = 0;
    TSL__NEED(known = tsl__alloc(features->customers, sizeof *known));
    for (size_t i = 0; i < features->customers; i++) {
        const size_t at = i * features->feature_count;
        out[i] = total && has_bought(frequency, at) && isfinite(total[at]) ? 0 : -1;
        if (out[i] == 0) {
            known[count++] = total[at];
        }
    }
    if (count) {
        tsl__quantiles(known, count, fifths, 4, cut);
    }
    for (size_t i = 0; i < features->customers; i++) {
        for (int c = 0; c < 4 && out[i] >= 0; c++) {
            out[i] += total[i * features->feature_count] > cut[c];
        }
    }
done:
    free(known);
    return status;
}

const tsl__yardstick tsl__yardsticks[TSL__YARDSTICKS] = {{"rfm_map", 6, label_by_map},
                                                         {"spend_quintiles", 5, label_by_fifths}};
