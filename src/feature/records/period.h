/* period.h: what each customer did in some days: lines taken together, and whether he bought. */
#ifndef TSL_FEATURE_PERIOD_H
#define TSL_FEATURE_PERIOD_H

#include <tesela/feature.h>

/* The customers who have a line in the period, by id, rising bytewise. */
typedef struct tsl__period {
    size_t customers;
    char **id;
    int64_t *net;    /* sum of the lines' amounts, 1/10000 */
    uint8_t *bought; /* 1: an order, of the lines in the period alone, has a net amount above 0 */
    size_t *begin;   /* customers + 1: where the days of each begin in ... */
    int32_t *day;    /* ... those of his events, rising, each once; of nobody NULL, as is begin */
} tsl__period;

typedef struct tsl__period_plan {
    int32_t from, until; /* the days from <= day < until; from TSL_NO_DAY: all before */
    tsl_events events;   /* whose days are told */
    int matched;         /* 1: as of TSL_RETURNS_MATCHED, by the lines of the period alone */
    size_t shards;       /* as of tsl__sharding_open: a sample of the customers; 0: all of them */
} tsl__period_plan;

/* Of the transactions; nobody is there where no line is. Owned (tsl__period_free). */
TSL_FALLIBLE tsl_status tsl__period_build(const tsl_table *transactions, const tsl__period_plan *plan,
                                          const tsl_exec *exec, tsl__period *out, tsl_error *err);
void tsl__period_free(tsl__period *period);

#endif
