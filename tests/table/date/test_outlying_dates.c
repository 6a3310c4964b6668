/* test_outlying_dates.c: dates far from all others: the rule, against a naive one, and what is said. */
#include "table/date/outlying_dates.h"

#include "base/text.h"

#include "base/calendar.h"
#include "base/rng.h"
#include "help.h"

enum { DAY = 86400 };

static int compare_times(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t get_most(size_t n, size_t share)
{
    const size_t few = n / 10 < 3 ? n / 10 : 3;
    return n / share > few ? n / share : few;
}

/* Sorted days from..to have a rhythm that the gap is far beyond. */
static int breaks_rhythm(const int64_t *sorted, size_t from, size_t to, int64_t gap)
{
    int64_t longest = 0;
    size_t days = 1;
    for (size_t i = from + 1; i <= to; i++) {
        longest = sorted[i] - sorted[i - 1] > longest ? sorted[i] - sorted[i - 1] : longest;
        days += sorted[i] != sorted[i - 1];
    }
    return days >= 10 && gap > 90 && gap > 10 * longest;
}

/* The widest part of the end of sorted days, so many rows at most, behind a gap of over a year. */
static size_t find_end(const int64_t *sorted, size_t n, size_t most, int late)
{
    size_t far = 0;
    for (size_t i = 1; n >= 10 && i <= most; i++) {
        if (late ? sorted[n - i] - sorted[n - 1 - i] > 365 : sorted[i] - sorted[i - 1] > 365) {
            far = i;
        }
    }
    return far;
}

/* By sorting: of an end at most a twentieth or three rows, else a third; or a smaller part behind a gap far beyond the
 * rhythm. */
static tsl__outlying find_naively(const int64_t *time, size_t rows)
{
    int64_t *sorted = calloc(rows, sizeof *sorted);
    size_t n = 0;
    tsl__outlying far = {0};
    for (size_t i = 0; i < rows; i++) {
        if (time[i] != TSL_MISSING_INT) {
            sorted[n++] = tsl__time_day(time[i]);
        }
    }
    qsort(sorted, n, sizeof *sorted, compare_times);
    far.early = find_end(sorted, n, get_most(n, 20), 0);
    far.early = far.early ? far.early : find_end(sorted, n, n / 3, 0);
    far.late = find_end(sorted, n, get_most(n, 20), 1);
    far.late = far.late ? far.late : find_end(sorted, n, n / 3, 1);
    far.from = far.early ? (int32_t)sorted[far.early] : 0;
    far.to = far.late ? (int32_t)sorted[n - 1 - far.late] : 0;
    for (size_t i = 1; n >= 10 && i <= get_most(n, 10000); i++) {
        if (breaks_rhythm(sorted, far.early, n - 1 - i, sorted[n - i] - sorted[n - 1 - i]) && i > far.late) {
            far.late = i;
            far.to = (int32_t)sorted[n - 1 - i];
        }
    }
    if (far.late) {
        far.gap = (int32_t)sorted[n - far.late] - far.to;
    }
    for (size_t i = n - far.late; i < n; i++) {
        far.late_days += i == n - far.late || sorted[i] != sorted[i - 1];
    }
    free(sorted);
    return far;
}

static void check(const int64_t *time, size_t rows)
{
    tsl__outlying far, naive = find_naively(time, rows);
    assert_int_equal(tsl__outlying_find(time, rows, &far, NULL), TSL_OK);
    assert_int_equal(far.early, naive.early);
    assert_int_equal(far.late, naive.late);
    assert_true(!far.early || far.from == naive.from);
    assert_true(!far.late || far.to == naive.to);
    assert_int_equal(far.late_days, naive.late_days);
    assert_int_equal(far.gap, naive.gap);
}

static void test_against_naive(void **state)
{
    (void)state;
    static int64_t time[2000];
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    for (int round = 0; round < 400; round++) {
        size_t rows = tsl__rng_below(&rng, 2000);
        int64_t span = 1 + (int64_t)tsl__rng_below(&rng, 1500), odd = (int64_t)tsl__rng_below(&rng, 120);
        for (size_t i = 0; i < rows; i++) {
            time[i] = ((int64_t)tsl__rng_below(&rng, (uint64_t)span) - 400) * DAY + (int64_t)tsl__rng_below(&rng, DAY);
            if ((int64_t)tsl__rng_below(&rng, 1000) < odd / 8) {
                time[i] += ((int64_t)tsl__rng_below(&rng, 80) - 40) * 365 * DAY;
            }
            if (tsl__rng_below(&rng, 50) == 0) {
                time[i] = TSL_MISSING_INT;
            }
        }
        check(time, rows);
    }
}

/* A shop of daily rows, and a few of another season: two and three do not pass for its end, a hundredth does. */
static void test_few_far_rows(void **state)
{
    (void)state;
    static int64_t time[1000];
    tsl__outlying far;
    for (size_t few = 1; few <= 4; few++) {
        for (int64_t gap = 60; gap <= 400; gap += 20) {
            for (size_t i = 0; i < 200; i++) {
                time[i] = (int64_t)(i < 200 - few ? i / 2 : 99 + (size_t)gap + i % 2) * DAY;
            }
            check(time, 200);
            assert_int_equal(tsl__outlying_find(time, 200, &far, NULL), TSL_OK);
            assert_int_equal(far.late, gap > 365 || (few <= 3 && gap > 90) ? few : 0);
        }
    }
    for (size_t i = 0; i < 30; i++) { /* once a month: three months are no such gap */
        time[i] = (int64_t)(i < 28 ? 30 * i : 30 * i + 90) * DAY;
    }
    check(time, 30);
    assert_int_equal(tsl__outlying_find(time, 30, &far, NULL), TSL_OK);
    assert_int_equal(far.late, 0);
}

/* Ten times the longest gap of the others, and not one day less. */
static void test_rhythm(void **state)
{
    (void)state;
    int64_t time[400];
    tsl__outlying far;
    for (int64_t gap = 80; gap <= 140; gap++) {
        for (int64_t i = 0; i < 400; i++) {
            time[i] = (i < 399 ? 12 * (i % 21) : 12 * 20 + gap) * DAY;
        }
        assert_int_equal(tsl__outlying_find(time, 400, &far, NULL), TSL_OK);
        assert_int_equal(far.late, gap > 120);
        check(time, 400);
    }
}

/* Each bound of the rhythm, and one below it: the gap, the days of the others, the share of a large table. */
static void test_bounds(void **state)
{
    (void)state;
    static int64_t time[50000];
    tsl__outlying far;
    const struct {
        int64_t rows, days, late, gap;
        size_t found;
    } cases[] = {{100, 50, 1, 91, 1},   {100, 50, 1, 90, 0},   {100, 10, 1, 91, 1},      {100, 9, 1, 91, 0},
                 {40000, 60, 4, 91, 4}, {39999, 60, 4, 91, 0}, {40000, 60, 5, 91, 0},    {30, 20, 10, 366, 10},
                 {30, 20, 11, 366, 0},  {400, 50, 4, 366, 4},  {399, 50, 133, 366, 133}, {399, 50, 134, 366, 0}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const int64_t others = cases[c].rows - cases[c].late;
        for (int64_t i = 0; i < cases[c].rows; i++) {
            time[i] = (i < others ? i % cases[c].days : cases[c].days - 1 + cases[c].gap) * DAY;
        }
        assert_int_equal(tsl__outlying_find(time, (size_t)cases[c].rows, &far, NULL), TSL_OK);
        if (far.late != cases[c].found) {
            fail_msg("%zu: %zu", c, far.late);
        }
        check(time, (size_t)cases[c].rows);
    }
}

/* Months of no rows in a small table are a pause: they are told, and its newest rows stay. */
static void test_pause(void **state)
{
    (void)state;
    const struct {
        size_t rows, late;
        int64_t gap;
        tsl__outlying_effect effect;
    } cases[] = {{42, 2, 103, TSL__OUTLYING_MOVES},       {99, 1, 103, TSL__OUTLYING_MOVES},
                 {100, 1, 103, TSL__OUTLYING_REJECTED},   {299, 3, 365, TSL__OUTLYING_MOVES},
                 {300, 3, 365, TSL__OUTLYING_REJECTED},   {42, 2, 366, TSL__OUTLYING_REJECTED},
                 {1000, 50, 366, TSL__OUTLYING_REJECTED}, {1000, 51, 366, TSL__OUTLYING_MOVES}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int64_t time[1000];
        tsl__outlying far;
        const size_t old = cases[c].rows - cases[c].late;
        for (size_t i = 0; i < cases[c].rows; i++) {
            time[i] = (i < old ? (int64_t)(i % 28) : 27 + cases[c].gap) * DAY;
        }
        assert_int_equal(tsl__outlying_find(time, cases[c].rows, &far, NULL), TSL_OK);
        assert_int_equal(far.late, cases[c].late);
        if (tsl__outlying_get_effect(&far) != cases[c].effect) {
            fail_msg("%zu", c);
        }
    }
}

static void test_edges(void **state)
{
    (void)state;
    int64_t time[10] = {0, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY, 6 * DAY, 7 * DAY, 8 * DAY, (8 + 365) * DAY};
    tsl__outlying far;
    assert_int_equal(tsl__outlying_find(time, 10, &far, NULL), TSL_OK);
    assert_int_equal(far.late, 0); /* a year is not over a year */
    time[9] += DAY;
    assert_int_equal(tsl__outlying_find(time, 10, &far, NULL), TSL_OK);
    assert_int_equal(far.late, 1);
    assert_int_equal(far.to, 8);
    assert_int_equal(far.early, 0);
    assert_int_equal(tsl__outlying_find(time + 1, 9, &far, NULL), TSL_OK);
    assert_int_equal(far.late, 0); /* too few to say what is usual */
    assert_int_equal(tsl__outlying_find(time, 0, &far, NULL), TSL_OK);
    assert_int_equal(far.late, 0);
    for (int i = 0; i < 10; i++) {
        time[i] = TSL_MISSING_INT;
    }
    check(time, 10);
}

/* Fifteen lines in two files; `date` stands on line `line` of the second. */
static reading *read_lines(const char *form, const char *date, int line, int32_t as_of)
{
    char first[2000] = "customer,date,amount\n", second[2000] = "customer,date,amount\n", cell[32];
    reading *r = new_reading(TSL_TRANSACTIONS);
    for (int i = 0; i < 15; i++) {
        snprintf(cell, sizeof cell, form, 10 + i, 3);
        char *to = i < 5 ? first : second;
        sprintf(to + strlen(to), "c,%s,1\n", i == line + 3 ? date : cell);
    }
    add_file(r, write_text("first.csv", first));
    add_file(r, write_text("second.csv", second));
    r->opt.as_of = as_of;
    assert_int_equal(run(r), TSL_OK);
    return r;
}

static void check_note(reading *r, const char *part, int there)
{
    if (has_line(&r->table->info.notes, part) != there) {
        fail_msg("%s: %s", part, there ? "not said" : "said");
    }
    free_reading(r);
}

static void test_notes(void **state)
{
    (void)state;
    static const struct {
        const char *form, *late, *early, *fine;
    } forms[] = {
        {"2020-%2$02d-%1$02d", "2099-01-02", "1970-01-01", "2020-09-01"},
        {"%02d/%02d/2020", "02/01/2099", "01/01/1970", "01/09/2020"},
        {"%2$02d/%1$02d/2020", "01/02/2099", "01/01/1970", "09/01/2020"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *form = forms[i].form;
        char part[400];
        snprintf(part, sizeof part,
                 "date: 1 row is dated over a year after all others, up to 2099-01-02 (%s:7); those end on 2020-03-24; "
                 "it does not set the as-of day and is rejected: where it is right, give --as-of 2099-01-03",
                 path_of("second.csv"));
        check_note(read_lines(form, forms[i].late, 7, TSL_NO_DAY), part, 1);
        check_note(read_lines(form, forms[i].late, 7, tsl__day_make(2100, 1, 1)), "over a year after", 0);
        check_note(read_lines(form, forms[i].fine, 7, TSL_NO_DAY), "over a year", 0);
        snprintf(part, sizeof part,
                 "date: 1 row is dated over a year before all others, from 1970-01-01 on (%s:2); those begin on "
                 "2020-03-10; where such a date is a placeholder, empty the cell or take the row out",
                 path_of("second.csv"));
        check_note(read_lines(form, forms[i].early, 2, TSL_NO_DAY), part, 1);
        check_note(read_lines(form, forms[i].early, 2, tsl__day_make(2100, 1, 1)), part, 1);
    }
}

/* Rows of so many days far behind all others are no slip, but a shop that opened again. */
static void test_opened_again(void **state)
{
    (void)state;
    for (int days = 3; days <= 4; days++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,date,amount\n");
        for (int i = 0; i < 1000; i++) {
            tsl__text_printf(&text, "c%d,2020-%02d-%02d,%d\n", i % 50, 1 + i % 12, 1 + i % 28, i % 9 + 1);
        }
        for (int i = 0; i < 8; i++) {
            tsl__text_printf(&text, "c%d,2023-01-%02d,5\n", i, 1 + i % days);
        }
        add_file(r, write_text("again.csv", text.data));
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->info.used, days > 3 ? 1008 : 1000);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_AFTER_AS_OF), days > 3 ? 0 : 8);
        tsl__text_free(&text);
        check_note(r,
                   days > 3 ? "the as-of day follows the last: where they are wrong, give --as-of 2020-12-2"
                            : "they do not set the as-of day and are rejected",
                   1);
    }
}

