/* test_value_groups.c: `tesela value` by cohorts, by columns of the customers, and by a weighted score. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned drawn;

static double draw(void)
{
    drawn = drawn * 1664525U + 1013904223U;
    return (drawn >> 8) / 16777216.0;
}

static void put_day(FILE *file, int customer, int day)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 2023, month = 0;
    day -= day >= 365 ? (year = 2024, 365) : 0;
    while (day >= length[month] + (month == 1 && year == 2024)) {
        day -= length[month] + (month == 1 && year == 2024);
        month++;
    }
    put_line(file, "C%05d,%d-%02d-%02d,10\n", customer, year, month + 1, day + 1);
}

/* Customers who came over a year, at exponential rates about 1 in 40 days (of `fast` ones twice), and leave after any
 * purchase, each with a probability of his own below .3; up to day 730. */
static void put_population(int customers, int (*fast)(int))
{
    FILE *file = put_open("orders.csv");
    put_line(file, "customer_id,order_date,amount\n");
    drawn = 7;
    for (int c = 0; c < customers; c++) {
        const double rate = -log(1 - draw()) / 40 * (fast && fast(c) ? 2 : 1);
        const double leaves = .3 * draw();
        double at = (double)(c % 365);
        for (int n = 0; at < 730 && n < 500; n++) {
            put_day(file, c, (int)at);
            at += fmax(1, -log(1 - draw()) / rate);
            at += draw() < leaves ? 1000 : 0;
        }
    }
    put_close(file);
}

static int is_third(int c)
{
    return c % 3 == 0;
}

static void assert_near(const json_t *json, const char *path, double expected, double most)
{
    const double seen = json_at(json, path);
    if (!(fabs(seen - expected) <= most)) {
        fail_msg("%s: %.17g is not %.17g", path, seen, expected);
    }
}

static const json_t *get_item(const json_t *json, const char *object, const char *array, size_t index)
{
    return json_array_get(json_object_get(json_object_get(json, object), array), index);
}

/* ---- Cohorts --------------------------------------------------------------------------- */

static void cohorts_of_one_population(void **state)
{
    (void)state;
    put_population(2000, NULL);
    assert_run(0, "value orders.csv --until 2024-12-30 --cohorts quarter --model bg-nbd --json --output v.csv");
    json_t *json = get_json();
    double apart = 0, size = 0;
    assert_int_equal(json_array_size(json_object_get(json_object_get(json, "cohorts"), "of")), 4);
    for (size_t c = 0; c < 4; c++) {
        char name[16];
        const json_t *of = get_item(json, "cohorts", "of", c);
        snprintf(name, sizeof name, "2023-Q%zu", c + 1);
        assert_string_equal(json_text_at(of, "cohort"), name);
        assert_true(json_is_true(json_object_get(of, "own")));
        apart += json_at(of, "fit.log_likelihood");
        size += json_at(of, "size");
    }
    assert_true(size == 2000);
    assert_near(json, "cohorts.pooled.log_likelihood", json_at(json, "models.bg-nbd.log_likelihood"), 1e-6);
    assert_near(json, "cohorts.ratio", 2 * (apart - json_at(json, "models.bg-nbd.log_likelihood")), 1e-6);
    assert_near(json, "cohorts.degrees", 12, 0);
    assert_true(json_at(json, "cohorts.p_value") > .001); /* they are alike */
    json_decref(json);
    assert_run(0, "value orders.csv --until 2024-12-30 --model bg-nbd --output w.csv --quiet");
    assert_same_file("v.csv", "w.csv"); /* what is expected is of the pooled model */
    assert_run(0, "value orders.csv --cohorts year");
    assert_out("fewer than two cohorts have a model of their own");
    assert_run(0, "value orders.csv --cohorts year --lang zh");
    assert_out("按首次购买分群");
}

static int comes_late(int c)
{
    return c % 365 >= 181;
}

