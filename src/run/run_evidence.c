/* run_evidence.c: evidence of the clusters of a fit, and natural groups in their place
 * where there are any. docs/methods/evidence.md. */
#include "run/run_state.h"

#include "base/error.h"
#include "base/notes.h"

#include <stdio.h>

/* Two groups are the weakest claim, which thin curves make, too: they are delivered where the gap between them is
 * plain. */
#define PLAIN_VALLEY 0.35 /* what the emptiest place between the centres holds, of the emptier centre */
#define PLAIN_DIP 2       /* times what chance gives once in 50 times */

/* The sweep that is judged: the one at hand, or, where places draw it, one beside it. */
static tsl_status get_plain(tsl_run *run, const tsl__fitted *f, const tsl_sweep *sweep, const tsl_sweep **plain,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    *plain = sweep;
    if (f->drawn) {
        TSL__TRY(tsl_kmeans_fit(&f->x, f->weight, NULL, &f->kmeans, &run->exec, &run->plain, err));
        *plain = run->plain;
    }
done:
    return status;
}

static int are_plain(const tsl_natural *natural)
{
    const tsl_natural_test *two = natural->count ? &natural->test[0] : NULL;
    return natural->k > 2 || (natural->k == 2 && two && two->dip >= PLAIN_DIP && two->valley <= PLAIN_VALLEY);
}

/* Whether natural groups are to be delivered: nobody asked for anything else. */
static int wants_natural(const tsl_run *run)
{
    return run->evidence->natural->k > 1 && run->opt.anchors == TSL_ANCHORS_DEFAULT && !run->init_name &&
           !run->features->recipe->plain && are_plain(run->evidence->natural);
}

static tsl_status deliver_natural(tsl_run *run, const tsl__fitted *f, tsl_sweep **sweep, tsl_error *err)
{
    const int k = run->evidence->natural->k;
    tsl_status status = TSL_OK;
    tsl_sweep *natural = NULL;
    tsl_kmeans_options kmeans = f->kmeans;
    kmeans.k = k;
    TSL__TRY(tsl_kmeans_fit(&f->x, f->weight, NULL, &kmeans, &run->exec, &natural, err));
    snprintf(natural->info.choice, sizeof natural->info.choice,
             "k = %d: so many natural groups were found, with gaps between them", k);
    if (run->plain) {
        tsl_sweep_free(*sweep);
    } else {
        run->plain = *sweep; /* it was the plain one */
    }
    *sweep = natural;
done:
    return status;
}

tsl_status tsl__run_build_evidence(tsl_run *run, const tsl__fitted *fitted, tsl_sweep **sweep, int *natural,
                                   tsl_error *err)
{
    const tsl_sweep *plain;
    tsl_status status = TSL_OK;
    *natural = 0;
    if (run->opt.evidence < (run->features->recipe->plain ? 2 : 1)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__run_stage(run, "evidence", err));
    TSL__TRY(get_plain(run, fitted, *sweep, &plain, err));
    TSL__TRY(tsl_evidence_build(&fitted->x, fitted->weight, fitted->drawn ? NULL : &fitted->start, &fitted->kmeans,
                                plain, NULL, &run->exec, &run->evidence, err));
    if (wants_natural(run)) {
        TSL__TRY(deliver_natural(run, fitted, sweep, err));
        *natural = 1;
    }
done:
    return status;
}

tsl_status tsl__run_build_delivered(tsl_run *run, const tsl__fitted *fitted, int natural, tsl_error *err)
{
    const tsl_sweep *sweep = run->model->sweep;
    const tsl_sweep one = {
        .rows = sweep->rows, .cols = sweep->cols, .count = 1, .candidate = &sweep->candidate[sweep->best]};
    if (!run->evidence) {
        return TSL_OK;
    }
    return tsl_stability_build(&fitted->x, fitted->weight, natural ? NULL : &fitted->start, &fitted->kmeans, &one, NULL,
                               &run->exec, &run->delivered, err);
}
