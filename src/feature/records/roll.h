/* roll.h: the customers of all shards in the order of their ids, of which memory holds the order alone. */
#ifndef TSL_FEATURE_ROLL_H
#define TSL_FEATURE_ROLL_H

#include "feature/records/grouping.h"
#include "store/files/shelf.h"

typedef struct tsl__roll {
    size_t customers, id_width; /* bytes of the longest id */
    size_t *begin;              /* shards + 1: where the customers of each shard begin in order */
    uint32_t *order;            /* of each customer, in the order of the groupings, the place among all */
    size_t shards;
    tsl__spill *spill; /* the ids of each shard, sorted */
    struct tsl__roll_part *part;
} tsl__roll;

/* Temporary files are in the folder (NULL: /tmp). TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__roll_open(size_t shards, const char *folder, tsl__roll *roll, tsl_error *err);
/* Adds the ids of a shard, as the tables show them; threads may do so at a time. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__roll_add(tsl__roll *roll, size_t shard, const tsl__grouping *grouping, tsl_error *err);
/* Once all shards are there: the ids, sorted bytewise, which point into their texts, both in files; begin and order
 * are set. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__roll_close(tsl__roll *roll, const char *folder, tsl__shelf *id, tsl__shelf *text,
                                        tsl_error *err);
void tsl__roll_free(tsl__roll *roll); /* also of one that is all zeros */

#endif
