/* test_finish_ids.c: one customer in several spellings, rows of no customer; the same however rows are kept. */
#include "base/text.h"
#include "help.h"
#include "nightly.h"

typedef struct asked {
    int by_customer, threads, normalise;
} asked;

static reading *read_events(const char *text, const reading *known, asked how)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", text));
    r->known = known ? known->table : NULL;
    r->opt.by_customer = how.by_customer;
    r->opt.max_rejects = .5;
    r->opt.id_normalise = how.normalise;
    r->exec.threads = how.threads;
    assert_int_equal(run(r), TSL_OK);
    return r;
}

/* The finding's examples: their lines and cells. lines: 0 behind the last; texts: NULL for none. */
static void check_examples(const reading *r, tsl_finding_kind kind, const uint64_t lines[3], const char *const texts[3])
{
    const tsl_table_finding *f = NULL;
    for (size_t i = 0; (f = tsl_table_get_finding(r->table, i)) && f->kind != kind; i++) {
    }
    assert_non_null(f);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(f->example_count > i, lines[i] || texts[i]);
        if (i < f->example_count) {
            assert_int_equal(f->example[i].line, lines[i]);
            assert_int_equal(f->example[i].file != NULL, lines[i] != 0);
            if (texts[i]) {
                assert_string_equal(f->example[i].text, texts[i]);
            } else {
                assert_null(f->example[i].text);
            }
        }
    }
}

static const asked ways[] = {{0, 1, 0}, {1, 1, 0}, {1, 3, 0}, {0, 2, 0}};
#define WAYS (sizeof ways / sizeof *ways)

static void test_spellings(void **state)
{
    (void)state;
    static const char rows[] = "customer,date,amount\n17850,2024-01-01,1\n17850.0,2024-01-02,2\nab1,2024-01-03,2\n"
                               "AB1,2024-01-03,2\nＡＢ１,2024-01-04,5\n\"A B1\",2024-01-04,5\nx,2024-01-04,5\n";
    for (size_t w = 0; w < WAYS; w++) {
        reading *r = read_events(rows, NULL, ways[w]);
        assert_true(has_line(&r->table->info.notes, "customer: 2 ids stand in several spellings"));
        assert_true(has_line(&r->table->info.notes, "\"17850\" (" /* and its place */));
        assert_true(has_line(&r->table->info.notes, "t.csv:3)"));
        assert_true(has_line(&r->table->info.notes, "they differ by a trailing .0, the case of letters, the width of "
                                                    "characters, spaces; --id-normalise joins them"));
        const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
        assert_int_equal(f->kind, TSL_FINDING_ID_SPELLINGS);
        assert_int_equal(f->example_count, 3);
        for (size_t i = 0; i < 3; i++) {
            assert_true(f->example[i].line > 1 && f->example[i].file && f->example[i].text);
        }
        free_reading(r);
    }
    reading *r = read_events("customer,date,amount\n1,2024-01-01,1\n10,2024-01-02,2\nA,2024-01-02,2\n", NULL, ways[1]);
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
}

/* The customers say C001, the orders c001. */
static void test_beside_customers(void **state)
{
    (void)state;
    reading *known = new_reading(TSL_CUSTOMERS);
    add_file(known, write_text("c.csv", "id,age\nC001,30\nC002,40\n0042,50\n"));
    assert_int_equal(run(known), TSL_OK);
    assert_int_equal(known->table->info.notes.count, 0);
    for (size_t w = 0; w < WAYS; w++) {
        reading *r = read_events("customer,date,amount\nc001,2024-01-01,1\nC002,2024-01-02,2\n42,2024-01-02,2\n", known,
                                 ways[w]);
        assert_true(has_line(&r->table->info.notes, "\"C001\" (the customers) and \"c001\" ("));
        assert_true(has_line(&r->table->info.notes, "1 id stands with and without leading zeros: \"0042\""));
        free_reading(r);
    }
    free_reading(known);
}

