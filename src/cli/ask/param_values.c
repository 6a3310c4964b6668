/* param_values.c: the values of parameters: from text, to text, to JSON. */
#include "cli/ask/list_values.h"
#include "cli/ask/rfm_values.h"
#include "cli/ask/settings.h"
#include "cli/ask/tier_values.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <ctype.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 16

/* ---- What is expected, in words ------------------------------------------- */

static const char *number_text(double value)
{
    return value == trunc(value) && fabs(value) < 1e15 ? cli_format("%.0f", value) : cli_format("%.10g", value);
}

static const char *choices_text(const cli_param *param)
{
    const char *text = "";
    for (const cli_choice *choice = param->choices; choice->name; choice++) {
        if (!choice->hidden) {
            const char *joint = !*text ? "" : choice[1].name && !choice[1].hidden ? ", " : " or ";
            text = cli_format("%s%s%s", text, joint, choice->name);
        }
    }
    return text;
}

const char *cli_range_get_text(const cli_param *param)
{
    if (param->choices) {
        const char *words = choices_text(param);
        return param->type == CLI_PATH ? cli_format("%s, or a file", words)
               : param->type == CLI_CHOICE && param->detail
                   ? cli_format("%s, or a whole number, %d or more", words, param->detail)
                   : words;
    }
    const tsl_option_range *range = param->type == CLI_FLAG ? NULL : cli_range_get(param); /* a switch takes no value */
    if (!range) {
        return "";
    }
    if (range->above) {
        return cli_format("above %s", number_text(range->low));
    }
    if (range->high >= 1e5) {
        return cli_format("%s or more", number_text(range->low));
    }
    return cli_format("%s to %s", number_text(range->low), number_text(range->high));
}

const char *cli_type_get_text(const cli_param *param)
{
    const char *range = cli_range_get_text(param);
    const char *comma = strncmp(range, "above", 5) == 0 ? " " : *range ? ", " : "";
    switch (param->type) {
    case CLI_FLAG:
        return "yes or no";
    case CLI_INT:
        return cli_format("a whole number%s%s", comma, range);
    case CLI_DAYS:
        return cli_format("a number of days%s%s, or of weeks, months or years: 90, 90d, 13w, 3m, 1y", comma, range);
    case CLI_SIZE:
    case CLI_SEED:
        return "a whole number, 0 or more";
    case CLI_BYTES:
        return "a size of memory, 64M or more, such as 256M, 4G or bytes";
    case CLI_NUMBER:
        return cli_format("a number%s%s", comma, range);
    case CLI_SHARE:
        return cli_format("a share, %s or a percentage", range);
    case CLI_NUMBERS:
        return cli_format("%d numbers", param->detail);
    case CLI_SHARES:
        return cli_format("%d shares, each %s or a percentage", param->detail, range);
    case CLI_TIER_SHARES:
        return "a list of shares, each 0 to 1 or a percentage";
    case CLI_TIER_CUTS:
        return "a list of numbers, falling; \">100\" for what is over 100";
    case CLI_RFM:
        return cli_format("%s, with what goes with it if wanted", range);
    case CLI_RISING:
        return "a list of numbers, rising";
    case CLI_WEIGHTS:
        return "a mapping of features to weights, or a list of features";
    case CLI_DAY:
        return "a date, YYYY-MM-DD";
    case CLI_CHOICE:
    case CLI_WORD:
        return range;
    case CLI_LIST:
        return "a list of texts";
    case CLI_FILES:
        return "one or more";
    case CLI_TIERS:
        return cli_format("%s, with values if wanted", range);
    case CLI_CONDITION:
        return "a condition, or a mapping of columns to values";
    case CLI_RECORDS:
        return "a list of mappings";
    case CLI_NAMED:
        return "a mapping";
    case CLI_ROLE:
        return "a column";
    case CLI_PATH:
        return param->choices ? range : "a text";
    case CLI_TEXT:
        break;
    }
    return "a text";
}

/* What is expected of one of a list, else of the value. */
static const char *get_expected(const cli_param *param, const char *text)
{
    if (!strchr(text, ',')) {
        switch (param->type) {
        case CLI_TIER_SHARES:
            return "a share, 0 to 1 or a percentage";
        case CLI_TIER_CUTS:
            return "a number; \">100\" for what is over 100";
        case CLI_RISING:
            return "a number";
        default:
            break;
        }
    }
    return cli_type_get_text(param);
}

