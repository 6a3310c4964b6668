/* test_told_purchases.c: tables of customers that already hold recency, orders and spend, against the transactions that
 * they are made of: the same segments, tiers and scores, and nearly all stages. CDNOW is not shipped: without
 * $TESELA_TEST_DATA that part is left out. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Tables -------------------------------------------------------------------------- */

/* A customer's orders: days since 1970 or so, and money in hundredths. */
typedef struct customer {
    char id[16], first[16], last[16];
    int last_day, days, lines;
    long spend;
} customer;

/* The days from the year 1996 on, by its calendar. */
static int count_days(const char *ymd)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int year, month, day;
    assert_int_equal(sscanf(ymd, "%d-%d-%d", &year, &month, &day), 3);
    return (year - 1996) * 365 + (year - 1993) / 4 + before[month - 1] + day + (year % 4 == 0 && month > 2);
}

static void put_customer(const customer *c, int as_of, void *dated, void *rfm)
{
    char days[16] = "";
    if (c->days) {
        snprintf(days, sizeof days, "%d", as_of - c->last_day);
    }
    put_line(dated, "%s,%s,%s,%d,%ld.%02ld", c->id, c->first, c->last, c->days, c->spend / 100, c->spend % 100);
    put_line(rfm, "%s,%s,%d,%ld.%02ld", c->id, days, c->days, c->spend / 100, c->spend % 100);
}

/* orders.csv (customer, date, amount; a customer's lines by day) as two tables of one row a customer. */
static void put_told(int as_of)
{
    char line[256], id[16], date[16];
    customer c = {.id = ""};
    long whole, part, net = 0;
    void *dated = put_open("dated.csv"), *rfm = put_open("rfm.csv");
    FILE *in = fopen("orders.csv", "r");
    put_line(dated, "customer_id,first_order_date,last_order_date,orders_count,total_spent");
    put_line(rfm, "customer_id,recency,frequency,monetary");
    assert_non_null(fgets(line, sizeof line, in));
    for (char day[16] = "";;) {
        const int more = fgets(line, sizeof line, in) != NULL;
        if (more) {
            assert_int_equal(sscanf(line, "%15[^,],%15[^,],%ld.%2ld", id, date, &whole, &part), 4);
        }
        const int same = more && strcmp(id, c.id) == 0 && strcmp(date, day) == 0;
        if (!same && net > 0) { /* an order ends */
            if (c.days++ == 0) {
                memcpy(c.first, day, sizeof c.first);
            }
            memcpy(c.last, day, sizeof c.last);
            c.last_day = count_days(day);
        }
        net = same ? net : 0;
        if (*c.id && (!more || strcmp(id, c.id) != 0)) {
            put_customer(&c, as_of, dated, rfm);
        }
        if (!more) {
            break;
        }
        if (strcmp(id, c.id) != 0) {
            c = (customer){.id = ""};
            snprintf(c.id, sizeof c.id, "%s", id);
        }
        snprintf(day, sizeof day, "%s", date);
        net += 100 * whole + part;
        c.spend += 100 * whole + part;
    }
    fclose(in);
    put_close(dated);
    put_close(rfm);
}

/* 400 invented customers, in orders.csv. The as-of day. */
static int put_invented(void)
{
    unsigned state = 5;
    int last = 0;
    void *out = put_open("orders.csv");
    put_line(out, "customer_id,date,amount");
    for (int c = 0; c < 400; c++) {
        int day = c % 40;
        for (int o = 0; o < (c % 3 ? 1 + c % 8 : 1); o++) {
            char date[24];
            state = state * 1664525u + 1013904223u;
            day += 1 + (int)(state >> 26);
            snprintf(date, sizeof date, "%d-%02d-%02d", 1997 + day / 336, day % 336 / 28 + 1, day % 28 + 1);
            last = count_days(date) > last ? count_days(date) : last;
            put_line(out, "c%03d,%s,%u.%02u", c, date, 1 + (state >> 10 & 255), state >> 4 & 63);
        }
    }
    put_close(out);
    return last + 1;
}

/* ---- What comes out ------------------------------------------------------------------- */

enum { SEGMENT = 1, TIER = 3, STAGE = 4, CONFIDENCE = 5, VALUE = 6, R = 7, F = 8, M = 9, FIELDS = 14 };

/* The fields of a line of segments.csv, cut in place. */
static void cut_fields(char *line, char *field[FIELDS])
{
    for (int f = 0, quoted = 0; f < FIELDS; f++) {
        field[f] = line;
        for (; *line && (quoted || *line != ','); line++) {
            quoted ^= *line == '"';
        }
        if (*line) {
            *line++ = 0;
        }
    }
}

/* Of counts alone no longest gap is known, and so nobody is mature. */
static const char *as_told(const char *stage)
{
    return strcmp(stage, "mature") == 0 ? "active" : stage;
}