/* Those that are joined with a customer of the customers table alone are told as well; where none are, nothing is. */
static void test_joined_with_customers(void **state)
{
    (void)state;
    reading *known = new_reading(TSL_CUSTOMERS);
    add_file(known, write_text("c.csv", "id,age\nC001,30\nC002,40\nc3,50\n"));
    known->opt.id_normalise = 1;
    assert_int_equal(run(known), TSL_OK);
    assert_int_equal(known->table->info.notes.count, 0);
    for (size_t w = 0; w < WAYS; w++) {
        asked how = ways[w];
        how.normalise = 1;
        reading *r = read_events("customer,date,amount\nC002,2024-01-01,1\nc002,2024-01-02,2\n"
                                 "c3,2024-01-02,2\nc001,2024-01-02,2\n",
                                 known, how);
        assert_true(has_line(&r->table->info.notes, "customer: 2 ids stand in several spellings, which --id-normalise "
                                                    "joins, such as \"c001\" and \"C001\""));
        free_reading(r);
        r = read_events("customer,date,amount\nC002,2024-01-01,1\nC001,2024-01-01,1\nc3,2024-01-02,2\n", known, how);
        assert_false(has_line(&r->table->info.notes, "spellings"));
        free_reading(r);
    }
    free_reading(known);
}

/* With the ids normalised there is one customer, in all ways of keeping rows. */
static void test_joined(void **state)
{
    (void)state;
    static const char rows[] = "customer,date,amount\nab1,2024-01-03,2\nAB1,2024-01-03,2\nＡＢ１,2024-01-04,5\nb2.0,"
                               "2024-01-04,1\n007.0,2024-01-04,1\n7,2024-01-04,1\n";
    for (size_t w = 0; w < WAYS; w++) {
        asked how = ways[w];
        how.normalise = 1;
        reading *r = read_events(rows, NULL, how);
        assert_true(has_line(&r->table->info.notes, "customer: 1 id stands in several spellings, which --id-normalise "
                                                    "joins, such as \"AB1\" and \"ＡＢ１\""));
        assert_true(has_line(&r->table->info.notes, "leading zeros")); /* named, not joined */
        assert_non_null(strstr(tsl_table_get_reading(r->table), "\"id_normalise\":true"));
        assert_string_equal(tsl__shown_ids_get(&r->table->shown_ids, "AB1"), "AB1");
        assert_string_equal(tsl__shown_ids_get(&r->table->shown_ids, "B2.0"), "b2.0");
        if (!how.by_customer) {
            assert_int_equal(r->table->column[0].dict_count, 4);
        }
        free_reading(r);
    }
}

/* Lines of 120 customers, and so many of one more. */
static char *write_lines(const char *id, int lines)
{
    tsl__text text = {0};
    tsl__text_puts(&text, "customer,date,amount,number\n");
    for (int i = 0; i < 120; i++) {
        tsl__text_printf(&text, "c%03d,2024-01-%02d,3,%d\n", i, 1 + i % 28, i);
    }
    for (int i = 0; i < lines; i++) {
        tsl__text_printf(&text, "%s,2024-02-%02d,1,%d\n", id, 1 + i % 28, i);
    }
    return tsl__text_take(&text);
}

static void test_nobody(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int lines;
        const char *note; /* NULL: none */
    } cases[] = {
        {"散客", 2, "\"散客\" is hardly one customer, by its name: 2 of 122 lines (1.6 %) and 0.6 % of the money"},
        {"it''s", 120, "over a hundred times those of most: 120 of 240 lines (50 %) and 25 % of the money"},
        {"it''s", 99, "over ten times those of all but a few: 99 of 219 lines (45.2 %)"},
        {"it''s", 10, NULL},
        {"0", 20, "\"0\" is hardly one customer, as it stands where there is none"},
        {"0", 2, NULL},
        {"0.0", 20, "\"0.0\" is hardly one customer, as it stands where there is none"},
        {"0.0", 2, NULL},
        {"-", 2, "\"-\" is hardly one customer, by its name: 2 of 122 lines"},
        {"(null)", 2, "\"(null)\" is hardly one customer, by its name: 2 of 122 lines"},
        {"#REF!", 2, "\"#REF!\" is hardly one customer, by its name: 2 of 122 lines"},
        {"deleted", 20, "\"deleted\" is hardly one customer, as it stands where there is none"},
        {"deleted", 2, NULL},
        {"test01", 2, "1 id looks like an account to try with, such as \"test01\": 2 of 122 lines (1.6 %)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = write_lines(cases[i].id, cases[i].lines);
        for (size_t w = 0; w < WAYS; w++) {
            reading *r = read_events(text, NULL, ways[w]);
            assert_int_equal(r->table->info.notes.count, cases[i].note != NULL);
            if (cases[i].note) {
                assert_true(has_line(&r->table->info.notes, cases[i].note));
                assert_true(has_line(&r->table->info.notes, "; --where \"customer != '"));
            }
            free_reading(r);
        }
        free(text);
    }
}

