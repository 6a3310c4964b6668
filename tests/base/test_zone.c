/* test_zone.c: the wall clock of places: files of the database, made ones and damaged ones. */
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/calendar.h"

static int64_t at(int y, int m, int d, int h, int min, int s)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60 + s;
}

/* ---- Names ----------------------------------------------------------------------------- */

static void test_offsets(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int32_t offset;
    } cases[] = {{"UTC", 0},        {"Z", 0},       {"GMT", 0},    {"+08:00", 28800},
                 {"-0330", -12600}, {"+05", 18000}, {"-00:00", 0}, {"+14:00", 50400}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__zone *zone;
        tsl_error err;
        assert_int_equal(tsl__zone_open(cases[i].name, &zone, &err), TSL_OK);
        assert_int_equal(tsl__zone_get_offset(zone, at(2024, 7, 1, 0, 0, 0)), cases[i].offset);
        assert_string_equal(tsl__zone_get_name(zone), cases[i].name);
        tsl__zone_free(zone);
    }
}

static void test_unknown_names(void **state)
{
    (void)state;
    static const char *const names[] = {"",
                                        "Mars/Olympus",
                                        "/etc/passwd",
                                        "../../../etc/passwd",
                                        "Europe",
                                        "+8",
                                        "+14:01",
                                        "-15",
                                        "+25:00",
                                        "+08:60",
                                        "+08.00",
                                        "Asia/Shanghai ",
                                        "+0800x",
                                        "Europe/Berlin\n",
                                        "zone1970.tab",
                                        "\xFF",
                                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        tsl__zone *zone = (tsl__zone *)1;
        tsl_error err = {0};
        tsl_status status = tsl__zone_open(names[i], &zone, &err);
        if (status != TSL_E_OPTION || zone || !err.message[0]) {
            fail_msg("\"%s\": %d %s", names[i], (int)status, err.message);
        }
    }
}

/* Changes of the clock as they were published: directive 2000/84/EC and the Energy Policy Act of 2005; those of China
 * in 1991 and of Lord Howe by the database's own `zdump -v`. Skipped where the system has no database. */
static void test_places(void **state)
{
    (void)state;
    const struct {
        const char *name;
        int64_t utc;
        int32_t before, behind; /* minutes */
    } changes[] = {
        {"Europe/Berlin", at(2024, 3, 31, 1, 0, 0), 60, 120},
        {"Europe/Berlin", at(2024, 10, 27, 1, 0, 0), 120, 60},
        {"Europe/Berlin", at(2199, 3, 31, 1, 0, 0), 60, 120},
        {"America/New_York", at(2024, 3, 10, 7, 0, 0), -300, -240},
        {"America/New_York", at(2024, 11, 3, 6, 0, 0), -240, -300},
        {"America/New_York", at(2100, 11, 7, 6, 0, 0), -240, -300},
        {"Australia/Lord_Howe", at(2024, 4, 6, 15, 0, 0), 660, 630},
        {"Australia/Lord_Howe", at(2024, 10, 5, 15, 30, 0), 630, 660},
        {"Asia/Shanghai", at(1991, 9, 14, 17, 0, 0), 540, 480},
        {"Asia/Kolkata", at(2024, 3, 31, 1, 0, 0), 330, 330},
        {"Asia/Kolkata", at(2150, 7, 1, 0, 0, 0), 330, 330},
    };
    if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK)) {
        skip();
    }
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        tsl__zone *zone;
        tsl_error err = {0};
        if (tsl__zone_open(changes[i].name, &zone, &err)) {
            fail_msg("%s", err.message);
        }
        int32_t before = tsl__zone_get_offset(zone, changes[i].utc - 1) / 60;
        int32_t behind = tsl__zone_get_offset(zone, changes[i].utc) / 60;
        if (before != changes[i].before || behind != changes[i].behind) {
            fail_msg("%s: %d, then %d", changes[i].name, before, behind);
        }
        tsl__zone_free(zone);
    }
}

/* ---- Files made here ---------------------------------------------------------------------- */

static size_t put_u32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        to[i] = (uint8_t)(value >> (24 - 8 * i));
    }
    return 4;
}

static size_t put_header(uint8_t *to, char version, uint32_t changes, uint32_t types, uint32_t letters)
{
    const uint32_t counts[] = {0, 0, 0, changes, types, letters};
    memset(to, 0, 44);
    memcpy(to, "TZif", 4);
    to[4] = (uint8_t)version;
    for (size_t i = 0; i < 6; i++) {
        put_u32(to + 20 + 4 * i, counts[i]);
    }
    return 44;
}

static size_t put_type(uint8_t *to, int32_t offset)
{
    put_u32(to, (uint32_t)offset);
    to[4] = to[5] = 0;
    return 6;
}

