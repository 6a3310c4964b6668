/* across.h: how much the rows of each cluster come from one of another clustering. */
#ifndef TSL_MODEL_QUALITY_ACROSS_H
#define TSL_MODEL_QUALITY_ACROSS_H

#include <tesela/model.h>

/* Of one cluster: 1 - entropy of its rows over the clusters before / ln of their number (Dolnicar & Leisch 2017, SLSA).
 * cell: before weights, which sum up to all; NaN where there is nothing to tell. */
double tsl__across(const double *cell, size_t before, double all);

/* Of each of k clusters (centres in x's space), against those of a candidate, which may lie in a space of its own with
 * the same rows (from). across: room for k. Cost: two predictions. */
TSL_FALLIBLE tsl_status tsl__across_get(const tsl_matrix *x, const double *center, int k, const tsl_matrix *from,
                                        const tsl_candidate *before, const double *weight, const tsl_exec *exec,
                                        double *across, tsl_error *err);

#endif
