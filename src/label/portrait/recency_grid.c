/* recency_grid.c: customers by how long ago and how often they bought: how many, what they are worth, of which
 * segments. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

/* Limits that people use: weeks, months, quarters, years; 1, 2, 3 to 4, 5 to 9, 10 to 19, ... */
static const double days[] = {1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825, 3650};
static const double orders[] = {1, 2, 4, 9, 19, 49, 99, 199, 499, 999, 1999, 4999, 9999, 99999};
#define DAYS (sizeof days / sizeof *days)
#define ORDERS (sizeof orders / sizeof *orders)

static uint64_t count_known(const double *a, const double *b, size_t n)
{
    uint64_t known = 0;
    for (size_t i = 0; i < n; i++) {
        known += !isnan(a[i]) && !isnan(b[i]);
    }
    return known;
}

static tsl_status count_cells(const tsl_labels *labels, const double *recency, const double *frequency, tsl_grid *grid,
                              tsl_error *err)
{
    const size_t cells = grid->rows * grid->cols, k = labels->segment_count;
    tsl_status status = TSL_OK;
    tsl__total *total = NULL;
    TSL__NEED(total = tsl__alloc_zero(cells, sizeof *total));
    TSL__NEED(grid->cell = tsl__alloc_zero(cells, sizeof *grid->cell));
    for (size_t c = 0; c < cells; c++) {
        TSL__NEED(grid->cell[c].segment = tsl__alloc_zero(k, sizeof *grid->cell[c].segment));
    }
    for (size_t i = 0; i < labels->customers; i++) {
        if (isnan(recency[i]) || isnan(frequency[i])) {
            continue;
        }
        const size_t c = tsl__class_limits_find(grid->recency, grid->rows, recency[i]) * grid->cols +
                         tsl__class_limits_find(grid->frequency, grid->cols, frequency[i]);
        grid->cell[c].size++;
        grid->cell[c].segment[labels->customer_segment[i] - 1]++;
        tsl__total_add(&total[c], labels->value ? labels->value[i] : (double)NAN);
    }
    const int money = tsl__value_is_money(labels);
    for (size_t c = 0; c < cells; c++) {
        grid->cell[c].value_total = labels->value ? tsl__total_get(&total[c], money) : (double)NAN;
    }
done:
    free(total);
    return status;
}

tsl_status tsl__recency_grid_fill(const tsl_labels *labels, const tsl__portrait_columns *columns,
                                  tsl_portrait *portrait, tsl_error *err)
{
    const double *recency = columns->of[TSL__OF_RECENCY], *frequency = columns->of[TSL__OF_FREQUENCY];
    const size_t n = labels->customers;
    tsl_status status = TSL_OK;
    tsl_grid *grid = NULL;
    const uint64_t known = recency && frequency ? count_known(recency, frequency, n) : 0;
    if (known == 0) {
        return TSL_OK;
    }
    TSL__NEED(grid = tsl__alloc_zero(1, sizeof *grid));
    grid->customers = known;
    grid->rows = tsl__class_limits_get(recency, frequency, n, days, DAYS, TSL_GRID_CLASSES, grid->recency);
    grid->cols = tsl__class_limits_get(frequency, recency, n, orders, ORDERS, TSL_GRID_CLASSES, grid->frequency);
    TSL__TRY(count_cells(labels, recency, frequency, grid, err));
    portrait->grid = grid;
    grid = NULL;
done:
    tsl__recency_grid_free(grid);
    return status;
}

void tsl__recency_grid_free(tsl_grid *grid)
{
    for (size_t c = 0; grid && grid->cell && c < grid->rows * grid->cols; c++) {
        free(grid->cell[c].segment);
    }
    if (grid) {
        free(grid->cell);
        free(grid);
    }
}
