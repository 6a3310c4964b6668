/*
 * text_source.h: the text of a tsl_source: UTF-8, whatever it is stored as.
 *
 * FILE.h5:/group is the table there of an HDF5 file. What the bytes are is found at their beginning, or said; a text
 * that begins as ASCII is looked at until its first other byte. Bytes that are UTF-8 already pass through untouched.
 */
#ifndef TSL_TABLE_TEXT_TEXT_SOURCE_H
#define TSL_TABLE_TEXT_TEXT_SOURCE_H

#include "table/bytes/source.h"
#include "table/text/translator.h"

#define TSL__RECORD_BYTES ((size_t)16 << 20)

typedef struct tsl__text_source tsl__text_source;

/* What was said of a file. */
typedef struct tsl__text_options {
    tsl_encoding encoding;  /* TSL_ENCODING_AUTO: find it out */
    const char *sheet;      /* as in tsl__translation */
    int unhashed;           /* 1: no SHA-256 is taken */
    int fill_merged;        /* as in tsl_table_options */
    tsl__is_summed *summed; /* as in tsl__translation; NULL: no column is */
    const void *of;
    char delimiter; /* as in tsl_table_options: ' ' makes packed text; 0: so where the first lines are divided so */
} tsl__text_options;

/* notes: gets what is to be said, also as it is read. TSL_E_FORMAT: files
 * that hold no text; and as tsl__source_open. */
TSL_FALLIBLE tsl_status tsl__text_source_open(const tsl_source *from, const tsl__text_options *opt, tsl_notes *notes,
                                              tsl__text_source **out, tsl_error *err);
void tsl__text_source_free(tsl__text_source *text);

/* Like tsl__source_read; text that is not valid comes as it is. TSL_E_INPUT: an encoding that is not certain. */
TSL_FALLIBLE tsl_status tsl__text_source_read(tsl__text_source *text, char *buffer, size_t size, size_t *got,
                                              tsl_error *err);

const tsl__source *tsl__text_source_get_source(const tsl__text_source *text);
/* As in tsl__translator. */
int tsl__text_source_is_packed(const tsl__text_source *text);
/* 1: its fields are divided by blanks where it is stored. */
int tsl__text_source_is_blank(const tsl__text_source *text);
int tsl__text_source_pads(const tsl__text_source *text);
const char *tsl__text_source_get_sheets(const tsl__text_source *text);
int tsl__text_source_get_first_line(const tsl__text_source *text);
/* All but the form and the rows; call it at the end. */
TSL_FALLIBLE tsl_status tsl__text_source_get_info(tsl__text_source *text, tsl_file_info *info, tsl_error *err);

#endif
