/* program.h: an expression as steps of a stack machine, with the values that they work on. */
#ifndef TSL_EXPR_PROGRAM_H
#define TSL_EXPR_PROGRAM_H

#include "expr/syntax.h"

#define TSL__STACK 32 /* values that wait at one time */

typedef enum tsl__action {
    TSL__STEP_PUSH_NUMBER,
    TSL__STEP_PUSH_OPERAND,
    TSL__STEP_NEGATE,
    TSL__STEP_ADD,
    TSL__STEP_SUBTRACT,
    TSL__STEP_MULTIPLY,
    TSL__STEP_DIVIDE, /* up to here a program is arithmetic alone */
    TSL__STEP_PUSH_CONSTANT,
    TSL__STEP_EQUAL, /* comparisons; two values -> truth */
    TSL__STEP_UNEQUAL,
    TSL__STEP_LESS,
    TSL__STEP_AT_MOST,
    TSL__STEP_MORE,
    TSL__STEP_AT_LEAST,
    TSL__STEP_MATCH, /* value, truth so far, another value -> value, truth: or equal to it */
    TSL__STEP_UNDER, /* value, truth -> truth */
    TSL__STEP_AND,
    TSL__STEP_OR,
    TSL__STEP_NOT,
    TSL__STEP_IS_MISSING,
    TSL__STEP_ABSOLUTE,
    TSL__STEP_LESSER,
    TSL__STEP_GREATER,
    TSL__STEP_ROUND, /* to so many places */
    TSL__STEP_LOWER,
    TSL__STEP_TRIM,
    TSL__STEP_LENGTH,
    TSL__STEP_YEAR,
    TSL__STEP_MONTH,
    TSL__STEP_DAY_OF_MONTH,
    TSL__STEP_WEEKDAY,
    TSL__STEP_HOUR,
    TSL__STEP_DAYS_BETWEEN,
    TSL__STEP_CHOOSE, /* truth, value, value -> value */
    TSL__STEP_COALESCE,
    TSL__STEP_SAME /* no step at all */
} tsl__action;

typedef struct tsl__step {
    tsl__action action;
    size_t operand;      /* PUSH_OPERAND; of PUSH_CONSTANT the index of it; of ROUND the places */
    tsl__decimal number; /* PUSH_NUMBER */
} tsl__step;

struct tsl__expr {
    tsl__step *step;
    size_t steps, step_capacity;
    size_t *operand; /* indices into the caller's names */
    tsl__expr_type *operand_type;
    size_t operands, operand_capacity, type_capacity;
    tsl__expr_value *constant;
    char **text; /* of the constants; one each, or NULL */
    size_t constants, constant_capacity, text_capacity;
    tsl__expr_type type;
    int arithmetic;
};

/* meaning.c: the types of a tree, and its program. types: bits 1 << tsl__expr_type that the whole may be; what is open
 * is the first of them. */
TSL_FALLIBLE tsl_status tsl__meaning_settle(const tsl__lexer *lexer, tsl__syntax *tree, unsigned types, tsl__expr *out,
                                            tsl_error *err);

#endif
