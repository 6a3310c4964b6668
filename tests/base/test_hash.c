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

static void check_hmac(const void *key, size_t bytes, const void *text, size_t count, const char *expected)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char hash[TSL__HMAC_BYTES];
    char out[2 * TSL__HMAC_BYTES + 1] = "";
    tsl__hmac *hmac = tsl__hmac_open(key, bytes), *copy = tsl__hmac_copy(hmac);
    assert_non_null(copy);
    for (int again = 0; again < 2; again++) { /* the same, and by a copy when the first is gone */
        assert_int_equal(tsl__hmac_hash(again ? copy : hmac, text, count, hash), 0);
        assert_int_equal(tsl__hmac_hash(again ? copy : hmac, text, count, hash), 0);
        for (size_t i = 0; i < sizeof hash; i++) {
            out[2 * i] = hex[hash[i] >> 4];
            out[2 * i + 1] = hex[hash[i] & 15];
        }
        assert_string_equal(out, expected);
        tsl__hmac_free(again ? copy : hmac);
    }
}

/* RFC 4231, cases 1, 2, 3, 6 and 7: the last two have a key of more than one block. */
static void test_hmac(void **state)
{
    (void)state;
    unsigned char key[131], text[50];
    memset(key, 0x0b, 20);
    check_hmac(key, 20, "Hi There", 8, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_hmac("Jefe", 4, "what do ya want for nothing?", 28,
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    memset(text, 0xdd, sizeof text);
    check_hmac(key, 20, text, 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    const char *hashed = "Test Using Larger Than Block-Size Key - Hash Key First";
    check_hmac(key, 131, hashed, strlen(hashed), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    const char *both = "This is a test using a larger than block-size key and a larger than block-size data. The key "
                       "needs to be hashed before being used by the HMAC algorithm.";
    check_hmac(key, 131, both, strlen(both), "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    tsl__hmac_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sha256), cmocka_unit_test(test_hash64),
                                       cmocka_unit_test(test_hmac)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
