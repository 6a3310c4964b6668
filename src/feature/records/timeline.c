/* timeline.c: one customer's records, in the order of time, at every level.
 * Lines of one instant are ordered by their values, never by their place in a
 * file, so that a shuffled input gives the same records. */
#include "feature/records/timeline.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* A row of either event table, to be sorted. */
typedef struct tsl__event {
    int64_t time;
    int32_t order;  /* -1: none */
    uint32_t row;   /* of the table */
    uint32_t place; /* in the order of time */
    uint8_t clock;  /* 1: a time of day was written */
} event;

/* An order of net amount > 0, or, apart from them, < 0. */
typedef struct tsl__purchase {
    int64_t time;
    int32_t order;
    uint32_t row;   /* of its first line */
    uint32_t first; /* of its lines by order */
    uint8_t clock;  /* of its first line */
    int64_t amount, quantity, lines;
} purchase;

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

/* ---- Cells ------------------------------------------------------------------ */

/* Finds the sources that a table has. */
static void bind_sources(const tsl__rows *rows, tsl__bound *bound)
{
    bound->count = 0;
    bound->rows = rows;
    for (size_t s = 0; s < SOURCE_ROWS && rows->table; s++) {
        const tsl_role role = sources[s].role;
        const int64_t *number = role == TSL_ROLE_NONE ? NULL : rows->number[role];
        const int32_t *code = role == TSL_ROLE_NONE ? NULL : rows->code[role];
        if (number || code) {
            bound->cells[bound->count++] = (tsl__source_cells){sources[s].source, number, code};
        }
    }
    const size_t most = sizeof bound->cells / sizeof *bound->cells;
    for (size_t i = 0; rows->table && i < tsl_table_get_column_count(rows->table) && bound->count < most; i++) {
        const tsl_column *c = tsl_table_get_column(rows->table, i);
        if (c->role == TSL_ROLE_NONE) {
            const int is_text = c->type == TSL_TYPE_TEXT;
            bound->cells[bound->count++] =
                (tsl__source_cells){TSL__NOTHING, is_text ? NULL : tsl__rows_get_number(rows, i),
                                    is_text ? tsl__rows_get_code(rows, i) : NULL};
        }
    }
}

/* The value of a source in a row. A margin is the amount less the cost, if that is known. */
static int64_t get_value(const tsl__bound *bound, const tsl__source_cells *cells, uint32_t row)
{
    if (!cells->number) {
        return cells->code[row];
    }
    const int64_t v = cells->number[row];
    return cells->source != TSL__MARGIN || v == TSL_MISSING_INT ? v : bound->rows->number[TSL_ROLE_AMOUNT][row] - v;
}

static int64_t get_number(const tsl__bound *bound, tsl_role role, uint32_t row)
{
    const int64_t *number = bound->rows->number[role];
    return number ? number[row] : TSL_MISSING_INT;
}

/* A record with the values that its level holds. */
static size_t append(tsl__view *view, const tsl__bound *bound, int64_t time, uint8_t flags, uint32_t row)
{
    const size_t i = view->count++;
    view->day[i] = tsl__time_day(time);
    view->flags[i] = flags;
    for (size_t k = 0; k < bound->count; k++) {
        int64_t *value = view->value[bound->cells[k].source];
        if (value) {
            value[i] = get_value(bound, &bound->cells[k], row);
        }
    }
    return i;
}

/* ---- Order -------------------------------------------------------------------- */

static int compare_values(const tsl__bound *bound, uint32_t a, uint32_t b)
{
    for (size_t k = 0; k < bound->count; k++) {
        const int64_t x = get_value(bound, &bound->cells[k], a), y = get_value(bound, &bound->cells[k], b);
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return 0;
}

/* A time of day comes before none, so that a midnight that was written is the hour of an order. */
static int compare_times(const void *pa, const void *pb, void *bound)
{
    const event *a = pa, *b = pb;
    if (a->time != b->time) {
        return a->time < b->time ? -1 : 1;
    }
    return a->clock != b->clock ? b->clock - a->clock : compare_values(bound, a->row, b->row);
}

/* By order, then time, then values: an order's first line comes first in it.
 * Lines without an order id make one order a timestamp. */
static int compare_lines(const void *pa, const void *pb, void *bound)
{
    const event *a = pa, *b = pb;
    return a->order != b->order ? (a->order < b->order ? -1 : 1) : compare_times(pa, pb, bound);
}

static int compare_purchases(const void *pa, const void *pb, void *bound)
{
    const purchase *a = pa, *b = pb;
    const int64_t x[] = {a->time, b->clock, a->amount, a->quantity, a->lines},
                  y[] = {b->time, a->clock, b->amount, b->quantity, b->lines};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        if (x[i] != y[i]) {
            return x[i] < y[i] ? -1 : 1;
        }
    }
    return compare_values(bound, a->row, b->row);
}

