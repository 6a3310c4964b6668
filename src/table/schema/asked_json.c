/*
 * asked_json.c: what was asked of a table as JSON, and back.
 *
 * The keys stand in docs/formats.md; what was not said has none. A key that is
 * not known is refused, since what it says would be lost.
 */
#include <jansson.h>
#include <limits.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "expr/expr.h"
#include "table/schema/asked.h"

static const char *const orders[] = {[TSL_DATES_YMD] = "ymd", [TSL_DATES_MDY] = "mdy", [TSL_DATES_DMY] = "dmy"};

static const char *get_order_name(int order)
{
    return order > TSL_DATES_AUTO && order <= TSL_DATES_DMY ? orders[order] : NULL;
}

static const char *get_encoding_name(int encoding)
{
    return encoding > TSL_ENCODING_AUTO && encoding < TSL_ENCODINGS ? tsl_encoding_get_name((tsl_encoding)encoding)
                                                                    : NULL;
}

static const char *get_mark_name(int mark)
{
    return mark == TSL_DECIMAL_POINT ? "point" : mark == TSL_DECIMAL_COMMA ? "comma" : NULL;
}

static const char *get_role_name(int role)
{
    return role > TSL_ROLE_NONE && role < TSL_ROLES ? tsl_role_get_name((tsl_role)role) : NULL;
}

static const char *get_type_name(int type)
{
    return type >= 0 && type <= TSL_TYPE_BIRTH ? tsl_column_type_get_name((tsl_column_type)type) : NULL;
}

static const char *get_group_name(int group)
{
    return group >= 0 && group < TSL_GROUPS ? tsl_group_get_name((tsl_group)group) : NULL;
}

/* ---- Writing ------------------------------------------------------------------- */

/* Takes value over, which may be NULL; 0 on success. */
static int set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value);
}

/* A new object or array in its place, borrowed; NULL on failure. */
static json_t *set_new(json_t *object, const char *key, json_t *value)
{
    return set(object, key, value) ? NULL : value;
}

static int set_texts(json_t *object, const char *key, const char *const *text, size_t count)
{
    json_t *list = count ? set_new(object, key, json_array()) : NULL;
    int failed = count && !list;
    for (size_t i = 0; i < count && !failed; i++) {
        failed = json_array_append_new(list, json_string(text[i]));
    }
    return failed;
}

static int write_rule(json_t *list, const tsl_column_rule *rule)
{
    json_t *out = json_object();
    if (json_array_append_new(list, out)) {
        return -1;
    }
    return set(out, "name", json_string(rule->name)) ||
           (rule->type != TSL_TYPE_AUTO && set(out, "type", json_string(get_type_name((int)rule->type)))) ||
           (rule->group != TSL_GROUP_AUTO && set(out, "group", json_string(get_group_name((int)rule->group)))) ||
           set_texts(out, "levels", rule->levels, rule->level_count) ||
           set_texts(out, "missing", rule->missing, rule->missing_count) ||
           (rule->sensitive && set(out, "sensitive", json_boolean(rule->sensitive > 0))) ||
           (rule->ignore && set(out, "ignore", json_true()));
}

/* Those that were said, or those that were found. */
static int write_roles(json_t *root, const char *key, const tsl__asked *a, int found)
{
    json_t *roles = NULL;
    int failed = 0;
    for (int role = 0; role < TSL_ROLES; role++) {
        for (size_t i = 0; i < a->opt.role_count && !failed; i++) {
            if ((int)a->opt.roles[i].role == role && (a->found_roles >> role & 1u) == (unsigned)found) {
                roles = roles ? roles : set_new(root, key, json_object());
                failed = !roles || set(roles, get_role_name(role), json_string(a->opt.roles[i].source));
            }
        }
    }
    return failed;
}

static int write_found_types(json_t *root, const tsl__asked *a)
{
    json_t *found = a->found_count ? set_new(root, "found_types", json_object()) : NULL;
    int failed = a->found_count && !found;
    for (size_t i = 0; i < a->found_count && !failed; i++) { /* the later goes over the earlier, in its place */
        failed = set(found, a->found[i].column, json_string(get_type_name((int)a->found[i].type)));
    }
    return failed;
}

