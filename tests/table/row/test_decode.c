/* test_decode.c: expressions of all types over the cells of a row: numbers of a line, conditions, further columns. */
#include "help.h"

static const char sales[] = "customer,date,qty,price,status,shipped,gift,shop\n"
                            "a,2024-01-05,2,10.50,Paid,2024-01-07,yes,North\n"
                            "a,2024-01-06,1,3,Cancelled,,no,South\n"
                            "b,2024-02-01,x,5,Paid,2024-02-02,no,North\n"
                            "b,2024-02-03,4,2.25,,2024-02-13,1,\n"
                            "c,2024-03-01,1,7,Paid,soon,maybe,South\n";

static reading *of_sales(const char *amount, const char *where)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("sales.csv", sales));
    map_role(r, TSL_ROLE_AMOUNT, amount);
    r->opt.where = where;
    r->opt.max_rejects = 1;
    return r;
}

/* Customers whose rows are used, "aab". */
static void check_used(const char *where, const char *customers, uint64_t filtered)
{
    reading *r = of_sales("1", where);
    if (run(r) != TSL_OK) {
        fail_msg("%s: %s", where, r->err.message);
    }
    char used[16] = "";
    for (size_t i = 0; i < r->table->rows; i++) {
        strcat(used, text_at(column(r, TSL_ROLE_CUSTOMER), i));
    }
    if (strcmp(used, customers) != 0 || tsl_table_get_rejected(r->table, TSL_REJECT_FILTERED) != filtered) {
        fail_msg("%s: %s", where, used);
    }
    assert_int_equal(r->rejects, 0);
    free_reading(r);
}

static void test_where(void **state)
{
    (void)state;
    check_used("status = 'Paid'", "abc", 2);
    check_used("status != 'Cancelled'", "abc", 2); /* an empty status is unknown */
    check_used("coalesce(status, '') != 'Cancelled'", "abbc", 1);
    check_used("status is missing or status = 'Cancelled'", "ab", 3);
    check_used("number(qty) > 1", "ab", 3);
    check_used("date >= 2024-02-01", "bbc", 2);
    check_used("date >= '2024-02-01' and month(date) = 2", "bb", 3);
    check_used("days_between(date, shipped) <= 2", "ab", 3);
    check_used("hour(date) is missing", "aabbc", 0); /* days alone */
    check_used("gift", "ab", 3);
    check_used("not gift", "ab", 3);
    check_used("Shop in ('North', 'East')", "ab", 3);
    check_used("true", "aabbc", 0);
}

/* Cells that the condition cannot take are told of, once. */
static void test_where_notes_bad_cells(void **state)
{
    (void)state;
    reading *r = of_sales("1", "qty > 0 and days_between(date, shipped) > 0");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 2);
    assert_true(has_line(&r->table->info.notes, "where: 2 rows are left out"));
    assert_true(has_line(&r->table->info.notes, "sales.csv:4: \"x\" is not a decimal number"));
    assert_true(has_line(&r->table->info.understood, "where: qty > 0 and days_between(date, shipped) > 0"));
    free_reading(r);
}

/* It is asked before the row is looked at: what is left out rejects nothing, and is in no share. */
static void test_where_comes_first(void **state)
{
    (void)state;
    const char *text =
        "customer,date,amount,status\na,2024-01-05,1,ok\na,never,x,no\n,2024-01-05,y,no\nb,2024-01-06,2,ok\n"
        "b,2024-01-07,z,ok\n";
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("first.csv", text));
    r->opt.where = "status = 'ok'";
    r->opt.max_rejects = .34;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->rejects, 1);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_BAD_CELL], 1);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_FILTERED], 2);
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, path_of("first.csv"));
    r->opt.where = "status = 'ok'";
    r->opt.max_rejects = .3; /* one of the three that count, not of five */
    assert_int_equal(run(r), TSL_E_INPUT);
    free_reading(r);
}

/* The next table is read alike, unless it is asked for another. */
static void test_where_is_remembered(void **state)
{
    (void)state;
    reading *r = of_sales("1", "status = 'Paid'"), *next = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(run(r), TSL_OK);
    add_file(next, path_of("sales.csv"));
    next->opt.like = tsl_table_get_reading(r->table);
    assert_int_equal(run(next), TSL_OK);
    assert_int_equal(next->table->rejected_by[TSL_REJECT_FILTERED], 2);
    tsl_table_free(next->table);
    next->opt.where = "true";
    next->rejects = 0;
    assert_int_equal(run(next), TSL_OK);
    assert_int_equal(next->table->rejected_by[TSL_REJECT_FILTERED], 0);
    free_reading(next);
    free_reading(r);
}

