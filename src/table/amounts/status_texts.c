/* status_texts.c: values of a status in words, and conditions over them. */
#include "table/amounts/status_texts.h"

#include <stdlib.h>
#include <string.h>

#include "expr/quote.h"
#include "table/names/status_words.h"

int tsl__status_is_date(const tsl__status_value *value)
{
    return strcmp(value->text, TSL__STATUS_DATED) == 0;
}

static int compare_values(const void *a, const void *b)
{
    const tsl__status_value *x = a, *y = b;
    return x->rows != y->rows ? (x->rows < y->rows ? 1 : -1) : strcmp(x->text, y->text);
}

size_t tsl__status_sort(tsl__status_counts *c, const uint8_t *chosen)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const tsl__status_value value = c->value[i];
        if (chosen[i]) {
            c->value[i] = c->value[count];
            c->value[count++] = value;
        }
    }
    if (count) {
        qsort(c->value, count, sizeof *c->value, compare_values);
    }
    return count;
}

const tsl__status_value *tsl__status_find_first(const tsl__status_counts *c, size_t count)
{
    const tsl__status_value *first = c->value;
    for (size_t i = 1; i < count; i++) {
        const tsl__status_value *v = &c->value[i];
        first = v->file < first->file || (v->file == first->file && v->line < first->line) ? v : first;
    }
    return first;
}

#define NAMED ((size_t)6)

void tsl__status_put_values(const tsl__status_counts *c, size_t from, size_t to, tsl__text *text)
{
    for (size_t i = from; i < to && i < from + NAMED; i++) {
        const tsl__status_value *v = &c->value[i];
        char share[32];
        tsl__shown_write(c->absolute > 0 ? 100 * (double)v->absolute / (double)c->absolute : 0, 1, share);
        const char *quote = tsl__status_is_date(v) ? "" : "\"";
        tsl__text_printf(text, "%s%s%s%s in %llu row%s (%s %% of the money%s)", i > from ? ", " : "", quote, v->text,
                         quote, (unsigned long long)v->rows, v->rows == 1 ? "" : "s", share,
                         tsl__status_is_part(tsl__status_get_text(v)) ? ", a part of which is none" : "");
    }
    tsl__text_puts(text, to > from + NAMED ? ", ..." : "");
}

void tsl__status_put_condition(const tsl__status_counts *c, size_t count, const char *name, int is_in, tsl__text *where)
{
    if (tsl__status_is_date(c->value)) {
        tsl__expr_put_name(where, name);
        tsl__text_puts(where, is_in ? " is not missing" : " is missing");
        return;
    }
    tsl__text_puts(where, "coalesce(");
    tsl__expr_put_name(where, name);
    tsl__text_printf(where, count == 1 ? ", '') %s " : ", '') %sin (",
                     count == 1 ? (is_in ? "=" : "!=")
                     : is_in    ? ""
                                : "not ");
    for (size_t i = 0; i < count; i++) {
        tsl__text_puts(where, i ? ", " : "");
        tsl__expr_put_text(where, c->value[i].text);
    }
    tsl__text_puts(where, count == 1 ? "" : ")");
}
