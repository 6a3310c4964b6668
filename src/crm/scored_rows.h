/* scored_rows.h: the rows of a segments.csv, block by block: while one is gone through, a task scans the next, where
 * the calling thread is one of a parallel region with others that are free. */
#ifndef TSL_CRM_SCORED_ROWS_H
#define TSL_CRM_SCORED_ROWS_H

#include "crm/crm_fields.h"
#include "table/source/csv.h"

#include <pthread.h>

/* Some rows of the file. */
typedef struct tsl__scored_block {
    tsl__block block;
    tsl__span *cell; /* rows x TSL__CRM_FIELDS, as they were before CSV files marked them */
    uint64_t *line;  /* rows, of the file */
    char *plain;     /* cells that do not stand in the block as they are */
    size_t rows, cell_room, line_room, plain_room;
    uint64_t position; /* stored bytes up to its end */
    int ended;         /* nothing stands behind it */
    int is_wanted;     /* by the lock: it is to be filled */
    tsl_status status; /* of what stands behind its last row, */
    tsl_error why;     /* and what is wrong with that */
} tsl__scored_block;

typedef struct tsl__scored_rows {
    const char *file;
    tsl__csv *csv;
    tsl__scanner *scanner;
    size_t columns;
    size_t column[TSL__CRM_FIELDS]; /* of the file; columns: there is none, and the cells are empty */
    size_t first[TSL__CRM_FIELDS];  /* field of the same column */
    tsl__scored_block block[2];     /* at hand, and the one that follows */
    int at;
    size_t next; /* row of the block at hand */
    pthread_mutex_t lock;
} tsl__scored_rows;

/* Opens the file, whose name must stay; the rows may be moved until the first is read. TSL_E_NOT_FOUND; TSL_E_INPUT:
 * without columns of ids and of segments. */
TSL_FALLIBLE tsl_status tsl__scored_rows_open(const char *file, tsl__scored_rows *out, tsl_error *err);
/* Closed also after a failure; not within the parallel region, whose tasks look here. */
void tsl__scored_rows_close(tsl__scored_rows *rows);
/* The next row: TSL__CRM_FIELDS cells, valid until the next call, and its line; NULL: there are no more. TSL_E_INPUT: a
 * row that is none. */
TSL_FALLIBLE tsl_status tsl__scored_rows_read(tsl__scored_rows *rows, const tsl__span **cell, uint64_t *line,
                                              tsl_error *err);
/* Stored bytes of the file up to about the row at hand. */
uint64_t tsl__scored_rows_get_position(const tsl__scored_rows *rows);

#endif
