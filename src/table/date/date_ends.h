/*
 * date_ends.h: the first and last time of a column whose values are on the way, and where they stood.
 *
 * Which of two open dates is the earlier one, and whether a time with a zone is
 * earlier than one without, is known once the column is decided: until then the
 * ends of each kind are kept. A zone's clock goes on as UTC does, but for the
 * hour that it repeats: the last time may be one of that hour in place of
 * another, on the same day.
 */
#ifndef TSL_TABLE_DATE_DATE_ENDS_H
#define TSL_TABLE_DATE_DATE_ENDS_H

#include "table/date/date_evidence.h"
#include "table/date/outlying_dates.h"

/* Wall clocks and instants, settled and by three orders. */
#define TSL__END_KINDS 8

/* Starts as zeros; times are kept beside their count, so that none is one. */
typedef struct tsl__date_ends {
    uint64_t count[TSL__END_KINDS];
    tsl__dated first[TSL__END_KINDS], last[TSL__END_KINDS];
} tsl__date_ends;

/* Takes in a value on the way; missing ones are passed over. Of equal times the first that is added stays. */
void tsl__date_ends_add(tsl__date_ends *ends, int64_t value, size_t file, uint64_t line);
/* Takes in settled seconds of the wall clock where they lie between the ends; 0 where they do not, or there are none.
 */
static inline int tsl__date_ends_hold(tsl__date_ends *ends, int64_t time)
{
    const int holds = ends->count[0] && time >= ends->first[0].time && time <= ends->last[0].time;
    ends->count[0] += (uint64_t)holds;
    return holds;
}
/* Joins those of the cells behind to those of the cells before. Associative. */
void tsl__date_ends_join(tsl__date_ends *before, const tsl__date_ends *behind);
/* As the column is read; time TSL_MISSING_INT where there is none. */
tsl__dated tsl__date_ends_get_first(const tsl__date_ends *ends, const tsl__date_reading *reading);
tsl__dated tsl__date_ends_get_last(const tsl__date_ends *ends, const tsl__date_reading *reading);

#endif
