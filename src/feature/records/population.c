/* population.c: ids of all shards -> one order. */
#include "feature/records/population.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text_order.h"
#include "table/cell/pseudonyms.h"
#include "table/table_state.h"

#include <omp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* How the customers show the id, else another table: where its spellings are one, it is the form that they share. */
static const char *get_shown(const tsl__grouping *g, const char *id)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    const char *shown = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order && !shown; i++) {
        const tsl_table *table = g->rows[order[i]].table;
        shown = table ? tsl__shown_ids_get(&table->shown_ids, id) : NULL;
    }
    return shown ? shown : id;
}

/* A pseudonym for each; all tables have the same key, or none. NULL: they go by their ids. */
static tsl_status make_pseudonyms(const tsl__grouping *g, char (**out)[TSL_PSEUDONYM_CHARS + 1], tsl_error *err)
{
    const tsl_pseudonyms *key = NULL;
    tsl__pseudonymiser *maker = NULL;
    tsl_status status = TSL_OK;
    for (int kind = 0; kind < TSL_TABLE_KINDS && !key; kind++) {
        key = g->rows[kind].table ? g->rows[kind].table->pseudonyms : NULL;
    }
    if (!key) {
        return TSL_OK;
    }
    TSL__NEED(*out = tsl__alloc(g->customers, sizeof **out));
    TSL__TRY(tsl__pseudonymiser_open(key, &maker, err));
    for (size_t i = 0; i < g->customers; i++) {
        TSL__TRY(tsl__pseudonymiser_put(maker, g->id[i], strlen(g->id[i]), (*out)[i], err));
    }
done:
    tsl__pseudonymiser_free(maker);
    return status;
}

tsl_status tsl__cohort_fill(const tsl__grouping *g, tsl__cohort *c, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__order_text *text = NULL;
    const char **sorted = NULL;
    char(*pseudonym)[TSL_PSEUDONYM_CHARS + 1] = NULL;
    TSL__NEED(text = tsl__alloc(g->customers, sizeof *text));
    TSL__NEED(sorted = tsl__alloc(g->customers, sizeof *sorted));
    TSL__NEED(c->place = tsl__alloc(g->customers, sizeof *c->place));
    TSL__TRY(make_pseudonyms(g, &pseudonym, err));
    for (size_t i = 0; i < g->customers; i++) {
        const char *shown = pseudonym ? pseudonym[i] : get_shown(g, g->id[i]);
        text[i] = (tsl__order_text){shown, strlen(shown)};
    }
    TSL__NEED(tsl__text_order(text, g->customers, c->place) == 0);
    for (size_t i = 0; i < g->customers; i++) {
        sorted[i] = text[c->place[i]].s;
    }
    TSL__NEED(c->id = tsl__texts_pack(sorted, g->customers));
    c->customers = g->customers;
done:
    free(text);
    free(sorted);
    free(pseudonym);
    return status;
}

void tsl__cohort_free(tsl__cohort *c)
{
    free(c->id);
    free(c->place);
    *c = (tsl__cohort){0};
}

/* ---- All cohorts in one order ------------------------------------------------ *
 * Cut into parts by some ids, each of which merges its ranges of all cohorts by itself. */

/* What is left of a cohort in a part. */
typedef struct run {
    uint64_t head; /* of its first id; of none: the greatest */
    size_t at, end;
} run;

typedef struct merge {
    const tsl__cohort *cohort;
    size_t shards, leaves;
    size_t shared; /* bytes at the front that all ids share */
    size_t *begin; /* (parts + 1) x shards: which ids of each cohort are of a part */
    size_t *width; /* one a part: bytes of its longest id */
    tsl__population *out;
} merge;

/* The eight bytes behind what all ids share, the first of them the highest; zeros behind the end. */
static uint64_t get_head(const merge *m, const char *id)
{
    uint64_t head = 0;
    const char *s = id + m->shared;
    for (size_t i = 0; i < sizeof head; i++) {
        head = head << 8 | (unsigned char)*s;
        s += *s != '\0';
    }
    return head;
}

static void set_head(const merge *m, run *r, size_t shard)
{
    r->head = r->at < r->end ? get_head(m, m->cohort[shard].id[r->at]) : UINT64_MAX;
}

/* Which of two runs of the same head comes first. */
static int is_first(const merge *m, const run *r, size_t a, size_t b)
{
    if (r[a].at == r[a].end || r[b].at == r[b].end) {
        return r[b].at == r[b].end;
    }
    const int order = strcmp(m->cohort[a].id[r[a].at], m->cohort[b].id[r[b].at]);
    return order ? order < 0 : a < b;
}

static inline uint32_t choose(const merge *m, const run *r, uint32_t a, uint32_t b)
{
    if (__builtin_expect(r[a].head == r[b].head, 0)) {
        return is_first(m, r, a, b) ? a : b;
    }
    return r[a].head < r[b].head ? a : b;
}

/* Where a part begins among all ids, and its bytes among those of all. */
static void find_begin(const merge *m, const size_t *begin, size_t *first, size_t *bytes)
{
    *first = *bytes = 0;
    for (size_t s = 0; s < m->shards; s++) {
        const tsl__cohort *c = &m->cohort[s];
        *first += begin[s];
        *bytes += begin[s] == 0 ? 0
                  : begin[s] < c->customers
                      ? (size_t)(c->id[begin[s]] - c->id[0])
                      : (size_t)(c->id[begin[s] - 1] - c->id[0]) + strlen(c->id[begin[s] - 1]) + 1;
    }
}

/* A tournament: winner[1] is the run with the least id, winner[i] that of winner[2 i] and winner[2 i + 1]; the leaves
 * are the runs. */
