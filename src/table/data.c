/* data.c: tsl_data_read: a matrix of plain numbers from CSV, NumPy or HDF5. */
#include "table/data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/text.h"
#include "expr/expr.h"
#include "table/bytes/source.h"
#include "table/cell/parse_number.h"
#include "table/cell/pseudonyms.h"
#include "table/cell/quotes.h"
#include "table/cell/suppression.h"
#include "table/data_commas.h"
#include "table/names/column_hints.h"
#include "table/names/header_words.h"
#include "table/schema/asked.h"
#include "table/source/csv.h"
#include "table/source/ragged.h"

#define TICK_ROWS 1024

void tsl_data_defaults(tsl_data_options *opt, size_t size)
{
    const tsl_data_options full = {.size = sizeof full, .header = -1};
    tsl__options_give(opt, size, &full, sizeof full);
}

tsl_status tsl__data_options_open(const tsl_data_options *given, tsl_data_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_data_defaults(opt, sizeof *opt);
    TSL__TRY(tsl__options_take("data", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__asked_check_delimiter(opt->delimiter, err));
    if (opt->header < -1) {
        return tsl__error_set(err, TSL_E_OPTION, "header: " TSL__HEADERS " is expected");
    }
    TSL__TRY(tsl__asked_check_encoding(opt->encoding, err));
    TSL__TRY(tsl__options_check_texts(opt->ignore, opt->ignore_count, "ignore", err));
done:
    return status;
}

tsl_status tsl_data_check(const tsl_data_options *opt, tsl_error *err)
{
    tsl_data_options full;
    tsl__error_reset(err);
    return tsl__data_options_open(opt, &full, err);
}

void tsl_data_free(tsl_data *data)
{
    if (!data) {
        return;
    }
    free((void *)(uintptr_t)data->values);
    tsl__free_texts(data->name, data->cols);
    tsl__free_texts(data->id, data->rows);
    free(data->weight);
    free(data->weight_name);
    if (data->file) {
        free((void *)(uintptr_t)data->file->name);
    }
    free((void *)(uintptr_t)data->file);
    tsl__notes_free(&data->notes);
    free(data);
}

/* Names c1, c2, ...; NULL: out of memory. */
static char **number_names(size_t count)
{
    char **name = tsl__alloc_zero(count, sizeof *name);
    for (size_t i = 0; name && i < count; i++) {
        if (!(name[i] = tsl__format("c%zu", i + 1))) {
            tsl__free_texts(name, i);
            return NULL;
        }
    }
    return name;
}

/* ---- CSV --------------------------------------------------------------- */

typedef struct reader {
    const tsl_data_options *opt;
    const char *path;
    tsl__csv *csv;
    const char *const *names; /* of all fields */
    size_t fields;
    char **own_names;  /* c1, c2, ... behind a line of counts */
    tsl__record first; /* a first row of data */
    int first_waits;
    size_t *column;           /* fields that are columns of the matrix */
    tsl__data_commas *commas; /* one a column */
    size_t cols;
    size_t id;     /* the field of the row names, or fields */
    size_t weight; /* the column of the weights, or cols */
    int hints, numbered;
    tsl_data *data;
    double *values; /* of data, under construction */
    size_t value_capacity, id_capacity;
    uint64_t suppressed; /* rows of customers who are left out */
    tsl__ticker ticker;
} reader;

static tsl_status fail_field(const reader *r, const char *what, const char *name, tsl_error *err)
{
    char hint[TSL__HINT_BYTES];
    return tsl__error_set(err, TSL_E_OPTION, "%s: %s has no column \"%s\"%s", what, tsl__csv_get_path(r->csv), name,
                          tsl__column_hint_put(name, r->names, r->fields, hint));
}

/* The first line of scikit-learn's sets: rows, features, the names of the classes.
 * The columns are then one more than it says: the class stands last. */
static size_t count_columns(const tsl__record *r)
{
    double rows, features, name;
    if (r->count < 3 || tsl__cell_number(r->field[0], &rows) || tsl__cell_number(r->field[1], &features)) {
        return 0;
    }
    if (rows < 1 || features < 1 || features > 1e6 || rows != floor(rows) || features != floor(features)) {
        return 0;
    }
    for (size_t i = 2; i < r->count; i++) {
        if (r->field[i].n == 0 || tsl__cell_number(r->field[i], &name) == 0) {
            return 0;
        }
    }
    return (size_t)features + 1;
}

/* A file without a header may begin with a line of counts, which is no data. */
static tsl_status read_first(reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    r->names = tsl__csv_get_names(r->csv, &r->fields);
    if (tsl__csv_has_header(r->csv)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__csv_read(r->csv, &r->first, err));
    size_t columns = r->opt->header < 0 ? count_columns(&r->first) : 0;
    r->first_waits = columns == 0;
    if (columns == 0) {
        return TSL_OK;
    }
    TSL__NEED(r->own_names = number_names(columns));
    r->fields = columns;
    r->names = (const char *const *)r->own_names;
    TSL__TRY(tsl__notes_add(&r->data->notes,
                            "%s: its first line counts %.*s rows of %zu features and names classes; it is left out",
                            r->path, (int)r->first.field[0].n, r->first.field[0].s, columns - 1));
done:
    return status;
}

/* out: one a field, 1 where it is left out. */
static tsl_status find_ignored(const reader *r, char *out, tsl_error *err)
{
    const tsl_data_options *opt = r->opt;
    for (size_t i = 0; i < opt->ignore_count; i++) {
        size_t field = tsl__data_find_column(opt->ignore[i], r->names, r->fields);
        if (field == r->fields) {
            return fail_field(r, "ignore", opt->ignore[i], err);
        }
        out[field] = 1;
    }
    return TSL_OK;
}

/* The column of the weights is read like the others, and taken out at the end. */
static tsl_status find_weight(reader *r, tsl_error *err)
{
    const char *name = r->opt->weight;
    size_t field = name ? tsl__data_find_column(name, r->names, r->fields) : r->fields;
    for (r->weight = 0; name && r->weight < r->cols && r->column[r->weight] != field;) {
        r->weight++;
    }
    r->weight = name ? r->weight : r->cols;
    if (name && field == r->fields) {
        return fail_field(r, "weight", name, err);
    }
    return name && r->weight == r->cols
               ? tsl__error_set(err, TSL_E_OPTION, "weight: the column \"%s\" is left out, or names the rows", name)
               : TSL_OK;
}

static tsl_status choose_columns(reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *out = NULL;
    TSL__NEED(out = tsl__alloc_zero(r->fields, 1));
    TSL__NEED(r->column = tsl__alloc(r->fields, sizeof *r->column));
    TSL__NEED(r->commas = tsl__alloc_zero(r->fields, sizeof *r->commas));
    TSL__NEED(r->data->name = tsl__alloc_zero(r->fields, sizeof(char *)));
    r->id = r->opt->id ? tsl__data_find_column(r->opt->id, r->names, r->fields) : r->fields;
    TSL__TRY(r->opt->id && r->id == r->fields ? fail_field(r, "id", r->opt->id, err) : TSL_OK);
    TSL__TRY(find_ignored(r, out, err));
    for (size_t i = 0; i < r->fields; i++) {
        if (out[i] || i == r->id) {
            continue;
        }
        r->column[r->cols++] = i;
        TSL__NEED(r->data->name[r->data->cols++] = tsl__strdup(r->names[i]));
    }
    TSL__TRY(r->cols == 0 ? tsl__error_set(err, TSL_E_INPUT, "%s: no column is left", tsl__csv_get_path(r->csv))
                          : TSL_OK);
    TSL__TRY(find_weight(r, err));
done:
    free(out);
    return status;
}

static tsl_status fail_cell(const reader *r, const tsl__record *record, size_t field, tsl_error *err)
{
    char shown[80], hint[TSL__COMMA_HINT_BYTES];
    tsl__span cell = record->field[field];
    const char *path = tsl__csv_get_path(r->csv), *name = r->names[field];
    unsigned long long line = (unsigned long long)record->line;
    if (tsl__cell_is_missing(cell)) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s is missing; every cell must be a number", path, line,
                              name);
    }
    if (!r->hints) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s: \"%s\" is not a finite number%s", path, line, name,
                              tsl__span_show(cell, shown, sizeof shown), tsl__data_commas_hint(cell, hint));
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s:%llu: %s: \"%s\" is not a finite number%s; a column of texts is left out by "
                          "--ignore \"%s\" or kept as row names by --id \"%s\"",
                          path, line, name, tsl__span_show(cell, shown, sizeof shown),
                          tsl__data_commas_hint(cell, hint), name, name);
}

