/* evaluate.c: the steps of an expression of any types, for one row. What is missing is unknown: a comparison with it is
 * neither true nor false, and so is what hangs on it. */
#include "expr/program.h"

#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

static int is_known(const tsl__expr_value *v)
{
    return v->number.state == TSL__DECIMAL_OK;
}

/* Why there is no value, of two that make one. */
static tsl__decimal_state worse(const tsl__expr_value *a, const tsl__expr_value *b)
{
    return is_known(a) ? b->number.state : a->number.state;
}

static tsl__expr_value unknown(tsl__decimal_state state)
{
    return (tsl__expr_value){.number = {.state = state}};
}

static tsl__expr_value truth(int holds)
{
    return (tsl__expr_value){.time = holds};
}

static tsl__expr_value whole(int64_t number)
{
    return (tsl__expr_value){.number = {.units = number}};
}

/* ---- Comparisons ---------------------------------------------------------------- */

static unsigned char byte_of(const tsl__expr_value *v, size_t i)
{
    return (unsigned char)(v->folded ? tsl__lower(v->text[i]) : v->text[i]);
}

static int compare_texts(const tsl__expr_value *a, const tsl__expr_value *b)
{
    const size_t n = a->length < b->length ? a->length : b->length;
    if (!a->folded && !b->folded) {
        const int order = n ? memcmp(a->text, b->text, n) : 0;
        return order ? order : (a->length > b->length) - (a->length < b->length);
    }
    for (size_t i = 0; i < n; i++) {
        if (byte_of(a, i) != byte_of(b, i)) {
            return byte_of(a, i) < byte_of(b, i) ? -1 : 1;
        }
    }
    return (a->length > b->length) - (a->length < b->length);
}

/* Values of one type; of those that are no numbers units is 0, of those without texts the length is. */
static int compare(const tsl__expr_value *a, const tsl__expr_value *b)
{
    if (a->text || b->text) {
        return compare_texts(a, b);
    }
    const int order = tsl__decimal_compare(a->number, b->number);
    return order ? order : (a->time > b->time) - (a->time < b->time);
}

static tsl__expr_value compare_by(tsl__action action, const tsl__expr_value *a, const tsl__expr_value *b)
{
    if (!is_known(a) || !is_known(b)) {
        return unknown(worse(a, b));
    }
    const int order = compare(a, b);
    switch (action) {
    case TSL__STEP_EQUAL:
        return truth(order == 0);
    case TSL__STEP_UNEQUAL:
        return truth(order != 0);
    case TSL__STEP_LESS:
        return truth(order < 0);
    case TSL__STEP_AT_MOST:
        return truth(order <= 0);
    case TSL__STEP_MORE:
        return truth(order > 0);
    default:
        return truth(order >= 0);
    }
}

/* ---- Logic ------------------------------------------------------------------------ */

/* One that decides the whole does so whatever the other is: `and` by false, `or` by true. */
static tsl__expr_value combine(const tsl__expr_value *a, const tsl__expr_value *b, int64_t deciding)
{
    if ((is_known(a) && a->time == deciding) || (is_known(b) && b->time == deciding)) {
        return truth((int)deciding);
    }
    return is_known(a) && is_known(b) ? truth(!deciding) : unknown(worse(a, b));
}

/* ---- Numbers ------------------------------------------------------------------------ */

static tsl__decimal calculate(tsl__action action, tsl__decimal a, tsl__decimal b)
{
    switch (action) {
    case TSL__STEP_ADD:
        return tsl__decimal_add(a, b);
    case TSL__STEP_SUBTRACT:
        return tsl__decimal_subtract(a, b);
    case TSL__STEP_MULTIPLY:
        return tsl__decimal_multiply(a, b);
    default:
        return tsl__decimal_divide(a, b);
    }
}

static tsl__expr_value choose_number(tsl__action action, const tsl__expr_value *a, const tsl__expr_value *b)
{
    if (!is_known(a) || !is_known(b)) {
        return unknown(worse(a, b));
    }
    const int order = tsl__decimal_compare(a->number, b->number);
    return (action == TSL__STEP_LESSER ? order <= 0 : order >= 0) ? *a : *b;
}

