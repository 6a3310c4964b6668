/* test_finish_quality.c: rows and money by month, with those of nobody, against sums over the rows as they were made:
 * of columns and of rows that are kept by customer, for any number of threads, however dates are written. */
#include "base/calendar.h"
#include "base/rng.h"
#include "help.h"
#include "table/table_state.h"

enum { ROWS = 4000, MONTHS = 36 };

typedef enum form { ISO, MONTH_FIRST, ZONED, FORMS } form;
/* What a row is. */
typedef enum fate { USED, NOBODY, BAD, UNDATED, RAGGED, FILTERED, LATE, FATES } fate;

typedef struct expected {
    uint64_t read, rejected, no_customer;
    int64_t value, value_no_customer;
} expected;

typedef struct shop {
    char *text;
    size_t at;
    expected month[MONTHS + 1], all; /* of month 0: 2021-01; the last: undated */
    uint64_t returns, zeros, filtered, used;
    int64_t returns_value;
    int orders, lost_orders; /* as a row in ten begins one */
} shop;

/* As it is written, with the month that it lies in by the clock of Shanghai. */
static size_t write_day(char *out, form as, int32_t day, int second, int32_t *month)
{
    int y, m, d;
    const int64_t local = (int64_t)day * TSL__DAY_SECONDS + second, utc = local - 8 * 3600;
    tsl__day_split(as == ZONED ? tsl__time_day(utc) : day, &y, &m, &d);
    *month = tsl__day_month(day);
    if (as == MONTH_FIRST) {
        return (size_t)sprintf(out, "%d/%d/%d %d:%02d", m, d, y, second / 3600, second / 60 % 60);
    }
    if (as == ISO) {
        return (size_t)sprintf(out, "%04d-%02d-%02d", y, m, d);
    }
    const int clock = (int)((utc % TSL__DAY_SECONDS + TSL__DAY_SECONDS) % TSL__DAY_SECONDS);
    return (size_t)sprintf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, clock / 3600, clock / 60 % 60, clock % 60);
}

static void add_row(shop *s, form as, fate is, size_t row, tsl__rng *rng)
{
    const int order = (int)(row / 10);
    const unsigned of_nobody = is == NOBODY;
    const int64_t cents = (int64_t)(tsl__rng_uniform(rng) * 20000) - 4000, units = row % 50 == 0 ? 0 : cents * 100;
    const int32_t first = is == LATE ? tsl__day_make(2023, 12, 2) : tsl__day_make(2021, 1, 1);
    const int32_t day = first + (int32_t)(tsl__rng_uniform(rng) * (is == LATE ? 20 : 1000));
    const int second = (int)(tsl__rng_uniform(rng) * 86399);
    char when[40];
    int32_t month;
    write_day(when, as, day, second, &month);
    s->at += (size_t)sprintf(s->text + s->at, "%s,%s,%s%.2f,o%d%s,%s\n",
                             of_nobody ? ""
                             : row % 3 ? "c1"
                                       : "c2",
                             is == UNDATED ? "soon" : when, is == BAD ? "x" : "", (double)units / 10000, order,
                             is == RAGGED ? ",more" : "", is == FILTERED ? "no" : "yes");
    if (is == FILTERED) {
        s->filtered++;
        return;
    }
    expected *to[] = {&s->month[is == RAGGED || is == UNDATED ? MONTHS : month - 2021 * 12], &s->all};
    for (int i = 0; i < 2; i++) {
        to[i]->read++;
        to[i]->rejected += is != USED;
        to[i]->no_customer += of_nobody;
        to[i]->value += is == USED || of_nobody ? units : 0;
        to[i]->value_no_customer += of_nobody ? units : 0;
    }
    s->used += is == USED;
    s->returns += is == USED && units < 0;
    s->returns_value += is == USED && units < 0 ? units : 0;
    s->zeros += is == USED && units == 0;
}

/* A row in ten is one of nobody, and so is one order in four; the rest of the fates are rare. */
static fate find_fate(size_t row)
{
    return row / 10 % 4 == 0 ? NOBODY : row % 97 == 96 && row % 7 != NOBODY ? (fate)(row % 7) : USED;
}

