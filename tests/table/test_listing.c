/* test_listing.c: files of which every row counts: columns by their names, and what is said of what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "table/listing.h"

enum { PLACE, NAME, SCORE, COLUMNS };
static const tsl__listing_column columns[COLUMNS] = {
    {"place", "what it is called"}, {"name", NULL}, {"score", "how good it is"}};

static tsl_status open_list(const char *text, const char *path, tsl__listing *l, tsl_error *err)
{
    const tsl_source source = {.path = path, .bytes = text, .count = strlen(text)};
    return tsl__listing_open(&(tsl__csv_options){.from = &source, .header = 1}, "the list", l, err);
}

static void test_columns(void **state)
{
    (void)state;
    tsl__listing l;
    tsl_error err;
    size_t field[COLUMNS];
    assert_int_equal(open_list("Score,PLACE\n1,a\n", "l.csv", &l, &err), TSL_OK);
    assert_int_equal(tsl__listing_match(&l, columns, COLUMNS, field, &err), TSL_OK);
    assert_true(field[PLACE] == 1 && field[NAME] == l.fields && field[SCORE] == 0 && l.fields == 2);
    assert_true(tsl__listing_find(&l, "PLACE") == 1 && tsl__listing_find(&l, "place") == 2);
    assert_int_equal(tsl__listing_need(&l, &(tsl__listing_column){"Score", "it"}, &field[0], &err), TSL_OK);
    assert_true(field[0] == 0);
    assert_int_equal(tsl__listing_need(&l, &columns[SCORE], &field[0], &err), TSL_E_INPUT);
    assert_string_equal(err.message,
                        "l.csv:1: has no column \"score\", which says how good it is; did you mean \"Score\"?");
    tsl__listing_close(&l);
    tsl__listing_close(&l); /* once more is no harm */
}

static void test_columns_refused(void **state)
{
    (void)state;
    static const struct {
        const char *header, *message;
    } cases[] = {
        {"place,scor\n", "the list:1: there is no column \"scor\" here; did you mean \"score\"?"},
        {"place,weather\n", "the list:1: there is no column \"weather\" here; the columns are: place, name, score"},
        {"place,score,Place\n", "the list:1: the column \"Place\" stands there twice"},
        {"name,score\n",
         "the list:1: has no column \"place\", which says what it is called; the columns are: name, score"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__listing l;
        tsl_error err;
        size_t field[COLUMNS];
        assert_int_equal(open_list(cases[i].header, NULL, &l, &err), TSL_OK);
        assert_int_equal(tsl__listing_match(&l, columns, COLUMNS, field, &err), TSL_E_INPUT);
        assert_string_equal(err.message, cases[i].message);
        tsl__listing_close(&l);
    }
}

/* The rows' first fields, one behind the other; a row that begins with "bad" is refused. */
typedef struct rows {
    const tsl__listing *listing;
    char seen[64];
} rows;

static tsl_status take(void *to, const tsl__record *record, tsl_error *err)
{
    rows *r = to;
    const tsl__span cell = record->field[0];
    strncat(r->seen, cell.s, cell.n);
    return tsl__span_equal(cell, tsl__span_make("bad")) ? tsl__listing_fail(r->listing, record, 0, "is no code", err)
                                                        : TSL_OK;
}

static tsl_status read(const char *text, char seen[64], tsl_error *err)
{
    tsl__listing l;
    rows r = {.listing = &l};
    assert_int_equal(open_list(text, "l.csv", &l, err), TSL_OK);
    const tsl_status status = tsl__listing_read(&l, take, &r, err);
    memcpy(seen, r.seen, sizeof r.seen);
    tsl__listing_close(&l);
    return status;
}

static void test_rows(void **state)
{
    (void)state;
    char seen[64];
    tsl_error err;
    assert_int_equal(read("code,x\na,1\n\n\"b c\",2\nd,\n", seen, &err), TSL_OK);
    assert_string_equal(seen, "ab cd");
    assert_int_equal(read("code,x\n", seen, &err), TSL_OK);
    assert_string_equal(seen, "");
    assert_int_equal(read("code,x\na,1\nb,2,3\nc,4\n", seen, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "l.csv:3: 3 fields instead of 2");
    assert_string_equal(seen, "a");
    assert_int_equal(read("code,x\na,1\nbad,2\nc,4\n", seen, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "l.csv:3: code: \"bad\" is no code");
    assert_string_equal(seen, "abad");
}

static void test_no_file(void **state)
{
    (void)state;
    const tsl_source source = {.path = "/no/such/file.csv"};
    tsl__listing l;
    tsl_error err;
    assert_int_equal(tsl__listing_open(&(tsl__csv_options){.from = &source, .header = 1}, "the list", &l, &err),
                     TSL_E_NOT_FOUND);
    tsl__listing_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_columns_refused),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