/* Who came in the second half buys twice as often; a few who came later are a cohort that is too small. */
static void cohorts_that_differ(void **state)
{
    (void)state;
    put_population(2000, comes_late);
    char *text = get("orders.csv", NULL);
    FILE *file = put_open("more.csv");
    put_line(file, "%sL1,2024-02-01,5\nL1,2024-02-11,5\nL2,2024-03-01,5\n", text);
    put_close(file);
    free(text);
    assert_run(0, "value more.csv --until 2024-12-30 --cohorts month --json");
    json_t *json = get_json();
    assert_near(json, "cohorts.own", 12, 0);
    assert_true(json_at(json, "cohorts.p_value") < 1e-6);
    const json_t *last = get_item(json, "cohorts", "of", 13);
    assert_string_equal(json_text_at(last, "cohort"), "2024-03");
    assert_true(json_is_false(json_object_get(last, "own")));
    assert_null(json_object_get(last, "fit"));
    json_decref(json);
    assert_run(0, "value more.csv --until 2024-12-30 --cohorts month");
    assert_out("pooled: under 50 customers");
    put("once.csv", "customer_id,order_date,amount\na,2024-01-01,5\nb,2024-02-01,6\n");
    assert_run(0, "value once.csv --cohorts month"); /* no model: no cohorts, and no failure */
    assert_err("no model is fitted by cohort, as no model of purchases can be used");
}

/* ---- Covariates -------------------------------------------------------------------------- */

static void put_people(int customers)
{
    FILE *file = put_open("people.csv");
    put_line(file, "customer_id,plan,speed,visits,city\n");
    for (int c = 0; c < customers; c++) {
        static const char *const city[] = {"Rome", "Bonn", "Lyon"};
        char visits[8] = "";
        if (c % 10) {
            snprintf(visits, sizeof visits, "%d", c * 37 % 101);
        }
        put_line(file, "C%05d,%s,%s,%s,%s\n", c, is_third(c) ? "fast" : "slow", is_third(c) ? "yes" : "no", visits,
                 c % 7 == 0 ? ""
                 : c % 5    ? city[0]
                            : city[1 + c % 2]);
    }
    put_close(file);
}

static const json_t *get_effect(const json_t *json, size_t column, size_t effect)
{
    return json_array_get(json_object_get(get_item(json, "covariates", "columns", column), "effects"), effect);
}

/* Who is fast buys twice as often: by the model that the population is of the rate is ln 2, within three standard
 * errors; what tells nothing does not. */
static void effects_come_back(void **state)
{
    (void)state;
    static const char *const kind[] = {"nbd", "bg-nbd", "mbg-nbd", "pareto-nbd"};
    put_population(3000, is_third);
    put_people(3000);
    for (size_t k = 0; k < 4; k++) {
        assert_run(0, "value orders.csv --customers people.csv --model %s --covariates plan,visits --json", kind[k]);
        json_t *json = get_json();
        const json_t *fast = get_effect(json, 0, 0), *visits = get_effect(json, 1, 0);
        assert_string_equal(json_text_at(json, "covariates.model"), kind[k]);
        assert_string_equal(json_text_at(fast, "name"), "plan=fast");
        assert_string_equal(json_text_at(get_item(json, "covariates", "columns", 0), "base"), "slow");
        assert_true(json_at(fast, "rate") > .3);
        if (k == 2) { /* by which they live: who is fast leaves at no other purchase than who is slow */
            assert_near(fast, "rate", log(2), 3 * json_at(fast, "rate_error"));
            assert_near(fast, "dropout", 0, 3 * json_at(fast, "dropout_error"));
            assert_near(visits, "rate", 0, 3 * json_at(visits, "rate_error"));
            assert_true(json_at(fast, "rate_error") < .1);
        }
        assert_true(json_at(get_item(json, "covariates", "columns", 0), "p_value") < 1e-6);
        assert_true(json_at(get_item(json, "covariates", "columns", 1), "p_value") > 1e-3);
        assert_near(get_item(json, "covariates", "columns", 1), "missing", 300, 0);
        char plain[64];
        snprintf(plain, sizeof plain, "models.%s.log_likelihood", kind[k]);
        assert_near(json, "covariates.ratio",
                    2 * (json_at(json, "covariates.fit.log_likelihood") - json_at(json, plain)), 1e-6);
        assert_near(json, "covariates.degrees", k ? 4 : 2, 0);
        assert_true(json_is_null(json_object_get(fast, "dropout")) == (k == 0));
        const double year = json_at(json, "valuation.expected_purchases"), dert = json_at(json, "valuation.dert");
        const double steady = year / 365 / (log(1.1) / 365.25); /* of who buys for ever as within the next year */
        assert_true(k == 0 ? fabs(dert / steady - 1) < 1e-9 : dert > year && dert < steady);
        json_decref(json);
        assert_err("covariates: visits is not known of 300 customers, who go by the mean of the others");
    }
}

