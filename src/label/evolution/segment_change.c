/* segment_change.c: the segment that each customer was in before this one, and since when he is in it: as-of days, as a
 * segment is told of a day. Of who stays it is what the earlier run said. docs/methods/identity.md. */
#include "label/internal.h"
#include "label/kept_names.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

static tsl_status keep_codes(const tsl__kept_names *kept, tsl_labels *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(labels->former_code = tsl__alloc_zero((size_t)kept->segment_codes + 1, sizeof *labels->former_code));
    labels->former_codes = kept->segment_codes;
    for (int i = 0; i < kept->segment_codes; i++) {
        TSL__NEED(labels->former_code[i] = tsl__strdup(kept->segment_code[i]));
    }
done:
    return status;
}

tsl_status tsl__segment_change_fill(const tsl__labeling *job, tsl_error *err)
{
    const tsl__kept_names *kept = job->kept;
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    if (!kept || !kept->segment) {
        return TSL_OK;
    }
    TSL__TRY(keep_codes(kept, labels, err));
    TSL__NEED(labels->segment_from = tsl__alloc(labels->customers, sizeof *labels->segment_from));
    TSL__NEED(labels->segment_since = tsl__alloc(labels->customers, sizeof *labels->segment_since));
    for (size_t i = 0; i < labels->customers; i++) {
        const tsl__former_segment *was = &kept->segment[i];
        const char *code = labels->policy->segment[labels->customer_segment[i] - 1].code;
        const int stays = was->code >= 0 && strcmp(kept->segment_code[was->code], code) == 0;
        labels->segment_from[i] = stays ? was->from : was->code;
        labels->segment_since[i] = stays ? was->since : labels->features->as_of;
    }
done:
    return status;
}
