/* foreign_table.c: the columns of a table of anyone's HDF5 file, in memory. */
#include "store/foreign/foreign_table.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "store/foreign/foreign.h"
#include "store/foreign/foreign_cell.h"
#include "store/foreign/foreign_find.h"
#include "store/foreign/foreign_packing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct opening {
    tsl__hdf hdf;
    tsl__foreign_table *table;
    size_t capacity;                     /* of its columns */
    unsigned char *records;              /* as they lie in the file, */
    size_t record_bytes;                 /* so many each */
    hid_t set;                           /* an array of records, -1: the columns are arrays in a group */
    int by_pandas;                       /* 1: pandas made the records */
    size_t left_out, blocks, categories; /* what is no column; of these pandas' blocks and categories */
    char first_out[80];                  /* the first of them */
} opening;

static tsl_status refuse(const opening *o, tsl_status status, const char *column, const char *what, tsl_error *err)
{
    if (!tsl__memory_has_room()) {
        return tsl__error_nomem(err);
    }
    return tsl__error_set(err, status, "%s:%s%s%s: %s", o->hdf.stream.name, o->table->path,
                          !*column || strcmp(o->table->path, "/") == 0 ? "" : "/", column, what);
}

void tsl__foreign_table_free(tsl__foreign_table *t)
{
    if (!t) {
        return;
    }
    for (size_t i = 0; i < t->columns; i++) {
        free(t->column[i].name);
        free(t->column[i].values);
        free(t->column[i].valid);
    }
    tsl__foreign_texts_free(t->texts);
    free(t->column);
    free(t->path);
    free(t);
}

/* ---- Columns ---- */

static void leave_out(opening *o, const char *name)
{
    if (o->left_out++ == 0) {
        strncpy(o->first_out, name, sizeof o->first_out - 1);
    }
}

static tsl_status add_column(opening *o, const char *name, tsl__foreign_column **out, tsl_error *err)
{
    tsl__foreign_table *t = o->table;
    void *list = t->column;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&list, &o->capacity, t->columns + 1, sizeof *t->column) == 0);
    t->column = list;
    *out = &t->column[t->columns];
    **out = (tsl__foreign_column){.name = tsl__strdup(name)};
    TSL__NEED((*out)->name);
    t->columns++;
done:
    return status;
}

/* References become the texts that they lead to. */
static tsl_status take_texts(opening *o, tsl__foreign_column *c, const unsigned char *reference, size_t stride,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **text = c->values;
    for (size_t i = 0; i < o->table->rows; i++) {
        text[i] = tsl__foreign_texts_get(o->table->texts, reference + i * stride);
        TSL__TRY(text[i] ? TSL_OK : refuse(o, TSL_E_FORMAT, c->name, "cannot be read: it is damaged", err));
    }
done:
    return status;
}

static tsl_status scale_times(opening *o, tsl__foreign_column *c, size_t rows, tsl_error *err)
{
    return tsl__foreign_cell_scale(c, rows) == 0
               ? TSL_OK
               : refuse(o, TSL_E_INPUT, c->name,
                        "holds times as floats of so few bytes that they are off by more than a second; floats of 8 "
                        "bytes or whole numbers are expected",
                        err);
}

/* The values of an array into memory. */
static tsl_status read_values(opening *o, hid_t set, tsl__foreign_column *c, hid_t cell, const tsl__packing *packing,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t rows = o->table->rows;
    unsigned char *reference = NULL;
    int failed = 0;
    TSL__NEED(c->values = tsl__alloc_zero(rows, c->width));
    if (rows && c->kind == TSL__FOREIGN_TEXT) {
        TSL__NEED(reference = tsl__alloc(rows, TSL__REFERENCE_BYTES));
        failed = tsl__foreign_bytes_read(set, TSL__REFERENCE_BYTES, reference);
    } else if (rows) {
        failed = H5Dread(set, cell, H5S_ALL, H5S_ALL, H5P_DEFAULT, c->values) < 0;
    }
    TSL__TRY(failed ? refuse(o, TSL_E_FORMAT, c->name, "cannot be read: it is damaged", err) : TSL_OK);
    TSL__TRY(reference ? take_texts(o, c, reference, TSL__REFERENCE_BYTES, err) : TSL_OK);
    TSL__NEED(tsl__packing_apply(packing, cell, c, rows) == 0);
    TSL__TRY(scale_times(o, c, rows, err));
done:
    free(reference);
    return status;
}

static size_t count_rows(hid_t set)
{
    hsize_t size = 0;
    hid_t space = H5Dget_space(set);
    H5Sget_simple_extent_dims(space, &size, NULL);
    H5Sclose(space);
    return (size_t)size;
}

