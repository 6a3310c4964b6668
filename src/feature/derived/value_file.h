/* value_file.h: the purchase and spend models in a recipe's file (docs/formats.md): GROUP/value. */
#ifndef TSL_FEATURE_DERIVED_VALUE_FILE_H
#define TSL_FEATURE_DERIVED_VALUE_FILE_H

#include <tesela/feature.h>

#include "store/array_store.h"

/* Nothing where the recipe has no such models. */
void tsl__value_write(tsl__store *store, const char *group, const tsl_recipe *recipe);
void tsl__value_read(tsl__store *store, const char *group, tsl_recipe *recipe);
/* 1 where an apply can go by what a file says. */
int tsl__value_is_sound(const tsl_recipe *recipe);
/* 1 where both expect the same. */
int tsl__value_is_same(const tsl_value_model *a, const tsl_value_model *b);

#endif
