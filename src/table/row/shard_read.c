/* shard_read.c: the packed rows of a shard as columns. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "table/date/parse_date.h"
#include "table/row/packed.h"
#include "table/row/shards_state.h"

/* A text that has a code: the bytes of a long one are there as long as the chunks are. */
typedef struct entry {
    tsl__packed_text text;
    uint64_t hash;
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
    char *spilled; /* what the temporary file has of the shard; behind it there is room for TSL__PACK_SLACK bytes */
    size_t spilled_capacity;
};

#define HEAP_BYTES ((size_t)64 << 10)

static inline uint64_t hash_text(const tsl__packed_text *text)
{
    return text->form > TSL__LONG_FORM ? tsl__hash64(text->bytes, text->form - TSL__LONG_FORM, 0)
                                       : tsl__words_hash(text->words);
}

static int grow_slots(interned *in)
{
    const size_t slots = in->slots ? in->slots * 2 : 1024, mask = slots - 1;
    uint32_t *slot = tsl__alloc_zero(slots, sizeof *slot);
    if (!slot) {
        return -1;
    }
    for (size_t code = 0; code < in->count; code++) {
        size_t i = in->entry[code].hash & mask;
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

static int add_entry(interned *in, const tsl__packed_text *text, uint64_t hash)
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
    in->entry[in->count++] = (entry){*text, hash};
    return 0;
}

/* The code of a text; the last one is new where there are more than before. -1: out of memory. */
static inline int32_t intern(interned *in, const tsl__packed_text *text)
{
    const uint64_t hash = hash_text(text);
    if (in->count * 4 >= in->slots && grow_slots(in)) {
        return -1;
    }
    const size_t mask = in->slots - 1;
    size_t i = hash & mask;
    while (in->slot[i] && !tsl__packed_is_same(&in->entry[in->slot[i] - 1].text, text)) {
        i = (i + 1) & mask;
    }
    if (!in->slot[i]) {
        if (add_entry(in, text, hash)) {
            return -1;
        }
        in->slot[i] = (uint32_t)in->count;
    }
    return (int32_t)in->slot[i] - 1;
}

/* The text of an id, which stays, NUL-terminated. */
static const char *keep_id(struct tsl__shard_scratch *s, const tsl__packed_text *id, size_t n)
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
    tsl__packed_restore(id, text);
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

/* The code of a customer; one that is new gets a place among the ids. -1: out of memory. */
static inline int32_t add_customer(tsl__shard *out, const tsl__packed_text *id)
{
    struct tsl__shard_scratch *s = out->scratch;
    const int32_t code = intern(&s->column[0], id);
    if (code >= 0 && (size_t)code == out->ids) {
        void *ids = s->id;
        const size_t n = tsl__packed_measure(id->form);
        const char *text = tsl__reserve(&ids, &s->id_capacity, out->ids + 1, sizeof *s->id) ? NULL : keep_id(s, id, n);
        out->id = s->id = ids;
        if (!text) {
            return -1;
        }
        s->id[out->ids++] = (tsl__span){text, n};
    }
    return code;
}

/* Unpacks the cells of a row into the columns that are wanted. */
static inline const char *read_cells(const tsl__shards *p, size_t writer, const uint8_t *wanted, int is_wide,
                                     const char *at, tsl__shard *out, size_t row, int *failed)
{
    const tsl__shard_form *const form = p->form;
    int64_t *const *const number = out->number;
    for (size_t i = 1, columns = p->columns; i < columns; i++) {
        uint64_t n;
        int64_t value;
        tsl__packed_text text;
        switch (form[i]) {
        case TSL__SHARD_ID:
        case TSL__SHARD_TEXT:
            at = tsl__unpack_text(at, &text);
            if (wanted[i]) {
                out->code[i][row] = text.form ? intern(&out->scratch->column[i], &text) : -1;
                *failed |= text.form && out->code[i][row] < 0;
            }
            break;
        case TSL__SHARD_CODE:
            at = tsl__unpack(at, &n);
            if (wanted[i]) {
                const int32_t *map = p->map[writer * columns + i].code;
                out->code[i][row] = n == 0 ? -1 : map ? map[n - 1] : (int32_t)(n - 1);
            }
            break;
        case TSL__SHARD_NUMBER:
            at = tsl__unpack_number(at, &value);
            if (wanted[i]) {
                number[i][row] = value;
            }
            break;
        case TSL__SHARD_TIME:
            at = tsl__unpack_time(at, is_wide, &number[i][row]);
            break;
        }
    }
    return at;
}

/* The rows of a chunk, whose bytes stand at `at`. What the rows do not change is held here: to write a byte of a row
 * may change anything else. */
static int read_chunk(const tsl__shards *p, const tsl__chunk *c, const char *at, size_t rows, const uint8_t *wanted,
                      int places, tsl__shard *out)
{
    const tsl__shard_times times = p->times;
    int64_t *const time = p->settles && p->time ? out->number[p->time] : NULL;
    int32_t *const customer = out->code[0];
    uint8_t *const clock = out->clock;
    const int drops = p->dropped_bytes != NULL;
    tsl__packed_text id = {.form = 0};
    uint64_t line = c->line;
    size_t row = out->rows;
    int failed = 0;
    for (size_t i = 0; i < rows; i++) {
        uint64_t step;
        at = tsl__unpack(at, &step);
        at = step >> TSL__HEAD_BIT & 1 ? tsl__unpack_head(at, &id) : at;
        at = tsl__unpack_rest(at, &id);
        at = read_cells(p, c->writer, wanted, step >> TSL__WIDE_BIT & 1, at, out, row, &failed);
        line += step >> TSL__STEP_BITS;
        if ((time && !settle_time(&times, (unsigned)step >> TSL__SHARD_TIME_BITS & 3, &time[row], &clock[row])) ||
            (drops && tsl__packed_is_same(&id, &p->dropped))) {
            continue;
        }
        if (places) {
            out->file[row] = (uint32_t)c->file;
            out->line[row] = line;
            out->small[row] = step & 3;
        }
        customer[row] = add_customer(out, &id);
        if (failed || customer[row] < 0) {
            return -1;
        }
        row++;
    }
    out->rows = row;
    return 0;
}

/* A writer's extents of the shard into the room at `to`, behind each other. */
static tsl_status load_extents(const tsl__shards *p, const tsl__shard_writer *w, size_t shard, char *to, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t r = 0; w && r < w->runs; r++) {
        const tsl__spilled *e = &w->run[r][shard];
        TSL__TRY(tsl__spill_read(p->spill, e->offset, to, e->bytes, err));
        to += e->bytes;
    }
done:
    return status;
}

