/* text.c: a growing text. */
#include "base/text.h"

#include <tesela/base.h>

#include "base/alloc.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tsl__text_append(tsl__text *text, const char *bytes, size_t count)
{
    size_t need = text->length + count + 1;
    if (need > text->capacity && !text->failed) {
        size_t grown = need > text->capacity * 2 ? need + 64 : text->capacity * 2;
        char *moved = tsl__realloc(text->data, grown, 1);
        text->failed = !moved;
        text->data = moved ? moved : text->data;
        text->capacity = moved ? grown : text->capacity;
    }
    if (text->failed) {
        return;
    }
    if (count) {
        memcpy(text->data + text->length, bytes, count);
    }
    text->length += count;
    text->data[text->length] = '\0';
}

void tsl__text_puts(tsl__text *text, const char *string)
{
    tsl__text_append(text, string, strlen(string));
}

static int is_latin(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* U+4E00 to U+9FFF, of which c begins three bytes. */
static int is_chinese(const char *c)
{
    return ((unsigned char)c[0] == 0xE4 && (unsigned char)c[1] >= 0xB8) ||
           ((unsigned char)c[0] >= 0xE5 && (unsigned char)c[0] <= 0xE9);
}

void tsl__text_join(tsl__text *text, const char *string)
{
    const size_t n = text->length;
    const int meet = n && ((is_latin(text->data[n - 1]) && is_chinese(string)) ||
                           (n >= 3 && is_chinese(text->data + n - 3) && is_latin(string[0])));
    tsl__text_puts(text, meet ? " " : "");
    tsl__text_puts(text, string);
}

void tsl__text_printf(tsl__text *text, const char *format, ...)
{
    char line[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = tsl__vprint(line, sizeof line, format, args);
    if (length < 0) {
        text->failed = 1;
    } else if ((size_t)length < sizeof line) {
        tsl__text_append(text, line, (size_t)length);
    } else {
        char *all = tsl__alloc((size_t)length + 1, 1);
        if (all) {
            tsl__vprint(all, (size_t)length + 1, format, again);
            tsl__text_append(text, all, (size_t)length);
            free(all);
        } else {
            text->failed = 1;
        }
    }
    va_end(again);
    va_end(args);
}

void tsl__text_double(tsl__text *text, double value)
{
    char out[32];
    if (!isnan(value)) {
        tsl__double_write(value, out);
        tsl__text_puts(text, out);
    }
}

char *tsl__write_count(char *p, uint64_t value)
{
    char digit[20];
    int n = 0;
    do {
        digit[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    while (n > 0) {
        *p++ = digit[--n];
    }
    return p;
}

char *tsl__write_decimal(char *p, uint64_t value, int places, int keep)
{
    p = tsl__write_count(p, value / tsl__tens[places]);
    uint64_t rest = value % tsl__tens[places];
    while (places > keep && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    if (places > 0) {
        *p++ = '.';
        for (int i = places; i-- > 0; rest /= 10) {
            p[i] = (char)('0' + rest % 10);
        }
        p += places;
    }
    return p;
}

void tsl__text_decimal(tsl__text *text, int64_t value, int places)
{
    char out[32], *p = out;
    if (value < 0) {
        *p++ = '-';
    }
    p = tsl__write_decimal(p, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 4, places);
    tsl__text_append(text, out, (size_t)(p - out));
}

void tsl__text_shown(tsl__text *text, double value, int places)
{
    char out[32];
    if (value == 0 || (fabs(value) < 9e14 && fabs(value) >= 0.00005) || isnan(value)) {
        tsl__text_fixed(text, value, places);
    } else {
        tsl__shown_write(value, 4, out);
        tsl__text_puts(text, out);
    }
}

void tsl__text_fixed(tsl__text *text, double value, int places)
{
    if (fabs(value) < 9e14) {
        tsl__text_decimal(text, llround(value * (double)TSL_DECIMAL_ONE), places);
    } else {
        tsl__text_double(text, value);
    }
}

void tsl_text_free(char *text)
{
    free(text);
}

void tsl_texts_free(char **text, size_t count)
{
    tsl__free_texts(text, count);
}

void tsl__text_clear(tsl__text *text)
{
    text->length = 0;
    if (text->data) {
        text->data[0] = '\0';
    }
}

void tsl__text_free(tsl__text *text)
{
    free(text->data);
    *text = (tsl__text){0};
}

char *tsl__text_take(tsl__text *text)
{
    tsl__text_append(text, "", 0);
    char *data = text->failed ? NULL : text->data;
    if (text->failed) {
        free(text->data);
    }
    *text = (tsl__text){0};
    return data;
}

int tsl__nearest_put(tsl__text *text, const char *name, const char *const *names, size_t count)
{
    const char *near = tsl__nearest_get(name, names, count);
    if (near) {
        tsl__text_printf(text, "; did you mean \"%s\"?", near);
    }
    return near != NULL;
}

void tsl__names_put(tsl__text *text, const char *const *names, size_t count)
{
    enum { ROOM = 300, NAME = 80 }; /* bytes of all of them, and of one */
    size_t begin = text->length;
    for (size_t i = 0; i < count; i++) {
        if (text->length - begin > ROOM) {
            tsl__text_puts(text, ", …");
            return;
        }
        const int head = tsl__text_head(names[i], NAME);
        tsl__text_printf(text, "%s%.*s%s", i ? ", " : "", head, names[i], names[i][head] ? "…" : "");
    }
}

void tsl__text_tidy(char *message, int cut)
{
    size_t length = strlen(message);
    for (size_t i = 0; (i += tsl__utf8_check(message + i, length - i)) < length; i++) {
        if (cut && length - i < 4) {
            message[i] = '\0';
            break;
        }
        message[i] = '?';
    }
    for (char *p = message; *p; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7F) {
            *p = ' ';
        }
    }
}