static void merge_part(const merge *m, size_t part, run *r, uint32_t *winner)
{
    const size_t *begin = m->begin + part * m->shards, leaves = m->leaves;
    tsl__population *out = m->out;
    size_t at, bytes, end, width = 1;
    find_begin(m, begin + m->shards, &end, &bytes);
    find_begin(m, begin, &at, &bytes);
    char *to = (char *)(out->id + out->customers) + bytes;
    for (size_t s = 0; s < leaves; s++) {
        r[s] = s < m->shards ? (run){.at = begin[s], .end = begin[m->shards + s]} : (run){.at = 0};
        set_head(m, &r[s], s);
        winner[leaves + s] = (uint32_t)s;
    }
    for (size_t i = leaves - 1; i > 0; i--) {
        winner[i] = choose(m, r, winner[2 * i], winner[2 * i + 1]);
    }
    for (; at < end; at++) {
        const uint32_t shard = winner[1];
        const tsl__cohort *c = &m->cohort[shard];
        const char *id = c->id[r[shard].at];
        const size_t size = strlen(id) + 1;
        out->order[out->begin[shard] + c->place[r[shard].at++]] = (uint32_t)at;
        out->id[at] = memcpy(to, id, size);
        to += size;
        width = size > width ? size : width;
        set_head(m, &r[shard], shard);
        for (size_t i = (leaves + shard) / 2; i > 0; i /= 2) {
            winner[i] = choose(m, r, winner[2 * i], winner[2 * i + 1]);
        }
    }
    m->width[part] = width - 1;
}

/* Ids of a cohort below this one. */
static size_t count_below(const tsl__cohort *c, const char *id)
{
    size_t low = 0, high = c->customers;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(c->id[middle], id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The parts are cut by the ids of the largest cohort, which are spread as those of all are. */
static void cut_parts(const merge *m, size_t parts)
{
    const tsl__cohort *most = m->cohort;
    for (size_t s = 0; s < m->shards; s++) {
        most = m->cohort[s].customers > most->customers ? &m->cohort[s] : most;
    }
    for (size_t s = 0; s < m->shards; s++) {
        for (size_t part = 0; part <= parts; part++) {
            const size_t cut = most->customers * part / parts;
            m->begin[part * m->shards + s] = part == 0       ? 0
                                             : part == parts ? m->cohort[s].customers
                                                             : count_below(&m->cohort[s], most->id[cut]);
        }
    }
}

/* Bytes at the front that the least and the greatest id share, and so do all. */
static size_t find_shared(const tsl__cohort *cohort, size_t shards)
{
    const char *least = NULL, *greatest = NULL;
    size_t shared = 0;
    for (size_t s = 0; s < shards; s++) {
        const tsl__cohort *c = &cohort[s];
        if (c->customers) {
            const char *last = c->id[c->customers - 1];
            least = !least || strcmp(c->id[0], least) < 0 ? c->id[0] : least;
            greatest = !greatest || strcmp(last, greatest) > 0 ? last : greatest;
        }
    }
    while (least && least[shared] && least[shared] == greatest[shared]) {
        shared++;
    }
    return shared;
}

static tsl_status merge_cohorts(merge *m, int threads, tsl_error *err)
{
    const size_t parts = threads > 1 && m->out->customers ? 4 * (size_t)threads : 1; /* nobody has no id to cut by */
    tsl_status status = TSL_OK;
    run *runs = NULL;
    uint32_t *winner = NULL;
    for (m->leaves = 1; m->leaves < m->shards; m->leaves *= 2) {
    }
    TSL__NEED(m->begin = tsl__alloc((parts + 1) * m->shards, sizeof *m->begin));
    TSL__NEED(m->width = tsl__alloc(parts, sizeof *m->width));
    TSL__NEED(runs = tsl__alloc((size_t)threads * m->leaves, sizeof *runs));
    TSL__NEED(winner = tsl__alloc((size_t)threads * m->leaves * 2, sizeof *winner));
    m->shared = find_shared(m->cohort, m->shards);
    cut_parts(m, parts);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t part = 0; part < parts; part++) {
        const size_t own = (size_t)omp_get_thread_num() * m->leaves;
        merge_part(m, part, runs + own, winner + 2 * own);
    }
    for (size_t part = 0; part < parts; part++) {
        m->out->id_width = m->width[part] > m->out->id_width ? m->width[part] : m->out->id_width;
    }
done:
    free(m->begin);
    free(m->width);
    free(runs);
    free(winner);
    return status;
}

tsl_status tsl__population_build(tsl__cohort *cohort, size_t shards, int threads, tsl__population *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    merge m = {.cohort = cohort, .shards = shards, .out = p};
    size_t bytes = 0;
    *p = (tsl__population){.customers = 0};
    TSL__NEED(p->begin = tsl__alloc_zero(shards + 1, sizeof *p->begin));
    for (size_t s = 0; s < shards; s++) {
        const tsl__cohort *c = &cohort[s];
        p->begin[s + 1] = p->customers += c->customers;
        bytes += c->customers ? (size_t)(c->id[c->customers - 1] - c->id[0]) + strlen(c->id[c->customers - 1]) + 1 : 0;
    }
    TSL__NEED(p->id = tsl__alloc(p->customers * sizeof *p->id + bytes, 1));
    TSL__NEED(p->order = tsl__alloc(p->customers, sizeof *p->order));
    TSL__TRY(merge_cohorts(&m, threads, err));
    for (size_t s = 0; s < shards; s++) {
        tsl__cohort_free(&cohort[s]);
    }
done:
    if (status != TSL_OK) {
        tsl__population_free(p);
    }
    return status;
}

void tsl__population_free(tsl__population *p)
{
    free(p->id);
    free(p->begin);
    free(p->order);
    *p = (tsl__population){.customers = 0};
}
