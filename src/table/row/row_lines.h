/*
 * row_lines.h: where each row that was kept stood, for a reject that shows itself when all rows are there. A byte a
 * row: rows follow each other closely, and what does not is marked.
 */
#ifndef TSL_TABLE_ROW_LINES_H
#define TSL_TABLE_ROW_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A row that the steps do not lead to. */
typedef struct tsl__line_mark {
    size_t row, file;
    uint64_t line;
} tsl__line_mark;

typedef struct tsl__row_lines {
    uint8_t *step; /* rows: lines since the row before, and values that were rounded */
    size_t rows, capacity;
    tsl__line_mark *mark; /* by rising row */
    size_t marks, mark_capacity;
    size_t file; /* of the last row */
    uint64_t line;
} tsl__row_lines;

/* A walk over the rows, from {0}. */
typedef struct tsl__line_walk {
    size_t row, mark; /* that come next */
    size_t file;      /* of the row that was reached */
    uint64_t line;
    unsigned rounded;
} tsl__line_walk;

/* The next row; rounded: 0 to 3. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__row_lines_add(tsl__row_lines *lines, size_t file, uint64_t line, unsigned rounded,
                                           tsl_error *err);
/* On to the next row, which is there. */
void tsl__row_lines_walk(const tsl__row_lines *lines, tsl__line_walk *walk);
void tsl__row_lines_free(tsl__row_lines *lines);

#endif