/* What is found has its first examples, however rows are kept. */
static void test_examples(void **state)
{
    (void)state;
    reading *known = new_reading(TSL_CUSTOMERS);
    add_file(known, write_text("c.csv", "customer,age\n007,30\nb,40\n"));
    assert_int_equal(run(known), TSL_OK);
    for (size_t w = 0; w < WAYS; w++) {
        reading *r = read_events("customer,date,amount,quantity\n007,2024-01-01,1,1\n7,2024-01-02,2.00001,1\n"
                                 "b,2024-01-03,2.12345,x\nz3,2024-01-03,2,1\nz2,2024-01-03,2,y\nz1,2024-01-03,2,1\n",
                                 known, ways[w]);
        check_examples(r, TSL_FINDING_LOST_ZEROS, (uint64_t[]){2, 3, 0}, (const char *[]){"007", "7", NULL});
        check_examples(r, TSL_FINDING_ORPHANS, (uint64_t[]){0, 0, 0}, (const char *[]){"7", "z1", "z2"});
        check_examples(r, TSL_FINDING_ROUNDED_AMOUNTS, (uint64_t[]){3, 0, 0}, (const char *[]){NULL, NULL, NULL});
        check_examples(r, TSL_FINDING_UNFIT_CELLS, (uint64_t[]){4, 0, 0}, (const char *[]){"x", NULL, NULL});
        free_reading(r);
    }
    free_reading(known);
}

/* A row of totals is out where its amount is the sum of the others; else it is said. */
static void test_totals(void **state)
{
    (void)state;
    static const char lines[] = "customer,date,amount\na,2024-01-01,1.5\nb,2024-01-02,2\na,2024-01-05,4\n";
    for (size_t w = 0; w < WAYS; w++) {
        char text[300];
        snprintf(text, sizeof text, "%s合计,2024-03-01,7.5\n", lines);
        reading *r = read_events(text, NULL, ways[w]);
        assert_int_equal(r->table->rows, 3);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
        assert_int_equal(r->reject[0].line, 5);
        char day[11];
        tsl_day_write((int32_t)(r->table->info.last_time / 86400), day);
        assert_string_equal(day, "2024-01-05");
        free_reading(r);
        snprintf(text, sizeof text, "%s合计,2024-03-01,7\n", lines);
        r = read_events(text, NULL, ways[w]);
        assert_int_equal(r->table->rows, 4);
        assert_true(has_line(&r->table->info.notes, "a row of totals, by its name"));
        free_reading(r);
        snprintf(text, sizeof text, "%sTotal,,7.5\n,Grand total,9\nx,Total,9\n", lines);
        r = read_events(text, NULL, ways[w]);
        assert_int_equal(r->table->rows, 3);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 2);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_BAD_CELL), 1);
        assert_true(has_line(&r->table->info.notes, "2 rows are left out, being rows of totals: the first is "));
        free_reading(r);
    }
}

