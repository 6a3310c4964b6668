/* test_parse_clock.c: times of day and zones. */
#include "table/date/parse_clock.h"

#include "help.h"

static tsl__clock_fault take(const char *text, tsl__day_clock *out)
{
    tsl__cursor c = {text, text + strlen(text)};
    return tsl__clock_take(&c, out);
}

static void test_times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int hour, minute, second;
    } cases[] = {
        {"8:26", 8, 26, 0},
        {"08:26:59", 8, 26, 59},
        {"00:00", 0, 0, 0},
        {"23:59:59.999", 23, 59, 59},
        {"24:00", 24, 0, 0},
        {"24:00:00.000", 24, 0, 0},
        {"12:00 AM", 0, 0, 0},
        {"12:01 am", 0, 1, 0},
        {"12:00 PM", 12, 0, 0},
        {"1:02:03pm", 13, 2, 3},
        {"11:59 p.m.", 23, 59, 0},
        {"3 PM", 15, 0, 0},
        {"3 a. m.", 3, 0, 0},
        {"上午9:00", 9, 0, 0},
        {"上午12:05", 0, 5, 0},
        {"下午3:20", 15, 20, 0},
        {"下午12:00", 12, 0, 0},
        {"下午15:20", 15, 20, 0},
        {"中午12:30", 12, 30, 0},
        {"中午11:30", 11, 30, 0},
        {"中午1:30", 13, 30, 0},
        {"晚上8:15", 20, 15, 0},
        {"晚上 11:59:59", 23, 59, 59},
        {"凌晨2:00", 2, 0, 0},
        {"凌晨12:10", 0, 10, 0},
        {"早上7点", 7, 0, 0},
        {"14时30分", 14, 30, 0},
        {"14时30分05秒", 14, 30, 5},
        {"9点", 9, 0, 0},
        {"下午2时", 14, 0, 0},
        {"09:05 Uhr", 9, 5, 0},
        {"9:05:07 UHR", 9, 5, 7},
        {"14 Uhr", 14, 0, 0},
        {"24 Uhr", 24, 0, 0},
        {"14:30 h", 14, 30, 0},
        {"14:30h", 14, 30, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__day_clock clock;
        int seconds = cases[i].hour * 3600 + cases[i].minute * 60 + cases[i].second;
        if (take(cases[i].text, &clock) != TSL__CLOCK_GOOD || clock.seconds != seconds || clock.has_zone) {
            fail_msg("%s: %d, not %d", cases[i].text, clock.seconds, seconds);
        }
    }
}

static void test_zones(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int minutes;
    } cases[] = {
        {"8:26Z", 0},        {"8:26 UTC", 0},       {"8:26 GMT", 0},
        {"8:26+08:00", 480}, {"8:26 +0800", 480},   {"8:26-03:30", -210},
        {"8:26+00", 0},      {"8:26 UTC+8", 480},   {"8:26 GMT-0330", -210},
        {"8:26 Uhr UTC", 0}, {"8:26 PM -05", -300}, {"14时30分+08:00", 480},
        {"8:26+14:00", 840}, {"8:26-14:00", -840},
    };
    tsl__day_clock clock;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (take(cases[i].text, &clock) != TSL__CLOCK_GOOD || !clock.has_zone ||
            clock.offset != cases[i].minutes * 60) {
            fail_msg("%s: %d", cases[i].text, clock.offset);
        }
    }
    static const char *const names[] = {"8:26 CST", "8:26 IST",     "8:26 Europe/Berlin", "8:26EST",
                                        "8:26 pst", "8:26 Uhr MEZ", "8:26 Uhrz",          "8:26 PM Uhr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(take(names[i], &clock), TSL__CLOCK_ZONE_NAME);
    }
}

static void test_bad(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",           "8",          "8:2",         "8:60",        "8:26:60",    "24:01",     "24:00:01",  "24:00:00.1",
        "25:00",      "8:26:",      "8:26:1",      "8:26:59.",    "0:30 AM",    "13:00 PM",  "8:26 ",     "8:26+8",
        "8:26+24:00", "8:26+08:",   "8:26+08:60",  "8:26+080",    "8:26 UTC 8", "晚上12:00", "晚上1:00",  "凌晨7:00",
        "中午3:00",   "早上12:00",  "上午13:00",   "下午3:20 PM", "14时30",     "14时61分",  "14时30分5", "8:26:59Zx",
        "8:26+14:01", "8:26-15:00", "8:26 UTC+15", "8:26 Uhr ",   "25 Uhr",     "14h30",
    };
    tsl__day_clock clock;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (take(cases[i], &clock) != TSL__CLOCK_BAD) {
            fail_msg("\"%s\" is taken", cases[i]);
        }
    }
}

/* A cell of nothing but a time of day. */
static void test_alone(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int seconds;
    } cases[] = {{"15:20", 55200},   {"15:20:59", 55259}, {"3:20 PM", 55200}, {"下午3:20", 55200}, {"152059", 55259},
                 {"000000", 0},      {"24:00", 86400},    {"246059", -1},     {"126000", -1},      {"120060", -1},
                 {"15:20Z", -1},     {"15", -1},          {"1520", -1},       {"0.5", -1},         {"", -1},
                 {"2024-01-01", -1}, {"15:20 x", -1},     {"15205x", -1},     {"1520591", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__clock_read(tsl__span_make(cases[i].text)) != cases[i].seconds) {
            fail_msg("%s: %d", cases[i].text, tsl__clock_read(tsl__span_make(cases[i].text)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_zones),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
