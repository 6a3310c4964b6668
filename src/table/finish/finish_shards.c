/* finish_shards.c: a table whose rows are kept by customer: what is to be known of all rows before one is looked at. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/reading.h"
#include "table/schema/codes.h"

/* ---- What the threads counted ------------------------------------------------ */

/* Adds up their counts; their codes become those of the table's dictionaries. */
static tsl_status add_up(tsl__reading *r, tsl_error *err)
{
    const size_t outputs = r->terms.plan.outputs;
    tsl_status status = TSL_OK;
    int32_t **map = NULL;
    TSL__TRY(tsl__sums_open(&r->sums, outputs, err));
    TSL__NEED(map = tsl__alloc(outputs, sizeof *map));
    for (int t = 0; t < r->threads; t++) {
        tsl__worker *w = &r->worker[t];
        for (size_t i = 0; i < outputs; i++) {
            map[i] = w->map[i].code;
        }
        TSL__TRY(tsl__sums_join(&r->sums, &w->decoder.sums, map, err));
        for (size_t i = 0; i < outputs; i++) {
            if (tsl__terms_get_form(&r->terms, i) == TSL__SHARD_CODE) {
                tsl__shards_set_codes(r->shards, (size_t)t, i, w->map[i].code, w->map[i].count);
                w->map[i].code = NULL;
            }
        }
    }
done:
    free(map);
    return status;
}

/* ---- Late rows ------------------------------------------------------------------ */

/* A row that is out. */
typedef struct late_row {
    size_t file;
    uint64_t line;
    int64_t time;
} late_row;

typedef struct late_rows {
    late_row *row;
    size_t count, capacity;
} late_rows;

static int compare_rows(const void *pa, const void *pb)
{
    const late_row *a = pa, *b = pb;
    return a->file != b->file ? (a->file < b->file ? -1 : 1) : (a->line > b->line) - (a->line < b->line);
}

static int compare_pending(const void *key, const void *entry)
{
    const late_row *a = key;
    const tsl__pending *b = entry;
    return a->file != b->file ? (a->file < b->file ? -1 : 1) : (a->line > b->line) - (a->line < b->line);
}

/* Of a row whose columns are there. */
static int64_t get_amount(const tsl__reading *r, const tsl__shard *shard, size_t row)
{
    const size_t amount = tsl__finish_find(r, TSL_ROLE_AMOUNT);
    return amount == TSL__NONE ? TSL_MISSING_INT : shard->number[amount][row];
}

/* Counts a row that stays anew. */
static tsl_status count_row(tsl__reading *r, const tsl__shard *shard, size_t row, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 1; i < r->terms.plan.outputs; i++) {
        switch (tsl__terms_get_form(&r->terms, i)) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            r->sums.column[i].missing += shard->code[i][row] < 0;
            break;
        case TSL__SHARD_CODE:
            TSL__TRY(tsl__sums_add_code(&r->sums, i, shard->code[i][row], err));
            break;
        case TSL__SHARD_NUMBER:
            tsl__sums_add_number(&r->sums, i, shard->number[i][row]);
            break;
        case TSL__SHARD_TIME:
            tsl__date_ends_add(&r->observed.output[i].ends, shard->number[i][row], shard->file[row], shard->line[row]);
            TSL__NEED(tsl__day_counts_add(&r->sums.days, shard->number[i][row], get_amount(r, shard, row)) == 0);
            break;
        }
    }
    r->sums.rounded += shard->small[row];
done:
    return status;
}

/* Sorts the rows of one shard in late ones and others, which are counted. */
static tsl_status find_late(tsl__reading *r, const tsl__shard *shard, size_t time, int64_t until, late_rows *late,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t row = 0; row < shard->rows; row++) {
        if (shard->number[time][row] < until) {
            TSL__TRY(count_row(r, shard, row, err));
            continue;
        }
        void *rows = late->row;
        TSL__NEED(!tsl__reserve(&rows, &late->capacity, late->count + 1, sizeof *late->row) ? rows : NULL);
        late->row = rows;
        late->row[late->count++] = (late_row){shard->file[row], shard->line[row], shard->number[time][row]};
    }
done:
    return status;
}

/* Tells a late row as the reading of columns does. */
static tsl_status reject_late(tsl__reading *r, const tsl__plan_output *o, const late_row *late, tsl_error *err)
{
    char day[11];
    const tsl__pending *pending =
        r->pendings ? bsearch(late, r->pending, r->pendings, sizeof *r->pending, compare_pending) : NULL;
    const tsl__cell_place place = {r->place[late->file], late->line, o->name};
    tsl_day_write(tsl__time_day(late->time), day);
    return tsl__reject_add(&r->rejects, TSL_REJECT_AFTER_AS_OF, &place, tsl__span_make(pending ? pending->text : day),
                           err, "%s", pending ? TSL__LATE_MESSAGE : TSL__FAR_MESSAGE);
}

