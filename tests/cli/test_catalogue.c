/* test_catalogue.c: the catalogue with its distributions, one customer in it, how a feature is computed, columns that
 * say the same, and principal components, through the whole program. */
#include "program.h"

#include <stdio.h>
#include <string.h>

/* Customer i buys 1 + i % 6 times, what he pays being his own; twins: two columns that say the same. */
static void put_tables(void)
{
    void *file = put_open("orders.csv");
    put_line(file, "buyer,date,amount,channel");
    for (int i = 0; i < 80; i++) {
        for (int k = 0; k <= i % 6; k++) {
            put_line(file, "c%02d,2024-0%d-%02d,%d,%s", i, 1 + k, 1 + i % 28, 5 + (i * 7 + k * 3) % 50,
                     k % 2 ? "web" : "shop");
        }
    }
    put_close(file);
    file = put_open("people.csv");
    put_line(file, "customer_id,income,height,city");
    for (int i = 0; i < 80; i++) {
        put_line(file, "c%02d,%d,%d,%s", i, 1000 + 13 * i, 99 + 7 * i, i % 3 ? "Oslo" : "Rome");
    }
    put_close(file);
    put("pca.yaml", "features: {pca: {behavioral: 2}}\n");
    put("many.yaml", "features: {pca: {value: 50}}\n");
}

static void prints_distributions(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "features orders.csv --customers people.csv --output f.h5 --quiet");
    assert_run(0, "inspect f.h5");
    assert_out(" Shape\n");
    assert_out("recency_days");
    assert_out("█");
    assert_out("Columns that say nearly the same, and their correlation");
    assert_run(0, "inspect f.h5 --lang zh");
    assert_out("最小");
    assert_run(0, "inspect f.h5 --json");
    assert_out("\"correlated\"");
}

static void tells_a_customer(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "run orders.csv --customers people.csv --output out --quiet --evidence none --holdout 0");
    assert_run(0, "inspect out --customer c07"); /* tests/cli/test_inspect_customer.c */
    assert_out("Percentile\n");
    assert_run(0, "inspect out/features.h5 --customer c07");
    assert_out("Percentile  Normalised");
    assert_out("behavioral\n");
    assert_out("income");
    assert_run(0, "inspect out/features.h5 --customer c07 --lang zh");
    assert_out("百分位");
    assert_run(3, "inspect out --customer ' 0C07'"); /* but for zeros, blanks and case */
    assert_err("there is no \" 0C07\"; did you mean \"c07\"?");
    assert_run(3, "inspect out --customer c7");
    assert_err("--customer: there is no \"c7\"; did you mean \"c");
    assert_run(2, "inspect out/model.h5 --customer c07");
    assert_err("--customer goes with a run's folder, or a features.h5");
    assert_run(2, "inspect out/features.h5 --customer c07 --json");
    assert_err("--customer: what inspect tells of a customer's features is for readers");
}

static void explains_features(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "features --explain recency_days");
    assert_out("recency_days: days since last purchase\n");
    assert_out("days from the last of them to the as-of day");
    assert_entries("many.yaml,orders.csv,pca.yaml,people.csv");
    assert_run(0, "features orders.csv --explain recency_days");
    assert_out("customer (buyer), time (date), amount (amount)");
    put("own.yaml", "features:\n  lines:\n    - {name: visit_number, level: interactions, aggregate: count}\n"
                    "    - {name: spent, level: lines, aggregate: sum, source: amount}\n");
    assert_run(0, "features orders.csv --config own.yaml --explain recency_days"); /* visits are not asked for */
    assert_run(0, "features orders.csv --config own.yaml --explain spent");
    assert_run(3, "features orders.csv --config own.yaml --explain visit_number");
    assert_err("feature visit_number: the tables lack what it is made of: the table interactions");
    assert_run(0, "features --customers people.csv --explain income");
    assert_out("the column income of the customers");
    assert_run(0, "features --explain all");
    assert_out("monetary_trend");
    put("own.yaml",
        "features:\n  lines:\n    - {name: web_orders, level: purchases, aggregate: count, filter: \"channel = "
        "'web'\"}\n");
    assert_run(0, "features --explain web_orders --config own.yaml");
    assert_out("where channel = 'web'");
    assert_run(2, "features --explain recency_day");
    assert_err("no feature is called \"recency_day\"");
    assert_err("did you mean \"recency_days\"?");
    assert_run(2, "features orders.csv");
    assert_err("features needs --output");
}

static void notes_twins(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "run --customers people.csv --basis demographic --output out --quiet --evidence none");
    assert_run(0, "inspect out --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "features.correlated.0.a.name"), "income");
    assert_true(json_at(json, "features.correlated.0.correlation") > .99);
    json_decref(json);
    assert_out("columns that say nearly the same count twice in the distance: income and height (0.99");
}

/* Rows assigned to the model of a fit have its clusters; a component is told by its loadings. */
static void takes_components(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "run orders.csv --config pca.yaml --basis behavioral --k 3 --output fit --evidence none --holdout 0");
    assert_out("  behavioral_pc1: behavioral 1: ");
    assert_run(0, "run orders.csv --model fit/model.h5 --output again --quiet");
    assert_same_file("fit/segments.csv", "again/segments.csv");
    assert_run(0, "inspect fit/model.h5");
    assert_out("Principal components, their part of the variance and largest loadings");
    assert_run(
        0, "run orders.csv --config pca.yaml --basis behavioral --previous fit --output next --evidence none --quiet "
           "--holdout 0");
    assert_run(2, "run orders.csv --config pca.yaml --output x");
    assert_err("pca: the columns of the core basis are its own; components stand for those of a vector: --basis all, ");
    assert_run(2, "run orders.csv --config many.yaml --basis value --output x");
    assert_err("pca: 50 components of the value vector are asked for, but clusters are found by ");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(prints_distributions), IN_SANDBOX(tells_a_customer),
                                       IN_SANDBOX(explains_features), IN_SANDBOX(notes_twins),
                                       IN_SANDBOX(takes_components)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
