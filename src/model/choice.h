/* choice.h: which k of a sweep is the best, and sweeps that choose nothing. */
#ifndef TSL_MODEL_CHOICE_H
#define TSL_MODEL_CHOICE_H

#include <tesela/model.h>

/* 1 where a cluster of the candidate holds less than this share of the weight, or fewer than so many rows. */
int tsl__candidate_is_small(const tsl_candidate *candidate, double share, size_t rows);

/* Set sweep->best and the sentence in info.choice: where there is one candidate,
 * "k = 3 was asked for"; among many, that of the greatest index. */
TSL_FALLIBLE tsl_status tsl__sweep_choose_only(tsl_sweep *sweep, const char *why, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__sweep_choose(tsl_sweep *sweep, const tsl_kmeans_options *opt, tsl_error *err);
/* tsl_kmeans_fit for those who want the centres of each k alone, as its search leaves them (rounding apart, the means
 * of their rows): the rest of what a candidate has, and the labels, are not there. */
TSL_FALLIBLE tsl_status tsl__kmeans_fit_centers(const tsl_matrix *x, const double *weight, const tsl_start *start,
                                                const tsl_kmeans_options *opt, const tsl_exec *exec, tsl_sweep **out,
                                                tsl_error *err);
/* Takes the notes on its choice away from a sweep that chose nothing, as others drew the clusters. */
void tsl__sweep_drop_doubts(tsl_sweep *sweep);

#endif