/* Figures of customer 0 (fast) and customer 1 (slow), with the same history, differ; yes/no and the category agree. */
static void what_is_expected_goes_by_them(void **state)
{
    (void)state;
    put_population(1500, is_third);
    put_people(1500);
    assert_run(0, "value orders.csv --customers people.csv --model mbg-nbd --covariates plan --output a.csv --json");
    json_t *json = get_json();
    const double r = json_at(json, "covariates.fit.parameters.r"), ratio = json_at(json, "covariates.ratio");
    assert_near(get_item(json, "covariates", "columns", 0), "ratio", ratio, 0);
    json_decref(json);
    assert_run(0, "value orders.csv --customers people.csv --model mbg-nbd --covariates speed --output b.csv --json");
    json = get_json();
    assert_near(json, "covariates.fit.parameters.r", r, 1e-9);
    assert_near(get_effect(json, 0, 0), "scale", 1, 0);
    json_decref(json);
    assert_run(0,
               "value orders.csv --customers people.csv --model mbg-nbd --covariates plan --output c.csv --threads 3 "
               "--quiet");
    assert_same_file("a.csv", "c.csv");
    assert_run(0, "value orders.csv --customers people.csv --model mbg-nbd --output plain.csv --quiet");
    char *with = get("a.csv", NULL), *without = get("plain.csv", NULL);
    assert_string_not_equal(with, without);
    free(with);
    free(without);
    assert_run(0, "value orders.csv --customers people.csv --covariates plan,city,visits --lang zh");
    assert_out("按客户属性的");
    assert_out("city=Bonn");
}

