/* same_model.c: whether two runs have the same model, part by part: where they have not, moves are the customers' and
 * the model's in one. */
#include "label/compare/migration.h"

#include "feature/recipe.h"

#include <string.h>

const char *tsl_model_part_get_name(tsl_model_part part)
{
    static const char *const names[TSL_MODEL_PARTS] = {"features", "clusters", "names", "tiers", "stages"};
    return part >= 0 && part < TSL_MODEL_PARTS ? names[part] : "?";
}

static int is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static int has_same_features(const tsl_segmentation *a, const tsl_segmentation *b)
{
    return tsl__recipe_same(a->recipe, b->recipe);
}

static int has_same_classes(const tsl_recipe *a, const tsl_recipe *b)
{
    int same = a->class_count == b->class_count;
    for (size_t c = 0; same && c < a->class_count; c++) {
        const tsl_class *x = &a->classes[c], *y = &b->classes[c];
        same = is_same_text(x->code, y->code) && x->purchase_days == y->purchase_days &&
               x->recency_low == y->recency_low && x->recency_high == y->recency_high && x->total_low == y->total_low &&
               x->total_high == y->total_high;
    }
    return same;
}

/* The same centres of the same matrix, which tells the maps of the columns as well. */
static int has_same_clusters(const tsl_segmentation *a, const tsl_segmentation *b)
{
    const tsl_model *x = a->model, *y = b->model;
    return x->k == y->k && x->cols == y->cols && x->by_tree == y->by_tree && x->features_hash == y->features_hash &&
           (!x->k || memcmp(x->center, y->center, (size_t)x->k * x->cols * sizeof *x->center) == 0) &&
           has_same_classes(a->recipe, b->recipe);
}

static int has_same_names(const tsl_segmentation *a, const tsl_segmentation *b)
{
    int same = a->policy->segment_count == b->policy->segment_count;
    for (size_t s = 0; same && s < a->policy->segment_count; s++) {
        same = is_same_text(a->policy->segment[s].code, b->policy->segment[s].code);
    }
    return same;
}

static int has_same_tiers(const tsl_segmentation *a, const tsl_segmentation *b)
{
    const tsl_policy *x = a->policy, *y = b->policy;
    int same =
        is_same_text(x->value, y->value) && x->tiers_of_score == y->tiers_of_score && x->tier_count == y->tier_count;
    for (size_t t = 0; same && t < x->tier_count; t++) {
        same = is_same_text(x->tier_name[t].code, y->tier_name[t].code) &&
               (t + 1 == x->tier_count ||
                (x->tier_cut[t].least == y->tier_cut[t].least && x->tier_cut[t].above == y->tier_cut[t].above));
    }
    return same;
}

static int has_same_levels(const tsl_stage_levels *x, const tsl_stage_levels *y)
{
    return x->risk == y->risk && x->lost == y->lost && x->back == y->back && x->dwell_days == y->dwell_days &&
           x->mature_purchases == y->mature_purchases && x->mature_pauses == y->mature_pauses &&
           x->least_days == y->least_days;
}

static int has_same_stages(const tsl_segmentation *a, const tsl_segmentation *b)
{
    const tsl_policy *x = a->policy, *y = b->policy;
    return x->has_lifecycle == y->has_lifecycle &&
           (!x->has_lifecycle ||
            (x->gap_p90 == y->gap_p90 && x->new_days == y->new_days && x->lost_factor == y->lost_factor &&
             x->shrinkage == y->shrinkage && has_same_levels(&x->levels, &y->levels) &&
             x->stage_basis == y->stage_basis && x->by_alive == y->by_alive));
}

void tsl__same_model_fill(tsl_migration *all)
{
    static int (*const compare[TSL_MODEL_PARTS])(const tsl_segmentation *, const tsl_segmentation *) = {
        has_same_features, has_same_clusters, has_same_names, has_same_tiers, has_same_stages};
    const tsl_segmentation *a = all->then->segmentation, *b = all->now->segmentation;
    const int known = a && b && a->recipe && b->recipe && a->model && b->model && a->policy && b->policy;
    for (int part = 0; part < TSL_MODEL_PARTS; part++) {
        all->same[part] = known ? compare[part](a, b) : -1;
    }
    all->bases_differ =
        known && a->policy->has_lifecycle && b->policy->has_lifecycle && !a->policy->by_alive != !b->policy->by_alive;
}
