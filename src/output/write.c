/* write.c: a text in memory -> a file that appears whole or not at all. */
#include "output/write.h"

#include "base/error.h"

#include <tesela/store.h>

tsl_status tsl__write_whole(const char *bytes, size_t count, const tsl_target *target, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_file *file = NULL, *whole;
    TSL__TRY(tsl_file_open(target, &file, err));
    TSL__TRY(tsl_file_write(file, bytes, count, err));
    whole = file;
    file = NULL; /* close frees it, whatever comes */
    TSL__TRY(tsl_file_close(whole, err));
done:
    tsl_file_free(file);
    return status;
}
