/* rfm_map_file.c: a map of RFM segments from a CSV file: a block of cells a row. */
#include <tesela/label.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/names/column_hints.h"
#include "table/source/csv.h"
#include "table/source/ragged.h"

#include <stdlib.h>
#include <string.h>

enum { CODE, NAME_EN, NAME_ZH, R, F, M, COLUMNS };
static const struct {
    const char *name;
    int needed;
} columns[COLUMNS] = {
    [CODE] = {"code", 1}, [NAME_EN] = {"name_en", 0}, [NAME_ZH] = {"name_zh", 0}, [R] = {"r", 1}, [F] = {"f", 1},
    [M] = {"m", 0}};

enum { ROWS_MOST = TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST };

typedef struct reader {
    const char *file;
    tsl__csv *csv;
    const char *const *names;
    size_t fields, field[COLUMNS]; /* fields: there is none */
    tsl_rfm_block *block;
    char *(*text)[COLUMNS]; /* what the blocks point to: CODE, NAME_EN, NAME_ZH, and R: the place */
    size_t count, block_room, text_room;
} reader;

static tsl_status choose_columns(reader *r, tsl_error *err)
{
    const char *known[COLUMNS];
    char hint[TSL__HINT_BYTES];
    r->names = tsl__csv_get_names(r->csv, &r->fields);
    for (int c = 0; c < COLUMNS; c++) {
        known[c] = columns[c].name;
        r->field[c] = r->fields;
    }
    for (size_t f = 0; f < r->fields; f++) {
        int c = 0;
        while (c < COLUMNS && !tsl__is_same_folded(r->names[f], columns[c].name)) {
            c++;
        }
        if (c == COLUMNS) {
            return tsl__error_set(err, TSL_E_INPUT, "%s:1: a map of segments has no column \"%s\"%s", r->file,
                                  r->names[f], tsl__column_hint_put(r->names[f], known, COLUMNS, hint));
        }
        if (r->field[c] < r->fields) {
            return tsl__error_set(err, TSL_E_INPUT, "%s:1: the column \"%s\" stands there twice", r->file, r->names[f]);
        }
        r->field[c] = f;
    }
    for (int c = 0; c < COLUMNS; c++) {
        if (columns[c].needed && r->field[c] == r->fields) {
            return tsl__error_set(err, TSL_E_INPUT, "%s:1: has no column \"%s\"%s", r->file, columns[c].name,
                                  tsl__column_hint_put(columns[c].name, r->names, r->fields, hint));
        }
    }
    return TSL_OK;
}

/* The digit at *at, which moves on; -1 where there is none. */
static int take_digit(tsl__span cell, size_t *at)
{
    while (*at < cell.n && cell.s[*at] == ' ') {
        ++*at;
    }
    return *at < cell.n && tsl__is_digit(cell.s[*at]) ? cell.s[(*at)++] - '0' : -1;
}

/* 3, 1-2, 1..2 (which no spreadsheet takes for a date); 0 on success. */
static int read_range(tsl__span cell, int *low, int *high)
{
    static const char *const between[] = {"-", "..", "\xe2\x80\x93"};
    size_t at = 0;
    *low = *high = take_digit(cell, &at);
    while (at < cell.n && cell.s[at] == ' ') {
        at++;
    }
    for (size_t b = 0; at < cell.n && b < sizeof between / sizeof *between; b++) {
        const size_t length = strlen(between[b]);
        if (cell.n - at > length && memcmp(cell.s + at, between[b], length) == 0) {
            at += length;
            *high = take_digit(cell, &at);
            break;
        }
    }
    return *low >= 0 && *high >= 0 && at == cell.n ? 0 : -1;
}

static tsl_status take_range(const reader *r, const tsl__record *record, int column, int *low, int *high,
                             tsl_error *err)
{
    char shown[80];
    *low = *high = 0;
    if (r->field[column] == r->fields || (column == M && record->field[r->field[M]].n == 0)) {
        return TSL_OK;
    }
    const tsl__span cell = record->field[r->field[column]];
    if (read_range(cell, low, high)) {
        return tsl__error_set(
            err, TSL_E_INPUT, "%s:%llu: %s: \"%s\" is no score or range of scores, such as 3, 1-2 or 1..2", r->file,
            (unsigned long long)record->line, columns[column].name, tsl__span_show(cell, shown, sizeof shown));
    }
    return TSL_OK;
}

