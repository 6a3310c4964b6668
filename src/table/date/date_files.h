/*
 * date_files.h: which files prove the order of day, month and year, and which do not.
 *
 * A file that proves nothing is read as those that do only where it is written
 * as one of them is: files that are divided otherwise, have another decimal mark
 * or another sign in their dates come from another program, or another country.
 */
#ifndef TSL_TABLE_DATE_DATE_FILES_H
#define TSL_TABLE_DATE_DATE_FILES_H

#include "table/cell/decimal_mark.h"
#include "table/date/date_evidence.h"

/* How a file is written; NONE fits both marks. */
typedef struct tsl__dialect {
    char delimiter;
    tsl__mark mark;
} tsl__dialect;

typedef struct tsl__date_file {
    size_t file;
    tsl__dialect dialect;
    tsl_date_order proven;         /* TSL_DATES_AUTO: its cells prove none */
    tsl__date_example proof, open; /* the first cell that proves it; one that they leave open */
    const char *column;            /* of that, borrowed */
} tsl__date_file;

/* Starts as zeros. */
typedef struct tsl__date_files {
    tsl__date_file *file; /* those with either */
    size_t count, capacity;
    int is_noted; /* what they lend each other is said */
} tsl__date_files;

/* What the cells of one column of a file show; a file's columns one behind the other. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__date_files_add(tsl__date_files *files, size_t file, tsl__dialect dialect,
                                            const tsl__date_evidence *evidence, const char *column, tsl_error *err);
/* TSL_E_INPUT: a file proves nothing, and is written as none that does. Notes, once, which are read as another one. */
TSL_FALLIBLE tsl_status tsl__date_files_check(tsl__date_files *files, tsl_notes *notes, tsl_error *err);
void tsl__date_files_free(tsl__date_files *files);

#endif