#define FEW 16 /* that are sorted by insertion */

typedef int (*comparison)(const void *, const void *, void *);

static void insert(event *e, size_t n, comparison compare, tsl__bound *bound)
{
    for (size_t sorted = 1; sorted < n; sorted++) {
        const event one = e[sorted];
        size_t at = sorted;
        for (; at > 0 && compare(&e[at - 1], &one, bound) > 0; at--) {
            e[at] = e[at - 1];
        }
        e[at] = one;
    }
}

/* Merges two sorted halves, e[0, half) and e[half, n), by way of the spare room. */
static void merge(event *e, size_t half, size_t n, event *spare, comparison compare, tsl__bound *bound)
{
    size_t left = 0, right = half, to = 0;
    if (compare(&e[half - 1], &e[half], bound) <= 0) {
        return;
    }
    memcpy(spare, e, half * sizeof *e);
    while (left < half && right < n) {
        e[to++] = compare(&spare[left], &e[right], bound) <= 0 ? spare[left++] : e[right++];
    }
    memcpy(e + to, spare + left, (half - left) * sizeof *e);
}

/* Most customers have few lines, and most files have them in order. */
static void sort_events(event *e, size_t n, event *spare, comparison compare, tsl__bound *bound)
{
    for (size_t begin = 0; begin < n; begin += FEW) {
        insert(e + begin, n - begin < FEW ? n - begin : FEW, compare, bound);
    }
    for (size_t width = FEW; width < n; width *= 2) {
        for (size_t begin = 0; begin + width < n; begin += 2 * width) {
            merge(e + begin, width, n - begin < 2 * width ? n - begin : 2 * width, spare, compare, bound);
        }
    }
}

/* Times and places in one word each, which sort as fast as numbers do. */
#define PLACE_BITS 30
#define PLACES ((UINT64_C(1) << PLACE_BITS) - 1)
#define FIRST_TIME (-(INT64_C(1) << 33)) /* before 1900; those of the calendar take 34 bits from there */

#define EIGHT 8

/* The lesser one first, without a branch: which one it is nobody can foresee. */
static inline void order_two(uint64_t *a, uint64_t *b)
{
    const uint64_t less = *a < *b ? *a : *b, more = *a < *b ? *b : *a;
    *a = less;
    *b = more;
}

/* Up to eight keys, by Batcher's network: the same nineteen exchanges whatever they are. */
static void sort_eight(uint64_t *key, size_t n)
{
    uint64_t k[EIGHT];
    for (size_t i = 0; i < EIGHT; i++) {
        k[i] = i < n ? key[i] : UINT64_MAX;
    }
#define PAIR(i, j) order_two(&k[i], &k[j])
    PAIR(0, 1), PAIR(2, 3), PAIR(4, 5), PAIR(6, 7);
    PAIR(0, 2), PAIR(1, 3), PAIR(4, 6), PAIR(5, 7);
    PAIR(1, 2), PAIR(5, 6);
    PAIR(0, 4), PAIR(1, 5), PAIR(2, 6), PAIR(3, 7);
    PAIR(2, 4), PAIR(3, 5);
    PAIR(1, 2), PAIR(3, 4), PAIR(5, 6);
#undef PAIR
    memcpy(key, k, n * sizeof *k);
}

static void merge_keys(uint64_t *key, size_t half, size_t n, uint64_t *spare)
{
    size_t left = 0, right = half, to = 0;
    if (key[half - 1] <= key[half]) {
        return;
    }
    memcpy(spare, key, half * sizeof *key);
    while (left < half && right < n) {
        const int is_left = spare[left] < key[right];
        key[to++] = is_left ? spare[left] : key[right];
        left += (size_t)is_left;
        right += (size_t)!is_left;
    }
    memcpy(key + to, spare + left, (half - left) * sizeof *key);
}

