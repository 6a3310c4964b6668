/* test_parse_date.c: dates and times as people write them. */
#include "table/cell/date_order.h"

#include "base/calendar.h"
#include "help.h"

static int64_t at(int y, int m, int d, int h, int min, int s)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60 + s;
}

static void test_known_forms(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"1970-01-01", 0},
        {"2010-12-01 08:26:00", at(2010, 12, 1, 8, 26, 0)},
        {"2010-12-01T08:26", at(2010, 12, 1, 8, 26, 0)},
        {"2010-12-01 08:26:59.999", at(2010, 12, 1, 8, 26, 59)},
        {"2010-12-01T08:26:59,5Z", at(2010, 12, 1, 8, 26, 59)},
        {"2010-12-01 23:30:00+08:00", at(2010, 12, 1, 23, 30, 0)}, /* as it was written */
        {"2010-12-01 23:30:00 -0330", at(2010, 12, 1, 23, 30, 0)},
        {"2010-12-01 23:30:00+08", at(2010, 12, 1, 23, 30, 0)},
        {"2010-12-01 23:30:00 UTC", at(2010, 12, 1, 23, 30, 0)},
        {"2010-1-2", at(2010, 1, 2, 0, 0, 0)},
        {"2010/1/2 3:04", at(2010, 1, 2, 3, 4, 0)},
        {"20101231", at(2010, 12, 31, 0, 0, 0)},
        {"20101231235958", at(2010, 12, 31, 23, 59, 58)},
        {"31.12.2010", at(2010, 12, 31, 0, 0, 0)},
        {"1.2.2010 10:00", at(2010, 2, 1, 10, 0, 0)},
        {"2024年1月2日", at(2024, 1, 2, 0, 0, 0)},
        {"2024年01月02日 15:16", at(2024, 1, 2, 15, 16, 0)},
        {"2024年1月2日15:16:17", at(2024, 1, 2, 15, 16, 17)},
        {"2010-12-01 12:05 AM", at(2010, 12, 1, 0, 5, 0)},
        {"2010-12-01 12:05:06 pm", at(2010, 12, 1, 12, 5, 6)},
        {"2010-12-01 1:05PM", at(2010, 12, 1, 13, 5, 0)},
        {"2000-02-29", at(2000, 2, 29, 0, 0, 0)},
        {"1900-01-01", at(1900, 1, 1, 0, 0, 0)},
        {"2200-12-31 23:59:59", at(2200, 12, 31, 23, 59, 59)},
        {"5/5/2010", at(2010, 5, 5, 0, 0, 0)}, /* either way the same */
        {"12/31/2010 8:26", at(2010, 12, 31, 8, 26, 0)},
        {"31-12-2010", at(2010, 12, 31, 0, 0, 0)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__date_order order = {0};
        int64_t value = -1;
        if (tsl__date_order_add(&order, tsl__span_make(cases[i].text), NULL, 0, &value) || value != cases[i].value)
            fail_msg("%s: %lld, not %lld", cases[i].text, (long long)value, (long long)cases[i].value);
    }
}

/* Midnight that is written is a time of day. */
static void test_clock(void **state)
{
    (void)state;
    static const char *const days[] = {"1970-01-01", "20101231", "31.12.2010", "2024年1月2日", "12/31/2010"};
    static const char *const times[] = {"2010-12-01 00:00:00", "2010-12-01T00:00Z", "20101231000000",
                                        "1.2.2010 0:00",       "2024年1月2日0:00",  "12/31/2010 12:00 AM"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_false(tsl__time_has_clock(tsl__span_make(days[i])));
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_true(tsl__time_has_clock(tsl__span_make(times[i])));
    assert_false(tsl__time_has_clock((tsl__span){"20101231235959", 8})); /* a cell ends where it ends */
    assert_false(tsl__time_has_clock((tsl__span){"2010-12-31 23:59", 10}));
}

static void test_bad_forms(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2010",
        "2010-13-01",
        "2010-02-30",
        "1900-02-29",
        "1899-12-31",
        "2201-01-01",
        "10-12-01",
        "1/2/10",
        "2010-12",
        "2010-12-01x",
        "2010-12-01 ",
        "2010/12-01",
        "2010-12-01 24:00",
        "2010-12-01 08:60",
        "2010-12-01 08:26:60",
        "2010-12-01 08",
        "2010-12-01 8:2",
        "13/13/2010",
        "30/2/2010",
        "2/30/2010",
        "0/1/2010",
        "32/1/2010",
        "20101301",
        "201012310",
        "2010-12-01 13:00 PM",
        "2010-12-01 0:30 AM",
        "2010-12-01T",
        "2010-12-01 08:26+8",
        "2010-12-01 08:26 XX",
        "1.2.10",
        "31.13.2010",
        "2024年1月2",
        "2024年13月2日",
        "abc",
        "1e5",
        "12/31/2201",
        "2010-12-01 08:26+",
        "2010-12-01 08:26+08:",
        "2010-12-01 08:26+24:00",
        "2010-12-01 08:26:00.",
        "2010130a",
        "20101231246060",
        "2010123108260",
        "1/1/1899",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__date_order order = {0};
        int64_t value;
        if (tsl__date_order_add(&order, tsl__span_make(cases[i]), NULL, 0, &value) == 0)
            fail_msg("\"%s\" is taken as a time", cases[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_forms),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_bad_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
