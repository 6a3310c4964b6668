/* amount_ways.c: expressions of amounts, as they are proposed. */
#include "table/amounts/amount_ways.h"

#include "expr/quote.h"

const tsl__plan_output *tsl__amount_get_output(const tsl__plan *plan, tsl_role role)
{
    size_t i = 0;
    while (i < plan->outputs && plan->output[i].role != role) {
        i++;
    }
    return i < plan->outputs ? &plan->output[i] : NULL;
}

void tsl__amount_put_operand(const tsl__plan_output *o, tsl__text *text)
{
    if (o->input != TSL__NONE) {
        tsl__expr_put_name(text, o->name);
    } else {
        tsl__text_printf(text, o->mapped ? "(%s)" : "%s", o->name); /* what is recognised is a product */
    }
}

void tsl__amount_put_way(const char *before, tsl__text *expression, const char *after, tsl__text *text)
{
    tsl__text_printf(text, "%s --amount ", before);
    tsl__expr_put_argument(text, expression->data);
    tsl__text_puts(text, after);
    text->failed |= expression->failed;
    tsl__text_free(expression);
}

void tsl__amount_put_reverse(const tsl__plan *plan, tsl__text *condition, const char *after, tsl__text *text)
{
    const tsl__plan_output *amount = tsl__amount_get_output(plan, TSL_ROLE_AMOUNT);
    tsl__text way = {.failed = condition->failed};
    tsl__text_printf(&way, "if(%s, -abs(", condition->data ? condition->data : "");
    tsl__amount_put_operand(amount, &way);
    tsl__text_puts(&way, "), ");
    tsl__amount_put_operand(amount, &way);
    tsl__text_puts(&way, ")");
    tsl__text_free(condition);
    tsl__amount_put_way(";", &way, after, text);
}
