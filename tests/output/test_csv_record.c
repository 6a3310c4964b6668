/* test_csv_record.c: one line of a CSV file by its id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <tesela/output.h>

static const char csv[] = "customer_id,segment,reason\n"
                          "a,1,\"said \"\"no\"\", left\"\n"
                          "\"'=b\",2,\n"
                          "\"c,1\",3,x\n";

static tsl_record *read_record(const char *id)
{
    tsl_record *record = NULL;
    tsl_error err;
    if (tsl_record_read(&(tsl_source){.bytes = csv, .count = sizeof csv - 1}, id, &record, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return record;
}

static void test_found(void **state)
{
    (void)state;
    static const struct {
        const char *id, *segment, *reason;
    } rows[] = {{"a", "1", "said \"no\", left"}, {"=b", "2", ""}, {"c,1", "3", "x"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl_record *record = read_record(rows[i].id);
        assert_non_null(record);
        assert_int_equal(record->count, 3);
        assert_string_equal(tsl_record_get_cell(record, "segment"), rows[i].segment);
        assert_string_equal(tsl_record_get_cell(record, "reason"), rows[i].reason);
        assert_null(tsl_record_get_cell(record, "tier"));
        tsl_record_free(record);
    }
}

static void test_not_there(void **state)
{
    (void)state;
    tsl_record *record = NULL;
    tsl_error err;
    assert_null(read_record("b"));
    assert_null(read_record("'=b"));
    assert_null(read_record(""));
    assert_null(tsl_record_get_cell(NULL, "segment"));
    assert_int_equal(tsl_record_read(&(tsl_source){.path = "/nowhere"}, "a", &record, &err), TSL_E_NOT_FOUND);
    tsl_record_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_found), cmocka_unit_test(test_not_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
