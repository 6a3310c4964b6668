/* test_scores.c: which features the score is made of, asked for or usual; fitted once and applied by the policy. */
#include "label/crowds.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static const char *const money[] = {"monetary_total", "return_share"}, *const rhythm[] = {"recency_days", "frequency"};
static const double money_weight[] = {2, 1}, rhythm_weight[] = {1, -3};
static const tsl_score_group groups[] = {{"money", 3, money, money_weight, 2}, {"rhythm", 1, rhythm, rhythm_weight, 2}};

static tsl_labels *label(const tsl_features *f, const tsl_model *model, const tsl_policy *policy,
                         const tsl_label_options *opt)
{
    tsl_labels *labels = NULL;
    tsl_error err;
    if (tsl_labels_build(f, model, model->assignment, policy, opt, NULL, &labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return labels;
}

/* The parts as they were asked for; of which less is better is known of some, and said of another by its weight. */
static void test_asked_for(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.score = groups;
    opt.score_count = 2;
    tsl_labels *labels = label(f, model, NULL, &opt);
    const tsl_policy *policy = labels->policy;
    assert_true(policy->score.part_count == 2 && policy->score.column_count == 4);
    assert_string_equal(policy->score_part[1], "rhythm");
    assert_string_equal(policy->score_feature[2], "recency_days");
    static const int less[] = {0, 1, 1, 1};
    static const double weight[] = {2, 1, 1, 3};
    for (size_t c = 0; c < 4; c++) {
        assert_int_equal(policy->score.column[c].less, less[c]);
        assert_true(policy->score.column[c].weight == weight[c] && policy->score.column[c].part == c / 2);
    }
    size_t higher = 0;
    for (size_t i = 0; i < labels->customers; i++) {
        const double one = labels->score_part[0][i], other = labels->score_part[1][i];
        NEAR(labels->score[i], isnan(other) ? one : (3 * one + other) / 4);
        higher += labels->score[i] > labels->score[(i + 1) % labels->customers];
    }
    assert_true(higher > 100); /* it tells people apart */
    tsl_label_options none;
    TSL_DEFAULTS(label, &none);
    tsl_labels *again = label(f, model, policy, &none); /* by the policy alone */
    assert_memory_equal(again->score, labels->score, CUSTOMERS * sizeof *again->score);
    tsl_labels_free(again);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Where tiers go by it and nobody says of what: by the usual ones that are there, each part once; and where there is no
 * value either. */
static void test_usual(void **state)
{
    (void)state;
    static const char *const expected[] = {"monetary_365d", "monetary_total", "recency_days",
                                           "frequency",     "tenure_days",    "return_share"};
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tiers_of_score = 1;
    tsl_labels *labels = label(f, model, NULL, &opt);
    const tsl_policy *policy = labels->policy;
    assert_int_equal(policy->score.part_count, 3);
    assert_string_equal(policy->score_part[0], "financial");
    assert_true(policy->score.part_weight[0] == .5 && policy->score.part_weight[2] == .2);
    size_t found = 0;
    for (size_t c = 0; c < policy->score.column_count; c++) {
        for (size_t e = 0; e < sizeof expected / sizeof *expected; e++) {
            found += strcmp(policy->score_feature[c], expected[e]) == 0;
        }
    }
    assert_int_equal(found, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < labels->customers; i++) {
        for (size_t j = 0; j < labels->customers; j += 7) { /* tiers fall with the score */
            assert_true(!(labels->score[i] > labels->score[j]) || labels->customer_tier[i] <= labels->customer_tier[j]);
        }
    }
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

static void check_refused(const tsl_label_options *opt, const char *said)
{
    tsl_error err = {TSL_OK, ""};
    assert_int_equal(tsl_label_check(opt, &err), TSL_E_OPTION);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const double nothing[] = {1, 0}, endless[] = {1, INFINITY};
    static const struct {
        tsl_score_group group[2];
        size_t count;
        const char *said;
    } cases[] = {
        {{{"My money", 1, money, money_weight, 2}}, 1, "score: \"My money\" is no code of a part: a to z, 0 to 9"},
        {{{"money_points", 1, money, money_weight, 2}},
         1,
         "score: \"money_points\" is no code of a part: columns of points end in _points"},
        {{{NULL, 1, money, money_weight, 2}}, 1, "score: \"\" is no code of a part"},
        {{{"money", 0, money, money_weight, 2}}, 1, "score.money: weight: 0 is not a number above 0"},
        {{{"money", NAN, money, money_weight, 2}}, 1, "score.money: weight: nan is not a number above 0"},
        {{{"money", 1, money, money_weight, 0}}, 1, "score.money: features: a part is made of one at least"},
        {{{"money", 1, money, nothing, 2}}, 1, "score.money: return_share weighs 0, another number than 0"},
        {{{"money", 1, money, endless, 2}}, 1, "score.money: return_share weighs inf, another number than 0"},
        {{{"money", 1, money, money_weight, 2}, {"money", 1, rhythm, rhythm_weight, 2}},
         2,
         "score: two parts have the code \"money\""},
    };
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opt.score = cases[i].group;
        opt.score_count = cases[i].count;
        check_refused(&opt, cases[i].said);
    }
    opt.score_count = TSL_SCORE_PARTS_MAX + 1;
    check_refused(&opt, "parts are too many, up to");
}

/* What is not known of these customers: a feature that is asked for, or that the policy was fitted on. */
static void test_no_feature(void **state)
{
    (void)state;
    static const char *const wrong[] = {"monetary_totl"};
    static const tsl_score_group group = {"money", 1, wrong, money_weight, 1};
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_label_options opt;
    tsl_labels *labels = NULL, *again = NULL;
    tsl_error err;
    TSL_DEFAULTS(label, &opt);
    opt.score = &group;
    opt.score_count = 1;
    assert_int_equal(tsl_labels_build(f, model, model->assignment, NULL, &opt, NULL, &labels, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "score.money: no feature is called \"monetary_totl\"; did you mean"));
    opt.score = groups;
    opt.score_count = 2;
    labels = label(f, model, NULL, &opt);
    char **name = &labels->policy->score_feature[0];
    (*name)[0] = 'X';
    TSL_DEFAULTS(label, &opt);
    assert_int_equal(tsl_labels_build(f, model, model->assignment, labels->policy, &opt, NULL, &again, &err),
                     TSL_E_INPUT);
    assert_string_equal(err.message, "the features lack \"Xonetary_total\", which the score is made of");
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Where no value is known tiers go by the score alone. */
static void test_without_value(void **state)
{
    (void)state;
    static const char *const income[] = {"income"};
    static const tsl_score_group group = {"money", 1, income, money_weight, 1};
    tsl__text text = {0};
    tsl__text_puts(&text, "customer_id,income\n");
    for (int i = 0; i < 100; i++) {
        tsl__text_printf(&text, "c%02d,%d\n", i, 1000 + 37 * i);
    }
    tsl_table *customers = table_of_text(TSL_CUSTOMERS, text.data);
    tsl_features *f = features_of(customers, NULL, NULL, NULL, NULL);
    tsl_model *model = make_model(f, 2);
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.score = &group;
    opt.score_count = 1;
    opt.tiers_of_score = 1;
    tsl_labels *labels = label(f, model, NULL, &opt);
    assert_true(!labels->value && labels->has_tiers);
    assert_true(labels->customer_tier[99] == 0 && labels->customer_tier[0] == 4);
    assert_true(labels->score[99] == 100 && labels->score[50] > labels->score[49]);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
    tsl_table_free(customers);
    tsl__text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_asked_for), cmocka_unit_test(test_usual),
                                       cmocka_unit_test(test_refused), cmocka_unit_test(test_no_feature),
                                       cmocka_unit_test(test_without_value)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
