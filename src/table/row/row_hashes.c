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

/* Sets of places by the highest bits of hashes. */
#define PLACES_A_ROW 16

typedef struct places {
    uint64_t *once, *more; /* bits: of one hash or more, of two or more */
    unsigned shift;
} places;

static int open_places(size_t rows, places *p)
{
    p->shift = 64 - 10;
    while ((UINT64_C(1) << (64 - p->shift)) / PLACES_A_ROW < rows) {
        p->shift--;
    }
    const size_t words = ((size_t)1 << (64 - p->shift)) / 64;
    p->once = tsl__alloc_zero(words, sizeof *p->once);
    p->more = tsl__alloc_zero(words, sizeof *p->more);
    return p->once && p->more ? 0 : -1;
}

static inline int has_place(const uint64_t *set, const places *p, uint64_t hash)
{
    const uint64_t place = hash >> p->shift;
    return set[place / 64] >> place % 64 & 1;
}

static void fill_places(const tsl__row_hashes *h, places *p)
{
    for (size_t i = 0; i < h->rows; i++) {
        const uint64_t place = h->row[i].hash >> p->shift, bit = UINT64_C(1) << place % 64;
        p->more[place / 64] |= p->once[place / 64] & bit;
        p->once[place / 64] |= bit;
    }
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

/* Most rows are the only ones at their places, and cannot repeat another: the others alone go into a table. */
tsl_status tsl__row_hashes_find(const tsl__row_hashes *h, tsl__row_repeat **repeat, size_t *count, tsl_error *err)
{
    places p = {.once = NULL};
    tsl__slots slots = {.count = 0};
    tsl_status status = TSL_OK;
    size_t looked_at = 0, capacity = 0;
    void *found = NULL;
    *repeat = NULL;
    *count = 0;
    TSL__NEED(open_places(h->rows, &p) == 0);
    fill_places(h, &p);
    for (size_t i = 0; i < h->rows; i++) {
        looked_at += (size_t)has_place(p.more, &p, h->row[i].hash);
    }
    TSL__NEED(tsl__slots_open(&slots, 2 * looked_at + 1) == 0);
    for (size_t i = 0; i < h->rows; i++) {
        const sought key = {h->row, h->row[i].hash};
        if (!has_place(p.more, &p, key.hash)) {
            continue;
        }
        uint64_t *slot = tsl__slots_find(&slots, key.hash, is_hash, &key);
        if (*slot) {
            TSL__NEED(tsl__reserve(&found, &capacity, *count + 1, sizeof **repeat) == 0);
            ((tsl__row_repeat *)found)[(*count)++] = (tsl__row_repeat){i, (size_t)*slot - 1};
        } else {
            *slot = i + 1;
        }
    }
    *repeat = found;
    found = NULL;
done:
    free(found);
    free(slots.slot);
    free(p.once);
    free(p.more);
    return status;
}

void tsl__row_hashes_free(tsl__row_hashes *h)
{
    free(h->row);
    *h = (tsl__row_hashes){.rows = 0};
}
