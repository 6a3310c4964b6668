/* test_rejects.c: the lines of rejects.csv. */
#include "files.h"

#include <tesela/output.h>

static void header_even_without_rejects(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    tsl_rejects *rejects;
    files_open(&f, "rejects.csv");
    assert_int_equal(tsl_rejects_open(&(tsl_target){.path = f.path}, &rejects, &err), TSL_OK);
    assert_null(files_read(f.path)); /* appears whole, at the end */
    assert_int_equal(tsl_rejects_close(rejects, &err), TSL_OK);
    char *text = files_read(f.path);
    assert_string_equal(text, "file,line,column,kind,text,message\n");
    free(text);
    files_close(&f);
}

static void rows_in_order_and_quoted(void **state)
{
    (void)state;
    static const tsl_reject rows[] = {
        {"b.csv", 9, "amount", TSL_REJECT_BAD_CELL, "12,5o", "\"12,5o\" is not a decimal number"},
        {"a,b.csv", 2, "", TSL_REJECT_RAGGED, "x\ny", "3 fields, expected 4"},
        {"a.csv", UINT64_C(20000000001), "id", TSL_REJECT_NO_CUSTOMER, "", "no customer"},
    };
    files f;
    tsl_error err;
    tsl_rejects *rejects;
    files_open(&f, "rejects.csv");
    assert_int_equal(tsl_rejects_open(&(tsl_target){.path = f.path}, &rejects, &err), TSL_OK);
    const tsl_reject_sink *sink = tsl_rejects_get_sink(rejects);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sink->write(sink->user, &rows[i], &err), TSL_OK);
    }
    assert_int_equal(tsl_rejects_close(rejects, &err), TSL_OK);
    char *text = files_read(f.path);
    assert_string_equal(text, "file,line,column,kind,text,message\n"
                              "b.csv,9,amount,bad_cell,\"12,5o\",\"\"\"12,5o\"\" is not a decimal number\"\n"
                              "\"a,b.csv\",2,,ragged,\"x\ny\",\"3 fields, expected 4\"\n"
                              "a.csv,20000000001,id,no_customer,,no customer\n");
    free(text);
    files_close(&f);
}

/* More than one flush of the buffer; every line arrives, in order. */
static void many_rows(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    tsl_rejects *rejects;
    files_open(&f, "rejects.csv");
    assert_int_equal(tsl_rejects_open(&(tsl_target){.path = f.path}, &rejects, &err), TSL_OK);
    const tsl_reject_sink *sink = tsl_rejects_get_sink(rejects);
    tsl_reject row = {.file = "orders.csv", .column = "", .kind = TSL_REJECT_ENCODING, .text = "", .message = "bad"};
    for (row.line = 1; row.line <= 100000; row.line++) {
        assert_int_equal(sink->write(sink->user, &row, &err), TSL_OK);
    }
    assert_int_equal(tsl_rejects_close(rejects, &err), TSL_OK);
    char *text = files_read(f.path), *at = strchr(text, '\n') + 1;
    for (unsigned long line = 1; line <= 100000; line++) {
        assert_memory_equal(at, "orders.csv,", 11);
        assert_int_equal(strtoul(at + 11, NULL, 10), line);
        at = strchr(at, '\n') + 1;
    }
    assert_int_equal(*at, '\0');
    free(text);
    files_close(&f);
}

static void given_up_leaves_nothing(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    tsl_rejects *rejects;
    files_open(&f, "rejects.csv");
    assert_int_equal(tsl_rejects_open(&(tsl_target){.path = f.path}, &rejects, &err), TSL_OK);
    tsl_rejects_free(rejects);
    tsl_rejects_free(NULL);
    assert_null(files_read(f.path));
    files_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_even_without_rejects),
        cmocka_unit_test(rows_in_order_and_quoted),
        cmocka_unit_test(many_rows),
        cmocka_unit_test(given_up_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
