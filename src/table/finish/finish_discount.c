/* finish_discount.c: a discount beside an amount that is a quantity times a price, and is not used. */
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/reading.h"

/* As tsl__name_fold leaves them, between bars. */
static const char names[] =
    "|discount|discounts|discountamount|discountpercent|discountpercentage|discountrate|discountpct|disc|rebate|"
    "lineitemdiscount|linediscount|itemdiscount|totaldiscount|coupon|couponamount|折扣|折扣率|折扣金额|优惠|优惠金额|"
    "优惠券|优惠券金额|满减|立减|rabatt|rabattbetrag|rabattprozent|nachlass|preisnachlass|remise|montantremise|"
    "tauxremise|"
    "reduction|rabais|descuento|descuentos|importedescuento|porcentajedescuento|dto|";

static tsl_status note_discount(tsl__reading *r, const tsl__plan_output *amount, const char *name, tsl_error *err)
{
    tsl__text share = {0}, money = {0}, text = {0};
    tsl_status status = TSL_OK;
    tsl__text_printf(&share, "%s * (1 - ", amount->name);
    tsl__expr_put_name(&share, name);
    tsl__text_puts(&share, ")");
    tsl__text_printf(&money, "%s - ", amount->name);
    tsl__expr_put_name(&money, name);
    TSL__NEED(!share.failed && !money.failed);
    tsl__text_printf(&text, "%s: not used: the amount is %s without it; --amount ", name, amount->name);
    tsl__expr_put_argument(&text, money.data);
    tsl__text_puts(&text, " takes it off, or, where it is a share of the price, --amount ");
    tsl__expr_put_argument(&text, share.data);
    TSL__NEED(!text.failed);
    const tsl__found found = {.kind = TSL_FINDING_AMOUNT_LEVEL, .column = name};
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found, "%s", text.data));
done:
    tsl__text_free(&share);
    tsl__text_free(&money);
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__finish_discount(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const tsl__plan_output *amount = NULL;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        amount = o->role == TSL_ROLE_AMOUNT && o->expr && !o->mapped ? o : amount;
    }
    for (size_t i = 0; i < plan->own_inputs && amount; i++) {
        if (!plan->input[i].used && tsl__name_is_among(tsl__span_make(plan->name[i]), names)) {
            TSL__TRY(note_discount(r, amount, plan->name[i], err));
        }
    }
done:
    return status;
}
