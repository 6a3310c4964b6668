/* test_churn_warning.c: risks that were far off in the period held out are told so, in words and in the summary. */
#include "program.h"

#include <math.h>
#include <string.h>

enum { CUSTOMERS = 120, WEEKS = 60 };

/* Each buys every week or every other for 60 weeks, and then nobody does. */
static void put_gone(const char *name)
{
    void *file = put_open(name);
    put_line(file, "customer_id,order_id,date,amount");
    for (int c = 0; c < CUSTOMERS; c++) {
        for (int week = 0; week < WEEKS; week += 1 + c % 2) {
            const int day = week * 7 + c % 7;
            put_line(file, "C%03d,%d-%d,20%02d-%02d-%02d,%d", c, c, week, 23 + day / 336, 1 + day / 28 % 12,
                     1 + day % 28, 10 + (c * 7 + week * 13) % 50);
        }
    }
    put_close(file);
}

/* What is said of the risks of a run. */
static json_t *open_check(const char *summary)
{
    json_t *json = json_load_file(summary, 0, NULL);
    json_t *check = json_incref(json_object_get(json_object_get(json, "next"), "churn"));
    json_decref(json);
    return check;
}

static void test_far_off(void **state)
{
    (void)state;
    put_gone("gone.csv");
    assert_run(0, "run --transactions gone.csv --until 2024-07-20 --output gone --evidence none");
    assert_out("points on average: the risks are far off, do not go by the figures.");
    json_t *check = open_check("gone/summary.json");
    assert_true(json_is_null(json_object_get(check, "telling")));
    assert_true(json_is_false(json_object_get(check, "calibrated")));
    json_decref(check);
    assert_run(0, "inspect gone --lang zh");
    assert_out("概率数值偏差过大，不宜据数值行动。");
}

/* Risks that came are told without a warning. */
static void test_near(void **state)
{
    (void)state;
    assert_run(0, "synth noise --customers 1500 --output made --quiet");
    assert_run(0, "run --config made/config.yaml --output out --evidence none");
    assert_out("points on average.");
    json_t *check = open_check("out/summary.json");
    assert_true(json_is_true(json_object_get(check, "telling")));
    assert_true(json_is_true(json_object_get(check, "calibrated")));
    json_decref(check);
}

/* Ranked: by what is at risk, in every form the same, and nobody of whom nothing is known. */
static void test_ranked(void **state)
{
    (void)state;
    put_gone("gone.csv");
    assert_run(0, "run --transactions gone.csv --until 2024-07-20 --output gone --evidence none --quiet");
    assert_run(0, "inspect gone --warnings 3");
    assert_out("The customers with most value at risk: 3 of 120");
    assert_out("points on average: the risks are far off, do not go by the figures.");
    assert_run(0, "inspect gone --warnings 3 --lang zh");
    assert_out("风险价值最高的客户：3 / 120 位");
    assert_out("概率数值偏差过大，不宜据数值行动。");
    assert_run(0, "inspect gone --warnings all --output call.csv");
    assert_err("the risks are far off, do not go by the figures");
    assert_run(1, "inspect gone --warnings all --output call.csv");
    assert_err("call.csv: is there already");
    assert_run(0, "inspect gone --warnings all --json");
    json_t *json = get_json(), *list = json_object_get(json_object_get(json, "file"), "warnings");
    assert_int_equal(json_array_size(list), CUSTOMERS);
    double before = INFINITY;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const json_t *row = json_array_get(list, i);
        assert_int_equal(json_integer_value(json_object_get(row, "rank")), i + 1);
        const double at_risk = json_number_value(json_object_get(row, "value_at_risk"));
        assert_true(at_risk <= before);
        before = at_risk;
    }
    json_decref(json);
    assert_run(0, "inspect call.csv");
    assert_out("warnings: 120 rows, 13 columns");
}

/* Two actions of one English text have each its own in Chinese; and it is said which value is at risk. */
static void test_actions(void **state)
{
    (void)state;
    put_gone("gone.csv");
    void *file = put_open("two.csv");
    put_line(file, "tier,action,en,zh");
    put_line(file, "vip|gold|silver,visit,Get in touch,上门拜访");
    put_line(file, "*,phone,Get in touch,电话联系");
    put_close(file);
    assert_run(0, "run --transactions gone.csv --until 2024-07-20 --strategies two.csv --output gone --evidence none "
                  "--quiet");
    assert_run(0, "inspect gone --warnings all --lang zh");
    assert_out("上门拜访");
    assert_out("电话联系");
    assert_out("风险价值 = ");
    assert_run(0, "inspect gone --warnings all");
    assert_out("Value at risk is ");
}

static void test_not_ranked(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *line, *says;
    } cases[] = {
        {2, "gone --warnings 0", "--warnings: \"0\" is not all, or a whole number, 1 or more"},
        {2, "gone/segments.csv --warnings 3", "--warnings goes with a run's folder"},
        {2, "gone --warnings 3 --customer C001", "--warnings and --customer contradict each other"},
        {2, "gone --output x.csv", "--output goes with --warnings N"},
        {2, "gone --warnings 3 --output gone/segments.csv --force", "would be written over the input"},
        {3, "gone --warnings 3", "gone/segments.csv: a churn risk is known of none of its 40 customers"},
    };
    void *file = put_open("few.csv");
    put_line(file, "customer_id,order_id,date,amount");
    for (int c = 0; c < 40; c++) {
        put_line(file, "C%03d,%d,2024-01-%02d,%d", c, c, 1 + c % 28, 10 + c * 7 % 50);
    }
    put_close(file);
    assert_run(0, "run --transactions few.csv --output gone --evidence none --quiet");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(cases[i].status, "inspect %s", cases[i].line);
        assert_err(cases[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_far_off, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_near, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_ranked, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_actions, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_not_ranked, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