static void sort_keys(uint64_t *key, size_t n, uint64_t *spare)
{
    for (size_t begin = 0; begin < n; begin += EIGHT) {
        sort_eight(key + begin, n - begin < EIGHT ? n - begin : EIGHT);
    }
    for (size_t width = EIGHT; width < n; width *= 2) {
        for (size_t begin = 0; begin + width < n; begin += 2 * width) {
            merge_keys(key + begin, width, n - begin < 2 * width ? n - begin : 2 * width, spare);
        }
    }
}

/* ---- Room ---------------------------------------------------------------------- */

static int open_view(tsl__view *view, int level, size_t most)
{
    view->day = tsl__alloc(most, sizeof *view->day);
    view->flags = tsl__alloc_zero(most, 1);
    int ok = view->day && view->flags;
    for (size_t s = 0; s < SOURCE_ROWS; s++) {
        if (sources[s].levels & AT(level)) {
            int64_t *values = view->value[sources[s].source] = tsl__alloc(most, sizeof *values);
            for (size_t i = 0; values && i < most; i++) {
                values[i] = TSL_MISSING_INT; /* what the table lacks stays so */
            }
            ok = ok && values;
        }
    }
    return ok;
}

tsl_status tsl__timeline_turn(const tsl__grouping *grouping, tsl__timeline *timeline, tsl_error *err)
{
    const size_t lines = grouping->rows[TSL_TRANSACTIONS].longest, acts = grouping->rows[TSL_INTERACTIONS].longest;
    if (lines > PLACES || acts > PLACES) {
        return tsl__error_set(err, TSL_E_INPUT, "one customer has more than %llu rows", (unsigned long long)PLACES);
    }
    if (!timeline->event || lines > timeline->longest || acts > timeline->acts) {
        const size_t longest = lines > timeline->longest ? 2 * lines : timeline->longest;
        const size_t most_acts = acts > timeline->acts ? 2 * acts : timeline->acts;
        const size_t most = (longest > most_acts ? longest : most_acts) + 1;
        const int matched = timeline->matched;
        tsl__timeline_free(timeline);
        timeline->matched = matched;
        timeline->longest = longest;
        timeline->acts = most_acts;
        timeline->room = most;
        timeline->key = tsl__alloc(2 * most, sizeof *timeline->key);
        timeline->event = tsl__alloc(2 * most, sizeof *timeline->event);
        timeline->purchase = tsl__alloc(longest + 1, sizeof *timeline->purchase);
        timeline->row = tsl__alloc(most, sizeof *timeline->row);
        timeline->bought = tsl__alloc(most, 1);
        timeline->bought_row = tsl__alloc(longest + 1, sizeof *timeline->bought_row);
        timeline->by_order = tsl__alloc(longest + 1, sizeof *timeline->by_order);
        timeline->act_row = tsl__alloc(most_acts + 1, sizeof *timeline->act_row);
        int ok = timeline->key && timeline->event && timeline->purchase && timeline->row && timeline->bought &&
                 timeline->bought_row && timeline->by_order && timeline->act_row &&
                 (!matched || tsl__returns_reserve(&timeline->returns, longest + 1) == 0);
        for (int level = 0; level < TSL__LEVELS; level++) {
            ok = open_view(&timeline->view[level], level, (level == TSL__INTERACTIONS ? most_acts : longest) + 1) && ok;
        }
        if (!ok) {
            tsl__timeline_free(timeline);
            return tsl__error_nomem(err);
        }
    }
    bind_sources(&grouping->rows[TSL_TRANSACTIONS], &timeline->lines_bound);
    bind_sources(&grouping->rows[TSL_INTERACTIONS], &timeline->acts_bound);
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
    free(timeline->key);
    free(timeline->event);
    free(timeline->purchase);
    free(timeline->row);
    free(timeline->bought);
    free(timeline->bought_row);
    free(timeline->by_order);
    free(timeline->act_row);
    tsl__returns_free(&timeline->returns);
    *timeline = (tsl__timeline){0};
}

/* ---- Records -------------------------------------------------------------------- */

/* Events of one time, in the order of their values. */
static void sort_ties(event *e, size_t count, size_t spare, tsl__bound *bound)
{
    for (size_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && e[end].time == e[begin].time; end++) {
        }
        if (end > begin + 1) {
            sort_events(e + begin, end - begin, e + spare, compare_times, bound);
            for (size_t i = begin; i < end; i++) {
                e[i].place = (uint32_t)i;
            }
        }
    }
}

