/* first_texts.h: where each of a few different texts of a column first stands. */
#ifndef TSL_TABLE_CELL_FIRST_TEXTS_H
#define TSL_TABLE_CELL_FIRST_TEXTS_H

#include "table/cell/decimal_mark.h"

#define TSL__FIRST_TEXTS 16 /* that are kept, those that come first */

/* Starts as zeros; without counts. */
typedef struct tsl__first_texts {
    int count;
    tsl__mark_cells cell[TSL__FIRST_TEXTS];
} tsl__first_texts;

/* Takes in a text that stands here; nothing is done where it, or too many others, stood before. */
void tsl__first_texts_add(tsl__first_texts *texts, tsl__span text, const char *file, uint64_t line);
/* Takes in those of the block behind. */
void tsl__first_texts_join(tsl__first_texts *texts, const tsl__first_texts *behind);
/* NULL: it is not among them. */
const tsl__mark_cells *tsl__first_texts_get(const tsl__first_texts *texts, const char *text);

#endif
