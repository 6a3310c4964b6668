/* test_base64.c: the vectors of RFC 4648, and all bytes back again. */
#include "base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_published_vectors(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"fooba", "Zm9vYmE="},
                                          {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tsl__text text = {0};
        tsl__base64_put(&text, (const unsigned char *)rows[i][0], strlen(rows[i][0]));
        assert_string_equal(text.data ? text.data : "", rows[i][1]);
        tsl__text_free(&text);
    }
}

/* Slowly, letter by letter. */
static size_t read_back(const char *text, unsigned char *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t count = 0, bits = 0;
    uint32_t held = 0;
    for (; *text && *text != '='; text++) {
        held = held << 6 | (uint32_t)(strchr(letters, *text) - letters);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[count++] = (unsigned char)(held >> bits);
        }
    }
    return count;
}

static void all_bytes_come_back(void **state)
{
    (void)state;
    unsigned char bytes[256], back[256];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(i * 37);
    }
    for (size_t count = 1; count <= sizeof bytes; count++) {
        tsl__text text = {0};
        tsl__base64_put(&text, bytes, count);
        assert_int_equal(text.length % 4, 0);
        assert_int_equal(read_back(text.data, back), count);
        assert_memory_equal(back, bytes, count);
        tsl__text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_published_vectors), cmocka_unit_test(all_bytes_come_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
