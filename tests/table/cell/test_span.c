/* test_span.c: the edges of a cell, and what a message shows of it. */
#include "table/cell/span.h"

#include "help.h"

static void test_begins(void **state)
{
    (void)state;
    const tsl__span text = tsl__span_make("abc");
    assert_true(tsl__span_begins(text, "ab", 2));
    assert_true(tsl__span_begins(text, "abc", 3));
    assert_true(tsl__span_begins(text, "", 0));
    assert_false(tsl__span_begins(text, "b", 1));
    assert_false(tsl__span_begins(text, "abcd", 4));
    assert_true(tsl__span_ends(text, "bc"));
    assert_true(tsl__span_ends(text, "abc"));
    assert_true(tsl__span_ends(text, ""));
    assert_false(tsl__span_ends(text, "b"));
    assert_false(tsl__span_ends(text, "xabc"));
    assert_true(tsl__span_equal(text, tsl__span_make("abc")));
    assert_true(tsl__span_equal((tsl__span){0}, tsl__span_make("")));
    assert_false(tsl__span_equal((tsl__span){0}, text));
    assert_false(tsl__span_equal(text, tsl__span_make("ab")));
}

static void test_trim(void **state)
{
    (void)state;
    tsl__span t = tsl__cell_trim(tsl__span_make(" \t a b \xC2\xA0\xE3\x80\x80"));
    assert_int_equal(t.n, 3);
    assert_memory_equal(t.s, "a b", 3);
    assert_int_equal(tsl__cell_trim(tsl__span_make(" \xC2\xA0 ")).n, 0);
    assert_int_equal(tsl__cell_trim(tsl__span_make("\xC2\xA3")).n, 2); /* a pound sign begins alike */
}

static void test_show(void **state)
{
    (void)state;
    char out[12];
    assert_string_equal(tsl__span_show(tsl__span_make("abc"), out, sizeof out), "abc");
    assert_string_equal(tsl__span_show(tsl__span_make("a\nb\x01"), out, sizeof out), "a b ");
    assert_string_equal(tsl__span_show(tsl__span_make("a\xFF"
                                                      "b"),
                                       out, sizeof out),
                        "a\xEF\xBF\xBD"
                        "b");
    assert_string_equal(tsl__span_show(tsl__span_make("食品食品"), out, sizeof out), "食品…");
    assert_string_equal(tsl__span_show(tsl__span_make("食品食"), out, sizeof out), "食品食");
    assert_string_equal(tsl__span_show(tsl__span_make("abcdefghijk"), out, sizeof out), "abcdefghijk");
    assert_string_equal(tsl__span_show(tsl__span_make("abcdefghijkl"), out, sizeof out), "abcdefgh…");
    assert_string_equal(tsl__span_show(tsl__span_make("\xE9\xA3"), out, sizeof out), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_begins),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
