/*
 * pipeline.h: a stream of pieces, worked on by several threads and taken in the order of the stream.
 *
 * One piece at a time is read, by any thread; any number are worked on; one at
 * a time is taken, by the calling thread, in the order in which they were read.
 * What is told first of all that goes wrong is what stands first in the stream,
 * whatever the number of threads. Memory: the slots that pieces stand in.
 */
#ifndef TSL_BASE_PIPELINE_H
#define TSL_BASE_PIPELINE_H

#include "base/error.h"

typedef struct tsl__pipeline {
    int threads; /* as tsl__exec_open gives them */
    void *user;
    /* The next piece into the slot; *more 0: there is none. Called once more after neither an end nor an error. */
    tsl_status (*read)(void *user, size_t slot, int *more, tsl_error *err);
    /* worker: from 0, below threads; no two calls at a time have the same. */
    tsl_status (*work)(void *user, size_t slot, size_t worker, tsl_error *err);
    tsl_status (*take)(void *user, size_t slot, tsl_error *err);
} tsl__pipeline;

/* Slots that pieces of so many threads stand in: numbers below it. */
size_t tsl__pipeline_get_slots(int threads);

/* What the first piece that failed says, once all before it are taken; nothing of those behind it is. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__pipeline_run(const tsl__pipeline *pipeline, tsl_error *err);

#endif
