/* plain.h: how plain numbers meet a recipe. */
#ifndef TSL_FEATURE_PLAIN_H
#define TSL_FEATURE_PLAIN_H

#include <tesela/feature.h>

/* 1 where the columns are called c1, c2, ...: named by their place alone. */
int tsl__plain_is_unnamed(const char *const *name, size_t cols);
/* 1: the recipe is of plain numbers whose columns had no names. */
int tsl__plain_goes_by_place(const tsl_recipe *recipe);

/* place[f] = the data's column of each of the recipe's features: by name, or by
 * place where the columns have no names of their own. *same: 1 where the data
 * stand in the recipe's order already. TSL_E_INPUT where a column is lacking, or
 * the recipe is of no plain numbers. */
TSL_FALLIBLE tsl_status tsl__plain_match(const tsl_recipe *recipe, const char *const *name, size_t cols, size_t *place,
                                         int *same, tsl_error *err);

#endif
