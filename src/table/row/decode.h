/*
 * decode.h: records -> rows of typed values, by one worker.
 *
 * The terms are read by all workers and changed by none; a decoder is one
 * worker's, with its dictionaries and scratch.
 */
#ifndef TSL_TABLE_DECODE_H
#define TSL_TABLE_DECODE_H

#include <tesela/table.h>

#include "base/dict.h"
#include "base/short_text.h"
#include "table/cell/cell_array.h"
#include "table/cell/number_form.h"
#include "table/cell/typed.h"
#include "table/row/batch.h"
#include "table/row/cell_value.h"
#include "table/row/month_sums.h"
#include "table/row/order_hashes.h"
#include "table/row/order_statuses.h"
#include "table/row/shown_ids.h"
#include "table/row/sums.h"
#include "table/source/csv.h"

/* What is read, and how. */
typedef struct tsl__terms {
    tsl_table_kind kind;
    const tsl_table *known; /* the customers; NULL: not known */
    tsl__asked asked;
    const tsl_table_options *opt; /* those of asked */
    tsl__lookup **lookup;
    size_t lookups; /* that are opened */
    tsl__plan plan;
    size_t hashed_rows;                /* the most rows that repeated ones are looked for among */
    const tsl__order_statuses *orders; /* what lines lack and their orders have */
} tsl__terms;

/* Which fields of a file are which inputs. */
typedef struct tsl__field_map {
    size_t file;               /* index of the table's files */
    const char *name;          /* what messages call it */
    size_t *field;             /* one an own input: TSL__NONE where the file lacks it */
    size_t columns;            /* fields of a sound record */
    const char *const *header; /* their names, where these stand on a line of the file; else NULL */
    tsl__number_form *form;    /* one a number input: how the file's are read */
} tsl__field_map;

/* A number that the current row has given: as an operand of expressions it is asked for again. */
typedef struct tsl__number_cell {
    uint64_t row; /* of the decoder's count; 0: none yet */
    int good;
    tsl__decimal value;
    int currency; /* that stands beside it (currency.h) */
} tsl__number_cell;

/* Why the current row cannot be used. */
typedef struct tsl__fault {
    tsl_reject_kind kind;
    const char *column;
    tsl__span text;
    char message[384];
} tsl__fault;

/* A short text and its code. */
typedef struct tsl__short_text {
    tsl__words words; /* zeros: none yet */
    int32_t code;
} tsl__short_text;

/* How most cells of an output are read, where it is a field of the file that is used as it stands; what is written
 * otherwise takes the long way, and so do all cells of other outputs. */
typedef struct tsl__quick {
    enum { TSL__QUICK_NONE, TSL__QUICK_TEXT, TSL__QUICK_ID, TSL__QUICK_TIME, TSL__QUICK_NUMBER } form;
    size_t field, number;
} tsl__quick;

/* The texts of one output. */
#define TSL__RECENT_BITS 6
typedef struct tsl__decoder_text {
    tsl__dict *dict;
    int32_t last_code; /* the one given out last, of the longer ones */
    int32_t given;     /* codes of texts that each row has its own of, in no dictionary */
    tsl__short_text recent[1 << TSL__RECENT_BITS];
} tsl__decoder_text;

