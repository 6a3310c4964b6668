/* meaning.c: what each part of a tree is, and what it has to be; the steps that make it. */
#include "expr/function.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

typedef struct meaning {
    const tsl__lexer *lexer;
    tsl__syntax *tree;
    tsl__expr *out;
    int stack;
} meaning;

static const char *const words[] = {[TSL__EXPR_OPEN] = "a value",
                                    [TSL__EXPR_NUMBER] = "a number",
                                    [TSL__EXPR_TEXT] = "a text",
                                    [TSL__EXPR_TRUTH] = "a condition (true or false)",
                                    [TSL__EXPR_DATE] = "a date"};

/* ---- What the parts are, by themselves -------------------------------------------- */

static int is_date_text(const tsl__node *n)
{
    size_t length;
    int64_t time;
    return n->kind == TSL__NODE_TEXT && tsl__iso_date_read(n->text, &length, &time) && time != TSL_MISSING_INT &&
           n->text[length] == '\0';
}

/* What a column is known to hold; of other parts, and where nothing is known, it is OPEN. */
static tsl__expr_type get_known(const tsl__syntax *tree, const tsl__node *n)
{
    return n->kind == TSL__NODE_COLUMN && tree->known ? tree->known[n->column] : TSL__EXPR_OPEN;
}

/* The type that parts have in common, as far as one of them says it: of a text that is written as a date a date, where
 * no other part is another text. Texts that are written out stand behind all else, as they may have been meant for
 * another thing, which is refused then. */
static tsl__expr_type unite(const tsl__syntax *tree, size_t first)
{
    tsl__expr_type type = TSL__EXPR_OPEN;
    int dated = 0, texts = 0, known_dates = 0;
    for (size_t i = first; i != TSL__NO_NODE; i = tree->node[i].next) {
        const tsl__node *n = &tree->node[i];
        known_dates |= get_known(tree, n) == TSL__EXPR_DATE;
        if (n->kind == TSL__NODE_TEXT) {
            dated |= is_date_text(n);
            texts |= !is_date_text(n);
        } else if (type == TSL__EXPR_OPEN) {
            type = n->type;
        }
    }
    return type != TSL__EXPR_OPEN  ? type
           : known_dates || !texts ? (known_dates || dated ? TSL__EXPR_DATE : TSL__EXPR_OPEN)
                                   : TSL__EXPR_TEXT;
}

/* Of a function whose result is of the type of its arguments. */
static tsl__expr_type infer_call(const tsl__syntax *tree, const tsl__node *n)
{
    const tsl__function *f = &tsl__functions[n->column];
    size_t part = n->first;
    for (size_t i = 0; f->result == TSL__EXPR_OPEN && i < TSL__PARAMETERS && f->parameter[i] != TSL__EXPR_OPEN; i++) {
        part = tree->node[part].next;
    }
    return f->result == TSL__EXPR_OPEN ? unite(tree, part) : f->result;
}

/* From below; what only columns tell stays open. */
static void infer(tsl__syntax *tree, size_t node)
{
    tsl__node *n = &tree->node[node];
    for (size_t part = n->first; part != TSL__NO_NODE; part = tree->node[part].next) {
        infer(tree, part);
    }
    switch (n->kind) {
    case TSL__NODE_COLUMN: /* what is known to be a text may be looked at as the number that it is written as */
        n->type = get_known(tree, n) == TSL__EXPR_TEXT ? TSL__EXPR_OPEN : get_known(tree, n);
        break;
    case TSL__NODE_NUMBER:
    case TSL__NODE_NEGATIVE:
    case TSL__NODE_ARITHMETIC:
        n->type = TSL__EXPR_NUMBER;
        break;
    case TSL__NODE_TEXT:
        n->type = TSL__EXPR_TEXT;
        break;
    case TSL__NODE_DATE:
        n->type = TSL__EXPR_DATE;
        break;
    case TSL__NODE_CALL:
        n->type = infer_call(tree, n);
        break;
    default:
        n->type = TSL__EXPR_TRUTH;
    }
}

/* ---- What they have to be ------------------------------------------------------------ */

static tsl_status demand(meaning *m, size_t node, tsl__expr_type wanted, tsl_error *err);

static tsl_status demand_parts(meaning *m, size_t first, tsl__expr_type wanted, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t part = first; part != TSL__NO_NODE; part = m->tree->node[part].next) {
        TSL__TRY(demand(m, part, wanted, err));
    }
done:
    return status;
}

