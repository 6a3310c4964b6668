/* test_notes.c: notes keep their order and their whole length. */
#include "base/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void test_notes(void **state)
{
    (void)state;
    tsl_notes notes = {0};
    char longer[3000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    for (int i = 0; i < 100; i++) {
        assert_int_equal(tsl__notes_put(&notes, NULL, "note %d", i), TSL_OK);
    }
    assert_int_equal(tsl__notes_put(&notes, NULL, "%s", longer), TSL_OK);
    assert_int_equal(notes.count, 101);
    assert_string_equal(notes.text[0], "note 0");
    assert_string_equal(notes.text[99], "note 99");
    assert_string_equal(notes.text[100], longer);
    assert_int_equal(tsl__notes_put(&notes, NULL, "%.4s of\ttwo\nlines", "客户"), TSL_OK); /* half a character */
    assert_string_equal(notes.text[101], "客? of two lines");
    tsl__notes_free(&notes);
    assert_int_equal(notes.count, 0);
    assert_null(notes.text);
    tsl__notes_free(&notes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_notes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
