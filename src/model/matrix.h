/* matrix.h: what is asked of a matrix before any clustering. */
#ifndef TSL_MODEL_MATRIX_H
#define TSL_MODEL_MATRIX_H

#include "model/cancel.h"
#include "model/rows.h"

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

/* What its fields promise of how it lies: TSL_E_OPTION. */
TSL_FALLIBLE tsl_status tsl__matrix_check_layout(const tsl_matrix *x, tsl_error *err);

/* The greatest and the least size of numbers other than 0. */
typedef struct tsl__extent {
    double most;  /* 0 where there is none */
    double least; /* infinite where there is none */
} tsl__extent;

/* Shape, and every value finite: TSL_E_INPUT with the place. */
TSL_FALLIBLE tsl_status tsl__matrix_check(const tsl_matrix *x, int threads, tsl__extent *extent, tsl_error *err);
/* Takes count further numbers in; NaN is passed over. */
void tsl__extent_add(tsl__extent *extent, const double *value, size_t count);
/* The power of two by which such numbers are multiplied so that neither do the
 * sums of so many squares of them overflow nor the squares of their differences
 * underflow: 1 for all numbers of common sizes, else what brings the greatest as
 * far up as it may. What follows is exact but for what underflows even so, less
 * than some 1e-300 of the greatest. */
double tsl__unit_get(const tsl__extent *extent, double terms);

/* mean[cols] and the mean of the columns' variances (by the sum of weights); share[cols]: of each column in their sum,
 * 0 where nothing varies; NULL: not asked for. */
TSL_FALLIBLE tsl_status tsl__matrix_moments(const tsl__row_view *x, const tsl__weights *weights, int threads,
                                            double *mean, double *variance, double *share, tsl_error *err);

/* The number of distinct rows that have a weight, counted up to `most`. */
TSL_FALLIBLE tsl_status tsl__matrix_distinct(const tsl__row_view *x, const tsl__weights *weights, size_t most,
                                             size_t *count, tsl_error *err);

/* A tile of 64 rows from `begin` on as [cols][64]: row - shift (NULL: 0);
 * beyond the last row 0. */
void tsl__tile_fill(const tsl__row_view *x, size_t begin, const double *shift, double *tile);

#endif