static tsl_status add_id(reader *r, const tsl__record *record, tsl_error *err)
{
    void *id = r->data->id;
    if (tsl__reserve(&id, &r->id_capacity, r->data->rows + 1, sizeof(char *))) {
        return tsl__error_nomem(err);
    }
    r->data->id = id;
    tsl__span cell = record->field[r->id];
    r->data->id[r->data->rows] = tsl__strndup(cell.s, cell.n);
    return r->data->id[r->data->rows] ? TSL_OK : tsl__error_nomem(err);
}

/* A whole number that a double may not hold: of digits alone, which may have lost some on their way here already, or
 * written with a point or an exponent, whose digits it does not hold. */
static tsl_status check_whole(const reader *r, const tsl__record *record, size_t field, double number, tsl_error *err)
{
    tsl__span cell = record->field[field];
    char shown[80];
    if (fabs(number) <= (double)TSL__GREATEST_WHOLE ||
        (!tsl__cell_is_inexact(cell, number) && tsl__cell_keeps_digits(cell, number))) {
        return TSL_OK;
    }
    if (!r->hints) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s: %s is beyond 2^53 - 1, where whole numbers lose digits",
                              tsl__csv_get_path(r->csv), (unsigned long long)record->line, r->names[field],
                              tsl__span_show(cell, shown, sizeof shown));
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s:%llu: %s: %s is beyond 2^53 - 1, where whole numbers lose digits; an id is left out by "
                          "--ignore \"%s\" or kept as row names by --id \"%s\"",
                          tsl__csv_get_path(r->csv), (unsigned long long)record->line, r->names[field],
                          tsl__span_show(cell, shown, sizeof shown), r->names[field], r->names[field]);
}

