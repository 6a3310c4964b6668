/* own_aggregate.c: the records of a level as a line of the user's own sees them (its source's values, a flag where its
 * filter holds), which are then counted as those of all other entries. */
#include "feature/own_aggregate.h"

#include <math.h>

/* The rows of a record, and the table that they stand in. */
typedef struct record {
    const tsl__rows *rows;
    const uint32_t *row;
    size_t count;
} record;

static record get_record(const tsl__line *line, const tsl__timeline *timeline, size_t i)
{
    record r = {.rows =
                    line->entry.level == TSL__INTERACTIONS ? timeline->acts_bound.rows : timeline->lines_bound.rows};
    r.row = tsl__timeline_get_rows(timeline, line->entry.level, i, &r.count);
    return r;
}

/* A record passes where one of its lines does: 1, 0, or -1 where that is unknown. */
static int passes(const tsl__line *line, const record *r)
{
    const int64_t *truth = line->condition ? tsl__rows_get_number(r->rows, line->condition_column) : NULL;
    int passed = 0;
    for (size_t i = 0; i < r->count && truth && passed != 1; i++) {
        const int64_t holds = truth[r->row[i]];
        passed = holds == TSL_DECIMAL_ONE ? 1 : holds == TSL_MISSING_INT ? -1 : passed;
    }
    return passed;
}

static int64_t get_number(const tsl__line *line, const tsl__rows *rows, uint32_t row)
{
    if (line->column) {
        return tsl__rows_get_number(rows, line->source_column)[row];
    }
    const int64_t v = rows->number[tsl__record_part_get_role(line->part)][row];
    return line->part != TSL__MARGIN || v == TSL_MISSING_INT ? v : rows->number[TSL_ROLE_AMOUNT][row] - v;
}

static int32_t get_code(const tsl__line *line, const tsl__rows *rows, uint32_t row)
{
    return line->column ? tsl__rows_get_code(rows, line->source_column)[row]
                        : rows->code[tsl__record_part_get_role(line->part)][row];
}

/* The value of a record; of several lines, those of a purchase, their sum. */
static int64_t get_value(const tsl__line *line, const record *r)
{
    int64_t sum = TSL_MISSING_INT;
    if (line->entry.source == TSL__PRODUCT) {
        return get_code(line, r->rows, r->row[0]);
    }
    for (size_t i = 0; i < r->count; i++) {
        const int64_t v = get_number(line, r->rows, r->row[i]);
        if (v != TSL_MISSING_INT) {
            sum = v + (sum == TSL_MISSING_INT ? 0 : sum);
        }
    }
    return sum;
}

static int is_share(tsl__aggregate aggregate)
{
    return aggregate == TSL__SHARE || aggregate == TSL__SUM_SHARE;
}

/* The level's records with the line's values; the amounts are there for an entropy. A share is of those records of
 * which it is known whether they pass. */
static void look_at(const tsl__line *line, const tsl__timeline *timeline, const tsl__own_room *room, tsl__view *out)
{
    const tsl__view *view = &timeline->view[line->entry.level];
    const tsl__record_part slot = line->entry.source;
    const int64_t *known = line->part == TSL__NOTHING ? NULL : view->value[line->part];
    size_t kept = 0;
    for (size_t i = 0; i < view->count; i++) {
        const record r = line->entry.level == TSL__DAYS ? (record){.count = 0} : get_record(line, timeline, i);
        const int passed = passes(line, &r);
        if (passed < 0 && is_share(line->entry.aggregate)) {
            continue;
        }
        room->day[kept] = view->day[i];
        room->flags[kept] = (uint8_t)(view->flags[i] | (passed == 1 ? TSL__OWN : 0));
        room->value[kept] = slot == TSL__NOTHING ? 0 : known ? known[i] : get_value(line, &r);
        room->amount[kept++] = view->value[TSL__AMOUNT] ? view->value[TSL__AMOUNT][i] : 0;
    }
    *out = (tsl__view){.count = kept, .day = room->day, .flags = room->flags};
    out->value[slot] = slot == TSL__NOTHING ? NULL : room->value;
    out->value[TSL__AMOUNT] = room->amount;
}

static int is_gap(tsl__aggregate aggregate)
{
    return aggregate == TSL__GAP_MEAN || aggregate == TSL__GAP_SD || aggregate == TSL__GAP_MEDIAN ||
           aggregate == TSL__GAP_MAX;
}

/* What an aggregate of the whole level looks at: the records that pass; of gaps one a day. */
static void keep_passing(const tsl__line *line, const tsl__context *context, tsl__view *view)
{
    const tsl__catalogue_entry *e = &line->entry;
    const tsl__own_room *room = &context->own;
    size_t kept = 0;
    for (size_t i = 0; i < view->count; i++) {
        const int again = is_gap(e->aggregate) && kept && room->day[kept - 1] == room->day[i];
        if (tsl__entry_passes(e, view, i, context->as_of) && !again) {
            room->day[kept] = room->day[i];
            room->value[kept] = room->value[i];
            room->amount[kept++] = room->amount[i];
        }
    }
    view->count = kept;
}

double tsl__own_aggregate_get(const tsl__line *line, const tsl__timeline *timeline, const tsl__context *context)
{
    const tsl__aggregate aggregate = line->entry.aggregate;
    tsl__catalogue_entry entry = line->entry;
    tsl__view view;
    look_at(line, timeline, &context->own, &view);
    if (is_gap(aggregate) || aggregate == TSL__SINCE_FIRST || aggregate == TSL__SINCE_LAST ||
        aggregate == TSL__ENTROPY) {
        keep_passing(line, context, &view);
        entry.window = TSL__ALL;
        entry.filter = 0;
    }
    return tsl__aggregate_get_view(&entry, &view, context);
}
