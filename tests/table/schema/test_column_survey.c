/* test_column_survey.c: a column in figures, and what is known of one with more texts than are kept. */
#include "table/schema/column_survey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static tsl_table_options opt;

static tsl_column_profile survey(const char *name, const char *const *cell, size_t count, size_t most, tsl_role role,
                                 tsl_column_type type)
{
    tsl_error err;
    tsl_column_profile out;
    TSL_DEFAULTS(table, &opt);
    tsl__column_survey *s = tsl__column_survey_open(name, &opt, most);
    assert_non_null(s);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(tsl__column_survey_add(s, tsl__span_make(cell[i]), "t.csv", i + 2, &err), TSL_OK);
    }
    assert_int_equal(tsl__column_survey_finish(s, role, type, ',', &out, &err), TSL_OK);
    tsl__column_survey_free(s);
    return out;
}

#define COUNT(cells) (sizeof(cells) / sizeof *(cells))

static void measures_numbers(void **state)
{
    (void)state;
    static const char *const cell[] = {"0.1", "0.2", "", "0.3", "NA", "0.1", "1,000.5"};
    tsl_column_profile p = survey("spend", cell, COUNT(cell), 100, TSL_ROLE_NONE, TSL_TYPE_TEXT);
    assert_int_equal(p.type, TSL_TYPE_NUMBER);
    assert_int_equal(p.rows, 7);
    assert_int_equal(p.missing, 2);
    assert_int_equal(p.distinct, 4);
    assert_true(p.low == 0.1 && p.high == 1000.5);
    assert_true(p.sum == 1001.2); /* exact: in doubles 0.1 + 0.2 + 0.3 is another number */
    assert_true(p.quantile[3] == 0.2);
    assert_int_equal(p.bin_count, TSL_PROFILE_BINS);
    assert_int_equal(p.bin[0], 4);
    assert_int_equal(p.bin[TSL_PROFILE_BINS - 1], 1);
    assert_string_equal(p.frequent[0].text, "0.1");
    assert_int_equal(p.frequent[0].rows, 2);
    assert_string_equal(p.frequent[1].text, "0.2"); /* of equally frequent ones the first bytewise */
    tsl__column_profile_free(&p);
}

static void counts_what_does_not_fit(void **state)
{
    (void)state;
    static const char *const cell[] = {"1", "x", "3", "y", "x"};
    tsl_column_profile p = survey("amount", cell, COUNT(cell), 100, TSL_ROLE_AMOUNT, TSL_TYPE_DECIMAL);
    assert_int_equal(p.misfits, 3);
    assert_int_equal(p.missing, 0);
    assert_true(p.sum == 4 && p.mean == 2);
    tsl__column_profile_free(&p);
    static const char *const open[] = {"03/04/2024", "05/06/2024"};
    p = survey("time", open, COUNT(open), 100, TSL_ROLE_TIME, TSL_TYPE_TIME);
    assert_int_equal(p.has_range, 0); /* day and month are not told apart */
    tsl__column_profile_free(&p);
}

/* A column of which no cell tells anything. */
static void empty_is_text(void **state)
{
    (void)state;
    static const char *const cell[] = {"", "NA", ""};
    tsl_column_profile p = survey("flag", cell, COUNT(cell), 100, TSL_ROLE_NONE, TSL_TYPE_TEXT);
    assert_int_equal(p.type, TSL_TYPE_TEXT);
    assert_int_equal(p.missing, 3);
    tsl__column_profile_free(&p);
}

static void knows_people(void **state)
{
    (void)state;
    static const char *const contact[] = {"a@b.org", "c@d.org", "e@f.org"}, *const plain[] = {"red", "blue", "red"};
    static const struct {
        const char *name;
        const char *const *cell;
        tsl_role role;
        int personal;
    } columns[] = {{"how", contact, TSL_ROLE_NONE, 1},          {"colour", plain, TSL_ROLE_NONE, 0},
                   {"last name", plain, TSL_ROLE_NONE, 1},      {"phone", plain, TSL_ROLE_NONE, 1},
                   {"colour", plain, TSL_ROLE_CUSTOMER, 1},     {"colour", plain, TSL_ROLE_ORDER, 1},
                   {"product name", plain, TSL_ROLE_PRODUCT, 0}};
    for (size_t i = 0; i < COUNT(columns); i++) {
        tsl_column_profile p = survey(columns[i].name, columns[i].cell, 3, 100, columns[i].role, TSL_TYPE_TEXT);
        if (p.personal != columns[i].personal) {
            fail_msg("%s (%zu): %d", columns[i].name, i, p.personal);
        }
        tsl__column_profile_free(&p);
    }
}

/* Beyond the bound range, sum and mean are what they are without one. */
static void goes_on_beyond_the_bound(void **state)
{
    (void)state;
    static char text[300][16];
    const char *cell[300];
    for (int i = 0; i < 300; i++) {
        snprintf(text[i], sizeof text[i], "%d.25", (i * 37) % 200 - 50);
        cell[i] = i % 29 ? text[i] : "";
    }
    tsl_column_profile all = survey("amount", cell, 300, 1000, TSL_ROLE_AMOUNT, TSL_TYPE_DECIMAL);
    tsl_column_profile few = survey("amount", cell, 300, 20, TSL_ROLE_AMOUNT, TSL_TYPE_DECIMAL);
    assert_int_equal(all.exact, 1);
    assert_int_equal(few.exact, 0);
    assert_int_equal(few.distinct, 20);
    assert_int_equal(few.missing, all.missing);
    assert_int_equal(few.misfits, 0);
    assert_true(few.low == all.low && few.high == all.high && few.sum == all.sum && few.mean == all.mean);
    assert_int_equal(few.bin_count, 0);
    assert_int_equal(few.frequent_count, 0);
    assert_true(isnan(few.quantile[3]));
    tsl__column_profile_free(&all);
    tsl__column_profile_free(&few);
}

static void measures_nothing(void **state)
{
    (void)state;
    static const char *const cell[] = {"", "", ""};
    tsl_column_profile p = survey("empty", cell, 3, 100, TSL_ROLE_NONE, TSL_TYPE_TEXT);
    assert_int_equal(p.missing, 3);
    assert_int_equal(p.distinct, 0);
    assert_int_equal(p.has_range, 0);
    tsl__column_profile_free(&p);
    p = survey("none", NULL, 0, 100, TSL_ROLE_AMOUNT, TSL_TYPE_DECIMAL);
    assert_int_equal(p.rows, 0);
    assert_true(isnan(p.sum));
    tsl__column_profile_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_numbers),
        cmocka_unit_test(counts_what_does_not_fit),
        cmocka_unit_test(empty_is_text),
        cmocka_unit_test(knows_people),
        cmocka_unit_test(goes_on_beyond_the_bound),
        cmocka_unit_test(measures_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
