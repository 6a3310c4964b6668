/* finish_currency.c: in which currency the amounts are: one, whatever tells it. */
#include <string.h>

#include "base/error.h"
#include "table/cell/currency.h"
#include "table/reading.h"

/* What was told so far. */
typedef struct told {
    int currency;
    const char *column; /* that told it */
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

static tsl_status add(told *t, int currency, const char *column, tsl_error *err)
{
    if (!go_together(t->currency, currency)) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "transactions: \"%s\" is in %s, \"%s\" in %s; amounts of different currencies do not add "
                              "up",
                              t->column, tsl__currency_get_name(t->currency), column, tsl__currency_get_name(currency));
    }
    if (currency != TSL__CURRENCY_NONE && !(t->currency && is_as_exact(t->currency, currency))) {
        *t = (told){currency, column};
    }
    return TSL_OK;
}

/* Those beside the numbers of an input. */
static tsl_status add_input(const tsl__reading *r, size_t input, told *t, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const size_t number = input == TSL__NONE ? TSL__NONE : plan->input[input].number;
    int currency;
    tsl_status status = TSL_OK;
    if (number != TSL__NONE) {
        TSL__TRY(tsl__mark_get_currency(&r->shown[number], plan->name[input], &currency, err));
        TSL__TRY(add(t, currency, plan->name[input], err));
    }
done:
    return status;
}

/* Of all that is money: its numbers, the name of its column, what it is made of. */
static tsl_status find_told(const tsl__reading *r, told *t, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        const tsl__plan_output *o = &r->terms.plan.output[i];
        size_t count = 0;
        const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
        if (o->role != TSL_ROLE_AMOUNT && o->role != TSL_ROLE_COST && o->role != TSL_ROLE_PRICE) {
            continue;
        }
        TSL__TRY(o->unit ? add(t, o->unit->currency, o->name, err) : TSL_OK);
        TSL__TRY(add_input(r, o->input, t, err));
        for (size_t k = 0; k < count; k++) {
            TSL__TRY(add_input(r, operand[k], t, err));
        }
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

static int are_same(const char *a, const char *b)
{
    const int x = read_name(a), y = read_name(b);
    return strcmp(a, b) == 0 || (x && y && go_together(x, y));
}

/* The column of the currency holds one, which goes with what was told. */
static tsl_status check_column(const tsl_column *c, const told *t, tsl_error *err)
{
    if (c->dict_count > 1) {
        return tsl__error_set(
            err, TSL_E_INPUT,
            "transactions: column \"%s\" holds %zu currencies (%s, %s%s); amounts of one currency are "
            "expected",
            c->name, c->dict_count, c->dict[0], c->dict[1], c->dict_count > 2 ? ", ..." : "");
    }
    const int held = c->dict_count ? read_name(c->dict[0]) : TSL__CURRENCY_NONE;
    return go_together(held, t->currency)
               ? TSL_OK
               : tsl__error_set(err, TSL_E_INPUT,
                                "transactions: column \"%s\" says %s, but \"%s\" is in %s; amounts of one currency are "
                                "expected",
                                c->name, c->dict[0], t->column, tsl__currency_get_name(t->currency));
}

tsl_status tsl__finish_currency(tsl__reading *r, tsl_error *err)
{
    const tsl_column *c = tsl_table_get_role(r->table, TSL_ROLE_CURRENCY);
    const char *before = r->terms.asked.currency, *now = NULL;
    told t = {TSL__CURRENCY_NONE, NULL};
    tsl_status status = TSL_OK;
    if (r->terms.kind != TSL_TRANSACTIONS) {
        return TSL_OK;
    }
    TSL__TRY(find_told(r, &t, err));
    TSL__TRY(c ? check_column(c, &t, err) : TSL_OK);
    now = c && c->dict_count ? c->dict[0] : t.currency ? tsl__currency_get_name(t.currency) : NULL;
    if (now && before && !are_same(now, before)) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT,
                                "transactions: column \"%s\" holds amounts in %s; those of the earlier table were in "
                                "%s",
                                c && c->dict_count ? c->name : t.column, now, before));
    }
    r->table->info.currency = now;
    if (now && !(before && read_name(now) && is_as_exact(read_name(before), read_name(now)))) {
        r->terms.asked.currency = now;
    }
done:
    return status;
}
