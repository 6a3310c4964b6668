/* former_segments.c: the segments that customers had in an earlier run, as its segments.csv tells them: which ones,
 * since when, and which before. docs/methods/identity.md. */
#include "run/places/former_segments.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

/* The codes of both columns, one behind the other. */
static tsl_status list_codes(const tsl__former *former, tsl__former_segments *out, tsl_error *err)
{
    const tsl_partition *from = former->segment_from;
    tsl_status status = TSL_OK;
    out->codes = former->segment->k + (from ? from->k : 0);
    TSL__NEED(out->code = tsl__alloc((size_t)out->codes + 1, sizeof *out->code));
    for (int i = 0; i < out->codes; i++) {
        out->code[i] = i < former->segment->k ? former->segment->name[i] : from->name[i - former->segment->k];
    }
done:
    return status;
}

static tsl_status fill(const tsl__former *former, int32_t as_of, int32_t row, tsl__former_segment *out, tsl_error *err)
{
    const tsl_partition *from = former->segment_from;
    tsl_status status = TSL_OK;
    *out = (tsl__former_segment){-1, -1, TSL_NO_DAY};
    if (row < 0) {
        return TSL_OK;
    }
    out->code = former->segment->label[row];
    if (from && from->label[row] >= 0) {
        out->from = former->segment->k + from->label[row];
    }
    if (former->segment_since) {
        TSL__TRY(tsl__former_find_day(former->segment_since, former->segment_since->label[row], &out->since, err));
        out->since = out->since > as_of ? TSL_NO_DAY : out->since;
    }
done:
    return status;
}

tsl_status tsl__former_segments_build(const tsl__former *former, const tsl_features *features,
                                      tsl__former_segments *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__former_segments){NULL, NULL, 0};
    if (!former || !former->segment) {
        return TSL_OK;
    }
    TSL__TRY(list_codes(former, out, err));
    TSL__NEED(out->of = tsl__alloc(features->customers, sizeof *out->of));
    for (size_t i = 0; i < features->customers; i++) {
        TSL__TRY(fill(former, features->as_of, former->row[i], &out->of[i], err));
    }
done:
    if (status != TSL_OK) {
        tsl__former_segments_close(out);
    }
    return status;
}

void tsl__former_segments_close(tsl__former_segments *segments)
{
    free(segments->of);
    free(segments->code);
    *segments = (tsl__former_segments){NULL, NULL, 0};
}
