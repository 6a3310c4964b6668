/*
 * check_config.c: what was asked and what was understood of the tables, as YAML: a document of JSON's kind, and
 * comments above its parts.
 *
 * What was asked stands in it, what was found is a comment that can be taken in: so a run by it reads the tables as one
 * by the same options does, to the last byte.
 */
#include "cli/check_config.h"

#include "cli/inputs/inputs.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The document, as an object ---------------------------------------------------------- */

/* Sets what stands at "transactions.columns.amount"; takes value over. */
static void set_at(json_t *object, const char *path, json_t *value)
{
    const size_t length = strcspn(path, ".");
    const char *key = cli_copy(path, length);
    if (!path[length]) {
        json_object_set_new(object, key, value);
        return;
    }
    if (!json_is_object(json_object_get(object, key))) {
        json_object_set_new(object, key, json_object());
    }
    set_at(json_object_get(object, key), path + length + 1, value);
}

/* The key of a role in a table, or NULL. */
static const char *find_role_key(tsl_table_kind kind, const char *role)
{
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        if (param->type == CLI_ROLE && param->key && param->offset == offsetof(cli_settings, table[kind]) &&
            strcmp(tsl_role_get_name((tsl_role)param->detail), role) == 0) {
            return param->key;
        }
    }
    return NULL;
}

/* The word for a value of a parameter that is a choice, or NULL. */
static const char *find_word(const char *key, int value)
{
    const cli_param *param = cli_params_get_key(key);
    for (const cli_choice *choice = param ? param->choices : NULL; choice && choice->name; choice++) {
        if (choice->value == value && !choice->hidden) {
            return choice->name;
        }
    }
    return NULL;
}

static void set_word(json_t *root, const char *table, const char *name, int value)
{
    const char *key = cli_format("%s.%s", table, name), *word = find_word(key, value);
    const cli_param *param = cli_params_get_key(key);
    if (word) {
        set_at(root, key, json_string(word));
    } else if (param && param->detail && value >= param->detail) {
        set_at(root, key, json_integer(value));
    }
}

/* The roles that were found: "columns" of what stands in the configuration. */
static void add_roles(json_t *found, tsl_table_kind kind, const json_t *roles)
{
    const char *role;
    json_t *column;
    json_object_foreach((json_t *)(uintptr_t)roles, role, column)
    {
        const char *key = find_role_key(kind, role);
        if (key) {
            set_at(found, key, json_incref(column));
        }
    }
}

/* The one word of all values of an object; NULL: there is none, or they differ. */
static const char *find_common(const json_t *shown)
{
    const char *key, *common = NULL;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)shown, key, value)
    {
        if (common && strcmp(common, json_string_value(value)) != 0) {
            return NULL;
        }
        common = json_string_value(value);
    }
    return common;
}

/* The whole path of a file, or of one with a path inside it (FILE.h5:/path), whose end is *inside; NULL: none. */
static char *find_whole(const char *path, const char **inside)
{
    char *whole = realpath(path, NULL);
    *inside = "";
    for (const char *at = strstr(path, ":/"); at && !whole; at = strstr(at + 1, ":/")) {
        whole = realpath(cli_copy(path, (size_t)(at - path)), NULL);
        *inside = at;
    }
    return whole;
}

/* A path as it is written into the configuration: from its folder, where the file is in there, else from the root. */
static const char *write_path(const cli_settings *set, const char *path)
{
    const char *slash = strrchr(set->write_config, '/'), *inside;
    const char *parent = slash ? cli_copy(set->write_config, (size_t)(slash + 1 - set->write_config)) : ".";
    char *whole = find_whole(path, &inside), *folder = realpath(parent, NULL);
    const size_t length = folder ? strlen(folder) : 0;
    const int within = whole && length > 1 && strncmp(whole, folder, length) == 0 && whole[length] == '/';
    const char *copy = whole ? cli_format("%s%s", whole + (within ? length + 1 : 0), inside) : path;
    free(whole);
    free(folder);
    return copy;
}

static void add_files(json_t *root, const cli_settings *set, const char *table, const cli_list *files)
{
    json_t *list = json_array();
    for (size_t i = 0; i < files->count; i++) {
        json_array_append_new(list, json_string(write_path(set, files->item[i])));
    }
    set_at(root, cli_format("%s.files", table), list);
}

/* What all files of a table have in common. */
static void add_form(json_t *root, const char *table, const tsl_table_profile *p)
{
    const tsl_file_info *first = &p->file[0];
    int delimiters = 1, headers = 1, encodings = 1;
    for (size_t i = 1; i < p->file_count; i++) {
        delimiters &= p->file[i].delimiter == first->delimiter;
        headers &= p->file[i].header == first->header;
        encodings &= p->file[i].encoding && first->encoding && strcmp(p->file[i].encoding, first->encoding) == 0;
    }
    if (delimiters && first->delimiter) {
        set_word(root, table, "delimiter", first->delimiter);
    }
    if (headers) {
        set_word(root, table, "header", first->header);
    }
    if (encodings && first->encoding && strcmp(first->encoding, tsl_encoding_get_name(TSL_ENCODING_UTF8)) != 0) {
        set_at(root, cli_format("%s.encoding", table), json_string(first->encoding));
    }
}

