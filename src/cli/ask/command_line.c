/* command_line.c: the command line -> settings. */
#include "cli/ask/command_line.h"

#include "cli/commands.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

typedef struct reader {
    int count, next;
    char **argument;
    const char *first[CLI_PARAMS_MAX]; /* the value that a parameter was given, as written */
    const cli_param *list;             /* the list whose value was the last argument, or NULL */
    const char *listed;                /* that value */
    cli_settings *set;
    const cli_verb *verb;
    tsl_error *err;
} reader;

/* The option that name is near to, or the start of. */
static const char *get_nearest(const char *name, const char *const *names, size_t count)
{
    const char *near = tsl_name_get_nearest(name, names, count);
    size_t length = strlen(name);
    for (size_t i = 0; i < count && !near && length > 1; i++) {
        near = strncmp(names[i], name, length) == 0 ? names[i] : NULL;
    }
    return near;
}

/* The commands that have an option of this name: in two of them it may be another one. */
static unsigned get_commands(const char *name)
{
    unsigned commands = 0;
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        commands |= param->option && strcmp(param->option, name) == 0 ? param->commands : 0;
    }
    return commands;
}

/* name without its dashes, written: with them. */
static tsl_status refuse_unknown(const reader *r, const char *name, const char *written)
{
    const char *names[CLI_PARAMS_MAX];
    const char *others = "";
    size_t count = 0;
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        if (param->option && (param->commands & CLI_ON(r->set->command))) {
            names[count++] = param->option;
        }
    }
    const cli_param *known = cli_params_get_option(name);
    const unsigned commands = get_commands(name);
    for (int c = 0; c < CLI_COMMANDS; c++) {
        if (commands & CLI_ON(c)) {
            others = cli_format("%s%s%s", others, *others ? ", " : "", cli_verb_get((cli_command)c)->name);
        }
    }
    if (known && !(commands & CLI_ON(r->set->command))) {
        return cli_fail(r->err, TSL_E_OPTION, "%s has no option %s (it belongs to: %s)", r->verb->name, written,
                        others);
    }
    const char *near = known ? known->option : get_nearest(name, names, count);
    return cli_fail(r->err, TSL_E_OPTION, "%s has no option %s%s%s%s", r->verb->name, written,
                    near ? " (did you mean --" : "", near ? near : "", near ? "?)" : "");
}

static int is_value(const char *argument)
{
    return argument[0] != '-' || argument[1] == '\0';
}

/* One value into its parameter; a list given here replaces the configuration's. */
static tsl_status take_value(reader *r, const cli_param *param, size_t index, const char *value)
{
    int listed = param->type == CLI_LIST || param->type == CLI_FILES;
    if (listed && r->set->given[index] != CLI_LINE) {
        memset((char *)r->set + param->offset, 0, sizeof(cli_list));
    }
    if (!listed && r->set->given[index] == CLI_LINE) {
        return cli_fail(r->err, TSL_E_OPTION, "--%s takes one value, but two were given: %s and %s", param->option,
                        r->first[index], value);
    }
    r->first[index] = value;
    r->list = param->type == CLI_LIST ? param : NULL;
    r->listed = value;
    r->set->given[index] = CLI_LINE;
    tsl_status status = cli_value_read(param, r->set, value, r->err);
    return status == TSL_OK ? status : cli_fail_at(r->err, status, cli_format("--%s", param->option));
}

static tsl_status take_flag(reader *r, const cli_param *param, size_t index, const char *value)
{
    int one = 1;
    if (value && *value && param->valued) {
        memcpy((char *)r->set + param->valued, &value, sizeof value);
        return TSL_OK;
    }
    if (value) {
        return cli_fail(r->err, TSL_E_OPTION, "--%s takes no value, but \"%s\" was given", param->option, value);
    }
    r->set->given[index] = CLI_LINE;
    memcpy((char *)r->set + param->offset, &one, sizeof one);
    return TSL_OK;
}

