/* finish_purchases.c: what a table of customers tells of their purchases: scores that are no quantities, and what
 * cannot all be so of one customer. What is made of it then: docs/methods/tables.md. */
#include "table/finish/finish_purchases.h"

#include <math.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"
#include "table/table_findings.h"

#define LOWEST_SCORE 1
#define HIGHEST_SCORE 5

/* ---- Scores -------------------------------------------------------------------- */

/* 1 where all cells are whole numbers from 1 to 5. */
static int are_scores(const tsl__profile *p)
{
    const size_t count = tsl__dict_get_count(p->dict);
    for (size_t c = 0; c < count; c++) {
        tsl__figure figure;
        double number;
        if (p->use[c].rows && (tsl__profile_read_number(p, tsl__profile_get_text(p, c), &figure, &number) ||
                               number != floor(number) || number < LOWEST_SCORE || number > HIGHEST_SCORE)) {
            return 0;
        }
    }
    return p->present > 0;
}

tsl_status tsl__purchases_drop_scores(tsl__reading *r, const tsl__profile *profile, tsl_error *err)
{
    static const tsl_role scored[] = {TSL_ROLE_RECENCY, TSL_ROLE_ORDERS, TSL_ROLE_SPEND};
    tsl__plan_output *found[] = {NULL, NULL, NULL};
    for (size_t k = 0; k < sizeof scored / sizeof *scored; k++) {
        for (size_t i = 1; i < r->terms.plan.outputs; i++) {
            tsl__plan_output *o = &r->terms.plan.output[i];
            const int is_scored = o->role == scored[k] && !o->mapped && r->build[i].dict && are_scores(&profile[i]);
            found[k] = is_scored ? o : found[k];
        }
        if (!found[k]) {
            return TSL_OK;
        }
    }
    for (size_t k = 0; k < sizeof scored / sizeof *scored; k++) {
        found[k]->role = TSL_ROLE_NONE;
    }
    return tsl__found_add(&r->table->info.notes,
                          &(tsl__found){.kind = TSL_FINDING_ASSUMED_ROLE, .column = found[0]->name},
                          "%s, %s and %s are whole numbers from 1 to 5 alone: taken for scores that are given already, "
                          "not for days, orders and amounts (--customer-recency, --customer-orders and "
                          "--customer-spend take them so)",
                          found[0]->name, found[1]->name, found[2]->name);
}

/* ---- Contradictions -------------------------------------------------------------- */

static int is_no_order(int64_t orders, int64_t other)
{
    return orders == 0 && other != TSL_MISSING_INT;
}

static int is_paid(int64_t orders, int64_t spend)
{
    return orders == 0 && spend != TSL_MISSING_INT && spend > 0;
}

static int is_first_after(int64_t first, int64_t last)
{
    return first != TSL_MISSING_INT && last != TSL_MISSING_INT && first > last;
}

static int is_later_day(int64_t last, int64_t first)
{
    return first != TSL_MISSING_INT && last != TSL_MISSING_INT && tsl__time_day(last) > tsl__time_day(first);
}

/* Two roles whose values contradict each other where the function says so; {a} and {b} of the text are the columns. */
static const struct rule {
    tsl_role a, b;
    int of_one_order; /* 1: of customers with one order */
    int (*contradicts)(int64_t a, int64_t b);
    const char *what, *so;
} rules[] = {
    {TSL_ROLE_ORDERS, TSL_ROLE_LAST_ORDER, 0, is_no_order, "0 beside a", "no purchase is taken from it"},
    {TSL_ROLE_ORDERS, TSL_ROLE_FIRST_ORDER, 0, is_no_order, "0 beside a", "no purchase is taken from it"},
    {TSL_ROLE_ORDERS, TSL_ROLE_RECENCY, 0, is_no_order, "0 beside a", "no purchase is taken from it"},
    {TSL_ROLE_ORDERS, TSL_ROLE_SPEND, 0, is_paid, "0 beside an amount in", "no purchase, and the amount stays"},
    {TSL_ROLE_FIRST_ORDER, TSL_ROLE_LAST_ORDER, 0, is_first_after, "after", "the first is taken as missing"},
    {TSL_ROLE_LAST_ORDER, TSL_ROLE_FIRST_ORDER, 1, is_later_day, "later, for one order, than",
     "both days are kept, so that there were two orders at least"},
};

static tsl_status check_rule(tsl__reading *r, const size_t *order, const struct rule *rule, tsl_error *err)
{
    const tsl_column *a = tsl_table_get_role(r->table, rule->a), *b = tsl_table_get_role(r->table, rule->b);
    const tsl_column *orders = tsl_table_get_role(r->table, TSL_ROLE_ORDERS);
    tsl__found found = {.kind = TSL_FINDING_CONTRADICTING_PURCHASES};
    if (!a || !b || (rule->of_one_order && !orders)) {
        return TSL_OK;
    }
    for (size_t row = 0; row < r->rows; row++) {
        if ((rule->of_one_order && orders->integer[row] != TSL_DECIMAL_ONE) ||
            !rule->contradicts(a->integer[row], b->integer[row])) {
            continue;
        }
        const tsl__row_origin *at = &r->origin[order[row]];
        if (found.count < TSL__FOUND_EXAMPLES) {
            found.example[found.count] = (tsl__found_at){.file = r->place[at->file], .line = at->line};
        }
        found.count++;
    }
    found.column = a->name;
    const tsl__found_at *first = &found.example[0];
    return found.count ? tsl__found_add(&r->table->info.notes, &found, "%.*s:%llu%s: %s is %s %s in %llu row%s: %s",
                                        tsl__text_head(first->file, 180), first->file, (unsigned long long)first->line,
                                        found.count > 1 ? " and others" : "", a->name, rule->what, b->name,
                                        (unsigned long long)found.count, found.count == 1 ? "" : "s", rule->so)
                       : TSL_OK;
}

tsl_status tsl__purchases_check(tsl__reading *r, const size_t *order, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        TSL__TRY(check_rule(r, order, &rules[i], err));
    }
done:
    return status;
}
