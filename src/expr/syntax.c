/* syntax.c: recursive descent, from the loosest operator to the closest. */
#include "expr/syntax.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "expr/function.h"

#define MAX_NESTING 64 /* parentheses, calls and signs within each other */
#define MAX_BYTES 8192

typedef struct parser {
    tsl__lexer *lexer;
    const char *const *names;
    size_t count;
    tsl__syntax *out;
    int nesting;
} parser;

#define MISSING_HERE "a number, a column or \"(\" is missing here"

static tsl_status parse_or(parser *p, size_t *node, tsl_error *err);

/* ---- Nodes ------------------------------------------------------------------- */

static tsl_status add(parser *p, tsl__node n, size_t *index, tsl_error *err)
{
    tsl__syntax *s = p->out;
    void *block = s->node;
    const int failed = tsl__reserve(&block, &s->capacity, s->nodes + 1, sizeof *s->node);
    s->node = block;
    if (failed) {
        free(n.text);
        return tsl__error_nomem(err);
    }
    n.next = TSL__NO_NODE;
    s->node[s->nodes] = n;
    *index = s->nodes++;
    return TSL_OK;
}

/* A whole of one or two parts. */
static tsl_status join(parser *p, tsl__node_kind kind, char sign, size_t at, size_t first, size_t second, size_t *index,
                       tsl_error *err)
{
    if (second != TSL__NO_NODE) {
        p->out->node[first].next = second;
    }
    return add(p, (tsl__node){.kind = kind, .sign = sign, .at = at, .first = first}, index, err);
}

/* ---- Tokens ------------------------------------------------------------------ */

static int is_sign(const parser *p, char sign)
{
    return p->lexer->token.kind == TSL__TOKEN_SIGN && p->lexer->token.sign == sign;
}

/* A word of the language, whatever its case; in double quotes it is a column's name. */
static int is_word(const parser *p, const char *word)
{
    const tsl__token *t = &p->lexer->token;
    return t->kind == TSL__TOKEN_NAME && !t->quoted && tsl__is_same_folded(t->name, word);
}

/* ---- Names and calls ----------------------------------------------------------- */

/* Bytes of the white space that stands here, a no-break or a wide one as well; 0: none. */
static size_t count_blank(const char *c)
{
    return (*c == ' ' || (*c >= '\t' && *c <= '\r')) ? 1
           : strncmp(c, "\xC2\xA0", 2) == 0          ? 2
           : strncmp(c, "\xE3\x80\x80", 3) == 0      ? 3
                                                     : 0;
}

char tsl__name_next(const char **at)
{
    size_t n, blanks = 0;
    while ((n = count_blank(*at)) > 0) {
        *at += n;
        blanks += n;
    }
    return blanks ? ' ' : **at ? tsl__lower(*(*at)++) : '\0';
}

static int is_same_name(const char *a, const char *b)
{
    char x, y;
    do {
        x = tsl__name_next(&a);
        y = tsl__name_next(&b);
    } while (x && x == y);
    return x == y;
}

size_t tsl__name_find(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (is_same_name(names[i], name)) {
            return i;
        }
    }
    return count;
}

static tsl_status find_column(const parser *p, const char *name, size_t at, size_t *column, tsl_error *err)
{
    *column = p->count == TSL__ANY_NAME ? 0 : tsl__name_find(name, p->names, p->count);
    if (*column < p->count) {
        return TSL_OK;
    }
    const char *near = tsl__nearest_get(name, p->names, p->count);
    const int is_quoted = p->lexer->text[at] == '"';
    return tsl__lexer_fail(p->lexer, at, err, "there is no column \"%s\"%s%s%s", name,
                           near        ? "; did you mean \""
                           : is_quoted ? "; a text stands in '...'"
                                       : "",
                           near ? near : "", near ? "\"?" : "");
}

