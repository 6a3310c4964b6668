/* repeated.c: sweeps of k-means as parts of one call. */
#include "model/quality/repeated.h"

#include "base/options.h"

static int relay(void *user, const tsl_progress_event *event)
{
    const tsl__repeated *repeated = user;
    tsl_progress_event whole = *event;
    const double part = event->fraction > 0 ? event->fraction : 0;
    whole.stage = repeated->stage;
    whole.fraction = ((double)repeated->done + part) / (double)repeated->total;
    return repeated->given.report ? repeated->given.report(repeated->given.user, &whole) : 0;
}

tsl_status tsl__repeated_fit(tsl__repeated *repeated, const tsl_matrix *x, const double *weight, int k_max,
                             int restarts, uint64_t seed, tsl_sweep **out, tsl_error *err)
{
    tsl_kmeans_options opt;
    tsl_exec exec = repeated->given;
    exec.threads = 1; /* so few rows that threads would wait for each other */
    exec.report = relay;
    exec.user = repeated;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k_min = 1;
    opt.k_max = k_max;
    opt.restarts = restarts;
    opt.seed = seed;
    opt.silhouette_rows = 0;
    tsl_status status = tsl_kmeans_fit(x, weight, NULL, &opt, &exec, out, err);
    repeated->done++;
    return status;
}
