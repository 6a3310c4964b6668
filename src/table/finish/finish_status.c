/* finish_status.c: what the statuses of the rows say: which of them are no sale. They count all the same. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/reading.h"
#include "table/schema/status_words.h"
#include "table/schema/typing.h"

static int compare_values(const void *a, const void *b)
{
    const tsl__status_value *x = a, *y = b;
    return x->rows != y->rows ? (x->rows < y->rows ? 1 : -1) : strcmp(x->text, y->text);
}

static tsl__span get_text(const tsl__status_value *v)
{
    return (tsl__span){v->text, v->bytes};
}

static int is_date(const tsl__status_value *v)
{
    return strcmp(v->text, TSL__STATUS_DATED) == 0;
}

/* Is it what its kind makes of its name: dates alone, a flag where all values are one pair of yes and no, a stage where
 * one is known?
 */
static int is_kind(tsl__status_kind kind, const tsl__status_counts *c)
{
    unsigned pairs = ~0U;
    int stages = 0;
    double value;
    for (size_t i = 0; i < c->count; i++) {
        pairs &= tsl__boolean_pairs(get_text(&c->value[i]), &value);
        stages |= tsl__status_is_stage(get_text(&c->value[i]));
    }
    return kind == TSL__STATUS_STAGE                                      ? stages
           : kind == TSL__STATUS_DATE                                     ? c->count == 1 && is_date(c->value)
           : kind == TSL__STATUS_FLAG || kind == TSL__STATUS_FLAG_OF_SALE ? pairs != 0
                                                                          : 1;
}

/* Returns of negative amounts are what they seem: a type is looked at where its amounts do not say so. */
static int is_no_sale(tsl__status_kind kind, const tsl__status_value *v)
{
    double yes = -1;
    switch (kind) {
    case TSL__STATUS_DATE:
        return is_date(v);
    case TSL__STATUS_STAGE:
        return !tsl__status_is_won(get_text(v));
    case TSL__STATUS_TYPE:
        return tsl__status_is_no_sale(get_text(v)) && v->negative * 2 < v->rows;
    case TSL__STATUS_FLAG:
    case TSL__STATUS_FLAG_OF_SALE:
        return tsl__boolean_pairs(get_text(v), &yes) && (yes > 0) == (kind == TSL__STATUS_FLAG);
    default:
        return tsl__status_is_no_sale(get_text(v));
    }
}

/* The values that are no sale to the front, most rows first; so many there are. */
static size_t sort_values(tsl__status_kind kind, tsl__status_counts *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count && is_kind(kind, c); i++) {
        const tsl__status_value value = c->value[i];
        if (is_no_sale(kind, &value)) {
            c->value[i] = c->value[count];
            c->value[count++] = value;
        }
    }
    if (count) {
        qsort(c->value, count, sizeof *c->value, compare_values);
    }
    return count;
}

#define NAMED ((size_t)6)

/* `"Cancelled" in 40 rows (3.1 % of the money), "Refunded" in 7 (…)`. */
static void put_values(const tsl__status_counts *c, size_t count, tsl__text *text)
{
    for (size_t i = 0; i < count && i < NAMED; i++) {
        const tsl__status_value *v = &c->value[i];
        char share[32];
        tsl__shown_write(c->absolute > 0 ? 100 * (double)v->absolute / (double)c->absolute : 0, 1, share);
        const char *quote = is_date(v) ? "" : "\"";
        tsl__text_printf(text, "%s%s%s%s in %llu row%s (%s %% of the money%s)", i ? ", " : "", quote, v->text, quote,
                         (unsigned long long)v->rows, v->rows == 1 ? "" : "s", share,
                         tsl__status_is_part(get_text(v)) ? ", a part of which is none" : "");
    }
    tsl__text_puts(text, count > NAMED ? ", ..." : "");
}

