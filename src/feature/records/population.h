/* population.h: the customers of all shards, in the order of their ids. */
#ifndef TSL_FEATURE_POPULATION_H
#define TSL_FEATURE_POPULATION_H

#include "feature/records/grouping.h"

/* The customers of one shard, in the order of the grouping. */
typedef struct tsl__cohort {
    size_t customers;
    char **id; /* owned */
} tsl__cohort;

/* Where a customer stood. */
typedef struct tsl__standing {
    uint32_t shard, place;
} tsl__standing;

typedef struct tsl__population {
    size_t customers;
    char **id;               /* sorted bytewise; owned until taken */
    tsl__standing *standing; /* one a customer */
} tsl__population;

/* How the customers show the id, else another table: where its spellings are one, it is the form that they share. */
const char *tsl__shown_id_get(const tsl__grouping *grouping, const char *id);
/* Copies the ids of the grouping, as the tables show them. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__cohort_fill(const tsl__grouping *grouping, tsl__cohort *cohort, tsl_error *err);
void tsl__cohort_free(tsl__cohort *cohort);
/* The ids move to the population. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__population_build(tsl__cohort *cohort, size_t shards, tsl__population *population,
                                              tsl_error *err);
void tsl__population_free(tsl__population *population);

#endif
