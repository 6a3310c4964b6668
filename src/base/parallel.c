/* parallel.c: fixed blocks of rows, threads, throttled progress, clock. */
#include "base/parallel.h"

#include "base/alloc.h"
#include "base/cgroup.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"

#include <omp.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MOST_THREADS 4096
#define STACK_MORE ((size_t)1 << 18)

size_t tsl__block_count(size_t rows)
{
    return (rows + TSL__BLOCK_ROWS - 1) / TSL__BLOCK_ROWS;
}

void tsl__block_get(size_t rows, size_t block, size_t *begin, size_t *end)
{
    *begin = block * TSL__BLOCK_ROWS;
    *end = rows - *begin < TSL__BLOCK_ROWS ? rows : *begin + TSL__BLOCK_ROWS;
}

int tsl_threads_get(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)sysconf(_SC_NPROCESSORS_ONLN);
    int quota = tsl__cgroup_get_processors(""),
        wanted = omp_get_max_threads(); /* OMP_NUM_THREADS, which OpenMP reads */
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

/* How many of so many threads the system gives at once, the caller included.
 * Their stacks, which the C library keeps for the threads that come next, are
 * the least bit larger than usual, as some OpenMP's are. */
static int try_threads(int threads)
{
    pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *thread = tsl__alloc((size_t)threads, sizeof *thread);
    pthread_attr_t attributes;
    size_t stack;
    int had = 1;
    pthread_attr_init(&attributes);
    if (pthread_attr_getstacksize(&attributes, &stack) == 0) {
        pthread_attr_setstacksize(&attributes, stack + STACK_MORE);
    }
    pthread_mutex_lock(&all);
    while (thread && had < threads && pthread_create(&thread[had], &attributes, wait_for_all, &all) == 0) {
        had++;
    }
    pthread_mutex_unlock(&all);
    for (int i = 1; i < had; i++) {
        pthread_join(thread[i], NULL);
    }
    pthread_attr_destroy(&attributes);
    free(thread);
    return had;
}

/* ---- A child of fork() has none of its parent's threads, and OpenMP waits for them for ever ---- */

static atomic_int had_threads, lost_threads;

/* They may be the host's, from before the first call of this library. One thread
 * in the process is proof that there is no pool; where the system does not tell,
 * there is one. */
static void count_threads(void)
{
    struct stat threads;
    had_threads = stat("/proc/self/task", &threads) != 0 || threads.st_nlink != 3; /* ".", "..", and one a thread */
}

static void note_child(void)
{
    lost_threads = lost_threads || had_threads;
}

/* As soon as the program or library that holds this is loaded. */
__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(count_threads, NULL, note_child);
}

/* OpenMP ends the process where a thread cannot be had. So they are tried
 * before, and then at once taken into its pool, of which every calling thread
 * has its own. Where fewer can be had memory is short, and half of them leave
 * some to the work. A smaller team gives the others of the pool up: hence each
 * parallel region is of one thread, which leaves the pool alone, or of all. */
static int get_threads(int threads)
{
    static _Thread_local int pool = 1;
    if (threads < 2 || lost_threads) {
        return 1;
    }
    if (threads > pool) {
        int had = try_threads(threads + 1); /* one more, as OpenMP has needs of its own */
        threads = had > threads ? threads : had > 2 ? had / 2 : 1;
#pragma omp parallel num_threads(threads)
#pragma omp single
        had = omp_get_num_threads();
        threads = had;
    }
    pool = threads > 1 ? threads : pool;
    return threads;
}

int tsl_threads_open(int threads)
{
    return get_threads(threads > MOST_THREADS ? MOST_THREADS : threads > 0 ? threads : tsl_threads_get());
}

void tsl_exec_defaults(tsl_exec *exec, size_t size)
{
    const tsl_exec full = {.size = sizeof full};
    tsl__options_give(exec, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {TSL__RANGE(tsl_exec, threads, .high = MOST_THREADS)};

const tsl_option_range *tsl_exec_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_exec(const tsl_exec *given, tsl_exec *exec, tsl_error *err)
{
    tsl_exec_defaults(exec, sizeof *exec);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("exec", exec, sizeof *exec, given, err));
    TSL__TRY(tsl__options_check_ranges(exec, ranges, sizeof ranges / sizeof *ranges, err));
    if (exec->memory && exec->memory < TSL_MEMORY_LEAST) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "memory: %zu bytes are too few: at least 64M are needed, or 0 for no limit",
                              exec->memory);
    }
done:
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
        exec->threads = tsl_threads_open(exec->threads);
    }
    return status;
}

#define MEGABYTE ((size_t)1 << 20)

tsl_status tsl__memory_check(const tsl_exec *exec, size_t more, tsl_error *err, const char *what, ...)
{
    const size_t need = tsl__memory_get_held() + more, over = exec->memory / 20; /* 5 % */
    char text[160];
    va_list args;
    if (!exec->memory || need <= exec->memory + over) {
        return TSL_OK;
    }
    va_start(args, what);
    tsl__vprint(text, sizeof text, what, args);
    va_end(args);
    return tsl__error_set(err, TSL_E_NOMEM, "memory: %zuM are too little: %s need %zuM", exec->memory / MEGABYTE, text,
                          (need + MEGABYTE - 1) / MEGABYTE);
}

int tsl__memory_get_threads(const tsl_exec *exec, size_t each)
{
    const size_t held = exec->memory ? tsl__memory_get_held() : 0;
    return held + (size_t)exec->threads * each <= exec->memory || !exec->memory ? exec->threads : 1;
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
