/*
 * csv.h: a byte source as a stream of records.
 *
 * Fields are split by , ; TAB or |; a field that begins with a quote runs to
 * the quote that closes it, doubled quotes and line ends within, and so does one
 * that begins with blanks and a quote (a, "b, c"), where it is closed on its line;
 * a quote elsewhere is a character like any other (12" disk). Lines end with LF,
 * CRLF or CR. Empty lines, and lines of spaces, are passed over.
 *
 * The bytes are cut into blocks of whole records, one after the other, by a look
 * at quotes and line ends alone; a scanner splits the records of a block, which
 * several can do at a time. Memory: a block, at most the longest record allowed
 * (TSL__RECORD_BYTES) and one read.
 */
#ifndef TSL_TABLE_SOURCE_CSV_H
#define TSL_TABLE_SOURCE_CSV_H

#include <tesela/table.h>

#include "table/cell/parse_number.h"
#include "table/text/text_source.h"

typedef struct tsl__csv tsl__csv;
typedef struct tsl__scanner tsl__scanner;

/* Whole records of a file, and the line ends behind them. Starts as zeros; freed by tsl__block_free. */
typedef struct tsl__block {
    char *bytes;   /* a line end stands behind them */
    size_t count;  /* 0: the end of the file */
    uint64_t line; /* where they begin; 1 is the first of the file */
    size_t capacity;
    size_t *mistake; /* where quotes stand that open a field by mistake, rising */
    size_t mistakes, mistake_capacity;
} tsl__block;

/* Views, valid until the next record is read. */
typedef struct tsl__record {
    uint64_t line;          /* where it begins; 1 is the first of the file */
    size_t count;           /* fields; 0: there are no more */
    const tsl__span *field; /* trimmed of spaces; quotes taken off */
    tsl__span raw;          /* the record as it stands in the file */
    int valid;              /* 1: UTF-8 without NUL */
    size_t stray;           /* > 0: text follows the closing quote of this field (from 1) */
    int is_open;    /* 1: a quote opens a field by mistake, which is not closed on its line: it is a character here, and
                       the lines that it would take in come as records of their own */
    size_t guarded; /* fields of the form ="007", by which a spreadsheet keeps a text one; taken off */
    uint64_t lines; /* line ends within its quotes */
    uint64_t taken; /* of the lines behind them, those that seem to be rows by themselves */
} tsl__record;

typedef struct tsl__csv_options {
    const tsl_source *from;
    char delimiter; /* 0: recognise */
    int header;     /* 1, 0, -1: recognise; above 1: it is this line, and those above are none of the table */
    /* Names that settle a first row as a header (a customer column); may be NULL. */
    int (*is_header)(const tsl__span *field, size_t count);
    /* Names of a file read before: a first row that repeats them is a header. May be NULL. */
    const char *const *names;
    size_t name_count;
    size_t read_bytes; /* at a time; 0: 1 MiB for the first block, 256 KiB then */
    tsl__text_options text;
} tsl__csv_options;

/* Opens the source and reads the header. TSL_E_INPUT for a file without text,
 * TSL_E_FORMAT for files that are no text. */
TSL_FALLIBLE tsl_status tsl__csv_open(const tsl__csv_options *opt, tsl__csv **out, tsl_error *err);
void tsl__csv_free(tsl__csv *csv);

/* The next block of data. TSL_E_INPUT: a record beyond TSL__RECORD_BYTES. */
TSL_FALLIBLE tsl_status tsl__csv_cut(tsl__csv *csv, tsl__block *block, tsl_error *err);
void tsl__block_free(tsl__block *block);

/* Splits the records of blocks of this csv, which must stay. NULL: out of memory. */
tsl__scanner *tsl__scanner_open(const tsl__csv *csv);
void tsl__scanner_free(tsl__scanner *scanner);
void tsl__scanner_take(tsl__scanner *scanner, const tsl__block *block);
/* The next record of the block, whatever its number of fields. TSL_E_INPUT: a quote
 * that does not close; a record beyond TSL__RECORD_BYTES. */
TSL_FALLIBLE tsl_status tsl__scanner_read(tsl__scanner *scanner, tsl__record *out, tsl_error *err);

/* The next record of data by a scanner of its own; not beside tsl__csv_cut. */
TSL_FALLIBLE tsl_status tsl__csv_read(tsl__csv *csv, tsl__record *out, tsl_error *err);

/* What keeps a record from being read by its fields, "not valid UTF-8", or NULL. */
const char *tsl__record_get_fault(const tsl__record *record);

/* The columns: the header's names, distinct and not empty; or c1, c2, ... */
const char *const *tsl__csv_get_names(const tsl__csv *csv, size_t *count);
/* The same where they stand on a line of the file, else NULL; *count all the same. */
const char *const *tsl__csv_get_header(const tsl__csv *csv, size_t *count);
const char *tsl__csv_get_path(const tsl__csv *csv);
int tsl__csv_has_header(const tsl__csv *csv);
/* 1: the header is there, but leaves out the name of the first column, as where the rows' index was written. */
int tsl__csv_is_unnamed(const tsl__csv *csv);
const char *tsl__csv_get_sheets(const tsl__csv *csv);     /* as in tsl__translator */
char tsl__csv_get_delimiter(const tsl__csv *csv);         /* 0: none, of files that are no text */
uint64_t tsl__csv_get_position(const tsl__csv *csv);      /* stored bytes */
uint64_t tsl__csv_get_size(const tsl__csv *csv);          /* 0: not known */
const tsl_notes *tsl__csv_get_notes(const tsl__csv *csv); /* what is to be said of how the file was read so far */
/* Adds all of that; call it at the end of the file. */
TSL_FALLIBLE tsl_status tsl__csv_put_notes(const tsl__csv *csv, tsl_notes *notes, tsl_error *err);
/* All but `rows`; call it at the end of the file. */
TSL_FALLIBLE tsl_status tsl__csv_get_info(tsl__csv *csv, tsl_file_info *info, tsl_error *err);

#endif