/* The values behind an option: one, or for files all up to the next option. */
static tsl_status take_following(reader *r, const cli_param *param, size_t index)
{
    if (r->next == r->count || strncmp(r->argument[r->next], "--", 2) == 0) {
        return cli_fail(r->err, TSL_E_OPTION, "--%s needs a value: %s", param->option,
                        param->type == CLI_LIST ? "names parted by commas (a,b,c)" : cli_type_get_text(param));
    }
    tsl_status status = take_value(r, param, index, r->argument[r->next++]);
    while (status == TSL_OK && param->type == CLI_FILES && r->next < r->count && is_value(r->argument[r->next])) {
        status = take_value(r, param, index, r->argument[r->next++]);
    }
    return status;
}

static tsl_status take_option(reader *r, const char *text)
{
    size_t length = strcspn(text, "=");
    const char *name = cli_copy(text, length);
    const char *value = text[length] ? text + length + 1 : NULL;
    r->list = NULL;
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        if (param->option && strcmp(param->option, name) == 0 && (param->commands & CLI_ON(r->set->command))) {
            if (param->type == CLI_FLAG) {
                return take_flag(r, param, i, value);
            }
            return value ? take_value(r, param, i, value) : take_following(r, param, i);
        }
    }
    return refuse_unknown(r, name, cli_format("--%s", name));
}

static tsl_status take_argument(reader *r, const char *text)
{
    /* behind a list there may be a file of the tables', or another name of the list */
    const int of_list = r->list && r->verb->most == SIZE_MAX && access(text, F_OK) != 0;
    if (r->set->input.count < r->verb->most && !of_list) {
        cli_list_add(&r->set->input, text);
        return TSL_OK;
    }
    if (r->list) {
        return cli_fail(r->err, TSL_E_OPTION,
                        "\"%s\" is not expected: the names of a list are parted by commas, --%s %s,%s, or each has its "
                        "own --%s",
                        text, r->list->option, r->listed, text, r->list->option);
    }
    if (r->set->command == CLI_EVALUATE) {
        return cli_fail(r->err, TSL_E_OPTION, "\"%s\" is not expected: files stand behind --data, --labels and --truth",
                        text);
    }
    return cli_fail(r->err, TSL_E_OPTION, "\"%s\" is not expected: %s takes %s", text, r->verb->name,
                    r->verb->arguments);
}

tsl_status cli_options_read(int count, char **argument, cli_settings *set, int *help, tsl_error *err)
{
    reader r = {.count = count, .argument = argument, .set = set, .verb = cli_verb_get(set->command), .err = err};
    int ended = 0;
    tsl_status status = TSL_OK;
    set->input.count = 0;
    *help = 0;
    while (status == TSL_OK && r.next < count) {
        const char *text = argument[r.next++];
        if (ended || is_value(text)) {
            status = take_argument(&r, text);
        } else if (strcmp(text, "--") == 0) {
            ended = 1;
        } else if (strcmp(text, "--help") == 0 || strcmp(text, "-h") == 0) {
            *help = 1;
            return TSL_OK;
        } else if (text[1] == '-') {
            status = take_option(&r, text + 2);
        } else if (cli_params_get_option(text + 1)) {
            status = refuse_unknown(&r, text + 1, text);
        } else {
            status = cli_fail(err, TSL_E_OPTION, "%s has no option %s: options are written out, like --output",
                              r.verb->name, text);
        }
    }
    return status;
}

static int is_standard(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static int count_standard(const cli_list *files)
{
    int count = 0;
    for (size_t i = 0; i < files->count; i++) {
        count += is_standard(files->item[i]);
    }
    return count;
}

static int count_standard_input(const cli_settings *set)
{
    int count = count_standard(&set->input) + is_standard(set->features_file) + is_standard(set->like) +
                is_standard(set->model) + is_standard(set->init) + is_standard(set->anchors) +
                is_standard(set->previous) + is_standard(set->data) + is_standard(set->judged) +
                is_standard(set->truth) + is_standard(set->treated) + is_standard(set->control);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        count += count_standard(&set->table[kind].files);
        for (size_t i = 0; i < set->table[kind].lookup_count; i++) {
            count += is_standard(set->table[kind].lookup[i].source.path);
        }
    }
    return count;
}

