/*
 * summary.c: summary.json, every aggregate of a run as one document, described
 * by docs/summary.schema.json. A stage that did not run leaves its keys out; a
 * number that is not known is null.
 */
#include "output/summary.h"
#include "output/json/json_check.h"
#include "output/small/small_cells.h"

#include "base/error.h"
#include "base/options.h"
#include "output/chinese/note_wording.h"
#include "output/write.h"

#include <stdlib.h>
#include <string.h>

#define FORMAT_VERSION 1

void tsl__summary_seconds(tsl__json *doc, const tsl_results *results)
{
    json_t *seconds = tsl__json_set_object(doc, doc->root, "seconds");
    for (size_t i = 0; i < results->stage_count; i++) {
        tsl__json_set(doc, seconds, results->stage[i], tsl__json_number(results->stage_seconds[i]));
    }
    tsl__json_set(doc, seconds, "total", tsl__json_number(results->seconds_total));
}

static void add_note(tsl__json *doc, json_t *array, const char *stage, const char *text)
{
    tsl__text zh = {0};
    json_t *note = tsl__json_push_object(doc, array);
    tsl__json_set(doc, note, "stage", json_string(stage));
    tsl__json_set(doc, note, "text", tsl__json_text(text));
    (void)tsl__note_put_chinese(text, &zh);
    doc->failed |= zh.failed;
    tsl__json_set_langs(doc, note, "text_in", text, zh.data);
    tsl__text_free(&zh);
}

static void add_notes(tsl__json *doc, json_t *array, const char *stage, const tsl_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        add_note(doc, array, stage, notes->text[i]);
    }
}

/* Those of a table, without the cells that name people. */
static void add_table_notes(tsl__json *doc, json_t *array, const tsl_table *table)
{
    const char *note;
    for (size_t i = 0; (note = tsl_table_get_note(table, i)); i++) {
        add_note(doc, array, tsl_table_kind_get_name(tsl_table_get_kind(table)), note);
    }
}

/* The notes of all stages, in the order of the corridor. */
static void add_all_notes(tsl__json *doc, const tsl_results *results)
{
    json_t *array = tsl__json_set_array(doc, doc->root, "notes");
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (results->table[kind]) {
            add_table_notes(doc, array, results->table[kind]);
        }
    }
    if (results->features) {
        add_notes(doc, array, "features", &results->features->info.notes);
    }
    if (results->model && results->model->sweep) {
        add_notes(doc, array, "clusters", &results->model->sweep->info.notes);
    }
    if (results->model && results->model->plain) {
        add_notes(doc, array, "evidence", &results->model->plain->info.notes);
    }
    if (results->labels) {
        add_notes(doc, array, "labels", &results->labels->notes);
    }
    if (results->evaluation) {
        add_notes(doc, array, "evaluation", &results->evaluation->notes);
    }
    if (results->next) {
        add_notes(doc, array, "future", &results->next->notes);
    }
    if (results->history) {
        add_notes(doc, array, "history", &results->history->notes);
    }
    if (results->valuation) {
        add_notes(doc, array, "valuation", &results->valuation->notes);
    }
}

void tsl_results_defaults(tsl_results *results, size_t size)
{
    const tsl_results full = {.size = sizeof full, .lang = "en"};
    tsl__options_give(results, size, &full, sizeof full);
}

/* The model's, where the options that it was found by tell it: digits as text where JSON's integers could not hold it.
 */
static tsl_status find_seed(tsl_results *results, tsl_error *err)
{
    json_error_t why = {0};
    const char *text = results->model && results->model->options ? results->model->options : "{}";
    json_t *options = json_loads(text, 0, &why);
    const json_t *kept = json_object_get(options, "seed");
    if (json_is_integer(kept)) {
        results->seed = (uint64_t)json_integer_value(kept);
    } else if (json_is_string(kept)) {
        results->seed = strtoull(json_string_value(kept), NULL, 10);
    }
    json_decref(options);
    return !options && json_error_code(&why) == json_error_out_of_memory ? tsl__error_nomem(err) : TSL_OK;
}

