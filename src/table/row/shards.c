/* shards.c: packed rows in chunks, by shard and writer. */
#include "table/row/shards.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "table/row/packed.h"
#include "table/row/shards_state.h"

#define CACHE_LINE 64
#define CHUNK_BYTES ((size_t)16 << 10)

/* ---- Parts ------------------------------------------------------------------ */

size_t tsl__shard_find(tsl__span id)
{
    return tsl__text_hash(id.s, id.n) >> 56;
}

tsl__shards *tsl__shards_open(const tsl__shard_form *forms, size_t columns, size_t writers)
{
    tsl__shards *p = tsl__alloc_zero(1, sizeof *p);
    if (!p) {
        return NULL;
    }
    *p = (tsl__shards){.columns = columns, .writers = writers, .times = {.until = INT64_MAX}};
    p->form = tsl__alloc(columns, sizeof *p->form);
    p->writer = tsl__alloc_zero(writers, sizeof *p->writer);
    p->map = tsl__alloc_zero(writers * columns, sizeof *p->map);
    if (!p->form || !p->writer || !p->map) {
        tsl__shards_free(p);
        return NULL;
    }
    memcpy(p->form, forms, columns * sizeof *forms);
    p->row_bytes = TSL__PACK_NUMBER_BYTES + TSL__PACK_SLACK;
    for (size_t i = 0; i < columns; i++) {
        p->time = forms[i] == TSL__SHARD_TIME ? i : p->time;
        p->row_bytes += TSL__PACK_NUMBER_BYTES + sizeof(int64_t);
    }
    return p;
}

static void free_writer(tsl__shard_writer *w)
{
    for (tsl__slab *block = w ? w->slab : NULL, *next; block; block = next) {
        next = block->next;
        free(block->bytes);
        free(block);
    }
    free(w);
}

void tsl__shards_free(tsl__shards *p)
{
    if (!p) {
        return;
    }
    for (size_t w = 0; p->writer && w < p->writers; w++) {
        free_writer(p->writer[w]);
    }
    for (size_t i = 0; p->map && i < p->writers * p->columns; i++) {
        free(p->map[i].code);
    }
    free(p->dropped_bytes);
    free(p->form);
    free(p->writer);
    free(p->map);
    free(p);
}

size_t tsl__shards_count_rows(const tsl__shards *p, size_t shard)
{
    size_t rows = 0;
    for (size_t i = 0; i < p->writers; i++) {
        const tsl__filling *f = p->writer[i] ? &p->writer[i]->filling[shard] : NULL;
        rows += f ? f->closed + f->rows : 0;
    }
    return rows;
}

size_t tsl__shards_get_rows(const tsl__shards *p)
{
    size_t rows = 0;
    for (size_t shard = 0; shard < TSL__SHARDS; shard++) {
        rows += tsl__shards_count_rows(p, shard);
    }
    return rows;
}

int tsl__shards_drop_id(tsl__shards *p, tsl__span id)
{
    free(p->dropped_bytes);
    p->dropped_bytes = tsl__alloc_zero(TSL__PACK_NUMBER_BYTES + id.n + TSL__PACK_SLACK, 1);
    if (!p->dropped_bytes) {
        return -1;
    }
    tsl__pack_text(p->dropped_bytes, id);
    tsl__unpack_text(p->dropped_bytes, &p->dropped);
    return 0;
}

void tsl__shards_set_codes(tsl__shards *p, size_t writer, size_t column, int32_t *code, size_t count)
{
    struct code_map *map = &p->map[writer * p->columns + column];
    free(map->code);
    *map = (struct code_map){code, count};
}

void tsl__shards_map_codes(tsl__shards *p, size_t column, const int32_t *rank)
{
    for (size_t w = 0; w < p->writers; w++) {
        const struct code_map *map = &p->map[w * p->columns + column];
        for (size_t i = 0; i < map->count; i++) {
            map->code[i] = rank[map->code[i]];
        }
    }
}

void tsl__shards_set_times(tsl__shards *p, const tsl__shard_times *times)
{
    p->times = *times;
    p->settles = 1;
}

/* ---- Writing ------------------------------------------------------------------ */