static int write_shown(json_t *root, const tsl__asked *a)
{
    json_t *shown = a->shown_count ? set_new(root, "shown_dates", json_object()) : NULL;
    int failed = a->shown_count && !shown;
    for (size_t i = 0; i < a->shown_count && !failed; i++) {
        failed = set(shown, a->shown[i].column, json_string(get_order_name((int)a->shown[i].order)));
    }
    return failed;
}

static int write_marks(json_t *root, const tsl__asked *a)
{
    json_t *marks = a->mark_count ? set_new(root, "shown_decimals", json_object()) : NULL;
    int failed = a->mark_count && !marks;
    for (size_t i = 0; i < a->mark_count && !failed; i++) {
        failed = set(marks, a->mark[i].column, json_string(get_mark_name((int)a->mark[i].mark)));
    }
    return failed;
}

static int write_unknown(json_t *root, const tsl__asked *a)
{
    json_t *unknown = a->unknown_count ? set_new(root, "unknown_dates", json_object()) : NULL;
    int failed = a->unknown_count && !unknown;
    for (size_t i = 0; i < a->unknown_count && !failed; i++) {
        char text[TSL__UNKNOWN_DAYS][11];
        const char *day[TSL__UNKNOWN_DAYS];
        size_t count = 0;
        for (int d = 0; d < TSL__UNKNOWN_DAYS; d++) {
            if (a->unknown[i].days >> d & 1u) {
                tsl_day_write(tsl__unknown_day(d), text[count]);
                day[count] = text[count];
                count++;
            }
        }
        failed = set_texts(unknown, a->unknown[i].column, day, count);
    }
    return failed;
}

static int write_rates(json_t *root, const tsl_table_options *opt)
{
    json_t *rates = opt->rate_count ? set_new(root, "rates", json_object()) : NULL;
    int failed = opt->rate_count && !rates;
    for (size_t i = 0; i < opt->rate_count && !failed; i++) {
        failed = set(rates, opt->rates[i].currency, json_string(opt->rates[i].worth));
    }
    return failed;
}

/* true, false, or the line of the names. */
static json_t *build_header(int header)
{
    return header > 1 ? json_integer(header) : json_boolean(header);
}

static int write_all(json_t *root, const tsl__asked *a, tsl_table_kind kind)
{
    const tsl_table_options *opt = &a->opt;
    const char delimiter[] = {opt->delimiter, 0};
    int failed = set(root, "table", json_string(tsl_table_kind_get_name(kind))) || write_roles(root, "roles", a, 0);
    json_t *rules = opt->rule_count && !failed ? set_new(root, "columns", json_array()) : NULL;
    failed = failed || (opt->rule_count && !rules);
    for (size_t i = 0; i < opt->rule_count && !failed; i++) {
        failed = write_rule(rules, &opt->rules[i]);
    }
    return failed || (opt->value && set(root, "value", json_string(opt->value))) ||
           (opt->weight && set(root, "weight", json_string(opt->weight))) ||
           (opt->where && set(root, "where", json_string(opt->where))) ||
           (opt->delimiter && set(root, "delimiter", json_string(delimiter))) ||
           (opt->encoding != TSL_ENCODING_AUTO &&
            set(root, "encoding", json_string(get_encoding_name((int)opt->encoding)))) ||
           (opt->sheet && set(root, "sheet", json_string(opt->sheet))) ||
           (opt->fill_merged && set(root, "fill_merged", json_true())) ||
           (opt->header >= 0 && set(root, "header", build_header(opt->header))) ||
           (opt->dates != TSL_DATES_AUTO && set(root, "dates", json_string(get_order_name((int)opt->dates)))) ||
           (opt->decimal != TSL_DECIMAL_AUTO && set(root, "decimal", json_string(get_mark_name((int)opt->decimal)))) ||
           (opt->timezone && set(root, "timezone", json_string(opt->timezone))) || write_shown(root, a) ||
           write_unknown(root, a) || set_texts(root, "ages", (const char *const *)a->ages, a->age_count) ||
           write_marks(root, a) || write_roles(root, "found_roles", a, 1) || write_found_types(root, a) ||
           (a->clock >= 0 && set(root, "clock", json_boolean(a->clock))) ||
           (a->currency && set(root, "currency", json_string(a->currency))) || write_rates(root, opt) ||
           (opt->reject_orphans && set(root, "reject_orphans", json_true())) ||
           (opt->id_normalise && set(root, "id_normalise", json_true())) ||
           (opt->drop_duplicates && set(root, "drop_duplicates", json_true()));
}

