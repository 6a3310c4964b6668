/* flat.h: whether clusters have no width in a direction in which they differ. */
#ifndef TSL_MODEL_NATURAL_FLAT_H
#define TSL_MODEL_NATURAL_FLAT_H

#include "model/natural/natural_rows.h"

/* Of more columns than this it is not asked. */
#define TSL__FLAT_COLS 256

/* Do the rows of k clusters, label by label, lie in fewer directions of the columns that count than all rows do? Yes/no
 * columns that were mixed into others, as principal components do it, are such: each cluster is a point in the
 * direction of a category. flat: 1 or 0. 0 on success. Cost: O(rows * cols^2 + cols^3). */
int tsl__flat_find(const tsl__natural_rows *rows, const int *label, int k, int *flat);

#endif
