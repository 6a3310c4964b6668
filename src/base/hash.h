/* hash.h: hashes: xxHash for tables and checksums, SHA-256 for provenance, keyed for pseudonyms. */
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

/* HMAC-SHA-256 (RFC 2104) of one key. Texts are hashed by one thread at a time; others take copies. */
#define TSL__HMAC_BYTES 32
typedef struct tsl__hmac tsl__hmac;
tsl__hmac *tsl__hmac_open(const void *key, size_t bytes); /* NULL on failure; the key is not kept */
tsl__hmac *tsl__hmac_copy(const tsl__hmac *hmac);         /* likewise */
int tsl__hmac_hash(tsl__hmac *hmac, const void *text, size_t bytes,
                   unsigned char out[TSL__HMAC_BYTES]); /* 0 on success */
void tsl__hmac_free(tsl__hmac *hmac);                   /* NULL is fine */
/* Overwrites what is not to stay in memory. */
void tsl__hash_wipe(void *bytes, size_t count);

#endif
