/*
 * finish_opposite.c: rows that a column calls the other side of a sale: debit and credit, in and out, the payment of an
 * invoice, a purchase. Their amounts have no sign that says so, and count like those of sales.
 */
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/amounts/amount_ways.h"
#include "table/amounts/status_texts.h"
#include "table/names/side_words.h"
#include "table/names/status_words.h"
#include "table/reading.h"

static tsl_status note(tsl__reading *r, const char *name, const tsl__status_counts *c, size_t count,
                       const char *condition, tsl__text *text, tsl_error *err)
{
    const tsl__status_value *first = tsl__status_find_first(c, count);
    tsl__found found = {.kind = TSL_FINDING_OPPOSITE_ROWS,
                        .column = name,
                        .condition = condition,
                        .example = {{.file = r->place[first->file], .line = first->line, .text = first->text}}};
    for (size_t i = 0; i < count; i++) {
        found.count += c->value[i].rows;
    }
    return text->failed ? tsl__error_nomem(err) : tsl__found_add(&r->table->info.notes, &found, "%s", text->data);
}

/* ---- Sides ------------------------------------------------------------------------------------- */

/* The pair that all values are of, some of each side, as a bit. chosen: those of the second. */
static unsigned find_pair(const tsl__status_counts *c, uint8_t chosen[TSL__STATUS_VALUES])
{
    unsigned all = ~0U, one = 0, other = 0;
    for (size_t i = 0; i < c->count; i++) {
        const unsigned first = tsl__side_find_pairs(tsl__status_get_text(&c->value[i]), 0),
                       second = tsl__side_find_pairs(tsl__status_get_text(&c->value[i]), 1);
        all &= first | second;
        one |= first;
        other |= second;
    }
    const unsigned pairs = all & one & other, pair = pairs & (~pairs + 1); /* the first of them */
    for (size_t i = 0; i < c->count; i++) {
        chosen[i] = (tsl__side_find_pairs(tsl__status_get_text(&c->value[i]), 1) & pair) != 0;
    }
    return pair;
}

/* 1: no side is mostly below 0. chosen: the side with fewer rows, from now on. */
static int choose_side(const tsl__status_counts *c, uint8_t chosen[TSL__STATUS_VALUES])
{
    uint64_t rows[2] = {0}, negative[2] = {0};
    for (size_t i = 0; i < c->count; i++) {
        rows[chosen[i]] += c->value[i].rows;
        negative[chosen[i]] += c->value[i].negative;
    }
    for (size_t i = 0; i < c->count && rows[0] < rows[1]; i++) {
        chosen[i] = !chosen[i];
    }
    return negative[0] * 2 < rows[0] && negative[1] * 2 < rows[1];
}

static tsl_status note_sides(tsl__reading *r, const char *name, tsl__status_counts *c, tsl_error *err)
{
    uint8_t chosen[TSL__STATUS_VALUES];
    tsl__text text = {0}, condition = {0};
    tsl_status status = TSL_OK;
    if (!find_pair(c, chosen) || !choose_side(c, chosen)) {
        return TSL_OK;
    }
    const size_t count = tsl__status_sort(c, chosen);
    const tsl__status_value *first = tsl__status_find_first(c, count);
    tsl__text_printf(&text, "%s: two sides that count alike, as the amounts have no sign: ", name);
    tsl__status_put_values(c, 0, c->count, &text);
    tsl__text_printf(&text, ", the first of \"%s\" in %.*s:%llu", first->text,
                     tsl__text_head(r->place[first->file], 180), r->place[first->file],
                     (unsigned long long)first->line);
    tsl__status_put_condition(c, count, name, 1, &condition);
    tsl__amount_put_reverse(&r->terms.plan, &condition, " takes it off, where that is the other way", &text);
    TSL__TRY(note(r, name, c, count, NULL, &text, err));
done:
    tsl__text_free(&text);
    return status;
}

/* ---- Documents ----------------------------------------------------------------------------------- */

/* Payments of sales and purchases, beside sales; a sign says so by itself. chosen: these; so many there are. */
static size_t find_documents(const tsl__status_counts *c, uint8_t chosen[TSL__STATUS_VALUES])
{
    size_t sales = 0, others = 0;
    for (size_t i = 0; i < c->count; i++) {
        const tsl__document is = tsl__document_find(tsl__status_get_text(&c->value[i]));
        sales += is == TSL__DOCUMENT_SALE;
        chosen[i] = (is == TSL__DOCUMENT_PAYMENT || is == TSL__DOCUMENT_PURCHASE) &&
                    c->value[i].negative * 2 < c->value[i].rows;
        others += chosen[i];
    }
    return sales ? others : 0;
}

static tsl_status note_documents(tsl__reading *r, const char *name, tsl__status_counts *c, tsl_error *err)
{
    uint8_t chosen[TSL__STATUS_VALUES];
    tsl__text text = {0}, where = {0};
    tsl_status status = TSL_OK;
    if (!find_documents(c, chosen)) {
        return TSL_OK;
    }
    const size_t count = tsl__status_sort(c, chosen);
    const tsl__status_value *first = tsl__status_find_first(c, count);
    tsl__text_printf(&text, "%s: payments or purchases that count like the sales beside them: ", name);
    tsl__status_put_values(c, 0, count, &text);
    tsl__text_printf(&text, ", the first in %.*s:%llu", tsl__text_head(r->place[first->file], 180),
                     r->place[first->file], (unsigned long long)first->line);
    tsl__status_put_condition(c, count, name, 0, &where);
    TSL__NEED(!where.failed);
    TSL__TRY(note(r, name, c, count, where.data, &text, err));
done:
    tsl__text_free(&text);
    tsl__text_free(&where);
    return status;
}

tsl_status tsl__finish_opposite(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->observed.statuses; i++) {
        const char *name = r->terms.plan.name[r->terms.plan.status[i]];
        const tsl__status_kind kind = tsl__status_find_kind(name);
        if (tsl__status_is_type(kind) || kind == TSL__STATUS_SIDE) {
            TSL__TRY(note_sides(r, name, &r->observed.status[i], err));
            TSL__TRY(note_documents(r, name, &r->observed.status[i], err));
        }
    }
done:
    return status;
}
