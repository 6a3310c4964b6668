/* column_figures.c: least, greatest, quantiles and bins of values that stand in so many rows each. */
#include "table/schema/column_figures.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "stat/sort.h"
#include "table/cell/parse_number.h"

static const double probability[TSL_PROFILE_QUANTILES] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

/* The value of the row that is r-th of all, from 0; up_to[i]: rows up to value i. */
static double value_at(const double *value, const double *up_to, size_t count, double r)
{
    const size_t i = tsl__sorted_up_to(up_to, count, r);
    return value[i < count ? i : count - 1];
}

static void find_quantiles(const double *value, const double *up_to, size_t count, tsl_column_profile *out)
{
    const size_t all = (size_t)up_to[count - 1];
    for (int q = 0; q < TSL_PROFILE_QUANTILES; q++) {
        const size_t place = tsl__quantile_place(all, probability[q]);
        const double at[2] = {value_at(value, up_to, count, (double)place),
                              value_at(value, up_to, count, (double)place + 1)};
        out->quantile[q] = tsl__quantile_between(at, place + 1 < all ? 2 : 1, all, probability[q]);
    }
}

/* The last bin takes in its upper end. */
static void find_bins(const double *value, const double *rows, size_t count, tsl_column_profile *out)
{
    const double width = (out->high - out->low) / TSL_PROFILE_BINS;
    if (!(width > 0) || !isfinite(width)) {
        out->bin_count = out->high > out->low ? 0 : 1;
        for (size_t i = 0; i < count && out->bin_count; i++) {
            out->bin[0] += (uint64_t)rows[i];
        }
        return;
    }
    out->bin_count = TSL_PROFILE_BINS;
    for (size_t i = 0; i < count; i++) {
        const double at = floor((value[i] - out->low) / width);
        out->bin[at >= TSL_PROFILE_BINS ? TSL_PROFILE_BINS - 1 : at <= 0 ? 0 : (size_t)at] += (uint64_t)rows[i];
    }
}

tsl_status tsl__figures_find(double *value, double *rows, size_t count, tsl_column_profile *out, tsl_error *err)
{
    double *scratch = NULL;
    tsl_status status = TSL_OK;
    if (count == 0) {
        return TSL_OK;
    }
    TSL__NEED(scratch = tsl__alloc(count, 2 * sizeof *scratch));
    tsl__sort_with(value, rows, scratch, count);
    out->has_range = 1;
    out->low = value[0];
    out->high = value[count - 1];
    find_bins(value, rows, count, out);
    for (size_t i = 0, up_to = 0; i < count; i++) {
        up_to += (size_t)rows[i];
        scratch[i] = (double)up_to;
    }
    find_quantiles(value, scratch, count, out);
done:
    free(scratch);
    return status;
}

double tsl__figures_get_sum(tsl__decimal sum)
{
    char text[80];
    size_t at = sizeof text;
    double value;
    if (sum.state != TSL__DECIMAL_OK) {
        return NAN;
    }
    __int128 left = sum.units < 0 ? -sum.units : sum.units;
    for (int digit = 0; left > 0 || digit <= sum.places; digit++) {
        if (digit == sum.places && digit > 0) {
            text[--at] = '.';
        }
        text[--at] = (char)('0' + (int)(left % 10));
        left /= 10;
    }
    if (sum.units < 0) {
        text[--at] = '-';
    }
    return tsl__cell_number((tsl__span){text + at, sizeof text - at}, &value) == 0 ? value : NAN;
}
