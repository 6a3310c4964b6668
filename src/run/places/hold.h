/* hold.h: customers who keep the segment that they were in, unless it is much farther than the nearest. */
#ifndef TSL_RUN_PLACES_HOLD_H
#define TSL_RUN_PLACES_HOLD_H

#include <tesela/model.h>

typedef struct tsl__hold {
    const tsl_matrix *x;  /* doubles */
    const double *weight; /* rows, or NULL */
    const int32_t *then;  /* rows: the cluster that the row was in; -1: none */
    double factor;        /* keeps it up to so many times the distance to the nearest; at least 1 */
    double least_weight;  /* that every cluster is left, and rows: nobody whose nearest is one that would ... */
    size_t least_rows;    /* ... have less keeps another; 0: as it comes */
} tsl__hold;

/* Puts rows of the sweep's assignment back into their clusters, the nearest becoming the runner-up, and counts sizes
 * and weights of the chosen candidate anew; *held: how many rows. */
TSL_FALLIBLE tsl_status tsl__hold_rows(const tsl__hold *hold, tsl_sweep *sweep, uint64_t *held, tsl_error *err);

#endif
