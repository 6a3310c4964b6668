/* foreign.h: what is read of anyone's HDF5 file, and what is not.
 *
 * HDF5 is not made for hostile files, so that an array is read only where its
 * bytes stand in this file, in a way that needs few of HDF5's parts. */
#ifndef TSL_STORE_FOREIGN_FOREIGN_H
#define TSL_STORE_FOREIGN_FOREIGN_H

#include "store/hdf.h"

/* The ordinary integers and floats of 1 to 8 bytes, either order of bytes. */
int tsl__foreign_is_number(hid_t type);
/* h5py's booleans: an enumeration of two over one byte. */
int tsl__foreign_is_bool(hid_t type);
/* NULL where `count` cells of `size` bytes, of one or two dimensions, can stand in the file as it says; otherwise what
 * is wrong. */
const char *tsl__foreign_find_fault(const tsl__hdf *hdf, hid_t dataset, size_t count, size_t size);

#endif
