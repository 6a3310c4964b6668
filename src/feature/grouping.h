/* grouping.h: all customers of the tables, sorted by id, and which rows are whose. */
#ifndef TSL_FEATURE_GROUPING_H
#define TSL_FEATURE_GROUPING_H

#include "feature/clip.h"

/* Rows of one table by customer: customer c's are row[begin[c]] .. row[begin[c + 1] - 1]. */
typedef struct tsl__rows {
    const tsl_table *table; /* NULL: no such table */
    size_t *begin;
    uint32_t *row;
    size_t longest; /* most rows of one customer */
} tsl__rows;

typedef struct tsl__grouping {
    size_t customers;
    char **id; /* owned until taken */
    tsl__rows rows[TSL_TABLE_KINDS];
    uint8_t *kind_flags; /* interactions: filter bits of each kind's code */
    int32_t as_of;
} tsl__grouping;

/* Tables may be NULL; of their rows those that count, of the day `from` and later ones (TSL_NO_DAY: of all).
 * TSL_E_INPUT where there is no customer at all. */
TSL_FALLIBLE tsl_status tsl__grouping_open(const tsl_tables *tables, int32_t from, tsl__grouping *grouping,
                                           tsl_error *err);
void tsl__grouping_free(tsl__grouping *grouping);

#endif
