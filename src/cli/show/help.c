/* help.c: what tesela can do, in words; all of it drawn from the tables. */
#include "cli/show/help.h"

#include "cli/arena.h"
#include "cli/commands.h"
#include "cli/show/print.h"

#include <string.h>

#define WIDTH 80
#define OPTION_INDENT 4

/* Prints text from column `at` on, broken at spaces, later lines indented. */
static void print_wrapped(const char *text, size_t indent, size_t at)
{
    int first = 1; /* of its line */
    while (*text) {
        size_t word = strcspn(text, " \n");
        if (!first && at + 1 + word > WIDTH) {
            cli_print("\n%*s", (int)indent, "");
            at = indent;
            first = 1;
        }
        cli_print("%s%.*s", first ? "" : " ", (int)word, text);
        at += word + !first;
        first = text[word] == '\n';
        text += word + (text[word] != '\0');
        if (first) {
            cli_print("\n%*s", (int)indent, "");
            at = indent;
        }
    }
    cli_print("\n");
}

static void print_paragraph(const char *title, const char *text)
{
    cli_print("%-8s", title);
    print_wrapped(text, 8, 8);
}

/* ---- One option or key -------------------------------------------------------- */

/* "(1 to 10; default 3)", or "". */
static const char *details(const cli_param *param, const void *defaults)
{
    const char *range = param->type == CLI_TIERS ? "" : cli_range_get_text(param);
    const char *value = param->unset ? param->unset : cli_value_get_text(param, defaults);
    if (!*range && !*value) {
        return "";
    }
    return cli_format(" (%s%s%s%s)", range, *range && *value ? "; " : "", *value ? "default: " : "", value);
}

static void print_option(const cli_param *param, const cli_verb *verb, const cli_settings *defaults)
{
    int output = strcmp(param->option, "output") == 0;
    const char *argument = output ? verb->output : param->argument;
    cli_print("  --%s%s%s\n%*s", param->option, argument ? " " : "", argument ? argument : "", OPTION_INDENT + 2, "");
    const char *help = output ? verb->output_help : param->help;
    const char *more = !output                ? details(param, defaults)
                       : verb->output_default ? cli_format(" (default: %s)", verb->output_default)
                                              : " (required)";
    print_wrapped(cli_format("%s%s", help, more), OPTION_INDENT + 2, OPTION_INDENT + 2);
}

/* ---- A command ------------------------------------------------------------------ */

static void print_synopsis(cli_command command, const cli_verb *verb)
{
    const char *tables = command == CLI_RUN || command == CLI_FEATURES
                             ? " [--transactions FILE...] [--customers FILE...] [--interactions FILE...]"
                             : "";
    const char *output = !verb->output ? "" : verb->output_default ? " [--output " : " --output ";
    const char *text =
        cli_format("tesela %s%s%s%s%s%s%s [OPTION...]", verb->name, *verb->arguments ? " " : "", verb->arguments,
                   tables, output, verb->output ? verb->output : "", verb->output_default ? "]" : "");
    print_paragraph("Usage:", text);
}

static void print_options(cli_command command, const cli_verb *verb)
{
    cli_settings defaults;
    cli_settings_defaults(&defaults);
    for (int section = 0; section < CLI_SECTIONS; section++) {
        int titled = 0;
        for (size_t i = 0; i < cli_params_get_count(); i++) {
            const cli_param *param = cli_params_get(i);
            if (param->option && (int)param->section == section && (param->commands & CLI_ON(command))) {
                if (!titled) {
                    cli_print("\n%s\n", cli_section_get_title((cli_section)section));
                    titled = 1;
                }
                print_option(param, verb, &defaults);
            }
        }
    }
    cli_print("  --help\n%*sprint this\n", OPTION_INDENT + 2, "");
}

static int takes_several(cli_command command)
{
    int found = 0;
    for (size_t i = 0; i < cli_params_get_count() && !found; i++) {
        const cli_param *param = cli_params_get(i);
        found = (param->commands & CLI_ON(command)) && (param->type == CLI_LIST || param->type == CLI_FILES);
    }
    return found;
}

