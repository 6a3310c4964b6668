/* roster_summary.c: what a run's summary.json tells of the groups that its customers are in: codes, names and order of
 * segments, tiers and stages; and of their value. */
#include "output/roster_summary.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/compare/roster.h"

#include <jansson.h>
#include <string.h>

/* Where each kind of groups stands, and what its code is called there. */
static const struct {
    const char *array, *code;
} kinds[TSL_BYS] = {{"segments", "code"}, {"tiers", "tier"}, {"lifecycle", "stage"}};

static tsl_status add_groups(const json_t *summary, tsl_by by, tsl_roster_groups *groups, tsl_error *err)
{
    const json_t *array = json_object_get(summary, kinds[by].array), *row;
    size_t i;
    tsl_status status = TSL_OK;
    json_array_foreach((json_t *)(uintptr_t)array, i, row)
    {
        const char *code = json_string_value(json_object_get(row, kinds[by].code));
        const json_t *said = json_object_get(row, "names");
        const char *names[TSL_LANGS];
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            names[lang] = json_string_value(json_object_get(said, tsl_lang_get_code(lang)));
        }
        TSL__TRY(code ? tsl__roster_add_group(groups, code, names, err) : TSL_OK);
    }
done:
    return status;
}

/* A text of the summary, owned; NULL where it has none. */
static tsl_status take_text(const json_t *object, const char *key, char **out, tsl_error *err)
{
    const char *text = json_string_value(json_object_get(object, key));
    tsl_status status = TSL_OK;
    TSL__NEED(!text || (*out = tsl__strdup(text)));
done:
    return status;
}

tsl_status tsl__roster_read_summary(const char *json, size_t bytes, const char *path, tsl_roster *roster,
                                    tsl_error *err)
{
    json_error_t why;
    tsl_status status = TSL_OK;
    json_t *summary = json_loadb(json, bytes, 0, &why);
    const char *format = json_string_value(json_object_get(summary, "format"));
    const char *day = json_string_value(json_object_get(summary, "as_of"));
    const json_t *value = json_object_get(summary, "value");
    if (!summary) {
        TSL__TRY(tsl__error_set(err, TSL_E_FORMAT, "%s:%d: is no JSON: %s", path, why.line, why.text));
    }
    if (!format || strcmp(format, "tesela summary") != 0) {
        TSL__TRY(tsl__error_set(err, TSL_E_FORMAT, "%s: is no summary that tesela wrote", path));
    }
    for (int by = 0; by < TSL_BYS; by++) {
        TSL__TRY(add_groups(summary, (tsl_by)by, &roster->by[by], err));
    }
    TSL__TRY(take_text(value, "name", &roster->value_name, err));
    TSL__TRY(take_text(value, "unit", &roster->value_unit, err));
    TSL__TRY(take_text(json_object_get(summary, "totals"), "currency", &roster->currency, err));
    if (day && tsl_day_read(day, &roster->as_of, NULL) != TSL_OK) {
        TSL__TRY(tsl__error_set(err, TSL_E_FORMAT, "%s: as_of: \"%s\" is no date, YYYY-MM-DD", path, day));
    }
done:
    json_decref(summary);
    return status;
}
