/* crm_manifest.c: manifest.json of an export: its files with rows and SHA-256, what they were made of, what was
 * counted. */
#include "crm/crm_pack.h"

#include "base/error.h"
#include "output/json/json.h"

#include <stdlib.h>

#define FORMAT_VERSION 1

static void add_run(tsl__json *doc, const char *key, const tsl__scored_run *run)
{
    json_t *object = tsl__json_set_object(doc, doc->root, key);
    tsl__json_set(doc, object, "as_of", tsl__json_day(run->as_of));
    tsl__json_set(doc, object, "model_version", tsl__json_text(run->model));
    tsl__json_set(doc, object, "language", json_string(tsl_lang_get_code(run->lang)));
    tsl__json_set(doc, object, "currency", tsl__json_text(run->currency));
    tsl__json_set(doc, object, "pseudonyms", *run->key ? tsl__json_text(run->key) : json_null());
}

static void add_counts(tsl__json *doc, const tsl__crm_pack *pack)
{
    const tsl_export *export = pack->export;
    json_t *counts = tsl__json_set_object(doc, doc->root, "customers");
    tsl__json_set(doc, counts, "read", tsl__json_count(export->read));
    tsl__json_set(doc, counts, "written", tsl__json_count(export->written));
    tsl__json_set(doc, counts, "unchanged", tsl__json_count(export->unchanged));
    if (pack->since) {
        tsl__json_set(doc, counts, "new", tsl__json_count(export->created));
        tsl__json_set(doc, counts, "changed", tsl__json_count(export->changed));
        tsl__json_set(doc, counts, "moved", tsl__json_count(export->moved));
        tsl__json_set(doc, counts, "vanished", tsl__json_count(export->vanished));
    }
}

static void add_fields(tsl__json *doc, const tsl__crm_pack *pack)
{
    const tsl__crm_plan *plan = pack->plan;
    json_t *fields = tsl__json_set_array(doc, doc->root, "fields");
    for (size_t i = 0; i < plan->count; i++) {
        json_t *field = tsl__json_push_object(doc, fields);
        tsl__json_set(doc, field, "field", json_string(tsl__crm_fields[plan->field[i]].code));
        tsl__json_set(doc, field, "header", tsl__json_text(plan->header[i]));
        if (pack->since) {
            tsl__json_set(doc, field, "compared", json_boolean(plan->compares[plan->field[i]]));
            tsl__json_set(doc, field, "changed", tsl__json_count(pack->changed_by[plan->field[i]]));
        }
    }
}

static void add_limit(tsl__json *doc, json_t *limits, const char *key, uint64_t limit)
{
    tsl__json_set(doc, limits, key, limit == UINT64_MAX ? json_null() : tsl__json_count(limit));
}

static void add_limits(tsl__json *doc, const tsl__crm_target *target)
{
    json_t *limits = tsl__json_set_object(doc, doc->root, "limits");
    tsl__json_set(doc, limits, "date", json_string(TSL__CRM_LIMITS_DATE));
    add_limit(doc, limits, "rows", target->rows);
    add_limit(doc, limits, "bytes", target->bytes);
    add_limit(doc, limits, "characters", target->characters);
    add_limit(doc, limits, "columns", target->columns);
}

static void add_files(tsl__json *doc, const tsl_export *export)
{
    json_t *files = tsl__json_set_array(doc, doc->root, "files");
    for (size_t i = 0; i < export->file_count; i++) {
        json_t *file = tsl__json_push_object(doc, files);
        tsl__json_set(doc, file, "name", tsl__json_text(export->file[i].name));
        tsl__json_set(doc, file, "rows", tsl__json_count(export->file[i].rows));
        tsl__json_set(doc, file, "bytes", tsl__json_count(export->file[i].bytes));
        tsl__json_set(doc, file, "sha256", json_string(export->file[i].sha256));
    }
}

tsl_status tsl__crm_manifest_write(const tsl__crm_pack *pack, tsl_error *err)
{
    tsl__json doc = {.root = NULL};
    tsl_export *export = pack->export;
    tsl_status status = TSL_OK;
    TSL__NEED(doc.root = json_object());
    tsl__json_set(&doc, doc.root, "format", json_string("tesela export"));
    tsl__json_set(&doc, doc.root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(&doc, doc.root, "version", json_string(tsl_version_get()));
    tsl__json_set(&doc, doc.root, "target", json_string(pack->plan->target->code));
    tsl__json_set(&doc, doc.root, "object", tsl__json_text(pack->plan->object));
    tsl__json_set(&doc, doc.root, "language", json_string(tsl_lang_get_code(pack->plan->lang)));
    add_run(&doc, "run", pack->run);
    if (pack->since) {
        add_run(&doc, "since", pack->since);
    }
    add_counts(&doc, pack);
    add_fields(&doc, pack);
    add_limits(&doc, pack->plan->target);
    add_files(&doc, export);
    json_t *notes = tsl__json_set_array(&doc, doc.root, "notes");
    for (size_t i = 0; i < export->notes.count; i++) {
        tsl__json_push(&doc, notes, tsl__json_text(export->notes.text[i]));
    }
    TSL__TRY(tsl__json_take(&doc, &export->manifest, err));
    TSL__TRY(tsl__crm_pack_put(pack, "manifest.json", export->manifest, err));
done:
    return status;
}
