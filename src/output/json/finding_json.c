/* finding_json.c: a finding as an object: kind, severity, what became of it, where. */
#include "output/json/finding_json.h"

#include <string.h>

/* The base name alone: where the files lie is nobody's business. */
static json_t *name_json(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return tsl__json_text(slash ? slash + 1 : path);
}

json_t *tsl__finding_json_add(tsl__json *doc, json_t *array, const tsl_table_finding *f, const char *table,
                              int with_text, const char *message)
{
    json_t *object = tsl__json_push_object(doc, array);
    tsl__json_set(doc, object, "kind", json_string(tsl_finding_kind_get_name(f->kind)));
    tsl__json_set(doc, object, "severity", json_string(tsl_severity_get_name(tsl_finding_kind_get_severity(f->kind))));
    tsl__json_set(doc, object, "gate", json_string(tsl_gate_action_get_name(f->gate)));
    tsl__json_set(doc, object, "table", tsl__json_text(table));
    tsl__json_set(doc, object, "column", tsl__json_text(f->column));
    tsl__json_set(doc, object, "count", f->count ? tsl__json_count(f->count) : json_null());
    json_t *examples = tsl__json_set_array(doc, object, "examples");
    for (size_t i = 0; i < f->example_count; i++) {
        json_t *example = tsl__json_push_object(doc, examples);
        tsl__json_set(doc, example, "file", name_json(f->example[i].file));
        tsl__json_set(doc, example, "line", f->example[i].line ? tsl__json_count(f->example[i].line) : json_null());
        tsl__json_set(doc, example, "column", tsl__json_text(f->example[i].column));
        if (with_text) {
            tsl__json_set(doc, example, "text", tsl__json_text(f->example[i].text));
        }
    }
    tsl__json_set(doc, object, "message", tsl__json_text(message));
    return object;
}