/* 1: as tsl__cell_number has it, with what its writing shows. */
static int read_number(tsl__span cell, tsl__figure *figure, double *value)
{
    return tsl__cell_read(cell, TSL__MARK_POINT, figure) == 0 && !figure->extended &&
           tsl__figure_get_number(figure, cell, value) == 0;
}

static tsl_status add_numbers(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl__figure figure;
    double *row = r->values + r->data->rows * r->cols;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->cols; i++) {
        size_t field = r->column[i];
        const int good = read_number(record->field[field], &figure, &row[i]);
        TSL__TRY(good ? TSL_OK : fail_cell(r, record, field, err));
        TSL__TRY(check_whole(r, record, field, row[i], err));
        tsl__data_commas_add(&r->commas[i], &figure, record->field[field], record->line);
    }
done:
    return status;
}

static tsl_status add_row(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl_data *data = r->data;
    void *values = r->values;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__record_check(record, r->fields, tsl__csv_get_path(r->csv), err));
    if (r->opt->suppression && tsl__suppression_has(r->opt->suppression, record->field[r->id], 0)) {
        r->suppressed++;
        return TSL_OK;
    }
    TSL__NEED(!tsl__reserve(&values, &r->value_capacity, (data->rows + 1) * r->cols, sizeof *r->values));
    data->values = r->values = values;
    TSL__TRY(add_numbers(r, record, err));
    TSL__TRY(r->id < r->fields ? add_id(r, record, err) : TSL_OK);
    data->rows++;
done:
    return status;
}

/* Whom a row is of is said by its id alone. */
static tsl_status check_suppression(const reader *r, tsl_error *err)
{
    return r->opt->suppression && r->id == r->fields
               ? tsl__error_set(err, TSL_E_OPTION,
                                "suppression: %s: which column holds the ids of the customers is not said (--id)",
                                tsl__csv_get_path(r->csv))
               : TSL_OK;
}

