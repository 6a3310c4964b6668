/* interrupt.h: Ctrl-C and its kin, met in any stage without leaving anything
 * behind.
 *
 * A thread of its own waits for SIGINT, SIGTERM and SIGHUP. The first sets a
 * flag that the progress callback reads, so that the library stops at its next
 * report and everything is put away in the ordinary course. Where that takes
 * too long (a stage that reports nothing), or at a second signal, the thread
 * itself removes what is under construction and ends the program. */
#ifndef TSL_CLI_INTERRUPT_H
#define TSL_CLI_INTERRUPT_H

#include <tesela/base.h>

/* Before any other thread is made. */
void cli_interrupt_start(void);
/* The signal that came, or 0. */
int cli_interrupt_get(void);
/* TSL_E_CANCELLED with a message where a signal came. */
tsl_status cli_interrupt_check(tsl_error *err);
/* The folder to remove at a sudden end; NULL: none any more. Files under
 * construction are found without being named. */
void cli_interrupt_set_folder(const char *path);
/* Between the two, a folder is being published and the program is not ended
 * suddenly. A signal that came meanwhile came too late and is forgotten. */
void cli_interrupt_hold(void);
void cli_interrupt_release(void);
/* Removes what is under construction. */
void cli_interrupt_clean(void);

#endif
