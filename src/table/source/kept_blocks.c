/* kept_blocks.c: blocks go to a temporary file, and come back. */
#include "table/source/kept_blocks.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"

tsl_status tsl__kept_blocks_open(const char *folder, tsl__kept_blocks *k, tsl_error *err)
{
    *k = (tsl__kept_blocks){.spill = NULL};
    return tsl__spill_open(folder, &k->spill, err);
}

void tsl__kept_blocks_free(tsl__kept_blocks *k)
{
    tsl__spill_free(k->spill);
    free(k->block);
    *k = (tsl__kept_blocks){.spill = NULL};
}

tsl_status tsl__kept_blocks_write(tsl__kept_blocks *k, const tsl__block *b, tsl_error *err)
{
    const size_t bytes = b->count + 1, mistakes = b->mistakes * sizeof *b->mistake;
    void *block = k->block;
    tsl_status status = TSL_OK;
    const int failed = tsl__reserve(&block, &k->capacity, k->blocks + 1, sizeof *k->block);
    k->block = block;
    TSL__NEED(!failed);
    const uint64_t at = tsl__spill_take(k->spill, bytes + mistakes);
    TSL__TRY(tsl__spill_write(k->spill, at, b->bytes, bytes, err));
    TSL__TRY(mistakes ? tsl__spill_write(k->spill, at + bytes, b->mistake, mistakes, err) : TSL_OK);
    k->block[k->blocks++] = (tsl__kept_block){at, b->line, b->count, b->mistakes};
done:
    return status;
}

tsl_status tsl__kept_blocks_read(tsl__kept_blocks *k, tsl__block *b, tsl_error *err)
{
    void *bytes = b->bytes, *mistake = b->mistake;
    tsl_status status = TSL_OK;
    b->count = b->mistakes = 0;
    if (k->next == k->blocks) {
        k->next = 0;
        return TSL_OK;
    }
    const tsl__kept_block *kept = &k->block[k->next++];
    int failed = tsl__reserve(&bytes, &b->capacity, kept->count + 1, 1);
    b->bytes = bytes;
    failed |= tsl__reserve(&mistake, &b->mistake_capacity, kept->mistakes, sizeof *b->mistake);
    b->mistake = mistake;
    TSL__NEED(!failed);
    TSL__TRY(tsl__spill_read(k->spill, kept->at, b->bytes, kept->count + 1, err));
    TSL__TRY(kept->mistakes ? tsl__spill_read(k->spill, kept->at + kept->count + 1, b->mistake,
                                              kept->mistakes * sizeof *b->mistake, err)
                            : TSL_OK);
    b->line = kept->line;
    b->count = kept->count;
    b->mistakes = kept->mistakes;
done:
    return status;
}
