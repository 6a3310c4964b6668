/* test_file_hash.c: the SHA-256 of a file: the examples of FIPS 180-4, and what is no file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/scratch.h"

#include <stdlib.h>
#include <string.h>

static tsl_error err;

static void check_hash(const char *bytes, size_t count, const char *expected)
{
    const char *path = scratch_path("file");
    char sha256[65];
    scratch_write(path, bytes, count);
    assert_int_equal(tsl_file_get_hash(&(tsl_source){.path = path}, sha256, &err), TSL_OK);
    assert_string_equal(sha256, expected);
    if (count) { /* of nothing there is no source in memory */
        assert_int_equal(tsl_file_get_hash(&(tsl_source){.bytes = bytes, .count = count}, sha256, &err), TSL_OK);
        assert_string_equal(sha256, expected);
    }
}

static void test_examples(void **state)
{
    (void)state;
    char *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    check_hash("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check_hash(million, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void test_refusals(void **state)
{
    (void)state;
    char sha256[65];
    assert_int_equal(tsl_file_get_hash(&(tsl_source){.path = scratch_path("none")}, sha256, &err), TSL_E_NOT_FOUND);
    assert_string_equal(sha256, "");
    assert_int_equal(tsl_file_get_hash(&(tsl_source){.path = scratch}, sha256, &err), TSL_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_examples, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_refusals, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
