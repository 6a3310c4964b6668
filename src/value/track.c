/* track.c: purchases as they add up from step to step of time, expected beside actual. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "value/rows/distinct.h"
#include "value/terms/likelihood.h"
#include "value/terms/residual.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

static tsl_status check_times(const double *time, const double *weight, size_t count, const char *what, tsl_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const double own = weight ? weight[i] : 1;
        if (!(time[i] >= 0 && isfinite(time[i])) || !(own > 0 && isfinite(own))) {
            return tsl__error_set(err, TSL_E_INPUT, "track: %s %zu (time %g, weight %g) cannot be", what, i + 1,
                                  time[i], own);
        }
    }
    return TSL_OK;
}

static tsl_status check_track(const tsl_purchase_model *model, const tsl_track *track, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (!tsl_purchase_kind_get_name(model->kind) || model->kind == TSL_BG_BB) {
        return tsl__error_set(err, TSL_E_OPTION, "track: there is none of this purchase model");
    }
    if (!(track->step > 0 && isfinite(track->step))) {
        return tsl__error_set(err, TSL_E_OPTION, "track: the step is %g, and must be a time above 0", track->step);
    }
    TSL__TRY(check_times(track->begin, track->weight, track->count, "customer", err));
    TSL__TRY(check_times(track->event, track->event_weight, track->events, "purchase", err));
done:
    return status;
}

/* Purchases expected by the end of a step of all who have begun by then: of each as of one who has just bought first.
 */
static double expect(const tsl__residual *new_one, double alive, const tsl__distinct *begins, double end)
{
    double sum = 0;
    for (size_t i = 0; i < begins->count && begins->column[0][i] < end; i++) {
        sum += begins->weight[i] * alive * tsl__residual_get(new_one, 0, end - begins->column[0][i]);
    }
    return sum;
}

static tsl_status fill_expected(const tsl_purchase_model *model, const tsl_track *track, int threads, double *expected,
                                tsl_error *err)
{
    const double *const begin[] = {track->begin};
    const tsl__history first = {0, 0, 0, NULL, NULL};
    tsl_status status = TSL_OK;
    tsl__distinct begins = {.count = 0};
    tsl__residual *new_one = NULL;
    double alive;
    const tsl__likelihood likelihood = tsl__likelihood_open(model->kind, model->parameter, NULL);
    TSL__NEED(new_one = tsl__alloc(1, sizeof *new_one));
    TSL__TRY(tsl__distinct_build(begin, 1, track->weight, track->count, threads, &begins, err));
    (void)tsl__likelihood_get_value(&likelihood, &first, &alive); /* by the MBG/NBD he can have left at once */
    tsl__residual_open(&likelihood, 0, new_one);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t k = 0; k < track->steps; k++) {
        expected[k] = expect(new_one, alive, &begins, (double)(k + 1) * track->step);
    }
done:
    tsl__distinct_free(&begins);
    free(new_one);
    return status;
}

/* The purchases before the end of each step. */
static void fill_actual(const tsl_track *track, double *actual)
{
    double sum = 0;
    for (size_t k = 0; k < track->steps; k++) {
        actual[k] = 0;
    }
    for (size_t i = 0; i < track->events; i++) {
        const double step = floor(track->event[i] / track->step);
        if (step < (double)track->steps) {
            actual[(size_t)step] += track->event_weight ? track->event_weight[i] : 1;
        }
    }
    for (size_t k = 0; k < track->steps; k++) {
        sum += actual[k];
        actual[k] = sum;
    }
}

tsl_status tsl_track_predict(const tsl_track *track, const tsl_purchase_model *model, const tsl_exec *exec,
                             double *expected, double *actual, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__TRY(check_track(model, track, err));
    fill_actual(track, actual);
    for (size_t k = 0; k < track->steps; k++) {
        expected[k] = NAN;
    }
    if (model->verdict != TSL_FIT_EMPTY) {
        TSL__TRY(fill_expected(model, track, run.threads, expected, err));
    }
done:
    return status;
}
