/* test_summary_drift.c: what the summary says of an apply: what was frozen, how far
 * features and segments have moved, whether the model still fits. */
#include "files.h"
#include "sample.h"

#include <jansson.h>
#include <math.h>
#include <tesela/feature.h>

static sample run;

static json_t *drift_made(json_t **root)
{
    char *text;
    assert_int_equal(tsl_summary_build(&run.run, &text, NULL), TSL_OK);
    *root = json_loads(text, 0, NULL);
    assert_non_null(*root);
    tsl_text_free(text);
    return json_object_get(*root, "drift");
}

static const char *text_of(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static double number_of(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return json_is_null(value) ? (double)NAN : json_number_value(value);
}

static void nothing_of_a_fit(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_FULL, "en");
    assert_null(drift_made(&root));
    json_decref(root);
}

static void of_an_apply(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_APPLIED, "en");
    json_t *drift = drift_made(&root), *features = json_object_get(drift, "features");
    assert_true(number_of(drift, "customers_then") == 900);
    assert_true(number_of(drift, "customers_now") == SAMPLE_CUSTOMERS);
    assert_true(number_of(drift, "unseen_values") == 7);
    json_t *parts = json_object_get(drift, "parts");
    assert_string_equal(text_of(parts, "tiers"), "fitted");
    assert_string_equal(text_of(parts, "rfm"), "frozen");
    assert_string_equal(text_of(parts, "lifecycle"), "frozen");
    assert_string_equal(text_of(parts, "names"), "frozen");
    assert_int_equal(json_array_size(features), SAMPLE_FEATURES);
    json_t *frequency = json_array_get(features, 4), *tenure = json_array_get(features, 6);
    assert_string_equal(text_of(json_array_get(features, 0), "level"), "stable");
    assert_string_equal(text_of(json_array_get(features, 3), "level"), "shifted");
    assert_string_equal(text_of(frequency, "name"), "frequency");
    assert_string_equal(text_of(frequency, "level"), "drifted");
    assert_true(json_is_true(json_object_get(frequency, "used")));
    assert_true(json_is_false(json_object_get(json_array_get(features, SAMPLE_FEATURES - 1), "used")));
    assert_true(number_of(frequency, "psi") == .25);
    assert_true(number_of(frequency, "psi_by_chance") == .019);
    assert_true(number_of(frequency, "psi_limit") == .059);
    assert_true(number_of(frequency, "missing_then") == .04);
    assert_true(number_of(frequency, "missing_now") == .02);
    assert_true(number_of(frequency, "outside") == .003);
    assert_string_equal(text_of(json_array_get(features, 5), "level"), "shifted");
    assert_true(isnan(number_of(tenure, "psi")) && !text_of(tenure, "level"));
    assert_true(number_of(drift, "segments_psi") == .09 && number_of(drift, "segments_psi_by_chance") == .01);
    assert_true(number_of(drift, "segments_psi_limit") == .0375 && number_of(drift, "distance_limit") == 1.4);
    assert_true(number_of(drift, "distance_then") == 1.25 && number_of(drift, "distance_now") == 1.3);
    assert_string_equal(text_of(drift, "segments_level"), "stable");
    assert_string_equal(text_of(drift, "distance_level"), "stable");
    json_t *last = json_array_get(json_object_get(drift, "segments"), 5);
    assert_true(number_of(last, "segment") == 6);
    assert_string_equal(text_of(json_object_get(last, "names"), "zh"), "长期沉默低消费");
    assert_true(number_of(last, "size_then") == 150 && number_of(last, "size_now") == 199);
    assert_true(number_of(last, "share_then") == 1. / 6 && number_of(last, "share_now") == .199);
    assert_true(number_of(last, "distance_then") == 1.25 && isnan(number_of(last, "distance_now")));
    /* what the rules catch now stands with the segments, what they caught then here */
    assert_true(number_of(drift, "agreement_then") == .9132 && number_of(drift, "agreement_now") == .8642);
    assert_true(number_of(last, "precision_then") == run.precision[5] && isnan(number_of(last, "precision_now")));
    json_t *first = json_array_get(json_object_get(drift, "segments"), 0),
           *now = json_array_get(json_object_get(root, "segments"), 0);
    assert_true(number_of(first, "coverage_then") == run.coverage[0]);
    assert_true(number_of(first, "coverage_now") == run.coverage[0] - .05);
    assert_true(number_of(now, "coverage") == number_of(first, "coverage_now"));
    assert_true(number_of(now, "precision") == number_of(first, "precision_now"));
    json_decref(root);
}

