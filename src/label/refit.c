/* refit.c: what the parts that can be fitted anew are called. */
#include <tesela/label.h>

#include "base/error.h"

#include <string.h>

static const struct {
    unsigned part;
    const char *name;
} parts[] = {{TSL_REFIT_RFM, "rfm"},
             {TSL_REFIT_VALUE, "value"},
             {TSL_REFIT_TIERS, "tiers"},
             {TSL_REFIT_LIFECYCLE, "lifecycle"},
             {TSL_REFIT_NAMES, "names"}};

const char *tsl_refit_get_name(unsigned part)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].part == part) {
            return parts[i].name;
        }
    }
    return NULL;
}

tsl_status tsl_refit_read(const char *name, unsigned *part, tsl_error *err)
{
    tsl__error_reset(err);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i].name, name) == 0) {
            *part = parts[i].part;
            return TSL_OK;
        }
    }
    return tsl__error_set(err, TSL_E_OPTION, "\"%s\" is not %s, %s, %s, %s or %s", name, parts[0].name, parts[1].name,
                          parts[2].name, parts[3].name, parts[4].name);
}