/* Local mean time up to 1910, one hour from then, two hours from 2000, the rule from then on. */
static size_t make_file(uint8_t *to, char version, const char *footer)
{
    const int64_t changes[] = {at(1910, 1, 1, 0, 0, 0), at(2000, 1, 1, 0, 0, 0)};
    size_t n = 0;
    for (int block = 0; block < (version ? 2 : 1); block++) {
        n += put_header(to + n, version, 2, 3, 4);
        for (int i = 0; i < 2; i++) {
            if (block) {
                n += put_u32(to + n, (uint32_t)((uint64_t)changes[i] >> 32));
            }
            n += put_u32(to + n, (uint32_t)changes[i]);
        }
        to[n++] = 1;
        to[n++] = 2;
        n += put_type(to + n, 1234);
        n += put_type(to + n, 3600);
        n += put_type(to + n, 7200);
        memcpy(to + n, "AAA", 4);
        n += 4;
    }
    if (version) {
        n += (size_t)snprintf((char *)to + n, 64, "\n%s\n", footer);
    }
    return n;
}

static void test_made_files(void **state)
{
    (void)state;
    uint8_t bytes[512];
    const struct {
        char version;
        const char *footer;
        int32_t today, summer;
    } cases[] = {{0, NULL, 7200, 7200},
                 {'2', "", 7200, 7200},
                 {'2', "CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200},
                 {'3', "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, -3600}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = make_file(bytes, cases[i].version, cases[i].footer);
        tsl__zone *zone;
        tsl_error err = {0};
        if (tsl__zone_read(bytes, n, "made", &zone, &err)) {
            fail_msg("%s", err.message);
        }
        assert_int_equal(tsl__zone_get_offset(zone, at(1850, 1, 1, 0, 0, 0)), 1234);
        assert_int_equal(tsl__zone_get_offset(zone, at(1910, 1, 1, 0, 0, 0) - 1), 1234);
        assert_int_equal(tsl__zone_get_offset(zone, at(1910, 1, 1, 0, 0, 0)), 3600);
        assert_int_equal(tsl__zone_get_offset(zone, at(2000, 1, 1, 0, 0, 0) - 1), 3600);
        assert_int_equal(tsl__zone_get_offset(zone, at(2000, 1, 1, 0, 0, 0)), cases[i].today);
        assert_int_equal(tsl__zone_get_offset(zone, at(2024, 1, 1, 0, 0, 0)), cases[i].today);
        assert_int_equal(tsl__zone_get_offset(zone, at(2024, 7, 1, 0, 0, 0)), cases[i].summer);
        tsl__zone_free(zone);
    }
}

/* A file cut anywhere is refused; one with any byte changed is read or refused, and answers within a day or so. */
static void test_damaged_files(void **state)
{
    (void)state;
    uint8_t bytes[512];
    tsl__zone *zone;
    size_t n = make_file(bytes, '2', "CET-1CEST,M3.5.0,M10.5.0/3");
    for (size_t cut = 0; cut < n; cut++) {
        tsl_error err = {0};
        uint8_t *exact = malloc(cut + 1); /* so that a reader beyond the end is seen by the sanitizer */
        assert_non_null(exact);
        uint8_t *begin = exact + 1;
        memcpy(begin, bytes, cut);
        assert_int_equal(tsl__zone_read(begin, cut, "cut", &zone, &err), TSL_E_INPUT);
        assert_non_null(strstr(err.message, "\"cut\""));
        assert_null(zone);
        free(exact);
    }
    for (size_t place = 0; place < n; place++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes[place] ^= (uint8_t)(1 << bit);
            tsl_status status = tsl__zone_read(bytes, n, "changed", &zone, NULL);
            if (status == TSL_OK) {
                int32_t offset = tsl__zone_get_offset(zone, at(2024, 7, 1, 0, 0, 0));
                assert_in_range(offset + 30 * 3600, 0, 60 * 3600);
            } else {
                assert_int_equal(status, TSL_E_INPUT);
            }
            tsl__zone_free(zone);
            bytes[place] ^= (uint8_t)(1 << bit);
        }
    }
}

/* What cannot be meant is refused: times that do not rise, a type that there is none of, an offset of days, leap
 * seconds. */
static void test_senseless_files(void **state)
{
    (void)state;
    uint8_t bytes[512] = {0};
    tsl__zone *zone;
    const struct {
        size_t place;
        uint8_t value;
    } changes[] = {{44 + 4, 0x80}, /* the second time is of 1901 */
                   {44 + 8, 3},    /* of three types */
                   {44 + 9, 255},
                   {44 + 10, 0x01}, /* 1234 seconds and 194 days */
                   {31, 1}};        /* a leap second */
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        size_t n = make_file(bytes, 0, NULL);
        tsl_error err = {0};
        assert_int_equal(tsl__zone_read(bytes, n, "made", &zone, NULL), TSL_OK);
        tsl__zone_free(zone);
        bytes[changes[i].place] = changes[i].value;
        if (tsl__zone_read(bytes, sizeof bytes, "made", &zone, &err) != TSL_E_INPUT) {
            fail_msg("change %zu is taken", i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offsets),    cmocka_unit_test(test_unknown_names), cmocka_unit_test(test_places),
        cmocka_unit_test(test_made_files), cmocka_unit_test(test_damaged_files), cmocka_unit_test(test_senseless_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
