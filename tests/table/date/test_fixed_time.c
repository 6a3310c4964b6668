/* test_fixed_time.c: the short way to a time against the long one (date_evidence.h), also in what is observed of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "table/date/date_ends.h"
#include "table/date/fixed_time.h"
#include "table/date/outlying_dates.h"

static void test_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int taken, has_clock, has_zone;
        int32_t day, second;
    } cells[] = {{"2024-01-02", 1, 0, 0, 19724, 0},
                 {"2024/01/02", 1, 0, 0, 19724, 0},
                 {"1970-01-01 00:00", 1, 1, 0, 0, 0},
                 {"2024-02-29T10:11:12", 1, 1, 0, 19782, 36672},
                 {"2024-02-29T10:11:12Z", 1, 1, 1, 19782, 36672},
                 {"2200-12-31 23:59:59", 1, 1, 0, 84370, 86399},
                 {"2023-02-29", 0, 0, 0, 0, 0},
                 {"2024-13-01", 0, 0, 0, 0, 0},
                 {"2024-00-10", 0, 0, 0, 0, 0},
                 {"2024-01-32", 0, 0, 0, 0, 0},
                 {"2024-01/02", 0, 0, 0, 0, 0},
                 {"1899-12-31", 0, 0, 0, 0, 0},
                 {"2024-01-02 24:00:00", 0, 0, 0, 0, 0},
                 {"2024-01-02 10:60:00", 0, 0, 0, 0, 0},
                 {"2024-01-02x10:11:12", 0, 0, 0, 0, 0},
                 {"2024-01-02 10-11-12", 0, 0, 0, 0, 0},
                 {"2024-01-02 10:11:12+", 0, 0, 0, 0, 0},
                 {"2024-1-2", 0, 0, 0, 0, 0},
                 {"", 0, 0, 0, 0, 0}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        tsl__fixed_time time;
        assert_int_equal(tsl__fixed_time_read(tsl__span_make(cells[i].text), &time), cells[i].taken);
        if (cells[i].taken) {
            assert_int_equal(time.day, cells[i].day);
            assert_int_equal(time.second, cells[i].second);
            assert_int_equal(time.has_clock, cells[i].has_clock);
            assert_int_equal(time.has_zone, cells[i].has_zone);
        }
    }
}

/* A cell of a common form, of one that is none, or a placeholder. */
static tsl__span make_cell(tsl__rng *rng, char out[40])
{
    const double u = tsl__rng_uniform(rng);
    const int year = u < .05 ? 1970 : 1995 + (int)(u * 60), month = 1 + (int)(tsl__rng_uniform(rng) * 12),
              day = u < .1 ? 1 : 1 + (int)(tsl__rng_uniform(rng) * 30), second = (int)(tsl__rng_uniform(rng) * 86400);
    const int form = (int)(tsl__rng_uniform(rng) * 6);
    static const char *const formats[] = {"%04d-%02d-%02d",           "%04d-%02d-%02d %02d:%02d:%02d",
                                          "%04d/%02d/%02d %02d:%02d", "%04d-%02d-%02dT%02d:%02d:%02dZ",
                                          "%04d.%d.%d %d:%02d",       "%04d-%02d-%02dT%02d:%02d:%02d+08:00"};
    const int n = snprintf(out, 40, formats[form], year, month, day, second / 3600, second / 60 % 60, second % 60);
    return (tsl__span){out, (size_t)n};
}

static void test_observed(void **state)
{
    (void)state;
    static tsl__date_evidence slow, quick;
    static tsl__date_ends slow_ends, quick_ends;
    tsl__day_counts slow_days = {.count = NULL}, quick_days = {.count = NULL};
    tsl__rng rng = tsl__rng_open(9, 1, 1);
    for (uint64_t line = 1; line < 20000; line++) {
        char text[40];
        const tsl__span cell = make_cell(&rng, text);
        int64_t value, same;
        tsl__fixed_time time;
        const tsl__date_fault fault = tsl__date_evidence_add(&slow, cell, -1, "a.csv", line, &value);
        tsl__date_ends_add(&slow_ends, value, 0, line);
        assert_int_equal(tsl__day_counts_add(&slow_days, value, (int64_t)line), 0);
        if (tsl__fixed_time_read(cell, &time) && tsl__date_evidence_add_fixed(&quick, &time)) {
            const int64_t seconds = (int64_t)time.day * TSL__DAY_SECONDS + time.second;
            same = seconds + (time.has_clock ? 0 : TSL__TIME_DAY);
            if (!tsl__date_ends_hold(&quick_ends, seconds)) {
                tsl__date_ends_add(&quick_ends, same, 0, line);
            }
            assert_true(tsl__day_counts_hold(&quick_days, time.day, time.second != 0, (int64_t)line) ||
                        tsl__day_counts_add(&quick_days, same, (int64_t)line) == 0);
        } else {
            assert_int_equal(tsl__date_evidence_add(&quick, cell, -1, "a.csv", line, &same), fault);
            tsl__date_ends_add(&quick_ends, same, 0, line);
            assert_int_equal(tsl__day_counts_add(&quick_days, same, (int64_t)line), 0);
        }
        assert_true(same == value);
        assert_memory_equal(&slow, &quick, sizeof slow);
        assert_memory_equal(&slow_ends, &quick_ends, sizeof slow_ends);
    }
    assert_memory_equal(slow_days.count, quick_days.count, TSL__CALENDAR_DAYS * sizeof *slow_days.count);
    assert_memory_equal(slow_days.sum, quick_days.sum, TSL__CALENDAR_DAYS * sizeof *slow_days.sum);
    assert_int_equal(slow_days.time_of_day, quick_days.time_of_day);
    assert_true(slow_days.unsettled == quick_days.unsettled);
    tsl__day_counts_free(&slow_days);
    tsl__day_counts_free(&quick_days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_observed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
