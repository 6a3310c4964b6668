/* test_dirty.c: src/synth/dirty.c: what is asked for, and how much of it comes. What a reader makes of it is tried in
 * tests/cli/test_dirty.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/synth.h>

#include "store/scratch.h"

static tsl_error err;

static uint64_t make(const char *name, int lines, const tsl_defect_share *share, size_t count)
{
    tsl_dirty_options opt;
    uint64_t broken;
    TSL_DEFAULTS(dirty, &opt);
    opt.lines = lines;
    opt.customers = 100;
    opt.share = share;
    opt.share_count = count;
    assert_int_equal(tsl_dirty_write(scratch_path(name), 1, &opt, &broken, &err), TSL_OK);
    return broken;
}

static const char *read_part(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return scratch_read(scratch_path(path));
}

static size_t count_in(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part)) {
        count++;
    }
    return count;
}

static void breaks_what_is_asked_for(void **state)
{
    (void)state;
    /* the drawn share, also of a defect that few lines suit */
    const tsl_defect_share some[] = {{"stray_quote", .02}, {"minus_behind", .02}};
    const uint64_t broken = make("a", 3000, some, 2);
    const char *list = read_part("a", "broken.csv");
    const size_t quotes = count_in(list, "\nstray_quote,"), behind = count_in(list, "\nminus_behind,");
    assert_int_equal(broken, quotes + behind);
    assert_in_range(quotes, 40, 85);
    assert_in_range(behind, 40, 85);
    /* all but one, none, and everything */
    const tsl_defect_share others[] = {{"all", .002}, {"stray_quote", 0}};
    make("a", 3000, others, 2);
    list = read_part("a", "broken.csv");
    assert_int_equal(count_in(list, "\nstray_quote,"), 0);
    assert_in_range(count_in(list, "\nnul,"), 1, 20);
    assert_int_equal(count_in(list, "\ntotals_row,"), 1);
    assert_int_equal(count_in(list, "\norder_total,"), 0);
    const tsl_defect_share none[] = {{"all", 0}}, each[] = {{"field_more", 1}};
    assert_int_equal(make("a", 300, none, 1), 0);
    assert_string_equal(read_part("a", "broken.csv"), "kind,file,line,clean_line,column,was,is,expected\n");
    assert_int_equal(make("a", 300, each, 1), 300);
}

static void writes_what_it_says(void **state)
{
    (void)state;
    const tsl_defect_share nul[] = {{"nul", .5}}, repeated[] = {{"repeated_line", 1}}, total[] = {{"order_total", 1}};
    make("a", 20, nul, 1);
    assert_non_null(strstr(read_part("a", "broken.csv"), "\\x00"));
    assert_int_equal(make("a", 20, repeated, 1), 20);
    assert_non_null(
        strstr(read_part("a", "broken.csv"), "\nrepeated_line,transactions.csv,3,,,,,found: repeated_rows\n"));
    assert_int_equal(count_in(read_part("a", "dirty/transactions.csv"), "\n"), 41);
    assert_int_equal(count_in(read_part("a", "clean/transactions.csv"), "\n"), 21);
    assert_int_equal(count_in(read_part("a", "clean/customers.csv"), "\n"), 101);
    assert_int_equal(count_in(read_part("a", "clean/interactions.csv"), "\n"), 11);
    assert_true(make("a", 20, total, 1) > 5);
}

/* Told once, with the header's line; what befalls lines leaves its column alone, and the first one of a column holds.
 */
static void changes_the_whole(void **state)
{
    (void)state;
    const tsl_defect_share cents[] = {
        {"amount_cents", .1}, {"amount_commas", 1}, {"missing_amount", .5}, {"totals_row", 1}};
    assert_int_equal(make("a", 50, cents, 4), 2);
    assert_non_null(strstr(read_part("a", "broken.csv"),
                           "\namount_cents,transactions.csv,1,1,amount (cents),amount,amount (cents),read right\n"));
    const char *dirty = read_part("a", "dirty/transactions.csv"), *total = strstr(dirty, "\nTotal,,,,,,,");
    assert_non_null(strstr(dirty, "unit_price,amount (cents),currency"));
    assert_int_equal(strspn(total + strlen("\nTotal,,,,,,,"), "0123456789"),
                     strcspn(total + strlen("\nTotal,,,,,,,"), ","));
    const tsl_defect_share layout[] = {{"title_above", 1}, {"semicolons", 1}, {"latin1_file", 1}, {"nul", .5}};
    assert_int_equal(make("a", 50, layout, 4), 3); /* a NUL is none of another encoding */
    dirty = read_part("a", "dirty/transactions.csv");
    assert_int_equal(strncmp(dirty, "Orders of all branches\ncustomer_id;order_id;", 44), 0);
    assert_non_null(strstr(dirty, "caf\xE9 cup"));
    assert_null(strstr(dirty, "é"));
    assert_non_null(strstr(read_part("a", "broken.csv"), "\nsemicolons,transactions.csv,2,1,,,,read right\n"));
    const tsl_defect_share conflict[] = {{"conflict", 1}};
    assert_int_equal(make("a", 10, conflict, 1), 200); /* both lines of each customer */
    assert_int_equal(count_in(read_part("a", "dirty/customers.csv"), "\n"), 201);
}

static void check_refused(const tsl_dirty_options *opt, const char *part)
{
    assert_int_equal(tsl_dirty_check(opt, &err), TSL_E_OPTION);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
    assert_int_equal(tsl_dirty_write(scratch_path("no"), 0, opt, NULL, &err), TSL_E_OPTION);
    assert_false(scratch_has(scratch_path("no")));
}

static void refuses_options(void **state)
{
    (void)state;
    const tsl_defect_share unknown = {"stray", .1}, beyond = {"nul", 1.5}, below = {"all", -1};
    tsl_dirty_options opt;
    TSL_DEFAULTS(dirty, &opt);
    assert_int_equal(tsl_dirty_check(&opt, &err), TSL_OK);
    assert_int_equal(tsl_dirty_check(NULL, &err), TSL_OK);
    opt.lines = 0;
    check_refused(&opt, "lines");
    opt.lines = 5;
    opt.customers = 900000;
    check_refused(&opt, "customers");
    opt.customers = 5;
    opt.share_count = 1;
    check_refused(&opt, "share: 1 are announced, but none is there");
    opt.share = &unknown;
    check_refused(&opt, "share: no defect is called \"stray\"; did you mean \"stray_quote\"?");
    opt.share = &beyond;
    check_refused(&opt, "share of nul: 1.5 is not a share, 0 to 1");
    opt.share = &below;
    check_refused(&opt, "share of all: -1");
}

static void names_each_once(void **state)
{
    (void)state;
    for (size_t i = 0; tsl_dirty_get_defect(i); i++) {
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(tsl_dirty_get_defect(i), tsl_dirty_get_defect(k));
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(breaks_what_is_asked_for), TEST(writes_what_it_says),
                                       TEST(changes_the_whole), TEST(refuses_options), TEST(names_each_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
