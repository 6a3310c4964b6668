/*
 * file_columns.h: the columns of a table of several files: those of all of them, found by name.
 *
 * The columns of the first file come first, in its order; then those that later ones add. So every file has its say
 * before the first row is read, and it does not matter in which order they are given.
 */
#ifndef TSL_TABLE_FILE_COLUMNS_H
#define TSL_TABLE_FILE_COLUMNS_H

#include "table/cell/currency_cells.h"
#include "table/schema/first_cells.h"
#include "table/source/csv.h"

/* Which files have a column. Files are called by their numbers, from 0. */
typedef struct tsl__file_column {
    size_t lacking;            /* files that do not have it */
    size_t has;                /* the first that has it */
    size_t lacks;              /* the first that does not, if any */
    tsl__currency_cells codes; /* of the blocks that were looked at */
    tsl__first_cells first;    /* of each one's first rows */
} tsl__file_column;

/* Another name of a column, in files that do not have it by its own. */
typedef struct tsl__file_alias {
    char *name; /* owned */
    size_t column;
} tsl__file_alias;

/* Starts as zeros; freed by tsl__file_columns_free. */
typedef struct tsl__file_columns {
    char **name; /* one a column, distinct; owned */
    tsl__file_column *column;
    size_t count, files;
    tsl__file_alias *alias;
    size_t aliases;
    char **has;         /* one a file: one a column that was known when it was added, 1: the file has it */
    size_t *has_count;  /* how many these are */
    size_t first_count; /* of the first file */
    int has_header;     /* the first file has one */
    size_t name_capacity, column_capacity, alias_capacity, has_capacity, has_count_capacity;
} tsl__file_columns;

/* Adds the columns of the next file. One without a header adds none, but for the first. */
TSL_FALLIBLE tsl_status tsl__file_columns_add(tsl__file_columns *columns, const tsl__csv *csv, tsl_error *err);
/* Looks at the cells of a block of the file that was added last. What is wrong with them is said where they are
 * decoded. */
TSL_FALLIBLE tsl_status tsl__file_columns_look(tsl__file_columns *columns, const tsl__csv *csv, const tsl__block *block,
                                               tsl_error *err);
/* 1: the file has the column, be it by another name. */
int tsl__file_columns_has(const tsl__file_columns *columns, size_t file, size_t column);
/* 1: a file has both. */
int tsl__file_columns_meet(const tsl__file_columns *columns, size_t one, size_t other);
/* From now on `other`, which stands behind `one` and in no file beside it, is another name of that. Columns behind it
 * move up. */
TSL_FALLIBLE tsl_status tsl__file_columns_join(tsl__file_columns *columns, size_t one, size_t other, tsl_error *err);
void tsl__file_columns_free(tsl__file_columns *columns);

/* 1: the file's columns are found by their places, as it has no header and as many of them as the first file. */
int tsl__file_columns_go_by_place(const tsl__file_columns *columns, const tsl__csv *csv);
/* The field of each column in a file that was added; SIZE_MAX where it has none. Owned by the caller. */
TSL_FALLIBLE tsl_status tsl__file_columns_map(const tsl__file_columns *columns, const tsl__csv *csv, size_t **field,
                                              tsl_error *err);

#endif
