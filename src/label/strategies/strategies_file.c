/* strategies_file.c: a table of strategies from a CSV file. docs/methods/strategies.md. */
#include "label/strategies/strategies.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/kept/kept_rows.h"
#include "table/listing.h"

#include <stdlib.h>
#include <string.h>

/* The columns, in the order of a row's texts. */
enum { SEGMENT, TIER, LIFECYCLE, ACTION, EN, ZH, FIELDS };
static const tsl__listing_column columns[FIELDS] = {{"segment", NULL},   {"tier", NULL},
                                                    {"lifecycle", NULL}, {"action", "what is to be done"},
                                                    {"en", NULL},        {"zh", NULL}};

typedef struct reader {
    tsl__listing listing;
    size_t at[FIELDS]; /* where a column stands; listing.fields: nowhere */
    tsl_strategy *row; /* owned texts; count */
    size_t count, capacity;
    char *text[FIELDS], *where; /* of the row that is read; owned */
} reader;

static void forget(reader *r)
{
    for (size_t c = 0; c < FIELDS; c++) {
        free(r->text[c]);
        r->text[c] = NULL;
    }
    free(r->where);
    r->where = NULL;
}

static tsl_status add_row(void *to, const tsl__record *record, tsl_error *err)
{
    reader *r = to;
    void *rows = r->row;
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < FIELDS; c++) {
        const tsl__span cell = r->at[c] < r->listing.fields ? record->field[r->at[c]] : (tsl__span){"", 0};
        TSL__NEED(r->text[c] = tsl__strndup(cell.s, cell.n));
    }
    TSL__NEED(r->where = tsl__format("%s:%llu", r->listing.file, (unsigned long long)record->line));
    const tsl_strategy row = {r->text[SEGMENT],           r->text[TIER], r->text[LIFECYCLE], r->text[ACTION],
                              {r->text[EN], r->text[ZH]}, r->where};
    TSL__TRY(tsl__strategy_check(&row, err));
    TSL__NEED(!tsl__reserve(&rows, &r->capacity, r->count + 1, sizeof *r->row));
    r->row = rows;
    r->row[r->count++] = row;
    memset(r->text, 0, sizeof r->text); /* given away */
    r->where = NULL;
done:
    forget(r);
    return status;
}

tsl_status tsl_strategies_read(const tsl_source *source, tsl_strategies **out, tsl_error *err)
{
    const tsl__csv_options csv = {.from = source, .header = 1};
    tsl_status status = TSL_OK;
    reader r = {.count = 0};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__listing_open(&csv, "the strategies", &r.listing, err));
    TSL__TRY(tsl__listing_match(&r.listing, columns, FIELDS, r.at, err));
    TSL__TRY(tsl__listing_read(&r.listing, add_row, &r, err));
    TSL__TRY(r.count ? TSL_OK
                     : tsl__error_set(err, TSL_E_INPUT,
                                      "%s:1: expected rows of strategies below the names of the columns, but found "
                                      "none (--strategies none leaves actions out)",
                                      r.listing.file));
    TSL__TRY(tsl__strategies_copy(r.row, r.count, out, err));
done:
    tsl__rows_free(&tsl__strategy_form, r.row, r.count);
    tsl__listing_close(&r.listing);
    return status;
}
