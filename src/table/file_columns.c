/* file_columns.c: the columns of all files of a table. */
#include "table/file_columns.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/schema/name_index.h"

int tsl__file_columns_go_by_place(const tsl__file_columns *columns, const tsl__csv *csv)
{
    size_t count;
    tsl__csv_get_names(csv, &count);
    return !tsl__csv_has_header(csv) && count == columns->first_count;
}

tsl_status tsl__file_columns_map(const tsl__file_columns *columns, const tsl__csv *csv, size_t **field, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__name_index *index = NULL;
    size_t count;
    const char *const *name = tsl__csv_get_names(csv, &count);
    const int by_place = tsl__file_columns_go_by_place(columns, csv);
    *field = NULL;
    TSL__NEED(by_place || (index = tsl__name_index_open(name, count)));
    TSL__NEED(*field = tsl__alloc(columns->count, sizeof **field));
    for (size_t i = 0; i < columns->count; i++) {
        const size_t at = index ? tsl__name_index_get(index, columns->name[i]) : i;
        (*field)[i] = at < count ? at : SIZE_MAX;
    }
done:
    tsl__name_index_free(index);
    return status;
}

static tsl_status add_column(tsl__file_columns *columns, const char *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *names = columns->name, *all = columns->column;
    TSL__NEED(tsl__reserve(&names, &columns->name_capacity, columns->count + 1, sizeof *columns->name) == 0);
    columns->name = names;
    TSL__NEED(tsl__reserve(&all, &columns->column_capacity, columns->count + 1, sizeof *columns->column) == 0);
    columns->column = all;
    TSL__NEED(columns->name[columns->count] = tsl__strdup(name));
    columns->column[columns->count++] = (tsl__file_column){.lacking = columns->files, .has = columns->files};
done:
    return status;
}

/* Marks the fields of the next file that are columns already; those columns that it lacks count it. */
static void count_fields(tsl__file_columns *columns, const size_t *field, char *known)
{
    for (size_t i = 0; i < columns->count; i++) {
        tsl__file_column *c = &columns->column[i];
        if (field[i] != SIZE_MAX) {
            known[field[i]] = 1;
        } else if (c->lacking++ == 0) {
            c->lacks = columns->files;
        }
    }
}

tsl_status tsl__file_columns_add(tsl__file_columns *columns, const tsl__csv *csv, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *field = NULL, count;
    char *known = NULL;
    const int is_first = columns->files == 0;
    const char *const *name = tsl__csv_get_names(csv, &count);
    TSL__NEED(known = tsl__alloc_zero(count, 1));
    TSL__TRY(tsl__file_columns_map(columns, csv, &field, err));
    count_fields(columns, field, known);
    const int adds = is_first || (columns->has_header && tsl__csv_has_header(csv));
    for (size_t i = 0; i < count && adds; i++) {
        TSL__TRY(known[i] ? TSL_OK : add_column(columns, name[i], err));
    }
    if (is_first) {
        columns->first_count = count;
        columns->has_header = tsl__csv_has_header(csv);
    }
    columns->files++;
done:
    free(field);
    free(known);
    return status;
}

tsl_status tsl__file_columns_look(tsl__file_columns *columns, const tsl__csv *csv, const tsl__block *block,
                                  tsl_error *err)
{
    tsl__scanner *scanner = NULL;
    tsl__record record = {.count = 1};
    tsl_error ignored;
    size_t *field = NULL, count;
    tsl_status status = TSL_OK;
    tsl__csv_get_names(csv, &count);
    TSL__TRY(tsl__file_columns_map(columns, csv, &field, err));
    TSL__NEED(scanner = tsl__scanner_open(csv));
    tsl__scanner_take(scanner, block);
    while (block->count && record.count && tsl__scanner_read(scanner, &record, &ignored) == TSL_OK) {
        for (size_t i = 0; record.count == count && record.valid && i < columns->count; i++) {
            if (field[i] != SIZE_MAX) {
                tsl__currency_cells_add(&columns->column[i].codes, record.field[field[i]], 1);
            }
        }
    }
done:
    tsl__scanner_free(scanner);
    free(field);
    return status;
}

void tsl__file_columns_free(tsl__file_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        free(columns->name[i]);
    }
    free(columns->name);
    free(columns->column);
}
