/* id_spelling.h: the one form of an id that its spellings share, which programs write differently on the way. */
#ifndef TSL_TABLE_CELL_ID_SPELLING_H
#define TSL_TABLE_CELL_ID_SPELLING_H

#include "table/cell/span.h"

/* What a spelling has beside the form, as bits. */
typedef enum tsl__id_trait {
    TSL__ID_POINT_ZERO =
        1,              /* whole numbers beside a missing one, as floating-point writes them: "17850.0", "17850,0" */
    TSL__ID_CASE = 2,   /* small letters, also with accents, Greek and Cyrillic ones */
    TSL__ID_WIDTH = 4,  /* letters, digits and signs of full width */
    TSL__ID_SPACES = 8, /* anywhere */
    TSL__ID_INVISIBLE = 16, /* byte order marks, zero-width characters, soft hyphens */
    TSL__ID_ZEROS = 32,     /* leading zeros of digits alone: they stay in the form, since they may mean something */
    TSL__ID_PARTED = 64,    /* accents behind their letters, as characters of their own (Unicode's form D) */
    TSL__ID_MARKS = 128, /* marks that keep it a text: ="007" and '007 of spreadsheets, quotes that stand in the cell */
    TSL__ID_PLUS = 256   /* a sign before digits alone: "+4912345" */
} tsl__id_trait;
#define TSL__ID_TRAITS 9

/* Writes the form into out, which has room for id.n bytes, and returns its bytes; *traits: what the spelling has. The
 * form of a form is itself; what would be left with nothing stays as it is. Of its spellings the form is the shortest,
 * and of those the first in byte order. */
size_t tsl__id_normalise(tsl__span id, char *out, unsigned *traits);
/* Bytes of leading zeros before another digit, where the form is digits alone; else 0. */
size_t tsl__id_count_zeros(tsl__span form);
/* A number in scientific notation, by which spreadsheets and floating-point numbers show long ids and lose digits. */
typedef enum tsl__id_science {
    TSL__ID_NO_SCIENCE,
    TSL__ID_ROUNDED,     /* by its sign or decimal mark: 1.38E+11, 1,38E+11, 1E+11, 1.38E11 */
    TSL__ID_MAY_BE_CODE, /* 12E5: as other ids of the column tell, 12A5 */
} tsl__id_science;
tsl__id_science tsl__id_find_science(tsl__span id);
/* 0: it is none, by the place of the E; most ids are done with that. */
static inline int tsl__id_may_be_science(tsl__span id)
{
    const char *end = id.s + id.n;
    return id.n >= 3 && end[-1] <= '9' &&
           ((end[-2] | 0x20) == 'e' || (end[-3] | 0x20) == 'e' || (id.n > 3 && (end[-4] | 0x20) == 'e') ||
            (id.n > 4 && (end[-5] | 0x20) == 'e'));
}
/* 1: digits and a letter other than E, as codes have. */
int tsl__id_is_code(tsl__span id);
/* "a trailing .0" of the trait of that bit. */
const char *tsl__id_trait_get_text(int bit);

#endif
