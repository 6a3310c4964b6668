/* finish_dates.c: open dates decided, and the rows out that are then late. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "table/reading.h"

/* Rows whose date was open and turns out late leave now. */
static tsl_status reject_pending(tsl__reading *r, const tsl__output *o, const int64_t *time, tsl_error *err)
{
    int64_t limit = (int64_t)r->opt->as_of * TSL__DAY_SECONDS;
    tsl_status st = TSL_OK;
    uint8_t *keep = NULL;
    for (size_t i = 0; i < r->pendings && st == TSL_OK; i++) {
        const tsl__pending *p = &r->pending[i];
        if (time[p->row] < limit) {
            continue;
        }
        if (!keep) {
            if (!(keep = tsl__alloc(r->rows, 1))) {
                return tsl__error_nomem(err);
            }
            memset(keep, 1, r->rows);
        }
        keep[p->row] = 0;
        r->table->info.rounded -= p->rounded;
        tsl__cell_place place = {r->opt->files[p->file], p->line, o->name};
        st = tsl__reject_add(&r->rejects, TSL_REJECT_AFTER_AS_OF, &place, tsl__span_make(p->text), err, "%s",
                             TSL__LATE_MESSAGE);
    }
    if (keep && st == TSL_OK) {
        tsl__finish_keep(r, keep);
    }
    free(keep);
    return st;
}

tsl_status tsl__finish_dates(tsl__reading *r, tsl_error *err)
{
    for (size_t i = 0; i < r->plan.outputs; i++) {
        const tsl__output *o = &r->plan.output[i];
        tsl__column_build *b = &r->build[i];
        if (o->type != TSL_TYPE_TIME) {
            continue;
        }
        int month_first = tsl__date_order_get(&b->order);
        if (month_first < 0) {
            return tsl__date_order_fail(&b->order, o->name, err);
        }
        for (size_t row = 0; row < r->rows; row++) {
            if (tsl__time_is_open(b->integer[row])) {
                b->integer[row] = tsl__time_open_get(b->integer[row], month_first);
            }
        }
        tsl_status st = reject_pending(r, o, b->integer, err);
        if (st != TSL_OK) {
            return st;
        }
    }
    return TSL_OK;
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
