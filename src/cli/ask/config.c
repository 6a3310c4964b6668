/* config.c: the configuration file -> settings. The keys stand in the table of
 * parameters; here is the walk over the document that meets them. */
#include "cli/ask/config.h"
#include "cli/ask/tier_values.h"

#include "cli/ask/yaml.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <stddef.h>
#include <string.h>

#define KEYS_MAX 64
#define KEYS_SAID 16 /* of more, none */

/* A place in the document: a value, the key that it stands under, its path. */
typedef struct place {
    cli_node *node;
    cli_node *key;    /* NULL at the root */
    const char *path; /* "cluster.k", "" at the root */
} place;

typedef struct walk {
    cli_yaml *yaml;
    const char *file;
    const char *path; /* what the whole document stands under; "": nothing */
    cli_settings *set;
    tsl_error *err;
} walk;

typedef tsl_status (*visitor)(walk *w, void *context, const place *at);

/* "shop.yaml:12:13" */
static const char *name_place(const walk *w, const place *at)
{
    int line = 1, column = 1;
    if (!cli_node_get_mark(at->node, &line, &column) && at->key) {
        cli_node_get_mark(at->key, &line, &column);
    }
    return cli_format("%s:%d:%d", w->file, line, column);
}

static tsl_status fail_at(walk *w, const place *at, const char *message)
{
    return cli_fail(w->err, TSL_E_CONFIG, "%s: %s%s%s", name_place(w, at), at->path, *at->path ? ": " : "", message);
}

static tsl_status fail_type(walk *w, const place *at, const char *expected)
{
    return fail_at(w, at, cli_format("expected %s, but found %s", expected, cli_node_describe(at->node)));
}

/* For errors that are seen later. */
static void keep_place(walk *w, const place *at)
{
    const char *path = cli_copy(at->path, strlen(at->path));
    cli_key_place_add(w->set, path, path, name_place(w, at));
}

/* Likewise of what stands in a list: errors name it. */
static void keep_item_place(walk *w, const place *at)
{
    const char *text = cli_node_get_text(at->node);
    if (text) {
        cli_key_place_add(w->set, cli_format("%s.%s", at->path, text), at->path, name_place(w, at));
    }
}

/* The keys that may stand right under `section`, each once. */
static size_t list_keys(const char *section, size_t length, const char *names[CLI_PARAMS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const char *key = cli_params_get(i)->key;
        if (!key || strncmp(key, section, length) != 0) {
            continue;
        }
        const char *name = cli_copy(key + length, strcspn(key + length, "."));
        size_t known = 0;
        while (known < count && strcmp(names[known], name) != 0) {
            known++;
        }
        names[count] = name;
        count += known == count;
    }
    return count;
}

/* "code, when and en"; "" where there are none, or too many to be read. */
static const char *join_keys(const char *const *names, size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count && count <= KEYS_SAID; i++) {
        list = cli_format("%s%s%s", list, !i ? "" : i + 1 < count ? ", " : " and ", names[i]);
    }
    return list;
}

/* "a mapping of each CODE to a text, or to en and zh": of keys that the user names. */
static const char *write_named(const cli_record *record)
{
    const char *names[CLI_PARAMS_MAX];
    for (size_t i = 0; i < record->field_count; i++) {
        names[i] = record->field[i].key;
    }
    const int length = (int)strcspn(record->label + 1, "[");
    const char *keys = record->bundled ? "" : join_keys(names, record->field_count);
    return cli_format("a mapping of each %.*s to %s%s", length, record->label + 1,
                      record->spread ? "a text, or to " : "",
                      *keys             ? keys
                      : record->bundled ? "a list of mappings"
                                        : "a mapping");
}

/* Visits each pair of a mapping; a section with nothing under it is empty. of: whose value it is, of keys that the user
 * names; else NULL. */
