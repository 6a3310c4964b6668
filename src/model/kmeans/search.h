/* search.h: from nothing to the best centres of every k of a range. */
#ifndef TSL_MODEL_KMEANS_SEARCH_H
#define TSL_MODEL_KMEANS_SEARCH_H

#include "model/kmeans/lloyd.h"

/* With more rows than this all runs first race on a sample that they share. */
#define TSL__RACE_ROWS ((size_t)1 << 17)
#define TSL__RACE_FROM (4 * TSL__RACE_ROWS)

typedef struct tsl__search {
    /* What is asked for. */
    const tsl__tiles *tiles;
    int k_min, k_max, restarts;
    int max_iterations;
    double stop; /* squared shift at which a run stops */
    uint64_t seed;
    int threads;
    const double
        *init;        /* k_max x cols, less the tiles' shift: where the one run of k_min = k_max begins; NULL: seeds */
    tsl__prior prior; /* count <= k_min */

    /* What is found. */
    tsl__lloyd_run *run; /* by k, then restart; one of k = 1 */
    size_t run_count;
    tsl__lloyd_run **winner;     /* by k: the run of least cost, polished until no label changes */
    uint64_t passes, iterations; /* over all rows */
    double seconds_seed;
} tsl__search;

/* Makes the runs. 0 on success. */
int tsl__search_open(tsl__search *search);
/* Fails through the cancel. */
void tsl__search_fit(tsl__search *search, tsl__cancel *cancel);
void tsl__search_free(tsl__search *search);

#endif
