/* test_summary_first.c: what is to be done first is said where the data show it, and else not. */
#include "files.h"
#include "sample.h"

#include <jansson.h>
#include <math.h>

static sample run;

static json_t *first_of(json_t **root)
{
    char *text;
    assert_int_equal(tsl_summary_build(&run.run, &text, NULL), TSL_OK);
    *root = json_loads(text, 0, NULL);
    assert_non_null(*root);
    tsl_text_free(text);
    return json_object_get(*root, "first");
}

/* The one of a kind; NULL: there is none. */
static json_t *find(json_t *first, const char *kind)
{
    for (size_t i = 0; i < json_array_size(first); i++) {
        json_t *row = json_array_get(first, i);
        if (strcmp(json_string_value(json_object_get(row, "kind")), kind) == 0) {
            return row;
        }
    }
    return NULL;
}

static double number(json_t *row, const char *key)
{
    return json_number_value(json_object_get(row, key));
}

static void keep(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_FULL, "en");
    run.segment[0].value_share = .45;
    json_t *row = find(first_of(&root), "keep");
    assert_true(number(row, "segment") == 0 && number(row, "size") == (double)run.segment[0].size);
    assert_true(number(row, "rate") == .9 && json_is_true(json_object_get(row, "returns")));
    json_decref(root);
    run.next_segment[0].outcome.rate_low = .7;
    assert_true(json_is_false(json_object_get(find(first_of(&root), "keep"), "returns")));
    json_decref(root);
    run.segment[0].value_share = .05; /* little rests on them */
    assert_null(find(first_of(&root), "keep"));
    json_decref(root);
    run.segment[0].value_share = .45;
    run.usual[0].recency_median = 100; /* gone quiet: to be won back */
    json_t *first = first_of(&root);
    assert_null(find(first, "keep"));
    json_decref(root);
    run.run.next = NULL;
    run.usual[0].recency_median = 10;
    assert_true(json_is_null(json_object_get(find(first_of(&root), "keep"), "rate")));
    json_decref(root);
}

/* Tiers from the best, as long as they are a fifth of all; and their customers at risk. */
static void call(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_FULL, "en");
    tsl_portrait_cell *risk = &run.stage_tier[TSL_AT_RISK * SAMPLE_TIERS];
    static const uint64_t size[SAMPLE_TIERS] = {10, 40, 150, 300, 500};
    for (size_t t = 0; t < SAMPLE_TIERS; t++) {
        risk[t] = (tsl_portrait_cell){t + 1, 100.1 * (double)(t + 1)};
        run.tier[t].size = size[t];
    }
    json_t *row = find(first_of(&root), "call"), *tiers = json_object_get(row, "tiers");
    assert_int_equal(json_array_size(tiers), 3);
    assert_string_equal(json_string_value(json_array_get(tiers, 0)), run.tier[0].code);
    assert_string_equal(json_string_value(json_object_get(row, "stage")), "at_risk");
    assert_true(number(row, "size") == 6 && number(row, "value") == 600.6); /* exact money */
    json_decref(root);
    run.tier[0].size = 400; /* the best one is called however many are in it */
    row = find(first_of(&root), "call");
    assert_int_equal(json_array_size(json_object_get(row, "tiers")), 1);
    json_decref(root);
    risk[0].size = 0;
    assert_null(find(first_of(&root), "call"));
    json_decref(root);
}

static void orders(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_FULL, "en");
    for (size_t t = 0; t < SAMPLE_TIERS; t++) {
        run.stage_tier[TSL_AT_RISK * SAMPLE_TIERS + t].size = 0;
    }
    assert_null(find(first_of(&root), "second_order"));
    json_decref(root);
    for (size_t s = 2; s < 4; s++) {
        run.usual[s].frequency_median = 1;
        run.usual[s].recency_median = 40;
    }
    run.segment[2].value_share = .02;
    run.segment[3].value_share = .2; /* the one that is worth more */
    json_t *row = find(first_of(&root), "second_order");
    assert_true(number(row, "segment") == 3 && number(row, "days") == 86);
    json_decref(root);
    run.segment[3].share = run.segment[2].share = .01; /* too few */
    assert_null(find(first_of(&root), "second_order"));
    json_decref(root);
    run.usual[5].frequency_median = 0;
    run.segment[5].share = .2;
    row = find(first_of(&root), "first_order");
    assert_true(number(row, "segment") == 5);
    json_decref(root);
}

static void win_back(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_FULL, "en");
    run.segment[1].value_share = .3; /* worth more than the average, and silent for 50 days */
    assert_null(find(first_of(&root), "win_back"));
    json_decref(root);
    run.usual[1].recency_median = 87;
    json_t *row = find(first_of(&root), "win_back");
    assert_true(number(row, "segment") == 1);
    json_decref(root);
    run.usual[1].value_mean = 1800; /* worth less */
    assert_null(find(first_of(&root), "win_back"));
    json_decref(root);
}

/* Three at most; without purchases, and of plain numbers, nothing. */
static void few(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_FULL, "en");
    for (size_t s = 1; s < SAMPLE_SEGMENTS; s++) {
        run.usual[s].frequency_median = s > 2 ? 1 : 5;
        run.usual[s].recency_median = s == 3 ? 10 : 200;
        run.usual[s].value_mean = 2500;
    }
    assert_int_equal(json_array_size(first_of(&root)), 3);
    json_decref(root);
    sample_make(&run, SAMPLE_CUSTOMERS_ONLY, "zh");
    for (size_t s = 0; s < SAMPLE_SEGMENTS; s++) {
        run.usual[s] = (tsl_portrait_segment){NAN, NAN, NAN, NAN, NAN};
    }
    assert_int_equal(json_array_size(first_of(&root)), 0);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keep),     cmocka_unit_test(call), cmocka_unit_test(orders),
        cmocka_unit_test(win_back), cmocka_unit_test(few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
