/* outliers.h: customers who lie far from all others, and segments too small to stand on
 * their own (docs/methods/outliers.md). */
#ifndef TSL_RUN_OUTLIERS_H
#define TSL_RUN_OUTLIERS_H

#include "run/run_state.h"

/* Looks for them among the rows of the matrix, which become the run's findings. *counted: the rows' weights without
 * them, owned; NULL: all count as they are, as there are none, or as k or the initial centres are asked for. */
TSL_FALLIBLE tsl_status tsl__outliers_find(tsl_run *run, const tsl_feature_matrix *matrix, const double *weight,
                                           int given_init, double **counted, tsl_error *err);

/* Where the chosen clusters were found by k-means alone, and no k is asked for: those that hold less than the size rule
 * asks for are given up, and their rows go to the nearest of the others. *sweep: replaced then, the run's plain one is
 * what it was, and *joined 1. */
TSL_FALLIBLE tsl_status tsl__outliers_join(tsl_run *run, const tsl__fitted *fitted, tsl_sweep **sweep, int *joined,
                                           tsl_error *err);

/* Those who did not count are in the clusters nearest to them: adds them to the weights of the chosen ones. */
void tsl__outliers_count_in(tsl_sweep *sweep, const double *weight, const double *counted);

#endif
