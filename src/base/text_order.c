/* text_order.c: least significant digit first, over those bits of the eight bytes behind what all texts share in which
 * they differ: of ids of digits few. */
#include "base/text_order.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

typedef struct sort_key {
    uint64_t head;
    uint32_t text;
} sort_key;

enum { BYTES = 8, DIGIT = 11, VALUES = 1 << DIGIT };

/* How many bytes at the front all texts share. */
static size_t find_shared(const tsl__order_text *text, size_t count)
{
    size_t shared = count ? text[0].n : 0;
    for (size_t i = 1; i < count && shared; i++) {
        size_t k = 0;
        while (k < shared && k < text[i].n && text[i].s[k] == text[0].s[k]) {
            k++;
        }
        shared = k;
    }
    return shared;
}

/* The first eight bytes, the first of them the highest; zeros behind the end. */
static uint64_t get_head(const char *s, size_t n)
{
    uint64_t head = 0;
    for (size_t i = 0; i < BYTES; i++) {
        head = head << 8 | (i < n ? (unsigned char)s[i] : 0);
    }
    return head;
}

/* The bits of the mask alone, moved together: of two values that differ nowhere else the order stays. */
static uint64_t keep_bits(uint64_t value, uint64_t mask)
{
    uint64_t kept = 0;
    for (int at = 0; mask;) {
        const int low = __builtin_ctzll(mask);
        const uint64_t run = mask >> low, behind = run + 1; /* a run of ones carries into the bit behind it */
        const int length = behind ? __builtin_ctzll(behind) : 64;
        const uint64_t ones = length < 64 ? ((uint64_t)1 << length) - 1 : UINT64_MAX;
        kept |= (value >> low & ones) << at;
        at += length;
        mask &= ~(ones << low);
    }
    return kept;
}

/* Heads of those bits alone in which they differ; how many these are. */
static int shorten_heads(sort_key *key, size_t count)
{
    uint64_t differ = 0;
    for (size_t i = 1; i < count; i++) {
        differ |= key[i].head ^ key[0].head;
    }
    for (size_t i = 0; i < count; i++) {
        key[i].head = keep_bits(key[i].head, differ);
    }
    return __builtin_popcountll(differ);
}

/* One pass by the digit that begins at this bit. */
static void sort_digit(const sort_key *from, sort_key *to, size_t count, int bit)
{
    size_t start[VALUES + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        start[(from[i].head >> bit & (VALUES - 1)) + 1]++;
    }
    for (int v = 0; v < VALUES; v++) {
        start[v + 1] += start[v];
    }
    for (size_t i = 0; i < count; i++) {
        to[start[from[i].head >> bit & (VALUES - 1)]++] = from[i];
    }
}

static int compare_texts(const void *pa, const void *pb, void *user)
{
    const sort_key *x = pa, *y = pb;
    const tsl__order_text *a = (const tsl__order_text *)user + x->text, *b = (const tsl__order_text *)user + y->text;
    const int order = memcmp(a->s, b->s, a->n < b->n ? a->n : b->n);
    return order ? order : a->n != b->n ? (a->n > b->n) - (a->n < b->n) : (x->text > y->text) - (x->text < y->text);
}

int tsl__text_order(const tsl__order_text *text, size_t count, uint32_t *order)
{
    const size_t shared = find_shared(text, count);
    sort_key *key = tsl__alloc(count, sizeof *key), *other = tsl__alloc(count, sizeof *other);
    const int failed = !key || !other;
    for (size_t i = 0; i < count && !failed; i++) {
        key[i] = (sort_key){get_head(text[i].s + shared, text[i].n - shared), (uint32_t)i};
    }
    const int bits = failed ? 0 : shorten_heads(key, count);
    for (int bit = 0; bit < bits; bit += DIGIT) {
        sort_digit(key, other, count, bit);
        sort_key *swap = key;
        key = other;
        other = swap;
    }
    for (size_t begin = 0, end; begin < count && !failed; begin = end) {
        for (end = begin + 1; end < count && key[end].head == key[begin].head; end++) {
        }
        if (end > begin + 1) {
            qsort_r(key + begin, end - begin, sizeof *key, compare_texts, (void *)(uintptr_t)text);
        }
    }
    for (size_t i = 0; i < count && !failed; i++) {
        order[i] = key[i].text;
    }
    free(key);
    free(other);
    return failed ? -1 : 0;
}