static tsl_status note_suppressed(const reader *r, tsl_error *err)
{
    const unsigned long long rows = (unsigned long long)r->suppressed;
    return rows ? tsl__notes_add(&r->data->notes, "%llu row%s left out, being of customers who are suppressed", rows,
                                 rows == 1 ? " is" : "s are")
                : TSL_OK;
}

static tsl_status tick_rows(reader *r, tsl_error *err)
{
    uint64_t position = tsl__csv_get_position(r->csv), size = tsl__csv_get_size(r->csv);
    tsl_progress_event event = {.stage = "data",
                                .rows = r->data->rows,
                                .bytes = position,
                                .fraction = size ? (double)position / (double)size : -1};
    return tsl__tick(&r->ticker, &event, err);
}

static tsl_status read_rows(reader *r, tsl_error *err)
{
    tsl__record record;
    tsl_status status = TSL_OK;
    TSL__TRY(r->first_waits ? add_row(r, &r->first, err) : TSL_OK);
    for (;;) {
        TSL__TRY(r->data->rows % TICK_ROWS == 0 ? tick_rows(r, err) : TSL_OK);
        TSL__TRY(tsl__csv_read(r->csv, &record, err));
        if (record.count == 0) {
            break;
        }
        TSL__TRY(add_row(r, &record, err));
    }
    TSL__TRY(r->data->rows == 0 ? tsl__error_set(err, TSL_E_INPUT, "%s: holds a header only, no row of data",
                                                 tsl__csv_get_path(r->csv))
                                : TSL_OK);
done:
    return status;
}

static tsl_status check_commas(const reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->cols; i++) {
        TSL__TRY(tsl__data_commas_check(&r->commas[i], tsl__csv_get_path(r->csv), r->data->name[i],
                                        tsl__csv_get_delimiter(r->csv), &r->data->notes, err));
    }
done:
    return status;
}

/* Whether the column numbers the rows: it goes up by one from row to row, and has no name, or that of an index, or does
 * so in so many rows that it is no chance. */
static int is_index(const reader *r, size_t column)
{
    const double *values = r->values;
    if (!(r->column[column] == 0 && tsl__csv_is_unnamed(r->csv)) &&
        !(tsl__csv_has_header(r->csv) &&
          (tsl__name_is_index(r->data->name[column]) || (r->numbered && r->data->rows >= TSL__ROWS_NUMBERED)))) {
        return 0;
    }
    for (size_t i = 1; i < r->data->rows; i++) {
        if (values[i * r->cols + column] != values[(i - 1) * r->cols + column] + 1) {
            return 0;
        }
    }
    return r->data->rows > 2 && r->values[column] == floor(r->values[column]);
}

/* out: one a column; the numbers of the rows are marked, as they say nothing of them, unless nothing else is there. */
static tsl_status leave_index(const reader *r, char *out, size_t *count, tsl_error *err)
{
    const char *const *name = (const char *const *)r->data->name;
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < r->cols && *count + (r->weight < r->cols) + 1 < r->cols; c++) {
        if (c != r->weight && is_index(r, c)) {
            out[c] = 1;
            ++*count;
            TSL__TRY(tsl__notes_add(&r->data->notes, "%s is left out: it numbers the rows%s%s", name[c],
                                    r->hints ? "; as row names it is kept by --id " : "", r->hints ? name[c] : ""));
        }
    }
done:
    return status;
}