static void test_where_errors(void **state)
{
    (void)state;
    static const struct {
        const char *where, *message;
    } cases[] = {
        {"statsu = 'x'", "where: there is no column \"statsu\"; did you mean \"status\"?\n  statsu = 'x'\n  ^"},
        {"qty + 1", "where: a condition (true or false) is expected here, but this is a number\n  qty + 1\n      ^"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = of_sales("1", cases[i].where);
        assert_int_equal(run(r), TSL_E_OPTION);
        if (!strstr(r->err.message, cases[i].message)) {
            fail_msg("%s", r->err.message);
        }
        free_reading(r);
    }
    reading *r = of_sales("1", "status = 'Paid'"); /* a file that cannot be asked */
    add_file(r, write_text("other.csv", "customer,date,qty,price,shipped,gift,shop\nd,2024-01-05,2,1,,no,North\n"));
    assert_int_equal(run(r), TSL_E_NOT_FOUND);
    assert_non_null(strstr(r->err.message, "there is no column \"status\", which the condition asks for"));
    free_reading(r);
}

/* A day and a month that may change places are no date, unless their order is declared. */
static void test_open_dates_in_conditions(void **state)
{
    (void)state;
    const char *text = "customer,date,amount,due\na,2024-01-05,1,03/04/2024\nb,2024-01-06,2,25/04/2024\n";
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("due.csv", text));
    r->opt.where = "due < 2024-04-30";
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 1);
    assert_true(has_line(&r->table->info.notes, "\"03/04/2024\" may be several days: --dates says which"));
    tsl_table_free(r->table);
    r->opt.dates = TSL_DATES_DMY;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 2);
    free_reading(r);
}

/* 22:00 in New York is the next day in Shanghai. A number that may be a year is no date. */
static void test_zones_and_numbers_in_conditions(void **state)
{
    (void)state;
    const char *text = "customer,date,amount,due\na,2024-01-05,1,2024-04-29T22:00-05:00\nb,2024-01-06,2,2011\n"
                       "c,2024-01-06,2,45292\n";
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("zones.csv", text));
    r->opt.where = "due < 2024-04-30";
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 2); /* a, by the clock that was written, and c: 2024-01-01 */
    assert_true(has_line(&r->table->info.notes, "\"2011\" may be a year, or days of a spreadsheet"));
    tsl_table_free(r->table);
    r->opt.timezone = "Asia/Shanghai";
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 1);
    free_reading(r);
}

/* An amount that hangs on other things: what it does not hang on may be no number. */
static void test_typed_amounts(void **state)
{
    (void)state;
    reading *r = of_sales("if(status = 'Paid', coalesce(qty, 1) * price, 0)", NULL);
    assert_int_equal(run(r), TSL_OK);
    const tsl_column *amount = column(r, TSL_ROLE_AMOUNT);
    static const int64_t expected[] = {210000, 0, 50000, 70000};
    assert_int_equal(r->table->rows, 4); /* that of the empty status is unknown */
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(amount->integer[i], expected[i]);
    }
    assert_int_equal(r->reject[0].kind, TSL_REJECT_BAD_CELL);
    assert_string_equal(r->reject[0].message, "is missing");
    free_reading(r);
    r = of_sales("if(shop = 'South', 1, number(qty))", NULL);
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 3);
    assert_int_equal(r->rejects, 2); /* "x", on which it hangs, and the unknown shop */
    assert_string_equal(r->reject[0].message, "\"x\" is not a decimal number");
    free_reading(r);
}

static const tsl_event_column columns[] = {{"status", TSL_TYPE_TEXT, NULL},
                                           {"qty", TSL_TYPE_DECIMAL, NULL},
                                           {"status = 'Paid' and price > 5", TSL_TYPE_DECIMAL, NULL},
                                           {"qty * 2", TSL_TYPE_DECIMAL, NULL},
                                           {"status", TSL_TYPE_TEXT, NULL}};

static const tsl_column *plain(const reading *r, const char *name)
{
    for (size_t i = 0; i < r->table->column_count; i++) {
        const tsl_column *c = &r->table->column[i];
        if (c->role == TSL_ROLE_NONE && strcmp(c->name, name) == 0) {
            return c;
        }
    }
    fail_msg("no column %s", name);
    return NULL;
}

