/* paths.c: files that appear whole or not at all. */
#include "store/files/paths.h"

#include "base/alloc.h"
#include "base/error.h"
#include "store/files/locks.h"
#include "store/files/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

tsl_status tsl__staged_path_error(tsl_error *err, int code, const char *path)
{
    if (code == ENOMEM) {
        return tsl__error_nomem(err);
    }
    if (code == ECANCELED) { /* the program is about to end (tsl_staged_free) */
        return tsl__error_set(err, TSL_E_CANCELLED, "interrupted");
    }
    if (code == EEXIST) {
        return tsl__error_set(err, TSL_E_EXISTS, "%s: appeared while it was being written; --force replaces it", path);
    }
    /* An output whose folder is missing is no missing input. */
    tsl__error_errno(err, code, path,
                     code == ENOENT ? "cannot be written, as its folder is not there" : "cannot be written");
    if (err) {
        err->status = TSL_E_IO;
    }
    return TSL_E_IO;
}

tsl_status tsl__staged_path_resolve(const char *path, char **out, unsigned *mode, tsl_error *err)
{
    struct stat there;
    size_t length = strlen(path);
    *out = NULL;
    *mode = 0;
    if (length == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "the name of an output is empty");
    }
    if (stat(path, &there) == 0) {
        *mode = there.st_mode;
        /* A pipe behind /dev/stdout has no other name. */
        int named = S_ISREG(there.st_mode) || S_ISDIR(there.st_mode);
        *out = named ? realpath(path, NULL) : tsl__strdup(path);
        return *out ? TSL_OK : tsl__staged_path_error(err, errno, path);
    }
    if (errno != ENOENT) {
        return tsl__staged_path_error(err, errno, path);
    }
    if (lstat(path, &there) == 0) {
        return tsl__error_set(err, TSL_E_IO, "%s: cannot be written: it is a link to nowhere", path);
    }
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    *out = tsl__strndup(path, length);
    return *out ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status make_temp(tsl__staged_path *place, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(place->temp = tsl__format("%s.partial-XXXXXX", place->path));
    int code = tsl__staging_make(place->temp, &place->fd);
    if (code) {
        status = tsl__staged_path_error(err, code, place->path);
        free(place->temp); /* no file has this name yet */
        place->temp = NULL;
    }
done:
    return status;
}

tsl_status tsl__staged_path_open(const tsl_target *target, tsl__staged_path *out, tsl_error *err)
{
    const char *path = target->path;
    unsigned mode;
    *out = (tsl__staged_path){.fd = -1, .replace = target->replace};
    tsl_status status = tsl__staged_path_resolve(path, &out->path, &mode, err);
    if (status != TSL_OK) {
        return status;
    }
    if (S_ISDIR(mode)) {
        status = tsl__error_set(err, TSL_E_IO, "%s: cannot be written: it is a folder", path);
    } else if (mode && !S_ISREG(mode)) {
        out->fd = open(out->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        status = out->fd >= 0 ? TSL_OK : tsl__staged_path_error(err, errno, path);
    } else if (mode && !target->replace) {
        status = tsl__error_set(err, TSL_E_EXISTS, "%s: is there already; --force replaces it", path);
    } else {
        status = make_temp(out, err);
    }
    if (status != TSL_OK) {
        tsl__staged_path_free(out);
    }
    return status;
}

int tsl__place_rename_new(const char *temp, const char *path)
{
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    /* A file system that cannot do both in one step. */
    struct stat there;
    if (lstat(path, &there) == 0) {
        return EEXIST;
    }
    return rename(temp, path) == 0 ? 0 : errno;
}

int tsl__place_exchange(const char *temp, const char *path)
{
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    /* A file system that cannot do it in one step: three renames, each taken
     * back where the next fails. */
    char *old = tsl__format("%s.old", temp);
    int code = !old ? ENOMEM : rename(path, old) ? errno : 0;
    if (!code && rename(temp, path)) {
        code = errno;
        rename(old, path);
    } else if (!code && rename(old, temp)) {
        code = errno;
        rename(path, temp);
        rename(old, path);
    }
    free(old);
    return code;
}

int tsl__place_sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent = slash ? tsl__strndup(path, slash == path ? 1 : (size_t)(slash - path)) : tsl__strdup(".");
    if (!parent) {
        return ENOMEM;
    }
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int code = fd < 0 ? errno : 0;
    /* Some file systems cannot sync a folder and say EINVAL. */
    if (fd >= 0 && fsync(fd) && errno != EINVAL) {
        code = errno;
    }
    if (fd >= 0) {
        close(fd);
    }
    free(parent);
    return code;
}

tsl_status tsl__staged_path_seal(tsl__staged_path *place, tsl_error *err)
{
    int code = place->temp && fsync(place->fd) ? errno : 0;
    if (close(place->fd) && !code) {
        code = errno;
    }
    place->fd = -1;
    return code ? tsl__staged_path_error(err, code, place->path) : TSL_OK;
}

tsl_status tsl__staged_path_publish(tsl__staged_path *place, tsl_error *err)
{
    tsl__staging_lock();
    int code = !place->replace                    ? tsl__place_rename_new(place->temp, place->path)
               : rename(place->temp, place->path) ? errno
                                                  : 0;
    if (!code) {
        tsl__staging_drop(place->temp);
        free(place->temp);
        place->temp = NULL;
    }
    tsl__staging_unlock();
    if (!code) {
        code = tsl__place_sync_parent(place->path);
    }
    return code ? tsl__staged_path_error(err, code, place->path) : TSL_OK;
}

void tsl__staged_path_free(tsl__staged_path *place)
{
    if (!place) {
        return;
    }
    if (place->fd >= 0) {
        close(place->fd);
    }
    if (place->temp) {
        tsl__staging_remove(place->temp);
    }
    free(place->temp);
    free(place->path);
    *place = (tsl__staged_path){.fd = -1};
}
