/* timeline.c: one customer's records, in the order of time, at every level.
 * Lines of one instant are ordered by their values, never by their place in a
 * file, so that a shuffled input gives the same records. */
#include "feature/timeline.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* A row of either event table with the values that its level holds. */
typedef struct tsl__event {
    int64_t time;
    int32_t order;
    uint8_t flags;
    uint8_t clock; /* 1: a time of day was written */
    int64_t value[TSL__SOURCES];
} event;

/* Which columns fill which source, and where a source is kept. */
typedef struct source_row {
    tsl__record_part source;
    tsl_role role;
    unsigned levels; /* bits of tsl__level */
} source_row;

#define AT(level) (1u << (level))

static const source_row sources[] = {
    {TSL__AMOUNT, TSL_ROLE_AMOUNT, AT(TSL__LINES) | AT(TSL__PURCHASE_LINES) | AT(TSL__PURCHASES) | AT(TSL__DAYS)},
    {TSL__MARGIN, TSL_ROLE_COST, AT(TSL__LINES)},
    {TSL__QUANTITY, TSL_ROLE_QUANTITY, AT(TSL__PURCHASES)},
    {TSL__LINE_COUNT, TSL_ROLE_NONE, AT(TSL__PURCHASES)},
    {TSL__PRODUCT, TSL_ROLE_PRODUCT, AT(TSL__PURCHASE_LINES)},
    {TSL__CATEGORY, TSL_ROLE_CATEGORY, AT(TSL__PURCHASE_LINES)},
    {TSL__CHANNEL, TSL_ROLE_CHANNEL, AT(TSL__PURCHASES)},
    {TSL__PAYMENT, TSL_ROLE_PAYMENT, AT(TSL__PURCHASES)},
    {TSL__MINUTES, TSL_ROLE_MINUTES, AT(TSL__INTERACTIONS)},
    {TSL__PAGES, TSL_ROLE_PAGES, AT(TSL__INTERACTIONS)},
    {TSL__SATISFACTION, TSL_ROLE_SATISFACTION, AT(TSL__INTERACTIONS)},
    {TSL__NPS, TSL_ROLE_NPS, AT(TSL__INTERACTIONS)},
};
#define SOURCE_ROWS (sizeof sources / sizeof sources[0])

tsl_status tsl__timeline_reserve(const tsl__grouping *grouping, tsl__timeline *timeline, tsl_error *err)
{
    const size_t lines = grouping->rows[TSL_TRANSACTIONS].longest, acts = grouping->rows[TSL_INTERACTIONS].longest;
    int ok = 1;
    if (timeline->event && lines <= timeline->longest && acts <= timeline->acts) {
        return TSL_OK;
    }
    const size_t longest = lines > timeline->longest ? 2 * lines : timeline->longest;
    const size_t most_acts = acts > timeline->acts ? 2 * acts : timeline->acts;
    tsl__timeline_free(timeline);
    timeline->longest = longest;
    timeline->acts = most_acts;
    timeline->event = tsl__alloc((longest > most_acts ? longest : most_acts) + 1, sizeof *timeline->event);
    for (int level = 0; level < TSL__LEVELS; level++) {
        tsl__view *view = &timeline->view[level];
        size_t most = (level == TSL__INTERACTIONS ? most_acts : longest) + 1;
        view->day = tsl__alloc(most, sizeof *view->day);
        view->flags = tsl__alloc_zero(most, 1);
        ok = ok && view->day && view->flags;
        for (size_t s = 0; s < SOURCE_ROWS; s++) {
            if (sources[s].levels & AT(level)) {
                int64_t *values = tsl__alloc(most, sizeof *values);
                view->value[sources[s].source] = values;
                ok = ok && values;
            }
        }
    }
    if (!ok || !timeline->event) {
        tsl__timeline_free(timeline);
        return tsl__error_nomem(err);
    }
    return TSL_OK;
}

void tsl__timeline_free(tsl__timeline *timeline)
{
    for (int level = 0; level < TSL__LEVELS; level++) {
        free(timeline->view[level].day);
        free(timeline->view[level].flags);
        for (int s = 0; s < TSL__SOURCES; s++) {
            free(timeline->view[level].value[s]);
        }
    }
    free(timeline->event);
    *timeline = (tsl__timeline){0};
}

/* The customer's rows of one table, as events in the order of reading. */
static size_t gather(const tsl__rows *rows, size_t customer, event *out)
{
    if (!rows->table) {
        return 0;
    }
    const int64_t *time = rows->number[TSL_ROLE_TIME];
    const int32_t *order = rows->code[TSL_ROLE_ORDER];
    const uint32_t *row = rows->row + rows->begin[customer];
    const size_t count = rows->begin[customer + 1] - rows->begin[customer];
    for (size_t i = 0; i < count; i++) {
        out[i] = (event){.time = time[row[i]],
                         .order = order ? order[row[i]] : -1,
                         .clock = (uint8_t)tsl__rows_have_clock(rows, row[i])};
    }
    for (size_t s = 0; s < SOURCE_ROWS; s++) {
        const tsl_role role = sources[s].role;
        const int64_t *number = role == TSL_ROLE_NONE ? NULL : rows->number[role];
        const int32_t *code = role == TSL_ROLE_NONE ? NULL : rows->code[role];
        for (size_t i = 0; i < count; i++) {
            out[i].value[sources[s].source] = number ? number[row[i]] : code ? code[row[i]] : TSL_MISSING_INT;
        }
    }
    for (size_t i = 0; i < count; i++) {
        int64_t *cost = &out[i].value[TSL__MARGIN];
        *cost = *cost == TSL_MISSING_INT ? TSL_MISSING_INT : out[i].value[TSL__AMOUNT] - *cost;
    }
    return count;
}

