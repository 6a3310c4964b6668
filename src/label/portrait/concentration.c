/* concentration.c: how much of the value the customers of most value have. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

#define STEPS 200 /* even ones; before the first of them a few that show how steep the curve begins */
static const size_t first[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
#define FIRST (sizeof first / sizeof *first)
static const size_t percent[TSL_TOP_SHARES] = {1, 5, 20, 50};

/* So many of n that they are at least part / of of them. */
static size_t take_part(size_t n, size_t part, size_t of)
{
    return (size_t)(((unsigned __int128)n * part + of - 1) / of);
}

/* The values that are known, rising, owned. */
static tsl_status sort_values(const tsl_labels *labels, double **out, size_t *known, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *value = NULL, *scratch = NULL;
    size_t n = 0;
    *out = NULL;
    TSL__NEED(value = tsl__alloc_aligned(labels->customers, sizeof *value));
    TSL__NEED(scratch = tsl__alloc_aligned(labels->customers, sizeof *scratch));
    for (size_t i = 0; i < labels->customers; i++) {
        if (!isnan(labels->value[i])) {
            value[n++] = labels->value[i];
        }
    }
    tsl__sort(value, scratch, n);
    *out = value;
    *known = n;
    value = NULL;
done:
    free(value);
    free(scratch);
    return status;
}

/* Where the curve is told: rising counts of customers, none twice. */
static size_t list_counts(size_t n, size_t *count)
{
    size_t listed = 0;
    count[listed++] = 0;
    for (size_t f = 0; f < FIRST && first[f] * STEPS < n; f++) {
        count[listed++] = first[f];
    }
    for (size_t s = 1; s <= STEPS; s++) {
        const size_t next = take_part(n, s, STEPS);
        if (next > count[listed - 1]) {
            count[listed++] = next;
        }
    }
    return listed;
}

/* The values of these rising counts of customers, from the top, into value_share: sums yet. */
static void add_up(const double *rising, size_t n, int money, tsl_concentration_point *point, size_t count)
{
    tsl__total total = {0};
    size_t at = 0;
    for (size_t p = 0; p < count; p++) {
        for (; at < point[p].customers; at++) {
            tsl__total_add(&total, rising[n - 1 - at]);
        }
        point[p].share = (double)at / (double)n;
        point[p].value_share = tsl__total_get(&total, money);
    }
}

static void divide(tsl_concentration_point *point, size_t count, double all)
{
    for (size_t p = 0; p < count; p++) {
        point[p].value_share /= all;
    }
}

tsl_status tsl__concentration_fill(const tsl_labels *labels, const tsl__portrait_columns *columns,
                                   tsl_portrait *portrait, tsl_error *err)
{
    (void)columns;
    tsl_status status = TSL_OK;
    tsl_concentration *c = NULL;
    double *rising = NULL;
    size_t n = 0, count[1 + FIRST + STEPS];
    if (!labels->value) {
        return TSL_OK;
    }
    TSL__TRY(sort_values(labels, &rising, &n, err));
    if (n == 0) {
        goto done;
    }
    TSL__NEED(c = tsl__alloc_zero(1, sizeof *c));
    c->customers = n;
    c->count = list_counts(n, count);
    TSL__NEED(c->point = tsl__alloc_zero(c->count, sizeof *c->point));
    for (size_t p = 0; p < c->count; p++) {
        c->point[p].customers = count[p];
    }
    for (size_t t = 0; t < TSL_TOP_SHARES; t++) {
        c->top[t].customers = take_part(n, percent[t], 100);
    }
    const int money = tsl__value_is_money(labels);
    add_up(rising, n, money, c->point, c->count);
    add_up(rising, n, money, c->top, TSL_TOP_SHARES);
    const double all = c->point[c->count - 1].value_share;
    if (all > 0) {
        divide(c->point, c->count, all);
        divide(c->top, TSL_TOP_SHARES, all);
        portrait->concentration = c;
        c = NULL;
    }
done:
    free(rising);
    tsl__concentration_free(c);
    return status;
}

void tsl__concentration_free(tsl_concentration *concentration)
{
    if (concentration) {
        free(concentration->point);
        free(concentration);
    }
}
