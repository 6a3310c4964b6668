/* run_places.c: the places that draw the clusters of a run: of a previous run, of a file or typical ones; and what the
 * previous run has to do with who is where. docs/methods/anchors.md. */
#include "run/places/run_places.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/basis/apart.h"
#include "label/evolution/succession.h"
#include "run/places/former_tiers.h"
#include "run/places/given_anchors.h"
#include "run/places/hold.h"
#include "run/places/previous.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading ------------------------------------------------------------------------ */

static tsl_status check_early(const tsl_run *run, const char *what, tsl_error *err)
{
    return run->given || run->model ? tsl__error_set(err, TSL_E_OPTION, "%s: the run has its clusters already", what)
                                    : TSL_OK;
}

/* What says where clusters are is said once, and before they are found. */
static tsl_status check_free(const tsl_run *run, tsl_error *err)
{
    if (run->opt.target) {
        return tsl__error_set(err, TSL_E_OPTION, "anchors: segments by a tree of a target have no places");
    }
    if (run->init_name || run->places || run->previous) {
        return tsl__error_set(err, TSL_E_OPTION, "anchors: the run has %s already",
                              run->init_name ? "initial centres"
                              : run->places  ? "places of a file"
                                             : "a previous run");
    }
    if (run->k_asked) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "anchors: there are as many clusters as places, and no k is asked for");
    }
    return run->opt.anchors == TSL_ANCHORS_DEFAULT
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "anchors: it is said otherwise what draws the clusters");
}

tsl_status tsl_run_read_anchors(tsl_run *run, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(check_early(run, "anchors", err));
    TSL__TRY(check_free(run, err));
    TSL__TRY(tsl__given_anchors_read(source, &run->places, err));
done:
    return status;
}

static tsl_status read_former(tsl_run *run, const tsl_source *model, const tsl_source *segments, tsl_error *err)
{
    tsl__former *former = NULL;
    tsl_status status = tsl__former_read(model, segments, &run->exec, &former, err);
    if (status == TSL_OK) {
        tsl__former_free(run->former);
        run->former = former;
    }
    return status;
}

tsl_status tsl_run_read_former(tsl_run *run, const tsl_source *model, const tsl_source *segments, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    if (run->labels) {
        return tsl__error_set(err, TSL_E_OPTION, "former: the run has labelled its customers already");
    }
    TSL__TRY(read_former(run, model, segments, err));
    TSL__TRY(run->former->tier
                 ? TSL_OK
                 : tsl__error_set(err, TSL_E_INPUT,
                                  "%s: has no column tier: the segments.csv of an earlier run is expected",
                                  segments->path ? segments->path : "the former labels"));
done:
    return status;
}

/* 1 where nothing else says how clusters are found (a k, and a target, say that by no anchors). */
static int is_left_to_evolve(const tsl_run *run)
{
    return run->opt.anchors == TSL_ANCHORS_DEFAULT && !run->init_name && !run->places;
}

tsl_status tsl_run_read_previous(tsl_run *run, const tsl_source *model, const tsl_source *segments, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__previous *previous = NULL;
    tsl__error_reset(err);
    TSL__TRY(check_early(run, "previous", err));
    if (run->previous || run->features) {
        return tsl__error_set(err, TSL_E_OPTION,
                              run->previous ? "previous: the run has one already"
                                            : "previous: it is read before features, which are chosen by it");
    }
    const int evolves = is_left_to_evolve(run);
    TSL__TRY(tsl__previous_read(model, segments, &run->exec, &previous, err));
    TSL__TRY(tsl__previous_check(previous, evolves, err));
    TSL__TRY(segments ? read_former(run, NULL, segments, err) : TSL_OK);
    TSL__TRY(evolves ? tsl__previous_settle(previous, &run->features_opt.selection, err) : TSL_OK);
    run->evolves = evolves;
    run->previous = previous;
    previous = NULL;
done:
    tsl__previous_free(previous);
    return status;
}

/* ---- Places -------------------------------------------------------------------------- */

/* The centres of the previous run, unless other columns were asked for, which these have no values in: then segments
 * are found anew. */
static tsl_status place_previous(tsl_run *run, tsl__anchors *out, tsl_error *err)
{
    tsl__previous *previous = run->previous;
    tsl_error why = {.status = TSL_OK};
    tsl_status status = tsl__previous_place(previous, run->features->recipe, out, &why);
    if (status == TSL_E_INPUT && !previous->inherits && previous->segments) {
        TSL__NEED(previous->why = tsl__strdup(why.message));
        run->evolves = 0;
        *out = (tsl__anchors){.count = 0};
        return TSL_OK;
    }
    if (status != TSL_OK) {
        return tsl__error_set(err, status, "%s", why.message);
    }
    TSL__TRY(tsl__anchors_check_codes(out, run->features->recipe, previous->name, err));
done:
    return status;
}

