/* test_staging.c: src/store/files/staging.c: a sudden end takes away what this process
 * made, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/files/staging.h"
#include "store/scratch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[] = {"data"};

/* Opens a file, a file of a set, and a folder with a file in it. */
static int begin(tsl_file **file, tsl_fileset **set, tsl_folder **folder)
{
    char inner[1024];
    tsl_file *first, *second;
    const char *text = "text";
    if (tsl_file_open(&(tsl_target){.path = scratch_path("a")}, file, NULL) || tsl_fileset_open(set, NULL) ||
        tsl_file_open(&(tsl_target){.path = scratch_path("b"), .set = *set}, &first, NULL) ||
        tsl_file_write(first, text, 4, NULL) || tsl_file_close(first, NULL) ||
        tsl_folder_open(scratch_path("c"), 0, names, 1, folder, NULL)) {
        return -1;
    }
    snprintf(inner, sizeof inner, "%s/data", tsl_folder_get_path(*folder));
    if (tsl_file_open(&(tsl_target){.path = inner}, &second, NULL) || tsl_file_close(second, NULL)) {
        return -1;
    }
    snprintf(inner, sizeof inner, "%s/more", tsl_folder_get_path(*folder));
    return tsl_file_open(&(tsl_target){.path = inner}, &second, NULL) ? -1 : 0; /* and is left open */
}

static int end_suddenly(void)
{
    tsl_error err;
    tsl_file *file, *later;
    tsl_fileset *set;
    tsl_folder *folder;
    if (begin(&file, &set, &folder)) {
        return 1;
    }
    tsl_staged_free();
    if (tsl_file_open(&(tsl_target){.path = scratch_path("d")}, &later, &err) != TSL_E_CANCELLED ||
        strcmp(err.message, "interrupted") != 0) {
        return 2;
    }
    return tsl_file_close(file, &err) == TSL_OK || tsl_folder_close(folder, &err) == TSL_OK ? 3 : 0;
}

/* Files that others made, with such names. */
static int spare_others(void)
{
    tsl_file *file;
    char name[1024], moved[1024];
    scratch_write(scratch_path("t.csv.partial-a1B2c3"), "theirs", 6);
    FILE *input = fopen(scratch_path("t.csv.partial-a1B2c3"), "r+");
    if (!input || tsl_file_open(&(tsl_target){.path = scratch_path("a")}, &file, NULL)) {
        return 1;
    }
    /* our own, whose name somebody has given to another file meanwhile */
    snprintf(name, sizeof name, "%s/a.partial-XXXXXX", scratch);
    int fd = -1;
    if (tsl__staging_make(name, &fd)) {
        return 2;
    }
    snprintf(moved, sizeof moved, "%s/moved", scratch);
    if (rename(name, moved)) {
        return 3;
    }
    scratch_write(name, "theirs", 6);
    tsl_staged_free();
    int spared = scratch_has(scratch_path("t.csv.partial-a1B2c3")) && scratch_has(name) && scratch_has(moved);
    remove(name);
    remove(scratch_path("t.csv.partial-a1B2c3"));
    return spared ? 0 : 4;
}

/* A child of fork() made nothing of what its parent has under construction. */
static int spare_the_parent(void)
{
    tsl_file *file;
    int status;
    if (tsl_file_open(&(tsl_target){.path = scratch_path("a")}, &file, NULL) || tsl_file_write(file, "x", 1, NULL)) {
        return 1;
    }
    pid_t child = fork();
    if (child == 0) {
        tsl_staged_free();
        _exit(0);
    }
    if (waitpid(child, &status, 0) != child || status || tsl_file_close(file, NULL) != TSL_OK) {
        return 2;
    }
    return strcmp(scratch_read(scratch_path("a")), "x") == 0 ? 0 : 3;
}

/* In a child, as there is no way back from a sudden end. */
static void run(int (*work)(void))
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        _exit(work());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_takes_away_what_is_ours(void **state)
{
    (void)state;
    run(end_suddenly);
    assert_int_equal(rmdir(scratch), 0); /* nothing is left in it */
    assert_int_equal(mkdir(scratch, 0700), 0);
}

static void test_spares_others(void **state)
{
    (void)state;
    run(spare_others);
}

static void test_spares_the_parent(void **state)
{
    (void)state;
    run(spare_the_parent);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(test_takes_away_what_is_ours), TEST(test_spares_others),
                                       TEST(test_spares_the_parent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
