/*
 * parse_clock.h: the time of day behind a date, and the zone behind that.
 *
 * 8:26, 08:26:59.5, 8:26 PM, 3 p.m., 下午3:20, 14时30分; Z, UTC, GMT, +08:00,
 * +0800, +08, UTC+8. 24:00:00 is the end of the day. Parts of a second are cut
 * off. A zone's name (CST, IST, Europe/Berlin) is none: most stand for several.
 */
#ifndef TSL_TABLE_DATE_PARSE_CLOCK_H
#define TSL_TABLE_DATE_PARSE_CLOCK_H

#include <stdint.h>

#include "table/cell/span.h"
#include "table/cell/text_cursor.h"

typedef struct tsl__day_clock {
    int seconds; /* since midnight: 0 to 86400 */
    int has_zone;
    int32_t offset; /* seconds east of UTC, whole minutes; 0 without a zone */
} tsl__day_clock;

/* What is wrong with the time of day. */
typedef enum tsl__clock_fault { TSL__CLOCK_GOOD, TSL__CLOCK_BAD, TSL__CLOCK_ZONE_NAME } tsl__clock_fault;

/* Reads all that is left of the cell. */
tsl__clock_fault tsl__clock_take(tsl__cursor *c, tsl__day_clock *out);
/* Seconds since midnight of a trimmed cell that is a time of day alone, without a zone, also 152059 (SAP); -1: it is
 * none. */
int tsl__clock_read(tsl__span cell);

#endif
