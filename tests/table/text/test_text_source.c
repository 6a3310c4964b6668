/* test_text_source.c: one text out of files in all encodings, read in pieces of any size; what is no text. */
#include "table/text/text_source.h"

#include <iconv.h>

#include "base/notes.h"
#include "help.h"

/* A UTF-8 text in another encoding, owned. */
static char *recode(const char *text, const char *to, size_t *count)
{
    size_t left = strlen(text), room = 4 * left + 16;
    char *out = malloc(room), *in = (char *)(uintptr_t)text, *at = out;
    iconv_t way = iconv_open(to, "UTF-8");
    assert_true(way != (iconv_t)-1 && iconv(way, &in, &left, &at, &room) != (size_t)-1);
    iconv_close(way);
    *count = (size_t)(at - out);
    return out;
}

/* All of the text, owned, with a NUL behind it; piece: bytes to read at a time. */
static char *read_all(const char *bytes, size_t count, tsl_encoding encoding, size_t piece, tsl_file_info *info)
{
    const tsl_source from = {.bytes = bytes, .count = count};
    tsl__text_source *source;
    tsl_notes notes = {0};
    tsl_error err;
    size_t n = 0, got;
    char *text = malloc(4 * count + 2 * piece + 16);
    if (tsl__text_source_open(&from, &(tsl__text_options){.encoding = encoding}, &notes, &source, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    do {
        assert_int_equal(tsl__text_source_read(source, text + n, piece, &got, &err), TSL_OK);
        n += got;
    } while (got == piece);
    text[n] = 0;
    assert_int_equal(tsl__text_source_get_info(source, info, &err), TSL_OK);
    assert_int_equal(info->bytes, count);
    assert_int_equal(notes.count, encoding == TSL_ENCODING_AUTO && !info->bom && strcmp(info->encoding, "utf-8") != 0);
    tsl__text_source_free(source);
    tsl__notes_free(&notes);
    return text;
}

/* Some ASCII in front, then what is not, with four-byte characters and an umlaut. */
static char *make_text(size_t ascii, const char *line)
{
    char *text = malloc(ascii + 40 * strlen(line) + 64);
    size_t n = (size_t)sprintf(text, "id,name\n");
    while (n < ascii) {
        n += (size_t)sprintf(text + n, "%zu,plain\n", n);
    }
    for (int i = 0; i < 40; i++) {
        n += (size_t)sprintf(text + n, "%s", line);
    }
    return text;
}

static void test_encodings(void **state)
{
    (void)state;
    static const struct {
        const char *iconv, *name, *line;
    } cases[] = {
        {"UTF-8", "utf-8", "1,食品 Köln 😀\n"},
        {"UTF-16LE", "utf-16le", "1,食品 Köln 😀\n"},
        {"UTF-16BE", "utf-16be", "1,食品 Köln 😀\n"},
        {"GB18030", "gb18030", "1,食品公司上海市北京市 𠀀 男\r\n"},
        {"CP1252", "windows-1252", "1,Jörg Müller’s,12€\n"},
    };
    static const size_t pieces[] = {1, 2, 3, 7, 64, 1000, 1 << 20}, ascii[] = {0, 100, 70000};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (size_t a = 0; a < 3; a++) {
            size_t n;
            char *text = make_text(ascii[a], cases[c].line), *bytes = recode(text, cases[c].iconv, &n);
            for (size_t p = a < 2 ? 0 : 5; p < 7; p++) {
                tsl_file_info info;
                char *got = read_all(bytes, n, TSL_ENCODING_AUTO, pieces[p], &info);
                assert_string_equal(got, text);
                assert_string_equal(info.encoding, cases[c].name);
                assert_int_equal(info.bom, 0);
                free(got);
            }
            free(text);
            free(bytes);
        }
    }
}

/* A byte order mark says what it is, and is no text; it goes before what was said. */
static void test_marks(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count;
        const char *name;
    } cases[] = {{"\xEF\xBB\xBFx\xC3\xA9", 6, "utf-8"},
                 {"\xFF\xFEx\0\xE9\0", 6, "utf-16le"},
                 {"\xFE\xFF\0x\0\xE9", 6, "utf-16be"},
                 {"\x84\x31\x95\x33x\xA8\xA6", 7, "gb18030"}};
    for (size_t i = 0; i < 4; i++) {
        for (int said = 0; said < 2; said++) {
            tsl_file_info info;
            char *got = read_all(cases[i].bytes, cases[i].count, said ? TSL_ENCODING_WINDOWS1252 : TSL_ENCODING_AUTO,
                                 16, &info);
            assert_string_equal(got, "xé");
            assert_string_equal(info.encoding, cases[i].name);
            assert_int_equal(info.bom, 1);
            free(got);
        }
    }
}

