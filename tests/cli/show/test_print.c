/* test_print.c: numbers, widths and tables as people read them. */
#include "cli/arena.h"
#include "cli/show/print.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void parts_thousands(void **state)
{
    static const struct {
        uint64_t count;
        const char *text;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {999, "999"},
                 {1000, "1,000"},
                 {541909, "541,909"},
                 {1000000, "1,000,000"},
                 {UINT64_MAX, "18,446,744,073,709,551,615"}};
    char out[CLI_NUMBER_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cli_count_write(cases[i].count, out);
        assert_string_equal(out, cases[i].text);
    }
}

static void writes_numbers(void **state)
{
    static const struct {
        double number;
        int decimals;
        const char *text;
    } cases[] = {{8300065.814, 3, "8,300,065.814"},
                 {-1234.5, 2, "-1,234.50"},
                 {-123.5, 1, "-123.5"},
                 {0.126, 2, "0.13"},
                 {NAN, 2, ""},
                 {1e20, 2, "1e+20"},
                 {INFINITY, 0, "inf"}};
    char out[CLI_NUMBER_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cli_number_write(cases[i].number, cases[i].decimals, out);
        assert_string_equal(out, cases[i].text);
    }
    static const struct {
        double share;
        const char *text;
    } shares[] = {{0.12345, "12.3 %"}, {0.1225, "12.3 %"}, {0.0005, "0.1 %"},   {-0.0004, "0.0 %"}, {0.9996, "99.9 %"},
                  {1, "100.0 %"},      {1.02, "102.0 %"},  {-0.939, "-93.9 %"}, {NAN, ""}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        cli_share_write(shares[i].share, out);
        assert_string_equal(out, shares[i].text);
    }
}

static void writes_short_numbers(void **state)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0, "0"},          {3, "3"},        {12345.6, "12,346"}, {51.27, "51.3"}, {4.236, "4.24"},
                 {.6294, "0.6294"}, {1e-7, "1e-07"}, {-2.5, "-2.50"},     {3e12, "3e+12"}, {NAN, ""}};
    char out[CLI_NUMBER_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cli_short_write(cases[i].number, out);
        assert_string_equal(out, cases[i].text);
    }
}

static void measures_columns(void **state)
{
    char text[] = "金卡 gold";
    (void)state;
    assert_int_equal(cli_text_get_width(""), 0);
    assert_int_equal(cli_text_get_width("gold"), 4);
    assert_int_equal(cli_text_get_width("金卡"), 4);
    assert_int_equal(cli_text_get_width("é"), 1);
    assert_int_equal(cli_text_get_width("e\xCC\x81"), 1); /* an accent of its own */
    assert_int_equal(cli_text_get_width("😀"), 2);
    cli_text_cut(text, 3); /* half a character is none */
    assert_string_equal(text, "金");
}

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
        cmocka_unit_test(parts_thousands),        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(writes_short_numbers),   cmocka_unit_test(measures_columns),
        cmocka_unit_test(aligns_wide_characters), cmocka_unit_test(cuts_to_the_page),
        cmocka_unit_test(keeps_what_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