static int append(const char *bytes, size_t count, void *text)
{
    tsl__text_append(text, bytes, count);
    return 0;
}

tsl_status tsl__asked_write(const tsl__asked *a, tsl_table_kind kind, char **json, tsl_error *err)
{
    json_t *root = json_object();
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    *json = NULL;
    TSL__NEED(root && !write_all(root, a, kind));
    TSL__NEED(json_dump_callback(root, append, &text, JSON_COMPACT) == 0);
    TSL__NEED(*json = tsl__text_take(&text));
done:
    json_decref(root);
    tsl__text_free(&text);
    return status;
}

/* ---- Reading: a key that is not there leaves what there is -------------------------- */

static tsl_status refuse(const char *what, const char *expected, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_OPTION, "like: %.*s: %s is expected", tsl__text_head(what, 100), what, expected);
}

static tsl_status check_keys(json_t *object, const char *what, const char *const *known, tsl_error *err)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object)) {
        return refuse(what, "an object", err);
    }
    json_object_foreach(object, key, value)
    {
        const char *const *k = known;
        while (k && *k && strcmp(*k, key) != 0) {
            k++;
        }
        if (k && !*k) {
            return refuse(key, "another key", err);
        }
    }
    return TSL_OK;
}

static tsl_status read_text(json_t *object, const char *key, const char **out, tsl_error *err)
{
    json_t *value = json_object_get(object, key);
    if (value && !json_is_string(value)) {
        return refuse(key, "a text", err);
    }
    *out = value ? json_string_value(value) : *out;
    return TSL_OK;
}

static tsl_status read_flag(json_t *object, const char *key, int *out, tsl_error *err)
{
    json_t *value = json_object_get(object, key);
    if (value && !json_is_boolean(value)) {
        return refuse(key, "true or false", err);
    }
    *out = value ? json_is_true(value) : *out;
    return TSL_OK;
}

/* As build_header makes it. */
static tsl_status read_header(json_t *object, int *out, tsl_error *err)
{
    const json_t *value = json_object_get(object, "header");
    const json_int_t line = json_integer_value(value);
    if (!json_is_integer(value)) {
        return read_flag(object, "header", out, err);
    }
    *out = (int)line;
    return line > 1 && line <= INT_MAX ? TSL_OK : refuse("header", "true, false or a line from 2 on", err);
}

/* The number that has the name, by the function that gives the names; -1 for none. */
static int find_name(const char *name, const char *(*namer)(int))
{
    for (int i = 0; i < TSL_ROLES; i++) { /* the longest of these lists */
        const char *one = namer(i);
        if (one && strcmp(one, name) == 0) {
            return i;
        }
    }
    return -1;
}

static tsl_status read_name(json_t *object, const char *key, const char *(*namer)(int), int *out, tsl_error *err)
{
    const char *name = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(read_text(object, key, &name, err));
    if (name && (*out = find_name(name, namer)) < 0) {
        TSL__TRY(refuse(key, "a name of docs/formats.md", err));
    }
done:
    return status;
}

/* A list of texts into what is left of a->texts. */
static tsl_status read_texts(json_t *object, const char *key, const char ***next, const char *const **out,
                             size_t *count, tsl_error *err)
{
    json_t *list = json_object_get(object, key);
    if (list && !json_is_array(list)) {
        return refuse(key, "a list of texts", err);
    }
    *out = *next;
    *count = json_array_size(list);
    for (size_t i = 0; i < *count; i++) {
        if (!(*(*next)++ = json_string_value(json_array_get(list, i)))) {
            return refuse(key, "a list of texts", err);
        }
    }
    return TSL_OK;
}

