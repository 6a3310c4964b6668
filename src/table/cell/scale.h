/* scale.h: words that multiply the number before them: 万, k, million. figure.h lists them, and those that are none. */
#ifndef TSL_TABLE_CELL_SCALE_H
#define TSL_TABLE_CELL_SCALE_H

#include "table/cell/span.h"

/* The bytes of the word that the text begins with, its power of ten in *power; 0: none. A word of letters ends
 * before what is no letter, or a currency: "k€" is, "kg" is not. */
size_t tsl__scale_find(tsl__span text, int *power);

#endif
