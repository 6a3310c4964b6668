/* purchase_models.c: the models of purchases that are asked for, fitted to some histories. */
#include "run/worth/purchase_models.h"

#include "base/error.h"

#include <math.h>

#define OPPORTUNITIES_MOST 10000

/* 1 where the BG/BB can be fitted: times count opportunities. */
static int is_discrete(const tsl_histories *h)
{
    int discrete = 1;
    for (size_t i = 0; i < h->count && discrete; i++) {
        discrete = h->t[i] <= OPPORTUNITIES_MOST && h->t[i] == floor(h->t[i]) && h->t_x[i] == floor(h->t_x[i]) &&
                   h->x[i] <= h->t_x[i];
    }
    return discrete;
}

static tsl_status fit_one(const tsl_histories *h, tsl_purchase_kind kind, const tsl_exec *exec,
                          tsl__purchase_models *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_purchase_model_fit(h, kind, exec, &out->model[kind], err));
    out->fitted |= 1u << kind;
done:
    return status;
}

static tsl_status fit_choice(const tsl_histories *h, const tsl_exec *exec, tsl__purchase_models *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_purchase_choice choice;
    TSL__TRY(tsl_purchase_choice_fit(h, exec, &choice, err));
    for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
        out->model[k] = choice.model[k];
        out->fitted |= 1u << k;
    }
    out->chosen = choice.chosen < TSL_CHOICE_KINDS ? choice.chosen : TSL_PURCHASE_KINDS;
done:
    return status;
}

tsl_status tsl__purchase_models_fit(const tsl_histories *h, int models, int rows, const tsl_exec *exec,
                                    tsl__purchase_models *out, tsl_error *err)
{
    const tsl_purchase_kind one = (tsl_purchase_kind)(models - TSL_MODELS_ONE);
    tsl_status status = TSL_OK;
    *out = (tsl__purchase_models){.chosen = TSL_PURCHASE_KINDS};
    if (models >= TSL_MODELS_ONE) {
        TSL__TRY(fit_one(h, one, exec, out, err));
        out->chosen = out->model[one].verdict == TSL_FIT_EMPTY ? TSL_PURCHASE_KINDS : one;
    } else if (models != TSL_MODELS_SPEND) {
        TSL__TRY(fit_choice(h, exec, out, err));
    }
    if (models == TSL_MODELS_ALL && rows && is_discrete(h)) {
        TSL__TRY(fit_one(h, TSL_BG_BB, exec, out, err));
    }
done:
    return status;
}
