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

/* What a note is about goes with it, as a copy. */
static void test_found(void **state)
{
    (void)state;
    tsl_notes notes = {0}, copy = {0};
    tsl_error error, *err = &error;
    char column[] = "amount";
    assert_int_equal(tsl__notes_add(&notes, "plain"), TSL_OK);
    assert_int_equal(
        tsl__found_add(
            &notes,
            &(tsl__found){.kind = 3, .count = 7, .column = column, .example = {{"a.csv", 4, NULL, "x"}, {.text = "y"}}},
            "%d cells", 7),
        TSL_OK);
    assert_int_equal(tsl__notes_add(&notes, "plain too"), TSL_OK);
    column[0] = 'A';
    assert_null(tsl__notes_get_found(&notes, 0));
    assert_null(tsl__notes_get_found(&notes, 2));
    assert_int_equal(tsl__notes_copy(&notes, &copy, err), TSL_OK);
    tsl__notes_free(&notes);
    assert_int_equal(copy.count, 3);
    assert_string_equal(copy.text[1], "7 cells");
    const tsl__found *found = tsl__notes_get_found(&copy, 1);
    assert_int_equal(found->kind, 3);
    assert_int_equal(found->count, 7);
    assert_string_equal(found->column, "amount");
    assert_string_equal(found->example[0].file, "a.csv");
    assert_int_equal(found->example[0].line, 4);
    assert_string_equal(found->example[1].text, "y");
    assert_null(found->example[2].text);
    tsl__notes_drop(&copy, 0);
    assert_int_equal(copy.count, 2);
    assert_string_equal(copy.text[0], "7 cells");
    assert_non_null(tsl__notes_get_found(&copy, 0));
    tsl__notes_drop(&copy, 0);
    assert_null(tsl__notes_get_found(&copy, 0));
    assert_string_equal(copy.text[0], "plain too");
    tsl__notes_free(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_notes), cmocka_unit_test(test_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