static tsl_status visit_pairs(walk *w, const cli_param *of, const place *at, visitor visit, void *context)
{
    const char *names[CLI_PARAMS_MAX];
    if (cli_node_is_null(at->node)) {
        return TSL_OK;
    }
    if (!cli_node_is_mapping(at->node)) {
        const char *section = cli_format("%s.", at->path);
        const char *keys = *at->path ? join_keys(names, list_keys(section, strlen(section), names)) : "";
        return fail_type(
            w, at, of ? write_named(of->record) : cli_format("a mapping%s%s", *keys ? " with the keys " : "", keys));
    }
    tsl_status status = TSL_OK;
    cli_node *key, *value;
    void *state = NULL;
    while (status == TSL_OK && cli_node_next_pair(at->node, &state, &key, &value)) {
        const char *name = cli_node_get_text(key);
        place below = {value, key, ""};
        if (!name) {
            return fail_type(w, &(place){key, at->key, at->path}, "a key that is a text");
        }
        below.path = *at->path ? cli_format("%s.%s", at->path, name) : name;
        keep_place(w, &below);
        status = visit(w, context, &below);
    }
    return status;
}

/* ---- Unknown keys ------------------------------------------------------------ */

/* The last step of a path: "k_min" of "cluster.k_min". */
static const char *last_step(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* The nearest key, else all that may stand there. */
static tsl_status fail_unknown(walk *w, const place *at, const char *near, const char *const *names, size_t count)
{
    place key = {at->key, NULL, ""};
    const char *keys = near ? "" : join_keys(names, count);
    const char *hint = near    ? cli_format(" (did you mean \"%s\"?)", near)
                       : *keys ? cli_format("; known %s %s", count > 1 ? "are" : "is", keys)
                               : "";
    return fail_at(w, &key, cli_format("unknown key \"%s\"%s", at->path, hint));
}

/* First the keys of the same section, then, where the document has all of them, the same name in another one. */
static tsl_status refuse_key(walk *w, const place *at)
{
    const char *names[CLI_PARAMS_MAX];
    const char *name = cli_node_get_text(at->key);
    size_t length = strlen(at->path) - strlen(name);
    const size_t count = list_keys(at->path, length, names);
    const char *near = tsl_name_get_nearest(name, names, count);
    for (size_t i = 0; i < cli_params_get_count() && !near && !*w->path; i++) {
        const char *key = cli_params_get(i)->key;
        near = key && strcmp(last_step(key), name) == 0 ? key : NULL;
    }
    return fail_unknown(w, at, near, names, count);
}

/* ---- Values -------------------------------------------------------------------- */

static int is_numeric(const cli_param *param)
{
    switch (param->type) {
    case CLI_INT:
    case CLI_DAYS:
    case CLI_SIZE:
    case CLI_SEED:
    case CLI_NUMBER:
    case CLI_SHARE:
    case CLI_NUMBERS:
    case CLI_SHARES:
        return 1;
    default:
        return 0;
    }
}

static tsl_status read_text(walk *w, const cli_param *param, void *base, const place *at, const char *text)
{
    tsl_error why;
    return cli_value_read(param, base, text, &why) == TSL_OK ? TSL_OK : fail_at(w, at, why.message);
}

/* A path in a configuration begins at the configuration's own folder. */
static const char *resolve_path(const walk *w, const char *path)
{
    const char *slash = strrchr(w->file, '/');
    if (*path == '/' || !slash || strcmp(path, "-") == 0) {
        return path;
    }
    return cli_format("%.*s/%s", (int)(slash - w->file), w->file, path);
}

static tsl_status read_scalar(walk *w, const cli_param *param, void *base, const place *at)
{
    const char *text = cli_node_get_text(at->node);
    if (!text || (is_numeric(param) && cli_node_is_quoted(at->node))) {
        return fail_type(w, at, cli_type_get_text(param));
    }
    return read_text(w, param, base, at,
                     param->type == CLI_PATH && *text && !cli_choice_has(param, text) ? resolve_path(w, text) : text);
}

static tsl_status read_list(walk *w, const cli_param *param, void *base, const place *at)
{
    void *state = NULL;
    cli_node *item;
    cli_list list = {0};
    if (param->detail && cli_node_get_text(at->node)) {
        const char *text = cli_node_get_text(at->node);
        cli_list_add(&list, param->type == CLI_FILES ? resolve_path(w, text) : text);
    } else if (!cli_node_is_sequence(at->node)) {
        return fail_type(w, at, cli_type_get_text(param));
    }
    while (cli_node_is_sequence(at->node) && cli_node_next_item(at->node, &state, &item)) {
        const char *text = cli_node_get_text(item);
        const place one = {item, at->key, at->path};
        if (!text) {
            return fail_type(w, &one, "a text");
        }
        keep_item_place(w, &one);
        cli_list_add(&list, param->type == CLI_FILES ? resolve_path(w, text) : text);
    }
    memcpy((char *)base + param->offset, &list, sizeof list);
    return TSL_OK;
}

/* [0.001, 0.999]: as the command line would write it, "0.001,0.999". */
static tsl_status read_numbers(walk *w, const cli_param *param, void *base, const place *at)
{
    void *state = NULL;
    cli_node *item;
    const char *text = NULL;
    int count = 0;
    if (!cli_node_is_sequence(at->node)) {
        return fail_type(w, at, cli_type_get_text(param));
    }
    while (cli_node_next_item(at->node, &state, &item)) {
        const char *one = cli_node_get_text(item);
        if (!one || cli_node_is_quoted(item)) {
            return fail_type(w, &(place){item, at->key, at->path}, "a number");
        }
        text = text ? cli_format("%s,%s", text, one) : one;
        count++;
    }
    if (count != param->detail) {
        return fail_at(w, at, cli_format("expected %s, but found %d", cli_type_get_text(param), count));
    }
    return read_text(w, param, base, at, text);
}

/* monetary_total: 0.6 */
typedef struct weights_target {
    const cli_param *param;
    void *base;
} weights_target;

static tsl_status visit_weight(walk *w, void *context, const place *at)
{
    const weights_target *target = context;
    const char *text = cli_node_get_text(at->node);
    double weight = 0;
    tsl_error ignored;
    const int bad = !text || cli_node_is_quoted(at->node) || tsl_number_read(text, &weight, &ignored) != TSL_OK ||
                    cli_weight_add((char *)target->base + target->param->offset, cli_node_get_text(at->key), weight);
    return bad ? fail_type(w, at, "a weight, another number than 0") : TSL_OK;
}

/* Features with their weights, or features alone, which weigh alike. */
static tsl_status read_weights(walk *w, const cli_param *param, void *base, const place *at)
{
    void *state = NULL;
    cli_node *item;
    tsl_status status = TSL_OK;
    if (cli_node_is_mapping(at->node)) {
        return visit_pairs(w, NULL, at, visit_weight, &(weights_target){param, base});
    }
    if (!cli_node_is_sequence(at->node)) {
        return fail_type(w, at, cli_type_get_text(param));
    }
    while (status == TSL_OK && cli_node_next_item(at->node, &state, &item)) {
        const place one = {item, at->key, at->path};
        const char *text = cli_node_get_text(item);
        keep_item_place(w, &one);
        status = text ? read_text(w, param, base, &one, text) : fail_type(w, &one, "a feature");
    }
    return status;
}

/* Each one at its own place. */
static tsl_status read_tier_values(walk *w, const cli_param *param, void *base, const place *at)
{
    void *state = NULL;
    cli_node *item;
    tsl_status status = TSL_OK;
    if (!cli_node_is_sequence(at->node) || cli_node_is_empty(at->node)) {
        return fail_type(w, at, cli_type_get_text(param));
    }
    memcpy((char *)base + param->offset, &(cli_list){0}, sizeof(cli_list));
    while (status == TSL_OK && cli_node_next_item(at->node, &state, &item)) {
        const place one = {item, at->key, at->path};
        const char *text = cli_node_get_text(item);
        status = !text || strchr(text, ',') ? fail_type(w, &one, "a number") : read_text(w, param, base, &one, text);
    }
    return status;
}

/* ---- Conditions ------------------------------------------------------------------ */

/* The text in quotes of an expression, each one within doubled. */
static const char *quote(const char *text, char mark)
{
    const char *quoted = cli_format("%c", mark);
    for (size_t length; *text; text += length) {
        length = strcspn(text, mark == '"' ? "\"" : "'");
        quoted = cli_format("%s%.*s", quoted, (int)length, text);
        if (text[length]) {
            quoted = cli_format("%s%c%c", quoted, mark, mark);
            length++;
        }
    }
    return cli_format("%s%c", quoted, mark);
}

/* A value as an expression has it: numbers as they are, all else as texts. */
static const char *write_operand(cli_node *node)
{
    const char *text = cli_node_get_text(node);
    double number;
    tsl_error ignored;
    return !text                                                                             ? NULL
           : !cli_node_is_quoted(node) && tsl_number_read(text, &number, &ignored) == TSL_OK ? text
                                                                                             : quote(text, '\'');
}

/* Category: Grocery, Store: [1, 2]: "Category" = 'Grocery' and "Store" in (1, 2). */
static tsl_status visit_condition(walk *w, void *context, const place *at)
{
    const char **condition = context;
    const char *column = quote(cli_node_get_text(at->key), '"'), *one, *list = NULL;
    void *state = NULL;
    cli_node *item;
    if (!cli_node_is_sequence(at->node)) {
        one = write_operand(at->node);
        one = one ? cli_format("%s = %s", column, one) : NULL;
    } else {
        while (cli_node_next_item(at->node, &state, &item) && (one = write_operand(item))) {
            list = list ? cli_format("%s, %s", list, one) : one;
        }
        one = list ? cli_format("%s in (%s)", column, list) : NULL;
    }
    if (!one) {
        return fail_type(w, at, "a value, or a list of values");
    }
    *condition = *condition ? cli_format("%s and %s", *condition, one) : one;
    return TSL_OK;
}

static tsl_status read_condition(walk *w, const cli_param *param, void *base, const place *at)
{
    const char *condition = cli_node_get_text(at->node);
    tsl_status status = condition                       ? TSL_OK
                        : cli_node_is_mapping(at->node) ? visit_pairs(w, NULL, at, visit_condition, &condition)
                                                        : fail_type(w, at, cli_type_get_text(param));
    if (status == TSL_OK) {
        memcpy((char *)base + param->offset, &condition, sizeof condition);
    }
    return status;
}

static tsl_status read_value(walk *w, const cli_param *param, void *base, const place *at);

/* ---- Records --------------------------------------------------------------------- */

typedef struct record_target {
    const cli_record *record;
    char *data; /* the record being filled */
} record_target;

/* The first of the fields that tell it does. */
static void keep_record_place(const walk *w, const record_target *target, const cli_param *field, const place *at)
{
    const char *where = NULL;
    memcpy(&where, target->data + field->place, field->place ? sizeof where : 0);
    where = where || !field->place ? where : name_place(w, at);
    memcpy(target->data + field->place, &where, field->place ? sizeof where : 0);
}

static tsl_status visit_field(walk *w, void *context, const place *at)
{
    const record_target *target = context;
    const char *names[KEYS_MAX];
    const char *name = cli_node_get_text(at->key);
    for (size_t i = 0; i < target->record->field_count; i++) {
        const cli_param *field = &target->record->field[i];
        if (strcmp(field->key, name) == 0) {
            keep_record_place(w, target, field, at);
            return read_value(w, field, target->data, at);
        }
        names[i] = field->key;
    }
    const size_t count = target->record->field_count;
    return fail_unknown(w, at, tsl_name_get_nearest(name, names, count), names, count);
}

/* Says what is wrong with a record at the field that the message names, else at its first. What the message and the
 * place both begin with is said once. */
static tsl_status fail_record(walk *w, const place *at, const tsl_error *why)
{
    const size_t before = strcspn(why->message, ":");
    const char rest = strncmp(why->message, at->path, before) == 0 ? at->path[before] : '?';
    const int again = why->message[before] && (!rest || rest == '.');
    const char *message = why->message + (again ? before + 2 : 0);
    const size_t length = strcspn(message, ":");
    void *state = NULL;
    cli_node *key, *value;
    place shown = *at;
    while (cli_node_is_mapping(at->node) && cli_node_next_pair(at->node, &state, &key, &value)) {
        const char *name = cli_node_get_text(key);
        const int named = name && strlen(name) == length && strncmp(name, message, length) == 0;
        if (shown.node == at->node || named) {
            shown = (place){named && cli_node_get_text(value) ? value : key, key, at->path};
        }
    }
    return fail_at(w, &shown, message);
}

/* Errors that are seen later tell it by its name, the first of its fields. */
static void keep_named_places(walk *w, const cli_param *param, const record_target *target, const place *at)
{
    void *state = NULL;
    cli_node *key, *value;
    const char *name, *said = target->record->said;
    memcpy(&name, target->data + target->record->field[0].offset, sizeof name);
    said = said && name ? cli_format("%s %s", said, name) : NULL;
    if (said) {
        cli_key_place_add(w->set, said, param->key, name_place(w, at));
    }
    while (said && cli_node_next_pair(at->node, &state, &key, &value)) {
        const place field = {value, key, at->path};
        cli_key_place_add(w->set, cli_format("%s.%s", said, cli_node_get_text(key)), param->key, name_place(w, &field));
    }
}

/* Adds a record to the array at param's target and fills it from a mapping. */
static tsl_status add_record(walk *w, const cli_param *param, const char *name, const place *at)
{
    const cli_record *record = param->record;
    char *set = (char *)w->set;
    size_t count;
    void *array;
    memcpy(&count, set + record->count, sizeof count);
    memcpy(&array, set + param->offset, sizeof array);
    array = cli_grow(array, count, record->size);
    char *data = (char *)array + count * record->size;
    memcpy(data, record->defaults, record->size);
    if (name) {
        memcpy(data + record->name, &name, sizeof name);
    }
    tsl_status status = at->node ? visit_pairs(w, NULL, at, visit_field, &(record_target){record, data}) : TSL_OK;
    for (size_t i = 0; i < record->field_count && status == TSL_OK; i++) {
        const cli_param *field = &record->field[i];
        const char *text = "";
        memcpy(&text, data + field->offset, field->detail ? sizeof text : 0);
        if (!text) {
            tsl_error why;
            (void)cli_fail(&why, TSL_E_CONFIG, "\"%s\" is missing", field->key);
            status = fail_record(w, at, &why);
        }
    }
    if (status == TSL_OK && record->said) {
        keep_named_places(w, param, &(record_target){record, data}, at);
    }
    if (status == TSL_OK && record->check) {
        tsl_error why;
        status = record->check(data, &why) == TSL_OK ? TSL_OK : fail_record(w, at, &why);
    }
    count++;
    memcpy(set + record->count, &count, sizeof count);
    memcpy(set + param->offset, &array, sizeof array);
    return status;
}

/* A text stands for a record all of whose fields it is. */
static tsl_status spread_text(walk *w, const cli_param *param, const place *at)
{
    tsl_status status = TSL_OK;
    size_t count;
    char *array;
    CLI_TRY(add_record(w, param, cli_node_get_text(at->key), &(place){NULL, at->key, at->path}));
    memcpy(&count, (char *)w->set + param->record->count, sizeof count);
    memcpy(&array, (char *)w->set + param->offset, sizeof array);
    for (size_t i = 0; i < param->record->field_count; i++) {
        CLI_TRY(read_value(w, &param->record->field[i], array + (count - 1) * param->record->size, at));
    }
done:
    return status;
}

/* ---- Lists of records under a name ---------------------------------------------- */

/* What the library has of this name. */
static tsl_status add_bundled(walk *w, const cli_param *param, const char *name, const place *at)
{
    const cli_record *record = param->record;
    const char *names[KEYS_MAX];
    size_t count, more, known = 0;
    void *array;
    const void *from = record->bundled(name, &more);
    while (known < KEYS_MAX && (names[known] = record->get_bundled(known))) {
        known++;
    }
    if (!from) {
        const char *near = tsl_name_get_nearest(name, names, known);
        return fail_at(w, at,
                       cli_format("there is no bundled \"%s\"%s%s%s; a list of mappings says what it is", name,
                                  near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : ""));
    }
    memcpy(&count, (char *)w->set + record->count, sizeof count);
    memcpy(&array, (char *)w->set + param->offset, sizeof array);
    for (size_t i = 0; i < more; i++, count++) {
        array = cli_grow(array, count, record->size);
        memcpy((char *)array + count * record->size, (const char *)from + i * record->size, record->size);
    }
    memcpy((char *)w->set + record->count, &count, sizeof count);
    memcpy((char *)w->set + param->offset, &array, sizeof array);
    return TSL_OK;
}

static int is_default(cli_node *node)
{
    const char *text = cli_node_get_text(node);
    return text && strcmp(text, "default") == 0;
}

static tsl_status fail_lists(walk *w, const place *at)
{
    static const char *const only[] = {"default"};
    const char *text = cli_node_get_text(at->node), *near = text ? tsl_name_get_nearest(text, only, 1) : NULL;
    return near ? fail_at(w, at,
                          cli_format("\"%s\" is neither a list of mappings nor default (did you mean default?)", text))
                : fail_type(w, at, "a list of mappings, or default");
}

static tsl_status read_lists(walk *w, const cli_param *param, const char *name, const place *at)
{
    void *state = NULL;
    cli_node *item;
    int number = 0;
    tsl_status status = TSL_OK;
    if (is_default(at->node)) {
        return add_bundled(w, param, name, at);
    }
    if (cli_node_get_text(at->node) || !cli_node_is_sequence(at->node) || cli_node_is_empty(at->node)) {
        return fail_lists(w, at);
    }
    while (status == TSL_OK && cli_node_next_item(at->node, &state, &item)) {
        status = add_record(w, param, name, &(place){item, at->key, cli_format("%s[%d]", at->path, ++number)});
    }
    return status;
}

/* "default" in place of all. */
static tsl_status add_all_bundled(walk *w, const cli_param *param, const place *at)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; status == TSL_OK && param->record->get_bundled(i); i++) {
        status = add_bundled(w, param, param->record->get_bundled(i), at);
    }
    return status;
}

