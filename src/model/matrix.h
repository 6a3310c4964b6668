/* matrix.h: what is asked of a matrix before any clustering. */
#ifndef TSL_MODEL_MATRIX_H
#define TSL_MODEL_MATRIX_H

#include "model/cancel.h"

static inline const double *tsl__row(const tsl_matrix *x, size_t row)
{
    return x->data + row * x->stride;
}

/* Rows are summed in at most so many parts, each of whole blocks, combined in
 * order: the parts depend on the row count alone, and on how much there is to
 * sum, so that the sums of all parts stay within some 256 MB. */
#define TSL__PARTS 128
size_t tsl__part_most(size_t sums); /* doubles that each part sums up */
size_t tsl__part_count(size_t rows, size_t most);
void tsl__part_get(size_t rows, size_t most, size_t part, size_t *begin, size_t *end);

/* All of the threads where so much work is worth it (multiplications, roughly:
 * waking one costs as much as some ten thousands), or one: see parallel.h. */
int tsl__team_size(int threads, double work);

/* Shape, and every value finite and small enough to be squared and summed:
 * TSL_E_INPUT with the place. */
tsl_status tsl__matrix_check(const tsl_matrix *x, int threads, tsl_error *err);

/* mean[cols] and the mean of the columns' variances (n). */
tsl_status tsl__matrix_moments(const tsl_matrix *x, int threads, double *mean, double *variance, tsl_error *err);

/* The number of distinct rows, counted up to `most`. */
tsl_status tsl__matrix_distinct(const tsl_matrix *x, size_t most, size_t *count, tsl_error *err);

/* A tile of 64 rows from `begin` on as [cols][64]: row - shift (NULL: 0);
 * beyond the last row 0. */
void tsl__tile_fill(const tsl_matrix *x, size_t begin, const double *shift, double *tile);

#endif
