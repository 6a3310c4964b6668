/* value_order.c: the values that customers have in a feature, in order: how far one lies from another, and which
 * is the next that will do. */
#include "label/moves/moves.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__value_order_get(const tsl__mover *mover, size_t feature, const tsl__value_order **out, tsl_error *err)
{
    const tsl_features *features = mover->features;
    tsl__value_order *order = &mover->order[feature];
    tsl_status status = TSL_OK;
    double *value = NULL, *scratch = NULL;
    *out = order;
    if (order->sorted) {
        return TSL_OK;
    }
    TSL__NEED(value = tsl__alloc(features->customers, sizeof *value));
    TSL__NEED(scratch = tsl__alloc(features->customers, sizeof *scratch));
    order->count = 0;
    for (size_t i = 0; i < features->customers; i++) {
        const double x = features->x[i * features->feature_count + feature];
        if (!isnan(x)) {
            value[order->count++] = x;
        }
    }
    tsl__sort(value, scratch, order->count);
    order->sorted = value;
    value = NULL;
done:
    free(value);
    free(scratch);
    return status;
}

/* Twice the mid-rank: the values below, and half of those that are the same. */
static double get_rank(const tsl__value_order *order, double x)
{
    return (double)(tsl__sorted_below(order->sorted, order->count, x) +
                    tsl__sorted_up_to(order->sorted, order->count, x)) /
           2;
}

double tsl__value_order_shift(const tsl__value_order *order, double from, double to)
{
    return order->count ? fabs(get_rank(order, to) - get_rank(order, from)) / (double)order->count : 1;
}

double tsl__value_order_find(const tsl__value_order *order, double x, double low, double high, int closed)
{
    const size_t begin = closed ? tsl__sorted_below(order->sorted, order->count, low)
                                : tsl__sorted_up_to(order->sorted, order->count, low);
    const size_t end = tsl__sorted_up_to(order->sorted, order->count, high);
    if (!(low < high || (closed && low == high)) || order->count == 0) {
        return (double)NAN;
    }
    if (begin < end) {
        return x > high ? order->sorted[end - 1] : order->sorted[begin];
    }
    const double nearest = x > high ? high : closed ? low : nextafter(low, (double)INFINITY);
    return nearest >= order->sorted[0] && nearest <= order->sorted[order->count - 1] ? nearest : (double)NAN;
}
