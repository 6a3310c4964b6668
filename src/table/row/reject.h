/*
 * reject.h: rows that cannot be used: counted by kind, told to the sink, the
 * first few kept for the message that refuses a table with too many.
 */
#ifndef TSL_TABLE_REJECT_H
#define TSL_TABLE_REJECT_H

#include <tesela/table.h>

#include "table/cell/parse_number.h"

#define TSL__REJECT_EXAMPLES 3
#define TSL__REJECT_TEXT_BYTES 201 /* of the text that is shown of a row or cell */

/* Where a row stands. */
typedef struct tsl__row_place {
    const char *file;
    uint64_t line;
} tsl__row_place;

typedef struct tsl__rejects {
    const tsl_reject_sink *sink; /* may be NULL */
    uint64_t by[TSL_REJECT_KINDS];
    uint64_t total;
    tsl__row_place first[TSL_REJECT_KINDS]; /* of each kind, as they are told */
    char *example[TSL__REJECT_EXAMPLES];    /* of the kinds that count towards the limit */
    size_t examples;
} tsl__rejects;

/* Where a row stands; column "" means the whole row. */
typedef struct tsl__cell_place {
    const char *file;
    uint64_t line;
    const char *column;
} tsl__cell_place;

/* Takes one row out. Anything but TSL_OK came from the sink or from memory. */
TSL_FALLIBLE tsl_status tsl__reject_add(tsl__rejects *rejects, tsl_reject_kind kind, const tsl__cell_place *place,
                                        tsl__span text, tsl_error *err, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* So many rows that the table's condition leaves out, which no sink is told of. */
void tsl__reject_filtered(tsl__rejects *rejects, uint64_t rows);
void tsl__rejects_free(tsl__rejects *rejects);

/* TSL_E_INPUT where bad_cell, ragged and encoding rejects exceed the share `most` of the rows read, but for
 * those that are filtered. */
TSL_FALLIBLE tsl_status tsl__rejects_check(const tsl__rejects *rejects, const char *table, uint64_t read, double most,
                                           tsl_error *err);
/* "12 bad_cell, 3 ragged" into out; "none" where there is none. */
char *tsl__rejects_describe(const tsl__rejects *rejects, char *out, size_t size);

#endif