tsl_status tsl__results_take(tsl_results *full, const tsl_results *given, tsl_error *err)
{
    int lang;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(results, full);
    TSL__TRY(tsl__options_take("results", full, sizeof *full, given, err));
    full->lang = full->lang ? full->lang : "en";
    TSL__TRY(tsl__options_check_texts(full->stage, full->stage_count, "stage", err));
    TSL__TRY(tsl__options_check_list(full->stage_seconds, full->stage_count, "stage_seconds", err));
    TSL__TRY(tsl__options_check_texts(full->argument, full->argument_count, "argument", err));
    TSL__TRY(tsl__json_check_object(full->options, "options", err));
    TSL__TRY(tsl__json_check_object(full->file, "file", err));
    TSL__TRY(find_seed(full, err));
    TSL__TRY(tsl_lang_read(full->lang, &lang, err));
done:
    return status;
}

static tsl_status build(const tsl_results *results, char **json, tsl_error *err)
{
    tsl__json doc = {.root = json_object()};
    tsl__json_set(&doc, doc.root, "format", json_string("tesela summary"));
    tsl__json_set(&doc, doc.root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(&doc, doc.root, "version", json_string(tsl_version_get()));
    tsl__json_set(&doc, doc.root, "language", json_string(results->lang));
    tsl__json_set(&doc, doc.root, "seed", tsl__json_count(results->seed));
    tsl__json_set(&doc, doc.root, "threads", json_integer(results->threads));
    if (results->memory) {
        json_t *memory = json_object();
        tsl__json_set(&doc, memory, "limit", tsl__json_count(results->memory));
        tsl__json_set(&doc, memory, "peak", tsl__json_count(results->memory_peak));
        tsl__json_set(&doc, doc.root, "memory", memory);
    }
    tsl__json_set(&doc, doc.root, "kernel", json_string(tsl_kernel_get_name()));
    if (results->file) {
        tsl__json_set_parsed(&doc, doc.root, "file", results->file);
    }
    tsl__summary_tables(&doc, results);
    tsl__summary_data_quality(&doc, results);
    tsl__summary_quality(&doc, results);
    tsl__summary_features(&doc, results);
    tsl__summary_rfm(&doc, results);
    tsl__summary_clusters(&doc, results);
    tsl__summary_findings(&doc, results);
    tsl__summary_labels(&doc, results);
    tsl__summary_means(&doc, results);
    tsl__summary_portrait(&doc, results);
    tsl__summary_rules(&doc, results);
    tsl__summary_drift(&doc, results);
    tsl__summary_succession(&doc, results);
    tsl__summary_evaluation(&doc, results);
    tsl__summary_next(&doc, results);
    tsl__summary_history(&doc, results);
    tsl__summary_methods(&doc, results);
    tsl__summary_valuation(&doc, results);
    tsl__summary_target(&doc, results);
    tsl__summary_descriptors(&doc, results);
    tsl__summary_privacy(&doc, results);
    tsl__summary_audit(&doc, results);
    add_all_notes(&doc, results);
    tsl__small_cells_hide(&doc, results);
    tsl__summary_seconds(&doc, results);
    return tsl__json_take(&doc, json, err);
}

tsl_status tsl_summary_build(const tsl_results *results, char **json, tsl_error *err)
{
    tsl_results full;
    tsl_status status = TSL_OK;
    *json = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__results_take(&full, results, err));
    TSL__TRY(build(&full, json, err));
done:
    return status;
}

tsl_status tsl_summary_write(const tsl_results *results, const tsl_target *target, tsl_error *err)
{
    char *json = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(tsl_summary_build(results, &json, err));
    TSL__TRY(tsl__write_whole(json, strlen(json), target, err));
done:
    free(json);
    return status;
}
