/* utf8.c: strict UTF-8, and the nearest name for a mistyped one. */
#include "base/alloc.h"
#include "base/text.h"

#include <tesela/base.h>

#include <stdlib.h>
#include <string.h>

#define PART_LEAST 3 /* bytes of a name that another is known by */

/* Length of the valid sequence at s (n bytes left), 0 where there is none:
 * no overlong forms, no surrogates, nothing above U+10FFFF (Unicode 15, table 3-7). */
static size_t sequence_length(const unsigned char *s, size_t n)
{
    unsigned char a = s[0], low = 0x80, high = 0xBF;
    if (a < 0x80) {
        return 1;
    }
    size_t length = a >= 0xC2 && a <= 0xDF ? 2 : (a & 0xF0) == 0xE0 ? 3 : a >= 0xF0 && a <= 0xF4 ? 4 : 0;
    if (length == 0 || length > n) {
        return 0;
    }
    low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : low;
    high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : high;
    if (s[1] < low || s[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

size_t tsl__utf8_check(const char *s, size_t n)
{
    const unsigned char *bytes = (const unsigned char *)s;
    size_t i = 0;
    while (i < n) {
        uint64_t word;
        if (i + 8 <= n) {
            memcpy(&word, bytes + i, 8);
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                i += 8;
                continue;
            }
        }
        size_t length = sequence_length(bytes + i, n - i);
        if (length == 0) {
            break;
        }
        i += length;
    }
    return i;
}

int tsl__text_head(const char *text, int most)
{
    int length = (int)strnlen(text, (size_t)most + 1);
    if (length > most) {
        for (length = most; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) {
            length--;
        }
    }
    return length;
}

/* Levenshtein distance of two texts, ASCII case folded, `row` being scratch of
 * strlen(b) + 1 numbers. */
static size_t edit_distance(const char *a, const char *b, size_t *row)
{
    size_t columns = strlen(b);
    for (size_t j = 0; j <= columns; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t change = diagonal + (tsl__lower(a[i - 1]) != tsl__lower(b[j - 1]));
            size_t gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < gap ? change : gap;
        }
    }
    return row[columns];
}

/* The first that holds the name as a part, case folded: "income" of "AnnualIncome". */
static const char *find_holding(const char *name, const char *const *names, size_t count)
{
    const char *found = NULL;
    for (size_t i = 0; i < count && !found && strlen(name) >= PART_LEAST; i++) {
        found = strcasestr(names[i], name) ? names[i] : NULL;
    }
    return found;
}

const char *tsl__nearest_get(const char *name, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t length = strlen(name), limit = length / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t *row = tsl__alloc(strlen(names[i]) + 1, sizeof *row);
        if (!row) {
            return NULL;
        }
        size_t distance = edit_distance(name, names[i], row);
        free(row);
        if (distance <= limit && distance < strlen(names[i])) {
            best = names[i];
            limit = distance ? distance - 1 : 0;
            if (distance == 0) {
                break;
            }
        }
    }
    return best ? best : find_holding(name, names, count);
}

const char *tsl_name_get_nearest(const char *name, const char *const *names, size_t count)
{
    return tsl__nearest_get(name, names, count);
}

size_t tsl__text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++) {
        width += (*text & 0xC0) != 0x80;
    }
    return width;
}
