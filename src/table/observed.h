/*
 * observed.h: what is observed of the cells of a table, or of a block of its rows.
 *
 * What two blocks show is joined to what both show, in the order of the blocks,
 * so that the same is found however the rows are cut.
 */
#ifndef TSL_TABLE_OBSERVED_H
#define TSL_TABLE_OBSERVED_H

#include "table/cell/date_ends.h"
#include "table/cell/date_evidence.h"
#include "table/cell/decimal_comma.h"
#include "table/lookup.h"
#include "table/schema/plan.h"

/* Of one output. */
typedef struct tsl__output_observed {
    tsl__date_evidence dates;  /* time */
    tsl__date_ends ends;       /* time */
    tsl__date_reading reading; /* time: from the decision on */
    uint64_t bad;              /* cells of an optional column that do not fit, taken as missing */
    char *bad_example;
} tsl__output_observed;

typedef struct tsl__observed {
    tsl__output_observed *output;
    size_t outputs;
    tsl__comma *comma; /* one an input */
    size_t inputs;
    tsl__miss *miss; /* one a lookup */
    size_t lookups;
} tsl__observed;

/* Nothing found yet. Freed also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__observed_open(tsl__observed *observed, const tsl__plan *plan, const tsl__asked *asked,
                                           size_t lookups, tsl_error *err);
void tsl__observed_free(tsl__observed *observed);
/* Takes in those of the block behind, which then hold nothing. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__observed_join(tsl__observed *observed, tsl__observed *behind, tsl_error *err);

#endif
