/*
 * decimal_comma.h: commas that may divide thousands or be decimal commas.
 *
 * "47,920" is 47920 to this room, as a comma is never a decimal point; but it
 * may be meant as 47.920. Nothing in it tells, and only another number of the
 * column does: "1,234,567", "1,234.50" and "12.50" prove that commas divide
 * thousands. Each file proves that for itself.
 */
#ifndef TSL_TABLE_CELL_DECIMAL_COMMA_H
#define TSL_TABLE_CELL_DECIMAL_COMMA_H

#include <stdint.h>
#include <tesela/table.h>

#include "table/cell/parse_number.h"

/* Numbers that may be either. */
typedef struct tsl__comma_cells {
    uint64_t count;
    const char *file; /* of the first one; a view */
    uint64_t line;
    char text[48];
} tsl__comma_cells;

/* Of one column; starts as zeros. */
typedef struct tsl__comma {
    int proven;           /* by the current file */
    uint64_t row;         /* the one looked at last */
    tsl__comma_cells now; /* of the current file */
    tsl__comma_cells doubtful;
    tsl__comma_cells refused; /* of files divided by ; as those with decimal commas are */
} tsl__comma;

/* Looks at a cell. row: its number, so that one looked at twice counts once. */
void tsl__comma_add(tsl__comma *comma, tsl__span cell, uint64_t row, const char *file, uint64_t line);
/* Takes in what cells behind have shown, of the same file. */
void tsl__comma_join(tsl__comma *comma, const tsl__comma *behind);
/* The current file ends. */
void tsl__comma_end(tsl__comma *comma, char delimiter);
/* Notes the doubtful ones; TSL_E_INPUT where there are any to refuse. */
TSL_FALLIBLE tsl_status tsl__comma_check(const tsl__comma *comma, const char *column, tsl_notes *notes, tsl_error *err);

/* For the end of a message on a cell that is no number: ` (a comma divides thousands only; write 12.50)`, or "". */
#define TSL__COMMA_HINT_BYTES 120
char *tsl__comma_hint(tsl__span cell, char out[TSL__COMMA_HINT_BYTES]);

#endif
