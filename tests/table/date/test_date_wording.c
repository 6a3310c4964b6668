/* test_date_wording.c: a refused column shows the cells that would decide, a read one says how. */
#include <tesela/base.h>

#include "base/notes.h"
#include "help.h"
#include "table/date/date_evidence.h"

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

static tsl__date_evidence gather(const char *const *cells)
{
    tsl__date_evidence e = {0};
    int64_t value;
    for (uint64_t i = 0; cells[i]; i++) {
        tsl__date_evidence_add(&e, tsl__span_make(cells[i]), -1, "f.csv", i + 2, &value);
    }
    return e;
}

static void check_failure(const char *const *cells, const char *const *parts)
{
    tsl__date_evidence e = gather(cells);
    tsl__date_reading way;
    tsl_error err;
    tsl__date_doubt doubt = tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &way);
    assert_int_not_equal(doubt, TSL__DATES_SURE);
    assert_int_equal(tsl__date_evidence_fail(&e, doubt, "when", &err), TSL_E_INPUT);
    for (size_t i = 0; parts[i]; i++) {
        if (!strstr(err.message, parts[i])) {
            fail_msg("no %s in: %s", parts[i], err.message);
        }
    }
}

static void test_failures(void **state)
{
    (void)state;
    check_failure(CELLS("5/5/2017", "3/4/2017", "6/7/2017"),
                  CELLS("column \"when\": f.csv:3: \"3/4/2017\" reads as 2017-03-04 (month first) or 2017-04-03 (day "
                        "first)",
                        "--dates mdy or --dates dmy"));
    check_failure(CELLS("02/03/04 10:00"),
                  CELLS("2002-03-04 10:00:00 (year first) or 2004-02-03 10:00:00 (month first) or 2004-03-02 10:00:00 "
                        "(day first)",
                        "--dates ymd, mdy or dmy"));
    check_failure(CELLS("24.02.11"),
                  CELLS("2024-02-11 (year first) or 2011-02-24 (day first)", "--dates ymd or --dates"));
    check_failure(
        CELLS("3/4/2017", "12/31/2017", "31/12/2017"),
        CELLS("mixes two orders", "f.csv:3: \"12/31/2017\" has the month first", "f.csv:4: \"31/12/2017\" the"));
    check_failure(
        CELLS("02/24/11", "24/02/11", "99/12/31"),
        CELLS("no order of day, month and year", "f.csv:2: \"02/24/11\"", "the month not in f.csv:3: \"24/02/11\""));
    check_failure(CELLS("2024-01-02", "45292"),
                  CELLS("mixes written dates (f.csv:2: \"2024-01-02\") and serial numbers of a spreadsheet (f.csv:3: "
                        "\"45292\")",
                        "--dates"));
    check_failure(CELLS("1704067200000", "1704067200"),
                  CELLS("seconds since 1970 (f.csv:3:", "milliseconds since 1970 (f"));
    check_failure(CELLS("2023-02-05", "2023-03-01", "2023-03-02", "2023-03-03", "2023-03-04", "2023-03-05",
                        "2023-03-06", "2023-03-07", "2023-03-08", "2023-03-09", "25/03/2023", "26/03/2023",
                        "27/03/2023", "28/03/2023", "29/03/2023", "30/03/2023", "31/03/2023", "13/04/2023",
                        "14/04/2023", "15/04/2023"),
                  CELLS("all 10 dates with the year first lie on the first twelve days of a month (f.csv:2: "
                        "\"2023-02-05\"), and none of the 10 with the year last (f.csv:12: \"25/03/2023\")",
                        "--dates dmy"));
    check_failure(CELLS("1990", "2010"), CELLS("f.csv:2: \"1990\"", "1905 and 1906"));
    check_failure(
        CELLS("2024-01-02 10:00", "2024-01-02 10:00Z"),
        CELLS("f.csv:3: \"2024-01-02 10:00Z\" has a zone, f.csv:2: \"2024-01-02 10:00\" has none", "--timezone"));
}

