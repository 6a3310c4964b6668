/* test_plain_decimal.c: the short way to a number against the long one (figure.h), also in what is counted of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/rng.h"
#include "table/cell/decimal_mark.h"
#include "table/cell/plain_decimal.h"

static void check(tsl__span cell)
{
    tsl__plain_decimal plain = {0, 0};
    tsl__figure figure;
    int64_t value = -1;
    int rounded = 0;
    if (!tsl__plain_decimal_read(cell, &plain)) {
        return;
    }
    assert_int_equal(tsl__cell_read(cell, TSL__MARK_POINT, &figure), 0);
    assert_int_equal(tsl__decimal_get(tsl__figure_get_decimal(&figure), &value, &rounded), TSL__DECIMAL_OK);
    if (value != tsl__plain_decimal_get(plain)) {
        fail_msg("%.*s", (int)cell.n, cell.s);
    }
    assert_int_equal(rounded, 0);
    assert_int_equal(figure.proven, plain.places ? TSL__MARK_POINT : TSL__MARK_NONE);
    assert_int_equal(figure.open, TSL__MARK_NONE);
    assert_int_equal(figure.currency | figure.percent | figure.scale | (int)figure.suffix.n, 0);
}

static void test_taken(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } cells[] = {{"0", 0},
                 {"7", 70000},
                 {"-7", -70000},
                 {"12.5", 125000},
                 {"12.50", 125000},
                 {"0.99", 9900},
                 {"-0.01", -100},
                 {"3.1416", 31416},
                 {"1234567", 12345670000},
                 {"99999.99", 999999900},
                 {"-9999.99", -99999900},
                 {"0.0", 0},
                 {"-0", 0}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        tsl__plain_decimal plain = {0, 0};
        assert_int_equal(tsl__plain_decimal_read(tsl__span_make(cells[i].text), &plain), 1);
        assert_true(tsl__plain_decimal_get(plain) == cells[i].value);
        check(tsl__span_make(cells[i].text));
    }
}

static void test_left(void **state)
{
    (void)state;
    static const char *const cells[] = {"",        "-",     ".",   "1.", ".5",  "1.250",      "1,250",     "007",
                                        "00.5",    "1.2.3", "--1", "+1", "1e5", "12a",        "1 2",       "0x1",
                                        "1.23456", "12/5",  "1:2", "1;", "١",   "1234567890", "12345678.9"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        tsl__plain_decimal plain = {0, 0};
        if (tsl__plain_decimal_read(tsl__span_make(cells[i]), &plain)) {
            fail_msg("%s", cells[i]);
        }
    }
}

/* Whatever is taken is read as the long way reads it. */
static void test_random(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789012345678901234567890.-,.+e/: 9\x80\xff";
    tsl__rng rng = tsl__rng_open(7, 1, 1);
    for (int i = 0; i < 300000; i++) {
        char text[10];
        const size_t n = (size_t)(tsl__rng_uniform(&rng) * sizeof text);
        for (size_t k = 0; k < n; k++) {
            text[k] = alphabet[(size_t)(tsl__rng_uniform(&rng) * (sizeof alphabet - 1))];
        }
        check((tsl__span){text, n});
    }
}

/* The evidence is the same, whichever way the cells took. */
static void test_evidence(void **state)
{
    (void)state;
    static const char *const cells[] = {"12.5", "7",     "$3.20", "12.50",   "8", "1.250",
                                        "5 kg", "-4.25", "9%",    "1,250.5", "6", "none"};
    static tsl__mark_evidence slow, quick;
    for (uint64_t line = 1; line < 500; line++) {
        const tsl__span cell = tsl__span_make(cells[line * 7 % 12]);
        tsl__figure figure;
        tsl__plain_decimal plain = {0, 0};
        const int found = tsl__cell_read(cell, TSL__MARK_POINT, &figure) == 0;
        tsl__mark_add(&slow, cell, found ? &figure : NULL, "a.csv", line);
        if (!tsl__plain_decimal_read(cell, &plain) || !tsl__mark_add_plain(&quick, plain.places > 0)) {
            tsl__mark_add(&quick, cell, found ? &figure : NULL, "a.csv", line);
        }
        assert_memory_equal(&slow, &quick, sizeof slow);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_taken), cmocka_unit_test(test_left),
                                       cmocka_unit_test(test_random), cmocka_unit_test(test_evidence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
