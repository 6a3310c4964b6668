/*
 * encoding.h: which encoding the bytes of a text are in.
 *
 * By rules that tell what is certain, and nothing else: a mark at the beginning; the zeros of UTF-16; UTF-8, which
 * no other text is by accident; and, of what is no UTF-8, GB18030 and Windows-1252 where the one is what people
 * write and the other is not (docs/methods/tables.md).
 */
#ifndef TSL_TABLE_TEXT_ENCODING_H
#define TSL_TABLE_TEXT_ENCODING_H

#include <stddef.h>
#include <tesela/table.h>

/* What a byte order mark says, TSL_ENCODING_AUTO where there is none; *mark: its bytes. */
tsl_encoding tsl__encoding_of_mark(const char *s, size_t n, size_t *mark);

/* UTF-16 without a mark: n bytes, the first of the file. TSL_ENCODING_AUTO: they are not. */
tsl_encoding tsl__encoding_of_zeros(const char *s, size_t n);

typedef struct tsl__encoding_found {
    tsl_encoding encoding; /* TSL_ENCODING_AUTO: two can be, and neither is certain */
    int mixed;             /* 1: not all of it can be read by this encoding */
} tsl__encoding_found;

/* Of text, the first byte of which is the first of the file that is no ASCII, behind the byte `before`. whole: 1
 * where the file ends with it. What is neither certain nor one of two is UTF-8 with faults. */
tsl__encoding_found tsl__encoding_judge(const char *s, size_t n, char before, int whole);

#endif
