/* lexer.c: splits an expression into numbers, dates, texts, names and signs. */
#include "expr/lexer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"

#define SHOWN_BYTES 400 /* of the text, in an error */

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

/* Columns of a terminal that the character at s takes: East Asian ones take two. */
static size_t width(const unsigned char *s)
{
    if ((*s & 0xC0) == 0x80) {
        return 0;
    }
    return *s >= 0xE3 && *s <= 0xED ? 2 : *s == 0xEF ? 2 : *s >= 0xF0 ? 2 : 1;
}

tsl_status tsl__lexer_fail(const tsl__lexer *lexer, size_t at, tsl_error *err, const char *format, ...)
{
    char what[400];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    const char *text = lexer->text;
    if (!err || strlen(text) > SHOWN_BYTES) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: character %zu: %s", lexer->label, at + 1, what);
    }
    /* Messages are one line; the text and its caret follow below. */
    tsl__error_set(err, TSL_E_OPTION, "%s: %s", lexer->label, what);
    tsl__text below = {0};
    tsl__text_puts(&below, "\n  ");
    for (const char *c = text; *c; c++) {
        tsl__text_append(&below, (unsigned char)*c < ' ' ? " " : c, 1);
    }
    tsl__text_puts(&below, "\n  ");
    for (size_t i = 0; i < at; i++) {
        tsl__text_append(&below, "  ", width((const unsigned char *)text + i));
    }
    tsl__text_puts(&below, "^");
    size_t used = strlen(err->message);
    if (!below.failed && used + below.length < sizeof err->message) {
        memcpy(err->message + used, below.data, below.length + 1);
    }
    tsl__text_free(&below);
    return TSL_E_OPTION;
}

static tsl_status read_number(tsl__lexer *lexer, tsl_error *err)
{
    const char *s = lexer->text + lexer->next, *p = s;
    __int128 units = 0;
    int places = 0, digits = 0, point = 0;
    for (; tsl__is_digit(*p) || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = 1;
            continue;
        }
        digits += units > 0 || *p != '0';
        places += point;
        if (digits > 30 || places > TSL__DECIMAL_PLACES) {
            return tsl__lexer_fail(lexer, lexer->next, err, "a number of too many digits");
        }
        units = units * 10 + (*p - '0');
    }
    if (p == s + point || is_letter(*p) || *p == '.') {
        return tsl__lexer_fail(lexer, (size_t)(p - lexer->text), err, "not a number");
    }
    lexer->token.kind = TSL__TOKEN_NUMBER;
    lexer->token.number = tsl__decimal_make(units, -places, 0);
    lexer->next += (size_t)(p - s);
    return TSL_OK;
}

