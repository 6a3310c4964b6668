/* lexer.h: the text of an expression as tokens. */
#ifndef TSL_EXPR_LEXER_H
#define TSL_EXPR_LEXER_H

#include <stddef.h>
#include <tesela/base.h>

#include "expr/decimal.h"

typedef enum tsl__token_kind {
    TSL__TOKEN_END,
    TSL__TOKEN_NUMBER,
    TSL__TOKEN_NAME,
    TSL__TOKEN_SIGN /* an operator or a parenthesis */
} tsl__token_kind;

typedef struct tsl__token {
    tsl__token_kind kind;
    size_t at;           /* byte of the text where it begins */
    char sign;           /* TSL__TOKEN_SIGN */
    tsl__decimal number; /* TSL__TOKEN_NUMBER */
    char *name;          /* TSL__TOKEN_NAME: owned by the lexer, until the next token */
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

/* TSL_E_OPTION: the message, and below it the text with a caret under byte `at`. */
tsl_status tsl__lexer_fail(const tsl__lexer *lexer, size_t at, tsl_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
