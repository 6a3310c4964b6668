/* returns.c: returns against purchases, by stacks of the lines of each product. */
#include "feature/records/returns.h"

#include <stdlib.h>
#include <string.h>
#include <tesela/base.h>

#include "base/alloc.h"
#include "base/hash.h"

#define NO_LINE SIZE_MAX

int tsl__returns_reserve(tsl__returns *r, size_t lines)
{
    if (lines <= r->capacity) {
        return 0;
    }
    tsl__returns_free(r);
    tsl__returns fresh = {.time = tsl__alloc(lines, sizeof *r->time),
                          .whole = tsl__alloc(lines, sizeof *r->whole),
                          .amount = tsl__alloc(lines, sizeof *r->amount),
                          .quantity = tsl__alloc(lines, sizeof *r->quantity),
                          .product = tsl__alloc(lines, sizeof *r->product),
                          .is_gone = tsl__alloc(lines, 1),
                          .link = tsl__alloc(lines, sizeof *r->link),
                          .top = tsl__alloc(lines, sizeof *r->top),
                          .capacity = lines};
    if (!fresh.time || !fresh.whole || !fresh.amount || !fresh.quantity || !fresh.product || !fresh.is_gone ||
        !fresh.link || !fresh.top || tsl__slots_open(&fresh.slots, 2 * lines + 1)) {
        tsl__returns_free(&fresh);
        return -1;
    }
    *r = fresh;
    return 0;
}

void tsl__returns_free(tsl__returns *r)
{
    free(r->time);
    free(r->whole);
    free(r->amount);
    free(r->quantity);
    free(r->product);
    free(r->is_gone);
    free(r->link);
    free(r->top);
    free(r->slots.slot);
    *r = (tsl__returns){.capacity = 0};
}

/* What a line may be set against: lines of its product; of a line without one those of its amount. */
typedef struct kin {
    const tsl__returns *returns;
    int32_t product;
    int64_t whole;
} kin;

static int is_kin(const void *key, uint64_t number)
{
    const kin *k = key;
    const size_t first = (size_t)number - 1; /* it stands for all, though nothing may be left of it */
    return k->product == k->returns->product[first] && (k->product >= 0 || k->whole == k->returns->whole[first]);
}

/* The slot of a line's kin, of the first so many slots. */
static uint64_t *find_slot(const tsl__returns *r, const tsl__slots *slots, size_t line)
{
    const kin key = {r, r->product[line], r->whole[line]};
    const int64_t what = key.product >= 0 ? key.product : key.whole;
    return tsl__slots_find(slots, tsl__hash64(&what, sizeof what, key.product >= 0), is_kin, &key);
}

/* Sets a return against a line. */
static void set_against(tsl__returns *r, size_t line, size_t against)
{
    const int64_t back = -r->amount[line];
    const int64_t amount = back < r->amount[against] ? back : r->amount[against];
    int64_t *given = &r->quantity[line], *taken = &r->quantity[against];
    r->amount[line] += amount;
    r->amount[against] -= amount;
    r->is_gone[line] = r->amount[line] == 0;
    r->is_gone[against] = r->amount[against] == 0;
    if (*given != TSL_MISSING_INT && *taken != TSL_MISSING_INT && *given < 0 && *taken > 0) {
        const int64_t pieces = -*given < *taken ? -*given : *taken;
        *given += pieces;
        *taken -= pieces;
    }
}

static void push(tsl__returns *r, const tsl__slots *slots, size_t line)
{
    uint64_t *slot = find_slot(r, slots, line);
    if (!*slot) {
        *slot = line + 1;
        r->top[line] = NO_LINE;
    }
    const size_t first = (size_t)*slot - 1;
    r->link[line] = r->top[first];
    r->top[first] = line;
}

static void give_back(tsl__returns *r, const tsl__slots *slots, size_t line)
{
    const uint64_t number = *find_slot(r, slots, line);
    size_t *top = number ? &r->top[number - 1] : NULL;
    while (top && *top != NO_LINE && r->amount[line] < 0) {
        set_against(r, line, *top);
        *top = r->is_gone[*top] ? r->link[*top] : *top;
    }
}

void tsl__returns_match(tsl__returns *r, size_t lines)
{
    tsl__slots slots = {r->slots.slot, 16};
    size_t negative = 0;
    for (size_t i = 0; i < lines; i++) {
        r->is_gone[i] = 0;
        r->whole[i] = r->amount[i] < 0 ? -r->amount[i] : r->amount[i];
        negative += r->amount[i] < 0;
    }
    if (negative == 0) {
        return;
    }
    while (slots.count < 2 * lines) {
        slots.count *= 2;
    }
    memset(slots.slot, 0, slots.count * sizeof *slots.slot);
    for (size_t begin = 0, end; begin < lines; begin = end) {
        for (end = begin; end < lines && r->time[end] == r->time[begin]; end++) {
            if (r->amount[end] > 0) {
                push(r, &slots, end);
            }
        }
        for (size_t i = begin; i < end; i++) { /* those of the same instant may be what it undoes */
            if (r->amount[i] < 0) {
                give_back(r, &slots, i);
            }
        }
    }
}