/* The limit of a number that is over it, where what is expected does not tell it; else NULL. */
static const char *find_most(const cli_param *param, const char *text)
{
    const tsl_option_range *range = param->choices ? NULL : cli_range_get(param);
    tsl_error ignored;
    double value;
    return range && (range->above || range->high >= 1e5) && tsl_number_read(text, &value, &ignored) == TSL_OK &&
                   value > range->high
               ? number_text(range->high)
               : NULL;
}

static tsl_status refuse(const cli_param *param, const char *text, tsl_error *err)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (const cli_choice *choice = param->choices; choice && choice->name && count < NAMES_MAX; choice++) {
        if (!choice->hidden) {
            names[count++] = choice->name;
        }
    }
    const char *near = tsl_name_get_nearest(text, names, count), *most = find_most(param, text);
    return most ? cli_fail(err, TSL_E_OPTION, "\"%s\" is too much: %s, and %s at most", text, cli_type_get_text(param),
                           most)
                : cli_fail(err, TSL_E_OPTION, "\"%s\" is not %s%s%s%s", text, get_expected(param, text),
                           near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
}

/* ---- From text -------------------------------------------------------------- */

static int read_whole(const char *text, uint64_t *value)
{
    uint64_t sum = 0;
    for (const char *p = text; *p; p++) {
        if (!isdigit((unsigned char)*p) || __builtin_mul_overflow(sum, 10U, &sum) ||
            __builtin_add_overflow(sum, (uint64_t)(*p - '0'), &sum)) {
            return -1;
        }
    }
    *value = sum;
    return *text ? 0 : -1;
}

static int in_range(const cli_param *param, double value)
{
    const tsl_option_range *range = cli_range_get(param);
    return !range || (value >= range->low && value <= range->high && !(range->above && value == range->low));
}

/* A number, or with percent also "10%". */
static int read_number(const cli_param *param, const char *text, int percent, double *value)
{
    tsl_error ignored;
    size_t length = strlen(text);
    percent = percent && length > 1 && text[length - 1] == '%';
    if (tsl_number_read(percent ? cli_copy(text, length - 1) : text, value, &ignored) != TSL_OK) {
        return -1;
    }
    *value = percent ? *value / 100 : *value;
    return in_range(param, *value) ? 0 : -1;
}

static int read_numbers(const cli_param *param, const char *text, int percent, double *value)
{
    for (int i = 0; i < param->detail; i++) {
        size_t length = strcspn(text, ",");
        int last = i + 1 == param->detail;
        if ((text[length] == '\0') != last || read_number(param, cli_copy(text, length), percent, value + i) != 0) {
            return -1;
        }
        text += length + 1;
    }
    return 0;
}

static const cli_choice *find_choice(const cli_choice *choice, const char *text, size_t length)
{
    while (choice->name && (strlen(choice->name) != length || memcmp(choice->name, text, length) != 0)) {
        choice++;
    }
    return choice->name ? choice : NULL;
}

static int read_whole_into(const cli_param *param, void *target, const char *text)
{
    uint64_t whole;
    if (read_whole(text, &whole) != 0 || !in_range(param, (double)whole)) {
        return -1;
    }
    if (param->type == CLI_INT) {
        int value = (int)whole;
        memcpy(target, &value, sizeof value);
    } else if (param->type == CLI_SIZE) {
        size_t value = (size_t)whole;
        memcpy(target, &value, sizeof value);
    } else {
        memcpy(target, &whole, sizeof whole);
    }
    return 0;
}

/* "90", "90d", "13w", "3m", "1y": whole days, a month being 365.25 / 12 of them. */
static int read_days(const cli_param *param, void *target, const char *text)
{
    static const struct {
        char letter;
        double days;
    } units[] = {{'d', 1}, {'w', 7}, {'m', TSL_YEAR_DAYS / 12}, {'y', TSL_YEAR_DAYS}};
    const size_t length = strlen(text);
    const char *number = text;
    double by = 1;
    uint64_t whole;
    for (size_t u = 0; length && u < sizeof units / sizeof *units; u++) {
        if (tolower((unsigned char)text[length - 1]) == units[u].letter) {
            number = cli_copy(text, length - 1);
            by = units[u].days;
        }
    }
    if (read_whole(number, &whole) != 0 || !in_range(param, round((double)whole * by))) {
        return -1;
    }
    const int days = (int)round((double)whole * by);
    memcpy(target, &days, sizeof days);
    return 0;
}

/* "revenue", "revenue:50%,20%,15%,10%", "cuts:1000,>500,100,10", "breaks:3" into the label options. A method alone has
 * its own shares, not those that a configuration has for another; fixed cuts are of one method only, and say how many
 * tiers there are, as shares do. */