static tsl_status read_roles(tsl__asked *a, json_t *roles, int found, tsl_error *err)
{
    const char *key, *source = NULL;
    json_t *value;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(roles, found ? "found_roles" : "roles", NULL, err));
    json_object_foreach(roles, key, value)
    {
        int role = find_name(key, get_role_name);
        if (role < 0) {
            return refuse(key, "the name of a role", err);
        }
        TSL__TRY(read_text(roles, key, &source, err));
        tsl__asked_keep_role(a, (tsl_role)role, source, found);
    }
done:
    return status;
}

static tsl_status read_shown(tsl__asked *a, json_t *shown, tsl_error *err)
{
    const char *column;
    json_t *value;
    int order = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(shown, "shown_dates", NULL, err));
    json_object_foreach(shown, column, value)
    {
        TSL__TRY(read_name(shown, column, get_order_name, &order, err));
        TSL__TRY(tsl__asked_keep_order(a, column, (tsl_date_order)order, err));
    }
done:
    return status;
}

static tsl_status read_marks(tsl__asked *a, json_t *marks, tsl_error *err)
{
    const char *column;
    json_t *value;
    int mark = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(marks, "shown_decimals", NULL, err));
    json_object_foreach(marks, column, value)
    {
        TSL__TRY(read_name(marks, column, get_mark_name, &mark, err));
        TSL__TRY(tsl__asked_keep_mark(a, column, (tsl_decimal_mark)mark, err));
    }
done:
    return status;
}

static tsl_status read_unknown(tsl__asked *a, json_t *unknown, tsl_error *err)
{
    const char *column;
    json_t *list;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(unknown, "unknown_dates", NULL, err));
    json_object_foreach(unknown, column, list)
    {
        unsigned days = 0;
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *text = json_string_value(json_array_get(list, i));
            for (int d = 0; d < TSL__UNKNOWN_DAYS; d++) {
                char day[11];
                tsl_day_write(tsl__unknown_day(d), day);
                days |= text && strcmp(text, day) == 0 ? 1u << d : 0;
            }
        }
        TSL__TRY(days ? tsl__asked_keep_unknown(a, column, days, err)
                      : refuse(column, "a list of 1900-01-01 and 1970-01-01", err));
    }
done:
    return status;
}

static tsl_status read_ages(tsl__asked *a, json_t *ages, tsl_error *err)
{
    size_t i;
    json_t *column;
    tsl_status status = TSL_OK;
    if (!json_is_array(ages)) {
        return refuse("ages", "a list of texts", err);
    }
    json_array_foreach(ages, i, column)
    {
        TSL__TRY(json_is_string(column) ? tsl__asked_keep_ages(a, json_string_value(column), err)
                                        : refuse("ages", "a list of texts", err));
    }
done:
    return status;
}

static tsl_status read_found_types(tsl__asked *a, json_t *found, tsl_error *err)
{
    const char *column;
    json_t *value;
    int type = TSL_TYPE_AUTO;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(found, "found_types", NULL, err));
    json_object_foreach(found, column, value)
    {
        TSL__TRY(read_name(found, column, get_type_name, &type, err));
        if (type < TSL_TYPE_NUMBER || type == TSL_TYPE_ORDINAL) {
            return refuse(column, "a type that columns are taken for", err);
        }
        TSL__TRY(tsl__asked_keep_type(a, column, (tsl_column_type)type, err));
    }
done:
    return status;
}

/* The user's own rule of the column, or NULL. */
static tsl_column_rule *find_given(const tsl__asked *a, const char *name)
{
    for (size_t i = 0; i < a->given_rules; i++) {
        if (tsl__name_find(name, &a->rule[i].name, 1) == 0) {
            return &a->rule[i];
        }
    }
    return NULL;
}

/* What the user leaves open holds as it was said. */
static void merge(tsl_column_rule *given, const tsl_column_rule *said)
{
    if (given->type == TSL_TYPE_AUTO) {
        given->type = said->type;
        given->levels = said->levels;
        given->level_count = said->level_count;
    }
    if (!given->missing_count) {
        given->missing = said->missing;
        given->missing_count = said->missing_count;
    }
    given->group = given->group == TSL_GROUP_AUTO ? said->group : given->group;
    given->sensitive = given->sensitive ? given->sensitive : said->sensitive;
}

