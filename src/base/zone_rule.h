/* zone_rule.h: the footer of a TZif file, which rules what comes after its last change: a POSIX TZ text, such as
 * CET-1CEST,M3.5.0,M10.5.0/3. */
#ifndef TSL_BASE_ZONE_RULE_H
#define TSL_BASE_ZONE_RULE_H

#include <stddef.h>
#include <stdint.h>

/* A day of each year, and a time of it, at which the clock changes. */
typedef struct tsl__zone_change {
    char kind;            /* 'M' month, week, weekday; 'J' day 1 to 365 without leap days; 'D' day 0 to 365 */
    int month, week, day; /* day: of the week from Sunday, or of the year */
    int32_t seconds;      /* wall clock before the change, since midnight: -167 to 167 hours */
} tsl__zone_change;

typedef struct tsl__zone_rule {
    int32_t offset, summer_offset; /* seconds east of UTC */
    int has_summer;
    tsl__zone_change begin, end; /* of summer time */
} tsl__zone_rule;

/* Reads the whole of such a text, with the extensions of RFC 8536; 0 on success. */
int tsl__zone_rule_read(const char *text, size_t n, tsl__zone_rule *out);
int32_t tsl__zone_rule_get_offset(const tsl__zone_rule *rule, int64_t utc);

#endif