static int read_tiers(const cli_param *param, tsl_label_options *label, const char *text, tsl_error *err)
{
    size_t length = strcspn(text, ":=");
    const cli_choice *choice = find_choice(param->choices, text, length);
    if (!choice) {
        return -1;
    }
    label->tier_method = (tsl_tier_method)choice->value;
    label->tier_share = NULL;
    label->tier_share_count = 0;
    if (!text[length]) {
        return 0;
    }
    text += length + 1;
    label->tier_count = 0;
    const int is_breaks = label->tier_method == TSL_TIER_BREAKS, is_cuts = label->tier_method == TSL_TIER_CUTS;
    const cli_param *part = cli_params_get_key(is_breaks ? "tiers.count" : is_cuts ? "tiers.cuts" : "tiers.shares");
    if (is_cuts) {
        label->tier_cut = NULL;
        label->tier_cut_count = 0;
    }
    const int bad = is_breaks ? read_whole_into(part, &label->tier_count, text)
                    : is_cuts ? cli_tier_cuts_add(&label->tier_cut, text, err)
                              : cli_tier_shares_add(&label->tier_share, text, err);
    return bad < 0 ? (int)refuse(part, text, err) : bad;
}

/* "256M", "4G", "67108864"; 0: no limit. */
static int read_bytes(void *target, const char *text)
{
    static const char units[] = "KMGT";
    const size_t length = strlen(text);
    const char last = length ? (char)toupper((unsigned char)text[length - 1]) : '\0';
    const char *unit = last ? strchr(units, last) : NULL;
    uint64_t whole;
    if (length == 0 || read_whole(unit ? cli_copy(text, length - 1) : text, &whole) != 0) {
        return -1;
    }
    for (const char *u = units; unit && u <= unit; u++) {
        if (__builtin_mul_overflow(whole, 1024U, &whole)) {
            return -1;
        }
    }
    const size_t bytes = (size_t)whole;
    memcpy(target, &bytes, sizeof bytes);
    return bytes == 0 || bytes >= TSL_MEMORY_LEAST ? 0 : -1;
}

int cli_choice_has(const cli_param *param, const char *text)
{
    return param->choices && find_choice(param->choices, text, strlen(text)) != NULL;
}

/* A whole number in place of a choice. */
static int read_number_beside(const cli_param *param, void *target, const char *text)
{
    uint64_t whole;
    if (read_whole(text, &whole) != 0 || whole < (uint64_t)param->detail || whole > INT_MAX) {
        return -1;
    }
    const int value = (int)whole;
    memcpy(target, &value, sizeof value);
    return 0;
}

static int read_choice_into(const cli_param *param, void *target, const char *text)
{
    const cli_choice *choice = find_choice(param->choices, text, strlen(text));
    if (choice && param->type == CLI_CHOICE) {
        memcpy(target, &choice->value, sizeof choice->value);
    } else if (choice) {
        memcpy(target, &choice->name, sizeof choice->name);
    } else {
        return param->detail ? read_number_beside(param, target, text) : -1;
    }
    return 0;
}

static int read_list_into(const cli_param *param, void *target, const char *text)
{
    cli_list list;
    memcpy(&list, target, sizeof list);
    while (param->type == CLI_LIST && strchr(text, ',')) {
        size_t length = strcspn(text, ",");
        cli_list_add(&list, cli_copy(text, length));
        text += length + 1;
    }
    cli_list_add(&list, text);
    memcpy(target, &list, sizeof list);
    return 0;
}

/* Maps the parameter's role in the table at target; what is said last holds. */
static int read_role_into(const cli_param *param, void *target, const char *text)
{
    cli_table table;
    size_t i = 0;
    memcpy(&table, target, sizeof table);
    while (i < table.role_count && table.role[i].role != (tsl_role)param->detail) {
        i++;
    }
    if (i == table.role_count) {
        table.role = cli_grow(table.role, table.role_count++, sizeof *table.role);
    }
    table.role[i] = (tsl_role_map){(tsl_role)param->detail, text};
    memcpy(target, &table, sizeof table);
    return *text ? 0 : -1;
}

/* A switch in the configuration. */
static int read_truth(void *target, const char *text)
{
    static const char *const words[] = {"no", "yes", "false", "true"};
    for (int i = 0; i < 4; i++) {
        const int is = i % 2;
        if (strcmp(text, words[i]) == 0) {
            memcpy(target, &is, sizeof is);
            return 0;
        }
    }
    return -1;
}