/* The customer's rows of one table, in the order of time, as events. */
static size_t gather(tsl__bound *bound, size_t customer, tsl__timeline *timeline)
{
    const tsl__rows *rows = bound->rows;
    if (!rows->table) {
        return 0;
    }
    const int64_t *time = rows->number[TSL_ROLE_TIME];
    const int32_t *order = rows->code[TSL_ROLE_ORDER];
    const uint32_t *row = rows->row + rows->begin[customer];
    const size_t count = rows->begin[customer + 1] - rows->begin[customer];
    uint64_t *key = timeline->key;
    event *out = timeline->event;
    for (size_t i = 0; i < count; i++) {
        key[i] = (uint64_t)(time[row[i]] - FIRST_TIME) << PLACE_BITS | (i & PLACES);
    }
    sort_keys(key, count, key + timeline->room);
    for (size_t i = 0; i < count; i++) {
        const uint32_t at = row[key[i] & PLACES];
        out[i] = (event){.time = (int64_t)(key[i] >> PLACE_BITS) + FIRST_TIME,
                         .order = order ? order[at] : -1,
                         .row = at,
                         .place = (uint32_t)i,
                         .clock = (uint8_t)tsl__rows_have_clock(rows, at)};
    }
    sort_ties(out, count, timeline->room, bound);
    return count;
}

static uint8_t flags_of_time(int64_t time, int has_clock)
{
    int hour = tsl__time_hour(time), weekday = tsl__day_weekday(tsl__time_day(time));
    int clock = !has_clock ? 0 : TSL__TIMED | (hour >= 18 ? TSL__EVENING : hour < 6 ? TSL__NIGHT : 0);
    return (uint8_t)((weekday >= 5 ? TSL__WEEKEND : 0) | clock);
}

/* Is the line gone with a return, or as one? */
static int is_gone(const tsl__timeline *timeline, const event *line)
{
    return timeline->matched && timeline->returns.is_gone[line->place];
}

/* Net amount, quantity and lines of an order, whose first line stands first. */
static purchase sum_order(const tsl__timeline *timeline, const event *line, size_t count)
{
    const tsl__bound *bound = &timeline->lines_bound;
    const tsl__returns *left = timeline->matched ? &timeline->returns : NULL;
    purchase order = {.quantity = TSL_MISSING_INT};
    for (size_t i = 0; i < count; i++) {
        if (is_gone(timeline, &line[i])) {
            continue;
        }
        if (order.lines == 0) {
            order.time = line[i].time;
            order.order = line[i].order;
            order.row = line[i].row;
            order.clock = line[i].clock;
        }
        const int64_t quantity =
            left ? left->quantity[line[i].place] : get_number(bound, TSL_ROLE_QUANTITY, line[i].row);
        order.lines += TSL_DECIMAL_ONE;
        order.amount += left ? left->amount[line[i].place] : get_number(bound, TSL_ROLE_AMOUNT, line[i].row);
        if (quantity != TSL_MISSING_INT) {
            order.quantity = quantity + (order.quantity == TSL_MISSING_INT ? 0 : order.quantity);
        }
    }
    return order;
}

/* Splits the lines, order by order, and marks those of purchases; how many these are. Of orders there are no more than
 * of lines, so that purchases and orders below 0 do not meet in their room. */
static size_t split_orders(const event *line, size_t count, tsl__timeline *timeline)
{
    size_t purchases = 0, kept = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && line[end].order == line[begin].order &&
                              (line[begin].order >= 0 || line[end].time == line[begin].time);
             end++) {
        }
        timeline->order_count++;
        const purchase order = sum_order(timeline, line + begin, end - begin);
        timeline->purchase[purchases] = order;
        timeline->purchase[purchases].first = (uint32_t)kept;
        purchases += order.amount > 0;
        if (order.amount < 0) {
            timeline->purchase[timeline->longest - timeline->loss_count++] = order;
        }
        for (size_t i = begin; i < end; i++) {
            const int there = !is_gone(timeline, &line[i]);
            timeline->bought[line[i].place] = order.amount > 0 && there;
            timeline->by_order[kept] = line[i].row;
            kept += (size_t)there;
        }
    }
    return purchases;
}

