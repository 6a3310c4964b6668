/* test_date_evidence.c: what a column shows of its dates, however it is cut, and what is decided by it. */
#include "table/date/date_evidence.h"

#include "base/calendar.h"
#include "help.h"

#define MOST_CELLS 64

static int64_t at(int y, int m, int d, int h, int min, int s)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60 + s;
}

static tsl__date_fault add(tsl__date_evidence *e, const char *text, uint64_t line, int64_t *value)
{
    return tsl__date_evidence_add(e, tsl__span_make(text), -1, "f.csv", line, value);
}

/* A column of cells, ended by NULL; the values on the way. */
static tsl__date_evidence gather(const char *const *cells, tsl_date_order declared, int64_t value[MOST_CELLS])
{
    tsl__date_evidence e = {.declared = declared};
    int64_t own;
    for (uint64_t i = 0; cells[i]; i++) {
        add(&e, cells[i], i + 2, value ? &value[i] : &own);
    }
    return e;
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

static tsl__date_doubt decide(const char *const *cells, tsl__date_reading *way)
{
    tsl__date_evidence e = gather(cells, TSL_DATES_AUTO, NULL);
    return tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, way);
}

/* ---- The order ------------------------------------------------------------------------ */

static void test_order_is_proven(void **state)
{
    (void)state;
    const struct {
        const char *const *cells;
        tsl__date_doubt doubt;
        tsl_date_order order;
    } columns[] = {
        {CELLS("3/4/2017", "12/31/2017"), TSL__DATES_SURE, TSL_DATES_MDY},
        {CELLS("3/4/2017", "31/12/2017"), TSL__DATES_SURE, TSL_DATES_DMY},
        {CELLS("31/12/2017", "3/4/2017"), TSL__DATES_SURE, TSL_DATES_DMY}, /* wherever the proof stands */
        {CELLS("5/5/2017", "6/6/2017"), TSL__DATES_SURE, TSL_DATES_MDY},   /* no matter: the lowest that fits */
        {CELLS("3/4/2017", "5/5/2017"), TSL__DATES_OPEN_ORDER, 0},
        {CELLS("31/12/2017", "12/31/2017"), TSL__DATES_MIXED_ORDERS, 0},
        {CELLS("31/12/2017", "3/4/2017", "12/31/2017"), TSL__DATES_MIXED_ORDERS, 0},
        {CELLS("Mon 3/4/2017", "1/2/2017"), TSL__DATES_SURE, TSL_DATES_DMY}, /* the weekday is true in April alone */
        /* two digits of a year: three orders */
        {CELLS("2/3/11", "2/24/11"), TSL__DATES_SURE, TSL_DATES_MDY},
        {CELLS("02/03/11", "24/02/11"), TSL__DATES_OPEN_ORDER, 0}, /* the year or the day */
        {CELLS("02/03/11", "24/02/11", "11/02/32"), TSL__DATES_SURE, TSL_DATES_DMY},
        {CELLS("02/03/11", "32/02/11"), TSL__DATES_SURE, TSL_DATES_YMD},
        {CELLS("11-12-10"), TSL__DATES_OPEN_ORDER, 0},
        {CELLS("10-10-10", "05-05-05"), TSL__DATES_SURE, TSL_DATES_YMD}, /* no matter */
        {CELLS("02/24/11", "24/02/11", "99/12/31"), TSL__DATES_MIXED_ORDERS, 0},
        {CELLS("24.02.11", "25.02.40"), TSL__DATES_SURE, TSL_DATES_DMY}, /* points never have the month first */
        {CELLS("24.02.11"), TSL__DATES_OPEN_ORDER, 0},
        {CELLS("3/24/2011", "2/3/11"), TSL__DATES_SURE, TSL_DATES_MDY}, /* one order a column */
        /* what leaves no doubt proves nothing */
        {CELLS("31.12.2017", "3/4/2017"), TSL__DATES_OPEN_ORDER, 0},
        {CELLS("2017-12-31", "3 Jan 2017", "3/4/2017"), TSL__DATES_OPEN_ORDER, 0},
        {CELLS("2017-12-31", "31.12.2017", "3 Jan 2017"), TSL__DATES_SURE, TSL_DATES_AUTO},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        tsl__date_reading way;
        tsl__date_doubt doubt = decide(columns[i].cells, &way);
        if (doubt != columns[i].doubt || (doubt == TSL__DATES_SURE && way.order != columns[i].order)) {
            fail_msg("column %zu (%s): doubt %d, order %d", i, columns[i].cells[0], (int)doubt, (int)way.order);
        }
    }
}