static shop make_shop(form as)
{
    shop s = {.text = malloc(100 * ROWS)};
    tsl__rng rng = tsl__rng_open(3, 1, (uint32_t)as);
    assert_non_null(s.text);
    s.at = (size_t)sprintf(s.text, "customer,date,amount,order,counts\n");
    for (size_t row = 0; row < ROWS; row++) {
        add_row(&s, as, find_fate(row), row, &rng);
    }
    s.orders = ROWS / 10;
    s.lost_orders = ROWS / 40;
    return s;
}

static void check_month(const tsl_table_month *is, const expected *of)
{
    assert_true(is->read == of->read && is->rejected == of->rejected && is->no_customer == of->no_customer);
    assert_true(is->value == of->value && is->value_no_customer == of->value_no_customer);
}

static void check_quality(const tsl_table *table, const shop *s)
{
    const tsl_table_quality *q = tsl_table_get_quality(table);
    size_t m = 0;
    assert_non_null(q);
    for (int32_t month = 0; month < MONTHS; month++) {
        if (s->month[month].read) {
            assert_true(m < q->month_count);
            assert_int_equal(q->month[m].first, tsl__day_make(2021 + month / 12, month % 12 + 1, 1));
            check_month(&q->month[m++], &s->month[month]);
        }
    }
    assert_int_equal(m, q->month_count);
    check_month(&q->undated, &s->month[MONTHS]);
    assert_true(q->value == s->all.value && q->value_no_customer == s->all.value_no_customer);
    assert_int_equal(q->returns, s->returns);
    assert_true(q->returns_value == s->returns_value);
    assert_int_equal(q->zero_amounts, s->zeros);
    assert_int_equal(q->orders, s->orders);
    assert_int_equal(q->orders_no_customer, s->lost_orders);
    assert_int_equal(q->duplicates, 0);
    assert_int_equal(table->info.used, s->used);
    assert_int_equal(table->info.read, s->all.read + s->filtered);
}

static void test_against_rows(void **state)
{
    (void)state;
    for (form as = ISO; as < FORMS; as++) {
        const shop s = make_shop(as);
        const char *path = write_text("shop.csv", s.text);
        for (int way = 0; way < 4; way++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, path);
            r->opt.by_customer = way & 1;
            r->exec.threads = 1 + (way & 2);
            r->opt.where = "counts = 'yes'";
            r->opt.as_of = tsl__day_make(2023, 12, 1);
            r->opt.timezone = as == ZONED ? "+08:00" : NULL;
            if (run(r) != TSL_OK) {
                fail_msg("%d: %s", (int)as, r->err.message);
            }
            check_quality(r->table, &s);
            free_reading(r);
        }
        free(s.text);
    }
}

/* Rows that turn out to lie far behind all others leave when they are counted already, and so do repeated ones. */
static void test_leavers(void **state)
{
    (void)state;
    char text[4000] = "customer,date,amount\n";
    for (int i = 0; i < 60; i++) {
        sprintf(text + strlen(text), "c%d,2024-0%d-%02d,%d\n", i % 3, 1 + i % 2, 1 + i % 28, i);
    }
    strcat(text, "c1,2040-05-05,1000\nc2,2024-02-02,7.5\nc2,2024-02-02,7.5\n,2024-02-03,4\n");
    for (int way = 0; way < 3; way++) {
        const int drops = way == 2;
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("late.csv", text));
        r->opt.by_customer = way == 1;
        r->opt.drop_duplicates = drops;
        assert_int_equal(run(r), TSL_OK);
        const tsl_table_quality *q = tsl_table_get_quality(r->table);
        assert_int_equal(q->month_count, 3);
        assert_int_equal(q->month[1].read, 33);
        assert_int_equal(q->month[1].rejected, 1 + drops);
        assert_true((double)q->month[1].value == (900 + 15 - (drops ? 7.5 : 0) + 4) * TSL_DECIMAL_ONE);
        assert_int_equal(q->month[2].first, tsl__day_make(2040, 5, 1));
        assert_int_equal(q->month[2].rejected, 1);
        assert_true(q->month[2].value == 0);
        assert_int_equal(q->duplicates, 1);
        assert_int_equal(q->orders, -1);
        free_reading(r);
    }
}

/* What is no transactions has none. */
static void test_others(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_INTERACTIONS);
    add_file(r, write_text("visits.csv", "customer,time,pages\na,2024-01-02,3\n,2024-01-03,2\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_null(tsl_table_get_quality(r->table));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_rows), cmocka_unit_test(test_leavers),
                                       cmocka_unit_test(test_others)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
