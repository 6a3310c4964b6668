/* spill.c: a temporary file without a name.
 *
 * Written by calls: where the disk is full a mapping would end the process. Read by calls as well, or mapped: then the
 * pages count as the program's memory. */
#include "store/files/spill.h"

#include "base/alloc.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tsl__spill {
    int fd;
    atomic_uint_least64_t bytes; /* that places were taken for */
    char folder[];
};

/* Without a name from the beginning, where the file system can; else its name is taken away at once. */
static int open_nameless(const char *folder, int *fd)
{
    *fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd >= 0) {
        return 0;
    }
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT) {
        return errno;
    }
    char *name = tsl__format("%s/tesela-XXXXXX", folder);
    if (!name) {
        return ENOMEM;
    }
    *fd = mkostemp(name, O_CLOEXEC);
    const int code = *fd < 0 || unlink(name) ? errno : 0;
    free(name);
    return code;
}

tsl_status tsl__spill_open(const char *folder, tsl__spill **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__spill *spill = NULL;
    char reason[128];
    folder = folder && *folder ? folder : "/tmp";
    *out = NULL;
    const size_t length = strlen(folder);
    TSL__NEED(spill = tsl__alloc_zero(1, sizeof *spill + length + 1));
    memcpy(spill->folder, folder, length + 1);
    spill->fd = -1;
    const int code = open_nameless(folder, &spill->fd);
    if (code) {
        TSL__TRY(tsl__error_set(err, TSL_E_IO, "%s: no temporary file can be made there: %s", folder,
                                strerror_r(code, reason, sizeof reason)));
    }
    *out = spill;
    spill = NULL;
done:
    tsl__spill_free(spill);
    return status;
}

void tsl__spill_free(tsl__spill *spill)
{
    if (spill && spill->fd >= 0) {
        close(spill->fd);
    }
    free(spill);
}

uint64_t tsl__spill_take(tsl__spill *spill, uint64_t count)
{
    return atomic_fetch_add(&spill->bytes, count);
}

uint64_t tsl__spill_get_bytes(const tsl__spill *spill)
{
    return atomic_load(&spill->bytes);
}

static tsl_status refuse(const tsl__spill *spill, const char *what, uint64_t offset, int code, tsl_error *err)
{
    char reason[128];
    return tsl__error_set(err, TSL_E_IO, "%s: the temporary file cannot be %s, at %llu MB of %llu: %s", spill->folder,
                          what, (unsigned long long)(offset >> 20), (unsigned long long)(spill->bytes >> 20),
                          code ? strerror_r(code, reason, sizeof reason) : "it ends there");
}

tsl_status tsl__spill_write(const tsl__spill *spill, uint64_t offset, const void *bytes, size_t count, tsl_error *err)
{
    for (size_t done = 0; done < count;) {
        const ssize_t n = pwrite(spill->fd, (const char *)bytes + done, count - done, (off_t)(offset + done));
        if (n < 0 && errno != EINTR) {
            return refuse(spill, "written", offset + done, errno, err);
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return TSL_OK;
}

tsl_status tsl__spill_read(const tsl__spill *spill, uint64_t offset, void *bytes, size_t count, tsl_error *err)
{
    for (size_t done = 0; done < count;) {
        const ssize_t n = pread(spill->fd, (char *)bytes + done, count - done, (off_t)(offset + done));
        if (n == 0 || (n < 0 && errno != EINTR)) {
            return refuse(spill, "read", offset + done, n ? errno : 0, err);
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return TSL_OK;
}

tsl_status tsl__spill_map(const tsl__spill *spill, void **base, tsl_error *err)
{
    const uint64_t bytes = spill->bytes;
    if (ftruncate(spill->fd, (off_t)bytes)) { /* no page of the mapping may lie behind the end */
        return refuse(spill, "made as long as it has to be", 0, errno, err);
    }
    *base = tsl__file_map(spill->fd, bytes);
    return *base ? TSL_OK : refuse(spill, "mapped", 0, errno, err);
}
