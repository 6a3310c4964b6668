/* census.c: counts of the rows that count, so that features as of an earlier day are those of a table that ended
 * there. */
#include "feature/records/census.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "table/table_state.h"

#include <stdlib.h>
#include <string.h>

tsl__days tsl__days_of(const tsl_table *table, int32_t from, int32_t until)
{
    const int dated = table && tsl_table_get_kind(table) != TSL_CUSTOMERS;
    return (tsl__days){.bounded = dated && (from != TSL_NO_DAY || until != TSL_NO_DAY),
                       .begin = from == TSL_NO_DAY ? INT64_MIN : (int64_t)from * TSL__DAY_SECONDS,
                       .end = until == TSL_NO_DAY ? INT64_MAX : (int64_t)until * TSL__DAY_SECONDS};
}

static void count_time(tsl__census *c, int64_t time)
{
    c->time_of_day |= time % TSL__DAY_SECONDS != 0;
}

/* Rows of columns. */
static void count_columns(const tsl_table *table, const tsl__days *days, tsl__census *c)
{
    const tsl_column *times = days->bounded ? tsl_table_get_role(table, TSL_ROLE_TIME) : NULL;
    const int64_t *time = times ? times->integer : NULL;
    for (size_t i = 0; i < c->columns; i++) {
        const int32_t *code = table->column[i].code;
        for (size_t row = 0; c->code[i] && row < table->rows; row++) {
            if (code[row] >= 0 && (!time || tsl__days_have(days, time[row]))) {
                c->code[i][code[row]]++;
            }
        }
    }
    for (size_t row = 0; time && row < table->rows && !c->time_of_day; row++) {
        if (tsl__days_have(days, time[row])) {
            count_time(c, time[row]);
        }
    }
}

static void count_shard(const tsl_table *table, const tsl__shard *shard, size_t time, const tsl__days *days,
                        tsl__census *c)
{
    for (size_t row = 0; row < shard->rows; row++) {
        if (!tsl__days_have(days, shard->number[time][row])) {
            continue;
        }
        count_time(c, shard->number[time][row]);
        for (size_t i = 0; i < table->column_count; i++) {
            if (c->code[i] && shard->code[i][row] >= 0) {
                c->code[i][shard->code[i][row]]++;
            }
        }
    }
}

/* Rows that are kept by customer. */
static tsl_status count_shards(const tsl_table *table, size_t shards, const tsl__days *days, tsl__census *c,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = tsl__alloc_zero(table->column_count, 1);
    size_t time = 0;
    TSL__NEED(wanted);
    for (size_t i = 0; i < table->column_count; i++) {
        time = table->column[i].role == TSL_ROLE_TIME ? i : time;
        wanted[i] = c->code[i] || table->column[i].role == TSL_ROLE_TIME;
    }
    for (size_t s = 0; s < (shards ? shards : TSL__SHARDS); s++) {
        TSL__TRY(tsl__shard_read(table->shards, s, wanted, 0, &shard, err));
        count_shard(table, &shard, time, days, c);
    }
done:
    tsl__shard_free(table->shards, &shard);
    free(wanted);
    return status;
}

static tsl_status count_table(const tsl_table *table, size_t shards, const tsl__days *days, tsl__census *c,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    c->bounded = days->bounded;
    c->columns = table->column_count;
    TSL__NEED(c->code = tsl__alloc_zero(c->columns, sizeof *c->code));
    for (size_t i = 0; i < c->columns; i++) {
        const tsl_column *column = &table->column[i];
        const int coded = column->dict && column->role != TSL_ROLE_CUSTOMER && column->role != TSL_ROLE_ORDER;
        TSL__NEED(!coded || (c->code[i] = tsl__alloc_zero(column->dict_count, sizeof **c->code)));
        if (coded && table->shards && !days->bounded) {
            memcpy(c->code[i], table->sums.column[i].code, column->dict_count * sizeof **c->code);
        }
    }
    c->time_of_day = !days->bounded && table->info.time_of_day;
    if (!table->shards) {
        count_columns(table, days, c);
    } else if (days->bounded) {
        TSL__TRY(count_shards(table, shards, days, c, err));
    }
done:
    return status;
}

tsl_status tsl__census_open(const tsl_tables *tables, size_t shards, tsl__census census[TSL_TABLE_KINDS],
                            tsl_error *err)
{
    const tsl_table *const table[] = {tables->transactions, tables->customers, tables->interactions};
    tsl_status status = TSL_OK;
    memset(census, 0, TSL_TABLE_KINDS * sizeof *census);
    for (size_t t = 0; t < sizeof table / sizeof *table; t++) {
        if (table[t]) {
            const tsl__days days = tsl__days_of(table[t], TSL_NO_DAY, tables->clip ? tables->as_of : TSL_NO_DAY);
            TSL__TRY(count_table(table[t], shards, &days, &census[table[t]->kind], err));
        }
    }
done:
    return status;
}

void tsl__census_free(tsl__census census[TSL_TABLE_KINDS])
{
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        for (size_t i = 0; census[t].code && i < census[t].columns; i++) {
            free(census[t].code[i]);
        }
        free(census[t].code);
        census[t] = (tsl__census){.columns = 0};
    }
}

const uint64_t *tsl__census_get(const tsl__census census[TSL_TABLE_KINDS], const tsl_table *table,
                                const tsl_column *column)
{
    return census[table->kind].code[column - table->column];
}
