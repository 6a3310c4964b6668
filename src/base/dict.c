/* dict.c: texts -> dense codes. Found by 64-bit hashes (slots.h); the texts
 * lie in one arena, NUL-terminated, so that a code costs its text and 24 bytes. */
#include "base/dict.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/slots.h"
#include "base/text_order.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A slot's number: the upper half of the hash, and the code + 1. */
#define CODE_BITS 32

struct tsl__dict {
    tsl__slots slots;
    size_t *offset; /* into arena, one a code */
    size_t offset_capacity;
    char *arena;
    size_t arena_length, arena_capacity;
    size_t count;
};

static uint64_t number_of(uint64_t hash, int32_t code)
{
    return hash >> CODE_BITS << CODE_BITS | ((uint64_t)code + 1);
}

/* -1 for an empty slot. */
static int32_t code_of(uint64_t number)
{
    return (int32_t)((int64_t)(number & UINT32_MAX) - 1);
}

tsl__dict *tsl__dict_open(void)
{
    tsl__dict *dict = tsl__alloc_zero(1, sizeof *dict);
    if (dict && tsl__slots_open(&dict->slots, 64)) {
        free(dict);
        dict = NULL;
    }
    return dict;
}

void tsl__dict_free(tsl__dict *dict)
{
    if (dict) {
        free(dict->slots.slot);
        free(dict->offset);
        free(dict->arena);
        free(dict);
    }
}

const char *tsl__dict_get_text(const tsl__dict *dict, int32_t code, size_t *length)
{
    size_t begin = dict->offset[code];
    size_t end = (size_t)code + 1 < dict->count ? dict->offset[code + 1] : dict->arena_length;
    if (length) {
        *length = end - begin - 1;
    }
    return dict->arena + begin;
}

size_t tsl__dict_get_count(const tsl__dict *dict)
{
    return dict->count;
}

/* A text that is looked for. */
typedef struct wanted {
    const tsl__dict *dict;
    const char *s;
    size_t n;
    uint64_t hash;
} wanted;

static int is_same(const void *key, uint64_t number)
{
    const wanted *w = key;
    size_t length;
    if ((number ^ w->hash) >> CODE_BITS) {
        return 0;
    }
    const char *text = tsl__dict_get_text(w->dict, code_of(number), &length);
    return length == w->n && memcmp(text, w->s, w->n) == 0;
}

static uint64_t *find(const tsl__dict *dict, const char *s, size_t n, uint64_t hash)
{
    const wanted w = {dict, s, n, hash};
    return tsl__slots_find(&dict->slots, hash, is_same, &w);
}

static int grow_slots(tsl__dict *dict)
{
    tsl__slots grown;
    if (tsl__slots_open(&grown, dict->slots.count * 2)) {
        return -1;
    }
    for (size_t code = 0; code < dict->count; code++) {
        size_t length;
        const char *text = tsl__dict_get_text(dict, (int32_t)code, &length);
        uint64_t hash = tsl__hash64(text, length, 0);
        *tsl__slots_find(&grown, hash, NULL, NULL) = number_of(hash, (int32_t)code);
    }
    free(dict->slots.slot);
    dict->slots = grown;
    return 0;
}

static int append(tsl__dict *dict, const char *s, size_t n)
{
    void *offset = dict->offset, *arena = dict->arena;
    int bad = tsl__reserve(&offset, &dict->offset_capacity, dict->count + 1, sizeof *dict->offset);
    dict->offset = offset;
    bad = bad || tsl__reserve(&arena, &dict->arena_capacity, dict->arena_length + n + 1, 1);
    dict->arena = arena;
    if (bad) {
        return -1;
    }
    dict->offset[dict->count++] = dict->arena_length;
    if (n) {
        memcpy(dict->arena + dict->arena_length, s, n);
    }
    dict->arena[dict->arena_length + n] = '\0';
    dict->arena_length += n + 1;
    return 0;
}

int32_t tsl__dict_add(tsl__dict *dict, const char *s, size_t n)
{
    uint64_t hash = tsl__hash64(s, n, 0), *slot = find(dict, s, n, hash);
    if (*slot) {
        return code_of(*slot);
    }
    if (dict->count >= INT32_MAX || append(dict, s, n) != 0) {
        return -1;
    }
    int32_t code = (int32_t)(dict->count - 1);
    *slot = number_of(hash, code);
    if (dict->count * 10 > dict->slots.count * 6 && grow_slots(dict) != 0) {
        *slot = 0; /* as if it had not been added */
        dict->count--;
        dict->arena_length -= n + 1;
        return -1;
    }
    return code;
}

void tsl__dict_fetch(const tsl__dict *dict, const char *s, size_t n)
{
    tsl__slots_fetch(&dict->slots, tsl__hash64(s, n, 0));
}

int32_t tsl__dict_get(const tsl__dict *dict, const char *s, size_t n)
{
    return code_of(*find(dict, s, n, tsl__hash64(s, n, 0)));
}

int tsl__dict_get_ranks(const tsl__dict *dict, int32_t *rank)
{
    tsl__order_text *text = tsl__alloc(dict->count, sizeof *text);
    uint32_t *order = tsl__alloc(dict->count, sizeof *order);
    int failed = !text || !order;
    for (size_t i = 0; i < dict->count && !failed; i++) {
        text[i].s = tsl__dict_get_text(dict, (int32_t)i, &text[i].n);
    }
    failed = failed || tsl__text_order(text, dict->count, order);
    for (size_t i = 0; i < dict->count && !failed; i++) {
        rank[order[i]] = (int32_t)i;
    }
    free(text);
    free(order);
    return failed ? -1 : 0;
}
