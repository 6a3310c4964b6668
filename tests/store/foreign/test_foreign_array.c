/* test_foreign_array.c: src/store/foreign/foreign_array.c: arrays of numbers from anyone's HDF5
 * file, and from no other place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/array_store.h"
#include "store/damage.h"
#include "store/foreign/made_file.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS 5
#define COLS 3

/* An array of ROWS x COLS (rank 2), ROWS (1) or one (0), from doubles unless the type is no number. */
static void put(const char *name, hid_t type, int rank, hid_t creation)
{
    const hsize_t size[3] = {ROWS, COLS, 1};
    double values[ROWS * COLS];
    for (int i = 0; i < ROWS * COLS; i++) {
        values[i] = i;
    }
    hid_t space = rank ? H5Screate_simple(rank, size, NULL) : H5Screate(H5S_SCALAR);
    hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(set >= 0);
    H5T_class_t class = H5Tget_class(type);
    if (class == H5T_FLOAT || class == H5T_INTEGER) {
        assert_true(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    }
    H5Dclose(set);
    H5Sclose(space);
}

static void check_reads(const char *name, size_t rows, size_t cols)
{
    double *values;
    size_t got_rows, got_cols;
    tsl_status status =
        tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, name, 0, &values, &got_rows, &got_cols, &err);
    if (status != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(got_rows, rows);
    assert_int_equal(got_cols, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        assert_true(values[i] == (double)i);
    }
    tsl_array_free(values);
}

static void check_refused(const char *name, size_t most, tsl_status expected, const char *part)
{
    double *values = (double *)(uintptr_t)1;
    size_t rows, cols;
    assert_int_equal(
        tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, name, most, &values, &rows, &cols, &err), expected);
    assert_null(values);
    assert_non_null(strstr(err.message, scratch));
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

/* What its attributes would make of its numbers is not passed over. */
static void test_packed_arrays(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double value;
        const char *message; /* NULL: it changes nothing */
    } cases[] = {{"scale_factor", .1, "has attributes (scale_factor, add_offset, _FillValue, ...)"},
                 {"scale_factor", 0, "has an attribute scale_factor, which cannot be followed"},
                 {"scale_factor", 1, NULL},
                 {"_FillValue", 3, "followed in tables alone"},
                 {"_FillValue", NAN, NULL},
                 {"valid_max", 9, "followed in tables alone"},
                 {"units", 5, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        create("a.h5");
        put("a", H5T_IEEE_F32BE, 2, H5P_DEFAULT);
        hid_t space = H5Screate(H5S_SCALAR);
        hid_t attribute =
            H5Acreate_by_name(file, "a", cases[i].name, H5T_IEEE_F64BE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        assert_true(attribute >= 0 && H5Awrite(attribute, H5T_NATIVE_DOUBLE, &cases[i].value) >= 0);
        H5Aclose(attribute);
        H5Sclose(space);
        finish();
        if (cases[i].message) {
            check_refused("a", 0, TSL_E_FORMAT, cases[i].message);
        } else {
            check_reads("a", ROWS, COLS);
        }
    }
}

static hid_t make_half(void)
{
    hid_t half = H5Tcopy(H5T_IEEE_F32LE);
    assert_true(H5Tset_fields(half, 15, 10, 5, 0, 10) >= 0 && H5Tset_size(half, 2) >= 0 && H5Tset_ebias(half, 15) >= 0);
    return half;
}

static void test_types(void **state)
{
    (void)state;
    const hid_t types[] = {H5T_IEEE_F64LE, H5T_IEEE_F32LE, H5T_IEEE_F64BE, H5T_IEEE_F32BE, H5T_STD_I8LE,
                           H5T_STD_U8LE,   H5T_STD_I16LE,  H5T_STD_U16LE,  H5T_STD_I32LE,  H5T_STD_U32LE,
                           H5T_STD_I64LE,  H5T_STD_U64LE,  H5T_STD_I16BE,  H5T_STD_U16BE,  H5T_STD_I32BE,
                           H5T_STD_U32BE,  H5T_STD_I64BE,  H5T_STD_U64BE,  make_half()};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        create("a.h5");
        put("one", types[i], 1, H5P_DEFAULT);
        put("two", types[i], 2, H5P_DEFAULT);
        finish();
        check_reads("one", ROWS, 1);
        check_reads("/two", ROWS, COLS);
    }
    H5Tclose(types[sizeof types / sizeof types[0] - 1]);
}

static void test_extreme_numbers(void **state)
{
    (void)state;
    static const double kept[] = {NAN, INFINITY, -INFINITY, -0.0, 5e-324, 1.7976931348623157e308};
    static const int64_t whole[] = {9007199254740991, -9007199254740991, -1, 0, 1, 2};
    static const int64_t wide[] = {1, 2, INT64_MIN, 0, 1, 9007199254740992};
    static const uint64_t wider[] = {1, 2, 3, 4, 5, UINT64_MAX};
    const hsize_t size = 6;
    double *values;
    size_t rows, cols;
    create("a.h5");
    hid_t space = H5Screate_simple(1, &size, NULL);
    hid_t a = H5Dcreate2(file, "a", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    hid_t b = H5Dcreate2(file, "b", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    hid_t c = H5Dcreate2(file, "c", H5T_STD_I64BE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    hid_t d = H5Dcreate2(file, "d", H5T_STD_U64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(c, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, wide);
    H5Dwrite(d, H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, wider);
    H5Dclose(c);
    H5Dclose(d);
    H5Dwrite(a, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, kept);
    H5Dwrite(b, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, whole);
    H5Dclose(a);
    H5Dclose(b);
    H5Sclose(space);
    finish();
    assert_int_equal(tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, "a", 0, &values, &rows, &cols, &err),
                     TSL_OK);
    assert_memory_equal(values, kept, sizeof kept);
    tsl_array_free(values);
    assert_int_equal(tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, "b", 0, &values, &rows, &cols, &err),
                     TSL_OK);
    for (int i = 0; i < 6; i++) {
        assert_true(values[i] == (double)whole[i]);
    }
    tsl_array_free(values);
    assert_int_equal(tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, "c", 0, &values, &rows, &cols, &err),
                     TSL_E_INPUT);
    assert_non_null(strstr(err.message, "c: row 3, column 1 is beyond 2^53 - 1"));
    assert_null(values);
    assert_int_equal(tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, "d", 0, &values, &rows, &cols, &err),
                     TSL_E_INPUT);
    assert_non_null(strstr(err.message, "d: row 6, column 1 is beyond 2^53 - 1"));
}

static void test_booleans(void **state)
{
    (void)state;
    const int8_t no = 0, yes = 1, cells[ROWS] = {0, 1, 1, 0, 1};
    const hsize_t size = ROWS;
    double *values;
    size_t rows, cols;
    create("a.h5");
    hid_t type = H5Tenum_create(H5T_STD_I8LE), space = H5Screate_simple(1, &size, NULL);
    H5Tenum_insert(type, "FALSE", &no);
    H5Tenum_insert(type, "TRUE", &yes);
    hid_t set = H5Dcreate2(file, "b", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells);
    H5Dclose(set);
    H5Sclose(space);
    H5Tclose(type);
    finish();
    assert_int_equal(tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, "b", 0, &values, &rows, &cols, &err),
                     TSL_OK);
    for (int i = 0; i < ROWS; i++) {
        assert_true(values[i] == cells[i]);
    }
    tsl_array_free(values);
}

