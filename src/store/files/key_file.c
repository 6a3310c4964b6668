/* key_file.c: a key that nobody else can have read. */
#include "store/files/key_file.h"

#include "base/error.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OTHERS 0077 /* the bits of a mode that are not its owner's */
#define DESCRIPTOR "fd:"

/* What stands in a file is secret only where nobody else can read it, and the caller's own only where nobody else can
 * write it. */
static tsl_status check_owner(const char *path, const struct stat *there, tsl_error *err)
{
    if (!S_ISREG(there->st_mode)) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: is no plain file, expected a file with a key", path);
    }
    if (there->st_uid != geteuid()) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: belongs to user %u, expected a key of the caller's own, user %u",
                              path, (unsigned)there->st_uid, (unsigned)geteuid());
    }
    if (there->st_mode & OTHERS) {
        return tsl__error_set(
            err, TSL_E_INPUT,
            "%s: others than its owner have access to it (mode %04o), expected mode 0600 or stricter: "
            "chmod 600 it, and make a new key where it may have been read",
            path, (unsigned)there->st_mode & 07777U);
    }
    return TSL_OK;
}

static tsl_status open_descriptor(const char *path, int *fd, tsl_error *err)
{
    char *end;
    errno = 0;
    const long number = strtol(path + strlen(DESCRIPTOR), &end, 10);
    if (errno || *end || end == path + strlen(DESCRIPTOR) || number < 0 || number > INT32_MAX ||
        fcntl((int)number, F_GETFD) < 0) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "%s: no such descriptor is open, expected one such as fd:3 (3<KEYFILE)", path);
    }
    *fd = (int)number;
    return TSL_OK;
}

static tsl_status open_file(const char *path, int *fd, tsl_error *err)
{
    struct stat there;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe is not waited for, but refused */
    return *fd < 0 || fstat(*fd, &there) ? tsl__error_errno(err, errno, path, "cannot be read")
                                         : check_owner(path, &there, err);
}

/* One byte beyond `most` tells that there are more. */
static tsl_status read_key(int fd, const char *path, size_t most, unsigned char *buffer, size_t *bytes, tsl_error *err)
{
    ssize_t got = 1;
    *bytes = 0;
    while (got && *bytes <= most) {
        got = read(fd, buffer + *bytes, most + 1 - *bytes);
        if (got < 0 && errno != EINTR) {
            return tsl__error_errno(err, errno, path, "cannot be read");
        }
        *bytes += got > 0 ? (size_t)got : 0;
    }
    return *bytes > most ? tsl__error_set(err, TSL_E_INPUT, "%s: has over %zu bytes, which is no key", path, most)
                         : TSL_OK;
}

/* As an editor or echo leaves it: the same key with it and without. */
static size_t drop_line_end(const unsigned char *key, size_t bytes)
{
    bytes -= bytes && key[bytes - 1] == '\n';
    bytes -= bytes && key[bytes - 1] == '\r';
    return bytes;
}

tsl_status tsl__key_file_read(const char *path, size_t most, unsigned char *key, size_t *bytes, tsl_error *err)
{
    unsigned char buffer[TSL__KEY_FILE_MOST + 1];
    const int is_given = strncmp(path, DESCRIPTOR, strlen(DESCRIPTOR)) == 0;
    int fd = -1;
    tsl_status status = TSL_OK;
    *bytes = 0;
    TSL__TRY(is_given ? open_descriptor(path, &fd, err) : open_file(path, &fd, err));
    TSL__TRY(read_key(fd, path, most, buffer, bytes, err));
    *bytes = drop_line_end(buffer, *bytes);
    memcpy(key, buffer, *bytes);
done:
    tsl__hash_wipe(buffer, sizeof buffer);
    if (fd >= 0 && !is_given) {
        close(fd);
    }
    return status;
}
