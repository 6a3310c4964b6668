/*
 * row_hashes.h: the hash of each row that is kept, as its record was written, with where it stood: rows that are the
 * same in every column, read or not, have the same one. In the order of reading.
 */
#ifndef TSL_TABLE_ROW_ROW_HASHES_H
#define TSL_TABLE_ROW_ROW_HASHES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Where nobody asks for them to be dropped, repeated rows are looked for among so many, and where memory is limited
 * among one for so many bytes of it. */
#define TSL__HASHED_ROWS ((size_t)2 << 20)
#define TSL__HASHED_SHARE 1024

typedef struct tsl__row_hash {
    uint64_t hash, line;
    uint32_t file;
} tsl__row_hash;

/* Starts as zeros. */
typedef struct tsl__row_hashes {
    tsl__row_hash *row;
    size_t rows, capacity;
    int over; /* 1: there were too many, and none is kept */
} tsl__row_hashes;

/* Also while another thread joins some. */
static inline int tsl__row_hashes_are_over(const tsl__row_hashes *hashes)
{
    return __atomic_load_n(&hashes->over, __ATOMIC_RELAXED);
}
/* TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__row_hashes_add(tsl__row_hashes *hashes, const tsl__row_hash *row, tsl_error *err);
/* Takes those of a block behind, which keeps its memory; most: over so many they are given up. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__row_hashes_join(tsl__row_hashes *hashes, tsl__row_hashes *behind, size_t most,
                                             tsl_error *err);
/* A row, and the first one of the same hash. */
typedef struct tsl__row_repeat {
    size_t row, first;
} tsl__row_repeat;

/* The rows that others of the same hash stand before, in order; freed with free(). TSL_E_NOMEM. Memory: some four bits
 * a row, and what repeated ones take. */
TSL_FALLIBLE tsl_status tsl__row_hashes_find(const tsl__row_hashes *hashes, tsl__row_repeat **repeat, size_t *count,
                                             tsl_error *err);
void tsl__row_hashes_free(tsl__row_hashes *hashes);

#endif
