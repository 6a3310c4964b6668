/* test_input.c: src/store/files/input.c: standard input is looked at, and then read
 * from its begin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/array_store.h"
#include "store/files/stream.h"
#include "store/scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static tsl_error err;
static int kept;

/* Puts bytes on standard input, piece by piece, through a pipe. */
static pid_t feed(const char *bytes, size_t count, size_t piece)
{
    int ends[2];
    kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    pid_t feeder = fork();
    if (feeder == 0) {
        close(ends[0]);
        for (size_t i = 0; i < count; i += piece) {
            size_t some = count - i < piece ? count - i : piece;
            if (write(ends[1], bytes + i, some) != (ssize_t)some) {
                _exit(1);
            }
        }
        _exit(0);
    }
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    return feeder;
}

static void feed_end(pid_t feeder)
{
    dup2(kept, STDIN_FILENO);
    close(kept);
    assert_int_equal(waitpid(feeder, NULL, 0), feeder);
}

/* The source gives exactly these bytes. */
static void check_bytes(const tsl_source *source, const char *bytes, size_t count)
{
    tsl__stream stream;
    char *all;
    size_t got;
    assert_int_equal(tsl__stream_open(source, &stream, &err), TSL_OK);
    assert_string_equal(stream.name, "standard input");
    assert_int_equal(tsl__stream_read_all(&stream, &all, &got, &err), TSL_OK);
    assert_int_equal(got, count);
    assert_int_equal(stream.position, count);
    assert_memory_equal(all, bytes, count);
    free(all);
    tsl__stream_close(&stream);
}

static void check_input(const char *bytes, size_t count, int whole, size_t ahead, const char *expected)
{
    for (size_t piece = 701; piece < 100000; piece *= 11) {
        tsl_source input;
        const char *kind;
        pid_t feeder = feed(bytes, count, piece);
        assert_int_equal(tsl_input_open("-", whole, &input, &err), TSL_OK);
        assert_int_equal(input.count, ahead);
        for (int i = 0; i < 2; i++) { /* looking takes nothing */
            assert_int_equal(tsl_file_get_kind(&input, &kind, &err), TSL_OK);
            assert_string_equal(kind, expected);
        }
        check_bytes(&input, bytes, count);
        tsl_input_free(&input);
        feed_end(feeder);
    }
}

static void test_texts(void **state)
{
    (void)state;
    size_t count = 200001;
    char *bytes = malloc(count);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = i % 9 == 8 ? '\n' : (char)('0' + i % 7);
    }
    check_input(bytes, count, 0, TSL__HEAD_BYTES, "csv");
    check_input(bytes, count, 1, count, "csv");
    check_input(bytes, 50, 0, 50, "csv");
    check_input(bytes, TSL__HEAD_BYTES, 0, TSL__HEAD_BYTES, "csv");
    check_input("", 0, 0, 0, "unknown");
    check_input("", 0, 1, 0, "unknown");
    free(bytes);
}

/* An HDF5 file is taken whole, so that it is known whose it is. */
static void test_own_files(void **state)
{
    (void)state;
    const tsl__store_kind kind = {"features", 1, "dict", "0.1.0", 0};
    const char *path = scratch_path("f.h5");
    tsl__store *store;
    assert_int_equal(tsl__store_create(&(tsl_target){.path = path}, &kind, &store, &err), TSL_OK);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
    int file = open(path, O_RDONLY);
    char *bytes = malloc(1 << 20);
    ssize_t count = read(file, bytes, 1 << 20);
    assert_true(count > 0);
    close(file);
    check_input(bytes, (size_t)count, 0, (size_t)count, "features");
    free(bytes);
}

/* What has a name is left alone: it can be read twice. */
static void test_names(void **state)
{
    (void)state;
    tsl_source input;
    assert_int_equal(tsl_input_open("none.csv", 1, &input, &err), TSL_OK);
    assert_string_equal(input.path, "none.csv");
    assert_null(input.bytes);
    tsl_input_free(&input);
    tsl_input_free(&input);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(test_texts), TEST(test_own_files), TEST(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
