/* cancel.h: progress, cancellation and failure across the threads of one call.
 * Only the thread that called the library reports. */
#ifndef TSL_MODEL_CANCEL_H
#define TSL_MODEL_CANCEL_H

#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct tsl__cancel {
    tsl__ticker ticker;
    tsl_progress_event event; /* the owner's to change */
    tsl_error *err;
    pthread_t owner;
    atomic_int status;
    double from, to; /* shares of the whole that the phase under way begins and ends at */
} tsl__cancel;

void tsl__cancel_open(tsl__cancel *cancel, const tsl_progress *progress, const char *stage, tsl_error *err);
/* Reports where the owner calls; 1: the work is to end. */
int tsl__cancel_stopped(tsl__cancel *cancel);
/* Makes every thread end with this status (TSL_E_NOMEM). */
void tsl__cancel_fail(tsl__cancel *cancel, tsl_status status);
/* How the call ends so far; sets the error of a failure. The owner calls it. */
tsl_status tsl__cancel_get(tsl__cancel *cancel);
/* A phase begins, and goes on: done of total, from any thread. */
void tsl__cancel_phase(tsl__cancel *cancel, double from, double to);
void tsl__cancel_done(tsl__cancel *cancel, size_t done, size_t total);
/* 1: this is the thread that called the library. */
int tsl__cancel_owned(const tsl__cancel *cancel);

#endif
