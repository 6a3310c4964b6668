/* succession.h: who was in which segment of an earlier run. */
#ifndef TSL_LABEL_SUCCESSION_H
#define TSL_LABEL_SUCCESSION_H

#include <tesela/label.h>

/* Of each customer the segment, from 0, that he was in by id, owned; -1: none. segments: named by number.
 * TSL_E_INPUT: no ids, an id that stands twice. */
TSL_FALLIBLE tsl_status tsl__succession_match(const tsl_features *features, const tsl_policy *policy,
                                              const tsl_partition *segments, int32_t **out, tsl_error *err);
/* Of each of their labels the segment, from 0, with that number; -1: there is none. Owned. */
TSL_FALLIBLE tsl_status tsl__succession_index(const tsl_policy *policy, const tsl_partition *segments, int32_t **out,
                                              tsl_error *err);

/* Of each customer the row of the segments that has his id, owned; -1: none. Errors as above. */
TSL_FALLIBLE tsl_status tsl__succession_find_rows(const tsl_features *features, const tsl_partition *segments,
                                                  int32_t **out, tsl_error *err);

#endif
