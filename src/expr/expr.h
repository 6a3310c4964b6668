/*
 * expr.h: arithmetic over named columns: `Quantity * "Unit Price" - 1.5`.
 *
 * The one expression language of the engine. A text is parsed once into a
 * small postfix program; the program is run a row. It knows no tables: a name
 * is an index into the list that the caller gives.
 *
 *   expression = term { ("+" | "-") term }
 *   term       = factor { ("*" | "/") factor }
 *   factor     = ("-" | "+") factor | number | name | "(" expression ")"
 *   name       = letter { letter | digit } | '"' any '"' (doubled quotes inside)
 *
 * A letter is A-Z, a-z, "_" or any character beyond ASCII.
 */
#ifndef TSL_EXPR_EXPR_H
#define TSL_EXPR_EXPR_H

#include <stddef.h>
#include <tesela/base.h>

#include "expr/decimal.h"

typedef struct tsl__expr tsl__expr;

/* The index of a name among `names`: exactly, then without regard to case; count where there is none. */
size_t tsl__name_find(const char *name, const char *const *names, size_t count);

/* Parses text; each name in it is found by tsl__name_find. An error is TSL_E_OPTION, begins with the label, shows below
 * it the text with a caret under the place, and gives the nearest right name. */
TSL_FALLIBLE tsl_status tsl__expr_open(const char *label, const char *text, const char *const *names, size_t count,
                                       tsl__expr **out, tsl_error *err);
void tsl__expr_free(tsl__expr *expr);

/* The distinct names used, as indices into `names`, in order of appearance. */
const size_t *tsl__expr_get_operands(const tsl__expr *expr, size_t *count);

/* The value for one row; operand[i] is the value of the i-th operand. */
tsl__decimal tsl__expr_get(const tsl__expr *expr, const tsl__decimal *operand);

#endif
