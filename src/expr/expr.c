/* expr.c: precedence climbing into a postfix program, and its stack machine. */
#include "expr/expr.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "expr/lexer.h"

#define MAX_STACK 32   /* values that wait at one time */
#define MAX_NESTING 64 /* parentheses and signs within each other */

typedef enum action { PUSH_NUMBER, PUSH_OPERAND, NEGATE, ADD, SUBTRACT, MULTIPLY, DIVIDE } action;

/* The binary operators; all of them lean to the left. */
static const struct operator_line {
    char sign;
    int precedence;
    action action;
} operators[] = {{'+', 1, ADD}, {'-', 1, SUBTRACT}, {'*', 2, MULTIPLY}, {'/', 2, DIVIDE}};
#define OPERATORS (sizeof operators / sizeof *operators)

typedef struct step {
    action action;
    size_t operand;      /* PUSH_OPERAND */
    tsl__decimal number; /* PUSH_NUMBER */
} step;

struct tsl__expr {
    step *step;
    size_t steps, step_capacity;
    size_t *operand; /* indices into the caller's names */
    size_t operands, operand_capacity;
};

typedef struct parser {
    tsl__lexer lexer;
    const char *const *names;
    size_t count;
    tsl__expr *expr;
    int stack, nesting;
} parser;

static tsl_status emit(parser *p, step s, tsl_error *err)
{
    tsl__expr *e = p->expr;
    void *block = e->step;
    if (tsl__reserve(&block, &e->step_capacity, e->steps + 1, sizeof *e->step)) {
        return tsl__error_nomem(err);
    }
    e->step = block;
    e->step[e->steps++] = s;
    p->stack += s.action <= PUSH_OPERAND ? 1 : s.action == NEGATE ? 0 : -1;
    if (p->stack > MAX_STACK) {
        return tsl__lexer_fail(&p->lexer, p->lexer.token.at, err, "too deeply nested");
    }
    return TSL_OK;
}

static int is_same_folded(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a, y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y) {
            return 0;
        }
    }
    return *a == *b;
}

size_t tsl__name_find(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (is_same_folded(names[i], name)) {
            return i;
        }
    }
    return count;
}

