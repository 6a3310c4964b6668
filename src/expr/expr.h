/*
 * expr.h: expressions over named columns: `Quantity * "Unit Price" - 1.5`, `status != 'Cancelled' and Quantity > 0`.
 *
 * The one expression language of the engine; docs/expressions.md has its grammar and meaning. A text is parsed once
 * into a small postfix program, whose types are checked then; the program is run a row. It knows no tables: a name is
 * an index into the list that the caller gives. It cannot loop, call out or read anything but the values it is given.
 */
#ifndef TSL_EXPR_EXPR_H
#define TSL_EXPR_EXPR_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/base.h>

#include "expr/decimal.h"

/* What an expression, or a part of it, is. */
typedef enum tsl__expr_type {
    TSL__EXPR_OPEN, /* a column, as long as nothing says what it is read as */
    TSL__EXPR_NUMBER,
    TSL__EXPR_TEXT,
    TSL__EXPR_TRUTH, /* true or false */
    TSL__EXPR_DATE   /* a day, perhaps with its time */
} tsl__expr_type;

/* A value on the way. number.state tells of every type whether there is one. */
typedef struct tsl__expr_value {
    tsl__decimal number; /* of a number */
    const char *text;    /* of a text: a view; length bytes, the letters of ASCII as lower ones where it is folded */
    size_t length;
    int64_t time;  /* of a date: seconds; of a truth 0, 1 */
    int folded;    /* of a text */
    int day_alone; /* of a date: 1: without a time of day, and so without an hour */
} tsl__expr_value;

typedef struct tsl__expr tsl__expr;

/* The next byte of a name, as names are compared where none is exactly the same: letters of ASCII small, white space of
 * any kind and length one blank, so that a header of two lines can be told on one. 0 at the end. */
char tsl__name_next(const char **at);
/* The index of a name among `names`: exactly, then as above; count where there is none. */
size_t tsl__name_find(const char *name, const char *const *names, size_t count);

/* Parses text, a number; each name in it is found by tsl__name_find. An error is TSL_E_OPTION, begins with the label,
 * shows below it the text with a caret under the place, what is expected there, and the nearest right name. */
TSL_FALLIBLE tsl_status tsl__expr_open(const char *label, const char *text, const char *const *names, size_t count,
                                       tsl__expr **out, tsl_error *err);
/* The same of a text that may be of these types, bits TSL__EXPR_OF; a column that nothing says more of is the first.
 * known: one a name, what its column is known to hold, a number, a text or a date, else OPEN; NULL: nothing is known.
 */
#define TSL__EXPR_OF(type) (1u << (type))
TSL_FALLIBLE tsl_status tsl__expr_open_typed(const char *label, const char *text, const char *const *names,
                                             const tsl__expr_type *known, size_t count, unsigned types, tsl__expr **out,
                                             tsl_error *err);
void tsl__expr_free(tsl__expr *expr);
/* Whether a text can be parsed at all, whatever names and types come to: TSL_E_OPTION as above. */
TSL_FALLIBLE tsl_status tsl__expr_check(const char *label, const char *text, tsl_error *err);

tsl__expr_type tsl__expr_get_type(const tsl__expr *expr);
/* The distinct operands, as indices into `names`, in order of appearance; a column that is read as two types is two. */
const size_t *tsl__expr_get_operands(const tsl__expr *expr, size_t *count);
const tsl__expr_type *tsl__expr_get_operand_types(const tsl__expr *expr);
/* 1: all operands are numbers, and + - * / all that is done with them. */
int tsl__expr_is_arithmetic(const tsl__expr *expr);

/* The value for one row of what is arithmetic; operand[i] is the value of the i-th operand. */
tsl__decimal tsl__expr_get(const tsl__expr *expr, const tsl__decimal *operand);
/* The same of any. Texts of the result are views of the operands or of the expression. */
tsl__expr_value tsl__expr_get_value(const tsl__expr *expr, const tsl__expr_value *operand);

/* 1: whatever the other columns hold, the value of a row is not unknown for want of these: missing is one a name, 1
 * where the column is not there. coalesce and `is missing` see to that, and what decides `and` and `or` without them.
 */
int tsl__expr_allows_missing(const tsl__expr *expr, const char *missing);

#endif
