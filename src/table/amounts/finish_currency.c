/* finish_currency.c: in which currency the amounts are: one, whatever tells it. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/amounts/told_money.h"
#include "table/cell/currency.h"
#include "table/names/beside_words.h"
#include "table/names/roles.h"
#include "table/reading.h"

#define PLACE_BYTES 320
#define WAY "; --rates converts them (EUR=1,USD=0.92)"

/* `"5 EUR" (t.csv:2)`, or nothing where no cell told it. */
static const char *put_place(const tsl__mark_cells *cell, char out[PLACE_BYTES])
{
    out[0] = '\0';
    if (cell) {
        snprintf(out, PLACE_BYTES, "\"%s\" (%.*s:%llu)", cell->text, tsl__text_head(cell->file, 200), cell->file,
                 (unsigned long long)cell->line);
    }
    return out;
}

/* What was told so far. */
typedef struct told {
    int currency;
    const char *column;          /* that told it */
    const tsl__mark_cells *cell; /* and its first cell; NULL: its name did */
} told;

static int go_together(int a, int b)
{
    return (tsl__currency_get_fits(a) & tsl__currency_get_fits(b)) != 0;
}

/* Of two that go together the more exact one. */
static int is_as_exact(int a, int b)
{
    const uint64_t both = tsl__currency_get_fits(a) & tsl__currency_get_fits(b);
    return both == tsl__currency_get_fits(a);
}

/* `"amount" is in EUR, as "5 EUR" (t.csv:2) says` */
static const char *put_told(const told *t, char out[PLACE_BYTES + 160])
{
    char place[PLACE_BYTES];
    put_place(t->cell, place);
    snprintf(out, PLACE_BYTES + 160, "\"%.*s\" is in %s%s%s%s", tsl__text_head(t->column, 100), t->column,
             tsl__currency_get_name(t->currency), *place ? ", as " : "", place, *place ? " says" : "");
    return out;
}

static const char *get_table(const tsl__reading *r)
{
    return tsl_table_kind_get_name(r->terms.kind);
}

static tsl_status add(const tsl__reading *r, told *t, const told *more, tsl_error *err)
{
    char before[PLACE_BYTES + 160], now[PLACE_BYTES + 160];
    if (!go_together(t->currency, more->currency)) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: %s, but %s; amounts of different currencies do not add up" WAY,
                              get_table(r), put_told(t, before), put_told(more, now));
    }
    if (more->currency != TSL__CURRENCY_NONE && !(t->currency && is_as_exact(t->currency, more->currency))) {
        *t = *more;
    }
    return TSL_OK;
}

/* Those beside the numbers of a column. */
static tsl_status add_numbers(const tsl__reading *r, const char *column, const tsl__mark_evidence *shown,
                              const tsl__number_form *form, told *t, tsl_error *err)
{
    told more = {.currency = TSL__CURRENCY_NONE, .column = column};
    tsl_error several;
    tsl_status status = TSL_OK;
    if (tsl__mark_get_currency(shown, column, &more.currency, &more.cell, &several) != TSL_OK) {
        return tsl__error_set(err, TSL_E_INPUT, "%s" WAY, several.message);
    }
    TSL__TRY(add(r, t, &more, err));
    more.currency = form->currency;
    more.cell = &shown->suffix.cells;
    TSL__TRY(more.currency ? add(r, t, &more, err) : TSL_OK);
done:
    return status;
}

static tsl_status add_input(const tsl__reading *r, size_t input, told *t, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const size_t number = input == TSL__NONE ? TSL__NONE : plan->input[input].number;
    return number == TSL__NONE ? TSL_OK
                               : add_numbers(r, plan->name[input], &r->shown[number], &r->form[number], t, err);
}

