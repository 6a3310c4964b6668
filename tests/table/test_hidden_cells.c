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
         "\"...\"; --where \"\\\"my customer\\\" != '...' and state != 'paid'\" does it (--show-values shows it)"},
        {TSL_FINDING_UNSOLD_ROWS, "state", NULL, NULL, "\"void\" in 2 rows; --where \"customer != 'bo'\" does",
         "\"void\" in 2 rows; --where \"customer != '...'\" does (--show-values shows it)"},
        {TSL_FINDING_UNSOLD_ROWS, "state", NULL, NULL, "--where \"state not in ('paid', '')\" does", NULL},
        {TSL_FINDING_DOUBTFUL_DATES, NULL, NULL, NULL, "\"3/4/2020\" may be two days", NULL},
        {TSL_FINDING_REFUSED, NULL, "bo", "customer", "the row of bo is odd", "the row of ... is odd"},
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