static void covariates_that_cannot_be(void **state)
{
    (void)state;
    put_population(300, NULL);
    FILE *file = put_open("people.csv");
    put_line(file, "customer_id,income,same,zone,many,row_number\n");
    for (int c = 0; c < 300; c++) {
        put_line(file, "C%05d,%d,x,%s,L%d,%d\n", c, c * 31 % 97, c % 2 ? "a" : "b", c % 30, c + 1);
    }
    put_close(file);
    static const struct {
        const char *options, *message;
        int status;
    } cases[] = {
        {"--customers people.csv --covariates incom",
         "--covariates: the customers have no column \"incom\" (did you mean income?)", 2},
        {"--customers people.csv --covariates same", "--covariates: same is left out: it is the same everywhere", 3},
        {"--customers people.csv --covariates row_number", "--covariates: row_number is left out: it numbers the rows",
         3},
        {"--covariates income", "--covariates names columns of the customers: --customers FILE... has them", 2},
        {"--customers people.csv --covariates customer_id", "tells the customers apart", 2},
        {"--customers people.csv --covariates income,income", "covariates: \"income\" stands there twice", 2},
        {"--customers people.csv --covariates many", "there are more than 16 of them", 2},
        {"--customers people.csv --covariates zone --model bg-bb", "covariates: the BG/BB takes none", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(cases[i].status, "value orders.csv --output v.csv %s", cases[i].options);
        assert_err(cases[i].message);
        assert_false(exists("v.csv"));
    }
}

/* Columns that are no part of the vectors are nothing to who asks for values; what is known of the day is. */
static void notes_are_of_values(void **state)
{
    (void)state;
    put_population(300, NULL);
    FILE *file = put_open("people.csv");
    put_line(file, "customer_id,flat\n");
    for (int c = 0; c < 300; c++) {
        put_line(file, "C%05d,%s\n", c, c ? "7" : "");
    }
    put_close(file);
    assert_run(0, "features --transactions orders.csv --customers people.csv --until 2030-01-01 --output f.h5");
    assert_err("left out of the vectors");
    assert_err("days after the last row of transactions (2024-12-30): everybody has been silent");
    assert_run(0, "value orders.csv --customers people.csv --until 2030-01-01 --output v.csv");
    assert_err("days after the last row of transactions (2024-12-30): everybody has been silent");
    assert_null(strstr(last_outcome()->err, "vectors"));
    assert_run(0, "value orders.csv --until 2025-12-30 --output v.csv --force");
    assert_null(strstr(last_outcome()->err, "everybody has been silent"));
    assert_run(0, "value orders.csv --until 2025-12-31 --output v.csv --force");
    assert_err("as of 2026-01-01, 367 days after the last row of transactions (2024-12-30): everybody");
}

/* ---- An account --------------------------------------------------------------------------- */

/* Five accounts, whose points are 0, 25, 50, 75, 100; one lacks his credit. */
static void an_account_by_hand(void **state)
{
    (void)state;
    put("accounts.csv", "account_id,assets,often,credit\na,10000,2,600\nb,50000,40,720\nc,200000,8,\nd,1000000,3,800\n"
                        "e,9000000,12,650\n");
    put("bank.yaml",
        "customers:\n  files: [accounts.csv]\n  id: account_id\n  columns: {assets: {type: number}, often: "
        "{type: number}, credit: {type: number}}\nscore:\n  assets: {weight: 0.5, features: [assets]}\n"
        "  transactions: {weight: 0.3, features: [often]}\n  credit: {weight: 0.2, features: [credit]}\n");
    assert_run(0, "value --config bank.yaml --model account --output v.csv --json");
    json_t *json = get_json();
    const json_t *columns = json_object_get(json_object_get(json_object_get(json, "valuation"), "score"), "columns");
    assert_int_equal(json_array_size(columns), 3);
    assert_near(json_array_get(columns, 0), "part_weight", .5, 1e-15);
    assert_near(json_array_get(columns, 2), "known", 4, 0);
    assert_int_equal(json_object_size(json_object_get(json, "models")), 0);
    json_decref(json);
    static const double expected[5][4] = {{0, 0, 0, 0},
                                          {12.5 + 30 + 200 / 15., 12.5, 30, 200 / 15.},
                                          {.5 / .8 * 50 + .3 / .8 * 50, .5 / .8 * 50, .3 / .8 * 50, 0},
                                          {37.5 + 7.5 + 20, 37.5, 7.5, 20},
                                          {50 + 22.5 + 100 / 15., 50, 22.5, 100 / 15.}};
    char *values = get("v.csv", NULL), *line = values;
    assert_int_equal(strncmp(values,
                             "customer_id,score,contribution_assets:assets,contribution_transactions:often,"
                             "contribution_credit:credit\n",
                             strcspn(values, "\n") + 1),
                     0);
    for (int i = 0; i < 5; i++) {
        line = strchr(line, '\n') + 1;
        char *at = line + 1;
        for (int f = 0; f < 4; f++) {
            assert_true(fabs(strtod(at + 1, &at) - expected[i][f]) < .1); /* thirds lie between two percentiles */
        }
    }
    free(values);
    assert_run(0, "value --config bank.yaml --model account");
    assert_out("assets        50.0 %  assets   100.0 %  more        5        26.25");
    assert_run(0, "inspect v.csv");
}

static void an_account_that_cannot_be(void **state)
{
    (void)state;
    put_population(100, NULL);
    put("people.csv", "customer_id,assets\nC00000,5\nC00001,7\n");
    assert_run(2, "value orders.csv --model account");
    assert_err("an account is valued by a weighted score, and none is asked for");
    put("c.yaml", "score:\n  assets: {weight: 0.5, features: [asets]}\n");
    assert_run(2, "value orders.csv --customers people.csv --config c.yaml");
    assert_err("asets");
    assert_err("assets");
    put("d.yaml", "score:\n  assets: {weight: 0.5, features: [assets]}\n");
    assert_run(2, "value orders.csv --customers people.csv --config d.yaml --model account --holdout 30");
    assert_err("of an account no purchases are foretold");
    assert_run(
        0, "value orders.csv --customers people.csv --config d.yaml --output v.csv --quiet"); /* beside the models */
    char *values = get("v.csv", NULL);
    assert_non_null(strstr(values, "rfm_segment_name,score,contribution_assets:assets\n"));
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cohorts_of_one_population, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(cohorts_that_differ, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(effects_come_back, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(what_is_expected_goes_by_them, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(covariates_that_cannot_be, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(notes_are_of_values, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(an_account_by_hand, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(an_account_that_cannot_be, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
