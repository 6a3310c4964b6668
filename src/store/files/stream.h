/* stream.h: an open tsl_source: the bytes of a file, of a pipe or of memory, one
 * after the other. */
#ifndef TSL_STORE_FILES_STREAM_H
#define TSL_STORE_FILES_STREAM_H

#include <tesela/base.h>

#define TSL__HEAD_BYTES 4096 /* tell what a file is */

typedef struct tsl__stream {
    const char *name;  /* what messages call it: the path, "standard input", "bytes"; borrowed of the source */
    const char *bytes; /* of a source in memory: a view of all of it; NULL where it is read from fd */
    const char *ahead; /* what was read of standard input before: comes first; a view of ahead_count bytes, or NULL */
    size_t ahead_count;
    int fd;            /* -1 where it is in memory or closed */
    int plain;         /* 1: a plain file: fd can be read at any place */
    uint64_t size;     /* of a plain file or memory; 0 where it is not known */
    uint64_t position; /* bytes that were read */
    int owned;         /* fd is closed by close */
} tsl__stream;

/* 1: what was read of standard input already, which goes on behind it. */
int tsl__source_is_ahead(const tsl_source *source);

/* TSL_E_NOT_FOUND: no such file; TSL_E_INPUT: a folder; TSL_E_OPTION: a source of nothing; TSL_E_IO. */
TSL_FALLIBLE tsl_status tsl__stream_open(const tsl_source *source, tsl__stream *out, tsl_error *err);
void tsl__stream_close(tsl__stream *stream); /* a closed or zeroed one is fine */

/* At most count of the next bytes, at least one unless it ends: then *got is 0. */
TSL_FALLIBLE tsl_status tsl__stream_read(tsl__stream *stream, void *buffer, size_t count, size_t *got, tsl_error *err);
/* All that is left, owned. */
TSL_FALLIBLE tsl_status tsl__stream_read_all(tsl__stream *stream, char **bytes, size_t *count, tsl_error *err);

#endif
