/* test_atomic_file.c: src/store/files/atomic_file.c and paths.c: files appear whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static tsl_error err;

static void write_text(const char *path, int force, const char *text)
{
    tsl_file *file;
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path, .replace = force}, &file, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, text, strlen(text), &err), TSL_OK);
    assert_int_equal(tsl_file_close(file, &err), TSL_OK);
}

static void check_open_fails(const char *path, int force, tsl_status expected, const char *part)
{
    tsl_file *file = (tsl_file *)(uintptr_t)1;
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path, .replace = force}, &file, &err), expected);
    assert_null(file);
    assert_non_null(strstr(err.message, part));
}

static void test_appears_at_close(void **state)
{
    (void)state;
    const char *path = scratch_path("a.csv");
    struct stat there;
    tsl_file *file;
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path}, &file, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, "one,", 4, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, "", 0, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, "two\n", 4, &err), TSL_OK);
    assert_false(scratch_has(path));
    assert_int_equal(tsl_file_close(file, &err), TSL_OK);
    assert_string_equal(scratch_read(path), "one,two\n");
    assert_int_equal(stat(path, &there), 0);
    assert_int_equal(there.st_mode & 07777, 0600);
}

static void test_large_and_small_writes(void **state)
{
    (void)state;
    /* around the edges of the buffer: each byte must arrive once, in order */
    static const size_t sizes[] = {1, 65535, 1, 65536, 65537, 3, 200000, 65533, 7};
    const char *path = scratch_path("a.bin");
    char *bytes = malloc(500000);
    size_t total = 0;
    tsl_file *file;
    for (size_t i = 0; i < 500000; i++) {
        bytes[i] = (char)(i * 2654435761U >> 13);
    }
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path}, &file, &err), TSL_OK);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_int_equal(tsl_file_write(file, bytes + total, sizes[i], &err), TSL_OK);
        total += sizes[i];
    }
    assert_int_equal(tsl_file_close(file, &err), TSL_OK);
    char *back = malloc(total + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(read(fd, back, total + 1), (ssize_t)total);
    assert_memory_equal(back, bytes, total);
    close(fd);
    free(bytes);
    free(back);
}

static void test_given_up(void **state)
{
    (void)state;
    tsl_file *file;
    assert_int_equal(tsl_file_open(&(tsl_target){.path = scratch_path("a")}, &file, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, "x", 1, &err), TSL_OK);
    tsl_file_free(file);
    tsl_file_free(NULL);
    assert_false(scratch_has(scratch_path("a")));
}

static void test_refuses_to_overwrite(void **state)
{
    (void)state;
    const char *path = scratch_path("a");
    write_text(path, 0, "old");
    check_open_fails(path, 0, TSL_E_EXISTS, "is there already");
    assert_string_equal(scratch_read(path), "old");
    write_text(path, 1, "new");
    assert_string_equal(scratch_read(path), "new");
}

/* Of two at once, the later to close loses, and the earlier's file stands. */
static void test_two_at_once(void **state)
{
    (void)state;
    const char *path = scratch_path("a");
    tsl_file *first, *second;
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path}, &first, &err), TSL_OK);
    assert_int_equal(tsl_file_open(&(tsl_target){.path = path}, &second, &err), TSL_OK);
    assert_int_equal(tsl_file_write(first, "first", 5, &err), TSL_OK);
    assert_int_equal(tsl_file_write(second, "second", 6, &err), TSL_OK);
    assert_int_equal(tsl_file_close(first, &err), TSL_OK);
    assert_int_equal(tsl_file_close(second, &err), TSL_E_EXISTS);
    assert_string_equal(scratch_read(path), "first");
}

static void test_places_that_cannot_be(void **state)
{
    (void)state;
    check_open_fails("", 0, TSL_E_OPTION, "empty");
    check_open_fails(scratch, 1, TSL_E_IO, "folder");
    check_open_fails(scratch_path("no/such/a"), 0, TSL_E_IO, "its folder is not there");
    assert_int_equal(symlink("nowhere", scratch_path("link")), 0);
    check_open_fails(scratch_path("link"), 1, TSL_E_IO, "link to nowhere");
    write_text(scratch_path("file"), 0, "x");
    check_open_fails(scratch_path("file/a"), 0, TSL_E_IO, "Not a directory");
}

static void test_link_is_followed(void **state)
{
    (void)state;
    struct stat there;
    write_text(scratch_path("real"), 0, "old");
    assert_int_equal(symlink("real", scratch_path("link")), 0);
    check_open_fails(scratch_path("link"), 0, TSL_E_EXISTS, "is there already");
    write_text(scratch_path("link"), 1, "new");
    assert_string_equal(scratch_read(scratch_path("real")), "new");
    assert_int_equal(lstat(scratch_path("link"), &there), 0);
    assert_true(S_ISLNK(there.st_mode));
}

