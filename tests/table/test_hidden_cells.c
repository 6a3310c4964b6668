/* test_hidden_cells.c: what a message says where cells that name people are not to be shown. */
#include "table/hidden_cells.h"

#include "help.h"

#include <stdlib.h>

/* A column that names nobody is "state", with the cells "paid" and "it's off"; "customer" names people. */
static int has_text(const void *user, tsl__span text)
{
    static const char *const open[] = {"customer", "state", "paid", "it''s off"};
    (void)user;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        if (strlen(open[i]) == text.n && memcmp(open[i], text.s, text.n) == 0) {
            return 1;
        }
    }
    return 0;
}

static int has_column(const void *user, const char *name)
{
    (void)user;
    return strcmp(name, "state") == 0;
}

static const tsl__open_texts open_texts = {has_text, has_column, NULL};

static void test_messages(void **state)
{
    (void)state;
    static const struct {
        tsl_finding_kind kind;
        const char *column, *cell, *of, *message, *hidden;
    } cases[] = {
        {TSL_FINDING_ORPHANS, NULL, NULL, NULL, "3 rows are kept", NULL},
        {TSL_FINDING_ID_SPELLINGS, "customer", NULL, NULL, "\"ann\" (a.csv:2) and \"Ann\"",
         "\"...\" (a.csv:2) and \"...\""},
        {TSL_FINDING_ORPHANS, NULL, NULL, NULL, "column \"customer\" has \"x\"", "column \"customer\" has \"...\""},
        {TSL_FINDING_NO_CUSTOMER_IDS, "customer", NULL, NULL, "\"guest\" is nobody", NULL},
        {TSL_FINDING_NO_CUSTOMER_IDS, "customer", NULL, NULL,
         "\"bo\"; --where \"\\\"my customer\\\" != 'bo' and state != 'paid'\" does it",
         "\"...\"; --where \"\\\"my customer\\\" != '...' and state != 'paid'\" does it (tesela check --show-values "
         "shows it)"},
        {TSL_FINDING_UNSOLD_ROWS, "state", NULL, NULL, "\"void\" in 2 rows; --where \"customer != 'bo'\" does",
         "\"void\" in 2 rows; --where \"customer != '...'\" does (tesela check --show-values shows it)"},
        {TSL_FINDING_UNSOLD_ROWS, "state", NULL, NULL, "--where \"state not in ('paid', '')\" does", NULL},
        {TSL_FINDING_DOUBTFUL_DATES, NULL, NULL, NULL, "\"3/4/2020\" may be two days", NULL},
        {TSL_FINDING_REFUSED, NULL, "bo", "customer", "the row of bo is odd", "the row of ... is odd"},
        {TSL_FINDING_ORPHANS, NULL, "2", "customer", "12 rows, 2.5 or so of 2.", "12 rows, 2.5 or so of ...."},
        {TSL_FINDING_REFUSED, NULL, "bo", "customer", "bob's elbow, bo", "bob's elbow, ..."},
        {TSL_FINDING_REFUSED, NULL, "bo", "state", "the row of bo is odd", NULL},
        {TSL_FINDING_REFUSED, NULL, NULL, NULL, "an open \" is copied", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_table_finding f = {.kind = cases[i].kind, .column = cases[i].column, .message = cases[i].message};
        tsl_error err;
        if (cases[i].cell) {
            f.example[f.example_count++] = (tsl_finding_example){.column = cases[i].of, .text = cases[i].cell};
        }
        assert_int_equal(tsl__hidden_cells_put(&f, &open_texts, &err), TSL_OK);
        if (!cases[i].hidden) {
            assert_null(f.hidden);
        } else {
            assert_non_null(f.hidden);
            assert_string_equal(f.hidden, cases[i].hidden);
        }
        free((void *)(uintptr_t)f.hidden);
    }
}

/* ---- By the names of a table's columns alone -------------------------------------------- */

static void test_names(void **state)
{
    (void)state;
    const char *name[] = {"cust", "betrag", "contact name", "member key", "city", "mobile"};
    tsl__plan_input input[6] = {{.lookup = TSL__NONE}};
    tsl__plan_output output[] = {
        {.role = TSL_ROLE_CUSTOMER, .name = (char *)(uintptr_t) "cust", .input = 0},
        {.role = TSL_ROLE_AMOUNT, .name = (char *)(uintptr_t) "betrag", .input = 1},
        {.role = TSL_ROLE_COST, .name = (char *)(uintptr_t) "betrag * 2", .input = TSL__NONE},
        {.role = TSL_ROLE_ORDER, .name = (char *)(uintptr_t) "betrag - 1", .input = TSL__NONE},
    };
    const tsl__plan plan = {.name = name, .input = input, .inputs = 6, .output = output, .outputs = 4};
    static const struct {
        const char *column, *message, *hidden;
    } cases[] = {
        {"cust", "\"ann\"", "\"...\""},
        {"customer", "\"ann\"", "\"...\""},
        {"contact name", "\"ann\"", "\"...\""},
        {"member key", "\"ann\"", "\"...\""},
        {"mobile", "\"555\"", "\"...\""},
        {"elsewhere", "\"ann\"", "\"...\""},
        {NULL, "\"ann\"", "\"...\""},
        {"betrag", "\"5x\"", NULL},
        {"amount", "\"5x\"", NULL},
        {"betrag * 2", "\"5x\"", NULL},
        {"betrag - 1", "\"5x\"", "\"...\""},
        {"order", "\"5x\"", "\"...\""},
        {"city", "\"Ulm\"", NULL},
        {NULL, "is \"cust\" beside \"city\"", NULL},
        {"city", "--where \"city != 'Ulm'\" does",
         "--where \"city != '...'\" does (tesela check --show-values shows it)"},
        {"city", "--where \"coalesce(city, '') not in ('Cancelled', 'unpaid')\" does", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_table_finding f = {.kind = TSL_FINDING_UNFIT_CELLS, .column = cases[i].column, .message = cases[i].message};
        tsl__finding_list list = {.of = &f, .count = 1};
        tsl_error err;
        for (int again = 0; again < 2; again++) { /* it is found anew */
            assert_int_equal(tsl__hidden_cells_fill(&list, &plan, &err), TSL_OK);
            if (cases[i].hidden) {
                assert_non_null(f.hidden);
                assert_string_equal(f.hidden, cases[i].hidden);
            } else {
                assert_null(f.hidden);
            }
        }
        free((void *)(uintptr_t)f.hidden);
    }
}

/* What a table has found says so, whoever reads it. */
static void test_tables(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,time,amount\nanna01,2024-01-05,1\nANNA01,2024-01-06,2\n"
                                             "bert02,2024-01-07,3\nbert02,2024-01-08,x\n");
    const tsl_table_finding *f;
    int spellings = 0;
    for (size_t i = 0; (f = tsl_table_get_finding(r->table, i)); i++) {
        const char *told = f->hidden ? f->hidden : f->message;
        spellings |= f->kind == TSL_FINDING_ID_SPELLINGS;
        assert_null(strstr(told, "nna01"));
        assert_null(strstr(told, "NNA01"));
    }
    assert_true(spellings);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages), cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_tables)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
