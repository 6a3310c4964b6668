/* shelves.h: ids, raw matrix and history where memory is limited, wherever they lie then. */
#ifndef TSL_FEATURE_SHELVES_H
#define TSL_FEATURE_SHELVES_H

#include <tesela/feature.h>

#include "store/files/shelf.h"

typedef struct tsl__shelves {
    tsl__shelf x, history;
    tsl__shelf id, text; /* features->id, and what it points to */
} tsl__shelves;

/* A customer's raw values. What goes through all customers reads them by this, so that a file does not gather in
 * memory. */
static inline const double *tsl__x_get_row(const tsl_features *features, size_t customer)
{
    return features->shelves ? (const double *)tsl__shelf_get(&features->shelves->x, customer)
                             : features->x + customer * features->feature_count;
}

#define TSL__X_AHEAD 16 /* rows, whose cells of a column are on their way while one is looked at */

/* Best in rising order of the customers: a row is longer than what processors fetch ahead of their own. */
static inline double tsl__x_get(const tsl_features *features, size_t customer, size_t feature)
{
    const double *x = tsl__x_get_row(features, customer) + feature;
    __builtin_prefetch((const void *)((uintptr_t)x + TSL__X_AHEAD * features->feature_count * sizeof *x));
    return *x;
}

static inline const double *tsl__history_get_row(const tsl_features *features, size_t customer)
{
    return features->shelves ? (const double *)tsl__shelf_get(&features->shelves->history, customer)
                             : features->history + customer * TSL_HISTORY_COLUMNS;
}

#endif
