/* crm_lists.c: picklists, from the summary of a run. A segment is called by the part of its name that does not change
 * with every run: "Champions" of "Champions: many units, long-standing". */
#include "crm/crm_lists.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#include <tesela/label.h>

static const struct {
    const char *array, *key;
} arrays[TSL__CRM_LISTS] = {
    [TSL__LIST_SEGMENTS] = {"segments", "code"}, [TSL__LIST_TIERS] = {"tiers", "tier"},
    [TSL__LIST_STAGES] = {"lifecycle", "stage"}, [TSL__LIST_RFM] = {"rfm_segments", "rfm_segment"},
    [TSL__LIST_REASONS] = {"reasons", "reason"}, [TSL__LIST_ACTIONS] = {"actions", "action"}};

tsl__crm_list *tsl__crm_lists_get(tsl__crm_lists *lists, size_t field)
{
    static const signed char of[TSL__CRM_FIELDS] = {
        [TSL__FIELD_SEGMENT] = TSL__LIST_SEGMENTS + 1,    [TSL__FIELD_SEGMENT_LABEL] = TSL__LIST_SEGMENTS + 1,
        [TSL__FIELD_PREVIOUS] = TSL__LIST_SEGMENTS + 1,   [TSL__FIELD_TIER] = TSL__LIST_TIERS + 1,
        [TSL__FIELD_LIFECYCLE] = TSL__LIST_STAGES + 1,    [TSL__FIELD_RFM] = TSL__LIST_RFM + 1,
        [TSL__FIELD_REASON_CODE] = TSL__LIST_REASONS + 1, [TSL__FIELD_ACTION] = TSL__LIST_ACTIONS + 1,
        [TSL__FIELD_ACTION_TEXT] = TSL__LIST_ACTIONS + 1};
    return of[field] ? &lists->of[of[field] - 1] : NULL;
}

const char *tsl__crm_lists_get_name(size_t field)
{
    static tsl__crm_lists none;
    const tsl__crm_list *list = tsl__crm_lists_get(&none, field);
    return list ? arrays[list - none.of].array : "";
}

tsl__crm_value *tsl__crm_list_find(const tsl__crm_list *list, const char *code, size_t length)
{
    const int32_t at = list->of ? tsl__dict_get(list->of, code, length) : -1;
    return at < 0 ? NULL : &list->value[at];
}

tsl_status tsl__crm_list_add(tsl__crm_list *list, const char *code, const char *const name[TSL_LANGS], int colour,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *value = list->value;
    TSL__NEED(list->of || (list->of = tsl__dict_open()));
    if (tsl__crm_list_find(list, code, strlen(code))) {
        return TSL_OK;
    }
    TSL__NEED(tsl__reserve(&value, &list->room, list->count + 1, sizeof *list->value) == 0);
    list->value = value;
    tsl__crm_value *add = &list->value[list->count];
    *add = (tsl__crm_value){.colour = colour};
    list->count++;
    TSL__NEED(add->code = tsl__strdup(code));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(add->name[lang] = tsl__strdup(name[lang] ? name[lang] : code));
    }
    TSL__TRY(tsl__dict_add(list->of, code, strlen(code)) < 0 ? tsl__error_nomem(err) : TSL_OK);
done:
    return status;
}

/* ---- From the summary ------------------------------------------------------------------------------ */

static void get_names(const json_t *row, const char *key, const char *name[TSL_LANGS])
{
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        name[lang] = json_string_value(json_object_get(json_object_get(row, key), tsl_lang_get_code(lang)));
    }
}

static tsl_status add_array(tsl__crm_list *list, const json_t *array, const char *key, const char *names,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *row = json_array_get(array, i), *colour = json_object_get(row, "colour");
        const char *code = json_string_value(json_object_get(row, key)), *name[TSL_LANGS];
        get_names(row, names, name);
        TSL__TRY(!code ? TSL_OK
                       : tsl__crm_list_add(list, code, name,
                                           json_is_integer(colour) ? (int)json_integer_value(colour) : -1, err));
    }
done:
    return status;
}

/* All that there can be, in their order, whoever has them today. */
static tsl_status add_reasons(tsl__crm_list *list, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int r = 0; r < TSL_REASONS; r++) {
        const char *name[TSL_LANGS];
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            name[lang] = tsl_reason_get_name((tsl_reason)r, tsl_lang_get_code(lang));
        }
        TSL__TRY(tsl__crm_list_add(list, tsl_reason_get_code((tsl_reason)r), name, -1, err));
    }
done:
    return status;
}

