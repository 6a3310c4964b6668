/* distinct.h: the different rows among many, in the order of their columns, and how many there are of each. */
#ifndef TSL_VALUE_ROWS_DISTINCT_H
#define TSL_VALUE_ROWS_DISTINCT_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { TSL__DISTINCT_COLUMNS = 16 }; /* at most */

typedef struct tsl__distinct {
    size_t count;
    double *column[TSL__DISTINCT_COLUMNS], *weight; /* count; weight: of all that are alike */
    uint32_t *of;                                   /* one a row: which of them it is */
    double weights;                                 /* their sum */
} tsl__distinct;

/* n rows, fewer than 2^32, of `columns` columns without NaN, sorted by the first, then the second, and so on;
 * weight NULL: 1 each. The same bits for any number of threads. TSL_E_NOMEM. Cost: O(n). */
TSL_FALLIBLE tsl_status tsl__distinct_build(const double *const *column, int columns, const double *weight, size_t n,
                                            int threads, tsl__distinct *out, tsl_error *err);
/* All threads where so many rows are several blocks; else one. */
int tsl__distinct_get_threads(const tsl_exec *run, size_t rows);
/* The sum of a column by weight. */
double tsl__distinct_sum(const tsl__distinct *distinct, int column);
void tsl__distinct_free(tsl__distinct *distinct);

#endif