/* What the options say of all tables stands in each. */
static void add_reading(json_t *root, const char *table, const tsl_table_options *opt)
{
    const struct {
        const char *name;
        int value, unset;
    } words[] = {{"delimiter", opt->delimiter, 0},
                 {"header", opt->header, -1},
                 {"dates", (int)opt->dates, TSL_DATES_AUTO},
                 {"encoding", (int)opt->encoding, TSL_ENCODING_AUTO},
                 {"decimal", (int)opt->decimal, TSL_DECIMAL_AUTO},
                 {"fill_merged", opt->fill_merged, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].value != words[i].unset) {
            set_word(root, table, words[i].name, words[i].value);
        }
    }
    if (opt->sheet) {
        set_at(root, cli_format("%s.sheet", table), json_string(opt->sheet));
    }
}

static void add_table(json_t *root, json_t *found, const cli_settings *set, const tsl_table_profile *p)
{
    const char *table = tsl_table_kind_get_name(p->kind);
    const tsl_table_options opt = cli_inputs_get_options(set, p->kind);
    json_t *reading = json_loads(p->reading ? p->reading : "{}", 0, NULL);
    const char *dates = find_common(json_object_get(reading, "shown_dates"));
    add_files(root, set, table, &set->table[p->kind].files);
    add_reading(root, table, &opt);
    for (size_t i = 0; i < opt.role_count; i++) {
        const char *key = find_role_key(p->kind, tsl_role_get_name(opt.roles[i].role));
        if (key) {
            set_at(root, key, json_string(opt.roles[i].source));
        }
    }
    add_form(found, table, p);
    if (dates) {
        set_at(found, cli_format("%s.dates", table), json_string(dates));
    }
    add_roles(found, p->kind, json_object_get(reading, "found_roles"));
    json_decref(reading);
}

/* Paths go by the folder of the configuration. */
static void move_paths(const cli_settings *set, json_t *records)
{
    size_t i;
    json_t *record;
    json_array_foreach(records, i, record)
    {
        const char *file = json_string_value(json_object_get(record, "file"));
        if (file) {
            json_object_set_new(record, "file", json_string(write_path(set, file)));
        }
    }
}

/* What else was asked, by the command line or a configuration. */
static json_t *find_asked(const cli_settings *set, const cli_param *param)
{
    if (param->record) {
        json_t *records = cli_records_build_json(param, set);
        move_paths(set, records);
        return records;
    }
    json_t *value = cli_value_build_json(param, set);
    const char *text = json_string_value(value);
    if (param->type == CLI_FLAG) {
        const int is = json_is_true(value);
        json_decref(value);
        return json_string(is ? "yes" : "no");
    }
    if (param->type == CLI_PATH && text && !cli_choice_has(param, text)) {
        json_t *path = json_string(write_path(set, text));
        json_decref(value);
        return path;
    }
    return value;
}

static void add_asked(json_t *root, const cli_settings *set)
{
    static const char *const settled[] = {"until", "as_of", "gate", "rates"}; /* they may be said in two ways */
    char day[11];
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        int is_settled = param->type == CLI_FILES || param->type == CLI_ROLE;
        for (size_t k = 0; param->key && k < sizeof settled / sizeof *settled; k++) {
            is_settled |= strcmp(param->key, settled[k]) == 0;
        }
        if (param->key && !is_settled && set->given[i] != CLI_DEFAULT) {
            json_t *value = find_asked(set, param);
            set_at(root, param->key, value ? value : json_null());
        }
    }
    if (set->as_of != TSL_NO_DAY) {
        tsl_day_write(set->as_of, day);
        set_at(root, "as_of", json_string(day));
    }
    for (size_t i = 0; i < set->tables.rate_count; i++) {
        const tsl_currency_rate *rate = &set->tables.rates[i];
        set_at(root, cli_format("rates.%s", rate->currency), json_string(rate->worth));
    }
    for (size_t i = 0; i < set->tables.gate_count; i++) {
        const tsl_gate *gate = &set->tables.gates[i];
        set_at(root, cli_format("gate.%s", tsl_finding_kind_get_name(gate->kind)),
               json_string(tsl_gate_action_get_name(gate->action)));
    }
}

/* ---- As text -------------------------------------------------------------------------------- */

/* A text in quotes, as JSON has it, which is YAML as well; numbers of options without. */
static const char *write_scalar(const json_t *value, int is_bare)
{
    if (is_bare && json_is_string(value)) {
        return json_string_value(value);
    }
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
    const char *copy = text ? cli_copy(text, strlen(text)) : "\"\"";
    free(text);
    return copy;
}

