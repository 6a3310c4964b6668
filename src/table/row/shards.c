/* shards.c: packed rows in chunks, by shard and writer. */
#include "table/row/shards.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "table/cell/id_spelling.h"
#include "table/row/packed.h"
#include "table/row/shards_state.h"

#define CACHE_LINE 64
#define CHUNK_BYTES ((size_t)16 << 10)
/* Where there is little memory chunks are smaller, so that their ends, which stay empty, are a small part of it. */
#define LEAST_CHUNK ((size_t)1 << 10)
#define CHUNKS_A_SHARD 4

/* ---- Parts ------------------------------------------------------------------ */

size_t tsl__shard_find(tsl__span id)
{
    return tsl__text_hash(id.s, id.n) >> 56;
}

tsl__shards *tsl__shards_open(const tsl__shard_form *forms, size_t columns, size_t writers)
{
    tsl__shards *s = tsl__alloc_zero(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    *s = (tsl__shards){
        .columns = columns, .writers = writers, .times = {.until = INT64_MAX}, .chunk_bytes = CHUNK_BYTES};
    s->form = tsl__alloc(columns, sizeof *s->form);
    s->writer = tsl__alloc_zero(writers, sizeof *s->writer);
    s->map = tsl__alloc_zero(writers * columns, sizeof *s->map);
    if (!s->form || !s->writer || !s->map) {
        tsl__shards_free(s);
        return NULL;
    }
    memcpy(s->form, forms, columns * sizeof *forms);
    s->row_bytes = TSL__PACK_NUMBER_BYTES + TSL__PACK_SLACK;
    for (size_t i = 0; i < columns; i++) {
        s->time = forms[i] == TSL__SHARD_TIME ? i : s->time;
        s->last_text = forms[i] == TSL__SHARD_TEXT ? i : s->last_text;
        s->row_bytes += TSL__PACK_NUMBER_BYTES + sizeof(int64_t);
    }
    return s;
}

static void free_slabs(tsl__slab **slab)
{
    for (tsl__slab *block = *slab, *next; block; block = next) {
        next = block->next;
        free(block->bytes);
        free(block);
    }
    *slab = NULL;
}

static void free_writer(tsl__shard_writer *w)
{
    if (w) {
        free_slabs(&w->slab);
        free_slabs(&w->spare);
        free(w->run);
    }
    free(w);
}

void tsl__shards_free(tsl__shards *s)
{
    if (!s) {
        return;
    }
    for (size_t w = 0; s->writer && w < s->writers; w++) {
        free_writer(s->writer[w]);
    }
    for (size_t i = 0; s->map && i < s->writers * s->columns; i++) {
        free(s->map[i].code);
    }
    free(s->dropped_bytes);
    free(s->form);
    free(s->writer);
    free(s->map);
    tsl__spill_free(s->spill);
    free(s);
}

void tsl__shards_empty(tsl__shards *s)
{
    for (size_t w = 0; w < s->writers; w++) {
        free_writer(s->writer[w]);
        s->writer[w] = NULL;
    }
    s->is_empty = 1;
}

tsl_status tsl__shards_set_memory(tsl__shards *s, size_t bytes, const char *folder, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__spill_open(folder, &s->spill, err));
    s->share = bytes / s->writers;
    const size_t chunk = s->share / (CHUNKS_A_SHARD * TSL__SHARDS) / CACHE_LINE * CACHE_LINE;
    s->chunk_bytes = chunk < LEAST_CHUNK ? LEAST_CHUNK : chunk < CHUNK_BYTES ? chunk : CHUNK_BYTES;
done:
    return status;
}

size_t tsl__shards_get_bytes(const tsl__shards *s)
{
    size_t bytes = 0;
    for (size_t w = 0; w < s->writers; w++) {
        bytes += s->writer[w] ? s->writer[w]->held : 0;
    }
    return bytes;
}

size_t tsl__shards_count_rows(const tsl__shards *s, size_t shard)
{
    size_t rows = 0, bytes;
    for (size_t i = 0; i < s->writers; i++) {
        const tsl__shard_writer *w = s->writer[i];
        rows += w ? w->filling[shard].closed + w->filling[shard].rows + tsl__spilled_get_rows(w, shard, &bytes) : 0;
    }
    return rows;
}

size_t tsl__shards_get_rows(const tsl__shards *s)
{
    size_t rows = 0;
    for (size_t shard = 0; shard < TSL__SHARDS; shard++) {
        rows += tsl__shards_count_rows(s, shard);
    }
    return rows;
}

int tsl__shards_has_odd(const tsl__shards *s, size_t shard)
{
    int odd = 0;
    for (size_t i = 0; i < s->writers; i++) {
        odd |= s->writer[i] && s->writer[i]->odd[shard];
    }
    return odd;
}

