/* made_file.h: the HDF5 file that a test makes in its scratch folder. */
#ifndef TEST_STORE_FOREIGN_MADE_FILE_H
#define TEST_STORE_FOREIGN_MADE_FILE_H

#include "store/scratch.h"

#include <hdf5.h>

static tsl_error err;
static hid_t file; /* while it is made */

static void create(const char *name)
{
    file = H5Fcreate(scratch_path(name), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(file >= 0);
}

static void finish(void)
{
    assert_true(H5Fclose(file) >= 0);
}

#endif