/* Texts that are numbers, written out beside a column, are not compared by their letters: '12' comes before '5'. */
static tsl_status check_order(const meaning *m, const tsl__node *n, tsl_error *err)
{
    const tsl__node *one = &m->tree->node[n->first], *other = &m->tree->node[one->next];
    const tsl__node *text = one->kind == TSL__NODE_TEXT ? one : other, *beside = text == one ? other : one;
    double number;
    return text->kind == TSL__NODE_TEXT && beside->kind == TSL__NODE_COLUMN &&
                   tsl__double_read(text->text, strlen(text->text), &number) == 0
               ? tsl__lexer_fail(m->lexer, text->at, err,
                                 "a number is expected here, as texts are compared letter by letter, '12' before '5'; "
                                 "write it without quotes, or text(...) around the column")
               : TSL_OK;
}

/* As numbers are written: "5", "-3.50"; "007" and "1E5" may be codes. */
static int is_number_text(const tsl__node *n)
{
    const char *text = n->kind == TSL__NODE_TEXT ? n->text : "", *first = text + (*text == '-');
    const size_t whole = strspn(first, "0123456789");
    const char *point = first + whole;
    const size_t places = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    return whole > 0 && (*first != '0' || whole == 1) && point[places ? places + 1 : 0] == '\0';
}

/* A column of which nothing is known, beside texts that are numbers and nothing else that tells: 5 may stand there as
 * 5.0, which is no such text. */
static tsl_status check_equal(const meaning *m, const tsl__node *n, tsl_error *err)
{
    const tsl__node *text = NULL;
    int open = 0;
    for (size_t i = n->first; i != TSL__NO_NODE; i = m->tree->node[i].next) {
        const tsl__node *part = &m->tree->node[i];
        const int is_open = part->kind == TSL__NODE_COLUMN && get_known(m->tree, part) == TSL__EXPR_OPEN;
        if (!is_open && !is_number_text(part)) {
            return TSL_OK;
        }
        open |= is_open;
        text = is_open || text ? text : part;
    }
    return !open || !text ? TSL_OK
                          : tsl__lexer_fail(m->lexer, text->at, err,
                                            "is the column one of numbers or of texts? write it without quotes, or "
                                            "text(...) around the column");
}

/* Parts that are compared with each other. */
static tsl_status demand_alike(meaning *m, const tsl__node *n, tsl_error *err)
{
    const int ordered = n->kind == TSL__NODE_COMPARISON && n->sign != '=' && n->sign != TSL__SIGN_UNEQUAL;
    tsl__expr_type type = unite(m->tree, n->first);
    if (type == TSL__EXPR_OPEN && ordered) {
        return tsl__lexer_fail(m->lexer, n->at, err,
                               "what are the columns compared as? number(...), date(...) or text(...) says it");
    }
    if (type == TSL__EXPR_TRUTH && ordered) {
        return tsl__lexer_fail(m->lexer, n->at, err, "what is true or false is compared by = and != alone");
    }
    const tsl_status status = type != TSL__EXPR_TEXT ? TSL_OK
                              : ordered              ? check_order(m, n, err)
                                                     : check_equal(m, n, err);
    return status == TSL_OK ? demand_parts(m, n->first, type == TSL__EXPR_OPEN ? TSL__EXPR_TEXT : type, err) : status;
}

/* The places of round are written out, as they are no matter of a row. */
static tsl_status check_places(const meaning *m, const tsl__node *call, tsl_error *err)
{
    const size_t second = m->tree->node[call->first].next;
    const tsl__node *n = second == TSL__NO_NODE ? NULL : &m->tree->node[second];
    const int good = !n || (n->kind == TSL__NODE_NUMBER && n->number.places == 0 && n->number.units >= 0 &&
                            n->number.units <= TSL__DECIMAL_PLACES);
    return good ? TSL_OK
                : tsl__lexer_fail(m->lexer, n->at, err, "a whole number, 0 to %d, is expected here",
                                  TSL__DECIMAL_PLACES);
}

static tsl_status demand_arguments(meaning *m, const tsl__node *call, tsl__expr_type wanted, tsl_error *err)
{
    const tsl__function *f = &tsl__functions[call->column];
    tsl_status status = TSL_OK;
    size_t i = 0;
    for (size_t part = call->first; part != TSL__NO_NODE; part = m->tree->node[part].next, i++) {
        const tsl__expr_type type = f->parameter[i < TSL__PARAMETERS ? i : TSL__PARAMETERS - 1];
        if (f->action == TSL__STEP_SAME && m->tree->node[part].kind == TSL__NODE_COLUMN) {
            m->tree->node[part].type = TSL__EXPR_OPEN; /* it says what the column is read as, whatever it holds */
        }
        TSL__TRY(demand(m, part, type == TSL__EXPR_OPEN ? wanted : type, err));
    }
    TSL__TRY(f->action == TSL__STEP_ROUND ? check_places(m, call, err) : TSL_OK);
done:
    return status;
}

