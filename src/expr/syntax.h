/*
 * syntax.h: the text of an expression as a tree. docs/expressions.md has the grammar.
 *
 * Nothing is known of types here but those of what is written out; a name is the index of a column already.
 */
#ifndef TSL_EXPR_SYNTAX_H
#define TSL_EXPR_SYNTAX_H

#include "expr/expr.h"
#include "expr/lexer.h"

typedef enum tsl__node_kind {
    TSL__NODE_NUMBER,
    TSL__NODE_TEXT,
    TSL__NODE_DATE,
    TSL__NODE_TRUTH,
    TSL__NODE_COLUMN,
    TSL__NODE_NEGATIVE,   /* one part */
    TSL__NODE_NOT,        /* one */
    TSL__NODE_MISSING,    /* one: `is missing` */
    TSL__NODE_ARITHMETIC, /* two, by sign */
    TSL__NODE_COMPARISON, /* two, by sign */
    TSL__NODE_AND,        /* two */
    TSL__NODE_OR,         /* two */
    TSL__NODE_IN,         /* what is looked for, then the list */
    TSL__NODE_CALL        /* the arguments of a function */
} tsl__node_kind;

#define TSL__NO_NODE SIZE_MAX

typedef struct tsl__node {
    tsl__node_kind kind;
    tsl__expr_type type;
    size_t at;           /* byte of the text that it is shown at */
    size_t first, next;  /* its first part; the part behind it of the same whole; TSL__NO_NODE: none */
    size_t column;       /* COLUMN: the caller's index; CALL: of the function */
    char sign;           /* of the operator */
    tsl__decimal number; /* NUMBER */
    int64_t time;        /* DATE: seconds; TRUTH: 0, 1 */
    int day_alone;       /* DATE: 1: without a time of day */
    char *text;          /* TEXT: owned */
} tsl__node;

typedef struct tsl__syntax {
    tsl__node *node;
    size_t nodes, capacity, root;
    const tsl__expr_type *known; /* one a column: what it holds, or OPEN; NULL: nothing is known; a view */
} tsl__syntax;

/* count of names where every name will do. */
#define TSL__ANY_NAME SIZE_MAX

/* TSL_E_OPTION as of tsl__expr_open. Free it, also on failure. */
TSL_FALLIBLE tsl_status tsl__syntax_open(tsl__lexer *lexer, const char *const *names, size_t count, tsl__syntax *out,
                                         tsl_error *err);
void tsl__syntax_free(tsl__syntax *syntax);

#endif
