/* purchase_models.c: the models of purchases that are asked for, fitted to some histories. */
#include "run/worth/purchase_models.h"

#include "base/alloc.h"
#include "base/error.h"
#include "value/rows/histories.h"

#include <math.h>
#include <stdlib.h>

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

/* What is not a whole day is what dividing by the unit has left. */
static tsl_status count_days(const double *time, size_t count, double days, double **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(count, sizeof **out));
    for (size_t i = 0; i < count; i++) {
        (*out)[i] = round(time[i] * days);
    }
done:
    return status;
}

/* Nothing where times count no opportunities. */
static tsl_status fit_discrete(const tsl_histories *h, double days, const tsl_exec *exec, tsl__purchase_models *out,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_histories own = *h;
    double *t_x = NULL, *t = NULL;
    if (days > 0 && days != 1) {
        TSL__TRY(count_days(h->t_x, h->count, days, &t_x, err));
        TSL__TRY(count_days(h->t, h->count, days, &t, err));
        own.t_x = t_x;
        own.t = t;
    }
    TSL__TRY(tsl__histories_check(&own, 1, NULL) == TSL_OK ? fit_one(&own, TSL_BG_BB, exec, out, err) : TSL_OK);
done:
    free(t_x);
    free(t);
    return status;
}

tsl_status tsl__purchase_models_fit(const tsl_histories *h, int models, double days, const tsl_exec *exec,
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
    TSL__TRY(models == TSL_MODELS_ALL ? fit_discrete(h, days, exec, out, err) : TSL_OK);
done:
    return status;
}
