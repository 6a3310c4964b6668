/* test_table_findings.c: what is amiss has a kind, a count and first examples, and the gate refuses a table for it. */
#include "help.h"

static const tsl_table_finding *find(const tsl_table *table, tsl_finding_kind kind)
{
    const tsl_table_finding *f = NULL;
    for (size_t i = 0; (f = tsl_table_get_finding(table, i)) && f->kind != kind; i++) {
    }
    return f;
}

static const char rows[] = "customer,date,amount\n"
                           "a,2024-01-05,10\n"
                           ",2024-01-06,20\n"
                           "b,2024-01-07,x\n"
                           "b,2024-01-08,y\n"
                           "b,1999-01-08,7\n"
                           "b,2024-01-09,z\n"
                           "c,2024-01-10,w\n"
                           "c,2024-01-11,1\n"
                           "a,2024-01-11,2\n"
                           "a,2024-01-12,3\n"
                           "a,2024-01-13,3\n"
                           "a,2024-01-14,3\n"
                           "a,2024-01-15,3\n"
                           "a,2024-01-16,3\n"
                           "a,2024-01-17,3\n";

static reading *read_rows(const tsl_gate *gates, size_t count, int threads, int by_customer, tsl_status expected)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", rows));
    r->opt.max_rejects = 1;
    r->opt.gates = gates;
    r->opt.gate_count = count;
    r->opt.by_customer = by_customer;
    r->exec.threads = threads;
    assert_int_equal(run(r), expected);
    return r;
}

static void finds_with_counts_and_places(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        reading *r = read_rows(NULL, 0, threads, threads == 2, TSL_OK);
        const tsl_table_finding *f = find(r->table, TSL_FINDING_REJECTED_BAD_CELL);
        assert_non_null(f);
        assert_int_equal(f->count, 4);
        assert_int_equal(f->gate, TSL_GATE_NOTE);
        assert_int_equal(f->example_count, 3); /* the first ones, in the order of the file */
        assert_int_equal(f->example[0].line, 4);
        assert_int_equal(f->example[1].line, 5);
        assert_int_equal(f->example[2].line, 7);
        assert_string_equal(f->example[0].text, "x");
        assert_string_equal(f->example[0].column, "amount");
        assert_string_equal(f->example[0].file, path_of("t.csv"));
        f = find(r->table, TSL_FINDING_REJECTED_NO_CUSTOMER);
        assert_int_equal(f->count, 1);
        assert_int_equal(f->example_count, 1);
        assert_int_equal(f->example[0].line, 3);
        f = find(r->table, TSL_FINDING_EARLY_DATES);
        assert_non_null(f);
        assert_int_equal(f->count, 1);
        assert_int_equal(f->example[0].line, 6);
        assert_true(has_line(&r->table->info.notes, f->message)); /* a finding is a note as well */
        assert_null(find(r->table, TSL_FINDING_ORPHANS));
        free_reading(r);
    }
}

static void gates_decide(void **state)
{
    (void)state;
    const tsl_gate gates[] = {{TSL_FINDING_EARLY_DATES, TSL_GATE_REFUSE}, {TSL_FINDING_EARLY_DATES, TSL_GATE_IGNORE}};
    reading *r = read_rows(gates, 1, 1, 0, TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "transactions: early_dates (1): "));
    assert_non_null(strstr(r->err.message, "t.csv:6"));
    assert_non_null(strstr(r->err.message, "gate: early_dates: refuse"));
    free_reading(r);
    r = read_rows(gates, 2, 1, 0, TSL_OK); /* of two the later */
    assert_int_equal(find(r->table, TSL_FINDING_EARLY_DATES)->gate, TSL_GATE_IGNORE);
    assert_false(has_line(&r->table->info.notes, "before all others"));
    free_reading(r);
    const tsl_gate of_rejects = {TSL_FINDING_REJECTED_NO_CUSTOMER, TSL_GATE_REFUSE};
    r = read_rows(&of_rejects, 1, 1, 1, TSL_E_INPUT);
    free_reading(r);
    const tsl_gate of_others = {TSL_FINDING_ORPHANS, TSL_GATE_REFUSE}; /* not seen here */
    r = read_rows(&of_others, 1, 1, 1, TSL_OK);
    free_reading(r);
}

static void gates_are_checked(void **state)
{
    (void)state;
    const tsl_gate bad[] = {{TSL_FINDING_NONE, TSL_GATE_NOTE},
                            {TSL_FINDING_KINDS, TSL_GATE_NOTE},
                            {TSL_FINDING_ORPHANS, (tsl_gate_action)7},
                            {TSL_FINDING_MIXED_CURRENCIES, TSL_GATE_NOTE}};
    tsl_table_options opt;
    tsl_error err;
    TSL_DEFAULTS(table, &opt);
    opt.gate_count = 1;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        opt.gates = &bad[i];
        assert_int_equal(tsl_table_check(&opt, &err), TSL_E_OPTION);
    }
    opt.gates = NULL;
    assert_int_equal(tsl_table_check(&opt, &err), TSL_E_OPTION);
}

