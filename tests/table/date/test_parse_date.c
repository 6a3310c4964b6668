/* test_parse_date.c: dates and times as people write them. */
#include "table/date/date_evidence.h"

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
        {"2010-12-01 24:00", at(2010, 12, 2, 0, 0, 0)},
        {"31-Dec-2010 3:20 p.m.", at(2010, 12, 31, 15, 20, 0)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__date_evidence e = {.declared = TSL_DATES_AUTO};
        tsl__date_reading how;
        int64_t value = -1;
        if (tsl__date_evidence_add(&e, tsl__span_make(cases[i].text), -1, NULL, 0, &value) != TSL__DATE_GOOD ||
            tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &how) != TSL__DATES_SURE ||
            (value = tsl__date_settle(&how, value)) != cases[i].value) {
            fail_msg("%s: %lld, not %lld", cases[i].text, (long long)value, (long long)cases[i].value);
        }
    }
}

static int has_clock(tsl__span cell)
{
    tsl__moment m;
    return tsl__moment_read(cell, &m) && m.has_clock;
}

/* Midnight that is written is a time of day. */
static void test_clock(void **state)
{
    (void)state;
    static const char *const days[] = {"1970-01-01", "20101231", "31.12.2010", "2024年1月2日", "12/31/2010"};
    static const char *const times[] = {"2010-12-01 00:00:00", "2010-12-01T00:00Z", "20101231000000",
                                        "1.2.2010 0:00",       "2024年1月2日0:00",  "12/31/2010 12:00 AM"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_false(has_clock(tsl__span_make(days[i])));
    }
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        assert_true(has_clock(tsl__span_make(times[i])));
    }
    assert_false(has_clock((tsl__span){"20101231235959", 8})); /* a cell ends where it ends */
    assert_false(has_clock((tsl__span){"2010-12-31 23:59", 10}));
}

static void test_bad_forms(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2010-13-01",
        "2010-02-30",
        "1900-02-29",
        "1899-12-31",
        "2201-01-01",
        "2010-12",
        "2010-12-01x",
        "2010-12-01 ",
        "2010/12-01",
        "2010-12-01 24:01",
        "2010-12-01 24:00:00.5",
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
        "2010-12-01 13:00 PM",
        "2010-12-01 0:30 AM",
        "2010-12-01T",
        "2010-12-01 08:26+8",
        "2010-12-01 08:26 XX",
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
        "1/1/1899",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value;
        if (tsl__date_read(tsl__span_make(cases[i]), TSL_DATES_AUTO, &value) == TSL__DATE_GOOD) {
            fail_msg("\"%s\" is taken as a time", cases[i]);
        }
    }
}

/* ---- One cell ------------------------------------------------------------------------ */

#define NO_ZONE 99

typedef struct written {
    const char *text;
    tsl__date_form form;
    int64_t value; /* wall clock */
    int has_clock;
    int zone; /* minutes */
} written;

static tsl__moment read_cell(const char *text)
{
    tsl__moment m;
    tsl__moment_read(tsl__span_make(text), &m);
    return m;
}

static void check(const written *w)
{
    tsl__moment m = read_cell(w->text);
    int zone = m.has_zone ? m.offset / 60 : NO_ZONE;
    if (m.fault != TSL__DATE_GOOD || m.form != w->form || m.seconds != w->value || m.has_clock != w->has_clock ||
        zone != w->zone) {
        fail_msg("%s: fault %d, form %d, %lld, clock %d, zone %d", w->text, (int)m.fault, (int)m.form,
                 (long long)m.seconds, m.has_clock, zone);
    }
}

