/* parallel.h: fixed blocks of rows, threads, throttled progress, clock. */
#ifndef TSL_BASE_PARALLEL_H
#define TSL_BASE_PARALLEL_H

#include <tesela/base.h>

/* Rows are split into blocks that depend on the row count alone; partial sums
 * are kept a block and combined in block order. */
#define TSL__BLOCK_ROWS 4096
size_t tsl__block_count(size_t rows);
void tsl__block_get(size_t rows, size_t block, size_t *begin, size_t *end);

/* What a call is carried out with: `given` (NULL: the defaults) checked, with
 * the number of threads that can be had, so that no parallel region of that
 * many, or of one, can fail (a team of another size can). TSL_E_OPTION. */
TSL_FALLIBLE tsl_status tsl__exec_open(const tsl_exec *given, tsl_exec *exec, tsl_error *err);

/* Where memory is limited: TSL_E_NOMEM, with the limit, what it is for (a format) and how much that takes, unless so
 * many bytes can be had besides what the process holds now. */
TSL_FALLIBLE tsl_status tsl__memory_check(const tsl_exec *exec, size_t more, tsl_error *err, const char *what, ...)
    __attribute__((format(printf, 4, 5)));

/* All of exec's threads where each can have so many bytes, or there is no limit; else one. */
int tsl__memory_get_threads(const tsl_exec *exec, size_t each);

double tsl__clock(void); /* seconds, monotonic */

/* Looks at exec->stop, and calls exec->report at most twenty times a second;
 * TSL_E_CANCELLED (with a message) where one of them asks to stop. */
typedef struct tsl__ticker {
    int (*report)(void *user, const tsl_progress_event *event);
    void *user;
    const volatile int *stop;
    double last;
} tsl__ticker;
tsl__ticker tsl__ticker_open(const tsl_exec *exec);
TSL_FALLIBLE tsl_status tsl__tick(tsl__ticker *ticker, const tsl_progress_event *event, tsl_error *err);

#endif
