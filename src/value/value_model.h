/* value_model.h: purchases and spend of the same customers, some of whom may not be known. */
#ifndef TSL_VALUE_VALUE_MODEL_H
#define TSL_VALUE_VALUE_MODEL_H

#include <tesela/value.h>

/* Customers who are known, side by side. */
typedef struct tsl__known {
    size_t count;
    size_t *of; /* count: their places among all; NULL: they are all */
    double *column[5];
    tsl_histories histories;
    tsl_spends spends;
} tsl__known;

/* Those whose x, t_x and t are no NaN; what is given is looked at as it is where all are. Freed also after a failure.
 */
TSL_FALLIBLE tsl_status tsl__known_open(const tsl_histories *histories, const double *spend_mean, tsl__known *out,
                                        tsl_error *err);
void tsl__known_free(tsl__known *known);

/* What fewer than TSL_SPEND_LEAST spend is no measure for all others: TSL_FIT_EMPTY. */
void tsl__spend_model_limit(tsl_spend_model *model);

/* tsl_value_model_predict by any two models; NULL: there is none. */
TSL_FALLIBLE tsl_status tsl__value_predict(const tsl_purchase_model *purchases, const tsl_spend_model *spend,
                                           const tsl_histories *histories, const double *spend_mean,
                                           const tsl_exec *exec, const tsl_value_forecast *forecast, tsl_error *err);

#endif
