/* purchase_choice.c: which of the fitted models of purchases is gone by, and why. docs/methods/value.md. */
#include "value/purchase_choice.h"

#include <math.h>

/* How much more its AIC must be for another model to have next to no support beside a ridge (Burnham & Anderson 2002).
 */
#define CLEAR_AIC 10.0
/* AICs nearer than this are alike: where all buy at one rate, MBG/NBD and Pareto/NBD are one model. */
#define ALIKE_AIC .1
/* Purchases that tell the mean rate to a tenth. */
#define LEAST_PURCHASES 100

static const tsl_purchase_kind leaving[] = {TSL_MBG_NBD, TSL_PARETO_NBD};
#define LEAVING (sizeof leaving / sizeof *leaving)

/* Akaike (1974). */
double tsl_purchase_model_get_aic(const tsl_purchase_model *model)
{
    return 2 * tsl_purchase_kind_get_count(model->kind) - 2 * model->log_likelihood;
}

/* How far the NBD's AIC lies above. */
static double get_gain(const tsl_purchase_choice *choice, const tsl_purchase_model *model)
{
    return tsl_purchase_model_get_aic(&choice->model[TSL_NBD]) - tsl_purchase_model_get_aic(model);
}

/* What a ridge says of parameters is nothing, but its forecasts hold: all along it the likelihood is the same. */
static int can_be_chosen(const tsl_purchase_choice *choice, const tsl_purchase_model *model)
{
    return model->verdict == TSL_FIT_SOUND || (model->verdict == TSL_FIT_RIDGE && get_gain(choice, model) >= CLEAR_AIC);
}

/* What it is judged by: a sound model stands back only for a ridge that is clearly better. */
static double get_charge(const tsl_purchase_model *model)
{
    return tsl_purchase_model_get_aic(model) + (model->verdict == TSL_FIT_RIDGE ? CLEAR_AIC : 0);
}

void tsl__purchase_choice_choose(tsl_purchase_choice *choice, double purchases)
{
    const tsl_purchase_model *nobody_leaves = &choice->model[TSL_NBD];
    const int holds = nobody_leaves->verdict == TSL_FIT_SOUND ||
                      (nobody_leaves->verdict == TSL_FIT_RIDGE && purchases >= LEAST_PURCHASES);
    double least = INFINITY;
    choice->chosen = holds ? TSL_NBD : TSL_PURCHASE_KINDS;
    for (size_t i = 0; i < LEAVING; i++) {
        const tsl_purchase_model *model = &choice->model[leaving[i]];
        if (can_be_chosen(choice, model) && get_charge(model) < least - ALIKE_AIC) {
            least = get_charge(model);
            choice->chosen = leaving[i];
        }
    }
}

/* ---- Why nobody is said to leave ---------------------------------------------------------- */

/* The best of those by which customers leave; is_seen: of those by which some do, or NULL. */
static const tsl_purchase_model *find_best(const tsl_purchase_choice *choice, int is_seen)
{
    const tsl_purchase_model *best = NULL;
    for (size_t i = 0; i < LEAVING; i++) {
        const tsl_purchase_model *model = &choice->model[leaving[i]];
        if (is_seen && model->verdict == TSL_FIT_NO_DROPOUT) {
            continue;
        }
        best = !best || model->log_likelihood > best->log_likelihood ? model : best;
    }
    return best;
}

void tsl__purchase_choice_put_reason(const tsl_purchase_choice *choice, tsl__text *out)
{
    const tsl_purchase_model *best = find_best(choice, 1), *any = find_best(choice, 0);
    const double nobody = choice->model[TSL_NBD].log_likelihood;
    if (!best) {
        tsl__text_printf(out, "nobody is seen to leave (twice the gain in log-likelihood is %.1f, under %.1f)",
                         fmax(0, 2 * (any->log_likelihood - nobody)), TSL_FIT_DROPOUT);
    } else {
        tsl__text_printf(out,
                         "whether anybody leaves is not clear (%s is a ridge, and twice its gain in log-likelihood "
                         "%.1f, where %.0f are asked for)",
                         tsl_purchase_kind_get_name(best->kind), 2 * (best->log_likelihood - nobody),
                         CLEAR_AIC +
                             2 * (tsl_purchase_kind_get_count(best->kind) - tsl_purchase_kind_get_count(TSL_NBD)));
    }
}