void tsl__shards_set_weighed(tsl__shards *s, size_t column)
{
    s->weighed = column;
}

__int128 tsl__shards_get_weight(const tsl__shards *s, size_t shard)
{
    __int128 weight = 0;
    for (size_t i = 0; i < s->writers; i++) {
        weight += s->writer[i] ? s->writer[i]->weight[shard] : 0;
    }
    return weight;
}

int tsl__shards_drop_id(tsl__shards *s, tsl__span id)
{
    free(s->dropped_bytes);
    s->dropped_bytes = tsl__alloc_zero(TSL__PACK_NUMBER_BYTES + id.n + TSL__PACK_SLACK, 1);
    if (!s->dropped_bytes) {
        return -1;
    }
    tsl__pack_text(s->dropped_bytes, id);
    tsl__unpack_text(s->dropped_bytes, &s->dropped);
    return 0;
}

void tsl__shards_set_codes(tsl__shards *s, size_t writer, size_t column, int32_t *code, size_t count)
{
    struct code_map *map = &s->map[writer * s->columns + column];
    free(map->code);
    map->code = code;
    map->count = count;
}

void tsl__shards_map_codes(tsl__shards *s, size_t column, const int32_t *rank)
{
    for (size_t w = 0; w < s->writers; w++) {
        const struct code_map *map = &s->map[w * s->columns + column];
        for (size_t i = 0; i < map->count; i++) {
            map->code[i] = rank[map->code[i]];
        }
    }
}

void tsl__shards_set_times(tsl__shards *s, const tsl__shard_times *times)
{
    s->times = *times;
    s->settles = 1;
}

/* ---- Writing ------------------------------------------------------------------ */

tsl__shard_writer *tsl__shard_writer_open(tsl__shards *s, size_t number)
{
    tsl__shard_writer *w = s->writer[number] = tsl__alloc_zero(1, sizeof *w);
    if (w) {
        w->shards = s;
        w->number = number;
    }
    return w;
}

/* The most bytes that the row can take. */
static inline size_t bound_row(const tsl__shards *s, const tsl__cell_value *cell)
{
    size_t bytes = s->row_bytes + cell[0].text.n;
    for (size_t i = 1; i <= s->last_text; i++) {
        bytes += s->form[i] == TSL__SHARD_TEXT ? cell[i].text.n : 0;
    }
    return bytes;
}

#define LEAST_SLAB ((size_t)256 << 10)
#define MOST_SLAB ((size_t)8 << 20)

/* The slab that is next, of so many bytes at least; NULL: out of memory. */
static tsl__slab *open_slab(tsl__shard_writer *w, size_t bytes)
{
    size_t capacity = w->slab ? 2 * w->slab->capacity : LEAST_SLAB;
    const size_t left = w->shards->share > w->held ? w->shards->share - w->held : 0;
    if (w->spare && w->spare->capacity >= bytes) {
        tsl__slab *slab = w->spare;
        w->spare = slab->next;
        return slab;
    }
    capacity = capacity > MOST_SLAB ? MOST_SLAB : capacity;
    capacity = w->shards->share && capacity > left ? left : capacity;
    capacity = capacity < bytes ? bytes : capacity;
    tsl__slab *slab = tsl__alloc(1, sizeof *slab);
    char *block = slab ? tsl__alloc_aligned(capacity, 1) : NULL;
    if (!block) {
        free(slab);
        return NULL;
    }
    *slab = (tsl__slab){.bytes = block, .capacity = capacity};
    return slab;
}

/* 1: for so many bytes another slab is needed, and the writer's share has no room for one. */
static int is_over_share(const tsl__shard_writer *w, size_t bytes)
{
    const size_t share = w->shards->share, left = w->slab ? w->slab->capacity - w->slab->used : 0;
    return share && w->slab && left < bytes && w->held + (bytes < LEAST_SLAB ? LEAST_SLAB : bytes) > share;
}

/* Bytes of a slab of the writer's; NULL: out of memory. */
static void *take_bytes(tsl__shard_writer *w, size_t bytes)
{
    if (!w->slab || w->slab->capacity - w->slab->used < bytes) {
        tsl__slab *fresh = open_slab(w, bytes);
        if (!fresh) {
            return NULL;
        }
        fresh->next = w->slab;
        w->slab = fresh;
        w->held += fresh->capacity;
    }
    void *taken = w->slab->bytes + w->slab->used;
    w->slab->used += bytes;
    return taken;
}

/* The chunk that was being filled is full. */
static void close_chunk(tsl__filling *f)
{
    if (f->chunk) {
        f->chunk->rows = f->rows;
        f->chunk->used = (size_t)(f->to - f->chunk->bytes);
    }
}

