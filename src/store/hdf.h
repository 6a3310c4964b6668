/* hdf.h: a session with HDF5: one thread at a time, in silence, links checked.
 * Only files of this room include it. */
#ifndef TSL_STORE_HDF_H
#define TSL_STORE_HDF_H

#include "store/driver.h"
#include "store/files/stream.h"

#include <hdf5.h>
#include <tesela/base.h>

/* What HDF5 stores has this machine's byte order only where that is little-endian. */
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "src/store writes little-endian arrays straight from memory"
#endif

typedef struct tsl__hdf {
    hid_t file, driver; /* -1 where not open */
    tsl__disk disk;
    tsl__stream stream; /* of a file that is read: closed by close */
    char *whole;        /* all of a stream that ends, as memory; freed by close */
} tsl__hdf;

/* Makes a file: the descriptor is open for reading and writing, the file empty;
 * or, fd -1, in memory: disk.bytes, disk.end of them, to be freed after close.
 * HDF5 is locked for this thread, and its own error messages are off, until
 * close. -1 on failure. close gives -1 where something could not be written;
 * the descriptor stays open. */
int tsl__hdf_create(tsl__hdf *hdf, int fd);
int tsl__hdf_close(tsl__hdf *hdf);

/* Opens a file for reading, likewise; what is no plain file is read into memory
 * first. TSL_E_FORMAT where it is no HDF5 file, or damaged. */
TSL_FALLIBLE tsl_status tsl__hdf_open(const tsl_source *source, tsl__hdf *hdf, tsl_error *err);

/* How a group is made: without times, with all links in its own description
 * (no heap or tree beside it). 0 on success. */
int tsl__group_set(hid_t creation);

/* 1: every step of the path is a plain link within the file, and what it leads
 * to is there. External and soft links count as not there. */
int tsl__hdf_check(const tsl__hdf *hdf, const char *path);

#endif
