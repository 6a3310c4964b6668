/* future.c: the last period of a fit held out: the same segmentation is made of what lay
 * before it, and judged by what came after. docs/methods/next-period.md. */
#include "run/next/future.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"
#include "run/next/forecast.h"
#include "run/next/foretold.h"
#include "run/next/held_out.h"
#include "run/next/next.h"
#include "run/next/then.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The period ---------------------------------------------------------------- */

/* 1 where there is as much before the cut as after it; else a note says so. */
static tsl_status check_history(const tsl_run *run, int days, tsl_next *next, int *enough, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *lack = NULL;
    TSL__TRY(tsl__held_out_check_history(run, days, &lack, err));
    *enough = !lack;
    if (lack) {
        TSL__TRY(tsl__notes_add(&next->notes, "no period is held out to see what comes next: that %s", lack));
    }
done:
    free(lack);
    return status;
}

/* ---- The segmentation at the cut ----------------------------------------------------- */

/* Typical places give the same segments of any month, which their codes match: these are fitted again to what lay
 * before the cut. Other clusters of another month are others, and those of an earlier run may know of the period:
 * theirs are the model's as it is. */
static int is_refitted(const tsl_run *run)
{
    return run->model->sweep->placed > 0 && !run->previous;
}

static tsl_status build_features(const tsl_run *run, int32_t cut, tsl_run *then, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__held_out_build_features(run, cut, then->given ? then->given->recipe : NULL, &then->exec,
                                          &then->features, err));
    if (run->opt.weight && !then->given) {
        TSL__TRY(tsl_features_fit_weight(then->features, run->opt.weight, err));
    }
done:
    return status;
}

/* What the rule alone calls a segment: by its code, or else by its number. */
static tsl_status set_names(const tsl_model *model, tsl_next *next, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int s = 0; s < next->k; s++) {
        const char *code = model->code ? model->code[s] : "";
        TSL__NEED(next->segment[s].name = *code ? tsl__strdup(code) : tsl__format("S%d", s + 1));
    }
done:
    return status;
}

/* ---- All of it ------------------------------------------------------------------------------ */

/* With segments and figures, or a note that says why there are none. */
static tsl_status measure(const tsl_run *run, tsl_run *then, tsl_error *err)
{
    tsl_status status = TSL_OK;
    unsigned char *buyer = NULL;
    uint64_t buyers = 0;
    tsl_next *next = NULL;
    TSL__TRY(tsl__next_get_buyers(then->features, &buyer, &buyers, err));
    if (buyers < TSL__HELD_OUT_BUYERS) {
        TSL__TRY(tsl__notes_add(&then->next->notes,
                                "no period is held out to see what comes next: %" PRIu64
                                " customers had bought before it, and %d are needed",
                                buyers, TSL__HELD_OUT_BUYERS));
        goto done;
    }
    TSL__TRY(tsl__run_build_clusters(then, err));
    const tsl_model *model = tsl_run_get_model(then);
    const tsl__next_input input = {.features = then->features,
                                   .transactions = run->table[TSL_TRANSACTIONS],
                                   .segment = tsl_run_get_assignment(then)->label,
                                   .k = tsl_model_get_groups(model),
                                   .buyer = buyer,
                                   .until = run->features->as_of,
                                   .exec = &then->exec};
    TSL__TRY(tsl__next_open(input.k, &next, err));
    TSL__TRY(tsl__next_measure(&input, next, err));
    TSL__TRY(tsl__forecast_build(&input, next, err));
    TSL__TRY(tsl__foretold_build(&input, then->given != NULL, next, err));
    TSL__TRY(set_names(model, next, err));
    next->refitted = !then->given;
    tsl_next_free(then->next);
    then->next = next;
    next = NULL;
done:
    tsl_next_free(next);
    free(buyer);
    return status;
}

/* What does not go at the cut (customers who are all alike, a column that nobody had a value in) says nothing against
 * the run itself. */
static tsl_status pardon(tsl_next *next, tsl_status status, tsl_error *err)
{
    if (status != TSL_E_INPUT && status != TSL_E_OPTION) {
        return status;
    }
    tsl_error why = *err;
    tsl__error_reset(err);
    return tsl__notes_put(&next->notes, err, "no period is held out to see what comes next, as before it: %s",
                          why.message);
}

tsl_status tsl__run_build_future(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_run then;
    tsl_segmentation delivered;
    tsl_error why = {0};
    int enough = 0;
    const int days = tsl__held_out_get_days(run);
    const double begun = tsl__clock();
    tsl_run_get_segmentation(run, &delivered);
    tsl__then_open(run, is_refitted(run) ? NULL : &delivered, &then);
    TSL__TRY(tsl__next_open(0, &then.next, err));
    TSL__TRY(check_history(run, days, then.next, &enough, err));
    if (enough) {
        TSL__TRY(tsl__run_stage(run, "future", err));
        status = build_features(run, run->features->as_of - days, &then, &why);
        status = status == TSL_OK ? measure(run, &then, &why) : status;
        status = status == TSL_OK ? status : pardon(then.next, status, &why);
        TSL__TRY(status == TSL_OK ? status : tsl__error_set(err, status, "%s", why.message));
        tsl_features_free(then.features);
        then.features = NULL;
    }
    then.next->seconds = tsl__clock() - begun;
    run->next = then.next;
    then.next = NULL;
done:
    tsl__then_close(&then);
    return status;
}