static tsl_status read_rule(tsl__asked *a, json_t *object, const char ***next, tsl_error *err)
{
    static const char *const keys[] = {"name", "type", "group", "levels", "missing", "sensitive", "ignore", NULL};
    tsl_column_rule rule = {.group = TSL_GROUP_AUTO};
    int type = TSL_TYPE_AUTO, group = TSL_GROUP_AUTO;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(object, "columns", keys, err));
    TSL__TRY(read_text(object, "name", &rule.name, err));
    TSL__TRY(read_name(object, "type", get_type_name, &type, err));
    TSL__TRY(read_name(object, "group", get_group_name, &group, err));
    TSL__TRY(read_texts(object, "levels", next, &rule.levels, &rule.level_count, err));
    TSL__TRY(read_texts(object, "missing", next, &rule.missing, &rule.missing_count, err));
    TSL__TRY(read_flag(object, "sensitive", &rule.sensitive, err));
    rule.sensitive = rule.sensitive || !json_object_get(object, "sensitive") ? rule.sensitive : -1;
    TSL__TRY(read_flag(object, "ignore", &rule.ignore, err));
    rule.type = (tsl_column_type)type;
    rule.group = (tsl_group)group;
    TSL__TRY(tsl__asked_check_rule(&rule, err));
    tsl_column_rule *given = find_given(a, rule.name);
    if (given) {
        merge(given, &rule);
    } else {
        a->rule[a->opt.rule_count++] = rule;
    }
done:
    return status;
}

static tsl_status read_rules(tsl__asked *a, json_t *rules, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **next;
    size_t texts = 0, i;
    json_t *rule;
    if (!json_is_array(rules)) {
        return refuse("columns", "a list", err);
    }
    json_array_foreach(rules, i, rule)
    {
        texts += json_array_size(json_object_get(rule, "levels")) + json_array_size(json_object_get(rule, "missing"));
    }
    TSL__NEED(next = a->texts = tsl__alloc(texts, sizeof *a->texts));
    TSL__NEED(a->rule = tsl__alloc(a->given_rules + json_array_size(rules), sizeof *a->rule));
    if (a->given_rules) {
        memcpy(a->rule, a->opt.rules, a->given_rules * sizeof *a->rule);
    }
    a->opt.rules = a->rule;
    json_array_foreach(rules, i, rule)
    {
        TSL__TRY(read_rule(a, rule, &next, err));
    }
done:
    return status;
}

/* Rates of another day stand in the place of all that were said. */
static tsl_status read_rates(tsl__asked *a, json_t *rates, tsl_error *err)
{
    const char *currency;
    json_t *value;
    size_t count = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(rates, "rates", NULL, err));
    if (a->opt.rate_count) {
        return TSL_OK;
    }
    TSL__NEED(a->rate = tsl__alloc(json_object_size(rates), sizeof *a->rate));
    json_object_foreach(rates, currency, value)
    {
        a->rate[count] = (tsl_currency_rate){.currency = currency};
        TSL__TRY(read_text(rates, currency, &a->rate[count].worth, err));
        count++;
    }
    a->opt.rates = a->rate;
    a->opt.rate_count = count;
done:
    return status;
}

