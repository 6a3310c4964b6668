/* finish_orphans.c: rows kept by customer: whose customers the customers table lacks. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/reading.h"

/* The ids that are known, by shard; those of a shard rise. */
typedef struct known_ids {
    const char *const *id;
    size_t begin[TSL__SHARDS + 1];
    uint32_t *at;
} known_ids;

static tsl_status sort_known(const tsl_column *ids, int threads, known_ids *known, tsl_error *err)
{
    const size_t count = ids->dict_count;
    tsl_status status = TSL_OK;
    uint8_t *shard = NULL;
    *known = (known_ids){.id = ids->dict};
    TSL__NEED(shard = tsl__alloc(count, 1));
    TSL__NEED(known->at = tsl__alloc(count, sizeof *known->at));
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < count; i++) {
        shard[i] = (uint8_t)tsl__shard_find(tsl__span_make(ids->dict[i]));
    }
    for (size_t i = 0; i < count; i++) {
        known->begin[shard[i] + 1]++;
    }
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        known->begin[s + 1] += known->begin[s];
    }
    size_t next[TSL__SHARDS];
    memcpy(next, known->begin, sizeof next);
    for (size_t i = 0; i < count; i++) {
        known->at[next[shard[i]]++] = (uint32_t)i;
    }
done:
    free(shard);
    return status;
}

static int has_id(const known_ids *known, size_t shard, const char *id)
{
    size_t low = known->begin[shard], high = known->begin[shard + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(known->id[known->at[middle]], id);
        if (order == 0) {
            return 1;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return 0;
}

/* What a thread counts. */
typedef struct counter {
    tsl__shard shard;
    uint64_t *rows; /* of each id of the shard */
    size_t capacity;
    tsl__join join;
    uint64_t orphans; /* rows of customers that are not known */
    tsl_status status;
    tsl_error err;
} counter;

/* The least id is the example, whichever thread met it. */
static void take_example(tsl__join *join, const char *shown)
{
    if (join->ids == 0 || strcmp(shown, join->example) < 0) {
        memcpy(join->example, shown, sizeof join->example);
    }
}

/* Counts the ids of a shard, those that are not known, and their rows. */
static tsl_status count_shard(const tsl__shards *shards, size_t number, const uint8_t *wanted, const known_ids *known,
                              counter *c, tsl_error *err)
{
    const tsl__shard *shard = &c->shard;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__shard_read(shards, number, wanted, 0, &c->shard, err));
    void *grown = c->rows;
    const int failed = tsl__reserve(&grown, &c->capacity, shard->ids + 1, sizeof *c->rows);
    c->rows = grown;
    TSL__NEED(failed ? NULL : grown);
    memset(c->rows, 0, shard->ids * sizeof *c->rows);
    for (size_t row = 0; row < shard->rows; row++) {
        c->rows[shard->customer[row]]++;
    }
    for (size_t i = 0; i < shard->ids; i++) {
        char shown[sizeof c->join.example];
        if (!c->rows[i]) {
            continue;
        }
        take_example(&c->join, tsl__span_show(shard->id[i], shown, sizeof shown));
        c->join.ids++;
        if (!has_id(known, number, shard->id[i].s)) {
            tsl__join_show_orphan(&c->join, shown);
            c->join.orphans++;
            c->orphans += c->rows[i];
        }
    }
done:
    return status;
}

static void count_shards(tsl__reading *r, const uint8_t *wanted, const known_ids *known, counter *counters)
{
    atomic_int stop = 0;
    const size_t threads = (size_t)r->threads;
#pragma omp parallel for num_threads(r->threads) schedule(static, 1)
    for (size_t t = 0; t < threads; t++) {
        counter *c = &counters[t];
        for (size_t s = t; s < TSL__SHARDS && !atomic_load(&stop); s += threads) {
            c->status = count_shard(r->shards, s, wanted, known, c, &c->err);
            if (c->status != TSL_OK) {
                atomic_store(&stop, 1);
            }
        }
    }
}

tsl_status tsl__finish_shard_orphans(tsl__reading *r, tsl_error *err)
{
    const tsl_column *ids = r->terms.known ? tsl_table_get_role(r->terms.known, TSL_ROLE_CUSTOMER) : NULL;
    const size_t threads = (size_t)r->threads;
    tsl_status status = TSL_OK;
    known_ids known = {.at = NULL};
    counter *counters = NULL;
    uint8_t *wanted = NULL;
    if (!ids || r->terms.opt->reject_orphans) {
        return TSL_OK;
    }
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    TSL__NEED(counters = tsl__alloc_zero(threads, sizeof *counters));
    TSL__TRY(sort_known(ids, r->threads, &known, err));
    count_shards(r, wanted, &known, counters);
    for (size_t t = 0; t < threads; t++) {
        const counter *c = &counters[t];
        TSL__TRY(c->status != TSL_OK ? tsl__error_take(err, &counters[t].err) : TSL_OK);
        if (c->join.ids) {
            take_example(&r->join, c->join.example);
        }
        for (size_t i = 0; i < c->join.shown; i++) {
            tsl__join_show_orphan(&r->join, c->join.orphan[i]);
        }
        r->join.ids += c->join.ids;
        r->join.orphans += c->join.orphans;
        r->table->info.orphans += c->orphans;
    }
done:
    for (size_t t = 0; counters && t < threads; t++) {
        tsl__shard_free(r->shards, &counters[t].shard);
        free(counters[t].rows);
    }
    free(counters);
    free(known.at);
    free(wanted);
    return status;
}
