/* crm_plan.c: the fields of the files: those that are asked for first, then the others of which something is known. */
#include "crm/crm_plan.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- What is asked ------------------------------------------------------------------------------ */

void tsl_export_defaults(tsl_export_options *opt, size_t size)
{
    const tsl_export_options defaults = {.size = sizeof defaults};
    tsl__options_give(opt, size, &defaults, sizeof defaults);
}

/* The key that holds the fault. */
static const char *get_key(const tsl_export_field *field)
{
    return field->left_out                       ? "export.leave_out: "
           : !field->name && field->compare >= 0 ? "export.no_change: "
                                                 : "export.fields.";
}

static tsl_status fail(const tsl_export_field *field, const char *what, const char *seen, const char *hint,
                       tsl_error *err)
{
    return tsl__error_set(err, TSL_E_OPTION, "%s%s%s%s: %s%s%s%s%s", field->where ? field->where : "",
                          field->where ? ": " : "", get_key(field), field->field ? field->field : "?", seen ? "\"" : "",
                          seen ? seen : "", seen ? "\" " : "", what, hint ? hint : "");
}

static tsl_status fail_unknown(const tsl_export_field *field, tsl_error *err)
{
    const char *codes[TSL__CRM_FIELDS];
    tsl__text hint = {0};
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        codes[f] = tsl__crm_fields[f].code;
    }
    if (!tsl__nearest_put(&hint, field->field, codes, TSL__CRM_FIELDS)) {
        tsl__text_puts(&hint, "; there are ");
        tsl__names_put(&hint, codes, TSL__CRM_FIELDS);
    }
    const tsl_status status = fail(field, "there is no such field", NULL, hint.failed ? "" : hint.data, err);
    tsl__text_free(&hint);
    return status;
}

static tsl_status fail_other_id(const tsl_export_field *field, const char *id_column, tsl_error *err)
{
    tsl__text hint = {0};
    tsl__text_printf(&hint, ", \"%s\"", id_column);
    const tsl_status status =
        fail(field, "is another name than export.id_column has", field->name, hint.failed ? "" : hint.data, err);
    tsl__text_free(&hint);
    return status;
}

/* 1: names that are asked for are for programs: headers, or what the job says that headers are. */
static int takes_names(const tsl__crm_target *target)
{
    return target->header == TSL__HEADER_API || target->maps_names;
}

/* A header: one line; of names for programs their letters, the first of which is none of the digits. */
static int is_name(const char *name, int for_programs)
{
    const size_t length = strlen(name);
    if (length == 0 || length > 255 || tsl__utf8_check(name, length) != length || tsl__csv_is_marked(name)) {
        return 0;
    }
    for (const char *p = name; *p; p++) {
        const int plain = tsl__is_digit(*p) || tsl__is_letter(*p) || strchr("_.", *p);
        if ((unsigned char)*p < ' ' || (for_programs && !plain)) {
            return 0;
        }
    }
    return !for_programs || tsl__is_letter(*name);
}

static const char *describe_name(int for_programs)
{
    return for_programs ? "is no name of a field: a letter, then letters, digits, _ and . are expected"
                        : "is no header: one line that no spreadsheet would run is expected";
}

static tsl_status check_field(const tsl_export_options *opt, size_t i, tsl_error *err)
{
    const tsl_export_field *field = &opt->field[i];
    const int for_programs = takes_names(&tsl__crm_targets[opt->target]);
    const size_t f = field->field ? tsl__crm_field_find(field->field) : TSL__CRM_FIELDS;
    if (f == TSL__CRM_FIELDS) {
        return field->field ? fail_unknown(field, err) : fail(field, "a field needs its code", NULL, NULL, err);
    }
    for (size_t other = 0; other < i; other++) {
        if (strcmp(opt->field[other].field, field->field) == 0) {
            return fail(field, "stands twice", NULL, NULL, err);
        }
    }
    if (f == TSL__FIELD_ID && field->left_out) {
        return fail(field, "no file goes without ids", NULL, NULL, err);
    }
    if (f == TSL__FIELD_ID && field->name && opt->id_column && strcmp(field->name, opt->id_column) != 0) {
        return fail_other_id(field, opt->id_column, err);
    }
    if (field->compare < -1 || field->compare > 1) {
        return fail(field, "compare is 1, 0 or -1", NULL, NULL, err);
    }
    return !field->name || field->left_out || is_name(field->name, for_programs)
               ? TSL_OK
               : fail(field, describe_name(for_programs), field->name, NULL, err);
}

