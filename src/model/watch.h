/* watch.h: progress, cancellation and failure across the threads of one call.
 * Only the thread that called the library reports. */
#ifndef TSL_MODEL_WATCH_H
#define TSL_MODEL_WATCH_H

#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct tsl__watch {
    tsl__ticker ticker;
    tsl_progress_event event; /* the owner's to change */
    tsl_error *err;
    pthread_t owner;
    atomic_int status;
    double from, to; /* shares of the whole that the phase under way begins and ends at */
} tsl__watch;

void tsl__watch_open(tsl__watch *watch, const tsl_progress *progress, const char *stage, tsl_error *err);
/* Reports where the owner calls; 1: the work is to end. */
int tsl__watch_stopped(tsl__watch *watch);
/* Makes every thread end with this status (TSL_E_NOMEM). */
void tsl__watch_fail(tsl__watch *watch, tsl_status status);
/* How the call ends so far; sets the error of a failure. The owner calls it. */
tsl_status tsl__watch_get(tsl__watch *watch);
/* A phase begins, and goes on: done of total, from any thread. */
void tsl__watch_phase(tsl__watch *watch, double from, double to);
void tsl__watch_done(tsl__watch *watch, size_t done, size_t total);
/* 1: this is the thread that called the library. */
int tsl__watch_owned(const tsl__watch *watch);

#endif