/* `coalesce(status, '') not in ('Cancelled', 'Refunded')`; rows without a status count. */
static void put_condition(const tsl__status_counts *c, size_t count, const char *name, tsl__text *where)
{
    if (is_date(c->value)) {
        tsl__expr_put_name(where, name);
        tsl__text_puts(where, " is missing");
        return;
    }
    tsl__text_puts(where, "coalesce(");
    tsl__expr_put_name(where, name);
    tsl__text_puts(where, count == 1 ? ", '') != " : ", '') not in (");
    for (size_t i = 0; i < count; i++) {
        tsl__text_puts(where, i ? ", " : "");
        tsl__expr_put_text(where, c->value[i].text);
    }
    tsl__text_puts(where, count == 1 ? "" : ")");
}

static tsl_status note_status(tsl__reading *r, const char *name, tsl__status_counts *c, tsl_error *err)
{
    const size_t count = sort_values(tsl__status_find_kind(name), c);
    const size_t left = r->accepted - r->rows; /* as of whose status is not known any more */
    tsl__text text = {0}, where = {0};
    tsl_status status = TSL_OK;
    if (count == 0) {
        return TSL_OK;
    }
    const tsl__status_value *first = c->value;
    for (size_t i = 1; i < count; i++) {
        const tsl__status_value *v = &c->value[i];
        first = v->file < first->file || (v->file == first->file && v->line < first->line) ? v : first;
    }
    tsl__text_printf(&text, "%s: rows that by their status are no sale are counted as sales: ", name);
    put_values(c, count, &text);
    tsl__text_printf(&text, ", the first in %.*s:%llu", tsl__text_head(r->place[first->file], 180),
                     r->place[first->file], (unsigned long long)first->line);
    if (left) {
        tsl__text_printf(&text, " (of these rows some may be among the %zu that are rejected since)", left);
    }
    put_condition(c, count, name, &where);
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
static tsl_status note_carried(tsl__reading *r, const char *name, const tsl__status_rows *c, tsl_error *err)
{
    if (!c->rows) {
        return TSL_OK;
    }
    const char *file = r->place[c->file];
    const tsl__found found = {.kind = TSL_FINDING_CARRIED_STATUS,
                              .count = c->rows,
                              .column = name,
                              .example = {{.file = file, .line = c->line}}};
    return tsl__found_add(
        &r->table->info.notes, &found,
        "%s: empty in %llu row%s behind one of the same order that has it, the first in %.*s:%llu: it "
        "stands on the first line of an order alone, and holds for the others",
        name, (unsigned long long)c->rows, c->rows == 1 ? "" : "s", tsl__text_head(file, 180), file,
        (unsigned long long)c->line);
}

/* The same status stands on another line of the order, but not in front of them. */
static tsl_status note_lacking(tsl__reading *r, const char *name, const tsl__status_rows *c, tsl_error *err)
{
    const char *file = r->place[c->file], *s = c->rows == 1 ? "" : "s";
    const unsigned long long rows = c->rows, line = c->line;
    tsl__found found = {.kind = TSL_FINDING_LACKING_STATUS, .count = c->rows, .column = name};
    if (!c->rows) {
        return TSL_OK;
    }
    if (r->gaps.over) {
        return tsl__found_add(&r->table->info.notes, &found,
                              "%s: empty in %llu row%s; whether another line of the order has it is not looked for "
                              "among over %zu lines of orders",
                              name, rows, s, r->terms.hashed_rows);
    }
    found.example[0] = (tsl__found_at){.file = file, .line = c->line};
    return tsl__found_add(&r->table->info.notes, &found,
                          "%s: empty in %llu row%s whose order has it on another line, the first in %.*s:%llu; "
                          "conditions and counts take it for missing there: write it on each line, or keep the lines "
                          "of an order (%s) together, behind the one that has it",
                          name, rows, s, tsl__text_head(file, 180), file, line,
                          r->terms.plan.name[r->terms.plan.order]);
}

tsl_status tsl__finish_status(tsl__reading *r, tsl_error *err)
{
    tsl__status_rows lacking[TSL__PLAN_STATUSES];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__order_gaps_find(&r->gaps, lacking, err));
    for (size_t i = 0; i < r->observed.statuses; i++) {
        const char *name = r->terms.plan.name[r->terms.plan.status[i]];
        TSL__TRY(note_carried(r, name, &r->observed.carried[i], err));
        TSL__TRY(note_lacking(r, name, &lacking[i], err));
        TSL__TRY(note_status(r, name, &r->observed.status[i], err));
    }
done:
    return status;
}
