/* test_hostile.c: files that say they are ours, made by HDF5 itself to mislead the reader: each is refused, and
 * nothing of it is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/array_store.h"
#include "store/scratch.h"

#include "base/hash.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0"};
static tsl_error err;
static hid_t file;

/* A good file, open for making it worse. */
static void create(void)
{
    tsl__store *store;
    assert_int_equal(tsl__store_create(&(tsl_target){.path = scratch_path("a.h5"), .replace = 1}, &kind, &store, &err),
                     TSL_OK);
    tsl__store_put_dict(store, "group");
    tsl__store_put_number(store, "group/number", 7);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
    file = H5Fopen(scratch_path("a.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(file >= 0);
}

static tsl__store *open_it(void)
{
    tsl__store *store;
    assert_true(H5Fclose(file) >= 0);
    assert_int_equal(tsl__store_open(&(tsl_source){.path = scratch_path("a.h5")}, &kind, &store, &err), TSL_OK);
    return store;
}

static void check_refused(tsl__store *store, const char *part)
{
    assert_int_equal(tsl__store_close(store, &err), TSL_E_FORMAT);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

/* A dataset "x" with the checksums that its bytes ask for; NULL: nothing is written. */
static void put(hid_t type, int rank, hsize_t rows, hsize_t cols, hid_t creation, const void *bytes, size_t count)
{
    const hsize_t size[3] = {rows, cols, 1}, one = 1;
    const uint64_t hash = tsl__hash64(bytes, count, 0);
    hid_t space = H5Screate_simple(rank, size, NULL);
    hid_t set = H5Dcreate2(file, "x", type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(set >= 0);
    if (bytes) {
        assert_true(H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes) >= 0);
    }
    hid_t sums = H5Screate_simple(1, &one, NULL);
    hid_t attribute = H5Acreate2(set, "checksums", H5T_STD_U64LE, sums, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(attribute, H5T_STD_U64LE, &hash) >= 0);
    H5Aclose(attribute);
    H5Sclose(sums);
    H5Dclose(set);
    H5Sclose(space);
}

/* Shapes that would have a reader allocate what the file cannot hold. */
static void test_shapes(void **state)
{
    (void)state;
    static const struct {
        int rank;
        hsize_t rows, cols;
    } shapes[] = {{2, (hsize_t)1 << 40, 0},
                  {2, 0, (hsize_t)1 << 40},
                  {2, (hsize_t)1 << 62, 0},
                  {1, (hsize_t)1 << 40, 1},
                  {2, (hsize_t)1 << 29, (hsize_t)1 << 29},
                  {3, 1, 1}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        create();
        put(H5T_IEEE_F64LE, shapes[i].rank, shapes[i].rows, shapes[i].cols, H5P_DEFAULT, NULL, 0);
        tsl__store *store = open_it();
        tsl__shape shape = tsl__store_get_shape(store, "x");
        assert_true(shape.rows == 0 && shape.cols == 0 && shape.width == 0);
        check_refused(store, "/x: ");
    }
}

/* A text as wide as a gigabyte, and none of it. */
static void test_wide_text(void **state)
{
    (void)state;
    create();
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, (size_t)1 << 30);
    H5Tset_cset(type, H5T_CSET_UTF8);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    put(type, 1, 0, 0, H5P_DEFAULT, NULL, 0);
    H5Tclose(type);
    tsl__store *store = open_it();
    tsl__store_get_shape(store, "x");
    check_refused(store, "/x: ");
}

/* Types and ways of storing that need more of HDF5 than we trust. */
static void test_types_and_storage(void **state)
{
    (void)state;
    const hsize_t three = 3, chunk = 3;
    for (int i = 0; i < 9; i++) {
        create();
        hid_t type = H5Tcopy(H5T_IEEE_F64LE), creation = H5Pcreate(H5P_DATASET_CREATE);
        if (i < 5) {
            H5Tclose(type);
            type = i == 0   ? H5Tcopy(H5T_C_S1)
                   : i == 1 ? H5Tarray_create2(H5T_IEEE_F64LE, 1, &three)
                   : i == 2 ? H5Tvlen_create(H5T_IEEE_F64LE)
                   : i == 3 ? H5Tcreate(H5T_COMPOUND, 8)
                            : H5Tcopy(H5T_STD_REF_OBJ);
            if (i == 0) {
                H5Tset_size(type, H5T_VARIABLE);
            } else if (i == 3) {
                H5Tinsert(type, "a", 0, H5T_IEEE_F64LE);
            }
        } else if (i == 5) {
            H5Pset_layout(creation, H5D_COMPACT);
        } else if (i == 6) {
            H5Pset_chunk(creation, 1, &chunk);
        } else if (i == 7) {
            H5Pset_external(creation, "/etc/passwd", 0, 24);
        } else {
            hid_t space = H5Screate_simple(1, &three, NULL);
            assert_true(H5Pset_virtual(creation, space, scratch_path("b.h5"), "x", space) >= 0);
            H5Sclose(space);
        }
        put(type, 1, 3, 0, creation, NULL, 0);
        H5Tclose(type);
        H5Pclose(creation);
        tsl__store *store = open_it();
        assert_null(tsl__store_get_column(store, "x", i == 0 ? TSL__TEXT : TSL__DOUBLE, 3));
        check_refused(store, "/x: ");
    }
}

/* Never written: what would be read is whatever the file holds there. */
static void test_never_written(void **state)
{
    (void)state;
    create();
    put(H5T_IEEE_F64LE, 1, 3, 0, H5P_DEFAULT, NULL, 0);
    tsl__store *store = open_it();
    assert_null(tsl__store_get_column(store, "x", TSL__DOUBLE, 3));
    check_refused(store, "/x: is not stored as Tesela stores arrays");
}

/* Texts that hold more than they show. */
static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int good;
    } cases[] = {{"abcd", 1}, {"ab\0\0", 1}, {"\0\0\0\0", 1}, {"ab\0d", 0}, {"\0bcd", 0}, {"ab\xE5\xAE", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        create();
        hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, 4);
        H5Tset_cset(type, H5T_CSET_UTF8);
        H5Tset_strpad(type, H5T_STR_NULLPAD);
        put(type, 1, 1, 0, H5P_DEFAULT, cases[i].bytes, 4);
        H5Tclose(type);
        tsl__store *store = open_it();
        char **text = tsl__store_get_texts(store, "x", 1);
        if (cases[i].good) {
            assert_non_null(text);
            assert_true(strlen(text[0]) == strnlen(cases[i].bytes, 4));
            free(text[0]);
            free(text);
            assert_int_equal(tsl__store_close(store, &err), TSL_OK);
        } else {
            assert_null(text);
            check_refused(store, "/x: holds what cannot stand there");
        }
    }
}

