/* population.c: ids of all shards -> one order. */
#include "feature/records/population.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text_order.h"
#include "table/table_state.h"

#include <stdlib.h>
#include <string.h>

const char *tsl__shown_id_get(const tsl__grouping *g, const char *id)
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
    TSL__NEED(c->id = tsl__alloc_zero(g->customers, sizeof *c->id));
    for (; c->customers < g->customers; c->customers++) {
        TSL__NEED(c->id[c->customers] = tsl__strdup(tsl__shown_id_get(g, g->id[c->customers])));
    }
done:
    return status;
}

void tsl__cohort_free(tsl__cohort *c)
{
    tsl__free_texts(c->id, c->customers);
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
    TSL__NEED(p->id = tsl__alloc_zero(count, sizeof *p->id));
    TSL__NEED(p->standing = tsl__alloc(count, sizeof *p->standing));
    list_ids(cohort, shards, text, standing);
    TSL__NEED(tsl__text_order(text, count, order) == 0);
    for (size_t i = 0; i < count; i++) {
        const tsl__standing at = p->standing[i] = standing[order[i]];
        p->id[i] = cohort[at.shard].id[at.place];
    }
    p->customers = count;
    for (size_t s = 0; s < shards; s++) {
        free(cohort[s].id);
        cohort[s] = (tsl__cohort){0};
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
    tsl__free_texts(p->id, p->customers);
    free(p->standing);
    *p = (tsl__population){.customers = 0};
}
