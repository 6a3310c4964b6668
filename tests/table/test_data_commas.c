/* test_data_commas.c: commas that may be decimal commas in plain numbers: told, or refused. */
#include "table/data_commas.h"

#include "base/notes.h"
#include "help.h"

/* Cells of one column of one file, until a NULL. Returns the status of the check. */
static tsl_status check_column(const char *const *cell, char delimiter, tsl_notes *notes, tsl_error *err)
{
    tsl__data_commas commas = {0};
    for (uint64_t line = 2; *cell; cell++, line++) {
        tsl__figure figure;
        const tsl__span text = tsl__span_make(*cell);
        if (tsl__cell_read(text, TSL__MARK_POINT, &figure) == 0 && !figure.extended) {
            tsl__data_commas_add(&commas, &figure, text, line);
        }
    }
    *notes = (tsl_notes){0};
    return tsl__data_commas_check(&commas, "f.csv", "x", delimiter, notes, err);
}

static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *cell[5];
        int doubtful;
    } cases[] = {
        {{"47,920", "1,234"}, 1},
        {{"47,920", "5", "-3", "999"}, 1},
        {{"$47,920"}, 1},
        {{"47,920", "1.234"}, 1},               /* a point that may divide thousands */
        {{"47,920", "12,50", "n/a", "a.b"}, 1}, /* what is no number proves nothing */
        {{"47,920", "1,234,567"}, 0},
        {{"47,920", "1,234.50"}, 0},
        {{"12.50", "47,920"}, 0},
        {{"47,920", "0.125"}, 0},
        {{"47,920", "1234.567"}, 0},
        {{"5", "12.50"}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_notes notes;
        tsl_error err;
        if (check_column(cases[i].cell, ',', &notes, &err) != TSL_OK || (int)notes.count != cases[i].doubtful) {
            fail_msg("case %zu: %zu notes", i, notes.count);
        }
        tsl__notes_free(&notes);
        if (check_column(cases[i].cell, ';', &notes, &err) != (cases[i].doubtful ? TSL_E_INPUT : TSL_OK)) {
            fail_msg("case %zu by ;", i);
        }
        assert_int_equal(notes.count, 0);
    }
}

static void test_words(void **state)
{
    (void)state;
    static const char *const one[] = {"5", "47,920", NULL}, *const two[] = {"$47,920", "1,234", NULL};
    tsl_notes notes;
    tsl_error err;
    assert_int_equal(check_column(one, '|', &notes, &err), TSL_OK);
    assert_string_equal(notes.text[0], "x: \"47,920\" (f.csv:3) is read with the comma as a thousands separator");
    tsl__notes_free(&notes);
    assert_int_equal(check_column(two, ',', &notes, &err), TSL_OK);
    assert_string_equal(notes.text[0], "x: 2 numbers such as \"$47,920\" (f.csv:2) are read with the comma as a "
                                       "thousands separator");
    tsl__notes_free(&notes);
    assert_int_equal(check_column(two, ';', &notes, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "f.csv:2: x: \"$47,920\" may be $47920 or $47.920, and no number of the column "
                                     "tells which (2 such in files divided by \";\"); write a decimal point or no "
                                     "comma at all, or divide the columns by commas, beside which a comma in a number "
                                     "divides thousands");
}

static void test_hints(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *hint;
    } cases[] = {
        {"12,50", " (a comma divides thousands only; write 12.50)"},
        {"-0,920 €", " (a comma divides thousands only; write -0.920 €)"},
        {"1.234,5", " (a comma divides thousands only; write 1234.5)"},
        {"1,23,456", " (a comma divides thousands only)"},
        {"12,5o", " (a comma divides thousands only)"},
        {"12.5o", ""},
        {"", ""},
    };
    char hint[TSL__COMMA_HINT_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(tsl__data_commas_hint(tsl__span_make(cases[i].cell), hint), cases[i].hint);
    }
}

static void test_data(void **state)
{
    (void)state;
    tsl_data *data;
    tsl_error err;
    tsl_source from = source_of(write_text("d.csv", "x;y\n1;47,920\n2;3\n"));
    assert_int_equal(tsl_data_read(&from, NULL, NULL, &data, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "d.csv:2: y: \"47,920\" may be"));
    from = source_of(write_text("d.csv", "x;y\n1;12,5\n2;3\n"));
    assert_int_equal(tsl_data_read(&from, NULL, NULL, &data, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "write 12.5"));
    from = source_of(write_text("d.csv", "x\ty\n1\t47,920\n2\t3\n"));
    assert_int_equal(tsl_data_read(&from, NULL, NULL, &data, &err), TSL_OK);
    assert_true(has_line(&data->notes, "y: \"47,920\" ("));
    tsl_data_free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_data),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
