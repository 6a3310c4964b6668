/* hash.h: hashes: xxHash for tables and checksums, SHA-256 for provenance. */
#ifndef TSL_BASE_HASH_H
#define TSL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* XXH3, 64 bits: the same on every machine. */
uint64_t tsl__hash64(const void *bytes, size_t count, uint64_t seed);

typedef struct tsl__sha256 tsl__sha256;
tsl__sha256 *tsl__sha256_open(void);                                     /* NULL on failure */
int tsl__sha256_add(tsl__sha256 *hash, const void *bytes, size_t count); /* 0 on success */
int tsl__sha256_close(tsl__sha256 *hash, char out[65]);                  /* lower-case hex; frees it */
void tsl__sha256_free(tsl__sha256 *hash);

#endif