static int read_day(void *target, const char *text, tsl_error *err)
{
    int32_t day;
    const int bad = tsl_day_read(text, &day, err) != TSL_OK ? -1 : 0;
    memcpy(target, &day, bad ? 0 : sizeof day);
    return bad;
}

tsl_status cli_value_read(const cli_param *param, void *base, const char *text, tsl_error *err)
{
    void *target = (char *)base + param->offset;
    int bad = -1;
    double value[8];
    switch (param->type) {
    case CLI_INT:
    case CLI_SIZE:
    case CLI_SEED:
        bad = read_whole_into(param, target, text);
        break;
    case CLI_DAYS:
        bad = read_days(param, target, text);
        break;
    case CLI_BYTES:
        bad = read_bytes(target, text);
        break;
    case CLI_NUMBER:
    case CLI_SHARE:
        bad = read_number(param, text, param->type == CLI_SHARE, value);
        memcpy(target, value, bad ? 0 : sizeof *value);
        break;
    case CLI_NUMBERS:
    case CLI_SHARES:
        bad = read_numbers(param, text, param->type == CLI_SHARES, value);
        memcpy(target, value, bad ? 0 : (size_t)param->detail * sizeof *value);
        break;
    case CLI_DAY:
        bad = read_day(target, text, err);
        break;
    case CLI_TEXT:
    case CLI_PATH:
        bad = *text ? 0 : -1;
        memcpy(target, &text, bad ? 0 : sizeof text);
        break;
    case CLI_CHOICE:
    case CLI_WORD:
        bad = read_choice_into(param, target, text);
        break;
    case CLI_LIST:
    case CLI_FILES:
        bad = read_list_into(param, target, text);
        break;
    case CLI_TIERS:
        bad = read_tiers(param, target, text, err);
        break;
    case CLI_TIER_SHARES:
        bad = cli_tier_shares_add(target, text, err);
        break;
    case CLI_TIER_CUTS:
        bad = cli_tier_cuts_add(target, text, err);
        break;
    case CLI_RFM:
    case CLI_RISING:
        bad = param->type == CLI_RFM ? cli_rfm_read(target, text, err) : cli_rising_add(target, text, err);
        break;
    case CLI_ROLE:
        bad = read_role_into(param, target, text);
        break;
    case CLI_FLAG:
        bad = read_truth(target, text);
        break;
    case CLI_WEIGHTS:
        bad = cli_weight_add(target, text, 1);
        break;
    case CLI_CONDITION:
    case CLI_RECORDS:
    case CLI_NAMED:
        break; /* read by their own readers */
    }
    return bad > 0 ? (tsl_status)bad : bad ? refuse(param, text, err) : TSL_OK; /* above 0: it is said already */
}

/* ---- To text and JSON ------------------------------------------------------- */

static json_t *texts_json(const cli_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_array_append_new(array, json_string(list->item[i]));
    }
    return array;
}

/* The name of a choice's value, or NULL where no choice has it ("recognise"). */
static const char *choice_name(const cli_param *param, int value)
{
    for (const cli_choice *choice = param->choices; choice->name; choice++) {
        if (choice->value == value) {
            return choice->name;
        }
    }
    return NULL;
}