/* All but the stages are the same; the share of the stages that are. */
static double compare_segments(const char *a, const char *b)
{
    static const int same[] = {0, SEGMENT, TIER, CONFIDENCE, VALUE, R, F, M};
    char *first = get(a, NULL), *second = get(b, NULL), *next[2];
    char *p = first, *q = second;
    size_t rows = 0, stages = 0;
    for (; *p && *q; p = next[0], q = next[1], rows++) {
        char *x[FIELDS], *y[FIELDS];
        next[0] = p + strcspn(p, "\n") + 1;
        next[1] = q + strcspn(q, "\n") + 1;
        next[0][-1] = next[1][-1] = 0;
        cut_fields(p, x);
        cut_fields(q, y);
        for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
            assert_string_equal(x[same[i]], y[same[i]]);
        }
        stages += strcmp(as_told(x[STAGE]), y[STAGE]) == 0;
    }
    assert_int_equal(*p, *q);
    assert_true(rows > 100);
    free(first);
    free(second);
    return (double)stages / (double)rows;
}

static void check_ways(void)
{
    assert_run(0, "run --transactions orders.csv --holdout 0 --output by_orders");
    assert_run(0, "run dated.csv --output by_dates");
    assert_err("dated.csv is taken for customers");
    assert_run(0, "run rfm.csv --output by_rfm");
    assert_true(compare_segments("by_orders/segments.csv", "by_dates/segments.csv") > .9);
    compare_segments("by_orders/segments.csv", "by_rfm/segments.csv");
}

static void test_invented(void **state)
{
    (void)state;
    put_told(put_invented());
    check_ways();
    /* the fit's data give the fit's bytes, for any number of threads */
    assert_run(0, "run dated.csv --model by_dates/model.h5 --threads 1 --output again");
    assert_same_file("by_dates/segments.csv", "again/segments.csv");
    assert_same_file("by_dates/features.h5", "again/features.h5");
    assert_run(0, "run dated.csv --memory 64M --threads 2 --output limited");
    assert_same_file("by_dates/segments.csv", "limited/segments.csv");
    /* a model of the one, applied to the other */
    assert_run(0, "run dated.csv --model by_orders/model.h5 --output of_dates");
    assert_err("missing, as the customers table does not tell them of purchases: gap_mean_days");
    assert_true(compare_segments("by_orders/segments.csv", "of_dates/segments.csv") > .9);
    assert_run(0, "run --transactions orders.csv --model by_dates/model.h5 --output of_orders");
    assert_true(compare_segments("by_dates/segments.csv", "of_orders/segments.csv") > .9);
    assert_run(3, "run rfm.csv --model by_dates/model.h5 --output none");
    assert_err("last_order: rfm.csv has no \"last_order_date\", as the earlier table had");
}

static void test_public(void **state)
{
    (void)state;
    const char *folder = getenv("TESELA_TEST_DATA");
    char path[4096], line[256], id[16], day[16], amount[16];
    snprintf(path, sizeof path, "%s/CDNOW_master.txt", folder ? folder : "");
    FILE *in = folder ? fopen(path, "r") : NULL;
    if (!in) {
        skip();
    }
    void *out = put_open("orders.csv");
    put_line(out, "customer_id,date,amount");
    assert_non_null(fgets(line, sizeof line, in));
    while (fgets(line, sizeof line, in)) {
        assert_int_equal(sscanf(line, "%15s %15s %*s %15s", id, day, amount), 3);
        put_line(out, "%s,%.4s-%.2s-%.2s,%s", id, day, day + 4, day + 6, amount);
    }
    fclose(in);
    put_close(out);
    put_told(count_days("1998-07-01")); /* the last day is 1998-06-30 */
    /* by gaps: customers who tell their purchases give no models, and so no P(alive) for stages to go by */
    assert_run(0, "run --transactions orders.csv --no-value-models --holdout 0 --output by_orders");
    assert_run(0, "run dated.csv --output by_dates");
    assert_true(compare_segments("by_orders/segments.csv", "by_dates/segments.csv") > .95);
}

/* Columns by their options, and what is asked for by the name of such a column. */
static void test_named(void **state)
{
    (void)state;
    put_told(put_invented());
    assert_run(0, "check dated.csv");
    assert_out("last_order   date");
    assert_run(0, "run dated.csv --value total_spent --output a");
    assert_run(0, "run dated.csv --output b");
    assert_same_file("a/segments.csv", "b/segments.csv");
    put("shop.csv", "Customer ID,Total Spent,Total Orders\na,10.5,1\nb,20.25,2\nc,0,0\nd,70,4\ne,15,1\nf,31.5,3\n");
    assert_run(0, "run shop.csv --output c");
    assert_err("how often customers bought and when last is not told, but one of the two alone");
}

static void test_beside_transactions(void **state)
{
    (void)state;
    put_told(put_invented());
    assert_run(0, "run --customers dated.csv --transactions orders.csv --holdout 0 --output a");
    assert_err("total_spent stays a column like others, as the transactions tell what was bought");
    assert_run(0, "run --customers dated.csv --customer-spend total_spent --transactions orders.csv --holdout 0 "
                  "--output b");
    assert_err("not used: total_spent: the transactions tell what was bought");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_invented, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_public, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_named, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_beside_transactions, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
