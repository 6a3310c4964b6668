/* month_sums.c: rejected rows by what tells their month. */
#include "table/row/month_sums.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "base/hash.h"

/* ---- What tells the month -------------------------------------------------------- */

#define MIDDLE 15        /* a day that every month has */
#define QUARTER_HOUR 900 /* zones differ by these */
#define MONTH_BITS 20    /* of each order's month in the key of an open date */
#define MONTH_MASK ((INT64_C(1) << MONTH_BITS) - 1)

/* The middle of the month, in seconds. */
static int64_t get_middle(int64_t time)
{
    int year, month, day;
    tsl__day_split(tsl__time_day(time), &year, &month, &day);
    return (int64_t)tsl__day_make(year, month, MIDDLE) * TSL__DAY_SECONDS;
}

/* Its month by each of the orders; 0 by one that does not fit. */
static int64_t get_open_key(int64_t open)
{
    int64_t key = 0;
    for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY; order++) {
        const int64_t time = tsl__open_get(open, (tsl_date_order)order);
        key = key << MONTH_BITS | (time == TSL_MISSING_INT ? 0 : tsl__day_month(tsl__time_day(time)));
    }
    return TSL__TIME_OPEN_BIT | key;
}

/* Seconds of UTC: near the ends of a month the zone decides. */
static int64_t get_instant_key(int64_t seconds)
{
    const int64_t middle = get_middle(seconds);
    const int is_sure =
        get_middle(seconds - TSL__DAY_SECONDS) == middle && get_middle(seconds + TSL__DAY_SECONDS) == middle;
    return TSL__TIME_INSTANT + (is_sure ? middle : seconds - (seconds % QUARTER_HOUR + QUARTER_HOUR) % QUARTER_HOUR);
}

static int64_t get_key(int64_t time)
{
    return time == TSL_MISSING_INT      ? time
           : tsl__time_is_open(time)    ? get_open_key(time)
           : tsl__time_is_instant(time) ? get_instant_key(time - TSL__TIME_INSTANT)
                                        : get_middle(tsl__time_is_day(time) ? time - TSL__TIME_DAY : time);
}

int32_t tsl__month_sum_get_day(const tsl__month_sum *sum, const tsl__date_reading *reading)
{
    if (sum->key == TSL_MISSING_INT || (tsl__time_is_open(sum->key) && reading->order == TSL_DATES_AUTO)) {
        return TSL_NO_DAY;
    }
    if (!tsl__time_is_open(sum->key)) {
        return tsl__time_day(tsl__date_settle(reading, sum->key));
    }
    const int64_t month = sum->key >> MONTH_BITS * (TSL_DATES_DMY - (int)reading->order) & MONTH_MASK;
    return month ? tsl__day_make((int)(month / 12), (int)(month % 12) + 1, MIDDLE) : TSL_NO_DAY;
}

/* ---- The sums -------------------------------------------------------------------- */

/* Twice as many slots as sums, with those that there are. */
static int spread(tsl__month_sums *s)
{
    tsl__slots slots;
    if (2 * (s->count + 1) <= s->slots.count) {
        return 0;
    }
    if (tsl__slots_open(&slots, 4 * (s->count + 1))) {
        return -1;
    }
    for (size_t i = 0; i < s->count; i++) {
        *tsl__slots_find(&slots, tsl__hash64(&s->of[i].key, sizeof s->of[i].key, 0), NULL, NULL) = i + 1;
    }
    free(s->slots.slot);
    s->slots = slots;
    return 0;
}

typedef struct wanted {
    const tsl__month_sums *sums;
    int64_t key;
} wanted;

static int is_same(const void *key, uint64_t number)
{
    const wanted *w = key;
    return w->sums->of[number - 1].key == w->key;
}

/* The sum of a key, made where there is none; NULL: out of memory. */
static tsl__month_sum *find_sum(tsl__month_sums *s, int64_t key)
{
    const wanted w = {s, key};
    void *of = s->of;
    if (s->count && s->of[s->last].key == key) { /* rows of a day stand together */
        return &s->of[s->last];
    }
    if (spread(s)) {
        return NULL;
    }
    uint64_t *slot = tsl__slots_find(&s->slots, tsl__hash64(&key, sizeof key, 0), is_same, &w);
    if (!*slot) {
        if (tsl__reserve(&of, &s->capacity, s->count + 1, sizeof *s->of)) {
            return NULL;
        }
        s->of = of;
        s->of[s->count] = (tsl__month_sum){.key = key};
        *slot = ++s->count;
    }
    s->last = *slot - 1;
    return &s->of[s->last];
}

tsl_status tsl__month_sums_add(tsl__month_sums *s, int64_t time, int no_customer, int64_t amount, tsl_error *err)
{
    tsl__month_sum *sum = find_sum(s, get_key(time));
    if (!sum) {
        return tsl__error_nomem(err);
    }
    sum->rows++;
    sum->no_customer += no_customer != 0;
    sum->value += no_customer && amount != TSL_MISSING_INT ? amount : 0;
    return TSL_OK;
}

tsl_status tsl__month_sums_join(tsl__month_sums *s, const tsl__month_sums *other, tsl_error *err)
{
    for (size_t i = 0; i < other->count; i++) {
        tsl__month_sum *sum = find_sum(s, other->of[i].key);
        if (!sum) {
            return tsl__error_nomem(err);
        }
        sum->rows += other->of[i].rows;
        sum->no_customer += other->of[i].no_customer;
        sum->value += other->of[i].value;
    }
    return TSL_OK;
}

void tsl__month_sums_free(tsl__month_sums *s)
{
    free(s->of);
    free(s->slots.slot);
    *s = (tsl__month_sums){.count = 0};
}
