/* test_finish_dates.c: dates of events by their column: what is proven, refused, noted, and known of the hour; alike of
 * columns and of rows that are kept by customer. */
#include "base/calendar.h"
#include "base/text.h"
#include "help.h"
#include "table/table_state.h"

static int64_t at(int y, int m, int d, int h, int min)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60;
}

/* Transactions with these dates, NULL behind the last. */
static reading *open_dates(const char *const *cells, int by_customer)
{
    char text[4000] = "customer;amount;date\n";
    reading *r = new_reading(TSL_TRANSACTIONS);
    for (size_t i = 0; cells[i]; i++) {
        sprintf(text + strlen(text), "c%d;1;%s\n", (int)i % 3, cells[i]);
    }
    add_file(r, write_text("dates.csv", text));
    r->opt.by_customer = by_customer;
    r->opt.max_rejects = 1;
    return r;
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The first and the last of each column in time, and a note, or NULL. */
static void test_forms(void **state)
{
    (void)state;
    const struct {
        const char *const *cells;
        int64_t first, last;
        const char *note;
    } cases[] = {
        {CELLS("2024-01-02", "2024-01-05"), at(2024, 1, 2, 0, 0), at(2024, 1, 5, 0, 0), NULL},
        {CELLS("2024/1/2", "2024/1/12"), at(2024, 1, 2, 0, 0), at(2024, 1, 12, 0, 0), NULL},
        {CELLS("20240102", "20240105"), at(2024, 1, 2, 0, 0), at(2024, 1, 5, 0, 0), NULL},
        {CELLS("20240102143000", "20240105000000"), at(2024, 1, 2, 14, 30), at(2024, 1, 5, 0, 0), NULL},
        {CELLS("02.01.2024", "05.01.2024"), at(2024, 1, 2, 0, 0), at(2024, 1, 5, 0, 0), NULL},
        {CELLS("24-Jan-2024", "Jan 30, 2024"), at(2024, 1, 24, 0, 0), at(2024, 1, 30, 0, 0), NULL},
        {CELLS("2/24/11", "3/1/11"), at(2011, 2, 24, 0, 0), at(2011, 3, 1, 0, 0),
         "2 dates are of a year of two digits"},
        {CELLS("11-02-24", "11-03-01", "69-03-31"), at(1969, 3, 31, 0, 0), at(2011, 3, 1, 0, 0),
         "3 dates are of a year of two digits"},
        {CELLS("2024年1月2日 14时30分", "2024年1月3日 下午3:20"), at(2024, 1, 2, 14, 30), at(2024, 1, 3, 15, 20), NULL},
        {CELLS("2024-01-02 2:30 PM", "2024-01-03 24:00:00"), at(2024, 1, 2, 14, 30), at(2024, 1, 4, 0, 0), NULL},
        {CELLS("45292", "45293.604166666667"), at(2024, 1, 1, 0, 0), at(2024, 1, 2, 14, 30),
         "numbers are read as serial numbers of a spreadsheet, counted from 1900"},
        {CELLS("1704067200", "1704119400"), at(2024, 1, 1, 0, 0), at(2024, 1, 1, 14, 30), "seconds since 1970"},
        {CELLS("1704067200000", "1704119400000"), at(2024, 1, 1, 0, 0), at(2024, 1, 1, 14, 30), "milliseconds since"},
        {CELLS("1704067200000000", "1704119400000000"), at(2024, 1, 1, 0, 0), at(2024, 1, 1, 14, 30), "microseconds"},
        /* one offset stays, several are converted */
        {CELLS("2024-01-01T23:30:00+08:00", "2024-01-02T01:00:00+08:00"), at(2024, 1, 1, 23, 30), at(2024, 1, 2, 1, 0),
         NULL},
        {CELLS("2024-01-01T23:30:00+08:00", "2024-01-02T01:00:00Z"), at(2024, 1, 1, 15, 30), at(2024, 1, 2, 1, 0),
         "times have several offsets from UTC (%dates.csv:2: \"2024-01-01T23:30:00+08:00\", "},
        {CELLS("3/4/2024 10:00", "12/31/2023"), at(2023, 12, 31, 0, 0), at(2024, 3, 4, 10, 0),
         "1 of 2 dates have no time of day (%dates.csv:3: \"12/31/2023\"): nothing is known of their hour"},
        {CELLS("2024-01-02", "1970-01-01"), at(1970, 1, 1, 0, 0), at(2024, 1, 2, 0, 0),
         "1 cell is such as programs write where no date is known (%dates.csv:3: \"1970-01-01\")"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = open_dates(cases[i].cells, by_customer);
            if (run(r) != TSL_OK) {
                fail_msg("%zu: %s", i, r->err.message);
            }
            const tsl_table_info *info = &r->table->info;
            if (info->first_time != cases[i].first || info->last_time != cases[i].last) {
                fail_msg("%zu: %lld to %lld", i, (long long)info->first_time, (long long)info->last_time);
            }
            const char *note = cases[i].note, *gap = note ? strchr(note, '%') : NULL;
            char part[400];
            snprintf(part, sizeof part, "%.*s%s%s", gap ? (int)(gap - note) : 300, note ? note : "",
                     gap ? path_of("") : "", gap ? gap + 1 : "");
            if (note ? !has_line(&info->notes, part) : info->notes.count > 0) {
                fail_msg("%zu: %s", i, info->notes.count ? info->notes.text[0] : "no note");
            }
            free_reading(r);
        }
    }
}

static void test_refused(void **state)
{
    (void)state;
    const struct {
        const char *const *cells, *message;
    } cases[] = {
        {CELLS("3/4/2024", "5/5/2024"),
         "dates.csv:2: \"3/4/2024\" reads as 2024-03-04 (month first) or 2024-04-03 (day"},
        {CELLS("02-03-11", "13-03-11"),
         "dates.csv:2: \"02-03-11\" reads as 2002-03-11 (year first) or 2011-03-02 (day"},
        {CELLS("30/4/2024", "4/30/2024"), "mixes two orders of day and month"},
        {CELLS("20240102", "45292"), "mixes days of eight digits"},
        {CELLS("2024-01-02", "45292"), "mixes written dates"},
        {CELLS("2010", "2011"), "holds whole numbers from 1900 to 2200 alone"},
        {CELLS("2024-01-02 10:00", "2024-01-02T10:00Z"), "say by --timezone"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = open_dates(cases[i].cells, by_customer);
            if (run(r) != TSL_E_INPUT || !strstr(r->err.message, cases[i].message)) {
                fail_msg("%zu: %s", i, r->err.message);
            }
            free_reading(r);
        }
    }
}

/* What stands for no date is a bad cell, with its reason. */
static void test_placeholders(void **state)
{
    (void)state;
    static const char *const cells[] = {"9999-12-31", "0001-01-01", "0000-00-00", "2024-01-02", "2023-02-29", NULL};
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = open_dates(cells, by_customer);
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->info.used, 1);
        assert_string_equal(r->reject[0].message, "\"9999-12-31\" stands for no date");
        assert_string_equal(r->reject[2].message, "\"0000-00-00\" stands for no date");
        assert_string_equal(r->reject[3].message, "\"2023-02-29\" is no day of the calendar");
        assert_true(has_line(&r->table->info.notes, "3 cells are such as programs write where no date is known"));
        free_reading(r);
    }
}

