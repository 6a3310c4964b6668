/*
 * translator.h: the contract of what makes UTF-8 text, divided into fields and records, of other bytes, and the list
 * of them.
 *
 * One file a kind. A translator reads its input as a stream and appends text piece by piece; what no text can be made
 * of becomes TSL__BAD_BYTE, which is no UTF-8, so that its record is rejected and no other one.
 */
#ifndef TSL_TABLE_SOURCE_TRANSLATOR_H
#define TSL_TABLE_SOURCE_TRANSLATOR_H

#include "base/text.h"
#include "table/source/raw_input.h"

#define TSL__BAD_BYTE '\xFF'

typedef struct tsl__translator {
    /* What it is told to translate: a tsl_encoding of translate_encoding.c. */
    TSL_FALLIBLE tsl_status (*open)(tsl__input *input, int what, void **state, tsl_error *err);
    /* Appends some text; *ended: 1 where there is no more, whether or not it appended any. */
    TSL_FALLIBLE tsl_status (*step)(void *state, tsl__text *out, int *ended, tsl_error *err);
    void (*free)(void *state); /* NULL is fine */
} tsl__translator;

extern const tsl__translator tsl__translate_encoding;

#endif
