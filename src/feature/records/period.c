/* period.c: what each customer did in some days, by the same orders that features are made of. */
#include "feature/records/period.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/records/event_days.h"
#include "feature/records/population.h"
#include "feature/records/timeline.h"

#include <stdlib.h>
#include <string.h>

/* What is made of one shard. */
typedef struct block {
    int64_t *net;
    uint8_t *bought;
    size_t *begin; /* of each customer's days, and behind the last's */
    int32_t *day;
    size_t room;
} block;

/* One thread, with what it keeps over the shards. */
typedef struct worker {
    tsl__grouping grouping;
    tsl__timeline timeline;
    tsl__event_days events;
    tsl_status status;
    tsl_error err;
} worker;

/* The days of a customer's events. */
static tsl_status add_days(const tsl__event_days *of, size_t at, block *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t begin = out->begin[at];
    void *day = out->day;
    TSL__NEED(!tsl__reserve(&day, &out->room, begin + of->count + 1, sizeof *out->day));
    out->day = day;
    memcpy(out->day + begin, of->day, of->count * sizeof *of->day);
    out->begin[at + 1] = begin + of->count;
done:
    return status;
}

static tsl_status fill_shard(const tsl__sharding *sharding, const tsl__period_plan *plan, size_t shard, worker *w,
                             tsl__cohort *cohort, block *out, tsl_error *err)
{
    const tsl__grouping *g = &w->grouping;
    tsl_status status = TSL_OK;
    w->timeline.matched = plan->matched;
    TSL__TRY(tsl__grouping_fill(sharding, shard, &w->grouping, err));
    TSL__TRY(tsl__cohort_fill(g, cohort, err));
    TSL__TRY(tsl__timeline_turn(g, &w->timeline, err));
    TSL__NEED(out->net = tsl__alloc_zero(g->customers, sizeof *out->net));
    TSL__NEED(out->bought = tsl__alloc_zero(g->customers, 1));
    TSL__NEED(out->begin = tsl__alloc_zero(g->customers + 1, sizeof *out->begin));
    for (size_t c = 0; c < g->customers; c++) {
        tsl__timeline_fill(g, c, &w->timeline);
        const tsl__view *lines = &w->timeline.view[TSL__LINES];
        for (size_t i = 0; i < lines->count; i++) {
            out->net[c] += lines->value[TSL__AMOUNT][i];
        }
        out->bought[c] = w->timeline.view[TSL__PURCHASES].count > 0;
        TSL__TRY(tsl__event_days_fill(&w->timeline, plan->events, &w->events, err));
        TSL__TRY(add_days(&w->events, c, out, err));
    }
done:
    return status;
}

static tsl_status fill_shards(const tsl__sharding *sharding, const tsl__period_plan *plan, int threads,
                              tsl__cohort *cohort, block *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
#pragma omp parallel num_threads(threads)
    {
        worker w = {.status = TSL_OK};
#pragma omp for schedule(dynamic, 1)
        for (size_t shard = 0; shard < sharding->shards; shard++) {
            if (w.status == TSL_OK) {
                w.status = fill_shard(sharding, plan, shard, &w, &cohort[shard], &out[shard], &w.err);
            }
        }
        if (w.status != TSL_OK) {
#pragma omp critical
            status = tsl__error_take(err, &w.err);
        }
        tsl__grouping_free(sharding, &w.grouping);
        tsl__timeline_free(&w.timeline);
        tsl__event_days_free(&w.events);
    }
    return status;
}

/* Puts what the shards gave in the order of the ids. */
static tsl_status put_in_order(tsl__population *p, size_t shards, const block *b, tsl__period *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (p->customers == 0) {
        return TSL_OK;
    }
    TSL__NEED(out->net = tsl__alloc(p->customers, sizeof *out->net));
    TSL__NEED(out->bought = tsl__alloc(p->customers, sizeof *out->bought));
    TSL__NEED(out->begin = tsl__alloc_zero(p->customers + 1, sizeof *out->begin));
    for (size_t s = 0; s < shards; s++) {
        for (size_t i = p->begin[s]; i < p->begin[s + 1]; i++) {
            const size_t at = i - p->begin[s];
            out->net[p->order[i]] = b[s].net[at];
            out->bought[p->order[i]] = b[s].bought[at];
            out->begin[p->order[i] + 1] = b[s].begin[at + 1] - b[s].begin[at];
        }
    }
    for (size_t i = 0; i < p->customers; i++) {
        out->begin[i + 1] += out->begin[i];
    }
    TSL__NEED(out->day = tsl__alloc(out->begin[p->customers], sizeof *out->day));
    for (size_t s = 0; s < shards; s++) {
        for (size_t i = p->begin[s]; i < p->begin[s + 1]; i++) {
            const size_t *from = b[s].begin + (i - p->begin[s]);
            memcpy(out->day + out->begin[p->order[i]], b[s].day + from[0], (from[1] - from[0]) * sizeof *out->day);
        }
    }
    out->customers = p->customers;
    out->id = p->id;
    p->id = NULL;
    p->customers = 0;
done:
    return status;
}

tsl_status tsl__period_build(const tsl_table *transactions, const tsl__period_plan *plan, const tsl_exec *exec,
                             tsl__period *out, tsl_error *err)
{
    const tsl_tables tables = {.transactions = transactions, .as_of = plan->until, .clip = 1};
    tsl_status status = TSL_OK;
    tsl__sharding sharding = {.shards = 0};
    tsl__population population = {.customers = 0};
    tsl__cohort *cohort = NULL;
    block *made = NULL;
    *out = (tsl__period){0};
    TSL__TRY(tsl__sharding_open(&tables, plan->from, plan->shards, &sharding, err));
    TSL__NEED(cohort = tsl__alloc_zero(sharding.shards, sizeof *cohort));
    TSL__NEED(made = tsl__alloc_zero(sharding.shards, sizeof *made));
    TSL__TRY(fill_shards(&sharding, plan, exec->threads, cohort, made, err));
    TSL__TRY(tsl__population_build(cohort, sharding.shards, exec->threads, &population, err));
    TSL__TRY(put_in_order(&population, sharding.shards, made, out, err));
done:
    for (size_t s = 0; s < sharding.shards; s++) {
        if (cohort) {
            tsl__cohort_free(&cohort[s]);
        }
        if (made) {
            free(made[s].net);
            free(made[s].bought);
            free(made[s].begin);
            free(made[s].day);
        }
    }
    free(cohort);
    free(made);
    tsl__population_free(&population);
    tsl__sharding_free(&sharding);
    if (status != TSL_OK) {
        tsl__period_free(out);
    }
    return status;
}

void tsl__period_free(tsl__period *period)
{
    free(period->id);
    free(period->net);
    free(period->bought);
    free(period->begin);
    free(period->day);
    *period = (tsl__period){0};
}
