/* asked_check.c: what options of a table cannot be. */
#include <string.h>

#include "base/dict.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"
#include "table/schema/asked.h"
#include "table/table_findings.h"

static tsl_status check_text(const char *text, const char *what, tsl_error *err)
{
    if (!text) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: a text is expected", what);
    }
    size_t length = strlen(text);
    return tsl__utf8_check(text, length) == length
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "%s: \"%s\" is not valid UTF-8", what, text);
}

static tsl_status check_levels(const tsl_column_rule *rule, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__dict *seen = NULL;
    TSL__TRY(tsl__options_check_list(rule->levels, rule->level_count, rule->name, err));
    if (rule->type == TSL_TYPE_ORDINAL && rule->level_count < 2) {
        return tsl__error_set(
            err, TSL_E_OPTION,
            "column \"%s\": an ordinal column needs its levels from low to high (order: in the configuration)",
            rule->name);
    }
    TSL__NEED(seen = tsl__dict_open());
    for (size_t i = 0; i < rule->level_count; i++) {
        TSL__TRY(check_text(rule->levels[i], rule->name, err));
        int32_t code = tsl__dict_add(seen, rule->levels[i], strlen(rule->levels[i]));
        TSL__NEED(code >= 0);
        if ((size_t)code < i) {
            TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "column \"%s\": the level \"%s\" stands twice", rule->name,
                                    rule->levels[i]));
        }
    }
done:
    tsl__dict_free(seen);
    return status;
}

tsl_status tsl__asked_check_rule(const tsl_column_rule *rule, tsl_error *err)
{
    static const char allowed[] = {
        [TSL_TYPE_AUTO] = 1,    [TSL_TYPE_NUMBER] = 1, [TSL_TYPE_CATEGORY] = 1, [TSL_TYPE_ORDINAL] = 1,
        [TSL_TYPE_BOOLEAN] = 1, [TSL_TYPE_DATE] = 1,   [TSL_TYPE_BIRTH] = 1};
    tsl_status status = TSL_OK;
    TSL__TRY(check_text(rule->name, "rule", err));
    if ((size_t)rule->type >= sizeof allowed || !allowed[rule->type]) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "column \"%s\": the type is number, category, ordinal, boolean, date or date_of_birth",
                              rule->name);
    }
    if ((int)rule->group < 0 || rule->group > TSL_GROUP_AUTO) {
        return tsl__error_set(err, TSL_E_OPTION, "column \"%s\": %d is no group", rule->name, (int)rule->group);
    }
    TSL__TRY(check_levels(rule, err));
    TSL__TRY(tsl__options_check_list(rule->missing, rule->missing_count, rule->name, err));
    for (size_t i = 0; i < rule->missing_count; i++) {
        TSL__TRY(check_text(rule->missing[i], rule->name, err));
    }
done:
    return status;
}

#define MOST_COLUMNS 64 /* further ones of events */

static tsl_status check_lists(const tsl_table_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_list(opt->roles, opt->role_count, "roles", err));
    TSL__TRY(tsl__options_check_list(opt->rules, opt->rule_count, "rules", err));
    TSL__TRY(tsl__options_check_list(opt->lookups, opt->lookup_count, "lookups", err));
    for (size_t i = 0; i < opt->role_count; i++) {
        if ((int)opt->roles[i].role <= TSL_ROLE_NONE || opt->roles[i].role >= TSL_ROLES) {
            return tsl__error_set(err, TSL_E_OPTION, "roles: %d is no role (entry %zu)", (int)opt->roles[i].role,
                                  i + 1);
        }
        TSL__TRY(check_text(opt->roles[i].source, tsl_role_get_name(opt->roles[i].role), err));
    }
    for (size_t i = 0; i < opt->rule_count; i++) {
        TSL__TRY(tsl__asked_check_rule(&opt->rules[i], err));
    }
    for (size_t i = 0; i < opt->lookup_count; i++) {
        const tsl_source *source = &opt->lookups[i].source;
        if ((!source->path && !source->bytes) || !opt->lookups[i].key) {
            return tsl__error_set(err, TSL_E_OPTION, "lookup %zu: a file and a key are expected", i + 1);
        }
    }
    TSL__TRY(tsl__options_check_list(opt->columns, opt->column_count, "columns", err));
    if (opt->column_count > MOST_COLUMNS) {
        return tsl__error_set(err, TSL_E_OPTION, "columns: %zu are more than %d", opt->column_count, MOST_COLUMNS);
    }
    for (size_t i = 0; i < opt->column_count; i++) {
        const tsl_event_column *column = &opt->columns[i];
        TSL__TRY(check_text(column->source, "columns", err));
        if (column->type != TSL_TYPE_DECIMAL && column->type != TSL_TYPE_TEXT && column->type != TSL_TYPE_BOOLEAN) {
            return tsl__error_set(err, TSL_E_OPTION, "columns: \"%s\": the type is decimal, boolean or text",
                                  column->source);
        }
    }
    TSL__TRY(tsl__options_check_list(opt->rates, opt->rate_count, "rates", err));
    TSL__TRY(tsl__options_check_list(opt->gates, opt->gate_count, "gates", err));
    TSL__TRY(tsl__gates_check(opt->gates, opt->gate_count, err));
    TSL__TRY(opt->where ? check_text(opt->where, "where", err) : TSL_OK);
    TSL__TRY(opt->sheet ? check_text(opt->sheet, "sheet", err) : TSL_OK);
    TSL__TRY(opt->value ? check_text(opt->value, "value", err) : TSL_OK);
    TSL__TRY(opt->weight ? check_text(opt->weight, "weight", err) : TSL_OK);
    TSL__TRY(opt->timezone ? check_text(opt->timezone, "timezone", err) : TSL_OK);
done:
    return status;
}

static const tsl_option_range ranges[] = {TSL__RANGE(tsl_table_options, max_rejects, .high = 1)};

const tsl_option_range *tsl_table_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

tsl_status tsl__asked_check_encoding(tsl_encoding encoding, tsl_error *err)
{
    return (int)encoding >= TSL_ENCODING_AUTO && encoding < TSL_ENCODINGS
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "encoding: %d is no encoding", (int)encoding);
}

tsl_status tsl__asked_check_delimiter(char delimiter, tsl_error *err)
{
    return !delimiter || strchr(",;\t| ", delimiter)
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "delimiter: one of , ; TAB | or a blank is expected");
}

tsl_status tsl__asked_check(const tsl_table_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    TSL__TRY(tsl__asked_check_delimiter(opt->delimiter, err));
    if (opt->header < -1) {
        return tsl__error_set(err, TSL_E_OPTION, "header: " TSL__HEADERS " is expected");
    }
    if ((int)opt->dates < TSL_DATES_AUTO || opt->dates > TSL_DATES_DMY) {
        return tsl__error_set(err, TSL_E_OPTION, "dates: %d is no order of year, month and day", (int)opt->dates);
    }
    TSL__TRY(tsl__asked_check_encoding(opt->encoding, err));
    if ((int)opt->decimal < TSL_DECIMAL_AUTO || opt->decimal > TSL_DECIMAL_COMMA) {
        return tsl__error_set(err, TSL_E_OPTION, "decimal: %d is no decimal mark", (int)opt->decimal);
    }
    TSL__TRY(check_lists(opt, err));
done:
    return status;
}