/* Links out of the file, in circles, and to what is no array. */
static void test_links(void **state)
{
    (void)state;
    static const char *const arrays[] = {"out",   "soft", "circle", "outer/number",          "softer/number",
                                         "group", "type", ".",      "group/../group/number", "/",
                                         ""};
    create();
    H5Lcreate_external(scratch_path("b.h5"), "/group/number", file, "out", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external(scratch_path("b.h5"), "/group", file, "outer", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("/group/number", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("/group", file, "softer", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("/circle", file, "circle", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_hard(file, "group", file, "group/self", H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = H5Tcopy(H5T_IEEE_F64LE);
    H5Tcommit2(file, "type", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Tclose(type);
    H5Fclose(file);
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        file = H5Fopen(scratch_path("a.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
        tsl__store *store = open_it();
        assert_null(tsl__store_get_column(store, arrays[i], TSL__INT64, TSL__SCALAR));
        check_refused(store, "is missing, or its description is damaged");
    }
    static const char *const looks[] = {"outer/number", "softer/number", "circle/x", "none/x", "type/x"};
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        file = H5Fopen(scratch_path("a.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
        tsl__store *store = open_it();
        assert_false(tsl__store_has(store, looks[i]));
        check_refused(store, "cannot be looked up");
    }
    file = H5Fopen(scratch_path("a.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    tsl__store *store = open_it();
    free(tsl__store_get_column(store, "group/self/self/number", TSL__INT64, TSL__SCALAR)); /* is in the file */
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
}

/* Replaces an attribute of the root or of group/number. */
static void put_attribute(const char *object, const char *name, hid_t type, hsize_t count, const void *value)
{
    hid_t at = H5Oopen(file, object, H5P_DEFAULT), space = H5Screate_simple(1, &count, NULL);
    H5Adelete(at, name);
    hid_t attribute = H5Acreate2(at, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0);
    if (value) {
        assert_true(H5Awrite(attribute, type, value) >= 0);
    }
    H5Aclose(attribute);
    H5Sclose(space);
    H5Oclose(at);
}

static void test_attributes(void **state)
{
    (void)state;
    static const char letters[2000] = "model";
    static const uint64_t sums[500];
    static const double fraction = 1.5;
    hid_t variable = H5Tcopy(H5T_C_S1), wide = H5Tcopy(H5T_C_S1);
    H5Tset_size(variable, H5T_VARIABLE);
    H5Tset_size(wide, sizeof letters);
    const char *text = "model";
    const struct {
        const char *object, *name, *said;
        hid_t type;
        hsize_t count;
        const void *value;
    } cases[] = {
        {"/", "tesela", "is damaged: what describes it", variable, 1, &text},
        {"/", "tesela", "is damaged: what describes it", wide, 1, letters},
        {"/", "tesela-version", "is damaged: what describes it", H5T_IEEE_F64LE, 1, &fraction},
        {"/", "tesela-version", "is damaged: what describes it", H5T_STD_I64LE, 500, NULL},
        {"group/number", "checksums", "/group/number: has no checksums", H5T_STD_U64LE, 500, sums},
        {"group/number", "checksums", "/group/number: has no checksums", H5T_STD_U64LE, 0, NULL},
        {"group/number", "checksums", "/group/number: has no checksums", H5T_IEEE_F64LE, 1, &fraction},
        {"group/number", "checksums", "/group/number: has no checksums", variable, 1, &text},
        {"group", "encoding-type", "/group: is missing, damaged, or no dict", variable, 1, &text},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tsl__store *store;
        create();
        put_attribute(cases[i].object, cases[i].name, cases[i].type, cases[i].count, cases[i].value);
        H5Fclose(file);
        tsl_status status = tsl__store_open(&(tsl_source){.path = scratch_path("a.h5")}, &kind, &store, &err);
        if (status == TSL_OK) {
            tsl__store_check_dict(store, "group");
            tsl__store_get_number(store, "group/number");
            status = tsl__store_close(store, &err);
        }
        assert_int_equal(status, TSL_E_FORMAT);
        if (!strstr(err.message, cases[i].said)) {
            fail_msg("%zu: \"%s\" does not say \"%s\"", i, err.message, cases[i].said);
        }
    }
    H5Tclose(variable);
    H5Tclose(wide);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_shapes), TEST(test_wide_text), TEST(test_types_and_storage), TEST(test_never_written),
        TEST(test_texts),  TEST(test_links),     TEST(test_attributes),
    };
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
