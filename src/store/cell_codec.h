/* cell_codec.h: cells in memory <-> cells in the file. */
#ifndef TSL_STORE_CELL_CODEC_H
#define TSL_STORE_CELL_CODEC_H

#include "store/array_store.h"

#include <hdf5.h>

/* A column of cells in memory: the i-th stands at base + i * stride. */
typedef struct tsl__cells {
    tsl__kind kind;
    tsl__namer namer;
    char *base;    /* only read when a file is written */
    size_t stride; /* bytes */
    size_t count;
} tsl__cells;

/* Bytes of a cell in memory, and in the file (0: as wide as the texts need). */
size_t tsl__kind_get_memory(tsl__kind kind);
size_t tsl__kind_get_bytes(tsl__kind kind);
/* 1: the same bytes in memory and file. */
int tsl__kind_is_plain(tsl__kind kind);
int tsl__kind_is_text(tsl__kind kind);
/* The file's type, to be closed with H5Tclose; width: of texts. */
hid_t tsl__kind_open_type(tsl__kind kind, size_t width);

/* The longest text of the cells, at least 1. */
size_t tsl__cells_get_width(const tsl__cells *cells);
/* count cells of `width` bytes, from / to the file's form. read gives TSL_OK,
 * TSL_E_NOMEM or TSL_E_FORMAT (not UTF-8, more behind a NUL, no such name, neither
 * true nor false). */
void tsl__cells_write(const tsl__cells *cells, size_t width, char *out);
TSL_FALLIBLE tsl_status tsl__cells_read(const tsl__cells *cells, size_t width, const char *in);

#endif