static int has_clock(const tsl_column *c, size_t row, int usual)
{
    return c->clock ? c->clock[row / 8] >> row % 8 & 1 : usual;
}

/* Which rows have a time of day is known of each, also behind rows that are out. */
static void test_clock(void **state)
{
    (void)state;
    static const char *const mixed[] = {
        "2024-01-01 00:00", "2024-01-02", "2024-02-01 10:00", "2024-01-03 00:00", "2024-01-04", "2024-01-05",
        "2024-01-06 09:00", "2024-01-07", "2024-01-08 08:00", "2024-01-09",       NULL};
    static const int expected[] = {1, 0, 1, 0, 0, 1, 0, 1, 0};
    reading *r = open_dates(mixed, 0);
    r->opt.as_of = tsl__day_make(2024, 2, 1);
    assert_int_equal(run(r), TSL_OK);
    const tsl_column *time = column(r, TSL_ROLE_TIME);
    assert_int_equal(r->table->info.clock, 1);
    assert_non_null(time->clock);
    for (size_t i = 0; i < 9; i++) {
        assert_int_equal(has_clock(time, i, -1), expected[i]);
    }
    free_reading(r);
    r = open_dates(CELLS("2024-01-01 00:00", "2024-01-02 10:00"), 0);
    assert_int_equal(run(r), TSL_OK);
    assert_null(column(r, TSL_ROLE_TIME)->clock);
    assert_int_equal(r->table->info.clock, 1);
    free_reading(r);
    r = open_dates(CELLS("2024-01-01", "2024-01-02"), 0);
    assert_int_equal(run(r), TSL_OK);
    assert_null(column(r, TSL_ROLE_TIME)->clock);
    assert_int_equal(r->table->info.clock, 0);
    free_reading(r);
}

