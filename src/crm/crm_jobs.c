/* crm_jobs.c: the jobs that import the files: Salesforce's Bulk API 2.0, Zoho's Bulk Write, HubSpot's imports, each as
 * its documentation has them (docs/methods/crm.md). A file that is only to be looked at has none. */
#include "crm/crm_pack.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "output/json/json.h"

#include <stdlib.h>
#include <string.h>

static int is_imported(const tsl_export_file *file)
{
    return !tsl__crm_file_is(file, "vanished", "");
}

/* ---- Salesforce --------------------------------------------------------------------------------------- */

static void build_salesforce(const tsl__crm_pack *pack, const tsl__crm_plan *plan, tsl__json *doc)
{
    (void)pack;
    size_t id = 0;
    while (plan->field[id] != TSL__FIELD_ID) {
        id++;
    }
    tsl__json_set(doc, doc->root, "object", tsl__json_text(plan->object));
    tsl__json_set(doc, doc->root, "externalIdFieldName", tsl__json_text(plan->header[id]));
    tsl__json_set(doc, doc->root, "contentType", json_string("CSV"));
    tsl__json_set(doc, doc->root, "operation", json_string("upsert"));
    tsl__json_set(doc, doc->root, "lineEnding", json_string(plan->target->has_crlf ? "CRLF" : "LF"));
    tsl__json_set(doc, doc->root, "columnDelimiter", json_string("COMMA"));
}

/* ---- Zoho -------------------------------------------------------------------------------------------------- */

static void build_zoho(const tsl__crm_pack *pack, const tsl__crm_plan *plan, tsl__json *doc)
{
    (void)pack;
    tsl__json_set(doc, doc->root, "character_encoding", json_string("UTF-8"));
    tsl__json_set(doc, doc->root, "operation", json_string("upsert"));
    json_t *resource = tsl__json_push_object(doc, tsl__json_set_array(doc, doc->root, "resource"));
    tsl__json_set(doc, resource, "type", json_string("data"));
    tsl__json_set(doc, tsl__json_set_object(doc, resource, "module"), "api_name", tsl__json_text(plan->object));
    tsl__json_set(doc, resource, "file_id", json_string("FILE_ID"));
    tsl__json_set(doc, resource, "ignore_empty", json_false());
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->field[i] == TSL__FIELD_ID) {
            tsl__json_set(doc, resource, "find_by", tsl__json_text(plan->header[i]));
        }
    }
    json_t *mappings = tsl__json_set_array(doc, resource, "field_mappings");
    for (size_t i = 0; i < plan->count; i++) {
        json_t *mapping = tsl__json_push_object(doc, mappings);
        tsl__json_set(doc, mapping, "api_name", tsl__json_text(plan->header[i]));
        tsl__json_set(doc, mapping, "index", json_integer((json_int_t)i));
        if (tsl__crm_fields[plan->field[i]].kind == TSL__CRM_DAY) {
            tsl__json_set(doc, mapping, "format", json_string("yyyy-MM-dd"));
        }
    }
}

/* ---- HubSpot ------------------------------------------------------------------------------------------------ */

static const char *get_object_type(const tsl__crm_plan *plan)
{
    static const char *const types[][2] = {
        {"contacts", "0-1"}, {"companies", "0-2"}, {"deals", "0-3"}, {"tickets", "0-5"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(plan->object, types[i][0]) == 0) {
            return types[i][1];
        }
    }
    return plan->object; /* of one's own: "2-12345" */
}

static void build_hubspot(const tsl__crm_pack *pack, const tsl__crm_plan *plan, tsl__json *doc)
{
    const char *type = get_object_type(plan);
    char name[64];
    tsl__print(name, sizeof name, "Tesela%s%s", *pack->run->scored_on ? " " : "", pack->run->scored_on);
    tsl__json_set(doc, doc->root, "name", json_string(name));
    tsl__json_set(doc, tsl__json_set_object(doc, doc->root, "importOperations"), type, json_string("UPSERT"));
    tsl__json_set(doc, doc->root, "dateFormat", json_string("YEAR_MONTH_DAY"));
    json_t *files = tsl__json_set_array(doc, doc->root, "files");
    for (size_t f = 0; f < pack->export->file_count; f++) {
        if (!is_imported(&pack->export->file[f])) {
            continue;
        }
        const tsl__crm_plan *of = tsl__crm_pack_get_plan(pack, &pack->export->file[f]);
        json_t *file = tsl__json_push_object(doc, files);
        tsl__json_set(doc, file, "fileName", tsl__json_text(pack->export->file[f].name));
        tsl__json_set(doc, file, "fileFormat", json_string("CSV"));
        json_t *page = tsl__json_set_object(doc, file, "fileImportPage");
        tsl__json_set(doc, page, "hasHeader", json_true());
        json_t *mappings = tsl__json_set_array(doc, page, "columnMappings");
        for (size_t i = 0; i < of->count; i++) {
            json_t *mapping = tsl__json_push_object(doc, mappings);
            char *property = tsl__crm_plan_make_property(of, i);
            tsl__json_set(doc, mapping, "columnObjectTypeId", tsl__json_text(type));
            tsl__json_set(doc, mapping, "columnName", tsl__json_text(of->header[i]));
            tsl__json_set(doc, mapping, "propertyName", tsl__json_text(property));
            if (of->field[i] == TSL__FIELD_ID) {
                tsl__json_set(doc, mapping, "columnType", json_string("HUBSPOT_ALTERNATE_ID"));
            }
            doc->failed |= !property;
            free(property);
        }
    }
}

/* ---- All of them ---------------------------------------------------------------------------------------------- */

/* changed: of files of changed customers who stay in their segment, where the job names the columns of all files. */
static const struct {
    void (*build)(const tsl__crm_pack *pack, const tsl__crm_plan *plan, tsl__json *doc);
    const char *name, *changed;
} jobs[TSL_CRMS] = {[TSL_CRM_SALESFORCE] = {build_salesforce, "salesforce-job.json", NULL},
                    [TSL_CRM_ZOHO] = {build_zoho, "zoho-bulk-write.json", "zoho-bulk-changed.json"},
                    [TSL_CRM_HUBSPOT] = {build_hubspot, "hubspot-import.json", NULL}};

static tsl_status write_job(const tsl__crm_pack *pack, const tsl__crm_plan *plan, const char *name, tsl_error *err)
{
    tsl__json doc = {.root = NULL};
    char *text = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(doc.root = json_object());
    jobs[pack->export->target].build(pack, plan, &doc);
    TSL__TRY(tsl__json_take(&doc, &text, err));
    TSL__TRY(tsl__crm_pack_put(pack, name, text, err));
done:
    free(text);
    return status;
}

tsl_status tsl__crm_jobs_write(const tsl__crm_pack *pack, tsl_error *err)
{
    const tsl_crm target = pack->export->target;
    tsl_status status = TSL_OK;
    if (!jobs[target].build) {
        return TSL_OK;
    }
    TSL__TRY(write_job(pack, pack->plan, jobs[target].name, err));
    TSL__TRY(pack->since && jobs[target].changed ? write_job(pack, pack->stays, jobs[target].changed, err) : TSL_OK);
done:
    return status;
}
