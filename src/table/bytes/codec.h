/*
 * codec.h: the contract of a decompressor, and the list of them.
 *
 * One file a format. A codec turns stored bytes into text bytes step by step
 * and holds no buffers of its own beyond what its library keeps.
 */
#ifndef TSL_TABLE_BYTES_CODEC_H
#define TSL_TABLE_BYTES_CODEC_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/base.h>

typedef struct tsl__codec_io {
    const uint8_t *in; /* the codec moves these forward */
    size_t in_count;
    uint8_t *out;
    size_t out_count;
    int at_end;       /* set by the caller: nothing comes behind `in` */
    int between;      /* set by the codec: no stream is open (none begun, or the last one complete) */
    const char *what; /* set by the codec on failure: what is wrong with the stream */
} tsl__codec_io;

/* How a stream begins. */
typedef struct tsl__magic {
    const char *bytes;
    size_t count;
    uint8_t any; /* bits of the first byte that may be any */
} tsl__magic;

typedef struct tsl__codec {
    const char *name;
    tsl__magic magic[2]; /* either; count 0: there is no second */
    void *(*open)(void); /* NULL: out of memory */
    /* Moves at least one byte in or out, unless it needs more input. TSL_E_FORMAT: the stream is damaged;
     * TSL_E_NOMEM: it needs more memory than there is, or than is allowed. */
    tsl_status (*step)(void *state, tsl__codec_io *io);
    void (*free)(void *state);
} tsl__codec;

extern const tsl__codec tsl__codec_gzip, tsl__codec_zstd, tsl__codec_xz;

#endif