static void test_storage(void **state)
{
    (void)state;
    const hsize_t chunk[2] = {2, 2};
    hid_t packed = H5Pcreate(H5P_DATASET_CREATE), compact = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(packed, 2, chunk);
    H5Pset_shuffle(packed);
    H5Pset_deflate(packed, 4);
    H5Pset_fletcher32(packed);
    H5Pset_layout(compact, H5D_COMPACT);
    create("a.h5");
    H5Gclose(H5Gcreate2(file, "deep", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    put("deep/packed", H5T_IEEE_F64LE, 2, packed);
    put("compact", H5T_STD_I32LE, 2, compact);
    H5Lcreate_hard(file, "deep/packed", file, "again", H5P_DEFAULT, H5P_DEFAULT);
    finish();
    H5Pclose(packed);
    H5Pclose(compact);
    check_reads("deep/packed", ROWS, COLS);
    check_reads("/deep/packed/", ROWS, COLS);
    check_reads("again", ROWS, COLS);
    check_reads("compact", ROWS, COLS);
}

static void test_size_limit(void **state)
{
    (void)state;
    create("a.h5");
    put("a", H5T_STD_I8LE, 2, H5P_DEFAULT);
    finish();
    double *values;
    size_t rows, cols;
    assert_int_equal(
        tsl_array_read(&(tsl_source){.path = scratch_path("a.h5")}, "a", ROWS * COLS * 8, &values, &rows, &cols, &err),
        TSL_OK);
    tsl_array_free(values);
    check_refused("a", ROWS * COLS * 8 - 1, TSL_E_INPUT, "120 bytes");
}

static void test_what_is_not_there(void **state)
{
    (void)state;
    create("a.h5");
    H5Gclose(H5Gcreate2(file, "group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    finish();
    check_refused("b", 0, TSL_E_NOT_FOUND, "no array \"b\"");
    check_refused("group", 0, TSL_E_NOT_FOUND, "no array \"group\"");
    check_refused("group/b/c", 0, TSL_E_NOT_FOUND, "no array");
    check_refused("", 0, TSL_E_NOT_FOUND, "no array");
    check_refused("/", 0, TSL_E_NOT_FOUND, "no array");
    check_refused("..", 0, TSL_E_NOT_FOUND, "no array");
    scratch_write(scratch_path("a.h5"), "a,b\n", 4);
    check_refused("b", 0, TSL_E_FORMAT, "no HDF5 file");
    unlink(scratch_path("a.h5"));
    check_refused("b", 0, TSL_E_NOT_FOUND, "No such file");
}

static void test_other_types(void **state)
{
    (void)state;
    hid_t text = H5Tcopy(H5T_C_S1), odd = H5Tcopy(H5T_IEEE_F64LE), wide = H5Tcopy(H5T_STD_I32LE);
    H5Tset_size(text, H5T_VARIABLE);
    H5Tset_ebias(odd, 1000);
    H5Tset_precision(wide, 20);
    hid_t pair = H5Tcreate(H5T_COMPOUND, 16);
    H5Tinsert(pair, "r", 0, H5T_IEEE_F64LE);
    H5Tinsert(pair, "i", 8, H5T_IEEE_F64LE);
    create("a.h5");
    put("text", text, 1, H5P_DEFAULT);
    put("odd", odd, 1, H5P_DEFAULT);
    put("wide", wide, 1, H5P_DEFAULT);
    put("pair", pair, 1, H5P_DEFAULT);
    put("scalar", H5T_IEEE_F64LE, 0, H5P_DEFAULT);
    put("cube", H5T_STD_REF_OBJ, 3, H5P_DEFAULT);
    finish();
    check_refused("text", 0, TSL_E_FORMAT, "no plain numbers");
    check_refused("odd", 0, TSL_E_FORMAT, "no plain numbers");
    check_refused("wide", 0, TSL_E_FORMAT, "no plain numbers");
    check_refused("pair", 0, TSL_E_FORMAT, "no plain numbers");
    check_refused("cube", 0, TSL_E_FORMAT, "no plain numbers");
    check_refused("scalar", 0, TSL_E_FORMAT, "one or two dimensions");
    H5Tclose(text);
    H5Tclose(odd);
    H5Tclose(wide);
    H5Tclose(pair);
}

/* Nothing leads out of the file. */
static void test_ways_out(void **state)
{
    (void)state;
    const char *secret = scratch_path("secret");
    char bytes[ROWS * COLS * 8] = "secret";
    scratch_write(secret, bytes, sizeof bytes);
    hid_t outside = H5Pcreate(H5P_DATASET_CREATE), virtual = H5Pcreate(H5P_DATASET_CREATE);
    const hsize_t size[2] = {ROWS, COLS};
    H5Pset_external(outside, secret, 0, sizeof bytes);
    hid_t space = H5Screate_simple(2, size, NULL);
    H5Pset_virtual(virtual, space, scratch_path("other.h5"), "a", space);
    create("a.h5");
    H5Fclose(H5Fcreate(scratch_path("other.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    hid_t set = H5Dcreate2(file, "outside", H5T_IEEE_F64LE, space, H5P_DEFAULT, outside, H5P_DEFAULT);
    assert_true(set >= 0);
    H5Dclose(set);
    set = H5Dcreate2(file, "virtual", H5T_IEEE_F64LE, space, H5P_DEFAULT, virtual, H5P_DEFAULT);
    assert_true(set >= 0);
    H5Dclose(set);
    put("a", H5T_IEEE_F64LE, 2, H5P_DEFAULT);
    H5Lcreate_soft("/a", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external(scratch_path("a.h5"), "/a", file, "external", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external(scratch_path("a.h5"), "/", file, "door", H5P_DEFAULT, H5P_DEFAULT);
    H5Sclose(space);
    H5Pclose(outside);
    H5Pclose(virtual);
    finish();
    check_refused("outside", 0, TSL_E_FORMAT, "outside of this file");
    check_refused("virtual", 0, TSL_E_FORMAT, "outside of this file");
    check_refused("soft", 0, TSL_E_NOT_FOUND, "no array");
    check_refused("external", 0, TSL_E_NOT_FOUND, "no array");
    check_refused("door/a", 0, TSL_E_NOT_FOUND, "no array");
    check_reads("a", ROWS, COLS);
}

/* A few hundred bytes that claim a matrix of many gigabytes. */
static void test_empty_claims(void **state)
{
    (void)state;
    const hsize_t size[2] = {1000000, 100000}, chunk[2] = {1000, 1000};
    hid_t late = H5Pcreate(H5P_DATASET_CREATE), chunked = H5Pcreate(H5P_DATASET_CREATE);
    hid_t other = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(2, size, NULL);
    H5Pset_chunk(chunked, 2, chunk);
    H5Pset_chunk(other, 2, chunk);
    H5Pset_scaleoffset(other, H5Z_SO_FLOAT_DSCALE, 2);
    create("a.h5");
    H5Dclose(H5Dcreate2(file, "late", H5T_IEEE_F64LE, space, H5P_DEFAULT, late, H5P_DEFAULT));
    H5Dclose(H5Dcreate2(file, "chunked", H5T_IEEE_F64LE, space, H5P_DEFAULT, chunked, H5P_DEFAULT));
    H5Dclose(H5Dcreate2(file, "other", H5T_IEEE_F64LE, space, H5P_DEFAULT, other, H5P_DEFAULT));
    H5Sclose(space);
    H5Pclose(late);
    H5Pclose(chunked);
    H5Pclose(other);
    finish();
    check_refused("late", 0, TSL_E_FORMAT, "never written");
    check_refused("chunked", 0, TSL_E_FORMAT, "more numbers than the file can hold");
    check_refused("other", 0, TSL_E_FORMAT, "filter");
}

static void test_damaged_chunk(void **state)
{
    (void)state;
    const hsize_t chunk[2] = {ROWS, COLS};
    hid_t checked = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(checked, 2, chunk);
    H5Pset_fletcher32(checked);
    create("a.h5");
    put("a", H5T_IEEE_F64LE, 2, checked);
    finish();
    H5Pclose(checked);
    int fd = open(scratch_path("a.h5"), O_RDWR | O_CLOEXEC);
    char bytes[65536];
    ssize_t count = pread(fd, bytes, sizeof bytes, 0);
    const double number = 7;
    char *at = memmem(bytes, (size_t)count, &number, sizeof number);
    assert_non_null(at);
    at[2] ^= 1;
    assert_int_equal(pwrite(fd, bytes, (size_t)count, 0), count);
    close(fd);
    check_refused("a", 0, TSL_E_FORMAT, "damaged");
}

/* An array of a file of Tesela's is checked by its own sums. */
static damage_verdict read_own(const char *path, const void *expected)
{
    double *values;
    size_t rows, cols;
    tsl_error why = {0};
    tsl_status status = tsl_array_read(&(tsl_source){.path = path}, "m", 0, &values, &rows, &cols, &why);
    if (status != TSL_OK) {
        return values || !why.message[0] ? DAMAGE_WRONG : DAMAGE_REFUSED;
    }
    int same = rows == ROWS && cols == COLS && memcmp(values, expected, ROWS * COLS * sizeof *values) == 0;
    tsl_array_free(values);
    return same ? DAMAGE_SAME : DAMAGE_WRONG;
}

static void test_own_arrays(void **state)
{
    (void)state;
    static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
    double values[ROWS * COLS];
    tsl__store *store;
    for (int i = 0; i < ROWS * COLS; i++) {
        values[i] = i;
    }
    assert_int_equal(tsl__store_create(&(tsl_target){.path = scratch_path("a.h5"), .replace = 1}, &kind, &store, &err),
                     TSL_OK);
    tsl__store_put_array(store, "m", TSL__DOUBLE, values, ROWS, COLS);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
    check_reads("m", ROWS, COLS);
    long refused = damage_flip(scratch_path("a.h5"), 2000, 1, read_own, values);
    assert_true(refused > 1000);
    /* one that somebody added has no sums, and is read all the same */
    file = H5Fopen(scratch_path("a.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    put("added", H5T_IEEE_F64LE, 2, H5P_DEFAULT);
    finish();
    check_reads("added", ROWS, COLS);
}

/* A file of somebody else's is no damaged file of ours. */
static void test_no_file_of_ours(void **state)
{
    (void)state;
    const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
    tsl__store *store;
    create("a.h5");
    finish();
    assert_int_equal(tsl__store_open(&(tsl_source){.path = scratch_path("a.h5")}, &kind, &store, &err), TSL_E_FORMAT);
    assert_non_null(strstr(err.message, "Tesela did not write, expected a model file"));
}

/* HDF5's own messages are the host's affair before and after. */
static herr_t quiet(hid_t stack, void *data)
{
    (void)stack;
    ++*(int *)data;
    return 0;
}

static void test_host_handler_stays(void **state)
{
    (void)state;
    int calls = 0;
    H5E_auto2_t function;
    void *data;
    assert_true(H5Eset_auto2(H5E_DEFAULT, quiet, &calls) >= 0);
    create("a.h5");
    finish();
    check_refused("none", 0, TSL_E_NOT_FOUND, "no array");
    assert_int_equal(calls, 0);
    assert_true(H5Eget_auto2(H5E_DEFAULT, &function, &data) >= 0);
    assert_true(function == quiet && data == &calls);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_types),           TEST(test_packed_arrays),      TEST(test_extreme_numbers),   TEST(test_booleans),
        TEST(test_storage),         TEST(test_size_limit),         TEST(test_what_is_not_there), TEST(test_other_types),
        TEST(test_ways_out),        TEST(test_empty_claims),       TEST(test_damaged_chunk),     TEST(test_own_arrays),
        TEST(test_no_file_of_ours), TEST(test_host_handler_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
