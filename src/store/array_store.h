/* array_store.h: named arrays in an HDF5 file, every one with checksums.
 *
 * A file is a tree of AnnData elements (docs/formats.md): dicts, dataframes,
 * categoricals, arrays and scalars; all of it can be read with h5py. A path is
 * "group/group/name" without a slash at either end.
 *
 * A store remembers its first error; every later call on it does nothing
 * (puts), or gives NULL and 0 (gets), so that a writer or reader is a list of
 * lines that checks once: tsl__store_close tells. Not for several threads: a
 * store locks HDF5 from open to close, both by the same thread. */
#ifndef TSL_STORE_ARRAY_STORE_H
#define TSL_STORE_ARRAY_STORE_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/base.h>

typedef struct tsl__store tsl__store;

/* ---- Files ---- */

/* A kind of file. name and version stand in the root's attributes. */
typedef struct tsl__store_kind {
    const char *name;                        /* "features", "model" */
    int version;                             /* of the layout; a later one is refused */
    const char *encoding, *encoding_version; /* the root as an AnnData element */
    int oldest;                              /* version that can still be read; 0: the first */
} tsl__store_kind;

/* What is no plain file (a pipe, standard output, a function that writes) gets
 * its bytes at close: until then the whole file is in memory. */
TSL_FALLIBLE tsl_status tsl__store_create(const tsl_target *target, const tsl__store_kind *kind, tsl__store **out,
                                          tsl_error *err);
/* TSL_E_NOT_FOUND; TSL_E_INPUT for a folder; TSL_E_FORMAT where the file is
 * damaged, of another kind or of a later version; TSL_E_IO. */
TSL_FALLIBLE tsl_status tsl__store_open(const tsl_source *source, const tsl__store_kind *kind, tsl__store **out,
                                        tsl_error *err);
/* Arrays that are written from here on are made and written by so many threads, their makers called by all of them;
 * before: by one. */
void tsl__store_set_threads(tsl__store *store, int threads);
/* Publishes what was made; gives the first error. Frees the store. */
TSL_FALLIBLE tsl_status tsl__store_close(tsl__store *store, tsl_error *err);
/* Remembers an error where there is none yet: "file: /path: what". */
void tsl__store_fail(tsl__store *store, tsl_status status, const char *path, const char *what, ...)
    __attribute__((format(printf, 4, 5)));
void tsl__store_fail_nomem(tsl__store *store);
int tsl__store_failed(const tsl__store *store);
/* The file that is open for reading, as a whole: its length and SHA-256 (lower-case hex). */
void tsl__store_get_hash(tsl__store *store, uint64_t *bytes, char sha256[65]);

/* ---- Groups: made before what stands in them; checked when they are read ---- */

void tsl__store_put_dict(tsl__store *store, const char *path);
/* columns: names of the members that are columns, in order; index: of the one that names the rows. */
void tsl__store_put_frame(tsl__store *store, const char *path, const char *index, const char *const *columns,
                          size_t count);
void tsl__store_check_dict(tsl__store *store, const char *path);
void tsl__store_check_frame(tsl__store *store, const char *path, const char *index, const char *const *columns,
                            size_t count);
/* Codes (-1 missing) into levels. */
void tsl__store_put_categorical(tsl__store *store, const char *path, const int32_t *code, size_t rows,
                                char *const *level, size_t level_count, int ordered);
/* Whether a member of a group that is there is there. */
int tsl__store_has(tsl__store *store, const char *path);
/* As put_categorical wrote it: rows codes, each within the levels. Owned. */
void tsl__store_get_categorical(tsl__store *store, const char *path, size_t rows, int32_t **code, char ***level,
                                size_t *level_count, int *ordered);

/* ---- Arrays ---- */

/* What a cell is in memory, and in the file. */
typedef enum tsl__kind {
    TSL__DOUBLE, /* double: float64 */
    TSL__FLOAT,  /* float: float32 */
    TSL__INT64,  /* int64_t: int64 */
    TSL__UINT64, /* uint64_t: uint64 */
    TSL__SIZE,   /* size_t: uint64 */
    TSL__INT32,  /* int32_t: int32 */
    TSL__INT,    /* int: int32 */
    TSL__CODE8,  /* int32_t: int8 */
    TSL__CODE16, /* int32_t: int16 */
    TSL__BOOL,   /* int, 0 or 1: HDF5's way of a boolean (an enumeration over int8) */
    TSL__TEXT,   /* char *: UTF-8 of fixed length, filled up with NUL */
    TSL__NAME    /* an enumeration's int: the text of its name */
} tsl__kind;

typedef const char *(*tsl__namer)(int value); /* NULL beyond the last value */

/* A member of a struct, as a column in the file. */
typedef struct tsl__field {
    const char *name;
    tsl__kind kind;
    size_t offset;
    tsl__namer namer; /* of TSL__NAME */
} tsl__field;

/* In place of a number of rows: one value without a dimension. */
#define TSL__SCALAR SIZE_MAX

/* rows x cols, row-major, of a kind whose cells are the same in file and memory. */
void tsl__store_put_array(tsl__store *store, const char *path, tsl__kind kind, const void *values, size_t rows,
                          size_t cols);
/* Makes rows that are not in memory: those from begin to end, as they stand in the file. */
typedef void (*tsl__rows_maker)(void *user, size_t begin, size_t end, void *cells);
/* Likewise an array whose rows may be made as they are written, block by block. */
typedef struct tsl__rows_source {
    const char *path;
    tsl__kind kind;
    size_t rows, cols;
    const void *values;   /* in memory; or NULL: */
    tsl__rows_maker make; /* who makes them, */
    void *user;           /* for him */
} tsl__rows_source;
/* Several of them, side by side: while some rows are on their way to the disk others are made. */
void tsl__store_put_rows(tsl__store *store, const tsl__rows_source *source, size_t count);
/* One dimension, or a scalar. */
void tsl__store_put_column(tsl__store *store, const char *path, tsl__kind kind, const void *values, size_t rows);
/* width: bytes a text, at least the longest; 0: the longest. */
void tsl__store_put_texts(tsl__store *store, const char *path, char *const *text, size_t rows, size_t width);
void tsl__store_put_text(tsl__store *store, const char *path, const char *text);
void tsl__store_put_number(tsl__store *store, const char *path, int64_t value);
/* One array a field, named group/field (group "": the root), from an array of
 * structs of `size` bytes. */
void tsl__store_put_records(tsl__store *store, const char *group, const tsl__field *field, size_t fields,
                            const void *records, size_t rows, size_t size);

/* Shapes as the file says: of an array of one or two dimensions (cols 1 for
 * one); width: bytes of a cell. An array that claims more bytes than the file
 * has, or one of whose dimensions is larger than that, is damaged: a shape can be
 * trusted for allocation. */
typedef struct tsl__shape {
    size_t rows, cols, width;
} tsl__shape;
tsl__shape tsl__store_get_shape(tsl__store *store, const char *path);
/* Owned; the shape must be this one. */
void *tsl__store_get_array(tsl__store *store, const char *path, tsl__kind kind, size_t rows, size_t cols);
void *tsl__store_get_column(tsl__store *store, const char *path, tsl__kind kind, size_t rows);
char **tsl__store_get_texts(tsl__store *store, const char *path, size_t rows);
char *tsl__store_get_text(tsl__store *store, const char *path);
int64_t tsl__store_get_number(tsl__store *store, const char *path);
/* Fills zeroed records; texts are owned by them, also after a failure. */
void tsl__store_get_records(tsl__store *store, const char *group, const tsl__field *field, size_t fields, void *records,
                            size_t rows, size_t size);

#endif
