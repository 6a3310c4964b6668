/* apart.h: the customers who are set apart by rule before clusters are looked for. */
#ifndef TSL_FEATURE_APART_H
#define TSL_FEATURE_APART_H

#include "feature/recipe.h"

#include <tesela/feature.h>

/* 1 where the tables tell who bought and who did not. */
int tsl__apart_is_told(const tsl_recipe *recipe);
/* 1 where its classes are told apart by the feature. */
int tsl__apart_needs(const tsl_recipe *recipe, const char *feature);
/* 1 where the classes are such as a fit makes: who never bought comes last, and those who bought once are parted
 * without a gap. */
int tsl__apart_is_sound(const tsl_recipe *recipe);
/* Fits the recipe's classes and its usual gap, and applies them; which customers are set apart: recipe->apart. */
TSL_FALLIBLE tsl_status tsl__apart_fit(tsl_features *features, tsl_error *err);
/* Takes another recipe's classes and its usual gap over, with all limits, and applies them; they are free of what the
 * customers are like. Parts of those who bought once that now hold less than `least` are joined with their like; the
 * last of them is not set apart. least NULL: all stay. */
TSL_FALLIBLE tsl_status tsl__apart_take(tsl_features *features, const tsl_recipe *from, const tsl__apart_least *least,
                                        tsl_error *err);
/* Finds each customer's class by the recipe. */
TSL_FALLIBLE tsl_status tsl__apart_apply(tsl_features *features, tsl_error *err);

#endif
