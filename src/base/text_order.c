/* text_order.c: least significant byte first, over the eight bytes behind what all texts share. */
#include "base/text_order.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

typedef struct sort_key {
    uint64_t head;
    uint32_t text;
} sort_key;

enum { BYTES = 8, VALUES = 256 };

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

/* One pass by one byte; 0 where all have the same, and nothing moved. */
static int sort_byte(const sort_key *from, sort_key *to, size_t count, int byte)
{
    size_t start[VALUES + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        start[(from[i].head >> 8 * byte & 255) + 1]++;
    }
    for (int v = 0; v < VALUES; v++) {
        if (start[v + 1] == count) {
            return 0;
        }
        start[v + 1] += start[v];
    }
    for (size_t i = 0; i < count; i++) {
        to[start[from[i].head >> 8 * byte & 255]++] = from[i];
    }
    return 1;
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
    for (int byte = 0; byte < BYTES && !failed; byte++) {
        if (sort_byte(key, other, count, byte)) {
            sort_key *swap = key;
            key = other;
            other = swap;
        }
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
