/* progress.h: one line on standard error that is drawn again and again. */
#ifndef TSL_CLI_SHOW_PROGRESS_H
#define TSL_CLI_SHOW_PROGRESS_H

#include "cli/ask/settings.h"

/* Puts the callback into exec: it draws where it should. There is one line, so
 * there is one of it. lang: "zh", or NULL and "en". */
void cli_progress_start(cli_progress_mode mode, int quiet, const char *lang, tsl_exec *exec);
/* A new stage begins: its name is shown until the library tells more. */
void cli_progress_stage(const char *name);
/* Takes the line away, so that something else can be printed. */
void cli_progress_clear(void);

#endif
