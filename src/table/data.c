/* data.c: tsl_data_read: a matrix of plain numbers from CSV, NumPy or HDF5. */
#include "table/data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/store.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"
#include "expr/expr.h"
#include "table/cell/decimal_comma.h"
#include "table/cell/parse_number.h"
#include "table/schema/column_hints.h"
#include "table/source/csv.h"
#include "table/source/source.h"

#define TICK_ROWS 1024

tsl_data_options tsl_data_defaults(const char *path)
{
    return (tsl_data_options){.path = path, .header = -1};
}

void tsl_data_free(tsl_data *data)
{
    if (!data) {
        return;
    }
    free(data->values);
    tsl__free_texts(data->name, data->cols);
    tsl__free_texts(data->id, data->rows);
    free((char *)(uintptr_t)data->file.name);
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
    tsl__csv *csv;
    const char *const *names; /* of all fields */
    size_t fields;
    char **own_names;  /* c1, c2, ... behind a line of counts */
    tsl__record first; /* a first row of data */
    int first_waits;
    size_t *column;    /* fields that are columns of the matrix */
    tsl__comma *comma; /* one a column */
    size_t cols;
    size_t id; /* the field of the row names, or fields */
    tsl_data *data;
    size_t value_capacity, id_capacity;
    tsl__ticker ticker;
} reader;

/* The field that a name or "#4" means; fields where there is none. */
static size_t find_field(const reader *r, const char *name)
{
    size_t found = tsl__name_find(name, r->names, r->fields);
    double number;
    if (found == r->fields && name[0] == '#' && tsl__double_read(name + 1, strlen(name + 1), &number) == 0 &&
        number >= 1 && number <= (double)r->fields && number == floor(number)) {
        return (size_t)number - 1;
    }
    return found;
}

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
    r->names = tsl__csv_get_names(r->csv, &r->fields);
    if (tsl__csv_has_header(r->csv)) {
        return TSL_OK;
    }
    tsl_status st = tsl__csv_read(r->csv, &r->first, err);
    size_t columns = st == TSL_OK && r->opt->header < 0 ? count_columns(&r->first) : 0;
    r->first_waits = columns == 0;
    if (st != TSL_OK || columns == 0) {
        return st;
    }
    if (!(r->own_names = number_names(columns))) {
        return tsl__error_nomem(err);
    }
    r->fields = columns;
    r->names = (const char *const *)r->own_names;
    return tsl__notes_add(&r->data->notes,
                          "%s: its first line counts %.*s rows of %zu features and names classes; "
                          "it is left out",
                          r->opt->path, (int)r->first.field[0].n, r->first.field[0].s, columns - 1)
               ? tsl__error_nomem(err)
               : TSL_OK;
}

static tsl_status choose_columns(reader *r, tsl_error *err)
{
    const tsl_data_options *opt = r->opt;
    char *out = tsl__alloc_zero(r->fields, 1);
    tsl_status st = TSL_OK;
    r->column = tsl__alloc(r->fields, sizeof *r->column);
    r->comma = tsl__alloc_zero(r->fields, sizeof *r->comma);
    r->data->name = tsl__alloc_zero(r->fields, sizeof(char *));
    if (!out || !r->column || !r->comma || !r->data->name) {
        st = tsl__error_nomem(err);
    }
    r->id = st == TSL_OK && opt->id ? find_field(r, opt->id) : r->fields;
    if (st == TSL_OK && opt->id && r->id == r->fields) {
        st = fail_field(r, "id", opt->id, err);
    }
    for (size_t i = 0; i < opt->ignore_count && st == TSL_OK; i++) {
        size_t field = find_field(r, opt->ignore[i]);
        if (field == r->fields) {
            st = fail_field(r, "ignore", opt->ignore[i], err);
        } else {
            out[field] = 1;
        }
    }
    for (size_t i = 0; i < r->fields && st == TSL_OK; i++) {
        if (out[i] || i == r->id) {
            continue;
        }
        r->column[r->cols++] = i;
        if (!(r->data->name[r->data->cols++] = tsl__strdup(r->names[i]))) {
            st = tsl__error_nomem(err);
        }
    }
    if (st == TSL_OK && r->cols == 0) {
        st = tsl__error_set(err, TSL_E_INPUT, "%s: no column is left", tsl__csv_get_path(r->csv));
    }
    free(out);
    return st;
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
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s:%llu: %s: \"%s\" is not a finite number%s; a column of texts is left out by "
                          "--ignore \"%s\" or kept as row names by --id \"%s\"",
                          path, line, name, tsl__span_show(cell, shown, sizeof shown), tsl__comma_hint(cell, hint),
                          name, name);
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

