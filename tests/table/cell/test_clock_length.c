/* test_clock_length.c: lengths of time as clocks show them, and what only looks so. */
#include "table/cell/clock_length.h"

#include "help.h"

static void test_lengths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t minutes; /* in 1/10000 */
    } cases[] = {
        {"00:05:30", 55000},           {"0:05:30", 55000},
        {"36:00:00", 21600000},        {"00:00:20", 3333}, /* a third, cut half to even */
        {"00:00:01.5", 250},           {"00:00:59.999999999", 10000},
        {"0 days 00:05:30", 55000},    {"1 day, 2:00:00", 15600000},
        {"3 days 23:59:59", 57599833},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__decimal minutes;
        int64_t got = -1;
        int rounded;
        assert_true(tsl__clock_length_read(tsl__span_make(cases[i].text), &minutes));
        assert_int_equal(tsl__decimal_get(minutes, &got, &rounded), TSL__DECIMAL_OK);
        if (got != cases[i].minutes) {
            fail_msg("%s: %lld", cases[i].text, (long long)got);
        }
    }
}

static void test_others(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "5",
        "05:30",
        "00:60:00",
        "00:00:60",
        "00:5:30",
        "00:05:30.",
        "00:05:30 ",
        "-00:05:30",
        "0 days 24:00:00",
        "0days 00:05:30",
        "1 day",
        "00:05:3x",
        "1234567:00",
        "00:05:30:00",
        "2024-01-01 00:05:30",
        "00:00:00.1234567891",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__decimal minutes;
        if (tsl__clock_length_read(tsl__span_make(cases[i]), &minutes)) {
            fail_msg("%s", cases[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lengths), cmocka_unit_test(test_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
