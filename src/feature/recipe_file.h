/* recipe_file.h: the recipe in a file: features.h5 and model.h5 hold it alike. */
#ifndef TSL_FEATURE_RECIPE_FILE_H
#define TSL_FEATURE_RECIPE_FILE_H

#include <tesela/feature.h>

#include "store/array_store.h"

extern const tsl__store_kind tsl__features_kind;
#define TSL__RECIPE_GROUP "uns/tesela/recipe" /* in a features file; "recipe" in a model's */

/* Into the group, which it makes; docs/formats.md lists what stands there. */
void tsl__recipe_put(tsl__store *store, const char *group, const tsl_recipe *recipe);
/* Owned; NULL where the store has failed. All that an apply relies on is checked. */
tsl_recipe *tsl__recipe_get(tsl__store *store, const char *group);

/* Names of values, NULL beyond the last, for records. */
const char *tsl__group_namer(int value);
const char *tsl__form_namer(int value);
const char *tsl__transform_namer(int value);

#endif
