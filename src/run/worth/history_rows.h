/* history_rows.h: histories of customers as rows of a CSV file: x, t_x, T, and perhaps mean spend, weight, what came
 * after, and id. */
#ifndef TSL_RUN_WORTH_HISTORY_ROWS_H
#define TSL_RUN_WORTH_HISTORY_ROWS_H

#include <tesela/run.h>

typedef enum tsl__history_cell {
    TSL__CELL_X,
    TSL__CELL_TX,
    TSL__CELL_T,
    TSL__CELL_SPEND,
    TSL__CELL_WEIGHT,
    TSL__CELL_AFTER, /* purchases in the period after T */
    TSL__HISTORY_CELLS
} tsl__history_cell;

typedef struct tsl__history_rows {
    size_t count;
    double *cell[TSL__HISTORY_CELLS]; /* count each; NULL: there is no such column */
    char **id;                        /* count; NULL: there is none */
} tsl__history_rows;

/* Times are in units of so many days, whatever unit the names of their columns say. after: 1: what came after is
 * needed; 0: it is not read. opportunities: 1: times count them (BG/BB). TSL_E_INPUT with the place. Freed also after a
 * failure. */
TSL_FALLIBLE tsl_status tsl__history_rows_read(const tsl_source *source, const tsl_data_options *opt, double unit,
                                               int after, int opportunities, tsl__history_rows *out, tsl_error *err);
void tsl__history_rows_free(tsl__history_rows *rows);

#endif
