/* test_agreement.c: what the rules catch of the customers at hand: in a fit the tree's own figures, in an apply
 * counted anew. */
#include "label/crowds.h"

#include <string.h>

typedef struct fitted {
    tsl_features *features;
    tsl_model *model;
    tsl_labels *labels;
} fitted;

static fitted fit(int k)
{
    fitted f = {.features = make_features(0)};
    f.model = make_model(f.features, k);
    f.labels = make_labels(f.features, f.model, "en");
    return f;
}

static void release(fitted *f)
{
    tsl_labels_free(f->labels);
    tsl_model_free(f->model);
    tsl_features_free(f->features);
}

static tsl_labels *apply(const fitted *f, const tsl_features *features, const tsl_assignment *assignment)
{
    tsl_labels *labels = NULL;
    tsl_error err;
    if (tsl_labels_build(features, f->model, assignment, f->labels->policy, NULL, NULL, &labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return labels;
}

/* The customers of the fit: counted anew, the same. */
static void of_the_same(void **state)
{
    (void)state;
    for (int k = 1; k <= 4; k++) {
        fitted f = fit(k);
        const tsl_tree *tree = f.model->tree;
        tsl_labels *labels = apply(&f, f.features, f.model->assignment);
        assert_true(f.labels->agreement == tree->agreement && labels->agreement == tree->agreement);
        for (int s = 0; s < k; s++) {
            assert_true(f.labels->segments[s].precision == tree->precision[s]);
            assert_true(labels->segments[s].precision == tree->precision[s]);
            assert_true(labels->segments[s].coverage == tree->coverage[s]);
            assert_true(labels->drift[s].precision_then == labels->drift[s].precision_now);
            assert_true(labels->drift[s].coverage_then == labels->drift[s].coverage_now);
        }
        tsl_labels_free(labels);
        release(&f);
    }
}

/* Everybody is put into the last segment but one, whatever the rules say: what they catch is theirs alone to know. */
static void of_others(void **state)
{
    (void)state;
    enum { K = 4, ALL = K - 2 };
    fitted f = fit(K);
    const size_t n = f.features->customers;
    tsl_assignment moved = *f.model->assignment;
    moved.label = malloc(n * sizeof *moved.label);
    moved.runner_up = malloc(n * sizeof *moved.runner_up);
    int32_t *drawn = malloc(n * sizeof *drawn);
    const tsl_matrix raw = {f.features->x, n, f.features->feature_count, f.features->feature_count, TSL_F64};
    size_t hits = 0;
    assert_int_equal(tsl_tree_predict(f.model->tree, &raw, NULL, NULL, drawn, NULL), TSL_OK);
    for (size_t i = 0; i < n; i++) {
        moved.label[i] = ALL;
        moved.runner_up[i] = 0;
        hits += drawn[i] == ALL;
    }
    tsl_labels *labels = apply(&f, f.features, &moved);
    assert_true(hits > 0 && hits < n);
    assert_true(labels->agreement == (double)hits / (double)n);
    for (int s = 0; s < K; s++) {
        const tsl_segment *segment = &labels->segments[s];
        assert_true(segment->precision == (s == ALL ? 1 : 0)); /* each rule catches somebody */
        assert_true(s == ALL ? segment->coverage == labels->agreement : isnan(segment->coverage));
        assert_true(labels->drift[s].precision_then == f.model->tree->precision[s]);
        assert_true(labels->drift[s].coverage_then == f.model->tree->coverage[s]);
        assert_true(labels->drift[s].precision_now == segment->precision);
    }
    tsl_labels_free(labels);
    free(moved.label);
    free(moved.runner_up);
    free(drawn);
    release(&f);
}

/* Without a tree, or with one of features that are not there, nothing is known. */
static void of_no_rules(void **state)
{
    (void)state;
    fitted f = fit(3);
    tsl_tree *tree = f.model->tree;
    const char *name = tree->column[0].name;
    static char other[] = "other";
    for (int i = 0; i < 2; i++) {
        f.model->tree = i ? NULL : tree;
        tree->column[0].name = other;
        tsl_labels *labels = apply(&f, f.features, f.model->assignment);
        assert_true(isnan(labels->agreement));
        assert_true(isnan(labels->segments[1].precision) && isnan(labels->segments[1].coverage));
        tsl_labels_free(labels);
    }
    f.model->tree = tree;
    tree->column[0].name = name;
    release(&f);
}

/* What nobody's value is known of has none; an empty segment has 0 where anybody's is. */
static void unknown_values(void **state)
{
    (void)state;
    fitted f = fit(3);
    const size_t total = tsl_features_get_index(f.features, "monetary_total"), cols = f.features->feature_count;
    tsl_features features = *f.features;
    features.x = malloc(features.customers * cols * sizeof *features.x);
    for (int everybody = 0; everybody < 2; everybody++) {
        memcpy(features.x, f.features->x, features.customers * cols * sizeof *features.x);
        for (size_t i = 0; i < features.customers; i++) {
            features.x[i * cols + total] =
                everybody || f.labels->customer_segment[i] == 2 ? (double)NAN : features.x[i * cols + total];
        }
        tsl_labels *labels = apply(&f, &features, f.model->assignment);
        assert_true(isnan(labels->segments[1].value_total) && isnan(labels->segments[1].value_share));
        assert_int_equal(isnan(labels->segments[0].value_total), everybody);
        assert_int_equal(isnan(labels->segments[0].value_share), everybody);
        assert_int_equal(isnan(labels->tier[0].value_total), everybody);
        assert_int_equal(isnan(labels->tier[4].value_total), everybody); /* some of them are at 0 */
        for (int s = 0; s < TSL_STAGES; s++) {
            uint64_t others = 0, all = 0;
            for (size_t i = 0; i < labels->customers; i++) {
                all += labels->customer_stage[i] == s;
                others += labels->customer_stage[i] == s && labels->customer_segment[i] != 2;
            }
            assert_int_equal(isnan(labels->stage[s].value_total), everybody || (all && !others));
        }
        for (size_t p = 0; p < labels->phase_count; p++) {
            assert_int_equal(isnan(labels->phase[p].value_total), everybody);
        }
        tsl_labels_free(labels);
    }
    free(features.x);
    release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_the_same),
        cmocka_unit_test(of_others),
        cmocka_unit_test(of_no_rules),
        cmocka_unit_test(unknown_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