/* What numbers count is told by the column's name, and is what they are read as, or they are refused. */
static void test_units(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *column;
        int refused;
    } cases[] = {
        {"19723", "when", 0},
        {"19723", "when (days)", 1},
        {"45292.5", "when [d]", 1},
        {"45292", "日期（天）", 1},
        {"45292", "when (hours)", 1},
        {"45292", "order_day", 0}, /* a word of the name, no unit */
        {"45292", "when (UTC)", 0},
        {"45292", "when (local time)", 0},
        {"20240101", "when (days)", 0}, /* a day by its digits */
        {"2024-01-01", "when (days)", 0},
        {"1704067200", "when (s)", 0},
        {"1704067200", "when (ms)", 1},
        {"1704067200", "when (days)", 1},
        {"1704067200000", "when (ms)", 0},
        {"1704067200000", "when (s)", 1},
        {"1704067200000000", "when (us)", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__date_evidence e = gather(CELLS(cases[i].cell));
        tsl_error err = {0};
        const tsl_status status = tsl__date_evidence_check_unit(&e, cases[i].column, &err);
        if (status != (cases[i].refused ? TSL_E_INPUT : TSL_OK)) {
            fail_msg("%s in \"%s\": %s", cases[i].cell, cases[i].column, err.message);
        }
        assert_true(status == TSL_OK || (strstr(err.message, "f.csv:2") && strstr(err.message, cases[i].column)));
    }
}

/* The column's notes hold each part, and there are as many notes as parts. */
static void check_notes(const char *const *cells, const char *zone_name, const char *const *parts)
{
    tsl__date_evidence e = gather(cells);
    tsl__date_reading way;
    tsl__zone *zone = NULL;
    tsl_notes notes = {0};
    tsl_error err;
    size_t count = 0;
    if (zone_name) {
        assert_int_equal(tsl__zone_open(zone_name, &zone, &err), TSL_OK);
    }
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_int_equal(tsl__date_evidence_note(&e, &way, "when", &notes, &err), TSL_OK);
    assert_int_equal(tsl__date_evidence_note_placeholders(&e, "when", "; so", &notes, &err), TSL_OK);
    for (; parts[count]; count++) {
        if (count >= notes.count || !strstr(notes.text[count], parts[count])) {
            fail_msg("no %s in: %s", parts[count], count < notes.count ? notes.text[count] : "(no note)");
        }
    }
    assert_int_equal(notes.count, count);
    tsl__notes_free(&notes);
    tsl__zone_free(zone);
}

static void test_notes(void **state)
{
    (void)state;
    check_notes(CELLS("2024-01-02", "2024-01-03"), NULL, CELLS(NULL));
    check_notes(CELLS("2024-01-02T10:00Z"), NULL, CELLS(NULL));
    check_notes(CELLS("2/24/11", "1/2/69"), NULL, CELLS("when: 2 dates are of a year of two digits"));
    check_notes(CELLS("2/24/11"), NULL, CELLS("(f.csv:2: \"2/24/11\" is 2011-02-24)"));
    check_notes(CELLS("24-Jan-70"), NULL, CELLS("1 date is of a year of two digits"));
    check_notes(CELLS("45292.5", "45293.25"), NULL,
                CELLS("(f.csv:2: \"45292.5\" is 2024-01-01 12:00:00); counted from 1904"));
    check_notes(CELLS("1704067200"), "+08:00",
                CELLS("clock of +08:00 (f.csv:2: \"1704067200\" is 2024-01-01 08:00:00)"));
    check_notes(CELLS("2024-01-02T10:00Z", "2024-01-02T10:00+01:00"), NULL,
                CELLS("(f.csv:2: \"2024-01-02T10:00Z\", f.csv:3: \"2024-01-02T10:00+01:00\"), and are converted to the "
                      "clock of UTC; --timezone"));
    check_notes(
        CELLS("2024-01-02T10:00Z", "2024-01-02 10:00"), "+01:00",
        CELLS("1 of 2 times have no zone (f.csv:3: \"2024-01-02 10:00\"), and are taken by the clock of +01:00"));
    check_notes(CELLS("2024-01-02", "2024-01-02 10:00"), NULL,
                CELLS("1 of 2 dates have no time of day (f.csv:2: \"2024-01-02\")"));
    check_notes(CELLS("1970-01-01", "2024-01-02", "0000-00-00"), NULL,
                CELLS("2 cells are such as programs write where no date is known (f.csv:2: \"1970-01-01\"); so"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
