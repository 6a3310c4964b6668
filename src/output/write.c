/* write.c: a text in memory -> a file that appears whole or not at all. */
#include "output/write.h"

#include <tesela/store.h>

tsl_status tsl__write_whole(const char *bytes, size_t count, const tsl_target *target, tsl_error *err)
{
    tsl_file *file = NULL;
    tsl_status status = tsl_file_open(target, &file, err);
    if (status == TSL_OK) {
        status = tsl_file_write(file, bytes, count, err);
    }
    if (status == TSL_OK) {
        return tsl_file_close(file, err);
    }
    tsl_file_free(file);
    return status;
}
