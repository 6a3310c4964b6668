/* shards.c: packed rows in chunks, by shard and writer. */
#include "table/row/shards.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/hash.h"
#include "base/slots.h"
#include "table/cell/parse_date.h"

#define CHUNK_BYTES ((size_t)16 << 10)
#define SLACK 16       /* numbers are read and written by eight bytes */
#define NUMBER_BYTES 9 /* of a packed number at most */
#define SMALL_BITS 4   /* of what is kept with a row */

/* Rows of one shard, by one writer, of one file. */
typedef struct chunk {
    struct chunk *next;
    size_t writer, file;
    uint64_t line; /* of the first row */
    size_t rows, used, capacity;
    char bytes[];
} chunk;

/* The chunk of a shard that is being filled; what each row needs of it stands together. */
typedef struct filling {
    char *to, *end;
    uint64_t line; /* of the last row */
    chunk *chunk;  /* with those filled before behind it; its rows and bytes are known when it is closed */
    uint32_t rows, file;
} filling;

/* Chunks are taken from blocks, which grow with what is written. */
typedef struct slab {
    struct slab *next;
    char *bytes;
    size_t used, capacity;
} slab;

struct tsl__shard_writer {
    const tsl__shards *shards;
    size_t number;
    slab *slab;
    filling filling[TSL__SHARDS];
};

struct tsl__shards {
    tsl__shard_form *form;
    size_t columns, writers;
    tsl__shard_writer **writer;
    struct code_map {
        int32_t *code;
        size_t count;
    } * map; /* writers x columns: what its codes are; NULL: as they were written */
    tsl__shard_times times;
    char *dropped; /* the id whose rows are gone; NULL: none */
    size_t dropped_bytes;
};

/* ---- Packed numbers ------------------------------------------------------- *
 * As many zero bits in front as bytes follow the first, then a one, then the number; of more than 56 bits: a zero byte,
 * then eight bytes. Written and read without a branch on the length. */

