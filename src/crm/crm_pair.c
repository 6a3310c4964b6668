/* crm_pair.c: two runs side by side, in the order of their ids. */
#include "crm/crm_pair.h"

#include "base/error.h"

/* Where he was before, and since when he is here: what the run says, where it says something; else what the earlier one
 * shows. */
static void fill_previous(const tsl__crm_pair *pair)
{
    tsl__span *now = pair->run->cell;
    const tsl__span *then = pair->in_since ? pair->since->cell : NULL;
    if (now[TSL__FIELD_CHANGED_ON].n || (then && now[TSL__FIELD_PREVIOUS].n)) {
        return;
    }
    if (then && tsl__span_equal(now[TSL__FIELD_SEGMENT], then[TSL__FIELD_SEGMENT])) {
        now[TSL__FIELD_PREVIOUS] = then[TSL__FIELD_PREVIOUS];
        now[TSL__FIELD_CHANGED_ON] = then[TSL__FIELD_CHANGED_ON];
        return;
    }
    now[TSL__FIELD_PREVIOUS] = then ? then[TSL__FIELD_SEGMENT] : now[TSL__FIELD_PREVIOUS];
    now[TSL__FIELD_CHANGED_ON] = now[TSL__FIELD_SCORED_ON];
}

tsl_status tsl__crm_pair_read(tsl__crm_pair *pair, tsl_error *err)
{
    tsl__scored_run *run = pair->run, *since = pair->since;
    tsl_status status = TSL_OK;
    TSL__TRY(!pair->begun || pair->in_run ? tsl__scored_run_read(run, err) : TSL_OK);
    TSL__TRY(since && (!pair->begun || pair->in_since) ? tsl__scored_run_read(since, err) : TSL_OK);
    pair->begun = 1;
    const int ended = !since || since->ended;
    const int by = run->ended ? 1
                   : ended    ? -1
                              : tsl__span_compare(run->cell[TSL__FIELD_ID], since->cell[TSL__FIELD_ID]);
    pair->in_run = !run->ended && by <= 0;
    pair->in_since = !ended && by >= 0;
    if (since && pair->in_run) {
        fill_previous(pair);
    }
done:
    return status;
}

tsl_status tsl__crm_pair_rewind(tsl__crm_pair *pair, tsl_error *err)
{
    tsl_status status = TSL_OK;
    pair->begun = pair->in_run = pair->in_since = 0;
    TSL__TRY(tsl__scored_run_rewind(pair->run, err));
    TSL__TRY(pair->since ? tsl__scored_run_rewind(pair->since, err) : TSL_OK);
done:
    return status;
}

tsl__scored_run *tsl__crm_pair_get(const tsl__crm_pair *pair)
{
    return pair->in_run ? pair->run : pair->since;
}

int tsl__crm_pair_moves(const tsl__crm_pair *pair)
{
    const tsl__span *now = pair->run->cell, *then = pair->since->cell;
    return !tsl__span_equal(now[TSL__FIELD_PREVIOUS], then[TSL__FIELD_PREVIOUS]) ||
           !tsl__span_equal(now[TSL__FIELD_CHANGED_ON], then[TSL__FIELD_CHANGED_ON]);
}

int tsl__crm_pair_hides(const tsl__crm_pair *pair)
{
    return !pair->in_run && pair->run->suppresses;
}
