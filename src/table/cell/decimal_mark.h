/*
 * decimal_mark.h: what the numbers of a column show of how they are to be read:
 * which mark is the decimal one, in which currency they are, whether they carry
 * a percent sign or a suffix, which text stands for a missing one.
 *
 * "1.250" and "1,250" may each be 1250 or 1.25. Nothing in them tells, and only
 * another number of the column does: "12.50" and "1,234,567" prove a decimal
 * point, "12,50" and "1.234.567" a decimal comma. Nothing is guessed where files
 * are divided by ";", as those with decimal commas are.
 *
 * Evidence is kept a block of rows and joined in the order of the file; how the
 * rows are cut into blocks changes nothing.
 */
#ifndef TSL_TABLE_CELL_DECIMAL_MARK_H
#define TSL_TABLE_CELL_DECIMAL_MARK_H

#include <stdint.h>
#include <tesela/base.h>

#include "table/cell/figure.h"

/* Cells of one kind: how many, and the first of them. */
typedef struct tsl__mark_cells {
    uint64_t count;
    const char *file; /* a view */
    uint64_t line;
    char text[48]; /* as a message shows it */
} tsl__mark_cells;

/* The decimal mark of some cells. */
typedef struct tsl__mark_proof {
    tsl__mark_cells point, comma;           /* that prove it */
    tsl__mark_cells open;                   /* that may be either */
    tsl__mark_cells open_comma, open_point; /* those of them with a comma, and with a point */
} tsl__mark_proof;

/* A text that cells share. */
typedef struct tsl__mark_text {
    tsl__mark_cells cells; /* that have any */
    int differ;            /* 1: not all the same, or too long to tell */
    size_t length;
    char bytes[TSL__SUFFIX_BYTES]; /* of the first one */
} tsl__mark_text;

#define TSL__MARK_CURRENCIES 3 /* of more, two go together no longer */

/* Of one column; starts as zeros. */
typedef struct tsl__mark_evidence {
    uint64_t count;           /* figures */
    tsl__mark_proof bare;     /* those without a suffix */
    tsl__mark_proof suffixed; /* those with one: no numbers, unless all have it */
    tsl__mark_cells unmarked; /* figures with neither currency, percent sign, scale nor suffix */
    tsl__mark_cells percent;  /* figures with the sign */
    tsl__mark_cells scaled;   /* 12万, 5k */
    int scale;                /* of the first of these */
    tsl__mark_cells rescaled; /* those with another */
    tsl__mark_text suffix;    /* 35岁, 5+ */
    tsl__mark_text other;     /* cells that are no figure: the one text may be a mark for missing */
    int currencies;           /* kinds that differ, up to TSL__MARK_CURRENCIES, in the order of the file */
    int currency[TSL__MARK_CURRENCIES];
    tsl__mark_cells priced[TSL__MARK_CURRENCIES]; /* the first cell of each; no counts */
} tsl__mark_evidence;

/* Takes in one trimmed cell, which is not missing. figure: what it was read as; NULL for no number. */
void tsl__mark_add(tsl__mark_evidence *evidence, tsl__span cell, const tsl__figure *figure, const char *file,
                   uint64_t line);
/* The same of a cell that stands in so many rows, of which this is the first. */
void tsl__mark_add_rows(tsl__mark_evidence *evidence, tsl__span cell, const tsl__figure *figure, uint64_t rows,
                        const char *file, uint64_t line);
/* Counts a plain decimal (plain_decimal.h), as tsl__mark_add would, with a point or without; 0 where it would be the
 * first of its kind, which is to be kept as an example: nothing is done then. */
static inline int tsl__mark_add_plain(tsl__mark_evidence *e, int has_point)
{
    if (!e->unmarked.count || (has_point && !e->bare.point.count)) {
        return 0;
    }
    e->count++;
    e->unmarked.count++;
    e->bare.point.count += (uint64_t)has_point;
    return 1;
}
/* Takes in what stands behind it in the file. lines: added to the lines there, which a block may count from its own
 * beginning. */
