/* text_order.h: the order of texts, bytewise: a radix sort by eight bytes, and comparisons where these are alike. */
#ifndef TSL_BASE_TEXT_ORDER_H
#define TSL_BASE_TEXT_ORDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct tsl__order_text {
    const char *s;
    size_t n;
} tsl__order_text;

/* order[i]: which text comes i-th; alike ones as they stand. Fewer than 2^32 texts. 0 on success, -1: out of memory.
 * Time: linear, where few share their first eight bytes behind those that all share. */
int tsl__text_order(const tsl__order_text *text, size_t count, uint32_t *order);

#endif