#define WAY_BYTES 160

/* The day that is meant by a number beside a date: 2024, 20240131. */
static const char *put_day(const tsl__decimal *number, char out[WAY_BYTES])
{
    char day[24] = ""; /* also of what is no day */
    size_t length;
    int64_t time;
    const int units = number->places == 0 && number->units > 0 && number->units < 100000000 ? (int)number->units : 0;
    snprintf(day, sizeof day, "%04d-%02d-%02d", units >= 10000 ? units / 10000 : units,
             units >= 10000 ? units / 100 % 100 : 1, units >= 10000 ? units % 100 : 1);
    const int is_day = units >= 1000 && tsl__iso_date_read(day, &length, &time) && time != TSL_MISSING_INT;
    snprintf(out, WAY_BYTES, "%s%s%s", is_day ? "; write '" : "", is_day ? day : "",
             is_day ? "', or number(...) around a column to read it as a number"
                    : "; number(...) around a column reads it as a number");
    return out;
}

static const char *get_way_out(const tsl__node *n, tsl__expr_type wanted, char out[WAY_BYTES])
{
    double number;
    if (n->kind == TSL__NODE_NUMBER && wanted == TSL__EXPR_DATE) {
        return put_day(&n->number, out);
    }
    if (n->kind == TSL__NODE_COLUMN) {
        return wanted == TSL__EXPR_TEXT     ? "; text(...) around it says otherwise"
               : wanted == TSL__EXPR_DATE   ? "; date(...) around it says otherwise"
               : wanted == TSL__EXPR_NUMBER ? "; number(...) around it says otherwise"
                                            : "";
    }
    return n->kind != TSL__NODE_TEXT ? ""
           : *n->text == '\0'        ? "; \"is missing\" asks for what is not there"
           : wanted != TSL__EXPR_NUMBER || tsl__double_read(n->text, strlen(n->text), &number)
               ? ""
               : "; write it without quotes";
}

/* From above: the part is of the type that is wanted. */
static tsl_status demand(meaning *m, size_t node, tsl__expr_type wanted, tsl_error *err)
{
    tsl__node *n = &m->tree->node[node];
    char way[WAY_BYTES];
    size_t length;
    if (n->type == TSL__EXPR_TEXT && wanted == TSL__EXPR_DATE && is_date_text(n)) {
        n->type = TSL__EXPR_DATE;
        (void)tsl__iso_date_read(n->text, &length, &n->time);
        n->day_alone = length == TSL__DAY_BYTES;
        n->kind = TSL__NODE_DATE;
    }
    if (n->type == TSL__EXPR_OPEN) {
        n->type = wanted;
    }
    if (n->type != wanted) {
        return tsl__lexer_fail(m->lexer, n->at, err, "%s%s is expected here, but this is %s%s", words[wanted],
                               wanted == TSL__EXPR_DATE ? ", such as 2019-12-31," : "", words[n->type],
                               get_way_out(n, wanted, way));
    }
    switch (n->kind) {
    case TSL__NODE_NEGATIVE:
    case TSL__NODE_ARITHMETIC:
        return demand_parts(m, n->first, TSL__EXPR_NUMBER, err);
    case TSL__NODE_NOT:
    case TSL__NODE_AND:
    case TSL__NODE_OR:
        return demand_parts(m, n->first, TSL__EXPR_TRUTH, err);
    case TSL__NODE_MISSING: {
        tsl__node *part = &m->tree->node[n->first];
        part->type = part->kind == TSL__NODE_COLUMN || part->type == TSL__EXPR_OPEN ? TSL__EXPR_TEXT : part->type;
        return demand(m, n->first, part->type, err);
    }
    case TSL__NODE_COMPARISON:
    case TSL__NODE_IN:
        return demand_alike(m, n, err);
    case TSL__NODE_CALL:
        return demand_arguments(m, n, wanted, err);
    default:
        return TSL_OK;
    }
}

/* ---- Steps ------------------------------------------------------------------------------ */

