/* test_table_profile.c: tables as they stand: all columns of all files, what plays a role, and refusals as findings. */
#include "help.h"

static tsl_table_profile *look(tsl_table_kind kind, const char *const *path, size_t count, const tsl_table_options *opt,
                               const tsl_table *known, int threads)
{
    tsl_source source[4];
    tsl_table_profile *p = NULL;
    tsl_error err = {TSL_OK, ""};
    for (size_t i = 0; i < count; i++) {
        source[i] = source_of(path[i]);
    }
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    if (tsl_table_profile_read(kind, source, count, known, opt, &exec, &p, NULL, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return p;
}

static const tsl_column_profile *column_of(const tsl_table_profile *p, const char *name)
{
    for (size_t i = 0; i < p->column_count; i++) {
        if (strcmp(p->column[i].name, name) == 0) {
            return &p->column[i];
        }
    }
    fail_msg("there is no column %s", name);
    return NULL;
}

static const tsl_table_finding *finding_of(const tsl_table_profile *p, tsl_finding_kind kind)
{
    for (size_t i = 0; i < p->finding_count; i++) {
        if (p->finding[i].kind == kind) {
            return &p->finding[i];
        }
    }
    return NULL;
}

/* Numbers that are dates, as the time of events, are dates in their profile. */
static void measures_dates_of_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *first, *last;
        double low;
    } cases[] = {{"1704067200", "1704240000", 1704067200}, {"45292", "45293.5", 1704067200}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        snprintf(text, sizeof text, "customer,date,amount\na,%s,1\nb,%s,2\nc,%s,2\n", cases[i].first, cases[i].last,
                 cases[i].last);
        const char *const path[] = {write_text("n.csv", text)};
        tsl_table_profile *p =
            look(TSL_TRANSACTIONS, path, 1,
                 &(tsl_table_options){
                     .size = sizeof(tsl_table_options), .header = -1, .as_of = TSL_NO_DAY, .max_rejects = 0.5},
                 NULL, 1);
        const tsl_column_profile *c = column_of(p, "date");
        assert_int_equal(c->misfits, 0);
        assert_int_equal(c->has_range, 1);
        assert_true(c->low == cases[i].low);
        tsl_table_profile_free(p);
    }
}

/* A name that says a role makes none of cells that are not of it: they are measured as what the table has of them. */
static void measures_what_the_table_has(void **state)
{
    (void)state;
    const char *const path[] = {
        write_text("o.csv", "customer,last order,rate\na,45292,1%\nb,45300,2%\nc,45294,4%\nd,45301,4%\n")};
    tsl_table_profile *p = look(TSL_CUSTOMERS, path, 1, NULL, NULL, 1);
    const tsl_column_profile *c = column_of(p, "last order");
    assert_int_equal(c->role, TSL_ROLE_NONE);
    assert_int_equal(c->type, TSL_TYPE_NUMBER);
    assert_true(c->has_range && c->high == 45301);
    tsl_table_profile_free(p);
}

/* What a run notes of how cells are read is among the findings, with the cells of columns that name nobody. */
static void tells_how_cells_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *column, *message;
        tsl_finding_kind kind;
    } cases[] = {
        {"customer,date,amount\na,1704067200,1\nb,1704240000,2\n", "date",
         "numbers are read as seconds since 1970, by the clock of UTC", TSL_FINDING_READ_AS},
        {"customer,date,amount\na,45292,1\nb,45293.5,2\n", "date", "numbers are read as serial numbers",
         TSL_FINDING_READ_AS},
        {"customer,date,amount\na,2024-01-02,1%\nb,2024-01-03,2%\n", "amount",
         "all numbers have a percent sign and are read as hundredths: \"1%\"", TSL_FINDING_READ_AS},
        {"sep=;\ncustomer;date;amount\na;2024-01-02;1\nb;2024-01-03;2\n", NULL,
         "its first line says what divides the fields", TSL_FINDING_READ_AS},
        {"Sales of the year\n\ncustomer,date,amount\na,2024-01-02,1\nb,2024-01-03,2\n", NULL,
         "1 line above the table is passed over: \"Sales of the year\"", TSL_FINDING_LINES_ABOVE},
        {"customer,date,amount,city\na,2024-01-02,1,M\xfcnchen\nb,2024-01-03,2,K\xf6ln\n", NULL,
         "is no UTF-8; it is read as", TSL_FINDING_READ_AS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const path[] = {write_text("n.csv", cases[i].text)};
        tsl_table_profile *p = look(TSL_TRANSACTIONS, path, 1, NULL, NULL, 1);
        const tsl_table_finding *f = finding_of(p, cases[i].kind);
        assert_non_null(f);
        assert_int_equal(tsl_finding_kind_get_severity(f->kind), TSL_SEVERITY_INFO);
        assert_non_null(strstr(f->hidden ? f->hidden : f->message, cases[i].message));
        if (cases[i].column) {
            assert_string_equal(f->column, cases[i].column);
            assert_int_equal(f->count, 2);
            assert_int_equal(f->example[0].line, 2);
        }
        tsl_table_profile_free(p);
    }
}

