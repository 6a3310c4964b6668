/* atomic_file.c: tsl_file, an open tsl_target: a file that appears whole or not at all. */
#include "store/files/atomic_file.h"

#include "base/alloc.h"
#include "base/error.h"
#include "store/files/fileset.h"
#include "store/files/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)1 << 16)

struct tsl_file {
    tsl__staged_path place; /* path NULL: standard output, or the callback */
    char *name;             /* for messages */
    tsl_target target;      /* its path is not kept */
    int fd;
    tsl_error failure; /* the first: what was not written whole is not published */
    size_t filled;
    char buffer[BUFFER_BYTES];
};

static tsl_status open_target(tsl_file *file, const tsl_target *target, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int standard = !target->write && target->path && strcmp(target->path, "-") == 0;
    const char *name = standard ? "standard output" : target->path ? target->path : "the output";
    if (!target->write && !target->path) {
        return tsl__error_set(err, TSL_E_OPTION, "a target has neither a path nor a function that writes");
    }
    TSL__NEED(file->name = tsl__strdup(name));
    file->target = *target;
    file->target.path = NULL;
    file->fd = standard ? STDOUT_FILENO : -1;
    if (!standard && !target->write) {
        TSL__TRY(tsl__staged_path_open(target, &file->place, err));
        file->fd = file->place.fd;
    }
done:
    return status;
}

tsl_status tsl_file_open(const tsl_target *target, tsl_file **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    *out = NULL;
    tsl_file *file = tsl__alloc(1, sizeof *file);
    TSL__NEED(file);
    file->place = (tsl__staged_path){.fd = -1};
    file->name = NULL;
    file->failure.status = TSL_OK;
    file->filled = 0;
    TSL__TRY(open_target(file, target, err));
    *out = file;
    file = NULL;
done:
    tsl_file_free(file);
    return status;
}

int tsl__file_get_plain(const tsl_file *file)
{
    return file->place.temp ? file->fd : -1;
}

const char *tsl__file_get_name(const tsl_file *file)
{
    return file->name;
}

static tsl_status call(const tsl_file *file, const char *bytes, size_t count, tsl_error *err)
{
    tsl_status status = file->target.write(file->target.user, bytes, count, err);
    if (status != TSL_OK && err->message[0] == '\0') {
        tsl__error_set(err, status, "%s: cannot be written: the function that takes it gave up", file->name);
    }
    err->status = status;
    return status;
}

static tsl_status put_all(const tsl_file *file, const char *bytes, size_t count, tsl_error *err)
{
    if (file->target.write) {
        return count ? call(file, bytes, count, err) : TSL_OK;
    }
    while (count) {
        ssize_t done = write(file->fd, bytes, count);
        if (done >= 0) {
            bytes += done;
            count -= (size_t)done;
        } else if (errno != EINTR) {
            return tsl__staged_path_error(err, errno, file->name);
        }
    }
    return TSL_OK;
}

/* The first failure stands: all that comes behind it fails likewise. */
static tsl_status put(tsl_file *file, const char *bytes, size_t count, tsl_error *err)
{
    if (file->failure.status == TSL_OK) {
        tsl__error_reset(&file->failure);
        put_all(file, bytes, count, &file->failure);
    }
    if (file->failure.status != TSL_OK && err) {
        *err = file->failure;
    }
    return file->failure.status;
}

tsl_status tsl_file_write(tsl_file *file, const void *bytes, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    if (count > BUFFER_BYTES - file->filled) {
        TSL__TRY(put(file, file->buffer, file->filled, err));
        file->filled = 0;
    }
    if (count > BUFFER_BYTES) {
        return put(file, bytes, count, err);
    }
    if (count) {
        memcpy(file->buffer + file->filled, bytes, count);
    }
    file->filled += count;
done:
    return status;
}

tsl_status tsl_file_close(tsl_file *file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(put(file, file->buffer, file->filled, err));
    if (file->place.path) {
        TSL__TRY(tsl__staged_path_seal(&file->place, err));
    }
    if (file->place.temp) {
        TSL__TRY(file->target.set ? tsl__fileset_add(file->target.set, &file->place, err)
                                  : tsl__staged_path_publish(&file->place, err));
    }
done:
    tsl_file_free(file);
    return status;
}

void tsl_file_free(tsl_file *file)
{
    if (file) {
        tsl__staged_path_free(&file->place);
        free(file->name);
        free(file);
    }
}
