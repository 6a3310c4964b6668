/* former_stages.c: the stages that customers had in an earlier run, as its segments.csv tells them: the state from
 * which the lifecycle goes on. docs/methods/lifecycle.md. */
#include "run/places/former_stages.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static tsl_status find_stage(const tsl_partition *stages, int32_t label, int8_t *stage, tsl_error *err)
{
    const char *codes[TSL_STAGES];
    *stage = -1;
    for (int s = 0; s < TSL_STAGES && label >= 0; s++) {
        codes[s] = tsl_stage_get_code((tsl_stage)s);
        *stage = strcmp(codes[s], stages->name[label]) == 0 ? (int8_t)s : *stage;
    }
    if (label < 0 || *stage >= 0) {
        return TSL_OK;
    }
    const char *near = tsl_name_get_nearest(stages->name[label], codes, TSL_STAGES);
    return tsl__error_set(err, TSL_E_INPUT, "%s: %s: \"%s\" is no stage of a lifecycle%s%s%s", stages->file->name,
                          stages->column, stages->name[label], near ? " (did you mean \"" : "", near ? near : "",
                          near ? "\"?)" : "");
}

/* What the earlier run cannot have known of the days of this one tells nothing of them. */
static tsl_status fill(const tsl__former *former, const tsl_features *features, tsl__stage_state *out, tsl_error *err)
{
    const int32_t *row = former->row;
    const tsl_partition *stages = former->stages, *since = former->since, *from = former->from;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < features->customers; i++) {
        out[i] = (tsl__stage_state){-1, -1, TSL_NO_DAY};
        if (row[i] >= 0) {
            TSL__TRY(find_stage(stages, stages->label[row[i]], &out[i].stage, err));
            TSL__TRY(tsl__former_find_day(since, since->label[row[i]], &out[i].since, err));
            TSL__TRY(from ? find_stage(from, from->label[row[i]], &out[i].from, err) : TSL_OK);
            out[i].stage = out[i].since > features->as_of ? -1 : out[i].stage;
        }
    }
done:
    return status;
}

tsl_status tsl__former_stages_build(const tsl__former *former, const tsl_features *features, tsl__stage_state **out,
                                    tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__stage_state *state = NULL;
    *out = NULL;
    if (!former || !former->stages) {
        return TSL_OK;
    }
    TSL__NEED(state = tsl__alloc(features->customers, sizeof *state));
    TSL__TRY(fill(former, features, state, err));
    *out = state;
    state = NULL;
done:
    free(state);
    return status;
}
