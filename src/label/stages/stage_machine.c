/* stage_machine.c: from what is known of a customer, and the stage that he had before, to the stage that he has. */
#include "label/stages/stage_machine.h"

#include "base/calendar.h"

#include <math.h>

/* ---- What is known ------------------------------------------------------------------ */

int tsl__stage_is_once(const tsl__stage_facts *f)
{
    return f->gaps == 0 && f->span == 0;
}

/* One purchase is no rhythm: who bought once is at risk as soon as he is no longer new. */
tsl__stage_marks tsl__stage_get_marks(const tsl__stage_facts *f, const tsl_policy *policy)
{
    if (!isnan(f->alive)) {
        return (tsl__stage_marks){1 - f->alive, policy->levels.risk, policy->levels.lost};
    }
    const double lost = policy->lost_factor * f->limit;
    return (tsl__stage_marks){f->silence, tsl__stage_is_once(f) ? fmin(policy->new_days, f->limit) : f->limit, lost};
}

/* Days as numbers, so that none goes beyond what a day can be; NaN: not known. */
static double get_first_day(const tsl__stage_facts *f)
{
    return (double)f->as_of - f->tenure;
}

static double get_last_day(const tsl__stage_facts *f)
{
    return (double)f->as_of - f->silence;
}

static int32_t get_day(double day)
{
    return day >= INT32_MIN && day <= INT32_MAX && tsl__day_is_valid((int32_t)day) ? (int32_t)day : TSL_NO_DAY;
}

/* The silence before the last purchase counted as lost; or an earlier run told him lost, and it is his first since, or
 * told him back, and there was none since. */
static int has_come_back(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before)
{
    const double last = get_last_day(f);
    const int known = before->since != TSL_NO_DAY;
    const int first = before->stage == TSL_LOST && last >= before->since && last - f->gap_last < before->since;
    const int still = before->stage == TSL_REACTIVATED && last <= before->since;
    return f->gap_last > policy->lost_factor * f->limit || (known && (first || still));
}

/* A rhythm that has held: enough purchases, over the time of several of his limits, never silent as the lost are. */
static int is_ripe(const tsl__stage_facts *f, const tsl_policy *policy, double tenure)
{
    return f->gaps + 1 >= policy->levels.mature_purchases && tenure >= policy->levels.mature_pauses * f->limit &&
           f->gap_max <= policy->lost_factor * f->limit;
}

/* ---- Danger ------------------------------------------------------------------------- */

/* What was entered at a level is left at a lower one. */
static int is_over(double at, double level, int was, double back)
{
    return at > level * (was ? back : 1);
}

/* He was at risk or lost in an earlier run, and has not bought since. */
static int is_held(const tsl__stage_facts *f, const tsl__stage_state *before)
{
    return (before->stage == TSL_AT_RISK || before->stage == TSL_LOST) && before->since != TSL_NO_DAY &&
           get_last_day(f) < before->since;
}

/* TSL_LOST, TSL_AT_RISK; or TSL_ACTIVE: neither. */
static tsl_stage find_danger(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before)
{
    const tsl_stage_levels *levels = &policy->levels;
    const tsl__stage_marks m = tsl__stage_get_marks(f, policy);
    const int held = is_held(f, before), lost = held && before->stage == TSL_LOST;
    const int stays = held && (double)f->as_of - before->since < levels->dwell_days;
    return is_over(m.at, m.lost, lost, levels->back) || (stays && lost)   ? TSL_LOST
           : is_over(m.at, m.risk, held, levels->back) || (stays && held) ? TSL_AT_RISK
                                                                          : TSL_ACTIVE;
}

/* -1: it is not known how long he has been silent. */
static int find_stage(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before)
{
    if (isnan(f->gaps)) {
        return TSL_POTENTIAL;
    }
    if (f->tenure <= policy->new_days) {
        return TSL_NEW;
    }
    if (isnan(f->silence)) {
        return -1;
    }
    const tsl_stage danger = find_danger(f, policy, before);
    if (danger != TSL_ACTIVE) {
        return (int)danger;
    }
    return tsl__stage_is_once(f)                                                ? TSL_NEW
           : has_come_back(f, policy, before) && f->silence <= policy->new_days ? TSL_REACTIVATED
           : is_ripe(f, policy, f->tenure)                                      ? TSL_MATURE
                                                                                : TSL_ACTIVE;
}

/* ---- Where he comes from -------------------------------------------------------------- */

static tsl__stage_state make_state(int stage, int from, double since)
{
    return (tsl__stage_state){(int8_t)stage, (int8_t)from, get_day(since)};
}

