/* scored_rows.c: two blocks in turn: one is at hand, and the other is filled by a task. */
#include "crm/scored_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/source/ragged.h"

#include <stdlib.h>
#include <string.h>

/* ---- One block ------------------------------------------------------------------------------------ */

/* A cell as it is to be read for as long as the block is: where it is marked, or where the scanner took it out of the
 * block, as cells with quotes, it is copied, behind what was copied before. */
static tsl__span keep(const tsl__block *block, tsl__span cell, int can_be_marked, char **at)
{
    const int is_marked = can_be_marked && memchr(cell.s, '\'', cell.n);
    if (!is_marked && (uintptr_t)cell.s - (uintptr_t)block->bytes < block->count) {
        return cell;
    }
    char *own = *at, *end = own + cell.n;
    memcpy(own, cell.s, cell.n);
    *end = '\0';
    end = is_marked ? tsl__csv_unmark(own, own) : end;
    *at = end + 1;
    return (tsl__span){own, (size_t)(end - own)};
}

static tsl_status add_row(const tsl__scored_rows *rows, const tsl__record *record, tsl__scored_block *to, char **at,
                          tsl_error *err)
{
    static const tsl__span none = {"", 0};
    void *cells = to->cell, *lines = to->line;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&cells, &to->cell_room, (to->rows + 1) * TSL__CRM_FIELDS, sizeof *to->cell) == 0);
    to->cell = cells;
    TSL__NEED(tsl__reserve(&lines, &to->line_room, to->rows + 1, sizeof *to->line) == 0);
    to->line = lines;
    tsl__span *cell = to->cell + to->rows * TSL__CRM_FIELDS;
    const int can_be_marked = memchr(record->raw.s, '\'', record->raw.n) != NULL;
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        const size_t column = rows->column[f];
        cell[f] = column == rows->columns ? none
                  : rows->first[f] < f    ? cell[rows->first[f]]
                                          : keep(&to->block, record->field[column], can_be_marked, at);
    }
    to->line[to->rows++] = record->line;
done:
    return status;
}

/* What is copied is at most the bytes of the block, and an end for each of its cells, behind which a byte stands. */
static tsl_status scan(tsl__scored_rows *rows, tsl__scored_block *to, tsl_error *err)
{
    tsl__record record;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__csv_cut(rows->csv, &to->block, err));
    to->position = tsl__csv_get_position(rows->csv);
    to->ended = to->block.count == 0;
    if (to->ended) {
        return TSL_OK;
    }
    void *plain = to->plain;
    TSL__NEED(tsl__reserve(&plain, &to->plain_room, 2 * to->block.count + 2, 1) == 0);
    to->plain = plain;
    char *at = to->plain;
    tsl__scanner_take(rows->scanner, &to->block);
    for (;;) {
        TSL__TRY(tsl__scanner_read(rows->scanner, &record, err));
        if (record.count == 0) {
            break;
        }
        TSL__TRY(tsl__record_check(&record, rows->columns, rows->file, err));
        TSL__TRY(add_row(rows, &record, to, &at, err));
    }
done:
    return status;
}

/* Once, by whoever comes first: a task, or the calling thread that needs it, which waits only where a task is at it. */
static void fill(tsl__scored_rows *rows, tsl__scored_block *to)
{
    pthread_mutex_lock(&rows->lock);
    if (to->is_wanted) {
        to->is_wanted = 0;
        to->rows = 0;
        to->status = scan(rows, to, &to->why);
    }
    pthread_mutex_unlock(&rows->lock);
}

static void begin(tsl__scored_rows *rows, tsl__scored_block *to)
{
    pthread_mutex_lock(&rows->lock);
    to->is_wanted = 1;
    pthread_mutex_unlock(&rows->lock);
#pragma omp task firstprivate(rows, to)
    fill(rows, to);
}

/* ---- All of them ------------------------------------------------------------------------------------ */

static void find_columns(tsl__scored_rows *rows)
{
    const char *const *names = tsl__csv_get_names(rows->csv, &rows->columns);
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        const char *column = tsl__crm_fields[f].column;
        size_t c = column ? 0 : rows->columns, first = 0;
        while (c < rows->columns && strcmp(names[c], column) != 0) {
            c++;
        }
        rows->column[f] = c;
        while (rows->column[first] != c) {
            first++;
        }
        rows->first[f] = first;
    }
}

tsl_status tsl__scored_rows_open(const char *file, tsl__scored_rows *out, tsl_error *err)
{
    const tsl_source source = {.path = file};
    const tsl__csv_options opt = {.from = &source, .delimiter = ',', .header = 1};
    tsl_status status = TSL_OK;
    *out = (tsl__scored_rows){.file = file, .at = 1, .lock = PTHREAD_MUTEX_INITIALIZER};
    out->block[0].is_wanted = 1;
    TSL__TRY(tsl__csv_open(&opt, &out->csv, err));
    find_columns(out);
    const int has_ids = out->column[TSL__FIELD_ID] < out->columns;
    TSL__TRY(has_ids && out->column[TSL__FIELD_SEGMENT] < out->columns
                 ? TSL_OK
                 : tsl__error_set(err, TSL_E_INPUT, "%s:1: has no column %s; the segments.csv of a run is expected",
                                  file, has_ids ? "segment_code" : "customer_id"));
    TSL__NEED(out->scanner = tsl__scanner_open(out->csv));
done:
    return status;
}

void tsl__scored_rows_close(tsl__scored_rows *rows)
{
    for (int b = 0; b < 2; b++) {
        tsl__scored_block *block = &rows->block[b];
        tsl__block_free(&block->block);
        free(block->cell);
        free(block->line);
        free(block->plain);
    }
    tsl__scanner_free(rows->scanner);
    tsl__csv_free(rows->csv);
    *rows = (tsl__scored_rows){0};
}

tsl_status tsl__scored_rows_read(tsl__scored_rows *rows, const tsl__span **cell, uint64_t *line, tsl_error *err)
{
    tsl__scored_block *block = &rows->block[rows->at];
    *cell = NULL;
    while (rows->next == block->rows) {
        if (block->status != TSL_OK) {
            return tsl__error_take(err, &block->why);
        }
        if (block->ended) {
            return TSL_OK;
        }
        tsl__scored_block *other = &rows->block[!rows->at];
        fill(rows, other);
        rows->at = !rows->at;
        rows->next = 0;
        if (other->status == TSL_OK && !other->ended) {
            begin(rows, block);
        }
        block = other;
    }
    *cell = block->cell + rows->next * TSL__CRM_FIELDS;
    *line = block->line[rows->next++];
    return TSL_OK;
}

uint64_t tsl__scored_rows_get_position(const tsl__scored_rows *rows)
{
    return rows->block[rows->at].position;
}
