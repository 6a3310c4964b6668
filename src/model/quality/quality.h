/* quality.h: validity indices of one or many labellings. */
#ifndef TSL_MODEL_QUALITY_QUALITY_H
#define TSL_MODEL_QUALITY_QUALITY_H

#include "base/error.h"
#include "model/matrix.h"

#include <tesela/model.h>

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

/* ---- Rows against all rows -------------------------------------------------- */

/* Which rows are measured: all that have a weight where there are no more than
 * `exact`, else some `most` of them, keyed by the seed: of every cluster its share,
 * and at least so many that its own mean can be told. row: rising, owned. 0 on success. */
int tsl__silhouette_draw(const tsl__weights *weights, const tsl__labelling *labelling, size_t rows, size_t most,
                         size_t exact, uint64_t seed, size_t **row, size_t *m);

/* The silhouettes of the input's m rows, each against all rows of x, under count
 * labellings of all rows, in one pass: out[labelling * m + i]. Clusters without
 * weight are left out; all are 0 where fewer than two are there. Failures go to the
 * cancel. Cost: m * rows * (cols + count). */
void tsl__silhouettes_to_all(const tsl__silhouette_input *input, const tsl__labelling *labelling, size_t count,
                             int threads, tsl__cancel *cancel, double *out);

/* From the silhouettes of m rows under one labelling: its mean over all rows and over
 * the clusters, each cluster's weighed by all of its rows, and the standard error of
 * the first. cluster: k, whose size and weight are set; the silhouette's fields are filled in. 0 on success. */
typedef struct tsl__silhouette_mean {
    double mean, error, macro;
} tsl__silhouette_mean;
int tsl__silhouette_sum_up(const tsl__silhouette_input *input, const tsl__labelling *labelling,
                           const double *silhouette, tsl_cluster_quality *cluster, tsl__silhouette_mean *out);

/* ---- Centres ------------------------------------------------------------------ */

/* Sums by cluster of weight * simplified silhouette, (b - a) / max(a, b) with a the
 * distance to the own centre and b to the nearest other; 0 for a row alone in its
 * cluster. center: k x cols in the units of x; mass: k, weight of the rows, those
 * without are left out; sum: k. Cost rows * k * cols. */
void tsl__simplified_silhouettes(const tsl__row_view *x, const tsl__weights *weights, const double *center,
                                 const double *mass, const tsl__labelling *labelling, int threads, tsl__cancel *cancel,
                                 double *sum);

/* The X-means BIC (Pelleg & Moore 2000) of clusters of so much weight, of which the
 * sum of squares about the centres is within * scale^2: NaN for k = weight of all
 * rows or more, and within = 0. */
double tsl__xmeans_bic(const double *mass, double weights, int k, size_t cols, double within, double scale);

/* Dunn (1974) over the rows that have a weight; NaN for k = 1, and where all
 * clusters are single points. Failures go to the cancel. */
double tsl__dunn(const tsl__row_view *x, const tsl__weights *weights, const tsl__labelling *labelling, int threads,
                 tsl__cancel *cancel);

/* Calinski & Harabasz (1974) from the sums of squares about the mean of all
 * rows and about the centres. NaN for k = 1, k = weight of all rows or more, and
 * within = 0. */
double tsl__calinski_harabasz(double total, double within, double weights, int k);

/* Davies & Bouldin (1979): center k x cols, mass: weight of the rows, spread: sum
 * of weight * distance to the centre. Clusters without rows are left out; two
 * with one centre do not count against each other. NaN for fewer than two. */
double tsl__davies_bouldin(const double *center, const double *mass, const double *spread, int k, size_t cols);

/* Both of labelled rows about the means of their clusters, whatever centre drew them. label: 0 to k - 1. */
TSL_FALLIBLE tsl_status tsl__indices_get(const tsl__row_view *x, const tsl__weights *weights, const int32_t *label,
                                         int k, int threads, double *calinski_harabasz, double *davies_bouldin,
                                         tsl_error *err);

/* An index of rows that are too few, or too much alike, is not known, which is no error. */
static inline tsl_status tsl__index_may_lack(tsl_status status, tsl_error *err)
{
    if (status == TSL_E_INPUT) {
        tsl__error_reset(err);
        return TSL_OK;
    }
    return status;
}

#endif
