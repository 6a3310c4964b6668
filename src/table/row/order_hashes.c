/* order_hashes.c: a set of hashes of orders. */
#include "table/row/order_hashes.h"

#include <stdlib.h>

#include "base/hash.h"

static int is_same(const void *key, uint64_t number)
{
    return *(const uint64_t *)key == number;
}

/* Half of the slots at most are full. */
static int spread(tsl__order_hashes *o)
{
    tsl__slots slots;
    if (2 * (o->count + 1) <= o->slots.count) {
        return 0;
    }
    if (tsl__slots_open(&slots, 4 * (o->count + 1))) {
        return -1;
    }
    for (size_t i = 0; i < o->slots.count; i++) {
        if (o->slots.slot[i]) {
            *tsl__slots_find(&slots, o->slots.slot[i], NULL, NULL) = o->slots.slot[i];
        }
    }
    free(o->slots.slot);
    o->slots = slots;
    return 0;
}

static void give_up(tsl__order_hashes *o)
{
    tsl__order_hashes_free(o);
    o->over = 1;
}

static tsl_status add_hash(tsl__order_hashes *o, uint64_t hash, tsl_error *err)
{
    if (spread(o)) {
        return tsl__error_nomem(err);
    }
    uint64_t *slot = tsl__slots_find(&o->slots, hash, is_same, &hash);
    o->count += *slot == 0;
    *slot = hash;
    if (o->count > TSL__ORDERS_COUNTED) {
        give_up(o);
    }
    return TSL_OK;
}

tsl_status tsl__order_hashes_add(tsl__order_hashes *o, tsl__span order, tsl_error *err)
{
    if (o->over || !order.s) {
        return TSL_OK;
    }
    const uint64_t found = tsl__hash64(order.s, order.n, 0), hash = found ? found : 1; /* 0 is an empty slot */
    if (hash == o->last) {
        return TSL_OK;
    }
    o->last = hash;
    return add_hash(o, hash, err);
}

tsl_status tsl__order_hashes_join(tsl__order_hashes *o, const tsl__order_hashes *other, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (other->over) {
        give_up(o);
    }
    for (size_t i = 0; !o->over && i < other->slots.count; i++) {
        TSL__TRY(other->slots.slot[i] ? add_hash(o, other->slots.slot[i], err) : TSL_OK);
    }
done:
    return status;
}

void tsl__order_hashes_free(tsl__order_hashes *o)
{
    free(o->slots.slot);
    *o = (tsl__order_hashes){.count = 0};
}
