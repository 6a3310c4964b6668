/* some_rows.h: rows of a kind: how many, and where the first stands. Blocks of rows are joined in their order. */
#ifndef TSL_TABLE_ROW_SOME_ROWS_H
#define TSL_TABLE_ROW_SOME_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Starts as zeros. */
typedef struct tsl__some_rows {
    uint64_t rows;
    size_t file;
    uint64_t line;
} tsl__some_rows;

/* 1: it is the first. */
static inline int tsl__some_rows_add(tsl__some_rows *some, size_t file, uint64_t line)
{
    if (some->rows++ > 0) {
        return 0;
    }
    some->file = file;
    some->line = line;
    return 1;
}

/* Takes in those behind, which are then none. */
static inline void tsl__some_rows_join(tsl__some_rows *some, tsl__some_rows *behind)
{
    const uint64_t before = some->rows;
    if (!before) {
        *some = *behind;
    } else {
        some->rows += behind->rows;
    }
    *behind = (tsl__some_rows){.rows = 0};
}

#endif
