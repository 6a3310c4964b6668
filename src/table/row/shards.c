/* shards.c: packed rows in chunks, by shard and writer. */
#include "table/row/shards.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/short_text.h"
#include "table/cell/parse_date.h"
#include "table/cell/plain_decimal.h"

#define CACHE_LINE 64
#define CHUNK_BYTES ((size_t)16 << 10)
#define SLACK 32       /* numbers are read and written by eight bytes, short texts by sixteen and eight */
#define NUMBER_BYTES 9 /* of a packed number at most */
#define WIDE_BIT 4     /* behind the bits that are kept with a row: a time takes eight bytes in place of TIME_BYTES */
#define STEP_BITS 5
#define TIME_BYTES 4                 /* from 1901 to 2038 */
#define TIME_BASE (INT64_C(1) << 31) /* what is added to a time of so many bytes */

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "what is packed begins with its lowest byte");

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
    size_t time;      /* the column of times; 0: none */
    int settles;      /* 1: it is known how they are read */
    size_t row_bytes; /* the most that a row takes, but for its texts */
    tsl__shard_writer **writer;
    struct code_map {
        int32_t *code;
        size_t count;
    } * map; /* writers x columns: what its codes are; NULL: as they were written */
    tsl__shard_times times;
};

/* ---- Packed numbers ------------------------------------------------------- *
 * As many zero bits in front as bytes follow the first, then a one, then the number; of more than 56 bits: a zero byte,
 * then eight bytes. Written and read without a branch on the length. */