void tsl__mark_join(tsl__mark_evidence *evidence, const tsl__mark_evidence *behind, uint64_t lines);

/* How the cells of a column are read. */
typedef struct tsl__mark_reading {
    tsl__mark mark; /* POINT or COMMA: of the open ones */
    int strict;     /* 1: a cell that proves the other mark is no number; else it is read as it proves itself */
} tsl__mark_reading;

/* Decides for the column of a file divided by `delimiter`. declared: by the user, NONE for nothing; it is strict.
 * assumed: known from elsewhere (the run that a model is of, other columns of the file), which settles what the
 * column leaves open; or NONE. What was settled is noted where it may surprise. TSL_E_INPUT where a `;` file leaves
 * it open, open ones have both marks, or cells prove both and others are open. */
TSL_FALLIBLE tsl_status tsl__mark_decide(const tsl__mark_evidence *evidence, const char *column, char delimiter,
                                         tsl__mark assumed, tsl__mark declared, tsl_notes *notes,
                                         tsl__mark_reading *out, tsl_error *err);
/* What decides: of the numbers without a suffix, or of those with the one that all have. */
const tsl__mark_proof *tsl__mark_get_proof(const tsl__mark_evidence *evidence);
/* The one mark that cells prove, or NONE. */
tsl__mark tsl__mark_get_proven(const tsl__mark_evidence *evidence);
/* For cells that were read with `mark` before another was decided on: TSL_E_INPUT, with what shows it. */
TSL_FALLIBLE tsl_status tsl__mark_fail_late(const tsl__mark_evidence *evidence, const char *column, tsl__mark mark,
                                            tsl_error *err);
/* 1: a figure that is a number of the column so read. Its suffix is the caller's to judge. */
int tsl__mark_admits(const tsl__mark_reading *reading, const tsl__figure *figure);

/* A cell and its column. */
typedef struct tsl__mark_place {
    tsl__mark_cells cell; /* count 0: there is none */
    const char *column;
} tsl__mark_place;
/* A number that was read with a point for want of anything that tells, in a table that shows a decimal comma elsewhere:
 * TSL_E_INPUT. */
TSL_FALLIBLE tsl_status tsl__mark_fail_guessed(const tsl__mark_place *guessed, const tsl__mark_place *comma,
                                               tsl_error *err);

/* The one currency of the column, the most exact that its cells name (0: none), and the first cell that does; or
 * TSL_E_INPUT with two that do not go together. One that stands beside numbers without any is theirs, too. */
TSL_FALLIBLE tsl_status tsl__mark_get_currency(const tsl__mark_evidence *evidence, const char *column, int *currency,
                                               const tsl__mark_cells **cell, tsl_error *err);
/* Notes scale words beside numbers without one, and numbers with and
 * without a percent sign. */
TSL_FALLIBLE tsl_status tsl__mark_note(const tsl__mark_evidence *evidence, const char *column, tsl_notes *notes,
                                       tsl_error *err);

/* Notes numbers without the currency that others of the column name, and those with a sign of several currencies beside
 * one of them. */
TSL_FALLIBLE tsl_status tsl__mark_note_currency(const tsl__mark_evidence *evidence, const char *column,
                                                tsl_notes *notes, tsl_error *err);

/* 1: all figures carry the percent sign; 0: none; -1: some. */
int tsl__mark_get_percent(const tsl__mark_evidence *evidence);
/* The suffix that all figures carry; else of no bytes. A view of the evidence. */
tsl__span tsl__mark_get_suffix(const tsl__mark_evidence *evidence);
/* The one suffix of those that carry any, where others have none; else of no bytes. A view. */
tsl__span tsl__mark_get_some_suffix(const tsl__mark_evidence *evidence);
/* Numbers with a suffix are as good as those without: they prove the mark together. */
void tsl__mark_take_suffixed(tsl__mark_evidence *evidence);
/* The one text of the cells that are no figure, where these are fewer than the figures; else of no bytes. A view. */
tsl__span tsl__mark_get_missing(const tsl__mark_evidence *evidence);

#endif