/* A row by whose date it is open whether it is late stays until the column is decided. */
static void test_late(void **state)
{
    (void)state;
    const struct {
        const char *const *cells;
        uint64_t used;
    } cases[] = {
        {CELLS("4/2/2024", "13/1/2024", "1/2/2024"), 1},            /* 4 February, 13 January, 1 February */
        {CELLS("4/2/2024", "1/13/2024", "1/2/2024"), 2},            /* 2 April, 13 January, 2 January */
        {CELLS("01-02-24", "24-01-31", "32-01-05", "24-02-01"), 2}, /* the year first */
        {CELLS("2024-02-01T02:00+08:00", "2024-01-31T23:59Z", "2024-02-01T00:00Z"), 2}, /* by the clock of UTC */
        {CELLS("2024-02-01T02:00+08:00", "2024-01-31T23:59+08:00"), 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = open_dates(cases[i].cells, by_customer);
            r->opt.as_of = tsl__day_make(2024, 2, 1);
            if (run(r) != TSL_OK || r->table->info.used != cases[i].used) {
                fail_msg("%zu: %s %d", i, r->err.message, r->table ? (int)r->table->info.used : 0);
            }
            free_reading(r);
        }
    }
}

/* A declared zone is the clock of all times with one, and of those without one among them. */
static void test_zone(void **state)
{
    (void)state;
    static const char *const cells[] = {"2024-01-01T16:30:00Z", "2024-01-01 09:00", "2024-01-03",
                                        "2024-01-02T23:00-05:00", NULL};
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = open_dates(cells, by_customer);
        r->opt.timezone = "Asia/Shanghai";
        assert_int_equal(run(r), TSL_OK);
        assert_true(r->table->info.first_time == at(2024, 1, 1, 9, 0));
        assert_true(r->table->info.last_time == at(2024, 1, 3, 12, 0));
        assert_non_null(strstr(r->table->reading, "\"timezone\":\"Asia/Shanghai\""));
        assert_false(r->table->clock.is_known); /* it is declared, and all tables go by it */
        reading *again = open_dates(cells, by_customer);
        again->opt.like = r->table->reading;
        assert_int_equal(run(again), TSL_OK);
        assert_true(again->table->info.last_time == at(2024, 1, 3, 12, 0));
        free_reading(again);
        again = open_dates(cells, by_customer);
        again->opt.like = r->table->reading;
        again->opt.timezone = "-05:00"; /* what is said stands before what was */
        assert_int_equal(run(again), TSL_OK);
        assert_true(again->table->info.last_time == at(2024, 1, 3, 0, 0));
        free_reading(again);
        free_reading(r);
    }
    reading *r = open_dates(cells, 0);
    r->opt.timezone = "Asia/Nowhere";
    assert_int_equal(run(r), TSL_E_OPTION);
    assert_non_null(strstr(r->err.message, "Asia/Nowhere"));
    free_reading(r);
}

/* What the times show of their clock, where none is declared. */
static void test_shown_clock(void **state)
{
    (void)state;
    reading *r = open_dates(CELLS("2024-01-01T16:30:00+08:00", "2024-01-03T10:00+08:00"), 0);
    assert_int_equal(run(r), TSL_OK);
    assert_true(r->table->clock.is_known && r->table->clock.offset == 8 * 3600);
    assert_non_null(strstr(r->table->clock.place, "dates.csv:2: \"2024-01-01T16:30:00+08:00\""));
    free_reading(r);
    r = open_dates(CELLS("2024-01-01 16:30", "2024-01-03 10:00"), 0);
    assert_int_equal(run(r), TSL_OK);
    assert_false(r->table->clock.is_known);
    free_reading(r);
}

