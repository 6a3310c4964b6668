/* test_format.c: numbers as people read them, and the columns that texts take. */
#include "cli/show/format.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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
                 {3.24349e26, 6, "3.243e+26"},
                 {1.23456e-9, 6, "1.235e-09"},
                 {-0.004, 2, "-0.004"},
                 {0.006, 2, "0.01"},
                 {0, 2, "0.00"},
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

static void writes_what_is_expected(void **state)
{
    static const struct {
        double number;
        int decimals;
        const char *text[2];
    } cases[] = {{1.094e-44, 2, {"under 0.01", "不到 0.01"}},
                 {3.404e-46, 1, {"under 0.1", "不到 0.1"}},
                 {.3, 0, {"under 1", "不到 1"}},
                 {0, 2, {"0.00", "0.00"}},
                 {.006, 2, {"0.01", "0.01"}},
                 {1234.5, 1, {"1,234.5", "1,234.5"}},
                 {NAN, 2, {"", ""}}};
    static const struct {
        double chance;
        const char *text[2];
    } chances[] = {{1e-9, {"under 0.01", "不到 0.01"}},
                   {.994, {"0.99", "0.99"}},
                   {.998, {"over 0.99", "超过 0.99"}},
                   {1, {"1.00", "1.00"}},
                   {NAN, {"", ""}}};
    char out[CLI_NUMBER_BYTES];
    (void)state;
    for (int zh = 0; zh < 2; zh++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            cli_expected_write(cases[i].number, cases[i].decimals, zh, out);
            assert_string_equal(out, cases[i].text[zh]);
        }
        for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
            cli_chance_write(chances[i].chance, zh, out);
            assert_string_equal(out, chances[i].text[zh]);
        }
    }
}

static void chooses_decimals_of_pairs(void **state)
{
    static const struct {
        double a, b;
        int decimals;
    } cases[] = {{0, 12, 2},  {.02, .11, 2},  {.00366, .02, 3}, {-.0008, .11, 3},
                 {NAN, 1, 2}, {1e-7, .11, 4}, {.005, -.005, 2}, {.00499, 0, 3}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(cli_pair_decimals(cases[i].a, cases[i].b), cases[i].decimals);
        assert_int_equal(cli_pair_decimals(cases[i].b, cases[i].a), cases[i].decimals);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_thousands),         cmocka_unit_test(writes_numbers),
        cmocka_unit_test(writes_what_is_expected), cmocka_unit_test(chooses_decimals_of_pairs),
        cmocka_unit_test(writes_short_numbers),    cmocka_unit_test(measures_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