/* Words that stand without quotes: what has a closed list, and numbers. */
static int is_bare(const char *path)
{
    const cli_param *param = cli_params_get_key(path);
    return strncmp(path, "gate.", 5) == 0 || (param && param->type != CLI_TEXT && param->type != CLI_PATH &&
                                              param->type != CLI_ROLE && param->type != CLI_DAY);
}

/* Where it stands: how deep, and from which depth on as a comment (-1: it is none). */
typedef struct place {
    const char *path;
    int depth, comment;
} place;

static const char *write_object(const char *out, const json_t *object, const json_t *found, const place *at);

static const char *write_pair(const char *out, const char *key, const json_t *value, const json_t *found,
                              const place *at)
{
    const char *name = key;
    const int plain = at->comment < 0 ? at->depth : at->comment;
    if (strspn(key, "abcdefghijklmnopqrstuvwxyz_") != strlen(key)) {
        json_t *text = json_string(key);
        name = write_scalar(text, 0);
        json_decref(text);
    }
    out =
        cli_format("%s%*s%s%*s%s:", out, 2 * plain, "", at->comment < 0 ? "" : "#", 2 * (at->depth - plain), "", name);
    if (json_is_object(value) && (json_object_size(value) || json_object_size(found))) {
        const place below = {at->path, at->depth + 1, at->comment};
        return write_object(cli_format("%s\n", out), value, found, &below);
    }
    return cli_format("%s %s\n", out, write_scalar(value, is_bare(at->path)));
}

/* What was asked, and what was found besides as a comment. */
static const char *write_object(const char *out, const json_t *object, const json_t *found, const place *at)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        const place within = {*at->path ? cli_format("%s.%s", at->path, key) : key, at->depth, at->comment};
        out = write_pair(out, key, value, json_object_get(found, key), &within);
    }
    json_object_foreach((json_t *)(uintptr_t)found, key, value)
    {
        const place within = {*at->path ? cli_format("%s.%s", at->path, key) : key, at->depth, at->depth};
        out = json_object_get(object, key) ? out : write_pair(out, key, value, NULL, &within);
    }
    return out;
}

/* A line of what was understood, as a comment. */
static const char *write_comment(const char *out, const char *text)
{
    char *line = cli_copy(text, strlen(text));
    for (char *c = line; *c; c++) {
        *c = *c == '\n' || *c == '\r' ? ' ' : *c;
    }
    return cli_format("%s# %s\n", out, line);
}

static const char *write_above(const char *out, const tsl_table_profile *p, int values)
{
    char counts[128];
    snprintf(counts, sizeof counts, "%s: %llu rows read, %llu used, %llu rejected", tsl_table_kind_get_name(p->kind),
             (unsigned long long)p->read, (unsigned long long)p->used, (unsigned long long)p->rejected);
    out = write_comment(cli_format("%s\n", out), counts);
    for (size_t i = 0; i < p->understood.count; i++) {
        out = write_comment(out, cli_format("  %s", p->understood.text[i]));
    }
    for (size_t i = 0; i < p->finding_count; i++) {
        const tsl_table_finding *f = &p->finding[i];
        out = write_comment(out, cli_format("%s: %s: %s", tsl_severity_get_name(tsl_finding_kind_get_severity(f->kind)),
                                            tsl_finding_kind_get_name(f->kind),
                                            f->hidden && !values ? f->hidden : f->message));
    }
    return out;
}

tsl_status cli_check_config_write(const cli_settings *set, const tsl_table_profile *const *profile, tsl_error *err)
{
    const char *out = "# What tesela check was asked and understood of the tables; what it found by itself has a # in "
                      "front, and can be\n"
                      "# taken in. Edit it, and: tesela run --config THIS --output DIR\n"
                      "# tesela help configuration tells all keys.\n";
    json_t *root = json_object(), *found = json_object();
    const char *key;
    json_t *value;
    tsl_status status = TSL_OK;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (profile[kind]) {
            add_table(root, found, set, profile[kind]);
        }
    }
    add_asked(root, set);
    json_object_foreach(root, key, value)
    {
        const place at = {key, 0, -1};
        int kind = 0;
        while (kind < TSL_TABLE_KINDS && strcmp(tsl_table_kind_get_name((tsl_table_kind)kind), key) != 0) {
            kind++;
        }
        out = kind < TSL_TABLE_KINDS && profile[kind] ? write_above(out, profile[kind], set->show_values)
                                                      : cli_format("%s\n", out);
        out = write_pair(out, key, value, json_object_get(found, key), &at);
    }
    json_decref(root);
    json_decref(found);
    tsl_file *file = NULL;
    CLI_TRY(tsl_file_open(&(tsl_target){.path = set->write_config, .replace = set->force}, &file, err));
    CLI_TRY(tsl_file_write(file, out, strlen(out), err));
    status = tsl_file_close(file, err);
    file = NULL;
done:
    tsl_file_free(file);
    return status;
}
