/* cancel.c: progress, cancellation and failure across the threads of one call. */
#include "model/cancel.h"

#include "base/error.h"

#include <math.h>

void tsl__cancel_open(tsl__cancel *cancel, const tsl_progress *progress, const char *stage, tsl_error *err)
{
    cancel->ticker = tsl__ticker_of(progress);
    cancel->event = (tsl_progress_event){.stage = stage, .best_inertia = (double)NAN};
    cancel->err = err;
    cancel->owner = pthread_self();
    atomic_init(&cancel->status, TSL_OK);
    cancel->from = cancel->to = 0;
}

void tsl__cancel_phase(tsl__cancel *cancel, double from, double to)
{
    cancel->from = from;
    cancel->to = to;
    cancel->event.fraction = from;
}

void tsl__cancel_done(tsl__cancel *cancel, size_t done, size_t total)
{
    if (tsl__cancel_owned(cancel)) {
        cancel->event.fraction = cancel->from + (cancel->to - cancel->from) * (double)done / (double)total;
    }
}

int tsl__cancel_owned(const tsl__cancel *cancel)
{
    return pthread_equal(cancel->owner, pthread_self());
}

int tsl__cancel_stopped(tsl__cancel *cancel)
{
    if (atomic_load_explicit(&cancel->status, memory_order_relaxed) != TSL_OK) {
        return 1;
    }
    if (!tsl__cancel_owned(cancel)) {
        return 0;
    }
    tsl_status status = tsl__tick(&cancel->ticker, &cancel->event, cancel->err);
    if (status) {
        tsl__cancel_fail(cancel, status);
    }
    return status != TSL_OK;
}

void tsl__cancel_fail(tsl__cancel *cancel, tsl_status status)
{
    int none = TSL_OK;
    atomic_compare_exchange_strong(&cancel->status, &none, (int)status);
}

tsl_status tsl__cancel_get(tsl__cancel *cancel)
{
    const tsl_status status = (tsl_status)atomic_load(&cancel->status);
    return status == TSL_E_NOMEM ? tsl__error_nomem(cancel->err) : status;
}
