/* manifest.c: manifest.json, what a run was made of: inputs with their hashes,
 * the command, all options, and what cannot change the result. */
#include "base/error.h"
#include "output/summary.h"
#include "output/write.h"

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

static void add_inputs(tsl__json *doc, const tsl_results *results)
{
    json_t *inputs = tsl__json_set_array(doc, doc->root, "inputs");
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table *table = results->table[kind];
        for (size_t i = 0; table && i < tsl_table_get_info(table)->file_count; i++) {
            const tsl_file_info *from = tsl_table_get_file(table, i);
            json_t *input = tsl__json_push_object(doc, inputs);
            tsl__json_set(doc, input, "table", json_string(tsl_table_kind_get_name((tsl_table_kind)kind)));
            tsl__json_set(doc, input, "name", tsl__json_text(from->name));
            tsl__json_set(doc, input, "sha256", tsl__json_text(from->sha256));
            tsl__json_set(doc, input, "rows", tsl__json_count(from->rows));
            tsl__json_set(doc, input, "bytes", tsl__json_count(from->bytes));
            tsl__json_set(doc, input, "bytes_text", tsl__json_count(from->bytes_text));
            tsl__json_set(doc, input, "compression", tsl__json_text(from->compression));
        }
    }
}

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
