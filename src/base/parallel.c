/* parallel.c: fixed blocks of rows, threads, throttled progress, clock. */
#include "base/parallel.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"

#include <omp.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

size_t tsl__block_count(size_t rows)
{
    return (rows + TSL__BLOCK_ROWS - 1) / TSL__BLOCK_ROWS;
}

void tsl__block_get(size_t rows, size_t block, size_t *begin, size_t *end)
{
    *begin = block * TSL__BLOCK_ROWS;
    *end = rows - *begin < TSL__BLOCK_ROWS ? rows : *begin + TSL__BLOCK_ROWS;
}

/* Whole processors of the cgroup v2 quota ("max 100000" or "150000 100000"), 0 where there is none. */
static int quota_processors(void)
{
    char line[64] = "";
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    if (file) {
        if (!fgets(line, sizeof line, file)) {
            line[0] = '\0';
        }
        fclose(file);
    }
    char *end;
    long quota = strtol(line, &end, 10);
    long period = end != line ? strtol(end, NULL, 10) : 0;
    return quota > 0 && period > 0 ? (int)((quota + period - 1) / period) : 0;
}

int tsl_threads_get(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)sysconf(_SC_NPROCESSORS_ONLN);
    int quota = quota_processors(), wanted = omp_get_max_threads(); /* OMP_NUM_THREADS, which OpenMP reads */
    if (quota > 0 && quota < count) {
        count = quota;
    }
    if (wanted < count) {
        count = wanted;
    }
    return count > 0 ? count : 1;
}

/* ---- Threads that can be had --------------------------------------------- */

static void *wait_for_all(void *barrier)
{
    pthread_mutex_lock(barrier);
    pthread_mutex_unlock(barrier);
    return NULL;
}

/* How many of so many threads the system gives at once, the caller included. */
static int try_threads(int threads)
{
    pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *thread = tsl__alloc((size_t)threads, sizeof *thread);
    int had = 1;
    pthread_mutex_lock(&all);
    while (thread && had < threads && pthread_create(&thread[had], NULL, wait_for_all, &all) == 0) {
        had++;
    }
    pthread_mutex_unlock(&all);
    for (int i = 1; i < had; i++) {
        pthread_join(thread[i], NULL);
    }
    free(thread);
    return had;
}

/* OpenMP ends the process where a thread cannot be had. So they are tried
 * before, and then at once taken into its pool, which is one a calling thread.
 * A child of fork() has none of its parent's pool, and waits for it for ever. */
static int get_threads(int threads)
{
    static atomic_int owner; /* the process that has used threads */
    static _Thread_local int pool = 1;
    int process = (int)getpid(), none = 0;
    if (threads < 2) {
        return 1;
    }
    if (!atomic_compare_exchange_strong(&owner, &none, process) && none != process) {
        return 1;
    }
    if (threads > pool) {
        threads = try_threads(threads);
        int had = 1;
#pragma omp parallel num_threads(threads)
#pragma omp single
        had = omp_get_num_threads();
        pool = had;
        threads = had;
    }
    return threads;
}

void tsl_exec_defaults(tsl_exec *exec, size_t size)
{
    const tsl_exec full = {.size = sizeof full};
    tsl__options_give(exec, size, &full, sizeof full);
}

static tsl_status take_exec(const tsl_exec *given, tsl_exec *exec, tsl_error *err)
{
    tsl_exec_defaults(exec, sizeof *exec);
    tsl_status status = tsl__options_take("exec", exec, sizeof *exec, given, err);
    if (status == TSL_OK && (exec->threads < 0 || exec->threads > 4096)) {
        status = tsl__error_set(err, TSL_E_OPTION, "threads: %d is outside 0 to 4096", exec->threads);
    }
    return status;
}

tsl_status tsl_exec_check(const tsl_exec *exec, tsl_error *err)
{
    tsl_exec full;
    tsl__error_reset(err);
    return take_exec(exec, &full, err);
}

tsl_status tsl__exec_open(const tsl_exec *given, tsl_exec *exec, tsl_error *err)
{
    tsl_status status = take_exec(given, exec, err);
    if (status == TSL_OK) {
        exec->threads = get_threads(exec->threads ? exec->threads : tsl_threads_get());
    }
    return status;
}

tsl_status tsl__threads_resolve(int option, int *threads, tsl_error *err)
{
    tsl_exec exec, given = {.size = sizeof given, .threads = option};
    tsl_status status = tsl__exec_open(&given, &exec, err);
    *threads = status == TSL_OK ? exec.threads : 1;
    return status;
}

double tsl__clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

tsl__ticker tsl__ticker_open(const tsl_exec *exec)
{
    return (tsl__ticker){exec->report, exec->user, exec->stop, 0};
}

tsl__ticker tsl__ticker_of(const tsl_progress *progress)
{
    return progress ? (tsl__ticker){.report = progress->report, .user = progress->user} : (tsl__ticker){0};
}

tsl_status tsl__tick(tsl__ticker *ticker, const tsl_progress_event *event, tsl_error *err)
{
    double now = ticker->report ? tsl__clock() : 0;
    int stop = ticker->stop && *ticker->stop;
    if (!stop && ticker->report && now - ticker->last >= 0.05) {
        ticker->last = now;
        stop = ticker->report(ticker->user, event);
    }
    return stop ? tsl__error_set(err, TSL_E_CANCELLED, "interrupted") : TSL_OK;
}