static tsl_status take_text(const reader *r, const tsl__record *record, int column, char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (r->field[column] < r->fields && record->field[r->field[column]].n > 0) {
        TSL__NEED(*out = tsl__strndup(record->field[r->field[column]].s, record->field[r->field[column]].n));
    }
done:
    return status;
}

static tsl_status make_room(reader *r, tsl_error *err)
{
    void *block = r->block, *text = r->text;
    tsl_status status = TSL_OK;
    TSL__NEED(!tsl__reserve(&block, &r->block_room, r->count + 1, sizeof *r->block));
    r->block = block;
    TSL__NEED(!tsl__reserve(&text, &r->text_room, r->count + 1, sizeof *r->text));
    r->text = text;
done:
    return status;
}

static tsl_status add_block(reader *r, const tsl__record *record, tsl_error *err)
{
    const unsigned long long line = (unsigned long long)record->line;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__record_check(record, r->fields, r->file, err));
    if (r->count == ROWS_MOST) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: there are more than %d rows", r->file, line, ROWS_MOST);
    }
    TSL__TRY(make_room(r, err));
    tsl_rfm_block *block = &r->block[r->count];
    char **text = r->text[r->count];
    *block = (tsl_rfm_block){.code = NULL};
    memset(text, 0, sizeof r->text[0]);
    r->count++;
    TSL__NEED(text[R] = tsl__format("%s:%llu", r->file, line));
    for (int c = CODE; c <= NAME_ZH; c++) {
        TSL__TRY(take_text(r, record, c, &text[c], err));
    }
    block->where = text[R];
    block->code = text[CODE];
    block->name[0] = text[NAME_EN];
    block->name[1] = text[NAME_ZH];
    TSL__TRY(take_range(r, record, R, &block->r_low, &block->r_high, err));
    TSL__TRY(take_range(r, record, F, &block->f_low, &block->f_high, err));
    TSL__TRY(take_range(r, record, M, &block->m_low, &block->m_high, err));
done:
    return status;
}

static tsl_status read_blocks(reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__record record;
    for (;;) {
        TSL__TRY(tsl__csv_read(r->csv, &record, err));
        if (record.count == 0) {
            break;
        }
        TSL__TRY(add_block(r, &record, err));
    }
done:
    return status;
}

static void free_reader(reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        for (int c = 0; c < COLUMNS; c++) {
            free(r->text[i][c]);
        }
    }
    free(r->text);
    free(r->block);
    tsl__csv_free(r->csv);
}

/* As many as the greatest score that a row names. */
static int find_bins(const reader *r)
{
    int bins = 2;
    for (size_t i = 0; i < r->count; i++) {
        const int high[] = {r->block[i].r_high, r->block[i].f_high, r->block[i].m_high};
        for (int c = 0; c < 3; c++) {
            bins = high[c] > bins ? high[c] : bins;
        }
    }
    return bins;
}

tsl_status tsl_rfm_map_read(const tsl_source *source, int bins, tsl_rfm_map *out, tsl_error *err)
{
    const tsl__csv_options csv = {.from = source, .header = 1};
    reader r = {.file = source->path ? source->path : "the map"};
    tsl_status status = TSL_OK;
    tsl_error told;
    tsl__error_reset(err);
    TSL__TRY(tsl__csv_open(&csv, &r.csv, err));
    TSL__TRY(choose_columns(&r, err));
    TSL__TRY(read_blocks(&r, err));
    status = tsl_rfm_map_build(r.block, r.count, bins ? bins : find_bins(&r), out, &told);
    if (status != TSL_OK) { /* what concerns all rows does not name the file */
        const int is_placed = strncmp(told.message, r.file, strlen(r.file)) == 0;
        status = tsl__error_set(err, status, "%s%s%s", is_placed ? "" : r.file, is_placed ? "" : ": ", told.message);
    }
done:
    free_reader(&r);
    return status;
}
