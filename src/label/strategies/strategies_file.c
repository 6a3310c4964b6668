/* strategies_file.c: a table of strategies from a CSV file. docs/methods/strategies.md. */
#include "label/strategies/strategies.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/kept/kept_rows.h"
#include "table/source/csv.h"
#include "table/source/ragged.h"

#include <stdlib.h>
#include <string.h>

/* The columns, in the order of a row's texts. */
enum { SEGMENT, TIER, LIFECYCLE, ACTION, EN, ZH, FIELDS };
static const char *const columns[FIELDS] = {"segment", "tier", "lifecycle", "action", "en", "zh"};

typedef struct reader {
    tsl__csv *csv;
    const char *file;
    size_t fields, at[FIELDS]; /* where a column stands; fields: nowhere */
    tsl_strategy *row;         /* owned texts; count */
    size_t count, capacity;
    char *text[FIELDS], *where; /* of the row that is read; owned */
} reader;

/* ---- Columns ---------------------------------------------------------------------------- */

static tsl_status fail_column(const reader *r, const char *seen, tsl_error *err)
{
    const char *near = tsl__nearest_get(seen, columns, FIELDS);
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s:1: there is no column \"%s\"%s%s%s; expected segment, tier, lifecycle, action, en and zh",
                          r->file, seen, near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
}

static tsl_status find_columns(reader *r, tsl_error *err)
{
    const char *const *names = tsl__csv_get_names(r->csv, &r->fields);
    for (size_t c = 0; c < FIELDS; c++) {
        r->at[c] = r->fields;
    }
    for (size_t f = 0; f < r->fields; f++) {
        size_t c = 0;
        while (c < FIELDS && strcmp(columns[c], names[f]) != 0) {
            c++;
        }
        if (c == FIELDS) {
            return fail_column(r, names[f], err);
        }
        r->at[c] = f;
    }
    if (r->at[ACTION] == r->fields) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:1: has no column \"action\", which says what is to be done",
                              r->file);
    }
    return TSL_OK;
}

/* ---- Rows --------------------------------------------------------------------------------- */

static void forget(reader *r)
{
    for (size_t c = 0; c < FIELDS; c++) {
        free(r->text[c]);
        r->text[c] = NULL;
    }
    free(r->where);
    r->where = NULL;
}

static tsl_status add_row(reader *r, const tsl__record *record, tsl_error *err)
{
    void *rows = r->row;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__record_check(record, r->fields, r->file, err));
    for (size_t c = 0; c < FIELDS; c++) {
        const tsl__span cell = r->at[c] < r->fields ? record->field[r->at[c]] : (tsl__span){"", 0};
        TSL__NEED(r->text[c] = tsl__strndup(cell.s, cell.n));
    }
    TSL__NEED(r->where = tsl__format("%s:%llu", r->file, (unsigned long long)record->line));
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

static tsl_status read_rows(reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__record record;
    for (;;) {
        TSL__TRY(tsl__csv_read(r->csv, &record, err));
        if (record.count == 0) {
            break;
        }
        TSL__TRY(add_row(r, &record, err));
    }
done:
    return status;
}

tsl_status tsl_strategies_read(const tsl_source *source, tsl_strategies **out, tsl_error *err)
{
    const tsl__csv_options csv = {.from = source, .header = 1};
    tsl_status status = TSL_OK;
    reader r = {.file = source->path ? source->path : "the strategies"};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__csv_open(&csv, &r.csv, err));
    TSL__TRY(find_columns(&r, err));
    TSL__TRY(read_rows(&r, err));
    TSL__TRY(tsl__strategies_copy(r.row, r.count, out, err));
done:
    tsl__rows_free(&tsl__strategy_form, r.row, r.count);
    tsl__csv_free(r.csv);
    return status;
}
