/* test_finish_date_files.c: several files, one of which proves the order of its dates: what it may lend the others. */
#include "help.h"

static reading *open_two(tsl_table_kind kind, const char *first, const char *second, int by_customer)
{
    reading *r = new_reading(kind);
    add_file(r, write_text("one.csv", first));
    add_file(r, write_text("two.csv", second));
    r->opt.by_customer = by_customer;
    r->opt.max_rejects = 1;
    return r;
}

#define ONE "customer,amount,date\na,1.50,01/13/2024\nb,2.50,01/02/2024\n"

static const struct {
    const char *one, *two;
    const char *differs; /* NULL: it is read */
} cases[] = {
    {ONE, "customer,amount,date\na,1.50,02/03/2024\n", NULL},
    {ONE, "customer;amount;date\na;1,50;02/03/2024\n",
     "in what divides its fields and its decimal mark; say by --dates ymd, mdy or dmy"},
    {ONE, "customer;amount;date\na;1.50;02/03/2024\n", "in what divides its fields; say"},
    {ONE, "customer,amount,date\na,\"1,50\",02/03/2024\n", "in its decimal mark; say"},
    {ONE, "customer,amount,date\na,1,02/03/2024\n", NULL}, /* nothing is known of its mark */
    {ONE, "customer,amount,date\na,1.50,02-03-2024\n", "in the sign in its dates; say"},
    {ONE, "customer;amount;date\na;1,50;03/03/2024\n", NULL},                 /* either way the same day */
    {ONE, "customer;amount;date\na;1,50;2024-02-03\n", NULL},                 /* no question */
    {ONE, "customer;amount;date\na;1,50;02/03/2024\na;1;01/28/2024\n", NULL}, /* proves itself */
};

static void test_dialects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int way = 0; way < 4; way++) { /* in either order, as columns and by customer */
            reading *r = open_two(TSL_TRANSACTIONS, way % 2 ? cases[i].two : cases[i].one,
                                  way % 2 ? cases[i].one : cases[i].two, way / 2);
            const tsl_status status = run(r);
            if ((status != TSL_OK) != (cases[i].differs != NULL) ||
                (cases[i].differs && !strstr(r->err.message, cases[i].differs))) {
                fail_msg("%zu, %d: %s", i, way, r->err.message);
            }
            free_reading(r);
        }
    }
}

/* The words name both cells; what is said, or was before, settles it. */
static void test_ways_out(void **state)
{
    (void)state;
    reading *r = open_two(TSL_TRANSACTIONS, ONE, cases[1].two, 0);
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "two.csv:2: \"02/03/2024\" may be read in two ways"));
    assert_non_null(strstr(r->err.message, "one.csv:2: \"01/13/2024\" does so for its own file"));
    free_reading(r);
    r = open_two(TSL_TRANSACTIONS, ONE, cases[1].two, 0);
    r->opt.dates = TSL_DATES_MDY;
    assert_int_equal(run(r), TSL_OK);
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, ONE);
    reading *again = open_two(TSL_TRANSACTIONS, ONE, cases[1].two, 0);
    again->opt.like = r->table->reading;
    assert_int_equal(run(again), TSL_OK);
    free_reading(again);
    free_reading(r);
}

/* Files of customers, whose columns prove for each other. */
static void test_customers(void **state)
{
    (void)state;
    const struct {
        const char *two, *part; /* NULL: it is read */
    } files[] = {
        {"customer,birth,joined\nc,02/03/1980,04/05/2020\nd,05/06/1981,04/06/2020\n", NULL},
        {"customer;birth;joined\nc;02/03/1980;04/05/2020\nd;05/06/1981;04/06/2020\n", "column \"birth\": "},
        {"customer;birth;joined\nc;02/03/1980;04/15/2020\nd;05/06/1981;04/06/2020\n", NULL},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        reading *r =
            open_two(TSL_CUSTOMERS, "customer,birth,joined\na,01/13/1980,01/02/2020\nb,01/13/1980,01/04/2020\n",
                     files[i].two, 0);
        if ((run(r) != TSL_OK) != (files[i].part != NULL) ||
            (files[i].part && !strstr(r->err.message, files[i].part))) {
            fail_msg("%zu: %s", i, r->err.message);
        }
        free_reading(r);
    }
}

/* What is read as another file proves is told, once, with both cells; it may be refused, and what is said needs none.
 */
static void test_note(void **state)
{
    (void)state;
    static const char open[] = "customer,amount,date\na,1.50,02/02/2024\na,1.50,02/03/2024\n",
                      sure[] = "customer,amount,date\na,1.50,2024-02-03\nb,1.50,03/03/2024\n";
    for (int way = 0; way < 4; way++) { /* in either order, as columns and by customer */
        reading *r = open_two(TSL_TRANSACTIONS, way % 2 ? open : ONE, way % 2 ? ONE : open, way / 2);
        add_file(r, write_text("three.csv", open));
        add_file(r, write_text("four.csv", sure)); /* no question */
        assert_int_equal(run(r), TSL_OK);
        const tsl_notes *notes = &r->table->info.notes;
        char wanted[1200];
        snprintf(wanted, sizeof wanted,
                 "column \"date\": %s/%s.csv:3: \"02/03/2024\" may be read in two ways, and no row of its file settles "
                 "it, as in 1 other file; it is read as %s/%s.csv:2: \"01/13/2024\" shows",
                 folder, way % 2 ? "one" : "two", folder, way % 2 ? "two" : "one");
        assert_true(has_line(notes, wanted));
        size_t count = 0;
        const tsl_table_finding *found;
        for (size_t f = 0; (found = tsl_table_get_finding(r->table, f)); f++) {
            if (found->kind == TSL_FINDING_LENT_DATE_ORDER) {
                assert_int_equal(found->count, 2);
                assert_int_equal(found->example[0].line, 3);
                count++;
            }
        }
        assert_int_equal(count, 1);
        free_reading(r);
    }
    reading *r = open_two(TSL_TRANSACTIONS, ONE, open, 0);
    const tsl_gate gate = {TSL_FINDING_LENT_DATE_ORDER, TSL_GATE_REFUSE};
    r->opt.gates = &gate;
    r->opt.gate_count = 1;
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "may be read in two ways"));
    r->opt.gate_count = 0;
    r->opt.dates = TSL_DATES_MDY;
    assert_int_equal(run(r), TSL_OK);
    assert_false(has_line(&r->table->info.notes, "may be read in two ways"));
    free_reading(r);
    /* the order that the table before had */
    reading *before = read_text(TSL_TRANSACTIONS, ONE);
    r = open_two(TSL_TRANSACTIONS, ONE, open, 0);
    r->opt.like = before->table->reading;
    assert_int_equal(run(r), TSL_OK);
    assert_false(has_line(&r->table->info.notes, "may be read in two ways"));
    free_reading(before);
    free_reading(r);
    r = open_two(TSL_CUSTOMERS, "customer,joined\na,01/13/2020\nb,01/14/2020\n",
                 "customer,joined\nc,04/05/2020\nd,04/06/2020\n", 0);
    assert_int_equal(run(r), TSL_OK);
    assert_true(has_line(&r->table->info.notes, "two.csv:2: \"04/05/2020\" may be read in two ways"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dialects), cmocka_unit_test(test_ways_out),
                                       cmocka_unit_test(test_customers), cmocka_unit_test(test_note)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
