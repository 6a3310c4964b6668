/* histories.c: which histories can be. */
#include "value/rows/histories.h"

#include <math.h>

#define MOST_PURCHASES 1e6

/* What is wrong with a history; NULL: nothing. */
static const char *find_fault(const tsl_histories *h, size_t i, int opportunities)
{
    const double x = h->x[i], t_x = h->t_x[i], t = h->t[i], weight = h->weight ? h->weight[i] : 1;
    const int is_whole = x == floor(x) && (!opportunities || (t == floor(t) && t_x == floor(t_x)));
    return !(x >= 0 && x <= MOST_PURCHASES && x == floor(x)) ? "x is no whole number from 0 to 1000000"
           : !(t >= 0 && isfinite(t))                        ? "t is no time from 0 on"
           : !(t_x >= 0 && t_x <= t)                         ? "t_x is not between 0 and t"
           : x == 0 && t_x != 0                              ? "t_x is not 0 where x is"
           : x > 0 && t_x == 0                               ? "t_x is not above 0 where x is"
           : !(weight > 0 && isfinite(weight))               ? "the weight is not above 0"
           : opportunities && t > TSL__OPPORTUNITIES_MOST    ? "t is more than 10000 opportunities"
           : !is_whole                                       ? "t_x and t are no whole numbers of opportunities"
           : opportunities && x > t_x                        ? "x is over t_x, the opportunities until the last taken"
                                                             : NULL;
}

tsl_status tsl__histories_check(const tsl_histories *histories, int opportunities, tsl_error *err)
{
    const tsl_histories *h = histories;
    for (size_t i = 0; i < h->count; i++) {
        const char *fault = find_fault(h, i, opportunities);
        if (fault) {
            return tsl__error_set(err, TSL_E_INPUT, "history %zu (x %g, t_x %g, t %g): %s", i + 1, h->x[i], h->t_x[i],
                                  h->t[i], fault);
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
