/* test_first_cells.c: what the first cells of a column are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "table/schema/first_cells.h"

static void test_counts(void **state)
{
    (void)state;
    static const struct {
        const char *cell[4];
        int dates, stamps, numbers, masked;
    } cases[] = {
        {{"2024-01-31", "5/5/2017", "", "n/a"}, 1, 0, 0, 0},
        {{"20240131", "20240201"}, 1, 0, 0, 0},
        {{"45292", "45293.5", "0"}, 0, 1, 0, 0},
        {{"1704067200", "1704067200000"}, 0, 1, 0, 0},
        {{"0", "7", "23"}, 0, 0, 1, 0},
        {{"711", "1.5", "9999"}, 0, 0, 1, 0},
        {{"2024-01-31", "7", "8"}, 0, 0, 1, 0},
        {{"2024-01-31", "7"}, 0, 0, 0, 0}, /* half are not most */
        {{"小**0", "138****0000", "ann"}, 0, 0, 0, 1},
        {{"A001", "A002"}, 0, 0, 0, 0},
        {{"", "NA"}, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__first_cells first = {.cells = 0};
        for (size_t k = 0; k < 4 && cases[i].cell[k]; k++) {
            tsl__first_cells_add(&first, tsl__span_make(cases[i].cell[k]));
        }
        if (tsl__first_cells_are_dates(&first) != cases[i].dates ||
            tsl__first_cells_are_stamps(&first) != cases[i].stamps ||
            tsl__first_cells_are_numbers(&first) != cases[i].numbers ||
            tsl__first_cells_are_masked(&first) != cases[i].masked) {
            fail_msg("%s", cases[i].cell[0]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
