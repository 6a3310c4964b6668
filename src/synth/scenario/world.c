/* world.c: a scenario is played: customers, their shares of all there is, and when it happens. */
#include "synth/scenario/world.h"

#include "base/error.h"

#include <stdlib.h>

tsl_status tsl__world_build(const tsl__scene *scene, const tsl_scenario_options *opt, const tsl_exec *exec,
                            tsl__world *world, tsl_error *err)
{
    static tsl_status (*const parts[])(tsl__world *, const tsl_exec *,
                                       tsl_error *) = {tsl__lives_build, tsl__shares_build, tsl__ledger_build};
    tsl__ticker ticker = tsl__ticker_open(exec);
    tsl_status status = TSL_OK;
    *world = (tsl__world){.scene = scene, .opt = *opt};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const tsl_progress_event event = {.stage = "customers", .fraction = -1};
        TSL__TRY(tsl__tick(&ticker, &event, err));
        TSL__TRY(parts[i](world, exec, err));
    }
done:
    return status;
}

void tsl__world_free(tsl__world *world)
{
    for (size_t k = 0; k < TSL__SCENE_KINDS; k++) {
        free(world->clock[k]);
    }
    free(world->life);
    free(world->sales_from);
    free(world->visits_from);
    free(world->sale);
    free(world->recent);
    *world = (tsl__world){0};
}
