/* test_rfm_segments.c: customers by RFM scores: the map that there is, one that is given, one of other scores. */
#include "label/crowds.h"

#include <math.h>

/* Three scores of each: the best of both, and the others, of whom those of m 3 stand apart. */
static tsl_rfm_map make_map(void)
{
    static const tsl_rfm_block block[] = {
        {3, 3, 3, 3, 0, 0, "best", {"The best", "最佳"}, NULL}, {1, 2, 1, 3, 1, 2, "rest", {"The rest", NULL}, NULL},
        {3, 3, 1, 2, 1, 2, "rest", {NULL, NULL}, NULL},         {1, 2, 1, 3, 3, 3, "spends", {NULL, NULL}, NULL},
        {3, 3, 1, 2, 3, 3, "spends", {NULL, NULL}, NULL},
    };
    tsl_rfm_map map;
    tsl_error err;
    if (tsl_rfm_map_build(block, sizeof block / sizeof *block, 3, &map, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return map;
}

static int has_note(const tsl_labels *labels, const char *text)
{
    int has = 0;
    for (size_t i = 0; i < labels->notes.count; i++) {
        has |= strstr(labels->notes.text[i], text) != NULL;
    }
    return has;
}

static tsl_status label(const tsl_features *f, const tsl_model *model, const tsl_policy *policy, const tsl_rfm_map *map,
                        tsl_labels **out, tsl_error *err)
{
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.rfm_map = map;
    return tsl_labels_build(f, model, model->assignment, policy, &opt, NULL, out, err);
}

static void test_usual(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *labels = make_labels(f, model, "en");
    uint64_t unknown = 0, known = 0;
    double value = 0;
    assert_int_equal(labels->rfm_segment_count, 10);
    assert_null(tsl_labels_get_rfm_segment(labels, 10));
    assert_int_equal(labels->policy->rfm_map.bins, 5);
    for (size_t i = 0; i < labels->customers; i++) {
        const int at = labels->customer_rfm[i];
        unknown += at < 0;
        assert_true((at < 0) == (labels->r[i] == 0 || labels->f[i] == 0));
        if (at >= 0) { /* by hand: two rows of the table */
            const char *code = tsl_labels_get_rfm_segment(labels, (size_t)at)->segment->code;
            assert_true((strcmp(code, "champion") == 0) == (labels->r[i] == 5 && labels->f[i] >= 4));
            assert_true((strcmp(code, "hibernating") == 0) == (labels->r[i] <= 2 && labels->f[i] <= 2));
        }
    }
    for (size_t s = 0; s < labels->rfm_segment_count; s++) {
        known += labels->rfm_segment[s].size;
        value += labels->rfm_segment[s].value_share;
    }
    assert_true(unknown == CUSTOMERS / 4 && known + unknown == CUSTOMERS);
    assert_true(fabs(value - 1) < 1e-12);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

static void test_of_other_scores(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    const tsl_rfm_map map = make_map(), none = {.bins = 5};
    tsl_labels *labels = NULL, *again = NULL;
    tsl_error err;
    /* The scores are of five, and one map is given, the other kept. */
    assert_int_equal(label(f, model, NULL, &map, &labels, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "rfm_map: the map is of scores from 1 to 3, but those here go to 5"));
    assert_int_equal(label(f, model, NULL, &none, &labels, &err), TSL_OK);
    assert_true(!labels->customer_rfm && labels->rfm_segment_count == 0 && !has_note(labels, "RFM"));
    /* None was asked for, and it stays so. */
    assert_int_equal(label(f, model, labels->policy, NULL, &again, &err), TSL_OK);
    assert_true(!again->customer_rfm && !has_note(again, "RFM"));
    labels->policy->rfm_map = map;
    tsl_labels_free(again);
    assert_int_equal(label(f, model, labels->policy, NULL, &again, &err), TSL_OK);
    assert_true(!again->customer_rfm && again->policy->rfm_map.bins == 3);
    assert_true(has_note(again, "RFM scores go from 1 to 5, and the map of RFM segments is of 1 to 3"));
    tsl_labels_free(again);
    tsl_labels_free(labels);
    tsl_rfm_map broken = map;
    broken.cell[0] = 7;
    assert_int_equal(label(f, model, NULL, &broken, &labels, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "rfm_map: is no map"));
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Of a policy that is applied; by all three scores. */
static void test_kept(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    const tsl_rfm_map map = make_map();
    tsl_labels *labels = NULL, *again = NULL;
    tsl_error err;
    f->recipe->rfm.bins = 3; /* as if the scores went so far */
    for (size_t i = 0; i < f->customers; i++) {
        static const char *const name[] = {"r_score", "f_score", "m_score"};
        for (int k = 0; k < 3; k++) {
            double *x = &f->x[i * f->feature_count + tsl_features_get_index(f, name[k])];
            *x = *x > 3 ? 3 : *x;
        }
    }
    assert_int_equal(label(f, model, NULL, &map, &labels, &err), TSL_OK);
    assert_int_equal(labels->rfm_segment_count, 3);
    for (size_t i = 0; i < labels->customers; i++) {
        const int best = labels->r[i] == 3 && labels->f[i] == 3, known = labels->r[i] > 0;
        assert_int_equal(labels->customer_rfm[i], !known ? -1 : best ? 0 : labels->m[i] == 3 ? 2 : 1);
    }
    assert_int_equal(label(f, model, labels->policy, NULL, &again, &err), TSL_OK);
    assert_memory_equal(again->customer_rfm, labels->customer_rfm, labels->customers);
    assert_string_equal(again->rfm_segment[0].segment->name[1], "最佳");
    assert_string_equal(again->rfm_segment[2].segment->name[0], "spends");
    tsl_labels_free(again);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_usual), cmocka_unit_test(test_of_other_scores),
                                       cmocka_unit_test(test_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
