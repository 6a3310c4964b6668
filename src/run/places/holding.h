/* holding.h: what a cluster holds, and whether that is too little. */
#ifndef TSL_RUN_PLACES_HOLDING_H
#define TSL_RUN_PLACES_HOLDING_H

#include <stddef.h>

typedef struct tsl__holding {
    double weight;
    size_t rows; /* that have weight */
} tsl__holding;

/* One more row of that weight, or one less. */
void tsl__holding_add(tsl__holding *of, double weight);
void tsl__holding_remove(tsl__holding *of, double weight);
int tsl__holding_is_small(const tsl__holding *of, double least_weight, size_t least_rows);

#endif
