/* foretold.c: purchases that were foretold at a cut, judged by those that came. docs/methods/value.md. */
#include "run/next/foretold.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

static void set_unknown(tsl_holdout *out)
{
    *out = (tsl_holdout){.expected = NAN,
                         .actual = NAN,
                         .mae = NAN,
                         .rmse = NAN,
                         .bias = NAN,
                         .gini = NAN,
                         .top_share = NAN,
                         .best_top_share = NAN};
    for (int c = 0; c < TSL_HOLDOUT_CLASSES; c++) {
        out->by_frequency[c] = (tsl_holdout_class){0, NAN, NAN};
    }
}

tsl_status tsl__foretold_judge(const tsl__foretold_input *in, const double *expected, tsl_holdout *out, tsl_error *err)
{
    const tsl_holdout_input judged = {.count = in->histories.count,
                                      .expected = expected,
                                      .actual = in->came,
                                      .weight = in->histories.weight,
                                      .x = in->histories.x};
    return tsl_holdout_build(&judged, out, err);
}

tsl_status tsl__foretold_measure(const tsl__foretold_input *in, const tsl_purchase_model *model, tsl_holdout *out,
                                 tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *expected = NULL;
    set_unknown(out);
    if (in->histories.count == 0 || (model && model->verdict == TSL_FIT_EMPTY)) {
        return TSL_OK;
    }
    TSL__NEED(expected = tsl__alloc(in->histories.count, sizeof *expected));
    const tsl_forecast forecast = {.horizon = in->horizon, .purchases = expected};
    if (model) {
        TSL__TRY(tsl_purchase_model_predict(model, &in->histories, in->exec, &forecast, err));
    } else {
        tsl_histories_predict(&in->histories, in->horizon, expected);
    }
    TSL__TRY(tsl__foretold_judge(in, expected, out, err));
done:
    free(expected);
    return status;
}