/* The first day on which he is no longer new. */
static double get_grown_day(const tsl__stage_facts *f, const tsl_policy *policy)
{
    return get_first_day(f) + floor(policy->new_days) + 1;
}

/* What he was on the last day before a silence was over the level of risk. */
static int find_well(const tsl__stage_facts *f, const tsl_policy *policy, double risk, int came_back)
{
    const double tenure = f->span + (isnan(f->alive) ? floor(risk) : 0);
    return tsl__stage_is_once(f)                              ? TSL_NEW
           : came_back && floor(f->limit) <= policy->new_days ? TSL_REACTIVATED
           : is_ripe(f, policy, tenure)                       ? TSL_MATURE
                                                              : TSL_ACTIVE;
}

/* At risk or lost: the first day on which the silence was over the level, but nobody is so while he is new. By P(alive)
 * it is not known, and is the day on which it is seen. */
static tsl__stage_state trace_danger(const tsl__stage_facts *f, const tsl_policy *policy, int stage, int came_back)
{
    const tsl__stage_marks m = tsl__stage_get_marks(f, policy);
    const int well = find_well(f, policy, m.risk, came_back);
    const int skips = isnan(f->alive) && floor(m.lost) <= floor(m.risk);
    const int from = stage == TSL_LOST && !skips ? TSL_AT_RISK : well;
    if (!isnan(f->alive)) {
        return make_state(stage, from, f->as_of);
    }
    const double over = get_last_day(f) + floor(stage == TSL_LOST ? m.lost : m.risk) + 1;
    const double grown = get_grown_day(f, policy);
    return grown >= over ? make_state(stage, TSL_NEW, fmin(grown, f->as_of))
                         : make_state(stage, from, fmin(over, f->as_of));
}

/* Back after a silence that was over his limit, or never over it; all else lies too far back to be known. */
static tsl__stage_state trace_well(const tsl__stage_facts *f, const tsl_policy *policy, int stage, int came_back)
{
    const double last = get_last_day(f), grown = get_grown_day(f, policy);
    const double ripe = ceil(policy->levels.mature_pauses * f->limit);
    if (stage == TSL_REACTIVATED) {
        return grown > last ? make_state(stage, TSL_NEW, grown) : make_state(stage, TSL_LOST, last);
    }
    if (stage == TSL_MATURE) {
        return f->gap_last > f->limit && grown <= last && f->span >= ripe ? make_state(stage, TSL_AT_RISK, last)
               : f->gap_max <= f->limit && ripe > policy->new_days        ? make_state(stage, TSL_ACTIVE, NAN)
                                                                          : make_state(stage, -1, NAN);
    }
    return came_back ? make_state(stage, TSL_REACTIVATED, last + floor(policy->new_days) + 1)
           : grown > last || f->gap_max <= f->limit ? make_state(stage, TSL_NEW, grown)
           : f->gap_last > f->limit                 ? make_state(stage, TSL_AT_RISK, last)
                                                    : make_state(stage, -1, NAN);
}

/* The stage before, as his own past tells it, by the limits of today. */
static tsl__stage_state trace(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before,
                              int stage)
{
    const int came_back = has_come_back(f, policy, before);
    switch (stage) {
    case TSL_NEW:
        return make_state(stage, TSL_POTENTIAL, get_first_day(f));
    case TSL_AT_RISK:
    case TSL_LOST:
        return trace_danger(f, policy, stage, came_back);
    case TSL_ACTIVE:
    case TSL_MATURE:
    case TSL_REACTIVATED:
        return trace_well(f, policy, stage, came_back);
    default:
        return make_state(stage, -1, NAN);
    }
}

/* What an earlier run knew goes before what can be guessed: the stage that it told is where he comes from, and one that
 * goes on began when it began, and where. */
static tsl__stage_state join(const tsl__stage_facts *f, const tsl__stage_state *now, const tsl__stage_state *before)
{
    tsl__stage_state state = *now;
    const int later = now->since != TSL_NO_DAY && (before->since == TSL_NO_DAY || now->since > before->since);
    if (before->stage < 0 || now->stage < 0 || now->stage == TSL_POTENTIAL) {
        return state;
    }
    if (now->stage != before->stage) {
        state.from = before->stage;
        state.since = later ? now->since : f->as_of;
    } else if (!later || is_held(f, before)) {
        state.since = before->since;
        state.from = before->from;
    }
    return state;
}

tsl__stage_state tsl__stage_find(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before)
{
    const tsl__stage_state now = trace(f, policy, before, find_stage(f, policy, before));
    return join(f, &now, before);
}
