/* churn.h: how likely each customer is to buy nothing in the next 90 days. */
#ifndef TSL_LABEL_STAGES_CHURN_H
#define TSL_LABEL_STAGES_CHURN_H

#include <tesela/label.h>

/* *risk: by customer, owned; NaN: never bought, or not known; NULL: of nobody. *by_model: where the features have
 * p_no_purchase_90d. By the recipe's silences, and so by nothing that came after it was fitted. */
TSL_FALLIBLE tsl_status tsl__churn_predict(const tsl_features *features, double **risk, int *by_model, tsl_error *err);

#endif
