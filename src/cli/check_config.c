/* check_config.c: what was understood of the tables, as YAML: a document of JSON's kind, and comments above its parts.
 */
#include "cli/check_config.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/inputs.h"

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
    if (word) {
        set_at(root, key, json_string(word));
    }
}

static void add_roles(json_t *root, tsl_table_kind kind, const json_t *roles)
{
    const char *role;
    json_t *column;
    json_object_foreach((json_t *)(uintptr_t)roles, role, column)
    {
        const char *key = find_role_key(kind, role);
        if (key) {
            set_at(root, key, json_incref(column));
        }
    }
}

/* What is declared of plain columns of the customers, by the words of a configuration. Their names may hold points. */
static void add_rules(json_t *root, const json_t *rules)
{
    static const char *const same[] = {"type", "group", "missing"}, *const flags[] = {"sensitive", "ignore"};
    json_t *columns = json_object(), *rule;
    size_t i;
    json_array_foreach((json_t *)(uintptr_t)rules, i, rule)
    {
        json_t *out = json_object();
        for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
            if (json_object_get(rule, same[k])) {
                json_object_set(out, same[k], json_object_get(rule, same[k]));
            }
        }
        if (json_object_get(rule, "levels")) {
            json_object_set(out, "order", json_object_get(rule, "levels"));
        }
        for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) {
            if (json_is_true(json_object_get(rule, flags[k]))) {
                json_object_set_new(out, flags[k], json_string("yes"));
            }
        }
        json_object_set_new(columns, json_string_value(json_object_get(rule, "name")), out);
    }
    if (json_object_size(columns)) {
        set_at(root, "customers.columns", columns);
    } else {
        json_decref(columns);
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

/* A path as it is written into the configuration: from its folder, where the file is in there, else from the root. */
static const char *write_path(const cli_settings *set, const char *path)
{
    const char *slash = strrchr(set->write_config, '/');
    const char *parent = slash ? cli_copy(set->write_config, (size_t)(slash + 1 - set->write_config)) : ".";
    char *whole = realpath(path, NULL), *folder = realpath(parent, NULL);
    const size_t length = folder ? strlen(folder) : 0;
    const int within = whole && length > 1 && strncmp(whole, folder, length) == 0 && whole[length] == '/';
    const char *copy =
        whole ? cli_copy(whole + (within ? length + 1 : 0), strlen(whole) - (within ? length + 1 : 0)) : path;
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

static void add_lookups(json_t *root, const cli_settings *set, const char *table, const cli_table *asked)
{
    json_t *list = json_array();
    for (size_t i = 0; i < asked->lookup_count; i++) {
        const tsl_lookup *lookup = &asked->lookup[i];
        json_t *one = json_pack("{s:s, s:s}", "file", write_path(set, lookup->source.path), "key", lookup->key);
        if (lookup->file_key) {
            json_object_set_new(one, "file_key", json_string(lookup->file_key));
        }
        json_array_append_new(list, one);
    }
    if (asked->lookup_count) {
        set_at(root, cli_format("%s.lookups", table), list);
    } else {
        json_decref(list);
    }
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

/* What the options say: it stands before what was found. */
static void add_asked(json_t *root, const char *table, const tsl_table_options *opt, const char *shown_dates)
{
    const char *dates = cli_format("%s.dates", table);
    if (opt->dates != TSL_DATES_AUTO) {
        set_word(root, table, "dates", (int)opt->dates);
    } else if (shown_dates) {
        set_at(root, dates, json_string(shown_dates));
    }
    if (opt->encoding != TSL_ENCODING_AUTO) {
        set_word(root, table, "encoding", (int)opt->encoding);
    }
    if (opt->decimal != TSL_DECIMAL_AUTO) {
        set_word(root, table, "decimal", (int)opt->decimal);
    }
    if (opt->sheet) {
        set_at(root, cli_format("%s.sheet", table), json_string(opt->sheet));
    }
    if (opt->fill_merged) {
        set_word(root, table, "fill_merged", 1);
    }
    if (opt->where) {
        set_at(root, cli_format("%s.where", table), json_string(opt->where));
    }
    if (opt->reject_orphans) {
        set_word(root, table, "orphans", 1);
    }
}

static void add_table(json_t *root, const cli_settings *set, const tsl_table_profile *p)
{
    const char *table = tsl_table_kind_get_name(p->kind);
    const tsl_table_options opt = cli_inputs_get_options(set, p->kind);
    json_t *reading = json_loads(p->reading ? p->reading : "{}", 0, NULL);
    add_files(root, set, table, &set->table[p->kind].files);
    add_form(root, table, p);
    add_asked(root, table, &opt, find_common(json_object_get(reading, "shown_dates")));
    for (size_t i = 0; i < opt.role_count && !p->reading; i++) {
        const char *key = find_role_key(p->kind, tsl_role_get_name(opt.roles[i].role));
        if (key) {
            set_at(root, key, json_string(opt.roles[i].source));
        }
    }
    add_roles(root, p->kind, json_object_get(reading, "found_roles"));
    add_roles(root, p->kind, json_object_get(reading, "roles"));
    add_rules(root, json_object_get(reading, "columns"));
    add_lookups(root, set, table, &set->table[p->kind]);
    json_decref(reading);
}

/* Numbers, days and words of the options that are of all tables, where they were given. */
static void add_common(json_t *root, const cli_settings *set)
{
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        const int plain = param->type != CLI_ROLE && param->type != CLI_FILES && param->type != CLI_LIST &&
                          param->type != CLI_RECORDS && param->type != CLI_NAMED && param->type != CLI_CONDITION;
        if (param->key && param->option && plain && !strchr(param->key, '.') && set->given[i] != CLI_DEFAULT &&
            (param->commands & CLI_ON(CLI_CHECK))) {
            set_at(root, param->key, json_string(cli_value_get_text(param, set)));
        }
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
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
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

static const char *write_object(const char *out, const json_t *object, const char *path, int depth);

static const char *write_pair(const char *out, const char *key, const json_t *value, const char *path, int depth)
{
    const char *name = key;
    if (strspn(key, "abcdefghijklmnopqrstuvwxyz_") != strlen(key)) {
        json_t *text = json_string(key);
        name = write_scalar(text, 0);
        json_decref(text);
    }
    out = cli_format("%s%*s%s:", out, 2 * depth, "", name);
    if (json_is_object(value) && json_object_size(value)) {
        return write_object(cli_format("%s\n", out), value, path, depth + 1);
    }
    return cli_format("%s %s\n", out, write_scalar(value, is_bare(path)));
}

static const char *write_object(const char *out, const json_t *object, const char *path, int depth)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        out = write_pair(out, key, value, *path ? cli_format("%s.%s", path, key) : key, depth);
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

static const char *write_above(const char *out, const tsl_table_profile *p)
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
                                            tsl_finding_kind_get_name(f->kind), f->message));
    }
    return out;
}

