/* csv_state.h: the inside of a tsl__csv, shared by csv_open.c and csv_block.c, and of a scanner. */
#ifndef TSL_TABLE_SOURCE_CSV_STATE_H
#define TSL_TABLE_SOURCE_CSV_STATE_H

#include "table/source/csv.h"
#include "table/text/text_source.h"

/* What splits records into fields. */
typedef struct tsl__csv_form {
    const char *file;
    char delimiter;
    char record_end;     /* LF, and then CR and CRLF, too; or TSL__PACKED_RECORD */
    char quote;          /* 0: none has a meaning */
    char stop[256];      /* 1: a delimiter or line end */
    size_t column_count; /* of the header; 0: not known yet */
    int pads;            /* 1: records of fewer fields lack empty ones at their end */
    int trails;          /* 1: an empty field behind these is none */
} tsl__csv_form;

/* Which of the first rows end with an empty field. */
typedef enum tsl__csv_trails { TSL__TRAILS_NOT, TSL__TRAILS_ALL, TSL__TRAILS_ROWS } tsl__csv_trails;

struct tsl__csv {
    tsl__text_source *source;
    tsl__csv_form form;
    tsl__block held;                /* read, and not yet cut off */
    int at_end;                     /* nothing comes behind what is held */
    size_t read_bytes, block_bytes; /* at a time; behind the first block */
    int header;
    tsl__csv_trails trails;
    int unnamed; /* 1: the header leaves out the name of the first column */
    char **name;
    size_t name_count;
    tsl_notes notes;

    tsl__scanner *scanner; /* of tsl__csv_read, with its block */
    tsl__block block;
};

struct tsl__scanner {
    const tsl__csv_form *form;
    const char *next, *end; /* of what is left of the block; *end is a line end */
    int is_part;            /* 1: more bytes may follow, and the last record may be cut */
    int valid;              /* 1: all of the block is UTF-8 without NUL */
    uint64_t line;          /* of the record at next */

    /* Of a block: where its delimiters, line ends and quotes are, from `bytes` on. */
    const char *bytes;
    uint32_t *mark, *mark_room; /* mark NULL: not known */
    size_t marks, marked;       /* how many; the first one behind next, or before */
    size_t mark_capacity;
    const size_t *mistake; /* as in the block; the first one behind next, or before */
    size_t mistakes, passed;

    /* The record scanned last. */
    tsl__span *field;
    char *doubled; /* 1: the field holds doubled quotes */
    size_t field_count, field_capacity;
    size_t total_count; /* fields of the record, also those beyond the limit */
    size_t stray;
    int is_open;
    int any_doubled;
    int spaced;         /* 1: some of its fields may have spaces around */
    uint64_t lines;     /* line ends within its quotes */
    uint64_t open_line; /* line of a quote that the block does not close, or 0 */
    char *scratch;      /* fields without their doubled quotes */
    size_t scratch_capacity;
};

typedef enum tsl__csv_found {
    TSL__CSV_RECORD,
    TSL__CSV_NOTHING, /* the end */
    TSL__CSV_CUT,     /* the bytes end within the record */
    TSL__CSV_NO_MEMORY
} tsl__csv_found;

/* csv.c: scans one record at scanner->next into field[]; *stop: where it ends, *after:
 * where the next begins. */
tsl__csv_found tsl__scanner_scan(tsl__scanner *scanner, const char **stop, const char **after);

/* csv_sniff.c: the form of text with this delimiter; of what translators make. */
void tsl__csv_set_delimiter(tsl__csv_form *form, char delimiter);
void tsl__csv_set_packed(tsl__csv_form *form);

/* csv_header.c: 1: a number or a date. */
int tsl__csv_is_value(tsl__span cell);
/* How many of the record's fields are. */
size_t tsl__csv_count_values(const tsl__record *r);
/* *header: whether the record is one, as is said or by what it holds. */
TSL_FALLIBLE tsl_status tsl__csv_is_header(const tsl__csv_options *opt, const tsl__record *r, int *header,
                                           tsl_error *err);

/* csv_sniff.c: what divides the fields, and whether records trail; what stands above the table is let go of. */
TSL_FALLIBLE tsl_status tsl__csv_sniff(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt,
                                       tsl_error *err);
/* Begins at the first byte that is held; lets go of what the scanner has read. */
void tsl__csv_begin(const tsl__csv *csv, tsl__scanner *scanner);
void tsl__csv_drop_read(tsl__csv *csv, const tsl__scanner *scanner);

/* The next LF or CR: one stands behind a block. */
static inline const char *tsl__csv_find_line_end(const char *s)
{
    while (*s != '\n' && *s != '\r') {
        s++;
    }
    return s;
}

/* Behind the blanks at p that delimit nothing: a line end stands behind a block. */
static inline const char *tsl__csv_skip_blanks(const tsl__csv_form *form, const char *p)
{
    while ((*p == ' ' || *p == '\t') && !form->stop[(unsigned char)*p]) {
        p++;
    }
    return p;
}

/* csv_swallow.c: what the quote at `at` of a block is, which opens a field and is not closed on its line. It depends on
 * the bytes of the file alone; at_end: none follow those of the block. */
typedef enum tsl__csv_quote {
    TSL__QUOTE_OPENS,
    TSL__QUOTE_MISTAKEN,
    TSL__QUOTE_UNKNOWN /* more bytes tell */
} tsl__csv_quote;
tsl__csv_quote tsl__csv_judge_quote(const tsl__csv_form *form, const tsl__block *block, size_t at, int at_end);

/* csv_swallow.c: the lines behind the record's first that have the table's fields, as a row has. */
uint64_t tsl__csv_count_taken(const tsl__csv_form *form, const tsl__record *record);

/* csv_block.c: reads on, behind what is held. */
TSL_FALLIBLE tsl_status tsl__csv_fill(tsl__csv *csv, tsl_error *err);
/* Lets go of the first bytes that are held. */
void tsl__csv_drop(tsl__csv *csv, size_t count);
TSL_FALLIBLE tsl_status tsl__csv_fail_long(const tsl__csv_form *form, uint64_t line, int open, tsl_error *err);

#endif
