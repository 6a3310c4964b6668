/*
 * kept_blocks.h: the blocks of a file that can be read once only, such as a pipe, in a temporary file: to be taken
 * again as often as is wanted.
 */
#ifndef TSL_TABLE_SOURCE_KEPT_BLOCKS_H
#define TSL_TABLE_SOURCE_KEPT_BLOCKS_H

#include "store/files/spill.h"
#include "table/source/csv.h"

/* A block, and where it lies: its bytes, the line end behind them, its mistakes. */
typedef struct tsl__kept_block {
    uint64_t at, line;
    size_t count, mistakes;
} tsl__kept_block;

typedef struct tsl__kept_blocks {
    tsl__spill *spill;
    tsl__kept_block *block;
    size_t blocks, capacity;
    size_t next; /* the one that is read next */
} tsl__kept_blocks;

/* Empty, to be freed also on failure. folder: as tsl__spill_open takes it. */
TSL_FALLIBLE tsl_status tsl__kept_blocks_open(const char *folder, tsl__kept_blocks *kept, tsl_error *err);
void tsl__kept_blocks_free(tsl__kept_blocks *kept);
/* Puts a block behind the others. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__kept_blocks_write(tsl__kept_blocks *kept, const tsl__block *block, tsl_error *err);
/* The next block; of no bytes behind the last, and then the first once more. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__kept_blocks_read(tsl__kept_blocks *kept, tsl__block *block, tsl_error *err);

#endif
