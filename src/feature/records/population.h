/* population.h: the customers of all shards, in the order of their ids. */
#ifndef TSL_FEATURE_POPULATION_H
#define TSL_FEATURE_POPULATION_H

#include "feature/records/grouping.h"

/* The customers of one shard. */
typedef struct tsl__cohort {
    size_t customers;
    char **id;       /* sorted bytewise; one block (tsl__texts_pack), owned */
    uint32_t *place; /* where each stands in the grouping */
} tsl__cohort;

typedef struct tsl__population {
    size_t customers, id_width; /* bytes of the longest id */
    char **id;                  /* sorted bytewise, in one block; owned until taken */
    size_t *begin;              /* shards + 1: where the customers of each shard begin in order */
    uint32_t *order;            /* of each customer, in the order of the groupings, the place among all */
} tsl__population;

/* Copies the ids of the grouping, as the tables show them. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__cohort_fill(const tsl__grouping *grouping, tsl__cohort *cohort, tsl_error *err);
void tsl__cohort_free(tsl__cohort *cohort);
/* The cohorts are freed, and their ids stand in the population. The same for any number of threads. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__population_build(tsl__cohort *cohort, size_t shards, int threads,
                                              tsl__population *population, tsl_error *err);
void tsl__population_free(tsl__population *population);

#endif
