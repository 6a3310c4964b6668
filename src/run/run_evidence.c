/* run_evidence.c: evidence of the clusters of a fit, and natural groups in their place
 * where there are any. docs/methods/evidence.md. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "feature/basis/numeric.h"
#include "feature/recipe.h"
#include "model/choice.h"
#include "model/natural/natural_agreement.h"
#include "model/quality/across.h"
#include "model/quality/far_rows.h"
#include "model/quality/validity.h"
#include "run/places/previous.h"

#include <math.h>
#include <stdio.h>

/* Two groups are the weakest claim, which thin curves make, too: they are delivered where the gap between them is
 * plain. */
#define PLAIN_VALLEY 0.35 /* what the emptiest place between the centres holds, of the emptier centre */
#define PLAIN_DIP 2       /* times what chance gives once in 50 times */

/* Typical places of a numeric basis lie in two columns that stand for all; natural groups may lie in any: the
 * features choose all of them, until it is known that there are none. */
static tsl_status open_wide(tsl_run *run, tsl__fitted *f, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    tsl_status status = TSL_OK;
    if (!f->drawn || recipe->basis != TSL_BASIS_NUMERIC || tsl__numeric_is_wide(recipe)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__features_fit_again(run->features, TSL_APART_DEFAULT, 1, err));
    TSL__TRY(tsl_features_get_matrix(run->features, &run->exec, &f->wide, err));
done:
    return status;
}

/* What natural groups are looked for in. */
static tsl_matrix get_rows(const tsl__fitted *f)
{
    const tsl_feature_matrix *w = f->wide;
    return w ? (tsl_matrix){w->values, w->rows, w->cols, w->cols, TSL_F64} : f->x;
}

/* The sweep that is judged: the one at hand, or, where places draw it, one beside it. */
static tsl_status get_plain(tsl_run *run, const tsl__fitted *f, const tsl_sweep *sweep, const tsl_sweep **plain,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    *plain = sweep;
    if (f->drawn) {
        const tsl_matrix x = get_rows(f);
        TSL__TRY(tsl_kmeans_fit(&x, f->weight, NULL, &f->kmeans, &run->exec, &run->plain, err));
        tsl__sweep_drop_doubts(run->plain);
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
           !run->places && !run->evolves && !run->features->recipe->plain && are_plain(run->evidence->natural);
}

static tsl_status deliver_natural(tsl_run *run, tsl__fitted *f, tsl_sweep **sweep, int *delivered, tsl_error *err)
{
    const int k = run->evidence->natural->k;
    const tsl_matrix rows = get_rows(f);
    tsl_status status = TSL_OK;
    tsl_sweep *natural = NULL;
    tsl_kmeans_options kmeans = f->kmeans;
    kmeans.k = k;
    TSL__TRY(tsl_kmeans_fit(&rows, f->weight, NULL, &kmeans, &run->exec, &natural, err));
    if (rows.rows >= TSL__FAR_LEAST_ROWS &&
        tsl__candidate_is_small(&natural->candidate[0], f->kmeans.min_share, f->kmeans.min_rows)) {
        goto done; /* one of them is too small to be a segment */
    }
    *delivered = 1;
    f->x = rows;
    snprintf(natural->info.choice, sizeof natural->info.choice,
             "k = %d: so many natural groups were found, with gaps between them", k);
    if (run->plain) {
        tsl_sweep_free(*sweep);
    } else {
        run->plain = *sweep; /* it was the plain one */
        tsl__sweep_drop_doubts(run->plain);
    }
    *sweep = natural;
    natural = NULL;
done:
    tsl_sweep_free(natural);
    return status;
}

/* The same test with those who lie far from all others: they are few, and the answer may hang on them. */
static tsl_status test_with_far(tsl_run *run, const tsl__fitted *f, const tsl_natural_options *opt, tsl_error *err)
{
    const tsl_matrix x = get_rows(f);
    tsl_natural *with = NULL;
    tsl_status status = TSL_OK;
    if (f->far_rows > 0) {
        TSL__TRY(tsl_natural_fit(&x, f->everybody, opt, &run->exec, &with, err));
        run->evidence->natural->far_rows = f->far_rows;
        run->evidence->natural->k_with_far = with->k;
    }
done:
    tsl_natural_free(with);
    return status;
}

/* What is measured less of so many clusters. */
static tsl_status note_bounds(const tsl_evidence *evidence, tsl_notes *notes, tsl_error *err)
{
    const tsl_stability *s = evidence->stability;
    tsl_status status = TSL_OK;
    if (evidence->of[evidence->count - 1].k > TSL_EVIDENCE_K_MAX) {
        TSL__TRY(
            tsl__notes_add(notes,
                           "evidence: of many clusters less is measured: stability on %d bootstrap replicates, gap "
                           "statistic and prediction strength up to k = %d",
                           s->replicates, TSL_EVIDENCE_K_MAX));
    }
done:
    return status;
}

/* All of the evidence is drawn by the seed of the run. */
typedef struct drawn_options {
    tsl_evidence_options evidence;
    tsl_stability_options stability;
    tsl_natural_options natural;
} drawn_options;

static void set_drawn(const tsl_run *run, drawn_options *out)
{
    TSL_DEFAULTS(evidence, &out->evidence);
    TSL_DEFAULTS(stability, &out->stability);
    TSL_DEFAULTS(natural, &out->natural);
    out->evidence.seed = out->stability.seed = out->natural.seed = run->kmeans_opt.seed;
    out->evidence.stability = &out->stability;
    out->evidence.natural = &out->natural;
    out->evidence.dunn = run->opt.dunn;
}

tsl_status tsl__run_build_evidence(tsl_run *run, tsl__fitted *fitted, tsl_sweep **sweep, int *natural, tsl_error *err)
{
    const tsl_sweep *plain;
    drawn_options opt;
    tsl_status status = TSL_OK;
    *natural = 0;
    if (run->opt.evidence < (run->features->recipe->plain ? 2 : 1)) {
        return run->opt.dunn
                   ? tsl__error_set(err, TSL_E_OPTION, "dunn: is part of the evidence, which --evidence full gathers")
                   : TSL_OK;
    }
    if (run->opt.dunn && fitted->x.rows > TSL_DUNN_ROWS) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "dunn: compares every row with every other, of at most %d rows; there are %zu",
                              TSL_DUNN_ROWS, fitted->x.rows);
    }
    TSL__TRY(tsl__run_stage(run, "evidence", err));
    TSL__TRY(open_wide(run, fitted, err));
    TSL__TRY(get_plain(run, fitted, *sweep, &plain, err));
    const tsl_matrix x = get_rows(fitted);
    set_drawn(run, &opt);
    TSL__TRY(tsl_evidence_build(&x, fitted->weight, fitted->drawn ? NULL : &fitted->start, &fitted->kmeans, plain,
                                &opt.evidence, &run->exec, &run->evidence, err));
    TSL__TRY(test_with_far(run, fitted, &opt.natural, err));
    TSL__TRY(note_bounds(run->evidence, &(*sweep)->info.notes, err));
    if (wants_natural(run)) {
        TSL__TRY(deliver_natural(run, fitted, sweep, natural, err));
    }
    if (!*natural && fitted->wide) {
        TSL__TRY(tsl__features_fit_again(run->features, TSL_APART_DEFAULT, 0, err));
        TSL__TRY(tsl__previous_choose(run->previous, &run->kmeans_opt, run->features, err));
    }
