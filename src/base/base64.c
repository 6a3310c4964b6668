/* base64.c: bytes as text, by libcrypto, some at a time. */
#include "base/base64.h"

#include <openssl/evp.h>

#define TAKEN 48 /* bytes, a multiple of 3, so that none but the last are filled up */
#define WRITTEN (TAKEN / 3 * 4)

void tsl__base64_put(tsl__text *text, const unsigned char *bytes, size_t count)
{
    unsigned char letters[WRITTEN + 1];
    for (size_t i = 0; i < count; i += TAKEN) {
        const size_t left = count - i < TAKEN ? count - i : TAKEN;
        const int length = EVP_EncodeBlock(letters, bytes + i, (int)left);
        tsl__text_append(text, (const char *)letters, (size_t)length);
    }
}
