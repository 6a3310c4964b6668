/* span.h: a view of some bytes of a cell, without the spaces around it, and as a message shows it. */
#ifndef TSL_TABLE_CELL_SPAN_H
#define TSL_TABLE_CELL_SPAN_H

#include <stddef.h>

/* A view of some bytes. */
typedef struct tsl__span {
    const char *s;
    size_t n;
} tsl__span;

tsl__span tsl__span_make(const char *text);
int tsl__span_equal(tsl__span a, tsl__span b);
/* 1: the span begins with the text. */
int tsl__span_begins(tsl__span span, const char *text, size_t n);

/* 1: the span ends with the text. */
int tsl__span_ends(tsl__span span, const char *text);

/* 1: an ASCII digit stands in it. */
int tsl__span_has_digit(tsl__span span);

/* Without spaces around: ASCII ones, the no-break and the ideographic space. */
tsl__span tsl__cell_trim(tsl__span cell);

/* Writes the cell for a message into out[size]: cut to whole UTF-8 characters,
 * control characters and bytes that are no UTF-8 replaced. Returns out. */
char *tsl__span_show(tsl__span text, char *out, size_t size);

#endif
