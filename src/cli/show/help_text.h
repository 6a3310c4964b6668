/* help_text.h: what help, manual pages and completion say alike, drawn from the
 * tables of commands and parameters. All texts are static or from the pool. */
#ifndef TSL_CLI_SHOW_HELP_TEXT_H
#define TSL_CLI_SHOW_HELP_TEXT_H

#include "cli/commands.h"

extern const char cli_help_intro[];   /* what the program is for */
extern const char cli_config_intro[]; /* what a configuration is; an example follows */
extern const char cli_config_example[];
extern const char cli_help_examples[];

/* "tesela run [--transactions FILE...] --output DIR [OPTION...]" */
const char *cli_help_get_synopsis(cli_command command);
/* How options are written, in paragraphs parted by '\n'. */
const char *cli_help_get_options(cli_command command);
/* What stands behind the option, "N"; NULL: nothing does. */
const char *cli_help_get_argument(const cli_param *param, cli_command command);
/* What the option is, without range and default. */
const char *cli_help_get_sentence(const cli_param *param, cli_command command);
int cli_help_is_taken(const cli_param *param, cli_command command);

/* Who draws a page is told, in order, the titles and what stands under them;
 * argument: NULL where there is none. */
typedef struct cli_painter {
    void (*title)(const char *title);
    void (*entry)(const char *name, const char *argument, const char *text);
} cli_painter;

void cli_paint_commands(const cli_painter *painter);
void cli_paint_topics(const cli_painter *painter);
void cli_paint_statuses(const cli_painter *painter);
/* What a command's argument can be, where that is a word of a list. */
void cli_paint_arguments(cli_command command, const cli_painter *painter);
void cli_paint_options(cli_command command, const cli_painter *painter);
void cli_paint_keys(const cli_painter *painter);

#endif