/* ---- Texts and dates ------------------------------------------------------------------ */

static tsl__expr_value trim(tsl__expr_value v)
{
    while (v.length && (v.text[0] == ' ' || (v.text[0] >= '\t' && v.text[0] <= '\r'))) {
        v.text++;
        v.length--;
    }
    while (v.length &&
           (v.text[v.length - 1] == ' ' || (v.text[v.length - 1] >= '\t' && v.text[v.length - 1] <= '\r'))) {
        v.length--;
    }
    return v;
}

static int64_t count_characters(const tsl__expr_value *v)
{
    int64_t count = 0;
    for (size_t i = 0; i < v->length; i++) {
        count += ((unsigned char)v->text[i] & 0xC0) != 0x80;
    }
    return count;
}

static int64_t part_of_date(tsl__action action, int64_t time)
{
    const int32_t day = tsl__time_day(time);
    int year, month, mday;
    tsl__day_split(day, &year, &month, &mday);
    switch (action) {
    case TSL__STEP_YEAR:
        return year;
    case TSL__STEP_MONTH:
        return month;
    case TSL__STEP_DAY_OF_MONTH:
        return mday;
    default:
        return tsl__day_weekday(day) + 1;
    }
}

/* ---- Steps ------------------------------------------------------------------------------ */

static tsl__expr_value change(const tsl__step *s, tsl__expr_value v)
{
    if (s->action == TSL__STEP_IS_MISSING) {
        return truth(!is_known(&v));
    }
    if (!is_known(&v)) {
        return v;
    }
    switch (s->action) {
    case TSL__STEP_NEGATE:
        v.number = tsl__decimal_negate(v.number);
        return v;
    case TSL__STEP_ABSOLUTE:
        v.number = v.number.units < 0 ? tsl__decimal_negate(v.number) : v.number;
        return v;
    case TSL__STEP_ROUND:
        v.number = tsl__decimal_round(v.number, (int)s->operand);
        return v;
    case TSL__STEP_NOT:
        return truth(!v.time);
    case TSL__STEP_LOWER:
        v.folded = 1;
        return v;
    case TSL__STEP_TRIM:
        return trim(v);
    case TSL__STEP_LENGTH:
        return whole(count_characters(&v));
    case TSL__STEP_HOUR:
        return v.day_alone ? (tsl__expr_value){.number = tsl__decimal_missing()} : whole(tsl__time_hour(v.time));
    default:
        return whole(part_of_date(s->action, v.time));
    }
}

static tsl__expr_value join(const tsl__step *s, const tsl__expr_value *a, const tsl__expr_value *b)
{
    switch (s->action) {
    case TSL__STEP_ADD:
    case TSL__STEP_SUBTRACT:
    case TSL__STEP_MULTIPLY:
    case TSL__STEP_DIVIDE:
        return (tsl__expr_value){.number = calculate(s->action, a->number, b->number)};
    case TSL__STEP_AND:
        return combine(a, b, 0);
    case TSL__STEP_OR:
        return combine(a, b, 1);
    case TSL__STEP_UNDER:
        return *b;
    case TSL__STEP_LESSER:
    case TSL__STEP_GREATER:
        return choose_number(s->action, a, b);
    case TSL__STEP_COALESCE:
        return is_known(a) ? *a : *b;
    case TSL__STEP_DAYS_BETWEEN:
        return is_known(a) && is_known(b) ? whole(tsl__time_day(b->time) - tsl__time_day(a->time))
                                          : unknown(worse(a, b));
    default:
        return compare_by(s->action, a, b);
    }
}

/* 1: of those but MATCH and CHOOSE, the step changes a value; else it makes one of two. */
static int takes_one(tsl__action action)
{
    return action == TSL__STEP_NEGATE || action == TSL__STEP_NOT || action == TSL__STEP_IS_MISSING ||
           action == TSL__STEP_ABSOLUTE || (action >= TSL__STEP_ROUND && action <= TSL__STEP_HOUR);
}