/* The rows of all extents, whose texts stay where they are until the next shard is read. */
static tsl_status read_extents(const tsl__shards *p, size_t shard, size_t bytes, const uint8_t *wanted, int places,
                               tsl__shard *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    struct tsl__shard_scratch *s = out->scratch;
    tsl__chunk head;
    char *to;
    if (bytes == 0) {
        return TSL_OK;
    }
    if (bytes + TSL__PACK_SLACK > s->spilled_capacity) {
        free(s->spilled);
        s->spilled_capacity = bytes + TSL__PACK_SLACK;
        TSL__NEED(s->spilled = tsl__alloc(s->spilled_capacity, 1));
    }
    memset(s->spilled + bytes, 0, TSL__PACK_SLACK);
    to = s->spilled;
    for (size_t w = 0; w < p->writers; w++) {
        size_t own;
        tsl__spilled_get_rows(p->writer[w], shard, &own);
        TSL__TRY(load_extents(p, p->writer[w], shard, to, err));
        to += own;
    }
    for (const char *at = s->spilled; at < s->spilled + bytes; at += sizeof head + head.used) {
        memcpy(&head, at, sizeof head);
        TSL__NEED(read_chunk(p, &head, at + sizeof head, head.rows, wanted, places, out) == 0);
    }
done:
    s->spilled_capacity = s->spilled ? s->spilled_capacity : 0;
    return status;
}

tsl_status tsl__shard_read(const tsl__shards *p, size_t shard, const uint8_t *wanted, int places, tsl__shard *out,
                           tsl_error *err)
{
    const size_t rows = tsl__shards_count_rows(p, shard);
    tsl_status status = TSL_OK;
    size_t bytes = 0;
    if (p->is_empty) {
        return tsl__error_set(err, TSL_E_OPTION, "the rows of the table are used up: it has to be read again");
    }
    for (size_t w = 0; w < p->writers; w++) {
        size_t own;
        tsl__spilled_get_rows(p->writer[w], shard, &own);
        bytes += own;
    }
    TSL__NEED(open_scratch(p, out) == 0 && reserve_rows(p, out, rows + 1) == 0);
    TSL__TRY(read_extents(p, shard, bytes, wanted, places, out, err));
    for (size_t w = 0; w < p->writers; w++) {
        for (const tsl__chunk *c = tsl__chunks_get(p->writer[w], shard); c; c = c->next) {
            const size_t count = tsl__chunk_get_rows(p->writer[w], shard, c);
            TSL__NEED(read_chunk(p, c, c->bytes, count, wanted, places, out) == 0);
        }
    }
done:
    return status;
}

void tsl__shard_free(const tsl__shards *shards, tsl__shard *shard)
{
    struct tsl__shard_scratch *s = shard->scratch;
    for (size_t i = 0; shards && i < shards->columns; i++) {
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
        free(s->spilled);
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
