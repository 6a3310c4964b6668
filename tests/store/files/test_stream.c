/* test_stream.c: src/store/files/stream.c: the bytes of a source, wherever they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/files/stream.h"
#include "store/scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static tsl_error err;

static void check_all(const tsl_source *source, const char *name, const void *expected, size_t count, uint64_t size)
{
    tsl__stream stream;
    char *bytes;
    size_t got;
    assert_int_equal(tsl__stream_open(source, &stream, &err), TSL_OK);
    assert_string_equal(stream.name, name);
    assert_int_equal(stream.size, size);
    assert_int_equal(tsl__stream_read_all(&stream, &bytes, &got, &err), TSL_OK);
    assert_int_equal(got, count);
    assert_int_equal(stream.position, count);
    assert_memory_equal(bytes, expected, count);
    assert_int_equal(tsl__stream_read(&stream, bytes, 1, &got, &err), TSL_OK);
    assert_int_equal(got, 0);
    free(bytes);
    tsl__stream_close(&stream);
    tsl__stream_close(&stream);
}

static void test_file_and_bytes(void **state)
{
    (void)state;
    size_t count = 300001;
    char *bytes = malloc(count);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (char)(i * 2654435761U >> 13);
    }
    const char *path = scratch_path("a");
    scratch_write(path, bytes, count);
    check_all(&(tsl_source){.path = path}, path, bytes, count, count);
    check_all(&(tsl_source){.bytes = bytes, .count = count}, "bytes", bytes, count, count);
    check_all(&(tsl_source){.path = "upload", .bytes = bytes, .count = 5}, "upload", bytes, 5, 5);
    check_all(&(tsl_source){.bytes = "", .count = 0}, "bytes", "", 0, 0);
    free(bytes);
}

static void test_standard_input(void **state)
{
    (void)state;
    int ends[2], keep = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a,b\n", 4), 4);
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    check_all(&(tsl_source){.path = "-"}, "standard input", "a,b\n", 4, 0);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* it is not ours to close */
    dup2(keep, STDIN_FILENO);
    close(keep);
    close(ends[0]);
}

static void check_refused(const tsl_source *source, tsl_status expected, const char *part)
{
    tsl__stream stream;
    assert_int_equal(tsl__stream_open(source, &stream, &err), expected);
    assert_int_equal(err.status, expected);
    assert_non_null(strstr(err.message, part));
    assert_int_equal(stream.fd, -1);
}

static void test_refused(void **state)
{
    (void)state;
    check_refused(&(tsl_source){.path = scratch_path("none")}, TSL_E_NOT_FOUND, "none: cannot be read");
    check_refused(&(tsl_source){.path = scratch}, TSL_E_INPUT, "is a folder, expected a file");
    check_refused(&(tsl_source){0}, TSL_E_OPTION, "neither a path nor bytes");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(test_file_and_bytes), TEST(test_standard_input), TEST(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
