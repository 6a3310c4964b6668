/* finish_status.c: what the statuses of the rows say: which of them are no sale. They count all the same. */
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/amounts/amount_ways.h"
#include "table/amounts/status_texts.h"
#include "table/names/status_words.h"
#include "table/reading.h"
#include "table/schema/typing.h"

/* Pairs of no and yes that the value is of, as bits; which of the two. */
static unsigned find_flags(tsl__span text, int *yes)
{
    double value = 0;
    const unsigned all = tsl__boolean_pairs(text, &value), no = tsl__status_find_flags(text, 0),
                   own = tsl__status_find_flags(text, 1);
    *yes = value > 0 || own;
    return all | (no | own) << 16;
}

/* Is it what its kind makes of its name: dates alone, a flag where all values are one pair of yes and no, a stage where
 * one is known?
 */
static int is_kind(tsl__status_kind kind, const tsl__status_counts *c)
{
    unsigned pairs = ~0U;
    int stages = 0, yes;
    for (size_t i = 0; i < c->count; i++) {
        pairs &= find_flags(tsl__status_get_text(&c->value[i]), &yes);
        stages |= tsl__status_is_stage(tsl__status_get_text(&c->value[i]));
    }
    return kind == TSL__STATUS_STAGE  ? stages
           : kind == TSL__STATUS_DATE ? c->count == 1 && tsl__status_is_date(c->value)
           : kind == TSL__STATUS_FLAG || kind == TSL__STATUS_FLAG_OF_SALE ? pairs != 0
                                                                          : 1;
}

/* Returns of negative amounts are what they seem: types and flags are looked at where the amounts do not say so. */
static int is_no_sale(tsl__status_kind kind, const tsl__status_value *v)
{
    const tsl__span text = tsl__status_get_text(v);
    const int has_sign = v->negative * 2 >= v->rows;
    int yes;
    switch (kind) {
    case TSL__STATUS_NONE:
    case TSL__STATUS_SIDE:
        return 0;
    case TSL__STATUS_DATE:
        return tsl__status_is_date(v);
    case TSL__STATUS_STAGE:
        return !tsl__status_is_won(text);
    case TSL__STATUS_FLAG:
        return find_flags(text, &yes) && yes && !has_sign;
    case TSL__STATUS_FLAG_OF_SALE:
        return find_flags(text, &yes) && !yes;
    default:
        return tsl__status_says_no_sale(kind, text) && !(tsl__status_is_type(kind) && has_sign);
    }
}

/* The values that are no sale to the front, most rows first; so many there are. */
static size_t sort_values(tsl__status_kind kind, tsl__status_counts *c)
{
    uint8_t chosen[TSL__STATUS_VALUES];
    const tsl__status_kind by = is_kind(kind, c)           ? kind
                                : kind == TSL__STATUS_FLAG ? TSL__STATUS_WORDS /* "Storno", or nothing */
                                                           : TSL__STATUS_NONE;
    for (size_t i = 0; i < c->count; i++) {
        chosen[i] = (uint8_t)is_no_sale(by, &c->value[i]);
    }
    return tsl__status_sort(c, chosen);
}

/* `; --amount "if(coalesce(type, '') = 'Return', -abs(amount), amount)" takes them off`: those of a type that are given
 * back, by which that can be told row by row. */
static void put_returns(const tsl__plan *plan, const char *name, const tsl__status_counts *c, size_t count,
                        tsl__text *text)
{
    const tsl__status_kind kind = tsl__status_find_kind(name);
    tsl__status_value some[TSL__STATUS_VALUES];
    tsl__status_counts returns = {.value = some};
    tsl__text condition = {0};
    for (size_t i = 0; i < count; i++) {
        if (tsl__status_find_document(kind, tsl__status_get_text(&c->value[i])) == TSL__DOCUMENT_RETURN) {
            some[returns.count++] = c->value[i];
        }
    }
    if (returns.count) {
        tsl__status_put_condition(&returns, returns.count, name, 1, &condition);
        tsl__amount_put_reverse(plan, &condition, " takes their amounts off", text);
    }
}

/* A later file may have the order again, as it is by then: no condition over the rows of one status tells that order
 * from those that stand there once. */
static void put_changed(const tsl__reading *r, const tsl__status_counts *c, size_t count, tsl__text *text)
{
    size_t open = 0;
    while (open < count && !tsl__status_is_open(tsl__status_get_text(&c->value[open]))) {
        open++;
    }
    if (open < count && r->files > 1 && r->terms.plan.order != TSL__NONE) {
        tsl__text_printf(text,
                         "; \"%.*s\" is what its file knew: an order that another file has again, with another status, "
                         "counts twice, and a condition leaves out those as well that stand there once, so give each "
                         "order once, as it was last",
                         tsl__text_head(c->value[open].text, 60), c->value[open].text);
    }
}

