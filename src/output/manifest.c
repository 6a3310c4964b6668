/* manifest.c: manifest.json, what a run was made of: inputs with their hashes,
 * the command, all options, those of a model that was applied, and what cannot
 * change the result. */
#include "base/error.h"
#include "label/policy.h"
#include "output/summary.h"
#include "output/write.h"
#include "value/rfm_cuts.h"

#include <stdlib.h>
#include <string.h>
#include <tesela/output.h>

#define FORMAT_VERSION 1

static void add_command(tsl__json *doc, const tsl_results *results)
{
    json_t *command = tsl__json_set_array(doc, doc->root, "command");
    for (size_t i = 0; i < results->argument_count; i++) {
        tsl__json_push(doc, command, tsl__json_text(results->argument[i]));
    }
}

/* table: which of the tables it is of, or NULL. */
static void add_input(tsl__json *doc, json_t *inputs, const char *role, const char *table, const tsl_file_info *from)
{
    json_t *input = tsl__json_push_object(doc, inputs);
    tsl__json_set(doc, input, "role", json_string(role));
    if (table) {
        tsl__json_set(doc, input, "table", json_string(table));
    }
    tsl__json_set(doc, input, "name", tsl__json_text(from->name));
    tsl__json_set(doc, input, "sha256", tsl__json_text(from->sha256));
    if (table) {
        tsl__json_set(doc, input, "rows", tsl__json_count(from->rows));
    }
    tsl__json_set(doc, input, "bytes", tsl__json_count(from->bytes));
    tsl__json_set(doc, input, "bytes_text", tsl__json_count(from->bytes_text));
    tsl__json_set(doc, input, "compression", tsl__json_text(from->compression));
    tsl__json_set(doc, input, "encoding", tsl__json_text(from->encoding));
}

static void add_inputs(tsl__json *doc, const tsl_results *results)
{
    json_t *inputs = tsl__json_set_array(doc, doc->root, "inputs");
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table *table = results->table[kind];
        for (size_t i = 0; table && i < tsl_table_get_info(table)->file_count; i++) {
            add_input(doc, inputs, "table", tsl_table_kind_get_name((tsl_table_kind)kind),
                      tsl_table_get_file(table, i));
        }
    }
    if (results->given && results->given->file) {
        add_input(doc, inputs, "model", NULL, results->given->file);
    }
    if (results->init) {
        add_input(doc, inputs, results->model && results->model->sweep->placed ? "anchors" : "init", NULL,
                  results->init);
    }
    if (results->previous && results->previous->file) {
        add_input(doc, inputs, "previous", NULL, results->previous->file);
    }
    if (results->former) {
        add_input(doc, inputs, "previous", NULL, results->former);
    }
}

/* ---- The model that was applied ----------------------------------------------- */

static void set_numbers(tsl__json *doc, json_t *object, const char *key, const double *value, size_t count)
{
    json_t *array = tsl__json_set_array(doc, object, key);
    for (size_t i = 0; i < count; i++) {
        tsl__json_push(doc, array, tsl__json_number(value[i]));
    }
}

static void add_settings(tsl__json *doc, json_t *options, const tsl_feature_options *from)
{
    static const char *const weight[TSL_GROUPS] = {[TSL_DEMOGRAPHIC] = "features.weights.demographic",
                                                   [TSL_BEHAVIORAL] = "features.weights.behavioral",
                                                   [TSL_VALUE] = "features.weights.value"};
    const double winsor[] = {from->winsor_low, from->winsor_high};
    tsl__json_set(doc, options, "features.scale", json_string(tsl_scale_get_name(from->scale)));
    set_numbers(doc, options, "features.winsorise", winsor, 2);
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl__json_set(doc, options, weight[g], tsl__json_number(from->weight[g]));
    }
    tsl__json_set(doc, options, "features.max_categories", json_integer(from->max_categories));
    tsl__json_set(doc, options, "features.max_shares", json_integer(from->max_shares));
    tsl__json_set(doc, options, "features.missing_share", tsl__json_number(from->missing_share));
    if (from->returns != TSL_RETURNS_NET) {
        tsl__json_set(doc, options, "returns", json_string(tsl_returns_get_name(from->returns)));
    }
}

/* Where they are not cut as by default. */
static void add_rfm(tsl__json *doc, json_t *options, const tsl_recipe *recipe)
{
    const tsl_rfm *rfm = &recipe->rfm;
    const size_t cuts = (size_t)rfm->bins - 1;
    if (recipe->has_rfm && !tsl__rfm_is_usual(rfm)) {
        tsl__json_set(doc, options, "rfm.method", json_string(tsl_rfm_method_get_name(rfm->method)));
        tsl__json_set(doc, options, "rfm.bins", json_integer(rfm->bins));
        tsl__json_set(doc, options, "rfm.nested", json_string(rfm->nested ? "yes" : "no"));
    }
    if (recipe->has_rfm && rfm->method == TSL_RFM_THRESHOLDS) {
        set_numbers(doc, options, "rfm.cuts.recency", rfm->recency, cuts);
        set_numbers(doc, options, "rfm.cuts.frequency", rfm->frequency[0], cuts);
        set_numbers(doc, options, "rfm.cuts.monetary", rfm->monetary[0], cuts);
    }
}

