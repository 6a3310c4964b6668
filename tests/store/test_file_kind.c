/* test_file_kind.c: src/store/file_kind.c: files are told apart by their bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/array_store.h"
#include "store/scratch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tsl_error err;

static void check_kind(const char *path, const char *expected)
{
    const char *kind = NULL;
    assert_int_equal(tsl_file_get_kind(&(tsl_source){.path = path}, &kind, &err), TSL_OK);
    assert_string_equal(kind, expected);
}

static void test_bytes(void **state)
{
    (void)state;
#define BYTES(text) text, sizeof(text) - 1
    static const struct {
        const char *bytes;
        size_t count;
        const char *kind;
    } cases[] = {
        {BYTES("a,b\n1,2\n"), "csv"},
        {BYTES("\xef\xbb\xbf"
               "a;b\n"),
         "csv"},
        {BYTES("one column\n"), "csv"},
        {BYTES("[Year],[Sales]\n2024,1\n"), "csv"},
        {BYTES("{curly},header\n"), "csv"},
        {BYTES("\xff\xfe"
               "a\0,\0b\0"),
         "csv"},
        {BYTES("\x1f\x8b\x08\0\0"), "csv"},
        {BYTES("\x28\xb5\x2f\xfd\0"), "csv"},
        {BYTES("P*M\x18\x04\0\0\0"), "csv"},
        {BYTES("\xfd"
               "7zXZ\0\0"),
         "csv"},
        {BYTES("{\"k\": 3}"), "json"},
        {BYTES("\xef\xbb\xbf \n{ \"k\": 3}"), "json"},
        {BYTES("{}"), "json"},
        {BYTES("[ {\"k\": 3}]"), "json"},
        {BYTES("[[1, 2]]"), "json"},
        {BYTES("\x93NUMPY\x01\0v\0{'descr': '<f8'"), "npy"},
        {BYTES("\x89HDF\r\n\x1a\n and nothing more"), "hdf5"},
        {BYTES("\x89HDF"), "csv"},
        {BYTES(""), "unknown"},
        {BYTES("\x7f"
               "ELF\0\0\0"),
         "unknown"},
        {BYTES("a,b\n1,\0\n"), "unknown"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        scratch_write(scratch_path("file"), cases[i].bytes, cases[i].count);
        check_kind(scratch_path("file"), cases[i].kind);
    }
}

static void write_store(const char *path, const char *name)
{
    const tsl__store_kind kind = {name, 1, "dict", "0.1.0", 0};
    tsl__store *store;
    assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kind, &store, &err), TSL_OK);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
}

static void test_own_files(void **state)
{
    (void)state;
    const char *path = scratch_path("file.csv"); /* the name says nothing */
    write_store(path, "features");
    check_kind(path, "features");
    write_store(path, "model");
    check_kind(path, "model");
    write_store(path, "something of later");
    check_kind(path, "hdf5");
    assert_int_equal(truncate(path, 100), 0);
    check_kind(path, "hdf5");
}

/* MATLAB's files: 512 bytes of text, then HDF5. */
static void test_user_block(void **state)
{
    (void)state;
    char bytes[600] = "MATLAB 7.3 MAT-file";
    memcpy(bytes + 512, "\x89HDF\r\n\x1a\n", 8);
    scratch_write(scratch_path("file.mat"), bytes, sizeof bytes);
    check_kind(scratch_path("file.mat"), "hdf5");
}

static void test_no_files(void **state)
{
    (void)state;
    const char *kind;
    check_kind("-", "csv");
    assert_int_equal(mkfifo(scratch_path("pipe"), 0600), 0);
    check_kind(scratch_path("pipe"), "csv"); /* and does not wait for a writer */
    assert_int_equal(tsl_file_get_kind(&(tsl_source){.path = scratch_path("none")}, &kind, &err), TSL_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "No such file"));
    assert_int_equal(tsl_file_get_kind(&(tsl_source){.path = scratch}, &kind, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "is a folder"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(test_bytes), TEST(test_own_files), TEST(test_user_block),
                                       TEST(test_no_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
