/* driver.h: HDF5 over a file descriptor or memory of ours.
 *
 * HDF5's own drivers leave a file half open where a write fails at closing (a
 * full disk), and may then crash the process at its end. This one remembers
 * the first failure, takes every later write without a word, and so lets HDF5
 * close in peace; the caller looks at `code` and throws the file away. */
#ifndef TSL_STORE_DRIVER_H
#define TSL_STORE_DRIVER_H

#include <hdf5.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <stddef.h>
#include <stdint.h>

typedef struct tsl__disk {
    int fd;           /* borrowed: the driver never closes it; -1: memory */
    int direct;       /* the same file, past the page cache; 0: none */
    char *bytes;      /* of memory; to be freed by the caller where it is written */
    size_t capacity;  /* of memory that is written */
    uint64_t end;     /* length of the file */
    _Atomic int code; /* errno of a failure, the first of a thread; 0 where all went well */
} tsl__disk;

#define TSL__DISK_PAGE ((size_t)4096)
#define TSL__DISK_LONG ((size_t)1 << 20) /* a write of so many bytes is a long one */

/* Whole reads and writes at an offset; 0 on success. A failure is remembered. Threads may write different bytes of a
 * file at a time below an end that was announced. */
int tsl__disk_read(tsl__disk *disk, void *bytes, size_t count, uint64_t offset);
int tsl__disk_write(tsl__disk *disk, const void *bytes, size_t count, uint64_t offset);
/* Long writes of bytes that begin at a page, to a page of the file, go past the page cache from now on, where the file
 * system can do so: they have to reach the disk before the file is published, and need no copy, which takes memory, and
 * a lock that threads wait for. close ends it. */
void tsl__disk_open_direct(tsl__disk *disk);
void tsl__disk_close_direct(tsl__disk *disk);
/* It will be written up to here. What goes past the page cache gets its place on the disk: writes that take it need not
 * wait for one another. */
void tsl__disk_announce(tsl__disk *disk, uint64_t end);

/* Registers the driver and lets `access` use it for disk. Give the result to
 * H5FDunregister once the file is closed; negative on failure. */
hid_t tsl__driver_open(hid_t access, tsl__disk *disk);

#endif