/* So many dates that a spreadsheet made, and texts that it left; then one more cell, of another file perhaps. */
static tsl__date_doubt decide_swapped(int dates, int texts, const char *form, const char *more, const char *file,
                                      tsl_date_order declared)
{
    tsl__date_evidence e = {.declared = declared};
    tsl__date_reading way;
    char cell[40];
    int64_t value;
    for (int i = 0; i < dates; i++) {
        snprintf(cell, sizeof cell, "2023-%02d-%02d", 1 + i % 7, 1 + i % 12);
        tsl__date_evidence_add(&e, tsl__span_make(cell), -1, "f.csv", (uint64_t)i + 2, &value);
    }
    for (int i = 0; i < texts; i++) {
        snprintf(cell, sizeof cell, form, 13 + i % 16, 1 + i % 12);
        tsl__date_evidence_add(&e, tsl__span_make(cell), -1, file, (uint64_t)(dates + i) + 2, &value);
    }
    if (more) {
        tsl__date_evidence_add(&e, tsl__span_make(more), -1, file, 99, &value);
    }
    return tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &way);
}

/* Where a spreadsheet swapped day and month. */
static void test_swapped(void **state)
{
    (void)state;
    static const char dmy[] = "%d/%02d/2023", mdy[] = "%2$02d/%1$d/2023";
    assert_int_equal(decide_swapped(10, 10, dmy, NULL, "f.csv", TSL_DATES_AUTO), TSL__DATES_SWAPPED);
    assert_int_equal(decide_swapped(10, 10, mdy, NULL, "f.csv", TSL_DATES_AUTO), TSL__DATES_SWAPPED);
    assert_int_equal(decide_swapped(10, 10, dmy, "3 Jan 2023", "f.csv", TSL_DATES_AUTO), TSL__DATES_SWAPPED);
    assert_int_equal(decide_swapped(9, 10, dmy, NULL, "f.csv", TSL_DATES_AUTO), TSL__DATES_SURE);
    assert_int_equal(decide_swapped(10, 9, dmy, NULL, "f.csv", TSL_DATES_AUTO), TSL__DATES_SURE);
    assert_int_equal(decide_swapped(10, 10, dmy, "2023-05-13", "f.csv", TSL_DATES_AUTO), TSL__DATES_SURE);
    assert_int_equal(decide_swapped(10, 10, dmy, "2023-05-13 10:00", "f.csv", TSL_DATES_AUTO), TSL__DATES_SURE);
    assert_int_equal(decide_swapped(10, 10, dmy, "05/06/2023", "f.csv", TSL_DATES_AUTO), TSL__DATES_SURE);
    assert_int_equal(decide_swapped(10, 10, dmy, "05/05/2023", "f.csv", TSL_DATES_AUTO), TSL__DATES_SURE);
    assert_int_equal(decide_swapped(10, 10, dmy, NULL, "g.csv", TSL_DATES_AUTO), TSL__DATES_SURE); /* another one */
    assert_int_equal(decide_swapped(10, 10, dmy, NULL, "f.csv", TSL_DATES_DMY), TSL__DATES_SURE);  /* it is said */
    tsl__date_evidence early = gather(CELLS("2023-01-05", "2023-05-12 10:00"), TSL_DATES_AUTO, NULL),
                       late = gather(CELLS("2023-01-13", "2023/05/28 10:00"), TSL_DATES_AUTO, NULL);
    assert_int_equal(early.late_days, 0);
    tsl__date_evidence_join(&early, &late);
    assert_int_equal(early.late_days, 2);
}

