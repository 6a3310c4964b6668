/*
 * batch.h: the rows of one block as typed columns, what was found of them, and
 * those that cannot be used. Made by one worker, taken in the order of the blocks.
 *
 * A text is a code of the worker's own dictionary, which goes on from block to
 * block; the batch holds the texts that are new to it, as others may not look
 * into the dictionary while the worker is at the next block.
 */
#ifndef TSL_TABLE_BATCH_H
#define TSL_TABLE_BATCH_H

#include "table/row/observed.h"
#include "table/row/order_statuses.h"
#include "table/row/reject.h"
#include "table/row/row_hashes.h"

/* Texts end to end. */
typedef struct tsl__text_heap {
    char *bytes;
    size_t used, capacity;
} tsl__text_heap;

typedef struct tsl__batch_column {
    int32_t *code;    /* text: -1 missing */
    int64_t *integer; /* decimal, time (on the way) */
    size_t *fresh;    /* lengths of the texts that are new to the dictionary, by rising code */
    size_t fresh_count, fresh_capacity;
    tsl__text_heap text; /* the new ones */
} tsl__batch_column;

/* A row that cannot be used. */
typedef struct tsl__batch_reject {
    tsl_reject_kind kind;
    uint64_t line;
    const char *column;   /* of the plan; "": the whole row */
    size_t text, message; /* where they begin in the heap of rejects */
} tsl__batch_reject;

/* A row whose date is on the way and may turn out to lie after the as-of day. */
typedef struct tsl__pending {
    size_t row, file;
    uint64_t line;
    unsigned rounded; /* of its values */
    char *text;
} tsl__pending;

typedef struct tsl__batch {
    size_t outputs;
    size_t rows, capacity;
    uint64_t read;             /* records, used or not */
    size_t kept;               /* of them, rows that are kept elsewhere */
    uint64_t filtered;         /* of them, those that the table's condition leaves out */
    uint64_t suppressed;       /* likewise, those of customers who are left out */
    uint64_t quotes;           /* of them, those in which a quote opens by mistake ... */
    uint64_t first_quote;      /* ... and the line of the first */
    uint64_t guarded;          /* cells of the form ="007", ... */
    uint64_t first_guarded;    /* ... and the line of the first */
    tsl__batch_column *column; /* one an output */
    uint64_t *line;            /* one a row */
    uint8_t *rounded;          /* one a row: its amounts and costs that had to be */
    uint32_t *number;          /* one a row: of its record in the batch, from 1 */
    tsl__row_hashes hashes;    /* of the rows that are kept, here or elsewhere */
    tsl__order_lines orders;   /* of a pass: what its records say of their orders */
    tsl__observed observed;
    tsl__batch_reject *reject;
    size_t rejects, reject_capacity;
    tsl__text_heap told;
    tsl__pending *pending; /* their rows of the batch */
    size_t pendings, pending_capacity;
} tsl__batch;

/* Empty; to be freed also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__batch_open(tsl__batch *batch, const tsl__plan *plan, const tsl__asked *asked,
                                        size_t lookups, tsl_error *err);
void tsl__batch_free(tsl__batch *batch);
/* Empty again, but for what was observed, which tsl__observed_join takes out. */
void tsl__batch_clear(tsl__batch *batch);

/* Room for another row. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__batch_reserve(tsl__batch *batch, const tsl__plan *plan, tsl_error *err);
/* A text that is new to the dictionary of an output. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__batch_add_text(tsl__batch *batch, size_t output, tsl__span text, tsl_error *err);
/* A row that cannot be used; the text as it is to be shown. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__batch_reject_row(tsl__batch *batch, const tsl__cell_place *place, tsl_reject_kind kind,
                                              tsl__span text, const char *message, tsl_error *err);

#endif
