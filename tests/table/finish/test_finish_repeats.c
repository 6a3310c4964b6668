/* test_finish_repeats.c: rows that are the same in every column, read or not: noted, or the first of each kept. */
#include "help.h"

static const char rows[] = "customer,date,amount,remark\na,2024-01-01,1,x\nb,2024-01-02,2,x\na,2024-01-01,1,x\n"
                           "a,2024-01-01,1,y\n,2024-01-02,2,x\na,2024-01-01,1,x\nb,2024-01-02,2,x";

static reading *read_rows(int drop, int by_customer, int threads)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", rows));
    r->opt.drop_duplicates = drop;
    r->opt.by_customer = by_customer;
    r->exec.threads = threads;
    assert_int_equal(run(r), TSL_OK);
    return r;
}

static void test_noted(void **state)
{
    (void)state;
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = read_rows(0, by_customer, 1 + by_customer);
        assert_int_equal(r->table->rows, 6);
        assert_int_equal(r->table->info.notes.count, 1);
        assert_true(has_line(&r->table->info.notes, "3 rows are the same in every column as another before, such as "));
        assert_true(has_line(&r->table->info.notes, "t.csv:4 as "));
        assert_true(has_line(&r->table->info.notes, "t.csv:2; they count as often as they stand there; "
                                                    "--drop-duplicates keeps the first of each"));
        free_reading(r);
    }
}

static void test_dropped(void **state)
{
    (void)state;
    static const uint64_t lines[] = {6, 4, 7, 8}; /* no customer; then the repeats */
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = read_rows(1, by_customer, 1 + by_customer);
        assert_int_equal(r->table->rows, 3);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_DUPLICATE), 3);
        assert_int_equal(r->rejects, 4);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(r->reject[i].line, lines[i]);
        }
        assert_non_null(strstr(r->reject[3].message, "the same as line 3 of "));
        assert_non_null(strstr(tsl_table_get_reading(r->table), "\"drop_duplicates\":true"));
        free_reading(r);
    }
}

/* Rows that leave as they are late are not taken for others. */
static void test_beside_late(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount\na,3/4/2024,1\nb,5/6/2024,1\nb,5/6/2024,1\na,3/4/2024,1\n"
                                    "c,13/4/2024,1\n"));
    r->opt.drop_duplicates = 1;
    assert_int_equal(tsl_day_read("2024-05-01", &r->opt.as_of, NULL), TSL_OK);
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_AFTER_AS_OF), 2);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_DUPLICATE), 1);
    assert_int_equal(r->table->rows, 2);
    free_reading(r);
}

static void test_arrays(void **state)
{
    (void)state;
    static const char *const ids[] = {"a", "b"};
    static const int32_t id[] = {0, 1, 0, 0}, day[] = {1, 2, 1, 1};
    static const double amount[] = {1, 2, 1, 3};
    const tsl_array arrays[] = {{.name = "customer", .dtype = TSL_CODE32, .data = id, .level = ids, .level_count = 2},
                                {.name = "date", .dtype = TSL_DAY32, .data = day},
                                {.name = "amount", .dtype = TSL_F64, .data = amount}};
    tsl_table_options opt;
    tsl_table *table;
    tsl_error err;
    TSL_DEFAULTS(table, &opt);
    opt.drop_duplicates = 1;
    assert_int_equal(tsl_table_build(TSL_TRANSACTIONS, arrays, 3, 4, NULL, NULL, &opt, NULL, &table, &err), TSL_OK);
    assert_int_equal(tsl_table_get_rows(table), 3);
    tsl_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_noted), cmocka_unit_test(test_dropped),
                                       cmocka_unit_test(test_beside_late), cmocka_unit_test(test_arrays)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
