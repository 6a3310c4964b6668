/* conjunction.c: a condition cut at its outermost `and`. */
#include "expr/conjunction.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "expr/lexer.h"

typedef struct cutter {
    tsl__operand_texts *out;
    size_t capacity, from; /* of the operand that is on */
    const char *text;
} cutter;

static int is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The operand up to byte `end`. */
static tsl_status add_operand(cutter *c, size_t end, tsl_error *err)
{
    void *texts = c->out->text;
    size_t begin = c->from;
    tsl_status status = TSL_OK;
    while (begin < end && is_blank(c->text[begin])) {
        begin++;
    }
    while (end > begin && is_blank(c->text[end - 1])) {
        end--;
    }
    TSL__NEED(!tsl__reserve(&texts, &c->capacity, c->out->count + 1, sizeof *c->out->text));
    c->out->text = texts;
    TSL__NEED(c->out->text[c->out->count] = tsl__strndup(c->text + begin, end - begin));
    c->out->count++;
done:
    return status;
}

static void forget(cutter *c)
{
    tsl__operand_texts_free(c->out);
    c->capacity = c->from = 0;
}

/* A word of the language outside of all parentheses. */
static int is_word(const tsl__token *t, int depth, const char *word)
{
    return depth == 0 && t->kind == TSL__TOKEN_NAME && !t->quoted && tsl__is_same_folded(t->name, word);
}

tsl_status tsl__conjunction_split(const char *label, const char *text, tsl__operand_texts *out, tsl_error *err)
{
    tsl__lexer lexer = {.label = label, .text = text};
    const tsl__token *t = &lexer.token;
    cutter c = {.out = out, .text = text};
    tsl_status status = TSL_OK;
    int depth = 0, whole = 0;
    *out = (tsl__operand_texts){.count = 0};
    do {
        TSL__TRY(tsl__lexer_read(&lexer, err));
        if (t->kind == TSL__TOKEN_SIGN) {
            depth += (t->sign == '(') - (t->sign == ')');
        }
        whole |= is_word(t, depth, "or"); /* it binds less, and so the whole is one */
        if (is_word(t, depth, "and")) {
            TSL__TRY(add_operand(&c, t->at, err));
            c.from = t->at + strlen("and");
        }
    } while (t->kind != TSL__TOKEN_END);
    if (whole) {
        forget(&c);
    }
    TSL__TRY(add_operand(&c, strlen(text), err));
done:
    tsl__lexer_free(&lexer);
    if (status != TSL_OK) {
        tsl__operand_texts_free(out);
    }
    return status;
}

void tsl__operand_texts_free(tsl__operand_texts *texts)
{
    tsl__free_texts(texts->text, texts->text ? texts->count : 0);
    *texts = (tsl__operand_texts){.count = 0};
}
