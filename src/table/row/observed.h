/*
 * observed.h: what is observed of the cells of a table, or of a block of its rows.
 *
 * What two blocks show is joined to what both show, in the order of the blocks,
 * so that the same is found however the rows are cut.
 */
#ifndef TSL_TABLE_OBSERVED_H
#define TSL_TABLE_OBSERVED_H

#include "expr/decimal.h"
#include "table/cell/decimal_mark.h"
#include "table/cell/first_texts.h"
#include "table/cell/value_counts.h"
#include "table/date/date_ends.h"
#include "table/date/date_evidence.h"
#include "table/lookup.h"
#include "table/row/beside.h"
#include "table/row/status_counts.h"
#include "table/row/subtotals.h"
#include "table/schema/plan.h"

#define TSL__LACKING_BYTES 48
#define TSL__BAD_BYTES 48

/* Of one output. */
typedef struct tsl__output_observed {
    tsl__date_evidence dates;  /* time */
    tsl__date_ends ends;       /* time */
    tsl__date_reading reading; /* time: from the decision on */
    uint64_t bad;              /* cells of an optional column that do not fit, taken as missing */
    char *bad_example;
    char bad_text[TSL__BAD_BYTES]; /* of that cell; "": it is of no one cell */
    size_t bad_file;               /* where that stands */
    uint64_t bad_line;
    uint64_t bad_row;          /* of the decoder, that counted last */
    tsl__some_rows lengths;    /* of minutes: with a cell that a clock tells, 00:05:30 */
    tsl__value_counts *counts; /* of a score; else NULL */
    tsl__first_texts *firsts;  /* of the currency; else NULL */
} tsl__output_observed;

/* Lines whose amount is missing behind one of their order that has it: the amount is the order's, perhaps. */
typedef struct tsl__lacking {
    uint64_t lines, orders;
    uint64_t others; /* lines that have it as well as the one before */
    size_t file;     /* the first line */
    uint64_t line;
    char order[TSL__LACKING_BYTES]; /* that of the last line with an amount; longer ones are not followed */
    size_t bytes;                   /* of it; 0: none */
    int is_counted;                 /* 1: it is one of the orders */
} tsl__lacking;

/* Records whose quotes take in lines that seem to be rows by themselves; and the first. */
typedef struct tsl__taken {
    uint64_t records, lines;
    size_t file;
    uint64_t line, end; /* its first and last */
} tsl__taken;

/* What was made of the amounts of one currency that has a rate: as they were written, and in 1/10000 as they are used.
 */
typedef struct tsl__converted {
    uint64_t amounts;
    tsl__decimal sum;
    __int128 worth;
} tsl__converted;

void tsl__converted_add(tsl__converted *converted, const tsl__converted *more);

/* A column that may hold codes of currencies, and the first of them. */
typedef struct tsl__watched {
    tsl__currency_cells cells;
    size_t file;
    uint64_t line;
} tsl__watched;

typedef struct tsl__observed {
    tsl__output_observed *output;
    size_t outputs;
    tsl__mark_evidence *mark; /* one a number input of the table's own: of the current file */
    size_t numbers;
    uint64_t doubtful;          /* rows that the table's condition leaves out for want of a cell that fits it */
    char *doubt;                /* the first such cell, with its place */
    tsl__some_rows undecided;   /* rows that it leaves out as what it asks for is missing, */
    size_t undecided_input;     /* in the first this one */
    tsl__status_counts *status; /* one a status of the plan: of the rows that are kept */
    size_t statuses;
    tsl__some_rows filled[TSL__PLAN_STATUSES];   /* of all sound rows: those that have it from there, */
    tsl__some_rows unfilled[TSL__PLAN_STATUSES]; /* and those that do not */
    tsl__miss *miss;                             /* one a lookup */
    size_t lookups;
    tsl__converted *converted; /* one a rate */
    size_t rates;
    tsl__watched *watched; /* one a column of the plan that is */
    size_t watches;
    tsl__some_rows unpriced; /* amounts of which nothing tells the currency */
    tsl__some_rows rounded;  /* with an amount or a cost that had to be */
    char *money_fault;       /* the first money that has no rate, with its place */
    tsl__lacking lacking;
    tsl__taken taken;
    tsl__besides besides;
    tsl__subtotals subtotals;
} tsl__observed;

/* Nothing found yet. Freed also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__observed_open(tsl__observed *observed, const tsl__plan *plan, const tsl__asked *asked,
                                           size_t lookups, tsl_error *err);
void tsl__observed_free(tsl__observed *observed);
/* Takes in those of the block behind, which then hold nothing. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__observed_join(tsl__observed *observed, tsl__observed *behind, tsl_error *err);

#endif
