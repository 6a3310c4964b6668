/* quality.h: validity indices of one or many labellings. */
#ifndef TSL_MODEL_QUALITY_QUALITY_H
#define TSL_MODEL_QUALITY_QUALITY_H

#include "model/matrix.h"

/* The labels of some rows under one clustering. */
typedef struct tsl__labelling {
    int k;
    int32_t *label;
} tsl__labelling;

/* The rows that silhouettes are taken on: all that have a weight where there are
 * no more than `most`, else a sample of them keyed by the seed. How many, and
 * which: row: so many, rising. 0 on success. */
size_t tsl__silhouette_count(const tsl__weights *weights, size_t most);
int tsl__silhouette_rows(const tsl__weights *weights, size_t rows, size_t most, uint64_t seed, size_t *row);

/* m rows of x. */
typedef struct tsl__silhouette_input {
    const tsl__row_view *x;
    const tsl__weights *weights; /* of all rows */
    const size_t *row;
    size_t m;
} tsl__silhouette_input;

/* Mean silhouettes (Rousseeuw 1987) of count labellings of the same m rows, in
 * one pass over the pairs, each row counted by its weight. Clusters that no row
 * is in are left out; NaN where fewer than two are there. Failures go to the
 * cancel. */
void tsl__silhouettes(const tsl__silhouette_input *input, const tsl__labelling *labelling, size_t count, int threads,
                      tsl__cancel *cancel, double *out);

/* Calinski & Harabasz (1974) from the sums of squares about the mean of all
 * rows and about the centres. NaN for k = 1, k = weight of all rows or more, and
 * within = 0. */
double tsl__calinski_harabasz(double total, double within, double weights, int k);

/* Davies & Bouldin (1979): center k x cols, mass: weight of the rows, spread: sum
 * of weight * distance to the centre. Clusters without rows are left out; two
 * with one centre do not count against each other. NaN for fewer than two. */
double tsl__davies_bouldin(const double *center, const double *mass, const double *spread, int k, size_t cols);

#endif
