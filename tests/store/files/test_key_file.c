/* test_key_file.c: a key that others could have read is none. */
#include "store/files/key_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tsl_error err;

static const char *put_key(const char *name, const char *text, mode_t mode)
{
    const char *path = scratch_path(name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static void check(const char *path, const char *expected)
{
    unsigned char key[64];
    size_t bytes;
    assert_int_equal(tsl__key_file_read(path, sizeof key, key, &bytes, &err), TSL_OK);
    assert_int_equal(bytes, strlen(expected));
    assert_memory_equal(key, expected, bytes);
}

static void test_read(void **state)
{
    (void)state;
    check(put_key("a", "0123456789abcdef\n", 0600), "0123456789abcdef");
    check(put_key("b", "0123456789abcdef\r\n", 0400), "0123456789abcdef");
    check(put_key("c", "0123456789abcdef", 0600), "0123456789abcdef");
    check(put_key("d", "x\n\n", 0600), "x\n"); /* one line end alone */
}

static void test_descriptor(void **state)
{
    (void)state;
    char path[16];
    const int fd = open(put_key("e", "0123456789abcdef\n", 0644), O_RDONLY); /* whoever opened it answers for it */
    assert_true(fd >= 0);
    snprintf(path, sizeof path, "fd:%d", fd);
    check(path, "0123456789abcdef");
    assert_int_equal(close(fd), 0); /* it was left open */
    unsigned char key[64];
    size_t bytes;
    assert_int_equal(tsl__key_file_read(path, sizeof key, key, &bytes, &err), TSL_E_OPTION);
    assert_int_equal(tsl__key_file_read("fd:x", sizeof key, key, &bytes, &err), TSL_E_OPTION);
    assert_int_equal(tsl__key_file_read("fd:", sizeof key, key, &bytes, &err), TSL_E_OPTION);
}

static void test_refused(void **state)
{
    (void)state;
    unsigned char key[64];
    size_t bytes;
    static const mode_t modes[] = {0644, 0640, 0604, 0660, 0620, 0601};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        const char *path = put_key("open", "0123456789abcdef", modes[i]);
        assert_int_equal(tsl__key_file_read(path, sizeof key, key, &bytes, &err), TSL_E_INPUT);
        assert_non_null(strstr(err.message, "0600"));
        assert_null(strstr(err.message, "0123456789abcdef"));
    }
    assert_int_equal(tsl__key_file_read(put_key("f", "0123456789abcdef", 0600), 15, key, &bytes, &err), TSL_E_INPUT);
    assert_int_equal(tsl__key_file_read(scratch_path("none"), sizeof key, key, &bytes, &err), TSL_E_NOT_FOUND);
    assert_int_equal(tsl__key_file_read(scratch_path("."), sizeof key, key, &bytes, &err), TSL_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_descriptor, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_refused, scratch_setup, scratch_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
