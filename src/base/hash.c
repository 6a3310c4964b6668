/* hash.c: xxHash and SHA-256; the only user of both libraries. */
#include "base/hash.h"

#include "base/alloc.h"

#include <openssl/evp.h>
#include <stdlib.h>
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
