/* test_foreign_table.c: src/store/foreign/foreign_table.c, foreign_find.c, foreign_cell.c, foreign_packing.c: tables of
 * anyone's HDF5 file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/notes.h"
#include "store/damage.h"
#include "store/foreign/foreign_table.h"
#include "store/foreign/made_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 3
#define TEXT_BYTES 4

static void put(hid_t at, const char *name, hid_t type, hid_t memory, hsize_t rows, const void *values)
{
    hid_t space = H5Screate_simple(1, &rows, NULL);
    hid_t set = H5Dcreate2(at, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(set >= 0 && H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(set);
    H5Sclose(space);
}

/* An attribute as h5py writes it (variable 1), or as PyTables does. */
static void say(hid_t at, const char *object, const char *name, const char *text, int variable)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, variable ? H5T_VARIABLE : strlen(text));
    hid_t attribute = H5Acreate_by_name(at, object, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0 && H5Awrite(attribute, type, variable ? (const void *)&text : text) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

static hid_t open_text(size_t width)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, width);
    return type;
}

static tsl__foreign_table *read_table(const char *name, tsl_notes *notes)
{
    tsl__foreign_table *table;
    if (tsl__foreign_table_open(&(tsl_source){.path = scratch_path("t.h5")}, name, notes, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return table;
}

static void check_refused(const char *name, tsl_status status, const char *what)
{
    tsl__foreign_table *table;
    tsl_notes notes = {0};
    assert_int_equal(tsl__foreign_table_open(&(tsl_source){.path = scratch_path("t.h5")}, name, &notes, &table, &err),
                     status);
    assert_null(table);
    if (!strstr(err.message, what)) {
        fail_msg("\"%s\" says nothing of \"%s\"", err.message, what);
    }
    tsl__notes_free(&notes);
}

static const tsl__foreign_column *find(const tsl__foreign_table *t, const char *name)
{
    for (size_t i = 0; i < t->columns; i++) {
        if (strcmp(t->column[i].name, name) == 0) {
            return &t->column[i];
        }
    }
    fail_msg("there is no column %s", name);
    return NULL;
}

static const int64_t numbers[ROWS] = {1, -2, 3};

static void types_of_columns(void **state)
{
    (void)state;
    static const char *const texts[ROWS] = {"a", "b\xc3\xbc", "a long text"};
    static const char cells[ROWS][TEXT_BYTES] = {"abcd", "x", "y "};
    const float halves[ROWS] = {0.5F, -2, 3};
    const uint8_t bits[ROWS] = {0, 1, 1};
    hid_t any = open_text(H5T_VARIABLE), fixed = open_text(TEXT_BYTES), opaque = H5Tcreate(H5T_OPAQUE, 8);
    H5Tset_tag(opaque, "NUMPY:<M8[h]");
    create("t.h5");
    put(file, "any", any, any, ROWS, texts);
    put(file, "fixed", fixed, fixed, ROWS, cells);
    put(file, "big", H5T_STD_I16BE, H5T_NATIVE_INT64, ROWS, numbers);
    put(file, "single", H5T_IEEE_F32BE, H5T_NATIVE_FLOAT, ROWS, halves);
    put(file, "bits", H5T_STD_B8LE, H5T_STD_B8LE, ROWS, bits);
    put(file, "hours", opaque, opaque, ROWS, numbers);
    put(file, "days", H5T_STD_I32LE, H5T_NATIVE_INT64, ROWS, numbers);
    say(file, "days", "units", "days since 2000-01-01 06:00:00Z", 1);
    put(file, "euros", H5T_STD_U8LE, H5T_NATIVE_INT64, ROWS, (const int64_t[]){1, 2, 255});
    say(file, "euros", "units", "EUR", 0);
    say(file, "single", "units", "1", 0);
    finish();
    tsl_notes notes = {0};
    tsl__foreign_table *t = read_table(NULL, &notes);
    assert_string_equal(t->path, "/");
    assert_int_equal(t->rows, ROWS);
    assert_int_equal(t->columns, 8);
    assert_string_equal(t->column[0].name, "any"); /* by name: the file knows no order */
    assert_string_equal(((char **)find(t, "any")->values)[2], "a long text");
    assert_int_equal(find(t, "fixed")->kind, TSL__FOREIGN_CELLS);
    assert_memory_equal(find(t, "fixed")->values, cells, sizeof cells);
    assert_int_equal(find(t, "big")->kind, TSL__FOREIGN_SIGNED);
    assert_memory_equal(find(t, "big")->values, ((const int16_t[]){1, -2, 3}), 6);
    assert_memory_equal(find(t, "single")->values, halves, sizeof halves);
    assert_int_equal(find(t, "bits")->kind, TSL__FOREIGN_BOOL);
    const tsl__foreign_column *c = find(t, "hours");
    assert_true(c->kind == TSL__FOREIGN_TIME && c->per_second == 1 && c->origin == 0);
    assert_memory_equal(c->values, ((const int64_t[]){3600, -7200, 10800}), 24);
    c = find(t, "days");
    assert_true(c->kind == TSL__FOREIGN_TIME && c->per_second == 1 && c->origin == 10957 * 86400LL + 6 * 3600);
    assert_memory_equal(c->values, ((const int64_t[]){86400, -2 * 86400, 3 * 86400}), 24);
    assert_int_equal(find(t, "euros (EUR)")->kind, TSL__FOREIGN_UNSIGNED);
    assert_int_equal(notes.count, 0);
    tsl__foreign_table_free(t);
    H5Tclose(any);
    H5Tclose(fixed);
    H5Tclose(opaque);
}

/* Numbers as an attribute, of a type of the file's. */
static void say_numbers(hid_t at, const char *object, const char *name, hid_t type, hsize_t count, const double *values)
{
    hid_t space = H5Screate_simple(1, &count, NULL);
    hid_t attribute = H5Acreate_by_name(at, object, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0 && H5Awrite(attribute, H5T_NATIVE_DOUBLE, values) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
}
#define ONE(value)                                                                                                     \
    1, (const double[])                                                                                                \
    {                                                                                                                  \
        value                                                                                                          \
    }

/* The rows that are there, "101". */
static void check_valid(const tsl__foreign_column *c, const char *rows)
{
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(!c->valid || (c->valid[i / 8] >> i % 8 & 1), rows[i] == '1');
    }
}

static const int64_t *times_of(const tsl__foreign_table *t, const char *name, int64_t per_second)
{
    const tsl__foreign_column *c = find(t, name);
    assert_true(c->kind == TSL__FOREIGN_TIME && c->per_second == per_second && c->width == sizeof(int64_t));
    return c->values;
}

/* Whole and fractional offsets in floats are the nearest seconds, and microseconds of units that are not longer. */
static void times_in_floats(void **state)
{
    (void)state;
    const double hours[ROWS] = {9 + 5 / 60.0, -.5, NAN}, days[ROWS] = {1, 1e300, -9999}, seconds[ROWS] = {1.5, -.25, 3},
                 millis[ROWS] = {1704067200123.0, .5, INFINITY};
    const float whole[ROWS] = {19723, 100000, 3}, parts[ROWS] = {.25F, 100.5F, 3}, off[ROWS] = {19723.25F, 1, 2};
    tsl_notes notes = {0};
    create("t.h5");
    put(file, "days", H5T_IEEE_F64BE, H5T_NATIVE_DOUBLE, ROWS, days);
    say(file, "days", "units", "days since 1970-01-01", 1);
    say_numbers(file, "days", "_FillValue", H5T_IEEE_F64BE, ONE(-9999));
    put(file, "hours", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, ROWS, hours);
    say(file, "hours", "units", "hours since 2024-01-01 00:00:00", 1);
    put(file, "millis", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, ROWS, millis);
    say(file, "millis", "units", "milliseconds since 1970-01-01", 1);
    put(file, "parts", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, ROWS, parts);
    say(file, "parts", "units", "days since 2024-01-01", 1);
    put(file, "seconds", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, ROWS, seconds);
    say(file, "seconds", "units", "seconds since 2024-01-01", 1);
    put(file, "whole", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, ROWS, whole);
    say(file, "whole", "units", "days since 1970-01-01", 1);
    finish();
    tsl__foreign_table *t = read_table(NULL, &notes);
    assert_int_equal(t->columns, 6);
    assert_memory_equal(times_of(t, "hours", 1), ((const int64_t[]){32700, -1800, INT64_MIN}), 24);
    assert_int_equal(find(t, "hours")->origin, 19723 * 86400LL);
    assert_memory_equal(times_of(t, "days", 1), ((const int64_t[]){86400, INT64_MAX}), 16);
    check_valid(find(t, "days"), "110");
    assert_memory_equal(times_of(t, "seconds", 1000000), ((const int64_t[]){1500000, -250000, 3000000}), 24);
    assert_memory_equal(times_of(t, "millis", 1000000), ((const int64_t[]){1704067200123000, 500, INT64_MAX}), 24);
    assert_memory_equal(times_of(t, "whole", 1), ((const int64_t[]){19723 * 86400LL, 100000 * 86400LL, 3 * 86400}), 24);
    assert_memory_equal(times_of(t, "parts", 1), ((const int64_t[]){21600, 8683200, 3 * 86400}), 24);
    assert_int_equal(notes.count, 0);
    tsl__foreign_table_free(t);
    create("t.h5");
    put(file, "when", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, ROWS, off);
    say(file, "when", "units", "days since 1970-01-01", 1);
    finish();
    check_refused(NULL, TSL_E_INPUT, "t.h5:/when: holds times as floats of so few bytes that they are off by more");
}

/* What counts from a day in a unit that is not known is no number to be taken as it stands. */
static void units_that_are_not_known(void **state)
{
    (void)state;
    static const char *const units[] = {"weeks since 1970-01-01", "days since 1970-01-01 00:00 +02:00",
                                        "EUR since 2002"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        tsl__foreign_table *t;
        tsl_notes notes = {0};
        create("t.h5");
        put(file, "when", H5T_STD_I32LE, H5T_NATIVE_INT64, ROWS, numbers);
        say(file, "when", "units", units[i], 1);
        finish();
        const tsl_source source = {.path = scratch_path("t.h5")};
        assert_int_equal(tsl__foreign_table_open(&source, NULL, &notes, &t, &err), TSL_E_INPUT);
        assert_non_null(strstr(err.message, "t.h5:/when: counts \""));
        assert_non_null(strstr(err.message, units[i]));
        assert_null(t);
    }
}

static void packed_columns(void **state)
{
    (void)state;
    tsl_notes notes = {0};
    create("t.h5");
    const char *const names[] = {"cents", "single", "shifted", "filled", "wide", "bounded", "plain", "day", "same"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        put(file, names[i], i % 2 ? H5T_STD_I32BE : H5T_STD_I16LE, H5T_NATIVE_INT64, ROWS,
            (const int64_t[]){1234, -1, 7});
    }
    say_numbers(file, "cents", "scale_factor", H5T_IEEE_F64LE, ONE(.01));
    say_numbers(file, "cents", "_FillValue", H5T_STD_I16LE, ONE(-1));
    say_numbers(file, "single", "scale_factor", H5T_IEEE_F32BE, ONE(.01));
    say_numbers(file, "shifted", "scale_factor", H5T_IEEE_F64LE, ONE(.5));
    say_numbers(file, "shifted", "add_offset", H5T_STD_I32LE, ONE(100));
    say_numbers(file, "filled", "missing_value", H5T_IEEE_F64LE, 2, (const double[]){7, 1234});
    say_numbers(file, "wide", "_FillValue", H5T_STD_I64LE, ONE(-1 - 65536)); /* which the type cannot hold */
    say_numbers(file, "bounded", "valid_range", H5T_STD_I32LE, 2, (const double[]){0, 1000});
    say_numbers(file, "plain", "scale_factor", H5T_IEEE_F64LE, ONE(1));
    say_numbers(file, "plain", "valid_max", H5T_STD_I16LE, ONE(1233));
    say(file, "day", "units", "days since 1970-01-01", 1);
    say(file, "day", "calendar", "Standard", 1);
    say_numbers(file, "day", "_FillValue", H5T_STD_I32LE, ONE(-1));
    say_numbers(file, "same", "valid_min", H5T_STD_I16LE, ONE(0));
    finish();
    tsl__foreign_table *t = read_table(NULL, &notes);
    const tsl__foreign_column *c = find(t, "cents");
    assert_true(c->kind == TSL__FOREIGN_FLOAT && c->width == 8 && ((double *)c->values)[0] == 12.34);
    check_valid(c, "101");
    c = find(t, "single");
    assert_true(c->kind == TSL__FOREIGN_FLOAT && c->width == 4);
    assert_memory_equal(c->values, ((const float[]){12.34F, -.01F, .07F}), 12);
    c = find(t, "shifted");
    assert_memory_equal(c->values, ((const double[]){717, 99.5, 103.5}), 24);
    c = find(t, "filled");
    assert_true(c->kind == TSL__FOREIGN_SIGNED && c->width == 4);
    check_valid(c, "010");
    check_valid(find(t, "wide"), "111");
    check_valid(find(t, "bounded"), "001");
    assert_int_equal(find(t, "plain")->kind, TSL__FOREIGN_SIGNED);
    check_valid(find(t, "plain"), "011");
    assert_int_equal(find(t, "day")->kind, TSL__FOREIGN_TIME);
    check_valid(find(t, "day"), "101");
    check_valid(find(t, "same"), "101");
    assert_int_equal(notes.count, 0);
    tsl__foreign_table_free(t);
}

/* What cannot be followed is refused with its name. */
static void packing_that_is_not_followed(void **state)
{
    (void)state;
    static const struct {
        const char *attribute, *text; /* text NULL: the number */
        double number;
        const char *message;
    } cases[] = {
        {"scale_factor", "0.01", 0, "t.h5:/when: has an attribute scale_factor, which cannot be followed"},
        {"scale_factor", NULL, 0, "has an attribute scale_factor, which cannot be followed"},
        {"scale_factor", NULL, 2, "has an attribute scale_factor or add_offset, which no time may have"},
        {"_FillValue", "none", 0, "has an attribute _FillValue, which cannot be followed"},
        {"calendar", "noleap", 0, "has an attribute calendar, which is none of standard, gregorian"},
        {"_Unsigned", "true", 0, "has an attribute _Unsigned, which is not followed"},
    };
    hid_t any = open_text(H5T_VARIABLE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        create("t.h5");
        put(file, "when", H5T_STD_I32LE, H5T_NATIVE_INT64, ROWS, numbers);
        say(file, "when", "units", "days since 1970-01-01", 1);
        if (cases[i].text) {
            say(file, "when", cases[i].attribute, cases[i].text, 1);
        } else {
            say_numbers(file, "when", cases[i].attribute, H5T_IEEE_F64LE, ONE(cases[i].number));
        }
        finish();
        check_refused(NULL, TSL_E_INPUT, cases[i].message);
    }
    create("t.h5");
    put(file, "text", any, any, ROWS, ((const char *const[]){"a", "b", "none"}));
    say(file, "text", "_FillValue", "none", 1);
    finish();
    check_refused(NULL, TSL_E_INPUT,
                  "/text: has an attribute _FillValue, which is followed for numbers and times alone");
    H5Tclose(any);
}

typedef struct record {
    int64_t index;
    double amount;
    int64_t date;
    char sku[TEXT_BYTES];
    int8_t level;
    double block[2];
} record;

/* `columns`: 0 all, 1 without the block. */
static void put_records(hid_t at, const char *name, int columns)
{
    const record rows[ROWS] = {
        {0, 1.5, 1000, "a", 0, {1, 2}}, {1, 2.5, INT64_MIN, "b", 1, {3, 4}}, {2, 3, 3000, "c", 0, {0}}};
    const hsize_t two = 2;
    hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(record)), text = open_text(TEXT_BYTES),
          block = H5Tarray_create2(H5T_NATIVE_DOUBLE, 1, &two);
    H5Tinsert(type, "index", offsetof(record, index), H5T_NATIVE_INT64);
    H5Tinsert(type, "amount", offsetof(record, amount), H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "date", offsetof(record, date), H5T_NATIVE_INT64);
    H5Tinsert(type, "sku", offsetof(record, sku), text);
    H5Tinsert(type, "level", offsetof(record, level), H5T_NATIVE_INT8);
    if (columns == 0) {
        H5Tinsert(type, "values_block_0", offsetof(record, block), block);
    }
    put(at, name, type, type, ROWS, rows);
    H5Tclose(type);
    H5Tclose(text);
    H5Tclose(block);
}

static void records_are_tables(void **state)
{
    (void)state;
    create("t.h5");
    put_records(file, "orders", 0);
    finish();
    tsl_notes notes = {0};
    tsl__foreign_table *t = read_table(NULL, &notes);
    assert_string_equal(t->path, "/orders");
    assert_int_equal(t->columns, 5); /* the index is a column, where pandas did not make it */
    assert_memory_equal(find(t, "amount")->values, ((const double[]){1.5, 2.5, 3}), 24);
    assert_int_equal(find(t, "date")->kind, TSL__FOREIGN_SIGNED);
    assert_int_equal(notes.count, 1);
    assert_non_null(strstr(notes.text[0], "t.h5:/orders: 1 that is no column of numbers, texts or times is left out: "
                                          "values_block_0"));
    tsl__foreign_table_free(t);
    tsl__notes_free(&notes);
}

static void tables_of_pandas(void **state)
{
    (void)state;
    create("t.h5");
    for (int i = 0; i < 2; i++) {
        const char *path = i ? "blocks" : "frame";
        hid_t group = H5Gcreate2(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        say(file, path, "pandas_type", "frame_table", 0);
        put_records(group, "table", !i);
        say(group, "table", "date_dtype", "datetime64[ms]", 0);
        say(group, "table", "level_meta", "category", 0);
        hid_t below = H5Gcreate2(group, "_i_table", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        put(below, "bounds", H5T_NATIVE_INT64, H5T_NATIVE_INT64, ROWS, numbers);
        H5Gclose(below);
        H5Gclose(group);
    }
    hid_t group = H5Gcreate2(file, "fixed", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    say(file, "fixed", "pandas_type", "frame", 0);
    put(group, "axis1", H5T_NATIVE_INT64, H5T_NATIVE_INT64, ROWS, numbers);
    H5Gclose(group);
    finish();
    tsl_notes notes = {0};
    tsl__foreign_table *t = read_table("frame/", &notes);
    assert_int_equal(t->columns, 3); /* neither the numbers of the rows nor the category */
    assert_string_equal(t->column[0].name, "amount");
    const tsl__foreign_column *date = find(t, "date");
    assert_true(date->kind == TSL__FOREIGN_TIME && date->per_second == 1000);
    assert_non_null(strstr(notes.text[0], "left out: level (pandas keeps the names of categories elsewhere"));
    tsl__foreign_table_free(t);
    tsl__notes_free(&notes);
    check_refused("/blocks", TSL_E_INPUT, "/blocks: its columns lie in pandas' blocks; to_hdf(");
    check_refused("/fixed", TSL_E_INPUT, "/fixed: is a frame as only pandas reads it; to_hdf(");
    check_refused(NULL, TSL_E_INPUT, "t.h5: holds 3 tables");
    check_refused(NULL, TSL_E_INPUT, "--sheet: /blocks, /fixed, /frame");
}

static void what_is_no_table(void **state)
{
    (void)state;
    const hsize_t size[2] = {ROWS, 1};
    create("t.h5");
    finish();
    check_refused(NULL, TSL_E_INPUT, "t.h5: holds no table");
    create("t.h5");
    put(file, "a", H5T_STD_I64LE, H5T_NATIVE_INT64, ROWS, numbers);
    put(file, "b", H5T_STD_I64LE, H5T_NATIVE_INT64, 2, numbers);
    hid_t group = H5Gcreate2(file, "deep", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    hid_t flat = H5Screate_simple(2, size, NULL);
    H5Dclose(H5Dcreate2(group, "matrix", H5T_STD_I64LE, flat, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(flat);
    H5Gclose(group);
    assert_true(H5Lcreate_soft("/a", file, "soft", H5P_DEFAULT, H5P_DEFAULT) >= 0);
    finish();
    check_refused(NULL, TSL_E_INPUT,
                  "t.h5:/: column \"b\" has 2 values, but \"a\" 3; the columns of a table are of one length");
    check_refused("/deep", TSL_E_INPUT, "t.h5:/deep: holds no column of numbers, texts or times");
    check_refused("/deep/matrix", TSL_E_INPUT, "t.h5:/deep/matrix: is an array, but no table");
    check_refused("/a", TSL_E_INPUT, "t.h5:/a: is an array, but no table");
    check_refused("/nothing", TSL_E_NOT_FOUND, "t.h5: holds no \"/nothing\"");
    check_refused("/soft", TSL_E_NOT_FOUND, "t.h5: holds no \"/soft\"");
    static const char *const own[][2] = {{"features", "tesela cluster, label and assign take it"},
                                         {"model", "is a model file of tesela's, no table; --model takes it"}};
    for (int i = 0; i < 2; i++) {
        create("t.h5");
        put(file, "days", H5T_IEEE_F64LE, H5T_NATIVE_INT64, ROWS, numbers);
        say(file, "/", "tesela", own[i][0], 0);
        finish();
        check_refused(NULL, TSL_E_INPUT, own[i][1]);
    }
}

/* What is not there, or is packed in a way that is not followed. */
static void storage_is_looked_at(void **state)
{
    (void)state;
    const hsize_t rows = ROWS, chunk = 2;
    create("t.h5");
    hid_t space = H5Screate_simple(1, &rows, NULL), creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Dclose(H5Dcreate2(file, "unwritten", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    finish();
    check_refused(NULL, TSL_E_FORMAT, "t.h5:/unwritten: is cut short, or was never written");
    create("t.h5");
    H5Pset_chunk(creation, 1, &chunk);
    H5Pset_scaleoffset(creation, H5Z_SO_INT, 0);
    H5Dclose(H5Dcreate2(file, "scaled", H5T_STD_I64LE, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Pclose(creation);
    H5Sclose(space);
    finish();
    check_refused(NULL, TSL_E_FORMAT, "t.h5:/scaled: is packed by a filter other than deflate");
}

/* Other values, or refused: nobody's file has checksums. */
static damage_verdict read_damaged(const char *path, const void *user)
{
    tsl__foreign_table *table;
    tsl_notes notes = {0};
    tsl_error why = {TSL_OK, ""};
    (void)user;
    tsl_status status = tsl__foreign_table_open(&(tsl_source){.path = path}, NULL, &notes, &table, &why);
    const int holds = (status == TSL_OK) == (table != NULL) && (status == TSL_OK) == (why.message[0] == '\0');
    tsl__foreign_table_free(table);
    tsl__notes_free(&notes);
    return !holds ? DAMAGE_WRONG : status == TSL_OK ? DAMAGE_SAME : DAMAGE_REFUSED;
}

/* Bits that flip, and lengths that it is cut to, end in a table or in words. Of every bit that cannot be promised: HDF5
 * 1.10 itself divides by zero on the types of some damaged records. */
static void damaged_tables(void **state)
{
    (void)state;
    static const char *const texts[ROWS] = {"a", "b\xc3\xbc", "a long text"};
    hid_t any = open_text(H5T_VARIABLE);
    create("t.h5");
    put(file, "any", any, any, ROWS, texts);
    put(file, "whole", H5T_STD_I16BE, H5T_NATIVE_INT64, ROWS, numbers);
    say(file, "whole", "units", "days since 2000-01-01", 1);
    finish();
    assert_true(damage_flip(scratch_path("t.h5"), 500, 1, read_damaged, NULL) > 10);
    assert_true(damage_cut(scratch_path("t.h5"), 50, 1, read_damaged, NULL) > 10);
    create("t.h5");
    put_records(file, "orders", 1); /* HDF5 1.10 itself may divide by zero on the type of a damaged array */
    finish();
    assert_true(damage_flip(scratch_path("t.h5"), 500, 1, read_damaged, NULL) > 10);
    H5Tclose(any);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(types_of_columns, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(times_in_floats, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(units_that_are_not_known, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(packed_columns, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(packing_that_is_not_followed, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(records_are_tables, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(tables_of_pandas, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_table, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(storage_is_looked_at, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(damaged_tables, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