/* An average is no customer, and several rows of one id are told as subtotals where they sum up all others. */
static void test_averages(void **state)
{
    (void)state;
    static const char lines[] = "customer,date,amount\na,2024-01-01,1.5\nb,2024-01-02,2\n小计,2024-01-02,3.5\n"
                                "a,2024-01-05,4\n";
    for (size_t w = 0; w < WAYS; w++) {
        char text[300];
        snprintf(text, sizeof text, "%s小计,2024-01-05,4\n平均,2024-01-05,0\n", lines);
        reading *r = read_events(text, NULL, ways[w]);
        assert_true(has_line(&r->table->info.notes,
                             "\"平均\" is hardly one customer, but an average of other rows, by its "
                             "name: 1 of 6 lines (16.7 %)"));
        assert_true(has_line(&r->table->info.notes,
                             "\"小计\" is hardly one customer, but rows of subtotals, which are the "
                             "sum of all others: 2 of 6 lines"));
        assert_true(has_line(&r->table->info.notes, "--where \"customer != '小计' and customer != '平均'\""));
        free_reading(r);
        snprintf(text, sizeof text, "%s小计,2024-01-05,4\n合计,2024-01-05,7.5\n", lines); /* of both each is */
        r = read_events(text, NULL, ways[w]);
        assert_true(
            has_line(&r->table->info.notes, "\"小计\" is hardly one customer, but rows of subtotals, which are"));
        assert_true(has_line(&r->table->info.notes,
                             "\"合计\" is hardly one customer, but a row of totals, which is the "
                             "sum of all others: 1 of 6 lines"));
        assert_int_equal(r->table->rows, 6);
        free_reading(r);
        snprintf(text, sizeof text, "%s小计,2024-01-05,5\n", lines);
        r = read_events(text, NULL, ways[w]);
        assert_true(has_line(&r->table->info.notes, "but a row of totals, by its name: 2 of 5 lines"));
        free_reading(r);
    }
}

/* 60 lines of 12 customers, a row of an id behind each `every` of them that sums them up, and one behind all of another
 * id; an id that is NULL has no row. off: what the last of them are wrong by, in cents. */
static char *write_sums(const char *each, int every, const char *all, int off)
{
    tsl__text text = {0};
    int sum = 0, since = 0;
    tsl__text_puts(&text, "customer,date,amount\n");
    for (int i = 0; i < 60; i++) {
        const int cents = 1003 + i * 7919 % 90001;
        tsl__text_printf(&text, "C%03d,2024-01-%02d,%d.%02d\n", i % 12, 1 + i / 2, cents / 100, cents % 100);
        sum += cents;
        since += cents;
        if (each && (i + 1) % every == 0) {
            since += i == 59 && !all ? off : 0;
            tsl__text_printf(&text, "%s,2024-01-%02d,%d.%02d\n", each, 1 + i / 2, since / 100, since % 100);
            since = 0;
        }
    }
    if (all) {
        tsl__text_printf(&text, "%s,2024-06-26 10:00,%d.%02d\n", all, (sum + off) / 100, (sum + off) % 100);
    }
    assert_false(text.failed);
    return text.data;
}

/* A row of totals needs no word where the amounts prove it, whatever it is called and wherever it stands. */
static void test_proven_totals(void **state)
{
    (void)state;
    static const char *const ids[] = {"ZZZ",     "C999", "Grand Totals", "Totale", "合计：60笔", "Total for January",
                                      "Q1 total"};
    for (size_t w = 0; w < WAYS; w++) {
        for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
            char *text = write_sums(NULL, 1, ids[i], 0);
            reading *r = read_events(text, NULL, ways[w]);
            assert_int_equal(r->table->rows, 60);
            assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
            assert_int_equal(r->reject[0].line, 62);
            assert_true(has_line(&r->table->info.notes, "is no customer: the amount of its row ("));
            assert_true(r->table->info.last_time < INT64_C(1706832000)); /* 2 February 2024: that of the row is gone */
            free_reading(r);
            free(text);
            text = write_sums(NULL, 1, ids[i], 1); /* a cent off */
            r = read_events(text, NULL, ways[w]);
            assert_int_equal(r->table->rows, 61);
            assert_int_equal(has_line(&r->table->info.notes, "but a row of totals, by its name"), i > 1);
            free_reading(r);
            free(text);
        }
    }
}

