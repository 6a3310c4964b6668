/* asked_keep.c: what is remembered of a table beside its options: columns of roles, types, orders of dates, decimal
 * marks, days for no date. */
#include "base/alloc.h"
#include "base/calendar.h"
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

static tsl__shown_mark *find_mark(const tsl__asked *a, const char *column)
{
    for (size_t i = 0; i < a->mark_count; i++) {
        const char *one = a->mark[i].column;
        if (tsl__name_find(column, &one, 1) == 0) {
            return &a->mark[i];
        }
    }
    return NULL;
}

static tsl__unknown_days *find_unknown(const tsl__asked *a, const char *column)
{
    for (size_t i = 0; i < a->unknown_count; i++) {
        const char *one = a->unknown[i].column;
        if (tsl__name_find(column, &one, 1) == 0) {
            return &a->unknown[i];
        }
    }
    return NULL;
}

tsl_decimal_mark tsl__asked_get_mark(const tsl__asked *a, const char *column)
{
    const tsl__shown_mark *mark = find_mark(a, column);
    return mark ? mark->mark : TSL_DECIMAL_AUTO;
}

tsl_status tsl__asked_keep_mark(tsl__asked *a, const char *column, tsl_decimal_mark mark, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__shown_mark *shown = find_mark(a, column);
    if (!shown) {
        void *block = a->mark;
        int failed = tsl__reserve(&block, &a->mark_capacity, a->mark_count + 1, sizeof *a->mark);
        a->mark = block;
        TSL__NEED(!failed);
        shown = &a->mark[a->mark_count];
        TSL__NEED(shown->column = tsl__strdup(column));
        a->mark_count++;
    }
    shown->mark = mark;
done:
    return status;
}

int32_t tsl__unknown_day(int number)
{
    return number == 0 ? tsl__day_make(1900, 1, 1) : tsl__day_make(1970, 1, 1);
}

unsigned tsl__asked_get_unknown(const tsl__asked *a, const char *column)
{
    const tsl__unknown_days *unknown = find_unknown(a, column);
    return unknown ? unknown->days : 0;
}

tsl_status tsl__asked_keep_unknown(tsl__asked *a, const char *column, unsigned days, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__unknown_days *unknown = find_unknown(a, column);
    if (!unknown) {
        void *block = a->unknown;
        int failed = tsl__reserve(&block, &a->unknown_capacity, a->unknown_count + 1, sizeof *a->unknown);
        a->unknown = block;
        TSL__NEED(!failed);
        unknown = &a->unknown[a->unknown_count];
        TSL__NEED(unknown->column = tsl__strdup(column));
        a->unknown_count++;
    }
    unknown->days = days;
done:
    return status;
}

int tsl__asked_has_ages(const tsl__asked *a, const char *column)
{
    return tsl__name_find(column, (const char *const *)a->ages, a->age_count) < a->age_count;
}

tsl_status tsl__asked_keep_ages(tsl__asked *a, const char *column, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (tsl__asked_has_ages(a, column)) {
        return TSL_OK;
    }
    void *block = a->ages;
    int failed = tsl__reserve(&block, &a->age_capacity, a->age_count + 1, sizeof *a->ages);
    a->ages = block;
    TSL__NEED(!failed);
    TSL__NEED(a->ages[a->age_count] = tsl__strdup(column));
    a->age_count++;
done:
    return status;
}

tsl_status tsl__asked_keep_type(tsl__asked *a, const char *column, tsl_column_type type, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *block = a->found;
    int failed = tsl__reserve(&block, &a->found_capacity, a->found_count + 1, sizeof *a->found);
    a->found = block;
    TSL__NEED(!failed);
    a->found[a->found_count] = (tsl__found_type){tsl__strdup(column), type};
    TSL__NEED(a->found[a->found_count].column);
    a->found_count++;
done:
    return status;
}

void tsl__asked_keep_role(tsl__asked *a, tsl_role role, const char *source, int recognised)
{
    const unsigned bit = 1u << role;
    size_t i = 0;
    while (i < a->opt.role_count && a->role[i].role != role) {
        i++;
    }
    if (i == a->opt.role_count) {
        a->role[a->opt.role_count++] = (tsl_role_map){role, source};
        a->found_roles |= recognised ? bit : 0;
    } else if (a->found_roles & bit) { /* what was said stays as it was said */
        a->role[i].source = source;
    }
}
