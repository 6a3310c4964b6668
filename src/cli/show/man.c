/* man.c: the manual pages, as roff with man(7)'s macros: what help says, drawn
 * from the same tables. The build makes and installs them. */
#include "cli/show/help.h"
#include "cli/show/help_text.h"
#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <ctype.h>
#include <string.h>

/* What roff would read as something else, and what is to be read. */
static const struct {
    char from;
    const char *to;
} escapes[] = {{'\\', "\\e"}, {'-', "\\-"}, {'\'', "\\(aq"}, {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}};

/* Prints a text that means itself; a line that begins with a dot is no request. */
static void print_text(const char *text)
{
    int first = 1; /* of its line */
    for (const char *p = text; *p; p++) {
        size_t i = 0;
        while (i < sizeof escapes / sizeof *escapes && escapes[i].from != *p) {
            i++;
        }
        if (i < sizeof escapes / sizeof *escapes) {
            cli_print("%s", escapes[i].to);
        } else {
            cli_print("%s%c", first && *p == '.' ? "\\&" : "", *p);
        }
        first = *p == '\n';
    }
}

static void print_line(const char *text)
{
    print_text(text);
    cli_print("\n");
}

/* Paragraphs, parted by '\n'. */
static void print_paragraphs(const char *text)
{
    for (int first = 1; *text; first = 0) {
        size_t length = strcspn(text, "\n");
        cli_print("%s", first ? "" : ".PP\n");
        print_line(cli_copy(text, length));
        text += length + (text[length] == '\n');
    }
}

static void print_heading(const char *title)
{
    cli_print(".SH ");
    for (const char *p = title; *p; p++) {
        cli_print("%c", toupper((unsigned char)*p));
    }
    cli_print("\n");
}

static void print_subheading(const char *title)
{
    cli_print(".SS ");
    print_line(title);
}

static void print_entry(const char *name, const char *argument, const char *text)
{
    cli_print(".TP\n\\fB");
    print_text(name);
    cli_print("\\fR");
    if (argument) {
        cli_print(" \\fI");
        print_text(argument);
        cli_print("\\fR");
    }
    cli_print("\n");
    print_line(text);
}

static const cli_painter parts = {print_subheading, print_entry};

static void print_example(const char *lines)
{
    cli_print(".EX\n");
    print_line(lines);
    cli_print(".EE\n");
}

/* ---- What every page has ------------------------------------------------------------ */

static void print_top(const char *name, int section, const char *summary)
{
    cli_print(".\\\" Made from the tables of options by tesela help man.\n.TH ");
    for (const char *p = name; *p; p++) {
        print_text((char[]){(char)toupper((unsigned char)*p), '\0'});
    }
    cli_print(" %d \"\" \"Tesela %s\" \"Tesela\"\n", section, tsl_version_get());
    print_heading("Name");
    print_text(name);
    cli_print(" \\- ");
    print_line(summary);
}

/* All pages but the one itself. */
static void print_see_also(const char *name)
{
    const char *page[CLI_COMMANDS + 1];
    page[0] = "tesela";
    for (int command = 0; command < CLI_COMMANDS; command++) {
        page[command + 1] = cli_format("tesela-%s", cli_verb_get((cli_command)command)->name);
    }
    print_heading("See also");
    const char *comma = "";
    for (int i = 0; i <= CLI_COMMANDS; i++) {
        if (strcmp(page[i], name) != 0) {
            cli_print("%s.BR ", comma);
            print_text(page[i]);
            cli_print(" (1)");
            comma = ",\n";
        }
    }
    cli_print("%s\n", strcmp(name, "tesela.yaml") == 0 ? "" : ",\n.BR tesela.yaml (5)");
}

static void print_bottom(const char *name, const char *examples)
{
    print_heading("Exit status");
    cli_paint_statuses(&parts);
    print_heading("Examples");
    print_example(examples);
    print_see_also(name);
}

/* ---- The pages ------------------------------------------------------------------------ */

void cli_man_print(void)
{
    print_top("tesela", 1, "customer segments that explain themselves");
    print_heading("Synopsis");
    cli_print(".B tesela\n");
    print_line("COMMAND [ARGUMENT...] [OPTION...]");
    print_heading("Description");
    print_line(cli_help_intro);
    print_heading("Commands");
    print_line("Each has a page of its own, tesela-COMMAND(1).");
    cli_paint_commands(&parts);
    print_heading("Help");
    cli_paint_topics(&parts);
    print_bottom("tesela", cli_help_examples);
}

void cli_man_print_command(cli_command command)
{
    const cli_verb *verb = cli_verb_get(command);
    const char *name = cli_format("tesela-%s", verb->name);
    print_top(name, 1, verb->summary);
    print_heading("Synopsis");
    print_line(cli_help_get_synopsis(command));
    print_heading("Description");
    print_paragraphs(verb->about);
    print_entry("Reads", NULL, verb->reads);
    print_entry("Writes", NULL, verb->writes);
    cli_paint_arguments(command, &parts);
    print_heading("Options");
    print_paragraphs(cli_help_get_options(command));
    cli_paint_options(command, &parts);
    print_bottom(name, verb->examples);
}

void cli_man_print_configuration(void)
{
    print_top("tesela.yaml", 5, "configuration of tesela");
    print_heading("Description");
    print_line(cli_config_intro);
    cli_print(".PP\n");
    print_example(cli_config_example);
    print_heading("Keys");
    cli_paint_keys(&parts);
    print_see_also("tesela.yaml");
}