int tsl__output_is_money(const tsl__plan_output *o)
{
    return o->role == TSL_ROLE_AMOUNT || o->role == TSL_ROLE_COST || o->role == TSL_ROLE_PRICE ||
           o->role == TSL_ROLE_SPEND || o->role == TSL_ROLE_MEAN_ORDER || o->is_value;
}

/* Of one output: its numbers, the name of its column, what it is made of. */
static tsl_status add_output(const tsl__reading *r, size_t output, const tsl__profile *profile, told *t, tsl_error *err)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    const tsl__profile *p = profile && profile[output].seen ? &profile[output] : NULL;
    size_t count = 0;
    const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(o->unit ? add(r, t, &(told){.currency = o->unit->currency, .column = o->name}, err) : TSL_OK);
    TSL__TRY(p ? add_numbers(r, o->name, p->seen, &p->form, t, err) : TSL_OK);
    TSL__TRY(add_input(r, o->input, t, err));
    for (size_t k = 0; k < count; k++) {
        TSL__TRY(add_input(r, operand[k], t, err));
    }
done:
    return status;
}

tsl_status tsl__output_get_currency(const tsl__reading *r, size_t output, const tsl__profile *profile, int *currency,
                                    tsl_error *err)
{
    told t = {.currency = TSL__CURRENCY_NONE};
    const tsl_status status = add_output(r, output, profile, &t, err);
    *currency = t.currency;
    return status;
}

/* Of all that is money. */
static tsl_status find_told(const tsl__reading *r, const tsl__profile *profile, told *t, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        TSL__TRY(tsl__output_is_money(&r->terms.plan.output[i]) ? add_output(r, i, profile, t, err) : TSL_OK);
    }
done:
    return status;
}

/* The currency that a text names: the whole of it. */
static int read_name(const char *name)
{
    const tsl__span text = tsl__span_make(name);
    int currency, common;
    return text.n && tsl__currency_find(text, &currency, &common) == text.n ? currency : TSL__CURRENCY_NONE;
}

/* Of a name that is not known, the same letters. */
static int are_same(const char *a, const char *b)
{
    const int x = read_name(a), y = read_name(b);
    return tsl__is_same_folded(a, b) || (x && y && go_together(x, y));
}

/* ---- The column of the currency -------------------------------------------------- */

static const tsl__mark_cells *find_place(const tsl__reading *r, const char *text)
{
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        if (r->observed.output[i].firsts) {
            return tsl__first_texts_get(r->observed.output[i].firsts, text);
        }
    }
    return NULL;
}

/* `"EUR" (t.csv:2)` */
static const char *put_text(const tsl__reading *r, const char *text, char out[PLACE_BYTES])
{
    const tsl__mark_cells *cell = find_place(r, text);
    if (!cell) {
        snprintf(out, PLACE_BYTES, "\"%.*s\"", tsl__text_head(text, 100), text);
        return out;
    }
    return put_place(cell, out);
}

/* 1: a stands before b, where that is known. */
static int is_before(const tsl__mark_cells *a, const tsl__mark_cells *b)
{
    return a && (!b || a < b); /* they are kept in the order of the rows */
}

/* What becomes of several currencies: amounts that are converted already come first, with their currency. */
static void put_ways(const tsl__reading *r, const tsl_column *c, tsl__text *text)
{
    const tsl__plan *plan = &r->terms.plan;
    const tsl_table_kind kind = r->terms.kind;
    const char *option = tsl_role_get_option(TSL_ROLE_CURRENCY, kind);
    size_t amount, currency;
    const int has_converted = kind == TSL_TRANSACTIONS &&
                              tsl__beside_find_converted(plan->name, plan->own_inputs, &amount, &currency) &&
                              strcmp(plan->name[currency], c->name) != 0;
    const tsl_column *used = tsl_table_get_role(r->table, TSL_ROLE_AMOUNT);
    if (has_converted && used && strcmp(used->name, plan->name[amount]) == 0) {
        tsl__text_printf(text, "; --%s \"%s\" is that of \"%s\"", option, plan->name[currency], used->name);
        return;
    }
    if (has_converted) {
        tsl__text_printf(text,
                         "; --%s \"%s\" --%s \"%s\" reads those that are converted already, --rates converts "
                         "the others (EUR=1,USD=0.92)",
                         tsl_role_get_option(TSL_ROLE_AMOUNT, kind), plan->name[amount], option, plan->name[currency]);
        return;
    }
    tsl__text_puts(text, WAY);
}