/* What is remembered: what was proven, or settled by what was before, or just that. */
static void test_kept_order(void **state)
{
    (void)state;
    const struct {
        const char *const *cells;
        tsl_date_order declared, before, proven, kept;
    } cases[] = {
        {CELLS("3/4/2017", "12/31/2017"), TSL_DATES_AUTO, TSL_DATES_DMY, TSL_DATES_MDY, TSL_DATES_MDY},
        {CELLS("3/4/2017"), TSL_DATES_AUTO, TSL_DATES_DMY, TSL_DATES_AUTO, TSL_DATES_DMY},
        {CELLS("5/5/2017"), TSL_DATES_AUTO, TSL_DATES_MDY, TSL_DATES_AUTO, TSL_DATES_MDY},
        {CELLS("5/5/2017"), TSL_DATES_AUTO, TSL_DATES_YMD, TSL_DATES_AUTO, TSL_DATES_AUTO},
        {CELLS("2017-03-04"), TSL_DATES_AUTO, TSL_DATES_MDY, TSL_DATES_AUTO, TSL_DATES_MDY},
        {CELLS("12/31/2017"), TSL_DATES_MDY, TSL_DATES_AUTO, TSL_DATES_AUTO, TSL_DATES_AUTO},
        {CELLS("24-01-31", "31-01-05", "32-01-01"), TSL_DATES_AUTO, TSL_DATES_AUTO, TSL_DATES_YMD, TSL_DATES_YMD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__date_evidence e = gather(cases[i].cells, cases[i].declared, NULL);
        tsl__date_reading way;
        assert_int_equal(tsl__date_evidence_decide(&e, cases[i].before, NULL, &way), TSL__DATES_SURE);
        assert_int_equal(tsl__date_evidence_get_proven(&e), cases[i].proven);
        assert_int_equal(tsl__date_evidence_keep(&e, cases[i].before, way.order), cases[i].kept);
    }
}

/* One text of many cells counts as all of them. */
static void test_repeats(void **state)
{
    (void)state;
    tsl__date_evidence e = {.repeats = 4}, other = {.repeats = 1};
    int64_t value;
    add(&e, "1970-01-01 00:00Z", 2, &value);
    add(&e, "9999-12-31", 3, &value);
    add(&other, "2000", 4, &value);
    assert_int_equal(e.form[TSL__DATE_YEAR_FIRST], 5);
    assert_int_equal(e.with_clock, 5);
    assert_int_equal(e.with_zone, 5);
    assert_int_equal(e.placeholders, 10);
    assert_int_equal(other.years, 2);
}

static void test_earlier_order(void **state)
{
    (void)state;
    tsl__date_reading way;
    tsl__date_evidence open = gather(CELLS("3/4/2017"), TSL_DATES_AUTO, NULL);
    assert_int_equal(tsl__date_evidence_decide(&open, TSL_DATES_DMY, NULL, &way), TSL__DATES_SURE);
    assert_int_equal(way.order, TSL_DATES_DMY);
    assert_int_equal(tsl__date_evidence_decide(&open, TSL_DATES_YMD, NULL, &way), TSL__DATES_OPEN_ORDER);
    tsl__date_evidence proven = gather(CELLS("12/31/2017"), TSL_DATES_AUTO, NULL);
    assert_int_equal(tsl__date_evidence_decide(&proven, TSL_DATES_DMY, NULL, &way), TSL__DATES_SURE);
    assert_int_equal(way.order, TSL_DATES_MDY);
}

static void test_declared_order(void **state)
{
    (void)state;
    int64_t value;
    const tsl__date_reading none = {0};
    tsl__date_evidence mdy = {.declared = TSL_DATES_MDY}, dmy = {.declared = TSL_DATES_DMY},
                       ymd = {.declared = TSL_DATES_YMD};
    assert_int_equal(add(&mdy, "3/4/2017", 2, &value), TSL__DATE_GOOD);
    assert_true(tsl__date_settle(&none, value) == at(2017, 3, 4, 0, 0, 0));
    assert_int_equal(add(&dmy, "3/4/17 10:00", 2, &value), TSL__DATE_GOOD);
    assert_true(value == at(2017, 4, 3, 10, 0, 0));
    assert_int_equal(add(&ymd, "11/12/10", 2, &value), TSL__DATE_GOOD);
    assert_true(tsl__date_settle(&none, value) == at(2011, 12, 10, 0, 0, 0));
    const struct {
        tsl__date_evidence *e;
        const char *text;
    } others[] = {{&mdy, "31/12/2017"}, {&mdy, "31.12.2017"}, {&mdy, "31.12.17"}, {&dmy, "12/31/2017"},
                  {&ymd, "3/4/2017"},   {&ymd, "5/5/2017"},   {&ymd, "45292"},    {&dmy, "1704067200"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        uint64_t before = tsl__date_evidence_get_count(others[i].e);
        assert_int_equal(add(others[i].e, others[i].text, 3, &value), TSL__DATE_OTHER_ORDER);
        assert_true(value == TSL_MISSING_INT && tsl__date_evidence_get_count(others[i].e) == before);
    }
    assert_int_equal(add(&mdy, "2017-03-04", 4, &value), TSL__DATE_GOOD); /* leaves no doubt */
    assert_int_equal(add(&mdy, "20170304", 5, &value), TSL__DATE_GOOD);
    tsl__date_reading way;
    assert_int_equal(tsl__date_evidence_decide(&mdy, TSL_DATES_AUTO, NULL, &way), TSL__DATES_SURE);
}

/* ---- Numbers --------------------------------------------------------------------------- */

static void test_kinds(void **state)
{
    (void)state;
    const struct {
        const char *const *cells;
        tsl__date_doubt doubt;
    } columns[] = {
        {CELLS("20240102", "20240102143000"), TSL__DATES_SURE},
        {CELLS("45292", "45292.5", "1"), TSL__DATES_SURE},
        {CELLS("1704067200", "1704067200.5"), TSL__DATES_SURE},
        {CELLS("1704067200000"), TSL__DATES_SURE},
        {CELLS("20240102", "45292"), TSL__DATES_MIXED_FORMS},
        {CELLS("45292", "2024-01-02"), TSL__DATES_MIXED_FORMS},
        {CELLS("2024-01-02", "20240102"), TSL__DATES_MIXED_FORMS},
        {CELLS("1704067200", "1704067200000"), TSL__DATES_MIXED_FORMS},
        {CELLS("1990", "2004", "2010"), TSL__DATES_YEARS},
        {CELLS("1990", "2004", "45292"), TSL__DATES_SURE},
        {CELLS("2024-01-02", "no date"), TSL__DATES_SURE},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        tsl__date_reading way;
        tsl__date_doubt doubt = decide(columns[i].cells, &way);
        if (doubt != columns[i].doubt) {
            fail_msg("column %zu (%s): doubt %d", i, columns[i].cells[0], (int)doubt);
        }
    }
}

/* ---- Zones ----------------------------------------------------------------------------- */

static tsl__zone *open_zone(const char *name)
{
    tsl__zone *zone;
    tsl_error err;
    assert_int_equal(tsl__zone_open(name, &zone, &err), TSL_OK);
    return zone;
}

static void test_zones(void **state)
{
    (void)state;
    int64_t value[MOST_CELLS];
    tsl__date_reading way;
    tsl__zone *zone = open_zone("+02:00");
    /* one offset: as it was written */
    tsl__date_evidence e = gather(CELLS("2024-01-02 23:30:00+08:00", "2024-01-03"), TSL_DATES_AUTO, value);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 1, 2, 23, 30, 0));
    assert_true(tsl__date_settle(&way, value[1]) == at(2024, 1, 3, 0, 0, 0));
    /* a declared zone: its clock; a date without a time stays the day that it is */
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 1, 2, 17, 30, 0));
    assert_true(tsl__date_settle(&way, value[1]) == at(2024, 1, 3, 0, 0, 0));
    /* several: UTC, or the declared zone */
    e = gather(CELLS("2024-01-02 23:30:00+08:00", "2024-01-02T23:30:00Z", "Jan 2, 2024 11:30 PM -0330"), TSL_DATES_AUTO,
               value);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 1, 2, 15, 30, 0));
    assert_true(tsl__date_settle(&way, value[1]) == at(2024, 1, 2, 23, 30, 0));
    assert_true(tsl__date_settle(&way, value[2]) == at(2024, 1, 3, 3, 0, 0));
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[1]) == at(2024, 1, 3, 1, 30, 0));
    /* open dates have a zone likewise */
    e = gather(CELLS("3/4/2024 23:30 +08:00", "13/4/2024 0:30 +08:00"), TSL_DATES_AUTO, value);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 4, 3, 23, 30, 0));
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 4, 3, 17, 30, 0));
    /* some with and some without: only with a declared zone, whose clock the latter have */
    e = gather(CELLS("2024-01-02 23:30:00", "2024-01-02T23:30:00Z"), TSL_DATES_AUTO, value);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, NULL, &way), TSL__DATES_MIXED_ZONES);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 1, 2, 23, 30, 0));
    assert_true(tsl__date_settle(&way, value[1]) == at(2024, 1, 3, 1, 30, 0));
    /* seconds since 1970 are those of UTC; serial numbers a wall clock */
    e = gather(CELLS("1704067200"), TSL_DATES_AUTO, value);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 1, 1, 2, 0, 0));
    e = gather(CELLS("45292.5"), TSL_DATES_AUTO, value);
    assert_int_equal(tsl__date_evidence_decide(&e, TSL_DATES_AUTO, zone, &way), TSL__DATES_SURE);
    assert_true(tsl__date_settle(&way, value[0]) == at(2024, 1, 1, 12, 0, 0));
    assert_true(tsl__date_settle(&way, TSL_MISSING_INT) == TSL_MISSING_INT);
    tsl__zone_free(zone);
}