/* What is said is not looked for; bytes that are no characters are bad ones, each by itself. */
static void test_said(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count;
        tsl_encoding said;
        const char *text;
    } cases[] = {
        {"\xC4\xD0", 2, TSL_ENCODING_GB18030, "男"},    {"\xC4\xD0", 2, TSL_ENCODING_WINDOWS1252, "ÄÐ"},
        {"\xC4\xD0", 2, TSL_ENCODING_UTF8, "\xC4\xD0"}, {"a\x81z", 3, TSL_ENCODING_WINDOWS1252, "a\xFFz"},
        {"a\xFFz", 3, TSL_ENCODING_GB18030, "a\xFFz"},  {"a\0\0\xDCz\0", 6, TSL_ENCODING_UTF16LE, "a\xFFz"},
        {"a\0z", 3, TSL_ENCODING_UTF16LE, "a\xFF"},     {"a\xC4", 2, TSL_ENCODING_GB18030, "a\xFF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t piece = 1; piece < 9; piece += 7) {
            tsl_file_info info;
            char *got = read_all(cases[i].bytes, cases[i].count, cases[i].said, piece, &info);
            assert_string_equal(got, cases[i].text);
            free(got);
        }
    }
}

/* A file longer than what is looked at. */
static void test_long(void **state)
{
    (void)state;
    const size_t size = (size_t)3 << 20;
    char *bytes = malloc(size);
    for (size_t i = 0; i < size; i += 16) {
        memcpy(bytes + i, "12345678,M\xFCller\n", 16);
    }
    tsl_file_info info;
    char *got = read_all(bytes, size, TSL_ENCODING_AUTO, 100000, &info);
    assert_string_equal(info.encoding, "windows-1252");
    assert_int_equal(info.bytes_text, size);
    assert_int_equal(strlen(got), size / 16 * 17);
    for (size_t i = 0; i < size / 16; i++) {
        assert_memory_equal(got + i * 17, "12345678,Müller\n", 17);
    }
    free(got);
    free(bytes);
}

static void refuse(const char *bytes, size_t count, tsl_status status, const char *message)
{
    const tsl_source from = {.bytes = bytes, .count = count};
    tsl__text_source *source;
    tsl_notes notes = {0};
    char text[256];
    size_t got;
    tsl_error err;
    tsl_status is =
        tsl__text_source_open(&from, &(tsl__text_options){.encoding = TSL_ENCODING_AUTO}, &notes, &source, &err);
    if (is == TSL_OK) {
        is = tsl__text_source_read(source, text, sizeof text, &got, &err);
    }
    assert_int_equal(is, status);
    if (!strstr(err.message, message)) {
        fail_msg("%s", err.message);
    }
    tsl__text_source_free(source);
    tsl__notes_free(&notes);
}

static void test_refused(void **state)
{
    (void)state;
    refuse("a\n\xC7\xC3O,\xC7\xC3O\n", 10, TSL_E_INPUT,
           "bytes: is not UTF-8; say --encoding gb18030 or --encoding windows-1252");
    refuse("\xFF\xFE\0\0a\0\0\0", 8, TSL_E_FORMAT, "UTF-32");
    refuse("PAR1xxxx", 8, TSL_E_FORMAT, "Parquet");
    refuse("ARROW1\0\0\xFF\xFF", 10, TSL_E_FORMAT, "is an Arrow file (Feather); export it as CSV");
    refuse("FEA1xxxx", 8, TSL_E_FORMAT, "is a Feather file");
    refuse("\xEF\xBB\xBF\r\n<html><table><tr><td>", 25, TSL_E_FORMAT, "is a page of HTML, whatever its name");
    refuse("<!doctype html>\n", 16, TSL_E_FORMAT, "is a page of HTML");
    refuse("<table border=1>", 16, TSL_E_FORMAT, "is a page of HTML");
    refuse("\x93NUMPY\x01\0v\0{'descr': [('x', '<f8')]}", 34, TSL_E_FORMAT,
           "bytes: is an array of NumPy; tesela cluster");
    refuse("\xFF\xFE{\0\"\0a\0\"\0:\0001\0}\0\n\0", 18, TSL_E_FORMAT,
           "bytes: is JSON in utf-16le; JSON Lines are read as UTF-8 alone");
    refuse("\0{\0\"\0a\0\"\0:\0001\0}\0\n", 16, TSL_E_FORMAT, "bytes: is JSON in utf-16be");
    refuse("\x7F\0\0\0\0\n\0\0", 8, TSL_E_FORMAT, "NUL bytes throughout");
    refuse("", 0, TSL_E_INPUT, "is empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_marks),   cmocka_unit_test(test_said),
        cmocka_unit_test(test_long),      cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
