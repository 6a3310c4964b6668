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
        assert_true(has_line(&r->table->info.notes, "t.csv:4, which repeats "));
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

static uint64_t count_found(const reading *r, tsl_finding_kind kind)
{
    const tsl_table_finding *f;
    uint64_t count = 0;
    for (size_t i = 0; (f = tsl_table_get_finding(r->table, i)); i++) {
        count += f->kind == kind ? f->count : 0;
    }
    return count;
}

/* Each row is told once: as one that counts, or as one that is rejected. */
static void test_counted_once(void **state)
{
    (void)state;
    for (int drop = 0; drop < 2; drop++) {
        reading *r = read_rows(drop, 0, 1);
        assert_int_equal(count_found(r, TSL_FINDING_REPEATED_ROWS), drop ? 0 : 3);
        assert_int_equal(count_found(r, TSL_FINDING_REJECTED_DUPLICATE), drop ? 3 : 0);
        assert_true(has_line(&r->table->info.notes, drop ? "the first of each is kept" : "--drop-duplicates keeps"));
        free_reading(r);
    }
}

/* Rows that leave as late ones, as their dates turn out or as they lie far behind all others, repeat nothing. */
static void test_late_rows_repeat_nothing(void **state)
{
    (void)state;
    static const char *const names[] = {"open.csv", "far.csv"};
    write_text(names[0], "customer,date,amount\na,3/4/2024,1\nb,5/6/2024,1\nb,5/6/2024,1\na,3/4/2024,1\n"
                         "c,13/4/2024,1\n");
    FILE *file = fopen(path_of(names[1]), "w");
    assert_non_null(file);
    fputs("customer,date,amount\n", file);
    for (int i = 0; i < 60; i++) {
        fprintf(file, "c%d,2024-%02d-%02d,%d\n", i % 7, 1 + i / 28, 1 + i % 28, i);
    }
    fputs("z,2029-01-01,5\nz,2029-01-01,5\nc0,2024-01-01,0\n", file);
    assert_int_equal(fclose(file), 0);
    for (int n = 0; n < 4; n++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, path_of(names[n / 2]));
        r->opt.by_customer = n % 2;
        if (n < 2) {
            assert_int_equal(tsl_day_read("2024-05-01", &r->opt.as_of, NULL), TSL_OK);
        }
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_AFTER_AS_OF), 2);
        assert_int_equal(count_found(r, TSL_FINDING_REPEATED_ROWS), 1);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_noted),        cmocka_unit_test(test_dropped),
        cmocka_unit_test(test_counted_once), cmocka_unit_test(test_late_rows_repeat_nothing),
        cmocka_unit_test(test_beside_late),  cmocka_unit_test(test_arrays)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
