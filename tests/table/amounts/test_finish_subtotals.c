/* test_finish_subtotals.c: rows of totals in the place of an order are told, with how many the rows prove. */
#include "base/text.h"
#include "help.h"

/* A subtotal behind each 25 lines; each fourth is off where wrong is 1. */
static char *write_rows(const char *word, int lines, int wrong)
{
    tsl__text text = {0};
    long sum = 0;
    tsl__text_puts(&text, "customer,order,date,amount\n");
    for (int i = 0; i < lines; i++) {
        tsl__text_printf(&text, "c%d,o%d,2024-01-%02d,%d\n", i % 7, i, 1 + i % 28, 1 + i % 90);
        sum += 1 + i % 90;
        if (i % 25 == 24) {
            tsl__text_printf(&text, "c%d,%s,2024-01-%02d,%ld\n", i % 7, word, 1 + i % 28,
                             sum + (wrong && i % 100 == 99));
            sum = 0;
        }
    }
    return tsl__text_take(&text);
}

static void test_told(void **state)
{
    (void)state;
    static const char *const words[] = {"Subtotal", "小计", "Zwischensumme", "Sous-total", "SUBTOTAL:", "合计"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (int way = 0; way < 4; way++) {
            char *text = write_rows(words[i], 200, way & 1), condition[80];
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("t.csv", text));
            r->opt.by_customer = way > 1;
            assert_int_equal(run(r), TSL_OK);
            snprintf(condition, sizeof condition, "--where \"coalesce(order, '') != '%s'\" leaves them out", words[i]);
            assert_int_equal(r->table->info.notes.count, 1);
            assert_true(
                has_line(&r->table->info.notes, "order: rows of totals by their name, which count as sales: \""));
            assert_true(has_line(&r->table->info.notes, way & 1
                                                            ? "; 6 of 8 are the sum of the rows since the one before"
                                                            : "; 8 of 8 are the sum of the rows since"));
            assert_true(has_line(&r->table->info.notes, condition));
            const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
            assert_int_equal(f->kind, TSL_FINDING_TOTALS_ROW);
            assert_int_equal(f->count, 8);
            assert_int_equal(f->example[0].line, 27);
            free_reading(r);
            free(text);
        }
    }
}

/* Over the ends of blocks, by any number of threads; and an order is no word. */
static void test_blocks(void **state)
{
    (void)state;
    for (int way = 0; way < 3; way++) {
        char *text = write_rows(way == 2 ? "Total7" : "Subtotal", 200000, 0);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", text));
        r->opt.by_customer = way > 0;
        r->exec.threads = 1 + 2 * way;
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(has_line(&r->table->info.notes, "; 8000 of 8000 are the sum of the rows since"), way < 2);
        assert_int_equal(has_line(&r->table->info.notes, "rows of totals"), way < 2);
        free_reading(r);
        free(text);
    }
}

/* One that cannot be used anyway is a row of totals, whatever it lacks. */
static void test_rejected(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,order,date,amount\na,o1,2024-01-01,5\nb,o2,2024-01-02,7\n"
                                             "b,Subtotal,,12\na,o3,,12\nAverage,,,6\n");
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 2);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_BAD_CELL), 1);
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,order,date,amount,quality\na,o1,2024-01-01,5,good\n"
                                    ",o2,2024-01-02,7,average\n,,2024-01-02,7,Total\n"); /* of the line, or of all */
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_NO_CUSTOMER), 1);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_told), cmocka_unit_test(test_blocks),
                                       cmocka_unit_test(test_rejected)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
