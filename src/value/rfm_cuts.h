/* rfm_cuts.h: the cuts of RFM scores as lists, and what a map of segments may be, for who keeps them. */
#ifndef TSL_VALUE_RFM_CUTS_H
#define TSL_VALUE_RFM_CUTS_H

#include <tesela/value.h>

enum { TSL__RFM_PLAIN_LISTS = 3, TSL__RFM_LISTS = 1 + TSL_RFM_BINS_MOST + TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST };

/* How many lists of bins - 1 cuts there are: recency's, those of frequency (one, or one for each R), those of monetary
 * (one, or one for each R and F). */
size_t tsl__rfm_get_lists(const tsl_rfm *rfm);
double *tsl__rfm_get_list(tsl_rfm *rfm, size_t list);
/* 1: cuts that rise, of a method and bins that there are. */
int tsl__rfm_is_sound(const tsl_rfm *rfm);
int tsl__rfm_is_same(const tsl_rfm *a, const tsl_rfm *b); /* to the last bit */
/* 1 where they are found as by default: quantiles in fifths, each column by itself. */
int tsl__rfm_is_usual(const tsl_rfm *rfm);

/* How many cells there are of so many bins; each one's place in tsl_rfm_map.cell. */
size_t tsl__rfm_map_get_cells(const tsl_rfm_map *map);
size_t tsl__rfm_map_get_place(const tsl_rfm_map *map, size_t cell);
/* 1: every cell is of a segment that there is, and codes are codes. */
int tsl__rfm_map_is_sound(const tsl_rfm_map *map);

#endif
