/*
 * translator.h: the contract of what makes UTF-8 text, divided into fields and records, of other bytes, and the list
 * of them.
 *
 * One file a kind. A translator reads its input as a stream and appends text piece by piece; what no text can be made
 * of becomes TSL__BAD_BYTE, which is no UTF-8, so that its record is rejected and no other one.
 */
#ifndef TSL_TABLE_TEXT_TRANSLATOR_H
#define TSL_TABLE_TEXT_TRANSLATOR_H

#include "base/text.h"
#include "table/bytes/raw_input.h"

#define TSL__BAD_BYTE '\xFF'

/* Of text that is made, and not divided by delimiters and line ends already: what divides its fields and ends its
 * records. No quote has a meaning there, so that record n is line n of the file. A cell that holds one of these is
 * none that can be told: a bad byte stands for it. */
#define TSL__PACKED_FIELD '\x1F'
#define TSL__PACKED_RECORD '\x1E'

/* 1: by its name the cells of a column are added up, so that one that stands twice counts twice. */
typedef int tsl__is_summed(const void *of, const char *name);

/* What is to be translated, and how. */
typedef struct tsl__translation {
    tsl__input *input;
    const char *name;       /* what messages call it */
    tsl_encoding encoding;  /* of translate_encoding.c */
    const char *sheet;      /* of a workbook; NULL: the first; of an HDF5 file the path; NULL: the only table */
    int fill_merged;        /* 1: what merged cells show stands in each of their rows, */
    tsl__is_summed *summed; /* but for a column whose name it says so of, as its cells are added up; or NULL */
    const void *of;         /* which it is given */
    tsl_notes *notes;
} tsl__translation;

typedef struct tsl__translator {
    int is_packed;  /* 1: its text is divided as above */
    int pads;       /* 1: a record ends with the last field that holds something */
    int is_binary;  /* 1: what is stored is no text */
    int first_line; /* number of its first record: 0 where a header is made that stands on no line */
    TSL_FALLIBLE tsl_status (*open)(const tsl__translation *how, void **state, tsl_error *err); /* how: a view */
    /* Appends some text; *ended: 1 where there is no more, whether or not it appended any. */
    TSL_FALLIBLE tsl_status (*step)(void *state, tsl__text *out, int *ended, tsl_error *err);
    /* The names of the sheets, where there are several, of which one is read; else NULL. May be NULL itself. */
    const char *(*get_sheets)(const void *state);
    void (*free)(void *state); /* NULL is fine */
} tsl__translator;

extern const tsl__translator tsl__translate_encoding, tsl__translate_json_lines, tsl__translate_xlsx,
    tsl__translate_hdf5;

#endif
