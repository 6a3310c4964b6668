/* held_out.c: the last days of the data, held out: how many, and the features as they were before them.
 * docs/methods/next-period.md. */
#include "run/next/held_out.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "feature/features.h"

#include <math.h>
#include <string.h>

#define USUAL_DAYS 90 /* the period, where customers come back sooner than that */

int tsl__held_out_get_days(const tsl_run *run)
{
    const double gap = run->features->recipe->gap_days;
    return run->opt.holdout_days != TSL_HOLDOUT_USUAL ? run->opt.holdout_days
           : gap > USUAL_DAYS                         ? (int)ceil(gap)
                                                      : USUAL_DAYS;
}

int tsl__held_out_get_span(const tsl_run *run)
{
    const int64_t first = tsl_table_get_info(run->table[TSL_TRANSACTIONS])->first_time;
    return run->features->as_of - tsl__time_day(first);
}

tsl_status tsl__held_out_check_history(const tsl_run *run, int days, char **lack, tsl_error *err)
{
    const int there = tsl__held_out_get_span(run);
    const int32_t last = tsl__time_day(tsl_table_get_info(run->table[TSL_TRANSACTIONS])->last_time);
    tsl_status status = TSL_OK;
    *lack = NULL;
    if (there < 2 * (int64_t)days) {
        TSL__NEED(*lack = tsl__format("takes %d day%s of history before its %d day%s, and the data span %d "
                                      "day%s in all",
                                      days, days == 1 ? "" : "s", days, days == 1 ? "" : "s", there,
                                      there == 1 ? "" : "s"));
    } else if (strcmp(run->features->as_of_from, "interactions") == 0 && last < run->features->as_of - days) {
        /* they go on where the transactions have ended; a day that is given says that these have not */
        char day[11];
        tsl_day_write(last, day);
        TSL__NEED(*lack = tsl__format("takes a transaction in its %d day%s, and the last is of %s", days,
                                      days == 1 ? "" : "s", day));
    }
done:
    return status;
}

tsl_status tsl__held_out_build_features(const tsl_run *run, int32_t cut, const tsl_recipe *recipe, const tsl_exec *exec,
                                        tsl_features **out, tsl_error *err)
{
    const tsl_tables tables = {run->table[TSL_CUSTOMERS], run->table[TSL_TRANSACTIONS], run->table[TSL_INTERACTIONS],
                               cut, 1};
    return tsl__features_build_bare(&tables, recipe, &run->features_opt, exec, out, err);
}
