/* rfm_map_file.c: a map of RFM segments from a CSV file: a block of cells a row. */
#include <tesela/label.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/listing.h"

#include <stdlib.h>
#include <string.h>

enum { CODE, NAME_EN, NAME_ZH, R, F, M, COLUMNS };
static const tsl__listing_column columns[COLUMNS] = {[CODE] = {"code", "which segment it is"},
                                                     [NAME_EN] = {"name_en", NULL},
                                                     [NAME_ZH] = {"name_zh", NULL},
                                                     [R] = {"r", "which scores of recency"},
                                                     [F] = {"f", "which scores of frequency"},
                                                     [M] = {"m", NULL}};

enum { ROWS_MOST = TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST };

typedef struct reader {
    tsl__listing listing;
    size_t field[COLUMNS]; /* listing.fields: there is none */
    tsl_rfm_block *block;
    char *(*text)[COLUMNS]; /* what the blocks point to: CODE, NAME_EN, NAME_ZH, and R: the place */
    size_t count, block_room, text_room;
} reader;

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
    const size_t field = r->field[column];
    *low = *high = 0;
    if (field == r->listing.fields || (column == M && record->field[field].n == 0)) {
        return TSL_OK;
    }
    return read_range(record->field[field], low, high) == 0
               ? TSL_OK
               : tsl__listing_fail(&r->listing, record, field, "is no score or range of scores, such as 3, 1-2 or 1..2",
                                   err);
}

static tsl_status take_text(const reader *r, const tsl__record *record, int column, char **out, tsl_error *err)
{
    const size_t field = r->field[column];
    tsl_status status = TSL_OK;
    if (field < r->listing.fields && record->field[field].n > 0) {
        TSL__NEED(*out = tsl__strndup(record->field[field].s, record->field[field].n));
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

static tsl_status add_block(void *to, const tsl__record *record, tsl_error *err)
{
    reader *r = to;
    const char *file = r->listing.file;
    const unsigned long long line = (unsigned long long)record->line;
    tsl_status status = TSL_OK;
    if (r->count == ROWS_MOST) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: there are more than %d rows", file, line, ROWS_MOST);
    }
    TSL__TRY(make_room(r, err));
    tsl_rfm_block *block = &r->block[r->count];
    char **text = r->text[r->count];
    *block = (tsl_rfm_block){.code = NULL};
    memset(text, 0, sizeof r->text[0]);
    r->count++;
    TSL__NEED(text[R] = tsl__format("%s:%llu", file, line));
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

static void free_reader(reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        for (int c = 0; c < COLUMNS; c++) {
            free(r->text[i][c]);
        }
    }
    free(r->text);
    free(r->block);
    tsl__listing_close(&r->listing);
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
    reader r = {.count = 0};
    tsl_status status = TSL_OK;
    tsl_error told;
    tsl__error_reset(err);
    TSL__TRY(tsl__listing_open(&csv, "the map", &r.listing, err));
    TSL__TRY(tsl__listing_match(&r.listing, columns, COLUMNS, r.field, err));
    TSL__TRY(tsl__listing_read(&r.listing, add_block, &r, err));
    status = tsl_rfm_map_build(r.block, r.count, bins ? bins : find_bins(&r), out, &told);
    if (status != TSL_OK) { /* what concerns all rows does not name the file */
        const char *file = r.listing.file;
        const int is_placed = strncmp(told.message, file, strlen(file)) == 0;
        status = tsl__error_set(err, status, "%s%s%s", is_placed ? "" : file, is_placed ? "" : ": ", told.message);
    }
done:
    free_reader(&r);
    return status;
}