static tsl_status read_csv(const tsl_source *from, const tsl_data_options *opt, int how, tsl__ticker ticker,
                           tsl_data *data, tsl_file_info *file, tsl_error *err)
{
    reader r = {.opt = opt,
                .path = file->name,
                .data = data,
                .ticker = ticker,
                .hints = how & TSL__DATA_HINTS,
                .numbered = how & TSL__DATA_NUMBERED};
    tsl__csv_options csv = {.from = from,
                            .delimiter = opt->delimiter,
                            .header = opt->header,
                            .text = {.encoding = opt->encoding, .sheet = opt->sheet}};
    char *left_out = NULL;
    size_t indices = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__csv_open(&csv, &r.csv, err));
    TSL__TRY(read_first(&r, err));
    TSL__TRY(choose_columns(&r, err));
    TSL__TRY(check_suppression(&r, err));
    TSL__TRY(read_rows(&r, err));
    TSL__TRY(note_suppressed(&r, err));
    TSL__TRY(check_commas(&r, err));
    TSL__TRY(tsl__csv_get_info(r.csv, file, err));
    TSL__TRY(tsl__csv_put_notes(r.csv, &data->notes, err));
    TSL__NEED(left_out = tsl__alloc_zero(r.cols, 1));
    TSL__TRY(leave_index(&r, left_out, &indices, err));
    if (r.weight < r.cols || indices) {
        TSL__TRY(tsl__data_take_columns(data, r.values, r.weight, left_out, err));
    }
done:
    free(left_out);
    free(r.commas);
    free(r.column);
    tsl__free_texts(r.own_names, r.fields);
    tsl__csv_free(r.csv);
    return status;
}

/* ---- Arrays ------------------------------------------------------------ */

tsl_status tsl__data_check_finite(const tsl_data *data, const double *values, size_t first, size_t rows, tsl_error *err)
{
    for (size_t i = 0; i < rows * data->cols; i++) {
        if (!isfinite(values[i])) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: row %zu, column %zu is not a finite number", data->file->name,
                                  first + i / data->cols + 1, i % data->cols + 1);
        }
    }
    return TSL_OK;
}

tsl_status tsl__data_check_array(const tsl_data_options *opt, const tsl_data *data, tsl_error *err)
{
    if (opt->suppression) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "suppression: %s holds numbers alone, and no column that names the rows",
                              data->file->name);
    }
    return opt->id ? tsl__error_set(err, TSL_E_OPTION, "id: %s holds numbers alone, and no column that names the rows",
                                    data->file->name)
                   : TSL_OK;
}

tsl_status tsl__data_name_array(tsl_data *data, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (data->rows == 0 || data->cols == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: holds no data", data->file->name);
    }
    TSL__NEED(data->name = number_names(data->cols));
done:
    return status;
}

/* Hashes the file of an array that another room reads. */
static tsl_status hash_file(const tsl_source *from, tsl_file_info *info, tsl_error *err)
{
    size_t got, size = (size_t)1 << 20;
    tsl__source *source = NULL;
    char *buffer = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(buffer = tsl__alloc(size, 1));
    TSL__TRY(tsl__source_open(from, 1, &source, err));
    do {
        TSL__TRY(tsl__source_read(source, buffer, size, &got, err));
    } while (got == size);
    TSL__TRY(tsl__source_get_info(source, info, err));
done:
    tsl__source_free(source);
    free(buffer);
    return status;
}

/* FILE.h5:/array; colon points to the ":" */
static tsl_status read_hdf5(const tsl_source *from, const char *colon, tsl_data *data, tsl_file_info *file,
                            tsl_error *err)
{
    tsl_source whole = *from;
    double *values = NULL;
    tsl_status status = TSL_OK;
    char *path = tsl__strndup(from->path, (size_t)(colon - from->path));
    TSL__NEED(path);
    whole.path = path;
    TSL__TRY(hash_file(&whole, file, err));
    TSL__TRY(tsl_array_read(&whole, colon + 1, 0, &values, &data->rows, &data->cols, err));
    data->values = values;
done:
    free(path);
    return status;
}

static tsl_status read_npy(const tsl_source *from, tsl_data *data, tsl_file_info *file, tsl_error *err)
{
    tsl__npy *npy = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__npy_open(from, 0, &npy, err));
    TSL__TRY(tsl__npy_read(npy, data, file, err));
done:
    tsl__npy_free(npy);
    return status;
}

static tsl_status find_column(const tsl_data *data, const char *option, const char *name, size_t *column,
                              tsl_error *err)
{
    *column = tsl__data_find_column(name, (const char *const *)data->name, data->cols);
    return *column < data->cols ? TSL_OK
                                : tsl__error_set(err, TSL_E_OPTION, "%s: %s has no column \"%s\"; there are #1 to #%zu",
                                                 option, data->file->name, name, data->cols);
}