/* A day behind the 12th, that no spreadsheet swapped, counts wherever it stands: here in the last of many blocks. */
static void test_late_blocks(void **state)
{
    (void)state;
    for (int way = 0; way < 6; way++) {
        const int has_late = way % 2;
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,amount,date\n");
        for (int i = 0; i < 200000; i++) {
            const int mday = has_late && i > 199000 ? 28 : 1 + i % 12;
            if (i % 2) {
                tsl__text_printf(&text, "c%d,1,2023-%02d-%02d\n", i % 99, 1 + i % 7, mday);
            } else {
                tsl__text_printf(&text, "c%d,1,%d/%02d/2023\n", i % 99, 13 + i % 16, 1 + i % 12);
            }
        }
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("swapped.csv", text.data));
        r->opt.by_customer = way > 1;
        r->exec.threads = 1 + way / 2;
        const tsl_status status = run(r);
        assert_int_equal(status, has_late ? TSL_OK : TSL_E_INPUT);
        assert_true(has_late || strstr(r->err.message, "spreadsheet"));
        free_reading(r);
        tsl__text_free(&text);
    }
}

/* Times with a zone that lie far behind all others, by the day of the clock that they are read by. */
static void test_far(void **state)
{
    (void)state;
    const char *cells[14] = {NULL};
    for (size_t i = 0; i < 12; i++) {
        cells[i] = i % 2 ? "2024-01-01T20:00+08:00" : "2024-01-02T20:00Z";
    }
    cells[12] = "2030-01-01T20:00Z";
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = open_dates(cells, by_customer);
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->info.used, 12);
        assert_true(r->table->info.last_time == at(2024, 1, 2, 20, 0));
        assert_int_equal(r->reject[0].line, 14);
        free_reading(r);
    }
}

/* Numbers that are no times are none, whatever the column is called; days that are counted are. */
static void test_day_numbers(void **state)
{
    (void)state;
    static const char *const none[] = {"hour_of_day",     "day_of_week",       "lead_time",  "response_time", "time",
                                       "processing time", "payment_time_days", "time_spent", "order_time",    "小时"};
    char text[256];
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        snprintf(text, sizeof text, "customer,%s,amount\na,9,1\nb,40,2\n", none[i]);
        refuse_text(TSL_TRANSACTIONS, text, TSL_E_NOT_FOUND, "is recognised as the time; name it by --time COLUMN");
    }
    refuse_text(TSL_TRANSACTIONS, "customer,day,amount\na,31,1\nb,1,2\n", TSL_E_INPUT,
                "column \"day\": no number is over 31 (");
    refuse_text(TSL_INTERACTIONS, "customer,visit day,event\na,31,x\nb,1,y\n", TSL_E_INPUT,
                "name a column of whole dates by --interaction-time, or this one, where its numbers count days");
    free_reading(read_text(TSL_TRANSACTIONS, "household_key,DAY,SALES_VALUE\n1,1,1\n1,32,2\n"));
    free_reading(read_text(TSL_TRANSACTIONS, "customer,order_time,amount\na,45292,1\nb,45293.5,2\n"));
    reading *r = new_reading(TSL_TRANSACTIONS); /* as it is said */
    add_file(r, write_text("table.csv", "customer,day,amount\na,31,1\nb,1,2\n"));
    map_role(r, TSL_ROLE_TIME, "day");
    assert_int_equal(run(r), TSL_OK);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),       cmocka_unit_test(test_refused),     cmocka_unit_test(test_placeholders),
        cmocka_unit_test(test_clock),       cmocka_unit_test(test_late),        cmocka_unit_test(test_zone),
        cmocka_unit_test(test_shown_clock), cmocka_unit_test(test_late_blocks), cmocka_unit_test(test_far),
        cmocka_unit_test(test_day_numbers),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
