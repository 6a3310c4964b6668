/* constants.h: what stands written out in an expression, and beside which column: enough to tell a misspelt code, and
 * where the truth of a condition may change. */
#ifndef TSL_EXPR_CONSTANTS_H
#define TSL_EXPR_CONSTANTS_H

#include "expr/expr.h"

/* The first text that is compared with the column (an index into the names) by =, !=, in, and is none of these; NULL:
 * there is none. */
const char *tsl__constants_find_other(const tsl__expr *expr, size_t column, const char *const *texts, size_t count);

/* 1: a condition over one column that is compared with what is written out, or asked whether it is missing, and no
 * more: so its truth is the same for all values between two of these constants that lie side by side. *column is its
 * index. */
int tsl__constants_decide(const tsl__expr *expr, size_t *column);
/* The i-th constant of such a condition that is a number, a text or a date; 0: there are no more. */
int tsl__constants_get(const tsl__expr *expr, size_t i, tsl__expr_value *out, tsl__expr_type *type);

#endif
