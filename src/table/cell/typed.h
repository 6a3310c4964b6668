/*
 * typed.h: what one cell of an array holds, and the text that a CSV file would
 * hold in its place, by which it is checked and typed like a cell of a file.
 */
#ifndef TSL_TABLE_CELL_TYPED_H
#define TSL_TABLE_CELL_TYPED_H

#include <stdint.h>
#include <tesela/table.h>

#include "table/cell/parse_number.h"

typedef enum tsl__typed_form {
    TSL__TYPED_MISSING,
    TSL__TYPED_TEXT,
    TSL__TYPED_DECIMAL, /* units / 10^places */
    TSL__TYPED_NUMBER,
    TSL__TYPED_BOOLEAN, /* units: 0, 1 */
    TSL__TYPED_DAY,     /* seconds, of its first moment; units: days, as it was given */
    TSL__TYPED_TIME,    /* seconds; units, as it was given: `per_second` of them in a second */
    TSL__TYPED_CODE,    /* units: a code that stands for nothing */
    TSL__TYPED_ENCODING /* text: bytes that are no UTF-8 */
} tsl__typed_form;

typedef struct tsl__typed {
    tsl__typed_form form;
    tsl__span text; /* trimmed; a view */
    __int128 units;
    int places; /* 0 to 38 */
    double number;
    int is_single;               /* 1: number was a float */
    double greatest_whole;       /* beyond it, whole numbers that differ may have become the same number */
    int64_t seconds, per_second; /* 1, 1000, 10^6 or 10^9 */
} tsl__typed;

/* The text; into out where the cell holds none. */
#define TSL__TYPED_BYTES 64
tsl__span tsl__typed_show(const tsl__typed *cell, char out[TSL__TYPED_BYTES]);

/* Its exact value, that of the shortest decimal which reads back as the same number; 0 on success, -1 for
 * what is none. */
int tsl__typed_decimal(const tsl__typed *cell, tsl__decimal *out);

#endif
