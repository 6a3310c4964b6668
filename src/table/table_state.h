/* table_state.h: the inside of a tsl_table, for the rooms that make tables by hand: this one, and tests. */
#ifndef TSL_TABLE_TABLE_STATE_H
#define TSL_TABLE_TABLE_STATE_H

#include <tesela/table.h>

#include "table/row/shown_ids.h"
#include "table/row/sums.h"
#include "table/table_findings.h"

/* The clock that times of events are written by, or were converted to, as their zones tell. */
typedef struct tsl__written_clock {
    int is_known;
    int32_t offset;  /* seconds east of UTC */
    char place[256]; /* `orders.csv:2: "2024-01-04T18:30:00Z"` */
} tsl__written_clock;

struct tsl_table {
    tsl_table_kind kind;
    size_t rows, column_count;
    tsl_column *column; /* owned, and all in it */
    tsl_table_info info;
    uint64_t rejected_by[TSL_REJECT_KINDS];
    tsl_file_info *file; /* info.file_count of them */
    char *reading;       /* as JSON */
    tsl__finding_list findings;
    tsl__shards *shards; /* where the rows are, if the columns have no cells: their columns are those of the table */
    tsl__zone *zone;     /* the declared one, by which the times of those rows are read */
    tsl__written_clock clock;         /* where none is declared */
    int is_spent;                     /* 1: nobody needs the rows after who is at them now, and he gives them back */
    tsl_converted *converted;         /* info.converted */
    tsl_table_quality *quality;       /* with its months; or NULL */
    tsl__sums sums;                   /* of those rows, by the codes of the columns' dictionaries */
    const tsl_pseudonyms *pseudonyms; /* that its customers are to be called by, or NULL; a view */
    tsl__shown_ids shown_ids;         /* where the ids are forms that spellings share: how each is shown */
};

/* Frees what most of its memory goes to, for who needs the rest alone: columns without cells, what was read and how. */
void tsl__table_free_cells(tsl_table *table);

#endif
