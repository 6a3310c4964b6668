/*
 * date_evidence.h: what the cells of a column show of how its dates are meant.
 *
 * No cell is read by what the cells before it showed: evidence is gathered block
 * by block, joined in the order of the file, and decided once all of it is
 * there, so that the cuts between blocks change nothing. What the column leaves
 * open is refused with the cells that would have to decide; nothing is guessed.
 *
 * - Day, month, year: a cell that fits one order alone proves it for all.
 * - Swapped ones: a spreadsheet that takes texts for dates of its own order does so where the day is 12 at most: all
 *   with the year first are such, and none of those that stayed texts.
 * - Numbers alone: of one kind in all cells, or refused; none beside written dates.
 * - Zones: one offset stays as it was written; several are converted, to the
 *   declared zone or else to UTC; cells without a zone among those with one need
 *   a declared zone, and are its wall clock.
 */
#ifndef TSL_TABLE_DATE_DATE_EVIDENCE_H
#define TSL_TABLE_DATE_DATE_EVIDENCE_H

#include "base/zone.h"
#include "table/date/fixed_time.h"
#include "table/date/parse_date.h"

/* A cell and where it stands; text "" for none. */
typedef struct tsl__date_example {
    const char *file; /* borrowed; NULL: not told */
    uint64_t line;
    char text[48];
} tsl__date_example;

/* Pairs of orders that a cell may tell apart: YMD and MDY, YMD and DMY, MDY and DMY. */
#define TSL__ORDER_PAIRS 3

/* Starts as zeros, with the declared order. Counts are of cells that are dates; each example is the first of its kind.
 */
typedef struct tsl__date_evidence {
    tsl_date_order declared; /* TSL_DATES_AUTO: the column is to prove it */
    uint64_t repeats;        /* further cells that each one taken in stands for: of distinct texts */
    uint64_t form[TSL__DATE_FORMS];
    tsl__date_example first[TSL__DATE_FORMS];
    uint64_t with_clock; /* a time of day was written; where any cell has one, the column has a clock */
    tsl__date_example first_with_clock, first_without_clock;
    uint64_t with_zone; /* of those with a clock */
    tsl__date_example first_with_zone, first_without_zone;
    int32_t offset, other_offset; /* of the first with a zone, and of the first that differs */
    tsl__date_example other_zone;
    tsl__date_example excludes[TSL_DATES_DMY + 1]; /* an open cell that does not fit the order */
    tsl__date_example differs[TSL__ORDER_PAIRS];   /* an open cell that the two orders read differently */
    uint64_t years;                                /* serial numbers that are whole and could be years: 1900 to 2200 */
    uint64_t days_of_month;                        /* likewise up to 31 */
    uint64_t late_days;    /* dates with the year first that lie behind the 12th of their month */
    uint64_t early_texts;  /* dates with the year last whose day and month are both 12 at most */
    uint64_t placeholders; /* dates that stand for none, and cells like 9999-12-31, which are no dates */
    tsl__date_example first_placeholder;
} tsl__date_evidence;

/* Reads a trimmed cell alone: *value as below. */
tsl__date_fault tsl__date_read(tsl__span cell, tsl_date_order declared, int64_t *value);

/* Takes in a trimmed cell: *value is a value on the way (parse_date.h), or TSL_MISSING_INT where the fault that is
 * returned is not TSL__DATE_GOOD. The same cell gives the same value whatever came before. clock: the time of day of
 * another cell, for a day that has none, in seconds; or -1. */
tsl__date_fault tsl__date_evidence_add(tsl__date_evidence *e, tsl__span cell, int clock, const char *file,
                                       uint64_t line, int64_t *value);

/* Counts a time of a common form, as tsl__date_evidence_add would; 0 where it shows more, as the first of its kind
 * does, a zone, or a day that may be a placeholder: nothing is done then. */
static inline int tsl__date_evidence_add_fixed(tsl__date_evidence *e, const tsl__fixed_time *time)
{
    const tsl__date_example *first = time->has_clock ? &e->first_without_zone : &e->first_without_clock;
    if (!first->text[0] || !e->form[TSL__DATE_YEAR_FIRST] || time->has_zone || time->day <= 0) {
        return 0;
    }
    e->form[TSL__DATE_YEAR_FIRST]++;
    e->with_clock += (uint64_t)time->has_clock;
    e->late_days += (uint64_t)time->is_late;
    return 1;
}

/* Likewise a time of an array, which is a wall clock already: counted, and without doubt; outside the calendar a fault.
 */
tsl__date_fault tsl__date_evidence_add_seconds(tsl__date_evidence *e, int64_t seconds, int has_clock, const char *file,
                                               uint64_t line);

