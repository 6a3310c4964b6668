/* expr.c: an expression from its text to its value. */
#include "expr/program.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"

tsl_status tsl__expr_open_typed(const char *label, const char *text, const char *const *names,
                                const tsl__expr_type *known, size_t count, unsigned types, tsl__expr **out,
                                tsl_error *err)
{
    *out = NULL;
    tsl__lexer lexer = {.label = label, .text = text};
    tsl__syntax tree = {.nodes = 0};
    tsl__expr *expr = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(expr = tsl__alloc_zero(1, sizeof *expr));
    TSL__TRY(tsl__syntax_open(&lexer, names, count, &tree, err));
    tree.known = known;
    TSL__TRY(tsl__meaning_settle(&lexer, &tree, types, expr, err));
    *out = expr;
    expr = NULL;
done:
    tsl__lexer_free(&lexer);
    tsl__syntax_free(&tree);
    tsl__expr_free(expr);
    return status;
}

tsl_status tsl__expr_open(const char *label, const char *text, const char *const *names, size_t count, tsl__expr **out,
                          tsl_error *err)
{
    return tsl__expr_open_typed(label, text, names, NULL, count, TSL__EXPR_OF(TSL__EXPR_NUMBER), out, err);
}

tsl_status tsl__expr_check(const char *label, const char *text, tsl_error *err)
{
    tsl__lexer lexer = {.label = label, .text = text};
    tsl__syntax tree = {.nodes = 0};
    const tsl_status status = tsl__syntax_open(&lexer, NULL, TSL__ANY_NAME, &tree, err);
    tsl__lexer_free(&lexer);
    tsl__syntax_free(&tree);
    return status;
}

void tsl__expr_free(tsl__expr *expr)
{
    if (!expr) {
        return;
    }
    for (size_t i = 0; i < expr->constants; i++) {
        free(expr->text[i]);
    }
    free(expr->step);
    free(expr->operand);
    free(expr->operand_type);
    free(expr->constant);
    free(expr->text);
    free(expr);
}

tsl__expr_type tsl__expr_get_type(const tsl__expr *expr)
{
    return expr->type;
}

const size_t *tsl__expr_get_operands(const tsl__expr *expr, size_t *count)
{
    *count = expr->operands;
    return expr->operand;
}

const tsl__expr_type *tsl__expr_get_operand_types(const tsl__expr *expr)
{
    return expr->operand_type;
}

int tsl__expr_is_arithmetic(const tsl__expr *expr)
{
    return expr->arithmetic;
}

tsl__decimal tsl__expr_get(const tsl__expr *expr, const tsl__decimal *operand)
{
    tsl__decimal stack[TSL__STACK], *top = stack; /* top: the first free place */
    for (const tsl__step *s = expr->step, *end = s + expr->steps; s < end; s++) {
        switch (s->action) {
        case TSL__STEP_PUSH_NUMBER:
            *top++ = s->number;
            continue;
        case TSL__STEP_PUSH_OPERAND:
            *top++ = operand[s->operand];
            continue;
        case TSL__STEP_NEGATE:
            top[-1] = tsl__decimal_negate(top[-1]);
            continue;
        case TSL__STEP_ADD:
            top[-2] = tsl__decimal_add(top[-2], top[-1]);
            break;
        case TSL__STEP_SUBTRACT:
            top[-2] = tsl__decimal_subtract(top[-2], top[-1]);
            break;
        case TSL__STEP_MULTIPLY:
            top[-2] = tsl__decimal_multiply(top[-2], top[-1]);
            break;
        case TSL__STEP_DIVIDE:
            top[-2] = tsl__decimal_divide(top[-2], top[-1]);
            break;
        default: /* is not arithmetic */
            break;
        }
        top--;
    }
    return top[-1];
}
