/* lexer.h: the text of an expression as tokens. */
#ifndef TSL_EXPR_LEXER_H
#define TSL_EXPR_LEXER_H

#include <stddef.h>
#include <tesela/base.h>

#include "expr/decimal.h"

typedef enum tsl__token_kind {
    TSL__TOKEN_END,
    TSL__TOKEN_NUMBER,
    TSL__TOKEN_DATE,
    TSL__TOKEN_TEXT, /* 'in single quotes' */
    TSL__TOKEN_NAME,
    TSL__TOKEN_SIGN /* an operator, a comma or a parenthesis */
} tsl__token_kind;

/* Signs of two characters; all others are themselves. */
enum { TSL__SIGN_UNEQUAL = '!', TSL__SIGN_AT_MOST = 'l', TSL__SIGN_AT_LEAST = 'g' };

typedef struct tsl__token {
    tsl__token_kind kind;
    size_t at;           /* byte of the text where it begins */
    char sign;           /* TSL__TOKEN_SIGN: '=' for ==, too */
    tsl__decimal number; /* TSL__TOKEN_NUMBER */
    int64_t time;        /* TSL__TOKEN_DATE: seconds */
    int day_alone;       /* likewise: 1: without a time of day */
    char *name;          /* TSL__TOKEN_NAME, TSL__TOKEN_TEXT: owned by the lexer, until the next token */
    int quoted;          /* TSL__TOKEN_NAME: 1: it is a column's, whatever word it is */
} tsl__token;

typedef struct tsl__lexer {
    const char *label; /* what errors call the expression */
    const char *text;
    size_t next;
    tsl__token token; /* the current one */
} tsl__lexer;

/* Moves on to the next token. */
TSL_FALLIBLE tsl_status tsl__lexer_read(tsl__lexer *lexer, tsl_error *err);
void tsl__lexer_free(tsl__lexer *lexer);

/* 1 where the text begins with a day as 2019-12-31, perhaps with its time 2019-12-31T08:30 or ...:30:05 (a space may
 * stand for the T): *length of it, TSL__DAY_BYTES of a day alone; *time in seconds, or TSL_MISSING_INT where there is
 * no such day or time. */
#define TSL__DAY_BYTES 10
int tsl__iso_date_read(const char *text, size_t *length, int64_t *time);

/* TSL_E_OPTION: the message, and below it the text with a caret under byte `at`. */
tsl_status tsl__lexer_fail(const tsl__lexer *lexer, size_t at, tsl_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
