/*
 * source.h: the bytes of a tsl_source, decompressed where the first of them say
 * so, hashed as they are read.
 */
#ifndef TSL_TABLE_BYTES_SOURCE_H
#define TSL_TABLE_BYTES_SOURCE_H

#include <stddef.h>
#include <tesela/table.h>

typedef struct tsl__source tsl__source;

/* TSL_E_NOT_FOUND: no such file. TSL_E_INPUT: a folder, or empty. */
TSL_FALLIBLE tsl_status tsl__source_open(const tsl_source *from, int hash, tsl__source **out, tsl_error *err);
void tsl__source_free(tsl__source *source);
/* The ":" of FILE.h5:/group; NULL for others, and where a file is called so as a whole. */
const char *tsl__source_find_inside(const tsl_source *source);

/* Fills buffer as far as the stream goes; *got < size means that it ends.
 * TSL_E_FORMAT: a compressed stream is damaged or cut short. TSL_E_NOMEM: it needs
 * more memory than there is, or than is allowed (xz 512 MiB, zstd 128 MiB). */
TSL_FALLIBLE tsl_status tsl__source_read(tsl__source *source, void *buffer, size_t size, size_t *got, tsl_error *err);

/* What messages call it: the path, "standard input", "bytes". Borrowed of what it was opened from. */
const char *tsl__source_get_name(const tsl__source *source);
/* Stored bytes read so far, and all of them (0 where a pipe does not say). */
uint64_t tsl__source_get_position(const tsl__source *source);
uint64_t tsl__source_get_size(const tsl__source *source);
int tsl__source_is_compressed(const tsl__source *source);

/* Fills in bytes, bytes_text, compression and sha256; call it at the end. */
TSL_FALLIBLE tsl_status tsl__source_get_info(tsl__source *source, tsl_file_info *info, tsl_error *err);

#endif