static tsl_status visit_named(walk *w, void *context, const place *at)
{
    const cli_param *param = context;
    if (param->record->bundled) {
        return read_lists(w, param, cli_node_get_text(at->key), at);
    }
    return param->record->spread && cli_node_get_text(at->node) ? spread_text(w, param, at)
                                                                : add_record(w, param, cli_node_get_text(at->key), at);
}

static tsl_status read_records(walk *w, const cli_param *param, const place *at)
{
    void *state = NULL;
    cli_node *item;
    int number = 0;
    if (!cli_node_is_sequence(at->node) || (param->detail && cli_node_is_empty(at->node))) {
        return fail_type(w, at, cli_type_get_text(param));
    }
    tsl_status status = TSL_OK;
    while (status == TSL_OK && cli_node_next_item(at->node, &state, &item)) {
        const char *path = cli_format("%s[%d]", at->path, ++number);
        status = add_record(w, param, NULL, &(place){item, at->key, path});
    }
    return status;
}

static tsl_status read_value(walk *w, const cli_param *param, void *base, const place *at)
{
    switch (param->type) {
    case CLI_LIST:
    case CLI_FILES:
        return read_list(w, param, base, at);
    case CLI_NUMBERS:
    case CLI_SHARES:
        return read_numbers(w, param, base, at);
    case CLI_TIER_SHARES:
    case CLI_TIER_CUTS:
    case CLI_RISING:
        return read_tier_values(w, param, base, at);
    case CLI_WEIGHTS:
        return read_weights(w, param, base, at);
    case CLI_CONDITION:
        return read_condition(w, param, base, at);
    case CLI_NAMED:
        return param->record->bundled && is_default(at->node) ? add_all_bundled(w, param, at)
                                                              : visit_pairs(w, param, at, visit_named, (void *)param);
    case CLI_RECORDS:
        return read_records(w, param, at);
    default:
        return read_scalar(w, param, base, at);
    }
}

