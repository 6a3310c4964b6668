/* csv_rows.h: a CSV file of many rows: put into words block by block by several
 * threads, written in their order. */
#ifndef TSL_OUTPUT_CSV_CSV_ROWS_H
#define TSL_OUTPUT_CSV_CSV_ROWS_H

#include <tesela/feature.h>

#include "base/text.h"

/* At most so many rows are put at once. */
#define TSL__CSV_ROWS 4096

typedef struct tsl__csv_rows {
    const char *head; /* the first line */
    /* Appends rows begin .. end - 1; for several threads at once. */
    void (*put)(const void *what, size_t begin, size_t end, tsl__text *out);
    const void *what; /* for put */
    size_t count;
} tsl__csv_rows;

/* The same bytes for any number of threads. TSL_E_CANCELLED, TSL_E_NOMEM, and what the target gives. */
TSL_FALLIBLE tsl_status tsl__csv_rows_write(const tsl__csv_rows *rows, const tsl_target *target, const tsl_exec *exec,
                                            tsl_error *err);

/* What the first column is called: customer_id; of plain numbers id, or row where they have none. */
const char *tsl__csv_get_id_name(const tsl_features *features);
/* A row's id, or, where that is NULL, its number. */
void tsl__csv_put_id(const char *id, size_t number, tsl__text *out);
const char *tsl__csv_get_id(const tsl_features *features, size_t row); /* NULL: none */

#endif
