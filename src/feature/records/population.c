/* population.c: ids of all shards -> one order. */
#include "feature/records/population.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text_order.h"
#include "table/table_state.h"

#include <stdlib.h>
#include <string.h>

/* How the customers show the id, else another table: where its spellings are one, it is the form that they share. */
static const char *get_shown(const tsl__grouping *g, const char *id)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    const char *shown = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order && !shown; i++) {
        const tsl_table *table = g->rows[order[i]].table;
        shown = table ? tsl__shown_ids_get(&table->shown_ids, id) : NULL;
    }
    return shown ? shown : id;
}

tsl_status tsl__cohort_fill(const tsl__grouping *g, tsl__cohort *c, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **shown = NULL;
    TSL__NEED(shown = tsl__alloc(g->customers, sizeof *shown));
    for (size_t i = 0; i < g->customers; i++) {
        shown[i] = get_shown(g, g->id[i]);
    }
    TSL__NEED(c->id = tsl__texts_pack(shown, g->customers));
    c->customers = g->customers;
done:
    free(shown);
    return status;
}

void tsl__cohort_free(tsl__cohort *c)
{
    free(c->id);
    *c = (tsl__cohort){0};
}

/* The ids of all cohorts behind each other, with where they stood. */
static void list_ids(const tsl__cohort *cohort, size_t shards, tsl__order_text *text, tsl__standing *standing)
{
    size_t at = 0;
    for (size_t s = 0; s < shards; s++) {
        for (size_t i = 0; i < cohort[s].customers; i++, at++) {
            text[at] = (tsl__order_text){cohort[s].id[i], strlen(cohort[s].id[i])};
            standing[at] = (tsl__standing){(uint32_t)s, (uint32_t)i};
        }
    }
}

/* The texts in their order, in one block as of tsl__texts_pack. NULL: out of memory. */
static char **pack_ids(const tsl__order_text *text, const uint32_t *order, size_t count)
{
    size_t bytes = count * (sizeof(char *) + 1);
    for (size_t i = 0; i < count; i++) {
        bytes += text[i].n;
    }
    char **id = tsl__alloc(bytes, 1), *to = id ? (char *)(id + count) : NULL;
    for (size_t i = 0; i < count && id; i++) {
        const tsl__order_text *from = &text[order[i]];
        id[i] = memcpy(to, from->s, from->n + 1);
        to += from->n + 1;
    }
    return id;
}

tsl_status tsl__population_build(tsl__cohort *cohort, size_t shards, tsl__population *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t count = 0;
    tsl__order_text *text = NULL;
    tsl__standing *standing = NULL;
    uint32_t *order = NULL;
    *p = (tsl__population){.customers = 0};
    for (size_t s = 0; s < shards; s++) {
        count += cohort[s].customers;
    }
    TSL__NEED(text = tsl__alloc(count, sizeof *text));
    TSL__NEED(standing = tsl__alloc(count, sizeof *standing));
    TSL__NEED(order = tsl__alloc(count, sizeof *order));
    list_ids(cohort, shards, text, standing);
    TSL__NEED(tsl__text_order(text, count, order) == 0);
    TSL__NEED(p->standing = tsl__alloc(count, sizeof *p->standing));
    for (size_t i = 0; i < count; i++) {
        p->standing[i] = standing[order[i]];
    }
    TSL__NEED(p->id = pack_ids(text, order, count));
    p->customers = count;
    for (size_t s = 0; s < shards; s++) {
        tsl__cohort_free(&cohort[s]);
    }
done:
    free(text);
    free(standing);
    free(order);
    if (status != TSL_OK) {
        tsl__population_free(p);
    }
    return status;
}

void tsl__population_free(tsl__population *p)
{
    free(p->id);
    free(p->standing);
    *p = (tsl__population){.customers = 0};
}
