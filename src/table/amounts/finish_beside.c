/*
 * finish_beside.c: what stands beside the amounts and is not in them: refunds and discounts in columns of their own,
 * quantities below 0. Where the rows show that it is in them, nothing is said.
 */
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/amounts/amount_ways.h"
#include "table/names/status_words.h"
#include "table/reading.h"

#define MOST .95 /* of the rows that have one */

static int is_most(uint64_t rows, uint64_t of)
{
    return of > 0 && (double)rows >= MOST * (double)of;
}

/* A column as an operand, as 0 where it may be missing. */
static void put_value(const char *name, uint64_t missing, tsl__text *text)
{
    tsl__text_puts(text, missing ? "coalesce(" : "");
    tsl__expr_put_name(text, name);
    tsl__text_puts(text, missing ? ", 0)" : "");
}

/* `in 20 rows, 566.2 in all, the first in t.csv:5`; sum: NULL where there is none */
static void put_rows(const tsl__reading *r, const tsl__some_rows *seen, const __int128 *sum, tsl__text *text)
{
    char shown[32];
    const __int128 all = sum ? *sum : 0;
    tsl__shown_write((double)(all < 0 ? -all : all) / TSL_DECIMAL_ONE, 2, shown);
    tsl__text_printf(text, "in %llu row%s, %s%sthe first in %.*s:%llu", (unsigned long long)seen->rows,
                     seen->rows == 1 ? "" : "s", sum ? shown : "", sum ? " in all, " : "",
                     tsl__text_head(r->place[seen->file], 180), r->place[seen->file], (unsigned long long)seen->line);
}

static tsl_status note(tsl__reading *r, tsl_finding_kind kind, const char *column, const tsl__some_rows *seen,
                       tsl__text *text, tsl_error *err)
{
    const tsl__found found = {.kind = (int)kind,
                              .count = seen->rows,
                              .column = column,
                              .example = {{.file = r->place[seen->file], .line = seen->line}}};
    const tsl_status status =
        text->failed ? tsl__error_nomem(err) : tsl__found_add(&r->table->info.notes, &found, "%s", text->data);
    tsl__text_free(text);
    return status;
}

/* The amounts of rows with a value are the product less it, in that form, and not the product. */
static int has_form(const tsl__beside_column *b, tsl__beside_form form)
{
    return is_most(b->form[form], b->lines) && b->form[form] > b->form[TSL__BESIDE_FULL];
}

static int has_any_form(const tsl__beside_column *b)
{
    return has_form(b, TSL__BESIDE_LESS) || has_form(b, TSL__BESIDE_SHARE) || has_form(b, TSL__BESIDE_PERCENT);
}

int tsl__beside_explains(const tsl__beside_column *b)
{
    return has_any_form(b) && (!b->others || is_most(b->others_full, b->others));
}

uint64_t tsl__beside_count_explained(const tsl__beside_column *b)
{
    uint64_t most = 0;
    for (int f = TSL__BESIDE_LESS; f < TSL__BESIDE_FORMS; f++) {
        most = b->form[f] > most ? b->form[f] : most;
    }
    return most + b->others_full;
}

/* ---- Refunds --------------------------------------------------------------------------------------- */

/* Yes and no, which a status tells; or the amounts are without it, or are themselves what was given back. */
static int is_no_refund(const tsl__beside_column *b, const char *name)
{
    return (b->rows.rows == b->ones && tsl__status_find_kind(name) == TSL__STATUS_FLAG) ||
           has_form(b, TSL__BESIDE_LESS) || is_most(b->reversed, b->rows.rows);
}

static tsl_status note_refund(tsl__reading *r, const tsl__plan_output *amount, const char *name,
                              const tsl__beside_column *b, tsl_error *err)
{
    const int is_converted = r->terms.asked.rates.count > 0; /* the amounts are, and these are not */
    tsl__text text = {0}, way = {0};
    if (is_no_refund(b, name)) {
        return TSL_OK;
    }
    tsl__text_printf(&text, "%s: not used, and the amount (%s) is not reduced by it: refunds ", name, amount->name);
    put_rows(r, &b->rows, &b->sum, &text);
    if (is_most(b->form[TSL__BESIDE_FULL], b->lines)) {
        tsl__text_puts(&text, ", whose amount is the quantity times the price");
    } else if (b->over > b->whole && !is_converted) {
        tsl__text_printf(&text, " (more than the amount in %llu of them, which may be what is left)",
                         (unsigned long long)b->over);
    }
    const int is_mixed = b->negative && b->negative < b->rows.rows;
    tsl__amount_put_operand(amount, &way);
    tsl__text_puts(&way, is_mixed ? " - abs(" : b->negative ? " + " : " - ");
    put_value(name, b->missing, &way);
    tsl__text_puts(&way, is_mixed ? ")" : "");
    tsl__amount_put_way(";", &way, " takes them off", &text);
    return note(r, TSL_FINDING_REFUND_COLUMN, name, &b->rows, &text, err);
}

