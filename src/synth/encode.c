/* encode.c: tables in other encodings, of the characters that the shop knows. */
#include "synth/defects.h"

#include <string.h>

/* GB18030 of those that it knows beyond ASCII; ö has four bytes. */
static const struct {
    unsigned code;
    const char *bytes;
} known[] = {{0xE9, "\xA8\xA6"},   {0xF6, "\x81\x30\x8B\x32"}, {0xFC, "\xA8\xB9"},          {0x20AC, "\xA2\xE3"},
             {0x4EAC, "\xBE\xA9"}, {0x5317, "\xB1\xB1"},       {0xFEFF, "\x84\x31\x95\x33"}};

/* The character at s, and its bytes; a byte that begins none stands for itself. */
static unsigned decode(const char *s, size_t left, size_t *bytes)
{
    const unsigned char *u = (const unsigned char *)s;
    const size_t count = u[0] < 0xC2 ? 1 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 1;
    *bytes = count <= left && tsl__utf8_check(s, count) == count ? count : 1;
    return *bytes == 1   ? u[0]
           : *bytes == 2 ? (u[0] & 0x1FU) << 6 | (u[1] & 0x3FU)
                         : (u[0] & 0x0FU) << 12 | (u[1] & 0x3FU) << 6 | (u[2] & 0x3FU);
}

/* NULL: it is ASCII, or not known. */
static const char *find_gb18030(unsigned code)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].code == code) {
            return known[i].bytes;
        }
    }
    return NULL;
}

int tsl__synth_can_encode(tsl__synth_encoding encoding, const char *text)
{
    const size_t count = strlen(text);
    int can = 1;
    for (size_t i = 0, taken; i < count; i += taken) {
        const unsigned code = decode(text + i, count - i, &taken);
        can = can && (encoding == TSL__SYNTH_LATIN1    ? code < 0x100
                      : encoding == TSL__SYNTH_GB18030 ? code < 0x80 || find_gb18030(code)
                                                       : 1);
    }
    return can;
}

void tsl__synth_encode(tsl__synth_encoding encoding, const char *bytes, size_t count, tsl__text *out)
{
    for (size_t i = 0, taken; i < count; i += taken) {
        const unsigned code = decode(bytes + i, count - i, &taken);
        const char *gb18030 = encoding == TSL__SYNTH_GB18030 ? find_gb18030(code) : NULL;
        if (encoding == TSL__SYNTH_UTF16) {
            tsl__text_append(out, (char[]){(char)(code & 0xFFU), (char)(code >> 8)}, 2);
        } else if (gb18030) {
            tsl__text_puts(out, gb18030);
        } else {
            tsl__text_append(out, &(char){(char)code}, 1);
        }
    }
}
