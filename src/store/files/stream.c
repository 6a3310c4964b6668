/* stream.c: an open tsl_source. */
#include "store/files/stream.h"

#include "base/alloc.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES ((size_t)1 << 16)

static tsl_status open_file(const char *path, tsl__stream *stream, tsl_error *err)
{
    struct stat there;
    int standard = strcmp(path, "-") == 0;
    stream->name = standard ? "standard input" : path;
    stream->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    stream->owned = !standard;
    if (stream->fd < 0 || fstat(stream->fd, &there)) {
        return tsl__error_errno(err, errno, stream->name, "cannot be read");
    }
    if (S_ISDIR(there.st_mode)) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: is a folder, expected a file", stream->name);
    }
    stream->plain = S_ISREG(there.st_mode) && !standard; /* standard input may have been read from */
    stream->size = S_ISREG(there.st_mode) ? (uint64_t)there.st_size : 0;
    return TSL_OK;
}

int tsl__source_is_ahead(const tsl_source *source)
{
    return source->bytes && source->path && strcmp(source->path, "-") == 0;
}

tsl_status tsl__stream_open(const tsl_source *source, tsl__stream *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__stream){.fd = -1};
    if (source->bytes && !tsl__source_is_ahead(source)) {
        out->name = source->path ? source->path : "bytes";
        out->bytes = source->bytes;
        out->size = source->count;
    } else if (source->path) {
        status = open_file(source->path, out, err);
        out->ahead = source->bytes;
        out->ahead_count = source->bytes ? source->count : 0;
    } else {
        status = tsl__error_set(err, TSL_E_OPTION, "a source has neither a path nor bytes");
    }
    if (status != TSL_OK) {
        tsl__stream_close(out);
    }
    return status;
}

void tsl__stream_close(tsl__stream *stream)
{
    if (stream->owned && stream->fd >= 0) {
        close(stream->fd);
    }
    *stream = (tsl__stream){.fd = -1};
}

tsl_status tsl__stream_read(tsl__stream *stream, void *buffer, size_t count, size_t *got, tsl_error *err)
{
    ssize_t done;
    const char *bytes = stream->bytes ? stream->bytes : stream->ahead;
    uint64_t size = stream->bytes ? stream->size : stream->ahead_count;
    *got = 0;
    if (stream->bytes || stream->position < size) {
        size_t left = (size_t)(size - stream->position);
        *got = count < left ? count : left;
        if (*got) {
            memcpy(buffer, bytes + stream->position, *got);
        }
    } else {
        while ((done = read(stream->fd, buffer, count)) < 0 && errno == EINTR) {
        }
        if (done < 0) {
            return tsl__error_errno(err, errno, stream->name, "cannot be read");
        }
        *got = (size_t)done;
    }
    stream->position += *got;
    return TSL_OK;
}

tsl_status tsl__stream_read_all(tsl__stream *stream, char **bytes, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *all = NULL;
    size_t filled = 0, capacity = 0, got = 1;
    *bytes = NULL;
    *count = 0;
    while (got) {
        TSL__NEED(tsl__reserve(&all, &capacity, filled + CHUNK_BYTES, 1) == 0);
        TSL__TRY(tsl__stream_read(stream, (char *)all + filled, capacity - filled, &got, err));
        filled += got;
    }
    *bytes = all;
    *count = filled;
    all = NULL;
done:
    free(all);
    return status;
}
