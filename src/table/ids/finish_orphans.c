/* finish_orphans.c: rows kept by customer: whose customers the customers table lacks. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/slots.h"
#include "base/text.h"
#include "table/reading.h"

/* The ids that are known, by shard. */
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

/* The known ids of one shard: a number has the upper half of an id's hash above its place + 1. */
typedef struct lookup {
    const known_ids *known;
    tsl__slots slots;
} lookup;

typedef struct wanted_id {
    const known_ids *known;
    const char *id;
    uint64_t hash;
} wanted_id;

static uint64_t number_of(uint64_t hash, uint32_t place)
{
    return (hash & ~(uint64_t)UINT32_MAX) | ((uint64_t)place + 1);
}

static int is_id(const void *key, uint64_t number)
{
    const wanted_id *wanted = key;
    const uint32_t place = (uint32_t)number - 1;
    return number_of(wanted->hash, place) == number && strcmp(wanted->known->id[place], wanted->id) == 0;
}

static uint64_t *find_id(const lookup *l, tsl__span id)
{
    const wanted_id wanted = {l->known, id.s, tsl__text_hash(id.s, id.n)};
    return tsl__slots_find(&l->slots, wanted.hash, is_id, &wanted);
}

/* 0 on success. */
static int lookup_open(const known_ids *known, size_t shard, lookup *l)
{
    const size_t begin = known->begin[shard], end = known->begin[shard + 1];
    *l = (lookup){.known = known};
    if (tsl__slots_open(&l->slots, 2 * (end - begin))) {
        return -1;
    }
    for (size_t i = begin; i < end; i++) {
        const tsl__span id = tsl__span_make(known->id[known->at[i]]);
        const uint64_t hash = tsl__text_hash(id.s, id.n);
        *tsl__slots_find(&l->slots, hash, NULL, NULL) = number_of(hash, known->at[i]);
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

/* The least of the shards' examples, whichever thread met it. */
static void take_example(tsl__join *join, const char *shown)
{
    if (join->ids == 0 || strcmp(shown, join->example) < 0) {
        memcpy(join->example, shown, sizeof join->example);
    }
}

/* Counts the ids of a shard that have rows, those that are not known, and their rows; the least one is its example. */
static void count_ids(const tsl__shard *shard, const lookup *l, counter *c)
{
    const tsl__span *least = NULL;
    char shown[sizeof c->join.example];
    size_t ids = 0;
    for (size_t i = 0; i < shard->ids; i++) {
        const tsl__span *id = &shard->id[i];
        if (!c->rows[i]) {
            continue;
        }
        least = least && strcmp(least->s, id->s) < 0 ? least : id;
        ids++;
        if (!*find_id(l, *id)) {
            tsl__join_show_orphan(&c->join, tsl__span_show(*id, shown, sizeof shown));
            c->join.orphans++;
            c->orphans += c->rows[i];
        }
    }
    if (least) {
        take_example(&c->join, tsl__span_show(*least, shown, sizeof shown));
        c->join.ids += ids;
    }
}

static tsl_status count_shard(const tsl__shards *shards, size_t number, const uint8_t *wanted, const known_ids *known,
                              counter *c, tsl_error *err)
{
    const tsl__shard *shard = &c->shard;
    tsl_status status = TSL_OK;
    lookup l = {.known = NULL};
    TSL__TRY(tsl__shard_read(shards, number, wanted, 0, &c->shard, err));
    void *grown = c->rows;
    const int failed = tsl__reserve(&grown, &c->capacity, shard->ids + 1, sizeof *c->rows);
    c->rows = grown;
    TSL__NEED(failed ? NULL : grown);
    memset(c->rows, 0, shard->ids * sizeof *c->rows);
    for (size_t row = 0; row < shard->rows; row++) {
        c->rows[shard->customer[row]]++;
    }
    TSL__NEED(lookup_open(known, number, &l) ? NULL : l.slots.slot);
    count_ids(shard, &l, c);
done:
    free(l.slots.slot);
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
