/* external.h: how far two partitions of the same rows go together, from their
 * contingency table: by pairs of rows, by information, by sets that are matched. */
#ifndef TSL_MODEL_COMPARISON_EXTERNAL_H
#define TSL_MODEL_COMPARISON_EXTERNAL_H

#include "model/comparison/contingency.h"

#include <tesela/model.h>

/* pair_counts.c: adjusted_rand, rand, fowlkes_mallows. */
void tsl__compare_pairs(const tsl__contingency *table, tsl_comparison *out);
/* The adjusted Rand index of n rows from the sum of squares of the table's cells, and those of the sums of either side;
 * 1 where both partitions are the same. */
double tsl__adjusted_rand(double cells, const double sums[2], double n);

/* information.c: mutual_information and what is made of it. 0 on success, -1: out of memory. */
int tsl__compare_information(const tsl__contingency *table, tsl_comparison *out);

/* expected_information.c: the mutual information, in nats, that two partitions with
 * these sums have on average when rows are dealt out at random (Vinh, Epps & Bailey
 * 2010, eq. 24a). NaN unless the table is whole. 0 on success. */
int tsl__expected_information(const tsl__contingency *table, double *out);

/* set_matching.c: pair_sets_index, normalised_accuracy, matched_share, match,
 * matched. 0 on success. */
int tsl__compare_sets(const tsl__contingency *table, tsl_comparison *out);

/* optimal_matching.c: the one-to-one matching of rows and columns of gain (rows x
 * cols, rows <= cols) with the greatest sum: match[row] = column. Shortest
 * augmenting paths, O(rows^2 cols). 0 on success. */
int tsl__optimal_matching(const double *gain, size_t rows, size_t cols, size_t *match);

#endif
