/* watch.c: progress, cancellation and failure across the threads of one call. */
#include "model/watch.h"

#include "base/error.h"

#include <math.h>

void tsl__watch_open(tsl__watch *watch, const tsl_progress *progress, const char *stage, tsl_error *err)
{
    watch->ticker = (tsl__ticker){progress, 0};
    watch->event = (tsl_progress_event){.stage = stage, .best_inertia = (double)NAN};
    watch->err = err;
    watch->owner = pthread_self();
    atomic_init(&watch->status, TSL_OK);
    watch->from = watch->to = 0;
}

void tsl__watch_phase(tsl__watch *watch, double from, double to)
{
    watch->from = from;
    watch->to = to;
    watch->event.fraction = from;
}

void tsl__watch_done(tsl__watch *watch, size_t done, size_t total)
{
    if (tsl__watch_owned(watch)) {
        watch->event.fraction = watch->from + (watch->to - watch->from) * (double)done / (double)total;
    }
}

int tsl__watch_owned(const tsl__watch *watch)
{
    return pthread_equal(watch->owner, pthread_self());
}

int tsl__watch_stopped(tsl__watch *watch)
{
    if (atomic_load_explicit(&watch->status, memory_order_relaxed) != TSL_OK) {
        return 1;
    }
    if (!tsl__watch_owned(watch)) {
        return 0;
    }
    tsl_status status = tsl__tick(&watch->ticker, &watch->event, watch->err);
    if (status) {
        tsl__watch_fail(watch, status);
    }
    return status != TSL_OK;
}

void tsl__watch_fail(tsl__watch *watch, tsl_status status)
{
    int none = TSL_OK;
    atomic_compare_exchange_strong(&watch->status, &none, (int)status);
}

tsl_status tsl__watch_get(tsl__watch *watch)
{
    const tsl_status status = (tsl_status)atomic_load(&watch->status);
    return status == TSL_E_NOMEM ? tsl__error_nomem(watch->err) : status;
}
