/* name_fold.c: the name of a column without what does not matter. */
#include <string.h>

#include "base/alloc.h"
#include "table/names/role_names.h"

size_t tsl__name_length(const char *name)
{
    static const char *const opening[] = {"(", "[", "（", "【"};
    size_t length = strlen(name), shortest = length;
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        const char *at = strstr(name, opening[i]);
        if (at && at > name && (size_t)(at - name) < shortest) {
            shortest = (size_t)(at - name);
        }
    }
    int closes = length && (strchr(")]", name[length - 1]) ||
                            (length > 3 && (!strcmp(name + length - 3, "）") || !strcmp(name + length - 3, "】"))));
    return closes ? shortest : length;
}

/* Bytes of what stands for nothing at c: blanks and marks, also wide ones, n° and nº, ’, an accent of its own; 0: none.
 */
static size_t skip_mark(const char *c)
{
    static const char *const marks[] = {"\xC2\xA0", "\xC2\xB0", "\xC2\xBA", "\xC2\xAA", "\xE3\x80\x80", "\xE2\x80\x99"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (strncmp(c, marks[i], n) == 0) {
            return n;
        }
    }
    int accent = (unsigned char)c[0] == 0xCC || ((unsigned char)c[0] == 0xCD && (unsigned char)c[1] <= 0xAF);
    return accent && c[1] ? 2 : strchr(" _-.#\'/\t\r\n", *c) ? 1 : 0;
}

/* The small ASCII letter or digit for a letter with an accent, or one of full width, of so many bytes; 0: none. */
static char fold_wide(const char *text, size_t *bytes)
{
    /* U+00C0 to U+00DF, and as small ones U+00E0 to U+00FF */
    static const char latin[] = "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0";
    const unsigned char *c = (const unsigned char *)text;
    if ((c[0] == 0xC3 && c[1] == 0xBF) || (c[0] == 0xC5 && c[1] == 0xB8)) { /* ÿ, Ÿ */
        *bytes = 2;
        return 'y';
    }
    if (c[0] == 0xC3 && c[1] >= 0x80) {
        *bytes = 2;
        return latin[c[1] & 0x1F];
    }
    if (c[0] != 0xEF || (c[1] != 0xBC && c[1] != 0xBD)) {
        return 0;
    }
    *bytes = 3;
    int letter = c[2] - (c[1] == 0xBC ? 0xA1 : 0x81);
    int digit = c[1] == 0xBC && c[2] >= 0x90 && c[2] <= 0x99;
    return (char)(digit ? '0' + (c[2] - 0x90) : letter >= 0 && letter < 26 ? 'a' + letter : 0);
}

void tsl__name_fold_accents(const char *name, char *out, size_t size)
{
    size_t at = 0, bytes = 0;
    for (size_t i = 0; name[i] && at + 1 < size; i += bytes) {
        const char plain = fold_wide(name + i, &bytes);
        const int is_accent =
            !plain && (unsigned char)name[i] >= 0x80 && skip_mark(name + i) == 2 && (unsigned char)name[i] != 0xC2;
        bytes = plain ? bytes : is_accent ? 2 : 1;
        if (!is_accent) {
            out[at++] = plain ? plain : name[i];
        }
    }
    out[at] = 0;
}

void tsl__name_fold(const char *name, char *out, size_t size)
{
    size_t length = tsl__name_length(name), at = 0, bytes = 0;
    if (length > 3 && memcmp(name + length - 3, "__c", 3) == 0) { /* a column that Salesforce's user added */
        length -= 3;
    }
    for (size_t i = 0; i < length && at + 1 < size; i += bytes) {
        bytes = skip_mark(name + i);
        if (bytes) {
            continue;
        }
        char wide = fold_wide(name + i, &bytes), c = name[i];
        bytes = wide ? bytes : 1;
        out[at++] = wide ? wide : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[at] = 0;
}

#define MOST_BYTES 64 /* of a name that is one of a list */

int tsl__name_is_among(tsl__span name, const char *names)
{
    char whole[MOST_BYTES], word[MOST_BYTES + 2] = "|";
    if (name.n == 0 || name.n >= sizeof whole || memchr(name.s, '|', name.n)) {
        return 0;
    }
    memcpy(whole, name.s, name.n);
    whole[name.n] = '\0';
    tsl__name_fold(whole, word + 1, MOST_BYTES);
    const size_t n = strlen(word);
    word[n] = '|';
    word[n + 1] = '\0';
    return n > 1 && strstr(names, word) != NULL;
}

char **tsl__names_fold(const char *const *list, size_t count)
{
    size_t bytes = count * sizeof(char *);
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(list[i]) + 1;
    }
    char **folded = tsl__alloc(bytes, 1), *at = (char *)(folded ? folded + count : NULL);
    for (size_t i = 0; folded && i < count; i++) {
        folded[i] = at;
        tsl__name_fold(list[i], at, strlen(list[i]) + 1);
        at += strlen(at) + 1;
    }
    return folded;
}
