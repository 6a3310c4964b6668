/* normalise.h: raw columns -> normalised vector columns. */
#ifndef TSL_FEATURE_NORMALISE_H
#define TSL_FEATURE_NORMALISE_H

#include <tesela/feature.h>

/* A value on the transformed scale. */
double tsl__transform_get(tsl_transform how, double x);
/* The normalised value of one raw value. */
double tsl__normalise_get(const tsl_vector_column *column, double x);

/* Fits the bins of every feature to features->x, and the recipe's columns of
 * the three vectors, with the weights of the default selection. Notes what is
 * left out. */
TSL_FALLIBLE tsl_status tsl__normalise_fit(tsl_features *features, const tsl_exec *exec, tsl_error *err);
/* Fits the columns of one block of features (from `first` on; mostly one feature)
 * that is in no vector, and appends them to the recipe's as extra, of weight 0. */
TSL_FALLIBLE tsl_status tsl__normalise_fit_extra(tsl_features *features, size_t first, tsl_error *err);
/* Sets the weights of the columns with chosen[c] != 0, by group and of the order
 * of the features: sqrt(group weight / number of the group's features), a block
 * counting as one; 0 for the others. */
void tsl__normalise_weigh(tsl_recipe *recipe, const char *chosen);
/* Points the three vectors at the recipe's columns and fills them from x. */
TSL_FALLIBLE tsl_status tsl__normalise_apply(tsl_features *features, const tsl_exec *exec, tsl_error *err);
/* Likewise, without values. */
void tsl__vectors_set(tsl_features *features);

#endif
