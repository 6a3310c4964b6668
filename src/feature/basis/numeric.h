/* numeric.h: the basis of customers without orders: the two numbers that say most of all of them. */
#ifndef TSL_FEATURE_NUMERIC_H
#define TSL_FEATURE_NUMERIC_H

#include <tesela/feature.h>

/* The most numbers that a table may have for it: each pair of them is looked at. */
#define TSL__MOST_NUMBERS 4096

/* Fits the basis's columns to the customers who are not set apart, of the features f with wanted[f] != 0 that
 * it may take, and says which is what (tsl_part). They are appended to the recipe's as extra, of weight 0.
 * TSL_E_INPUT: there are more than TSL__MOST_NUMBERS. */
TSL_FALLIBLE tsl_status tsl__numeric_fit(tsl_features *features, const char *wanted, tsl_error *err);
/* 1 where a column of that part is in the distance. */
int tsl__part_is_taken(tsl_part part, int wide);
/* 1 where more of a numeric basis is in the distance than the columns that lead. */
int tsl__numeric_is_wide(const tsl_recipe *recipe);
/* 1 where it is of yes/no columns and categories, for want of numbers. */
int tsl__numeric_is_flags(const tsl_recipe *recipe);
/* 1 where the parts of the columns are such as a fit makes. */
int tsl__numeric_is_sound(const tsl_recipe *recipe);
/* Which columns they are, why, and how to choose others; of another basis nothing. */
TSL_FALLIBLE tsl_status tsl__numeric_note(const tsl_recipe *recipe, tsl_notes *notes, tsl_error *err);

#endif
