/* text_cursor.h: walks a short text: digits, words, blanks. */
#ifndef TSL_TABLE_CELL_TEXT_CURSOR_H
#define TSL_TABLE_CELL_TEXT_CURSOR_H

#include <string.h>

#include "base/text.h"

typedef struct tsl__cursor {
    const char *p, *end;
} tsl__cursor;

/* Up to `most` digits; their count, the value in *value. */
static inline int tsl__cursor_digits(tsl__cursor *c, int most, int *value)
{
    int count = 0;
    *value = 0;
    while (c->p < c->end && count < most && tsl__is_digit(*c->p)) {
        *value = *value * 10 + (*c->p++ - '0');
        count++;
    }
    return count;
}

/* 1: the text stands here, and is passed. */
static inline int tsl__cursor_take(tsl__cursor *c, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, text, n) != 0) {
        return 0;
    }
    c->p += n;
    return 1;
}

/* Likewise a letter, small or large. */
static inline int tsl__cursor_letter(tsl__cursor *c, char lower)
{
    if (c->p == c->end || tsl__lower(*c->p) != lower) {
        return 0;
    }
    c->p++;
    return 1;
}

/* Passes spaces; their number. */
static inline int tsl__cursor_spaces(tsl__cursor *c)
{
    const char *from = c->p;
    while (c->p < c->end && *c->p == ' ') {
        c->p++;
    }
    return (int)(c->p - from);
}

#endif