/* ---- Counts ------------------------------------------------------------------------------ */

/* Of each value it is known whether a time of day was written, until it is settled. */
static void test_clocks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int has_clock;
    } cases[] = {{"2024-01-02", 0},        {"2024-01-02 00:00", 1},
                 {"2024-01-02T00:00Z", 1}, {"3/4/2017", 0},
                 {"3/4/2017 0:00", 1},     {"12/31/2017", 0},
                 {"11/12/10", 0},          {"11/12/10 24:00Z", 1},
                 {"Jan 3, 2024", 0},       {"3 Jan 2024 3 PM", 1},
                 {"20240102", 0},          {"20240102000000", 1},
                 {"2024年1月2日14时", 1},  {"45292", 0},
                 {"45292.5", 1},           {"1704067200", 1},
                 {"1900-01-01", 0},        {"1900-01-01 00:00", 1},
                 {"2200-12-31", 0},        {"none", 0}};
    for (int declared = TSL_DATES_AUTO; declared <= TSL_DATES_DMY; declared++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            int64_t value;
            tsl__date_evidence e = {.declared = (tsl_date_order)declared};
            int good = add(&e, cases[i].text, 2, &value) == TSL__DATE_GOOD;
            if (tsl__time_had_clock(value) != (good && cases[i].has_clock)) {
                fail_msg("%s: %d", cases[i].text, tsl__time_had_clock(value));
            }
            assert_int_equal(e.with_clock, good && cases[i].has_clock);
        }
    }
    assert_false(tsl__time_had_clock(TSL_MISSING_INT));
}

