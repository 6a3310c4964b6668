/* test_own_features.c: features of the user's own from the configuration, some of all features, and rows that do not
 * count, through the whole program. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>

static const char config[] =
    "transactions: {where: \"coalesce(status, '') != 'Cancelled'\"}\n"
    "features:\n"
    "  lines:\n"
    "    - name: grocery_share\n"
    "      group: value\n"
    "      level: lines\n"
    "      aggregate: share\n"
    "      source: amount\n"
    "      filter: {Dept: [Grocery, \"Fish \\\"n'\\\"\"], Store: 3}\n"
    "    - {name: late_orders, level: purchases, aggregate: count, filter: hour(time) >= 20}\n";

/* Customers i buy i times; every third line is cancelled. */
static void put_sales(const char *name, const char *dept)
{
    void *file = put_open(name);
    put_line(file, "customer,order,time,amount,status,%s,Store", dept);
    int order = 0;
    for (int i = 0; i < 60; i++) {
        for (int k = 0; k <= i % 7; k++, order++) {
            put_line(file, "c%02d,o%d,2024-0%d-%02d 2%d:15,%d,%s,%s,%d", i, order, 1 + k, 1 + i % 28, k % 2 ? 1 : 0,
                     10 + k,
                     order % 3   ? "Paid"
                     : order % 2 ? "Cancelled"
                                 : "",
                     k % 3 == 0   ? "Grocery"
                     : k % 3 == 1 ? "\"Fish \"\"n'\"\"\""
                                  : "Toys",
                     3 + k % 2);
        }
    }
    put_close(file);
}

static double value_of(const char *file, const char *id, const char *feature)
{
    tsl_features *f = NULL;
    tsl_error err = {0};
    if (tsl_features_read(&(tsl_source){.path = file}, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const size_t column = tsl_features_get_index(f, feature), row = tsl_features_get_customer(f, id);
    assert_true(column < f->feature_count && row < f->customers);
    const double x = f->x[row * f->feature_count + column];
    tsl_features_free(f);
    return x;
}

static void makes_features_of_your_own(void **state)
{
    (void)state;
    put_sales("sales.csv", "Dept");
    put("c.yaml", config);
    assert_run(0, "features sales.csv --config c.yaml --output a.h5");
    assert_err("where: coalesce(status, '') != 'Cancelled'");
    assert_err("\"Dept\" in ('Grocery', 'Fish \"n''\"') and \"Store\" = 3");
    assert_err("filtered");
    assert_run(0, "inspect a.h5");
    assert_out("grocery_share");
    /* c03: lines 6 to 9 of 10, 11, 12, 13; line 9 is cancelled; Grocery in Store 3 is the first alone */
    assert_true(value_of("a.h5", "c03", "grocery_share") == 10.0 / 33);
    assert_true(value_of("a.h5", "c03", "late_orders") == 3);
    /* its recipe makes the same, whatever the configuration says, and of the same rows */
    assert_run(0, "features sales.csv --like a.h5 --output b.h5 --threads 2");
    assert_same_file("a.h5", "b.h5");
}

static void goes_through_a_model(void **state)
{
    (void)state;
    put_sales("sales.csv", "Dept");
    put_sales("other.csv", "Department");
    put("c.yaml", config);
    assert_run(0, "run sales.csv --config c.yaml --output r --evidence none --holdout 0 --quiet");
    assert_run(0, "run sales.csv --model r/model.h5 --output again --quiet");
    assert_same_file("r/segments.csv", "again/segments.csv");
    assert_run(2, "run other.csv --model r/model.h5 --output other");
    assert_err("feature grocery_share: filter: there is no column \"Dept\"");
    assert_run(0, "run other.csv --model r/model.h5 --output other --allow-missing");
    assert_err("taken as missing, as the tables lack it: \"Dept\" in ");
}

static void makes_some_features_alone(void **state)
{
    (void)state;
    put_sales("sales.csv", "Dept");
    put("c.yaml", config);
    assert_run(0, "features sales.csv --config c.yaml --select lines,line_days,monetary_total --output a.h5");
    assert_err("not used: order, Dept, Store");
    assert_run(0, "features sales.csv --config c.yaml --select 'late_*,lines' --output b.h5");
    assert_err("not used: Dept, Store");
    assert_true(value_of("b.h5", "c03", "late_orders") == 3);
    assert_run(2, "features sales.csv --config c.yaml --select late_order --output c.h5");
    assert_err("select: there is no feature \"late_order\"; did you mean \"late_orders\"?");
    assert_run(2, "features sales.csv --like b.h5 --select lines --output c.h5");
    assert_err("--select: what it says is settled by --like");
}

/* What is wrong with an expression is shown under it. */
static void shows_the_place(void **state)
{
    (void)state;
    put_sales("sales.csv", "Dept");
    assert_run(2, "features sales.csv --where 'Store > 2 and Dept + 1' --output a.h5");
    assert_err("tesela: where: a condition (true or false) is expected here, but this is a number\n"
               "  Store > 2 and Dept + 1\n"
               "                     ^\n");
    assert_run(2, "features --customers sales.csv --where true --output a.h5");
    assert_err("--where names a column of the transactions, and there are none");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(makes_features_of_your_own), IN_SANDBOX(goes_through_a_model),
                                       IN_SANDBOX(makes_some_features_alone), IN_SANDBOX(shows_the_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