/* Columns that are left out, and the weights, once all are there. */
static tsl_status choose_array_columns(const tsl_data_options *opt, tsl_data *data, tsl_error *err)
{
    size_t weight = data->cols, column;
    tsl_status status = TSL_OK;
    char *left_out = NULL;
    TSL__NEED(left_out = tsl__alloc_zero(data->cols, 1));
    TSL__TRY(opt->weight ? find_column(data, "weight", opt->weight, &weight, err) : TSL_OK);
    for (size_t i = 0; i < opt->ignore_count; i++) {
        TSL__TRY(find_column(data, "ignore", opt->ignore[i], &column, err));
        left_out[column] = 1;
        if (column == weight) {
            TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "weight: the column \"%s\" is left out", opt->weight));
        }
    }
    TSL__TRY(tsl__data_take_columns(data, (double *)(uintptr_t)data->values, weight, left_out, err));
done:
    free(left_out);
    return status;
}

static tsl_status read_array(const tsl_source *from, const char *colon, const tsl_data_options *opt, tsl_data *data,
                             tsl_file_info *file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__data_check_array(opt, data, err));
    TSL__TRY(colon ? read_hdf5(from, colon, data, file, err) : read_npy(from, data, file, err));
    TSL__TRY(tsl__data_name_array(data, err));
    TSL__TRY(tsl__data_check_finite(data, data->values, 0, data->rows, err));
    TSL__TRY(opt->weight || opt->ignore_count ? choose_array_columns(opt, data, err) : TSL_OK);
done:
    return status;
}

int tsl__data_is_npy(const tsl_source *source)
{
    size_t n = source->path ? strlen(source->path) : 0;
    return source->bytes ? source->count >= 6 && memcmp(source->bytes, TSL__NPY_MAGIC, 6) == 0
                         : n >= 4 && strcmp(source->path + n - 4, ".npy") == 0;
}

tsl_status tsl__data_open(const tsl_source *source, tsl_data **out, tsl_file_info **file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_data *data = NULL;
    *out = NULL;
    TSL__NEED(data = tsl__alloc_zero(1, sizeof *data));
    TSL__NEED(data->file = *file = tsl__alloc_zero(1, sizeof **file));
    TSL__NEED((*file)->name = tsl__strdup(source->path ? source->path : "bytes"));
    *out = data;
    data = NULL;
done:
    tsl_data_free(data);
    return status;
}

tsl_status tsl__data_read(const tsl_source *source, const tsl_data_options *opt, int how, const tsl_exec *exec,
                          tsl_data **out, tsl_error *err)
{
    tsl_data_options full = {.size = 0};
    tsl_exec full_exec;
    tsl_file_info *file = NULL;
    tsl_data *data = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__data_options_open(opt, &full, err));
    TSL__TRY(tsl__exec_open(exec, &full_exec, err));
    TSL__TRY(tsl__data_open(source, &data, &file, err));
    const char *colon = tsl__source_find_inside(source);
    TSL__TRY(colon || tsl__data_is_npy(source)
                 ? read_array(source, colon, &full, data, file, err)
                 : read_csv(source, &full, how, tsl__ticker_open(&full_exec), data, file, err));
    file->rows = data->rows;
    TSL__TRY(full.pseudonyms && data->id
                 ? tsl__pseudonyms_replace(full.pseudonyms, data->id, data->rows, full_exec.threads, err)
                 : TSL_OK);
    *out = data;
    data = NULL;
done:
    if (status != TSL_OK && err && full.pseudonyms) {
        tsl__quotes_hide(err->message, sizeof err->message);
    }
    tsl_data_free(data);
    return status;
}

tsl_status tsl_data_read(const tsl_source *source, const tsl_data_options *opt, const tsl_exec *exec, tsl_data **out,
                         tsl_error *err)
{
    tsl__error_reset(err);
    return tsl__data_read(source, opt, TSL__DATA_HINTS, exec, out, err);
}
