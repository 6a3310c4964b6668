/* clock.c: seconds, for how long something took. */
#include "cli/system/clock.h"

#include <time.h>

double cli_clock_get(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
