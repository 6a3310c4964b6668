/* hash.c: xxHash and SHA-256; the only user of both libraries. */
#include "base/hash.h"

#include "base/alloc.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

uint64_t tsl__hash64(const void *bytes, size_t count, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, count, seed);
}

struct tsl__sha256 {
    EVP_MD_CTX *context;
};

tsl__sha256 *tsl__sha256_open(void)
{
    tsl__sha256 *hash = tsl__memory_has_room() ? tsl__alloc_zero(1, sizeof *hash) : NULL;
    if (hash) {
        hash->context = EVP_MD_CTX_new();
        if (!hash->context || EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1) {
            tsl__sha256_free(hash);
            hash = NULL;
        }
    }
    return hash;
}

int tsl__sha256_add(tsl__sha256 *hash, const void *bytes, size_t count)
{
    return EVP_DigestUpdate(hash->context, bytes, count) == 1 ? 0 : -1;
}

int tsl__sha256_close(tsl__sha256 *hash, char out[65])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    int ok = EVP_DigestFinal_ex(hash->context, digest, &length) == 1 && length == 32;
    for (unsigned int i = 0; ok && i < length; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[ok ? 64 : 0] = '\0';
    tsl__sha256_free(hash);
    return ok ? 0 : -1;
}

void tsl__sha256_free(tsl__sha256 *hash)
{
    if (hash) {
        EVP_MD_CTX_free(hash->context);
        free(hash);
    }
}

/* ---- Keyed --------------------------------------------------------------------- */

#define BLOCK_BYTES 64 /* of SHA-256 */
#define INNER_PAD 0x36
#define OUTER_PAD 0x5c

/* What the key alone gives is hashed once, and each text goes on from there. */
struct tsl__hmac {
    EVP_MD_CTX *inner, *outer, *work;
};

void tsl__hash_wipe(void *bytes, size_t count)
{
    OPENSSL_cleanse(bytes, count);
}

void tsl__hmac_free(tsl__hmac *hmac)
{
    if (hmac) {
        EVP_MD_CTX_free(hmac->inner); /* which wipes it */
        EVP_MD_CTX_free(hmac->outer);
        EVP_MD_CTX_free(hmac->work);
        free(hmac);
    }
}

static tsl__hmac *make_empty(void)
{
    tsl__hmac *hmac = tsl__memory_has_room() ? tsl__alloc_zero(1, sizeof *hmac) : NULL;
    if (hmac) {
        hmac->inner = EVP_MD_CTX_new();
        hmac->outer = EVP_MD_CTX_new();
        hmac->work = EVP_MD_CTX_new();
        if (!hmac->inner || !hmac->outer || !hmac->work) {
            tsl__hmac_free(hmac);
            hmac = NULL;
        }
    }
    return hmac;
}

/* 1: begun with the block under the pad. */
static int begin(EVP_MD_CTX *context, const unsigned char block[BLOCK_BYTES], unsigned char pad)
{
    unsigned char padded[BLOCK_BYTES];
    for (size_t i = 0; i < BLOCK_BYTES; i++) {
        padded[i] = block[i] ^ pad;
    }
    const int ok =
        EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 && EVP_DigestUpdate(context, padded, sizeof padded) == 1;
    OPENSSL_cleanse(padded, sizeof padded);
    return ok;
}

tsl__hmac *tsl__hmac_open(const void *key, size_t bytes)
{
    unsigned char block[BLOCK_BYTES] = {0};
    tsl__hmac *hmac = make_empty();
    int ok = hmac != NULL;
    if (ok && bytes > BLOCK_BYTES) { /* a longer key is its hash */
        ok = EVP_Digest(key, bytes, block, NULL, EVP_sha256(), NULL) == 1;
    } else if (ok) {
        memcpy(block, key, bytes);
    }
    ok = ok && begin(hmac->inner, block, INNER_PAD) && begin(hmac->outer, block, OUTER_PAD);
    OPENSSL_cleanse(block, sizeof block);
    if (!ok) {
        tsl__hmac_free(hmac);
        hmac = NULL;
    }
    return hmac;
}

tsl__hmac *tsl__hmac_copy(const tsl__hmac *hmac)
{
    tsl__hmac *copy = make_empty();
    if (copy &&
        (EVP_MD_CTX_copy_ex(copy->inner, hmac->inner) != 1 || EVP_MD_CTX_copy_ex(copy->outer, hmac->outer) != 1)) {
        tsl__hmac_free(copy);
        copy = NULL;
    }
    return copy;
}

int tsl__hmac_hash(tsl__hmac *hmac, const void *text, size_t bytes, unsigned char out[TSL__HMAC_BYTES])
{
    const int ok = EVP_MD_CTX_copy_ex(hmac->work, hmac->inner) == 1 && EVP_DigestUpdate(hmac->work, text, bytes) == 1 &&
                   EVP_DigestFinal_ex(hmac->work, out, NULL) == 1 && EVP_MD_CTX_copy_ex(hmac->work, hmac->outer) == 1 &&
                   EVP_DigestUpdate(hmac->work, out, TSL__HMAC_BYTES) == 1 &&
                   EVP_DigestFinal_ex(hmac->work, out, NULL) == 1;
    return ok ? 0 : -1;
}
