/* tier_drift.c: whether frozen cuts still fit: the shares of the tiers that the values give, against those of the fit.
 */
#include "label/tiers/tier_hold.h"

#include "base/error.h"
#include "base/notes.h"
#include "stat/stability.h"

#include <math.h>

tsl_status tsl__tier_drift_fill(tsl_labels *labels, tsl_error *err)
{
    const tsl_policy *policy = labels->policy;
    double then[TSL_TIERS_MAX] = {0}, now[TSL_TIERS_MAX] = {0}, people = 0;
    uint64_t size[TSL_TIERS_MAX] = {0};
    const double customers = (double)labels->customers;
    for (size_t t = 0; t < policy->tier_count; t++) {
        people += (double)policy->tier_size[t];
    }
    if (!labels->applied || (labels->refit & TSL_REFIT_TIERS) || !(people > 0) || !(customers > 0)) {
        return TSL_OK;
    }
    for (size_t i = 0; i < labels->customers; i++) {
        size[labels->customer_tier[i]]++;
    }
    for (size_t t = 0; t < policy->tier_count; t++) {
        then[t] = (double)policy->tier_size[t] / people;
        now[t] = (double)size[t] / customers;
    }
    const tsl__stability is = tsl__stability_get(then, now, policy->tier_count, people, customers);
    labels->tier_drift = (tsl_tier_drift){is.psi, is.limit};
    if (!(is.psi >= TSL_PSI_SHIFTED && is.psi > is.limit)) {
        return TSL_OK;
    }
    return tsl__notes_put(&labels->notes, err,
                          "the shares of the tiers have %s from those of the fit (PSI %.2f): --refit tiers cuts them "
                          "anew",
                          is.psi >= TSL_PSI_DRIFTED ? "drifted far" : "shifted", is.psi);
}
