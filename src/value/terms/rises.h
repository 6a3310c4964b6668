/* rises.h: the rising products p (p + 1) ... (p + k - 1) of a BG/BB's parameters, of every k at once.
 *
 * Of opportunities a likelihood knows whole numbers alone: all its beta functions are ratios of such products, whose
 * logarithms and derivatives are sums of k terms, each one longer than the one before. So a table takes the place of
 * all functions of the gamma family. */
#ifndef TSL_VALUE_TERMS_RISES_H
#define TSL_VALUE_TERMS_RISES_H

#include "base/error.h"

#include <stddef.h>

/* Of what: the four parameters' places are 1 to 4. gamma itself never rises. */
typedef enum tsl__rising {
    TSL__RISE_1,
    TSL__RISE_2,
    TSL__RISE_12,
    TSL__RISE_4,
    TSL__RISE_34,
    TSL__RISINGS
} tsl__rising;

/* ln of the product, and its derivatives by p. */
typedef struct tsl__rise {
    double ln, first, second;
} tsl__rise;

typedef struct tsl__rises {
    size_t most;
    tsl__rise *of[TSL__RISINGS]; /* k = 0 .. most */
} tsl__rises;

/* Room for products of up to `most` factors. TSL_E_NOMEM. Freed also after a failure. */
TSL_FALLIBLE tsl_status tsl__rises_build(size_t most, tsl__rises *out, tsl_error *err);
/* Of the parameters alpha, beta, gamma, delta, each > 0. The logarithms are exact to their last digits, however many
 * factors there are. Cost: five logarithms a factor. */
void tsl__rises_put(tsl__rises *rises, const double *parameter);
void tsl__rises_free(tsl__rises *rises);

#endif
