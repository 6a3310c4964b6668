/*
 * rule_reach.c: classes that nobody can be in, whatever a value is.
 *
 * The truth of conditions over one column alone, which is compared with what is written out, changes at these constants
 * only. So it is enough to look at each of them, at one value between each two that lie side by side, at one below and
 * one beyond all, and at a missing one: where all conditions of the class on that column hold for none of these, they
 * hold for nothing.
 */
#include "label/rules/rules.h"

#include "expr/constants.h"

#include <string.h>

#define POINTS_MAX 256 /* of more constants nothing is said */

/* Values to try; the operands of one column are of one type, but where it is only asked whether one is missing. */
typedef struct points {
    tsl__expr_value value[2 * POINTS_MAX + 4];
    size_t count;
    tsl__expr_type type;
    int texts; /* 1: there are texts among them */
} points;

static tsl__decimal whole(int number)
{
    return tsl__decimal_make(number, 0, 0);
}

static int compare(const tsl__expr_value *a, const tsl__expr_value *b)
{
    const int order = tsl__decimal_compare(a->number, b->number);
    return order ? order : (a->time > b->time) - (a->time < b->time);
}

/* A constant into its place. */
static void insert(points *p, const tsl__expr_value *value)
{
    size_t i = p->count++;
    for (; i > 0 && compare(&p->value[i - 1], value) > 0; i--) {
        p->value[i] = p->value[i - 1];
    }
    p->value[i] = *value;
}

static tsl__expr_value between(const tsl__expr_value *a, const tsl__expr_value *b)
{
    return (tsl__expr_value){
        .number = tsl__decimal_divide(tsl__decimal_add(a->number, b->number), whole(2)),
        .time = a->time + (b->time - a->time) / 2,
    };
}

static tsl__expr_value beyond(const tsl__expr_value *a, int step)
{
    return (tsl__expr_value){.number = tsl__decimal_add(a->number, whole(step)), .time = a->time + step};
}

/* What lies beside the constants, which stand in order: of texts any other one. */
static void add_others(points *p)
{
    const size_t n = p->count;
    if (p->type == TSL__EXPR_TEXT || p->type == TSL__EXPR_TRUTH) {
        p->value[p->count++] =
            p->type == TSL__EXPR_TEXT ? (tsl__expr_value){.text = "\x01", .length = 1} : (tsl__expr_value){.time = 1};
        p->value[p->count++] = (tsl__expr_value){.text = p->type == TSL__EXPR_TEXT ? "" : NULL};
    } else if (n == 0) {
        p->value[p->count++] = (tsl__expr_value){.number = whole(0)};
    } else {
        const tsl__expr_value last = p->value[n - 1];
        for (size_t i = 0; i + 1 < n; i++) {
            p->value[p->count++] = between(&p->value[i], &p->value[i + 1]);
        }
        p->value[p->count++] = beyond(&p->value[0], -1);
        p->value[p->count++] = beyond(&last, 1);
    }
    p->value[p->count++] = (tsl__expr_value){.number = tsl__decimal_missing()};
}

/* 1 where the condition is one over that column, and adds its constants. */
static int add_constants(points *p, const tsl__rule_program *c, size_t column)
{
    size_t own;
    tsl__expr_value value;
    tsl__expr_type type;
    if (!tsl__constants_decide(c->expr, &own) || own != column) {
        return 0;
    }
    for (size_t i = 0; i < c->operands; i++) {
        p->type = p->type == TSL__EXPR_OPEN || p->type == TSL__EXPR_TEXT ? c->type[i] : p->type;
    }
    for (size_t i = 0; tsl__constants_get(c->expr, i, &value, &type) && p->count < POINTS_MAX; i++) {
        if (type != TSL__EXPR_TEXT) {
            insert(p, &value);
        } else {
            p->value[p->count++] = value;
            p->texts = 1;
        }
    }
    return 1;
}

static int holds_at(const tsl__rule_program *c, const points *p, size_t at)
{
    tsl__expr_value operand[TSL__OPERANDS_MAX];
    for (size_t i = 0; i < c->operands; i++) {
        operand[i] = p->value[at];
        if (c->type[i] == TSL__EXPR_TEXT && !operand[i].text) { /* only asked whether it is there */
            operand[i].text = "";
        }
    }
    const tsl__expr_value holds = tsl__expr_get_value(c->expr, operand);
    return holds.number.state == TSL__DECIMAL_OK && holds.time;
}

/* 1 where all conditions over the column hold together for some value, or that is not to be told: of too many
 * constants, of a column that is read as a text and as something else. */
static int can_hold(const tsl__class_program *program, size_t column)
{
    const tsl__rule_program *of[TSL_RULE_CONDITIONS_MAX];
    points p = {.count = 0, .type = TSL__EXPR_OPEN};
    size_t count = 0;
    for (size_t i = 0; i < program->count; i++) {
        if (add_constants(&p, &program->condition[i], column)) {
            of[count++] = &program->condition[i];
        }
    }
    int found = p.count >= POINTS_MAX || (p.texts && p.type != TSL__EXPR_TEXT);
    add_others(&p);
    for (size_t at = 0; at < p.count && !found; at++) {
        size_t holding = 0;
        while (holding < count && holds_at(of[holding], &p, at)) {
            holding++;
        }
        found = holding == count;
    }
    return found;
}

int tsl__class_program_contradicts(const tsl__class_program *program)
{
    for (size_t i = 0; i < program->count; i++) {
        size_t column;
        if (tsl__constants_decide(program->condition[i].expr, &column) && !can_hold(program, column)) {
            return 1;
        }
    }
    return 0;
}