static json_t *text_json(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *choice_json(const cli_param *param, int value)
{
    const char *name = choice_name(param, value);
    return !name && param->detail && value >= param->detail ? json_integer(value) : text_json(name);
}

static json_t *number_json(double value)
{
    return value == trunc(value) && fabs(value) < 1e15 ? json_integer((json_int_t)value) : json_real(value);
}

/* JSON's integers here have 63 bits. */
static json_t *seed_json(uint64_t seed)
{
    return seed <= INT64_MAX ? json_integer((json_int_t)seed) : json_string(cli_format("%" PRIu64, seed));
}

static json_t *day_json(int32_t day)
{
    char out[11] = "";
    if (day != TSL_NO_DAY) {
        tsl_day_write(day, out);
    }
    return day != TSL_NO_DAY ? json_string(out) : json_null();
}

static json_t *value_json(const cli_param *param, const void *base);

/* The fields of a record that are not as it starts. */
static json_t *record_json(const cli_record *record, const char *at)
{
    json_t *object = json_object();
    for (size_t i = 0; i < record->field_count; i++) {
        json_t *value = value_json(&record->field[i], at), *begun = value_json(&record->field[i], record->defaults);
        if (!json_is_null(value) && !json_equal(value, begun)) {
            json_object_set(object, record->field[i].key, value);
        }
        json_decref(value);
        json_decref(begun);
    }
    return object;
}

static void add_to_list(json_t *object, const char *name, json_t *record)
{
    if (!json_object_get(object, name)) {
        json_object_set_new(object, name, json_array());
    }
    json_array_append_new(json_object_get(object, name), record);
}

json_t *cli_records_build_json(const cli_param *param, const cli_settings *set)
{
    const cli_record *record = param->record;
    json_t *all = param->type == CLI_NAMED ? json_object() : json_array();
    const char *first;
    size_t count;
    memcpy(&first, (const char *)set + param->offset, sizeof first);
    memcpy(&count, (const char *)set + record->count, sizeof count);
    for (size_t i = 0; i < count; i++) {
        const char *at = first + i * record->size;
        if (record->bundled) { /* several under one name */
            add_to_list(all, *(const char *const *)(const void *)(at + record->name), record_json(record, at));
        } else if (param->type == CLI_NAMED) {
            json_object_set_new(all, *(const char *const *)(const void *)(at + record->name), record_json(record, at));
        } else {
            json_array_append_new(all, record_json(record, at));
        }
    }
    return all;
}

/* The value, null where nothing is set. */
static json_t *value_json(const cli_param *param, const void *base)
{
    const void *target = (const char *)base + param->offset;
    switch (param->type) {
    case CLI_FLAG:
        return json_boolean(*(const int *)target);
    case CLI_INT:
    case CLI_DAYS:
        return *(const int *)target == TSL_HOLDOUT_USUAL ? json_null() : json_integer(*(const int *)target);
    case CLI_SIZE:
        return json_integer((json_int_t) * (const size_t *)target);
    case CLI_BYTES:
        return *(const size_t *)target ? json_integer((json_int_t) * (const size_t *)target) : json_null();
    case CLI_SEED:
        return seed_json(*(const uint64_t *)target);
    case CLI_NUMBER:
    case CLI_SHARE:
        return number_json(*(const double *)target);
    case CLI_NUMBERS:
    case CLI_SHARES:
        return cli_numbers_build_json(target, (size_t)param->detail);
    case CLI_TIER_SHARES:
        return cli_tier_shares_build_json(target);
    case CLI_TIER_CUTS:
        return cli_tier_cuts_build_json(target);
    case CLI_RISING:
        return cli_rising_build_json(target);
    case CLI_WEIGHTS:
        return cli_weights_build_json(target);
    case CLI_DAY:
        return day_json(*(const int32_t *)target);
    case CLI_TEXT:
    case CLI_PATH:
    case CLI_WORD:
    case CLI_CONDITION:
        return text_json(*(const char *const *)target);
    case CLI_CHOICE:
        return choice_json(param, *(const int *)target);
    case CLI_LIST:
    case CLI_FILES:
        return texts_json(target);
    case CLI_TIERS:
    case CLI_RFM:
    case CLI_ROLE:
    case CLI_RECORDS:
    case CLI_NAMED:
        break; /* said by tiers.by and the like, or by the table's own notes */
    }
    return NULL;
}

json_t *cli_value_build_json(const cli_param *param, const void *base)
{
    return value_json(param, base);
}

const char *cli_value_get_text(const cli_param *param, const void *base)
{
    json_t *value = value_json(param, base);
    const char *text = "";
    if (json_is_string(value)) {
        text = cli_format("%s", json_string_value(value));
    } else if (json_is_number(value)) {
        text = number_text(json_number_value(value));
    } else if (json_is_boolean(value)) {
        text = param->type == CLI_FLAG ? "" : json_is_true(value) ? "yes" : "no";
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            const json_t *item = json_array_get(value, i);
            const char *one = json_is_string(item) ? json_string_value(item) : number_text(json_number_value(item));
            text = cli_format("%s%s%s", text, i ? ", " : "", one);
        }
    }
    json_decref(value);
    return text;
}

const char *cli_settings_get_json(const cli_settings *set, int kept)
{
    json_t *object = json_object();
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        int taken = ((param->commands & CLI_ON(set->command)) || (param->key && !param->option)) &&
                    !cli_settings_is_settled(set, param);
        if (kept ? param->kept && param->kept <= kept : taken) {
            json_t *value = value_json(param, set);
            if (kept && param->type == CLI_PATH && json_is_string(value) &&
                !cli_choice_has(param, json_string_value(value))) {
                json_decref(value); /* names of files are in no model */
                value = json_string("file");
            }
            if (value) {
                json_object_set_new(object, param->key ? param->key : param->option, value);
            }
        }
    }
    char *json = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(object);
    const char *copy = json ? cli_copy(json, strlen(json)) : NULL;
    free(json); /* Jansson's own text */
    return copy ? copy : "{}";
}
