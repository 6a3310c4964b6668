/* test_date_parts.c: dates whose parts stand in columns of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "table/names/date_parts.h"

static void test_parts(void **state)
{
    (void)state;
    static const struct {
        const char *name[4];
        size_t year, month, day;
    } cases[] = {
        {{"id", "year", "month", "day"}, 1, 2, 3},
        {{"day", "month", "amount", "x"}, 4, 1, 0},
        {{"month", "amount", "year", "x"}, 2, 0, 4},
        {{"orderyear", "ordermonth", "orderday", "day"}, 0, 1, 2},
        {{"shipyear", "ordermonth", "orderday", "x"}, 4, 1, 2},
        {{"jahr", "monat", "tag", "x"}, 0, 1, 2},
        {{"年", "月", "日", "x"}, 0, 1, 2},
        {{"month", "amount", "day2", "x"}, 4, 4, 4},
        {{"day", "year", "amount", "x"}, 4, 4, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__date_parts found = tsl__date_parts_find(cases[i].name, 4);
        if (found.year != cases[i].year || found.month != cases[i].month || found.day != cases[i].day) {
            fail_msg("%zu: %zu %zu %zu", i, found.year, found.month, found.day);
        }
    }
    char name[300];
    memset(name, 'x', sizeof name);
    memcpy(name + 290, "month", 6);
    const char *const longest[] = {name, "day"};
    assert_int_equal(tsl__date_parts_find(longest, 2).month, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
