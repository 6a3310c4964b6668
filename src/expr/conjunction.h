/* conjunction.h: the operands of a condition's outermost `and`, as they are written. */
#ifndef TSL_EXPR_CONJUNCTION_H
#define TSL_EXPR_CONJUNCTION_H

#include <stddef.h>
#include <tesela/base.h>

typedef struct tsl__operand_texts {
    char **text; /* count, owned; joined by `and` they are the condition */
    size_t count;
} tsl__operand_texts;

/* A condition without an outermost `and` is one. What stands in parentheses is not looked into. TSL_E_OPTION as of
 * tsl__expr_open, for what is no token; whether the whole is a condition is not asked. */
TSL_FALLIBLE tsl_status tsl__conjunction_split(const char *label, const char *text, tsl__operand_texts *out,
                                               tsl_error *err);
void tsl__operand_texts_free(tsl__operand_texts *texts);

#endif
