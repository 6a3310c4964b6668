/* roster.c: the customers of a run: names of what it sorts them by, and giving all of it back. */
#include "label/compare/roster.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

const char *tsl_by_get_name(tsl_by by)
{
    static const char *const names[TSL_BYS] = {"segments", "tiers", "lifecycle"};
    return by >= 0 && by < TSL_BYS ? names[by] : "?";
}

tsl_status tsl__roster_add_group(tsl_roster_groups *groups, const char *code, const char *const names[TSL_LANGS],
                                 tsl_error *err)
{
    void *group = groups->group;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__grow(&group, groups->count + 1, sizeof *groups->group) == 0);
    groups->group = group;
    tsl_roster_group *own = &groups->group[groups->count];
    *own = (tsl_roster_group){NULL, {NULL}};
    groups->count++;
    TSL__NEED(own->code = tsl__strdup(code));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(own->names[lang] = tsl__strdup(names[lang] ? names[lang] : code));
    }
done:
    return status;
}

void tsl__roster_close_groups(tsl_roster_groups *groups)
{
    for (size_t g = 0; groups->group && g < groups->count; g++) {
        free(groups->group[g].code);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(groups->group[g].names[lang]);
        }
    }
    free(groups->group);
    free(groups->of);
}

void tsl_roster_free(tsl_roster *roster)
{
    if (!roster) {
        return;
    }
    for (int by = 0; by < TSL_BYS; by++) {
        tsl__roster_close_groups(&roster->by[by]);
    }
    free(roster->id);
    free(roster->reason);
    free(roster->value);
    free(roster->name);
    free(roster->value_name);
    free(roster->value_unit);
    free(roster->currency);
    tsl_features_free(roster->features);
    tsl_segmentation_free(roster->segmentation);
    free(roster);
}
