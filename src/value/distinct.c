/* distinct.c: rows sorted by all that tells them apart, and those that are alike counted together. */
#include "value/distinct.h"

#include "base/alloc.h"
#include "stat/sort.h"

#include <stdlib.h>

/* The places of the rows: sorted by the last column first, each pass keeping the order of those before. */
static tsl_status sort(const double *const *column, int columns, size_t n, double *place, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *value = NULL, *scratch = NULL;
    TSL__NEED(value = tsl__alloc(n, sizeof *value));
    TSL__NEED(scratch = tsl__alloc(2 * n, sizeof *scratch));
    for (size_t i = 0; i < n; i++) {
        place[i] = (double)i;
    }
    for (int c = columns; c-- > 0;) {
        for (size_t i = 0; i < n; i++) {
            value[i] = column[c][(size_t)place[i]];
        }
        tsl__sort_with(value, place, scratch, n);
    }
done:
    free(value);
    free(scratch);
    return status;
}

static int are_alike(const double *const *column, int columns, size_t i, size_t j)
{
    int alike = 1;
    for (int c = 0; c < columns; c++) {
        alike = alike && column[c][i] == column[c][j];
    }
    return alike;
}

static void gather(const double *const *column, int columns, const double *weight, size_t n, const double *place,
                   tsl__distinct *d)
{
    for (size_t k = 0; k < n; k++) {
        const size_t i = (size_t)place[k];
        const double own = weight ? weight[i] : 1;
        if (k == 0 || !are_alike(column, columns, i, (size_t)place[k - 1])) {
            for (int c = 0; c < columns; c++) {
                d->column[c][d->count] = column[c][i];
            }
            d->weight[d->count++] = 0;
        }
        d->weight[d->count - 1] += own;
        d->of[i] = (uint32_t)(d->count - 1);
        d->weights += own;
    }
}

tsl_status tsl__distinct_build(const double *const *column, int columns, const double *weight, size_t n,
                               tsl__distinct *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *place = NULL;
    *out = (tsl__distinct){.count = 0};
    TSL__NEED(place = tsl__alloc(n, sizeof *place));
    for (int c = 0; c < columns; c++) {
        TSL__NEED(out->column[c] = tsl__alloc(n, sizeof *out->column[c]));
    }
    TSL__NEED(out->weight = tsl__alloc(n, sizeof *out->weight));
    TSL__NEED(out->of = tsl__alloc(n, sizeof *out->of));
    TSL__TRY(sort(column, columns, n, place, err));
    gather(column, columns, weight, n, place, out);
done:
    free(place);
    if (status != TSL_OK) {
        tsl__distinct_free(out);
    }
    return status;
}

double tsl__distinct_sum(const tsl__distinct *distinct, int column)
{
    double sum = 0;
    for (size_t i = 0; i < distinct->count; i++) {
        sum += distinct->weight[i] * distinct->column[column][i];
    }
    return sum;
}

void tsl__distinct_free(tsl__distinct *distinct)
{
    for (int c = 0; c < TSL__DISTINCT_COLUMNS; c++) {
        free(distinct->column[c]);
    }
    free(distinct->weight);
    free(distinct->of);
    *distinct = (tsl__distinct){.count = 0};
}
