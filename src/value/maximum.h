/* maximum.h: parameters that make rows most likely. */
#ifndef TSL_VALUE_MAXIMUM_H
#define TSL_VALUE_MAXIMUM_H

#include "base/error.h"
#include "value/likelihood.h"

/* A sum of log-likelihoods over rows, by parameters that are all above 0. */
typedef struct tsl__row_sum {
    /* Adds the rows begin, begin + step, ... below end, each by its weight, with derivatives by the parameters. */
    void (*add)(const void *user, const double *parameter, size_t begin, size_t end, size_t step,
                tsl__differential *sum);
    const void *user;
    size_t rows;
    int parameters;
    double
        unit[TSL_PURCHASE_PARAMETERS]; /* what the rows are divided by, of each parameter that scales with it; else 1 */
} tsl__row_sum;

typedef struct tsl__maximum {
    double parameter[TSL_PURCHASE_PARAMETERS], standard_error[TSL_PURCHASE_PARAMETERS]; /* in the caller's unit */
    double log_likelihood; /* of the rows as they are divided */
    int steps;
    int loose; /* 1: some parameter is not told by the rows */
} tsl__maximum;

/* From several starts (count x TSL_PURCHASE_PARAMETERS), each looked at by some thousand rows, the best then by all.
 * The same bits for any number of threads. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__maximum_find(const tsl__row_sum *sample, const double (*start)[TSL_PURCHASE_PARAMETERS],
                                          size_t count, int threads, tsl__maximum *out, tsl_error *err);

#endif
