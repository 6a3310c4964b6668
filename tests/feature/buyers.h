/* buyers.h: buyers made to measure: days before the as-of day, and amounts. */
#ifndef TEST_FEATURE_BUYERS_H
#define TEST_FEATURE_BUYERS_H

#include "feature/tables.h"

#include "base/text.h"

enum { AS_OF = 20000 };

typedef struct buyers {
    tsl__text csv;
    int count, orders;
} buyers;

static inline void buyers_add_order(buyers *b, int customer, int days_ago, const char *amount)
{
    char day[11];
    if (b->csv.length == 0) {
        tsl__text_puts(&b->csv, "customer_id,order_id,date,amount\n");
    }
    tsl_day_write(AS_OF - days_ago, day);
    tsl__text_printf(&b->csv, "c%05d,o%d,%s,%s\n", customer, b->orders++, day, amount);
}

/* So many customers who bought once. */
static inline void buyers_add_once(buyers *b, int count, int days_ago, const char *amount)
{
    for (int i = 0; i < count; i++) {
        buyers_add_order(b, b->count++, days_ago, amount);
    }
}

/* So many who came back after `gap` days, every other one a day earlier. */
static inline void buyers_add_others(buyers *b, int count, int days_ago, int gap, const char *amount)
{
    for (int i = 0; i < count; i++) {
        buyers_add_order(b, b->count, days_ago + i % 2 + gap, amount);
        buyers_add_order(b, b->count++, days_ago + i % 2, amount);
    }
}

/* Those who only gave back. */
static inline void buyers_add_returns(buyers *b, int count, int days_ago)
{
    buyers_add_once(b, count, days_ago, "-5");
}

/* Takes what was added; features by a recipe, or fitted. Owned. */
static inline tsl_features *buyers_build(buyers *b, const char *customers, const tsl_recipe *recipe, tsl_basis basis,
                                         tsl_apart apart)
{
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, b->csv.data),
              *people = customers ? table_of_text(TSL_CUSTOMERS, customers) : NULL;
    const tsl_tables tables = {people, lines, NULL, AS_OF, 0};
    tsl_features *f = NULL;
    tsl_feature_options opt;
    tsl_error err;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.basis = basis;
    opt.selection.apart = apart;
    if (tsl_features_build(&tables, recipe, &opt, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_table_free(lines);
    tsl_table_free(people);
    tsl__text_free(&b->csv);
    *b = (buyers){.count = 0};
    return f;
}

#endif
