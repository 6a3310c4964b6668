/* unknown_dates.c: 1900-01-01 and 1970-01-01 in a column of the customers' dates, as programs write where none is
 * known. */
#include <stdlib.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/schema/asked.h"
#include "table/schema/typing.h"

#define FAR_DAYS 365   /* as for dates that stand far from all others */
#define FEWEST_DATES 3 /* of less beside it nothing is the rule */

/* The number of such a day; -1 for any other. */
static int find_number(int64_t time)
{
    for (int d = 0; d < TSL__UNKNOWN_DAYS; d++) {
        if (time != TSL_MISSING_INT && tsl__time_day(time) == tsl__unknown_day(d)) {
            return d;
        }
    }
    return -1;
}

/* Which of them lie over a year from all dates that are none of them, as bits. */
static unsigned find_far(const tsl__profile *p, const tsl_column *c)
{
    size_t dates = 0;
    unsigned far = (1u << TSL__UNKNOWN_DAYS) - 1;
    for (size_t row = 0; row < p->rows; row++) {
        const int64_t time = c->integer[row];
        if (time == TSL_MISSING_INT || find_number(time) >= 0) {
            continue;
        }
        dates++;
        for (int d = 0; d < TSL__UNKNOWN_DAYS; d++) {
            far &= abs(tsl__time_day(time) - tsl__unknown_day(d)) > FAR_DAYS ? ~0u : ~(1u << d);
        }
    }
    return dates >= FEWEST_DATES ? far : 0;
}

/* One thing is said of the placeholders: how many there are, and which of them are missing. A time in a zone may turn
 * out to be such a day, and is none of them. */
static tsl_status note_unknown(const tsl__profile *p, const size_t count[TSL__UNKNOWN_DAYS], tsl_notes *notes,
                               tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    for (int d = 0; d < TSL__UNKNOWN_DAYS; d++) {
        char day[11];
        tsl_day_write(tsl__unknown_day(d), day);
        if (count[d]) {
            tsl__text_puts(&text, text.length             ? ", "
                                  : p->knows_unknown_days ? "; taken as missing, as it was in the earlier table: "
                                                          : "; taken as missing, over a year from all other dates: ");
            tsl__text_printf(&text, "%zu of %s", count[d], day);
        }
    }
    TSL__NEED(!text.failed);
    TSL__TRY(
        tsl__date_evidence_note_placeholders(&p->evidence, p->output->name, text.length ? text.data : "", notes, err));
    if (text.length && !p->evidence.placeholders) {
        TSL__TRY(tsl__notes_add(notes, "%s: dates%s", p->output->name, text.data + 1));
    }
done:
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__profile_drop_unknown(tsl__profile *p, tsl_column *c, tsl_notes *notes, tsl_error *err)
{
    int64_t *time = (int64_t *)(uintptr_t)c->integer;
    const unsigned days = p->knows_unknown_days ? p->unknown_days : find_far(p, c);
    size_t count[TSL__UNKNOWN_DAYS] = {0};
    p->unknown_days = p->knows_unknown_days ? p->unknown_days : 0;
    for (size_t row = 0; row < p->rows; row++) {
        const int d = find_number(time[row]);
        if (d >= 0 && days >> d & 1u) {
            time[row] = TSL_MISSING_INT;
            c->missing++;
            count[d]++;
            p->unknown_days |= 1u << d;
        }
    }
    return note_unknown(p, count, notes, err);
}
