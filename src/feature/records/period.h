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
} tsl__period;

/* The days from <= day < until of the transactions; nobody is there where no line is. Owned (tsl__period_free). */
TSL_FALLIBLE tsl_status tsl__period_build(const tsl_table *transactions, int32_t from, int32_t until,
                                          const tsl_exec *exec, tsl__period *out, tsl_error *err);
void tsl__period_free(tsl__period *period);

#endif
