/* clock.h: seconds, for how long something took. */
#ifndef TSL_CLI_SYSTEM_CLOCK_H
#define TSL_CLI_SYSTEM_CLOCK_H

double cli_clock_get(void); /* from no matter when, never backwards */

#endif
