/* hdf.h: a session with HDF5: one thread at a time, in silence, links checked.
 * Only files of this room include it. */
#ifndef TSL_STORE_HDF_H
#define TSL_STORE_HDF_H

#include "store/driver.h"

#include <hdf5.h>
#include <tesela/base.h>

/* What HDF5 stores has this machine's byte order only where that is little-endian. */
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "src/store writes little-endian arrays straight from memory"
#endif

typedef struct tsl__hdf {
    hid_t file, driver; /* -1 where not open */
    tsl__disk disk;
} tsl__hdf;

/* Makes a file (the descriptor is open for reading and writing, the file
 * empty) or opens one. HDF5 is locked for this thread, and its own error
 * messages are off, until close. -1 on failure. close gives -1 where something
 * could not be written; the descriptor stays open. */
int tsl__hdf_create(tsl__hdf *hdf, int fd);
int tsl__hdf_open(tsl__hdf *hdf, int fd);
int tsl__hdf_close(tsl__hdf *hdf);

/* Opens a file by name, for reading; close *fd after the session. TSL_E_FORMAT
 * where it is no HDF5 file, or damaged. */
tsl_status tsl__hdf_open_path(const char *path, tsl__hdf *hdf, int *fd, tsl_error *err);

/* How a group is made: without times, with all links in its own description
 * (no heap or tree beside it). 0 on success. */
int tsl__group_set(hid_t creation);

/* 1: every step of the path is a plain link within the file, and what it leads
 * to is there. External and soft links count as not there. */
int tsl__hdf_check(const tsl__hdf *hdf, const char *path);

#endif