tsl_status tsl__crm_lists_add(tsl__crm_lists *lists, const json_t *summary, const char *path, tsl_error *err)
{
    const json_t *actions = json_object_get(json_object_get(summary, "strategies"), "rows");
    tsl_status status = TSL_OK;
    for (int l = 0; l < TSL__CRM_LISTS; l++) {
        const int is_actions = l == TSL__LIST_ACTIONS;
        const json_t *array = is_actions ? actions : json_object_get(summary, arrays[l].array);
        TSL__TRY(add_array(&lists->of[l], array, arrays[l].key, is_actions ? "texts" : "names", err));
    }
    TSL__TRY(add_reasons(&lists->of[TSL__LIST_REASONS], err));
    if (lists->of[TSL__LIST_SEGMENTS].count == 0) {
        status = tsl__error_set(err, TSL_E_FORMAT,
                                "%s: lists no segments; the summary of a run with labels is expected", path);
    }
done:
    return status;
}

tsl_status tsl__crm_lists_join(tsl__crm_lists *lists, const tsl__crm_lists *earlier, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int l = 0; l < TSL__CRM_LISTS; l++) {
        for (size_t i = 0; i < earlier->of[l].count; i++) {
            const tsl__crm_value *value = &earlier->of[l].value[i];
            TSL__TRY(tsl__crm_list_add(&lists->of[l], value->code, (const char *const *)value->name, -1, err));
        }
    }
done:
    return status;
}

/* ---- What they are called in lists ------------------------------------------------------------------- */

/* Bytes of the name that stay from run to run: before what sets the segment apart today. */
static size_t get_lasting(const char *name)
{
    static const char *const colon[TSL_LANGS] = {": ", "："};
    const char *end = strstr(name, colon[0]), *wide = strstr(name, colon[1]);
    end = !end || (wide && wide < end) ? wide : end;
    return end && end > name ? (size_t)(end - name) : strlen(name);
}

/* 1: another value's name begins, or is, the same. */
static int is_shared(const tsl__crm_list *list, size_t value, int lang, size_t length, int whole)
{
    const char *name = list->value[value].name[lang];
    for (size_t i = 0; i < list->count; i++) {
        const char *other = list->value[i].name[lang];
        const size_t to = whole ? strlen(other) : get_lasting(other);
        if (i != value && to == length && memcmp(other, name, length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* 1: another value is called so, or may be. */
static int is_taken(const tsl__crm_list *list, size_t value, int lang, const char *text)
{
    const size_t length = strlen(text);
    for (size_t i = 0; i < list->count; i++) {
        const char *name = list->value[i].name[lang], *choice = list->value[i].choice[lang];
        if (i != value && ((choice && strcmp(choice, text) == 0) || strcmp(name, text) == 0 ||
                           (get_lasting(name) == length && memcmp(name, text, length) == 0))) {
            return 1;
        }
    }
    return 0;
}

/* With the code behind the name, and where a user has called another so, a number behind that. */
static char *make_own(const tsl__crm_list *list, size_t value, int lang)
{
    const tsl__crm_value *of = &list->value[value];
    char *text = tsl__format("%s (%s)", of->name[lang], of->code);
    for (int n = 2; text && is_taken(list, value, lang, text); n++) {
        free(text);
        text = tsl__format("%s (%s, %d)", of->name[lang], of->code, n);
    }
    return text;
}

static tsl_status settle_value(const tsl__crm_list *list, size_t value, int lang, int shortens, tsl_error *err)
{
    tsl__crm_value *of = &list->value[value];
    const char *name = of->name[lang];
    const size_t all = strlen(name), lasting = shortens ? get_lasting(name) : all;
    tsl_status status = TSL_OK;
    if (of->choice[lang]) {
        return TSL_OK;
    }
    TSL__NEED(of->choice[lang] = !is_shared(list, value, lang, lasting, !shortens) ? tsl__strndup(name, lasting)
                                 : !is_shared(list, value, lang, all, 1)           ? tsl__strdup(name)
                                                                                   : make_own(list, value, lang));
done:
    return status;
}

static tsl_status settle_list(const tsl__crm_list *list, int shortens, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < list->count; i++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            TSL__TRY(settle_value(list, i, lang, shortens, err));
        }
    }
done:
    return status;
}

tsl_status tsl__crm_lists_settle(tsl__crm_lists *lists, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int l = 0; l < TSL__CRM_LISTS; l++) {
        TSL__TRY(settle_list(&lists->of[l], l == TSL__LIST_SEGMENTS, err));
    }
done:
    return status;
}

void tsl__crm_lists_close(tsl__crm_lists *lists)
{
    for (int l = 0; l < TSL__CRM_LISTS; l++) {
        tsl__crm_list *list = &lists->of[l];
        for (size_t i = 0; i < list->count; i++) {
            free(list->value[i].code);
            for (int lang = 0; lang < TSL_LANGS; lang++) {
                free(list->value[i].name[lang]);
                free(list->value[i].choice[lang]);
            }
        }
        free(list->value);
        tsl__dict_free(list->of);
        *list = (tsl__crm_list){0};
    }
}
