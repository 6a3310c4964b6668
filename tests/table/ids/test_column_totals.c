/* test_column_totals.c: a row of totals among the customers is told by its sums, whatever it is called. */
#include "base/text.h"
#include "help.h"

/* 40 customers and a row behind them; off: what its spend is wrong by, in cents. first: it stands in front of them. */
static char *write_customers(const char *id, int off, int first)
{
    tsl__text rows = {0}, text = {0};
    int spent = 0, orders = 0;
    for (int i = 0; i < 40; i++) {
        const int cents = 1003 + i * 7919 % 90001, n = 1 + i % 9;
        tsl__text_printf(&rows, "K%02d,%d,%d.%02d,%d,Bonn\n", i, 20 + i, cents / 100, cents % 100, n);
        spent += cents;
        orders += n;
    }
    spent += off;
    tsl__text_puts(&text, "customer_id,age,total_spent,orders_count,city\n");
    tsl__text_puts(&text, first ? "" : rows.data);
    tsl__text_printf(&text, "%s,,%d.%02d,%d,\n", id, spent / 100, spent % 100, orders);
    tsl__text_puts(&text, first ? rows.data : "");
    assert_false(rows.failed || text.failed);
    tsl__text_free(&rows);
    return text.data;
}

static reading *read_customers(char *text, int threads)
{
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", text));
    r->exec.threads = threads;
    assert_int_equal(run(r), TSL_OK);
    free(text);
    return r;
}

static void test_totals(void **state)
{
    (void)state;
    static const char *const ids[] = {"ZZZ", "K99", "Totale", "合计：40人", "Grand Totals (40 records)"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        for (int way = 0; way < 4; way++) {
            reading *r = read_customers(write_customers(ids[i], 0, way & 1), 1 + way);
            assert_int_equal(r->table->rows, 40);
            assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
            assert_int_equal(r->reject[0].line, way & 1 ? 2 : 42);
            assert_true(has_line(&r->table->info.notes, "is a row of totals, and left out"));
            free_reading(r);
        }
        reading *r = read_customers(write_customers(ids[i], 1, 0), 1); /* by a word one sum is enough */
        assert_int_equal(r->table->rows, i < 2 ? 41 : 40);
        free_reading(r);
    }
}

/* Where chance may have made the sum, and where other numbers of the row are none, it is a customer. */
static void test_customers(void **state)
{
    (void)state;
    static const char *const texts[] = {"id,spent\na,100\nb,50\nc,30\nd,20\n", "id,spent\na,1234.56\nb,1200\nc,34.56\n",
                                        "id,spent,age\na,1234.56,41\nb,1000,20\nc,200,30\nd,34.56,25\n",
                                        "id,spent\na,1234.56\nb,1234.56\nc,200\nd,-200\n",
                                        "id,spent\na,12345\nb,12000\nc,300\nd,45\ne,many\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading *r = read_text(TSL_CUSTOMERS, texts[i]);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 0);
        free_reading(r);
    }
    reading *r = read_text(TSL_CUSTOMERS, "id,spent,age\na,1234.56,NA\nb,1000,20\nc,200,30\nd,34.56,25\n");
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_totals), cmocka_unit_test(test_customers)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
