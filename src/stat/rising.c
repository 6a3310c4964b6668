/* rising.c: the rising numbers nearest to some, by pooling neighbours that fall. */
#include "stat/rising.h"

/* Numbers from begin on stand for one, of this mean and weight; those before it rise already. */
static size_t find_pool(const double *y, const double *weight, size_t at, double *mean, double *sum)
{
    size_t begin = at;
    *mean = y[at];
    *sum = weight[at];
    while (begin > 0 && y[begin - 1] > *mean) {
        begin--;
        *mean = (*mean * *sum + y[begin] * weight[begin]) / (*sum + weight[begin]);
        *sum += weight[begin];
    }
    return begin;
}

void tsl__rising_fit(double *y, const double *weight, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double mean, sum;
        for (size_t at = find_pool(y, weight, i, &mean, &sum); at <= i; at++) {
            y[at] = mean;
        }
    }
}
