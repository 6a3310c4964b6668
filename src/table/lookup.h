/*
 * lookup.h: another file by key: its columns become columns of the table.
 *
 * Opened first, for its header; loaded when it is known which columns the
 * table uses.
 */
#ifndef TSL_TABLE_LOOKUP_H
#define TSL_TABLE_LOOKUP_H

#include <tesela/table.h>

#include "base/dict.h"
#include "table/cell/parse_number.h"

typedef struct tsl__lookup tsl__lookup;

TSL_FALLIBLE tsl_status tsl__lookup_open(const tsl_lookup *spec, tsl__lookup **out, tsl_error *err);
void tsl__lookup_free(tsl__lookup *lookup);

/* The columns of the file, the key included. */
const char *const *tsl__lookup_get_names(const tsl__lookup *lookup, size_t *count);
size_t tsl__lookup_get_key(const tsl__lookup *lookup); /* the column of the key */
const char *tsl__lookup_get_path(const tsl__lookup *lookup);

/* Reads the columns with used[i] != 0 and closes the file. A key that stands
 * twice with different values in them is TSL_E_INPUT; rows that cannot be used
 * are left out with a note. */
TSL_FALLIBLE tsl_status tsl__lookup_load(tsl__lookup *lookup, const char *used, tsl_notes *notes, tsl_error *err);
const tsl_file_info *tsl__lookup_get_file(const tsl__lookup *lookup);

/* The row of a key, or -1. */
int32_t tsl__lookup_find(const tsl__lookup *lookup, tsl__span key);
/* A cell of a column that was used. */
tsl__span tsl__lookup_get(const tsl__lookup *lookup, int32_t row, size_t column);

size_t tsl__lookup_get_rows(const tsl__lookup *lookup);
uint64_t tsl__lookup_get_line(const tsl__lookup *lookup, int32_t row); /* of its file */

/* Keys that a lookup lacks: how many, and one of them. */
typedef struct tsl__miss {
    tsl__dict *keys; /* distinct ones; NULL: none */
    uint64_t rows;
    char *example; /* "\"X7\" (orders.csv:3)" */
} tsl__miss;

/* Counts a key of a row that is not there. */
TSL_FALLIBLE tsl_status tsl__miss_add(tsl__miss *miss, tsl__span key, const char *file, uint64_t line, tsl_error *err);
/* Takes in those of rows behind, which then are none. */
TSL_FALLIBLE tsl_status tsl__miss_join(tsl__miss *miss, tsl__miss *behind, tsl_error *err);
void tsl__miss_free(tsl__miss *miss);

/* "3 keys of \"sku\" (in 12 rows) are not in products.csv, the first \"X7\" (orders.csv:3)" into out. */
char *tsl__miss_describe(const tsl__miss *miss, const char *column, const char *path, char *out, size_t size);

#endif