/* ---- Discounts ------------------------------------------------------------------------------------- */

/* The ways to take it off: as money, as a share, or either; a percent sign tells. */
static void put_discount_ways(const tsl__plan_output *amount, const char *name, const tsl__beside_column *b,
                              tsl__text *text)
{
    const int is_share = 2 * (b->parts + b->ones) >= b->rows.rows;
    const char *less = b->negative == b->rows.rows ? " + " : " - ";
    tsl__text money = {0}, share = {0};
    if (b->percents && b->percents < b->rows.rows) {
        tsl__text_printf(text,
                         "; %llu of them are a share of the price, by their percent sign, and the others none: no one "
                         "expression takes both off",
                         (unsigned long long)b->percents);
        return;
    }
    if (!b->percents) {
        tsl__amount_put_operand(amount, &money);
        tsl__text_puts(&money, less);
        put_value(name, b->missing, &money);
        tsl__amount_put_way(";", &money, " takes it off", text);
    }
    tsl__amount_put_operand(amount, &share);
    tsl__text_printf(&share, " * (1%s", less);
    put_value(name, b->missing, &share);
    tsl__text_puts(&share, is_share || b->percents ? ")" : " / 100)");
    tsl__amount_put_way(b->percents ? ";" : ", or, where it is a share of the price,", &share,
                        b->percents ? " takes it off" : "", text);
}

static tsl_status note_discount(tsl__reading *r, const tsl__plan_output *amount, const char *name,
                                const tsl__beside_column *b, tsl_error *err)
{
    const int is_product = amount->expr && !amount->mapped;
    tsl__text text = {0};
    if (!is_product && (amount->expr || has_any_form(b) || !is_most(b->form[TSL__BESIDE_FULL], b->lines))) {
        return TSL_OK;
    }
    if (is_product) {
        tsl__text_printf(&text, "%s: not used: the amount is %s without it, ", name, amount->name);
    } else {
        tsl__text_printf(&text,
                         "%s: not used: the amount (%s) is the quantity times the price in %llu of %llu rows with one, "
                         "as if there were none, unless the price is without it already: ",
                         name, amount->name, (unsigned long long)b->form[TSL__BESIDE_FULL],
                         (unsigned long long)b->lines);
    }
    put_rows(r, &b->rows, b->percents ? NULL : &b->sum, &text);
    put_discount_ways(amount, name, b, &text);
    return note(r, TSL_FINDING_AMOUNT_LEVEL, name, &b->rows, &text, err);
}

/* ---- Quantities below 0 ---------------------------------------------------------------------------- */

static tsl_status note_quantity(tsl__reading *r, const tsl__plan_output *amount, const tsl__plan_output *quantity,
                                tsl_error *err)
{
    const tsl__besides *b = &r->observed.besides;
    tsl__text text = {0}, below = {0};
    if (!b->against.rows || r->has_other_level) {
        return TSL_OK;
    }
    tsl__text_printf(&text, "%s: below 0 beside an amount (%s) above 0 ", quantity->name, amount->name);
    put_rows(r, &b->against, &b->sum, &text);
    tsl__text_puts(&text, ": returns, it seems, that count as sales");
    if (b->products) {
        tsl__text_printf(&text, "; in %llu of %llu it is the quantity times the price without its sign",
                         (unsigned long long)b->products, (unsigned long long)b->priced);
    }
    tsl__text_puts(&below, b->uncounted ? "coalesce(" : "");
    tsl__amount_put_operand(quantity, &below);
    tsl__text_puts(&below, b->uncounted ? ", 0) < 0" : " < 0");
    tsl__amount_put_reverse(&r->terms.plan, &below, " takes them off", &text);
    return note(r, TSL_FINDING_NEGATIVE_QUANTITY, quantity->name, &b->against, &text, err);
}

tsl_status tsl__finish_besides(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const tsl__plan_output *amount = tsl__amount_get_output(plan, TSL_ROLE_AMOUNT),
                           *quantity = tsl__amount_get_output(plan, TSL_ROLE_QUANTITY);
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < plan->besides; i++) {
        const tsl__beside_column *b = &r->observed.besides.of[i];
        const char *name = plan->name[plan->beside[i].input];
        if (b->rows.rows) {
            TSL__TRY(plan->beside[i].kind == TSL__BESIDE_REFUND ? note_refund(r, amount, name, b, err)
                                                                : note_discount(r, amount, name, b, err));
        }
    }
    TSL__TRY(amount && quantity ? note_quantity(r, amount, quantity, err) : TSL_OK);
done:
    return status;
}
