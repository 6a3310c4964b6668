/* dict.c: texts -> dense codes. Open addressing over 64-bit hashes; the texts
 * lie in one arena, NUL-terminated, so that a code costs its text and 24 bytes. */
#include "base/dict.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct slot {
    uint32_t tag; /* upper bits of the hash */
    int32_t code; /* -1: empty */
} slot;

struct tsl__dict {
    slot *slots;
    size_t slot_count; /* a power of two */
    size_t *offset;    /* into arena, one a code */
    size_t offset_capacity;
    char *arena;
    size_t arena_length, arena_capacity;
    size_t count;
};

static slot *make_slots(size_t count)
{
    slot *slots = tsl__alloc(count, sizeof *slots);
    if (slots) {
        memset(slots, 0xFF, count * sizeof *slots);
    }
    return slots;
}

tsl__dict *tsl__dict_open(void)
{
    tsl__dict *dict = tsl__alloc_zero(1, sizeof *dict);
    if (dict) {
        dict->slot_count = 64;
        dict->slots = make_slots(dict->slot_count);
        if (!dict->slots) {
            free(dict);
            dict = NULL;
        }
    }
    return dict;
}

void tsl__dict_free(tsl__dict *dict)
{
    if (dict) {
        free(dict->slots);
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

/* The slot where the text is, or the empty one where it belongs. */
static size_t find(const tsl__dict *dict, const char *s, size_t n, uint64_t hash)
{
    size_t mask = dict->slot_count - 1, i = hash & mask;
    uint32_t tag = (uint32_t)(hash >> 32);
    for (;; i = (i + 1) & mask) {
        const slot *at = &dict->slots[i];
        if (at->code < 0) {
            return i;
        }
        if (at->tag == tag) {
            size_t length;
            const char *text = tsl__dict_get_text(dict, at->code, &length);
            if (length == n && memcmp(text, s, n) == 0) {
                return i;
            }
        }
    }
}

static int grow_slots(tsl__dict *dict)
{
    size_t old_count = dict->slot_count, mask = old_count * 2 - 1;
    slot *slots = make_slots(old_count * 2);
    if (!slots) {
        return -1;
    }
    for (size_t code = 0; code < dict->count; code++) {
        size_t length;
        const char *text = tsl__dict_get_text(dict, (int32_t)code, &length);
        uint64_t hash = tsl__hash64(text, length, 0);
        size_t i = hash & mask;
        while (slots[i].code >= 0) {
            i = (i + 1) & mask;
        }
        slots[i] = (slot){(uint32_t)(hash >> 32), (int32_t)code};
    }
    free(dict->slots);
    dict->slots = slots;
    dict->slot_count = old_count * 2;
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
    uint64_t hash = tsl__hash64(s, n, 0);
    size_t i = find(dict, s, n, hash);
    if (dict->slots[i].code >= 0) {
        return dict->slots[i].code;
    }
    if (dict->count >= INT32_MAX || append(dict, s, n) != 0) {
        return -1;
    }
    int32_t code = (int32_t)(dict->count - 1);
    dict->slots[i] = (slot){(uint32_t)(hash >> 32), code};
    if (dict->count * 10 > dict->slot_count * 6 && grow_slots(dict) != 0) {
        dict->slots[i].code = -1; /* as if it had not been added */
        dict->count--;
        dict->arena_length -= n + 1;
        return -1;
    }
    return code;
}

int32_t tsl__dict_get(const tsl__dict *dict, const char *s, size_t n)
{
    return dict->slots[find(dict, s, n, tsl__hash64(s, n, 0))].code;
}

/* A text to be sorted: the eight bytes behind what all texts share, as a
 * number of the same order, so that few comparisons look at the text itself. */
typedef struct sort_key {
    uint64_t head;
    int32_t code;
} sort_key;

static int compare_keys(const void *a, const void *b, void *user)
{
    const sort_key *x = a, *y = b;
    if (x->head != y->head) {
        return x->head < y->head ? -1 : 1;
    }
    const tsl__dict *dict = user;
    size_t na, nb;
    const char *ta = tsl__dict_get_text(dict, x->code, &na);
    const char *tb = tsl__dict_get_text(dict, y->code, &nb);
    int order = memcmp(ta, tb, na < nb ? na : nb);
    return order ? order : (na > nb) - (na < nb);
}

/* How many bytes at the front all texts share. */
static size_t shared_length(const tsl__dict *dict)
{
    size_t shared = 0;
    const char *first = dict->count ? tsl__dict_get_text(dict, 0, &shared) : NULL;
    for (size_t i = 1; i < dict->count && shared; i++) {
        size_t length, k = 0;
        const char *text = tsl__dict_get_text(dict, (int32_t)i, &length);
        while (k < shared && k < length && text[k] == first[k]) {
            k++;
        }
        shared = k;
    }
    return shared;
}

/* The first eight bytes, the first of them the highest; zeros behind the end. */
static uint64_t head_of(const char *text, size_t length)
{
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++) {
        head = head << 8 | (i < length ? (unsigned char)text[i] : 0);
    }
    return head;
}

int tsl__dict_get_ranks(const tsl__dict *dict, int32_t *rank)
{
    sort_key *sorted = tsl__alloc(dict->count, sizeof *sorted);
    if (!sorted) {
        return -1;
    }
    size_t shared = shared_length(dict), length;
    for (size_t i = 0; i < dict->count; i++) {
        const char *text = tsl__dict_get_text(dict, (int32_t)i, &length);
        sorted[i] = (sort_key){head_of(text + shared, length - shared), (int32_t)i};
    }
    qsort_r(sorted, dict->count, sizeof *sorted, compare_keys, (void *)(uintptr_t)dict);
    for (size_t i = 0; i < dict->count; i++) {
        rank[sorted[i].code] = (int32_t)i;
    }
    free(sorted);
    return 0;
}
