/* shop.h: a small shop as CSV files in the test's folder, and a run of it. */
#ifndef TEST_RUN_SHOP_H
#define TEST_RUN_SHOP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/run.h>

#include "base/rng.h"
#include "base/text.h"
#include "store/scratch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOP_CUSTOMERS = 120 };

static const char *const shop_file[TSL_TABLE_KINDS] = {
    [TSL_CUSTOMERS] = "people.csv", [TSL_TRANSACTIONS] = "orders.csv", [TSL_INTERACTIONS] = "visits.csv"};

static inline void shop_put(tsl_table_kind kind, tsl__text *csv)
{
    scratch_write(scratch_path(shop_file[kind]), csv->data, csv->length);
    tsl__text_free(csv);
}

/* Customers 0 to SHOP_CUSTOMERS - 1 in three crowds, of whom one in `every` is there; the draws of each are his own. */
static inline void shop_write(int every)
{
    static const char *const cities[] = {"Lima", "Oslo", "Rome"}, *const channels[] = {"web", "shop", "app"};
    tsl__text people = {0}, orders = {0}, visits = {0};
    tsl__text_puts(&people, "customer_id,city,income,member\n");
    tsl__text_puts(&orders, "customer_id,order_id,date,amount,channel\n");
    tsl__text_puts(&visits, "customer_id,date,kind,minutes\n");
    for (int i = 0; i < SHOP_CUSTOMERS; i += every) {
        tsl__rng rng = tsl__rng_open(7, 1, (uint32_t)i);
        int crowd = i % 3, count = crowd == 0 ? 9 : crowd == 1 ? 2 : 1;
        tsl__text_printf(&people, "c%04d,%s,%d,%s\n", i, cities[tsl__rng_below(&rng, 3)],
                         1000 * (1 + crowd) + (int)tsl__rng_below(&rng, 200), tsl__rng_below(&rng, 2) ? "yes" : "no");
        for (int o = 0; o < count; o++) {
            tsl__text_printf(&orders, "c%04d,%d-%d,2024-%02d-%02d,%d.%02d,%s\n", i, i, o,
                             1 + (int)tsl__rng_below(&rng, 12), 1 + (int)tsl__rng_below(&rng, 28),
                             (crowd ? 5 : 100) + (int)tsl__rng_below(&rng, 40), (int)tsl__rng_below(&rng, 100),
                             channels[tsl__rng_below(&rng, 3)]);
            tsl__text_printf(&visits, "c%04d,2024-%02d-%02d,visit,%d\n", i, 1 + (int)tsl__rng_below(&rng, 12),
                             1 + (int)tsl__rng_below(&rng, 28), 1 + (int)tsl__rng_below(&rng, 30));
        }
    }
    shop_put(TSL_CUSTOMERS, &people);
    shop_put(TSL_TRANSACTIONS, &orders);
    shop_put(TSL_INTERACTIONS, &visits);
}

/* opt NULL: a short sweep, which is enough for so few. */
static inline tsl_run *run_open(const tsl_run_options *opt, const tsl_segmentation *given, const tsl_exec *exec)
{
    tsl_run *run = NULL;
    tsl_error err;
    static tsl_run_options quick;
    static tsl_kmeans_options kmeans;
    TSL_DEFAULTS(run, &quick);
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k_max = 4;
    kmeans.restarts = 2;
    quick.kmeans = &kmeans;
    if (tsl_run_open(opt ? opt : &quick, given, exec, &run, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return run;
}

static inline tsl_status run_read(tsl_run *run, tsl_table_kind kind, tsl_error *err)
{
    const tsl_source source = {.path = scratch_path(shop_file[kind])};
    return tsl_run_read(run, kind, &source, 1, NULL, NULL, err);
}

/* All three tables. */
static inline void run_read_shop(tsl_run *run)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_error err;
    for (int i = 0; i < 3; i++) {
        if (run_read(run, order[i], &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
    }
}

static inline void run_build(tsl_run *run, tsl_run_stage last, int32_t as_of)
{
    tsl_error err;
    if (tsl_run_build(run, last, as_of, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

/* A run of the shop to its end. */
static inline tsl_run *run_shop(const tsl_run_options *opt, const tsl_segmentation *given, const tsl_exec *exec,
                                int32_t as_of)
{
    tsl_run *run = run_open(opt, given, exec);
    run_read_shop(run);
    run_build(run, TSL_RUN_LABELS, as_of);
    return run;
}

#endif