static uint64_t load(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static char *pack(char *p, uint64_t v)
{
    const unsigned bits = 64 - (unsigned)__builtin_clzll(v | 1), bytes = (bits + 6) / 7;
    if (bytes > 8) {
        *p = 0;
        memcpy(p + 1, &v, sizeof v);
        return p + NUMBER_BYTES;
    }
    const uint64_t packed = (v << 1 | 1) << (bytes - 1);
    memcpy(p, &packed, sizeof packed);
    return p + bytes;
}

static const char *unpack(const char *p, uint64_t *v)
{
    const uint64_t packed = load(p);
    if (__builtin_expect((packed & 0xFF) == 0, 0)) {
        *v = load(p + 1);
        return p + NUMBER_BYTES;
    }
    const unsigned bytes = (unsigned)__builtin_ctzll(packed) + 1;
    *v = (packed & (UINT64_MAX >> (64 - 8 * bytes))) >> bytes;
    return p + bytes;
}

/* Small absolute values are small numbers. */
static uint64_t fold(int64_t v)
{
    return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static int64_t unfold(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

#define HUNDRED 100 /* money has two decimals of four, mostly */
#define MOST_FOLDED ((int64_t)1 << 61)

/* A number: 0: it follows as it is; else folded, and divided by a hundred where it can be. */
static char *pack_number(char *p, int64_t v)
{
    if (v <= -MOST_FOLDED || v >= MOST_FOLDED) {
        p = pack(p, 0);
        memcpy(p, &v, sizeof v);
        return p + sizeof v;
    }
    const int whole = v % HUNDRED == 0;
    return pack(p, (fold(whole ? v / HUNDRED : v) << 1 | (uint64_t)whole) + 1);
}

static const char *unpack_number(const char *p, int64_t *v)
{
    uint64_t packed;
    p = unpack(p, &packed);
    if (packed == 0) {
        memcpy(v, p, sizeof *v);
        return p + sizeof *v;
    }
    *v = unfold((packed - 1) >> 1);
    if ((packed - 1) & 1) {
        *v *= HUNDRED;
    }
    return p;
}

/* ---- Parts ------------------------------------------------------------------ */

size_t tsl__shard_find(tsl__span id)
{
    return tsl__hash64(id.s, id.n, 0) >> 56;
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
    return p;
}

static void free_writer(tsl__shard_writer *w)
{
    for (slab *block = w ? w->slab : NULL, *next; block; block = next) {
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
    free(p->dropped);
    free(p->form);
    free(p->writer);
    free(p->map);
    free(p);
}

/* The chunks of a shard by a writer, the one that is being filled closed as far as it goes. */
static const chunk *get_chunks(const tsl__shard_writer *w, size_t shard)
{
    const filling *f = w ? &w->filling[shard] : NULL;
    if (f && f->chunk) {
        f->chunk->used = (size_t)(f->to - f->chunk->bytes);
        f->chunk->rows = f->rows;
    }
    return f ? f->chunk : NULL;
}

size_t tsl__shards_count_rows(const tsl__shards *p, size_t shard)
{
    size_t rows = 0;
    for (size_t w = 0; w < p->writers; w++) {
        for (const chunk *c = get_chunks(p->writer[w], shard); c; c = c->next) {
            rows += c->rows;
        }
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
    free(p->dropped);
    p->dropped = tsl__strndup(id.s, id.n);
    p->dropped_bytes = id.n;
    return p->dropped ? 0 : -1;
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
static size_t bound_row(const tsl__shards *p, const tsl__shard_cell *cell)
{
    size_t bytes = 2 * NUMBER_BYTES + SLACK;
    for (size_t i = 0; i < p->columns; i++) {
        bytes += NUMBER_BYTES + sizeof(int64_t) + (p->form[i] <= TSL__SHARD_TEXT ? cell[i].text.n : 0);
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
        slab *fresh = tsl__alloc(1, sizeof *fresh);
        char *block = fresh ? tsl__alloc_aligned(capacity, 1) : NULL;
        if (!block) {
            free(fresh);
            return NULL;
        }
        *fresh = (slab){.next = w->slab, .bytes = block, .capacity = capacity};
        w->slab = fresh;
    }
    void *taken = w->slab->bytes + w->slab->used;
    w->slab->used += bytes;
    return taken;
}

/* Begins a chunk of a shard, with room for a row of so many bytes at least. */
static int open_chunk(tsl__shard_writer *w, filling *f, size_t file, uint64_t line, size_t least)
{
    const size_t most = CHUNK_BYTES - sizeof(chunk), capacity = least > most ? least : most;
    chunk *c = take_bytes(w, sizeof *c + capacity);
    if (!c) {
        return -1;
    }
    if (f->chunk) {
        f->chunk->used = (size_t)(f->to - f->chunk->bytes);
        f->chunk->rows = f->rows;
    }
    *c = (chunk){.next = f->chunk, .writer = w->number, .file = file, .line = line, .capacity = capacity};
    *f = (filling){.to = c->bytes, .end = c->bytes + capacity, .line = line, .chunk = c, .file = (uint32_t)file};
    return 0;
}

tsl_status tsl__shard_write(tsl__shard_writer *w, size_t file, uint64_t line, unsigned small,
                            const tsl__shard_cell *cell, tsl_error *err)
{
    const tsl__shards *p = w->shards;
    const size_t bound = bound_row(p, cell);
    filling *f = &w->filling[tsl__shard_find(cell[0].text)];
    if ((!f->chunk || (size_t)(f->end - f->to) < bound || f->file != file || line < f->line) &&
        open_chunk(w, f, file, line, bound)) {
        return tsl__error_nomem(err);
    }
    char *to = pack(f->to, (line - f->line) << SMALL_BITS | small);
    for (size_t i = 0; i < p->columns; i++) {
        switch (p->form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            to = pack(to, cell[i].text.s ? cell[i].text.n + 1 : 0);
            if (cell[i].text.n) {
                memcpy(to, cell[i].text.s, cell[i].text.n);
            }
            to += cell[i].text.n;
            break;
        case TSL__SHARD_CODE:
            to = pack(to, (uint64_t)(cell[i].number + 1));
            break;
        case TSL__SHARD_NUMBER:
            to = pack_number(to, cell[i].number);
            break;
        }
    }
    f->to = to;
    f->line = line;
    f->rows++;
    return TSL_OK;
}

/* ---- Reading ------------------------------------------------------------------- */

/* Texts -> dense codes, for one shard. */
typedef struct interned {
    tsl__slots slots;
    tsl__span *text;
    uint64_t *hash;
    size_t count, capacity;
} interned;

struct tsl__shard_scratch {
    interned *column; /* of the ID and TEXT columns */
    char **heap;      /* blocks of ids, NUL-terminated */
    size_t heaps, heap_used, heap_size;
    tsl__shard_cell *cell; /* the current row */
};

#define HEAP_BYTES ((size_t)64 << 10)

typedef struct sought {
    const interned *in;
    tsl__span text;
    uint64_t hash;
} sought;

static int is_same(const void *key, uint64_t number)
{
    const sought *k = key;
    const size_t code = (size_t)number - 1;
    return k->in->hash[code] == k->hash && tsl__span_equal(k->in->text[code], k->text);
}

static int grow_slots(interned *in)
{
    tsl__slots grown;
    if (tsl__slots_open(&grown, in->slots.count ? in->slots.count * 2 : 1024)) {
        return -1;
    }
    for (size_t code = 0; code < in->count; code++) {
        *tsl__slots_find(&grown, in->hash[code], NULL, NULL) = code + 1;
    }
    free(in->slots.slot);
    in->slots = grown;
    return 0;
}

/* The code of a text; *is_new: it has not been there. -1: out of memory. */
static int32_t intern(interned *in, tsl__span text, int *is_new)
{
    const sought key = {in, text, tsl__hash64(text.s, text.n, 0)};
    if (in->count * 2 >= in->slots.count && grow_slots(in)) {
        return -1;
    }
    uint64_t *slot = tsl__slots_find(&in->slots, key.hash, is_same, &key);
    *is_new = *slot == 0;
    if (*slot) {
        return (int32_t)(*slot - 1);
    }
    if (in->count == in->capacity) {
        const size_t capacity = in->capacity ? in->capacity * 2 : 1024;
        void *texts = tsl__realloc(in->text, capacity, sizeof *in->text);
        in->text = texts ? texts : in->text;
        void *hashes = texts ? tsl__realloc(in->hash, capacity, sizeof *in->hash) : NULL;
        in->hash = hashes ? hashes : in->hash;
        if (!hashes) {
            return -1;
        }
        in->capacity = capacity;
    }
    in->text[in->count] = text;
    in->hash[in->count] = key.hash;
    *slot = ++in->count;
    return (int32_t)(in->count - 1);
}

/* A copy that stays, NUL-terminated. */
static const char *keep_id(struct tsl__shard_scratch *s, tsl__span id)
{
    if (s->heaps == 0 || s->heap_size - s->heap_used < id.n + 1) {
        const size_t size = id.n + 1 > HEAP_BYTES ? id.n + 1 : HEAP_BYTES;
        char **heap = tsl__realloc(s->heap, s->heaps + 1, sizeof *heap);
        s->heap = heap ? heap : s->heap;
        char *block = heap ? tsl__alloc(size, 1) : NULL;
        if (!block) {
            return NULL;
        }
        s->heap[s->heaps++] = block;
        s->heap_used = 0;
        s->heap_size = size;
    }
    char *copy = s->heap[s->heaps - 1] + s->heap_used;
    memcpy(copy, id.s, id.n);
    copy[id.n] = '\0';
    s->heap_used += id.n + 1;
    return copy;
}

static int open_scratch(const tsl__shards *p, tsl__shard *out)
{
    struct tsl__shard_scratch *s = out->scratch;
    if (!s) {
        s = out->scratch = tsl__alloc_zero(1, sizeof *s);
        out->number = tsl__alloc_zero(p->columns, sizeof *out->number);
        out->code = tsl__alloc_zero(p->columns, sizeof *out->code);
        if (!s || !out->number || !out->code) {
            return -1;
        }
        s->column = tsl__alloc_zero(p->columns, sizeof *s->column);
        s->cell = tsl__alloc_zero(p->columns, sizeof *s->cell);
        if (!s->column || !s->cell) {
            return -1;
        }
    }
    for (size_t i = 0; i < p->columns; i++) {
        interned *in = &s->column[i];
        in->count = 0;
        if (in->slots.slot) {
            memset(in->slots.slot, 0, in->slots.count * sizeof *in->slots.slot);
        }
    }
    for (size_t i = 0; i < s->heaps; i++) {
        free(s->heap[i]);
    }
    s->heaps = s->heap_used = s->heap_size = 0;
    out->rows = out->ids = 0;
    return 0;
}

static int reserve_rows(const tsl__shards *p, tsl__shard *out, size_t rows)
{
    int failed = 0;
    if (rows <= out->capacity) {
        return 0;
    }
    for (size_t i = 0; i < p->columns; i++) {
        failed |= p->form[i] == TSL__SHARD_NUMBER ? tsl__grow((void **)&out->number[i], rows, sizeof **out->number)
                                                  : tsl__grow((void **)&out->code[i], rows, sizeof **out->code);
    }
    failed |= tsl__grow((void **)&out->clock, rows, sizeof *out->clock);
    failed |= tsl__grow((void **)&out->file, rows, sizeof *out->file);
    failed |= tsl__grow((void **)&out->line, rows, sizeof *out->line);
    failed |= tsl__grow((void **)&out->small, rows, sizeof *out->small);
    out->capacity = failed ? out->capacity : rows;
    out->customer = out->code[0];
    return failed;
}

/* Unpacks a row into the cells. */
static const char *unpack_row(const tsl__shards *p, const char *at, tsl__shard_cell *cell)
{
    for (size_t i = 0; i < p->columns; i++) {
        uint64_t n;
        switch (p->form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            at = unpack(at, &n);
            cell[i].text = n ? (tsl__span){at, (size_t)n - 1} : (tsl__span){NULL, 0};
            at += n ? n - 1 : 0;
            break;
        case TSL__SHARD_CODE:
            at = unpack(at, &n);
            cell[i].number = (int64_t)n - 1;
            break;
        case TSL__SHARD_NUMBER:
            at = unpack_number(at, &cell[i].number);
            break;
        }
    }
    return at;
}

/* Past the cells of a row behind the first. */
static const char *skip_row(const tsl__shards *p, const char *at)
{
    for (size_t i = 1; i < p->columns; i++) {
        uint64_t n;
        at = unpack(at, &n);
        at += p->form[i] == TSL__SHARD_TEXT && n ? n - 1 : 0;
        at += p->form[i] == TSL__SHARD_NUMBER && n == 0 ? sizeof(int64_t) : 0;
    }
    return at;
}

/* The code of a row's customer; -1: out of memory. */
static int32_t put_id(struct tsl__shard_scratch *s, tsl__span id)
{
    int is_new = 0;
    interned *ids = &s->column[0];
    const int32_t code = intern(ids, id, &is_new);
    if (code >= 0 && is_new) {
        ids->text[code].s = keep_id(s, id);
    }
    return code >= 0 && ids->text[code].s ? code : -1;
}

/* Puts the row that is unpacked behind those that are there. */
static int put_row(const tsl__shards *p, const chunk *c, const uint8_t *wanted, tsl__shard *out)
{
    struct tsl__shard_scratch *s = out->scratch;
    const size_t row = out->rows;
    int is_new = 0;
    for (size_t i = 0; i < p->columns; i++) {
        const tsl__shard_cell *cell = &s->cell[i];
        const int32_t *map = p->map[c->writer * p->columns + i].code;
        if (i > 0 && !wanted[i]) {
            continue;
        }
        switch (p->form[i]) {
        case TSL__SHARD_ID:
            out->code[i][row] = put_id(s, cell->text);
            if (out->code[i][row] < 0) {
                return -1;
            }
            break;
        case TSL__SHARD_TEXT:
            out->code[i][row] = cell->text.s ? intern(&s->column[i], cell->text, &is_new) : -1;
            if (cell->text.s && out->code[i][row] < 0) {
                return -1;
            }
            break;
        case TSL__SHARD_CODE:
            out->code[i][row] = cell->number < 0 ? -1 : map ? map[cell->number] : (int32_t)cell->number;
            break;
        case TSL__SHARD_NUMBER:
            out->number[i][row] = cell->number;
            break;
        }
    }
    out->rows++;
    return 0;
}

/* A folded time with its two bits becomes seconds; *clock: it has a time of day. 0: the row is gone. */
static int settle_time(const tsl__shard_times *times, unsigned bits, int64_t *time, uint8_t *clock)
{
    *clock = bits & TSL__TIME_HAS_CLOCK;
    if (bits & TSL__TIME_HAS_ZONE || tsl__time_is_open(*time)) {
        *time = tsl__date_settle(&times->reading, tsl__time_unfold(*time, bits));
    }
    if (times->days_alone && *time != TSL_MISSING_INT) {
        *time = tsl__time_day(*time) * (int64_t)TSL__DAY_SECONDS;
        *clock = 0;
    }
    return *time < times->until;
}

static int read_chunk(const tsl__shards *p, const chunk *c, const uint8_t *wanted, int places, tsl__shard *out)
{
    tsl__shard_cell *cell = out->scratch->cell;
    const char *at = c->bytes;
    uint64_t line = c->line;
    for (size_t i = 0; i < c->rows; i++) {
        uint64_t step;
        at = unpack_row(p, unpack(at, &step), cell);
        line += step >> SMALL_BITS;
        if (p->times.column && !settle_time(&p->times, (unsigned)step >> TSL__SHARD_TIME & 3,
                                            &cell[p->times.column].number, &out->clock[out->rows])) {
            continue;
        }
        if (p->dropped && tsl__span_equal(cell[0].text, (tsl__span){p->dropped, p->dropped_bytes})) {
            continue;
        }
        if (places) {
            out->file[out->rows] = (uint32_t)c->file;
            out->line[out->rows] = line;
            out->small[out->rows] = step & 3;
        }
        if (put_row(p, c, wanted, out)) {
            return -1;
        }
    }
    return 0;
}

/* Are the customers of the rows all that is to be there, and no row is gone? */
static int has_ids_alone(const tsl__shards *p, const uint8_t *wanted, int places)
{
    int alone = !places && !p->dropped && p->times.until == INT64_MAX;
    for (size_t i = 1; i < p->columns; i++) {
        alone &= !wanted[i];
    }
    return alone;
}

static int read_ids(const tsl__shards *p, const chunk *c, tsl__shard *out)
{
    const char *at = c->bytes;
    for (size_t i = 0; i < c->rows; i++) {
        uint64_t step, n;
        at = unpack(unpack(at, &step), &n);
        const int32_t code = put_id(out->scratch, (tsl__span){at, n ? (size_t)n - 1 : 0});
        if (code < 0) {
            return -1;
        }
        out->code[0][out->rows++] = code;
        at = skip_row(p, at + (n ? n - 1 : 0));
    }
    return 0;
}

tsl_status tsl__shard_read(const tsl__shards *p, size_t shard, const uint8_t *wanted, int places, tsl__shard *out,
                           tsl_error *err)
{
    const size_t rows = tsl__shards_count_rows(p, shard);
    const int alone = has_ids_alone(p, wanted, places);
    if (open_scratch(p, out) || reserve_rows(p, out, rows + 1)) {
        return tsl__error_nomem(err);
    }
    for (size_t w = 0; w < p->writers; w++) {
        for (const chunk *c = get_chunks(p->writer[w], shard); c; c = c->next) {
            if (alone ? read_ids(p, c, out) : read_chunk(p, c, wanted, places, out)) {
                return tsl__error_nomem(err);
            }
        }
    }
    out->id = out->scratch->column[0].text;
    out->hash = out->scratch->column[0].hash;
    out->ids = out->scratch->column[0].count;
    return TSL_OK;
}

void tsl__shard_free(const tsl__shards *p, tsl__shard *shard)
{
    struct tsl__shard_scratch *s = shard->scratch;
    for (size_t i = 0; p && i < p->columns; i++) {
        free(shard->number ? shard->number[i] : NULL);
        free(shard->code ? shard->code[i] : NULL);
        if (s && s->column) {
            free(s->column[i].slots.slot);
            free(s->column[i].text);
            free(s->column[i].hash);
        }
    }
    for (size_t i = 0; s && i < s->heaps; i++) {
        free(s->heap[i]);
    }
    if (s) {
        free(s->column);
        free(s->heap);
        free(s->cell);
    }
    free(s);
    free(shard->number);
    free(shard->code);
    free(shard->clock);
    free(shard->file);
    free(shard->line);
    free(shard->small);
    *shard = (tsl__shard){0};
}