typedef struct tsl__decoder {
    const tsl__terms *terms;
    const tsl__field_map *map; /* of the current record */
    tsl__batch *batch;         /* where it goes, and what is found of it */
    tsl__shard_writer *writer; /* where rows go that are kept by customer, in place of columns; or NULL */
    tsl__sums sums;            /* of those */
    tsl__shard_form *form;     /* one an output: how those hold it */
    tsl__record record;
    const tsl__cell_array *cells;    /* from memory: one an own input, instead of the fields of the record */
    size_t cell_row;                 /* of the current record */
    int starts_file;                 /* 1: no record of its file stands before the current one */
    tsl__cell_value *value;          /* one an output */
    int any_rounded;                 /* 1: of the current record */
    tsl__quick *quick;               /* one an output, for the file of */
    const tsl__field_map *quick_map; /* this map; NULL: none yet */
    tsl__decoder_text *text;         /* one an output */
    char (*shown)[TSL__TYPED_BYTES]; /* one an own input: scratch for its text */
    int32_t *match;                  /* one a lookup: the row found for this record, not tried yet, or -1 */
    tsl__decimal *operand;           /* scratch for expressions */
    tsl__expr_value *value_operand;  /* likewise, for those that are not arithmetic alone */
    const tsl__row_hashes *hashes;   /* of the rows that are merged; others of them give up */
    uint64_t rows;                   /* looked at so far, counted before the first cell is read */
    tsl__number_cell *number;        /* one a number input */
    uint8_t *known;                  /* one a customer code: TSL__KNOWN, TSL__ORPHAN, or 0: not asked */
    size_t known_capacity;
    size_t order, amount;                                      /* outputs, where both are columns; else TSL__NONE */
    size_t line_amount, line_quantity, line_price, line_order; /* outputs; TSL__NONE: there is none */
    size_t currency;                         /* the input that tells the currency of the row, or TSL__NONE */
    char money_fault[TSL__RATE_FAULT_BYTES]; /* why the money of the current row cannot be converted; or "" */
    tsl__fault fault;
    char id_form[256]; /* of the current row's id, where spellings are one; and its spelling */
    tsl__span spelling;
    tsl__span fill[TSL__PLAN_STATUSES]; /* statuses that the current record lacks and its order tells: ... */
    unsigned filled;                    /* ... these, as bits */
    tsl__shown_ids shown_ids;           /* of the rows that are kept */
    size_t line_time, told_order;       /* outputs, of transactions; TSL__NONE: there is none */
    tsl__month_sums left;               /* of transactions: the rows that are not kept, but those that are filtered */
    tsl__order_hashes kept_orders, left_orders; /* likewise: of the rows that are kept, and of those of nobody */
} tsl__decoder;

/* The terms must stay. Freed also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__decoder_open(tsl__decoder *decoder, const tsl__terms *terms, tsl_error *err);
void tsl__decoder_free(tsl__decoder *decoder);

/* 1 where the table's condition holds for the record; where that hangs on a cell that does not fit, this is observed.
 */
int tsl__decode_where(tsl__decoder *decoder);
/* 1: its customer is one of those who are left out; before the row is decoded. */
int tsl__decode_is_suppressed(tsl__decoder *decoder);
/* Fills value from record. 0: done; 1: the row cannot be used, see fault: of transactions its time is there, as far as
 * it can be read, and of a row of nobody its amount and its order. */
int tsl__decode_row(tsl__decoder *decoder);
/* The row is not used for another reason: its bad cells do not count. */
void tsl__decode_forget(tsl__decoder *decoder);
/* The current record's cell of an input. */
tsl__span tsl__decode_get_cell(tsl__decoder *decoder, size_t input);
/* Likewise, of an own input; of no bytes where it is missing, or cannot be read. */
tsl__span tsl__decode_get_present(tsl__decoder *decoder, size_t input);
/* The number in an own input that is not read, in 1/10000, with the marks and, but for a share, in the unit of the
 * amounts. */
tsl__beside_value tsl__decode_get_beside(tsl__decoder *decoder, size_t input);

enum { TSL__KNOWN = 1, TSL__ORPHAN };
/* How rows that are kept by customer hold an output. */
tsl__shard_form tsl__terms_get_form(const tsl__terms *terms, size_t output);
/* Which of both the customer is. */
int tsl__terms_get_known(const tsl__terms *terms, const char *id);

/* order_cells.c: what the current record, which is sound, says of its order in a pass, into the batch. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_cells_look(tsl__decoder *decoder, tsl_error *err);
/* Fills in the statuses that it lacks, as it is read. */
void tsl__order_cells_fill(tsl__decoder *decoder);

/* accept.c: the current record into the batch: used or rejected. */
TSL_FALLIBLE tsl_status tsl__accept_record(tsl__decoder *decoder, tsl_error *err);
#define TSL__LATE_MESSAGE "lies at or after the as-of day"

#endif
