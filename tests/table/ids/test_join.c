/* test_join.c: what is said of tables that hardly belong together. */
#include "help.h"

static const char events[] =
    "the same ids stand in rows that differ, so that this looks like a table of events, not of "
    "one row a customer";

static reading *read_known(const char *text)
{
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", text));
    assert_int_equal(run(r), TSL_OK);
    return r;
}

static reading *read_beside(reading *known, tsl_table_kind kind, const char *text, int reject, tsl_status expected)
{
    reading *r = new_reading(kind);
    add_file(r, write_text("t.csv", text));
    r->known = known->table;
    r->opt.reject_orphans = reject;
    assert_int_equal(run(r), expected);
    return r;
}

static void test_no_shared_id(void **state)
{
    (void)state;
    static const char what[] = "ids of the transactions is among the 2 of the customers table: \"00001\" there, "
                               "\"1.0\" here; are they the same ids?";
    static const char rows[] = "customer,date,amount\n1.0,2020-01-01,1\n2.0,2020-01-02,2\n2.0,2020-01-03,2\n";
    reading *known = read_known("customer,age\n00002,30\n00001,40\n");
    reading *r = read_beside(known, TSL_TRANSACTIONS, rows, 0, TSL_OK);
    assert_int_equal(r->table->info.notes.count, 2);
    assert_true(has_line(&r->table->info.notes, "2 ids stand with and without leading zeros"));
    assert_true(has_line(&r->table->info.notes, "none of the 2 "));
    assert_true(has_line(&r->table->info.notes, what));
    assert_true(has_line(&r->table->info.notes, "(3 rows are kept)"));
    free_reading(r);
    r = read_beside(known, TSL_TRANSACTIONS, rows, 1, TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "none of the 3 rows can be used (3 orphan); none of the 2 "));
    assert_non_null(strstr(r->err.message, what));
    free_reading(r);
    r = read_beside(known, TSL_INTERACTIONS, "customer,date\n1.0,2020-01-01\n", 0, TSL_OK);
    assert_true(has_line(&r->table->info.notes, "the one id of the interactions is not among the 2 of the customers"));
    free_reading(r);
    free_reading(known);
}

static void test_some_shared_ids(void **state)
{
    (void)state;
    reading *known = read_known("customer,age\na,30\nc,40\n");
    static const char rows[] = "customer,date,amount\nx,2020-01-01,1\na,2020-01-02,2\n";
    reading *r = read_beside(known, TSL_TRANSACTIONS, rows, 0, TSL_OK);
    assert_int_equal(r->table->info.notes.count, 1);
    assert_true(has_line(&r->table->info.notes, "1 row is of customers that the customers table lacks; they are kept"));
    free_reading(r);
    r = read_beside(known, TSL_TRANSACTIONS, rows, 1, TSL_OK);
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
    free_reading(known);
}

static void test_events(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "customer,age\na,1\na,2\nb,3\nb,4\nc,5\n");
    assert_true(has_line(&r->table->info.notes, events));
    assert_true(has_line(&r->table->info.notes, "4 of 5 rows are rejected as conflict: "));
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "customer,age\na,1\na,2\nb,3\nc,4\n"); /* half is not over half */
    assert_false(has_line(&r->table->info.notes, events));
    free_reading(r);
    refuse_text(TSL_CUSTOMERS, "customer,age\na,1\na,2\n", TSL_E_INPUT, events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_shared_id),
        cmocka_unit_test(test_some_shared_ids),
        cmocka_unit_test(test_events),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
