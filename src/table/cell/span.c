/* span.c: the edges of a cell, and what it looks like in a message. */
#include "table/cell/span.h"

#include <string.h>

#include "base/text.h"

tsl__span tsl__span_make(const char *text)
{
    return (tsl__span){text, strlen(text)};
}

int tsl__span_equal(tsl__span a, tsl__span b)
{
    return a.n == b.n && (!a.n || memcmp(a.s, b.s, a.n) == 0); /* one of no bytes may have no place */
}

int tsl__span_begins(tsl__span span, const char *text, size_t n)
{
    return span.n >= n && memcmp(span.s, text, n) == 0;
}

int tsl__span_ends(tsl__span span, const char *text)
{
    const size_t n = strlen(text);
    return span.n >= n && memcmp(span.s + span.n - n, text, n) == 0;
}

/* Bytes of the space that text begins with, or ends with where `at_end`. */
static size_t space_length(tsl__span text, int at_end)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE3\x80\x80"};
    unsigned char c = text.n ? (unsigned char)text.s[at_end ? text.n - 1 : 0] : 'x';
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        return 1;
    }
    for (size_t i = 0; c >= 0x80 && i < sizeof wide / sizeof *wide; i++) {
        size_t n = strlen(wide[i]);
        tsl__span part = text.n < n || !at_end ? text : (tsl__span){text.s + text.n - n, n};
        if (tsl__span_begins(part, wide[i], n)) {
            return n;
        }
    }
    return 0;
}

int tsl__span_has_digit(tsl__span span)
{
    for (size_t i = 0; i < span.n; i++) {
        if (tsl__is_digit(span.s[i])) {
            return 1;
        }
    }
    return 0;
}

tsl__span tsl__cell_trim(tsl__span cell)
{
    size_t n;
    while ((n = space_length(cell, 0))) {
        cell.s += n;
        cell.n -= n;
    }
    while ((n = space_length(cell, 1))) {
        cell.n -= n;
    }
    return cell;
}

/* Bytes of the whole character at s, 0 where there is none. */
static size_t character_length(const char *s, size_t n)
{
    size_t valid = tsl__utf8_check(s, n < 4 ? n : 4), length = 0;
    if (valid) { /* what is valid begins with it; more may follow within the four bytes */
        for (length = 1; length < valid && ((unsigned char)s[length] & 0xC0) == 0x80;) {
            length++;
        }
    }
    return length;
}

char *tsl__span_show(tsl__span text, char *out, size_t size)
{
    size_t at = 0, cut = 0; /* cut: where dots would still fit */
    for (size_t i = 0; i < text.n;) {
        size_t length = character_length(text.s + i, text.n - i);
        unsigned char c = (unsigned char)text.s[i];
        tsl__span shown = !length                 ? tsl__span_make("\xEF\xBF\xBD")
                          : c < 0x20 || c == 0x7F ? tsl__span_make(" ")
                                                  : (tsl__span){text.s + i, length};
        cut = at + sizeof "…" <= size ? at : cut;
        if (at + shown.n + 1 > size) {
            memcpy(out + cut, "…", sizeof "…");
            return out;
        }
        memcpy(out + at, shown.s, shown.n);
        at += shown.n;
        i += length ? length : 1;
    }
    out[at] = 0;
    return out;
}
