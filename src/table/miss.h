/* miss.h: keys that a lookup lacks: how many, and one of them. */
#ifndef TSL_TABLE_MISS_H
#define TSL_TABLE_MISS_H

#include <stdint.h>
#include <tesela/table.h>

#include "base/dict.h"
#include "table/cell.h"

typedef struct tsl__miss {
    tsl__dict *keys; /* distinct ones; NULL: none */
    uint64_t rows;
    char *example; /* "\"X7\" (orders.csv:3)" */
} tsl__miss;

/* Counts a key of a row that is not there. */
tsl_status tsl__miss_add(tsl__miss *miss, tsl__span key, const char *file, uint64_t line, tsl_error *err);
void tsl__miss_free(tsl__miss *miss);

/* "3 keys of \"sku\" (in 12 rows) are not in products.csv, the first \"X7\" (orders.csv:3)" into out. */
char *tsl__miss_describe(const tsl__miss *miss, const char *column, const char *path, char *out, size_t size);

#endif
