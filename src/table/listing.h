/* listing.h: a short file that a person wrote, or a program for him (places, strategies, segments of a map, histories):
 * a column is found by its name, and every row counts; what is no row, or a cell that says nothing, is an error that
 * says where. */
#ifndef TSL_TABLE_LISTING_H
#define TSL_TABLE_LISTING_H

#include "base/parallel.h"
#include "table/source/csv.h"

enum { TSL__LISTING_COLUMNS = 8 }; /* that one may have, at most */

typedef struct tsl__listing {
    const char *file; /* what messages call it */
    tsl__csv *csv;
    const char *const *names; /* one a field */
    size_t fields;
} tsl__listing;

typedef struct tsl__listing_column {
    const char *name;
    const char
        *what; /* says what it tells, "which scores of recency": there is none without it; NULL: it may be left out */
} tsl__listing_column;

typedef tsl_status (*tsl__listing_take)(void *to, const tsl__record *record, tsl_error *err);

/* what: what messages call a file without a path. Closed also after a failure. */
TSL_FALLIBLE tsl_status tsl__listing_open(const tsl__csv_options *opt, const char *what, tsl__listing *out,
                                          tsl_error *err);
void tsl__listing_close(tsl__listing *listing);

/* Where the column stands; `fields`: nowhere. */
size_t tsl__listing_find(const tsl__listing *listing, const char *name);
/* The same of one that must be there. */
TSL_FALLIBLE tsl_status tsl__listing_need(const tsl__listing *listing, const tsl__listing_column *column, size_t *field,
                                          tsl_error *err);
/* The same of all columns that it may have, in letters of either case, each once: where another one is an error. */
TSL_FALLIBLE tsl_status tsl__listing_match(const tsl__listing *listing, const tsl__listing_column *column, size_t count,
                                           size_t *field, tsl_error *err);

/* Gives every row, of all fields, to `take`. */
TSL_FALLIBLE tsl_status tsl__listing_read(const tsl__listing *listing, tsl__listing_take take, void *to,
                                          tsl_error *err);
/* Tells how far reading is, every 4,096 rows. */
TSL_FALLIBLE tsl_status tsl__listing_tick(const tsl__listing *listing, const char *stage, size_t rows,
                                          tsl__ticker *ticker, tsl_error *err);
/* TSL_E_INPUT: file, line, column, and that what stands there is wrong: "is no code". */
TSL_FALLIBLE tsl_status tsl__listing_fail(const tsl__listing *listing, const tsl__record *record, size_t field,
                                          const char *what, tsl_error *err);

#endif
