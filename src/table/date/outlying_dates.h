/*
 * outlying_dates.h: dates that stand far from all others: a slip of the pen or a
 * placeholder, which moves the as-of day or makes a customer old.
 *
 * Rows of events that stand far behind all others do not set the as-of day, and
 * are rejected as lying after it; else this is only a note, and the dates are
 * used as they stand. The rule looks at the data alone, never at today's date.
 */
#ifndef TSL_TABLE_DATE_OUTLYING_DATES_H
#define TSL_TABLE_DATE_OUTLYING_DATES_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/table.h>

/* A time and where it stood. */
typedef struct tsl__dated {
    int64_t time; /* TSL_MISSING_INT: none */
    size_t file;  /* index of the table's files */
    uint64_t line;
} tsl__dated;

/* Days behind which few rows lie, and those over a year away, or far beyond the rhythm of the others
 * (docs/methods/dates.md). */
typedef struct tsl__outlying {
    size_t early, late; /* rows that lie so; 0: none */
    size_t late_days;   /* different days of the late ones: a slip of the pen has few */
    int32_t from, to;   /* first and last day of the others */
    int32_t gap;        /* days from there to the first late one */
    size_t dated;       /* rows that have a date */
} tsl__outlying;

/* Rows a day, and the sum of their amounts: what is known of times that are not kept. */
typedef struct tsl__day_counts {
    uint32_t *count;    /* one a day from TSL__CALENDAR_FIRST on; NULL: none */
    __int128 *sum;      /* likewise */
    int time_of_day;    /* 1: a time is not midnight */
    uint64_t unsettled; /* values on the way whose day the column decides: not in count */
} tsl__day_counts;

#define TSL__CALENDAR_FIRST (-25567) /* 1900-01-01 */
#define TSL__CALENDAR_DAYS 109939    /* up to 2200-12-31, and one more */

/* A value on the way; missing ones are passed over. amount: TSL_MISSING_INT: none. 0 on success, -1: out of memory. */
int tsl__day_counts_add(tsl__day_counts *counts, int64_t value, int64_t amount);
/* The same of a day of the calendar; 0 where there is no room yet. */
static inline int tsl__day_counts_hold(tsl__day_counts *counts, int32_t day, int has_time_of_day, int64_t amount)
{
    const uint32_t at = (uint32_t)(day - TSL__CALENDAR_FIRST);
    if (!counts->count || at >= TSL__CALENDAR_DAYS) {
        return 0;
    }
    counts->time_of_day |= has_time_of_day;
    counts->count[at]++;
    counts->sum[at] += amount == TSL_MISSING_INT ? 0 : amount;
    return 1;
}
int tsl__day_counts_join(tsl__day_counts *counts, const tsl__day_counts *other);
void tsl__day_counts_free(tsl__day_counts *counts);

/* The same as tsl__outlying_find of the times that were counted. */
void tsl__outlying_count(const tsl__day_counts *counts, tsl__outlying *out);
/* Missing times do not count. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__outlying_find(const int64_t *time, size_t rows, tsl__outlying *out, tsl_error *err);

/* What late rows do to the as-of day. */
typedef enum tsl__outlying_effect {
    TSL__OUTLYING_NONE,    /* nothing: it is given; late rows are not noted */
    TSL__OUTLYING_ALONE,   /* move it where no other table has dates */
    TSL__OUTLYING_MOVES,   /* move it: they are of so many days that they are no slip */
    TSL__OUTLYING_REJECTED /* they do not, and are rejected */
} tsl__outlying_effect;

/* What the late rows of a table of events do, where no as-of day is given. */
tsl__outlying_effect tsl__outlying_get_effect(const tsl__outlying *far);

/* Notes what was found of the column `what`. */
TSL_FALLIBLE tsl_status tsl__outlying_note(const tsl__outlying *far, const char *what, const tsl__dated *first,
                                           const tsl__dated *last, const char *const *files,
                                           tsl__outlying_effect effect, tsl_notes *notes, tsl_error *err);

#endif
