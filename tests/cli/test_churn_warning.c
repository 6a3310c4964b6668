/* test_churn_warning.c: risks that were far off in the period held out are told so, in words and in the summary. */
#include "program.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_far_off, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_near, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
