/* customer_tier.c: the value tier of one customer: what is missing to the next one above, and how far he is from
 * falling into one below, by the cuts of the policy and as slowly as it lets tiers fall (docs/methods/tiers.md). */
#include "output/customer/customer_tier.h"

#include "base/text.h"
#include "label/internal.h"
#include "label/tiers/tier_hold.h"
#include "label/tiers/tier_plan.h"

#include <math.h>
#include <string.h>

/* Where a customer stands. */
typedef struct tier_place {
    const tsl_policy *policy; /* NULL: it does not have the tier, or is not at hand; then the others say nothing */
    size_t tier;
    double value; /* that tiers are cut by; NaN unknown */
} tier_place;

static tier_place find(const tsl_customer *of, const char *code)
{
    const tsl_labels *labels = of->explanation ? of->explanation->labels : NULL;
    const double *value = labels && labels->has_tiers ? tsl__tiers_get_value(labels) : NULL;
    for (size_t t = 0; value && t < labels->policy->tier_count; t++) {
        if (strcmp(labels->policy->tier_name[t].code, code) == 0) {
            return (tier_place){labels->policy, t, value[of->index]};
        }
    }
    return (tier_place){NULL, 0, NAN};
}

/* The next tier above that has a cut of its own; the one itself: there is none. */
static size_t find_above(const tier_place *at)
{
    size_t up = at->tier;
    while (up > 0 && isnan(tsl__tier_get_cut(at->policy, up - 1))) {
        up--;
    }
    return up > 0 ? up - 1 : at->tier;
}

/* Under which he falls: the cut of his tier, less the margin. */
static tsl_tier_cut get_limit(const tier_place *at)
{
    const tsl_tier_cut cut = at->policy->tier_cut[at->tier];
    return (tsl_tier_cut){cut.least - fabs(cut.least) * at->policy->tier_margin, cut.above};
}

/* The tier that he falls to whose value is just under the limit: what the value gives, but by no more than a step. */
static size_t find_below(const tier_place *at)
{
    const tsl_policy *policy = at->policy;
    const tsl_tier_cut limit = get_limit(at);
    const size_t most = policy->tier_step ? at->tier + (size_t)policy->tier_step : policy->tier_count;
    size_t down = at->tier + 1;
    while (down + 1 < policy->tier_count && !tsl__tier_cuts_fall(&limit, &policy->tier_cut[down])) {
        down++;
    }
    return down < most ? down : most;
}

static json_t *put_step(tsl__json *doc, json_t *tier, const char *key, const tsl_tier_name *to, const tsl_tier_cut *cut,
                        double distance)
{
    json_t *step = tsl__json_set_object(doc, tier, key);
    tsl__json_set(doc, step, "tier", tsl__json_text(to->code));
    tsl__json_set_langs(doc, step, "names", to->names[0], to->names[1]);
    tsl__json_set(doc, step, "cut", tsl__json_number(cut->least));
    tsl__json_set(doc, step, "above", json_boolean(cut->above));
    tsl__json_set(doc, step, "distance", tsl__json_number(distance));
    return step;
}

static void put_up(tsl__json *doc, json_t *tier, const tier_place *at)
{
    const size_t up = isnan(at->value) ? at->tier : find_above(at);
    if (up == at->tier) {
        tsl__json_set(doc, tier, "up", json_null());
    } else {
        const tsl_tier_cut *cut = &at->policy->tier_cut[up];
        put_step(doc, tier, "up", &at->policy->tier_name[up], cut, cut->least - at->value);
    }
}

/* The evaluations in which he was under the limit; NaN: his line does not tell. */
static double get_below(const tsl_customer *of)
{
    const char *cell = tsl_record_get_cell(of->record, "tier_below");
    double count = NAN;
    return cell && *cell && !tsl__double_read(cell, strlen(cell), &count) ? count : (double)NAN;
}

static void put_down(tsl__json *doc, json_t *tier, const tier_place *at, const tsl_customer *of)
{
    const tsl_policy *policy = at->policy;
    if (isnan(at->value) || at->tier + 1 >= policy->tier_count || !isfinite(policy->tier_cut[at->tier].least)) {
        tsl__json_set(doc, tier, "down", json_null());
        return;
    }
    const tsl_tier_cut *cut = &policy->tier_cut[at->tier];
    json_t *down = put_step(doc, tier, "down", &policy->tier_name[find_below(at)], cut, at->value - cut->least);
    if (!tsl__tiers_are_held(policy)) {
        tsl__json_set(doc, down, "hold", json_null());
        return;
    }
    json_t *hold = tsl__json_set_object(doc, down, "hold");
    tsl__json_set(doc, hold, "limit", tsl__json_number(get_limit(at).least));
    tsl__json_set(doc, hold, "grace", json_integer(policy->tier_grace));
    tsl__json_set(doc, hold, "step", json_integer(policy->tier_step));
    tsl__json_set(doc, hold, "below", tsl__json_number(get_below(of)));
}

void tsl__customer_tier_put(tsl__json *doc, const tsl_customer *of, const json_t *known)
{
    const char *code = tsl_record_get_cell(of->record, "tier");
    const json_t *names = json_object_get(known, "names");
    if (!code || !*code) {
        return;
    }
    const tier_place at = find(of, code);
    json_t *tier = tsl__json_set_object(doc, doc->root, "tier");
    tsl__json_set(doc, tier, "tier", tsl__json_text(code));
    tsl__json_set(doc, tier, "names", names ? json_deep_copy(names) : json_null());
    tsl__json_set(doc, tier, "of", tsl__json_text(!at.policy ? NULL : at.policy->tiers_of_score ? "score" : "value"));
    tsl__json_set(doc, tier, "value", tsl__json_number(at.value));
    put_up(doc, tier, &at);
    put_down(doc, tier, &at, of);
}
