/* stage_machine.c: from what is known of a customer, and the stage that he had before, to the stage that he has. */
#include "label/stages/stage_machine.h"

#include "base/calendar.h"

#include <math.h>

#define LOST_ALONE .8 /* probability of being gone beyond which P(alive) alone calls one lost */

/* ---- What is known ------------------------------------------------------------------ */

int tsl__stage_is_once(const tsl__stage_facts *f)
{
    return f->gaps == 0 && f->span == 0;
}

/* What P(alive) is held against for lost: beside the gaps no more than for risk, as both must say so. */
static double get_lost_level(const tsl_policy *policy)
{
    const double alone = fmax(LOST_ALONE, policy->levels.risk);
    return policy->levels.lost > 0                   ? policy->levels.lost
           : policy->stage_basis == TSL_STAGES_ALIVE ? alone
                                                     : policy->levels.risk;
}

int tsl__stage_goes_by_silence(const tsl__stage_facts *f, const tsl_policy *policy)
{
    return isnan(f->alive) || policy->stage_basis != TSL_STAGES_ALIVE;
}

/* One purchase is no rhythm: who bought once is at risk as soon as he is no longer new. */
tsl__stage_marks tsl__stage_get_marks(const tsl__stage_facts *f, const tsl_policy *policy)
{
    const double risk = tsl__stage_is_once(f) ? fmin(policy->new_days, f->limit) : f->limit;
    const tsl__stage_mark silence = {f->silence, risk, policy->lost_factor * f->limit};
    const tsl__stage_mark gone = {1 - f->alive, policy->levels.risk, get_lost_level(policy)};
    return isnan(f->alive)                         ? (tsl__stage_marks){1, {silence}}
           : tsl__stage_goes_by_silence(f, policy) ? (tsl__stage_marks){2, {silence, gone}}
                                                   : (tsl__stage_marks){1, {gone}};
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

/* TSL_LOST, TSL_AT_RISK; or TSL_ACTIVE: neither. One mark is enough for risk, for lost it takes all. */
static tsl_stage find_danger(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before)
{
    const tsl_stage_levels *levels = &policy->levels;
    const tsl__stage_marks m = tsl__stage_get_marks(f, policy);
    const int held = is_held(f, before), was_lost = held && before->stage == TSL_LOST;
    const int stays = held && (double)f->as_of - before->since < levels->dwell_days;
    int risk = 0, lost = 1;
    for (int i = 0; i < m.count; i++) {
        risk = risk || is_over(m.of[i].at, m.of[i].risk, held, levels->back);
        lost = lost && is_over(m.of[i].at, m.of[i].lost, was_lost, levels->back);
    }
    return lost || (stays && was_lost) ? TSL_LOST : risk || (stays && held) ? TSL_AT_RISK : TSL_ACTIVE;
}

/* -1: it is not known how long he has been silent. */
static int find_stage(const tsl__stage_facts *f, const tsl_policy *policy, const tsl__stage_state *before)
{
    if (isnan(f->gaps)) {
        return TSL_POTENTIAL;
    }
    if (tsl__stage_is_once(f) && f->tenure <= policy->new_days) {
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

/* What he was on the last day before he came to be at risk; risk: days of silence since his last purchase by then. */
static int find_well(const tsl__stage_facts *f, const tsl_policy *policy, double risk, int came_back)
{
    return tsl__stage_is_once(f)                              ? TSL_NEW
           : came_back && floor(f->limit) <= policy->new_days ? TSL_REACTIVATED
           : is_ripe(f, policy, f->span + risk)               ? TSL_MATURE
                                                              : TSL_ACTIVE;
}

/* At risk or lost: the first day on which the silence was over the level, but nobody is so while he is new. By P(alive)
 * it is not known, and is the day on which it is seen; so is that of lost where both have to say so. */
static tsl__stage_state trace_danger(const tsl__stage_facts *f, const tsl_policy *policy, int stage, int came_back)
{
    const tsl__stage_marks m = tsl__stage_get_marks(f, policy);
    const tsl__stage_mark *silence = &m.of[0];
    const int told = tsl__stage_goes_by_silence(f, policy) &&
                     (m.count == 1 || (stage == TSL_AT_RISK && silence->at > silence->risk));
    const int skips = told && floor(silence->lost) <= floor(silence->risk);
    const int well = find_well(f, policy, told ? floor(silence->risk) : 0, came_back);
    const int from = stage == TSL_LOST && !skips ? TSL_AT_RISK : well;
    if (!told) {
        return make_state(stage, from, f->as_of);
    }
    const double over = get_last_day(f) + floor(stage == TSL_LOST ? silence->lost : silence->risk) + 1;
    const double grown = tsl__stage_is_once(f) ? get_first_day(f) + floor(policy->new_days) + 1 : -INFINITY;
    return grown >= over ? make_state(stage, TSL_NEW, fmin(grown, f->as_of))
                         : make_state(stage, from, fmin(over, f->as_of));
}

/* What he was before his second purchase, which is his last; -1: the first one is not known. */
static int find_second(const tsl__stage_facts *f, const tsl_policy *policy)
{
    return isnan(f->span)                              ? -1
           : f->span <= policy->new_days               ? TSL_NEW
           : f->span <= policy->lost_factor * f->limit ? TSL_AT_RISK
                                                       : TSL_LOST;
}

/* Mature by his last purchase, or some time after it. */
static tsl__stage_state trace_mature(const tsl__stage_facts *f, const tsl_policy *policy, double last)
{
    if (f->span >= ceil(policy->levels.mature_pauses * f->limit)) {
        if (f->gaps == 1) {
            return make_state(TSL_MATURE, find_second(f, policy), last);
        }
        if (f->gap_last > f->limit) {
            return make_state(TSL_MATURE, TSL_AT_RISK, last);
        }
    }
    const int slowly = policy->levels.mature_purchases > 2 && f->gap_max <= f->limit;
    return make_state(TSL_MATURE, slowly ? TSL_ACTIVE : -1, NAN);
}

/* Back after a silence that was over his limit, or never over it; all else lies too far back to be known. */
static tsl__stage_state trace_well(const tsl__stage_facts *f, const tsl_policy *policy, int stage, int came_back)
{
    const double last = get_last_day(f);
    if (stage == TSL_REACTIVATED) {
        return make_state(stage, f->gaps == 1 && f->span <= policy->new_days ? TSL_NEW : TSL_LOST, last);
    }
    if (stage == TSL_MATURE) {
        return trace_mature(f, policy, last);
    }
    return came_back                ? make_state(stage, TSL_REACTIVATED, last + floor(policy->new_days) + 1)
           : f->gaps == 1           ? make_state(stage, find_second(f, policy), last)
           : f->gap_last > f->limit ? make_state(stage, TSL_AT_RISK, last)
           : f->gap_max <= fmin(f->limit, policy->new_days)
               ? make_state(stage, TSL_NEW, f->gaps == 2 ? last - f->gap_last : (double)NAN)
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
