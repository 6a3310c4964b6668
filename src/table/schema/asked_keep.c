/* asked_keep.c: what is remembered of a table beside its options: columns of roles, orders of dates. */
#include "base/alloc.h"
#include "base/error.h"
#include "expr/expr.h"
#include "table/schema/asked.h"

static tsl__shown *find_shown(const tsl__asked *a, const char *column)
{
    for (size_t i = 0; i < a->shown_count; i++) {
        const char *one = a->shown[i].column;
        if (tsl__name_find(column, &one, 1) == 0) {
            return &a->shown[i];
        }
    }
    return NULL;
}

tsl_date_order tsl__asked_get_order(const tsl__asked *a, const char *column)
{
    const tsl__shown *shown = find_shown(a, column);
    return shown ? shown->order : TSL_DATES_AUTO;
}

tsl_status tsl__asked_keep_order(tsl__asked *a, const char *column, tsl_date_order order, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__shown *shown = find_shown(a, column);
    if (!shown) {
        void *block = a->shown;
        int failed = tsl__reserve(&block, &a->shown_capacity, a->shown_count + 1, sizeof *a->shown);
        a->shown = block;
        TSL__NEED(!failed);
        shown = &a->shown[a->shown_count];
        TSL__NEED(shown->column = tsl__strdup(column));
        a->shown_count++;
    }
    shown->order = order;
done:
    return status;
}

void tsl__asked_keep_role(tsl__asked *a, tsl_role role, const char *source)
{
    for (size_t i = 0; i < a->opt.role_count; i++) {
        if (a->role[i].role == role) {
            return;
        }
    }
    a->role[a->opt.role_count++] = (tsl_role_map){role, source};
}
