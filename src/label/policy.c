/* policy.c: the fitted policy of the labels, as an object. */
#include "label/policy.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

tsl_status tsl__policy_open(size_t segments, tsl_policy **out, tsl_error *err)
{
    tsl_policy *policy = *out = tsl__alloc_zero(1, sizeof *policy);
    if (!policy || !(policy->segment = tsl__alloc_zero(segments, sizeof *policy->segment))) {
        tsl_policy_free(policy);
        *out = NULL;
        return tsl__error_nomem(err);
    }
    policy->segment_count = segments;
    policy->gap_p90 = NAN;
    return TSL_OK;
}

tsl_status tsl__policy_copy(const tsl_policy *policy, tsl_policy **out, tsl_error *err)
{
    tsl_policy *copy = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__policy_open(policy->segment_count, &copy, err));
    tsl_policy_segment *segment = copy->segment;
    *copy = *policy;
    copy->segment = segment;
    copy->value = policy->value ? tsl__strdup(policy->value) : NULL;
    TSL__TRY(copy->value || !policy->value ? TSL_OK : tsl__error_nomem(err));
    for (size_t s = 0; s < policy->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            TSL__NEED(segment[s].names[lang] = tsl__strdup(policy->segment[s].names[lang]));
        }
        TSL__NEED(segment[s].code = tsl__strdup(policy->segment[s].code));
    }
    *out = copy;
    copy = NULL;
done:
    tsl_policy_free(copy);
    return status;
}

void tsl_policy_free(tsl_policy *policy)
{
    if (!policy) {
        return;
    }
    for (size_t s = 0; policy->segment && s < policy->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(policy->segment[s].names[lang]);
        }
        free(policy->segment[s].code);
    }
    free(policy->segment);
    free(policy->value);
    free(policy);
}

void tsl_policy_get_options(const tsl_policy *policy, tsl_label_options *opt)
{
    opt->value = NULL;
    if (policy->value) {
        opt->tier_method = policy->tier_method;
        memcpy(opt->tier_share, policy->tier_share, sizeof opt->tier_share);
        memcpy(opt->tier_cut, policy->tier_cut, sizeof opt->tier_cut);
    }
    if (policy->has_lifecycle) {
        opt->new_days = policy->new_days;
        opt->lost_factor = policy->lost_factor;
        opt->shrinkage = policy->shrinkage;
    }
}

int tsl__policy_fits(const tsl__labeling *job, unsigned part)
{
    return !job->labels->applied || (job->labels->refit & part);
}