/* ---- The document ------------------------------------------------------------------ */

/* A key is a parameter's, or the first steps of some parameters' keys. */
static tsl_status visit_key(walk *w, void *context, const place *at)
{
    size_t length = strlen(at->path);
    int section = 0, dotted = strchr(cli_node_get_text(at->key), '.') != NULL;
    for (size_t i = 0; i < cli_params_get_count() && !dotted; i++) {
        const cli_param *param = cli_params_get(i);
        if (param->key && strcmp(param->key, at->path) == 0) {
            w->set->given[i] = CLI_CONFIG;
            return read_value(w, param, w->set, at);
        }
        section |= param->key && strncmp(param->key, at->path, length) == 0 && param->key[length] == '.';
    }
    return section ? visit_pairs(w, NULL, at, visit_key, context) : refuse_key(w, at);
}

/* Its tables are those of the commands that make features of them. */
static int reads_tables(const cli_settings *set)
{
    return (cli_params_get_option("customers")->commands & CLI_ON(set->command)) != 0;
}

static tsl_status read_document(cli_settings *set, const char *file, const char *path, tsl_error *err)
{
    walk w = {NULL, file, path, set, err};
    tsl_status status = cli_yaml_open(file, &w.yaml, err);
    cli_node *root = status == TSL_OK ? cli_yaml_get_root(w.yaml) : NULL;
    if (root) {
        status = visit_pairs(&w, NULL, &(place){root, NULL, path}, visit_key, NULL);
    }
    cli_yaml_free(w.yaml);
    return status;
}

