/* repeated.c: parts of one call that are alike, side by side. Each has few rows, on which
 * threads would wait for each other. */
#include "model/quality/repeated.h"

#include "base/error.h"
#include "base/options.h"

#include <math.h>
#include <omp.h>
#include <stdatomic.h>

typedef struct job {
    const tsl_exec *given;
    const char *stage;
    int count;
    atomic_int done;
    double told;     /* share of the whole that was told: a part may be of several fits */
    tsl_error error; /* of the lowest part that failed */
    int failed;      /* its number; `count`: none */
} job;

/* Progress of the part under way as a share of the whole. */
static int relay(void *user, const tsl_progress_event *event)
{
    job *j = user;
    tsl_progress_event whole = *event;
    const double part = event->fraction > 0 ? event->fraction : 0;
    whole.stage = j->stage;
    whole.fraction = fmin(1, fmax(j->told, ((double)atomic_load(&j->done) + part) / (double)j->count));
    j->told = whole.fraction;
    return j->given->report(j->given->user, &whole);
}

static void run_part(job *j, int number, tsl__repeated_part part, void *user)
{
    tsl_exec one = *j->given;
    tsl_error error = {.status = TSL_OK};
    int failed;
#pragma omp atomic read
    failed = j->failed;
    if (number > failed) {
        return;
    }
    one.threads = 1;
    one.report = one.report && omp_get_thread_num() == 0 ? relay : NULL;
    one.user = j;
    if (part(user, number, &one, &error) != TSL_OK) {
#pragma omp critical(tsl__repeated)
        if (number < j->failed) {
            j->error = error;
#pragma omp atomic write
            j->failed = number;
        }
    }
    atomic_fetch_add(&j->done, 1);
}

tsl_status tsl__repeated_run(const tsl_exec *exec, const char *stage, int count, tsl__repeated_part part, void *user,
                             tsl_error *err)
{
    job j = {.given = exec, .stage = stage, .count = count, .failed = count};
    const int team = exec->threads < count ? exec->threads : 1;
    atomic_init(&j.done, 0);
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
    for (int i = 0; i < count; i++) {
        run_part(&j, i, part, user);
    }
    return j.failed < count ? tsl__error_take(err, &j.error) : TSL_OK;
}

tsl_status tsl__repeated_fit(const tsl_exec *one, const tsl_matrix *x, const double *weight, int k_max, int restarts,
                             uint64_t seed, tsl_sweep **out, tsl_error *err)
{
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k_min = 1;
    opt.k_max = k_max;
    opt.restarts = restarts;
    opt.seed = seed;
    opt.silhouette_rows = 0;
    return tsl_kmeans_fit(x, weight, NULL, &opt, one, out, err);
}
