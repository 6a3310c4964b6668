/* rfm.c: recency, frequency, monetary scores by quantiles with ties together. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl_rfm_fit(const double *recency, const double *frequency, const double *monetary, size_t n, tsl_rfm *out,
                       tsl_error *err)
{
    const double *column[3] = {recency, frequency, monetary};
    tsl__error_reset(err);
    double p[TSL_RFM_BINS - 1];
    for (int i = 0; i < TSL_RFM_BINS - 1; i++) {
        p[i] = (double)(i + 1) / TSL_RFM_BINS;
    }
    double *known = tsl__alloc(n, sizeof *known);
    if (!known) {
        return tsl__error_nomem(err);
    }
    size_t count = 0;
    for (int c = 0; c < 3; c++) {
        count = 0;
        for (size_t i = 0; i < n; i++) {
            if (isfinite(recency[i]) && isfinite(frequency[i]) && isfinite(monetary[i])) {
                known[count++] = column[c][i];
            }
        }
        if (count > 0) {
            tsl__quantiles(known, count, p, TSL_RFM_BINS - 1, out->cut[c]);
        }
    }
    free(known);
    return count > 0 ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "no customer has recency, frequency and value");
}

/* 1 + number of cuts exceeded; 0 for NaN. */
static uint8_t score(double value, const double cut[TSL_RFM_BINS - 1])
{
    if (isnan(value)) {
        return 0;
    }
    int above = 0;
    for (int i = 0; i < TSL_RFM_BINS - 1; i++) {
        above += value > cut[i];
    }
    return (uint8_t)(1 + above);
}

void tsl_rfm_predict(const tsl_rfm *rfm, const double *recency, const double *frequency, const double *monetary,
                     size_t n, uint8_t *r, uint8_t *f, uint8_t *m)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t silence = score(recency[i], rfm->cut[0]);
        r[i] = silence ? (uint8_t)(TSL_RFM_BINS + 1 - silence) : 0;
        f[i] = score(frequency[i], rfm->cut[1]);
        m[i] = score(monetary[i], rfm->cut[2]);
    }
}
