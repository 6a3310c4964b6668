/* feature_pairs.c: the features that both runs have, by name and unit, and how far their customers have moved in each.
 */
#include "label/compare/migration.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/drift.h"

#include <string.h>

/* Tiers are cut by the value, or by a score that is made of several features. */
static int cuts_tiers(const tsl_roster *roster, const char *name)
{
    const tsl_policy *policy = roster->segmentation ? roster->segmentation->policy : NULL;
    int cuts = roster->value_name && strcmp(name, roster->value_name) == 0;
    if (policy && policy->tiers_of_score) {
        cuts = 0;
        for (size_t c = 0; c < policy->score.column_count; c++) {
            cuts |= strcmp(name, policy->score_feature[c]) == 0;
        }
    }
    return cuts;
}

/* Segments rest on the columns that clusters are found by; stages go by how long ago, and how often, somebody bought.
 */
static unsigned find_used(const tsl_roster *roster, size_t feature)
{
    static const char *const of_stages[] = {"recency_days", "frequency", NULL};
    const tsl_recipe *recipe = roster->features->recipe;
    const char *name = recipe->feature[feature].name;
    unsigned used = cuts_tiers(roster, name) ? 1U << TSL_BY_TIER : 0;
    for (const char *const *of = of_stages; *of; of++) {
        used |= strcmp(name, *of) == 0 ? 1U << TSL_BY_STAGE : 0;
    }
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        used |= column->feature == feature && (column->weight > 0 || column->pooled) ? 1U << TSL_BY_SEGMENT : 0;
    }
    return used;
}

tsl_status tsl__feature_pairs_fill(tsl_migration *all, const tsl_exec *exec, tsl_error *err)
{
    const tsl_features *then = all->then->features, *now = all->now->features;
    tsl_status status = TSL_OK;
    if (!then || !now) {
        return TSL_OK;
    }
    TSL__NEED(all->feature = tsl__alloc_zero(then->feature_count, sizeof *all->feature));
    for (size_t f = 0; f < then->feature_count; f++) {
        const size_t g = tsl_features_get_index(now, then->feature[f].name);
        if (g < now->feature_count && strcmp(then->feature[f].unit, now->feature[g].unit) == 0 &&
            then->feature[f].form == now->feature[g].form) {
            all->feature[all->feature_count++] =
                (tsl_feature_pair){.then = f, .now = g, .used = find_used(all->then, f) | find_used(all->now, g)};
        }
    }
    TSL__TRY(tsl__drift_between(then, now, exec, all->feature, all->feature_count, err));
done:
    return status;
}