/* A unit is no one's name, be it the numbers' or the header's. */
static void shows_the_unit_that_it_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tsl_finding_kind kind;
    } cases[] = {{"customer,date,amount\na,2024-01-02,5 kg\nb,2024-01-03,6 kg\n", TSL_FINDING_DOUBTFUL_NUMBERS},
                 {"customer,date,amount (kg)\na,2024-01-02,5\nb,2024-01-03,6\n", TSL_FINDING_DOUBTFUL_NUMBERS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const path[] = {write_text("u.csv", cases[i].text)};
        for (int threads = 1; threads < 4; threads++) {
            tsl_table_profile *p = look(TSL_TRANSACTIONS, path, 1, NULL, NULL, threads);
            const tsl_table_finding *f = finding_of(p, cases[i].kind);
            assert_non_null(f);
            assert_null(f->hidden);
            assert_non_null(strstr(f->message, "in \"kg\", which is not money"));
            tsl_table_profile_free(p);
        }
    }
}

static void looks_at_all_columns_of_all_files(void **state)
{
    (void)state;
    const char *const path[] = {write_text("a.csv", "customer,date,qty,price,colour\n"
                                                    "a,2024-01-05,2,1.5,red\n"
                                                    ",2024-01-06,1,2,red\n"
                                                    "too,few\n"
                                                    "b,2024-01-07,3,1,\n"),
                                write_text("b.csv", "date,Customer,qty,price,extra\n2024-02-01,c,1,10,x\n")};
    for (int threads = 1; threads < 4; threads += 2) {
        tsl_table_profile *p =
            look(TSL_TRANSACTIONS, path, 2,
                 &(tsl_table_options){
                     .size = sizeof(tsl_table_options), .header = -1, .as_of = TSL_NO_DAY, .max_rejects = 0.5},
                 NULL, threads);
        assert_int_equal(p->refused, 0);
        assert_int_equal(p->read, 5);
        assert_int_equal(p->used, 3);
        assert_int_equal(p->rejected, 2);
        assert_int_equal(p->file_count, 2);
        assert_int_equal(p->file[1].rows, 1);
        const tsl_column_profile *c = column_of(p, "colour");
        assert_int_equal(c->role, TSL_ROLE_NONE);
        assert_int_equal(c->rows, 3); /* of the first file alone, but for the line that is short */
        assert_int_equal(c->missing, 1);
        c = column_of(p, "qty");
        assert_int_equal(c->role, TSL_ROLE_QUANTITY);
        assert_true(c->sum == 7);
        c = column_of(p, "customer");
        assert_int_equal(c->role, TSL_ROLE_CUSTOMER);
        assert_int_equal(c->missing, 1);
        assert_int_equal(c->distinct, 3);
        c = column_of(p, "qty * price");
        assert_int_equal(c->role, TSL_ROLE_AMOUNT);
        assert_int_equal(c->derived, 1);
        assert_int_equal(c->rows, 3); /* of the rows that are used */
        assert_true(c->sum == 16);
        assert_int_equal(column_of(p, "extra")->rows, 1);
        assert_int_equal(finding_of(p, TSL_FINDING_REJECTED_RAGGED)->example[0].line, 4);
        assert_non_null(p->reading);
        tsl_table_profile_free(p);
    }
}

static void tells_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tsl_finding_kind kind;
    } cases[] = {
        {"customer,date,amount,currency\na,2024-01-05,1,EUR\nb,2024-01-06,2,USD\n", TSL_FINDING_MIXED_CURRENCIES},
        {"customer,date,amount\na,03/04/2024,1\nb,05/06/2024,2\n", TSL_FINDING_DOUBTFUL_DATES},
        {"customer;date;amount\na;2024-01-05;1.250\nb;2024-01-06;2.500\n", TSL_FINDING_DOUBTFUL_NUMBERS},
        {"customer,colour,amount\na,red,1\nb,blue,2\n", TSL_FINDING_MISSING_ROLE},
        {"customer,date,amount\na,2024-01-05,x\nb,2024-01-06,y\nb,2024-01-06,3\n", TSL_FINDING_TOO_MANY_REJECTS},
        {"customer,date,amount\n,2024-01-05,1\n,2024-01-06,2\n", TSL_FINDING_NO_USABLE_ROW},
        {"customer,date,amount\n", TSL_FINDING_NO_USABLE_ROW},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = write_text("t.csv", cases[i].text);
        tsl_table_profile *p = look(TSL_TRANSACTIONS, &path, 1, NULL, NULL, 1);
        const tsl_table_finding *f = finding_of(p, cases[i].kind);
        if (!f || !p->refused) {
            fail_msg("%zu: %s, refused %d", i, p->finding_count ? p->finding[p->finding_count - 1].message : "",
                     p->refused);
        }
        assert_int_equal(f->gate, TSL_GATE_REFUSE);
        assert_true(strlen(f->message) > 10);
        assert_int_equal(p->used, 0);
        assert_int_equal(p->read, p->used + p->rejected);
        assert_true(p->column_count >= 3);
        assert_null(p->reading);
        tsl_table_profile_free(p);
    }
}

