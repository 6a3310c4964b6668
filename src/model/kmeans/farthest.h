/* farthest.h: the row that an empty cluster takes. */
#ifndef TSL_MODEL_KMEANS_FARTHEST_H
#define TSL_MODEL_KMEANS_FARTHEST_H

#include "model/matrix.h"

/* Labelled rows, and the centres they are labelled by. */
typedef struct tsl__labelled {
    const tsl__row_view *x;
    const double *shift;   /* cols: what centres lack of the rows; NULL: nothing */
    const uint16_t *label; /* rows */
    const int64_t *count;  /* a cluster's rows */
    const double *center;
} tsl__labelled;

/* The row farthest from its centre among clusters of more than one row, the
 * first of several; SIZE_MAX where no such row lies away from its centre. */
size_t tsl__farthest_row(const tsl__labelled *of);

#endif
