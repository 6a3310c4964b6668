/* test_row_lines.c: places of rows, whatever the steps between them, against a list of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "table/row/row_lines.h"

enum { ROWS = 3000 };

static void test_against_list(void **state)
{
    (void)state;
    static const uint64_t steps[] = {1, 1, 0, 63, 64, 65, 2, 1000000, 1, 5000000000};
    static size_t file[ROWS];
    static uint64_t line[ROWS];
    tsl__row_lines lines = {0};
    tsl__line_walk walk = {0};
    uint64_t at = 2;
    for (size_t i = 0; i < ROWS; i++) {
        file[i] = i / 700;
        at = i % 700 == 0 ? 2 + i % 3 : at + steps[(i * 7 + i / 11) % (sizeof steps / sizeof *steps)];
        line[i] = i == 1500 ? 1 : at; /* backwards, too */
        assert_int_equal(tsl__row_lines_add(&lines, file[i], line[i], (unsigned)(i % 4), NULL), TSL_OK);
    }
    for (size_t i = 0; i < ROWS; i++) {
        tsl__row_lines_walk(&lines, &walk);
        assert_int_equal(walk.file, file[i]);
        assert_true(walk.line == line[i]);
        assert_int_equal(walk.rounded, i % 4);
    }
    tsl__row_lines_free(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_list)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
