/* row_hashes.c: which rows repeat others. */
#include "table/row/row_hashes.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/slots.h"

static tsl_status reserve(tsl__row_hashes *h, size_t rows, tsl_error *err)
{
    void *row = h->row;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&row, &h->capacity, rows, sizeof *h->row) == 0);
    h->row = row;
done:
    return status;
}

tsl_status tsl__row_hashes_add(tsl__row_hashes *h, const tsl__row_hash *row, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(reserve(h, h->rows + 1, err));
    h->row[h->rows++] = *row;
done:
    return status;
}

tsl_status tsl__row_hashes_join(tsl__row_hashes *h, tsl__row_hashes *behind, size_t most, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (h->over || behind->rows == 0) {
        behind->rows = 0;
        return TSL_OK;
    }
    if (behind->rows > most - h->rows) {
        free(h->row);
        h->row = NULL;
        h->rows = h->capacity = behind->rows = 0;
        __atomic_store_n(&h->over, 1, __ATOMIC_RELAXED);
        return TSL_OK;
    }
    TSL__TRY(reserve(h, h->rows + behind->rows, err));
    memcpy(h->row + h->rows, behind->row, behind->rows * sizeof *h->row);
    h->rows += behind->rows;
    behind->rows = 0;
done:
    return status;
}

typedef struct sought {
    const tsl__row_hash *row;
    uint64_t hash;
} sought;

static int is_hash(const void *key, uint64_t number)
{
    const sought *k = key;
    return k->row[number - 1].hash == k->hash;
}

tsl_status tsl__row_hashes_find(const tsl__row_hashes *h, size_t *first, tsl_error *err)
{
    tsl__slots slots = {.count = 0};
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__slots_open(&slots, 2 * h->rows + 1) == 0);
    for (size_t i = 0; i < h->rows; i++) {
        const sought key = {h->row, h->row[i].hash};
        uint64_t *slot = tsl__slots_find(&slots, key.hash, is_hash, &key);
        *slot = *slot ? *slot : i + 1;
        first[i] = (size_t)*slot - 1;
    }
done:
    free(slots.slot);
    return status;
}

void tsl__row_hashes_free(tsl__row_hashes *h)
{
    free(h->row);
    *h = (tsl__row_hashes){.rows = 0};
}