static void test_counts(void **state)
{
    (void)state;
    tsl__date_evidence e = gather(
        CELLS("2024-01-02", "2024-01-02 00:00", "x", "9999-12-31", "1970-01-01", "2024-01-04"), TSL_DATES_AUTO, NULL);
    assert_int_equal(tsl__date_evidence_get_count(&e), 4);
    assert_int_equal(e.with_clock, 1);
    assert_string_equal(e.first_without_clock.text, "2024-01-02");
    assert_int_equal(e.first_without_clock.line, 2);
    assert_int_equal(e.placeholders, 2);
    assert_string_equal(e.first_placeholder.text, "9999-12-31");
    assert_int_equal(e.first_placeholder.line, 5);
    assert_string_equal(e.first_placeholder.file, "f.csv");
    /* times of arrays */
    e = (tsl__date_evidence){0};
    assert_int_equal(tsl__date_evidence_add_seconds(&e, at(2024, 1, 2, 10, 0, 0), 1, NULL, 1), TSL__DATE_GOOD);
    assert_int_equal(tsl__date_evidence_add_seconds(&e, at(2024, 1, 3, 0, 0, 0), 0, NULL, 2), TSL__DATE_GOOD);
    assert_int_equal(tsl__date_evidence_add_seconds(&e, at(9999, 12, 31, 0, 0, 0), 0, NULL, 3), TSL__DATE_PLACEHOLDER);
    assert_int_equal(tsl__date_evidence_add_seconds(&e, at(2201, 1, 1, 0, 0, 0), 0, NULL, 4), TSL__DATE_NO_YEAR);
    assert_int_equal(tsl__date_evidence_get_count(&e), 2);
    assert_int_equal(e.with_clock, 1);
    assert_string_equal(e.first_without_clock.text, "2024-01-03");
    assert_string_equal(e.first_placeholder.text, "9999-12-31");
}

/* ---- Cuts -------------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return *seed >> 33;
}

/* However a column is cut into blocks, and in whatever pairs they are joined, the evidence is the same to the byte, and
 * so are the values. */