/* What the user has said stands before what was said. */
static tsl_status read_all(tsl__asked *a, json_t *root, tsl_error *err)
{
    static const char *const keys[] = {
        "table",    "roles",          "columns",     "value",         "weight",       "delimiter",
        "header",   "dates",          "shown_dates", "found_roles",   "found_types",  "clock",
        "currency", "reject_orphans", "encoding",    "sheet",         "fill_merged",  "where",
        "decimal",  "shown_decimals", "timezone",    "unknown_dates", "id_normalise", "drop_duplicates",
        "rates",    "ages",           NULL};
    tsl_table_options *opt = &a->opt;
    const char *value = NULL, *weight = NULL, *delimiter = "", *sheet = NULL, *where = NULL, *timezone = NULL;
    int header = -1, dates = TSL_DATES_AUTO, decimal = TSL_DECIMAL_AUTO, encoding = TSL_ENCODING_AUTO,
        reject_orphans = 0, fill_merged = 0, id_normalise = 0, drop_duplicates = 0;
    json_t *part;
    tsl_status status = TSL_OK;
    TSL__TRY(check_keys(root, "reading", keys, err));
    TSL__TRY((part = json_object_get(root, "roles")) ? read_roles(a, part, 0, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "found_roles")) ? read_roles(a, part, 1, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "found_types")) ? read_found_types(a, part, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "columns")) ? read_rules(a, part, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "shown_dates")) ? read_shown(a, part, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "shown_decimals")) ? read_marks(a, part, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "unknown_dates")) ? read_unknown(a, part, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "ages")) ? read_ages(a, part, err) : TSL_OK);
    TSL__TRY((part = json_object_get(root, "rates")) ? read_rates(a, part, err) : TSL_OK);
    TSL__TRY(read_text(root, "value", &value, err));
    TSL__TRY(read_text(root, "weight", &weight, err));
    TSL__TRY(read_text(root, "delimiter", &delimiter, err));
    TSL__TRY(read_text(root, "sheet", &sheet, err));
    TSL__TRY(read_flag(root, "fill_merged", &fill_merged, err));
    TSL__TRY(read_text(root, "where", &where, err));
    TSL__TRY(read_header(root, &header, err));
    TSL__TRY(read_name(root, "dates", get_order_name, &dates, err));
    TSL__TRY(read_name(root, "encoding", get_encoding_name, &encoding, err));
    TSL__TRY(read_name(root, "decimal", get_mark_name, &decimal, err));
    TSL__TRY(read_text(root, "timezone", &timezone, err));
    TSL__TRY(read_flag(root, "clock", &a->clock, err));
    TSL__TRY(read_text(root, "currency", &a->currency, err));
    TSL__TRY(read_flag(root, "reject_orphans", &reject_orphans, err));
    TSL__TRY(read_flag(root, "id_normalise", &id_normalise, err));
    TSL__TRY(read_flag(root, "drop_duplicates", &drop_duplicates, err));
    opt->value = opt->value ? opt->value : value;
    opt->weight = opt->weight ? opt->weight : weight;
    opt->where = opt->where ? opt->where : where;
    opt->delimiter = opt->delimiter ? opt->delimiter : delimiter[0];
    opt->header = opt->header >= 0 ? opt->header : header;
    opt->dates = opt->dates != TSL_DATES_AUTO ? opt->dates : (tsl_date_order)dates;
    opt->encoding = opt->encoding != TSL_ENCODING_AUTO ? opt->encoding : (tsl_encoding)encoding;
    opt->sheet = opt->sheet ? opt->sheet : sheet;
    opt->fill_merged |= fill_merged;
    opt->decimal = opt->decimal != TSL_DECIMAL_AUTO ? opt->decimal : (tsl_decimal_mark)decimal;
    opt->timezone = opt->timezone ? opt->timezone : timezone;
    opt->reject_orphans |= reject_orphans;
    opt->id_normalise |= id_normalise;
    opt->drop_duplicates |= drop_duplicates;
    TSL__TRY(tsl__asked_check(opt, err));
done:
    return status;
}

tsl_status tsl__asked_read(tsl__asked *a, tsl_table_kind kind, tsl_error *err)
{
    json_error_t where;
    json_t *root = json_loads(a->opt.like, JSON_REJECT_DUPLICATES, &where);
    if (!root && json_error_code(&where) == json_error_out_of_memory) {
        return tsl__error_nomem(err);
    }
    if (!root) {
        return tsl__error_set(err, TSL_E_OPTION, "like: is no JSON: line %d, column %d: %s", where.line, where.column,
                              where.text);
    }
    a->like = root;
    const char *table = json_string_value(json_object_get(root, "table"));
    if (!table || (kind != TSL_TABLE_KINDS && strcmp(table, tsl_table_kind_get_name(kind)) != 0)) {
        return tsl__error_set(err, TSL_E_OPTION, "like: is of %s; it must be of %s", table ? table : "no table",
                              kind != TSL_TABLE_KINDS ? tsl_table_kind_get_name(kind) : "a table");
    }
    return read_all(a, root, err);
}

void tsl__asked_forget(tsl__asked *a)
{
    json_decref(a->like);
    a->like = NULL;
}
