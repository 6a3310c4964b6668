/* test_utf8.c: strict UTF-8 against a naive decoder and the well-known bad sequences; the nearest name. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* Length of the sequence at s by decoding it and asking whether it is the shortest form of a scalar value. */
static size_t naive_sequence(const unsigned char *s, size_t n)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    for (size_t length = 1; length <= 4 && length <= n; length++) {
        if ((s[0] & forms[length - 1].mask) != forms[length - 1].lead) {
            continue;
        }
        uint32_t code = s[0] & (unsigned char)~forms[length - 1].mask;
        for (size_t i = 1; i < length; i++) {
            if ((s[i] & 0xC0) != 0x80) {
                return 0;
            }
            code = code << 6 | (s[i] & 0x3F);
        }
        int scalar = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        return scalar && code >= forms[length - 1].least ? length : 0;
    }
    return 0;
}

/* Every pair of bytes, followed by each kind of continuation. */
static void test_every_start(void **state)
{
    (void)state;
    static const unsigned char tails[] = {0x00, 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            for (size_t c = 0; c < sizeof tails; c++) {
                for (size_t d = 0; d < sizeof tails; d++) {
                    unsigned char s[4] = {(unsigned char)a, (unsigned char)b, tails[c], tails[d]};
                    size_t expected = 0, length;
                    while (expected < 4 && (length = naive_sequence(s + expected, 4 - expected)) > 0) {
                        expected += length;
                    }
                    if (tsl__utf8_check((const char *)s, 4) != expected) {
                        fail_msg("%02x %02x %02x %02x", s[0], s[1], s[2], s[3]);
                    }
                }
            }
        }
    }
}

static void test_bad_sequences(void **state)
{
    (void)state;
    static const struct {
        const char *what, *bytes;
    } rows[] = {
        {"a lone continuation", "\x80"},
        {"overlong /", "\xC0\xAF"},
        {"overlong / in 3 bytes", "\xE0\x80\xAF"},
        {"overlong / in 4 bytes", "\xF0\x80\x80\xAF"},
        {"overlong U+07FF", "\xE0\x9F\xBF"},
        {"overlong U+FFFF", "\xF0\x8F\xBF\xBF"},
        {"high surrogate", "\xED\xA0\x80"},
        {"low surrogate", "\xED\xBF\xBF"},
        {"CESU-8 pair", "\xED\xA0\xBD\xED\xB8\x80"},
        {"above U+10FFFF", "\xF4\x90\x80\x80"},
        {"five bytes", "\xF8\x88\x80\x80\x80"},
        {"six bytes", "\xFC\x84\x80\x80\x80\x80"},
        {"FE", "\xFE"},
        {"FF", "\xFF"},
        {"cut after one of two", "\xC3"},
        {"cut after two of three", "\xE5\xAE"},
        {"cut after three of four", "\xF0\x9F\x98"},
        {"Latin-1", "\xE9t\xE9"},
        {"GBK", "\xBF\xCD\xBB\xA7"},
    };
    static const char good[] = "ascii, é, 客户, \xF0\x9F\x98\x80, \xEF\xBF\xBF, \xF4\x8F\xBF\xBF, \xED\x9F\xBF.";
    char s[128];
    assert_int_equal(tsl__utf8_check(good, sizeof good), sizeof good); /* the NUL too */
    assert_int_equal(tsl__utf8_check("", 0), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t before = 0; before <= 17; before++) { /* over the steps of eight */
            int n = snprintf(s, sizeof s, "%.*s%s, and more text", (int)before, "12345678901234567", rows[i].bytes);
            if (tsl__utf8_check(s, (size_t)n) != before) {
                fail_msg("%s after %zu bytes", rows[i].what, before);
            }
            n = snprintf(s, sizeof s, "%.*s%s", (int)before, "12345678901234567", rows[i].bytes);
            assert_int_equal(tsl__utf8_check(s, (size_t)n), before);
        }
    }
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"CustomerID", "InvoiceDate", "Quantity", "UnitPrice", "k", "客户编号"};
    static const char *const rows[][2] = {
        {"CustomerId", "CustomerID"},
        {"customer_id", "CustomerID"},
        {"Quantty", "Quantity"},
        {"quantity", "Quantity"},
        {"UnitPrise", "UnitPrice"},
        {"InvoiceDat", "InvoiceDate"},
        {"客户编码", "客户编号"},
        {"colour", NULL},
        {"zzzzzzzzzzzz", NULL},
        {"", NULL},
        {"Price", "UnitPrice"},
        {"ice", "InvoiceDate"},
        {"ic", NULL},
        {"K", "k"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *found = tsl__nearest_get(rows[i][0], names, sizeof names / sizeof *names);
        if (rows[i][1]) {
            assert_non_null(found);
            assert_string_equal(found, rows[i][1]);
        } else {
            assert_null(found);
        }
    }
    static const char *const ties[] = {"abd", "abe", "abc"};
    assert_string_equal(tsl__nearest_get("abx", ties, 3), "abd");
    assert_string_equal(tsl__nearest_get("abc", ties, 3), "abc");
    assert_null(tsl__nearest_get("abc", ties, 0));
}

/* A beginning never ends amid a character, and is the longest that does not. */
static void test_head(void **state)
{
    (void)state;
    static const char text[] = "a\xC3\xA9\xE5\xAE\xA2\xF0\x9F\x98\x80z"; /* of 1, 2, 3, 4 and 1 bytes */
    static const int expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11, 11};
    for (int most = 0; most < (int)(sizeof expected / sizeof *expected); most++) {
        assert_int_equal(tsl__text_head(text, most), expected[most]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_start), cmocka_unit_test(test_bad_sequences),
                                       cmocka_unit_test(test_nearest), cmocka_unit_test(test_head)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
