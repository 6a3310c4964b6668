/* test_labels.c: the labeling stage from features and model: segments, names,
 * totals, reasons. */
#include "label/crowds.h"

static void test_segments(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    for (int k = 1; k <= 6; k++) {
        tsl_model *model = make_model(f, k);
        tsl_labels *labels = make_labels(f, model, "en");
        uint64_t size[8] = {0}, tiers = 0, stages = 0;
        double value[8] = {0}, total = 0;
        for (size_t i = 0; i < labels->customers; i++) {
            int s = labels->customer_segment[i];
            assert_in_range(s, 1, k);
            size[s]++;
            value[s] += labels->value[i];
            total += labels->value[i];
            assert_true(labels->confidence[i] >= 0 && labels->confidence[i] <= 1);
            assert_int_not_equal(labels->runner_up[i], s);
        }
        assert_int_equal(labels->segment_count, k);
        for (int s = 1; s <= k; s++) {
            const tsl_segment *segment = &labels->segments[s - 1];
            assert_int_equal(segment->segment, s);
            assert_int_equal(segment->size, size[s]);
            assert_true(fabs(segment->value_total - value[s]) < 1e-6);
            assert_true(fabs(segment->value_share - value[s] / total) < 1e-9);
            assert_true(s == 1 || segment->value_total <= labels->segments[s - 2].value_total);
            for (int other = 1; other < s; other++) {
                assert_string_not_equal(segment->name, labels->segments[other - 1].name);
            }
            for (size_t t = 0; t < labels->tier_count; t++) {
                tiers += segment->tier_size[t];
            }
            for (int t = 0; t < TSL_STAGES; t++) {
                stages += segment->stage_size[t];
            }
        }
        assert_int_equal(tiers, CUSTOMERS);
        assert_int_equal(stages, CUSTOMERS);
        tsl_labels_free(labels);
        tsl_model_free(model);
    }
    tsl_features_free(f);
}

