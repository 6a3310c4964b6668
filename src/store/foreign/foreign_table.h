/* foreign_table.h: a table of anyone's HDF5 file: arrays of one dimension and of one length in a group, or the fields
 * of an array of records, as h5py, PyTables and pandas write them. */
#ifndef TSL_STORE_FOREIGN_FOREIGN_TABLE_H
#define TSL_STORE_FOREIGN_FOREIGN_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/base.h>

typedef enum tsl__foreign_kind {
    TSL__FOREIGN_SIGNED,   /* integers of `width` bytes */
    TSL__FOREIGN_UNSIGNED, /* likewise */
    TSL__FOREIGN_FLOAT,    /* of 2, 4 or 8 bytes */
    TSL__FOREIGN_BOOL,     /* one byte, 0 is false */
    TSL__FOREIGN_TIME,     /* int64_t, `per_second` of them in a second, from `origin` on; the least is missing */
    TSL__FOREIGN_CELLS,    /* texts of `width` bytes, filled up with NUL */
    TSL__FOREIGN_TEXT      /* const char *, NUL-terminated, or NULL */
} tsl__foreign_kind;

typedef struct tsl__foreign_column {
    char *name;
    tsl__foreign_kind kind;
    size_t width;       /* bytes of a value */
    void *values;       /* rows, in this machine's order of bytes */
    uint8_t *valid;     /* bits, the least first: the rows that are not missing; NULL: the values tell */
    int64_t per_second; /* of TIME: of them in a second */
    int64_t seconds;    /* likewise: of one of them, where that is more; 1 once they are read */
    int64_t origin;     /* likewise: from 1970-01-01, in seconds */
    size_t float_bytes; /* likewise: they are doubles that are floats of so many bytes in the file; 0 once read */
} tsl__foreign_column;

typedef struct tsl__foreign_table {
    char *path; /* in the file, "/" at least */
    size_t rows, columns;
    tsl__foreign_column *column;
    struct tsl__foreign_texts *texts;
} tsl__foreign_table;

/* name: the group, the array of records, or NULL: the only table in the file. notes: gets what is left out. The whole
 * table is in memory. TSL_E_NOT_FOUND: there is no such group; TSL_E_INPUT: no table, or several, columns of several
 * lengths, a file of this program's own; TSL_E_FORMAT: damaged, or stored in a way that is not followed (foreign.h). */
TSL_FALLIBLE tsl_status tsl__foreign_table_open(const tsl_source *source, const char *name, tsl_notes *notes,
                                                tsl__foreign_table **out, tsl_error *err);
void tsl__foreign_table_free(tsl__foreign_table *table); /* NULL is fine */

#endif
