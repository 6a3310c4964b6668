/* test_blanks.c: which text is divided by blanks, and what it packs to, in pieces of any size. */
#include "table/text/blanks.h"

#include "help.h"
#include "table/text/translator.h"

/* Fields by |, records by /, a spoilt byte by ?. */
static void check_packed(const char *text, const char *expected)
{
    const size_t n = strlen(text);
    for (size_t piece = 1; piece <= n; piece++) {
        char packed[200];
        size_t count = 0;
        tsl__blanks blanks = {.fields = 0};
        for (size_t i = 0, some; i < n; i += some) {
            some = n - i < piece ? n - i : piece;
            count += tsl__blanks_pack(&blanks, text + i, some, packed + count);
        }
        packed[count] = 0;
        for (char *c = packed; *c; c++) {
            *c = (char)(*c == TSL__PACKED_FIELD    ? '|'
                        : *c == TSL__PACKED_RECORD ? '/'
                        : *c == TSL__BAD_BYTE      ? '?'
                                                   : *c);
        }
        assert_string_equal(packed, expected);
    }
}

static void test_pack(void **state)
{
    (void)state;
    check_packed(" 00001 19970101  1   11.77\n 00002 19970112  1   12.00",
                 "00001|19970101|1|11.77/00002|19970112|1|12.00");
    check_packed("a b  \r\n\r\n  c\rd\n", "a|b//c/d/");
    check_packed("\"New York\" \"\" x\n\"a \"\"b\"\"\" \"c\"\n", "New York||x/a \"b\"|c/");
    check_packed("12\" b\n", "12\"|b/");                  /* a quote within a field is a character */
    check_packed("\"a\"b c\n\"d e\nf\n", "a?|c/d e?/f/"); /* spoilt: text behind a quote; a quote that is not closed */
    check_packed("a\x1F\x1E b\n", "a??|b/");
    check_packed("a\tb c\n", "a\tb|c/");
}

static void check_found(const char *text, int found, int unnamed)
{
    int lacks = 0;
    const int is = tsl__blanks_find(text, strlen(text), 1, &lacks);
    if (is != found || (is && lacks != unnamed)) {
        fail_msg("%d %d: %s", is, lacks, text);
    }
}

static void test_find(void **state)
{
    (void)state;
    check_found(" id  date amount\n 1  2024-01-01 5\n\n  2 2024-01-02   6", 1, 0);
    check_found("1 a 2\n2 b 3\n", 1, 0);
    check_found("id day \"a b\"\r\n1 x \"\"\r\n", 1, 0);
    check_found("\"id\" \"day\"\n\"1\" 7 x\n\"2\" 8 y\n", 1, 1); /* as R writes a table with the numbers of its rows */
    check_found("1 2\n3 4\n", 0, 0);                             /* perhaps a text of two words */
    check_found("a b c\n", 0, 0);                                /* a line alone tells nothing */
    check_found("a b c\n1 2 3\n1 2\n", 0, 0);
    check_found("a b\n1 2 3\n1 2 3 4\n", 0, 0);
    check_found("a b c\n1 2 3,5\n", 0, 0);
    check_found("a b c\n1 2 3\t\n", 0, 0);
    check_found("a b c\n1 2 \"3\n", 0, 0);
    check_found("a b c\n1 2 \"3\"4\n", 0, 0);
    check_found("", 0, 0);
    int lacks;
    assert_int_equal(tsl__blanks_find("a b c\n1 2 3\n4 5", 15, 1, &lacks), 0);
    assert_int_equal(tsl__blanks_find("a b c\n1 2 3\n4 5", 15, 0, &lacks), 1); /* the last line is not whole */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pack), cmocka_unit_test(test_find)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