static void kinds_have_names(void **state)
{
    (void)state;
    for (int k = TSL_FINDING_NONE + 1; k < TSL_FINDING_KINDS; k++) {
        const char *name = tsl_finding_kind_get_name((tsl_finding_kind)k);
        tsl_finding_kind back = TSL_FINDING_NONE;
        tsl_error err;
        assert_non_null(name);
        assert_int_equal(tsl_finding_kind_read(name, &back, &err), TSL_OK);
        assert_int_equal(back, k);
        assert_true(strlen(tsl_finding_kind_get_meaning((tsl_finding_kind)k)) > 10);
    }
    tsl_finding_kind kind;
    tsl_error err;
    assert_int_equal(tsl_finding_kind_read("rejected-bad-cell", &kind, &err), TSL_OK);
    assert_int_equal(kind, TSL_FINDING_REJECTED_BAD_CELL);
    assert_int_equal(tsl_finding_kind_read("orphan", &kind, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "did you mean orphans?"));
    assert_int_equal(tsl_finding_kind_read("", &kind, &err), TSL_E_OPTION);
    assert_int_equal(tsl_finding_kind_read("orphans_", &kind, &err), TSL_E_OPTION);
    assert_string_equal(tsl_finding_kind_get_name(TSL_FINDING_KINDS), "?");
    assert_string_equal(tsl_severity_get_name(tsl_finding_kind_get_severity(TSL_FINDING_REFUSED)), "error");
    assert_string_equal(tsl_severity_get_name((tsl_severity)9), "?");
    assert_string_equal(tsl_gate_action_get_name((tsl_gate_action)9), "?");
}

static void finds_orphans_and_quotes(void **state)
{
    (void)state;
    reading *known = new_reading(TSL_CUSTOMERS), *r = new_reading(TSL_TRANSACTIONS);
    add_file(known, write_text("c.csv", "customer,age\na,30\nb,40\n"));
    assert_int_equal(run(known), TSL_OK);
    add_file(r, write_text("q.csv", "customer,date,amount,comment\n"
                                    "a,2024-01-05,1,x\n"
                                    "y,2024-01-05,1,\"open\n"
                                    "b,2024-01-06,2,y\n"
                                    "z,2024-01-07,3,close\"\n"
                                    "a,2024-01-08,4,x\n"));
    r->known = known->table;
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    const tsl_table_finding *f = find(r->table, TSL_FINDING_STRAY_QUOTE);
    assert_non_null(f);
    assert_int_equal(f->count, 1);
    assert_int_equal(f->example[0].line, 3);
    f = find(r->table, TSL_FINDING_ORPHANS);
    assert_non_null(f);
    assert_int_equal(f->count, 1);
    assert_string_equal(f->example[0].text, "z");
    free_reading(r);
    free_reading(known);
}

/* A quote that takes in whole rows is told with the lines; a text of several lines is none of that. */
static void finds_long_records(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t rows;
        uint64_t lines, line;
    } cases[] = {
        {"customer,city,plan\nA1,Bonn,gold\nX1,Berlin,\"gold\nX2,Paris,silver\nX3,Rome,gold\"\nA2,Ulm,red\n", 3, 2, 3},
        {"customer,city\nA1,Ulm\nB1,\"Bern\nB2,Rome\nB3,\"Oslo\"\nA2,Ulm\n", 2, 2, 3},
        {"customer,city\nA1,Ulm\nB1,\"Bern\nB2,Rome\nB3,Oslo\"\nA2,Ulm\n", 3, 2, 3},
        {"customer,city,note\nA1,Ulm,\"Dear Sir,\nI am, as ever, yours\nX\"\nA2,Ulm,\"Main St 1\nBerlin\"\n", 2, 0, 0},
        {"customer,note\nA1,\"Dear Sir,\nyours\"\nA2,x\n", 2, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        add_file(r, write_text("l.csv", cases[i].text));
        r->opt.max_rejects = 1;
        assert_int_equal(run(r), TSL_OK);
        const tsl_table_finding *f = find(r->table, TSL_FINDING_LONG_RECORDS);
        assert_int_equal(r->table->rows, cases[i].rows);
        assert_int_equal(f != NULL, cases[i].lines > 0);
        if (f) {
            assert_int_equal(f->count, cases[i].lines);
            assert_int_equal(f->example[0].line, cases[i].line);
            assert_true(has_line(&r->table->info.notes, "l.csv:3 to 5; mend the quote"));
        }
        free_reading(r);
    }
}

/* A cell of an optional column: the first one's place, however the rows are cut and kept. */
static void finds_unfit_cells(void **state)
{
    (void)state;
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("k1.csv", "customer,date,amount,cost\na,2024-01-05,1,1\n"));
        add_file(r, write_text("k2.csv", "customer,date,amount,cost\nb,2024-01-05,1,1\nb,2024-01-05,1,x\n"
                                         "b,2024-01-05,1,y\n"));
        r->opt.by_customer = by_customer;
        r->exec.threads = 1 + by_customer;
        assert_int_equal(run(r), TSL_OK);
        const tsl_table_finding *f = find(r->table, TSL_FINDING_UNFIT_CELLS);
        assert_non_null(f);
        assert_int_equal(f->count, 2);
        assert_string_equal(f->column, "cost");
        assert_int_equal(f->example[0].line, 3);
        assert_string_equal(f->example[0].file, path_of("k2.csv"));
        free_reading(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_with_counts_and_places),
        cmocka_unit_test(gates_decide),
        cmocka_unit_test(gates_are_checked),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(finds_orphans_and_quotes),
        cmocka_unit_test(finds_long_records),
        cmocka_unit_test(finds_unfit_cells),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
