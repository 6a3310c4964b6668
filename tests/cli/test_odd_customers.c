/* test_odd_customers.c: customers of whom the tables say little or strange things: each has a segment, a tier, a stage
 * and a reason, with value models and without, in a fit and by an earlier model. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Who came back, so that there is a rhythm and something to cluster. */
enum { USUAL = 60 };

static const struct {
    const char *id, *lines; /* "id,order,date,amount" behind the usual ones */
    const char *stage, *reason, *action;
} odd[] = {
    {"never", "", "potential", "no purchase yet; value 0", "first_offer"},
    {"once", "once,x1,2023-05-04,20\n", "lost", "bought once, 242 days ago, far over the usual", "rest"},
    {"late", "late,x2,2023-12-30,20\n", "new", "bought once, 2 days ago, new for", "second_purchase"},
    {"returns", "returns,x3,2023-05-04,-20\n", "potential", "returns or cancelled orders only; value -20",
     "promotions"},
    {"nothing", "nothing,x4,2023-05-04,0\n", "potential", "only lines without an amount; value 0", "promotions"},
    {"undone", "undone,x5,2023-05-04,20\nundone,x5,2023-05-05,-20\n", "potential",
     "returns or cancelled orders only; value 0", "promotions"},
    {"negative", "negative,x6,2023-05-04,20\nnegative,x7,2023-06-04,-70\n", "lost", "bought once, 242 days ago",
     "rest"},
    {"future", "future,x8,2030-01-01,5\n", "potential", "no purchase yet; value 0", "first_offer"},
    {"both", "both,x9,2023-04-04,9\nboth,x10,2030-01-01,5\n", "lost", "bought once, 272 days ago", "rest"},
};
enum { ODD = sizeof odd / sizeof *odd };

static void put_tables(void)
{
    void *orders = put_open("orders.csv"), *people = put_open("people.csv");
    put_line(orders, "customer_id,order_id,date,amount");
    put_line(people, "customer_id,age");
    for (int i = 0, order = 0; i < USUAL; i++) {
        for (int k = 0; k < 2 + i % 7; k++, order++) {
            put_line(orders, "c%02d,o%d,2023-%02d-%02d,%d", i, order, 1 + (5 * i + 3 * k) % 12, 1 + (7 * i + k) % 28,
                     5 + 37 * order % 290);
        }
        put_line(people, "c%02d,%d", i, 20 + i);
    }
    for (size_t i = 0; i < ODD; i++) {
        char *lines = strdup(odd[i].lines), *left = lines;
        for (char *line = strtok_r(left, "\n", &left); line; line = strtok_r(left, "\n", &left)) {
            put_line(orders, "%s", line);
        }
        free(lines);
        put_line(people, "%s,30", odd[i].id);
    }
    put_line(orders, "stranger,x11,2031-01-01,5"); /* whom only a line of the future names: he is nobody yet */
    put_close(orders);
    put_close(people);
}

/* A number, a name, a tier and a stage for everybody, and of the odd ones the right stage and reason. */
static void check_labels(const char *path)
{
    char begin[32], stage[32], action[32];
    size_t rows = 0;
    char *csv = get(path, NULL);
    for (const char *line = strchr(csv, '\n') + 1; *line; line = strchr(line, '\n') + 1, rows++) {
        const size_t id = strcspn(line, ",");
        assert_true(line[id + 1] >= '1' && line[id + 1] <= '9'); /* a segment */
        assert_null(memmem(line, strcspn(line, "\n"), ",\"\",", 4));
    }
    assert_int_equal(rows, USUAL + ODD);
    for (size_t i = 0; i < ODD; i++) {
        snprintf(begin, sizeof begin, "\n%s,", odd[i].id);
        snprintf(stage, sizeof stage, ",normal,%s,", odd[i].stage);
        snprintf(action, sizeof action, ",%s,", odd[i].action);
        const char *line = strstr(csv, begin);
        assert_non_null(line);
        const size_t length = strcspn(++line, "\n");
        if (!memmem(line, length, stage, strlen(stage)) || !memmem(line, length, action, strlen(action)) ||
            !memmem(line, length, odd[i].reason, strlen(odd[i].reason))) {
            fail_msg("%s: expected %s, %s, \"%s\", but found %.*s", odd[i].id, odd[i].stage, odd[i].action,
                     odd[i].reason, (int)length, line);
        }
    }
    assert_null(strstr(csv, "stranger"));
    free(csv);
}

#define RUN "run --transactions orders.csv --customers people.csv --evidence none --quiet --force "

static void labels_everybody(void **state)
{
    static const char *const ways[] = {"", "--no-value-models", "--k 3", "--returns matched"};
    (void)state;
    put_tables();
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_run(0, RUN "--as-of 2024-01-01 --output out %s", ways[i]);
        json_t *summary = json_load_file("out/summary.json", 0, NULL);
        assert_non_null(summary);
        assert_true(json_at(summary, "rows.transactions.rejected_by.after_as_of") == 3);
        assert_true(json_at(summary, "rows.transactions.rejected") == 3);
        json_decref(summary);
        check_labels("out/segments.csv");
    }
    /* Far dates do not set the day, either. */
    assert_run(0, RUN "--output far");
    json_t *summary = json_load_file("far/summary.json", 0, NULL);
    assert_non_null(summary);
    assert_string_equal(json_text_at(summary, "as_of"), "2023-12-31");
    json_decref(summary);
}

/* By a model of the usual ones alone, with and without models of value, and by that of a fit on all. */
static void labels_everybody_by_a_model(void **state)
{
    static const char *const ways[] = {"", "--no-value-models"};
    (void)state;
    put_tables();
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_run(0, RUN "--as-of 2024-01-01 --output out %s", ways[i]);
        assert_run(0, "run --transactions orders.csv --customers people.csv --as-of 2024-01-01 --model out/model.h5 "
                      "--output again --quiet --force");
        check_labels("again/segments.csv");
        assert_same_file("out/segments.csv", "again/segments.csv");
        assert_run(0, "label again/features.h5 out/model.h5 --output s.csv --quiet --force");
        assert_same_file("out/segments.csv", "s.csv");
    }
}

/* Nobody ever came back, nobody ever bought. */
static void labels_where_there_is_no_rhythm(void **state)
{
    (void)state;
    void *orders = put_open("orders.csv");
    put_line(orders, "customer_id,order_id,date,amount");
    for (int i = 0; i < 40; i++) {
        put_line(orders, "c%02d,o%d,2023-%02d-11,%d", i, i, 1 + i % 12, 5 + i);
    }
    put_close(orders);
    assert_run(0, "run --transactions orders.csv --output once --evidence none --quiet");
    char *csv = get("once/segments.csv", NULL);
    assert_non_null(strstr(csv, ",lost,"));
    assert_non_null(strstr(csv, ",new,"));
    free(csv);
    put("orders.csv", "customer_id,order_id,date,amount\na,1,2023-01-02,-5\nb,2,2023-02-03,-7\nc,3,2023-02-04,0\n");
    assert_run(3, "run --transactions orders.csv --output never --evidence none --quiet");
    assert_err("none of the 3 customers bought anything: all of them are potential");
    assert_false(exists("never"));
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(labels_everybody), IN_SANDBOX(labels_everybody_by_a_model),
                                       IN_SANDBOX(labels_where_there_is_no_rhythm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