static inline uint64_t load(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline char *pack(char *p, uint64_t v)
{
    if (__builtin_expect(v < 128, 1)) {
        *p = (char)(v << 1 | 1);
        return p + 1;
    }
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

static inline const char *unpack(const char *p, uint64_t *v)
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

/* A text: its form, and its bytes, but for up to eight digits that it ends with: they are a number, of as few bytes as
 * their count allows. Most ids are of few letters and many digits. */
#define MOST_DIGITS 8
#define LONG_FORM ((uint64_t)(TSL__SHORT_BYTES + 1) * (MOST_DIGITS + 1)) /* and its length: as it stands */

/* A text as it was packed; the same where the texts are. */
typedef struct packed_text {
    uint64_t form; /* 0: missing; 1 + length * (MOST_DIGITS + 1) + digits; of more than TSL__SHORT_BYTES: LONG_FORM +
                      length */
    tsl__span bytes;
} packed_text;

static inline size_t bytes_of_digits(size_t digits)
{
    static const uint8_t bytes[MOST_DIGITS + 1] = {0, 1, 1, 2, 2, 3, 3, 3, 4};
    return bytes[digits];
}

/* The digits that the last eight bytes of a text end with, the last one highest; *number: what they are. */
static inline size_t find_digits(uint64_t last, uint64_t *number)
{
    const uint64_t digits = last ^ TSL__PLAIN_EACH('0');
    const uint64_t others = ((digits + TSL__PLAIN_EACH(0x76)) | digits) & TSL__PLAIN_EACH(0x80);
    const size_t count = others ? (size_t)__builtin_clzll(others) / 8 : MOST_DIGITS;
    *number = count ? tsl__plain_join(digits & UINT64_MAX << 8 * (MOST_DIGITS - count)) : 0;
    return count;
}

/* Room for SLACK bytes behind is there. */
static inline char *pack_text(char *p, tsl__span text)
{
    uint64_t number;
    if (text.n > TSL__SHORT_BYTES) {
        p = pack(p, LONG_FORM + text.n);
        memcpy(p, text.s, text.n);
        return p + text.n;
    }
    if (!text.s) {
        return pack(p, 0);
    }
    const tsl__words words = tsl__words_make(text.s, text.n);
    const uint64_t last = text.n >= 8 ? load(text.s + text.n - 8) : text.n ? words.low << 8 * (8 - text.n) : 0;
    const size_t digits = find_digits(last, &number), before = text.n - digits;
    p = pack(p, 1 + text.n * (MOST_DIGITS + 1) + digits);
    memcpy(p, &words, sizeof words);
    memcpy(p + before, &number, sizeof number);
    return p + before + bytes_of_digits(digits);
}

static inline size_t count_digits(uint64_t form)
{
    return form > LONG_FORM ? 0 : (form - 1) % (MOST_DIGITS + 1);
}
static inline size_t measure_text(uint64_t form)
{
    return form > LONG_FORM ? form - LONG_FORM : (form - 1) / (MOST_DIGITS + 1);
}

static inline const char *unpack_text(const char *p, packed_text *text)
{
    p = unpack(p, &text->form);
    const size_t digits = text->form ? count_digits(text->form) : 0;
    text->bytes = (tsl__span){p, text->form ? measure_text(text->form) - digits + bytes_of_digits(digits) : 0};
    return p + text->bytes.n;
}

/* The text itself: measure_text bytes. */
static void restore_text(const packed_text *text, char *out)
{
    const size_t n = measure_text(text->form), digits = count_digits(text->form);
    uint64_t number = 0;
    memcpy(out, text->bytes.s, n - digits);
    memcpy(&number, text->bytes.s + (n - digits), bytes_of_digits(digits));
    for (size_t i = n; i > n - digits; i--) {
        out[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
}

/* Small absolute values are small numbers. */
static inline uint64_t fold(int64_t v)
{
    return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static inline int64_t unfold(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

#define HUNDRED 100 /* money has two decimals of four, mostly */
#define MOST_FOLDED (UINT64_C(1) << 61)

/* A number: 0: it follows as it is; else folded, and divided by a hundred where it can be. */
static inline char *pack_number(char *p, int64_t v)
{
    if (__builtin_expect((uint64_t)v + MOST_FOLDED >= 2 * MOST_FOLDED, 0)) {
        p = pack(p, 0);
        memcpy(p, &v, sizeof v);
        return p + sizeof v;
    }
    const int whole = v % HUNDRED == 0;
    return pack(p, (fold(whole ? v / HUNDRED : v) << 1 | (uint64_t)whole) + 1);
}

static inline const char *unpack_number(const char *p, int64_t *v)
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

/* A time; wide: it takes eight bytes. */
static inline int is_wide(int64_t time)
{
    return (uint64_t)(time + TIME_BASE) >= 2 * (uint64_t)TIME_BASE;
}
static inline char *pack_time(char *p, int64_t time)
{
    const int wide = is_wide(time);
    time += wide ? 0 : TIME_BASE;
    memcpy(p, &time, sizeof time);
    return p + (wide ? sizeof time : TIME_BYTES);
}
static inline const char *unpack_time(const char *p, int wide, int64_t *time)
{
    const uint64_t v = load(p);
    *time = (int64_t)(wide ? v : (v & (2 * (uint64_t)TIME_BASE - 1)) - (uint64_t)TIME_BASE);
    return p + (wide ? sizeof v : TIME_BYTES);
}

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
    p->row_bytes = NUMBER_BYTES + SLACK;
    for (size_t i = 0; i < columns; i++) {
        p->time = forms[i] == TSL__SHARD_TIME ? i : p->time;
        p->row_bytes += NUMBER_BYTES + sizeof(int64_t);
    }
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

size_t tsl__shards_get_rows(const tsl__shards *p)
{
    size_t rows = 0;
    for (size_t i = 0; i < p->writers * TSL__SHARDS; i++) {
        for (const chunk *c = get_chunks(p->writer[i / TSL__SHARDS], i % TSL__SHARDS); c; c = c->next) {
            rows += c->rows;
        }
    }
    return rows;
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
                            const tsl__cell_value *cell, tsl_error *err)
{
    const tsl__shards *p = w->shards;
    const size_t bound = bound_row(p, cell);
    filling *f = &w->filling[tsl__shard_find(cell[0].text)];
    if ((!f->chunk || (size_t)(f->end - f->to) < bound || f->file != file || line < f->line) &&
        open_chunk(w, f, file, line, bound)) {
        return tsl__error_nomem(err);
    }
    small |= p->time && is_wide(cell[p->time].kept) ? 1u << WIDE_BIT : 0;
    char *to = pack(f->to, (line - f->line) << STEP_BITS | small);
    for (size_t i = 0; i < p->columns; i++) {
        switch (p->form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            to = pack_text(to, cell[i].text);
            break;
        case TSL__SHARD_CODE:
            to = pack(to, (uint64_t)(cell[i].kept + 1));
            break;
        case TSL__SHARD_NUMBER:
            to = pack_number(to, cell[i].kept);
            break;
        case TSL__SHARD_TIME:
            to = pack_time(to, cell[i].kept);
            break;
        }
    }
    __builtin_prefetch(to + CACHE_LINE, 1); /* the next row of the shard comes hundreds of rows later */
    f->to = to;
    f->line = line;
    f->rows++;
    return TSL_OK;
}

/* ---- Reading ------------------------------------------------------------------- */

/* A text that has a code. */
typedef struct entry {
    tsl__words words; /* of what it is packed in; of a long one: its hash */
    packed_text text; /* its bytes are there as long as the chunks are */
} entry;

/* Texts -> dense codes, for one shard: open addressing. */
typedef struct interned {
    uint32_t *slot; /* a code and one; 0: empty */
    size_t slots;   /* a power of two */
    entry *entry;
    size_t count, capacity;
} interned;

struct tsl__shard_scratch {
    interned *column; /* of the ID and TEXT columns */
    char **heap;      /* blocks of ids, NUL-terminated */
    size_t heaps, heap_used, heap_size;
    tsl__span *id; /* of the shard's customers */
    size_t id_capacity;
};

#define HEAP_BYTES ((size_t)64 << 10)

static uint64_t hash_entry(const entry *e)
{
    return e->text.form > LONG_FORM ? e->words.low : tsl__words_hash(e->words);
}

static int grow_slots(interned *in)
{
    const size_t slots = in->slots ? in->slots * 2 : 1024, mask = slots - 1;
    uint32_t *slot = tsl__alloc_zero(slots, sizeof *slot);
    if (!slot) {
        return -1;
    }
    for (size_t code = 0; code < in->count; code++) {
        size_t i = hash_entry(&in->entry[code]) & mask;
        while (slot[i]) {
            i = (i + 1) & mask;
        }
        slot[i] = (uint32_t)code + 1;
    }
    free(in->slot);
    in->slot = slot;
    in->slots = slots;
    return 0;
}

static int add_entry(interned *in, const entry *e)
{
    if (in->count == in->capacity) {
        const size_t capacity = in->capacity ? in->capacity * 2 : 1024;
        entry *grown = tsl__realloc(in->entry, capacity, sizeof *in->entry);
        if (!grown) {
            return -1;
        }
        in->entry = grown;
        in->capacity = capacity;
    }
    in->entry[in->count++] = *e;
    return 0;
}

static inline int is_same(const entry *a, const entry *b)
{
    return a->words.low == b->words.low && a->words.high == b->words.high && a->text.form == b->text.form &&
           (a->text.form <= LONG_FORM || memcmp(a->text.bytes.s, b->text.bytes.s, a->text.bytes.n) == 0);
}

/* The code of a text; the last one is new where there are more than before. -1: out of memory. */
static inline int32_t intern(interned *in, const packed_text *text)
{
    entry e = {.text = *text};
    if (text->form <= LONG_FORM) {
        e.words = tsl__words_make(text->bytes.s, text->bytes.n);
    } else {
        e.words.low = tsl__hash64(text->bytes.s, text->bytes.n, 0);
    }
    if (in->count * 2 >= in->slots && grow_slots(in)) {
        return -1;
    }
    const size_t mask = in->slots - 1;
    size_t i = hash_entry(&e) & mask;
    while (in->slot[i] && !is_same(&in->entry[in->slot[i] - 1], &e)) {
        i = (i + 1) & mask;
    }
    if (!in->slot[i]) {
        if (add_entry(in, &e)) {
            return -1;
        }
        in->slot[i] = (uint32_t)in->count;
    }
    return (int32_t)in->slot[i] - 1;
}

/* The text of an id, which stays, NUL-terminated. */
static const char *keep_id(struct tsl__shard_scratch *s, const packed_text *id, size_t n)
{
    if (s->heaps == 0 || s->heap_size - s->heap_used < n + 1) {
        const size_t size = n + 1 > HEAP_BYTES ? n + 1 : HEAP_BYTES;
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
    char *text = s->heap[s->heaps - 1] + s->heap_used;
    restore_text(id, text);
    text[n] = '\0';
    s->heap_used += n + 1;
    return text;
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
        if (!s->column) {
            return -1;
        }
    }
    for (size_t i = 0; i < p->columns; i++) {
        interned *in = &s->column[i];
        in->count = 0;
        if (in->slot) {
            memset(in->slot, 0, in->slots * sizeof *in->slot);
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
        failed |= p->form[i] >= TSL__SHARD_NUMBER ? tsl__grow((void **)&out->number[i], rows, sizeof **out->number)
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

/* A folded time with its two bits becomes seconds; *clock: it has a time of day. 0: the row is gone. */
static inline int settle_time(const tsl__shard_times *times, unsigned bits, int64_t *time, uint8_t *clock)
{
    *clock = bits & TSL__TIME_HAS_CLOCK;
    if (__builtin_expect(bits & TSL__TIME_HAS_ZONE || tsl__time_is_open(*time), 0)) {
        *time = tsl__date_settle(&times->reading, tsl__time_unfold(*time, bits));
    }
    if (times->days_alone && *time != TSL_MISSING_INT) {
        *time = tsl__time_day(*time) * (int64_t)TSL__DAY_SECONDS;
        *clock = 0;
    }
    return *time < times->until;
}

/* A customer that is new gets a place among the ids. */
static int add_customer(tsl__shard *out, const packed_text *id)
{
    struct tsl__shard_scratch *s = out->scratch;
    const int32_t code = intern(&s->column[0], id);
    if (code >= 0 && (size_t)code == out->ids) {
        void *ids = s->id;
        const size_t n = measure_text(id->form);
        const char *text = tsl__reserve(&ids, &s->id_capacity, out->ids + 1, sizeof *s->id) ? NULL : keep_id(s, id, n);
        out->id = s->id = ids;
        if (!text) {
            return -1;
        }
        s->id[out->ids++] = (tsl__span){text, n};
    }
    out->code[0][out->rows] = code;
    return code < 0 ? -1 : 0;
}

/* Unpacks the cells of a row into the columns that are wanted, behind the rows that are there. */
static inline const char *read_cells(const tsl__shards *p, size_t writer, const uint8_t *wanted, unsigned small,
                                     const char *at, tsl__shard *out, int *failed)
{
    const size_t row = out->rows;
    for (size_t i = 1; i < p->columns; i++) {
        uint64_t n;
        int64_t number;
        packed_text text;
        switch (p->form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            at = unpack_text(at, &text);
            if (wanted[i]) {
                out->code[i][row] = text.form ? intern(&out->scratch->column[i], &text) : -1;
                *failed |= text.form && out->code[i][row] < 0;
            }
            break;
        case TSL__SHARD_CODE:
            at = unpack(at, &n);
            if (wanted[i]) {
                const int32_t *map = p->map[writer * p->columns + i].code;
                out->code[i][row] = n == 0 ? -1 : map ? map[n - 1] : (int32_t)(n - 1);
            }
            break;
        case TSL__SHARD_NUMBER:
            at = unpack_number(at, &number);
            if (wanted[i]) {
                out->number[i][row] = number;
            }
            break;
        case TSL__SHARD_TIME:
            at = unpack_time(at, small >> WIDE_BIT & 1, &out->number[i][row]);
            break;
        }
    }
    return at;
}

static int read_chunk(const tsl__shards *p, const chunk *c, const uint8_t *wanted, int places, tsl__shard *out)
{
    const char *at = c->bytes;
    const size_t time = p->settles ? p->time : 0;
    uint64_t line = c->line;
    int failed = 0;
    for (size_t i = 0; i < c->rows; i++) {
        uint64_t step;
        packed_text id;
        at = unpack_text(unpack(at, &step), &id);
        at = read_cells(p, c->writer, wanted, (unsigned)step, at, out, &failed);
        line += step >> STEP_BITS;
        if (time && !settle_time(&p->times, (unsigned)step >> TSL__SHARD_TIME_BITS & 3, &out->number[time][out->rows],
                                 &out->clock[out->rows])) {
            continue;
        }
        if (places) {
            out->file[out->rows] = (uint32_t)c->file;
            out->line[out->rows] = line;
            out->small[out->rows] = step & 3;
        }
        if (failed || add_customer(out, &id)) {
            return -1;
        }
        out->rows++;
    }
    return 0;
}

tsl_status tsl__shard_read(const tsl__shards *p, size_t shard, const uint8_t *wanted, int places, tsl__shard *out,
                           tsl_error *err)
{
    size_t rows = 0;
    for (size_t w = 0; w < p->writers; w++) {
        for (const chunk *c = get_chunks(p->writer[w], shard); c; c = c->next) {
            rows += c->rows;
        }
    }
    if (open_scratch(p, out) || reserve_rows(p, out, rows + 1)) {
        return tsl__error_nomem(err);
    }
    for (size_t w = 0; w < p->writers; w++) {
        for (const chunk *c = get_chunks(p->writer[w], shard); c; c = c->next) {
            if (read_chunk(p, c, wanted, places, out)) {
                return tsl__error_nomem(err);
            }
        }
    }
    return TSL_OK;
}

void tsl__shard_free(const tsl__shards *p, tsl__shard *shard)
{
    struct tsl__shard_scratch *s = shard->scratch;
    for (size_t i = 0; p && i < p->columns; i++) {
        free(shard->number ? shard->number[i] : NULL);
        free(shard->code ? shard->code[i] : NULL);
        if (s && s->column) {
            free(s->column[i].slot);
            free(s->column[i].entry);
        }
    }
    for (size_t i = 0; s && i < s->heaps; i++) {
        free(s->heap[i]);
    }
    if (s) {
        free(s->column);
        free(s->heap);
        free(s->id);
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