/* Two digits at p, or -1. */
static int read_two(const char *p)
{
    return tsl__is_digit(p[0]) && tsl__is_digit(p[1]) ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

/* The time of day that begins at p, if any: its length; *seconds -1 where there is none such. */
static size_t read_clock(const char *p, int *seconds)
{
    *seconds = 0;
    if ((*p != 'T' && *p != ' ') || read_two(p + 1) < 0 || p[3] != ':' || read_two(p + 4) < 0) {
        return 0;
    }
    const int exact = p[6] == ':' && read_two(p + 7) >= 0;
    const int hour = read_two(p + 1), minute = read_two(p + 4), second = exact ? read_two(p + 7) : 0;
    *seconds = hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : -1;
    return exact ? 9 : 6;
}

int tsl__iso_date_read(const char *text, size_t *length, int64_t *time)
{
    const int century = read_two(text), year = century < 0 ? -1 : read_two(text + 2);
    if (year < 0 || text[4] != '-' || read_two(text + 5) < 0 || text[7] != '-' || read_two(text + 8) < 0) {
        return 0;
    }
    int clock;
    int32_t day;
    *length = TSL__DAY_BYTES + read_clock(text + TSL__DAY_BYTES, &clock);
    const int there = tsl__day_find(century * 100 + year, read_two(text + 5), read_two(text + 8), &day) && clock >= 0;
    *time = there ? (int64_t)day * TSL__DAY_SECONDS + clock : TSL_MISSING_INT;
    return 1;
}

/* 2019-12-31, which is no difference of numbers. */
static tsl_status read_date(tsl__lexer *lexer, size_t length, int64_t time, tsl_error *err)
{
    if (time == TSL_MISSING_INT) {
        return tsl__lexer_fail(lexer, lexer->next, err, "there is no such day, or time of day");
    }
    lexer->token.kind = TSL__TOKEN_DATE;
    lexer->token.time = time;
    lexer->token.day_alone = length == TSL__DAY_BYTES;
    lexer->next += length;
    return TSL_OK;
}

/* What stands between two quotes of a kind; a doubled one within is one. */
static tsl_status read_quoted(tsl__lexer *lexer, char quote, tsl_error *err)
{
    const char *p = lexer->text + lexer->next + 1;
    tsl__text name = {0};
    for (; *p && (*p != quote || p[1] == quote); p += *p == quote ? 2 : 1) {
        tsl__text_append(&name, p, 1);
    }
    if (!*p) {
        tsl__text_free(&name);
        return tsl__lexer_fail(lexer, lexer->next, err, "a quote that does not close");
    }
    lexer->next = (size_t)(p + 1 - lexer->text);
    lexer->token.kind = quote == '"' ? TSL__TOKEN_NAME : TSL__TOKEN_TEXT;
    lexer->token.quoted = 1;
    lexer->token.name = tsl__text_take(&name);
    return lexer->token.name ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status read_name(tsl__lexer *lexer, tsl_error *err)
{
    const char *s = lexer->text + lexer->next, *p = s;
    while (is_letter(*p) || tsl__is_digit(*p)) {
        p++;
    }
    lexer->next += (size_t)(p - s);
    lexer->token.kind = TSL__TOKEN_NAME;
    lexer->token.name = tsl__strndup(s, (size_t)(p - s));
    return lexer->token.name ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status read_sign(tsl__lexer *lexer, tsl_error *err)
{
    static const struct {
        const char *text;
        char sign;
    } two[] = {{"==", '='},
               {"!=", TSL__SIGN_UNEQUAL},
               {"<>", TSL__SIGN_UNEQUAL},
               {"<=", TSL__SIGN_AT_MOST},
               {">=", TSL__SIGN_AT_LEAST}};
    const char *s = lexer->text + lexer->next;
    lexer->token.kind = TSL__TOKEN_SIGN;
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
        if (strncmp(s, two[i].text, 2) == 0) {
            lexer->token.sign = two[i].sign;
            lexer->next += 2;
            return TSL_OK;
        }
    }
    if (!strchr("+-*/(),=<>", *s)) {
        return tsl__lexer_fail(lexer, lexer->next, err, "\"%.*s\" has no place in an expression", 1, s);
    }
    lexer->token.sign = *s;
    lexer->next++;
    return TSL_OK;
}

tsl_status tsl__lexer_read(tsl__lexer *lexer, tsl_error *err)
{
    tsl__lexer_free(lexer);
    const char *text = lexer->text;
    lexer->next += strspn(text + lexer->next, " \t\r\n");
    char c = text[lexer->next];
    lexer->token = (tsl__token){.kind = TSL__TOKEN_END, .at = lexer->next};
    if (!c) {
        return TSL_OK;
    }
    size_t length;
    int64_t time;
    if (tsl__iso_date_read(text + lexer->next, &length, &time) && !tsl__is_digit(text[lexer->next + length]) &&
        !is_letter(text[lexer->next + length])) {
        return read_date(lexer, length, time, err);
    }
    if (tsl__is_digit(c) || c == '.') {
        return read_number(lexer, err);
    }
    if (c == '"' || c == '\'') {
        return read_quoted(lexer, c, err);
    }
    return is_letter(c) ? read_name(lexer, err) : read_sign(lexer, err);
}

void tsl__lexer_free(tsl__lexer *lexer)
{
    free(lexer->token.name);
    lexer->token.name = NULL;
}
