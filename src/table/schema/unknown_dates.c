/* unknown_dates.c: 1900-01-01 and 1970-01-01 in a column of the customers' dates, as programs write where none is
 * known. */
#include <stdlib.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
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

tsl_status tsl__profile_drop_unknown(tsl__profile *p, tsl_column *c, tsl_notes *notes, tsl_error *err)
{
    int64_t *time = (int64_t *)(uintptr_t)c->integer;
    const unsigned days = p->knows_unknown_days ? p->unknown_days : find_far(p, c);
    size_t count[TSL__UNKNOWN_DAYS] = {0};
    tsl_status status = TSL_OK;
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
    for (int d = 0; d < TSL__UNKNOWN_DAYS; d++) {
        char day[11];
        tsl_day_write(tsl__unknown_day(d), day);
        TSL__TRY(count[d] ? tsl__notes_add(notes, "%s: %zu cell%s %s, %s, and taken as missing", p->output->name,
                                           count[d], count[d] == 1 ? " is" : "s are", day,
                                           p->knows_unknown_days ? "which stood for no date in the earlier table"
                                                                 : "over a year away from all other dates")
                          : TSL_OK);
    }
done:
    return status;
}