/* What a step adds to the values that wait. */
static int growth_of(tsl__action action)
{
    switch (action) {
    case TSL__STEP_PUSH_NUMBER:
    case TSL__STEP_PUSH_OPERAND:
    case TSL__STEP_PUSH_CONSTANT:
        return 1;
    case TSL__STEP_NEGATE:
    case TSL__STEP_NOT:
    case TSL__STEP_IS_MISSING:
    case TSL__STEP_ABSOLUTE:
    case TSL__STEP_ROUND:
    case TSL__STEP_LOWER:
    case TSL__STEP_TRIM:
    case TSL__STEP_LENGTH:
    case TSL__STEP_YEAR:
    case TSL__STEP_MONTH:
    case TSL__STEP_DAY_OF_MONTH:
    case TSL__STEP_WEEKDAY:
    case TSL__STEP_HOUR:
    case TSL__STEP_SAME:
        return 0;
    case TSL__STEP_CHOOSE:
        return -2;
    default:
        return -1;
    }
}

static tsl_status emit(meaning *m, size_t at, tsl__step s, tsl_error *err)
{
    tsl__expr *e = m->out;
    void *block = e->step;
    const int failed = tsl__reserve(&block, &e->step_capacity, e->steps + 1, sizeof *e->step);
    e->step = block;
    if (failed) {
        return tsl__error_nomem(err);
    }
    e->step[e->steps++] = s;
    e->arithmetic &= s.action <= TSL__STEP_DIVIDE;
    m->stack += growth_of(s.action);
    return m->stack > TSL__STACK ? tsl__lexer_fail(m->lexer, at, err, "too deeply nested") : TSL_OK;
}

static tsl_status emit_column(meaning *m, const tsl__node *n, tsl_error *err)
{
    tsl__expr *e = m->out;
    size_t slot = 0;
    while (slot < e->operands && (e->operand[slot] != n->column || e->operand_type[slot] != n->type)) {
        slot++;
    }
    if (slot == e->operands) {
        void *operand = e->operand, *type = e->operand_type;
        int failed = tsl__reserve(&operand, &e->operand_capacity, slot + 1, sizeof *e->operand);
        e->operand = operand;
        failed |= tsl__reserve(&type, &e->type_capacity, slot + 1, sizeof *e->operand_type);
        e->operand_type = type;
        if (failed) {
            return tsl__error_nomem(err);
        }
        e->operand_type[slot] = n->type;
        e->operand[e->operands++] = n->column;
    }
    e->arithmetic &= n->type == TSL__EXPR_NUMBER;
    return emit(m, n->at, (tsl__step){.action = TSL__STEP_PUSH_OPERAND, .operand = slot}, err);
}

/* A constant that is no number; its text moves to the program. */
static tsl_status emit_constant(meaning *m, tsl__node *n, tsl_error *err)
{
    tsl__expr *e = m->out;
    void *constant = e->constant, *texts = e->text;
    int failed = tsl__reserve(&constant, &e->constant_capacity, e->constants + 1, sizeof *e->constant);
    e->constant = constant;
    failed |= tsl__reserve(&texts, &e->text_capacity, e->constants + 1, sizeof *e->text);
    e->text = texts;
    if (failed) {
        return tsl__error_nomem(err);
    }
    const char *text = n->kind == TSL__NODE_TEXT ? n->text : NULL; /* a date may have been one */
    e->text[e->constants] = n->text;
    e->constant[e->constants] =
        (tsl__expr_value){.text = text, .length = text ? strlen(text) : 0, .time = n->time, .day_alone = n->day_alone};
    n->text = NULL;
    return emit(m, n->at, (tsl__step){.action = TSL__STEP_PUSH_CONSTANT, .operand = e->constants++}, err);
}

static tsl_status translate(meaning *m, size_t node, tsl_error *err);

/* The steps of two parts, and then what is done with them. */
static tsl_status translate_two(meaning *m, const tsl__node *n, tsl__action action, tsl_error *err)
{
    const size_t first = n->first, at = n->at;
    tsl_status status = TSL_OK;
    TSL__TRY(translate(m, first, err));
    TSL__TRY(translate(m, m->tree->node[first].next, err));
    TSL__TRY(emit(m, at, (tsl__step){.action = action}, err));
done:
    return status;
}

static tsl_status translate_one(meaning *m, const tsl__node *n, tsl__action action, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(translate(m, n->first, err));
    TSL__TRY(emit(m, n->at, (tsl__step){.action = action}, err));
done:
    return status;
}

