/* help.c: what tesela can do, in words; all of it drawn from the tables. */
#include "cli/show/help.h"

#include "cli/show/help_text.h"
#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <string.h>

#define WIDTH 80
#define OPTION_INDENT 6

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

/* ---- Entries -------------------------------------------------------------------- */

static void print_title(const char *title)
{
    cli_print("\n%s\n", title);
}

/* An option or key: its text stands in the lines below. */
static void print_option(const char *name, const char *argument, const char *text)
{
    cli_print("  %s%s%s\n%*s", name, argument ? " " : "", argument ? argument : "", OPTION_INDENT, "");
    print_wrapped(text, OPTION_INDENT, OPTION_INDENT);
}

/* A command, topic or status: its text stands beside it. */
static void print_command(const char *name, const char *argument, const char *text)
{
    (void)argument;
    cli_print("  %-10s%s\n", name, text);
}

static void print_topic(const char *name, const char *argument, const char *text)
{
    (void)argument;
    cli_print("  %-46s%s\n", name, text);
}

static void print_status(const char *name, const char *argument, const char *text)
{
    (void)argument;
    cli_print("  %-5s%s\n", name, text);
}

static const cli_painter options = {print_title, print_option}, commands = {print_title, print_command},
                         topics = {print_title, print_topic}, statuses = {print_title, print_status};

static void print_lines(const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        cli_print("  %.*s\n", (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

/* How commands end, and examples. */
static void print_rest(const char *examples)
{
    print_title("Exit status");
    cli_paint_statuses(&statuses);
    print_title("Examples");
    print_lines(examples);
}

/* ---- The pages -------------------------------------------------------------------- */

void cli_help_print_command(cli_command command)
{
    const cli_verb *verb = cli_verb_get(command);
    print_paragraph("Usage:", cli_help_get_synopsis(command));
    cli_print("\n");
    print_wrapped(verb->about, 0, 0);
    cli_print("\n");
    print_paragraph("Reads", verb->reads);
    print_paragraph("Writes", verb->writes);
    cli_paint_arguments(command, &options);
    cli_print("\n");
    print_wrapped(cli_help_get_options(command), 0, 0);
    cli_paint_options(command, &options);
    print_rest(verb->examples);
}

void cli_help_print(void)
{
    cli_print("Usage:  tesela COMMAND [ARGUMENT...] [OPTION...]\n\n");
    print_wrapped(cli_help_intro, 0, 0);
    print_title("Commands");
    cli_paint_commands(&commands);
    cli_print("\n");
    cli_paint_topics(&topics);
    print_rest(cli_help_examples);
}

void cli_help_print_configuration(void)
{
    print_wrapped(cli_config_intro, 0, 0);
    cli_print("\n");
    print_lines(cli_config_example);
    cli_paint_keys(&options);
}
