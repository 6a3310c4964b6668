/* listing.c: a short file of which every row counts. */
#include "table/listing.h"

#include "base/error.h"
#include "base/text.h"
#include "table/names/column_hints.h"
#include "table/source/ragged.h"

#include <math.h>
#include <string.h>

#define TICK_ROWS 4096

tsl_status tsl__listing_open(const tsl__csv_options *opt, const char *what, tsl__listing *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__listing){.file = opt->from->path ? opt->from->path : what};
    TSL__TRY(tsl__csv_open(opt, &out->csv, err));
    out->names = tsl__csv_get_names(out->csv, &out->fields);
done:
    return status;
}

void tsl__listing_close(tsl__listing *listing)
{
    tsl__csv_free(listing->csv);
    listing->csv = NULL;
}

/* ---- Columns ---------------------------------------------------------------------------- */

size_t tsl__listing_find(const tsl__listing *listing, const char *name)
{
    size_t f = 0;
    while (f < listing->fields && strcmp(listing->names[f], name) != 0) {
        f++;
    }
    return f;
}

static tsl_status fail_lacking(const tsl__listing *l, const tsl__listing_column *column, tsl_error *err)
{
    char hint[TSL__HINT_BYTES];
    return tsl__error_set(err, TSL_E_INPUT, "%s:1: has no column \"%s\", which says %s%s", l->file, column->name,
                          column->what, tsl__column_hint_put(column->name, l->names, l->fields, hint));
}

tsl_status tsl__listing_need(const tsl__listing *listing, const tsl__listing_column *column, size_t *field,
                             tsl_error *err)
{
    *field = tsl__listing_find(listing, column->name);
    return *field < listing->fields ? TSL_OK : fail_lacking(listing, column, err);
}

static tsl_status fail_unknown(const tsl__listing *l, const char *seen, const tsl__listing_column *column, size_t count,
                               tsl_error *err)
{
    const char *known[TSL__LISTING_COLUMNS];
    char hint[TSL__HINT_BYTES];
    for (size_t c = 0; c < count; c++) {
        known[c] = column[c].name;
    }
    return tsl__error_set(err, TSL_E_INPUT, "%s:1: there is no column \"%s\" here%s", l->file, seen,
                          tsl__column_hint_put(seen, known, count, hint));
}

tsl_status tsl__listing_match(const tsl__listing *listing, const tsl__listing_column *column, size_t count,
                              size_t *field, tsl_error *err)
{
    for (size_t c = 0; c < count; c++) {
        field[c] = listing->fields;
    }
    for (size_t f = 0; f < listing->fields; f++) {
        size_t c = 0;
        while (c < count && !tsl__is_same_folded(listing->names[f], column[c].name)) {
            c++;
        }
        if (c == count) {
            return fail_unknown(listing, listing->names[f], column, count, err);
        }
        if (field[c] < listing->fields) {
            return tsl__error_set(err, TSL_E_INPUT, "%s:1: the column \"%s\" stands there twice", listing->file,
                                  listing->names[f]);
        }
        field[c] = f;
    }
    for (size_t c = 0; c < count; c++) {
        if (column[c].what && field[c] == listing->fields) {
            return fail_lacking(listing, &column[c], err);
        }
    }
    return TSL_OK;
}

/* ---- Rows --------------------------------------------------------------------------------- */

tsl_status tsl__listing_read(const tsl__listing *listing, tsl__listing_take take, void *to, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__record record;
    for (;;) {
        TSL__TRY(tsl__csv_read(listing->csv, &record, err));
        if (record.count == 0) {
            break;
        }
        TSL__TRY(tsl__record_check(&record, listing->fields, listing->file, err));
        TSL__TRY(take(to, &record, err));
    }
done:
    return status;
}

tsl_status tsl__listing_fail(const tsl__listing *listing, const tsl__record *record, size_t field, const char *what,
                             tsl_error *err)
{
    char shown[80];
    return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s: \"%s\" %s", listing->file, (unsigned long long)record->line,
                          listing->names[field], tsl__span_show(record->field[field], shown, sizeof shown), what);
}

tsl_status tsl__listing_tick(const tsl__listing *listing, const char *stage, size_t rows, tsl__ticker *ticker,
                             tsl_error *err)
{
    const uint64_t position = tsl__csv_get_position(listing->csv), size = tsl__csv_get_size(listing->csv);
    const tsl_progress_event event = {.stage = stage,
                                      .rows = rows,
                                      .bytes = position,
                                      .fraction = size ? (double)position / (double)size : -1,
                                      .best_inertia = NAN};
    return rows % TICK_ROWS == 0 ? tsl__tick(ticker, &event, err) : TSL_OK;
}