/* The 22 features that segments rest on, so many of them shifted and drifted. */
static void check_verdict(size_t shifted, size_t drifted, const char *verdict, const char *en, const char *zh)
{
    json_t *root;
    sample_make(&run, SAMPLE_APPLIED, "en");
    for (size_t f = 0; f + 1 < SAMPLE_FEATURES; f++) {
        run.feature_drift[f].psi = f < drifted ? .25 : f < drifted + shifted ? .1 : f % 2 ? .0999 : (double)NAN;
    }
    json_t *drift = drift_made(&root);
    assert_string_equal(text_of(drift, "verdict"), verdict);
    assert_string_equal(text_of(json_object_get(drift, "sentence"), "en"), en);
    assert_string_equal(text_of(json_object_get(drift, "sentence"), "zh"), zh);
    json_decref(root);
}

static void verdicts(void **state)
{
    (void)state;
    check_verdict(0, 0, "fits",
                  "the model still fits: none of the 22 features that the segments rest on has shifted, "
                  "nor have the segments' sizes and distances",
                  "模型仍然适用：客群所依据的 22 个特征均未发生偏移，客群规模和到中心的距离也未偏移");
    check_verdict(1, 5, "shifted",
                  "the model still fits in the main, but 6 of the 22 features that the segments rest on have shifted, "
                  "5 of them far",
                  "模型大体适用，但客群所依据的 22 个特征中有 6 个发生偏移，其中 5 个显著偏移");
    check_verdict(
        2, 6, "refit", /* over a quarter */
        "the model no longer fits: 8 of the 22 features that the segments rest on have shifted, 6 of them far; "
        "fit it anew",
        "模型已不再适用：客群所依据的 22 个特征中有 8 个发生偏移，其中 6 个显著偏移；请重新拟合");
}

/* Features that stay say nothing of segments that are gone. */
static void of_the_segments(void **state)
{
    (void)state;
    static const struct {
        tsl_segmentation_drift of;
        const char *verdict, *words;
    } rows[] = {
        {{.3, .01, .04, 1, 1, 1.1}, "refit", "the segments' sizes have shifted far (PSI 0.3)"},
        {{.12, .01, .04, 1, 1, 1.1}, "shifted", "the segments' sizes have shifted (PSI 0.12)"},
        {{.01, .01, .04, .205, 1.885, .25}, "refit", "has grown far, from 0.205 to 1.885"},
        {{.01, .01, .04, 1, 1.3, 1.1}, "shifted", "has grown from 1 to 1.3"},
        {{NAN, NAN, NAN, NAN, NAN, NAN}, "fits", "none of the 22 features that the segments rest on has shifted"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *root;
        sample_make(&run, SAMPLE_APPLIED, "en");
        for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
            run.feature_drift[f].psi = .01;
        }
        run.segmentation_drift = rows[i].of;
        json_t *drift = drift_made(&root);
        assert_string_equal(text_of(drift, "verdict"), rows[i].verdict);
        assert_non_null(strstr(text_of(json_object_get(drift, "sentence"), "en"), rows[i].words));
        json_decref(root);
    }
}

/* An index that chance alone may give is none that has moved. */
static void by_chance(void **state)
{
    (void)state;
    json_t *root;
    sample_make(&run, SAMPLE_APPLIED, "en");
    for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
        run.feature_drift[f].psi = .8;
        run.feature_drift[f].psi_limit = .9;
    }
    json_t *drift = drift_made(&root), *first = json_array_get(json_object_get(drift, "features"), 0);
    assert_string_equal(text_of(drift, "verdict"), "fits");
    assert_string_equal(text_of(first, "level"), "stable");
    assert_true(number_of(first, "psi") == .8);
    json_decref(root);
}

/* Of few customers it is said that they are few. */
static void few_customers(void **state)
{
    (void)state;
    for (int few = 0; few < 2; few++) {
        json_t *root;
        sample_make(&run, SAMPLE_APPLIED, "en");
        run.drift.customers = few ? 99 : 100;
        json_t *sentence = json_object_get(drift_made(&root), "sentence");
        assert_int_equal(
            strstr(text_of(sentence, "en"), " (of 99 customers only, which leaves much to chance)") != NULL, few);
        assert_int_equal(strstr(text_of(sentence, "zh"), "（仅 99 位客户，数字多属偶然）") != NULL, few);
        json_decref(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_a_fit), cmocka_unit_test(of_an_apply),   cmocka_unit_test(verdicts),
        cmocka_unit_test(by_chance),        cmocka_unit_test(few_customers), cmocka_unit_test(of_the_segments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