/* Subtotals under one id are told with what leaves them out, and so are those of two levels. */
static void test_proven_subtotals(void **state)
{
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        char *text = write_sums("Block", 10, NULL, 0);
        reading *r = read_events(text, NULL, ways[w]);
        assert_int_equal(r->table->rows, 66);
        assert_true(has_line(&r->table->info.notes,
                             "\"Block\" is hardly one customer, but rows of subtotals, which are "
                             "the sum of all others: 6 of 66 lines (9.1 %) and 50 % of the "
                             "money, the first in "));
        assert_true(has_line(&r->table->info.notes, "--where \"customer != 'Block'\" leaves them out"));
        free_reading(r);
        free(text);
        text = write_sums("Block", 10, NULL, 1);
        r = read_events(text, NULL, ways[w]);
        assert_false(has_line(&r->table->info.notes, "hardly"));
        free_reading(r);
        free(text);
        text = write_sums("Block", 10, "ZZZ", 0);
        r = read_events(text, NULL, ways[w]);
        assert_true(has_line(&r->table->info.notes, "\"Block\" is hardly one customer, but rows of subtotals"));
        assert_true(has_line(&r->table->info.notes, "\"ZZZ\" is hardly one customer, but a row of totals, which is"));
        free_reading(r);
        free(text);
    }
}

/* A customer who spent as much as all others together is one where that may be chance, or where another one did. */
static void test_no_totals(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "a,2024-01-01,100\nb,2024-01-02,50\nc,2024-01-02,30\nd,2024-01-03,20\n",           /* few steps of 10 */
        "a,2024-01-01,1234.56\nb,2024-01-02,1000\nb,2024-01-03,200\nb,2024-01-04,34.56\n", /* two customers */
        "a,2024-01-01,1234.56\nb,2024-01-02,1234.56\nc,2024-01-03,5.11\nd,2024-01-04,-5.11\n",
        "a,2024-01-01,1234.56\nb,2024-01-02,-1234.56\nc,2024-01-03,5.11\nd,2024-01-04,-5.11\n",
        "a,2024-01-01,0\nb,2024-01-02,0\nc,2024-01-03,0\nd,2024-01-04,0\n"};
    for (size_t w = 0; w < WAYS; w++) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            char text[300];
            snprintf(text, sizeof text, "customer,date,amount\n%s", rows[i]);
            reading *r = read_events(text, NULL, ways[w]);
            assert_int_equal(r->table->rows, 4);
            assert_false(has_line(&r->table->info.notes, "total"));
            free_reading(r);
        }
    }
}

static void test_descriptions(void **state)
{
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        reading *r = read_events("customer,date,amount\n会员,下单日期,金额（元）\na,2024-01-01,1\nb,2024-01-02,2\n",
                                 NULL, ways[w]);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_DESCRIPTION), 1);
        assert_int_equal(r->table->rows, 2);
        assert_int_equal(r->reject[0].line, 2);
        free_reading(r);
    }
    reading *r = new_reading(TSL_TRANSACTIONS); /* below, it is a bad row like others */
    add_file(r, write_text("t.csv", "customer,date,amount\na,2024-01-01,1\nb,2024-01-02,2\nwho,when,what\n"));
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_BAD_CELL), 1);
    free_reading(r);
}

/* One id with a large share of the lines, where there are many others and none near it. */
static void test_tills(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int lines, others, each, is_told;
    } cases[] = {
        {"POS01", 300, 200, 3, 1}, {"0", 67, 7, 19, 1},     {"C9999X", 67, 7, 19, 0},
        {"POS01", 30, 200, 3, 0},  {"POS01", 90, 12, 3, 0}, {"0", 12, 40, 4, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,date,amount\n");
        for (int k = 0; k < cases[i].lines; k++) {
            tsl__text_printf(&text, "%s,2024-01-%02d,%d\n", cases[i].id, 1 + k % 28, 1000 + k);
        }
        for (int k = 0; k < cases[i].others * cases[i].each; k++) {
            tsl__text_printf(&text, "c%d,2024-02-%02d,%d\n", k % cases[i].others, 1 + k % 28, k + 1);
        }
        for (size_t w = 0; w < WAYS; w++) {
            reading *r = read_events(text.data, NULL, ways[w]);
            assert_int_equal(has_line(&r->table->info.notes, "is hardly one customer"), cases[i].is_told);
            free_reading(r);
        }
        tsl__text_free(&text);
    }
}