/* 1: day, month and year of some cells are for the column to tell. */
int tsl__date_evidence_is_open(const tsl__date_evidence *e);
/* The one order that fits all open cells; TSL_DATES_AUTO where there are none, or several, or it was declared. */
tsl_date_order tsl__date_evidence_get_proven(const tsl__date_evidence *e);
/* The order to remember of a column that was decided so; TSL_DATES_AUTO for none. */
tsl_date_order tsl__date_evidence_keep(const tsl__date_evidence *e, tsl_date_order before, tsl_date_order decided);

/* Joins that of the cells behind to that of the cells before. Associative. */
void tsl__date_evidence_join(tsl__date_evidence *before, const tsl__date_evidence *behind);

static inline uint64_t tsl__date_evidence_get_count(const tsl__date_evidence *e)
{
    uint64_t count = 0;
    for (int form = 0; form < TSL__DATE_FORMS; form++) {
        count += e->form[form];
    }
    return count;
}

/* How the values of a column become seconds of the wall clock. */
typedef struct tsl__date_reading {
    tsl_date_order order;  /* of open dates; TSL_DATES_AUTO: there is none that matters */
    const tsl__zone *zone; /* borrowed: of instants; NULL: by the offset */
    int32_t offset;        /* seconds that are added to instants; 0 for UTC */
    int births;            /* 1: dates of birth, of which none with a year of two digits ... */
    int32_t born_before;   /* ... lies on this day or after it: it is of the century before */
} tsl__date_reading;

/* Why a column cannot be read. */
typedef enum tsl__date_doubt {
    TSL__DATES_SURE,
    TSL__DATES_MIXED_FORMS,  /* numbers of two kinds, or numbers and written dates */
    TSL__DATES_YEARS,        /* whole numbers from 1900 to 2200: years, or serial numbers of the years 1905 and 1906 */
    TSL__DATES_MIXED_ORDERS, /* no order fits all cells */
    TSL__DATES_OPEN_ORDER,   /* several do, and read a cell differently */
    TSL__DATES_SWAPPED,      /* a spreadsheet took texts for dates of another order, where it could */
    TSL__DATES_MIXED_ZONES   /* some cells with a zone and some without */
} tsl__date_doubt;

/* Decides. `before`: the order that the column had in an earlier table, which settles what this one leaves open, or
 * TSL_DATES_AUTO. `zone`: the declared one, or NULL; out->zone borrows it. */
tsl__date_doubt tsl__date_evidence_decide(const tsl__date_evidence *e, tsl_date_order before, const tsl__zone *zone,
                                          tsl__date_reading *out);
/* TSL_E_INPUT that shows the cells which are the reason. */
TSL_FALLIBLE tsl_status tsl__date_evidence_fail(const tsl__date_evidence *e, tsl__date_doubt doubt, const char *column,
                                                tsl_error *err);
/* TSL_E_INPUT where numbers are read as times and the column's name tells another unit in brackets: "when (days)"
 * counts from a day that nobody told. */
TSL_FALLIBLE tsl_status tsl__date_evidence_check_unit(const tsl__date_evidence *e, const char *column, tsl_error *err);
/* TSL_E_INPUT where no number is over 31: hours, weekdays or days of a month, unless `option` says that they count
 * days.
 */
TSL_FALLIBLE tsl_status tsl__date_evidence_check_days(const tsl__date_evidence *e, const char *column,
                                                      const char *option, tsl_error *err);
/* Notes what a reader of the results should know of how the column was read: years of two digits, numbers, several
 * offsets, cells without a time of day among others. */
TSL_FALLIBLE tsl_status tsl__date_evidence_note(const tsl__date_evidence *e, const tsl__date_reading *reading,
                                                const char *column, tsl_notes *notes, tsl_error *err);
/* Notes the placeholders, if there are some; end: what became of them. */
TSL_FALLIBLE tsl_status tsl__date_evidence_note_placeholders(const tsl__date_evidence *e, const char *column,
                                                             const char *end, tsl_notes *notes, tsl_error *err);
/* Notes that no cell of the column tells day from month, and that it is read as the other columns of its table. */
TSL_FALLIBLE tsl_status tsl__date_evidence_note_common(const tsl__date_evidence *e, const tsl__date_reading *reading,
                                                       const char *column, tsl_notes *notes, tsl_error *err);

/* A value on the way as seconds of the wall clock; missing stays missing. */
int64_t tsl__date_settle(const tsl__date_reading *reading, int64_t value);
/* Seconds of the wall clock that stand for a date of birth: a year of two digits is of a century that is past. */
int64_t tsl__date_settle_birth(const tsl__date_reading *reading, tsl__date_form form, int64_t seconds);

/* The earliest and latest seconds of the wall clock that a value on the way may become, whatever is decided: for what
 * can be told before (a row far before the as-of day is not late). Missing gives both missing. */
void tsl__date_get_bounds(int64_t value, int64_t *least, int64_t *most);

#endif
