/* total.c: sums of values, exact where they are money. */
#include "label/internal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

void tsl__total_add(tsl__total *total, double value)
{
    if (isnan(value)) {
        total->unknown++;
    } else {
        total->known++;
        total->exact += (__int128)llround(value * (double)TSL_DECIMAL_ONE);
        total->sum += value;
    }
}

double tsl__total_get(const tsl__total *total, int money)
{
    if (total->unknown && !total->known) {
        return NAN;
    }
    return money ? (double)total->exact / (double)TSL_DECIMAL_ONE : total->sum;
}

int tsl__value_is_money(const tsl_labels *labels)
{
    size_t f = labels->value_name ? tsl_features_get_index(labels->features, labels->value_name) : SIZE_MAX;
    return f < labels->features->feature_count && strcmp(labels->features->feature[f].unit, "currency") == 0;
}
