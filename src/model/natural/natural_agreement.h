/* natural_agreement.h: whether clusters are the natural groups that the test found. */
#ifndef TSL_MODEL_NATURAL_NATURAL_AGREEMENT_H
#define TSL_MODEL_NATURAL_NATURAL_AGREEMENT_H

#include <tesela/model.h>

/* The adjusted Rand index (Hubert & Arabie 1985) of rows' labels, 0 to k - 1, and the natural groups that a test of x
 * found: k-means of as many on columns as the test sees them, cut off and standardised. Of the rows that have a weight
 * (NULL: all, once each). NaN: no groups were found. The same bits for any number of threads. Cost: k-means at one k.
 */
TSL_FALLIBLE tsl_status tsl__natural_agreement_get(const tsl_matrix *x, const double *weight, const int32_t *label,
                                                   int k, const tsl_natural *natural, uint64_t seed,
                                                   const tsl_exec *exec, double *out, tsl_error *err);

#endif
