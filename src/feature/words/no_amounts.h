/* no_amounts.h: numbers of the customers that are no amounts: coordinates, postcodes, telephone numbers. */
#ifndef TSL_FEATURE_NO_AMOUNTS_H
#define TSL_FEATURE_NO_AMOUNTS_H

#include <tesela/table.h>

/* What a column of the customers holds, by its name and the range of its values: "coordinates"; NULL where a distance
 * between two of its values may mean something. */
const char *tsl__no_amount_get(const tsl_column *column, size_t rows);

#endif
