/* reader.h: what reads the files of a table, shared among what reads their rows and what looks at them before. */
#ifndef TSL_TABLE_READER_H
#define TSL_TABLE_READER_H

#include "table/file_columns.h"
#include "table/reading.h"
#include "table/source/kept_blocks.h"

/* A file while it is read. */
typedef struct tsl__table_file {
    tsl__csv *csv;
    tsl__field_map map;
    tsl_notes notes;       /* of its columns */
    tsl__block first;      /* where columns were decided on by it: the first block, */
    int has_first;         /* 1: which is not read yet */
    tsl__kept_blocks kept; /* all of them, where the file is read several times and gives its bytes once */
} tsl__table_file;

/* A block of a file, or its end, where the block is empty. */
typedef struct tsl__piece {
    tsl__table_file *in;
    tsl__block block;
    size_t worker;  /* who decoded it */
    int is_first;   /* of the file */
    uint64_t bytes; /* of the file that are read */
} tsl__piece;

typedef struct tsl__reader {
    tsl__reading r;
    const tsl_source *source;       /* one a file */
    const char **place;             /* their names as given */
    tsl__table_file *input;         /* one a file */
    tsl__file_columns columns;      /* of all of them */
    tsl__table_file *again;         /* one a file: as a pass over its orders reads it; or NULL */
    size_t current;                 /* the one that blocks are cut of */
    tsl__piece *piece;              /* one a slot */
    tsl__scanner **scanner;         /* one a worker, of the file that it is at */
    uint64_t *bytes;                /* one a file, as stored; 0: not known */
    uint64_t bytes_done, bytes_all; /* of files before the current one; of all, 0 where not known */
    tsl_error ahead;                /* what a first block was refused for, as how its numbers are read is in doubt */
} tsl__reader;

/* Opens a file and reads its header; hash: its bytes may be hashed. */
TSL_FALLIBLE tsl_status tsl__reader_open_csv(const tsl__reader *files, size_t file, int hash, tsl__csv **csv,
                                             tsl_error *err);
/* 1: what is read of it is gone: a pipe. */
int tsl__reader_is_read_once(const tsl_source *source);
/* The next block of a file, empty at its end. */
TSL_FALLIBLE tsl_status tsl__reader_cut(tsl__table_file *in, tsl__block *block, tsl_error *err);
/* Turns a worker's scanner and decoder to the file. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__reader_turn(tsl__reader *files, size_t worker, const tsl__table_file *in, tsl_error *err);
/* 1: the record is split into the fields of the file's columns, as it is where it is decoded. */
int tsl__reader_is_sound(const tsl__field_map *map, const tsl__record *record);

/* What lines lack and their orders have is known before the first row is read: as many passes over the files as
 * order_statuses.h says. */
TSL_FALLIBLE tsl_status tsl__reader_pass_over_orders(tsl__reader *files, tsl_error *err);
void tsl__reader_close_passes(tsl__reader *files);

/* The field of each column in the file; a required role or a condition that nothing there gives is refused. */
TSL_FALLIBLE tsl_status tsl__reader_map_columns(const tsl__reader *files, tsl__table_file *in, tsl_error *err);
/* What the files lack of the columns that are read. */
TSL_FALLIBLE tsl_status tsl__reader_note_lacking(const tsl__reader *files, tsl_error *err);

#endif
