/* history_counts.c: what is counted of a history, and added up over the threads. */
#include "run/history/history_counts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"

#include <stdlib.h>

tsl_status tsl__history_open_counts(int groups, size_t cuts, int valued, tsl_history *h, tsl_error *err)
{
    const size_t k = (size_t)groups;
    tsl_status status = TSL_OK;
    h->k = groups;
    h->cuts = cuts;
    TSL__NEED(h->customers = tsl__alloc_zero(cuts * k, sizeof *h->customers));
    TSL__NEED(h->revenue = tsl__alloc_zero(cuts * (k + 1), sizeof *h->revenue));
    TSL__NEED(h->active = tsl__alloc_zero(cuts * (k + 1), sizeof *h->active));
    TSL__NEED(h->moves = tsl__alloc_zero(cuts * (k + 1) * k, sizeof *h->moves));
    TSL__NEED(!valued || (h->value = tsl__alloc_zero(cuts * (k + 1) * k, sizeof *h->value)));
done:
    return status;
}

void tsl__history_free_counts(tsl_history *h)
{
    free(h->customers);
    free(h->revenue);
    free(h->active);
    free(h->moves);
    free(h->value);
}

void tsl__history_free(tsl_history *h)
{
    if (!h) {
        return;
    }
    tsl__history_free_counts(h);
    free(h->cut);
    free(h->absent);
    free(h->value_name);
    for (size_t c = 0; c < h->drift_count; c++) {
        free(h->drift[c].name);
    }
    free(h->drift);
    tsl__notes_free(&h->notes);
    free(h);
}

void tsl__history_add_counts(tsl_history *into, const tsl_history *from)
{
    const size_t k = (size_t)into->k;
    for (size_t i = 0; i < into->cuts * k; i++) {
        into->customers[i] += from->customers[i];
    }
    for (size_t i = 0; i < into->cuts * (k + 1); i++) {
        into->revenue[i] += from->revenue[i];
        into->active[i] += from->active[i];
    }
    for (size_t i = 0; i < into->cuts * (k + 1) * k; i++) {
        into->moves[i] += from->moves[i];
    }
    for (size_t i = 0; into->value && i < into->cuts * (k + 1) * k; i++) {
        into->value[i] += from->value[i];
    }
}