tsl_status cli_config_read(cli_settings *set, tsl_error *err)
{
    tsl_status status = set->config ? read_document(set, set->config, "", err) : TSL_OK;
    set->configured = set->label;
    for (int kind = 0; kind < TSL_TABLE_KINDS && !reads_tables(set); kind++) {
        set->table[kind].files = (cli_list){0};
    }
    return status == TSL_OK && set->map ? read_document(set, set->map, "export", err) : status;
}

/* ---- Errors that are seen later ------------------------------------------------------ */

static int is_in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* Where the word first stands in the text, as a whole; NULL: nowhere. */
static const char *find_word(const char *text, const char *word)
{
    const size_t length = strlen(word);
    const char *at = strstr(text, word);
    while (at && ((at > text && is_in_word(at[-1])) || is_in_word(at[length]))) {
        at = strstr(at + 1, word);
    }
    return length ? at : NULL;
}

/* The key that a message begins with ("tiers.value: ..."), also where it is an option's name ("value: ..."). */
static const char *find_key(const char *message)
{
    const char *begun = cli_copy(message, strcspn(message, ": "));
    const cli_param *param = cli_params_get_option(begun);
    return param && param->key ? param->key : begun;
}

/* 1 where what stands at the path or below is the configuration's, and nothing of it the command line's, nor of an
 * option of that name. */
