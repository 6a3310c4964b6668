/* leads.c: the columns that all segments are graded by first, so that their names can be compared: those that tell
 * most of who is in which segment. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

#define ABOUT_AS_MUCH 0.8 /* of the greatest: the column that is preferred may lead */
#define OVERLAP_MOST 0.5  /* of the second one, that the first tells of segments, or of customers within them */

/* Products of two features' effects among the clusters, over their customers; of one with itself the share of its
 * variance that the segments tell. */
static double get_product(const tsl__naming_plan *p, size_t f, size_t g)
{
    double sum = 0, weight = 0;
    for (size_t s = 0; s < p->k; s++) {
        const tsl_trait *x = p->trait[s * p->features + f], *y = p->trait[s * p->features + g];
        if (tsl__naming_is_told_of(p, s) && x && y) {
            sum += p->labels->segments[s].weight * tsl__peers_get_effect(p, x) * tsl__peers_get_effect(p, y);
            weight += p->labels->segments[s].weight;
        }
    }
    return weight > 0 ? sum / weight : 0;
}

/* What could lead: of the columns that clusters are found by where names may speak of one, else of all. */
static int may_lead(const tsl__naming_plan *p, size_t f, int any_found)
{
    return tsl__speech_is_gradable(&p->speech[f]) && (p->speech[f].found_by || !any_found) &&
           get_product(p, f, f) >= TSL__TRAIT_LEAST * TSL__TRAIT_LEAST;
}

/* What it tells beside the first; nothing where it is much the same. */
static tsl_status get_told(const tsl__naming_plan *p, size_t f, size_t first, double *told, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double overlap = 0, all = get_product(p, f, f);
    *told = all;
    if (first < p->features) {
        const double both = get_product(p, f, first);
        const double shared = both * both / (all * get_product(p, first, first));
        TSL__TRY(p->narrow ? TSL_OK : tsl__overlap_get(p, first, f, &overlap, err));
        *told =
            f == first || (!p->narrow && (shared > OVERLAP_MOST || overlap > OVERLAP_MOST)) ? 0 : all * (1 - shared);
    }
done:
    return status;
}

static tsl_status find_lead(tsl__naming_plan *p, int which, int any_found, double *told, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double most = 0;
    p->lead[which] = p->features;
    for (size_t f = 0; f < p->features; f++) {
        told[f] = 0;
        TSL__TRY(may_lead(p, f, any_found) ? get_told(p, f, which ? p->lead[0] : p->features, &told[f], err) : TSL_OK);
        most = told[f] > most ? told[f] : most;
    }
    for (int group = TSL_VALUE; group >= TSL_DEMOGRAPHIC && most > 0; group--) { /* money, deeds, what one is */
        for (size_t f = 0; f < p->features && p->lead[which] == p->features; f++) {
            if ((int)p->speech[f].feature->group == group && told[f] >= ABOUT_AS_MUCH * most) {
                p->lead[which] = f;
            }
        }
    }
done:
    return status;
}

/* The two numbers that clusters are found by, in their order, where there are no more; 0: it is not so. */
static int find_basis_leads(tsl__naming_plan *p)
{
    static const tsl_part parts[] = {TSL_PART_FIRST, TSL_PART_SECOND};
    const tsl_recipe *recipe = p->labels->features->recipe;
    for (size_t c = 0; c < recipe->column_count && p->narrow; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        for (int i = 0; i < 2; i++) {
            if (column->weight > 0 && column->part == parts[i] && may_lead(p, column->feature, 1)) {
                p->lead[i] = column->feature;
            }
        }
    }
    if (p->lead[0] == p->features) {
        p->lead[0] = p->lead[1];
        p->lead[1] = p->features;
    }
    return p->lead[0] < p->features;
}

tsl_status tsl__leads_find(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int any_found = 0, based = 0;
    size_t found = 0;
    double *told = NULL;
    p->lead[0] = p->lead[1] = p->features;
    for (size_t s = 0; s < p->k; s++) {
        based = based || p->naming[s].anchored;
    }
    for (size_t f = 0; f < p->features; f++) {
        found += (size_t)p->speech[f].found_by;
        any_found = any_found || (p->speech[f].found_by && tsl__speech_is_gradable(&p->speech[f]));
    }
    p->narrow = found > 0 && found <= 2;
    if (based || find_basis_leads(p)) {
        return TSL_OK;
    }
    TSL__NEED(told = tsl__alloc(p->features, sizeof *told));
    TSL__TRY(find_lead(p, 0, any_found, told, err));
    TSL__TRY(p->lead[0] < p->features ? find_lead(p, 1, any_found, told, err) : TSL_OK);
done:
    free(told);
    return status;
}
