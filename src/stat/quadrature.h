/* quadrature.h: an integral as a sum. */
#ifndef TSL_STAT_QUADRATURE_H
#define TSL_STAT_QUADRATURE_H

#include "base/error.h"

enum { TSL__NODES_MOST = 64 };

/* Places in 0 .. 1, rising, and what the value at each counts. */
typedef struct tsl__quadrature {
    size_t count;
    double node[TSL__NODES_MOST], weight[TSL__NODES_MOST], ln_weight[TSL__NODES_MOST];
} tsl__quadrature;

/* Gauss and Legendre's rule of so many nodes (at most TSL__NODES_MOST): exact of polynomials up to degree
 * 2 count - 1. GSL's gsl_integration_glfixed. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__quadrature_build(size_t count, tsl__quadrature *out, tsl_error *err);

#endif