/* Files that were put behind each other: the header of the second is no row. */
static void test_header_again(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "customer_id,age,city\nc1,30,x\nc2,40,y\ncustomer_id,age,city\nc3,50,x\n"
                                    "c4,60,city\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 4);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_DESCRIPTION), 1);
    assert_int_equal(r->reject[0].line, 4);
    assert_string_equal(r->reject[0].message, "the header once more");
    assert_int_equal(r->table->column[1].type, TSL_TYPE_NUMBER);
    assert_true(has_line(&r->table->info.notes, "c.csv:4"));
    free_reading(r);
    for (size_t w = 0; w < WAYS; w++) {
        r = read_events("customer,date,amount\na,2024-01-01,1\ncustomer,date,amount\nb,2024-01-02,2\n", NULL, ways[w]);
        assert_int_equal(r->table->rows, 2);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_DESCRIPTION), 1);
        free_reading(r);
    }
}

static void test_customers(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "id,age,city,spent\n编号,年龄,城市,元\na1,30,x,5\na2,40,y,6.5\na3,50,x,7\n"
                                    "合计,,,18.5\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 3);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_DESCRIPTION), 1);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
    assert_int_equal(r->table->column[1].type, TSL_TYPE_NUMBER);
    free_reading(r);
    r = new_reading(TSL_CUSTOMERS); /* an answer among numbers is none of a description */
    add_file(r, write_text("c.csv", "id,age,city\na0,secret,x\na1,30,x\na2,40,y\na3,50,x\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 4);
    free_reading(r);
}

/* Of many rows in many blocks the same is said by any number of threads, and however rows are kept. */
static void test_any_threads(void **state)
{
    (void)state;
    static const char *const spelling[] = {"c%05u", "C%05u", "%05u", "%u", "%u.0", " c%05u\xE2\x80\x8B"};
    tsl__text text = {0};
    uint64_t seed = 3;
    tsl__text_puts(&text, "customer,date,amount,order,quantity,price,status\n");
    for (unsigned i = 0; i < 60000; i++) {
        char id[40];
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        const unsigned who = (unsigned)(seed >> 33) % 9000;
        snprintf(id, sizeof id, spelling[(seed >> 20) % 50 < 6 ? (seed >> 20) % 50 : 1], who);
        tsl__text_printf(&text, "%s,2024-01-%02u,%u,o%u,2,%u,%s\n", who % 40 ? id : "guest", 1 + i % 28,
                         2 + who % 7 * 2, i / 3, 1 + who % 7 + (i % 900 == 5), i % 70 ? "paid" : "refunded");
    }
    reading *expected = read_events(text.data, NULL, ways[1]);
    const tsl_notes *notes = &expected->table->info.notes;
    assert_true(has_line(notes, "in several spellings") && has_line(notes, "leading zeros") &&
                has_line(notes, "guest") && has_line(notes, "refunded") &&
                has_line(notes, "not the quantity times the price"));
    for (size_t w = 0; w < WAYS; w++) {
        reading *r = read_events(text.data, NULL, ways[w]);
        for (size_t i = 0; i < notes->count && ways[w].by_customer; i++) {
            assert_string_equal(r->table->info.notes.text[i], notes->text[i]);
        }
        assert_int_equal(r->table->info.notes.count, notes->count);
        assert_string_equal(r->table->info.notes.text[0], notes->text[0]);
        free_reading(r);
    }
    free_reading(expected);
    tsl__text_free(&text);
}

/* The digits of such ids are lost, however they are written. */
static void test_rounded(void **state)
{
    (void)state;
    static const char rows[] = "customer,date,amount,order,product\n1.38E+11,2024-01-01,1,a,p\n"
                               "\"1,38E+11\",2024-01-01,1,a,p\n1E+11,2024-01-02,2,a,p\n1.38E11,2024-01-02,2,a,p\n"
                               "5,2024-01-02,2,6.2E+18,6.92E+12\n6,2024-01-02,2,a,p\n";
    for (size_t w = 0; w < WAYS; w++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", rows));
        r->opt.max_rejects = 1;
        r->opt.by_customer = ways[w].by_customer;
        r->exec.threads = ways[w].threads;
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, 2);
        assert_int_equal(r->rejects, 4);
        for (int i = 0; i < 4; i++) {
            assert_non_null(strstr(r->reject[i].message, "scientific notation"));
            assert_int_equal(r->reject[i].line, 2 + i);
        }
        assert_true(has_line(&r->table->info.notes, "\"6.2E+18\" is in scientific notation"));
        assert_true(has_line(&r->table->info.notes, "\"6.92E+12\" is in scientific notation"));
        free_reading(r);
    }
}

/* What may be a code is one among others. */
static void test_codes(void **state)
{
    (void)state;
    static const struct {
        const char *rows;
        int good;
    } cases[] = {
        {"12A5,2024-01-01,1\n12E5,2024-01-02,2\n3E10,2024-01-02,2\n7b1,2024-01-02,2\n", 1},
        {"C001,2024-01-01,1\n12E5,2024-01-02,2\n", 1},
        {"138001,2024-01-01,1\n1E11,2024-01-02,2\n138002,2024-01-02,2\n", 0},
        {"guest,2024-01-01,1\n1E11,2024-01-02,2\n138002,2024-01-02,2\n", 0},
        {"test01,2024-01-01,1\n1E11,2024-01-02,2\n2e11,2024-01-02,2\n138002,2024-01-02,2\n", 0},
        {"1E5,2024-01-01,1\n2E5,2024-01-02,2\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t w = 0; w < WAYS; w++) {
            char text[300];
            snprintf(text, sizeof text, "customer,date,amount\n%s", cases[i].rows);
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("t.csv", text));
            r->opt.by_customer = ways[w].by_customer;
            r->exec.threads = ways[w].threads;
            assert_int_equal(run(r), cases[i].good ? TSL_OK : TSL_E_INPUT);
            assert_true(cases[i].good || (strstr(r->err.message, "is a number in scientific notation") &&
                                          strstr(r->err.message, "t.csv:")));
            free_reading(r);
        }
    }
}

