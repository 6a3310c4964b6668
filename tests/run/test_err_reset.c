/* test_err_reset.c: each function that can fail speaks of its own call alone: what
 * an error said before is gone, whether it succeeds or not. tests/house/headers.sh
 * sees that none is forgotten here. */
#include "run/shop.h"

#include <sys/stat.h>
#include <tesela/tesela.h>

static tsl_error err;

static void spoil(void)
{
    err.status = TSL_E_INTERNAL;
    strcpy(err.message, "of a call before");
}

static void check(const char *call, tsl_status expected, tsl_status status)
{
    if (status != expected || err.status != status || strcmp(err.message, "of a call before") == 0 ||
        (status == TSL_OK) != (err.message[0] == '\0')) {
        fail_msg("%s: status %d, expected %d; the error says %d, \"%s\"", call, (int)status, (int)expected,
                 (int)err.status, err.message);
    }
}

#define GIVES(expected, call)                                                                                          \
    do {                                                                                                               \
        spoil();                                                                                                       \
        check(#call, expected, call);                                                                                  \
    } while (0)

/* ---- Base and options ------------------------------------------------------------ */

static void test_base(void **state)
{
    (void)state;
    int lang;
    int32_t day;
    double number;
    unsigned part;
    tsl_finding_kind finding;
    GIVES(TSL_OK, tsl_finding_kind_read("orphans", &finding, &err));
    GIVES(TSL_E_OPTION, tsl_finding_kind_read("children", &finding, &err));
    GIVES(TSL_OK, tsl_lang_read("en", &lang, &err));
    GIVES(TSL_E_OPTION, tsl_lang_read("de", &lang, &err));
    GIVES(TSL_OK, tsl_day_read("2024-02-29", &day, &err));
    GIVES(TSL_E_OPTION, tsl_day_read("2023-02-29", &day, &err));
    GIVES(TSL_OK, tsl_number_read("1.5", &number, &err));
    GIVES(TSL_E_OPTION, tsl_number_read("1,5", &number, &err));
    GIVES(TSL_OK, tsl_refit_read("rfm", &part, &err));
    GIVES(TSL_E_OPTION, tsl_refit_read("all", &part, &err));
}

static void test_options(void **state)
{
    (void)state;
    const tsl_feature_line own = {.name = "own", .level = "lines", .aggregate = "count"};
    GIVES(TSL_OK, tsl_exec_check(NULL, &err));
    GIVES(TSL_OK, tsl_feature_check(NULL, &err));
    GIVES(TSL_OK, tsl_feature_line_check(&own, &err));
    const tsl_tier_name tier = {"key", {NULL}}, no_tier = {"Key", {NULL}};
    double points, weight = 1;
    const tsl_score_values column = {&weight, 1};
    tsl_score_column of = {.weight = 1};
    tsl_score score = {1, &weight, 1, &of};
    GIVES(TSL_OK, tsl_tier_name_check(&tier, &err));
    GIVES(TSL_E_OPTION, tsl_tier_name_check(&no_tier, &err));
    GIVES(TSL_OK, tsl_score_fit(&score, &column, 1, &err));
    GIVES(TSL_OK, tsl_score_predict(&score, &column, 1, NULL, &points, NULL, &err));
    GIVES(TSL_OK, tsl_score_predict_contributions(&score, &column, 1, NULL, &(double *){&points}, &err));
    GIVES(TSL_OK, tsl_label_check(NULL, &err));
    GIVES(TSL_OK, tsl_kmeans_check(NULL, &err));
    GIVES(TSL_OK, tsl_quality_check(NULL, &err));
    GIVES(TSL_OK, tsl_stability_check(NULL, &err));
    GIVES(TSL_OK, tsl_evidence_check(NULL, &err));
    GIVES(TSL_OK, tsl_natural_check(NULL, &err));
    GIVES(TSL_OK, tsl_gap_check(NULL, &err));
    GIVES(TSL_OK, tsl_strength_check(NULL, &err));
    GIVES(TSL_OK, tsl_tree_check(NULL, &err));
    GIVES(TSL_OK, tsl_descriptor_check(NULL, &err));
    GIVES(TSL_OK, tsl_run_check(NULL, &err));
    GIVES(TSL_OK, tsl_table_check(NULL, &err));
    GIVES(TSL_OK, tsl_data_check(NULL, &err));
    GIVES(TSL_OK, tsl_partition_check(NULL, &err));
    GIVES(TSL_OK, tsl_evaluation_check(NULL, &err));
    GIVES(TSL_OK, tsl_valuation_check(NULL, &err));
    GIVES(TSL_OK, tsl_dirty_check(NULL, &err));
    GIVES(TSL_OK, tsl_scenario_check(NULL, &err));
    GIVES(TSL_OK, tsl_rules_check(NULL, &err));
    GIVES(TSL_E_OPTION, tsl_next_check(NULL, &err)); /* a cut is needed */
}

static void test_privacy(void **state)
{
    (void)state;
    static const char list[] = "customer_id\nA1\nB2\n";
    char id[TSL_PSEUDONYM_CHARS + 1];
    tsl_pseudonyms *key;
    tsl_suppression *gone;
    GIVES(TSL_OK, tsl_pseudonyms_build("0123456789abcdef", 16, &key, &err));
    GIVES(TSL_OK, tsl_pseudonyms_get_id(key, "A1", id, &err));
    tsl_pseudonyms_free(key);
    GIVES(TSL_E_OPTION, tsl_pseudonyms_build("0123456789", 10, &key, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_pseudonyms_read("/nowhere/key", &key, &err));
    assert_null(key);
    GIVES(TSL_OK,
          tsl_suppression_read(&(tsl_source){.bytes = list, .count = sizeof list - 1}, NULL, NULL, &gone, &err));
    assert_int_equal(tsl_suppression_get_info(gone).ids, 2);
    tsl_suppression_free(gone);
    GIVES(TSL_E_NOT_FOUND, tsl_suppression_read(&(tsl_source){.path = "/nowhere/ids"}, NULL, NULL, &gone, &err));
    assert_null(gone);
}

static void test_words(void **state)
{
    (void)state;
    static const char *const name[] = {"recency_days"};
    char *text, **texts;
    GIVES(TSL_OK, tsl_feature_get_label(name[0], "en", &text, &err));
    tsl_text_free(text);
    GIVES(TSL_E_OPTION, tsl_feature_get_label(name[0], "de", &text, &err));
    assert_null(text);
    tsl_derivation *derivation;
    size_t names;
    GIVES(TSL_OK, tsl_derivation_build(name[0], NULL, NULL, NULL, &derivation, &err));
    tsl_derivation_free(derivation);
    GIVES(TSL_E_OPTION, tsl_derivation_build("nothing", NULL, NULL, NULL, &derivation, &err));
    GIVES(TSL_OK, tsl_derivation_get_names(NULL, NULL, &texts, &names, &err));
    tsl_texts_free(texts, names);
    const tsl_recipe empty = {.column_count = 0};
    const tsl_vector_column column = {.name = (char *)(uintptr_t)name[0]};
    GIVES(TSL_OK, tsl_vector_column_get_label(&empty, &column, "zh", &text, &err));
    tsl_text_free(text);
    GIVES(TSL_E_OPTION, tsl_vector_column_get_label(&empty, &column, "de", &text, &err));
    assert_null(text);
    GIVES(TSL_OK, tsl_feature_get_labels(name, 1, "zh", &texts, &err));
    tsl_texts_free(texts, 1);
    GIVES(TSL_OK, tsl_feature_get_labels(NULL, 0, "zh", &texts, &err));
    tsl_texts_free(texts, 0);
    GIVES(TSL_OK, tsl_notes_get_words("anything", "zh", &text, &err));
    tsl_text_free(text);
    GIVES(TSL_E_OPTION, tsl_notes_get_words("anything", "de", &text, &err));
    assert_null(text);
    GIVES(TSL_OK, tsl_error_get_words("anything", "zh", &text, &err));
    tsl_text_free(text);
    GIVES(TSL_E_OPTION, tsl_error_get_words("anything", "de", &text, &err));
    assert_null(text);
    GIVES(TSL_E_OPTION, tsl_feature_get_labels(NULL, 0, "de", &texts, &err)); /* though there is nothing to put */
    assert_null(texts);
}

/* ---- Files ----------------------------------------------------------------------- */

static void test_store(void **state)
{
    (void)state;
    static const char *const names[] = {"a"};
    const char *path = scratch_path("a.csv"), *kind;
    char sha256[65];
    const tsl_target target = {.path = path, .replace = 1};
    const tsl_source there = {.path = path}, missing = {.path = "/nowhere"};
    tsl_source input;
    tsl_folder *folder;
    tsl_file *file;
    tsl_fileset *set;
    tsl_rejects *rejects;
    double *values;
    size_t rows, cols;
    GIVES(TSL_OK, tsl_folder_open(scratch_path("folder"), 0, names, 1, &folder, &err));
    GIVES(TSL_OK, tsl_folder_close(folder, &err));
    GIVES(TSL_E_EXISTS, tsl_folder_open(scratch_path("folder"), 0, names, 1, &folder, &err));
    GIVES(TSL_OK, tsl_dirty_write(scratch_path("tables"), 0,
                                  &(tsl_dirty_options){sizeof(tsl_dirty_options), 5, 5, 1, NULL, 0}, NULL, &err));
    GIVES(TSL_E_EXISTS, tsl_dirty_write(scratch_path("tables"), 0, NULL, NULL, &err));
    GIVES(TSL_OK,
          tsl_scenario_write(scratch_path("noise"), 0, "noise",
                             &(tsl_scenario_options){sizeof(tsl_scenario_options), 5, 9, 5, 1}, NULL, NULL, &err));
    GIVES(TSL_E_OPTION, tsl_scenario_write(scratch_path("none"), 0, "none", NULL, NULL, NULL, &err));
    GIVES(TSL_OK, tsl_file_open(&target, &file, &err));
    GIVES(TSL_OK, tsl_file_write(file, "x,y\n1,2\n3,4\n", 12, &err));
    GIVES(TSL_OK, tsl_file_close(file, &err));
    GIVES(TSL_OK, tsl_fileset_open(&set, &err));
    GIVES(TSL_OK, tsl_fileset_close(set, &err));
    GIVES(TSL_OK, tsl_input_open(path, 0, &input, &err));
    tsl_input_free(&input);
    GIVES(TSL_OK, tsl_file_get_kind(&there, &kind, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_file_get_kind(&missing, &kind, &err));
    GIVES(TSL_OK, tsl_file_get_hash(&there, sha256, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_file_get_hash(&missing, sha256, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_array_read(&missing, "x", 0, &values, &rows, &cols, &err));
    GIVES(TSL_OK, tsl_rejects_open(&target, &rejects, &err));
    GIVES(TSL_OK, tsl_rejects_close(rejects, &err));
}

/* ---- Tables ---------------------------------------------------------------------- */

static int fail_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema)
{
    (void)stream;
    (void)schema;
    return 5;
}

static int fail_next(struct ArrowArrayStream *stream, struct ArrowArray *array)
{
    (void)stream;
    (void)array;
    return 5;
}

static const char *say_nothing(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

static void test_tables(void **state)
{
    (void)state;
    static const char text[] = "customer_id,age\n1,30\n2,40\n", numbers[] = "x,y\n1,2\n3,5\n";
    static const int64_t id[] = {1, 2};
    const tsl_source source = {.bytes = text, .count = sizeof text - 1};
    const tsl_source plain = {.bytes = numbers, .count = sizeof numbers - 1};
    const tsl_array array = {.name = "customer_id", .dtype = TSL_I64, .data = id};
    struct ArrowArrayStream stream = {
        .get_schema = fail_schema, .get_next = fail_next, .get_last_error = say_nothing, .release = release};
    tsl_table *table;
    tsl_data *data;
    tsl_partition *partition;
    tsl_evaluation *evaluation;
    tsl_table_kind kind;
    tsl_table_profile *profile;
    tsl_data_quality quality;
    char *json;
    static const char wrote[] = "/nowhere/at/all";
    GIVES(TSL_OK, tsl_table_profile_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, &profile, NULL, &err));
    TSL_DEFAULTS(data_quality, &quality);
    quality.profile[TSL_CUSTOMERS] = profile;
    GIVES(TSL_OK, tsl_data_quality_build(&quality, &json, &err));
    tsl_text_free(json);
    GIVES(TSL_E_IO, tsl_data_quality_write(&quality, &(tsl_target){.path = wrote}, &err));
    GIVES(TSL_E_IO, tsl_data_quality_write_page(&quality, &(tsl_target){.path = wrote}, &err));
    tsl_table_profile_free(profile);
    GIVES(TSL_E_NOT_FOUND, tsl_table_profile_read(TSL_CUSTOMERS, &(tsl_source){.path = wrote}, 1, NULL, NULL, NULL,
                                                  &profile, NULL, &err));
    GIVES(TSL_OK, tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &table, &err));
    tsl_table_free(table);
    GIVES(TSL_OK, tsl_table_kind_read(&source, NULL, &kind, NULL, &err));
    GIVES(TSL_OK, tsl_table_build(TSL_CUSTOMERS, &array, 1, 2, NULL, NULL, NULL, NULL, &table, &err));
    tsl_table_free(table);
    GIVES(TSL_E_IO, tsl_table_build_arrow(TSL_CUSTOMERS, &stream, NULL, NULL, NULL, NULL, &table, &err));
    assert_null(stream.release);
    GIVES(TSL_OK, tsl_data_read(&plain, NULL, NULL, &data, &err));
    tsl_data_free(data);
    GIVES(TSL_E_NOT_FOUND, tsl_data_read(&(tsl_source){.path = "/nowhere"}, NULL, NULL, &data, &err));
    assert_null(data);
    static const char labels[] = "label\na\nb\n";
    const tsl_source given = {.bytes = labels, .count = sizeof labels - 1};
    GIVES(TSL_OK, tsl_partition_read(&given, NULL, NULL, &partition, &err));
    tsl_partition_free(partition);
    GIVES(TSL_OK, tsl_evaluation_build(&plain, &given, &given, NULL, NULL, &evaluation, &err));
    tsl_evaluation_free(evaluation);
}

/* ---- Matrices -------------------------------------------------------------------- */

static void test_matrices(void **state)
{
    (void)state;
    static const double x[] = {0, 1, 0, 2, 9, 8, 9, 9}, center[] = {0, 1.5, 9, 8.5};
    static const int32_t label[] = {0, 0, 1, 1};
    const tsl_matrix m = {x, 4, 2, 2, TSL_F64};
    const tsl_raw_columns raw = {&m, NULL};
    int32_t found[4];
    tsl_assignment out = {.rows = 4, .label = found};
    tsl_kmeans_options opt;
    tsl_sweep *sweep;
    tsl_stability *stability;
    tsl_evidence *evidence;
    tsl_model *model;
    tsl_tree *tree;
    tsl_tree_path *path;
    tsl_descriptor *descriptor;
    tsl_quality quality;
    tsl_comparison *comparison;
    tsl_outcome *outcome;
    static const unsigned char bought[4] = {1, 0, 1, 0};
    tsl_natural *natural;
    tsl_gap *gap;
    tsl_strength *strength;
    tsl_rfm rfm;
    tsl_rule *rule;
    char *text;
    size_t count;
    uint64_t hash;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = 2;
    GIVES(TSL_OK, tsl_kmeans_fit(&m, NULL, NULL, &opt, NULL, &sweep, &err));
    GIVES(TSL_OK, tsl_stability_build(&m, NULL, NULL, &opt, sweep, NULL, NULL, &stability, &err));
    tsl_stability_free(stability);
    tsl_recurrence *recurrence;
    GIVES(TSL_OK, tsl_recurrence_build(&m, NULL, tsl_sweep_get_labels(sweep), 2, NULL, NULL, &recurrence, &err));
    tsl_recurrence_free(recurrence);
    GIVES(TSL_OK, tsl_evidence_build(&m, NULL, NULL, &opt, sweep, NULL, NULL, &evidence, &err));
    tsl_evidence_free(evidence);
    tsl_results results;
    tsl_verdict *verdict;
    tsl_results_defaults(&results, sizeof results);
    GIVES(TSL_OK, tsl_verdict_build(&results, &verdict, &err));
    tsl_verdict_free(verdict);
    GIVES(TSL_OK, tsl_model_build(&m, NULL, NULL, sweep, &raw, NULL, NULL, NULL, &model, &err));
    GIVES(TSL_OK, tsl_rules_build(model, &rule, &err));
    tsl_rules_free(rule, (size_t)model->k);
    GIVES(TSL_OK, tsl_rules_write(&(tsl_segmentation){.model = model}, NULL,
                                  &(tsl_target){.path = scratch_path("rules.txt")}, &err));
    GIVES(TSL_OK, tsl_model_write(model, &(tsl_target){.path = scratch_path("m.h5")}, &err));
    tsl_model_free(model);
    GIVES(TSL_OK, tsl_model_read(&(tsl_source){.path = scratch_path("m.h5")}, &model, &err));
    tsl_model_free(model);
    GIVES(TSL_OK, tsl_kmeans_predict(&m, center, 2, NULL, &out, &err));
    GIVES(TSL_OK, tsl_quality_get(&m, NULL, label, 2, NULL, NULL, &quality, NULL, &err));
    const tsl_outcome_input next = {.customers = 4, .segment = label, .k = 2, .value = x, .happened = bought};
    GIVES(TSL_OK, tsl_outcome_build(&next, &outcome, &err));
    tsl_outcome_free(outcome);
    GIVES(TSL_OK, tsl_comparison_build(label, 2, label, 2, NULL, 4, &comparison, &err));
    tsl_comparison_free(comparison);
    GIVES(TSL_OK, tsl_natural_fit(&m, NULL, NULL, NULL, &natural, &err));
    tsl_natural_free(natural);
    const tsl_gap_options few = {.size = sizeof few, .k_max = 2, .references = 2, .restarts = 1};
    GIVES(TSL_OK, tsl_gap_build(&m, NULL, &few, NULL, &gap, &err));
    tsl_gap_free(gap);
    GIVES(TSL_OK, tsl_strength_build(&m, NULL, NULL, NULL, &strength, &err));
    tsl_strength_free(strength);
    GIVES(TSL_OK, tsl_tree_fit(&m, NULL, center, 2, label, &raw, NULL, NULL, &tree, &err));
    GIVES(TSL_OK, tsl_tree_predict(tree, &m, NULL, NULL, found, &err));
    GIVES(TSL_OK, tsl_tree_get_paths(tree, 0, &path, &count, &err));
    tsl_tree_paths_free(path, count);
    GIVES(TSL_OK, tsl_rules_get_tree(tree, "en", &text, &err));
    tsl_text_free(text);
    tsl_tree_free(tree);
    const tsl_descriptor_columns described = {&m, NULL};
    const tsl_descriptor_target classes = {.label = label, .k = 2};
    GIVES(TSL_OK, tsl_descriptor_fit(&described, NULL, &classes, NULL, NULL, &descriptor, &err));
    GIVES(TSL_OK, tsl_descriptor_predict(descriptor, &m, NULL, found, &err));
    tsl_descriptor_free(descriptor);
    GIVES(TSL_OK, tsl_matrix_get_hash(&m, &hash, &err));
    GIVES(TSL_OK, tsl_rfm_fit(x, x, x, 8, NULL, &rfm, &err));
    GIVES(TSL_E_INPUT, tsl_rfm_fit(x, x, x, 0, NULL, &rfm, &err));
    GIVES(TSL_OK, tsl_rfm_check(NULL, &err));
    const tsl_rfm_block whole = {1, 2, 1, 2, 0, 0, "all", {NULL, NULL}, NULL};
    tsl_rfm_map map;
    GIVES(TSL_OK, tsl_rfm_map_build(&whole, 1, 2, &map, &err));
}

static void test_value(void **state)
{
    (void)state;
    static const double half = .5, x[] = {0, 2, 1}, t_x[] = {0, 9, 4}, t[] = {10, 10, 8}, mean[] = {NAN, 20, 30};
    const tsl_histories histories = {3, x, t_x, t, NULL}, wrong = {1, &half, x, t, NULL};
    const tsl_spends spends = {3, x, mean, NULL}, none = {1, mean, mean, NULL};
    const tsl_forecast forecast = {.horizon = 1}, never = {.horizon = -1};
    tsl_purchase_model model;
    tsl_spend_model spend;
    GIVES(TSL_OK, tsl_purchase_model_fit(&histories, TSL_NBD, NULL, &model, &err));
    GIVES(TSL_E_OPTION, tsl_purchase_model_fit(&histories, TSL_PURCHASE_KINDS, NULL, &model, &err));
    GIVES(TSL_E_INPUT, tsl_purchase_model_fit(&wrong, TSL_NBD, NULL, &model, &err));
    tsl_purchase_choice choice;
    GIVES(TSL_OK, tsl_purchase_choice_fit(&histories, NULL, &choice, &err));
    GIVES(TSL_E_INPUT, tsl_purchase_choice_fit(&wrong, NULL, &choice, &err));
    GIVES(TSL_OK, tsl_purchase_model_predict(&model, &histories, NULL, &forecast, &err));
    GIVES(TSL_E_OPTION, tsl_purchase_model_predict(&model, &histories, NULL, &never, &err));
    GIVES(TSL_OK, tsl_spend_model_fit(&spends, NULL, &spend, &err));
    GIVES(TSL_E_INPUT, tsl_spend_model_fit(&none, NULL, &spend, &err));
    tsl_value_model both;
    const tsl_value_forecast far = {.purchases = {.horizon = 1}}, before = {.purchases = {.horizon = -1}};
    GIVES(TSL_OK, tsl_value_model_fit(&histories, mean, NULL, &both, &err));
    GIVES(TSL_E_INPUT, tsl_value_model_fit(&wrong, mean, NULL, &both, &err));
    double chance[3];
    const tsl_outlook soon = {.horizon = 1}, passed = {.horizon = -1};
    GIVES(TSL_OK, tsl_purchase_model_predict_chance(&model, &histories, NULL, 1, 1, chance, &err));
    GIVES(TSL_E_OPTION, tsl_purchase_model_predict_chance(&model, &histories, NULL, 1, .5, chance, &err));
    GIVES(TSL_OK, tsl_purchase_model_predict_outlook(&model, &histories, NULL, &soon, &err));
    GIVES(TSL_E_OPTION, tsl_purchase_model_predict_outlook(&model, &histories, NULL, &passed, &err));
    both.purchases.chosen = TSL_NBD;
    const tsl_value_outlook ahead = {soon, NULL}, behind = {passed, NULL};
    GIVES(TSL_OK, tsl_value_model_predict_outlook(&both, &histories, mean, NULL, &ahead, &err));
    GIVES(TSL_E_OPTION, tsl_value_model_predict_outlook(&both, &histories, mean, NULL, &behind, &err));
    GIVES(TSL_OK, tsl_value_model_predict(&both, &histories, mean, NULL, &far, &err));
    GIVES(TSL_E_OPTION, tsl_value_model_predict(&both, &histories, mean, NULL, &before, &err));
}

/* What customers are worth, of rows. */
static void test_valuation(void **state)
{
    (void)state;
    static const char rows[] = "x,t_x,T\n0,0,10\n2,9,10\n1,4,8\n", other[] = "a,b\n1,2\n";
    const tsl_target values = {.path = scratch_path("values.csv")};
    tsl_valuation *valuation;
    GIVES(TSL_OK, tsl_valuation_build_rows(&(tsl_source){.bytes = rows, .count = sizeof rows - 1}, NULL, NULL,
                                           &valuation, &err));
    GIVES(TSL_OK, tsl_valuation_write(valuation, &values, NULL, &err));
    GIVES(TSL_E_EXISTS, tsl_valuation_write(valuation, &values, NULL, &err));
    tsl_valuation_free(valuation);
    GIVES(TSL_E_INPUT, tsl_valuation_build_rows(&(tsl_source){.bytes = other, .count = sizeof other - 1}, NULL, NULL,
                                                &valuation, &err));
    assert_null(valuation);
}

/* Likewise what goes beyond one model of all customers, and what judges it. */
static void test_value_further(void **state)
{
    (void)state;
    static const double x[] = {0, 2, 1}, t_x[] = {0, 9, 4}, t[] = {10, 10, 8}, yes[] = {0, 1, 1};
    static const char *const names[] = {"age"};
    static const char map_file[] = "code,r,f\na,1-2,1-2\n";
    const double *const columns[] = {t};
    const tsl_histories histories = {3, x, t_x, t, NULL};
    const tsl_covariates covariates = {1, columns, names}, nothing = {0, columns, names};
    const tsl_forecast forecast = {.horizon = 1};
    const int32_t cohort[] = {0, -1, 0}, wrong[] = {0, 1, 0};
    tsl_covariate_model model;
    tsl_purchase_model pooled;
    tsl_purchase_cohort own;
    tsl_holdout holdout;
    tsl_calibration calibration;
    tsl_rfm_map map;
    double expected[2], actual[2];
    GIVES(TSL_OK, tsl_covariate_model_fit(&histories, &covariates, TSL_NBD, NULL, &model, &err));
    GIVES(TSL_OK, tsl_covariate_model_predict(&model, &histories, &covariates, NULL, &forecast, &err));
    GIVES(TSL_E_INPUT, tsl_covariate_model_predict(&model, &histories, &nothing, NULL, &forecast, &err));
    GIVES(TSL_E_INPUT, tsl_covariate_model_fit(&histories, &nothing, TSL_NBD, NULL, &model, &err));
    GIVES(TSL_OK, tsl_purchase_cohort_fit(&histories, cohort, 1, TSL_NBD, NULL, &pooled, &own, &err));
    GIVES(TSL_E_INPUT, tsl_purchase_cohort_fit(&histories, wrong, 1, TSL_NBD, NULL, &pooled, &own, &err));
    const tsl_holdout_input came = {3, x, t, NULL, NULL}, unknown = {1, (const double[]){NAN}, t, NULL, NULL};
    GIVES(TSL_OK, tsl_holdout_build(&came, &holdout, &err));
    GIVES(TSL_E_INPUT, tsl_holdout_build(&unknown, &holdout, &err));
    const tsl_calibration_input happened = {3, x, yes, NULL}, never = {3, x, t, NULL};
    GIVES(TSL_OK, tsl_calibration_build(&happened, &calibration, &err));
    GIVES(TSL_E_INPUT, tsl_calibration_build(&never, &calibration, &err));
    tsl_track track = {.count = 3, .begin = t_x, .step = 1, .steps = 2};
    GIVES(TSL_OK, tsl_track_predict(&track, &pooled, NULL, expected, actual, &err));
    track.step = 0;
    GIVES(TSL_E_OPTION, tsl_track_predict(&track, &pooled, NULL, expected, actual, &err));
    const tsl_source source = {.bytes = map_file, .count = sizeof map_file - 1};
    GIVES(TSL_OK, tsl_rfm_map_read(&source, 2, &map, &err));
    GIVES(TSL_E_INPUT, tsl_rfm_map_read(&source, 3, &map, &err));
}

/* ---- Customers ------------------------------------------------------------------- */

/* What is made of features that are there. */
static void check_features(tsl_features *f, const tsl_model *model)
{
    const char *path = scratch_path("f.h5");
    tsl_feature_matrix *matrix;
    tsl_drift *drift;
    tsl_features *read;
    tsl_spread spread;
    size_t index;
    double *weight = malloc(f->customers * sizeof *weight);
    GIVES(TSL_OK, tsl_features_write(f, &(tsl_target){.path = path}, NULL, &err));
    GIVES(TSL_OK, tsl_features_read(&(tsl_source){.path = path}, NULL, &read, &err));
    tsl_valuation *valuation;
    GIVES(TSL_OK, tsl_valuation_build(f, NULL, NULL, NULL, &valuation, &err));
    tsl_valuation_free(valuation);
    GIVES(TSL_OK, tsl_features_get_value(f, "monetary_total", &index, &err));
    GIVES(TSL_E_OPTION, tsl_features_get_value(f, "nothing", &index, &err));
    tsl_pseudonyms *key;
    GIVES(TSL_OK, tsl_pseudonyms_build("0123456789abcdef", 16, &key, &err));
    GIVES(TSL_E_INPUT, tsl_features_get_customer_by_key(f, "A1", key, &index, &err)); /* own ids */
    GIVES(TSL_OK, tsl_features_get_customer_by_key(f, "A1", NULL, &index, &err));
    tsl_pseudonyms_free(key);
    GIVES(TSL_OK, tsl_features_get_value(f, "monetary_total", &index, &err));
    GIVES(TSL_OK, tsl_features_get_spread(f, index < f->feature_count ? index : 0, &spread, &err));
    tsl_standing standing;
    GIVES(TSL_OK, tsl_features_get_standing(f, 0, 0, &standing, &err));
    GIVES(TSL_E_OPTION, tsl_features_get_standing(f, f->customers, 0, &standing, &err));
    GIVES(TSL_OK, tsl_features_get_weights(f, weight, &err));
    GIVES(TSL_OK, tsl_features_get_matrix(f, NULL, &matrix, &err));
    tsl_feature_matrix_free(matrix);
    GIVES(TSL_OK, tsl_places_build(f->recipe, f->x, 1, NULL, f->feature_count, &matrix, &err));
    tsl_feature_matrix_free(matrix);
    GIVES(TSL_OK, tsl_places_build_converted(f->recipe, model->center, 1, f->recipe, &matrix, &err));
    tsl_feature_matrix_free(matrix);
    GIVES(TSL_OK, tsl_drift_build(f, NULL, &drift, &err));
    tsl_drift_free(drift);
    GIVES(TSL_OK, tsl_features_fit_selection(read, NULL, &err));
    GIVES(TSL_OK, tsl_features_fit_weight(read, "frequency", &err));
    tsl_features_free(read);
    free(weight);
}

static void test_features(void **state)
{
    (void)state;
    static const double x[] = {0, 1, 0, 2, 9, 8, 9, 9};
    const tsl_matrix m = {x, 4, 2, 2, TSL_F64};
    shop_write(1);
    const tsl_source orders = {.path = scratch_path(shop_file[TSL_TRANSACTIONS])};
    tsl_tables tables = {.as_of = TSL_NO_DAY};
    tsl_table *table;
    tsl_features *features;
    assert_int_equal(tsl_table_read(TSL_TRANSACTIONS, &orders, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    tables.transactions = table;
    GIVES(TSL_OK, tsl_features_build(&tables, NULL, NULL, NULL, &features, &err));
    tsl_next_options cut;
    tsl_next *next;
    TSL_DEFAULTS(next, &cut);
    cut.cut = features->as_of - 90;
    tsl_features_free(features);
    const tsl_source labels = {.bytes = "id,label\nc0000,1\nc0003,2\n", .count = 25};
    GIVES(TSL_OK, tsl_next_build(&tables, &labels, &cut, NULL, &next, &err));
    tsl_next_free(next);
    tsl_table_free(table);
    GIVES(TSL_OK, tsl_features_build_plain(&m, NULL, NULL, NULL, NULL, NULL, NULL, &features, &err));
    tsl_features_free(features);
}

/* What is written of a run to its labels. */
static void check_outputs(const tsl_run *run)
{
    const tsl_labels *labels = tsl_run_get_labels(run);
    const tsl_features *f = tsl_run_get_features(run);
    const tsl_target target = {.path = scratch_path("out"), .replace = 1};
    tsl_segmentation view, *read;
    tsl_results results;
    tsl_labels *again;
    tsl_explanation *explanation;
    char *json;
    tsl_audit *audit;
    GIVES(TSL_OK, tsl_audit_build(labels, &audit, &err));
    tsl_audit_free(audit);
    GIVES(TSL_OK, tsl_segments_write(labels, &target, NULL, &err));
    GIVES(TSL_OK, tsl_labels_write(labels, &target, NULL, &err));
    GIVES(TSL_OK, tsl_strategies_write(labels, &target, &err));
    tsl_strategies *strategies;
    GIVES(TSL_OK, tsl_strategies_read(&(tsl_source){.path = target.path}, &strategies, &err));
    tsl_strategies_free(strategies);
    GIVES(TSL_OK, tsl_clusters_write(f, tsl_run_get_assignment(run), &target, NULL, &err));
    tsl_run_get_results(run, &results, sizeof results);
    GIVES(TSL_OK, tsl_summary_build(&results, &json, &err));
    GIVES(TSL_OK, tsl_summary_write(&results, &target, &err));
    GIVES(TSL_OK, tsl_manifest_write(&results, &target, &err));
    GIVES(TSL_OK, tsl_report_check(NULL, &err));
    GIVES(TSL_OK, tsl_brand_check(&(tsl_brand){.name = "Acme"}, &err));
    GIVES(TSL_OK, tsl_report_write(json, NULL, &target, &err));
    GIVES(TSL_OK, tsl_report_write_figures(json, NULL, &target, &err));
    tsl_text_free(json);
    tsl_run_get_segmentation(run, &view);
    GIVES(TSL_OK, tsl_segmentation_write(&view, &target, &err));
    GIVES(TSL_OK, tsl_segmentation_read(&(tsl_source){.path = target.path}, &read, &err));
    tsl_segmentation_free(read);
    GIVES(TSL_OK, tsl_labels_build(f, view.model, tsl_run_get_assignment(run), NULL, NULL, NULL, &again, &err));
    GIVES(TSL_OK, tsl_explanation_build(again, view.model, 0, &explanation, &err));
    GIVES(TSL_OK, tsl_explanation_write(explanation, TSL_RULES_JSON, "en", &target, &err));
    tsl_explanation_free(explanation);
    tsl_tier_advice *advice;
    GIVES(TSL_OK, tsl_tier_advice_build(again, NULL, &advice, &err));
    tsl_portrait *portrait;
    GIVES(TSL_OK, tsl_portrait_build(again, NULL, &portrait, &err));
    tsl_portrait_free(portrait);
    tsl_tier_advice_free(advice);
    tsl_labels_free(again);
}

/* ---- Runs ------------------------------------------------------------------------ */

static void test_run(void **state)
{
    (void)state;
    tsl_run *run;
    tsl_tree *tree;
    char *json;
    shop_write(1);
    const tsl_source people = {.path = scratch_path(shop_file[TSL_CUSTOMERS])};
    const tsl_source orders = {.path = scratch_path(shop_file[TSL_TRANSACTIONS])};
    GIVES(TSL_OK, tsl_run_open(NULL, NULL, NULL, &run, &err));
    GIVES(TSL_OK, tsl_run_open_folder(run, scratch_path("all"), 0, &err));
    GIVES(TSL_OK, tsl_run_read(run, TSL_CUSTOMERS, &people, 1, NULL, NULL, &err));
    GIVES(TSL_OK, tsl_run_read(run, TSL_TRANSACTIONS, &orders, 1, NULL, NULL, &err));
    GIVES(TSL_OK, tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err));
    GIVES(TSL_OK, tsl_run_build_tree(run, &tree, &err));
    tsl_tree_free(tree);
    GIVES(TSL_OK, tsl_run_build_summary(run, &json, &err));
    tsl_text_free(json);
    GIVES(TSL_OK, tsl_run_write_folder(run, &err));
    GIVES(TSL_OK, tsl_run_close_folder(run, &err));
    check_outputs(run);
    check_features((tsl_features *)(uintptr_t)tsl_run_get_features(run), tsl_run_get_model(run));
    tsl_run_free(run);
}

static void test_succession(void **state)
{
    (void)state;
    static const char csv[] = "id,segment\na,1\nb,1\n";
    tsl_partition *segments = NULL;
    tsl_succession *succession = NULL;
    char *id[] = {"a", "b"}, code[] = "S1", name[] = "all";
    int32_t number[] = {1, 1};
    tsl_segment segment = {.segment = 1, .code = code};
    tsl_policy_segment then = {{name, name}, code, 1, 0};
    tsl_recipe recipe = {.feature_count = 0};
    const tsl_features features = {.customers = 2, .id = id, .recipe = &recipe}, nameless = {.customers = 2};
    const tsl_policy policy = {.segment_count = 1, .segment = &then};
    tsl_labels labels = {
        .customers = 2, .features = &features, .segment_count = 1, .segments = &segment, .customer_segment = number};
    assert_int_equal(
        tsl_partition_read(&(tsl_source){.bytes = csv, .count = sizeof csv - 1}, NULL, NULL, &segments, &err), TSL_OK);
    GIVES(TSL_OK, tsl_succession_build(&labels, NULL, &policy, segments, &succession, &err));
    tsl_succession_free(succession);
    tsl_record *record;
    char *json;
    GIVES(TSL_OK, tsl_record_read(&(tsl_source){.bytes = csv, .count = sizeof csv - 1}, "b", &record, &err));
    tsl_customer customer;
    TSL_DEFAULTS(customer, &customer);
    customer.features = &features;
    customer.record = record;
    GIVES(TSL_OK, tsl_customer_build(&customer, &json, &err));
    tsl_text_free(json);
    customer.index = 2;
    GIVES(TSL_E_OPTION, tsl_customer_build(&customer, &json, &err));
    tsl_record_free(record);
    static const char risks[] = "customer_id,churn_risk\na,0.5\n";
    tsl_warnings *warnings;
    GIVES(TSL_OK,
          tsl_warnings_read(&(tsl_source){.bytes = risks, .count = sizeof risks - 1}, 1, NULL, &warnings, &err));
    GIVES(TSL_OK, tsl_warnings_write(warnings, &(tsl_target){.path = "/dev/null"}, NULL, &err));
    tsl_warnings_free(warnings);
    GIVES(TSL_E_OPTION, tsl_warnings_read(&(tsl_source){.path = "/nowhere"}, 0, NULL, &warnings, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_record_read(&(tsl_source){.path = "/nowhere"}, "b", &record, &err));
    labels.features = &nameless;
    GIVES(TSL_E_INPUT, tsl_succession_build(&labels, NULL, &policy, segments, &succession, &err));
    tsl_partition_free(segments);
}

static void test_other_inputs(void **state)
{
    (void)state;
    static const char text[] = "x,y\n0,1\n0,2\n9,8\n9,9\n8,8\n", places[] = "x,y\n0,1\n9,9\n";
    const tsl_source data = {.bytes = text, .count = sizeof text - 1}, none = {.path = "/nowhere"};
    const tsl_source init = {.bytes = places, .count = sizeof places - 1};
    tsl_segmentation parts;
    tsl_run *fit, *run;
    tsl_table *table;
    tsl_table_profile *profile;
    GIVES(TSL_OK, tsl_run_open(NULL, NULL, NULL, &fit, &err));
    GIVES(TSL_OK, tsl_run_read_data(fit, &data, NULL, &err));
    GIVES(TSL_OK, tsl_run_read_init(fit, &init, &err));
    GIVES(TSL_OK, tsl_run_build(fit, TSL_RUN_LABELS, TSL_NO_DAY, &err));
    tsl_run_get_segmentation(fit, &parts);
    GIVES(TSL_OK, tsl_run_open(NULL, NULL, NULL, &run, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_run_read_previous(run, &none, NULL, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_run_read_former(run, NULL, &none, &err));
    GIVES(TSL_E_INPUT, tsl_run_read_anchors(run, &init, &err)); /* no codes */
    tsl_run_free(run);
    GIVES(TSL_OK, tsl_run_open(NULL, &parts, NULL, &run, &err));
    GIVES(TSL_OK, tsl_run_read_assign(run, &data, NULL, NULL, &err));
    tsl_run_free(run);
    tsl_run_free(fit);
    shop_write(1);
    const tsl_source people = {.path = scratch_path(shop_file[TSL_CUSTOMERS])};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &people, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    GIVES(TSL_OK, tsl_run_open(NULL, NULL, NULL, &run, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_run_read_profile(run, TSL_CUSTOMERS, &none, 1, NULL, &profile, &err));
    assert_null(profile);
    GIVES(TSL_E_NOT_FOUND, tsl_run_read_features(run, &none, &err));
    GIVES(TSL_OK, tsl_run_read_table(run, table, &err));
    tsl_run_free(run);
    tsl_table_free(table);
}

/* Two runs of a treated and a lost customer. */
static void test_compare(void **state)
{
    (void)state;
    static char id[] = "17", lost[] = "lost", name[] = "run", *ids[] = {id};
    static tsl_roster_group stage[] = {{lost, {lost, lost}}};
    static int32_t of[] = {0};
    const tsl_roster then = {.name = name, .customers = 1, .id = ids, .by = {{1, stage, of}, {0}, {1, stage, of}}};
    tsl_roster now = then;
    now.as_of = 9;
    const tsl_source source = {.path = "ids", .bytes = "id\n17\n", .count = 6};
    const tsl_target nowhere = {.path = "/nowhere/at/all"};
    tsl_roster *roster;
    tsl_migration *migration;
    tsl_arms *arms;
    tsl_effects *effects;
    char *text;
    GIVES(TSL_E_NOT_FOUND, tsl_roster_read("/nowhere", NULL, &roster, &err));
    GIVES(TSL_OK, tsl_migration_build(&then, &now, NULL, &migration, &err));
    GIVES(TSL_OK, tsl_arms_check(NULL, &err));
    GIVES(TSL_OK, tsl_arms_read(&then, &source, NULL, NULL, NULL, &arms, &err));
    GIVES(TSL_OK, tsl_effects_build(migration, arms, &effects, &err));
    GIVES(TSL_OK, tsl_migration_get_json(migration, effects, &text, &err));
    tsl_text_free(text);
    GIVES(TSL_E_IO, tsl_migration_write(migration, "en", &nowhere, NULL, &err));
    GIVES(TSL_OK, tsl_effects_get_sentence(effects, 0, "en", &text, &err));
    tsl_text_free(text);
    tsl_effects_free(effects);
    tsl_arms_free(arms);
    tsl_migration_free(migration);
}

/* A folder that is none, and one of a summary and two rows. */
static void test_export(void **state)
{
    (void)state;
    static const char summary[] = "{\"format\": \"tesela summary\", \"language\": \"en\", \"as_of\": \"2024-06-30\", "
                                  "\"segments\": [{\"code\": \"A\", \"names\": {\"en\": \"All\", \"zh\": \"全部\"}}]}",
                      rows[] = "customer_id,segment_code\na,A\nb,A\n";
    const char *folder = scratch_path("scored");
    tsl_export_options opt;
    tsl_export *export;
    TSL_DEFAULTS(export, &opt);
    GIVES(TSL_OK, tsl_export_check(&opt, &err));
    GIVES(TSL_E_NOT_FOUND, tsl_export_write(folder, &opt, scratch_path("crm"), 0, NULL, &export, &err));
    mkdir(folder, 0700);
    scratch_write(scratch_path("scored/summary.json"), summary, sizeof summary - 1);
    scratch_write(scratch_path("scored/segments.csv"), rows, sizeof rows - 1);
    GIVES(TSL_OK, tsl_export_write(folder, &opt, scratch_path("crm"), 0, NULL, &export, &err));
    tsl_export_free(export);
    opt.lang = "fr";
    GIVES(TSL_E_OPTION, tsl_export_check(&opt, &err));
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_privacy),
        cmocka_unit_test(test_words),
        IN_SCRATCH(test_store),
        cmocka_unit_test(test_value),
        cmocka_unit_test(test_value_further),
        cmocka_unit_test(test_tables),
        IN_SCRATCH(test_matrices),
        IN_SCRATCH(test_features),
        IN_SCRATCH(test_run),
        IN_SCRATCH(test_other_inputs),
        cmocka_unit_test(test_succession),
        cmocka_unit_test(test_compare),
        IN_SCRATCH(test_valuation),
        IN_SCRATCH(test_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