static tsl_status note_status(tsl__reading *r, const char *name, tsl__status_counts *c, tsl_error *err)
{
    const tsl__status_kind kind = tsl__status_find_kind(name);
    const size_t count = sort_values(kind, c);
    const size_t left = r->accepted - r->rows; /* as of whose status is not known any more */
    tsl__text text = {0}, where = {0};
    tsl_status status = TSL_OK;
    if (count == 0) {
        return TSL_OK;
    }
    const tsl__status_value *first = tsl__status_find_first(c, count);
    tsl__text_printf(&text, "%s: rows that by their status are no sale are counted as sales: ", name);
    tsl__status_put_values(c, 0, count, &text);
    tsl__text_printf(&text, ", the first in %.*s:%llu", tsl__text_head(r->place[first->file], 180),
                     r->place[first->file], (unsigned long long)first->line);
    if (left) {
        tsl__text_printf(&text, " (of these rows some may be among the %zu that are rejected since)", left);
    }
    put_changed(r, c, count, &text);
    if (tsl__status_is_type(kind)) {
        put_returns(&r->terms.plan, name, c, count, &text);
    }
    tsl__status_put_condition(c, count, name, 0, &where);
    TSL__NEED(!text.failed && !where.failed);
    tsl__found found = {.kind = TSL_FINDING_UNSOLD_ROWS,
                        .column = name,
                        .condition = where.data,
                        .example = {{.file = r->place[first->file], .line = first->line, .text = first->text}}};
    for (size_t i = 0; i < count; i++) {
        found.count += c->value[i].rows;
    }
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found, "%s", text.data));
done:
    tsl__text_free(&text);
    tsl__text_free(&where);
    return status;
}

/* What the conditions and counts above go by. */
static tsl_status note_filled(tsl__reading *r, const char *name, const tsl__some_rows *c, tsl_error *err)
{
    if (!c->rows) {
        return TSL_OK;
    }
    const char *file = r->place[c->file];
    const tsl__found found = {.kind = TSL_FINDING_CARRIED_STATUS,
                              .count = c->rows,
                              .column = name,
                              .example = {{.file = file, .line = c->line}}};
    return tsl__found_add(&r->table->info.notes, &found,
                          "%s: empty in %llu row%s whose order has it on another line, the first in %.*s:%llu: it "
                          "stands on one line of an order alone, and holds for the others",
                          name, (unsigned long long)c->rows, c->rows == 1 ? "" : "s", tsl__text_head(file, 180), file,
                          (unsigned long long)c->line);
}

/* Why a row lacks what another line of its order has. */
static void put_reason(const tsl__order_gaps *g, tsl__text *text)
{
    if (g->is_of_order) {
        tsl__text_printf(text, "the lines of the order differ in it");
    } else if (g->many) {
        tsl__text_printf(text, "it has over %zu values", TSL__STATUS_VALUES);
    } else {
        tsl__text_printf(text,
                         "of the orders that have an empty one it stands on one line in %zu, on several in %zu, on "
                         "none in %zu, so that it may be one of the line",
                         g->on_one, g->on_several, g->on_none);
    }
}

static tsl_status note_unfilled(tsl__reading *r, size_t status_of, const tsl__some_rows *c, tsl_error *err)
{
    const tsl__order_gaps *g = &r->orders.of[status_of];
    const char *name = r->terms.plan.name[r->terms.plan.status[status_of]], *s = c->rows == 1 ? "" : "s";
    tsl__found found = {.kind = TSL_FINDING_LACKING_STATUS, .count = c->rows, .column = name};
    tsl__text reason = {0};
    tsl_status status = TSL_OK;
    if (!c->rows) {
        return TSL_OK;
    }
    if (g->over) {
        return tsl__found_add(&r->table->info.notes, &found,
                              "%s: empty in %llu row%s; whether another line of the order has it is not looked for "
                              "among over %zu orders that have such a line; conditions and counts take it for missing "
                              "there: write it on each line",
                              name, (unsigned long long)c->rows, s, r->orders.most);
    }
    put_reason(g, &reason);
    TSL__NEED(!reason.failed);
    const char *file = r->place[c->file];
    found.example[0] = (tsl__found_at){.file = file, .line = c->line};
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found,
                            "%s: empty in %llu row%s whose order (%s) has it on another line, the first in %.*s:%llu; "
                            "conditions and counts take it for missing there, as %s: write it on each line",
                            name, (unsigned long long)c->rows, s, r->terms.plan.name[r->terms.plan.order],
                            tsl__text_head(file, 180), file, (unsigned long long)c->line, reason.data));
done:
    tsl__text_free(&reason);
    return status;
}

tsl_status tsl__finish_status(tsl__reading *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->observed.statuses; i++) {
        const char *name = r->terms.plan.name[r->terms.plan.status[i]];
        TSL__TRY(note_filled(r, name, &r->observed.filled[i], err));
        TSL__TRY(note_unfilled(r, i, &r->observed.unfilled[i], err));
        TSL__TRY(note_status(r, name, &r->observed.status[i], err));
    }
done:
    return status;
}
