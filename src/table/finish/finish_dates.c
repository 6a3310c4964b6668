/* finish_dates.c: dates settled, and the rows out that are then late, or stand far behind all others. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"
#include "table/reading.h"

/* Rows whose date was on the way and turns out late leave now. */
static tsl_status reject_pending(tsl__reading *r, const tsl__plan_output *o, const int64_t *time, tsl_error *err)
{
    int64_t limit = (int64_t)r->terms.opt->as_of * TSL__DAY_SECONDS;
    tsl_status status = TSL_OK;
    uint8_t *keep = NULL;
    for (size_t i = 0; i < r->pendings; i++) {
        const tsl__pending *p = &r->pending[i];
        if (time[p->row] < limit) {
            continue;
        }
        if (!keep) {
            TSL__NEED(keep = tsl__alloc(r->rows, 1));
            memset(keep, 1, r->rows);
        }
        keep[p->row] = 0;
        r->table->info.rounded -= p->rounded;
        tsl__cell_place place = {r->place[p->file], p->line, o->name};
        TSL__TRY(tsl__reject_add(&r->rejects, TSL_REJECT_AFTER_AS_OF, &place, tsl__span_make(p->text), err, "%s",
                                 TSL__LATE_MESSAGE));
    }
    if (keep) {
        tsl__finish_keep(r, keep);
    }
done:
    free(keep);
    return status;
}

static tsl_status reject_far_row(tsl__reading *r, const tsl__plan_output *o, const tsl__line_walk *at, int64_t time,
                                 tsl_error *err)
{
    char day[11];
    const tsl__cell_place place = {r->place[at->file], at->line, o->name};
    tsl_day_write(tsl__time_day(time), day);
    r->table->info.rounded -= at->rounded;
    return tsl__reject_add(&r->rejects, TSL_REJECT_AFTER_AS_OF, &place, tsl__span_make(day), err, "%s",
                           TSL__FAR_MESSAGE);
}

tsl_status tsl__finish_far(tsl__reading *r, size_t output, tsl__outlying *far, int64_t *until, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    const tsl__output_observed *seen = &r->observed.output[output];
    tsl_status status = TSL_OK;
    const tsl__dated first = tsl__date_ends_get_first(&seen->ends, &seen->reading);
    const tsl__dated last = tsl__date_ends_get_last(&seen->ends, &seen->reading);
    *until = INT64_MAX;
    if (!far->late) {
        return TSL_OK;
    }
    far->early = 0; /* said when the column is there */
    const tsl__outlying_effect effect = tsl__outlying_get_effect(far);
    TSL__TRY(tsl__outlying_note(far, o->name, &first, &last, r->place, effect, &r->table->info.notes, err));
    if (effect == TSL__OUTLYING_REJECTED) {
        *until = ((int64_t)far->to + 1) * TSL__DAY_SECONDS;
    }
done:
    return status;
}

/* Where no as-of day is given it follows the dates, but not those that stand far behind all others: these leave. */
static tsl_status reject_far(tsl__reading *r, size_t output, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    const tsl__column_build *b = &r->build[output];
    tsl_status status = TSL_OK;
    uint8_t *keep = NULL;
    tsl__outlying far;
    tsl__line_walk at = {0};
    int64_t until;
    TSL__TRY(tsl__outlying_find(b->integer, r->rows, &far, err));
    TSL__TRY(tsl__finish_far(r, output, &far, &until, err));
    if (until == INT64_MAX) {
        goto done;
    }
    TSL__NEED(keep = tsl__alloc(r->rows, 1));
    for (size_t row = 0; row < r->rows; row++) {
        tsl__row_lines_walk(&r->lines, &at);
        keep[row] = b->integer[row] < until; /* what is missing is the least of all */
        TSL__TRY(keep[row] ? TSL_OK : reject_far_row(r, o, &at, b->integer[row], err));
    }
    tsl__finish_keep(r, keep);
done:
    free(keep);
    return status;
}

