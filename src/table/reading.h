/*
 * reading.h: the state of a table under construction.
 *
 * Whatever the rows come from (read.c: files; build.c: arrays, Arrow streams):
 * open, plan, accept every row, finish, free.
 */
#ifndef TSL_TABLE_READING_H
#define TSL_TABLE_READING_H

#include <tesela/table.h>

#include "base/dict.h"
#include "base/parallel.h"
#include "table/cell/date_order.h"
#include "table/cell/decimal_comma.h"
#include "table/cell/outlying_dates.h"
#include "table/lookup.h"
#include "table/reject.h"
#include "table/row_lines.h"
#include "table/schema/plan.h"
#include "table/source/cell_array.h"
#include "table/source/csv.h"
#include "table/table_state.h"

/* One column while it grows. */
typedef struct tsl__column_build {
    tsl__dict *dict;       /* text */
    int32_t *code;         /* text: -1 missing */
    int32_t last_code;     /* the one given out last */
    int64_t *integer;      /* decimal, time (open ones included) */
    tsl__date_order order; /* time */
    tsl__ends ends;        /* time */
    int clock;             /* time: 1: a cell has a time of day, be it midnight */
    uint64_t bad;          /* cells of an optional column that do not fit, taken as missing */
    char *bad_example;
} tsl__column_build;

/* What one cell or expression of the current row gives. */
typedef struct tsl__cell_value {
    tsl__span text;  /* text; s NULL: missing */
    int64_t integer; /* decimal, time: TSL_MISSING_INT missing */
    int rounded;
} tsl__cell_value;

/* Why the current row cannot be used. */
typedef struct tsl__fault {
    tsl_reject_kind kind;
    const char *column;
    tsl__span text;
    char message[384];
} tsl__fault;

/* A row whose date is open and may turn out to lie after the as-of day. */
typedef struct tsl__pending {
    size_t row, file;
    uint64_t line;
    uint64_t rounded; /* of its values */
    char *text;
} tsl__pending;

/* Where a row of the customers stood. */
typedef struct tsl__row_origin {
    uint32_t file;
    uint64_t line;
} tsl__row_origin;

enum { TSL__KNOWN = 1, TSL__ORPHAN };

typedef struct tsl__reading {
    tsl_table_kind kind;
    const tsl_table *known;
    tsl__asked asked;
    const tsl_table_options *opt; /* those of asked */
    tsl_table *table;             /* the result under construction */
    tsl__lookup **lookup;
    size_t lookups; /* that are opened */
    tsl__plan plan;
    tsl__column_build *build; /* one an output */
    tsl__cell_value *value;   /* one an output */
    size_t rows, capacity;
    tsl__row_origin *origin; /* customers: one a row */
    tsl__row_lines lines;    /* events, where no as-of day is given */

    const char *const *place; /* what rejects call the files, or what stands in their place */
    size_t files;             /* of the table's own; 0: it comes from memory */
    size_t file;              /* index of the current one */
    const char *file_name;    /* what messages call it */
    const char *path;         /* what messages call the first */
    size_t *field;            /* one an own input: its field in the current file, TSL__NONE where it lacks it */
    size_t columns;           /* fields of a sound record of the current file */
    tsl__record record;
    const tsl__cell_array *cells;    /* from memory: one an own input, instead of the fields of the record */
    size_t cell_row;                 /* of the current record */
    char (*shown)[TSL__TYPED_BYTES]; /* one an own input: scratch for its text */
    int32_t *match;                  /* one a lookup: the row found for this record, UNKNOWN, or -1 */
    tsl__miss *miss;                 /* one a lookup */
    tsl__comma *comma;               /* one an input */
    tsl__decimal *operand;           /* scratch for expressions */
    char row_number[24];             /* the current one, as a customer's id */
    tsl__fault fault;

    uint8_t *known_code; /* one a customer code: TSL__KNOWN, TSL__ORPHAN, or 0: not asked */
    size_t known_capacity;
    tsl__pending *pending;
    size_t pendings, pending_capacity;
    tsl__rejects rejects;
    tsl__ticker ticker;
    double started;
} tsl__reading;

/* reading.c. kind, known, rejects, options and exec as tsl_table_read takes
 * them. The caller sets place, files and file_name. Free it, also on failure. */
TSL_FALLIBLE tsl_status tsl__reading_open(tsl__reading *reading, tsl_table_kind kind, const tsl_table *known,
                                          const tsl_reject_sink *rejects, const tsl_table_options *opt,
                                          const tsl_exec *exec, tsl_error *err);
/* Decides on the columns; loads the lookups that are used. The names must stay. */
TSL_FALLIBLE tsl_status tsl__reading_plan(tsl__reading *reading, const tsl__own_columns *own, tsl_error *err);
/* Behind the last row: makes the table, checked. */
TSL_FALLIBLE tsl_status tsl__reading_finish(tsl__reading *reading, tsl_table **out, tsl_error *err);
void tsl__reading_free(tsl__reading *reading);
/* Tells how far it is; every TSL__TICK_ROWS rows. */
#define TSL__TICK_ROWS 1024
TSL_FALLIBLE tsl_status tsl__reading_tick(tsl__reading *reading, uint64_t bytes, double fraction, tsl_error *err);
/* A source as it was given, in rejects and the list of files. */
const char *tsl__reading_name(const tsl_source *source);

/* decode.c: fills reading->value from reading->record. 0: done; 1: the row cannot
 * be used, see reading->fault. */
int tsl__decode_row(tsl__reading *reading);
/* The current record's cell of an input. */
tsl__span tsl__decode_get_cell(tsl__reading *reading, size_t input);

/* accept.c: one record of data: used or rejected. */
TSL_FALLIBLE tsl_status tsl__accept_record(tsl__reading *reading, tsl_error *err);
#define TSL__LATE_MESSAGE "lies at or after the as-of day"

/* finish_dates.c: open dates decided, late rows out. */
TSL_FALLIBLE tsl_status tsl__finish_dates(tsl__reading *reading, tsl_error *err);
/* Keeps the rows with keep[row] != 0, of every column. */
void tsl__finish_keep(tsl__reading *reading, const uint8_t *keep);

/* finish_columns.c: dictionaries sorted, the columns handed to the table. */
TSL_FALLIBLE tsl_status tsl__finish_columns(tsl__reading *reading, tsl_error *err);
/* Commas in the numbers of an output that may be decimal commas: noted or refused. */
TSL_FALLIBLE tsl_status tsl__finish_commas(tsl__reading *reading, const tsl__plan_output *output, tsl_error *err);
/* Notes the cells of an output that do not fit. */
TSL_FALLIBLE tsl_status tsl__finish_bad(tsl__reading *reading, size_t output, tsl_error *err);

/* join.c: rows of customers that the customers table lacks are noted, and pointedly so where it lacks all. Before the
 * columns move on. */
TSL_FALLIBLE tsl_status tsl__join_note(tsl__reading *reading, tsl_error *err);
/* Where the table shares no id with the customers: so, with an id of either side, into out; else NULL. */
#define TSL__JOIN_BYTES 400
const char *tsl__join_describe(const tsl__reading *reading, char *out, size_t size);
/* Customers of whom over half of the rows contradict each other: what that looks like; else NULL. */
const char *tsl__join_find_events(const tsl__reading *reading);

/* customers.c: sorts by id, collapses duplicates, rejects conflicts, types the
 * plain columns and hands all to the table. */
TSL_FALLIBLE tsl_status tsl__customers_finish(tsl__reading *reading, tsl_error *err);

#endif
