/* histories.c: which histories can be. */
#include "value/rows/histories.h"

#include <math.h>

#define MOST_PURCHASES 1e6

tsl__history_fault tsl__history_judge(double x, double t_x, double t, double weight, int opportunities)
{
    const int is_wrong[TSL__FAULTS] = {
        [TSL__FAULT_X] = !(x >= 0 && x <= MOST_PURCHASES && x == floor(x)),
        [TSL__FAULT_T] = !(t >= 0 && isfinite(t)),
        [TSL__FAULT_TX] = !(t_x >= 0 && t_x <= t),
        [TSL__FAULT_TX_WITHOUT] = x == 0 && t_x != 0,
        [TSL__FAULT_TX_NOUGHT] = x > 0 && t_x == 0, /* a later day is not at time 0 */
        [TSL__FAULT_WEIGHT] = !(weight > 0 && isfinite(weight)),
        [TSL__FAULT_T_MOST] = opportunities && t > TSL__OPPORTUNITIES_MOST,
        [TSL__FAULT_T_PART] = opportunities && t != floor(t),
        [TSL__FAULT_TX_PART] = opportunities && t_x != floor(t_x),
        [TSL__FAULT_X_MOST] = opportunities && x > t_x,
    };
    int fault = 0;
    while (fault < TSL__FAULTS && !is_wrong[fault]) {
        fault++;
    }
    return (tsl__history_fault)fault;
}

tsl_status tsl__histories_check(const tsl_histories *histories, int opportunities, tsl_error *err)
{
    static const char *const words[TSL__FAULTS] = {
        [TSL__FAULT_X] = "x is no whole number from 0 to 1000000",
        [TSL__FAULT_T] = "t is no time from 0 on",
        [TSL__FAULT_TX] = "t_x is not between 0 and t",
        [TSL__FAULT_TX_WITHOUT] = "t_x is not 0 where x is",
        [TSL__FAULT_TX_NOUGHT] = "t_x is not above 0 where x is",
        [TSL__FAULT_WEIGHT] = "the weight is not above 0",
        [TSL__FAULT_T_MOST] = "t is more than 10000 opportunities",
        [TSL__FAULT_T_PART] = "t_x and t are no whole numbers of opportunities",
        [TSL__FAULT_TX_PART] = "t_x and t are no whole numbers of opportunities",
        [TSL__FAULT_X_MOST] = "x is over t_x, the opportunities until the last taken",
    };
    const tsl_histories *h = histories;
    for (size_t i = 0; i < h->count; i++) {
        const tsl__history_fault fault =
            tsl__history_judge(h->x[i], h->t_x[i], h->t[i], h->weight ? h->weight[i] : 1, opportunities);
        if (fault != TSL__FAULTS) {
            return tsl__error_set(err, TSL_E_INPUT, "history %zu (x %g, t_x %g, t %g): %s", i + 1, h->x[i], h->t_x[i],
                                  h->t[i], words[fault]);
        }
    }
    return TSL_OK;
}

tsl_status tsl__histories_build(const tsl_histories *histories, int opportunities, int threads, tsl__distinct *out,
                                tsl_error *err)
{
    const tsl_histories *h = histories;
    const double *const column[] = {[TSL__HISTORY_X] = h->x, [TSL__HISTORY_T] = h->t, [TSL__HISTORY_T_X] = h->t_x};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__histories_check(h, opportunities, err));
    TSL__TRY(tsl__distinct_build(column, TSL__HISTORY_COLUMNS, h->weight, h->count, threads, out, err));
done:
    return status;
}

size_t tsl__histories_get_end(const tsl__distinct *distinct, size_t begin, size_t end)
{
    const double *x = distinct->column[TSL__HISTORY_X], *pattern = distinct->column[TSL__HISTORY_PATTERN];
    size_t i = begin + 1;
    while (i < end && x[i] == x[begin] && (!pattern || pattern[i] == pattern[begin])) {
        i++;
    }
    return i;
}

void tsl__histories_scale(tsl__distinct *distinct, double unit)
{
    for (size_t i = 0; i < distinct->count; i++) {
        distinct->column[TSL__HISTORY_T][i] /= unit;
        distinct->column[TSL__HISTORY_T_X][i] /= unit;
    }
}
