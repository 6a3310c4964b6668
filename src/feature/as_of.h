/* as_of.h: the day that features are told by. */
#ifndef TSL_FEATURE_AS_OF_H
#define TSL_FEATURE_AS_OF_H

#include "base/error.h"
#include "feature/features.h"

/* The day given, else the one that follows the tables; TSL_NO_DAY where they have none. Notes what sets it, and births
 * that no age follows from. TSL_E_OPTION: rows at the day that is given or behind it. */
TSL_FALLIBLE tsl_status tsl__as_of_find(const tsl_tables *tables, tsl_features *features, tsl_error *err);

#endif
