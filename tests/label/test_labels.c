/* test_labels.c: the labeling stage from features and model: segments, names,
 * totals, reasons. */
#include "feature/tables.h"

#include <tesela/label.h>

#include "base/rng.h"
#include "base/text.h"
#include "table/table_state.h"

enum { CUSTOMERS = 400 };

/* Three crowds: many dear orders, few cheap ones, and names without an order. */
static tsl_features *make_features(int sensitive)
{
    tsl__text c = {0}, t = {0};
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    tsl__text_puts(&c, "customer_id,gender,age\n");
    tsl__text_puts(&t, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        int crowd = i % 4;
        tsl__text_printf(&c, "c%03d,%s,%d\n", i, crowd == 0 ? "F" : "M", 20 + (int)tsl__rng_below(&rng, 50));
        int orders = crowd == 3 ? 0 : crowd == 0 ? 12 : 2;
        for (int o = 0; o < orders; o++) {
            tsl__text_printf(&t, "c%03d,o%d-%d,2024-%02d-%02d,%d.%02d\n", i, i, o, 1 + (int)tsl__rng_below(&rng, 12),
                             1 + (int)tsl__rng_below(&rng, 28), (crowd ? 5 : 200) + (int)tsl__rng_below(&rng, 20),
                             (int)tsl__rng_below(&rng, 100));
        }
    }
    tsl_table *customers = table_of_text(TSL_CUSTOMERS, c.data), *lines = table_of_text(TSL_TRANSACTIONS, t.data);
    for (size_t i = 0; i < customers->column_count; i++) {
        customers->column[i].sensitive = sensitive && strcmp(customers->column[i].name, "gender") == 0;
    }
    tsl_features *f = NULL;
    tsl_feature_options opt = tsl_feature_defaults();
    opt.weight[TSL_DEMOGRAPHIC] = .1;
    assert_int_equal(tsl_features_build(customers, lines, NULL, &opt, &f, NULL), TSL_OK);
    tsl_table_free(customers);
    tsl_table_free(lines);
    tsl__text_free(&c);
    tsl__text_free(&t);
    return f;
}

static tsl_model *make_model(const tsl_features *f, int k)
{
    tsl_feature_matrix *m = NULL;
    tsl_sweep *sweep = NULL;
    tsl_model *model = NULL;
    tsl_error err;
    tsl_kmeans_options opt = tsl_kmeans_defaults();
    opt.k = k;
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, &err), TSL_OK);
    tsl_matrix x = {m->values, m->rows, m->cols, m->cols},
               raw = {f->x, f->customers, f->feature_count, f->feature_count};
    if (tsl_sweep_fit(&x, &opt, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    char **names = malloc(m->cols * sizeof *names);
    for (size_t c = 0; c < m->cols; c++) {
        names[c] = m->column[c].name;
    }
    const char **raw_names = malloc(f->feature_count * sizeof *raw_names);
    for (size_t i = 0; i < f->feature_count; i++) {
        raw_names[i] = f->feature[i].name;
    }
    tsl_tree_options tree = tsl_tree_defaults();
    tree.name = raw_names;
    if (tsl_model_build(&x, names, sweep, &raw, &tree, NULL, &model, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    free(names);
    free(raw_names);
    tsl_feature_matrix_free(m);
    return model;
}

static tsl_labels *make_labels(const tsl_features *f, const tsl_model *model, const char *lang)
{
    tsl_label_options opt = tsl_label_defaults();
    tsl_labels *labels = NULL;
    tsl_error err;
    opt.lang = lang;
    if (tsl_labels_build(f, model, &opt, &labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return labels;
}

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
            int s = labels->segment[i];
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
            for (int t = 0; t < TSL_TIERS; t++) {
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
    tsl_features *f = NULL;
    tsl_feature_options opt = tsl_feature_defaults();
    assert_int_equal(tsl_features_build(customers, NULL, NULL, &opt, &f, NULL), TSL_OK);
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
    assert_string_equal(en->segments[2].name, "No purchases");
    assert_string_equal(zh->segments[2].name, "未购买");
    assert_string_equal(en->reason[3], "no purchase yet; value 0.00, under Bronze (from 29.29)");
    assert_string_equal(zh->reason[3], "尚无购买；价值 0.00，低于铜卡起点 29.29");
    assert_memory_equal(en->segment, zh->segment, CUSTOMERS * sizeof *en->segment);
    for (size_t s = 0; s < en->segment_count; s++) {
        assert_non_null(strstr(en->segments[s].rule->condition, "recency_days"));
        assert_null(strpbrk(en->segments[s].rule->words[0], "<>_"));
        assert_string_equal(en->segments[s].rule->words[1], zh->segments[s].rule->words[1]);
        assert_string_equal(en->segments[s].names[1], zh->segments[s].name);
    }
    tsl_labels_free(en);
    tsl_labels_free(zh);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* The gender tells the crowds apart best, but no name or trait may say so. */
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

static void test_refused(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *labels;
    tsl_error err;
    tsl_label_options opt = tsl_label_defaults();
    opt.value = "monetary_totl";
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "did you mean \"monetary_total\""));
    assert_null(labels);
    opt.value = "gender=F";
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    opt = tsl_label_defaults();
    opt.tier_method = (tsl_tier_method)9;
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "tiers: 9 is no method");
    opt = tsl_label_defaults();
    opt.value = "gender";
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "value: \"gender\" is a category, not an amount");
    opt.value = "xyz";
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "no feature is called \"xyz\"; there are recency_days, frequency"));
    opt = tsl_label_defaults();
    opt.lang = "fr";
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    opt = tsl_label_defaults();
    opt.lost_factor = 1;
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    opt = tsl_label_defaults();
    opt.tier_share[3] = .9;
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_OPTION);
    opt = tsl_label_defaults();
    f->vector[TSL_VALUE].values[0] += 1; /* other features than the model's */
    assert_int_equal(tsl_labels_build(f, model, &opt, &labels, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "other features"));
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_segments), cmocka_unit_test(test_numbers_without_value),
                                       cmocka_unit_test(test_names_and_reasons), cmocka_unit_test(test_sensitive),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
