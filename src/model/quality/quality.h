/* quality.h: validity indices of one or many labellings. */
#ifndef TSL_MODEL_QUALITY_QUALITY_H
#define TSL_MODEL_QUALITY_QUALITY_H

#include "model/matrix.h"

/* The labels of some rows under one clustering. */
typedef struct tsl__labelling {
    int k;
    int32_t *label;
} tsl__labelling;

/* The rows that silhouettes are taken on: all of them where there are no more
 * than `most`, else a sample keyed by the seed. row: room for min(rows, most),
 * rising. 0 on success. */
int tsl__silhouette_rows(size_t rows, size_t most, uint64_t seed, size_t *row);

/* Mean silhouettes (Rousseeuw 1987) of count labellings of the same m rows, in
 * one pass over the pairs. Clusters that no row is in are left out; NaN where
 * fewer than two are there. Failures go to the cancel. */
void tsl__silhouettes(const tsl_matrix *x, const size_t *row, size_t m, const tsl__labelling *labelling, size_t count,
                      int threads, tsl__cancel *cancel, double *out);

/* Calinski & Harabasz (1974) from the sums of squares about the mean of all
 * rows and about the centres. NaN for k = 1, k = rows, and within = 0. */
double tsl__calinski_harabasz(double total, double within, size_t rows, int k);

/* Davies & Bouldin (1979): center k x cols, spread: sum of the distances to
 * the centre. Two clusters with one centre do not count against each other.
 * NaN for k = 1. */
double tsl__davies_bouldin(const double *center, const uint64_t *size, const double *spread, int k, size_t cols);

#endif
