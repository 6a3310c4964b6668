/* parallel.c: fixed blocks of rows, threads, throttled progress, clock. */
#include "base/parallel.h"

#include "base/error.h"

#include <sched.h>
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
    int quota = quota_processors();
    if (quota > 0 && quota < count) {
        count = quota;
    }
    return count > 0 ? count : 1;
}

tsl_status tsl__threads_resolve(int option, int *threads, tsl_error *err)
{
    if (option < 0 || option > 4096) {
        return tsl__error_set(err, TSL_E_OPTION, "threads: %d is outside 0 to 4096", option);
    }
    *threads = option ? option : tsl_threads_get();
    return TSL_OK;
}

double tsl__clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

tsl_status tsl__tick(tsl__ticker *ticker, const tsl_progress_event *event, tsl_error *err)
{
    if (!ticker->progress || !ticker->progress->report) {
        return TSL_OK;
    }
    double now = tsl__clock();
    if (now - ticker->last < 0.05) {
        return TSL_OK;
    }
    ticker->last = now;
    if (ticker->progress->report(ticker->progress->user, event) != 0) {
        return tsl__error_set(err, TSL_E_CANCELLED, "interrupted");
    }
    return TSL_OK;
}