/* What labels are judged with, that is of rows, of orders, or of the truth alone. */
static tsl_status check_company(const cli_settings *set, tsl_error *err)
{
    static const char *const of_rows[] = {"truth",           "truth-column", "ignore",    "scale", "weight",
                                          "silhouette-rows", "dunn",         "stability", "seed",  NULL},
                             *const of_orders[] = {"cut",      "horizon",  "dates",   "decimal",  "max-rejects",
                                                   "customer", "order",    "time",    "amount",   "cost",
                                                   "quantity", "price",    "product", "category", "channel",
                                                   "payment",  "currency", "rates",   NULL},
                             *const of_truth[] = {"truth-column", NULL};
    const struct {
        int there;
        const char *const *options, *needs;
    } company[] = {{set->data != NULL, of_rows, "--data FILE"},
                   {set->table[TSL_TRANSACTIONS].files.count > 0, of_orders, "--transactions FILE..."},
                   {set->truth != NULL, of_truth, "--truth FILE"}};
    for (size_t c = 0; c < sizeof company / sizeof *company; c++) {
        for (const char *const *option = company[c].options; *option && !company[c].there; option++) {
            if (cli_settings_get_source(set, *option) == CLI_LINE) {
                return cli_fail(err, TSL_E_OPTION, "--%s goes with %s", *option, company[c].needs);
            }
        }
    }
    return TSL_OK;
}

/* Labels are judged on rows, by what came after a cut, or both. */
static tsl_status check_evaluate(const cli_settings *set, tsl_error *err)
{
    const int orders = set->table[TSL_TRANSACTIONS].files.count > 0;
    if ((!set->data && !orders) || !set->judged) {
        return cli_fail(err, TSL_E_OPTION,
                        "evaluate needs --data FILE and --labels FILE, or --labels FILE, --transactions FILE... and "
                        "--cut DATE");
    }
    if (orders && set->next.cut == TSL_NO_DAY) {
        return cli_fail(err, TSL_E_OPTION, "--transactions: what comes after which day? --cut DATE says it");
    }
    if (orders && set->data && strcmp(set->judged, "-") == 0) {
        return cli_fail(err, TSL_E_OPTION,
                        "--labels: with both --data and --transactions it is read twice, and "
                        "standard input (-) can be read only once");
    }
    return check_company(set, err);
}

tsl_status cli_options_check(const cli_settings *set, tsl_error *err)
{
    const cli_verb *verb = cli_verb_get(set->command);
    tsl_status status = TSL_OK;
    if (set->input.count < verb->least) {
        return cli_fail(err, TSL_E_OPTION, "%s needs %s%s", verb->name, verb->arguments,
                        set->ignore.count ? " (put it before --ignore, which takes all that follows)" : "");
    }
    const unsigned tables = CLI_ON(CLI_RUN) | CLI_ON(CLI_FEATURES) | CLI_ON(CLI_CHECK) | CLI_ON(CLI_VALUE);
    if ((tables & CLI_ON(set->command)) && !set->explain && !set->histories && set->input.count == 0 &&
        set->table[TSL_TRANSACTIONS].files.count == 0 && set->table[TSL_CUSTOMERS].files.count == 0 &&
        (set->command != CLI_CHECK || set->table[TSL_INTERACTIONS].files.count == 0)) {
        return cli_fail(err, TSL_E_OPTION, "%s needs FILE..., --transactions FILE... or --customers FILE...",
                        verb->name);
    }
    CLI_TRY(set->command == CLI_EVALUATE ? check_evaluate(set, err) : TSL_OK);
    const int writes_none = set->explain || set->advise || set->check_rules || set->write_strategies;
    if (verb->output && !verb->output_default && !set->output && !writes_none) {
        return cli_fail(err, TSL_E_OPTION, "%s needs --output %s", verb->name, verb->output);
    }
    if (count_standard_input(set) > 1) {
        return cli_fail(err, TSL_E_OPTION, "standard input (-) can be read only once");
    }
done:
    return status;
}