/* As the configuration has them. */
static void add_tiers(tsl__json *doc, json_t *options, const tsl_policy *policy)
{
    if (tsl__tiers_have_shares(policy->tier_method)) {
        set_numbers(doc, options, "tiers.shares", policy->tier_share, policy->tier_count - 1);
    } else if (policy->tier_method == TSL_TIER_CUTS) {
        json_t *cuts = tsl__json_set_array(doc, options, "tiers.cuts");
        for (size_t t = 0; t + 1 < policy->tier_count; t++) {
            tsl__json_push(doc, cuts, tsl__json_number(policy->tier_cut[t].least));
        }
    }
    json_t *names = tsl__json_set_object(doc, options, "tiers.names");
    for (size_t t = 0; t < policy->tier_count; t++) {
        const tsl_tier_name *name = &policy->tier_name[t];
        tsl__json_set_langs(doc, names, name->code, name->names[0], name->names[1]);
    }
}

static void add_lifecycle(tsl__json *doc, json_t *options, const tsl_policy *policy)
{
    const struct {
        const char *name;
        double value;
    } numbers[] = {{"lifecycle.new_days", policy->new_days},
                   {"lifecycle.lost_factor", policy->lost_factor},
                   {"lifecycle.shrinkage", policy->shrinkage},
                   {"lifecycle.risk", policy->levels.risk},
                   {"lifecycle.lost", policy->levels.lost},
                   {"lifecycle.back", policy->levels.back},
                   {"lifecycle.dwell_days", policy->levels.dwell_days},
                   {"lifecycle.mature_purchases", policy->levels.mature_purchases},
                   {"lifecycle.mature_pauses", policy->levels.mature_pauses},
                   {"lifecycle.least_days", policy->levels.least_days}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        tsl__json_set(doc, options, numbers[i].name, tsl__json_number(numbers[i].value));
    }
    tsl__json_set(doc, options, "lifecycle.by",
                  json_string(tsl_stage_basis_get_name(policy->by_alive ? policy->stage_basis : TSL_STAGES_GAPS)));
    tsl__json_set(doc, options, "lifecycle.vocabulary", json_string(tsl_vocabulary_get_name(policy->vocabulary)));
}

static void add_policy(tsl__json *doc, json_t *options, const tsl_policy *policy)
{
    tsl__json_set(doc, options, "tiers.value", tsl__json_text(policy->value));
    tsl__json_set(doc, options, "tiers.by", json_string(tsl__tier_method_get_name((int)policy->tier_method)));
    if (policy->tier_count) {
        add_tiers(doc, options, policy);
    }
    add_lifecycle(doc, options, policy);
}

/* By the same names as the options of a run; those of plain settings stand before what the model kept of them. */
static void add_model(tsl__json *doc, const tsl_segmentation *given)
{
    json_t *model = tsl__json_set_object(doc, doc->root, "model");
    if (given->model) {
        tsl__json_set(doc, model, "k", json_integer(given->model->k));
    }
    tsl__json_set_parsed(doc, model, "options", given->model && given->model->options ? given->model->options : "{}");
    json_t *options = json_object_get(model, "options");
    if (!json_is_object(options)) {
        options = tsl__json_set_object(doc, model, "options");
    }
    if (given->recipe) {
        add_settings(doc, options, &given->recipe->settings);
        add_rfm(doc, options, given->recipe);
    }
    if (given->policy) {
        add_policy(doc, options, given->policy);
    }
}

/* ---- The document --------------------------------------------------------------- */

static void add_rows(tsl__json *doc, const tsl_results *results)
{
    json_t *rows = tsl__json_set_object(doc, doc->root, "rows");
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (results->table[kind]) {
            json_t *table = tsl__json_set_object(doc, rows, tsl_table_kind_get_name((tsl_table_kind)kind));
            tsl__summary_counts(doc, table, tsl_table_get_info(results->table[kind]));
        }
    }
}

static tsl_status build(const tsl_results *results, char **json, tsl_error *err)
{
    tsl__json doc = {.root = json_object()};
    tsl__json_set(&doc, doc.root, "format", json_string("tesela manifest"));
    tsl__json_set(&doc, doc.root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(&doc, doc.root, "version", json_string(tsl_version_get()));
    add_command(&doc, results);
    tsl__json_set_parsed(&doc, doc.root, "options", results->options);
    if (results->given) {
        add_model(&doc, results->given);
    }
    tsl__json_set(&doc, doc.root, "seed", tsl__json_count(results->seed));
    tsl__json_set(&doc, doc.root, "as_of", results->features ? tsl__json_day(results->features->as_of) : json_null());
    add_inputs(&doc, results);
    add_rows(&doc, results);
    tsl__json_set(&doc, doc.root, "threads", json_integer(results->threads));
    tsl__json_set(&doc, doc.root, "kernel", json_string(tsl_kernel_get_name()));
    tsl__summary_seconds(&doc, results);
    return tsl__json_take(&doc, json, err);
}

tsl_status tsl_manifest_write(const tsl_results *results, const tsl_target *target, tsl_error *err)
{
    tsl_results full;
    char *json = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(tsl__results_take(&full, results, err));
    TSL__TRY(build(&full, &json, err));
    TSL__TRY(tsl__write_whole(json, strlen(json), target, err));
done:
    free(json);
    return status;
}
