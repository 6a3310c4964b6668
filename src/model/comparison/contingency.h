/* contingency.h: how often each label of one partition meets each of another. */
#ifndef TSL_MODEL_COMPARISON_CONTINGENCY_H
#define TSL_MODEL_COMPARISON_CONTINGENCY_H

#include "model/rows.h"

typedef struct tsl__contingency_cell {
    int32_t a, b;
    double weight; /* > 0 */
} tsl__contingency_cell;

/* The cells that are not 0, sorted by a. Labels that no row has stay in the
 * sums as 0; `present` counts the others. */
typedef struct tsl__contingency {
    size_t k[2];
    double *sum[2]; /* k[0], k[1]: weight of the rows */
    size_t present[2];
    tsl__contingency_cell *cell;
    size_t count;
    double total;  /* of all sums */
    uint64_t rows; /* that count: with a weight, and a label in both */
    int whole;     /* 1: every weight is a whole number and the total below 2^53, so that all sums are exact */
} tsl__contingency;

/* Labels 0 to k - 1, or -1: the row is left out. weight NULL: once each.
 * Cost O(rows + k). TSL_E_INPUT: a label outside, a weight that is none. Free
 * with tsl__contingency_free, also after a failure. */
TSL_FALLIBLE tsl_status tsl__contingency_build(const int32_t *const label[2], const int k[2], const double *weight,
                                               size_t rows, tsl__contingency *out, tsl_error *err);
void tsl__contingency_free(tsl__contingency *table);

#endif