static void test_devices_and_pipes(void **state)
{
    (void)state;
    struct stat there;
    write_text("/dev/null", 0, "gone");
    assert_int_equal(stat("/dev/null", &there), 0);
    assert_true(S_ISCHR(there.st_mode)); /* and no file in its place */
    const char *pipe = scratch_path("pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int fd = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    char text[8] = "";
    write_text(pipe, 0, "through");
    assert_int_equal(read(fd, text, 7), 7);
    assert_string_equal(text, "through");
    close(fd);
}

/* In a child: what is written to "-" must be all that stands there. */
static void test_standard_output(void **state)
{
    (void)state;
    char text[64] = "";
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        tsl_file *file;
        int failed = tsl_file_open(&(tsl_target){.path = "-"}, &file, &err) || tsl_file_write(file, "a,b\n", 4, &err) ||
                     tsl_file_close(file, &err) || write(STDOUT_FILENO, "open", 4) != 4;
        _exit(failed);
    }
    close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(read(ends[0], text, sizeof text - 1), 8);
    assert_string_equal(text, "a,b\nopen");
    close(ends[0]);
}

/* ---- A function that writes ---- */

static tsl_status count_bytes(void *user, const void *bytes, size_t count, tsl_error *why)
{
    size_t *left = user;
    (void)bytes;
    (void)why;
    if (count > *left) {
        return TSL_E_CANCELLED;
    }
    *left -= count;
    return TSL_OK;
}

static void test_function(void **state)
{
    (void)state;
    size_t left = 100000;
    tsl_file *file;
    const tsl_target target = {.path = "sheet", .write = count_bytes, .user = &left};
    assert_int_equal(tsl_file_open(&target, &file, &err), TSL_OK);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(tsl_file_write(file, "0123456789012345678901234567890123456789", 40, &err), TSL_OK);
    }
    assert_int_equal(tsl_file_close(file, &err), TSL_OK);
    assert_int_equal(left, 60000);
    assert_false(scratch_has("sheet"));
    assert_int_equal(tsl_file_open(&(tsl_target){.replace = 1}, &file, &err), TSL_E_OPTION);
    assert_null(file);
}

/* A write that failed is not forgotten: nothing is published. */
static void test_failure_stands(void **state)
{
    (void)state;
    static const char much[100000];
    size_t left = 5;
    tsl_file *file;
    assert_int_equal(tsl_file_open(&(tsl_target){.write = count_bytes, .user = &left}, &file, &err), TSL_OK);
    assert_int_equal(tsl_file_write(file, much, sizeof much, &err), TSL_E_CANCELLED);
    left = sizeof much;
    assert_int_equal(tsl_file_write(file, "x", 1, &err), TSL_OK); /* into the buffer */
    assert_int_equal(tsl_file_close(file, &err), TSL_E_CANCELLED);
    assert_non_null(strstr(err.message, "the output: cannot be written"));
    assert_int_equal(left, sizeof much);
}

/* A file that may not grow: the same as a full disk. */
static void test_no_room(void **state)
{
    (void)state;
    const char *path = scratch_path("a");
    write_text(path, 0, "old");
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        char bytes[100000] = "new";
        tsl_file *file;
        tsl_status status = tsl_file_open(&(tsl_target){.path = path, .replace = 1}, &file, &err);
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000, 1000});
        if (status == TSL_OK) {
            /* the large one goes through at once, the small one at close */
            tsl_status large = tsl_file_write(file, bytes, sizeof bytes, &err);
            tsl_file_free(file);
            status = large == TSL_E_IO ? tsl_file_open(&(tsl_target){.path = path, .replace = 1}, &file, &err)
                                       : TSL_E_INTERNAL;
        }
        if (status == TSL_OK) {
            status = tsl_file_write(file, bytes, 2000, &err) ? TSL_E_INTERNAL : tsl_file_close(file, &err);
        }
        _exit(status == TSL_E_IO && strstr(err.message, "cannot be written") ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_string_equal(scratch_read(path), "old");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_appears_at_close), TEST(test_large_and_small_writes),
        TEST(test_given_up),         TEST(test_refuses_to_overwrite),
        TEST(test_two_at_once),      TEST(test_places_that_cannot_be),
        TEST(test_link_is_followed), TEST(test_devices_and_pipes),
        TEST(test_standard_output),  TEST(test_no_room),
        TEST(test_function),         TEST(test_failure_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
