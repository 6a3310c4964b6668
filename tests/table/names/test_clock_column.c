/* test_clock_column.c: which column holds the times of day of another's dates. */
#include "help.h"
#include "table/names/clock_column.h"

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *date, *other, *further;
        size_t found;
    } cases[] = {
        {"date", "amount", "time", 2},
        {"orderdate", "deliverytime", "ordertime", 2},
        {"orderdate", "time", "ordertime", 2}, /* its own before any */
        {"orderdate", "deliverytime", "paymenttime", 3},
        {"datum", "uhrzeit", "zeit", 1},
        {"bestelldatum", "lieferzeit", "bestellzeit", 2},
        {"日期", "时间", "金额", 1},
        {"交易日期", "交易时间", "时间", 1},
        {"budat", "cputm", "bukrs", 1},
        {"erdat", "erzet", "matnr", 1},
        {"fechaventa", "horaventa", "total", 1},
        {"dateachat", "heureachat", "prix", 1},
        {"createdat", "amount", "clock", 2},
        {"amount", "times", "timezone", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const folded[] = {cases[i].date, cases[i].other, cases[i].further};
        if (tsl__clock_column_find(cases[i].date, folded, 3, NULL) != cases[i].found) {
            fail_msg("%s", cases[i].date);
        }
    }
    const char *const folded[] = {"date", "time", "uhrzeit"};
    assert_int_equal(tsl__clock_column_find("date", folded, 3, (const char[]){0, 1, 0}), 2); /* one that plays a role */
    char name[300];
    memset(name, 'x', sizeof name);
    memcpy(name + 290, "date", 5);
    const char *const longest[] = {name};
    assert_int_equal(tsl__clock_column_find(name, longest, 1, NULL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
