/* test_hash.c: SHA-256 against FIPS 180-4's examples, XXH3 against its own published values. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void check_sha256(const char *bytes, size_t count, size_t piece, const char *expected)
{
    char out[65];
    tsl__sha256 *hash = tsl__sha256_open();
    assert_non_null(hash);
    for (size_t i = 0; i < count; i += piece) {
        assert_int_equal(tsl__sha256_add(hash, bytes + i, count - i < piece ? count - i : piece), 0);
    }
    assert_int_equal(tsl__sha256_close(hash, out), 0);
    assert_string_equal(out, expected);
}

static void test_sha256(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hash;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t piece = 1; piece <= 64; piece += 7) {
            check_sha256(rows[i].text, strlen(rows[i].text), piece, rows[i].hash);
        }
    }
    char *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    check_sha256(million, 1000000, 999, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
    tsl__sha256_free(tsl__sha256_open());
    tsl__sha256_free(NULL);
}

/* XXH3_64bits of nothing, under seed 0, is 2d06800538d394c2 (xxHash's specification). */
static void test_hash64(void **state)
{
    (void)state;
    assert_int_equal(tsl__hash64("", 0, 0), UINT64_C(0x2d06800538d394c2));
    assert_int_not_equal(tsl__hash64("a", 1, 0), tsl__hash64("b", 1, 0));
    assert_int_not_equal(tsl__hash64("a", 1, 0), tsl__hash64("a", 1, 1));
    assert_int_equal(tsl__hash64("abcdef", 3, 5), tsl__hash64("abc", 3, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sha256), cmocka_unit_test(test_hash64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