/* A step that takes values off the stack: top is the first free place. */
static tsl__expr_value *act(const tsl__step *s, tsl__expr_value *top)
{
    if (s->action == TSL__STEP_MATCH) { /* value, so far, another -> value, or equal */
        const tsl__expr_value equal = compare_by(TSL__STEP_EQUAL, &top[-3], &top[-1]);
        top[-2] = combine(&top[-2], &equal, 1);
        return top - 1;
    }
    if (s->action == TSL__STEP_CHOOSE) {
        const tsl__expr_value *c = &top[-3];
        top[-3] = is_known(c) ? (c->time ? top[-2] : top[-1]) : unknown(c->number.state);
        return top - 2;
    }
    if (takes_one(s->action)) {
        top[-1] = change(s, top[-1]);
        return top;
    }
    top[-2] = join(s, &top[-2], &top[-1]);
    return top - 1;
}

tsl__expr_value tsl__expr_get_value(const tsl__expr *expr, const tsl__expr_value *operand)
{
    tsl__expr_value stack[TSL__STACK + 1], *top = stack;
    for (const tsl__step *s = expr->step, *end = s + expr->steps; s < end; s++) {
        switch (s->action) {
        case TSL__STEP_PUSH_NUMBER:
            *top++ = (tsl__expr_value){.number = s->number};
            break;
        case TSL__STEP_PUSH_OPERAND:
            *top++ = operand[s->operand];
            break;
        case TSL__STEP_PUSH_CONSTANT:
            *top++ = expr->constant[s->operand];
            break;
        default:
            top = act(s, top);
        }
    }
    return top[-1];
}

/* ---- Without some columns ------------------------------------------------------------------ */

/* What is known of a value where the cells of some columns are missing: ANY hangs on the others alone. */
typedef enum known { FAILS, HOLDS, ANY, UNKNOWN } known;

static known either(known a, known b)
{
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : a == b ? a : ANY;
}

static known combine_known(known a, known b, known deciding)
{
    return a == deciding || b == deciding ? deciding : either(a, b);
}

static known change_known(tsl__action action, known v)
{
    if (action == TSL__STEP_IS_MISSING) {
        return v == UNKNOWN ? HOLDS : ANY;
    }
    return action == TSL__STEP_NOT && v <= HOLDS ? (v == HOLDS ? FAILS : HOLDS) : v;
}

static known join_known(tsl__action action, known a, known b)
{
    switch (action) {
    case TSL__STEP_AND:
        return combine_known(a, b, FAILS);
    case TSL__STEP_OR:
        return combine_known(a, b, HOLDS);
    case TSL__STEP_UNDER:
        return b;
    case TSL__STEP_COALESCE:
        return a == UNKNOWN ? b : ANY;
    default:
        return either(a, b) == UNKNOWN ? UNKNOWN : ANY;
    }
}

/* As act. */
static known *act_known(tsl__action action, known *top)
{
    if (action == TSL__STEP_MATCH) {
        top[-2] = combine_known(top[-2], either(top[-3], top[-1]) == UNKNOWN ? UNKNOWN : ANY, HOLDS);
        return top - 1;
    }
    if (action == TSL__STEP_CHOOSE) {
        const known c = top[-3];
        top[-3] = c == HOLDS ? top[-2] : c == FAILS ? top[-1] : either(c, either(top[-2], top[-1]));
        return top - 2;
    }
    if (takes_one(action)) {
        top[-1] = change_known(action, top[-1]);
        return top;
    }
    top[-2] = join_known(action, top[-2], top[-1]);
    return top - 1;
}

int tsl__expr_allows_missing(const tsl__expr *expr, const char *missing)
{
    known stack[TSL__STACK + 1], *top = stack;
    for (const tsl__step *s = expr->step, *end = s + expr->steps; s < end; s++) {
        switch (s->action) {
        case TSL__STEP_PUSH_OPERAND:
            *top++ = missing[expr->operand[s->operand]] ? UNKNOWN : ANY;
            break;
        case TSL__STEP_PUSH_NUMBER:
        case TSL__STEP_PUSH_CONSTANT:
            *top++ = ANY;
            break;
        default:
            top = act_known(s->action, top);
        }
    }
    return top[-1] != UNKNOWN;
}
