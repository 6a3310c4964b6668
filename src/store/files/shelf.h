/* shelf.h: rows of equal size that lie in memory, or in a temporary file of which a window is in memory.
 *
 * What lies in a file is written by calls, so that a full disk is an error and not the end of the process, and read
 * where it is mapped. Pages that are read count as the program's memory: each thread gives those back that it read
 * before, once it is a window further. */
#ifndef TSL_STORE_FILES_SHELF_H
#define TSL_STORE_FILES_SHELF_H

#include "store/files/spill.h"

typedef struct tsl__shelf {
    char *base; /* rows x row_bytes, to be read; in memory also to be written */
    size_t rows, row_bytes;
    tsl__spill *spill; /* NULL: in memory */
    size_t window;     /* else: rows that a thread keeps in memory */
} tsl__shelf;

/* in_file: in a temporary file in the folder (NULL: /tmp), where it is not empty. TSL_E_IO, TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__shelf_open(size_t rows, size_t row_bytes, int in_file, const char *folder, tsl__shelf *out,
                                        tsl_error *err);
void tsl__shelf_free(tsl__shelf *shelf); /* also of one that is all zeros */
/* The memory of a shelf that lies there, to be freed by the caller; the shelf is empty then. */
void *tsl__shelf_take(tsl__shelf *shelf);

/* `count` rows from this one on. Threads may write different ones at a time. TSL_E_IO. */
TSL_FALLIBLE tsl_status tsl__shelf_write(const tsl__shelf *shelf, size_t row, size_t count, const void *rows,
                                         tsl_error *err);
/* A row to be read, of a file also all that was got before; best in rising order, one shelf after the other. */
static inline const void *tsl__shelf_get(const tsl__shelf *shelf, size_t row);
/* All rows, block by block, are given to be changed, those in memory by so many threads. TSL_E_IO, TSL_E_NOMEM. */
typedef void tsl__rows_changer(void *user, size_t begin, size_t end, void *rows);
TSL_FALLIBLE tsl_status tsl__shelf_change(const tsl__shelf *shelf, int threads, tsl__rows_changer *change, void *user,
                                          tsl_error *err);

/* Bytes that lie in a file. */
static inline size_t tsl__shelf_get_lying(const tsl__shelf *shelf)
{
    return shelf->spill ? shelf->rows * shelf->row_bytes : 0;
}

void tsl__shelf_move(const tsl__shelf *shelf, size_t row); /* the thread's window, so that it has the row */

static inline const void *tsl__shelf_get(const tsl__shelf *shelf, size_t row)
{
    if (shelf->spill) {
        tsl__shelf_move(shelf, row);
    }
    return shelf->base + row * shelf->row_bytes;
}

#endif