static int is_configured(const cli_settings *set, const char *path)
{
    cli_source from = cli_settings_get_source(set, path);
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const char *key = cli_params_get(i)->key;
        const size_t length = key ? strlen(key) : 0, all = strlen(path), least = length < all ? length : all;
        const char rest = length < all ? path[least] : length > all ? key[least] : '.';
        if (key && strncmp(key, path, least) == 0 && rest == '.' && set->given[i] > from) {
            from = set->given[i];
        }
    }
    return from == CLI_CONFIG;
}

/* 1 where the message, which begins with a key of this length, is of the place; *named: what of it stands below the
 * key, at its first word in the message, NULL: nothing. */
static int is_of_place(const cli_key_place *one, const char *key, const char *message, const char **named)
{
    const size_t length = strlen(key);
    const int below = strncmp(one->said, key, length) == 0 && one->said[length] == '.';
    *named = below ? find_word(message + strcspn(message, ":"), last_step(one->said)) : NULL;
    return *named || strcmp(one->said, key) == 0;
}

/* Of the keys below the one that a message begins with, the one that it names first; else that one itself. */
static const cli_key_place *find_key_place(const cli_settings *set, const char *key, const char *message)
{
    const char *first = NULL, *named;
    const cli_key_place *best = NULL;
    for (size_t i = 0; i < set->key_place_count && *key; i++) {
        const cli_key_place *one = &set->key_place[i];
        const int is_of = is_of_place(one, key, message, &named);
        const int again =
            best && strcmp(one->said, best->said) == 0; /* what stands twice is wrong where it does again */
        if (is_of && (!first || again || (named && named < first))) {
            best = one;
            first = named;
        }
    }
    return best && best->where && is_configured(set, best->said == best->path ? key : best->path) ? best : NULL;
}

