/* finish_dates.c: open dates decided, and the rows out that are then late. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "table/reading.h"

/* Rows whose date was open and turns out late leave now. */
static tsl_status reject_pending(tsl__reading *r, const tsl__plan_output *o, const int64_t *time, tsl_error *err)
{
    int64_t limit = (int64_t)r->opt->as_of * TSL__DAY_SECONDS;
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

tsl_status tsl__finish_dates(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->plan.outputs; i++) {
        const tsl__plan_output *o = &r->plan.output[i];
        tsl__column_build *b = &r->build[i];
        if (o->type != TSL_TYPE_TIME) {
            continue;
        }
        int month_first = tsl__date_order_get(&b->order);
        TSL__TRY(month_first < 0 ? tsl__date_order_fail(&b->order, o->name, err) : TSL_OK);
        for (size_t row = 0; row < r->rows; row++) {
            if (tsl__time_is_open(b->integer[row])) {
                b->integer[row] = tsl__time_open_get(b->integer[row], month_first);
            }
        }
        tsl_date_order shown = tsl__date_order_keep(&b->order, month_first);
        if (shown != TSL_DATES_AUTO) {
            TSL__TRY(tsl__asked_keep_order(&r->asked, tsl_role_get_name(o->role), shown, err));
        }
        TSL__TRY(reject_pending(r, o, b->integer, err));
    }
done:
    return status;
}

void tsl__finish_keep(tsl__reading *r, const uint8_t *keep)
{
    size_t kept = 0;
    for (size_t row = 0; row < r->rows; row++) {
        if (!keep[row]) {
            continue;
        }
        for (size_t i = 0; i < r->plan.outputs; i++) {
            tsl__column_build *b = &r->build[i];
            if (b->dict) {
                b->code[kept] = b->code[row];
            } else {
                b->integer[kept] = b->integer[row];
            }
        }
        if (r->origin) {
            r->origin[kept] = r->origin[row];
        }
        kept++;
    }
    r->rows = kept;
}