static tsl_status add_row(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl_data *data = r->data;
    const char *path = tsl__csv_get_path(r->csv);
    unsigned long long line = (unsigned long long)record->line;
    if (record->count != r->fields) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %zu fields instead of %zu", path, line, record->count,
                              r->fields);
    }
    if (!record->valid || record->stray) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the row is %s", path, line,
                              record->valid ? "malformed: text follows a closing quote" : "not valid UTF-8");
    }
    void *values = data->values;
    if (tsl__reserve(&values, &r->value_capacity, (data->rows + 1) * r->cols, sizeof *data->values)) {
        return tsl__error_nomem(err);
    }
    data->values = values;
    double *row = data->values + data->rows * r->cols;
    for (size_t i = 0; i < r->cols; i++) {
        if (tsl__cell_number(record->field[r->column[i]], &row[i])) {
            return fail_cell(r, record, r->column[i], err);
        }
        tsl__comma_add(&r->comma[i], record->field[r->column[i]], data->rows + 1, path, record->line);
    }
    tsl_status st = r->id < r->fields ? add_id(r, record, err) : TSL_OK;
    data->rows += st == TSL_OK;
    return st;
}

static tsl_status tick(reader *r, tsl_error *err)
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
    tsl_status st = r->first_waits ? add_row(r, &r->first, err) : TSL_OK;
    if (st != TSL_OK) {
        return st;
    }
    do {
        if (r->data->rows % TICK_ROWS == 0 && (st = tick(r, err)) != TSL_OK) {
            return st;
        }
        if ((st = tsl__csv_read(r->csv, &record, err)) != TSL_OK) {
            return st;
        }
        if (record.count == 0) {
            return TSL_OK;
        }
    } while ((st = add_row(r, &record, err)) == TSL_OK);
    return st;
}

static tsl_status check_commas(const reader *r, tsl_error *err)
{
    tsl_status st = TSL_OK;
    for (size_t i = 0; i < r->cols && st == TSL_OK; i++) {
        tsl__comma_end(&r->comma[i], tsl__csv_get_delimiter(r->csv));
        st = tsl__comma_check(&r->comma[i], r->data->name[i], &r->data->notes, err);
    }
    return st;
}

static tsl_status read_csv(const tsl_data_options *opt, tsl_data *data, tsl_error *err)
{
    reader r = {.opt = opt, .data = data, .ticker = tsl__ticker_of(opt->progress)};
    tsl__csv_options csv = {.path = opt->path, .delimiter = opt->delimiter, .header = opt->header};
    tsl_status st = tsl__csv_open(&csv, &r.csv, err);
    if (st == TSL_OK) {
        st = read_first(&r, err);
    }
    if (st == TSL_OK) {
        st = choose_columns(&r, err);
    }
    if (st == TSL_OK) {
        st = read_rows(&r, err);
    }
    if (st == TSL_OK && data->rows == 0) {
        st = tsl__error_set(err, TSL_E_INPUT, "%s: holds a header only, no row of data", tsl__csv_get_path(r.csv));
    }
    if (st == TSL_OK) {
        st = check_commas(&r, err);
    }
    if (st == TSL_OK) {
        st = tsl__csv_get_info(r.csv, &data->file, err);
    }
    free(r.comma);
    free(r.column);
    tsl__free_texts(r.own_names, r.fields);
    tsl__csv_free(r.csv);
    return st;
}