static tsl_status check_length(opening *o, const char *name, size_t rows, tsl_error *err)
{
    if (o->table->columns == 0) {
        o->table->rows = rows;
    }
    return rows == o->table->rows
               ? TSL_OK
               : tsl__error_set(
                     err, TSL_E_INPUT,
                     "%s:%s: column \"%s\" has %zu values, but \"%s\" %zu; the columns of a table are of one "
                     "length",
                     o->hdf.stream.name, o->table->path, name, rows, o->table->column[0].name, o->table->rows);
}

/* ---- A group of arrays ---- */

/* What a column is counted in, where the file says so, stands in its name as it does in other tables: "stay (ms)".
 * Times have theirs already. */
static tsl_status name_units(opening *o, const char *units, tsl__foreign_column *c, tsl_error *err)
{
    char what[TSL__UNITS_BYTES + 100];
    char *name = NULL;
    tsl_status status = TSL_OK;
    if (c->kind == TSL__FOREIGN_TIME || !*units || strcmp(units, "1") == 0) {
        return TSL_OK;
    }
    snprintf(what, sizeof what, "counts \"%s\", which is no unit and no time that is known", units);
    TSL__TRY(strstr(units, " since ") ? refuse(o, TSL_E_INPUT, c->name, what, err) : TSL_OK);
    TSL__NEED(name = tsl__format("%s (%s)", c->name, units));
    free(c->name);
    c->name = name;
done:
    return status;
}

static tsl_status read_array(opening *o, hid_t set, const char *name, tsl_error *err)
{
    hid_t type = H5Dget_type(set);
    tsl__foreign_column kind = {0}, *c;
    tsl_status status = TSL_OK;
    tsl__packing packing;
    char units[TSL__UNITS_BYTES], what[TSL__PACKING_FAULT_BYTES];
    tsl__foreign_get_text(o->table->texts, set, "units", units, sizeof units);
    hid_t cell = tsl__foreign_cell_open(type, units, &kind);
    if (cell < 0) {
        leave_out(o, name);
        goto done;
    }
    TSL__TRY(check_length(o, name, count_rows(set), err));
    const char *fault = tsl__foreign_find_fault(&o->hdf, set, o->table->rows, tsl__foreign_cell_stored(type));
    TSL__TRY(fault ? refuse(o, TSL_E_FORMAT, name, fault, err) : TSL_OK);
    fault = tsl__packing_read(o->table->texts, set, cell, &kind, &packing, what);
    TSL__TRY(fault ? refuse(o, TSL_E_INPUT, name, fault, err) : TSL_OK);
    TSL__TRY(add_column(o, name, &c, err));
    kind.name = c->name;
    *c = kind;
    TSL__TRY(name_units(o, units, c, err));
    TSL__TRY(read_values(o, set, c, cell, &packing, err));
done:
    H5Tclose(cell);
    H5Tclose(type);
    return status;
}

static tsl_status read_group(opening *o, hid_t group, tsl_error *err)
{
    tsl__link_names names = {0};
    tsl_status status = TSL_OK;
    hid_t object = -1;
    TSL__TRY(tsl__link_names_read(group, &names) ? refuse(o, TSL_E_FORMAT, "", "cannot be listed: it is damaged", err)
                                                 : TSL_OK);
    for (size_t i = 0; i < names.count; i++) {
        object = H5Oopen(group, names.name[i], H5P_DEFAULT);
        if (object >= 0 && tsl__foreign_get_form(o->table->texts, object) == TSL__FORM_COLUMN) {
            TSL__TRY(read_array(o, object, names.name[i], err));
        } else {
            leave_out(o, names.name[i]);
        }
        H5Oclose(object);
        object = -1;
    }
done:
    H5Oclose(object);
    tsl__link_names_free(&names);
    return status;
}

/* ---- An array of records ---- */

/* What pandas says of a field of its tables: "date_dtype" is "datetime64[ns]". */
static void get_said(const opening *o, const char *field, const char *what, char *out, size_t capacity)
{
    char *name = o->by_pandas ? tsl__format("%s_%s", field, what) : NULL;
    out[0] = '\0';
    if (name) {
        tsl__foreign_get_text(o->table->texts, o->set, name, out, capacity);
    }
    free(name);
}

/* 1: the numbers of the rows, which pandas keeps beside them. */
static int is_row_numbers(const opening *o, const tsl__foreign_column *c)
{
    int counts = o->by_pandas && strcmp(c->name, "index") == 0 && c->kind == TSL__FOREIGN_SIGNED && c->width == 8;
    for (size_t i = 0; counts && i < o->table->rows; i++) {
        counts = ((const int64_t *)c->values)[i] == (int64_t)i;
    }
    return counts;
}

