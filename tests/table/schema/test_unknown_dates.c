/* test_unknown_dates.c: 1900-01-01 and 1970-01-01 among the dates of customers: missing where all others lie far off.
 */
#include "help.h"

/* Customers with these dates, NULL behind the last. */
static reading *read_dates(const char *name, const char *const *cells, const char *like)
{
    char text[2000];
    reading *r = new_reading(TSL_CUSTOMERS);
    sprintf(text, "id,%s,n\n", name);
    for (size_t i = 0; cells[i]; i++) {
        sprintf(text + strlen(text), "c%d,%s,%d\n", (int)i, cells[i], (int)(i * i));
    }
    add_file(r, write_text("people.csv", text));
    r->opt.like = like;
    if (run(r) != TSL_OK) {
        fail_msg("%s", r->err.message);
    }
    return r;
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_rule(void **state)
{
    (void)state;
    const struct {
        const char *name, *const *cells;
        size_t missing;
        const char *note;
    } cases[] = {
        {"born", CELLS("1980-01-02", "1900-01-01", "1990-05-06", "1900-01-01", "1985-02-03"), 2,
         "people.csv:3: \"1900-01-01\"); taken as missing, over a year from all other dates: 2 of 1900-01-01"},
        {"joined", CELLS("2020-01-02", "1970-01-01", "2021-05-06", "1900-01-01", "2022-02-03"), 2,
         ": \"1970-01-01\"); taken as missing, over a year from all other dates: 1 of 1900-01-01, 1 of 1970-01-01"},
        {"born", CELLS("1969-08-02", "1970-01-01", "1990-05-06", "1985-02-03"), 0, NULL}, /* a birthday as others */
        {"born", CELLS("1971-01-01", "1970-01-01", "1990-05-06", "1985-02-03"), 0, NULL}, /* 365 days off */
        {"born", CELLS("1971-01-02", "1970-01-01", "1990-05-06", "1985-02-03"), 1,
         "born: 1 cell is such as programs write where no date is known ("},
        /* by the clock of UTC, which two zones are read by */
        {"joined",
         CELLS("2020-01-02T10:00-05:00", "1969-12-31T22:00-05:00", "2021-05-06T10:00+01:00", "2022-02-03T10:00Z"), 1,
         "joined: dates taken as missing, over a year from all other dates: 1 of 1970-01-01"},
        {"born", CELLS("1980-01-02", "1970-01-01", "1990-05-06"), 0, NULL}, /* two dates are no rule */
        {"joined", CELLS("2020-01-02", "1901-01-01", "2021-05-06", "2022-02-03"), 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_dates(cases[i].name, cases[i].cells, NULL);
        if (named(r, cases[i].name)->missing != cases[i].missing) {
            fail_msg("%zu: %zu", i, named(r, cases[i].name)->missing);
        }
        if (cases[i].note ? !has_line(&r->table->info.notes, cases[i].note)
                          : has_line(&r->table->info.notes, "taken as missing")) {
            fail_msg("%zu: %s", i, cases[i].note ? cases[i].note : "a note");
        }
        size_t said = 0; /* of one cell one thing */
        for (size_t k = 0; k < r->table->info.notes.count; k++) {
            const char *text = r->table->info.notes.text[k];
            said += strstr(text, "no date is known") || strstr(text, "taken as missing");
        }
        assert_true(said <= 1);
        free_reading(r);
    }
}

/* What a row gives does not depend on the others where the column has been seen before. */
static void test_remembered(void **state)
{
    (void)state;
    reading *r = read_dates("joined", CELLS("2020-01-02", "1970-01-01", "2021-05-06", "2022-02-03"), NULL);
    reading *next = read_dates("joined", CELLS("1970-01-01", "1970-02-01"), r->table->reading);
    assert_int_equal(named(next, "joined")->missing, 1);
    assert_true(
        has_line(&next->table->info.notes, "; taken as missing, as it was in the earlier table: 1 of 1970-01-01"));
    assert_non_null(strstr(next->table->reading, "\"unknown_dates\":{\"joined\":[\"1970-01-01\"]}"));
    free_reading(next);
    free_reading(r);
    r = read_dates("joined", CELLS("2020-01-02", "2021-05-06", "2022-02-03"), NULL);
    next = read_dates("joined", CELLS("2020-01-02", "1970-01-01", "2021-05-06", "2022-02-03"), r->table->reading);
    assert_int_equal(named(next, "joined")->missing, 0);
    free_reading(next);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rule), cmocka_unit_test(test_remembered)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
