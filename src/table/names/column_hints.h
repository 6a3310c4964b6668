/* column_hints.h: what is said where a column is not there: which ones are, which comes near, and the way out. */
#ifndef TSL_TABLE_NAMES_COLUMN_HINTS_H
#define TSL_TABLE_NAMES_COLUMN_HINTS_H

#include <stddef.h>
#include <tesela/table.h>

#include "base/text.h"
#include "table/file_columns.h"

#define TSL__HINT_BYTES 400

/* For the end of a message: `; did you mean "Amount"?`, else `; the columns are: a, b, c`. Returns out. */
char *tsl__column_hint_put(const char *name, const char *const *names, size_t count, char out[TSL__HINT_BYTES]);

/* The header of a table in which roles that it must have are not recognised. */
typedef struct tsl__header {
    const char *path;
    tsl_table_kind kind;
    const char *const *name;
    size_t count;
    const tsl__file_column *files; /* of the first columns: what their cells show; NULL: not known */
    size_t looked;                 /* how many these are */
    const char *taken;             /* one a name: it plays a role already; NULL: not known */
    char delimiter;                /* that was asked for; 0: none was */
    int is_given;                  /* 1: the file has a header, 0: the names are c1, c2, ... */
    const char *sheets;            /* names of those that the file has, where there are several; else NULL */
} tsl__header;

/* Free columns that may play the role, of a time those alone whose cells are dates, where these are known: `; it may be
 * "Bill-to" (customer)`; nothing where there are none. */
void tsl__column_hint_near(tsl__text *text, const tsl__header *header, tsl_role role);
/* Where the parts of a date stand in columns of their own: `; year, month, day are parts of a date: ...`. */
void tsl__column_hint_parts(tsl__text *text, const tsl__header *header);
/* "; the columns are: a, b", what seems to divide them where they came out as one, and where else names may stand. */
void tsl__column_hint_list(tsl__text *text, const tsl__header *header);
/* TSL_E_NOT_FOUND */
TSL_FALLIBLE tsl_status tsl__column_hint_fail(const tsl__header *header, const tsl_role *role, size_t roles,
                                              tsl_error *err);

#endif