static tsl_status fail_several(const tsl__reading *r, const tsl_column *c, const char *one, const char *other,
                               tsl_error *err)
{
    char first[PLACE_BYTES], second[PLACE_BYTES];
    const int turned = is_before(find_place(r, other), find_place(r, one));
    tsl__text ways = {0};
    tsl_status status = TSL_OK;
    put_ways(r, c, &ways);
    TSL__NEED(!ways.failed);
    TSL__TRY(tsl__error_set(
        err, TSL_E_INPUT,
        "%s: column \"%s\" holds several currencies, %s and %s; amounts of one currency are expected%s", get_table(r),
        c->name, put_text(r, turned ? other : one, first), put_text(r, turned ? one : other, second), ways.data));
done:
    tsl__text_free(&ways);
    return status;
}

/* Several spellings of one currency are said aloud. */
static tsl_status note_spellings(tsl__reading *r, const tsl_column *c, const char *name, tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    if (c->dict_count < 2) {
        return TSL_OK;
    }
    for (size_t i = 0; i < c->dict_count; i++) {
        tsl__text_printf(&text, "%s\"%s\"", i ? ", " : "", c->dict[i]);
    }
    TSL__NEED(!text.failed);
    TSL__TRY(
        tsl__notes_add(&r->table->info.notes, "%s: %s are spellings of one currency, %s", c->name, text.data, name));
done:
    tsl__text_free(&text);
    return status;
}

/* The column holds one currency, however it is written: *name is the most exact. A sign that several currencies share
 * is the one that a code beside it says. */
static tsl_status find_held(tsl__reading *r, const tsl_column *c, const char **name, tsl_error *err)
{
    int held = TSL__CURRENCY_NONE;
    tsl_status status = TSL_OK;
    *name = c->dict_count ? c->dict[0] : NULL;
    for (size_t i = 0; i < c->dict_count; i++) {
        const int currency = read_name(c->dict[i]);
        for (size_t k = 0; k < i; k++) {
            TSL__TRY(are_same(c->dict[k], c->dict[i]) ? TSL_OK : fail_several(r, c, c->dict[k], c->dict[i], err));
        }
        held = held && is_as_exact(held, currency) ? held : currency;
    }
    *name = held ? tsl__currency_get_name(held) : *name;
    TSL__TRY(note_spellings(r, c, *name, err));
done:
    return status;
}

/* And it goes with what was told; the more exact of both is the table's. */
static tsl_status check_column(const tsl__reading *r, const tsl_column *c, const told *t, const char **name,
                               tsl_error *err)
{
    const int held = *name ? read_name(*name) : TSL__CURRENCY_NONE;
    char text[PLACE_BYTES], other[PLACE_BYTES + 160];
    if (!go_together(held, t->currency)) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: column \"%s\" says %s, but %s; amounts of one currency are expected", get_table(r),
                              c->name, put_text(r, c->dict[0], text), put_told(t, other));
    }
    *name = !*name || (held && t->currency && !is_as_exact(held, t->currency)) ? tsl__currency_get_name(t->currency)
                                                                               : *name;
    return TSL_OK;
}

/* The currency that the amounts are in, told by all of them alike; NULL: nothing tells. */
static tsl_status find_common(tsl__reading *r, const tsl__profile *profile, const tsl_column *c, told *t,
                              const char **now, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(find_told(r, profile, t, err));
    TSL__TRY(c ? find_held(r, c, now, err) : TSL_OK);
    TSL__TRY(c && *now ? check_column(r, c, t, now, err) : TSL_OK);
    *now = *now ? *now : t->currency ? tsl__currency_get_name(t->currency) : NULL;
done:
    return status;
}

