/* roll.c: ids of all shards -> one order: each shard's are sorted and go to a temporary file, from which they are
 * merged. */
#include "feature/records/roll.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text_order.h"
#include "feature/records/population.h"

#include <stdlib.h>
#include <string.h>

/* The ids of a shard in the file, and how far they are read. */
typedef struct tsl__roll_part {
    size_t customers;
    uint64_t at, end; /* what is not read yet */
    char *buffer;
    size_t capacity, used, filled; /* of the buffer */
    tsl__order_text id;            /* that comes next */
    uint32_t place;                /* of the customer in the grouping */
    size_t text_bytes;             /* of all ids */
} part;

/* What stands before each id; a zero stands behind. */
typedef struct head {
    uint32_t bytes, place;
} head;

#ifndef READ_BYTES /* the fuzzers have a small one */
#define READ_BYTES ((size_t)4 << 10)
#endif
#define WRITTEN 1024 /* ids that are written at a time */

tsl_status tsl__roll_open(size_t shards, const char *folder, tsl__roll *roll, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *roll = (tsl__roll){.shards = shards};
    TSL__NEED(roll->part = tsl__alloc_zero(shards, sizeof *roll->part));
    TSL__NEED(roll->begin = tsl__alloc_zero(shards + 1, sizeof *roll->begin));
    TSL__TRY(tsl__spill_open(folder, &roll->spill, err));
done:
    if (status != TSL_OK) {
        tsl__roll_free(roll);
    }
    return status;
}

void tsl__roll_free(tsl__roll *roll)
{
    for (size_t s = 0; roll->part && s < roll->shards; s++) {
        free(roll->part[s].buffer);
    }
    free(roll->part);
    free(roll->begin);
    free(roll->order);
    tsl__spill_free(roll->spill);
    *roll = (tsl__roll){.shards = 0};
}

/* ---- Each shard -------------------------------------------------------------------- */

tsl_status tsl__roll_add(tsl__roll *roll, size_t shard, const tsl__grouping *g, tsl_error *err)
{
    part *p = &roll->part[shard];
    tsl_status status = TSL_OK;
    tsl__cohort c = {.customers = 0};
    char *bytes = NULL, *to;
    TSL__TRY(tsl__cohort_fill(g, &c, err));
    for (size_t i = 0; i < c.customers; i++) {
        p->text_bytes += strlen(c.id[i]) + 1;
    }
    const size_t all = c.customers * sizeof(head) + p->text_bytes;
    TSL__NEED(to = bytes = tsl__alloc(all, 1));
    for (size_t i = 0; i < c.customers; i++) {
        const size_t n = strlen(c.id[i]);
        memcpy(to, &(head){(uint32_t)n, c.place[i]}, sizeof(head));
        memcpy(to + sizeof(head), c.id[i], n + 1);
        to += sizeof(head) + n + 1;
    }
    p->customers = c.customers;
    p->at = tsl__spill_take(roll->spill, all);
    p->end = p->at + all;
    TSL__TRY(tsl__spill_write(roll->spill, p->at, bytes, all, err));
done:
    tsl__cohort_free(&c);
    free(bytes);
    return status;
}

/* ---- The merge --------------------------------------------------------------------- */

/* So many bytes of the part are in its buffer, from `used` on. */
static tsl_status need_bytes(const tsl__spill *spill, part *p, size_t bytes, tsl_error *err)
{
    const size_t held = p->filled - p->used;
    tsl_status status = TSL_OK;
    if (held >= bytes) {
        return TSL_OK;
    }
    void *buffer = p->buffer;
    const int failed = tsl__reserve(&buffer, &p->capacity, bytes > READ_BYTES ? bytes : READ_BYTES, 1);
    p->buffer = buffer;
    TSL__NEED(failed ? NULL : buffer);
    memmove(p->buffer, p->buffer + p->used, held);
    const uint64_t left = p->end - p->at;
    const size_t more = p->capacity - held < left ? p->capacity - held : (size_t)left;
    TSL__TRY(tsl__spill_read(spill, p->at, p->buffer + held, more, err));
    p->at += more;
    p->used = 0;
    p->filled = held + more;
done:
    return status;
}

/* The next id of a part that has one. */
static tsl_status read_id(const tsl__spill *spill, part *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    head next;
    TSL__TRY(need_bytes(spill, p, sizeof next, err));
    memcpy(&next, p->buffer + p->used, sizeof next);
    TSL__TRY(need_bytes(spill, p, sizeof next + next.bytes + 1, err));
    p->id = (tsl__order_text){p->buffer + p->used + sizeof next, next.bytes};
    p->place = next.place;
    p->used += sizeof next + next.bytes + 1;
done:
    return status;
}