done:
    return status;
}

/* The plain sweep's candidate of one cluster less; NULL: it has none. */
static const tsl_candidate *find_before(const tsl_run *run)
{
    const tsl_sweep *plain = run->plain ? run->plain : run->model->sweep;
    for (size_t c = 0; c < plain->count; c++) {
        if (plain->candidate[c].k == run->model->k - 1) {
            return &plain->candidate[c];
        }
    }
    return NULL;
}

/* What the model's clusters are worth. label: of the rows. */
static tsl_status judge_delivered(const tsl_run *run, const tsl__fitted *fitted, const int32_t *label, tsl_error *err)
{
    const tsl_matrix tested = get_rows(fitted);
    tsl_model *model = run->model;
    tsl_status status = TSL_OK;
    tsl_quality_options quality;
    TSL_DEFAULTS(quality, &quality);
    quality.seed = run->kmeans_opt.seed;
    quality.dunn = run->opt.dunn;
    TSL__NEED(model->validity = tsl__alloc_zero(1, sizeof *model->validity));
    TSL__TRY(
        tsl__validity_get(&fitted->x, fitted->everybody, label, model->k, &quality, &run->exec, model->validity, err));
    if (model->sweep->placed) { /* k-means of as many does not speak for places */
        model->validity->strength = model->validity->strength_error = NAN;
    }
    TSL__TRY(tsl__natural_agreement_get(&tested, fitted->counted, label, model->k, run->evidence->natural,
                                        run->kmeans_opt.seed, &run->exec, &model->validity->natural_agreement, err));
done:
    return status;
}

tsl_status tsl__run_build_delivered(tsl_run *run, const tsl__fitted *fitted, int natural, const int32_t *label,
                                    tsl_error *err)
{
    tsl_model *model = run->model;
    const tsl_sweep *sweep = model->sweep;
    const tsl_sweep one = {
        .rows = sweep->rows, .cols = sweep->cols, .count = 1, .candidate = &sweep->candidate[sweep->best]};
    const tsl_candidate *before = find_before(run);
    const tsl_matrix from = get_rows(fitted);
    drawn_options opt;
    tsl_status status = TSL_OK;
    if (!run->evidence) {
        model->plain = run->plain;
        run->plain = NULL;
        return TSL_OK;
    }
    set_drawn(run, &opt);
    TSL__TRY(tsl_stability_build(&fitted->x, fitted->weight, natural ? NULL : &fitted->start, &fitted->kmeans, &one,
                                 &opt.stability, &run->exec, &model->delivered, err));
    if (before) {
        TSL__TRY(tsl__across_get(&fitted->x, model->center, model->k, &from, before, fitted->weight, &run->exec,
                                 model->delivered->of[0].across, err));
    }
    TSL__TRY(judge_delivered(run, fitted, label, err));
    model->evidence = run->evidence;
    model->plain = run->plain;
    run->evidence = NULL;
    run->plain = NULL;
done:
    return status;
}
