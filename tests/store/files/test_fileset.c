/* test_fileset.c: src/store/files/fileset.c: several files are published, or none, and
 * then the old ones are there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/array_store.h"
#include "store/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tsl_error err;

static tsl_fileset *open_set(void)
{
    tsl_fileset *set;
    assert_int_equal(tsl_fileset_open(&set, &err), TSL_OK);
    return set;
}

static void put(tsl_fileset *set, const char *path, int replace, const char *text)
{
    tsl_file *file;
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path, .replace = replace, .set = set}, &file, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, text, strlen(text), &err), TSL_OK);
    assert_int_equal(tsl_file_close(file, &err), TSL_OK);
}

static void check_failure(tsl_fileset *set, tsl_status expected, const char *part)
{
    assert_int_equal(tsl_fileset_close(set, &err), expected);
    assert_int_equal(err.status, expected);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

static size_t count_entries(void)
{
    size_t count = 0;
    DIR *folder = opendir(scratch);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count - 2;
}

static void test_published_together(void **state)
{
    (void)state;
    const char *a = scratch_path("a"), *b = scratch_path("b"), *c = scratch_path("c");
    scratch_write(b, "old", 3);
    tsl_fileset *set = open_set();
    put(set, a, 0, "1");
    put(set, b, 1, "2");
    assert_false(scratch_has(a));
    assert_string_equal(scratch_read(b), "old");
    put(set, c, 1, "3");
    assert_int_equal(tsl_fileset_close(set, &err), TSL_OK);
    assert_string_equal(scratch_read(a), "1");
    assert_string_equal(scratch_read(b), "2");
    assert_string_equal(scratch_read(c), "3");
    assert_int_equal(count_entries(), 3);
}

/* Whichever of three cannot be put into its place, the others are as before. */
static void test_all_or_none(void **state)
{
    (void)state;
    const char *path[] = {scratch_path("a"), scratch_path("b"), scratch_path("c"), scratch_path("new")};
    for (int bad = 0; bad < 3; bad++) {
        tsl_fileset *set = open_set();
        for (int i = 0; i < 3; i++) {
            remove(path[i]);
            if (i != bad) {
                scratch_write(path[i], "old", 3);
            }
            put(set, path[i], i != bad, "new");
        }
        put(set, path[3], 0, "new");
        scratch_write(path[bad], "old", 3); /* another program was faster */
        check_failure(set, TSL_E_EXISTS, "appeared while it was being written");
        for (int i = 0; i < 3; i++) {
            assert_string_equal(scratch_read(path[i]), "old");
        }
        assert_int_equal(count_entries(), 3);
    }
}

static void test_folder_in_the_way(void **state)
{
    (void)state;
    const char *a = scratch_path("a"), *b = scratch_path("b"), *c = scratch_path("c");
    scratch_write(a, "old", 3);
    tsl_fileset *set = open_set();
    put(set, a, 1, "new");
    put(set, c, 0, "new");
    put(set, b, 1, "new");
    assert_int_equal(mkdir(b, 0700), 0);
    check_failure(set, TSL_E_IO, "b: cannot be written: Is a directory");
    assert_string_equal(scratch_read(a), "old");
    assert_int_equal(count_entries(), 2);
}

/* One name twice: neither is lost without a word. */
static void test_one_name_twice(void **state)
{
    (void)state;
    const char *a = scratch_path("a");
    for (int there = 0; there < 2; there++) {
        tsl_fileset *set = open_set();
        put(set, a, 1, "first");
        put(set, a, 1, "second");
        check_failure(set, TSL_E_EXISTS, "a: appeared while it was being written");
        assert_int_equal(scratch_has(a), there);
        assert_string_equal(scratch_read(a), there ? "old" : "");
        scratch_write(a, "old", 3);
    }
}

static void test_given_up(void **state)
{
    (void)state;
    tsl_fileset *set = open_set();
    put(set, scratch_path("a"), 0, "new");
    tsl_fileset_free(set);
    tsl_fileset_free(NULL);
    assert_int_equal(count_entries(), 0);
    assert_int_equal(tsl_fileset_close(open_set(), &err), TSL_OK); /* an empty one */
}

/* Files of arrays, and what is no plain file. */
static void test_every_writer(void **state)
{
    (void)state;
    const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
    const char *a = scratch_path("a.h5");
    tsl_fileset *set = open_set();
    tsl__store *store;
    assert_int_equal(tsl__store_create(&(tsl_target){.path = a, .set = set}, &kind, &store, &err), TSL_OK);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
    put(set, "/dev/null", 0, "gone");
    assert_false(scratch_has(a));
    assert_int_equal(tsl_fileset_close(set, &err), TSL_OK);
    assert_int_equal(tsl__store_open(&(tsl_source){.path = a}, &kind, &store, &err), TSL_OK);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_published_together), TEST(test_all_or_none), TEST(test_folder_in_the_way),
        TEST(test_one_name_twice),     TEST(test_given_up),    TEST(test_every_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