/* The values of a field, of the records as they lie in the file, where `at` is its place in each. */
static tsl_status take_field(opening *o, size_t at, hid_t type, hid_t cell, tsl__foreign_column *c, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t stored = tsl__foreign_cell_stored(type), rows = o->table->rows;
    const size_t wide = stored > c->width ? stored : c->width;
    if (at > o->record_bytes || stored > o->record_bytes - at) {
        return refuse(o, TSL_E_FORMAT, c->name, "lies outside of its records: the file is damaged", err);
    }
    TSL__NEED(c->values = tsl__alloc_zero(rows, wide));
    if (c->kind == TSL__FOREIGN_TEXT) {
        TSL__TRY(take_texts(o, c, o->records + at, o->record_bytes, err));
    } else {
        for (size_t i = 0; i < rows; i++) {
            memcpy((char *)c->values + i * stored, o->records + i * o->record_bytes + at, stored);
        }
        TSL__TRY(H5Tconvert(type, cell, rows, c->values, NULL, H5P_DEFAULT) < 0
                     ? refuse(o, TSL_E_FORMAT, c->name, "cannot be read: it is damaged", err)
                     : TSL_OK);
    }
    TSL__TRY(scale_times(o, c, rows, err));
done:
    return status;
}

/* Where a field begins in a record of the file: texts of any length that stand before it are longer there. */
static size_t find_field(hid_t records, unsigned index)
{
    const size_t begin = H5Tget_member_offset(records, index);
    size_t at = begin;
    for (unsigned i = 0; i < (unsigned)H5Tget_nmembers(records); i++) {
        hid_t type = H5Tget_member_type(records, i);
        at += H5Tget_member_offset(records, i) < begin ? tsl__foreign_cell_stored(type) - H5Tget_size(type) : 0;
        H5Tclose(type);
    }
    return at;
}

static tsl_status read_field(opening *o, hid_t records, unsigned index, const char *name, tsl_error *err)
{
    char units[TSL__UNITS_BYTES], meta[16];
    tsl__foreign_column kind = {0}, *c;
    tsl_status status = TSL_OK;
    hid_t type = H5Tget_member_type(records, index);
    get_said(o, name, "dtype", units, sizeof units);
    get_said(o, name, "meta", meta, sizeof meta);
    const int is_block = o->by_pandas && H5Tget_class(type) == H5T_ARRAY;
    const int is_category = strcmp(meta, "category") == 0;
    hid_t cell = is_block || is_category ? -1 : tsl__foreign_cell_open(type, units, &kind);
    if (cell < 0) {
        o->blocks += (size_t)is_block;
        o->categories += (size_t)is_category;
        leave_out(o, name);
        goto done;
    }
    TSL__TRY(add_column(o, name, &c, err));
    kind.name = c->name;
    *c = kind;
    TSL__TRY(take_field(o, find_field(records, index), type, cell, c, err));
    if (is_row_numbers(o, c)) {
        free(c->name);
        free(c->values);
        o->table->columns--;
    }
done:
    H5Tclose(cell);
    H5Tclose(type);
    return status;
}

static tsl_status read_records(opening *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *name = NULL;
    hid_t records = H5Dget_type(o->set);
    const int fields = records < 0 ? -1 : H5Tget_nmembers(records);
    o->table->rows = count_rows(o->set);
    const char *fault =
        fields < 1 ? "cannot be understood"
                   : tsl__foreign_find_fault(&o->hdf, o->set, o->table->rows, tsl__foreign_cell_stored(records));
    TSL__TRY(fault ? refuse(o, TSL_E_FORMAT, "", fault, err) : TSL_OK);
    o->record_bytes = tsl__foreign_cell_stored(records);
    TSL__NEED(o->records = tsl__alloc(o->table->rows, o->record_bytes));
    TSL__TRY(o->table->rows && tsl__foreign_bytes_read(o->set, o->record_bytes, o->records)
                 ? refuse(o, TSL_E_FORMAT, "", "cannot be read: it is damaged", err)
                 : TSL_OK);
    for (unsigned i = 0; i < (unsigned)fields; i++) {
        TSL__NEED(name = H5Tget_member_name(records, i));
        TSL__TRY(read_field(o, records, i, name, err));
        H5free_memory(name);
        name = NULL;
    }
done:
    H5free_memory(name);
    H5Tclose(records);
    return status;
}

/* ---- The whole ---- */

#define AS_COLUMNS "to_hdf(..., format=\"table\", data_columns=True) writes columns that can be read"