/* ---- Arrays ------------------------------------------------------------ */

static tsl_status check_finite(const tsl_data *data, const char *path, tsl_error *err)
{
    for (size_t i = 0; i < data->rows * data->cols; i++) {
        if (!isfinite(data->values[i])) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: row %zu, column %zu is not a finite number", path,
                                  i / data->cols + 1, i % data->cols + 1);
        }
    }
    return TSL_OK;
}

static tsl_status refuse_csv_options(const tsl_data_options *opt, tsl_error *err)
{
    if (opt->id || opt->ignore_count) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: columns can be named in CSV files only", opt->path);
    }
    return TSL_OK;
}

/* Hashes the file of an array that another room reads. */
static tsl_status hash_file(const char *path, tsl_file_info *info, tsl_error *err)
{
    size_t got = 0, size = (size_t)1 << 20;
    tsl__source *source = NULL;
    char *buffer = tsl__alloc(size, 1);
    tsl_status st = buffer ? tsl__source_open(path, &source, err) : tsl__error_nomem(err);
    while (st == TSL_OK && (st = tsl__source_read(source, buffer, size, &got, err)) == TSL_OK && got == size) {
        ;
    }
    if (st == TSL_OK) {
        st = tsl__source_get_info(source, info, err);
    }
    tsl__source_free(source);
    free(buffer);
    return st;
}

/* FILE.h5:/array; colon points to the ":" */
static tsl_status read_hdf5(const tsl_data_options *opt, const char *colon, tsl_data *data, tsl_error *err)
{
    size_t rows = 0, cols = 0;
    char *path = tsl__strndup(opt->path, (size_t)(colon - opt->path));
    tsl_status st = path ? hash_file(path, &data->file, err) : tsl__error_nomem(err);
    if (st == TSL_OK) {
        st = tsl_array_read(&(tsl_source){.path = path}, colon + 1, 0, &data->values, &rows, &cols, err);
    }
    data->rows = rows;
    data->cols = cols;
    free(path);
    return st;
}

static int ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static tsl_status read_array(const tsl_data_options *opt, const char *colon, tsl_data *data, tsl_error *err)
{
    tsl_status st = refuse_csv_options(opt, err);
    if (st == TSL_OK) {
        st = colon ? read_hdf5(opt, colon, data, err) : tsl__npy_read(opt->path, data, err);
    }
    if (st == TSL_OK && (data->rows == 0 || data->cols == 0)) {
        st = tsl__error_set(err, TSL_E_INPUT, "%s: holds no data", opt->path);
    }
    if (st == TSL_OK) {
        st = check_finite(data, opt->path, err);
    }
    if (st == TSL_OK && !(data->name = number_names(data->cols))) {
        st = tsl__error_nomem(err);
    }
    return st;
}

tsl_status tsl_data_read(const tsl_data_options *opt, tsl_data **out, tsl_error *err)
{
    *out = NULL;
    tsl_data *data = tsl__alloc_zero(1, sizeof *data);
    if (!data) {
        return tsl__error_nomem(err);
    }
    const char *colon = access(opt->path, F_OK) ? strstr(opt->path, ":/") : NULL;
    int is_array = colon || ends_with(opt->path, ".npy");
    tsl_status st = is_array ? read_array(opt, colon, data, err) : read_csv(opt, data, err);
    data->file.rows = data->rows;
    if (st == TSL_OK && !(data->file.name = tsl__strdup(opt->path))) {
        st = tsl__error_nomem(err);
    }
    if (st == TSL_OK) {
        *out = data;
    } else {
        tsl_data_free(data);
    }
    return st;
}
