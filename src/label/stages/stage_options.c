/* stage_options.c: what is asked of the stages, beside ranges: levels that fit together, words that there are. */
#include "label/internal.h"

#include "base/error.h"

#include <string.h>

static tsl_status check_stage_name(const tsl_segment_name *given, tsl_error *err)
{
    const char *codes[TSL_STAGES];
    int known = 0;
    for (int s = 0; s < TSL_STAGES; s++) {
        codes[s] = tsl_stage_get_code((tsl_stage)s);
        known = known || (given->segment && strcmp(codes[s], given->segment) == 0);
    }
    if (known) {
        return tsl__given_name_check("lifecycle.names", given, err);
    }
    const char *near = given->segment ? tsl__nearest_get(given->segment, codes, TSL_STAGES) : NULL;
    return tsl__error_set(err, TSL_E_OPTION,
                          "lifecycle.names: \"%s\" is no stage%s%s%s; the stages are potential, new, active, mature, "
                          "at_risk, lost and reactivated",
                          given->segment ? given->segment : "", near ? " (did you mean \"" : "", near ? near : "",
                          near ? "\"?)" : "");
}

tsl_status tsl__stage_options_check(const tsl_label_options *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (!tsl_stage_basis_get_name(o->stage_basis)) {
        return tsl__error_set(err, TSL_E_OPTION, "lifecycle: %d is nothing that stages go by", (int)o->stage_basis);
    }
    if (!tsl_vocabulary_get_name(o->vocabulary)) {
        return tsl__error_set(err, TSL_E_OPTION, "lifecycle: %d is no vocabulary", (int)o->vocabulary);
    }
    if (o->levels.lost > 0 && o->levels.lost < o->levels.risk) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "lifecycle: lost from a probability of %g on is below at risk from %g on", o->levels.lost,
                              o->levels.risk);
    }
    if (o->stage_name_count && !o->stage_name) {
        return tsl__error_set(err, TSL_E_OPTION, "lifecycle.names: %zu are said to be there, but none is",
                              o->stage_name_count);
    }
    for (size_t i = 0; i < o->stage_name_count; i++) {
        TSL__TRY(check_stage_name(&o->stage_name[i], err));
    }
done:
    return status;
}
