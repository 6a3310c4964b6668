/*
 * sums.h: what is counted of the rows of a table that keeps no columns. Every
 * thread counts its own rows; the counts are added in any order, as all are exact.
 */
#ifndef TSL_TABLE_SUMS_H
#define TSL_TABLE_SUMS_H

#include <tesela/table.h>

#include "table/date/outlying_dates.h"
#include "table/row/shards.h"

/* Of one column. */
typedef struct tsl__column_sums {
    uint64_t missing;
    __int128 sum;            /* decimals: of their values */
    __int128 absolute;       /* likewise: of their absolute values */
    uint64_t negative, zero; /* likewise: how many are */
    int decimals;            /* likewise: the most that one needs */
    uint64_t *code;          /* texts by code: rows of each */
    size_t codes, code_capacity;
} tsl__column_sums;

typedef struct tsl__sums {
    size_t columns;
    tsl__column_sums *column;
    tsl__day_counts days; /* of the column of times */
    int64_t rounded;
} tsl__sums;

/* TSL_E_NOMEM. Freed also on failure. */
TSL_FALLIBLE tsl_status tsl__sums_open(tsl__sums *sums, size_t columns, tsl_error *err);
void tsl__sums_free(tsl__sums *sums);
/* A cell of a text, of a decimal; -1 and TSL_MISSING_INT are missing. */
TSL_FALLIBLE tsl_status tsl__sums_add_code(tsl__sums *sums, size_t column, int32_t code, tsl_error *err);
void tsl__sums_add_number(tsl__sums *sums, size_t column, int64_t value);
/* Adds those of another thread; its codes are map[code], -1: none of its rows has it. */
TSL_FALLIBLE tsl_status tsl__sums_join(tsl__sums *sums, const tsl__sums *other, int32_t *const *map, tsl_error *err);

#endif