/* One match after the other, so that a long list needs no room. */
static tsl_status translate_in(meaning *m, const tsl__node *n, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__node no = {.kind = TSL__NODE_TRUTH, .at = n->at};
    TSL__TRY(translate(m, n->first, err));
    TSL__TRY(emit_constant(m, &no, err));
    for (size_t part = m->tree->node[n->first].next; part != TSL__NO_NODE; part = m->tree->node[part].next) {
        TSL__TRY(translate(m, part, err));
        TSL__TRY(emit(m, n->at, (tsl__step){.action = TSL__STEP_MATCH}, err));
    }
    TSL__TRY(emit(m, n->at, (tsl__step){.action = TSL__STEP_UNDER}, err));
done:
    return status;
}

static tsl_status translate_call(meaning *m, const tsl__node *n, tsl_error *err)
{
    const tsl__function *f = &tsl__functions[n->column];
    tsl_status status = TSL_OK;
    tsl__step step = {.action = f->action};
    size_t part = n->first, second = m->tree->node[part].next;
    if (f->action == TSL__STEP_ROUND) {
        step.operand = second == TSL__NO_NODE ? 0 : (size_t)m->tree->node[second].number.units;
        TSL__TRY(translate(m, part, err));
        return emit(m, n->at, step, err);
    }
    for (size_t i = 0; part != TSL__NO_NODE; part = m->tree->node[part].next, i++) {
        TSL__TRY(translate(m, part, err));
        TSL__TRY(f->folds && i > 0 ? emit(m, n->at, step, err) : TSL_OK);
    }
    TSL__TRY(f->folds || f->action == TSL__STEP_SAME ? TSL_OK : emit(m, n->at, step, err));
done:
    return status;
}

static tsl__action action_of(char sign)
{
    static const struct {
        char sign;
        tsl__action action;
    } of[] = {{'+', TSL__STEP_ADD},      {'-', TSL__STEP_SUBTRACT},
              {'*', TSL__STEP_MULTIPLY}, {'/', TSL__STEP_DIVIDE},
              {'=', TSL__STEP_EQUAL},    {TSL__SIGN_UNEQUAL, TSL__STEP_UNEQUAL},
              {'<', TSL__STEP_LESS},     {TSL__SIGN_AT_MOST, TSL__STEP_AT_MOST},
              {'>', TSL__STEP_MORE},     {TSL__SIGN_AT_LEAST, TSL__STEP_AT_LEAST}};
    size_t i = 0;
    while (of[i].sign != sign) {
        i++;
    }
    return of[i].action;
}

static tsl_status translate(meaning *m, size_t node, tsl_error *err)
{
    tsl__node *n = &m->tree->node[node];
    switch (n->kind) {
    case TSL__NODE_NUMBER:
        return emit(m, n->at, (tsl__step){.action = TSL__STEP_PUSH_NUMBER, .number = n->number}, err);
    case TSL__NODE_TEXT:
    case TSL__NODE_DATE:
    case TSL__NODE_TRUTH:
        return emit_constant(m, n, err);
    case TSL__NODE_COLUMN:
        return emit_column(m, n, err);
    case TSL__NODE_NEGATIVE:
        return translate_one(m, n, TSL__STEP_NEGATE, err);
    case TSL__NODE_NOT:
        return translate_one(m, n, TSL__STEP_NOT, err);
    case TSL__NODE_MISSING:
        return translate_one(m, n, TSL__STEP_IS_MISSING, err);
    case TSL__NODE_AND:
        return translate_two(m, n, TSL__STEP_AND, err);
    case TSL__NODE_OR:
        return translate_two(m, n, TSL__STEP_OR, err);
    case TSL__NODE_IN:
        return translate_in(m, n, err);
    case TSL__NODE_CALL:
        return translate_call(m, n, err);
    default:
        return translate_two(m, n, action_of(n->sign), err);
    }
}

/* ---- The whole --------------------------------------------------------------------------- */

tsl_status tsl__meaning_settle(const tsl__lexer *lexer, tsl__syntax *tree, unsigned types, tsl__expr *out,
                               tsl_error *err)
{
    meaning m = {.lexer = lexer, .tree = tree, .out = out};
    tsl_status status = TSL_OK;
    tsl__expr_type first = TSL__EXPR_NUMBER;
    while (!(types & TSL__EXPR_OF(first))) {
        first++;
    }
    infer(tree, tree->root);
    out->type = tree->node[tree->root].type;
    if (out->type == TSL__EXPR_OPEN || !(types & TSL__EXPR_OF(out->type))) {
        out->type = first;
    }
    out->arithmetic = 1;
    TSL__TRY(demand(&m, tree->root, out->type, err));
    TSL__TRY(translate(&m, tree->root, err));
    TSL__ASSERT(m.stack == 1);
done:
    return status;
}
