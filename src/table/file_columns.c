/* file_columns.c: the columns of all files of a table. */
#include "table/file_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/names/name_index.h"

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
    for (size_t i = 0; index && i < columns->aliases; i++) {
        size_t *own = &(*field)[columns->alias[i].column];
        const size_t at = tsl__name_index_get(index, columns->alias[i].name);
        *own = *own == SIZE_MAX && at < count ? at : *own;
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

/* Keeps which columns the file has: of those before it by their fields, and those that it adds. */
static tsl_status keep_fields(tsl__file_columns *columns, const size_t *field, size_t before, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *has = columns->has, *counts = columns->has_count;
    char *own;
    TSL__NEED(tsl__reserve(&has, &columns->has_capacity, columns->files + 1, sizeof *columns->has) == 0);
    columns->has = has;
    TSL__NEED(tsl__reserve(&counts, &columns->has_count_capacity, columns->files + 1, sizeof *columns->has_count) == 0);
    columns->has_count = counts;
    TSL__NEED(own = columns->has[columns->files] = tsl__alloc(columns->count, 1));
    for (size_t i = 0; i < columns->count; i++) {
        own[i] = i >= before || field[i] != SIZE_MAX;
    }
    columns->has_count[columns->files++] = columns->count;
done:
    return status;
}

tsl_status tsl__file_columns_add(tsl__file_columns *columns, const tsl__csv *csv, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *field = NULL, count;
    char *known = NULL;
    const int is_first = columns->files == 0;
    const size_t before = columns->count;
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
    TSL__TRY(keep_fields(columns, field, before, err));
done:
    free(field);
    free(known);
    return status;
}

static void look_at_cell(tsl__file_column *column, tsl__span cell, size_t row)
{
    tsl__currency_cells_add(&column->codes, cell, 1);
    if (row < TSL__FIRST_CELLS) {
        tsl__first_cells_add(&column->first, cell);
    }
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
    for (size_t row = 0; block->count && record.count && tsl__scanner_read(scanner, &record, &ignored) == TSL_OK;
         row++) {
        for (size_t i = 0; record.count == count && record.valid && i < columns->count; i++) {
            if (field[i] != SIZE_MAX) {
                look_at_cell(&columns->column[i], record.field[field[i]], row);
            }
        }
    }
done:
    tsl__scanner_free(scanner);
    free(field);
    return status;
}

int tsl__file_columns_has(const tsl__file_columns *columns, size_t file, size_t column)
{
    return column < columns->has_count[file] && columns->has[file][column];
}

int tsl__file_columns_meet(const tsl__file_columns *columns, size_t one, size_t other)
{
    size_t file = 0;
    while (file < columns->files &&
           !(tsl__file_columns_has(columns, file, one) && tsl__file_columns_has(columns, file, other))) {
        file++;
    }
    return file < columns->files;
}

/* Takes an element out of an array. */
static void take_out(void *array, size_t count, size_t at, size_t size)
{
    char *place = (char *)array + at * size;
    memmove(place, place + size, (count - at - 1) * size);
}

/* Moves what is known of a file to the one column. */
static tsl_status join_file(tsl__file_columns *columns, size_t file, size_t one, size_t other, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *count = &columns->has_count[file];
    char *has = columns->has[file];
    if (other >= *count) {
        return TSL_OK;
    }
    if (has[other] && one >= *count) { /* a column that a later file added */
        TSL__NEED(has = tsl__alloc_zero(one + 1, 1));
        memcpy(has, columns->has[file], *count);
        free(columns->has[file]);
        columns->has[file] = has;
        *count = one + 1;
    }
    if (has[other]) {
        has[one] = 1;
    }
    take_out(has, (*count)--, other, 1);
done:
    return status;
}

tsl_status tsl__file_columns_join(tsl__file_columns *columns, size_t one, size_t other, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *grown = columns->alias;
    TSL__NEED(tsl__reserve(&grown, &columns->alias_capacity, columns->aliases + 1, sizeof *columns->alias) == 0);
    columns->alias = grown;
    for (size_t file = 0; file < columns->files; file++) {
        TSL__TRY(join_file(columns, file, one, other, err));
    }
    columns->alias[columns->aliases++] = (tsl__file_alias){.name = columns->name[other], .column = one};
    for (size_t i = 0; i < columns->aliases; i++) {
        size_t *of = &columns->alias[i].column;
        *of = *of == other ? one : *of - (*of > other);
    }
    take_out(columns->name, columns->count, other, sizeof *columns->name);
    take_out(columns->column, columns->count--, other, sizeof *columns->column);
    tsl__file_column *c = &columns->column[one];
    c->lacking = 0;
    c->has = c->lacks = columns->files;
    for (size_t file = columns->files; file-- > 0;) {
        const int has = tsl__file_columns_has(columns, file, one);
        c->lacking += !has;
        *(has ? &c->has : &c->lacks) = file;
    }
    c->lacks = c->lacking ? c->lacks : 0;
done:
    return status;
}

void tsl__file_columns_free(tsl__file_columns *columns)
{
    for (size_t i = 0; i < columns->aliases; i++) {
        free(columns->alias[i].name);
    }
    for (size_t i = 0; i < columns->files; i++) {
        free(columns->has[i]);
    }
    free(columns->alias);
    free(columns->has);
    free(columns->has_count);
    for (size_t i = 0; i < columns->count; i++) {
        free(columns->name[i]);
    }
    free(columns->name);
    free(columns->column);
}
