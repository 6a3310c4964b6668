/* parallel.h: fixed blocks of rows, threads, throttled progress, clock. */
#ifndef TSL_BASE_PARALLEL_H
#define TSL_BASE_PARALLEL_H

#include <tesela/base.h>

/* Rows are split into blocks that depend on the row count alone; partial sums
 * are kept a block and combined in block order. */
#define TSL__BLOCK_ROWS 4096
size_t tsl__block_count(size_t rows);
void tsl__block_get(size_t rows, size_t block, size_t *begin, size_t *end);

/* The thread count that an option means: itself, or tsl_threads_get() for 0.
 * Negative or over 4096: TSL_E_OPTION. */
tsl_status tsl__threads_resolve(int option, int *threads, tsl_error *err);

double tsl__clock(void); /* seconds, monotonic */

/* Calls progress->report at most twenty times a second; TSL_E_CANCELLED (with
 * a message) when it asks to stop. progress may be NULL. */
typedef struct tsl__ticker {
    const tsl_progress *progress;
    double last;
} tsl__ticker;
tsl_status tsl__tick(tsl__ticker *ticker, const tsl_progress_event *event, tsl_error *err);

#endif
