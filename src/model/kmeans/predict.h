/* predict.h: the nearest and second nearest centre of each row. */
#ifndef TSL_MODEL_KMEANS_PREDICT_H
#define TSL_MODEL_KMEANS_PREDICT_H

#include "model/kmeans/tiles.h"

#include <tesela/model.h>

/* With all of its arrays; NULL without memory. */
tsl_assignment *tsl__assignment_open(size_t rows);
void tsl__assignment_free(tsl_assignment *assignment);

/* Fills what is there of out, for rows and centres that are checked; center is
 * in the rows' unit, the distances are not. Failures go to the cancel. */
void tsl__assign(const tsl__row_view *x, const double *center, int k, int threads, const tsl_assignment *out,
                 tsl__cancel *cancel);

/* The nearest centre of each row in tiles, by one thread; center: less the tiles' shift. 0 on success. */
int tsl__tiles_label(const tsl__tiles *tiles, const double *center, int k, uint16_t *label);

#endif
