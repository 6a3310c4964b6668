/* order_statuses.c: which orders have lines without a status, and what their other lines say. */
#include "table/row/order_statuses.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

enum { NO_TEXT = -1, TEXTS_DIFFER = -2 };

/* ---- What lines say --------------------------------------------------------- */

tsl_status tsl__order_lines_add(tsl__order_lines *l, size_t status_of, uint64_t order, tsl__span text, tsl_error *err)
{
    void *said = l->said, *bytes = l->text;
    tsl_status status = TSL_OK;
    int failed = tsl__reserve(&said, &l->capacity, l->count + 1, sizeof *l->said);
    l->said = said;
    failed |= tsl__reserve(&bytes, &l->text_capacity, l->used + text.n, 1);
    l->text = bytes;
    TSL__NEED(!failed);
    if (text.n) {
        memcpy(l->text + l->used, text.s, text.n);
    }
    l->said[l->count++] = (tsl__order_said){order, status_of, l->used, text.n};
    l->used += text.n;
done:
    return status;
}

void tsl__order_lines_free(tsl__order_lines *l)
{
    free(l->said);
    free(l->text);
    *l = (tsl__order_lines){.count = 0};
}

/* ---- Orders with gaps ------------------------------------------------------- */

typedef struct sought {
    const tsl__order_gap *order;
    uint64_t hash;
} sought;

static int is_order(const void *key, uint64_t number)
{
    const sought *k = key;
    return k->order[number - 1].order == k->hash;
}

/* NULL: it is not among them. */
static tsl__order_gap *find_order(const tsl__order_gaps *g, uint64_t order)
{
    const sought key = {g->order, order};
    const uint64_t number = g->orders ? *tsl__slots_find(&g->slots, order, is_order, &key) : 0;
    return number ? &g->order[number - 1] : NULL;
}

static void drop_orders(tsl__order_gaps *g)
{
    free(g->order);
    free(g->slots.slot);
    g->order = NULL;
    g->slots = (tsl__slots){.count = 0};
    g->orders = g->capacity = 0;
}

/* Room for another one; a quarter of the slots are empty at least. */
static tsl_status reserve(tsl__order_gaps *g, tsl_error *err)
{
    void *order = g->order;
    tsl__slots slots;
    tsl_status status = TSL_OK;
    const int failed = tsl__reserve(&order, &g->capacity, g->orders + 1, sizeof *g->order);
    g->order = order;
    TSL__NEED(!failed);
    if ((g->orders + 1) * 4 <= g->slots.count * 3) {
        return TSL_OK;
    }
    TSL__NEED(tsl__slots_open(&slots, 2 * g->slots.count) == 0);
    for (size_t i = 0; i < g->orders; i++) {
        *tsl__slots_find(&slots, g->order[i].order, NULL, NULL) = i + 1;
    }
    free(g->slots.slot);
    g->slots = slots;
done:
    return status;
}

static tsl_status add_order(tsl__order_gaps *g, uint64_t order, size_t most, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (g->over || find_order(g, order)) {
        return TSL_OK;
    }
    if (g->orders == most) {
        drop_orders(g);
        g->over = 1;
        return TSL_OK;
    }
    TSL__TRY(reserve(g, err));
    g->order[g->orders++] = (tsl__order_gap){.order = order, .text = NO_TEXT};
    const sought key = {g->order, order};
    *tsl__slots_find(&g->slots, order, is_order, &key) = g->orders;
done:
    return status;
}

/* The code of a text; TEXTS_DIFFER where there are more of them than a status has. */
static tsl_status find_text(tsl__order_gaps *g, tsl__span text, int32_t *code, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(g->text || (g->text = tsl__dict_open()));
    *code = tsl__dict_get(g->text, text.s, text.n);
    if (*code < 0 && tsl__dict_get_count(g->text) == TSL__STATUS_VALUES) {
        g->many = 1;
        *code = TEXTS_DIFFER;
    } else if (*code < 0) {
        *code = tsl__dict_add(g->text, text.s, text.n);
        TSL__NEED(*code >= 0);
    }
done:
    return status;
}

static tsl_status add_text(tsl__order_gaps *g, uint64_t order, tsl__span text, tsl_error *err)
{
    tsl__order_gap *of = find_order(g, order);
    int32_t code;
    tsl_status status = TSL_OK;
    TSL__TRY(find_text(g, text, &code, err));
    of->text = of->text == NO_TEXT || of->text == code ? code : TEXTS_DIFFER;
    of->lines += of->lines < 2;
done:
    return status;
}

/* ---- The passes --------------------------------------------------------------- */

int tsl__order_statuses_want(const tsl__order_statuses *o, size_t status, uint64_t order, int has)
{
    return o->pass == TSL__ORDERS_FIND_GAPS ? !has : has && find_order(&o->of[status], order) != NULL;
}

tsl_status tsl__order_statuses_take(tsl__order_statuses *o, tsl__order_lines *l, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < o->statuses; i++) {
        o->of[i].has |= (int)(l->has >> i & 1);
    }
    for (size_t i = 0; i < l->count; i++) {
        const tsl__order_said *said = &l->said[i];
        tsl__order_gaps *g = &o->of[said->status];
        TSL__TRY(said->bytes ? add_text(g, said->order, (tsl__span){l->text + said->text, said->bytes}, err)
                             : add_order(g, said->order, o->most, err));
    }
    l->count = l->used = l->has = 0;
done:
    return status;
}

/* It is one of the order where nearly all orders that lack it somewhere, and have it, have it on one line; and where
 * they are no fewer than those that lack it throughout: one line that was returned does not return the others. */
static void decide(tsl__order_gaps *g)
{
    for (size_t i = 0; i < g->orders; i++) {
        g->on_none += g->order[i].lines == 0;
        g->on_one += g->order[i].lines == 1;
        g->on_several += g->order[i].lines > 1;
    }
    g->is_of_order =
        !g->many && g->on_one >= g->on_none && 20 * g->on_one >= 19 * (g->on_one + g->on_several) && g->on_one > 0;
}

int tsl__order_statuses_turn(tsl__order_statuses *o)
{
    const tsl__order_pass ended = o->pass++;
    size_t orders = 0;
    for (size_t i = 0; i < o->statuses; i++) {
        tsl__order_gaps *g = &o->of[i];
        if (!g->has) { /* nothing can be lacking */
            drop_orders(g);
            g->over = 0;
        }
        orders += g->orders;
        if (ended == TSL__ORDERS_FIND_TEXTS) {
            decide(g);
        }
    }
    return ended == TSL__ORDERS_FIND_GAPS && orders > 0;
}

tsl__order_answer tsl__order_statuses_find(const tsl__order_statuses *o, size_t status, uint64_t order, tsl__span *text)
{
    const tsl__order_gaps *g = &o->of[status];
    const tsl__order_gap *of = find_order(g, order);
    if (!of || of->lines == 0) {
        return g->over ? TSL__ORDER_LACKS : TSL__ORDER_HAS_NONE;
    }
    if (!g->is_of_order || of->text < 0) {
        return TSL__ORDER_LACKS;
    }
    text->s = tsl__dict_get_text(g->text, of->text, &text->n);
    return TSL__ORDER_TELLS;
}

void tsl__order_statuses_free(tsl__order_statuses *o)
{
    for (size_t i = 0; i < o->statuses; i++) {
        drop_orders(&o->of[i]);
        tsl__dict_free(o->of[i].text);
        o->of[i].text = NULL;
    }
}