/* Rows that are out repeat none. Both lists are in the order of the files. */
static void forget_late(tsl__row_hashes *hashes, const late_rows *late)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < hashes->rows; i++) {
        const late_row row = {hashes->row[i].file, hashes->row[i].line, 0};
        while (at < late->count && compare_rows(&late->row[at], &row) < 0) {
            at++;
        }
        if (at == late->count || compare_rows(&late->row[at], &row) != 0) {
            hashes->row[kept++] = hashes->row[i];
        }
    }
    hashes->rows = kept;
}

/* Rows from `until` on leave, told in the order of the files; the others are counted anew. */
static tsl_status leave_late(tsl__reading *r, size_t time, int64_t until, tsl_error *err)
{
    const size_t outputs = r->terms.plan.outputs;
    tsl_status status = TSL_OK;
    late_rows late = {.row = NULL};
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = NULL;
    TSL__NEED(wanted = tsl__alloc(outputs, 1));
    memset(wanted, 1, outputs);
    tsl__sums_free(&r->sums);
    TSL__TRY(tsl__sums_open(&r->sums, outputs, err));
    r->observed.output[time].ends = (tsl__date_ends){{0}, {{0}}, {{0}}};
    for (size_t p = 0; p < TSL__SHARDS; p++) {
        TSL__TRY(tsl__shard_read(r->shards, p, wanted, 1, &shard, err));
        TSL__TRY(find_late(r, &shard, time, until, &late, err));
    }
    if (late.count) {
        qsort(late.row, late.count, sizeof *late.row, compare_rows);
    }
    for (size_t i = 0; i < late.count; i++) {
        TSL__TRY(reject_late(r, &r->terms.plan.output[time], &late.row[i], err));
    }
    forget_late(&r->hashes, &late);
    r->rows -= late.count;
done:
    tsl__shard_free(r->shards, &shard);
    free(late.row);
    free(wanted);
    return status;
}

tsl_status tsl__finish_drop(tsl__reading *r, size_t number, size_t place, tsl_error *err)
{
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = NULL;
    size_t time = 0, rows = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    TSL__TRY(tsl__shard_read(r->shards, number, wanted, 0, &shard, err));
    for (size_t row = 0; row < shard.rows; row++) {
        rows += (size_t)shard.customer[row] == place;
    }
    TSL__TRY(tsl__shards_drop_id(r->shards, shard.id[place]) ? tsl__error_nomem(err) : TSL_OK);
    r->rows -= rows;
    while (r->terms.plan.output[time].type != TSL_TYPE_TIME) {
        time++;
    }
    TSL__TRY(leave_late(r, time, INT64_MAX, err));
    r->table->info.rounded = (uint64_t)r->sums.rounded;
done:
    tsl__shard_free(r->shards, &shard);
    free(wanted);
    return status;
}

/* One thread's. */
typedef struct day_counter {
    tsl__day_counts days;
    tsl_status status;
    tsl_error err;
} day_counter;

/* Counts the days of all rows anew, of the shards that a thread takes. */
static tsl_status count_shard_days(const tsl__reading *r, size_t time, const uint8_t *wanted, size_t from, size_t step,
                                   tsl__day_counts *days, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__shard shard = {.rows = 0};
    for (size_t p = from; p < TSL__SHARDS; p += step) {
        TSL__TRY(tsl__shard_read(r->shards, p, wanted, 0, &shard, err));
        for (size_t row = 0; row < shard.rows; row++) {
            TSL__NEED(tsl__day_counts_add(days, shard.number[time][row], get_amount(r, &shard, row)) == 0);
        }
    }
done:
    tsl__shard_free(r->shards, &shard);
    return status;
}

/* Of times that were on the way the day is known now. */
static tsl_status count_days(tsl__reading *r, size_t time, tsl_error *err)
{
    const size_t threads = (size_t)r->threads, amount = tsl__finish_find(r, TSL_ROLE_AMOUNT);
    tsl_status status = TSL_OK;
    uint8_t *wanted = NULL;
    day_counter *counter = NULL;
    tsl__day_counts_free(&r->sums.days);
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    TSL__NEED(counter = tsl__alloc_zero(threads, sizeof *counter));
    wanted[time] = 1;
    if (amount != TSL__NONE) {
        wanted[amount] = 1;
    }
#pragma omp parallel for num_threads(r->threads) schedule(static, 1)
    for (size_t t = 0; t < threads; t++) {
        day_counter *c = &counter[t];
        c->status = count_shard_days(r, time, wanted, t, threads, &c->days, &c->err);
    }
    for (size_t t = 0; t < threads; t++) {
        if (counter[t].status != TSL_OK) {
            TSL__TRY(tsl__error_take(err, &counter[t].err));
        }
        TSL__NEED(tsl__day_counts_join(&r->sums.days, &counter[t].days) == 0);
    }
done:
    for (size_t t = 0; counter && t < threads; t++) {
        tsl__day_counts_free(&counter[t].days);
    }
    free(counter);
    free(wanted);
    return status;
}

/* The time from which on rows are out: of the as-of day, where a date turns out to lie there; else of those that
 * stand far behind all others. */
