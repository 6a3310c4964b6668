/* source.c: recognises, decompresses and hashes what is read. */
#include "table/bytes/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/files/stream.h"
#include "table/bytes/codec.h"

#define STORED_BYTES ((size_t)256 << 10) /* read from the system at a time */
#define MAGIC_BYTES 6                    /* of the longest magic */

struct tsl__source {
    tsl__stream stream;
    const tsl__codec *codec; /* NULL: stored as it is */
    void *state;
    uint8_t *stored; /* STORED_BYTES */
    tsl__codec_io io;
    tsl__sha256 *hash;
    uint64_t bytes_text;
};

static const tsl__codec *const codecs[] = {&tsl__codec_gzip, &tsl__codec_zstd, &tsl__codec_xz};

static tsl_status read_stored(tsl__source *s, void *to, size_t count, size_t *got, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__stream_read(&s->stream, to, count, got, err));
    TSL__NEED(!s->hash || tsl__sha256_add(s->hash, to, *got) == 0);
done:
    return status;
}

/* Reads on until `io.in` holds at least `need` bytes or the stream ends. */
static tsl_status refill(tsl__source *s, size_t need, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (s->io.in_count < need && !s->io.at_end) {
        memmove(s->stored, s->io.in, s->io.in_count);
        s->io.in = s->stored;
    }
    while (s->io.in_count < need && !s->io.at_end) {
        uint8_t *to = s->stored + s->io.in_count;
        size_t got;
        TSL__TRY(read_stored(s, to, STORED_BYTES - s->io.in_count, &got, err));
        s->io.at_end = got == 0;
        s->io.in_count += got;
    }
done:
    return status;
}

static int begins(const tsl__codec_io *io, const tsl__magic *magic)
{
    return magic->count && io->in_count >= magic->count && ((io->in[0] ^ (uint8_t)*magic->bytes) & ~magic->any) == 0 &&
           memcmp(io->in + 1, magic->bytes + 1, magic->count - 1) == 0;
}

static tsl_status recognise(tsl__source *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(refill(s, MAGIC_BYTES, err));
    if (s->io.in_count == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: is empty", s->stream.name);
    }
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (begins(&s->io, &codecs[i]->magic[0]) || begins(&s->io, &codecs[i]->magic[1])) {
            s->codec = codecs[i];
        }
    }
    if (s->codec) {
        TSL__NEED(s->state = s->codec->open());
    }
    s->io.between = 1;
done:
    return status;
}

tsl_status tsl__source_open(const tsl_source *from, int hash, tsl__source **out, tsl_error *err)
{
    *out = NULL;
    tsl_status status = TSL_OK;
    tsl__source *s = NULL;
    TSL__NEED(s = tsl__alloc_zero(1, sizeof *s));
    TSL__TRY(tsl__stream_open(from, &s->stream, err));
    TSL__NEED(s->stored = tsl__alloc(STORED_BYTES, 1));
    TSL__NEED(!hash || (s->hash = tsl__sha256_open()));
    s->io.in = s->stored;
    TSL__TRY(recognise(s, err));
    *out = s;
    s = NULL;
done:
    tsl__source_free(s);
    return status;
}

const char *tsl__source_find_inside(const tsl_source *source)
{
    return source->path && (source->bytes || access(source->path, F_OK)) ? strstr(source->path, ":/") : NULL;
}

void tsl__source_free(tsl__source *s)
{
    if (!s) {
        return;
    }
    if (s->codec && s->state) {
        s->codec->free(s->state);
    }
    tsl__stream_close(&s->stream);
    tsl__sha256_free(s->hash);
    free(s->stored);
    free(s);
}

/* Bytes that are stored as they are go to where they are wanted; what the next refill may give in one piece, too. */
static tsl_status read_plain(tsl__source *s, tsl_error *err)
{
    tsl__codec_io *io = &s->io;
    size_t got;
    tsl_status status = TSL_OK;
    while (io->out_count >= STORED_BYTES && !io->in_count && !io->at_end) {
        TSL__TRY(read_stored(s, io->out, STORED_BYTES, &got, err));
        io->at_end = got == 0;
        io->out += got;
        io->out_count -= got;
    }
done:
    return status;
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
    tsl_status status = TSL_OK;
    *got = 0;
    s->io.out = buffer;
    s->io.out_count = size;
    while (s->io.out_count) {
        TSL__TRY(s->codec ? TSL_OK : read_plain(s, err));
        TSL__TRY(s->io.out_count ? refill(s, 1, err) : TSL_OK);
        size_t in_before = s->io.in_count, out_before = s->io.out_count;
        if (!s->codec) {
            copy_plain(&s->io);
        } else if ((status = s->codec->step(s->state, &s->io)) != TSL_OK) {
            return tsl__error_set(err, status, "%s: the %s stream cannot be read: %s", s->stream.name, s->codec->name,
                                  s->io.what);
        }
        if (s->io.at_end && s->io.in_count == in_before && s->io.out_count == out_before) {
            break;
        }
    }
    *got = size - s->io.out_count;
    s->bytes_text += *got;
    if (s->io.out_count && s->codec && !s->io.between) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: the %s stream is cut short", s->stream.name, s->codec->name);
    }
done:
    return status;
}

const char *tsl__source_get_name(const tsl__source *s)
{
    return s->stream.name;
}

uint64_t tsl__source_get_position(const tsl__source *s)
{
    return s->stream.position - s->io.in_count;
}

uint64_t tsl__source_get_size(const tsl__source *s)
{
    return s->stream.size;
}

int tsl__source_is_compressed(const tsl__source *s)
{
    return s->codec != NULL;
}

tsl_status tsl__source_get_info(tsl__source *s, tsl_file_info *info, tsl_error *err)
{
    tsl__sha256 *hash = s->hash;
    s->hash = NULL;
    info->sha256[0] = '\0';
    info->bytes = s->stream.position;
    info->bytes_text = s->bytes_text;
    info->compression = s->codec ? s->codec->name : "none";
    return hash && tsl__sha256_close(hash, info->sha256) ? tsl__error_nomem(err) : TSL_OK;
}
