/* atomic_file.c: tsl_file, a text file that appears whole or not at all. */
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)1 << 16)

struct tsl_file {
    tsl__staged_path place; /* place.path NULL: standard output */
    int fd;
    size_t filled;
    char buffer[BUFFER_BYTES];
};

tsl_status tsl_file_open(const char *path, int force, tsl_file **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl_file *file = tsl__alloc(1, sizeof *file);
    if (!file) {
        return tsl__error_nomem(err);
    }
    file->place = (tsl__staged_path){.fd = -1};
    file->fd = STDOUT_FILENO;
    file->filled = 0;
    if (strcmp(path, "-") != 0) {
        status = tsl__staged_path_open(path, force, &file->place, err);
        file->fd = file->place.fd;
    }
    if (status != TSL_OK) {
        free(file);
        return status;
    }
    *out = file;
    return TSL_OK;
}

static tsl_status put(tsl_file *file, const char *bytes, size_t count, tsl_error *err)
{
    while (count) {
        ssize_t done = write(file->fd, bytes, count);
        if (done >= 0) {
            bytes += done;
            count -= (size_t)done;
        } else if (errno != EINTR) {
            return tsl__staged_path_error(err, errno, file->place.path ? file->place.path : "standard output");
        }
    }
    return TSL_OK;
}

tsl_status tsl_file_write(tsl_file *file, const void *bytes, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (count > BUFFER_BYTES - file->filled) {
        status = put(file, file->buffer, file->filled, err);
        file->filled = 0;
    }
    if (status != TSL_OK || count > BUFFER_BYTES) {
        return status != TSL_OK ? status : put(file, bytes, count, err);
    }
    if (count) {
        memcpy(file->buffer + file->filled, bytes, count);
    }
    file->filled += count;
    return TSL_OK;
}

tsl_status tsl_file_close(tsl_file *file, tsl_error *err)
{
    tsl_status status = put(file, file->buffer, file->filled, err);
    if (status == TSL_OK && file->place.path) {
        status = tsl__staged_path_close(&file->place, err);
    }
    tsl_file_free(file);
    return status;
}

void tsl_file_free(tsl_file *file)
{
    if (file) {
        tsl__staged_path_free(&file->place);
        free(file);
    }
}
