/* quote.h: names and texts as an expression writes them. */
#ifndef TSL_EXPR_QUOTE_H
#define TSL_EXPR_QUOTE_H

#include "base/text.h"

/* The name of a column: bare, or between double quotes. */
void tsl__expr_put_name(tsl__text *text, const char *name);
/* A text between single quotes. */
void tsl__expr_put_text(tsl__text *text, const char *value);
/* The whole, as an argument between double quotes that a shell takes for it. NULL is passed over. */
void tsl__expr_put_argument(tsl__text *text, const char *expression);

#endif