/* A time of day comes before none, so that a midnight that was written is the hour of an order. */
static int compare_values(const event *a, const event *b)
{
    if (a->clock != b->clock) {
        return a->clock ? -1 : 1;
    }
    for (int s = 1; s < TSL__SOURCES; s++) {
        if (a->value[s] != b->value[s]) {
            return a->value[s] < b->value[s] ? -1 : 1;
        }
    }
    return 0;
}

/* By order, then time, then values: an order's first line comes first in it.
 * Lines without an order id make one order a timestamp. */
static int compare_lines(const void *pa, const void *pb)
{
    const event *a = pa, *b = pb;
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    if (a->time != b->time) {
        return a->time < b->time ? -1 : 1;
    }
    return compare_values(a, b);
}

static int compare_times(const void *pa, const void *pb)
{
    const event *a = pa, *b = pb;
    if (a->time != b->time) {
        return a->time < b->time ? -1 : 1;
    }
    int order = compare_values(a, b);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void append(tsl__view *view, const event *e)
{
    size_t i = view->count++;
    view->day[i] = tsl__time_day(e->time);
    view->flags[i] = e->flags;
    for (int s = 1; s < TSL__SOURCES; s++) {
        if (view->value[s]) {
            view->value[s][i] = e->value[s];
        }
    }
}

static uint8_t flags_of_time(int64_t time, int has_clock)
{
    int hour = tsl__time_hour(time), weekday = tsl__day_weekday(tsl__time_day(time));
    int clock = !has_clock ? 0 : TSL__TIMED | (hour >= 18 ? TSL__EVENING : hour < 6 ? TSL__NIGHT : 0);
    return (uint8_t)((weekday >= 5 ? TSL__WEEKEND : 0) | clock);
}

/* Net amount, quantity and lines of the order, in its first line. */
static event sum_order(const event *line, size_t count)
{
    event order = line[0];
    int64_t quantity = 0, amount = 0;
    int known = 0;
    for (size_t i = 0; i < count; i++) {
        amount += line[i].value[TSL__AMOUNT];
        if (line[i].value[TSL__QUANTITY] != TSL_MISSING_INT) {
            quantity += line[i].value[TSL__QUANTITY];
            known = 1;
        }
    }
    order.flags = flags_of_time(order.time, order.clock);
    order.value[TSL__AMOUNT] = amount;
    order.value[TSL__QUANTITY] = known ? quantity : TSL_MISSING_INT;
    order.value[TSL__LINE_COUNT] = (int64_t)count * TSL_DECIMAL_ONE;
    return order;
}

/* Splits the sorted lines into orders; purchases are gathered at the front of
 * `line` (each takes at least one place there), their lines go to the view. */
static size_t split_orders(event *line, size_t count, tsl__timeline *timeline)
{
    size_t purchases = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && line[end].order == line[begin].order &&
                              (line[begin].order >= 0 || line[end].time == line[begin].time);
             end++) {
        }
        timeline->order_count++;
        event order = sum_order(line + begin, end - begin);
        if (order.value[TSL__AMOUNT] > 0) {
            for (size_t i = begin; i < end; i++) {
                append(&timeline->view[TSL__PURCHASE_LINES], &line[i]);
            }
            line[purchases++] = order;
        }
    }
    return purchases;
}

static void fill_days(const tsl__view *purchases, tsl__view *days)
{
    for (size_t i = 0; i < purchases->count; i++) {
        int64_t amount = purchases->value[TSL__AMOUNT][i];
        if (days->count && days->day[days->count - 1] == purchases->day[i]) {
            days->value[TSL__AMOUNT][days->count - 1] += amount;
        } else {
            days->day[days->count] = purchases->day[i];
            days->value[TSL__AMOUNT][days->count++] = amount;
        }
    }
}

static void fill_interactions(const tsl__grouping *grouping, size_t customer, tsl__timeline *timeline)
{
    const tsl__rows *rows = &grouping->rows[TSL_INTERACTIONS];
    event *e = timeline->event;
    size_t count = gather(rows, customer, e);
    const int32_t *kind = rows->code[TSL_ROLE_KIND];
    for (size_t i = 0; i < count; i++) {
        int32_t code = kind ? kind[rows->row[rows->begin[customer] + i]] : -1;
        e[i].flags = !kind ? TSL__VISIT : code >= 0 ? grouping->kind_flags[code] : 0;
    }
    qsort(e, count, sizeof *e, compare_times);
    for (size_t i = 0; i < count; i++) {
        append(&timeline->view[TSL__INTERACTIONS], &e[i]);
    }
}

void tsl__timeline_fill(const tsl__grouping *grouping, size_t customer, tsl__timeline *timeline)
{
    timeline->order_count = 0;
    for (int level = 0; level < TSL__LEVELS; level++) {
        timeline->view[level].count = 0;
    }
    event *e = timeline->event;
    size_t count = gather(&grouping->rows[TSL_TRANSACTIONS], customer, e);
    qsort(e, count, sizeof *e, compare_times);
    for (size_t i = 0; i < count; i++) {
        append(&timeline->view[TSL__LINES], &e[i]);
    }
    qsort(e, count, sizeof *e, compare_lines);
    size_t purchases = split_orders(e, count, timeline);
    qsort(e, purchases, sizeof *e, compare_times);
    for (size_t i = 0; i < purchases; i++) {
        append(&timeline->view[TSL__PURCHASES], &e[i]);
    }
    fill_days(&timeline->view[TSL__PURCHASES], &timeline->view[TSL__DAYS]);
    fill_interactions(grouping, customer, timeline);
}