/* Entry by entry, and nothing beyond the last. */
static void test_entries(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *labels = make_labels(f, model, "en");
    size_t count = 0;
    for (size_t s = 0; s < 3; s++) {
        assert_ptr_equal(tsl_labels_get_segment(labels, s), &labels->segments[s]);
    }
    assert_null(tsl_labels_get_segment(labels, 3));
    assert_int_equal(labels->tier_count, 5);
    assert_ptr_equal(tsl_labels_get_tier(labels, 4), &labels->tier[4]);
    assert_null(tsl_labels_get_tier(labels, 5));
    labels->has_tiers = 0;
    assert_null(tsl_labels_get_tier(labels, 0));
    assert_ptr_equal(tsl_labels_get_segments(labels, &count), labels->customer_segment);
    assert_int_equal(count, CUSTOMERS);
    assert_ptr_equal(tsl_labels_get_segments(labels, NULL), labels->customer_segment);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Where there is no value, by falling size, and where that is the same by cluster. */
static void test_numbers_without_value(void **state)
{
    (void)state;
    static const uint64_t size[] = {40, 40, 10, 10};
    tsl__text text = {0};
    tsl__text_puts(&text, "customer_id,income\n");
    for (int i = 0; i < 100; i++) {
        int crowd = i < 10 ? 0 : i < 50 ? 1 : i < 60 ? 2 : 3;
        tsl__text_printf(&text, "c%02d,%d\n", i, 100 + 100 * crowd + i % 3);
    }
    tsl_table *customers = table_of_text(TSL_CUSTOMERS, text.data);
    tsl_features *f = features_of(customers, NULL, NULL, NULL, NULL);
    tsl_model *model = make_model(f, 4);
    tsl_labels *labels = make_labels(f, model, "en");
    assert_null(labels->value);
    for (size_t s = 0; s < 4; s++) {
        assert_int_equal(labels->segments[s].size, size[s]);
        assert_int_equal(labels->segments[s].cluster, s); /* the model numbers by size, too */
    }
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
    tsl_table_free(customers);
    tsl__text_free(&text);
}

static void test_names_and_reasons(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *en = make_labels(f, model, "en"), *zh = make_labels(f, model, "zh");
    assert_string_equal(en->segments[2].name, "Potential");
    assert_string_equal(zh->segments[2].name, "潜在客户");
    assert_string_equal(en->reason[3], "no purchase yet; value 0.00, under Bronze (from 29.29)");
    assert_string_equal(zh->reason[3], "尚无购买；价值 0.00，低于铜卡起点 29.29");
    assert_memory_equal(en->customer_segment, zh->customer_segment, CUSTOMERS * sizeof *en->customer_segment);
    for (size_t s = 0; s < en->segment_count; s++) {
        assert_true(en->segments[s].precision > 0.9 && en->segments[s].coverage > 0.9);
        assert_string_equal(en->segments[s].names[1], zh->segments[s].name);
    }
    tsl_labels_free(en);
    tsl_labels_free(zh);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* The gender tells the crowds apart best, but no name or trait may say so. */
/* Ids that the CSV files write otherwise are told of, in the last note. */
static void test_marked_ids(void **state)
{
    (void)state;
    static char *marked[] = {"=1+1", "@anna"}, *plain[] = {"-5", "+8613800000000"};
    static const char *const said[] = {
        NULL, "1 id begins as a formula does: the CSV files have it with a ' before, so that no spreadsheet runs it",
        "2 ids begin as a formula does: the CSV files have them with a ' before, so that no spreadsheet runs them"};
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    char *own[2] = {f->id[0], f->id[1]};
    for (size_t n = 0; n < 3; n++) {
        for (size_t i = 0; i < 2; i++) {
            f->id[i] = i < n ? marked[i] : plain[i];
        }
        tsl_labels *labels = make_labels(f, model, "en");
        assert_int_equal(labels->notes.count, n > 0);
        if (n) {
            assert_string_equal(labels->notes.text[0], said[n]);
        }
        tsl_labels_free(labels);
    }
    memcpy(f->id, own, sizeof own);
    tsl_model_free(model);
    tsl_features_free(f);
}

static void test_sensitive(void **state)
{
    (void)state;
    tsl_features *f = make_features(1);
    tsl_model *model = make_model(f, 5);
    tsl_labels *labels = make_labels(f, model, "en");
    for (size_t s = 0; s < labels->segment_count; s++) {
        assert_null(strstr(labels->segments[s].name, "gender"));
        for (size_t t = 0; t < labels->segments[s].trait_count; t++) {
            assert_null(strstr(f->feature[labels->segments[s].trait[t].feature].name, "gender"));
        }
    }
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* A fault, in the options or in what is labelled, and what is said of it. */
static void check_refused(const tsl_features *f, const tsl_model *model, const tsl_assignment *assignment,
                          const tsl_policy *policy, const tsl_label_options *opt, tsl_status status, const char *said)
{
    tsl_labels *labels = (tsl_labels *)(uintptr_t)1;
    tsl_error err;
    assert_int_equal(tsl_labels_build(f, model, assignment, policy, opt, NULL, &labels, &err), status);
    assert_null(labels);
    assert_int_equal(err.status, status);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
}

static void test_refused_values(void **state)
{
    (void)state;
    static const struct {
        const char *value, *said;
    } cases[] = {{"monetary_totl", "did you mean \"monetary_total\""},
                 {"gender=F", "value: \"gender=F\" is a category, not an amount"},
                 {"gender", "value: \"gender\" is a category, not an amount"},
                 {"xyz", "no feature is called \"xyz\"; there are recency_days, frequency"}};
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_label_options opt;
        TSL_DEFAULTS(label, &opt);
        opt.value = cases[i].value;
        check_refused(f, model, model->assignment, NULL, &opt, TSL_E_OPTION, cases[i].said);
    }
    tsl_model_free(model);
    tsl_features_free(f);
}

static void test_refused_options(void **state)
{
    (void)state;
    tsl_label_options opt[11];
    static const char *const said[] = {"tiers: 9 is no method",
                                       "lang: \"fr\" is not en or zh",
                                       "lost_factor: 1 is outside above 1",
                                       "the shares add up to 1.1, over 1",
                                       "tiers: the cuts must fall, but 0 is followed by 0",
                                       "refit: 0x1",
                                       "shrinkage: nan is outside",
                                       "tier_share[0]: -0.1 is outside 0 to 1",
                                       "with shares that add up to 0 all customers are in one tier",
                                       "with shares that add up to 1 all customers are in one tier",
                                       "with shares that add up to 1 all customers are in one tier"};
    for (size_t i = 0; i < sizeof opt / sizeof *opt; i++) {
        TSL_DEFAULTS(label, &opt[i]);
    }
    opt[0].tier_method = (tsl_tier_method)9;
    opt[1].lang = "fr";
    opt[2].lost_factor = 1;
    opt[3].tier_share = (double[]){.1, .1, .9};
    opt[3].tier_share_count = 3;
    opt[4].tier_method = TSL_TIER_CUTS;
    opt[4].tier_cut = (tsl_tier_cut[]){{0, 0}, {0, 0}};
    opt[4].tier_cut_count = 2;
    opt[5].refit = 1; /* RFM scores are the features' */
    opt[6].shrinkage = NAN;
    opt[7].tier_share = (double[]){-.1};
    opt[7].tier_share_count = 1;
    opt[8].tier_share = (double[]){0};
    opt[8].tier_share_count = 1;
    opt[9].tier_share = (double[]){1};
    opt[9].tier_share_count = 1;
    opt[10].tier_share = (double[]){0, 1, 0};
    opt[10].tier_share_count = 3;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    for (size_t i = 0; i < sizeof opt / sizeof *opt; i++) {
        tsl_error err;
        check_refused(f, model, model->assignment, NULL, &opt[i], TSL_E_OPTION, said[i]);
        assert_int_equal(tsl_label_check(&opt[i], &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, said[i]));
    }
    assert_int_equal(tsl_label_check(NULL, NULL), TSL_OK);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* An assignment or a policy of something else. */
static void test_refused_parts(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3), *other = make_model(f, 4);
    tsl_labels *labels = make_labels(f, other, "en");
    tsl_assignment few = *model->assignment;
    few.rows--;
    check_refused(f, model, &few, NULL, NULL, TSL_E_INPUT,
                  "the assignment has 399 rows, the features have 400 customers");
    check_refused(f, model, model->assignment, labels->policy, NULL, TSL_E_INPUT,
                  "the policy has 4 segments, the model 3 groups");
    model->assignment->label[7] = 3;
    check_refused(f, model, model->assignment, NULL, NULL, TSL_E_INPUT,
                  "the assignment's row 8 is to a cluster that the model lacks");
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_model_free(other);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_segments),
                                       cmocka_unit_test(test_entries),
                                       cmocka_unit_test(test_numbers_without_value),
                                       cmocka_unit_test(test_names_and_reasons),
                                       cmocka_unit_test(test_sensitive),
                                       cmocka_unit_test(test_refused_values),
                                       cmocka_unit_test(test_refused_options),
                                       cmocka_unit_test(test_refused_parts),
                                       cmocka_unit_test(test_marked_ids)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