tsl_status tsl__run_get_places(tsl_run *run, const tsl_feature_matrix *matrix, tsl__anchors *out, uint64_t *hash,
                               tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    tsl_status status = TSL_OK;
    *hash = 0;
    *out = (tsl__anchors){.count = 0};
    TSL__TRY(run->evolves ? place_previous(run, out, err) : TSL_OK);
    if (run->evolves) {
        /* they are there */
    } else if (run->places) {
        TSL__TRY(tsl__given_anchors_place(run->places, recipe, matrix, out, err));
        TSL__TRY(tsl__anchors_check_codes(out, recipe, run->places->file->name, err));
    } else if (run->opt.anchors != TSL_ANCHORS_NONE) {
        TSL__TRY(tsl__anchors_build(recipe, out, err));
    }
    if (run->evolves || run->places) {
        const tsl_matrix places = {out->place, out->count, out->cols, out->cols, TSL_F64};
        TSL__TRY(tsl_matrix_get_hash(&places, hash, err));
    }
done:
    return status;
}

static int has_code(const tsl__anchors *anchors, const char *code)
{
    for (size_t a = 0; a < anchors->count; a++) {
        if (strcmp(anchors->code[a], code) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Who is set apart as in the previous run; the classes as one says them, owned, NULL for want of memory. */
static char *write_classes(const tsl_recipe *recipe)
{
    tsl__text text = {0};
    for (size_t c = 0; c + 1 < recipe->class_count; c++) { /* who never bought comes last */
        tsl__text_printf(&text, "%s%s", c ? ", " : "", recipe->classes[c].code);
    }
    tsl__text_puts(&text, "");
    return tsl__text_take(&text);
}

/* Who never bought has no place among the others, however few they are. */
static tsl_status note_few_without(const tsl_run *run, tsl_notes *notes, tsl_error *err)
{
    const tsl_features *features = run->features;
    const int8_t never = (int8_t)((int)features->recipe->class_count - 1);
    size_t count = 0;
    char share[32];
    for (size_t i = 0; i < features->customers && features->apart; i++) {
        count += never >= 0 && features->apart[i] == never;
    }
    const tsl__apart_least least = {run->kmeans_opt.min_share, run->kmeans_opt.min_rows};
    if (count == 0 || tsl__apart_is_held(&least, count, features->customers - count)) {
        return TSL_OK;
    }
    tsl__shown_write(100 * run->kmeans_opt.min_share, 3, share);
    return tsl__notes_put(notes, err,
                          "POTENTIAL is a segment of %zu, fewer than %s %% of the buyers, or than %zu: whom those "
                          "who never bought are like, no distance tells",
                          count, share, run->kmeans_opt.min_rows);
}

static tsl_status note_apart(const tsl_run *run, tsl_notes *notes, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    tsl_status status = TSL_OK;
    char *classes = NULL, *before = NULL, gap[32], share[32];
    if (!run->previous || !run->previous->sets_apart || !tsl__apart_is_told(recipe)) {
        return TSL_OK;
    }
    const tsl_recipe *then = run->previous->segmentation->recipe;
    TSL__NEED(classes = write_classes(recipe));
    TSL__NEED(before = write_classes(then));
    tsl__shown_write(recipe->gap_days, 3, gap);
    tsl__shown_write(100 * run->kmeans_opt.min_share, 3, share);
    if (recipe->class_count == then->class_count) {
        TSL__TRY(tsl__notes_put(notes, err,
                                "who is set apart, and by which limits, is as in the previous run, whatever would be "
                                "found now: those who bought once are %s%s; the usual gap between purchases stays %s "
                                "days",
                                *classes ? "" : "not", classes, gap));
    } else {
        TSL__TRY(tsl__notes_put(notes, err,
                                "those who bought once were %s in the previous run, and are %s now: with fewer than "
                                "%s %% of the buyers, or than %zu of them, nothing is a segment of its own; the usual "
                                "gap between purchases stays %s days",
                                before, *classes ? classes : "among the others", share, run->kmeans_opt.min_rows, gap));
    }
    TSL__TRY(note_few_without(run, notes, err));
done:
    free(before);
    free(classes);
    return status;
}

static tsl_status note_columns(const tsl_run *run, tsl_notes *notes, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    return run->evolves && run->previous->inherits && recipe->basis == TSL_BASIS_NUMERIC
               ? tsl__notes_add(notes,
                                "the numbers that clusters are found by are those of the previous run, whichever "
                                "would be chosen now")
               : TSL_OK;
}

tsl_status tsl__run_note_places(const tsl_run *run, const tsl__anchors *left, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_segmentation *before = run->evolves ? run->previous->segmentation : NULL;
    char share[32];
    tsl__shown_write(100 * run->kmeans_opt.min_share, 3, share);
    TSL__TRY(run->previous && run->previous->why
                 ? tsl__notes_put(notes, err, "segments are found anew, and matched to those of the previous run: %s",
                                  run->previous->why)
                 : TSL_OK);
    TSL__TRY(note_columns(run, notes, err));
    TSL__TRY(note_apart(run, notes, err));
    for (int c = 0; before && c < before->model->k; c++) {
        const tsl_policy_segment *segment = &before->policy->segment[c];
        if (!has_code(left, segment->code)) {
            TSL__TRY(tsl__notes_add(notes,
                                    "segment %d of the previous run (%s, \"%s\") is no more: fewer than %s %% of the "
                                    "customers, or than %zu of them, are near it",
                                    segment->number, segment->code, segment->names[0], share,
                                    run->kmeans_opt.min_rows));
        }
    }
    for (size_t a = 0; run->places && a < run->places->count; a++) {
        if (!has_code(left, run->places->code[a])) {
            TSL__TRY(tsl__notes_add(notes,
                                    "%s: %s is left out: fewer than %s %% of the customers, or than %zu of them, are "
                                    "near it",
                                    run->places->file->name, run->places->code[a], share, run->kmeans_opt.min_rows));
        }
    }
done:
    return status;
}

/* ---- Who is where --------------------------------------------------------------------- */

/* The cluster now of each segment of the previous run; -1: none, or customers who are set apart. */
static tsl_status find_clusters(const tsl__previous *previous, const tsl__anchors *anchors, int32_t **out,
                                tsl_error *err)
{
    const tsl_segmentation *of = previous->segmentation;
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(of->policy->segment_count, sizeof **out));
    for (size_t s = 0; s < of->policy->segment_count; s++) {
        (*out)[s] = -1;
        for (size_t a = 0; a < anchors->count && s < (size_t)of->model->k; a++) {
            (*out)[s] = strcmp(anchors->code[a], of->policy->segment[s].code) == 0 ? (int32_t)a : (*out)[s];
        }
    }
done:
    return status;
}

tsl_status tsl__run_hold(tsl_run *run, const tsl_feature_matrix *matrix, const double *weight, double buyers,
                         const tsl__anchors *anchors, tsl_sweep *sweep, tsl_error *err)
{
    const tsl__previous *previous = run->previous;
    const tsl_matrix x = {matrix->values, matrix->rows, matrix->cols, matrix->cols, TSL_F64};
    tsl_status status = TSL_OK;
    int32_t *was = NULL, *then = NULL, *cluster = NULL;
    if (!run->evolves || run->opt.hold <= 1) {
        return TSL_OK;
    }
    if (!previous->segments) {
        return tsl__notes_add(&sweep->info.notes,
                              "customers hold no segments of the previous run: %s says where these lie, and not who "
                              "was in them; the run's folder does",
                              previous->name);
    }
    TSL__TRY(find_clusters(previous, anchors, &cluster, err));
    TSL__TRY(tsl__succession_match(run->features, previous->segmentation->policy, previous->segments, &was, err));
    TSL__NEED(then = tsl__alloc(matrix->rows, sizeof *then));
    for (size_t r = 0; r < matrix->rows; r++) {
        const int32_t segment = was[matrix->customer ? matrix->customer[r] : r];
        then[r] = segment < 0 ? -1 : cluster[segment];
    }
    const tsl__hold hold = {.x = &x,
                            .weight = weight,
                            .then = then,
                            .factor = run->opt.hold,
                            .least_weight = run->kmeans_opt.min_share * buyers,
                            .least_rows = run->kmeans_opt.min_rows};
    TSL__TRY(tsl__hold_rows(&hold, sweep, &run->held, err));
    if (run->held) {
        TSL__TRY(tsl__notes_add(&sweep->info.notes,
                                "%" PRIu64 " customer%s a segment of the previous run that is farther than the "
                                "nearest, but not over %g times as far",
                                run->held, run->held == 1 ? " keeps" : "s keep", run->opt.hold));
    }
done:
    free(was);
    free(then);
    free(cluster);
    return status;
}

const tsl_segmentation *tsl__run_get_former(const tsl_run *run)
{
    return run->previous ? run->previous->segmentation : run->former ? run->former->model : NULL;
}

/* ---- Names, and what became of the segments --------------------------------------------- */

tsl_status tsl__run_get_kept_names(const tsl_run *run, tsl_segment_name **out, size_t *count, tsl_error *err)
{
    const tsl_policy *policy = run->previous ? run->previous->segmentation->policy : NULL;
    const size_t most = policy ? policy->segment_count : run->places ? run->places->count : 0;
    tsl_status status = TSL_OK;
    *out = NULL;
    *count = 0;
    TSL__NEED(!most || (*out = tsl__alloc(most, sizeof **out)));
    for (size_t s = 0; s < most; s++) {
        tsl_segment_name *name = &(*out)[*count];
        if (policy) {
            *name =
                (tsl_segment_name){policy->segment[s].code, {policy->segment[s].names[0], policy->segment[s].names[1]}};
            ++*count;
        } else if (run->places->name[s]) {
            *name = (tsl_segment_name){run->places->code[s], {run->places->name[s], run->places->name[s]}};
            ++*count;
        }
    }
done:
    return status;
}

tsl_status tsl__run_build_succession(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__previous *previous = run->previous;
    if (!previous || !previous->segments) {
        return TSL_OK;
    }
    TSL__TRY(tsl_succession_build(run->labels, previous->segmentation->recipe, previous->segmentation->policy,
                                  previous->segments, &run->succession, err));
    run->succession->hold = run->evolves ? run->opt.hold : (double)NAN;
    run->succession->held = run->held;
done:
    return status;
}
