/* event_days.h: the days of a customer that his history is made of. */
#ifndef TSL_FEATURE_RECORDS_EVENT_DAYS_H
#define TSL_FEATURE_RECORDS_EVENT_DAYS_H

#include "feature/records/timeline.h"

/* Rising, each once. Starts as zeros. */
typedef struct tsl__event_days {
    size_t count;
    int32_t *day;
    int64_t *amount; /* net amount of the day, 1/10000 */
    size_t day_room, amount_room;
} tsl__event_days;

/* Of the customer whose records, orders too, the timeline has: the days with a purchase, each with the net amount of
 * all orders of the day, so that what was taken back on the day is not spent. With TSL_EVENTS_ALL the days with a line,
 * each with what its lines come to. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__event_days_fill(const tsl__timeline *timeline, tsl_events events, tsl__event_days *out,
                                             tsl_error *err);
void tsl__event_days_free(tsl__event_days *days);

#endif
