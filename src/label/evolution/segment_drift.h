/* segment_drift.h: the segments then and now, also where the rows were not kept. */
#ifndef TSL_LABEL_SEGMENT_DRIFT_H
#define TSL_LABEL_SEGMENT_DRIFT_H

#include <tesela/label.h>

/* What those who are in a segment now add up to. Starts as {0}. */
typedef struct tsl__segment_sum {
    uint64_t size;
    double weight, weight_square;
    double distance, distance_square; /* times weight */
} tsl__segment_sum;

void tsl__segment_sum_add(tsl__segment_sum *sum, double distance, double weight);
void tsl__segment_sum_merge(tsl__segment_sum *into, const tsl__segment_sum *from, size_t count);

/* sum: one a cluster; weighted: 1 where the rows count by their weights, as those
 * of a model may have. *segments is owned, one a cluster. */
TSL_FALLIBLE tsl_status tsl__segment_drift_make(const tsl_model *model, const tsl__segment_sum *sum, int weighted,
                                                tsl_segment_drift **segments, tsl_segmentation_drift *all,
                                                tsl_error *err);

#endif