tsl_status tsl_export_check(const tsl_export_options *opt, tsl_error *err)
{
    tsl_export_options all;
    int lang;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    tsl_export_defaults(&all, sizeof all);
    TSL__TRY(tsl__options_take("export", &all, sizeof all, opt, err));
    opt = &all;
    if ((unsigned)opt->target >= TSL_CRMS) {
        return tsl__error_set(err, TSL_E_OPTION, "target: %d is none", (int)opt->target);
    }
    const tsl__crm_target *target = &tsl__crm_targets[opt->target];
    TSL__TRY(opt->lang ? tsl_lang_read(opt->lang, &lang, err) : TSL_OK);
    TSL__TRY(tsl__options_check_list(opt->field, opt->field_count, "export.fields", err));
    for (size_t i = 0; i < opt->field_count; i++) {
        TSL__TRY(check_field(opt, i, err));
    }
    const int for_programs = takes_names(target), is_api = target->header == TSL__HEADER_API;
    if (opt->id_column && !is_name(opt->id_column, for_programs)) {
        TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "export.id_column: \"%s\" %s", opt->id_column,
                                describe_name(for_programs)));
    }
    if (opt->object && !is_name(opt->object, is_api)) { /* of HubSpot also 2-12345 */
        TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "export.object: \"%s\" %s", opt->object, describe_name(is_api)));
    }
done:
    return status;
}

/* ---- The plan ------------------------------------------------------------------------------------- */

static char *make_header(const tsl_export_options *opt, const tsl__crm_plan *plan, size_t f, const char *given)
{
    const tsl__crm_target *target = plan->target;
    const tsl__crm_field *field = &tsl__crm_fields[f];
    const char *own = target->header == TSL__HEADER_CODE  ? field->code
                      : target->header == TSL__HEADER_API ? field->api
                                                          : field->name[plan->lang];
    return f == TSL__FIELD_ID && opt->id_column ? tsl__strdup(opt->id_column)
           : given                              ? tsl__strdup(given)
                                                : tsl__format("%s%s%s", target->prefix, own, target->suffix);
}

static tsl_status add(const tsl_export_options *opt, tsl__crm_plan *plan, size_t f, const char *given, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(plan->header[plan->count] = make_header(opt, plan, f, given));
    plan->is_asked[plan->count] = given || (f == TSL__FIELD_ID && opt->id_column);
    plan->field[plan->count++] = f;
    for (size_t i = 0; i + 1 < plan->count; i++) {
        if (tsl__is_same_folded(plan->header[i], plan->header[plan->count - 1])) {
            TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "export.fields.%s: is called \"%s\", as %s is",
                                    tsl__crm_fields[f].code, plan->header[i], tsl__crm_fields[plan->field[i]].code));
        }
    }
done:
    return status;
}

/* Those that are not known: "tier, clv". */
static tsl_status list_left_out(const int known[TSL__CRM_FIELDS], const int asked[TSL__CRM_FIELDS], tsl__crm_plan *plan,
                                tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        if (!known[f] && asked[f] >= 0) {
            tsl__text_printf(&text, "%s%s", text.length ? ", " : "", tsl__crm_fields[f].code);
        }
    }
    if (text.length || text.failed) {
        TSL__NEED(plan->left_out = tsl__text_take(&text));
    }
done:
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__crm_plan_open(const tsl_export_options *opt, const int known[TSL__CRM_FIELDS], int lang,
                              tsl__crm_plan *out, tsl_error *err)
{
    int asked[TSL__CRM_FIELDS] = {0}; /* 1: has a name; -1: is not wanted */
    tsl_status status = TSL_OK;
    *out = (tsl__crm_plan){.target = &tsl__crm_targets[opt->target]};
    out->lang = lang;
    TSL__TRY(opt->lang ? tsl_lang_read(opt->lang, &out->lang, err) : TSL_OK);
    out->object = opt->object ? opt->object : out->target->object[out->lang];
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        out->compares[f] = !tsl__crm_fields[f].apart;
    }
    for (size_t i = 0; i < opt->field_count; i++) {
        const tsl_export_field *field = &opt->field[i];
        const size_t f = tsl__crm_field_find(field->field);
        asked[f] = field->left_out ? -1 : field->name != NULL;
        out->compares[f] = field->compare < 0 ? out->compares[f] : field->compare;
        TSL__TRY(known[f] && asked[f] > 0 ? add(opt, out, f, field->name, err) : TSL_OK);
    }
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        const int again = f == TSL__FIELD_ACTION_TEXT && out->target->shows_names; /* the action is that text there */
        TSL__TRY(known[f] && !asked[f] && !again ? add(opt, out, f, NULL, err) : TSL_OK);
        out->compares[f] = out->compares[f] && known[f] && asked[f] >= 0;
    }
    TSL__TRY(list_left_out(known, asked, out, err));
done:
    return status;
}

void tsl__crm_plan_close(tsl__crm_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        free(plan->header[i]);
    }
    free(plan->left_out);
    *plan = (tsl__crm_plan){.target = NULL};
}

char *tsl__crm_plan_make_property(const tsl__crm_plan *plan, size_t at)
{
    const char *code = tsl__crm_fields[plan->field[at]].code;
    return plan->target->header == TSL__HEADER_NAME && !plan->is_asked[at] ? tsl__format("tesela_%s", code)
                                                                           : tsl__strdup(plan->header[at]);
}
