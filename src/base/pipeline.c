/* pipeline.c: pieces in a ring of slots, under one lock; the work is done outside of it. */
#include "base/pipeline.h"

#include "base/alloc.h"

#include <omp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

typedef enum piece_state { PIECE_UNDER_WAY, PIECE_DONE } piece_state;

typedef struct piece {
    piece_state state;
    tsl_status status;
    tsl_error err;
} piece;

/* Pieces stand in slots by their number. */
typedef struct ring {
    const tsl__pipeline *with;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    piece *piece;
    size_t slots;
    uint64_t read, taken; /* pieces, from the first */
    int reading;          /* one thread is at it */
    int ended;            /* nothing more is read: the end, or something went wrong */
    tsl_status status;    /* of the piece that ended it all */
} ring;

size_t tsl__pipeline_get_slots(int threads)
{
    return 2 * (size_t)threads + 1;
}

/* Takes the piece that is next, which is done. The lock is held, but while it is taken. */
static void take_piece(ring *r, tsl_error *err)
{
    const size_t slot = r->taken % r->slots;
    piece *p = &r->piece[slot];
    pthread_mutex_unlock(&r->lock);
    tsl_status status = p->status;
    if (status == TSL_OK) {
        status = r->with->take(r->with->user, slot, err);
    } else if (err) {
        *err = p->err;
    }
    pthread_mutex_lock(&r->lock);
    r->taken++;
    if (status != TSL_OK) {
        r->status = status;
        r->ended = 1;
        r->taken = r->read; /* those behind are dropped */
    }
    pthread_cond_broadcast(&r->changed);
}

/* Reads the next piece and works on it. The lock is held, but for that. */
static void make_piece(ring *r, size_t worker)
{
    const size_t slot = r->read % r->slots;
    piece *p = &r->piece[slot];
    int more = 0;
    r->reading = 1;
    pthread_mutex_unlock(&r->lock);
    *p = (piece){.state = PIECE_UNDER_WAY};
    p->status = r->with->read(r->with->user, slot, &more, &p->err);
    pthread_mutex_lock(&r->lock);
    r->reading = 0;
    const int there = more || p->status != TSL_OK;
    r->ended |= !more || p->status != TSL_OK;
    r->read += (uint64_t)there;
    pthread_cond_broadcast(&r->changed);
    if (!there) {
        return;
    }
    pthread_mutex_unlock(&r->lock);
    if (p->status == TSL_OK) {
        p->status = r->with->work(r->with->user, slot, worker, &p->err);
    }
    pthread_mutex_lock(&r->lock);
    p->state = PIECE_DONE;
    pthread_cond_broadcast(&r->changed);
}

static int is_next_done(const ring *r)
{
    return r->taken < r->read && r->piece[r->taken % r->slots].state == PIECE_DONE;
}

/* What one thread does until there is no more; the first, which called, takes. */
static void serve(ring *r, size_t worker, tsl_error *err)
{
    pthread_mutex_lock(&r->lock);
    for (;;) {
        if (worker == 0 && is_next_done(r)) {
            take_piece(r, err);
        } else if (!r->ended && !r->reading && r->read - r->taken < r->slots) {
            make_piece(r, worker);
        } else if (r->ended && (worker > 0 || r->taken == r->read)) {
            break;
        } else {
            pthread_cond_wait(&r->changed, &r->lock);
        }
    }
    pthread_mutex_unlock(&r->lock);
}

tsl_status tsl__pipeline_run(const tsl__pipeline *pipeline, tsl_error *err)
{
    ring r = {.with = pipeline,
              .lock = PTHREAD_MUTEX_INITIALIZER,
              .changed = PTHREAD_COND_INITIALIZER,
              .slots = tsl__pipeline_get_slots(pipeline->threads)};
    tsl_status status = TSL_OK;
    TSL__NEED(r.piece = tsl__alloc_zero(r.slots, sizeof *r.piece));
#pragma omp parallel num_threads(pipeline->threads)
    {
        const size_t worker = (size_t)omp_get_thread_num();
        serve(&r, worker, worker ? NULL : err);
    }
    status = r.status;
done:
    free(r.piece);
    return status;
}
