/*
 * value.h: the RFM model over arrays.
 *
 * Scores 1..n by quantiles with ties together: score = 1 + number of cuts that
 * the value exceeds, the cuts being the type-7 quantiles 1/n, 2/n, ... of the
 * known values. Recency counts the other way round: the most recent score n.
 */
#ifndef TESELA_VALUE_H
#define TESELA_VALUE_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TSL_RFM_BINS 5 /* for good */

typedef struct tsl_rfm {
    double cut[3][TSL_RFM_BINS - 1]; /* recency (days), frequency, monetary: rising */
} tsl_rfm;

/* recency, frequency, monetary: n values, NaN unknown. Finds the cuts from the
 * rows where all three are known. TSL_E_INPUT where there is none. */
TSL_API TSL_FALLIBLE tsl_status tsl_rfm_fit(const double *recency, const double *frequency, const double *monetary,
                                            size_t n, tsl_rfm *out, tsl_error *err);
/* Scores 1 (worst) to TSL_RFM_BINS (best); 0 where the value is NaN. */
TSL_API void tsl_rfm_predict(const tsl_rfm *rfm, const double *recency, const double *frequency, const double *monetary,
                             size_t n, uint8_t *r, uint8_t *f, uint8_t *m);

#ifdef __cplusplus
}
#endif
#endif
