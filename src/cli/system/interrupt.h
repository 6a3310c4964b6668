/* interrupt.h: Ctrl-C and its kin, met in any stage without leaving anything
 * behind.
 *
 * A thread of its own waits for SIGINT, SIGTERM and SIGHUP. The first sets a
 * flag that the progress callback reads, so that the library stops at its next
 * report and everything is put away in the ordinary course. Where that takes
 * too long (a stage that reports nothing), or at a second signal, the thread
 * itself has what is under construction taken away (tsl_staged_free) and ends
 * the program. */
#ifndef TSL_CLI_SYSTEM_INTERRUPT_H
#define TSL_CLI_SYSTEM_INTERRUPT_H

#include <tesela/base.h>

/* Before any other thread is made. at_end: what is done, and said, before a sudden end, by the thread that waits. */
void cli_interrupt_start(void (*at_end)(void));
/* The signal that came, or 0; and where that stands. */
int cli_interrupt_get(void);
const volatile int *cli_interrupt_get_flag(void);
/* TSL_E_CANCELLED with a message where a signal came. */
TSL_FALLIBLE tsl_status cli_interrupt_check(tsl_error *err);
/* Between the two, results are being published and the program is not ended
 * suddenly. A signal that came meanwhile came too late and is forgotten. */
void cli_interrupt_hold(void);
void cli_interrupt_release(void);

#endif