/* Writes a shard's chunks behind each other. */
static tsl_status spill_shard(const tsl__shards *s, const tsl__chunk *first, tsl__spilled *extent, tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint64_t at;
    *extent = (tsl__spilled){.rows = 0};
    for (const tsl__chunk *c = first; c; c = c->next) {
        extent->bytes += sizeof *c + c->used;
        extent->rows += c->rows;
    }
    at = extent->offset = tsl__spill_take(s->spill, extent->bytes);
    for (const tsl__chunk *c = first; c; c = c->next) {
        TSL__TRY(tsl__spill_write(s->spill, at, c, sizeof *c + c->used, err));
        at += sizeof *c + c->used;
    }
done:
    return status;
}

/* All chunks go to the temporary file; their slabs are empty again. */
static tsl_status spill_chunks(tsl__shard_writer *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *grown = w->run;
    const int failed = tsl__reserve(&grown, &w->run_capacity, w->runs + 1, sizeof *w->run);
    w->run = grown;
    TSL__NEED(failed ? NULL : grown);
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        close_chunk(&w->filling[s]);
        TSL__TRY(spill_shard(w->shards, w->filling[s].chunk, &w->run[w->runs][s], err));
    }
    w->runs++;
    memset(w->filling, 0, sizeof w->filling);
    while (w->slab) {
        tsl__slab *slab = w->slab;
        w->slab = slab->next;
        slab->used = 0;
        slab->next = w->spare;
        w->spare = slab;
    }
    w->held = 0;
done:
    return status;
}

tsl_status tsl__shards_close(tsl__shards *s, size_t most, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const int full = s->spill && tsl__shards_get_bytes(s) > most;
    for (size_t w = 0; w < s->writers; w++) {
        if (s->writer[w] && full) {
            TSL__TRY(spill_chunks(s->writer[w], err));
        }
        if (s->writer[w]) {
            free_slabs(&s->writer[w]->spare);
        }
    }
done:
    return status;
}

/* Begins a chunk of a shard, with room for a row of so many bytes at least. */
static tsl_status open_chunk(tsl__shard_writer *w, tsl__filling *f, size_t file, uint64_t line, size_t least,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t most = w->shards->chunk_bytes - sizeof(tsl__chunk), capacity = least > most ? least : most;
    const size_t bytes = (sizeof(tsl__chunk) + capacity + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    tsl__chunk *c = NULL;
    TSL__TRY(is_over_share(w, bytes) ? spill_chunks(w, err) : TSL_OK);
    TSL__NEED(c = take_bytes(w, bytes));
    close_chunk(f);
    *c = (tsl__chunk){.next = f->chunk, .writer = w->number, .file = file, .line = line};
    *f = (tsl__filling){.to = c->bytes,
                        .end = c->bytes + capacity,
                        .line = line,
                        .chunk = c,
                        .file = (uint32_t)file,
                        .closed = f->closed + f->rows};
done:
    return status;
}

/* Most ids end with a digit. */
static inline int is_odd(tsl__span id)
{
    return id.n && (!tsl__is_digit(id.s[id.n - 1]) ? !tsl__span_has_digit(id)
                                                   : tsl__id_may_be_science(id) && tsl__id_find_science(id));
}

tsl_status tsl__shard_write(tsl__shard_writer *w, size_t file, uint64_t line, unsigned small,
                            const tsl__cell_value *cell, tsl_error *err)
{
    const tsl__shards *s = w->shards;
    const size_t bound = bound_row(s, cell), shard = tsl__shard_find(cell[0].text);
    tsl__filling *f = &w->filling[shard];
    if (!f->chunk || (size_t)(f->end - f->to) < bound || f->file != file || line < f->line) {
        const tsl_status status = open_chunk(w, f, file, line, bound, err);
        if (status != TSL_OK) {
            return status;
        }
    }
    const tsl__packed_text id = tsl__packed_make(cell[0].text);
    const int has_head = !f->form || id.form != f->form || id.words.low != f->before;
    small |= s->time && tsl__packed_is_wide(cell[s->time].kept) ? 1u << TSL__WIDE_BIT : 0;
    const tsl__shard_form *const form = s->form;
    char *to = tsl__pack(f->to, (line - f->line) << TSL__STEP_BITS | (unsigned)has_head << TSL__HEAD_BIT | small);
    if (has_head) {
        to = tsl__pack_head(to, &id);
        f->form = id.digits ? id.form : 0;
        f->before = id.words.low;
    }
    to = tsl__pack_rest(to, &id);
    for (size_t i = 1, columns = s->columns; i < columns; i++) {
        switch (form[i]) {
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
    w->odd[shard] |= (uint8_t)is_odd(cell[0].text);
    if (s->weighed && cell[s->weighed].kept != TSL_MISSING_INT) {
        const int64_t value = cell[s->weighed].kept;
        w->weight[shard] += value < 0 ? -(__int128)value : value;
    }
    return TSL_OK;
}
