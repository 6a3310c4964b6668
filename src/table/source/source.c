/* source.c: opens, recognises, reads, decompresses and hashes a file. */
#include "table/source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "table/source/codec.h"

#define STORED_BYTES ((size_t)256 << 10) /* read from the system at a time */
#define MAGIC_BYTES 6                    /* of the longest magic */

struct tsl__source {
    const char *name;
    int fd;
    const tsl__codec *codec; /* NULL: stored as it is */
    void *state;
    uint8_t *stored; /* STORED_BYTES */
    tsl__codec_io io;
    tsl__sha256 *hash;
    uint64_t size, bytes, bytes_text;
};

static const tsl__codec *const codecs[] = {&tsl__codec_gzip, &tsl__codec_zstd, &tsl__codec_xz};

static tsl_status fail_errno(const tsl__source *s, const char *what, tsl_error *err)
{
    return tsl__error_errno(err, errno, s->name, what);
}

/* Reads on until `io.in` holds at least `need` bytes or the file ends. */
static tsl_status refill(tsl__source *s, size_t need, tsl_error *err)
{
    if (s->io.in_count < need && !s->io.at_end) {
        memmove(s->stored, s->io.in, s->io.in_count);
        s->io.in = s->stored;
    }
    while (s->io.in_count < need && !s->io.at_end) {
        uint8_t *to = s->stored + s->io.in_count;
        ssize_t n = read(s->fd, to, STORED_BYTES - s->io.in_count);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return fail_errno(s, "cannot read", err);
        }
        if (tsl__sha256_add(s->hash, to, (size_t)n)) {
            return tsl__error_nomem(err);
        }
        s->io.at_end = n == 0;
        s->io.in_count += (size_t)n;
        s->bytes += (uint64_t)n;
    }
    return TSL_OK;
}

static tsl_status open_file(tsl__source *s, const char *path, tsl_error *err)
{
    struct stat info;
    if (strcmp(path, "-") == 0) {
        s->name = "standard input";
        s->fd = STDIN_FILENO;
    } else if ((s->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
        return fail_errno(s, "cannot open", err);
    }
    if (fstat(s->fd, &info)) {
        return fail_errno(s, "cannot read", err);
    }
    if (S_ISDIR(info.st_mode)) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: is a folder; a file is expected", s->name);
    }
    s->size = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    return TSL_OK;
}

static tsl_status recognise(tsl__source *s, tsl_error *err)
{
    tsl_status st = refill(s, MAGIC_BYTES, err);
    if (st != TSL_OK) {
        return st;
    }
    if (s->io.in_count == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: is empty", s->name);
    }
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (s->io.in_count >= codecs[i]->magic_bytes &&
            memcmp(s->io.in, codecs[i]->magic, codecs[i]->magic_bytes) == 0) {
            s->codec = codecs[i];
        }
    }
    if (s->codec && !(s->state = s->codec->open())) {
        return tsl__error_nomem(err);
    }
    s->io.between = 1;
    return TSL_OK;
}

tsl_status tsl__source_open(const char *path, tsl__source **out, tsl_error *err)
{
    *out = NULL;
    tsl__source *s = tsl__alloc_zero(1, sizeof *s);
    if (!s) {
        return tsl__error_nomem(err);
    }
    s->fd = -1;
    s->name = path;
    s->stored = tsl__alloc(STORED_BYTES, 1);
    s->hash = tsl__sha256_open();
    tsl_status st = s->stored && s->hash ? TSL_OK : tsl__error_nomem(err);
    if (st == TSL_OK) {
        s->io.in = s->stored;
        if ((st = open_file(s, path, err)) == TSL_OK) {
            st = recognise(s, err);
        }
    }
    if (st == TSL_OK) {
        *out = s;
    } else {
        tsl__source_free(s);
    }
    return st;
}

void tsl__source_free(tsl__source *s)
{
    if (!s) {
        return;
    }
    if (s->fd > STDIN_FILENO) {
        close(s->fd);
    }
    if (s->codec && s->state) {
        s->codec->free(s->state);
    }
    tsl__sha256_free(s->hash);
    free(s->stored);
    free(s);
}

static void copy_plain(tsl__codec_io *io)
{
    size_t n = io->in_count < io->out_count ? io->in_count : io->out_count;
    memcpy(io->out, io->in, n);
    io->in += n;
    io->in_count -= n;
    io->out += n;
    io->out_count -= n;
}

tsl_status tsl__source_read(tsl__source *s, void *buffer, size_t size, size_t *got, tsl_error *err)
{
    tsl_status st = TSL_OK;
    *got = 0;
    s->io.out = buffer;
    s->io.out_count = size;
    while (s->io.out_count && (st = refill(s, 1, err)) == TSL_OK) {
        size_t in_before = s->io.in_count, out_before = s->io.out_count;
        if (!s->codec) {
            copy_plain(&s->io);
        } else if (s->codec->step(s->state, &s->io)) {
            return tsl__error_set(err, TSL_E_FORMAT, "%s: the %s stream cannot be read: %s", s->name, s->codec->name,
                                  s->io.what);
        }
        if (s->io.at_end && s->io.in_count == in_before && s->io.out_count == out_before) {
            break;
        }
    }
    *got = size - s->io.out_count;
    s->bytes_text += *got;
    if (st == TSL_OK && s->io.out_count && s->codec && !s->io.between) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: the %s stream is cut short", s->name, s->codec->name);
    }
    return st;
}

const char *tsl__source_get_name(const tsl__source *s)
{
    return s->name;
}

uint64_t tsl__source_get_position(const tsl__source *s)
{
    return s->bytes - s->io.in_count;
}

uint64_t tsl__source_get_size(const tsl__source *s)
{
    return s->size;
}

int tsl__source_is_compressed(const tsl__source *s)
{
    return s->codec != NULL;
}

tsl_status tsl__source_get_info(tsl__source *s, tsl_file_info *info, tsl_error *err)
{
    tsl__sha256 *hash = s->hash;
    s->hash = NULL;
    info->bytes = s->bytes;
    info->bytes_text = s->bytes_text;
    info->compression = s->codec ? s->codec->name : "none";
    return tsl__sha256_close(hash, info->sha256) ? tsl__error_nomem(err) : TSL_OK;
}
