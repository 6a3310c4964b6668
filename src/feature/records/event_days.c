/* event_days.c: the days of a customer that his history is made of, and what was spent on each: an order that is taken
 * back on its day, in whichever order, is not spent. docs/methods/value.md. */
#include "feature/records/event_days.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

static tsl_status reserve(tsl__event_days *days, size_t most, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *day = days->day, *amount = days->amount;
    const int failed = tsl__reserve(&day, &days->day_room, most, sizeof *days->day) ||
                       tsl__reserve(&amount, &days->amount_room, most, sizeof *days->amount);
    days->day = day;
    days->amount = amount;
    TSL__NEED(failed ? NULL : days);
done:
    return status;
}

/* Records of one day, by rising days, are one event. */
static void add_up(const tsl__view *of, tsl__event_days *out)
{
    out->count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const int64_t amount = of->value[TSL__AMOUNT][i];
        if (out->count && out->day[out->count - 1] == of->day[i]) {
            out->amount[out->count - 1] += amount;
        } else {
            out->day[out->count] = of->day[i];
            out->amount[out->count++] = amount;
        }
    }
}

static int compare_days(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Returns and cancelled orders, off the day on which they were entered; where nothing was bought there is no such day.
 */
static void take_off(const tsl__timeline *timeline, tsl__event_days *out)
{
    for (size_t i = 0; out->count && i < timeline->loss_count; i++) {
        int64_t amount;
        const int32_t day = tsl__timeline_get_loss(timeline, i, &amount);
        const int32_t *at = bsearch(&day, out->day, out->count, sizeof day, compare_days);
        if (at) {
            out->amount[at - out->day] += amount;
        }
    }
}

tsl_status tsl__event_days_fill(const tsl__timeline *timeline, tsl_events events, tsl__event_days *out, tsl_error *err)
{
    const tsl__view *of = &timeline->view[events == TSL_EVENTS_ALL ? TSL__LINES : TSL__DAYS];
    tsl_status status = TSL_OK;
    TSL__TRY(reserve(out, of->count + 1, err));
    add_up(of, out);
    if (events != TSL_EVENTS_ALL) {
        take_off(timeline, out);
    }
done:
    return status;
}

void tsl__event_days_free(tsl__event_days *days)
{
    free(days->day);
    free(days->amount);
    *days = (tsl__event_days){0};
}
