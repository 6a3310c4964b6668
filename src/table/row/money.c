/* money.c: the currency of the money of one row, by sign, column or name, and its rate. */
#include "table/row/money.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/currency.h"

int tsl__money_is_converted(const tsl__terms *terms, const tsl__plan_output *o)
{
    return terms->asked.rates.count &&
           (o->role == TSL_ROLE_AMOUNT || o->role == TSL_ROLE_COST || o->role == TSL_ROLE_PRICE);
}

/* ---- What tells the currency --------------------------------------------------- */

/* Takes in what one number has beside it. */
static void add_sign(tsl__decoder *d, const tsl__plan_output *o, size_t input, int *currency)
{
    const size_t number = d->terms->plan.input[input].number;
    const tsl__number_cell *cell = number == TSL__NONE ? NULL : &d->number[number];
    const int now = cell && cell->row == d->rows && cell->good ? cell->currency : TSL__CURRENCY_NONE;
    const uint64_t fits = tsl__currency_get_fits(*currency), both = fits & tsl__currency_get_fits(now);
    char what[120];
    if (!both) {
        snprintf(what, sizeof what, "%s stands beside %s", tsl__currency_get_name(now),
                 tsl__currency_get_name(*currency));
        tsl__rates_blame(&d->terms->asked.rates, o->name, what, d->money_fault);
    } else if (now && both != fits) {
        *currency = now; /* the more exact one */
    }
}

/* Beside the numbers that the output is made of, else in the name of its column. */
static int find_sign(tsl__decoder *d, const tsl__plan_output *o)
{
    int currency = TSL__CURRENCY_NONE;
    size_t count = 0;
    const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
    const tsl__expr_type *type = o->expr ? tsl__expr_get_operand_types(o->expr) : NULL;
    if (o->input != TSL__NONE) {
        add_sign(d, o, o->input, &currency);
    }
    for (size_t i = 0; i < count; i++) {
        if (type[i] == TSL__EXPR_NUMBER) {
            add_sign(d, o, operand[i], &currency);
        }
    }
    return currency || !o->unit ? currency : o->unit->currency;
}

/* ---- The whole ------------------------------------------------------------------ */

int tsl__money_convert(tsl__decoder *d, const tsl__plan_output *o, tsl__span text, tsl__cell_value *v,
                       tsl__decimal *exact)
{
    const tsl__rates *rates = &d->terms->asked.rates;
    const int sign = find_sign(d, o);
    v->rate = rates->base;
    v->is_unpriced = !sign && d->currency == TSL__NONE;
    const int has_text = d->currency != TSL__NONE && !tsl__cell_is_missing(text);
    if (has_text || sign) {
        const tsl__money_told told = {.text = has_text ? text : (tsl__span){"", 0},
                                      .text_column = has_text ? d->terms->plan.name[d->currency] : NULL,
                                      .sign_column = o->name,
                                      .sign = sign};
        v->rate = tsl__rates_settle(rates, &told, d->money_fault);
    } else if (!v->is_unpriced) {
        return 1;
    }
    v->written = *exact;
    if (v->rate < rates->count) {
        *exact = tsl__decimal_multiply(*exact, rates->rate[v->rate].worth);
    }
    return 0;
}

tsl_status tsl__money_count(tsl__decoder *d, tsl_error *err)
{
    tsl__observed *seen = &d->batch->observed;
    tsl_status status = TSL_OK;
    if (*d->money_fault && !seen->money_fault) {
        TSL__NEED(seen->money_fault =
                      tsl__format("%s:%llu: %s", d->map->name, (unsigned long long)d->record.line, d->money_fault));
    }
    for (size_t i = 0; i < d->terms->plan.outputs && !*d->money_fault; i++) {
        const tsl__cell_value *v = &d->value[i];
        if (d->terms->plan.output[i].role == TSL_ROLE_AMOUNT && v->integer != TSL_MISSING_INT) {
            const tsl__converted row = {1, v->written, v->integer};
            tsl__converted_add(&seen->converted[v->rate], &row);
            if (v->is_unpriced) {
                (void)tsl__some_rows_add(&seen->unpriced, d->map->file, d->record.line);
            }
        }
    }
done:
    return status;
}
