/*
 * grouping.h: the customers of the tables, a shard of them after the other, and
 * which rows are whose.
 *
 * A shard holds all rows of its customers, of every table. Tables whose rows are
 * kept by customer give it as it is; of others the rows are sorted by shard first.
 */
#ifndef TSL_FEATURE_GROUPING_H
#define TSL_FEATURE_GROUPING_H

#include "feature/records/census.h"
#include "table/row/shards.h"

/* Rows of a table with columns, and its customers, by shard. */
typedef struct tsl__shard_rows {
    size_t *row_begin, *code_begin; /* shards + 1 */
    uint32_t *row;                  /* those that count, by shard */
    int32_t *code;                  /* of the customers in them, by shard, then as the dictionary */
} tsl__shard_rows;

typedef struct tsl__sharding {
    size_t shards;                           /* TSL__SHARDS, or 1 where the tables are small */
    const tsl_table *table[TSL_TABLE_KINDS]; /* NULL: no such table */
    tsl__days days[TSL_TABLE_KINDS];
    tsl__shard_rows rows[TSL_TABLE_KINDS]; /* of tables with columns */
    uint32_t *place[TSL_TABLE_KINDS];      /* likewise: of each code, among the customers of its shard */
    uint8_t *kind_flags;                   /* interactions: filter bits of each kind's code */
    int timed[TSL_TABLE_KINDS]; /* 0: no row has a time of day: all are midnight, as days alone are written, too */
} tsl__sharding;

/* Tables may be NULL; of their rows those that count, of the day `from` and later ones (TSL_NO_DAY: of all). shards: of
 * tables that fill more than one, the first so many, a sample of the customers by the hashes of their ids; 0: all.
 * Freed also on failure. TSL_E_INPUT, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__sharding_open(const tsl_tables *tables, int32_t from, size_t shards,
                                           tsl__sharding *sharding, tsl_error *err);
/* So many that some `most` of the customers are in them, of whom there are so many; 0: all. */
size_t tsl__sharding_get_sample(size_t customers, size_t most);
void tsl__sharding_free(tsl__sharding *sharding);

/* Rows of one table by customer: customer c's are row[begin[c]] .. row[begin[c + 1] - 1]. */
typedef struct tsl__rows {
    const tsl_table *table;           /* NULL: no such table */
    const int64_t *number[TSL_ROLES]; /* cells by role, by row; NULL: no such column, or it has codes */
    const int32_t *code[TSL_ROLES];
    const tsl__shard *shard;           /* where the cells are, or NULL: in the table's columns */
    const uint8_t *clock, *clock_bits; /* which rows have a time of day: one byte a row, or a bitmap; NULL both: ... */
    int all_clock;                     /* ... all of them, or none */
    size_t *begin;
    uint32_t *row;
    size_t begin_capacity, row_capacity;
    size_t longest; /* most rows of one customer */
} tsl__rows;

/* 1: the row has a time of day. */
static inline int tsl__rows_have_clock(const tsl__rows *rows, uint32_t row)
{
    return rows->clock        ? rows->clock[row]
           : rows->clock_bits ? rows->clock_bits[row / 8] >> row % 8 & 1
                              : rows->all_clock;
}
/* Cells of a column of the table, whatever its role. */
static inline const int64_t *tsl__rows_get_number(const tsl__rows *rows, size_t column)
{
    return rows->shard ? rows->shard->number[column] : tsl_table_get_column(rows->table, column)->integer;
}
static inline const int32_t *tsl__rows_get_code(const tsl__rows *rows, size_t column)
{
    return rows->shard ? rows->shard->code[column] : tsl_table_get_column(rows->table, column)->code;
}

/* One shard; starts as zeros, and is used for one after the other. */
typedef struct tsl__grouping {
    size_t customers;
    const char **id; /* sorted bytewise; views, of the tables or of the shard */
    tsl__rows rows[TSL_TABLE_KINDS];
    const uint8_t *kind_flags;
    struct tsl__grouping_scratch *scratch;
} tsl__grouping;

/* Takes up a shard. Threads may do so at a time, each with its own grouping and its own shards. TSL_E_NOMEM;
 * TSL_E_IO: of the temporary file of rows. */
TSL_FALLIBLE tsl_status tsl__grouping_fill(const tsl__sharding *sharding, size_t shard, tsl__grouping *grouping,
                                           tsl_error *err);
/* Likewise the customers alone, in the same order: nothing is said of rows. */
TSL_FALLIBLE tsl_status tsl__grouping_list(const tsl__sharding *sharding, size_t shard, tsl__grouping *grouping,
                                           tsl_error *err);
void tsl__grouping_free(const tsl__sharding *sharding, tsl__grouping *grouping);

#endif
