/* test_finish_status.c: rows that are no sale are counted and named, with the condition that leaves them out. */
#include "help.h"

static const char rows[] = "customer_id,order_id,order_date,amount,\"Order Status\"\nA,1,2024-01-05,100,Completed\n"
                           "A,2,2024-01-15,900,Cancelled\nB,3,2024-01-06,-40,Completed\nC,4,2024-01-09,90,Refunded\n"
                           "D,5,2024-02-09,60,\nD,6,2024-02-09,60,Cancelled\nD,7,,60,Unpaid\n";

static reading *read_rows(const char *text, const char *where, int by_customer, int threads)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", text));
    r->opt.where = where;
    r->opt.by_customer = by_customer;
    r->exec.threads = threads;
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    return r;
}

static void test_named(void **state)
{
    (void)state;
    for (int way = 0; way < 3; way++) {
        reading *r = read_rows(rows, NULL, way > 0, 1 + way);
        assert_true(
            has_line(&r->table->info.notes,
                     "Order Status: rows that by their status are no sale are counted as sales: \"Cancelled\" in "
                     "2 rows (80.7 % of the money), \"Refunded\" in 1 row (7.6 % of the money), the first in "));
        assert_true(has_line(&r->table->info.notes, "t.csv:3; --where \"coalesce(\\\"Order Status\\\", '') not in "
                                                    "('Cancelled', 'Refunded')\" leaves them out"));
        assert_int_equal(r->table->rows, 6);
        free_reading(r);
    }
    reading *r = read_rows(rows, "coalesce(\"Order Status\", '') not in ('Cancelled', 'Refunded')", 1, 2);
    assert_int_equal(r->table->info.notes.count, 0);
    assert_int_equal(r->table->rows, 3);
    free_reading(r);
}

/* Rows that leave once their statuses are counted are told of. */
static void test_left(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        char text[4096] = "customer,date,amount,status\n";
        for (int i = 0; i < 40; i++) {
            char row[64];
            snprintf(row, sizeof row, "c%d,2024-01-%02d,%d,%s\n", i % 7, 1 + i % 28, i, i % 4 ? "paid" : "refunded");
            strcat(text, row);
        }
        strcat(text, "c1,2031-01-01,5,refunded\nc2,2031-01-01,5,refunded\n");
        reading *r = read_rows(text, NULL, way, 1 + way);
        assert_int_equal(r->table->rows, 40);
        assert_true(has_line(&r->table->info.notes, "of these rows some may be among the 2 that are rejected since"));
        free_reading(r);
    }
}

/* Cells that do not fit count where their row is used. */
static void test_unfit(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", "customer,quantity,date,amount\na,x,never,1\nb,y,2024-01-02,2\n"
                                        "c,z,2024-03-02,2\nd,1,2024-01-02,2\n"));
        r->opt.by_customer = way;
        r->opt.max_rejects = 1;
        assert_int_equal(tsl_day_read("2024-02-01", &r->opt.as_of, NULL), TSL_OK);
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, 2);
        assert_true(has_line(&r->table->info.notes, "1 cell does not"));
        assert_true(has_line(&r->table->info.notes, "t.csv:3: \"y\""));
        free_reading(r);
    }
}

/* Many files: a value is the same whichever file it stands in, and one with too many values is no status. */
static void test_no_status(void **state)
{
    (void)state;
    char text[4096] = "customer,date,amount,status\n";
    for (int i = 0; i < 60; i++) {
        char row[64];
        snprintf(row, sizeof row, "a,2024-01-01,1,%s%d\n", i ? "x" : "cancelled,", i);
        strncat(text, i ? row : "a,2024-01-01,1,cancelled\n", sizeof text - strlen(text) - 1);
    }
    reading *r = read_rows(text, NULL, 0, 1);
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_named), cmocka_unit_test(test_left),
                                       cmocka_unit_test(test_unfit), cmocka_unit_test(test_no_status)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
