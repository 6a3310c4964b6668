/* csv_record.c: one customer's line of a CSV file that the program wrote, by the id in its first column. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/source/csv.h"

#include <stdlib.h>
#include <string.h>

/* The id as it stands in such a file: what a spreadsheet would run has a ' before it. */
static int is_id(tsl__span cell, const char *id)
{
    const size_t mark = cell.n > 0 && cell.s[0] == '\'' && tsl__csv_is_marked(id);
    return cell.n - mark == strlen(id) && memcmp(cell.s + mark, id, cell.n - mark) == 0;
}

static tsl_status take(const char *const *names, const tsl__record *from, tsl_record **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_record *record = NULL;
    TSL__NEED(record = tsl__alloc_zero(1, sizeof *record));
    TSL__NEED(record->column = tsl__alloc_zero(from->count, sizeof *record->column));
    TSL__NEED(record->cell = tsl__alloc_zero(from->count, sizeof *record->cell));
    record->count = from->count;
    for (size_t c = 0; c < from->count; c++) {
        TSL__NEED(record->column[c] = tsl__strdup(names[c]));
        TSL__NEED(record->cell[c] = tsl__strndup(from->field[c].s, from->field[c].n));
    }
    *out = record;
    record = NULL;
done:
    tsl_record_free(record);
    return status;
}

tsl_status tsl_record_read(const tsl_source *source, const char *id, tsl_record **out, tsl_error *err)
{
    const tsl__csv_options opt = {.from = source, .delimiter = ',', .header = 1};
    tsl_status status = TSL_OK;
    tsl__csv *csv = NULL;
    tsl__record record;
    size_t columns = 0;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__csv_open(&opt, &csv, err));
    const char *const *names = tsl__csv_get_names(csv, &columns);
    for (;;) {
        TSL__TRY(tsl__csv_read(csv, &record, err));
        if (record.count == 0) {
            break;
        }
        if (record.count == columns && is_id(record.field[0], id)) {
            TSL__TRY(take(names, &record, out, err));
            break;
        }
    }
done:
    tsl__csv_free(csv);
    return status;
}

const char *tsl_record_get_cell(const tsl_record *record, const char *column)
{
    for (size_t c = 0; record && c < record->count; c++) {
        if (strcmp(record->column[c], column) == 0) {
            return record->cell[c];
        }
    }
    return NULL;
}

void tsl_record_free(tsl_record *record)
{
    if (record) {
        tsl__free_texts(record->column, record->column ? record->count : 0);
        tsl__free_texts(record->cell, record->cell ? record->count : 0);
        free(record);
    }
}