static void check_columns(const reading *r)
{
    static const int64_t numbers[][5] = {{20000, 10000, TSL_MISSING_INT, 40000, 10000},
                                         {10000, 0, 0, 0, 10000},
                                         {40000, 20000, TSL_MISSING_INT, 80000, 20000}};
    for (size_t i = 0; i < 3; i++) {
        const tsl_column *c = plain(r, columns[i + 1].source);
        for (size_t row = 0; row < 5; row++) {
            if (c->integer[row] != numbers[i][row]) {
                fail_msg("%s, row %zu: %lld", c->name, row, (long long)c->integer[row]);
            }
        }
    }
    const tsl_column *status = plain(r, "status");
    assert_string_equal(text_at(status, 1), "Cancelled");
    assert_null(text_at(status, 3));
}

/* Further columns of events; what is true is 1, and a bad cell is missing and counted. */
static void test_event_columns(void **state)
{
    (void)state;
    reading *r = of_sales("1", NULL);
    r->opt.columns = columns;
    r->opt.column_count = 5;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->rejects, 0);
    assert_int_equal(r->table->column_count, 5 + 4); /* of two alike one */
    check_columns(r);
    assert_true(has_line(&r->table->info.notes, "qty: 1 cell"));
    free_reading(r);
}

static void test_event_column_errors(void **state)
{
    (void)state;
    static const struct {
        tsl_event_column column;
        const char *message;
    } cases[] = {
        {{"stat", TSL_TYPE_TEXT, NULL}, "has no column \"stat\""},
        {{"lower(status)", TSL_TYPE_TEXT, NULL}, "has no column \"lower(status)\""},
        {{"lower(status)", TSL_TYPE_DECIMAL, NULL}, "a number is expected here, but this is a text"},
        {{"qty", TSL_TYPE_TIME, NULL}, "the type is decimal, boolean or text"},
        {{"qty * 2", TSL_TYPE_BOOLEAN, NULL}, "columns: a condition (true or false) is expected here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = of_sales("1", NULL);
        r->opt.columns = &cases[i].column;
        r->opt.column_count = 1;
        assert_int_equal(run(r), TSL_E_OPTION);
        if (!strstr(r->err.message, cases[i].message)) {
            fail_msg("%s", r->err.message);
        }
        free_reading(r);
    }
}

/* A clock tells its own unit, whatever that of the column is. */
static void test_clock_lengths(void **state)
{
    (void)state;
    static const char *const names[] = {"minutes", "duration (seconds)", "session_hours"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "customer,date,%s\na,2024-01-05,00:05:30\nb,2024-01-05,05:30\nc,2024-01-05,30:00:00\n", names[i]);
        reading *r = read_text(TSL_INTERACTIONS, text);
        if (!r->table) {
            fail_msg("%s: %s", names[i], r->err.message);
        }
        const tsl_column *minutes = column(r, TSL_ROLE_MINUTES);
        assert_int_equal(minutes->integer[0], 55000);
        assert_true(minutes->integer[1] == TSL_MISSING_INT);
        assert_int_equal(minutes->integer[2], 18000000);
        assert_true(has_line(&r->table->info.notes, ": 2 cells such as 00:05:30 ("));
        assert_true(has_line(&r->table->info.notes, ":2) are read as hours, minutes and seconds"));
        assert_true(has_line(&r->table->info.notes, "\"05:30\""));
        free_reading(r);
    }
}

/* Any number of threads, rows by customer or not: the same is left out. */
static void test_where_by_threads(void **state)
{
    (void)state;
    FILE *file = fopen(path_of("many.csv"), "wb");
    assert_non_null(file);
    fputs("customer,date,amount,status\n", file);
    for (int i = 0; i < 60000; i++) {
        fprintf(file, "c%d,2024-01-%02d,%d,%s\n", i % 999, 1 + i % 28, i, i % 7 ? "ok" : i % 2 ? "off" : "bad");
    }
    fclose(file);
    for (int threads = 1; threads <= 3; threads++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, path_of("many.csv"));
            r->opt.where = "status = 'ok' or amount = 0";
            r->opt.by_customer = by_customer;
            r->exec.threads = threads;
            assert_int_equal(run(r), TSL_OK);
            assert_int_equal(r->table->rows, 51428 + 1);
            free_reading(r);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_where_notes_bad_cells),
        cmocka_unit_test(test_where_comes_first),
        cmocka_unit_test(test_where_is_remembered),
        cmocka_unit_test(test_where_errors),
        cmocka_unit_test(test_open_dates_in_conditions),
        cmocka_unit_test(test_zones_and_numbers_in_conditions),
        cmocka_unit_test(test_typed_amounts),
        cmocka_unit_test(test_event_columns),
        cmocka_unit_test(test_event_column_errors),
        cmocka_unit_test(test_clock_lengths),
        cmocka_unit_test(test_where_by_threads),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
