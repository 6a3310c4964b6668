/*
 * shards.h: the rows of an event table, kept by customer in place of by column.
 *
 * All rows of a customer stand in the same one of TSL__SHARDS shards, by the hash
 * of his id, so that a shard after the other can be taken up, each of a size that
 * fits the caches; whatever adds up customers needs no more. Rows are packed:
 * small numbers take few bytes. Within a shard they have no order that means
 * anything: it depends on which thread decoded which block.
 */
#ifndef TSL_TABLE_SHARDS_H
#define TSL_TABLE_SHARDS_H

#include <tesela/table.h>

#include "base/error.h"
#include "table/date/date_evidence.h"
#include "table/row/cell_value.h"

#define TSL__SHARDS ((size_t)256)

/* How the rows hold a column. */
typedef enum tsl__shard_form {
    TSL__SHARD_ID,     /* the customer: its text, first of all columns */
    TSL__SHARD_TEXT,   /* its text; of a value that is mostly another one in every row */
    TSL__SHARD_CODE,   /* the writer's code of a text */
    TSL__SHARD_NUMBER, /* int64 */
    TSL__SHARD_TIME    /* likewise, folded (tsl__time_fold); one column at most */
} tsl__shard_form;

typedef struct tsl__shards tsl__shards;
typedef struct tsl__shard_writer tsl__shard_writer;

/* The shard of an id. */
size_t tsl__shard_find(tsl__span id);

/* `forms` of `columns` columns; writers: that will be opened at most. Owned. NULL: out of memory. */
tsl__shards *tsl__shards_open(const tsl__shard_form *forms, size_t columns, size_t writers);
void tsl__shards_free(tsl__shards *shards);
/* Before a writer is opened: its rows in memory take no more than its share of so many bytes, for all writers; what is
 * beyond goes to a temporary file in the folder (NULL: /tmp). TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shards_set_memory(tsl__shards *shards, size_t bytes, const char *folder, tsl_error *err);
/* All rows are written: where those in memory take more than so many bytes, they go to the file as well. Without a
 * limit nothing is done. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shards_close(tsl__shards *shards, size_t most, tsl_error *err);
/* Bytes of rows in memory. */
size_t tsl__shards_get_bytes(const tsl__shards *shards);
size_t tsl__shards_get_rows(const tsl__shards *shards);
/* Of one shard, those that are gone since they were written included. */
size_t tsl__shards_count_rows(const tsl__shards *shards, size_t shard);
/* Gives the rows back: they are not read again. */
void tsl__shards_empty(tsl__shards *shards);
/* 1: some id of the shard has no digit, as words have not, or is perhaps a number in scientific notation. */
int tsl__shards_has_odd(const tsl__shards *shards, size_t shard);
/* Before the first row: the absolute values of this column of numbers are added up by shard. */
void tsl__shards_set_weighed(tsl__shards *shards, size_t column);
/* That sum, of all rows that were written; 0 where no column is weighed. */
__int128 tsl__shards_get_weight(const tsl__shards *shards, size_t shard);
/* Rows of this id are gone; at most one. 0 on success. */
int tsl__shards_drop_id(tsl__shards *shards, tsl__span id);

/* A writer of one thread, of the number below `writers`; it belongs to the shards. NULL: out of memory. */
tsl__shard_writer *tsl__shard_writer_open(tsl__shards *shards, size_t number);
/* What is kept with a row: a number up to 3, and from this bit on the two of its time. */
#define TSL__SHARD_TIME_BITS 2
/* A row of a file, by the texts of its cells and what is kept of the others; small: as above. Lines of a file that rise
 * make the rows smaller. TSL_E_NOMEM; TSL_E_IO: of the temporary file. */
TSL_FALLIBLE tsl_status tsl__shard_write(tsl__shard_writer *writer, size_t file, uint64_t line, unsigned small,
                                         const tsl__cell_value *cell, tsl_error *err);
/* What a writer's codes of a column are in the end, so that all writers' agree; the array moves to the shards. */
void tsl__shards_set_codes(tsl__shards *shards, size_t writer, size_t column, int32_t *code, size_t count);
/* And what they are in turn: rank[code]. */
void tsl__shards_map_codes(tsl__shards *shards, size_t column, const int32_t *rank);

/* How the times of a column are read. */
typedef struct tsl__shard_times {
    tsl__date_reading reading; /* of those on the way */
    int days_alone;            /* 1: as midnight of their day, without a time of day */
    int64_t until;             /* rows from this time on are gone */
} tsl__shard_times;
/* Until this is said they come as they were written. */
void tsl__shards_set_times(tsl__shards *shards, const tsl__shard_times *times);

/* Rows of one shard as columns; all of it is reused by the next reading, and freed by tsl__shard_free. Starts as zeros.
 * Of the columns those asked for are there. */
typedef struct tsl__shard {
    size_t rows, capacity;
    size_t ids;        /* distinct customers */
    int32_t *customer; /* one a row: below ids */
    tsl__span *id;     /* one a customer, NUL-terminated; in the order in which they came */
    int64_t **number;  /* one a column: of a NUMBER */
    int32_t **code;    /* one a column: of a CODE; of a TEXT: alike where the texts are, -1 missing */
    uint8_t *clock;    /* one a row: 1: its time has a time of day */
    uint32_t *file;    /* one a row */
    uint64_t *line;
    uint8_t *small; /* up to 3 */
    struct tsl__shard_scratch *scratch;
} tsl__shard;

/* Reads shard `shard` (below TSL__SHARDS); wanted: one a column, 1: it is to be there; the first and the times always
 * are; places: 1: file, line and small are to be there. Different threads may read at a time, each into its own.
 * TSL_E_NOMEM; TSL_E_IO: of the temporary file; TSL_E_OPTION: the rows were given back. */
TSL_FALLIBLE tsl_status tsl__shard_read(const tsl__shards *shards, size_t shard, const uint8_t *wanted, int places,
                                        tsl__shard *out, tsl_error *err);
void tsl__shard_free(const tsl__shards *shards, tsl__shard *shard);

#endif