static void test_cuts(void **state)
{
    (void)state;
    static const char *const kinds[] = {"2024-01-02",
                                        "2024-01-02 10:11:12",
                                        "2024-01-02T10:11:12Z",
                                        "2024-01-02 10:11+08:00",
                                        "2024-01-02 10:11-05",
                                        "3/4/2017",
                                        "13/4/2017",
                                        "4/13/2017",
                                        "5/5/2017",
                                        "11/12/10",
                                        "24/02/11",
                                        "99-12-31 10:00Z",
                                        "31.12.2017",
                                        "24.02.11",
                                        "24-Jan-11",
                                        "Jan 3, 2024",
                                        "20240102",
                                        "45292.5",
                                        "1990",
                                        "1704067200",
                                        "1704067200000",
                                        "1970-01-01",
                                        "9999-12-31",
                                        "none"};
    uint64_t seed = 3;
    for (int round = 0; round < 3000; round++) {
        const char *cells[MOST_CELLS + 1] = {NULL};
        size_t count = 1 + draw(&seed) % (MOST_CELLS - 1), some = 1 + draw(&seed) % 24, from = draw(&seed) % 24;
        for (size_t i = 0; i < count; i++) {
            cells[i] = kinds[(from + draw(&seed) % some) % 24];
        }
        int64_t whole_value[MOST_CELLS], value;
        tsl_date_order declared = (tsl_date_order)(round % 7 < 4 ? 0 : round % 7 - 3);
        tsl__date_evidence whole = gather(cells, declared, whole_value);
        tsl__date_evidence block[MOST_CELLS];
        size_t blocks = 0;
        for (size_t i = 0; i < count; i++) {
            if (i == 0 || draw(&seed) % 4 == 0) {
                block[blocks++] = (tsl__date_evidence){.declared = declared};
            }
            add(&block[blocks - 1], cells[i], i + 2, &value);
            assert_true(value == whole_value[i]);
        }
        while (blocks > 1) { /* any two neighbours */
            size_t left = draw(&seed) % (blocks - 1);
            tsl__date_evidence_join(&block[left], &block[left + 1]);
            memmove(&block[left + 1], &block[left + 2], (blocks - left - 2) * sizeof *block);
            blocks--;
        }
        if (memcmp(&whole, &block[0], sizeof whole) != 0) {
            fail_msg("round %d: cut evidence differs", round);
        }
        for (size_t i = 0; i < count; i++) { /* what may come of a value lies within its bounds */
            int64_t least, most;
            tsl__date_reading way;
            tsl__date_get_bounds(whole_value[i], &least, &most);
            (void)tsl__date_evidence_decide(&whole, TSL_DATES_AUTO, NULL, &way);
            int64_t settled = tsl__date_settle(&way, whole_value[i]);
            if (settled != TSL_MISSING_INT) {
                assert_true(settled >= least && settled <= most);
            }
            if (!tsl__time_is_open(whole_value[i]) && !tsl__time_is_instant(whole_value[i])) {
                assert_true(least == settled && most == settled);
            }
        }
    }
}

/* The time of day of another cell is taken where the date has none, or midnight, and no zone. */
static void test_clock_of_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        int hour, minute; /* of what is settled: 15:20 was given */
    } cases[] = {{"2024-01-31", 15, 20},      {"31.01.2024", 15, 20},          {"31/01/2024", 15, 20},
                 {"20240131", 15, 20},        {"2024-01-31 00:00:00", 15, 20}, {"31/1/2024 0:00", 15, 20},
                 {"2024-01-31 08:30", 8, 30}, {"31/1/24 08:30", 8, 30},        {"2024-01-31T00:00:00Z", 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__date_evidence e = {.declared = i % 2 ? TSL_DATES_AUTO : TSL_DATES_DMY};
        tsl__date_reading way = {.order = TSL_DATES_DMY};
        int64_t value;
        const tsl__span cell = tsl__span_make(cases[i].cell);
        assert_int_equal(tsl__date_evidence_add(&e, cell, 55200, "f.csv", 2, &value), TSL__DATE_GOOD);
        assert_true(tsl__time_had_clock(value));
        assert_int_equal(e.with_clock, 1);
        const int64_t seconds = tsl__date_settle(&way, value);
        if (seconds != at(2024, 1, 31, cases[i].hour, cases[i].minute, 0)) {
            fail_msg("%s: %lld", cases[i].cell, (long long)seconds);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_proven),
        cmocka_unit_test(test_earlier_order),
        cmocka_unit_test(test_kept_order),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_declared_order),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_zones),
        cmocka_unit_test(test_clocks),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_clock_of_its_own),
        cmocka_unit_test(test_swapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