static void tells_gates(void **state)
{
    (void)state;
    const char *path = write_text("t.csv", "customer,date,amount\na,2024-01-05,1\n,2024-01-06,2\n");
    const tsl_gate gate = {TSL_FINDING_REJECTED_NO_CUSTOMER, TSL_GATE_REFUSE};
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.gates = &gate;
    opt.gate_count = 1;
    tsl_table_profile *p = look(TSL_TRANSACTIONS, &path, 1, &opt, NULL, 1);
    assert_int_equal(p->refused, 1);
    assert_int_equal(finding_of(p, TSL_FINDING_REJECTED_NO_CUSTOMER)->gate, TSL_GATE_REFUSE);
    assert_null(finding_of(p, TSL_FINDING_REFUSED)); /* it is told once */
    tsl_table_profile_free(p);
}

static void refuses_what_is_no_table(void **state)
{
    (void)state;
    tsl_table_profile *p;
    tsl_table *table;
    tsl_error err;
    const tsl_source none = {.path = "/nowhere.csv"}, empty = source_of(write_text("empty.csv", "")),
                     standard = {.path = "-"};
    assert_int_equal(tsl_table_profile_read(TSL_TRANSACTIONS, &none, 1, NULL, NULL, NULL, &p, &table, &err),
                     TSL_E_NOT_FOUND);
    assert_null(p);
    assert_null(table);
    assert_int_equal(tsl_table_profile_read(TSL_TRANSACTIONS, &empty, 1, NULL, NULL, NULL, &p, &table, &err),
                     TSL_E_INPUT);
    assert_int_equal(tsl_table_profile_read(TSL_TRANSACTIONS, &standard, 1, NULL, NULL, NULL, &p, &table, &err),
                     TSL_E_OPTION);
    assert_int_equal(tsl_table_profile_read(TSL_TRANSACTIONS, NULL, 0, NULL, NULL, NULL, &p, NULL, &err), TSL_E_OPTION);
    tsl_table_profile_free(NULL);
}

static void gives_the_customers_to_others(void **state)
{
    (void)state;
    const tsl_source customers = source_of(write_text("c.csv", "customer,age,Name\na,30,Ann\nb,40,Bob\n"));
    const char *path = write_text("t.csv", "customer,date,amount\na,2024-01-05,1\nx,2024-01-06,2\n");
    tsl_table_profile *p = NULL;
    tsl_table *known = NULL;
    tsl_error err;
    assert_int_equal(tsl_table_profile_read(TSL_CUSTOMERS, &customers, 1, NULL, NULL, NULL, &p, &known, &err), TSL_OK);
    assert_non_null(known);
    assert_int_equal(column_of(p, "age")->type, TSL_TYPE_NUMBER);
    assert_int_equal(column_of(p, "Name")->personal, 1);
    tsl_table_profile_free(p);
    p = look(TSL_TRANSACTIONS, &path, 1, NULL, known, 1);
    const tsl_table_finding *f = finding_of(p, TSL_FINDING_ORPHANS);
    assert_int_equal(f->count, 1);
    assert_int_equal(f->example_count, 1);
    assert_string_equal(f->example[0].text, "x");
    assert_string_equal(f->example[0].file, path);
    assert_int_equal(f->example[0].line, 3);
    tsl_table_profile_free(p);
    tsl_table_free(known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_dates_of_numbers),
        cmocka_unit_test(measures_what_the_table_has),
        cmocka_unit_test(tells_how_cells_are_read),
        cmocka_unit_test(shows_the_unit_that_it_refuses),
        cmocka_unit_test(looks_at_all_columns_of_all_files),
        cmocka_unit_test(tells_refusals),
        cmocka_unit_test(tells_gates),
        cmocka_unit_test(refuses_what_is_no_table),
        cmocka_unit_test(gives_the_customers_to_others),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