tsl_status cli_check_config_write(const cli_settings *set, const tsl_table_profile *const *profile, tsl_error *err)
{
    const char *out =
        "# What tesela check understood of the tables. Edit it, and: tesela run --config THIS --output DIR\n"
        "# tesela help configuration tells all keys.\n";
    json_t *root = json_object();
    const char *key;
    json_t *value;
    tsl_status status = TSL_OK;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (profile[kind]) {
            add_table(root, set, profile[kind]);
        }
    }
    add_common(root, set);
    json_object_foreach(root, key, value)
    {
        int kind = 0;
        while (kind < TSL_TABLE_KINDS && strcmp(tsl_table_kind_get_name((tsl_table_kind)kind), key) != 0) {
            kind++;
        }
        out = kind < TSL_TABLE_KINDS ? write_above(out, profile[kind]) : cli_format("%s\n", out);
        out = write_pair(out, key, value, key, 0);
    }
    json_decref(root);
    tsl_file *file = NULL;
    CLI_TRY(tsl_file_open(&(tsl_target){.path = set->write_config, .replace = set->force}, &file, err));
    CLI_TRY(tsl_file_write(file, out, strlen(out), err));
    status = tsl_file_close(file, err);
    file = NULL;
done:
    tsl_file_free(file);
    return status;
}
