/* base64.c: bytes as text: each three as four letters, the last ones filled up by '='. */
#include "output/report/base64.h"

#include <stdint.h>

static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void tsl__base64_put(tsl__text *text, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i += 3) {
        size_t left = count - i < 3 ? count - i : 3;
        uint32_t three = 0;
        char four[4];
        for (size_t b = 0; b < 3; b++) {
            three = three << 8 | (b < left ? bytes[i + b] : 0);
        }
        for (size_t c = 0; c < 4; c++) {
            four[c] = c > left ? '=' : letter[three >> (18 - 6 * c) & 63];
        }
        tsl__text_append(text, four, sizeof four);
    }
}
