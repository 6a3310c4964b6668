/* target_period.c: a target that is what customers spent after a cut, with the features as they were at it: nothing of
 * the period is in them. docs/methods/tree-segments.md. */
#include "run/target/target_period.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "run/next/held_out.h"
#include "run/next/next.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static tsl_status check_history(const tsl_run *run, int days, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *lack = NULL;
    TSL__TRY(tsl__held_out_check_history(run, days, &lack, err));
    if (lack) {
        status = tsl__error_set(err, TSL_E_INPUT, "target: next %s; %s", lack,
                                tsl__held_out_get_span(run) > 1 ? "a shorter period (holdout) or more history would do"
                                                                : "more history would do");
    }
done:
    free(lack);
    return status;
}

static tsl_status read_value(const tsl_run *run, const tsl_features *then, double **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    unsigned char *buyer = NULL;
    double *value = NULL;
    uint64_t buyers = 0;
    char cut[11];
    tsl_day_write(then->as_of, cut);
    TSL__TRY(tsl__next_get_buyers(then, &buyer, &buyers, err));
    if (buyers < TSL__HELD_OUT_BUYERS) {
        status = tsl__error_set(err, TSL_E_INPUT,
                                "target: next takes %d customers who had bought before %s, and there are %" PRIu64
                                "; a shorter period (holdout) or more history would do",
                                TSL__HELD_OUT_BUYERS, cut, buyers);
        goto done;
    }
    const tsl__next_input input = {.features = then,
                                   .transactions = run->table[TSL_TRANSACTIONS],
                                   .buyer = buyer,
                                   .until = run->features->as_of,
                                   .exec = &run->exec};
    TSL__TRY(tsl__next_get_value(&input, &value, err));
    for (size_t i = 0; i < then->customers; i++) {
        value[i] = buyer[i] ? value[i] : (double)NAN;
    }
    *out = value;
    value = NULL;
done:
    free(buyer);
    free(value);
    return status;
}

tsl_status tsl__target_period_open(tsl_run *run, tsl_estimates *estimates, tsl_features **then, double **value,
                                   tsl_error *err)
{
    const int days = tsl__held_out_get_days(run);
    tsl_exec exec = run->exec;
    tsl_status status = TSL_OK;
    exec.report = NULL;
    TSL__TRY(check_history(run, days, err));
    estimates->until = run->features->as_of;
    estimates->cut = run->features->as_of - days;
    estimates->days = days;
    status = tsl__held_out_build_features(run, estimates->cut, NULL, &exec, then, err);
    TSL__TRY(status == TSL_OK ? TSL_OK : tsl__error_prefix(err, status, "target: next: before the cut"));
    TSL__TRY(read_value(run, *then, value, err));
done:
    return status;
}
