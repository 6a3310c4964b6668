/* test_zone_rule.c: POSIX TZ texts: the changes that they rule. */
#include "base/zone_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "base/calendar.h"

static int64_t at(int y, int m, int d, int h, int min, int s)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60 + s;
}

static int32_t ask(const char *text, int64_t utc)
{
    tsl__zone_rule rule;
    assert_int_equal(tsl__zone_rule_read(text, strlen(text), &rule), 0);
    return tsl__zone_rule_get_offset(&rule, utc);
}

/* The clock goes from one offset to the other at this second of UTC. */
static void check_change(const char *text, int64_t utc, int before, int behind)
{
    if (ask(text, utc - 1) != before || ask(text, utc) != behind) {
        fail_msg("%s: %d, then %d", text, ask(text, utc - 1), ask(text, utc));
    }
}

static void test_changes(void **state)
{
    (void)state;
    /* directive 2000/84/EC: last Sundays of March and October, 01:00 UTC */
    check_change("CET-1CEST,M3.5.0,M10.5.0/3", at(2040, 3, 25, 1, 0, 0), 3600, 7200);
    check_change("CET-1CEST,M3.5.0,M10.5.0/3", at(2040, 10, 28, 1, 0, 0), 7200, 3600);
    check_change("CET-1CEST,M3.5.0,M10.5.0/3", at(2199, 3, 31, 1, 0, 0), 3600, 7200);
    /* Energy Policy Act of 2005: second Sunday of March, first of November, 2:00 of the wall clock */
    check_change("EST5EDT,M3.2.0,M11.1.0", at(2040, 3, 11, 7, 0, 0), -18000, -14400);
    check_change("EST5EDT,M3.2.0,M11.1.0", at(2040, 11, 4, 6, 0, 0), -14400, -18000);
    /* the south: summer over the turn of the year; Lord Howe by half an hour */
    check_change("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", at(2040, 4, 1, -9, 0, 0), 39600, 37800);
    check_change("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", at(2040, 10, 6, 15, 30, 0), 37800, 39600);
    assert_int_equal(ask("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", at(2041, 1, 1, 0, 0, 0)), 39600);
    /* winter as the exception, and hours before midnight (RFC 8536, 3.3.1) */
    check_change("IST-1GMT0,M10.5.0,M3.5.0/1", at(2040, 3, 25, 1, 0, 0), 0, 3600);
    check_change("IST-1GMT0,M10.5.0,M3.5.0/1", at(2040, 10, 28, 1, 0, 0), 3600, 0);
    check_change("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", at(2040, 3, 25, 1, 0, 0), -7200, -3600);
    /* summer all year */
    assert_int_equal(ask("XXX3EDT4,0/0,J365/23", at(2040, 1, 1, 3, 0, 0)), -14400);
    assert_int_equal(ask("XXX3EDT4,0/0,J365/23", at(2040, 1, 1, 2, 59, 59)), -14400);
    assert_int_equal(ask("XXX3EDT4,0/0,J365/23", at(2040, 12, 31, 23, 0, 0)), -14400);
    /* days of the year: J60 is 1 March whatever the year, 59 is 29 February where there is one */
    check_change("AAA0BBB,J60/0,J300/0", at(2040, 3, 1, 0, 0, 0), 0, 3600);
    check_change("AAA0BBB,J60/0,J300/0", at(2041, 3, 1, 0, 0, 0), 0, 3600);
    check_change("AAA0BBB,59/0,299/0", at(2040, 2, 29, 0, 0, 0), 0, 3600);
    check_change("AAA0BBB,59/0,299/0", at(2041, 3, 1, 0, 0, 0), 0, 3600);
    assert_int_equal(ask("CST-8", at(2100, 7, 1, 0, 0, 0)), 28800);
    assert_int_equal(ask("<+0545>-5:45", at(2100, 7, 1, 0, 0, 0)), 20700);
}

static void test_bad(void **state)
{
    (void)state;
    static const char *const cases[] = {"",
                                        "C",
                                        "CET",
                                        "CE-1",
                                        "CET-25",
                                        "CET-1:60",
                                        "CET-1CEST",
                                        "<CET-1",
                                        "CET-1CEST,M3.5.0",
                                        "CET-1CEST,M13.5.0,M10.5.0",
                                        "CET-1CEST,M3.6.0,M10.5.0",
                                        "CET-1CEST,M3.5.7,M10.5.0",
                                        "CET-1CEST,J0,J1",
                                        "CET-1CEST,366,1",
                                        "CET-1CEST,M3.5.0,M10.5.0/168",
                                        "CET-1CEST,M3.5.0,M10.5.0 ",
                                        "CET-1x",
                                        "CET-99999999999"};
    tsl__zone_rule rule;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__zone_rule_read(cases[i], strlen(cases[i]), &rule) == 0) {
            fail_msg("\"%s\" is read", cases[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