static tsl_status read_pandas(opening *o, hid_t group, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char kind[32];
    tsl__foreign_get_text(o->table->texts, group, "pandas_type", kind, sizeof kind);
    o->set = strcmp(kind, "frame_table") == 0 ? H5Dopen2(group, "table", H5P_DEFAULT) : -1;
    o->by_pandas = 1;
    if (o->set < 0 || tsl__foreign_get_form(o->table->texts, o->set) != TSL__FORM_RECORDS) {
        return refuse(o, TSL_E_INPUT, "", "is a frame as only pandas reads it; " AS_COLUMNS, err);
    }
    TSL__TRY(read_records(o, err));
    TSL__TRY(o->blocks ? refuse(o, TSL_E_INPUT, "", "its columns lie in pandas' blocks; " AS_COLUMNS, err) : TSL_OK);
done:
    return status;
}

/* A file that Tesela wrote is no table. */
static tsl_status check_own(const tsl__hdf *hdf, tsl__foreign_texts *texts, tsl_error *err)
{
    char name[64];
    tsl__foreign_get_text(texts, hdf->file, "tesela", name, sizeof name);
    return strcmp(name, "features") == 0
               ? tsl__error_set(err, TSL_E_INPUT,
                                "%s: is a features file, which tesela made of tables; tesela cluster, label and assign "
                                "take it",
                                hdf->stream.name)
           : *name ? tsl__error_set(err, TSL_E_INPUT, "%s: is a %s file of tesela's, no table; --model takes it",
                                    hdf->stream.name, name)
                   : TSL_OK;
}

static tsl_status say_left_out(const opening *o, tsl_notes *notes, tsl_error *err)
{
    if (o->left_out == 0) {
        return TSL_OK;
    }
    return tsl__notes_add(notes, "%s:%s: %zu that %s no column of numbers, texts or times %s left out: %s%s%s",
                          o->hdf.stream.name, o->table->path, o->left_out, o->left_out == 1 ? "is" : "are",
                          o->left_out == 1 ? "is" : "are", o->first_out, o->left_out > 1 ? ", ..." : "",
                          o->categories
                              ? " (pandas keeps the names of categories elsewhere; astype(str) makes texts of "
                                "them)"
                              : "");
}

static tsl_status read_object(opening *o, hid_t object, tsl_error *err)
{
    switch (tsl__foreign_get_form(o->table->texts, object)) {
    case TSL__FORM_GROUP:
        return read_group(o, object, err);
    case TSL__FORM_PANDAS:
        return read_pandas(o, object, err);
    case TSL__FORM_RECORDS:
        o->set = H5Dopen2(object, ".", H5P_DEFAULT);
        return read_records(o, err);
    default:
        return refuse(
            o, TSL_E_INPUT, "",
            "is an array, but no table: a group of arrays of one dimension, or an array of records, is expected", err);
    }
}

/* The object that is named, or the only one that is a table. */
static tsl_status open_object(opening *o, const char *name, hid_t *object, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (name) {
        const char *begin = name + strspn(name, "/");
        TSL__NEED(o->table->path = tsl__format("/%s", begin));
    } else {
        TSL__TRY(tsl__foreign_find(&o->hdf, o->table->texts, &o->table->path, err));
    }
    *object = tsl__foreign_open_object(&o->hdf, o->table->path);
    TSL__NEED(*object != -2);
    TSL__TRY(*object < 0 ? tsl__error_set(err, TSL_E_NOT_FOUND, "%s: holds no \"%s\"", o->hdf.stream.name, name)
                         : TSL_OK);
done:
    return status;
}

tsl_status tsl__foreign_table_open(const tsl_source *source, const char *name, tsl_notes *notes,
                                   tsl__foreign_table **out, tsl_error *err)
{
    opening o = {.set = -1};
    hid_t object = -1;
    *out = NULL;
    tsl_status status = tsl__hdf_open(source, &o.hdf, err);
    if (status != TSL_OK) {
        return status;
    }
    TSL__NEED(o.table = tsl__alloc_zero(1, sizeof *o.table));
    TSL__NEED(o.table->texts = tsl__foreign_texts_open(&o.hdf.disk));
    TSL__TRY(check_own(&o.hdf, o.table->texts, err));
    TSL__TRY(open_object(&o, name, &object, err));
    TSL__TRY(read_object(&o, object, err));
    TSL__TRY(say_left_out(&o, notes, err));
    TSL__TRY(o.table->columns == 0 ? refuse(&o, TSL_E_INPUT, "", "holds no column of numbers, texts or times", err)
                                   : TSL_OK);
    *out = o.table;
    o.table = NULL;
done:
    free(o.records);
    H5Dclose(o.set);
    H5Oclose(object);
    tsl__foreign_table_free(o.table);
    tsl__hdf_close(&o.hdf);
    return status;
}
