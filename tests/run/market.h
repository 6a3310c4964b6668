/* market.h: order lines that are kept in memory as well, so that what a program says of them can be added up naively.
 */
#ifndef TEST_RUN_MARKET_H
#define TEST_RUN_MARKET_H

#include "run/shop.h"

#include <stdio.h>

enum { MARKET_CUSTOMERS = 400, MARKET_FIRST = 19000, MARKET_DAYS = 500, MARKET_LINES = 40000 };

typedef struct market_line {
    int customer, order, day; /* day from 0 */
    int64_t cents;
} market_line;

typedef struct market {
    market_line line[MARKET_LINES];
    int count, orders;
} market;

static inline void market_add(market *m, int customer, int day, int64_t cents, int lines)
{
    for (int l = 0; l < lines && m->count < MARKET_LINES; l++) {
        m->line[m->count++] = (market_line){customer, m->orders, day, cents + l};
    }
    m->orders++;
}

/* Customers who come back every 5 to 150 days, and who give things back now and then; the last
 * tenth come late, some from the cut on. `telling` 0: what they buy from day `cut` on is one and the same lottery. */
static inline void market_fill(market *m, int telling, int cut)
{
    *m = (market){.count = 0};
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        tsl__rng rng = tsl__rng_open(3, 5, (uint32_t)c);
        const int gap = 5 + 3 * (c % 8) * (c % 8), late = c >= MARKET_CUSTOMERS * 9 / 10;
        const int64_t price = 500 + 400 * (c % 5) * (c % 3);
        int day = late ? (int)tsl__rng_below(&rng, MARKET_DAYS) : (int)tsl__rng_below(&rng, 100);
        if (c % 37 == 3) { /* who only gives back before the cut, and may buy after it */
            market_add(m, c, 10 + c % 50, -300, 1);
            day = c % 2 ? MARKET_DAYS : cut + 5 + c % 9;
        }
        while (day < (telling ? MARKET_DAYS : cut)) {
            market_add(m, c, day, price + (int64_t)tsl__rng_below(&rng, 300), 1 + c % 3);
            if (tsl__rng_below(&rng, 9) == 0) {
                market_add(m, c, day, -300, 1);
            }
            day += 1 + (int)tsl__rng_below(&rng, (uint32_t)(2 * gap));
        }
        if (!telling && tsl__rng_below(&rng, 2) == 0) {
            market_add(m, c, cut + (int)tsl__rng_below(&rng, (uint32_t)(MARKET_DAYS - cut)),
                       500 + (int64_t)tsl__rng_below(&rng, 5000), 1);
        }
    }
}

static inline void market_put_id(int customer, char id[8])
{
    snprintf(id, 8, "m%04d", customer);
}

/* The lines of the days before `until` as CSV. */
static inline tsl__text market_write(const market *m, int until)
{
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < m->count; i++) {
        const market_line *l = &m->line[i];
        char day[11];
        tsl_day_write(MARKET_FIRST + l->day, day);
        if (l->day < until) {
            tsl__text_printf(&csv, "m%04d,o%d,%s,%s%d.%02d\n", l->customer, l->order, day, l->cents < 0 ? "-" : "",
                             abs((int)l->cents) / 100, abs((int)l->cents) % 100);
        }
    }
    return csv;
}

/* Naively: net amount of the days from <= day < until, and whether an order of theirs comes to more than 0. The lines
 * of an order stand together, and are of one day. */
static inline int64_t market_get_net(const market *m, int customer, int from, int until, int *bought)
{
    int64_t net = 0, order = 0;
    *bought = 0;
    for (int i = 0; i < m->count; i++) {
        const market_line *l = &m->line[i];
        if (l->customer == customer && l->day >= from && l->day < until) {
            net += l->cents;
            order = i > 0 && m->line[i - 1].order == l->order ? order + l->cents : l->cents;
            const int last = i + 1 == m->count || m->line[i + 1].order != l->order;
            *bought |= last && order > 0;
        }
    }
    return net;
}

static inline tsl_table *market_table(const market *m, int until)
{
    tsl__text csv = market_write(m, until);
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    tsl_table *table = NULL;
    tsl_error err;
    if (tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, NULL, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl__text_free(&csv);
    return table;
}

#endif