static void test_forms(void **state)
{
    (void)state;
    const int64_t day = at(2024, 1, 3, 0, 0, 0), t = at(2024, 1, 3, 14, 30, 0); /* a Wednesday */
    const written cases[] = {
        {"2024-01-03", TSL__DATE_YEAR_FIRST, day, 0, NO_ZONE},
        {"2024/01/03 14:30", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024/1/3 14:30:00", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024.1.3", TSL__DATE_YEAR_FIRST, day, 0, NO_ZONE},
        {"2024-Jan-03", TSL__DATE_YEAR_FIRST, day, 0, NO_ZONE},
        {"2024-01-03T14:30:00Z", TSL__DATE_YEAR_FIRST, t, 1, 0},
        {"2024-01-03t14:30z", TSL__DATE_YEAR_FIRST, t, 1, 0},
        {"2024-01-03 14:30:00 UTC", TSL__DATE_YEAR_FIRST, t, 1, 0},
        {"2024-01-03 14:30 GMT", TSL__DATE_YEAR_FIRST, t, 1, 0},
        {"2024-01-03 14:30 UTC+8", TSL__DATE_YEAR_FIRST, t, 1, 480},
        {"2024-01-03 14:30:00.999999999999+08:00", TSL__DATE_YEAR_FIRST, t, 1, 480},
        {"2024-01-03 14:30:00 +0545", TSL__DATE_YEAR_FIRST, t, 1, 345},
        {"2024-01-03 14:30:00,5-03", TSL__DATE_YEAR_FIRST, t, 1, -180},
        {"2024-01-03 00:00:00", TSL__DATE_YEAR_FIRST, day, 1, NO_ZONE}, /* midnight that is written is a time */
        {"2024-01-02 24:00:00", TSL__DATE_YEAR_FIRST, day, 1, NO_ZONE},
        {"2024-01-02T24:00", TSL__DATE_YEAR_FIRST, day, 1, NO_ZONE},
        {"2024-01-03 2:30 PM", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024-01-03 02:30p.m.", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024-01-03, 2:30:00\xE2\x80\xAFp. m.", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024-01-03 12:00 AM", TSL__DATE_YEAR_FIRST, day, 1, NO_ZONE},
        {"2024-01-03 周三", TSL__DATE_YEAR_FIRST, day, 0, NO_ZONE},
        {"2024年1月3日", TSL__DATE_YEAR_FIRST, day, 0, NO_ZONE},
        {"2024年01月03号", TSL__DATE_YEAR_FIRST, day, 0, NO_ZONE},
        {"2024年1月3日14时30分", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024年1月3日 14时30分00秒", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024年1月3日星期三 下午2:30", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"2024-01-03 下午2点30分", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"２０２４年１月３日　１４：３０", TSL__DATE_YEAR_FIRST, t, 1, NO_ZONE},
        {"03.01.2024", TSL__DATE_DAY_FIRST, day, 0, NO_ZONE},
        {"3.1.2024 14:30", TSL__DATE_DAY_FIRST, t, 1, NO_ZONE},
        {"03-Jan-2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"3 JAN 2024 14:30", TSL__DATE_MONTH_NAME, t, 1, NO_ZONE},
        {"03JAN2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"Jan 3, 2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"January 3rd, 2024 2:30 PM", TSL__DATE_MONTH_NAME, t, 1, NO_ZONE},
        {"3rd January 2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"January 3rd 2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"May 21st, 2024", TSL__DATE_MONTH_NAME, at(2024, 5, 21, 0, 0, 0), 0, NO_ZONE},
        {"Wed, 3 Jan 2024 14:30:00 +0100", TSL__DATE_MONTH_NAME, t, 1, 60},
        {"Mittwoch, 3. Januar 2024, 14:30", TSL__DATE_MONTH_NAME, t, 1, NO_ZONE},
        {"3. Jänner 2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"mer. 3 janv. 2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"1er août 2024", TSL__DATE_MONTH_NAME, at(2024, 8, 1, 0, 0, 0), 0, NO_ZONE},
        {"1 AOÛT 2024", TSL__DATE_MONTH_NAME, at(2024, 8, 1, 0, 0, 0), 0, NO_ZONE},
        {"miércoles, 3 de enero de 2024", TSL__DATE_MONTH_NAME, day, 0, NO_ZONE},
        {"mar 2 janv 2024", TSL__DATE_MONTH_NAME, at(2024, 1, 2, 0, 0, 0), 0, NO_ZONE}, /* a Tuesday */
        {"mar 2, 2024", TSL__DATE_MONTH_NAME, at(2024, 3, 2, 0, 0, 0), 0, NO_ZONE},     /* March */
        {"24-Jan-68", TSL__DATE_NAME_AND_TWO, at(2068, 1, 24, 0, 0, 0), 0, NO_ZONE},
        {"24-Jan-69", TSL__DATE_NAME_AND_TWO, at(1969, 1, 24, 0, 0, 0), 0, NO_ZONE},
        {"2/24/11", TSL__DATE_TWO_DIGITS, at(2011, 2, 24, 0, 0, 0), 0, NO_ZONE},
        {"99-12-31 23:59", TSL__DATE_TWO_DIGITS, at(1999, 12, 31, 23, 59, 0), 1, NO_ZONE},
        {"24.02.11", TSL__DATE_TWO_DIGITS, TSL_MISSING_INT, 0, NO_ZONE}, /* 24 February or 11 February 2024 */
        {"31.02.11", TSL__DATE_TWO_DIGITS, at(2031, 2, 11, 0, 0, 0), 0, NO_ZONE},
        {"3/4/2017", TSL__DATE_YEAR_LAST, TSL_MISSING_INT, 0, NO_ZONE},
        {"3/3/2017", TSL__DATE_YEAR_LAST, at(2017, 3, 3, 0, 0, 0), 0, NO_ZONE},
        {"Fri 3/3/2017", TSL__DATE_YEAR_LAST, at(2017, 3, 3, 0, 0, 0), 0, NO_ZONE},
        {"Mon 3/4/2017", TSL__DATE_YEAR_LAST, at(2017, 4, 3, 0, 0, 0), 0, NO_ZONE}, /* March the 4th was a Saturday */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(&cases[i]);
    }
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tsl__date_fault fault;
    } cases[] = {
        {"2024-01-03 14:30 CST", TSL__DATE_ZONE_NAME},
        {"2024-01-03 14:30:00 Europe/Berlin", TSL__DATE_ZONE_NAME},
        {"Mon, 3 Jan 2024", TSL__DATE_NO_WEEKDAY},
        {"2024-01-03 星期二", TSL__DATE_NO_WEEKDAY},
        {"Sun 3/4/2017", TSL__DATE_NO_WEEKDAY},
        {"2023-02-29", TSL__DATE_NO_DAY},
        {"31-Apr-2023", TSL__DATE_NO_DAY},
        {"13/13/2010", TSL__DATE_NO_DAY},
        {"20230229", TSL__DATE_NO_DAY},
        {"60", TSL__DATE_NO_DAY}, /* 1900-02-29 of the spreadsheets */
        {"1899-06-01", TSL__DATE_NO_YEAR},
        {"1 Jan 2201", TSL__DATE_NO_YEAR},
        {"2024-01-03 25:00", TSL__DATE_NO_CLOCK},
        {"2024-01-03 24:00:01", TSL__DATE_NO_CLOCK},
        {"2024-01-03 13:00 pm", TSL__DATE_NO_CLOCK},
        {"2024-01-03 晚上12:30", TSL__DATE_NO_CLOCK}, /* of that day or the next */
        {"2024-01-03 14:30+24:00", TSL__DATE_NO_CLOCK},
        {"20240103246000", TSL__DATE_NO_CLOCK},
        {"0000-00-00", TSL__DATE_PLACEHOLDER},
        {"0000-00-00 00:00:00", TSL__DATE_PLACEHOLDER},
        {"00/00/0000", TSL__DATE_PLACEHOLDER},
        {"9999-12-31", TSL__DATE_PLACEHOLDER},
        {"12/31/9999", TSL__DATE_PLACEHOLDER},
        {"0001-01-01T00:00:00", TSL__DATE_PLACEHOLDER},
        {"1899-12-30", TSL__DATE_PLACEHOLDER},
        {"99991231", TSL__DATE_PLACEHOLDER},
        {"0", TSL__DATE_PLACEHOLDER},
        {"", TSL__DATE_NO_FORM},
        {"Jan 2024", TSL__DATE_MONTH_ALONE},
        {"Jan 3, 24", TSL__DATE_NO_FORM},
        {"2024年1月", TSL__DATE_MONTH_ALONE},
        {"2024-Q1", TSL__DATE_NO_FORM},
        {"2024-01", TSL__DATE_MONTH_ALONE},
        {"2024/1", TSL__DATE_MONTH_ALONE},
        {"202401", TSL__DATE_MONTH_ALONE},
        {"２０２４－０１", TSL__DATE_MONTH_ALONE},
        {"01/2024", TSL__DATE_MONTH_ALONE},
        {"01.2024", TSL__DATE_MONTH_ALONE},
        {"enero de 2024", TSL__DATE_MONTH_ALONE},
        {"2024-13", TSL__DATE_NO_FORM},
        {"2024-00", TSL__DATE_NO_FORM},
        {"202413", TSL__DATE_NO_FORM},
        {"180001", TSL__DATE_NO_FORM},
        {"2024-01-", TSL__DATE_NO_FORM},
        {"202-01-01", TSL__DATE_NO_FORM},
        {"1/2/3", TSL__DATE_NO_FORM},
        {"1-2/2003", TSL__DATE_NO_FORM},
        {"Monday", TSL__DATE_NO_FORM},
        {"may", TSL__DATE_NO_FORM},
        {"2024-01-03,", TSL__DATE_NO_FORM},
        {"2024-01-0314:30", TSL__DATE_NO_FORM},
        {"3 Foo 2024", TSL__DATE_NO_FORM},
        {"12:30", TSL__DATE_NO_FORM},
        {"2024-01-03                                                         14:30", TSL__DATE_NO_FORM}, /* over 64 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__moment m = read_cell(cases[i].text);
        if (m.fault != cases[i].fault || m.form != TSL__DATE_NONE || m.seconds != TSL_MISSING_INT) {
            fail_msg("%s: fault %d, not %d", cases[i].text, (int)m.fault, (int)cases[i].fault);
        }
    }
    assert_non_null(strstr(tsl__date_fault_get_text(TSL__DATE_ZONE_NAME, TSL_DATES_AUTO), "offset"));
    assert_non_null(strstr(tsl__date_fault_get_text(TSL__DATE_MONTH_ALONE, TSL_DATES_DMY), "is a month"));
    assert_non_null(strstr(tsl__date_fault_get_text(TSL__DATE_OTHER_ORDER, TSL_DATES_MDY), "month first"));
}

/* A cell ends where it ends, whatever stands behind it in its line. */
static void test_cell_ends(void **state)
{
    (void)state;
    static const char line[] = "2024-01-03 14:30:00Z,2";
    const size_t whole[] = {1, 2, 3, 4, 10, 16, 19, 20}; /* up to 2024 a serial number; 2024-01-0 is no day */
    for (size_t n = 0; n < sizeof line; n++) {
        tsl__moment m;
        int wanted = 0;
        for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
            wanted |= n == whole[i];
        }
        if (tsl__moment_read((tsl__span){line, n}, &m) != wanted) {
            fail_msg("%.*s", (int)n, line);
        }
    }
}

/* Any time, written in each form, is read back. */
static void test_what_is_written_is_read(void **state)
{
    (void)state;
    static const char *const months[] = {"Jan",   "februar", "mars", "Abril", "May",      "JUNI",
                                         "juil.", "agosto",  "SEPT", "Okt.",  "novembre", "Dic"};
    static const char *const weekdays[] = {"Monday", "Dienstag", "mer.", "jueves", "Fri", "SA", "dim."};
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        int64_t t =
            at(1900, 1, 1, 0, 0, 0) + (int64_t)(seed >> 20) % (at(2200, 12, 31, 0, 0, 0) - at(1900, 1, 1, 0, 0, 0));
        int y, m, d, second = (int)(t - (int64_t)tsl__time_day(t) * TSL__DAY_SECONDS);
        tsl__day_split(tsl__time_day(t), &y, &m, &d);
        int h = second / 3600, min = second / 60 % 60, s = second % 60, half = h % 12 ? h % 12 : 12;
        const char *pm = h < 12 ? "am" : "PM", *zh = h < 12 ? "上午" : "下午";
        const char *weekday = weekdays[tsl__day_weekday(tsl__time_day(t))];
        char text[9][80];
        snprintf(text[0], 80, "%04d-%02d-%02d %02d:%02d:%02d", y, m, d, h, min, s);
        snprintf(text[1], 80, "%d/%d/%dT%d:%02d:%02d.75", y, m, d, h, min, s);
        snprintf(text[2], 80, "%d.%d.%d, %d:%02d:%02d %s", d, m, y, half, min, s, pm);
        snprintf(text[3], 80, "%d-%s-%d %02d:%02d:%02d", d, months[m - 1], y, h, min, s);
        snprintf(text[4], 80, "%s, %s %d, %d %d:%02d:%02d%s", weekday, months[m - 1], d, y, half, min, s, pm);
        snprintf(text[5], 80, "%d年%d月%d日%d时%d分%d秒", y, m, d, h, min, s);
        snprintf(text[6], 80, "%d年%d月%d日 %s%d:%02d:%02d", y, m, d, zh, half, min, s);
        snprintf(text[7], 80, "%04d%02d%02d%02d%02d%02d", y, m, d, h, min, s);
        snprintf(text[8], 80, "%s %d. %s %d %02d:%02d:%02d", weekday, d, months[m - 1], y, h, min, s);
        for (int form = 0; form < 9; form++) {
            tsl__moment got = read_cell(text[form]);
            if (got.seconds != t || !got.has_clock || got.has_zone) {
                fail_msg("%s: %lld, not %lld (fault %d)", text[form], (long long)got.seconds, (long long)t,
                         (int)got.fault);
            }
        }
        snprintf(text[0], 80, "%d/%d/%d %d:%02d:%02d -03:30", m, d, y, h, min, s);
        tsl__moment got = read_cell(text[0]);
        assert_true(tsl__open_get(got.open, TSL_DATES_MDY) == t);
        snprintf(text[0], 80, "%d-%d-%d %d:%02d:%02d", d, m, y, h, min, s);
        assert_true(tsl__open_get(read_cell(text[0]).open, TSL_DATES_DMY) == t);
    }
}

/* The last bits of a value on the way come back. */
static void test_open_values(void **state)
{
    (void)state;
    static const char *const zones[] = {"", "Z", "+14:00", "-13:59", "-00:30"};
    const int offsets[] = {0, 0, 50400, -50340, -1800};
    for (int z = 0; z < 5; z++) {
        char text[64];
        int32_t offset;
        snprintf(text, sizeof text, "11/12/10 24:00%s", zones[z]);
        tsl__moment m = read_cell(text);
        int64_t value = tsl__moment_get_value(&m);
        assert_true(tsl__time_is_open(value) && !tsl__time_is_instant(value));
        assert_int_equal(tsl__open_get_orders(value),
                         TSL__ORDER(TSL_DATES_YMD) | TSL__ORDER(TSL_DATES_MDY) | TSL__ORDER(TSL_DATES_DMY));
        assert_true(tsl__open_get(value, TSL_DATES_YMD) == at(2011, 12, 11, 0, 0, 0));
        assert_true(tsl__open_get(value, TSL_DATES_MDY) == at(2010, 11, 13, 0, 0, 0));
        assert_true(tsl__open_get(value, TSL_DATES_DMY) == at(2010, 12, 12, 0, 0, 0));
        assert_int_equal(tsl__open_get_offset(value, &offset), z > 0);
        assert_int_equal(offset, offsets[z]);
    }
    tsl__moment m = read_cell("1900-01-01T00:00:00+14:00");
    assert_true(tsl__time_is_instant(tsl__moment_get_value(&m)));
    m = read_cell("2200-12-31 23:59:59-12:00");
    assert_true(tsl__time_is_instant(tsl__moment_get_value(&m)));
    m = read_cell("2200-12-31 23:59:59");
    assert_false(tsl__time_is_instant(tsl__moment_get_value(&m)));
    assert_false(tsl__time_is_instant(TSL_MISSING_INT) || tsl__time_is_open(TSL_MISSING_INT));
}

static void test_placeholders(void **state)
{
    (void)state;
    assert_true(tsl__time_is_placeholder(at(1, 1, 1, 0, 0, 0)));
    assert_true(tsl__time_is_placeholder(at(1753, 1, 1, 0, 0, 0)));
    assert_true(tsl__time_is_placeholder(at(1899, 12, 30, 0, 0, 0)));
    assert_true(tsl__time_is_placeholder(at(1900, 1, 1, 0, 0, 0)));
    assert_true(tsl__time_is_placeholder(at(1970, 1, 1, 8, 0, 0))); /* 0 seconds since 1970, as Shanghai has it */
    assert_true(tsl__time_is_placeholder(at(9999, 12, 31, 23, 59, 59)));
    assert_false(tsl__time_is_placeholder(at(1970, 1, 2, 0, 0, 0)));
    assert_false(tsl__time_is_placeholder(at(1900, 1, 2, 0, 0, 0)));
    assert_false(tsl__time_is_placeholder(at(1899, 12, 29, 23, 59, 59)));
    assert_false(tsl__time_is_placeholder(at(9999, 12, 30, 0, 0, 0)));
    assert_false(tsl__time_is_placeholder(TSL_MISSING_INT));
    assert_false(tsl__time_is_placeholder(TSL__TIME_OPEN_BIT));
}

/* Bytes at random, and dates with one byte changed, are read or refused; a moment without a fault lies in the calendar.
 */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const texts[] = {"2024-01-03 14:30:00Z",  "Mittwoch, 3. Jänner 2024, 2:30 p. m.",
                                        "2024年1月3日 下午2:30", "45292.60416666",
                                        "11/12/10 24:00+08:00",  "20240103143000"};
    uint64_t seed = 11;
    for (int i = 0; i < 60000; i++) {
        char cell[64];
        const char *text = texts[i % 6];
        size_t n = strlen(text);
        memcpy(cell, text, n);
        for (int change = 0; change < 1 + i % 3; change++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            cell[(seed >> 33) % n] = i % 2 ? (char)(seed >> 50) : "0123456789/.:- ,"[(seed >> 50) % 16];
        }
        char *exact = malloc(n); /* so that a reader beyond the end is seen by the sanitizer */
        assert_non_null(exact);
        memcpy(exact, cell, n);
        tsl__moment m;
        int good = tsl__moment_read((tsl__span){exact, n}, &m);
        assert_int_equal(good, m.fault == TSL__DATE_GOOD);
        if (good && m.seconds != TSL_MISSING_INT) {
            assert_true(tsl__time_is_of_calendar(m.seconds) || m.seconds == at(2201, 1, 1, 0, 0, 0));
        }
        assert_int_equal(good && m.seconds == TSL_MISSING_INT, good && tsl__time_is_open(tsl__moment_get_value(&m)));
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_forms),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_bad_forms),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_cell_ends),
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_open_values),
        cmocka_unit_test(test_placeholders),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
