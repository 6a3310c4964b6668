/* value_wording.c: which models of purchases and of spend were chosen, and why. */
#include "feature/derived/value_wording.h"

#include "value/purchase_choice.h"

#include <inttypes.h>
#include <math.h>

/* Those that are chosen from, as they are told. */
static const tsl_purchase_kind candidates[] = {TSL_MBG_NBD, TSL_PARETO_NBD, TSL_NBD};
#define CANDIDATES (sizeof candidates / sizeof *candidates)

/* "AIC 19172.3; pareto-nbd 19198.0, ridge, nbd 19531.3": the chosen one, and the others. */
static void put_figures(const tsl_purchase_choice *choice, tsl__text *out)
{
    const char *between = "";
    if (choice->chosen < TSL_CHOICE_KINDS) {
        const tsl_purchase_model *m = &choice->model[choice->chosen];
        tsl__text_printf(out, "AIC %.1f", tsl_purchase_model_get_aic(m));
        tsl__text_puts(out, m->verdict == TSL_FIT_RIDGE ? ", ridge: it foretells, but its parameters say nothing" : "");
        between = "; ";
    }
    for (size_t i = 0; i < CANDIDATES; i++) {
        const tsl_purchase_model *m = &choice->model[candidates[i]];
        if (m->kind != choice->chosen) {
            tsl__text_printf(out, "%s%s %.1f", between, tsl_purchase_kind_get_name(m->kind),
                             tsl_purchase_model_get_aic(m));
            if (m->verdict != TSL_FIT_SOUND) {
                tsl__text_printf(out, " (%s)", tsl_fit_verdict_get_name(m->verdict));
            }
            between = ", ";
        }
    }
}

static void put_purchases(const tsl_purchase_choice *choice, tsl__text *out)
{
    if (choice->model[TSL_NBD].verdict == TSL_FIT_EMPTY) {
        tsl__text_puts(out, "none of purchases, as nobody bought on a second day");
        return;
    }
    if (choice->chosen < TSL_CHOICE_KINDS) {
        tsl__text_puts(out, tsl_purchase_kind_get_name(choice->chosen));
        if (choice->chosen == TSL_NBD) {
            tsl__text_puts(out, ", as ");
            tsl__purchase_choice_put_reason(choice, out);
            tsl__text_puts(out, ": p_alive is not said");
        }
    } else {
        tsl__text_puts(out, "none of purchases, as no fit can be used");
    }
    tsl__text_puts(out, " (");
    put_figures(choice, out);
    tsl__text_puts(out, ")");
}

static void put_spend(const tsl_spend_model *spend, tsl__text *out)
{
    if (spend->verdict == TSL_FIT_EMPTY && spend->customers > 0) {
        tsl__text_printf(out, "; none of spend, as only %.0f customer%s bought again, and %d are asked for",
                         spend->customers, spend->customers == 1 ? "" : "s", TSL_SPEND_LEAST);
    } else if (spend->verdict == TSL_FIT_EMPTY) {
        tsl__text_puts(out, "; none of spend, as no mean of it is known");
    } else {
        tsl__text_printf(out, "; spend gamma-gamma of %.0f customers", spend->customers);
    }
    if (spend->rejected) {
        tsl__text_printf(out, ", without %" PRIu64 " whose later purchases come to 0 or less", spend->rejected);
    }
    if (spend->verdict == TSL_FIT_NO_MEAN) {
        tsl__text_puts(out, ", q <= 1: what others spend has no mean");
    } else if (spend->verdict == TSL_FIT_RIDGE) {
        tsl__text_puts(out, " (ridge: it foretells, but its parameters say nothing)");
    }
    if (spend->verdict != TSL_FIT_EMPTY && tsl_spend_model_get_dependent(spend)) {
        tsl__text_printf(out, ", whose spend goes with how often they buy: correlation %.2f", spend->correlation);
    }
}

void tsl__value_put_words(const tsl_value_model *model, tsl__text *out)
{
    put_purchases(&model->purchases, out);
    put_spend(&model->spend, out);
}