static void print_examples(const char *examples)
{
    cli_print("\nExamples\n");
    while (*examples) {
        size_t length = strcspn(examples, "\n");
        cli_print("  %.*s\n", (int)length, examples);
        examples += length + (examples[length] == '\n');
    }
}

static void print_statuses(void)
{
    cli_print("\nExit status\n"
              "  0    done\n"
              "  1    failed: no memory, disk full, an output is there already, ...\n"
              "  2    wrong usage: an option or the configuration is wrong\n"
              "  3    the input was refused: missing, damaged, or of no use\n"
              "  130  interrupted (Ctrl-C; 143: terminated)\n");
}

void cli_help_print_command(cli_command command)
{
    const cli_verb *verb = cli_verb_get(command);
    print_synopsis(command, verb);
    cli_print("\n");
    print_wrapped(verb->about, 0, 0);
    cli_print("\n");
    print_paragraph("Reads", verb->reads);
    print_paragraph("Writes", verb->writes);
    cli_print("\nOptions are written --name VALUE or --name=VALUE, each once; -- ends them.\n");
    if (takes_several(command)) {
        cli_print("Where there may be several values, they are parted by spaces (FILE...) or by\n"
                  "commas (NAME,...), and the option may stand again.\n");
    }
    print_options(command, verb);
    print_statuses();
    print_examples(verb->examples);
}

/* ---- All of it -------------------------------------------------------------------- */

void cli_help_print(void)
{
    cli_print("Usage:  tesela COMMAND [ARGUMENT...] [OPTION...]\n\n"
              "Tesela turns tables of customers, transactions and interactions into customer\n"
              "segments that explain themselves, with value tiers and lifecycle stages.\n\n"
              "Commands\n");
    for (int command = 0; command < CLI_COMMANDS; command++) {
        const cli_verb *verb = cli_verb_get((cli_command)command);
        cli_print("  %-10s%s\n", verb->name, verb->summary);
    }
    cli_print("\n"
              "  tesela help COMMAND, tesela COMMAND --help    all of a command\n"
              "  tesela help configuration                     every key of a --config file\n"
              "  tesela --version                              version, kernel, threads, HDF5\n");
    print_statuses();
    print_examples("tesela run --transactions orders.csv --output out\n"
                   "tesela inspect out");
}

static void print_key(const char *key, const cli_param *param, const void *defaults)
{
    const char *value = param->unset ? param->unset : cli_value_get_text(param, defaults);
    cli_print("  %s\n%*s", key, OPTION_INDENT + 2, "");
    const char *same = param->option ? cli_format("; also --%s", param->option) : "";
    print_wrapped(
        cli_format("%s: %s%s%s%s", cli_type_get_text(param), param->help, *value ? "; default: " : "", value, same),
        OPTION_INDENT + 2, OPTION_INDENT + 2);
}

void cli_help_print_configuration(void)
{
    cli_settings defaults;
    cli_settings_defaults(&defaults);
    cli_print("A configuration is a YAML file given by --config. Every key may be left out;\n"
              "what stands on the command line wins. A dot stands for a level of indentation:\n\n"
              "  cluster:\n"
              "    k_max: 12\n"
              "    exclude: [recency_days, \"Gender=*\"]\n");
    for (int section = 0; section < CLI_SECTIONS; section++) {
        int titled = 0;
        for (size_t i = 0; i < cli_params_get_count(); i++) {
            const cli_param *param = cli_params_get(i);
            if (!param->key || (int)param->section != section) {
                continue;
            }
            if (!titled) {
                cli_print("\n%s\n", cli_section_get_title((cli_section)section));
                titled = 1;
            }
            print_key(param->key, param, &defaults);
            for (size_t f = 0; param->record && f < param->record->field_count; f++) {
                const cli_param *field = &param->record->field[f];
                print_key(cli_format("%s%s.%s", param->key, param->record->label, field->key), field,
                          param->record->defaults);
            }
        }
    }
}
