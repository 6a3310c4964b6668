/* handle.h: what a store is, for the files of this room. */
#ifndef TSL_STORE_HANDLE_H
#define TSL_STORE_HANDLE_H

#include "store/array_store.h"
#include "store/files/atomic_file.h"
#include "store/hdf.h"

struct tsl__store {
    tsl__hdf hdf;
    char *name;      /* for messages */
    tsl_file *file;  /* of a store that is written; NULL where it is read */
    int threads;     /* that make and write rows */
    tsl_error error; /* status TSL_OK: none yet */
};

/* The attribute of an array that holds a hash for each block of rows. */
#define TSL__CHECKSUMS "checksums"

/* Reads rows begin to end, one block, and compares its hash: TSL_OK,
 * TSL_E_IO, or TSL_E_FORMAT where the bytes are not those that were written. */
TSL_FALLIBLE tsl_status tsl__block_read(tsl__disk *disk, uint64_t offset, size_t row_bytes, size_t begin, size_t end,
                                        const uint64_t *hash, char *bytes);

/* Attributes that every element has. 0 on success. */
int tsl__element_put(hid_t object, const char *encoding, const char *version);

#endif
