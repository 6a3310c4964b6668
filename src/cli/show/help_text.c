/* help_text.c: what help, manual pages and completion say alike. */
#include "cli/show/help_text.h"

#include "cli/system/arena.h"

#include <string.h>

const char cli_help_intro[] =
    "Tesela turns tables of customers, transactions and interactions into customer segments that explain themselves, "
    "with value tiers and lifecycle stages.";
const char cli_help_examples[] = "tesela run --transactions orders.csv --output out\n"
                                 "tesela inspect out";
const char cli_config_intro[] =
    "A configuration is a YAML file given by --config. Every key may be left out; what stands on the command line "
    "wins. A dot stands for a level of indentation:";
const char cli_config_example[] = "cluster:\n"
                                  "  k_max: 12\n"
                                  "  exclude: [recency_days, \"Gender=*\"]";

typedef struct line {
    const char *name, *text;
} line;

static const line topics[] = {
    {"tesela help COMMAND, tesela COMMAND --help", "all of a command"},
    {"tesela help configuration", "every key of a --config file"},
    {"tesela help completion bash|zsh|fish", "a script that completes commands"},
    {"tesela --version", "version, kernel, threads, HDF5"},
};

static const line statuses[] = {
    {"0", "done"},
    {"1", "failed: no memory, disk full, an output is there already, ..."},
    {"2", "wrong usage: an option or the configuration is wrong"},
    {"3", "the input was refused: missing, damaged, or of no use"},
    {"130", "interrupted (Ctrl-C; 143: terminated)"},
};

/* ---- A command ----------------------------------------------------------------- */

const char *cli_help_get_synopsis(cli_command command)
{
    const cli_verb *verb = cli_verb_get(command);
    const char *tables = command == CLI_RUN || command == CLI_FEATURES || command == CLI_VALUE
                             ? " [--transactions FILE...] [--customers FILE...] [--interactions FILE...]"
                             : "";
    const char *output = !verb->output ? "" : verb->output_default ? " [--output " : " --output ";
    return cli_format("tesela %s%s%s%s%s%s%s [OPTION...]", verb->name, *verb->arguments ? " " : "", verb->arguments,
                      tables, output, verb->output ? verb->output : "", verb->output_default ? "]" : "");
}

int cli_help_is_taken(const cli_param *param, cli_command command)
{
    return param->option && (param->commands & CLI_ON(command));
}

const char *cli_help_get_options(cli_command command)
{
    int several = 0;
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        several |= cli_help_is_taken(param, command) && (param->type == CLI_LIST || param->type == CLI_FILES);
    }
    return several ? "Options are written --name VALUE or --name=VALUE, each once; -- ends them.\n"
                     "Where there may be several values, they are parted by spaces (FILE...) or by commas (NAME,...), "
                     "and the option may stand again."
                   : "Options are written --name VALUE or --name=VALUE, each once; -- ends them.";
}

/* ---- An option --------------------------------------------------------------------- */

static int is_output(const cli_param *param)
{
    return strcmp(param->option, "output") == 0;
}

const char *cli_help_get_argument(const cli_param *param, cli_command command)
{
    return is_output(param) ? cli_verb_get(command)->output : param->argument;
}

const char *cli_help_get_sentence(const cli_param *param, cli_command command)
{
    return is_output(param) ? cli_verb_get(command)->output_help : param->help;
}

/* "(1 to 10; default: 3)", or "". */
static const char *details(const cli_param *param, cli_command command, const void *defaults)
{
    const cli_verb *verb = cli_verb_get(command);
    if (is_output(param)) {
        return verb->output_default ? cli_format(" (default: %s)", verb->output_default) : " (required)";
    }
    const char *range = param->type == CLI_TIERS ? "" : cli_range_get_text(param);
    const char *value = param->unset ? param->unset : cli_value_get_text(param, defaults);
    if (!*range && !*value) {
        return "";
    }
    return cli_format(" (%s%s%s%s)", range, *range && *value ? "; " : "", *value ? "default: " : "", value);
}

/* ---- Painting --------------------------------------------------------------------------- */

void cli_paint_commands(const cli_painter *painter)
{
    for (int command = 0; command < CLI_COMMANDS; command++) {
        const cli_verb *verb = cli_verb_get((cli_command)command);
        painter->entry(verb->name, NULL, verb->summary);
    }
}

static void paint_lines(const line *lines, size_t count, const cli_painter *painter)
{
    for (size_t i = 0; i < count; i++) {
        painter->entry(lines[i].name, NULL, lines[i].text);
    }
}

void cli_paint_topics(const cli_painter *painter)
{
    paint_lines(topics, sizeof topics / sizeof *topics, painter);
}

void cli_paint_statuses(const cli_painter *painter)
{
    paint_lines(statuses, sizeof statuses / sizeof *statuses, painter);
}

void cli_paint_arguments(cli_command command, const cli_painter *painter)
{
    const tsl_scenario *scenario;
    if (command != CLI_SYNTH) {
        return;
    }
    painter->title("Scenarios");
    for (size_t i = 0; (scenario = tsl_scenario_get(i)); i++) {
        painter->entry(scenario->name, NULL,
                       cli_format("%s (%d customers, %d lines of transactions, %d interactions)", scenario->summary,
                                  scenario->customers, scenario->lines, scenario->interactions));
    }
    painter->entry("dirty", NULL, "tables to try a reader with: a shop's, clean and broken");
}

void cli_paint_options(cli_command command, const cli_painter *painter)
{
    cli_settings defaults;
    cli_settings_defaults(&defaults);
    for (int section = 0; section < CLI_SECTIONS; section++) {
        int titled = 0;
        for (size_t i = 0; i < cli_params_get_count(); i++) {
            const cli_param *param = cli_params_get(i);
            if ((int)param->section != section || !cli_help_is_taken(param, command)) {
                continue;
            }
            if (!titled++) {
                painter->title(cli_section_get_title((cli_section)section));
            }
            painter->entry(
                cli_format("--%s", param->option), cli_help_get_argument(param, command),
                cli_format("%s%s", cli_help_get_sentence(param, command), details(param, command, &defaults)));
        }
    }
    painter->entry("--help", NULL, "print this");
}

static void paint_key(const char *key, const cli_param *param, const void *defaults, const cli_painter *painter)
{
    const char *value = param->unset ? param->unset : cli_value_get_text(param, defaults);
    const char *same = param->option ? cli_format("; also --%s", param->option) : "";
    painter->entry(
        key, NULL,
        cli_format("%s: %s%s%s%s", cli_type_get_text(param), param->help, *value ? "; default: " : "", value, same));
}

void cli_paint_keys(const cli_painter *painter)
{
    cli_settings defaults;
    cli_settings_defaults(&defaults);
    for (int section = 0; section < CLI_SECTIONS; section++) {
        int titled = 0;
        for (size_t i = 0; i < cli_params_get_count(); i++) {
            const cli_param *param = cli_params_get(i);
            if (!param->key || (int)param->section != section) {
                continue;
            }
            if (!titled++) {
                painter->title(cli_section_get_title((cli_section)section));
            }
            paint_key(param->key, param, &defaults, painter);
            for (size_t f = 0; param->record && f < param->record->field_count; f++) {
                const cli_param *field = &param->record->field[f];
                paint_key(cli_format("%s%s.%s", param->key, param->record->label, field->key), field,
                          param->record->defaults, painter);
            }
        }
    }
}
