/* test_atomic_folder.c: src/store/files/atomic_folder.c: a folder is published in one step, and
 * nothing that is not ours is ever replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tsl_error err;
static const char *const names[] = {"manifest.json", "data"};

/* A file within a folder, good until the next call. */
static const char *inside(const char *folder, const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Publishes a folder with a manifest and one file that holds text. */
static tsl_status publish(const char *path, int force, const char *text)
{
    tsl_folder *folder;
    tsl_status status = tsl_folder_open(path, force, names, 2, &folder, &err);
    if (status == TSL_OK) {
        scratch_write(inside(tsl_folder_get_path(folder), "manifest.json"), "{}", 2);
        scratch_write(inside(tsl_folder_get_path(folder), "data"), text, strlen(text));
        status = tsl_folder_close(folder, &err);
    }
    return status;
}

static void check_refused(const char *path, int force, tsl_status expected, const char *part)
{
    tsl_folder *folder = (tsl_folder *)(uintptr_t)1;
    assert_int_equal(tsl_folder_open(path, force, names, 2, &folder, &err), expected);
    assert_null(folder);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

static size_t count_entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count - 2;
}

static void test_appears_at_close(void **state)
{
    (void)state;
    const char *path = scratch_path("run");
    struct stat there;
    tsl_folder *folder;
    assert_int_equal(tsl_folder_open(path, 0, names, 2, &folder, &err), TSL_OK);
    assert_false(scratch_has(path));
    assert_int_equal(strncmp(tsl_folder_get_path(folder), path, strlen(path)), 0); /* beside it */
    assert_int_equal(stat(tsl_folder_get_path(folder), &there), 0);
    assert_int_equal(there.st_mode & 07777, 0700);
    scratch_write(inside(tsl_folder_get_path(folder), "data"), "x", 1);
    assert_int_equal(mkdir(inside(tsl_folder_get_path(folder), "sub"), 0700), 0);
    assert_int_equal(tsl_folder_close(folder, &err), TSL_OK);
    assert_string_equal(scratch_read(inside(path, "data")), "x");
    assert_int_equal(count_entries(scratch), 1);
    assert_int_equal(stat(path, &there), 0);
    assert_int_equal(there.st_mode & 07777, 0700);
}

static void test_given_up(void **state)
{
    (void)state;
    tsl_folder *folder;
    assert_int_equal(tsl_folder_open(scratch_path("run"), 0, names, 2, &folder, &err), TSL_OK);
    assert_int_equal(mkdir(inside(tsl_folder_get_path(folder), "sub"), 0700), 0);
    scratch_write(inside(tsl_folder_get_path(folder), "sub/data"), "x", 1);
    tsl_folder_free(folder);
    tsl_folder_free(NULL);
    assert_int_equal(count_entries(scratch), 0);
}

static void test_force(void **state)
{
    (void)state;
    const char *path = scratch_path("run");
    assert_int_equal(publish(path, 0, "old"), TSL_OK);
    check_refused(path, 0, TSL_E_EXISTS, "is there already");
    assert_int_equal(publish(path, 1, "new"), TSL_OK);
    assert_string_equal(scratch_read(inside(path, "data")), "new");
    assert_int_equal(count_entries(scratch), 1);
    assert_int_equal(publish(scratch_path("run///"), 1, "slashes"), TSL_OK);
    assert_string_equal(scratch_read(inside(path, "data")), "slashes");
}

/* Names with a folder in them: it is made, replaced, and refused like the whole. */
static void test_inner_folders(void **state)
{
    static const char *const inner[] = {"list", "clean/data", "clean/more", "dirty/data"};
    (void)state;
    const char *path = scratch_path("tables");
    tsl_folder *folder;
    for (int round = 0; round < 3; round++) {
        assert_int_equal(tsl_folder_open(path, round > 0, inner, 4, &folder, &err), TSL_OK);
        const char *temp = tsl_folder_get_path(folder);
        scratch_write(inside(temp, "list"), "x", 1);
        scratch_write(inside(temp, "clean/data"), round ? "new" : "old", 3);
        scratch_write(inside(temp, "dirty/data"), "y", 1);
        assert_int_equal(tsl_folder_close(folder, &err), TSL_OK);
        assert_string_equal(scratch_read(inside(path, "clean/data")), round ? "new" : "old");
        assert_int_equal(count_entries(path), 3);
        assert_int_equal(count_entries(scratch), 1); /* the old one is away with all in it */
    }
    scratch_write(inside(path, "clean/mine"), "z", 1);
    assert_int_equal(tsl_folder_open(path, 1, inner, 4, &folder, &err), TSL_E_EXISTS);
    assert_non_null(strstr(err.message, "tables/clean: is not replaced, even with --force: it holds mine"));
    assert_int_equal(remove(inside(path, "clean/mine")), 0);
    scratch_write(inside(path, "data"), "z", 1); /* of a name that is known within a folder alone */
    assert_int_equal(tsl_folder_open(path, 1, inner, 4, &folder, &err), TSL_E_EXISTS);
    assert_int_equal(remove(inside(path, "data")), 0);
    assert_int_equal(remove(inside(path, "dirty/data")), 0);
    assert_int_equal(rmdir(inside(path, "dirty")), 0);
    scratch_write(inside(path, "dirty"), "z", 1); /* a file in place of a folder, a link */
    assert_int_equal(tsl_folder_open(path, 1, inner, 4, &folder, &err), TSL_E_EXISTS);
    assert_int_equal(remove(inside(path, "dirty")), 0);
    assert_int_equal(symlink("clean", inside(path, "dirty")), 0);
    assert_int_equal(tsl_folder_open(path, 1, inner, 4, &folder, &err), TSL_E_EXISTS);
    assert_non_null(strstr(err.message, "it holds dirty"));
}

static void test_force_takes_an_empty_folder(void **state)
{
    (void)state;
    const char *path = scratch_path("run");
    assert_int_equal(mkdir(path, 0755), 0);
    check_refused(path, 0, TSL_E_EXISTS, "is there already");
    assert_int_equal(publish(path, 1, "new"), TSL_OK);
    assert_string_equal(scratch_read(inside(path, "data")), "new");
}

/* A home folder, named by mistake. */
static void test_force_spares_what_is_not_ours(void **state)
{
    (void)state;
    const char *home = scratch_path("home"), *file = scratch_path("file");
    assert_int_equal(mkdir(home, 0755), 0);
    scratch_write(inside(home, "letters"), "dear", 4);
    check_refused(home, 1, TSL_E_EXISTS, "letters, which is no file of a run");
    assert_int_equal(mkdir(inside(home, "manifest.json"), 0755), 0); /* a folder of that name is no manifest */
    check_refused(home, 1, TSL_E_EXISTS, "letters, which is no file of a run");
    assert_string_equal(scratch_read(inside(home, "letters")), "dear");
    scratch_write(file, "x", 1);
    check_refused(file, 1, TSL_E_EXISTS, "is no folder");
    assert_string_equal(scratch_read(file), "x");
    assert_int_equal(chdir(home), 0);
    check_refused(".", 1, TSL_E_EXISTS, "letters, which is no file of a run");
    assert_int_equal(chdir("/"), 0);
}

/* A folder that bears the name of a file of ours, and what is in it. */
static void test_force_spares_folders(void **state)
{
    (void)state;
    const char *path = scratch_path("run");
    tsl_folder *folder;
    assert_int_equal(publish(path, 0, "old"), TSL_OK);
    assert_int_equal(tsl_folder_open(path, 1, names, 2, &folder, &err), TSL_OK);
    assert_int_equal(remove(inside(path, "data")), 0);
    assert_int_equal(mkdir(inside(path, "data"), 0755), 0);
    scratch_write(inside(path, "data/letters"), "dear", 4);
    check_refused(path, 1, TSL_E_EXISTS, "data, which is no file of a run");
    assert_int_equal(tsl_folder_close(folder, &err), TSL_E_EXISTS); /* it is looked at again */
    assert_string_equal(scratch_read(inside(path, "data/letters")), "dear");
    assert_string_equal(scratch_read(inside(path, "manifest.json")), "{}");
}

/* What came there while the run was under way is looked at again. */
static void test_two_at_once(void **state)
{
    (void)state;
    const char *path = scratch_path("run");
    for (int force = 0; force < 2; force++) {
        tsl_folder *folder;
        assert_int_equal(tsl_folder_open(path, force, names, 2, &folder, &err), TSL_OK);
        assert_int_equal(publish(path, 0, "first"), TSL_OK);
        scratch_write(inside(tsl_folder_get_path(folder), "data"), "second", 6);
        assert_int_equal(tsl_folder_close(folder, &err), force ? TSL_OK : TSL_E_EXISTS);
        assert_string_equal(scratch_read(inside(path, "data")), force ? "second" : "first");
        assert_int_equal(count_entries(scratch), 1);
        if (!force) {
            assert_int_equal(remove(inside(path, "data")) | remove(inside(path, "manifest.json")) | rmdir(path), 0);
        }
    }
    tsl_folder *folder;
    const char *other = scratch_path("other");
    assert_int_equal(tsl_folder_open(other, 1, names, 2, &folder, &err), TSL_OK);
    assert_int_equal(mkdir(other, 0755), 0);
    scratch_write(inside(other, "letters"), "dear", 4);
    assert_int_equal(tsl_folder_close(folder, &err), TSL_E_EXISTS);
    assert_string_equal(scratch_read(inside(other, "letters")), "dear");
}

static void test_links(void **state)
{
    (void)state;
    const char *real = scratch_path("real"), *link = scratch_path("link");
    struct stat there;
    assert_int_equal(publish(real, 0, "old"), TSL_OK);
    assert_int_equal(symlink("real", link), 0);
    assert_int_equal(publish(link, 1, "new"), TSL_OK);
    assert_string_equal(scratch_read(inside(real, "data")), "new");
    assert_int_equal(lstat(link, &there), 0);
    assert_true(S_ISLNK(there.st_mode));
    /* a link within the old folder is no file of a run */
    scratch_write(scratch_path("precious"), "x", 1);
    assert_int_equal(remove(inside(real, "data")), 0);
    assert_int_equal(symlink(scratch_path("precious"), inside(real, "data")), 0);
    check_refused(real, 1, TSL_E_EXISTS, "data, which is no file of a run");
    assert_string_equal(scratch_read(scratch_path("precious")), "x");
    check_refused(scratch_path("precious/run"), 0, TSL_E_IO, "Not a directory");
}

static void test_places_that_cannot_be(void **state)
{
    (void)state;
    check_refused("", 0, TSL_E_OPTION, "empty");
    check_refused(scratch_path("no/such"), 0, TSL_E_IO, "its folder is not there");
    check_refused("/", 1, TSL_E_EXISTS, "which is no file of a run");
    if (geteuid() != 0) { /* root may write everywhere */
        assert_int_equal(mkdir(scratch_path("closed"), 0500), 0);
        check_refused(scratch_path("closed/run"), 0, TSL_E_IO, "Permission denied");
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_appears_at_close),
        TEST(test_given_up),
        TEST(test_force),
        TEST(test_inner_folders),
        TEST(test_force_takes_an_empty_folder),
        TEST(test_force_spares_what_is_not_ours),
        TEST(test_force_spares_folders),
        TEST(test_two_at_once),
        TEST(test_links),
        TEST(test_places_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
