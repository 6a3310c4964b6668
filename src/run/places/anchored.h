/* anchored.h: k-means that typical places draw. */
#ifndef TSL_RUN_PLACES_ANCHORED_H
#define TSL_RUN_PLACES_ANCHORED_H

#include "feature/basis/core.h"

#include <tesela/model.h>

typedef struct tsl__anchored_input {
    const tsl_matrix *x;
    const double *weight;             /* rows, or NULL */
    double buyers;                    /* customers, by weight, that a segment's share is of */
    int of_buyers;                    /* 1: they are those who bought; 0: all customers */
    const tsl_kmeans_options *kmeans; /* its k and restarts are not heeded; min_share, of the buyers, and min_rows say
                                         what is too small to appear on its own */
    const tsl_exec *exec;
} tsl__anchored_input;

/* How k-means starts from the anchors for so many rows (by weight); *centre: owned, what the start refers to. */
TSL_FALLIBLE tsl_status tsl__anchored_get_start(const tsl__anchors *anchors, double rows, tsl_start *start,
                                                double **centre, tsl_error *err);

/* One run from the anchors, each of which counts as so many average clusters' worths of
 * rows as its weight says. Those whose cluster would be too small are taken away, the smallest first,
 * but never the last; anchors: what is left of them, in order. A note where more than the usual share or rows leaves
 * one. */
TSL_FALLIBLE tsl_status tsl__anchored_fit(const tsl__anchored_input *input, tsl__anchors *anchors, tsl_sweep **out,
                                          tsl_error *err);

#endif
