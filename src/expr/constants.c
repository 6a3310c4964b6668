/* constants.c: the constants of a program, by the steps that stand around them. */
#include "expr/constants.h"

#include <string.h>

#include "expr/program.h"

/* ---- Texts beside a column --------------------------------------------------------- */

static int is_of_column(const tsl__expr *e, const tsl__step *s, size_t column)
{
    return s->action == TSL__STEP_PUSH_OPERAND && e->operand[s->operand] == column;
}

/* The text that a step pushes, or NULL. */
static const char *get_text(const tsl__expr *e, const tsl__step *s)
{
    return s->action == TSL__STEP_PUSH_CONSTANT ? e->constant[s->operand].text : NULL;
}

/* Step i of a list (value, false, {constant, match}): whether the value that is looked for is the column. */
static int is_looked_for(const tsl__expr *e, size_t i, size_t column)
{
    while (i >= 2 && e->step[i].action == TSL__STEP_MATCH) {
        i -= 2; /* a constant alone stands between two matches */
    }
    return i >= 1 && is_of_column(e, &e->step[i - 1], column);
}

/* The text that step i compares with the column, or NULL. */
static const char *get_compared(const tsl__expr *e, size_t i, size_t column)
{
    const tsl__step *s = &e->step[i];
    if (i >= 2 && (s->action == TSL__STEP_EQUAL || s->action == TSL__STEP_UNEQUAL)) {
        return is_of_column(e, s - 2, column)   ? get_text(e, s - 1)
               : is_of_column(e, s - 1, column) ? get_text(e, s - 2)
                                                : NULL;
    }
    return i >= 1 && s->action == TSL__STEP_MATCH && get_text(e, s - 1) && is_looked_for(e, i, column)
               ? get_text(e, s - 1)
               : NULL;
}

const char *tsl__constants_find_other(const tsl__expr *expr, size_t column, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < expr->steps; i++) {
        const char *text = get_compared(expr, i, column);
        size_t known = 0;
        while (text && known < count && strcmp(texts[known], text) != 0) {
            known++;
        }
        if (text && known == count) {
            return text;
        }
    }
    return NULL;
}

/* ---- Where a condition may change --------------------------------------------------- */

/* 1: a step that such a condition may have. A sign is a constant's. */
static int is_plain(const tsl__expr *e, size_t i)
{
    const tsl__action action = e->step[i].action;
    return action == TSL__STEP_PUSH_NUMBER || action == TSL__STEP_PUSH_OPERAND || action == TSL__STEP_PUSH_CONSTANT ||
           (action == TSL__STEP_NEGATE && e->step[i - 1].action == TSL__STEP_PUSH_NUMBER) ||
           (action >= TSL__STEP_EQUAL && action <= TSL__STEP_IS_MISSING);
}

int tsl__constants_decide(const tsl__expr *expr, size_t *column)
{
    int plain = expr->type == TSL__EXPR_TRUTH && expr->operands > 0;
    *column = expr->operands ? expr->operand[0] : 0;
    for (size_t i = 0; i < expr->operands && plain; i++) {
        plain = expr->operand[i] == *column;
    }
    for (size_t i = 0; i < expr->steps && plain; i++) {
        plain = is_plain(expr, i);
    }
    return plain;
}

int tsl__constants_get(const tsl__expr *expr, size_t i, tsl__expr_value *out, tsl__expr_type *type)
{
    for (size_t s = 0; s < expr->steps; s++) {
        const tsl__step *step = &expr->step[s];
        if (step->action == TSL__STEP_PUSH_NUMBER) {
            const int negative = s + 1 < expr->steps && step[1].action == TSL__STEP_NEGATE;
            *type = TSL__EXPR_NUMBER;
            *out = (tsl__expr_value){.number = negative ? tsl__decimal_negate(step->number) : step->number};
        } else if (step->action == TSL__STEP_PUSH_CONSTANT) {
            *out = expr->constant[step->operand];
            *type = out->text ? TSL__EXPR_TEXT : TSL__EXPR_DATE; /* a truth is one of these two moments */
        } else {
            continue;
        }
        if (i-- == 0) {
            return 1;
        }
    }
    return 0;
}
