/*
 * reject.h: rows that cannot be used: counted by kind, told to the sink, the
 * first few kept for the message that refuses a table with too many.
 */
#ifndef TSL_TABLE_REJECT_H
#define TSL_TABLE_REJECT_H

#include <tesela/table.h>

#include "base/notes.h"
#include "table/cell/parse_number.h"

#define TSL__REJECT_EXAMPLES 3
#define TSL__REJECT_TEXT_BYTES 201 /* of the text that is shown of a row or cell */

typedef struct tsl__rejects {
    const tsl_reject_sink *sink; /* may be NULL */
    int hides;                   /* 1: no cell of a row is told, as it may name somebody */
    uint64_t by[TSL_REJECT_KINDS];
    uint64_t total;
    char *example[TSL__REJECT_EXAMPLES]; /* of the kinds that count towards the limit */
    size_t examples;
    tsl__found *first[TSL_REJECT_KINDS]; /* the first ones of each kind; NULL: there is none */
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
/* So many rows that are left out as it was asked for, which no sink is told of. */
void tsl__reject_untold(tsl__rejects *rejects, tsl_reject_kind kind, uint64_t rows);
/* What a kind of rejects is as a finding; TSL_FINDING_NONE of those that were asked for. */
tsl_finding_kind tsl__reject_get_finding(tsl_reject_kind kind);
void tsl__rejects_free(tsl__rejects *rejects);

/* TSL_E_INPUT where bad_cell, ragged and encoding rejects exceed the share `most` of the rows read, but for
 * those that were to be left out. */
TSL_FALLIBLE tsl_status tsl__rejects_check(const tsl__rejects *rejects, const char *table, uint64_t read, double most,
                                           tsl_error *err);
/* "12 bad_cell, 3 ragged" into out; "none" where there is none. */
char *tsl__rejects_describe(const tsl__rejects *rejects, char *out, size_t size);

#endif