/* What the zones tell of the clock of a table of events. */
static void keep_clock(tsl__reading *r, const tsl__output_observed *seen)
{
    const tsl__date_example *first = &seen->dates.first_with_zone;
    tsl__written_clock *clock = &r->table->clock;
    if (seen->dates.with_zone && !seen->reading.zone) {
        clock->is_known = 1;
        clock->offset = seen->reading.offset;
        tsl__print(clock->place, sizeof clock->place, "%.*s:%llu: \"%s\"",
                   first->file ? tsl__text_head(first->file, 180) : 0, first->file ? first->file : "",
                   (unsigned long long)first->line, first->text);
    }
}

tsl_status tsl__finish_reading(tsl__reading *r, size_t output, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    const char *name = tsl_role_get_name(o->role);
    tsl__output_observed *seen = &r->observed.output[output];
    const tsl_date_order before = tsl__asked_get_order(&r->terms.asked, name);
    tsl_status status = TSL_OK;
    const tsl__date_doubt doubt = tsl__date_evidence_decide(&seen->dates, before, r->terms.asked.zone, &seen->reading);
    TSL__TRY(doubt != TSL__DATES_SURE ? tsl__date_evidence_fail(&seen->dates, doubt, o->name, err) : TSL_OK);
    TSL__TRY(tsl__date_evidence_check_unit(&seen->dates, o->name, err));
    if (o->role == TSL_ROLE_TIME && !o->mapped) {
        const char *option = tsl_role_get_option(o->role, r->terms.kind);
        TSL__TRY(tsl__date_evidence_check_days(&seen->dates, o->name, option, err));
    }
    TSL__TRY(before == TSL_DATES_AUTO ? tsl__date_files_check(&r->date_files, &r->table->info.notes, err) : TSL_OK);
    TSL__TRY(tsl__date_evidence_note(&seen->dates, &seen->reading, o->name, &r->table->info.notes, err));
    TSL__TRY(tsl__date_evidence_note_placeholders(&seen->dates, o->name, "", &r->table->info.notes, err));
    r->table->info.time_zone = seen->dates.other_zone.text[0] ? "UTC" : r->table->info.time_zone;
    if (o->role == TSL_ROLE_TIME) {
        keep_clock(r, seen);
    }
    const tsl_date_order shown = tsl__date_evidence_keep(&seen->dates, before, seen->reading.order);
    TSL__TRY(shown != TSL_DATES_AUTO ? tsl__asked_keep_order(&r->terms.asked, name, shown, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl__finish_dates(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        const tsl__plan_output *o = &r->terms.plan.output[i];
        tsl__column_build *b = &r->build[i];
        if (o->type != TSL_TYPE_TIME) {
            continue;
        }
        TSL__TRY(tsl__finish_reading(r, i, err));
        TSL__NEED(b->clock = tsl__alloc(r->rows, 1));
        for (size_t row = 0; row < r->rows; row++) {
            b->clock[row] = (uint8_t)tsl__time_had_clock(b->integer[row]);
            b->integer[row] = tsl__date_settle(&r->observed.output[i].reading, b->integer[row]);
        }
        TSL__TRY(o->role == TSL_ROLE_TIME ? tsl__finish_months(r, i, err) : TSL_OK);
        TSL__TRY(reject_pending(r, o, b->integer, err));
        TSL__TRY(r->lines.rows ? reject_far(r, i, err) : TSL_OK);
    }
done:
    return status;
}

void tsl__finish_keep(tsl__reading *r, const uint8_t *keep)
{
    size_t kept = 0;
    const int hashed = r->hashes.rows == r->rows;
    for (size_t row = 0; row < r->rows; row++) {
        if (!keep[row]) {
            continue;
        }
        for (size_t i = 0; i < r->terms.plan.outputs; i++) {
            tsl__column_build *b = &r->build[i];
            if (b->dict) {
                b->code[kept] = b->code[row];
            } else {
                b->integer[kept] = b->integer[row];
            }
            if (b->clock) {
                b->clock[kept] = b->clock[row];
            }
        }
        if (r->origin) {
            r->origin[kept] = r->origin[row];
        }
        if (hashed) {
            r->hashes.row[kept] = r->hashes.row[row];
        }
        kept++;
    }
    r->hashes.rows = hashed ? kept : r->hashes.rows;
    r->rows = kept;
}