/* Rows far behind all others are rejected, with their place; the last time is that of the others. A day that is given
 * stands. */
static void test_rejected(void **state)
{
    (void)state;
    reading *r = read_lines("2020-%2$02d-%1$02d", "2099-01-02", 7, TSL_NO_DAY);
    const tsl_table_info *info = &r->table->info;
    assert_int_equal(info->read, 15);
    assert_int_equal(info->used, 14);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_AFTER_AS_OF), 1);
    assert_int_equal(tsl__time_day(info->last_time), tsl__day_make(2020, 3, 24));
    assert_int_equal(tsl_table_get_rows(r->table), 14);
    free_reading(r);
    r = read_lines("2020-%2$02d-%1$02d", "2099-01-02", 7, tsl__day_make(2100, 1, 1));
    assert_int_equal(r->table->info.used, 15);
    assert_int_equal(tsl__time_day(r->table->info.last_time), tsl__day_make(2099, 1, 2));
    free_reading(r);
    r = read_lines("2020-%2$02d-%1$02d", "1970-01-01", 7, TSL_NO_DAY); /* early ones are used */
    assert_int_equal(r->table->info.used, 15);
    free_reading(r);
}

/* A column of dates of the customers; dates of birth may well lie apart. */
static void test_customers(void **state)
{
    (void)state;
    char text[2000] = "id,joined,birth date\n", part[300];
    for (int i = 0; i < 12; i++) {
        sprintf(text + strlen(text), "c%02d,%s,%d-02-03\n", 99 - i,
                i == 4  ? "2091-05-06"
                : i % 2 ? "2020-05-06"
                        : "2020-05-07",
                i == 3 ? 1900 : 1980 + i);
    }
    reading *r = read_text(TSL_CUSTOMERS, text);
    snprintf(part, sizeof part, "joined: 1 row is dated over a year after all others, up to 2091-05-06 (%s:6)",
             path_of("table.csv"));
    assert_true(has_line(&r->table->info.notes, part));
    /* With transactions the day follows those. */
    assert_true(has_line(&r->table->info.notes,
                         "those end on 2020-05-07; where no other table has dates, the as-of day "
                         "follows the last: where it is wrong, give --as-of 2020-05-08"));
    assert_false(has_line(&r->table->info.notes, "birth"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_naive), cmocka_unit_test(test_few_far_rows), cmocka_unit_test(test_rhythm),
        cmocka_unit_test(test_bounds),        cmocka_unit_test(test_pause),        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_notes),         cmocka_unit_test(test_opened_again), cmocka_unit_test(test_rejected),
        cmocka_unit_test(test_customers),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