/* What the returns among the customer's lines leave of them. */
static void match_returns(const event *line, size_t count, tsl__timeline *timeline)
{
    const tsl__bound *bound = &timeline->lines_bound;
    const int32_t *product = bound->rows->code[TSL_ROLE_PRODUCT];
    tsl__returns *r = &timeline->returns;
    for (size_t i = 0; i < count; i++) {
        r->time[i] = line[i].time;
        r->amount[i] = get_number(bound, TSL_ROLE_AMOUNT, line[i].row);
        r->quantity[i] = get_number(bound, TSL_ROLE_QUANTITY, line[i].row);
        r->product[i] = product ? product[line[i].row] : -1;
    }
    tsl__returns_match(r, count);
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

static void fill_purchases(const purchase *order, size_t count, const tsl__bound *bound, tsl__view *view)
{
    for (size_t i = 0; i < count; i++) {
        const size_t at =
            append(view, bound, order[i].time, flags_of_time(order[i].time, order[i].clock), order[i].row);
        view->value[TSL__AMOUNT][at] = order[i].amount;
        view->value[TSL__QUANTITY][at] = order[i].quantity;
        view->value[TSL__LINE_COUNT][at] = order[i].lines;
    }
}

static void fill_transactions(size_t customer, tsl__timeline *timeline)
{
    tsl__bound *bound = &timeline->lines_bound;
    event *e = timeline->event;
    const size_t count = gather(bound, customer, timeline);
    tsl__view *purchase_lines = &timeline->view[TSL__PURCHASE_LINES];
    const int has_orders = count && bound->rows->code[TSL_ROLE_ORDER];
    for (size_t i = 0; i < count; i++) {
        append(&timeline->view[TSL__LINES], bound, e[i].time, 0, e[i].row);
        timeline->row[i] = e[i].row;
    }
    if (timeline->without_orders) {
        return;
    }
    if (timeline->matched && count) {
        match_returns(e, count, timeline);
    }
    if (has_orders) {
        sort_events(e, count, e + timeline->room, compare_lines, bound);
    }
    const size_t purchases = split_orders(e, count, timeline);
    for (size_t i = 0; i < count; i++) {
        if (timeline->bought[i]) {
            const uint32_t row = timeline->row[i];
            timeline->bought_row[purchase_lines->count] = row;
            const size_t at = append(purchase_lines, bound, bound->rows->number[TSL_ROLE_TIME][row], 0, row);
            if (timeline->matched) {
                purchase_lines->value[TSL__AMOUNT][at] = timeline->returns.amount[i];
            }
        }
    }
    if (has_orders && purchases > 1) {
        qsort_r(timeline->purchase, purchases, sizeof *timeline->purchase, compare_purchases, bound);
    }
    fill_purchases(timeline->purchase, purchases, bound, &timeline->view[TSL__PURCHASES]);
    fill_days(&timeline->view[TSL__PURCHASES], &timeline->view[TSL__DAYS]);
}

static void fill_interactions(const uint8_t *kind_flags, size_t customer, tsl__timeline *timeline)
{
    tsl__bound *bound = &timeline->acts_bound;
    const event *e = timeline->event;
    const size_t count = gather(bound, customer, timeline);
    const int32_t *kind = bound->rows->code[TSL_ROLE_KIND];
    for (size_t i = 0; i < count; i++) {
        const int32_t code = kind ? kind[e[i].row] : -1;
        const uint8_t flags = !kind ? TSL__VISIT : code >= 0 ? kind_flags[code] : 0;
        timeline->act_row[i] = e[i].row;
        append(&timeline->view[TSL__INTERACTIONS], bound, e[i].time, flags, e[i].row);
    }
}

void tsl__timeline_fill(const tsl__grouping *grouping, size_t customer, tsl__timeline *timeline)
{
    timeline->order_count = timeline->loss_count = 0;
    for (int level = 0; level < TSL__LEVELS; level++) {
        timeline->view[level].count = 0;
    }
    fill_transactions(customer, timeline);
    fill_interactions(grouping->kind_flags, customer, timeline);
}

int32_t tsl__timeline_get_loss(const tsl__timeline *timeline, size_t i, int64_t *amount)
{
    const purchase *order = &timeline->purchase[timeline->longest - i];
    *amount = order->amount;
    return tsl__time_day(order->time);
}

const uint32_t *tsl__timeline_get_rows(const tsl__timeline *timeline, tsl__level level, size_t i, size_t *count)
{
    *count = 1;
    switch (level) {
    case TSL__LINES:
        return &timeline->row[i];
    case TSL__PURCHASE_LINES:
        return &timeline->bought_row[i];
    case TSL__INTERACTIONS:
        return &timeline->act_row[i];
    case TSL__PURCHASES:
        *count = (size_t)(timeline->purchase[i].lines / TSL_DECIMAL_ONE);
        return &timeline->by_order[timeline->purchase[i].first];
    default:
        *count = 0;
        return NULL;
    }
}
