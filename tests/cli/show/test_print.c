/* test_print.c: tables as people read them. */
#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* What print puts on standard output. */
static char *capture(void (*print)(void))
{
    static char text[8192];
    char path[] = "/tmp/tesela-print-XXXXXX";
    int file = mkstemp(path), kept = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(file, STDOUT_FILENO);
    print();
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    lseek(file, 0, SEEK_SET);
    ssize_t count = read(file, text, sizeof text - 1);
    text[count > 0 ? count : 0] = '\0';
    close(file);
    close(kept);
    unlink(path);
    return text;
}

static void print_tiers(void)
{
    cli_text_table grid = {.columns = 3, .align = "lrl"};
    cli_text_table_add(&grid, "等级");
    cli_text_table_add(&grid, "n");
    cli_text_table_add(&grid, "x");
    cli_text_table_add(&grid, "VIP");
    cli_text_table_count(&grid, 1234);
    cli_text_table_add(&grid, "a\033[31m\xC2\x9Bz");
    cli_text_table_print(&grid);
}

static void aligns_wide_characters(void **state)
{
    (void)state;
    assert_string_equal(capture(print_tiers), "  等级      n  x\n"
                                              "  VIP   1,234  a?[31m??z\n");
}

static void print_names_raw(void)
{
    cli_print("%s\t%s\n", "a\033]0;x\a", "\xC2\x9Bz\x7F é");
    cli_put("\033 \xC2\x9B\n", 5);
}

/* Nothing of the user's data speaks to the terminal, whatever it stands in; what is for programs is as it is. */
static void cleans_what_is_printed(void **state)
{
    (void)state;
    assert_string_equal(capture(print_names_raw), "a?]0;x?\t??z? é\n\033 \xC2\x9B\n");
}

static void print_long(void)
{
    cli_text_table grid = {.columns = 2, .align = "wr"};
    cli_text_table_add(&grid, "0123456789012345678901234567890123456789012345678901234567890123456789"
                              "0123456789012345678901234567890123456789");
    cli_text_table_add(&grid, "end");
    cli_text_table_print(&grid);
}

static void cuts_to_the_page(void **state)
{
    (void)state;
    const char *text = capture(print_long);
    assert_int_equal(cli_text_get_width(text), 101); /* and the newline */
    assert_non_null(strstr(text, "\xE2\x80\xA6  end\n"));
}

#define NAME "Good, between orders: second-highest income, buying more often than any other of all"

static void print_names(void)
{
    static const char *const words[] = {
        "#", "Segment", "Customers", "Spend", NAME, NAME, "12", "a value of so many digits", "3", "短", "4", "5"};
    cli_text_table grid = {.columns = 4, .align = "rnrr"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        cli_text_table_add(&grid, i == 4 ? "1" : words[i]);
    }
    cli_text_table_print(&grid);
}

/* A name that is too long goes on under itself, and nothing of it is cut. */
static void wraps_names(void **state)
{
    (void)state;
    assert_string_equal(
        capture(print_names),
        "  #  Segment                                                    Customers                      Spend\n"
        "  1  Good, between orders: second-highest income, buying more          12  a value of so many digits\n"
        "     often than any other of all\n"
        "  3  短                                                                 4                          5\n");
}

#define MOVES "GOOD_QUIET (147), SMALL_QUIET (136), ONCE_RECENT_LARGER (104), ONCE_LAPSED_SMALLER (12), CHAMP (1)"

static void print_moves(void)
{
    static const char *const words[] = {"Code", "Before", "Customers", "Moved to", "S1",  NAME,
                                        "12",   MOVES,    "S2",        "short",    "345", ""};
    cli_text_table grid = {.columns = 4, .align = "lnrn"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        cli_text_table_add(&grid, words[i]);
    }
    cli_text_table_print(&grid);
}

/* Several columns of long texts: each goes on under itself. */
static void wraps_several(void **state)
{
    (void)state;
    assert_string_equal(
        capture(print_moves),
        "  Code  Before            Customers  Moved to\n"
        "  S1    Good, between            12  GOOD_QUIET (147), SMALL_QUIET (136), ONCE_RECENT_LARGER (104),\n"
        "        orders:                      ONCE_LAPSED_SMALLER (12), CHAMP (1)\n"
        "        second-highest\n"
        "        income, buying\n"
        "        more often than\n"
        "        any other of all\n"
        "  S2    short                   345\n");
}

static void keeps_what_grows(void **state)
{
    int *numbers = NULL;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        numbers = cli_grow(numbers, (size_t)i, sizeof *numbers);
        numbers[i] = i;
    }
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(numbers[i], i);
    }
    assert_string_equal(cli_format("%s-%d", "a", 3), "a-3");
    cli_arena_free();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aligns_wide_characters), cmocka_unit_test(cleans_what_is_printed),
        cmocka_unit_test(cuts_to_the_page),       cmocka_unit_test(wraps_names),
        cmocka_unit_test(wraps_several),          cmocka_unit_test(keeps_what_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
