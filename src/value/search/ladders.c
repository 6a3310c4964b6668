/* ladders.c: moments sorted, each once, and where each history's stand. */
#include "value/search/ladders.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "stat/sort.h"
#include "value/terms/purchase_kinds.h"

#include <omp.h>
#include <stdlib.h>

/* What a thread works with: moments of a ladder, the places they came from, and twice as much to sort them in. */
typedef struct scratchpad {
    double *value, *place, *scratch;
} scratchpad;

static void build_ladder(const tsl__distinct *d, size_t begin, size_t end, const scratchpad *own, tsl__ladders *out)
{
    const size_t rows = end - begin;
    size_t n = 0, count = 0;
    for (size_t r = 0; r < TSL__RUNGS; r++) {
        const double *from = d->column[r == TSL__RUNG_T_X ? TSL__HISTORY_T_X : TSL__HISTORY_T] + begin;
        for (size_t i = 0; i < rows; i++, n++) {
            own->value[n] = from[i];
            own->place[n] = (double)n;
        }
    }
    tsl__sort_with(own->value, own->place, own->scratch, n);
    double *moment = out->moment + TSL__RUNGS * begin;
    for (size_t k = 0; k < n; k++) {
        const size_t place = (size_t)own->place[k];
        if (k == 0 || own->value[k] != own->value[k - 1]) {
            moment[count++] = own->value[k];
        }
        out->rung[place / rows][begin + place % rows] = (uint32_t)(count - 1);
    }
    out->count[begin] = (uint32_t)count;
}

/* The moments of the block's longest ladder. */
static size_t build_block(const tsl__distinct *d, size_t block, const scratchpad *own, tsl__ladders *out)
{
    size_t begin, end, most = 0;
    tsl__block_get(d->count, block, &begin, &end);
    for (size_t next; begin < end; begin = next) {
        next = tsl__histories_get_end(d, begin, end);
        build_ladder(d, begin, next, own, out);
        most = out->count[begin] > most ? out->count[begin] : most;
    }
    return most;
}

static tsl_status open_ladders(size_t rows, tsl__ladders *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(out->moment = tsl__alloc(rows, TSL__RUNGS * sizeof *out->moment));
    TSL__NEED(out->count = tsl__alloc(rows, sizeof *out->count));
    for (int r = 0; r < TSL__RUNGS; r++) {
        TSL__NEED(out->rung[r] = tsl__alloc(rows, sizeof *out->rung[r]));
    }
done:
    return status;
}

tsl_status tsl__ladders_build(const tsl__distinct *histories, int threads, tsl__ladders *out, tsl_error *err)
{
    const size_t blocks = tsl__block_count(histories->count),
                 few = histories->count < TSL__BLOCK_ROWS ? histories->count : TSL__BLOCK_ROWS, all = TSL__RUNGS * few;
    tsl_status status = TSL_OK;
    double *work = NULL;
    size_t *most = NULL;
    *out = (tsl__ladders){.most = 0};
    TSL__NEED(work = tsl__alloc((size_t)threads * 4 * all, sizeof *work));
    TSL__NEED(most = tsl__alloc(blocks, sizeof *most));
    TSL__TRY(open_ladders(histories->count, out, err));
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        double *base = work + (size_t)omp_get_thread_num() * 4 * all;
        const scratchpad own = {base, base + all, base + 2 * all};
        most[b] = build_block(histories, b, &own, out);
    }
    for (size_t b = 0; b < blocks; b++) {
        out->most = most[b] > out->most ? most[b] : out->most;
    }
done:
    free(work);
    free(most);
    if (status != TSL_OK) {
        tsl__ladders_free(out);
    }
    return status;
}

const tsl__mixture *tsl__ladder_climb(const tsl__ladders *ladders, const tsl__likelihood *model,
                                      const tsl__distinct *histories, size_t begin, int derive, tsl__mixture *room)
{
    if (!tsl__purchase_leaves_any_time(model->kind)) {
        return NULL;
    }
    tsl__departures_build(model, histories->column[TSL__HISTORY_X][begin], ladders->moment + TSL__RUNGS * begin,
                          ladders->count[begin], derive, room);
    return room;
}

void tsl__ladders_free(tsl__ladders *ladders)
{
    free(ladders->moment);
    free(ladders->count);
    for (int r = 0; r < TSL__RUNGS; r++) {
        free(ladders->rung[r]);
    }
    *ladders = (tsl__ladders){.most = 0};
}
