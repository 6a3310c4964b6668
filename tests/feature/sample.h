/* sample.h: features made by hand, with all that a file must keep: missing and
 * extreme numbers, names with slashes, letters of other scripts, an empty
 * vector, a category without levels. */
#ifndef TEST_FEATURE_SAMPLE_H
#define TEST_FEATURE_SAMPLE_H

#include <tesela/feature.h>

/* At least one customer. Without transactions there is no history, no day and
 * an empty value vector. Owned. */
tsl_features *sample_features(size_t customers, int transactions, uint64_t seed);

/* NULL where both hold the same bits (notes and seconds aside), or the name of
 * the first part that differs. */
const char *sample_difference(const tsl_features *a, const tsl_features *b);

#endif
