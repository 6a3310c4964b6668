/* amounts.h: the net amounts of all purchases, for their median: in memory, or mostly in a temporary file. */
#ifndef TSL_FEATURE_AMOUNTS_H
#define TSL_FEATURE_AMOUNTS_H

#include "store/files/spill.h"

/* Those that one thread has seen, in 1/10000, none below 0; starts as zeros, but for spill: NULL: all in memory. */
typedef struct tsl__amounts {
    tsl__spill *spill; /* borrowed */
    double *value;
    size_t count, capacity; /* in memory */
    uint64_t *place;        /* of the pieces in the file, each of TSL__AMOUNTS_PIECE */
    size_t places, place_capacity;
} tsl__amounts;
#define TSL__AMOUNTS_PIECE ((size_t)1 << 15)

/* TSL_E_NOMEM; TSL_E_IO: of the file. */
TSL_FALLIBLE tsl_status tsl__amounts_add(tsl__amounts *amounts, const int64_t *amount, size_t count, tsl_error *err);
/* Of all `parts` threads; 0 where there are none. The same bits wherever they are. TSL_E_NOMEM, TSL_E_IO. */
TSL_FALLIBLE tsl_status tsl__amounts_get_median(const tsl__amounts *amounts, size_t parts, double *median,
                                                tsl_error *err);
void tsl__amounts_free(tsl__amounts *amounts);

#endif