tsl__shard_writer *tsl__shard_writer_open(tsl__shards *p, size_t number)
{
    tsl__shard_writer *w = p->writer[number] = tsl__alloc_zero(1, sizeof *w);
    if (w) {
        w->shards = p;
        w->number = number;
    }
    return w;
}

/* The most bytes that the row can take. */
static inline size_t bound_row(const tsl__shards *p, const tsl__cell_value *cell)
{
    size_t bytes = p->row_bytes;
    for (size_t i = 0; i < p->columns; i++) {
        bytes += p->form[i] <= TSL__SHARD_TEXT ? cell[i].text.n : 0;
    }
    return bytes;
}

#define LEAST_SLAB ((size_t)256 << 10)
#define MOST_SLAB ((size_t)8 << 20)

/* Bytes of a slab of the writer's; NULL: out of memory. */
static void *take_bytes(tsl__shard_writer *w, size_t bytes)
{
    bytes = (bytes + 63) / 64 * 64;
    if (!w->slab || w->slab->capacity - w->slab->used < bytes) {
        size_t capacity = w->slab ? 2 * w->slab->capacity : LEAST_SLAB;
        capacity = capacity > MOST_SLAB ? MOST_SLAB : capacity;
        capacity = capacity < bytes ? bytes : capacity;
        tsl__slab *fresh = tsl__alloc(1, sizeof *fresh);
        char *block = fresh ? tsl__alloc_aligned(capacity, 1) : NULL;
        if (!block) {
            free(fresh);
            return NULL;
        }
        *fresh = (tsl__slab){.next = w->slab, .bytes = block, .capacity = capacity};
        w->slab = fresh;
    }
    void *taken = w->slab->bytes + w->slab->used;
    w->slab->used += bytes;
    return taken;
}

/* Begins a chunk of a shard, with room for a row of so many bytes at least. */
static int open_chunk(tsl__shard_writer *w, tsl__filling *f, size_t file, uint64_t line, size_t least)
{
    const size_t most = CHUNK_BYTES - sizeof(tsl__chunk), capacity = least > most ? least : most;
    tsl__chunk *c = take_bytes(w, sizeof *c + capacity);
    if (!c) {
        return -1;
    }
    if (f->chunk) {
        f->chunk->rows = f->rows;
    }
    *c = (tsl__chunk){.next = f->chunk, .writer = w->number, .file = file, .line = line};
    *f = (tsl__filling){.to = c->bytes,
                        .end = c->bytes + capacity,
                        .line = line,
                        .chunk = c,
                        .file = (uint32_t)file,
                        .closed = f->closed + f->rows};
    return 0;
}

tsl_status tsl__shard_write(tsl__shard_writer *w, size_t file, uint64_t line, unsigned small,
                            const tsl__cell_value *cell, tsl_error *err)
{
    const tsl__shards *p = w->shards;
    const size_t bound = bound_row(p, cell);
    tsl__filling *f = &w->filling[tsl__shard_find(cell[0].text)];
    if ((!f->chunk || (size_t)(f->end - f->to) < bound || f->file != file || line < f->line) &&
        open_chunk(w, f, file, line, bound)) {
        return tsl__error_nomem(err);
    }
    small |= p->time && tsl__packed_is_wide(cell[p->time].kept) ? 1u << TSL__WIDE_BIT : 0;
    char *to = tsl__pack(f->to, (line - f->line) << TSL__STEP_BITS | small);
    for (size_t i = 0; i < p->columns; i++) {
        switch (p->form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            to = tsl__pack_text(to, cell[i].text);
            break;
        case TSL__SHARD_CODE:
            to = tsl__pack(to, (uint64_t)(cell[i].kept + 1));
            break;
        case TSL__SHARD_NUMBER:
            to = tsl__pack_number(to, cell[i].kept);
            break;
        case TSL__SHARD_TIME:
            to = tsl__pack_time(to, cell[i].kept);
            break;
        }
    }
    __builtin_prefetch(to + CACHE_LINE, 1); /* the next row of the shard comes hundreds of rows later */
    f->to = to;
    f->line = line;
    f->rows++;
    return TSL_OK;
}
