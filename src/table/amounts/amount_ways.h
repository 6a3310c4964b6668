/* amount_ways.h: expressions that a finding proposes as the amount. */
#ifndef TSL_TABLE_AMOUNTS_AMOUNT_WAYS_H
#define TSL_TABLE_AMOUNTS_AMOUNT_WAYS_H

#include "base/text.h"
#include "table/schema/plan.h"

const tsl__plan_output *tsl__amount_get_output(const tsl__plan *plan, tsl_role role); /* NULL: there is none */
/* An output as an operand. */
void tsl__amount_put_operand(const tsl__plan_output *output, tsl__text *text);
/* `BEFORE --amount "EXPRESSION"AFTER`, and frees the expression. */
void tsl__amount_put_way(const char *before, tsl__text *expression, const char *after, tsl__text *text);
/* `; --amount "if(CONDITION, -abs(amount), amount)"AFTER`, and frees the condition. */
void tsl__amount_put_reverse(const tsl__plan *plan, tsl__text *condition, const char *after, tsl__text *text);

#endif