static tsl_status emit_name(parser *p, tsl_error *err)
{
    tsl__expr *e = p->expr;
    const tsl__token *t = &p->lexer.token;
    size_t found = tsl__name_find(t->name, p->names, p->count), slot = 0;
    if (found == p->count) {
        const char *near = tsl__nearest_get(t->name, p->names, p->count);
        return tsl__lexer_fail(&p->lexer, t->at, err, "there is no column \"%s\"%s%s%s", t->name,
                               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    while (slot < e->operands && e->operand[slot] != found) {
        slot++;
    }
    if (slot == e->operands) {
        void *block = e->operand;
        if (tsl__reserve(&block, &e->operand_capacity, slot + 1, sizeof *e->operand)) {
            return tsl__error_nomem(err);
        }
        e->operand = block;
        e->operand[e->operands++] = found;
    }
    return emit(p, (step){.action = PUSH_OPERAND, .operand = slot}, err);
}

static tsl_status parse_binary(parser *p, int precedence, tsl_error *err);

/* A signed factor or a parenthesis; the current token is its first. */
static tsl_status parse_sign(parser *p, tsl_error *err)
{
    char sign = p->lexer.token.sign;
    size_t at = p->lexer.token.at;
    tsl_status status = TSL_OK;
    if (sign != '(' && sign != '-' && sign != '+') {
        return tsl__lexer_fail(&p->lexer, at, err, "a number, a column or \"(\" is missing here");
    }
    TSL__TRY(tsl__lexer_read(&p->lexer, err));
    if (sign != '(') { /* a sign binds closer than any binary operator */
        TSL__TRY(parse_binary(p, (int)OPERATORS, err));
        return sign == '-' ? emit(p, (step){.action = NEGATE}, err) : TSL_OK;
    }
    TSL__TRY(parse_binary(p, 1, err));
    if (p->lexer.token.kind != TSL__TOKEN_SIGN || p->lexer.token.sign != ')') {
        return tsl__lexer_fail(&p->lexer, at, err, "a parenthesis that does not close");
    }
    return tsl__lexer_read(&p->lexer, err);
done:
    return status;
}

static tsl_status parse_factor(parser *p, tsl_error *err)
{
    const tsl__token *t = &p->lexer.token;
    tsl_status status = TSL_OK;
    switch (t->kind) {
    case TSL__TOKEN_NUMBER:
        TSL__TRY(emit(p, (step){.action = PUSH_NUMBER, .number = t->number}, err));
        break;
    case TSL__TOKEN_NAME:
        TSL__TRY(emit_name(p, err));
        break;
    case TSL__TOKEN_SIGN:
        if (++p->nesting > MAX_NESTING) {
            return tsl__lexer_fail(&p->lexer, t->at, err, "too deeply nested");
        }
        status = parse_sign(p, err);
        p->nesting--;
        return status;
    default:
        return tsl__lexer_fail(&p->lexer, t->at, err, "a number, a column or \"(\" is missing here");
    }
    return tsl__lexer_read(&p->lexer, err);
done:
    return status;
}

static const struct operator_line *find_operator(const tsl__token *t)
{
    for (size_t i = 0; t->kind == TSL__TOKEN_SIGN && i < OPERATORS; i++) {
        if (operators[i].sign == t->sign) {
            return &operators[i];
        }
    }
    return NULL;
}

/* Everything that binds at least as closely as `precedence`. */
static tsl_status parse_binary(parser *p, int precedence, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const struct operator_line *op;
    TSL__TRY(parse_factor(p, err));
    while ((op = find_operator(&p->lexer.token)) && op->precedence >= precedence) {
        TSL__TRY(tsl__lexer_read(&p->lexer, err));
        TSL__TRY(parse_binary(p, op->precedence + 1, err));
        TSL__TRY(emit(p, (step){.action = op->action}, err));
    }
done:
    return status;
}

tsl_status tsl__expr_open(const char *label, const char *text, const char *const *names, size_t count, tsl__expr **out,
                          tsl_error *err)
{
    *out = NULL;
    parser p = {.lexer = {.label = label, .text = text}, .names = names, .count = count};
    tsl_status status = TSL_OK;
    TSL__NEED(p.expr = tsl__alloc_zero(1, sizeof *p.expr));
    TSL__TRY(tsl__lexer_read(&p.lexer, err));
    TSL__TRY(parse_binary(&p, 1, err));
    if (p.lexer.token.kind != TSL__TOKEN_END) {
        TSL__TRY(tsl__lexer_fail(&p.lexer, p.lexer.token.at, err, "an operator is missing here"));
    }
    TSL__ASSERT(p.stack == 1);
    *out = p.expr;
    p.expr = NULL;
done:
    tsl__lexer_free(&p.lexer);
    tsl__expr_free(p.expr);
    return status;
}

void tsl__expr_free(tsl__expr *expr)
{
    if (!expr) {
        return;
    }
    free(expr->step);
    free(expr->operand);
    free(expr);
}

const size_t *tsl__expr_get_operands(const tsl__expr *expr, size_t *count)
{
    *count = expr->operands;
    return expr->operand;
}

tsl__decimal tsl__expr_get(const tsl__expr *expr, const tsl__decimal *operand)
{
    tsl__decimal stack[MAX_STACK], *top = stack; /* top: the first free place */
    for (const step *s = expr->step, *end = s + expr->steps; s < end; s++) {
        switch (s->action) {
        case PUSH_NUMBER:
            *top++ = s->number;
            continue;
        case PUSH_OPERAND:
            *top++ = operand[s->operand];
            continue;
        case NEGATE:
            top[-1] = tsl__decimal_negate(top[-1]);
            continue;
        case ADD:
            top[-2] = tsl__decimal_add(top[-2], top[-1]);
            break;
        case SUBTRACT:
            top[-2] = tsl__decimal_subtract(top[-2], top[-1]);
            break;
        case MULTIPLY:
            top[-2] = tsl__decimal_multiply(top[-2], top[-1]);
            break;
        case DIVIDE:
            top[-2] = tsl__decimal_divide(top[-2], top[-1]);
            break;
        }
        top--;
    }
    return top[-1];
}
