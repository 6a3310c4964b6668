/* clip.c: which rows of a table count, so that features as of an earlier day are
 * those of a table that ended there. */
#include "feature/clip.h"

#include "base/alloc.h"
#include "base/calendar.h"

tsl__clip tsl__clip_of(const tsl_table *table, int32_t from, int32_t until)
{
    const int dated = table && tsl_table_get_kind(table) != TSL_CUSTOMERS;
    const tsl_column *time = dated ? tsl_table_get_role(table, TSL_ROLE_TIME) : NULL;
    return (tsl__clip){.time = time && (from != TSL_NO_DAY || until != TSL_NO_DAY) ? time->integer : NULL,
                       .begin = from == TSL_NO_DAY ? INT64_MIN : (int64_t)from * TSL__DAY_SECONDS,
                       .end = until == TSL_NO_DAY ? INT64_MAX : (int64_t)until * TSL__DAY_SECONDS};
}

tsl__clip tsl__clip_get(const tsl_tables *tables, const tsl_table *table)
{
    return tsl__clip_of(table, TSL_NO_DAY, tables->clip ? tables->as_of : TSL_NO_DAY);
}

char *tsl__clip_mark_codes(const tsl__clip *clip, const tsl_column *column, size_t rows)
{
    char *used = tsl__alloc_zero(column->dict_count, 1);
    for (size_t i = 0; used && i < rows; i++) {
        if (column->code[i] >= 0 && tsl__clip_has(clip, i)) {
            used[column->code[i]] = 1;
        }
    }
    return used;
}

int tsl__clip_has_time_of_day(const tsl__clip *clip, const tsl_table *table)
{
    const size_t rows = tsl_table_get_rows(table);
    size_t row = 0;
    if (!clip->time || !tsl_table_get_info(table)->time_of_day) {
        return tsl_table_get_info(table)->time_of_day;
    }
    while (row < rows && !(tsl__clip_has(clip, row) && clip->time[row] % TSL__DAY_SECONDS != 0)) {
        row++;
    }
    return row < rows;
}
