/* ladders.h: the moments that the histories of one x (and pattern of covariates) within one block speak of, in order:
 * what can be added up once for all of them (departures.h) stands on these rungs. */
#ifndef TSL_VALUE_SEARCH_LADDERS_H
#define TSL_VALUE_SEARCH_LADDERS_H

#include "base/error.h"
#include "value/rows/histories.h"
#include "value/terms/likelihood.h"

#include <stddef.h>
#include <stdint.h>

/* What a history speaks of: t_x and t. */
enum { TSL__RUNG_T_X, TSL__RUNG_T, TSL__RUNGS };

typedef struct tsl__ladders {
    double *moment;             /* of a ladder that begins with row i: from TSL__RUNGS * i on */
    uint32_t *count;            /* of its moments, at its first row */
    uint32_t *rung[TSL__RUNGS]; /* one a row: which moment of its ladder */
    size_t most;                /* moments of the longest */
} tsl__ladders;

/* Of rows sorted as tsl__histories_build sorts them. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__ladders_build(const tsl__distinct *histories, int threads, tsl__ladders *out,
                                           tsl_error *err);

/* What the histories of the ladder that begins at `begin` share where one can leave at any moment; NULL of a model by
 * which nobody does so. room: of `most`. */
const tsl__mixture *tsl__ladder_climb(const tsl__ladders *ladders, const tsl__likelihood *model,
                                      const tsl__distinct *histories, size_t begin, int derive, tsl__mixture *room);

/* A history; since: of its ladder. */
static inline tsl__history tsl__ladder_get(const tsl__ladders *ladders, const tsl__distinct *histories,
                                           const tsl__mixture *since, size_t i)
{
    return (tsl__history){histories->column[TSL__HISTORY_X][i], histories->column[TSL__HISTORY_T_X][i],
                          histories->column[TSL__HISTORY_T][i], since ? since + ladders->rung[TSL__RUNG_T_X][i] : NULL,
                          since ? since + ladders->rung[TSL__RUNG_T][i] : NULL};
}

void tsl__ladders_free(tsl__ladders *ladders);

#endif
