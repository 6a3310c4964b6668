/*
 * data_commas.h: commas in a matrix of plain numbers, where none is a decimal one.
 *
 * "47,920" is 47920 there, but may be meant as 47.920. Nothing in it tells, and
 * only another number of the column does: "1,234,567", "1,234.50" and "12.50" show
 * that commas divide thousands.
 */
#ifndef TSL_TABLE_DATA_COMMAS_H
#define TSL_TABLE_DATA_COMMAS_H

#include <stdint.h>
#include <tesela/base.h>

#include "table/cell/figure.h"

/* Of one column; starts as zeros. */
typedef struct tsl__data_commas {
    int proven;     /* 1: to divide thousands */
    uint64_t count; /* that may be either */
    uint64_t line;  /* of the first one */
    char text[48];
} tsl__data_commas;

/* Looks at a cell. */
void tsl__data_commas_add(tsl__data_commas *commas, const tsl__figure *figure, tsl__span cell, uint64_t line);
/* Notes those that may be either; TSL_E_INPUT in a file divided by ; as those with decimal commas are. */
TSL_FALLIBLE tsl_status tsl__data_commas_check(const tsl__data_commas *commas, const char *file, const char *column,
                                               char delimiter, tsl_notes *notes, tsl_error *err);

/* For the end of a message on a cell that is no number: ` (a comma divides thousands only; write 12.50)`, or "". */
#define TSL__COMMA_HINT_BYTES 120
char *tsl__data_commas_hint(tsl__span cell, char out[TSL__COMMA_HINT_BYTES]);

#endif
