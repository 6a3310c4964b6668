/* recipe_sample.h: a recipe made by hand, with all that a file must keep. */
#ifndef TEST_FEATURE_RECIPE_SAMPLE_H
#define TEST_FEATURE_RECIPE_SAMPLE_H

#include <tesela/feature.h>

/* Without transactions nothing is scored, and no column is of the value vector. Owned. */
tsl_recipe *sample_recipe(int transactions, uint64_t seed);

/* Gives it a component of two columns of behaviour. */
void sample_add_pool(tsl_recipe *recipe);

/* NULL where both hold the same, bit for bit, or the name of what differs. */
const char *recipe_difference(const tsl_recipe *a, const tsl_recipe *b);

#endif
