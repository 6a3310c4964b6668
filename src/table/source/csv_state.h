/* csv_state.h: the inside of a tsl__csv, shared by csv.c and csv_open.c. */
#ifndef TSL_TABLE_SOURCE_CSV_STATE_H
#define TSL_TABLE_SOURCE_CSV_STATE_H

#include "table/source/csv.h"
#include "table/source/source.h"

struct tsl__csv {
    tsl__source *source;
    char *buffer;
    size_t capacity;
    const char *next, *end; /* of what is left in the buffer; *end is a line end */
    int at_end;             /* nothing comes behind the buffer */
    uint64_t line;          /* of the record at next */
    char stop[256];         /* 1: a delimiter or line end */
    char delimiter;
    int header, bom;
    int unnamed; /* 1: the header leaves out the name of the first column */
    char **name;
    size_t name_count;

    /* The record scanned last. */
    tsl__span *field;
    char *doubled; /* 1: the field holds doubled quotes */
    size_t field_count, field_capacity;
    size_t total_count; /* fields of the record, also those beyond the limit */
    size_t stray;
    int any_doubled;
    uint64_t lines;     /* line ends within its quotes */
    uint64_t open_line; /* line of a quote that the buffer does not close, or 0 */
    char *scratch;      /* fields without their doubled quotes */
    size_t scratch_capacity;

    tsl__record first; /* a first row that is data, read by open */
    int first_waits;
};

typedef enum tsl__csv_found {
    TSL__CSV_RECORD,
    TSL__CSV_NOTHING, /* the end of the file */
    TSL__CSV_CUT,     /* the buffer ends within the record */
    TSL__CSV_NO_MEMORY
} tsl__csv_found;

/* Scans one record at csv->next into field[]; *stop: where it ends, *after:
 * where the next begins. */
tsl__csv_found tsl__csv_scan(tsl__csv *csv, const char **stop, const char **after);
/* Moves what is left to the front of the buffer and reads more behind it. */
TSL_FALLIBLE tsl_status tsl__csv_fill(tsl__csv *csv, tsl_error *err);
/* The next record, header or data. */
TSL_FALLIBLE tsl_status tsl__csv_read_raw(tsl__csv *csv, tsl__record *out, tsl_error *err);

#endif
