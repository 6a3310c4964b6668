/*
 * zone.h: the wall clock of a place: seconds of UTC -> seconds of its clock.
 *
 * A zone is a fixed offset (+08:00), UTC, or a name of the system's time zone
 * database (Asia/Shanghai), read from its TZif files (RFC 8536); beyond the
 * last change of a file its footer rules. Zones are read-only once open, so that
 * many threads may ask one; nothing of the process (TZ, tzset) plays a part.
 *
 * There is no way back from wall clock to UTC: an hour of each autumn would
 * have two answers and one of each spring none, and nothing here asks.
 */
#ifndef TSL_BASE_ZONE_H
#define TSL_BASE_ZONE_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/base.h>

/* No clock is further off UTC, either way (Kiribati's is as far): what is written so is no zone. */
#define TSL__ZONE_MINUTES_MAX (14 * 60)

typedef struct tsl__zone tsl__zone;

/* *out is owned. TSL_E_OPTION: no zone of that name (the message says so where the system has no
 * time zone database at all); TSL_E_INPUT: its file is damaged; TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__zone_open(const char *name, tsl__zone **out, tsl_error *err);
/* The same of the bytes of a TZif file; `name` for messages. */
TSL_FALLIBLE tsl_status tsl__zone_read(const uint8_t *bytes, size_t count, const char *name, tsl__zone **out,
                                       tsl_error *err);
void tsl__zone_free(tsl__zone *zone); /* NULL is fine */

const char *tsl__zone_get_name(const tsl__zone *zone);
/* Seconds to add to seconds of UTC, of the years 1 to 9999; O(log changes). */
int32_t tsl__zone_get_offset(const tsl__zone *zone, int64_t utc);

#endif
