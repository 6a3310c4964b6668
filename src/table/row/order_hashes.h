/*
 * order_hashes.h: how many different orders rows have: by the hashes of their texts, of which a thread keeps so many at
 * most. Beyond that they are not counted, as each would cost a miss of the caches.
 */
#ifndef TSL_TABLE_ROW_ORDER_HASHES_H
#define TSL_TABLE_ROW_ORDER_HASHES_H

#include "base/error.h"
#include "base/slots.h"
#include "table/cell/span.h"

#define TSL__ORDERS_COUNTED ((size_t)1 << 18)

/* Starts as zeros. */
typedef struct tsl__order_hashes {
    tsl__slots slots; /* the hashes */
    size_t count;
    uint64_t last; /* the lines of an order stand together */
    int over;      /* 1: there were too many, and none is kept */
} tsl__order_hashes;

/* The order of a row. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_hashes_add(tsl__order_hashes *orders, tsl__span order, tsl_error *err);
/* Takes in those of others, in any order. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_hashes_join(tsl__order_hashes *orders, const tsl__order_hashes *other,
                                               tsl_error *err);
void tsl__order_hashes_free(tsl__order_hashes *orders);

#endif
