/* date_ends.c: keeps the first and last time of a column until it is decided. */
#include "table/date/date_ends.h"

#define INSTANT 1 /* kinds: 0 settled, 2 4 6 by the orders; one more where a zone was written */

static int kind_of(tsl_date_order order)
{
    return 2 * (int)order;
}

static void add(tsl__date_ends *ends, int kind, int64_t time, size_t file, uint64_t line)
{
    if (!ends->count[kind] || time < ends->first[kind].time) {
        ends->first[kind] = (tsl__dated){time, file, line};
    }
    if (!ends->count[kind] || time > ends->last[kind].time) {
        ends->last[kind] = (tsl__dated){time, file, line};
    }
    ends->count[kind]++;
}

void tsl__date_ends_add(tsl__date_ends *ends, int64_t value, size_t file, uint64_t line)
{
    if (value == TSL_MISSING_INT) {
        return;
    }
    if (!tsl__time_is_open(value)) {
        int instant = tsl__time_is_instant(value);
        int64_t base = instant ? TSL__TIME_INSTANT : tsl__time_is_day(value) ? TSL__TIME_DAY : 0;
        add(ends, instant ? INSTANT : 0, value - base, file, line);
        return;
    }
    int32_t offset;
    int instant = tsl__open_get_offset(value, &offset);
    for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY; order++) {
        int64_t time = tsl__open_get(value, (tsl_date_order)order);
        if (time != TSL_MISSING_INT) {
            add(ends, kind_of((tsl_date_order)order) + instant, time - offset, file, line);
        }
    }
}

void tsl__date_ends_join(tsl__date_ends *before, const tsl__date_ends *behind)
{
    for (int kind = 0; kind < TSL__END_KINDS; kind++) {
        if (!behind->count[kind]) {
            continue;
        }
        if (!before->count[kind] || behind->first[kind].time < before->first[kind].time) {
            before->first[kind] = behind->first[kind];
        }
        if (!before->count[kind] || behind->last[kind].time > before->last[kind].time) {
            before->last[kind] = behind->last[kind];
        }
        before->count[kind] += behind->count[kind];
    }
}

/* 1: a lies before b in the files. */
static int stands_before(const tsl__dated *a, const tsl__dated *b)
{
    return a->file != b->file ? a->file < b->file : a->line < b->line;
}

/* The outermost of the kinds that are read so; sign: 1 last, -1 first. */
static tsl__dated choose(const tsl__date_ends *ends, const tsl__dated *end, const tsl__date_reading *reading, int sign)
{
    const int own = kind_of(reading->order);
    tsl__dated best = {.time = TSL_MISSING_INT};
    for (int kind = 0; kind < TSL__END_KINDS; kind++) {
        if (!ends->count[kind] || (kind > INSTANT && kind != own && kind != own + INSTANT)) {
            continue;
        }
        tsl__dated at = end[kind];
        at.time = tsl__date_settle(reading, kind % 2 ? TSL__TIME_INSTANT + at.time : at.time);
        int farther = sign > 0 ? at.time > best.time : at.time < best.time;
        if (best.time == TSL_MISSING_INT || farther || (at.time == best.time && stands_before(&at, &best))) {
            best = at;
        }
    }
    return best;
}

tsl__dated tsl__date_ends_get_first(const tsl__date_ends *ends, const tsl__date_reading *reading)
{
    return choose(ends, ends->first, reading, -1);
}

tsl__dated tsl__date_ends_get_last(const tsl__date_ends *ends, const tsl__date_reading *reading)
{
    return choose(ends, ends->last, reading, 1);
}