/* It is not that of the earlier table. */
static tsl_status fail_other(const tsl__reading *r, const tsl_column *c, const told *t, const char *now, tsl_error *err)
{
    const char *before = r->terms.asked.currency;
    const int by_column = c && c->dict_count;
    char text[PLACE_BYTES];
    if (r->terms.asked.rates.count) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: by the rates amounts are converted to %s; those of the earlier table were in %s",
                              get_table(r), now, before);
    }
    by_column ? put_text(r, c->dict[0], text) : put_place(t->cell, text);
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: column \"%s\" holds amounts in %s%s%s; those of the earlier table were in %s",
                          get_table(r), by_column ? c->name : t->column, now, *text ? ", as in " : "", text, before);
}

/* A column whose first cells were all missing, and no name tells: as it would have been taken for the currency, had
 * other rows stood first, it is not left out. */
static tsl_status check_watched(const tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    for (size_t i = 0; i < plan->watches; i++) {
        const tsl__watched *w = &r->observed.watched[i];
        const char *code = tsl__currency_cells_get(&w->cells), *name = plan->name[plan->watched[i]];
        if (code) {
            return tsl__error_set(
                err, TSL_E_INPUT,
                "%s: column \"%s\" holds codes of currencies such as %s, the first in %s:%llu, but none "
                "in the first rows, by which columns are decided on; --%s \"%s\" takes it for the "
                "currency of the amounts",
                get_table(r), name, code, r->place[w->file], (unsigned long long)w->line,
                tsl_role_get_option(TSL_ROLE_CURRENCY, r->terms.kind), name);
        }
    }
    return TSL_OK;
}

static tsl_status note_rounded(tsl__reading *r, tsl_error *err)
{
    const tsl_table_info *info = &r->table->info;
    const tsl__some_rows *rows = &r->observed.rounded;
    const char *file = rows->rows ? r->place[rows->file] : NULL;
    const int one = info->rounded == 1;
    return info->rounded ? tsl__found_add(&r->table->info.notes,
                                          &(tsl__found){.kind = TSL_FINDING_ROUNDED_AMOUNTS,
                                                        .count = info->rounded,
                                                        .example = {{.file = file, .line = rows->line}}},
                                          "%llu amount%s of more than 4 decimals %s rounded, half to even",
                                          (unsigned long long)info->rounded, one ? "" : "s", one ? "is" : "are")
                         : TSL_OK;
}

tsl_status tsl__finish_currency(tsl__reading *r, const tsl__profile *profile, tsl_error *err)
{
    const tsl_column *c = tsl_table_get_role(r->table, TSL_ROLE_CURRENCY);
    const tsl__rates *rates = &r->terms.asked.rates;
    const char *before = r->terms.asked.currency, *now = NULL;
    told t = {.currency = TSL__CURRENCY_NONE};
    tsl_status status = TSL_OK;
    if (!tsl__role_is_of(TSL_ROLE_CURRENCY, r->terms.kind)) {
        return note_rounded(r, err);
    }
    TSL__TRY(check_watched(r, err));
    if (rates->count) {
        TSL__TRY(tsl__finish_rates(r, err));
        now = rates->rate[rates->base].code;
    } else {
        TSL__TRY(find_common(r, profile, c, &t, &now, err));
    }
    TSL__TRY(now && before && !are_same(now, before) ? fail_other(r, c, &t, now, err) : TSL_OK);
    r->table->info.currency = now;
    if (now && !(before && read_name(now) && is_as_exact(read_name(before), read_name(now)))) {
        r->terms.asked.currency = now;
    }
    TSL__TRY(note_rounded(r, err));
done:
    return status;
}