static tsl_status find_end(tsl__reading *r, size_t time, int64_t *until, tsl_error *err)
{
    const int64_t limit = (int64_t)r->terms.opt->as_of * TSL__DAY_SECONDS;
    tsl__outlying far;
    *until = INT64_MAX;
    if (r->terms.opt->as_of != TSL_NO_DAY) {
        *until = r->pendings ? limit : INT64_MAX;
        return TSL_OK;
    }
    tsl__outlying_count(&r->sums.days, &far);
    return tsl__finish_far(r, time, &far, until, err);
}

static tsl_status settle_times(tsl__reading *r, size_t time, tsl_error *err)
{
    tsl__shard_times times = {.until = INT64_MAX};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__finish_reading(r, time, err));
    times.reading = r->observed.output[time].reading;
    tsl__shards_set_times(r->shards, &times);
    TSL__TRY(r->sums.days.unsettled ? count_days(r, time, err) : TSL_OK);
    TSL__TRY(tsl__finish_months(r, time, err));
    TSL__TRY(find_end(r, time, &times.until, err));
    TSL__TRY(times.until != INT64_MAX ? leave_late(r, time, times.until, err) : TSL_OK);
    times.days_alone = r->terms.asked.clock == 0;
    tsl__shards_set_times(r->shards, &times);
done:
    return status;
}

tsl_status tsl__finish_shards(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__shards_close(r->shards, r->memory / TSL__ROWS_SHARE_LATER, err));
    TSL__TRY(add_up(r, err));
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        TSL__TRY(r->terms.plan.output[i].type == TSL_TYPE_TIME ? settle_times(r, i, err) : TSL_OK);
    }
    r->table->info.rounded = (uint64_t)r->sums.rounded;
done:
    return status;
}

/* ---- Columns ------------------------------------------------------------------------ */

/* The dictionary of the codes that rows have, in order; the counts follow it. */
static tsl_status finish_codes(tsl__reading *r, size_t output, tsl_column *c, tsl_error *err)
{
    tsl__column_sums *sums = &r->sums.column[output];
    const tsl__dict *dict = r->build[output].dict;
    const size_t count = tsl__dict_get_count(dict);
    tsl_status status = TSL_OK;
    int32_t *rank = NULL;
    uint64_t *rows = NULL;
    char *used = NULL;
    TSL__NEED(used = tsl__alloc_zero(count, 1));
    TSL__NEED(rows = tsl__alloc_zero(count, sizeof *rows));
    for (size_t code = 0; code < sums->codes; code++) {
        used[code] = sums->code[code] > 0;
    }
    TSL__TRY(tsl__codes_sort(dict, used, &rank, c, err));
    tsl__shards_map_codes(r->shards, output, rank);
    for (size_t code = 0; code < sums->codes; code++) {
        if (used[code]) {
            rows[rank[code]] = sums->code[code];
        }
    }
    free(sums->code);
    sums->code = rows;
    sums->codes = sums->code_capacity = c->dict_count;
    rows = NULL;
done:
    free(rank);
    free(rows);
    free(used);
    return status;
}

static int64_t floor_day(const tsl__shard_times *times, int64_t time)
{
    return times->days_alone && time != TSL_MISSING_INT ? tsl__time_day(time) * (int64_t)TSL__DAY_SECONDS : time;
}

static tsl_status finish_times(tsl__reading *r, size_t output, tsl_column *c, tsl_error *err)
{
    const tsl__output_observed *seen = &r->observed.output[output];
    const tsl__shard_times times = {.days_alone = r->terms.asked.clock == 0};
    tsl_table_info *info = &r->table->info;
    const tsl__dated first = tsl__date_ends_get_first(&seen->ends, &seen->reading);
    const tsl__dated last = tsl__date_ends_get_last(&seen->ends, &seen->reading);
    tsl_status status = TSL_OK;
    tsl__outlying far;
    info->first_time = floor_day(&times, first.time);
    info->last_time = floor_day(&times, last.time);
    info->time_of_day = !times.days_alone && r->sums.days.time_of_day;
    if (times.days_alone && r->sums.days.time_of_day) {
        TSL__TRY(tsl__notes_add(&info->notes, "%s: the earlier table had days alone; the time of day is not used",
                                r->terms.plan.output[output].name));
    }
    info->clock = !times.days_alone && seen->dates.with_clock > 0;
    r->terms.asked.clock = info->clock;
    tsl__outlying_count(&r->sums.days, &far);
    TSL__TRY(tsl__outlying_note(&far, c->name, &first, &last, r->place, TSL__OUTLYING_NONE, &info->notes, err));
done:
    return status;
}

tsl_status tsl__finish_shard_column(tsl__reading *r, size_t output, tsl_column *c, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    const tsl__column_sums *sums = &r->sums.column[output];
    tsl_status status = TSL_OK;
    c->missing = sums->missing;
    TSL__TRY(tsl__terms_get_form(&r->terms, output) == TSL__SHARD_CODE ? finish_codes(r, output, c, err) : TSL_OK);
    TSL__TRY(o->type == TSL_TYPE_TIME ? finish_times(r, output, c, err) : TSL_OK);
    if (o->role == TSL_ROLE_AMOUNT || o->role == TSL_ROLE_COST) {
        r->table->info.decimals = sums->decimals > r->table->info.decimals ? sums->decimals : r->table->info.decimals;
    }
done:
    return status;
}