static int has_more(const part *p)
{
    return p->used < p->filled || p->at < p->end;
}

/* Whether the next id of the part comes before that of the other. */
static int comes_before(const part *a, const part *b)
{
    const int order = memcmp(a->id.s, b->id.s, a->id.n < b->id.n ? a->id.n : b->id.n);
    return order ? order < 0 : a->id.n != b->id.n ? a->id.n < b->id.n : a < b;
}

/* Parts with an id each, as a heap: the one that comes first at the front. */
typedef struct heap {
    part **at;
    size_t count;
} heap;

static void sift(heap *h, size_t i)
{
    for (size_t child; (child = 2 * i + 1) < h->count; i = child) {
        child += child + 1 < h->count && comes_before(h->at[child + 1], h->at[child]);
        if (!comes_before(h->at[child], h->at[i])) {
            return;
        }
        part *up = h->at[child];
        h->at[child] = h->at[i];
        h->at[i] = up;
    }
}

/* Those that have customers. */
static tsl_status open_heap(const tsl__roll *roll, heap *h, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(h->at = tsl__alloc(roll->shards, sizeof *h->at));
    for (size_t s = 0; s < roll->shards; s++) {
        if (roll->part[s].customers) {
            TSL__TRY(read_id(roll->spill, &roll->part[s], err));
            h->at[h->count++] = &roll->part[s];
        }
    }
    for (size_t i = h->count / 2; i-- > 0;) {
        sift(h, i);
    }
done:
    return status;
}

/* What waits to be written of the ids and their texts. */
typedef struct batch {
    const char *id[WRITTEN];
    char *text;
    size_t count, bytes, capacity;
    size_t ids, text_bytes; /* written before */
} batch;

static tsl_status write_batch(batch *b, const tsl__shelf *id, const tsl__shelf *text, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__shelf_write(text, b->text_bytes, b->bytes, b->text, err));
    TSL__TRY(tsl__shelf_write(id, b->ids, b->count, b->id, err));
    b->text_bytes += b->bytes;
    b->ids += b->count;
    b->bytes = b->count = 0;
done:
    return status;
}

/* Puts the id at the end of the batch; it will stand behind the texts that are there. */
static tsl_status add_id(batch *b, const tsl__order_text *id, const tsl__shelf *text, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *grown = b->text;
    const int failed = tsl__reserve(&grown, &b->capacity, b->bytes + id->n + 1, 1);
    b->text = grown;
    TSL__NEED(failed ? NULL : grown);
    b->id[b->count++] = text->base + b->text_bytes + b->bytes;
    memcpy(b->text + b->bytes, id->s, id->n + 1);
    b->bytes += id->n + 1;
done:
    return status;
}

static tsl_status merge(tsl__roll *roll, const tsl__shelf *id, const tsl__shelf *text, tsl_error *err)
{
    tsl_status status = TSL_OK;
    heap h = {.count = 0};
    batch b = {.count = 0};
    TSL__TRY(open_heap(roll, &h, err));
    for (size_t i = 0; i < roll->customers; i++) {
        part *first = h.at[0];
        TSL__TRY(add_id(&b, &first->id, text, err));
        roll->id_width = first->id.n > roll->id_width ? first->id.n : roll->id_width;
        roll->order[roll->begin[first - roll->part] + first->place] = (uint32_t)i;
        if (has_more(first)) {
            TSL__TRY(read_id(roll->spill, first, err));
        } else {
            h.at[0] = h.at[--h.count];
        }
        sift(&h, 0);
        TSL__TRY(b.count == WRITTEN ? write_batch(&b, id, text, err) : TSL_OK);
    }
    TSL__TRY(write_batch(&b, id, text, err));
done:
    free(h.at);
    free(b.text);
    return status;
}

tsl_status tsl__roll_close(tsl__roll *roll, const char *folder, tsl__shelf *id, tsl__shelf *text, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t bytes = 0;
    for (size_t s = 0; s < roll->shards; s++) {
        roll->begin[s + 1] = roll->customers += roll->part[s].customers;
        bytes += roll->part[s].text_bytes;
    }
    TSL__NEED(roll->order = tsl__alloc(roll->customers, sizeof *roll->order));
    TSL__TRY(tsl__shelf_open(bytes, 1, 1, folder, text, err));
    TSL__TRY(tsl__shelf_open(roll->customers, sizeof(char *), 1, folder, id, err));
    TSL__TRY(merge(roll, id, text, err));
    for (size_t s = 0; s < roll->shards; s++) {
        free(roll->part[s].buffer);
        roll->part[s].buffer = NULL;
    }
    tsl__spill_free(roll->spill);
    roll->spill = NULL;
done:
    return status;
}
