/* handle.h: what a store is, for the files of this room. */
#ifndef TSL_STORE_HANDLE_H
#define TSL_STORE_HANDLE_H

#include "store/hdf.h"
#include "store/place.h"
#include "store/store.h"

struct tsl__store {
    tsl__hdf hdf;
    char *path;
    tsl__place place; /* of a store that is written; fd -1 where it is read */
    int writing, fd;
    tsl_error error; /* status TSL_OK: none yet */
};

/* Attributes that every element has. 0 on success. */
int tsl__element_put(hid_t object, const char *encoding, const char *version);

#endif
