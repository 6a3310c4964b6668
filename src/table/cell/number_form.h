/*
 * number_form.h: how the numbers of one column of one file are read: with which
 * decimal mark, and with which suffix behind each of them.
 */
#ifndef TSL_TABLE_CELL_NUMBER_FORM_H
#define TSL_TABLE_CELL_NUMBER_FORM_H

#include "table/cell/decimal_mark.h"
#include "table/cell/unit.h"

typedef struct tsl__number_form {
    tsl__mark_reading mark;
    size_t suffix_length; /* 0: numbers have none */
    char suffix[TSL__SUFFIX_BYTES];
    int partly;         /* 1: numbers may stand without it, too */
    tsl__factor factor; /* of the unit that the suffix is; zeros: it is none, or none that matters */
    int currency;       /* that it tells */
    int named;          /* the power of ten by which the name of the column says that all are multiplied */
    int unknown;        /* 1: the suffix may be a unit, but is none that is known */
} tsl__number_form;

/* What a trimmed cell shows: nothing, where it is missing. */
void tsl__form_look(tsl__mark_evidence *evidence, tsl__span cell, const char *file, uint64_t line);

/* The suffix that all numbers seen have, or none. */
void tsl__form_set_suffix(tsl__number_form *form, const tsl__mark_evidence *evidence);
/* The suffix that some of them have, and the others none. */
void tsl__form_set_some_suffix(tsl__number_form *form, tsl__mark_evidence *evidence);

/* 1: a figure that is a number of the column. Its percent sign has become a hundredth then, and what the name of the
 * column multiplies by again is not in it: 1.2万 under 万元 is 1.2. */
int tsl__form_take(const tsl__number_form *form, tsl__figure *figure);
/* Why a cell is no number of the column, behind `"12,50" `: "is not a decimal number". figure: what it was read as;
 * NULL: as nothing. */
#define TSL__FORM_FAULT_BYTES 160
const char *tsl__form_describe(const tsl__number_form *form, const tsl__figure *figure,
                               char out[TSL__FORM_FAULT_BYTES]);

/* The value of a figure that was taken, as a finite double, correctly rounded (but for a percent sign behind over
 * 53 bits and an exponent); 0 on success. cell: what was read. */
int tsl__form_get_number(const tsl__figure *figure, tsl__span cell, double *out);

/* Notes what a reader may not think of: a percent sign that divides, a suffix that is left out, and numbers of which
 * some have what others do not. */
TSL_FALLIBLE tsl_status tsl__form_note(const tsl__number_form *form, const tsl__mark_evidence *evidence,
                                       const char *column, tsl_notes *notes, tsl_error *err);

#endif