/* Of so many rows, kept by customer, that the ids of some shards alone are looked at, a row of totals is found wherever
 * it stands, and so is a rounded id. */
static void test_many_rows(void **state)
{
    (void)state;
    static const char *const words[] = {"50009", "Total", "合计", "Grand total", "SUMME"};
    const int rows = (4 << 20) + 1; /* FEW_ROWS of id_list.c */
    tsl__text text = {0};
    for (size_t i = 0; i < some_or_all(1, sizeof words / sizeof *words); i++) {
        text.length = 0;
        tsl__text_puts(&text, "customer,date,amount\n");
        for (int k = 0; k < rows; k++) {
            tsl__text_printf(&text, "%d,2024-01-01,1\n", k % 50000);
        }
        tsl__text_printf(&text, "%s,2024-01-02,%d\n", words[i], rows);
        reading *r = read_events(text.data, NULL, ways[2]);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_TOTAL), 1);
        assert_int_equal(r->table->rows, rows);
        free_reading(r);
    }
    tsl__text_puts(&text, "7E5,2024-01-02,1\n");
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", text.data));
    r->opt.by_customer = 1;
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "\"7E5\" is a number in scientific notation"));
    free_reading(r);
    tsl__text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings),     cmocka_unit_test(test_beside_customers),
        cmocka_unit_test(test_joined),        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_totals),        cmocka_unit_test(test_averages),
        cmocka_unit_test(test_proven_totals), cmocka_unit_test(test_proven_subtotals),
        cmocka_unit_test(test_no_totals),     cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_header_again),  cmocka_unit_test(test_tills),
        cmocka_unit_test(test_customers),     cmocka_unit_test(test_any_threads),
        cmocka_unit_test(test_rounded),       cmocka_unit_test(test_joined_with_customers),
        cmocka_unit_test(test_codes),         cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_examples),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