/* What an error that is seen later says begins with "tiers.value: ", or, of a record, with its name: "feature a: ". */
static const cli_key_place *locate(const cli_settings *set, const char *message)
{
    const cli_key_place *found = find_key_place(set, find_key(message), message);
    return found ? found : find_key_place(set, cli_copy(message, strcspn(message, ":")), message);
}

/* 1 where the message has its place already. */
static int is_located(const cli_settings *set, const char *message)
{
    const size_t length = set->config ? strlen(set->config) : 0;
    return length && strncmp(message, set->config, length) == 0 && message[length] == ':';
}

/* 1 where the message begins with a key whose value is a file. */
static int is_of_file(const char *message)
{
    const cli_param *param = cli_params_get_key(find_key(message));
    return param && param->type == CLI_PATH;
}

tsl_status cli_config_locate(const cli_settings *set, tsl_status status, tsl_error *err)
{
    if (status == TSL_OK) {
        return status;
    }
    if ((status == TSL_E_OPTION || status == TSL_E_INPUT) && is_located(set, err->message)) {
        return err->status = TSL_E_CONFIG;
    }
    const int is_lost = status == TSL_E_NOT_FOUND && is_of_file(err->message);
    const cli_key_place *found = status == TSL_E_OPTION || is_lost ? locate(set, err->message) : NULL;
    return found ? cli_fail_at(err, is_lost ? status : TSL_E_CONFIG, found->where) : status;
}