static tsl_status find_function(const parser *p, const char *name, size_t at, size_t *function, tsl_error *err)
{
    const char *names[64];
    for (*function = 0; *function < tsl__function_count; ++*function) {
        names[*function] = tsl__functions[*function].name;
        if (tsl__is_same_folded(name, names[*function])) {
            return TSL_OK;
        }
    }
    const char *near = tsl__nearest_get(name, names, tsl__function_count);
    return tsl__lexer_fail(p->lexer, at, err, "there is no function \"%s\"%s%s%s", name,
                           near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

/* Expressions between commas, behind an opening parenthesis and up to the closing one. */
static tsl_status parse_list(parser *p, size_t open, size_t *first, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t last = TSL__NO_NODE, one;
    *first = TSL__NO_NODE;
    *count = 0;
    do {
        TSL__TRY(tsl__lexer_read(p->lexer, err));
        TSL__TRY(parse_or(p, &one, err));
        if (last == TSL__NO_NODE) {
            *first = one;
        } else {
            p->out->node[last].next = one;
        }
        last = one;
        ++*count;
    } while (is_sign(p, ','));
    TSL__TRY(is_sign(p, ')') ? TSL_OK : tsl__lexer_fail(p->lexer, open, err, "a parenthesis that does not close"));
    TSL__TRY(tsl__lexer_read(p->lexer, err));
done:
    return status;
}

/* The arguments of a call; the current token is its "(". */
static tsl_status parse_call(parser *p, const char *name, size_t at, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t function, first, count;
    TSL__TRY(find_function(p, name, at, &function, err));
    const tsl__function *f = &tsl__functions[function];
    TSL__TRY(parse_list(p, p->lexer->token.at, &first, &count, err));
    if (count < f->least || count > f->most) {
        const size_t bound = count < f->least ? f->least : f->most;
        return tsl__lexer_fail(p->lexer, at, err, "%s takes %s%zu argument%s, not %zu", f->name,
                               f->least == f->most ? ""
                               : count < f->least  ? "at least "
                                                   : "at most ",
                               bound, bound == 1 ? "" : "s", count);
    }
    TSL__TRY(add(p, (tsl__node){.kind = TSL__NODE_CALL, .at = at, .first = first, .column = function}, node, err));
done:
    return status;
}

/* A column, a function, true or false. */
static tsl_status parse_name(parser *p, size_t *node, tsl_error *err)
{
    const size_t at = p->lexer->token.at;
    const int truth = is_word(p, "true") ? 1 : is_word(p, "false") ? 0 : -1, quoted = p->lexer->token.quoted;
    tsl_status status = TSL_OK;
    size_t column;
    char *name = p->lexer->token.name; /* taken over, as the next token is to be seen */
    p->lexer->token.name = NULL;
    TSL__TRY(tsl__lexer_read(p->lexer, err));
    if (!quoted && is_sign(p, '(')) {
        TSL__TRY(parse_call(p, name, at, node, err));
    } else if (truth >= 0) {
        TSL__TRY(
            add(p, (tsl__node){.kind = TSL__NODE_TRUTH, .at = at, .first = TSL__NO_NODE, .time = truth}, node, err));
    } else {
        TSL__TRY(find_column(p, name, at, &column, err));
        TSL__TRY(add(p, (tsl__node){.kind = TSL__NODE_COLUMN, .at = at, .first = TSL__NO_NODE, .column = column}, node,
                     err));
    }
done:
    free(name);
    return status;
}

/* ---- Factors ------------------------------------------------------------------- */

/* A signed factor or a parenthesis; the current token is its first. */
static tsl_status parse_sign(parser *p, size_t *node, tsl_error *err);

static tsl_status parse_constant(parser *p, size_t *node, tsl_error *err)
{
    tsl__token *t = &p->lexer->token;
    tsl__node n = {.at = t->at, .first = TSL__NO_NODE};
    tsl_status status = TSL_OK;
    switch (t->kind) {
    case TSL__TOKEN_NUMBER:
        n.kind = TSL__NODE_NUMBER;
        n.number = t->number;
        break;
    case TSL__TOKEN_DATE:
        n.kind = TSL__NODE_DATE;
        n.time = t->time;
        n.day_alone = t->day_alone;
        break;
    case TSL__TOKEN_TEXT:
        n.kind = TSL__NODE_TEXT;
        n.text = t->name;
        t->name = NULL;
        break;
    default:
        return tsl__lexer_fail(p->lexer, t->at, err, MISSING_HERE);
    }
    TSL__TRY(add(p, n, node, err));
    TSL__TRY(tsl__lexer_read(p->lexer, err));
done:
    return status;
}

static tsl_status parse_factor(parser *p, size_t *node, tsl_error *err)
{
    const tsl__token *t = &p->lexer->token;
    if (t->kind != TSL__TOKEN_NAME && t->kind != TSL__TOKEN_SIGN) {
        return parse_constant(p, node, err);
    }
    if (++p->nesting > MAX_NESTING) {
        return tsl__lexer_fail(p->lexer, t->at, err, "too deeply nested");
    }
    tsl_status status = t->kind == TSL__TOKEN_NAME ? parse_name(p, node, err) : parse_sign(p, node, err);
    p->nesting--;
    return status;
}

static tsl_status parse_sign(parser *p, size_t *node, tsl_error *err)
{
    const char sign = p->lexer->token.sign;
    const size_t at = p->lexer->token.at;
    tsl_status status = TSL_OK;
    if (sign != '(' && sign != '-' && sign != '+') {
        return tsl__lexer_fail(p->lexer, at, err, MISSING_HERE);
    }
    TSL__TRY(tsl__lexer_read(p->lexer, err));
    if (sign != '(') { /* a sign binds closer than any binary operator */
        TSL__TRY(parse_factor(p, node, err));
        return sign == '-' ? join(p, TSL__NODE_NEGATIVE, '-', at, *node, TSL__NO_NODE, node, err) : TSL_OK;
    }
    TSL__TRY(parse_or(p, node, err));
    TSL__TRY(is_sign(p, ')') ? TSL_OK : tsl__lexer_fail(p->lexer, at, err, "a parenthesis that does not close"));
    TSL__TRY(tsl__lexer_read(p->lexer, err));
done:
    return status;
}

/* ---- Operators ------------------------------------------------------------------- */

/* From the left: product = factor { ("*" | "/") factor }, sum = product { ("+" | "-") product }. */
static tsl_status parse_arithmetic(parser *p, const char *signs, size_t *node, tsl_error *err)
{
    const int is_sum = signs[0] == '+';
    tsl_status status = TSL_OK;
    size_t second;
    TSL__TRY(is_sum ? parse_arithmetic(p, "*/", node, err) : parse_factor(p, node, err));
    while (is_sign(p, signs[0]) || is_sign(p, signs[1])) {
        const char sign = p->lexer->token.sign;
        const size_t at = p->lexer->token.at;
        TSL__TRY(tsl__lexer_read(p->lexer, err));
        TSL__TRY(is_sum ? parse_arithmetic(p, "*/", &second, err) : parse_factor(p, &second, err));
        TSL__TRY(join(p, TSL__NODE_ARITHMETIC, sign, at, *node, second, node, err));
    }
done:
    return status;
}

/* "in (a, b)" behind what is looked for. */
static tsl_status parse_in(parser *p, size_t at, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t first, count;
    TSL__TRY(tsl__lexer_read(p->lexer, err));
    if (!is_sign(p, '(')) {
        return tsl__lexer_fail(p->lexer, p->lexer->token.at, err, "a list is expected here: in ('a', 'b')");
    }
    TSL__TRY(parse_list(p, p->lexer->token.at, &first, &count, err));
    TSL__TRY(join(p, TSL__NODE_IN, 0, at, *node, first, node, err));
done:
    return status;
}

/* "is missing", "is not missing". */
static tsl_status parse_is(parser *p, size_t at, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__lexer_read(p->lexer, err));
    const int not = is_word(p, "not");
    TSL__TRY(not ? tsl__lexer_read(p->lexer, err) : TSL_OK);
    if (!is_word(p, "missing")) {
        return tsl__lexer_fail(p->lexer, p->lexer->token.at, err,
                               "\"missing\" is expected here: is missing, is not missing");
    }
    TSL__TRY(tsl__lexer_read(p->lexer, err));
    TSL__TRY(join(p, TSL__NODE_MISSING, 0, at, *node, TSL__NO_NODE, node, err));
    TSL__TRY(not ? join(p, TSL__NODE_NOT, 0, at, *node, TSL__NO_NODE, node, err) : TSL_OK);
done:
    return status;
}

/* sum [ comparison sum | ["not"] "in" list | "is" ["not"] "missing" ] */
static tsl_status parse_comparison(parser *p, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t second;
    TSL__TRY(parse_arithmetic(p, "+-", node, err));
    const size_t at = p->lexer->token.at;
    const char sign = p->lexer->token.sign;
    if (p->lexer->token.kind == TSL__TOKEN_SIGN && strchr("=!<>lg", sign)) {
        TSL__TRY(tsl__lexer_read(p->lexer, err));
        TSL__TRY(parse_arithmetic(p, "+-", &second, err));
        TSL__TRY(join(p, TSL__NODE_COMPARISON, sign, at, *node, second, node, err));
    } else if (is_word(p, "is")) {
        TSL__TRY(parse_is(p, at, node, err));
    } else if (is_word(p, "in")) {
        TSL__TRY(parse_in(p, at, node, err));
    } else if (is_word(p, "not")) {
        TSL__TRY(tsl__lexer_read(p->lexer, err));
        if (!is_word(p, "in")) {
            return tsl__lexer_fail(p->lexer, p->lexer->token.at, err, "\"in\" is expected here: not in ('a', 'b')");
        }
        TSL__TRY(parse_in(p, at, node, err));
        TSL__TRY(join(p, TSL__NODE_NOT, 0, at, *node, TSL__NO_NODE, node, err));
    }
done:
    return status;
}

static tsl_status parse_not(parser *p, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (!is_word(p, "not")) {
        return parse_comparison(p, node, err);
    }
    const size_t at = p->lexer->token.at;
    if (++p->nesting > MAX_NESTING) {
        return tsl__lexer_fail(p->lexer, at, err, "too deeply nested");
    }
    TSL__TRY(tsl__lexer_read(p->lexer, err));
    TSL__TRY(parse_not(p, node, err));
    p->nesting--;
    TSL__TRY(join(p, TSL__NODE_NOT, 0, at, *node, TSL__NO_NODE, node, err));
done:
    return status;
}

static tsl_status parse_and(parser *p, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t second;
    TSL__TRY(parse_not(p, node, err));
    while (is_word(p, "and")) {
        const size_t at = p->lexer->token.at;
        TSL__TRY(tsl__lexer_read(p->lexer, err));
        TSL__TRY(parse_not(p, &second, err));
        TSL__TRY(join(p, TSL__NODE_AND, 0, at, *node, second, node, err));
    }
done:
    return status;
}

static tsl_status parse_or(parser *p, size_t *node, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t second;
    TSL__TRY(parse_and(p, node, err));
    while (is_word(p, "or")) {
        const size_t at = p->lexer->token.at;
        TSL__TRY(tsl__lexer_read(p->lexer, err));
        TSL__TRY(parse_and(p, &second, err));
        TSL__TRY(join(p, TSL__NODE_OR, 0, at, *node, second, node, err));
    }
done:
    return status;
}

tsl_status tsl__syntax_open(tsl__lexer *lexer, const char *const *names, size_t count, tsl__syntax *out, tsl_error *err)
{
    parser p = {.lexer = lexer, .names = names, .count = count, .out = out};
    tsl_status status = TSL_OK;
    *out = (tsl__syntax){.nodes = 0};
    if (strlen(lexer->text) > MAX_BYTES) {
        return tsl__lexer_fail(lexer, MAX_BYTES, err, "too long: at most %d bytes", MAX_BYTES);
    }
    TSL__TRY(tsl__lexer_read(lexer, err));
    TSL__TRY(parse_or(&p, &out->root, err));
    if (lexer->token.kind != TSL__TOKEN_END) {
        TSL__TRY(tsl__lexer_fail(lexer, lexer->token.at, err, "an operator is missing here"));
    }
done:
    return status;
}

void tsl__syntax_free(tsl__syntax *syntax)
{
    for (size_t i = 0; i < syntax->nodes; i++) {
        free(syntax->node[i].text);
    }
    free(syntax->node);
    *syntax = (tsl__syntax){.nodes = 0};
}
